"""Things that make a room look lived in: rugs, prints, plants, books, vases."""

import math

import numpy as np
from mathutils import Matrix, Vector

from ... import nature
from ...materials import fabric, foliage, mottled, paint, rgb
from ...shape import Shape, put
from .piece import Piece

ART = ["#c9613f", "#2f4f5f", "#d9a441", "#e8dfcf", "#7d8f7a", "#1f2a33", "#b98b73", "#8fa8b3", "#a33f3a", "#e5c7b0"]


def rug(x, y, wide, deep, color, second, rng, turn=0):
    s = Shape("rug")
    cloth = fabric(rgb(color), 220)
    other = fabric(rgb(second), 220)
    style = rng.choice(["plain", "stripes", "border", "diamonds"])
    s.prism(
        [(-wide / 2, -deep / 2), (wide / 2, -deep / 2), (wide / 2, deep / 2), (-wide / 2, deep / 2)], 0.0, 0.018, cloth
    )
    z = 0.019
    flat = lambda a, b, c, d: s.face([(a, c, z), (b, c, z), (b, d, z), (a, d, z)], other)
    if style == "stripes":
        for k in range(5):
            v = -deep / 2 + deep * (k + 0.7) / 5.4
            flat(-wide / 2, wide / 2, v, v + deep * 0.05)
    elif style == "border":
        e = 0.16
        for a, b, c, d in (
            (-wide / 2 + e, wide / 2 - e, -deep / 2 + e, -deep / 2 + e + 0.06),
            (-wide / 2 + e, wide / 2 - e, deep / 2 - e - 0.06, deep / 2 - e),
            (-wide / 2 + e, -wide / 2 + e + 0.06, -deep / 2 + e, deep / 2 - e),
            (wide / 2 - e - 0.06, wide / 2 - e, -deep / 2 + e, deep / 2 - e),
        ):
            flat(a, b, c, d)
    elif style == "diamonds":
        across = round(wide / 0.55)
        for i in range(across):
            for j in range(max(1, round(deep / 0.55))):
                cx, cy = (
                    -wide / 2 + (i + 0.5) * wide / across,
                    -deep / 2 + (j + 0.5) * deep / max(1, round(deep / 0.55)),
                )
                s.face([(cx - 0.13, cy, z), (cx, cy - 0.13, z), (cx + 0.13, cy, z), (cx, cy + 0.13, z)], other)
    s.build().matrix_world = Matrix.Translation((x, y, 0)) @ Matrix.Rotation(math.radians(turn), 4, "Z")


def picture(frame, u, v, wide, high, rng, border, mat=True):
    """A framed abstract print, its middle at (u, v)."""
    s = Shape("picture")
    g = frame.moved(u - wide / 2, v - high / 2)
    for a, b, c, d in (
        (0, wide, 0, 0.022),
        (0, wide, high - 0.022, high),
        (0, 0.022, 0.022, high - 0.022),
        (wide - 0.022, wide, 0.022, high - 0.022),
    ):
        s.box(g, a, b, c, d, 0, 0.03, border)
    s.quad(g, 0, wide, 0, high, 0.006, paint(rgb("#f4f1ea"), 0.8))
    e = 0.16 * min(wide, high) if mat else 0.022
    a, b, c, d = e, wide - e, e, high - e
    colors = rng.sample(ART, 4)
    s.quad(g, a, b, c, d, 0.008, paint(rgb(colors[0]), 0.8))
    style = rng.choice(["hills", "blocks", "sun", "leaf"])
    if style == "hills":
        for k, color in enumerate(colors[1:]):
            low = d - (d - c) * (0.42 + 0.2 * k)
            ph = rng.uniform(0, 6)
            xs = np.linspace(a, b, 24)
            tops = [low + (d - c) * 0.09 * math.sin(ph + 5 * (x - a) / (b - a)) for x in xs]
            s.face(
                [
                    g.at(a, c, 0.01 + k * 0.001),
                    g.at(b, c, 0.01 + k * 0.001),
                    *(g.at(x, t, 0.01 + k * 0.001) for x, t in zip(xs[::-1], tops[::-1])),
                ],
                paint(rgb(color), 0.8),
            )
    elif style == "blocks":
        for k, color in enumerate(colors[1:]):
            p, q = rng.uniform(a, b - (b - a) * 0.5), rng.uniform(c, d - (d - c) * 0.5)
            s.quad(
                g,
                p,
                p + (b - a) * rng.uniform(0.25, 0.5),
                q,
                q + (d - c) * rng.uniform(0.2, 0.5),
                0.01 + k * 0.001,
                paint(rgb(color), 0.8),
            )
    else:
        cx, cy, r = (a + b) / 2, c + (d - c) * 0.56, min(b - a, d - c) * 0.28
        disc = [
            g.at(cx + r * math.cos(t), cy + r * math.sin(t), 0.01)
            for t in np.linspace(0, 2 * math.pi, 40, endpoint=False)
        ]
        s.face(disc, paint(rgb(colors[1]), 0.8))
        s.quad(g, a, b, c, c + (d - c) * 0.3, 0.011, paint(rgb(colors[2]), 0.8))
        if style == "leaf":
            for k in range(5):
                t = c + (d - c) * (0.25 + 0.12 * k)
                for way in (-1, 1):
                    s.face(
                        [
                            g.at(cx, t, 0.012),
                            g.at(cx + way * r * 0.7, t + r * 0.35, 0.012),
                            g.at(cx + way * r * 0.15, t + r * 0.45, 0.012),
                        ],
                        paint(rgb(colors[3]), 0.8),
                    )
    s.build()


