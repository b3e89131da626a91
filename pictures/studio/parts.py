"""What houses are made of: walls with openings, windows, doors, roofs, porches."""

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from mathutils import Vector

from . import light
from .materials import blend, boards, drape, glow, mottled, paint, pane, rgb, shade, within
from .shape import Frame, Shape

WARM = [rgb(code) for code in ("#ffb765", "#ffa850", "#ffc583", "#ffd3a0")]
CURTAINS = [rgb(code) for code in ("#efe9dd", "#e4dccb", "#d8d3cb", "#c9b79c", "#8f9aa3", "#f4f1ea")]
WHITE = rgb("#f1efe9")
BLACK = rgb("#1b1c1e")


@dataclass
class Window:
    """An opening with panes in it. `across` and `up` count the panes, `cross` is where a sash's middle rail is."""

    u: float
    v: float
    wide: float
    high: float
    across: int = 1
    up: int = 1
    cross: float = 0.0
    bar: float = 0.028
    border: float = 0.06
    sill: bool = True
    casing: float = 0.0
    lintel: float = 0.0
    shutters: Any = None
    curtain: str = ""


@dataclass
class Door:
    u: float
    v: float
    wide: float = 1.0
    high: float = 2.15
    panels: str = "four"
    fanlight: float = 0.0
    sidelight: float = 0.0
    casing: float = 0.1


@dataclass
class Garage:
    u: float
    v: float
    wide: float = 2.6
    high: float = 2.2
    rows: int = 4
    glazed: bool = True


@dataclass
class Bare:
    """An opening without anything in it."""

    u: float
    v: float
    wide: float
    high: float


