"""The smallest parts: boxes, cushions and bars that stand and turn together."""

import math

import bpy
import numpy as np
from mathutils import Matrix, Vector

from ...shape import Shape, put


class Piece:
    """Boxes, cushions and bars around a place, turned together."""

    def __init__(self, x, y, turn=0.0, z=0.0):
        self.move = Matrix.Translation((x, y, z)) @ Matrix.Rotation(math.radians(turn), 4, "Z")

    def box(self, x0, x1, y0, y1, z0, z1, material, bevel=0.008, segments=2):
        s = Shape("box")
        s.prism([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], z0, z1, material)
        s.build(
            bevel=min(bevel, (x1 - x0) / 2.1, (y1 - y0) / 2.1, (z1 - z0) / 2.1), segments=segments
        ).matrix_world = self.move
        return self

    def bar(self, points, radius, material, sides=10, end=None):
        s = Shape("bar")
        radii = list(np.linspace(radius, end if end is not None else radius, len(points)))
        s.tube([Vector(p) for p in points], radii, material, sides)
        s.build(smooth=True).matrix_world = self.move
        return self

    def turned(self, x, y, profile, material, sides=32):
        s = Shape("turned")
        s.lathe(x, y, profile, material, sides)
        s.build(smooth=True).matrix_world = self.move
        return self

    def soft(self, center, size, material, round_=0.32, turn=0.0, tilt=0.0, roll=0.0):
        """A cushion: a shape between a box and a ball."""
        n, m = 28, 16
        power = lambda a, e: np.sign(a) * np.abs(a) ** e
        theta = np.linspace(-math.pi, math.pi, n, endpoint=False)
        phi = np.linspace(-math.pi / 2, math.pi / 2, m)
        t, p = np.meshgrid(theta, phi)
        e2 = min(1.0, round_ * 2.0)
        x = power(np.cos(p), e2) * power(np.cos(t), round_) / 2
        y = power(np.cos(p), e2) * power(np.sin(t), round_) / 2
        z = power(np.sin(p), e2) / 2
        points = np.stack([x * size[0], y * size[1], z * size[2]], -1).reshape(-1, 3)
        faces = [
            (i * n + j, i * n + (j + 1) % n, (i + 1) * n + (j + 1) % n, (i + 1) * n + j)
            for i in range(m - 1)
            for j in range(n)
        ]
        mesh = bpy.data.meshes.new("soft")
        mesh.from_pydata(points, [], faces)
        mesh.materials.append(material)
        mesh.shade_smooth()
        item = put("soft", mesh)
        local = (
            Matrix.Translation(center)
            @ Matrix.Rotation(math.radians(turn), 4, "Z")
            @ Matrix.Rotation(math.radians(tilt), 4, "X")
            @ Matrix.Rotation(math.radians(roll), 4, "Y")
        )
        item.matrix_world = self.move @ local
        return self


def pillow(p, center, size, material, round_=0.42, turn=0.0, tilt=0.0, roll=0.0):
    """A standing cushion: square from the front, thickest in its middle. The size is (wide, thick, high)."""
    wide, thick, high = size
    p.soft(center, (wide, high, thick), material, round_, turn, 90 + tilt, roll)
