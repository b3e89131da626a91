"""Tables and sideboards, shelves and a fireplace."""

import math

from mathutils import Vector

from ... import light
from ...materials import fabric, glow, marble, mottled, rgb
from ...shape import Shape
from .piece import Piece
from .small import ART, books, bowl, vase


def _disc(wide, high, thick):
    """The outline of a round top with a slightly rounded edge."""
    return [
        (0.02, high - thick),
        (wide / 2 - 0.01, high - thick),
        (wide / 2, high - thick / 2),
        (wide / 2 - 0.01, high),
        (0.0, high),
    ]


def table(x, y, wide, deep, high, top, legs, turn=0, kind="four", thick=0.035):
    p = Piece(x, y, turn)
    if kind == "round":
        p.turned(0, 0, _disc(wide, high, thick), top, 48)
        for k in range(3):
            a = k * 2.1 + 0.4
            p.bar(
                [
                    (math.cos(a) * wide * 0.2, math.sin(a) * wide * 0.2, high - thick),
                    (math.cos(a) * wide * 0.36, math.sin(a) * wide * 0.36, 0),
                ],
                0.02,
                legs,
                end=0.013,
            )
        return p
    if kind == "pedestal":
        p.turned(0, 0, _disc(wide, high, thick), top, 56)
        p.turned(
            0, 0, [(0.34, 0), (0.34, 0.015), (0.12, 0.06), (0.05, 0.25), (0.05, high - 0.2), (0.16, high - thick)], legs
        )
        return p
    p.box(-wide / 2, wide / 2, -deep / 2, deep / 2, high - thick, high, top, 0.01)
    if kind == "trestle":
        for side in (-1, 1):
            a = side * (wide / 2 - 0.25)
            p.box(a - 0.035, a + 0.035, -deep / 2 + 0.08, deep / 2 - 0.08, 0, 0.05, legs)
            p.box(a - 0.035, a + 0.035, -0.09, 0.09, 0.05, high - thick, legs)
            p.box(a - 0.035, a + 0.035, -deep / 2 + 0.06, deep / 2 - 0.06, high - thick - 0.06, high - thick, legs)
        p.box(-wide / 2 + 0.25, wide / 2 - 0.25, -0.03, 0.03, 0.3, 0.38, legs)
        return p
    for i in (-1, 1):
        for j in (-1, 1):
            a, b = i * (wide / 2 - 0.06), j * (deep / 2 - 0.06)
            p.bar([(a, b, high - thick), (a + i * 0.02, b + j * 0.02, 0)], 0.027, legs, end=0.016)
        p.box(
            min(i * (wide / 2 - 0.08), 0) if i < 0 else -wide / 2 + 0.08,
            wide / 2 - 0.08,
            i * (deep / 2 - 0.07) - 0.012,
            i * (deep / 2 - 0.07) + 0.012,
            high - thick - 0.07,
            high - thick,
            legs,
        )
    return p


def sideboard(x, y, wide, timber, metal, turn=0, high=0.62, doors=4, deep=0.42, legs=0.16, front_=None):
    p = Piece(x, y, turn)
    p.box(-wide / 2, wide / 2, -deep, 0, legs, high, timber, 0.006)
    w = (wide - 0.04) / doors
    for i in range(doors):
        a = -wide / 2 + 0.02 + i * w
        p.box(a + 0.004, a + w - 0.004, -deep - 0.018, -deep, legs + 0.02, high - 0.025, front_ or timber, 0.004)
        h = a + (w - 0.05 if i % 2 == 0 else 0.04)
        p.box(
            h - 0.006,
            h + 0.012,
            -deep - 0.034,
            -deep - 0.018,
            *((high - 0.2, high - 0.1) if high < 1.2 else (0.95, 1.15)),
            metal,
            0.003,
        )
    for i in (-1, 1):
        for d in (-deep + 0.06, -0.06):
            p.bar(
                [(i * (wide / 2 - 0.12), d, legs), (i * (wide / 2 - 0.09), d, 0)],
                0.018,
                metal if legs > 0.2 else timber,
                end=0.012,
            )
    return p


