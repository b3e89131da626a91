"""A house: its walls and, from the other modules, everything on them."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from . import light
from .materials import mottled, paint, rgb
from .openings import CURTAINS, WHITE, Door, Garage, Openings, Window
from .porches import Porches
from .roofs import Roofs
from .shape import Frame, Shape


@dataclass
class House(Openings, Roofs, Porches):
    """The surfaces that a house's parts share, and the mesh that they are added to."""

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
        """A wall from the frame's origin, with its openings filled."""
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

    def build(self):
        return self.shape.build()


def picket_fence(x0, x1, y, material, high=0.9, gate=None):
    """White pickets, except for a gap where the path goes through."""
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