def gallery(frame, u, v, rng, border, count=3, size=0.52):
    """Prints side by side around (u, v)."""
    if count == 1:
        picture(frame, u, v, size * 2.1, size * 1.5, rng, border)
        return
    for i in range(count):
        picture(frame, u + (i - (count - 1) / 2) * (size + 0.12), v, size, size * 1.35, rng, border)


def plant(x, y, rng, grow, high=1.3, z=0.0, pot="#d9d3c8", kind=None):
    """A house plant in its pot."""
    p = Piece(x, y, 0, z)
    r = 0.1 + 0.075 * high
    tall = 0.2 + 0.12 * high
    p.turned(
        0,
        0,
        [(r * 0.7, 0), (r * 0.98, tall * 0.9), (r, tall), (r * 0.88, tall), (r * 0.86, tall * 0.88), (0, tall * 0.88)],
        mottled(rgb(pot), 0.06, 6, 0.7, 0.1),
        28,
    )
    leaf = Shape("leaves")
    kind = kind or rng.choice(["fig", "palm", "blade", "fig"])
    green = foliage(rgb(rng.choice(["#3f5f35", "#4f7040", "#35523a"])), 0.25, 0.25)
    stem = paint(rgb("#5f6b3f"), 0.7)
    count = {"fig": 26, "palm": 17, "blade": 16}[kind]
    for k in range(count):
        a = k * 2.4 + grow.uniform(-0.3, 0.3)
        ahead = Vector((math.cos(a), math.sin(a), 0))
        side = Vector((-ahead.y, ahead.x, 0))
        if kind == "blade":
            h = high * grow.uniform(0.55, 1.0) - tall
            base = Vector((0, 0, tall * 0.88)) + ahead * r * 0.35
            path = [base + ahead * (0.16 * high * t * t) + Vector((0, 0, h * t)) for t in np.linspace(0, 1, 6)]
            widths = [0.02, 0.034, 0.038, 0.034, 0.022, 0.001]
        elif kind == "palm":
            h = high * grow.uniform(0.35, 0.85)
            base = Vector((0, 0, tall * 0.88))
            path = [
                base + ahead * (0.48 * high * t**1.4) + Vector((0, 0, h * math.sin(t * 2.1) * 0.95))
                for t in np.linspace(0, 1, 11)
            ]
            for i in range(3, 11):
                for way in (-1, 1):
                    long = 0.2 * high * math.sin(math.pi * i / 11.5)
                    b = path[i]
                    tip = b + side * way * long + (path[i] - path[i - 1]) * 1.6 - Vector((0, 0, 0.3 * long))
                    mid = (b + tip) / 2
                    w = (path[i] - path[i - 1]).normalized() * 0.014 * high
                    leaf.face([b, mid - w, tip, mid + w], green)
            widths = [0.004] * 11
        else:
            z0 = tall + (high - tall) * (0.25 + 0.75 * k / count)
            base = Vector((0, 0, z0 - 0.03))
            size = (0.15 + 0.05 * (1 - k / count)) * (0.6 + 0.4 * high)
            lift = 0.35 + 0.5 * k / count
            path = [
                base + ahead * (0.05 + size * 1.9 * t) + Vector((0, 0, size * (lift * 1.9 * t - 1.2 * t * t)))
                for t in np.linspace(0, 1, 6)
            ]
            widths = [size * f for f in (0.06, 0.42, 0.62, 0.6, 0.36, 0.02)]
        for (p0, w0), (p1, w1) in zip(zip(path, widths), zip(path[1:], widths[1:])):
            droop = Vector((0, 0, -0.12))
            leaf.face([p0 - side * w0 - droop * w0, p0, p1, p1 - side * w1 - droop * w1], green)
            leaf.face([p0, p0 + side * w0 - droop * w0, p1 + side * w1 - droop * w1, p1], green)
    if kind == "fig":
        leaf.tube([Vector((0, 0, tall * 0.8)), Vector((0.02, 0.01, high * 0.95))], [0.014, 0.007], stem, 6)
    leaf.build(smooth=True).matrix_world = p.move