def shelf_unit(x, y, wide, high, deep, timber, rng, grow, turn=0, columns=2, rows=5, legs=0.0, back=None):
    p = Piece(x, y, turn)
    t = 0.025
    for i in range(columns + 1):
        a = -wide / 2 + (wide - t) * i / columns
        p.box(a, a + t, -deep, 0, legs + 0.001, high - 0.001, timber, 0.003, 1)
    for j in range(rows + 1):
        v = legs + (high - legs - t) * j / rows
        p.box(-wide / 2 + 0.002, wide / 2 - 0.002, -deep + 0.003, -0.002, v, v + t, timber, 0.003, 1)
    if back:
        p.box(-wide / 2, wide / 2, -0.01, 0, legs, high, back, 0.001, 1)
    cell_w, cell_h = (wide - t) / columns, (high - legs - t) / rows
    for i in range(columns):
        for j in range(rows):
            a = -wide / 2 + t + cell_w * i
            v = legs + t + cell_h * j
            what = rng.choice(["books", "books", "vase", "bowl", "box", "half"])
            if what in ("books", "half"):
                books(
                    p,
                    a + 0.02,
                    -0.03,
                    v,
                    rng,
                    cell_w * (0.85 if what == "books" else 0.45),
                    min(0.26, cell_h - 0.06),
                    deep * 0.7,
                )
            elif what == "box":
                p.box(
                    a + 0.05,
                    a + cell_w - 0.08,
                    -deep + 0.03,
                    -0.03,
                    v,
                    v + cell_h * 0.55,
                    fabric(rgb(rng.choice(["#b59b73", "#8f8b84", "#d8cdb8"])), 120),
                    0.01,
                )
            else:
                at = p.move @ Vector((a + cell_w / 2, -deep / 2, v))
                (vase if what == "vase" else bowl)(
                    at.x,
                    at.y,
                    at.z,
                    rng.choice(ART),
                    *((grow, rng, min(0.8, cell_h / 0.36), False) if what == "vase" else (rng, False, 0.7)),
                )


def fireplace(room, frame, u, wide=1.5):
    """A chimney breast with a mantel and a hearth."""
    s = Shape("fireplace")
    white, dark = room.white, mottled(rgb("#1b1a19"), 0.2, 4)
    s.box(frame, u - wide / 2, u + wide / 2, 0, 1.1, 0, 0.18, white)
    s.box(frame, u - wide / 2 - 0.12, u + wide / 2 + 0.12, 1.1, 1.17, 0, 0.28, white)
    s.box(frame, u - wide * 0.3, u + wide * 0.3, 0.02, 0.78, 0.14, 0.185, marble())
    s.box(frame, u - wide * 0.24, u + wide * 0.24, 0.02, 0.68, 0.14, 0.19, dark)
    s.box(frame, u - wide / 2 - 0.1, u + wide / 2 + 0.1, 0, 0.03, 0.18, 0.6, marble((0.2, 0.2, 0.2), (0.5, 0.5, 0.5)))
    s.build(bevel=0.006)
    p = Piece(*frame.at(u, 0, 0.3)[:2])
    bark = mottled(rgb("#6b5138"), 0.3, 8)
    for k in range(3):
        p.bar(
            [
                (-0.22 + 0.02 * k, -0.02 + 0.05 * (k % 2), 0.09 + 0.07 * (k // 2)),
                (0.2 - 0.03 * k, 0.03 - 0.04 * (k % 2), 0.09 + 0.07 * (k // 2)),
            ],
            0.04,
            bark,
        )
    if room.evening:
        p.soft((0, 0, 0.22), (0.25, 0.08, 0.26), glow(rgb("#ff8a3c"), 9), 0.8)
        light.bulb(frame.at(u, 0.3, 0.5), 12, rgb("#ff9a50"))
