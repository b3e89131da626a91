"""Pitched, hipped and flat roofs, chimneys and dormers."""

from mathutils import Vector

from .materials import mottled, paint, rgb
from .shape import rect


class Roofs:
    """The part of a house that builds its roofs."""

    def courses(self, eave_left, eave_right, ridge_right, ridge_left, material=None, course=0.2, lift=0.028):
        """Rows of tiles from the eaves to the ridge, each overlapping the one below."""
        material = material or self.roof
        a, b, c, d = (Vector(p) for p in (eave_left, eave_right, ridge_right, ridge_left))
        normal = (b - a).cross(d - a if (d - a).length > (c - b).length * 0.5 else c - a).normalized()
        rows = max(1, round(max((d - a).length, (c - b).length) / course))
        along = (b - a).normalized()
        start = a
        for i in range(rows):
            low, high = i / rows, (i + 1.25) / rows if i < rows - 1 else 1.0
            p, q = a.lerp(d, low), b.lerp(c, low)
            r, t = b.lerp(c, high), a.lerp(d, high)
            p, q = p + normal * lift, q + normal * lift
            uvs = [((x - start).dot(along), course * (i + y)) for x, y in ((p, 0.02), (q, 0.02), (r, 1.0), (t, 1.0))]
            self.shape.face([p, q, r, t], material, uvs)
            self.shape.face([p - normal * lift, q - normal * lift, q, p], material)

    def slab(self, corners, thick, material):
        """A flat slab whose top has these corners."""
        top = [Vector(c) for c in corners]
        bottom = [c - Vector((0, 0, thick)) for c in top]
        self.shape.face(top, material)
        self.shape.face(bottom[::-1], material)
        for i in range(len(top)):
            j = (i + 1) % len(top)
            self.shape.face([bottom[i], bottom[j], top[j], top[i]], material)

    def gable(
        self,
        x0,
        x1,
        y0,
        y1,
        eaves,
        rise,
        over=0.45,
        ahead=0.3,
        along="x",
        wall=None,
        gables=True,
        thick=0.16,
        material=None,
    ):
        """A pitched roof whose ridge runs along x or y, with its gable walls, boards and gutters."""
        s = self.shape
        if along == "x":
            mid, half = (y0 + y1) / 2, (y1 - y0) / 2
            place = lambda t, a, z: (a, mid + t * half, z)
            ends, span = (x0, x1), half
        else:
            mid, half = (x0 + x1) / 2, (x1 - x0) / 2
            place = lambda t, a, z: (mid + t * half, a, z)
            ends, span = (y0, y1), half
        drop = rise * over / span
        low, top = eaves - drop, eaves + rise
        reach = 1 + over / span
        e0, e1 = ends[0] - ahead, ends[1] + ahead
        lift = Vector((0, 0, thick))
        for way in (-1, 1):
            outline = [place(way * reach, e0, low), place(way * reach, e1, low), place(0, e1, top), place(0, e0, top)]
            if (way < 0) != (along == "x"):
                outline = [outline[i] for i in (1, 0, 3, 2)]
            self.slab([Vector(p) + lift * 0.98 for p in outline], thick, self.trim)
            self.courses(*[Vector(p) + lift for p in outline], material=material)
        ridge = [Vector(place(0, e, top)) + lift * 1.05 for e in (e0, e1)]
        s.tube(ridge, [0.085, 0.085], material or self.roof, 8)
        if gables:
            for k, end in enumerate(ends):
                a, b, c = (Vector(place(t, end, z)) for t, z in ((-1, eaves), (1, eaves), (0, top)))
                if (k == 0) != (along == "x"):
                    s.face([b, a, c], wall or self.wall)
                else:
                    s.face([a, b, c], wall or self.wall)
        for way in (-1, 1):
            self.gutter(
                place(way * (reach + 0.05), e0, low + thick * 0.6), place(way * (reach + 0.05), e1, low + thick * 0.6)
            )

    def gutter(self, a, b):
        self.shape.tube([Vector(a), Vector(b)], [0.055, 0.055], self.frame, 7)

    def hip(self, x0, x1, y0, y1, eaves, rise, over=0.55, thick=0.16, material=None):
        """A roof that slopes to all four sides."""
        x0, x1, y0, y1 = x0 - over, x1 + over, y0 - over, y1 + over
        half = (y1 - y0) / 2
        mid, low, top = (y0 + y1) / 2, eaves, eaves + rise
        r0, r1 = (x0 + half, mid, top), (x1 - half, mid, top)
        base = [(x0, y0, low), (x1, y0, low), (x1, y1, low), (x0, y1, low)]
        self.slab([Vector(p) + Vector((0, 0, 0.0)) for p in base], thick, self.trim)
        self.courses(base[0], base[1], r1, r0, material)
        self.courses(base[1], base[2], r1, r1, material)
        self.courses(base[2], base[3], r0, r1, material)
        self.courses(base[3], base[0], r0, r0, material)
        tile = material or self.roof
        for a, b in ((base[0], r0), (base[1], r1), (base[2], r1), (base[3], r0), (r0, r1)):
            self.shape.tube([Vector(a) + Vector((0, 0, 0.02)), Vector(b) + Vector((0, 0, 0.03))], [0.07, 0.07], tile, 7)
        self.gutter((x0, y0 - 0.05, low - 0.04), (x1, y0 - 0.05, low - 0.04))

    def parapet(self, x0, x1, y0, y1, z, high=0.35, material=None, cap=None):
        """A flat roof and the low wall around it."""
        thick = 0.22
        wall = material or self.wall
        for a, b, c, d in (
            (x0, x1, y0, y0 + thick),
            (x0, x1, y1 - thick, y1),
            (x0, x0 + thick, y0 + thick, y1 - thick),
            (x1 - thick, x1, y0 + thick, y1 - thick),
        ):
            self.shape.prism([(a, c), (b, c), (b, d), (a, d)], z, z + high, wall)
            out = 0.04 if a == x0 and b == x1 else 0.035
            self.shape.prism(
                [(a - out, c - out), (b + out, c - out), (b + out, d + out), (a - out, d + out)],
                z + high,
                z + high + 0.06 - (0.04 - out),
                cap or self.trim,
            )
        e = thick / 2
        deck = [(x0 + e, y0 + e), (x1 - e, y0 + e), (x1 - e, y1 - e), (x0 + e, y1 - e)]
        self.shape.prism(deck, z - 0.1, z + 0.05, mottled(rgb("#77736c"), 0.1))

    def chimney(self, x, y, base, top, wide=0.7, deep=0.55, material=None, pots=2):
        wall = material or self.wall
        s = self.shape
        s.prism(rect(x, y, wide, deep), base, top, wall)
        s.prism(rect(x, y, wide + 0.14, deep + 0.14), top - 0.12, top, self.stone)
        for i in range(pots):
            px = x + (i - (pots - 1) / 2) * wide / pots
            s.lathe(
                px,
                y,
                [(0.1, top), (0.12, top + 0.08), (0.09, top + 0.1), (0.08, top + 0.4), (0.1, top + 0.42)],
                paint(rgb("#a8603c"), 0.8),
                10,
            )

    def dormer(self, x, y, z, wide, high, depth, window, wall=None):
        """A small house on the roof, with a window that faces the street."""
        wall = wall or self.wall
        self.block(x - wide / 2, x + wide / 2, y, y + depth, z, z + high, [window], wall=wall)
        self.gable(
            x - wide / 2, x + wide / 2, y, y + depth, z + high, wide * 0.36, 0.18, 0.2, along="y", wall=wall, thick=0.1
        )