@dataclass
class House:
    """The surfaces that a house's parts share, and the mesh that they go to."""

    rng: Any
    hour: light.Hour
    wall: Any
    trim: Any = None
    frame: Any = None
    door: Any = None
    roof: Any = None
    stone: Any = None
    reveal: float = 0.12
    lit_share: float = 0.62
    shape: Shape = field(default_factory=lambda: Shape("house"))

    def __post_init__(self):
        self.trim = self.trim or paint(WHITE, 0.5)
        self.frame = self.frame or self.trim
        self.stone = self.stone or mottled(rgb("#b9b2a5"), 0.1, 3)
        self.curtain_color = self.rng.choice(CURTAINS)
        self.room_color = rgb(self.rng.choice(["#8d8375", "#7c7f80", "#93866f", "#6f7a74"]))
        self.habit = self.rng.choice(["drapes", "drapes", "blind", "sheer"])

    # walls

    def facade(self, frame, wide, high, openings=(), wall=None):
        """A wall from the frame's origin, with what is in its openings."""
        wall = wall or self.wall
        self.shape.pierced(frame, wide, high, [(o.u, o.v, o.wide, o.high) for o in openings], wall)
        for opening in openings:
            self._reveal(frame, opening, wall)
            match opening:
                case Window():
                    self.window(frame, opening)
                case Door():
                    self.door_in(frame, opening)
                case Garage():
                    self.garage(frame, opening)

    def block(self, x0, x1, y0, y1, z0, z1, fronts=(), lefts=(), rights=(), wall=None):
        """Four walls; openings are given for the sides that a camera may see."""
        wide, deep, high = x1 - x0, y1 - y0, z1 - z0
        self.facade(Frame((x0, y0, z0), (1, 0, 0)), wide, high, fronts, wall)
        self.facade(Frame((x1, y0, z0), (0, 1, 0)), deep, high, rights, wall)
        self.facade(Frame((x0, y1, z0), (0, -1, 0)), deep, high, lefts, wall)
        self.facade(Frame((x1, y1, z0), (-1, 0, 0)), wide, high, (), wall)

    def _reveal(self, frame, o, wall):
        d = -self.reveal - 0.02
        u0, u1, v0, v1 = o.u, o.u + o.wide, o.v, o.v + o.high
        for a, b in (((u0, v0), (u0, v1)), ((u0, v1), (u1, v1)), ((u1, v1), (u1, v0)), ((u1, v0), (u0, v0))):
            self.shape.face([frame.at(*a, d), frame.at(*b, d), frame.at(*b, 0), frame.at(*a, 0)], wall)

    # openings

    def window(self, f, o):
        s, d = self.shape, -self.reveal
        u0, u1, v0, v1, e = o.u, o.u + o.wide, o.v, o.v + o.high, o.border
        back, ahead = d - 0.03, d + 0.035
        for a, b, c, g in ((u0, u0 + e, v0, v1), (u1 - e, u1, v0, v1), (u0 + e, u1 - e, v0, v0 + e), (u0 + e, u1 - e, v1 - e, v1)):
            s.box(f, a, b, c, g, back, ahead, self.frame)
        for i in range(1, o.across):
            u = u0 + e + (u1 - u0 - 2 * e) * i / o.across
            s.box(f, u - o.bar / 2, u + o.bar / 2, v0 + e, v1 - e, back, ahead - 0.012, self.frame)
        for i in range(1, o.up):
            v = v0 + e + (v1 - v0 - 2 * e) * i / o.up
            s.box(f, u0 + e, u1 - e, v - o.bar / 2, v + o.bar / 2, back, ahead - 0.012, self.frame)
        if o.cross:
            v = v0 + (v1 - v0) * o.cross
            s.box(f, u0 + e, u1 - e, v - 0.035, v + 0.035, back, ahead + 0.01, self.frame)
        s.quad(f, u0 + e, u1 - e, v0 + e, v1 - e, d, pane())
        if o.sill:
            s.box(f, u0 - 0.07, u1 + 0.07, v0 - 0.07, v0, d, 0.07, self.stone)
        if o.lintel:
            s.box(f, u0 - 0.12, u1 + 0.12, v1, v1 + o.lintel, -0.02, 0.018, self.stone)
        if o.casing:
            c = o.casing
            for a, b, p, q in ((u0 - c, u0, v0, v1), (u1, u1 + c, v0, v1), (u0 - c * 1.2, u1 + c * 1.2, v1, v1 + c * 1.3)):
                s.box(f, a, b, p, q, -0.01, 0.035, self.trim)
            s.box(f, u0 - c * 1.3, u1 + c * 1.3, v0 - 0.09, v0, -0.01, 0.06, self.trim)
        if o.shutters:
            half = o.wide * 0.5 if o.wide < 1.3 else 0.55
            for a in (u0 - half - o.casing - 0.02, u1 + o.casing + 0.02):
                self._shutter(f, a, a + half, v0, v1, o.shutters)
        self._behind(f, o, d)

    def _shutter(self, f, u0, u1, v0, v1, color):
        s, material, e = self.shape, paint(color, 0.55), 0.07
        for a, b, c, g in ((u0, u0 + e, v0, v1), (u1 - e, u1, v0, v1), (u0 + e, u1 - e, v0, v0 + e), (u0 + e, u1 - e, v1 - e, v1)):
            s.box(f, a, b, c, g, 0.0, 0.05, material)
        middle = (v0 + v1) / 2
        s.box(f, u0 + e, u1 - e, middle - e / 2, middle + e / 2, 0.0, 0.05, material)
        slats = int((v1 - v0) / 0.07)
        for i in range(slats):
            v = v0 + (v1 - v0) * i / slats
            s.face([f.at(u0, v, 0.042), f.at(u1, v, 0.042), f.at(u1, v + 0.062, 0.012), f.at(u0, v + 0.062, 0.012)], material)

    def _behind(self, f, o, d):
        """A room, lit or not, and what hangs before it."""
        s, rng = self.shape, self.rng
        u0, u1, v0, v1, deep = o.u - 0.25, o.u + o.wide + 0.25, o.v - 0.4, o.v + o.high + 0.25, d - 2.2
        lit = self.hour.lit and rng.random() < self.lit_share
        if lit:
            room = within(rng.choice(WARM), rng.choice((0.6, 0.9, 1.3)))
            top = glow(rng.choice(WARM), 1.8)
        else:
            room = top = paint(shade(self.room_color, 0.35 if self.hour.lit else 0.8), 0.9)
        s.quad(f, u0, u1, v0, v1, deep, room)
        for a, b in (((u0, v0), (u0, v1)), ((u1, v1), (u1, v0))):
            s.face([f.at(*a, deep), f.at(*a, d - 0.08), f.at(*b, d - 0.08), f.at(*b, deep)], room)
        s.face([f.at(u0, v1, deep), f.at(u0, v1, d - 0.08), f.at(u1, v1, d - 0.08), f.at(u1, v1, deep)], top)
        s.face([f.at(u0, v0, deep), f.at(u1, v0, deep), f.at(u1, v0, d - 0.08), f.at(u0, v0, d - 0.08)], paint(rgb("#6d5a48"), 0.6))
        habit = o.curtain or (self.habit if rng.random() < 0.8 else "none")
        u0, u1, v0, v1 = o.u, o.u + o.wide, o.v, o.v + o.high
        if habit == "drapes":
            share = rng.uniform(0.13, 0.24)
            for a, b in ((u0 - 0.05, u0 + o.wide * share), (u1 - o.wide * share, u1 + 0.05)):
                self._curtain(f, a, b, v0 - 0.05, v1 + 0.05, d - 0.14, drape(self.curtain_color, 0.4))
        elif habit == "sheer":
            self._curtain(f, u0 - 0.05, u1 + 0.05, v0 - 0.05, v1 + 0.05, d - 0.14, drape(rgb("#f4f1ea"), 0.62), 0.02)
        elif habit == "blind":
            low = v1 - o.high * rng.choice((0.2, 0.3, 0.45, 0.6))
            s.quad(f, u0, u1, low, v1, d - 0.1, drape(self.curtain_color, 0.5))
        if lit and rng.random() < 0.35 and o.wide > 0.8:
            u, w = rng.uniform(u0 + 0.3, u1 - 0.3), d - 1.2
            s.box(f, u - 0.13, u + 0.13, v0 + o.high * 0.62, v0 + o.high * 0.8, w - 0.13, w + 0.13, glow(WARM[0], 5))
        elif rng.random() < 0.3 and o.wide > 0.8:
            u = rng.uniform(u0 + 0.2, u1 - 0.45)
            s.box(f, u, u + 0.22, v0, v0 + 0.2, d - 0.4, d - 0.2, paint(rgb("#b5653f"), 0.7))
            s.box(f, u + 0.02, u + 0.2, v0 + 0.2, v0 + 0.5, d - 0.38, d - 0.22, paint(rgb("#3d5a2e"), 0.7))

    def _curtain(self, f, u0, u1, v0, v1, w, cloth, fold=0.045):
        steps = max(6, int((u1 - u0) / 0.035))
        phase = self.rng.uniform(0, 6)
        line = [
            (u0 + (u1 - u0) * i / steps, w + fold * math.sin(phase + 52 * (u1 - u0) * i / steps + 2 * math.sin(i * 0.3)))
            for i in range(steps + 1)
        ]
        for (a, p), (b, q) in zip(line, line[1:]):
            self.shape.face([f.at(a, v0, p), f.at(b, v0, q), f.at(b, v1, q), f.at(a, v1, p)], cloth)

    def door_in(self, f, o):
        s, d = self.shape, -self.reveal
        e = 0.07
        u0, u1, v0, v1 = o.u, o.u + o.wide, o.v, o.v + o.high
        if o.sidelight:
            for a in (u0, u1 - o.sidelight):
                self.window(f, Window(a, v0, o.sidelight, o.high - o.fanlight, sill=False, border=0.05, curtain="sheer"))
            u0, u1 = u0 + o.sidelight, u1 - o.sidelight
        if o.fanlight:
            self.window(f, Window(o.u, v1 - o.fanlight, o.wide, o.fanlight, across=3 if o.wide > 1.2 else 1, sill=False, border=0.05, curtain="none"))
            v1 -= o.fanlight
        for a, b, c, g in ((u0, u0 + e, v0, v1), (u1 - e, u1, v0, v1), (u0 + e, u1 - e, v1 - e, v1)):
            s.box(f, a, b, c, g, d - 0.05, d + 0.04, self.trim)
        s.box(f, u0 + e, u1 - e, v0, v1 - e, d - 0.06, d, self.door)
        a0, a1, top = u0 + e, u1 - e, v1 - e
        wide, high = a1 - a0, top - v0
        if o.panels == "glass":
            s.box(f, a0 + 0.12, a1 - 0.12, v0 + 0.25, top - 0.14, d, d + 0.012, self.door)
            s.quad(f, a0 + 0.15, a1 - 0.15, v0 + 0.28, top - 0.17, d + 0.013, self._dim_glass())
        elif o.panels == "half":
            s.quad(f, a0 + 0.16, a1 - 0.16, v0 + high * 0.55, top - 0.16, d + 0.01, self._dim_glass())
            s.box(f, a0 + 0.14, a1 - 0.14, v0 + 0.2, v0 + high * 0.45, d, d + 0.018, self.door)
            for i in (1, 2):
                u = a0 + 0.16 + (wide - 0.32) * i / 3
                s.box(f, u - 0.012, u + 0.012, v0 + high * 0.55, top - 0.16, d, d + 0.02, self.door)
        elif o.panels == "slot":
            s.quad(f, a0 + wide * 0.68, a0 + wide * 0.82, v0 + 0.3, top - 0.25, d + 0.006, self._dim_glass())
        elif o.panels == "four":
            for i in (0, 1):
                p = a0 + 0.12 + i * (wide / 2 - 0.04)
                for low, tall in ((0.2, 0.3), (0.6, 0.32)):
                    s.box(f, p, p + wide / 2 - 0.2, v0 + high * low, v0 + high * (low + tall), d, d + 0.02, self.door)
        brass = paint(rgb("#b9914a"), 0.25, 1.0)
        s.box(f, a1 - 0.12, a1 - 0.07, v0 + 0.98, v0 + 1.14, d, d + 0.06, brass)
        s.box(f, o.u - 0.1, o.u + o.wide + 0.1, v0 - 0.05, v0 + 0.01, d - 0.05, 0.12, self.stone)
        if o.casing:
            c = o.casing
            u0, u1, v1 = o.u, o.u + o.wide, o.v + o.high
            for a, b, p, q in ((u0 - c, u0, v0, v1), (u1, u1 + c, v0, v1), (u0 - c, u1 + c, v1, v1 + c * 1.3)):
                s.box(f, a, b, p, q, -0.01, 0.04, self.trim)

    def _dim_glass(self):
        return glow(WARM[1], 0.9) if self.hour.lit else paint(rgb("#20282c"), 0.03)

    def garage(self, f, o):
        s, d = self.shape, -self.reveal
        tall = o.high / o.rows
        for i in range(o.rows):
            v = o.v + i * tall
            glazed = o.glazed and i == o.rows - 1
            s.box(f, o.u, o.u + o.wide, v + 0.008, v + tall - 0.008, d - 0.05, d, self.trim)
            count = max(2, round(o.wide / 0.62))
            for k in range(count):
                a = o.u + o.wide * (k + 0.1) / count
                b = o.u + o.wide * (k + 0.9) / count
                if glazed:
                    s.quad(f, a, b, v + 0.1, v + tall - 0.1, d + 0.004, self._dim_glass())
                else:
                    s.box(f, a, b, v + 0.1, v + tall - 0.1, d, d + 0.014, self.trim)

    # roofs

    def courses(self, eave_left, eave_right, ridge_right, ridge_left, material=None, course=0.2, lift=0.028):
        """Rows of tiles from the eaves to the ridge, each over the one below."""
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
        """A flat piece under its outline."""
        top = [Vector(c) for c in corners]
        bottom = [c - Vector((0, 0, thick)) for c in top]
        self.shape.face(top, material)
        self.shape.face(bottom[::-1], material)
        for i in range(len(top)):
            j = (i + 1) % len(top)
            self.shape.face([bottom[i], bottom[j], top[j], top[i]], material)

    def gable(self, x0, x1, y0, y1, eaves, rise, over=0.45, ahead=0.3, along="x", wall=None, gables=True, thick=0.16, material=None):
        """A pitched roof whose ridge runs along x or y, its triangles of wall, its boards and gutters."""
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
            self.gutter(place(way * (reach + 0.05), e0, low + thick * 0.6), place(way * (reach + 0.05), e1, low + thick * 0.6))

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
        """A flat roof and the low wall about it."""
        thick = 0.22
        wall = material or self.wall
        for a, b, c, d in ((x0, x1, y0, y0 + thick), (x0, x1, y1 - thick, y1), (x0, x0 + thick, y0 + thick, y1 - thick), (x1 - thick, x1, y0 + thick, y1 - thick)):
            self.shape.prism([(a, c), (b, c), (b, d), (a, d)], z, z + high, wall)
            out = 0.04 if a == x0 and b == x1 else 0.035
            self.shape.prism(
                [(a - out, c - out), (b + out, c - out), (b + out, d + out), (a - out, d + out)],
                z + high, z + high + 0.06 - (0.04 - out), cap or self.trim,
            )
        e = thick / 2
        deck = [(x0 + e, y0 + e), (x1 - e, y0 + e), (x1 - e, y1 - e), (x0 + e, y1 - e)]
        self.shape.prism(deck, z - 0.1, z + 0.05, mottled(rgb("#77736c"), 0.1))

    def chimney(self, x, y, base, top, wide=0.7, deep=0.55, material=None, pots=2):
        wall = material or self.wall
        s = self.shape
        s.prism(_rect(x, y, wide, deep), base, top, wall)
        s.prism(_rect(x, y, wide + 0.14, deep + 0.14), top - 0.12, top, self.stone)
        for i in range(pots):
            px = x + (i - (pots - 1) / 2) * wide / pots
            s.lathe(px, y, [(0.1, top), (0.12, top + 0.08), (0.09, top + 0.1), (0.08, top + 0.4), (0.1, top + 0.42)], paint(rgb("#a8603c"), 0.8), 10)

    def dormer(self, x, y, z, wide, high, depth, window, wall=None):
        """A small house on the roof, with a window that looks at the street."""
        wall = wall or self.wall
        self.block(x - wide / 2, x + wide / 2, y, y + depth, z, z + high, [window], wall=wall)
        self.gable(x - wide / 2, x + wide / 2, y, y + depth, z + high, wide * 0.36, 0.18, 0.2, along="y", wall=wall, thick=0.1)

    # things before the wall

    def steps(self, x, y, wide, rise, count, material=None, run=0.3):
        """Down to the street from (x, y), which is the top's edge."""
        for i in range(count):
            top = rise * (1 - i / count)
            self.shape.prism(
                [(x - wide / 2, y - run * (i + 1)), (x + wide / 2, y - run * (i + 1)), (x + wide / 2, y - run * i), (x - wide / 2, y - run * i)],
                0, top - rise / count * 0.0, material or self.stone,
            )

    def railing(self, points, high=1.0, gap=0.11, material=None, bar=0.011, rail=0.025):
        """Balusters between two rails, along some points at floor level."""
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
        s.prism(_rect(x, y, wide * taper + 0.1, wide * taper + 0.1), z1 - 0.1, z1, material)
        s.prism(_rect(x, y, wide + 0.1, wide + 0.1), z0, z0 + 0.12, material)

    def lantern(self, f, u, v):
        """A lamp beside a door, burning when it is dark."""
        s, dark = self.shape, paint(BLACK, 0.4)
        s.box(f, u - 0.05, u + 0.05, v + 0.08, v + 0.2, 0, 0.08, dark)
        s.box(f, u - 0.08, u + 0.08, v + 0.14, v + 0.17, 0, 0.2, dark)
        s.box(f, u - 0.055, u + 0.055, v - 0.12, v + 0.14, 0.07, 0.18, glow(WARM[1], 8) if self.hour.lit else paint(rgb("#d9d2c0"), 0.3))
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
            self.shape.lathe(x, y, [(w * 0.7, z), (w, z + high), (w * 0.9, z + high), (w * 0.88, z + high - 0.05)], m, 18)
        else:
            self.shape.prism(_rect(x, y, wide, wide), z, z + high, m)

    def number(self, f, u, v):
        self.shape.box(f, u - 0.14, u + 0.14, v - 0.09, v + 0.09, 0, 0.02, paint(BLACK, 0.4))

    def build(self):
        return self.shape.build()


