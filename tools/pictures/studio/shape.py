"""Geometry: meshes that are collected face by face, in coordinates that suit a wall."""

import math

import bpy
from mathutils import Vector

UP = Vector((0, 0, 1))


class Frame:
    """A plane's own coordinates in metres: u along it, v up it, w out of it."""

    def __init__(self, origin, right, up=(0, 0, 1)):
        self.origin = Vector(origin)
        self.right = Vector(right).normalized()
        self.up = Vector(up).normalized()
        self.out = self.right.cross(self.up)

    def at(self, u, v, w=0.0):
        return self.origin + self.right * u + self.up * v + self.out * w

    def moved(self, u=0.0, v=0.0, w=0.0):
        return Frame(self.at(u, v, w), self.right, self.up)

    def turned(self, degrees):
        """The same place, turned counterclockwise as seen from above."""
        angle = math.radians(degrees)
        x, y, z = self.right
        right = (x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle), z)
        return Frame(self.origin, right, self.up)


def front(x=0.0, y=0.0, z=0.0):
    """Faces the street: u to the right, w towards the viewer."""
    return Frame((x, y, z), (1, 0, 0))


class Shape:
    """Faces of several materials that become one object."""

    def __init__(self, name="shape"):
        self.name = name
        self.vertices, self.faces, self.uvs, self.slots, self.materials = [], [], [], [], []

    def face(self, points, material, uvs=None):
        points = [Vector(point) for point in points]
        if material not in self.materials:
            self.materials.append(material)
        start = len(self.vertices)
        self.vertices.extend(points)
        self.faces.append(range(start, start + len(points)))
        self.slots.append(self.materials.index(material))
        self.uvs.extend(uvs or metres(points))

    def quad(self, frame, u0, u1, v0, v1, w, material):
        """A rectangle that faces outwards."""
        self.face([frame.at(u0, v0, w), frame.at(u1, v0, w), frame.at(u1, v1, w), frame.at(u0, v1, w)], material)

    def box(self, frame, u0, u1, v0, v1, w0, w1, material):
        corner = [frame.at(u, v, w) for w in (w0, w1) for v in (v0, v1) for u in (u0, u1)]
        for side in ((4, 5, 7, 6), (1, 0, 2, 3), (5, 1, 3, 7), (0, 4, 6, 2), (6, 7, 3, 2), (0, 1, 5, 4)):
            self.face([corner[i] for i in side], material)

    def pierced(self, frame, wide, high, holes, material):
        """A wall from the frame's origin with rectangular holes (u, v, wide, high)."""
        us = sorted({0.0, wide, *(u for u, _, _, _ in holes), *(u + w for u, _, w, _ in holes)})
        vs = sorted({0.0, high, *(v for _, v, _, _ in holes), *(v + h for _, v, _, h in holes)})
        for u0, u1 in zip(us, us[1:]):
            for v0, v1 in zip(vs, vs[1:]):
                u, v = (u0 + u1) / 2, (v0 + v1) / 2
                if not any(a < u < a + w and b < v < b + h for a, b, w, h in holes):
                    self.quad(frame, u0, u1, v0, v1, 0, material)

    def prism(self, outline, low, high, material):
        """A floor plan (counterclockwise) extruded upwards."""
        bottom = [Vector((x, y, low)) for x, y in outline]
        top = [Vector((x, y, high)) for x, y in outline]
        count = len(outline)
        for i in range(count):
            j = (i + 1) % count
            self.face([bottom[i], bottom[j], top[j], top[i]], material)
        self.face(top, material)
        self.face(bottom[::-1], material)

    def tube(self, points, radii, material, sides=8):
        """A round bar along some points; the radius may vary."""
        rings = []
        for i, point in enumerate(points):
            along = Vector(points[min(i + 1, len(points) - 1)]) - Vector(points[max(i - 1, 0)])
            across = along.cross(Vector((0.31, 0.95, 0.07)) if abs(along.normalized().z) > 0.9 else UP).normalized()
            other = along.cross(across).normalized()
            rings.append(
                [
                    Vector(point) + float(radii[i]) * (across * math.cos(a) + other * math.sin(a))
                    for a in (2 * math.pi * k / sides for k in range(sides))
                ]
            )
        for low, high in zip(rings, rings[1:]):
            for k in range(sides):
                self.face([low[k], low[(k + 1) % sides], high[(k + 1) % sides], high[k]], material)
        self.face(rings[-1], material)
        self.face(rings[0][::-1], material)

    def lathe(self, x, y, profile, material, sides=28):
        """A profile of (radius, height) turned around an upright axis: vases, lamps, basins."""
        rings = [
            [(x + r * math.cos(a), y + r * math.sin(a), z) for a in (2 * math.pi * k / sides for k in range(sides))]
            for r, z in profile
        ]
        for low, high in zip(rings, rings[1:]):
            for k in range(sides):
                self.face([low[k], low[(k + 1) % sides], high[(k + 1) % sides], high[k]], material)
        self.face(rings[-1], material)

    def build(self, smooth=False, bevel=0.0, segments=2, subdivide=0):
        mesh = bpy.data.meshes.new(self.name)
        mesh.from_pydata([tuple(v) for v in self.vertices], [], [tuple(f) for f in self.faces])
        for material in self.materials:
            mesh.materials.append(material)
        mesh.polygons.foreach_set("material_index", self.slots)
        layer = mesh.uv_layers.new(name="metres")
        layer.uv.foreach_set("vector", [value for uv in self.uvs for value in uv])
        item = put(self.name, mesh)
        if smooth or bevel or subdivide:
            weld = item.modifiers.new("weld", "WELD")
            weld.merge_threshold = 0.0004
        if bevel:
            modifier = item.modifiers.new("bevel", "BEVEL")
            modifier.width, modifier.segments, modifier.limit_method = bevel, segments, "ANGLE"
            mesh.shade_smooth()
            item.modifiers.new("normals", "WEIGHTED_NORMAL")
        if subdivide:
            modifier = item.modifiers.new("subdivide", "SUBSURF")
            modifier.levels = modifier.render_levels = subdivide
        if smooth or subdivide:
            mesh.shade_smooth()
        return item


def put(name, mesh):
    """Adds a mesh to the scene as an object."""
    item = bpy.data.objects.new(name, mesh)
    bpy.context.scene.collection.objects.link(item)
    return item


def metres(points):
    """Texture coordinates in metres: along the face, and up its slope."""
    normal = (points[1] - points[0]).cross(points[2] - points[0])
    if normal.length < 1e-9:
        normal = (points[2] - points[0]).cross(points[-1] - points[0])
    normal.normalize()
    if abs(normal.z) > 0.98:
        return [(p.x, p.y) for p in points]
    along = UP.cross(normal).normalized()
    slope = normal.cross(along)
    return [(p.dot(along), p.dot(slope)) for p in points]


def rect(x, y, wide, deep):
    return [
        (x - wide / 2, y - deep / 2),
        (x + wide / 2, y - deep / 2),
        (x + wide / 2, y + deep / 2),
        (x - wide / 2, y + deep / 2),
    ]
