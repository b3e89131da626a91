"""Lamps, which are lit in the evening."""

from mathutils import Vector

from ... import light
from ...materials import drape, glow, paint, rgb
from .piece import Piece


def floor_lamp(x, y, metal, shade_color, lit, high=1.6, kind="drum", color=None):
    p = Piece(x, y)
    p.turned(0, 0, [(0.15, 0), (0.15, 0.02), (0.02, 0.03)], metal)
    if kind == "arc":
        path = [(0.0, 0, 0.02), (0, 0, 1.2), (0.12, -0.04, 1.65), (0.42, -0.12, 1.86), (0.75, -0.2, 1.75)]
        p.bar(path, 0.011, metal)
        at = (0.75, -0.2, 1.62)
        p.turned(at[0], at[1], [(0.15, 1.58), (0.14, 1.66), (0.08, 1.74), (0.02, 1.77)], metal)
        p.soft((at[0], at[1], 1.6), (0.14, 0.14, 0.14), glow(rgb("#ffd9a0"), 12 if lit else 1.2), 1.0)
    else:
        p.bar([(0, 0, 0.02), (0, 0, high - 0.1)], 0.011, metal)
        p.turned(0, 0, [(0.2, high - 0.28), (0.16, high)], _lampshade(shade_color, lit))
    if lit:
        light.bulb(p.move @ Vector((0.75, -0.2, 1.5) if kind == "arc" else (0, 0, high - 0.14)), 28)


def table_lamp(x, y, z, base, shade_color, lit, size=1.0):
    p = Piece(x, y, 0, z)
    p.turned(
        0,
        0,
        [
            (s * size, t * size)
            for s, t in ((0.06, 0), (0.09, 0.05), (0.1, 0.11), (0.06, 0.2), (0.015, 0.25), (0.012, 0.32))
        ],
        base,
    )
    p.turned(0, 0, [(0.16 * size, 0.28 * size), (0.115 * size, 0.5 * size)], _lampshade(shade_color, lit))
    if lit:
        light.bulb((x, y, z + 0.4 * size), 9)


def pendant(x, y, low, high, metal, lit, kind="dome", size=0.2, shade_color="#efe9dd"):
    p = Piece(x, y)
    p.bar([(0, 0, low + size * 0.9), (0, 0, high)], 0.005, paint(rgb("#202122"), 0.5), 6)
    if kind == "dome":
        p.turned(
            0,
            0,
            [
                (size, low),
                (size * 0.97, low + size * 0.25),
                (size * 0.7, low + size * 0.65),
                (size * 0.2, low + size * 0.92),
                (0.02, low + size),
            ],
            metal,
        )
        p.soft((0, 0, low + size * 0.25), (size * 0.6,) * 3, glow(rgb("#ffdcae"), 9 if lit else 2.0), 1.0)
    elif kind == "globe":
        p.soft((0, 0, low + size * 0.5), (size * 1.5,) * 3, glow(rgb("#ffe2bd"), 4.5 if lit else 2.0), 1.0)
        p.turned(0, 0, [(0.03, low + size * 1.2), (0.02, low + size * 1.5)], metal)
    else:
        p.turned(0, 0, [(size * 1.2, low), (size * 1.1, low + size)], _lampshade(shade_color, lit))
    if lit:
        light.bulb((x, y, low - 0.06), 22)


def _lampshade(color, lit):
    return glow(rgb("#ffcf94"), 2.6) if lit else drape(rgb(color), 0.5)
