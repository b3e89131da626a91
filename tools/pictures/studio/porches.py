"""Things in front of a wall or on it: steps, rails, posts, lamps, cornices."""

from mathutils import Vector

from . import light
from .materials import glow, mottled, paint, rgb
from .openings import BLACK, WARM
from .shape import rect


class Porches:
    """The part of a house at its entrance and on its front."""

    def steps(self, x, y, wide, rise, count, material=None, run=0.3):
        """Steps down to the street from (x, y), the edge of the top step."""
        for i in range(count):
            top = rise * (1 - i / count)
            self.shape.prism(
                [
                    (x - wide / 2, y - run * (i + 1)),
                    (x + wide / 2, y - run * (i + 1)),
                    (x + wide / 2, y - run * i),
                    (x - wide / 2, y - run * i),
                ],
                0,
                top - rise / count * 0.0,
                material or self.stone,
            )

    def railing(self, points, high=1.0, gap=0.11, material=None, bar=0.011, rail=0.025):
        """Balusters between two rails, along a line of points at floor level."""
        material = material or self.frame
        for a, b in zip(points, points[1:]):
            a, b = Vector(a), Vector(b)
            up = Vector((0, 0, high))
            count = max(1, round((b - a).length / gap))
            for i in range(count + 1):
                p = a.lerp(b, i / count)
                self.shape.tube([p, p + up], [bar, bar], material, 4)
            for height in (0.08, high):
                self.shape.tube([a + Vector((0, 0, height)), b + Vector((0, 0, height))], [rail, rail], material, 5)

    def post(self, x, y, z0, z1, wide=0.14, material=None, taper=1.0, base=0.0):
        material = material or self.trim
        s = self.shape
        low, high = wide / 2, wide * taper / 2
        corners = [(-1, -1), (1, -1), (1, 1), (-1, 1)]
        bottom = [Vector((x + i * low, y + j * low, z0)) for i, j in corners]
        top = [Vector((x + i * high, y + j * high, z1)) for i, j in corners]
        for i in range(4):
            j = (i + 1) % 4
            s.face([bottom[i], bottom[j], top[j], top[i]], material)
        s.prism(rect(x, y, wide * taper + 0.1, wide * taper + 0.1), z1 - 0.1, z1, material)
        s.prism(rect(x, y, wide + 0.1, wide + 0.1), z0, z0 + 0.12, material)

    def lantern(self, f, u, v):
        """A lamp beside a door, lit when it is dark."""
        s, dark = self.shape, paint(BLACK, 0.4)
        s.box(f, u - 0.05, u + 0.05, v + 0.08, v + 0.2, 0, 0.08, dark)
        s.box(f, u - 0.08, u + 0.08, v + 0.14, v + 0.17, 0, 0.2, dark)
        s.box(
            f,
            u - 0.055,
            u + 0.055,
            v - 0.12,
            v + 0.14,
            0.07,
            0.18,
            glow(WARM[1], 8) if self.hour.lit else paint(rgb("#d9d2c0"), 0.3),
        )
        if self.hour.lit:
            light.bulb(f.at(u, v, 0.32), 22)

    def cornice(self, f, wide, v, deep=0.45, high=0.6, brackets=0.55, material=None):
        """The heavy edge on top of a row house, with brackets under it."""
        s, m = self.shape, material or self.trim
        s.box(f, -0.02, wide + 0.02, v, v + high, 0, deep * 0.3, m)
        s.box(f, -0.05, wide + 0.05, v + high * 0.62, v + high * 0.82, 0, deep * 0.85, m)
        s.box(f, -0.08, wide + 0.08, v + high * 0.82, v + high, 0, deep, m)
        s.box(f, -0.03, wide + 0.03, v - 0.08, v, 0, deep * 0.42, m)
        count = max(2, round(wide / brackets))
        for i in range(count):
            u = (i + 0.5) * wide / count
            s.box(f, u - 0.06, u + 0.06, v + high * 0.1, v + high * 0.62, 0, deep * 0.7, m)
            s.box(f, u - 0.05, u + 0.05, v - 0.1, v + high * 0.1, 0, deep * 0.5, m)

    def planter(self, x, y, wide=0.5, high=0.5, color="#3a3d40", round_=False, z=0.0):
        m = mottled(rgb(color), 0.1, 5, 0.7)
        if round_:
            w = wide / 2
            self.shape.lathe(
                x, y, [(w * 0.7, z), (w, z + high), (w * 0.9, z + high), (w * 0.88, z + high - 0.05)], m, 18
            )
        else:
            self.shape.prism(rect(x, y, wide, wide), z, z + high, m)

    def number(self, f, u, v):
        self.shape.box(f, u - 0.14, u + 0.14, v - 0.09, v + 0.09, 0, 0.02, paint(BLACK, 0.4))