def _rect(x, y, wide, deep):
    return [(x - wide / 2, y - deep / 2), (x + wide / 2, y - deep / 2), (x + wide / 2, y + deep / 2), (x - wide / 2, y + deep / 2)]


rect = _rect


def picket_fence(x0, x1, y, material, high=0.9, gate=None):
    """White pickets, but for a gap where the path goes through."""
    s = Shape("fence")
    f = Frame((0, y, 0), (1, 0, 0))
    for a, b in ((x0, gate[0]), (gate[1], x1)) if gate else ((x0, x1),):
        count = max(1, round((b - a) / 0.13))
        for i in range(count):
            u = a + (i + 0.5) * (b - a) / count
            p = [(u - 0.038, 0.06), (u + 0.038, 0.06), (u + 0.038, high - 0.06), (u, high), (u - 0.038, high - 0.06)]
            s.face([f.at(*q, 0.02) for q in p], material)
            s.face([f.at(*q, 0.0) for q in p[::-1]], material)
        for v in (0.28, high - 0.25):
            s.box(f, a, b, v, v + 0.07, -0.03, 0.0, material)
        for u in np.linspace(a, b, max(2, round((b - a) / 2.2) + 1)):
            s.box(f, u - 0.055, u + 0.055, 0, high + 0.08, -0.08, 0.03, material)
    s.build()


def slat_fence(x0, x1, y, color, high=1.7):
    """Horizontal boards between posts."""
    s = Shape("fence")
    f = Frame((0, y, 0), (1, 0, 0))
    m = boards(color, 0.12, upright=False)
    rows = int(high / 0.13)
    for i in range(rows):
        s.box(f, x0, x1, 0.06 + i * 0.13, 0.06 + i * 0.13 + 0.11, -0.02, 0.0, m)
    s.build()