def books(p, x, y, z, rng, wide=0.3, high=0.24, deep=0.16):
    """A row of spines."""
    a = x
    while a < x + wide:
        w = rng.uniform(0.018, 0.042)
        p.box(
            a,
            a + w - 0.002,
            y - deep,
            y,
            z,
            z + high * rng.uniform(0.72, 1.0),
            paint(rgb(rng.choice(ART)), 0.7),
            0.002,
            1,
        )
        a += w


def pile(x, y, z, rng, count=3, turn=0):
    for k in range(count):
        p = Piece(x, y, turn + rng.uniform(-12, 12), z + 0.028 * k)
        w, d = rng.uniform(0.2, 0.26), rng.uniform(0.15, 0.19)
        p.box(-w / 2, w / 2, -d / 2, d / 2, 0, 0.027, paint(rgb(rng.choice(ART)), 0.7), 0.003, 1)


def vase(x, y, z, color, grow, rng, size=1.0, stems=True):
    p = Piece(x, y, 0, z)
    p.turned(
        0,
        0,
        [
            (s * size, t * size)
            for s, t in ((0.045, 0), (0.075, 0.06), (0.08, 0.12), (0.05, 0.19), (0.032, 0.22), (0.04, 0.25))
        ],
        mottled(rgb(color), 0.08, 8, 0.45, 0.1),
    )
    if not stems:
        return
    points = []
    leaf = Shape("stems")
    for k in range(9):
        a, lean = k * 2.4, grow.uniform(0.05, 0.2)
        tip = Vector((lean * math.cos(a), lean * math.sin(a), 0.25 + grow.uniform(0.16, 0.34))) * size
        leaf.tube([Vector((0, 0, 0.2 * size)), tip], [0.003, 0.002], paint(rgb("#5f6b3f"), 0.7), 4)
        points.append(np.array(tip) + grow.normal(0, 0.03 * size, (38, 3)))
    leaf.build().matrix_world = p.move
    color = rng.choice([nature.GREENS[0], nature.GREENS[3], *nature.FLOWERS[:3]])
    item = put(
        "spray",
        nature.cards("spray", np.concatenate(points), 0.018 * size, grow, foliage(color, 0.3, 0.3, color), 0.2, 0.7),
    )
    item.matrix_world = p.move


def bowl(x, y, z, color, rng, fruit=True, size=1.0):
    p = Piece(x, y, 0, z)
    p.turned(
        0,
        0,
        [
            (s * size, t * size)
            for s, t in ((0.05, 0), (0.1, 0.03), (0.15, 0.09), (0.145, 0.09), (0.09, 0.035), (0, 0.02))
        ],
        mottled(rgb(color), 0.06, 8, 0.5, 0.1),
    )
    if fruit:
        tone = rng.choice(["#d9822b", "#b8c23c", "#c23b2e", "#e3c33c"])
        for k in range(6):
            a = k * 1.05
            p.soft(
                (
                    0.07 * size * math.cos(a) * (k < 5),
                    0.07 * size * math.sin(a) * (k < 5),
                    (0.085 + 0.045 * (k == 5)) * size,
                ),
                (0.08 * size,) * 3,
                mottled(rgb(tone), 0.15, 9, 0.45, 0.1),
                0.95,
            )


def basket(x, y, size=0.4):
    p = Piece(x, y)
    weave = fabric(rgb("#b08d5f"), 70, 0.3)
    p.turned(
        0,
        0,
        [
            (size * 0.42, 0),
            (size * 0.5, size * 0.35),
            (size * 0.46, size * 0.8),
            (size * 0.43, size * 0.8),
            (size * 0.4, size * 0.1),
        ],
        weave,
    )
    p.soft((0, 0, size * 0.72), (size * 0.75, size * 0.7, size * 0.3), fabric(rgb("#d8cfbe")), 0.6)
