"""Windows, doors and garages: what fills the holes of a wall, and what is visible behind the panes."""

import math
from dataclasses import dataclass
from typing import Any

from .materials import drape, glow, paint, pane, rgb, shade, within

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
    """An empty opening."""

    u: float
    v: float
    wide: float
    high: float


class Openings:
    """The part of a house that fills its openings."""

    def window(self, f, o):
        s, d = self.shape, -self.reveal
        u0, u1, v0, v1, e = o.u, o.u + o.wide, o.v, o.v + o.high, o.border
        back, ahead = d - 0.03, d + 0.035
        for a, b, c, g in (
            (u0, u0 + e, v0, v1),
            (u1 - e, u1, v0, v1),
            (u0 + e, u1 - e, v0, v0 + e),
            (u0 + e, u1 - e, v1 - e, v1),
        ):
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
            s.box(f, u0 - 0.07, u1 + 0.07, v0 - 0.07, v0 + 0.004, d, 0.07, self.stone)
        if o.lintel:
            s.box(f, u0 - 0.12, u1 + 0.12, v1, v1 + o.lintel, -0.02, 0.018, self.stone)
        if o.casing:
            c = o.casing
            for a, b, p, q in (
                (u0 - c, u0, v0, v1),
                (u1, u1 + c, v0, v1),
                (u0 - c * 1.2, u1 + c * 1.2, v1, v1 + c * 1.3),
            ):
                s.box(f, a, b, p, q, -0.01, 0.035, self.trim)
            s.box(f, u0 - c * 1.3, u1 + c * 1.3, v0 - 0.09, v0, -0.01, 0.06, self.trim)
        if o.shutters:
            half = o.wide * 0.5 if o.wide < 1.3 else 0.55
            for a in (u0 - half - o.casing - 0.02, u1 + o.casing + 0.02):
                self._shutter(f, a, a + half, v0, v1, o.shutters)
        self._behind(f, o, d)

    def _shutter(self, f, u0, u1, v0, v1, color):
        s, material, e = self.shape, paint(color, 0.55), 0.07
        for a, b, c, g in (
            (u0, u0 + e, v0, v1),
            (u1 - e, u1, v0, v1),
            (u0 + e, u1 - e, v0, v0 + e),
            (u0 + e, u1 - e, v1 - e, v1),
        ):
            s.box(f, a, b, c, g, 0.0, 0.05, material)
        middle = (v0 + v1) / 2
        s.box(f, u0 + e, u1 - e, middle - e / 2, middle + e / 2, 0.0, 0.05, material)
        slats = int((v1 - v0) / 0.07)
        for i in range(slats):
            v = v0 + (v1 - v0) * i / slats
            s.face(
                [f.at(u0, v, 0.042), f.at(u1, v, 0.042), f.at(u1, v + 0.062, 0.012), f.at(u0, v + 0.062, 0.012)],
                material,
            )

    def _behind(self, f, o, d):
        """The room behind a window, lit or not, with its curtains or blind."""
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
        s.face(
            [f.at(u0, v0, deep), f.at(u1, v0, deep), f.at(u1, v0, d - 0.08), f.at(u0, v0, d - 0.08)],
            paint(rgb("#6d5a48"), 0.6),
        )
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
            (
                u0 + (u1 - u0) * i / steps,
                w + fold * math.sin(phase + 52 * (u1 - u0) * i / steps + 2 * math.sin(i * 0.3)),
            )
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
                self.window(
                    f, Window(a, v0, o.sidelight, o.high - o.fanlight, sill=False, border=0.05, curtain="sheer")
                )
            u0, u1 = u0 + o.sidelight, u1 - o.sidelight
        if o.fanlight:
            self.window(
                f,
                Window(
                    o.u,
                    v1 - o.fanlight,
                    o.wide,
                    o.fanlight,
                    across=3 if o.wide > 1.2 else 1,
                    sill=False,
                    border=0.05,
                    curtain="none",
                ),
            )
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
