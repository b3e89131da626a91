"""Sofas, chairs and stools."""

import math

import numpy as np

from .piece import Piece, pillow


def sofa(x, y, cloth, legs, wide=2.2, turn=0, cushions=(), arms=0.2, seats=2, low=False):
    p = Piece(x, y, turn)
    deep, seat, back = 0.92, 0.42, 0.8 if not low else 0.68
    p.box(-wide / 2 + 0.03, wide / 2 - 0.03, -deep / 2 + 0.02, deep / 2 - 0.03, 0.135, 0.3, cloth, 0.03, 3)
    inner = wide - 2 * arms
    for i in range(seats):
        w = inner / seats
        c = -inner / 2 + (i + 0.5) * w
        p.soft((c, -0.07, 0.365), (w * 1.02, deep * 0.82, 0.2), cloth, 0.16)
        pillow(p, (c, deep / 2 - 0.24, back - 0.12), (w * 0.98, 0.26, 0.5), cloth, 0.2, tilt=-10)
    for side in (-1, 1):
        a = side * (wide / 2 - arms / 2)
        p.box(a - arms / 2, a + arms / 2, -deep / 2, deep / 2, 0.13, 0.6, cloth, 0.06, 4)
        for yy in (-deep / 2 + 0.09, deep / 2 - 0.09):
            p.bar([(side * (wide / 2 - 0.1), yy, 0.14), (side * (wide / 2 - 0.07), yy, 0)], 0.024, legs, end=0.014)
    p.box(-wide / 2 + 0.02, wide / 2 - 0.02, deep / 2 - 0.16, deep / 2 + 0.01, 0.14, back - 0.04, cloth, 0.05, 4)
    for i, (material, at) in enumerate(cushions):
        pillow(
            p,
            (at * inner / 2, 0.02 + 0.04 * (i % 2), seat + 0.25),
            (0.46, 0.18, 0.44),
            material,
            0.34,
            turn=-8 + 9 * i,
            tilt=-18,
        )
    return p


def armchair(x, y, cloth, timber, turn=0):
    p = Piece(x, y, turn)
    p.soft((0, -0.02, 0.4), (0.62, 0.62, 0.17), cloth, 0.2)
    pillow(p, (0, 0.26, 0.68), (0.62, 0.17, 0.56), cloth, 0.25, tilt=-14)
    for side in (-1, 1):
        a = side * 0.36
        p.bar([(a, -0.32, 0), (a, -0.29, 0.55)], 0.02, timber, end=0.024)
        p.bar([(a, 0.36, 0), (a, 0.28, 0.58)], 0.02, timber, end=0.022)
        p.box(a - 0.035, a + 0.035, -0.36, 0.34, 0.55, 0.58, timber, 0.012)
        p.box(a - 0.015, a + 0.015, -0.3, 0.33, 0.27, 0.31, timber, 0.006)
    p.box(-0.35, 0.35, -0.3, -0.26, 0.27, 0.31, timber)
    p.box(-0.35, 0.35, 0.29, 0.33, 0.27, 0.31, timber)


def chair(x, y, turn, timber, cloth=None, kind="spindle"):
    """At turn 0, its back is away from the camera."""
    p = Piece(x, y, turn)
    seat = 0.46
    if kind == "shell":
        p.soft((0, 0, seat), (0.46, 0.46, 0.1), cloth, 0.5)
        pillow(p, (0, 0.2, seat + 0.24), (0.46, 0.1, 0.42), cloth, 0.5, tilt=-12)
        for i in (-1, 1):
            for j in (-1, 1):
                p.bar([(i * 0.13, j * 0.13, seat - 0.04), (i * 0.22, j * 0.22, 0)], 0.015, timber, end=0.011)
        return
    p.box(-0.22, 0.22, -0.21, 0.21, seat - 0.035, seat, timber if not cloth else timber, 0.015)
    if cloth:
        p.soft((0, 0, seat + 0.02), (0.43, 0.42, 0.07), cloth, 0.2)
    for i in (-1, 1):
        p.bar([(i * 0.18, -0.17, seat - 0.02), (i * 0.21, -0.2, 0)], 0.018, timber, end=0.012)
        p.bar([(i * 0.18, 0.18, seat - 0.02), (i * 0.21, 0.23, 0)], 0.018, timber, end=0.012)
        p.bar([(i * 0.19, 0.19, seat), (i * 0.2, 0.27, 0.86)], 0.015, timber, end=0.012)
    p.box(-0.23, 0.23, 0.245, 0.27, 0.78, 0.88, timber, 0.01)
    for k in range(1, 6 if kind == "spindle" else 1):
        u = -0.2 + 0.4 * k / 6
        p.bar([(u, 0.195, seat), (u, 0.255, 0.8)], 0.008, timber, 6)
    if kind == "ladder":
        for v in (0.56, 0.67):
            p.box(-0.2, 0.2, 0.21 + (v - seat) * 0.16, 0.225 + (v - seat) * 0.16, v, v + 0.055, timber, 0.006)


def stool(x, y, timber, metal, high=0.66):
    p = Piece(x, y)
    p.turned(
        0, 0, [(0.02, high - 0.04), (0.17, high - 0.035), (0.18, high - 0.015), (0.16, high), (0, high - 0.008)], timber
    )
    for k in range(4):
        a = math.pi / 4 + k * math.pi / 2
        p.bar(
            [(0.1 * math.cos(a), 0.1 * math.sin(a), high - 0.03), (0.2 * math.cos(a), 0.2 * math.sin(a), 0)],
            0.012,
            metal,
        )
    ring = [(0.165 * math.cos(a), 0.165 * math.sin(a), 0.24) for a in np.linspace(0, 2 * math.pi, 25)]
    p.bar(ring, 0.008, metal, 6)
