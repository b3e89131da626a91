"""Bathrooms: a tub or a shower, a basin under a mirror, tiles."""

from .. import light
from ..materials import boards, fabric, glow, marble, mirror, paint, pane, rgb, shade, tiles
from ..shape import Frame, Shape
from ..site import View
from . import furniture as fit
from .room import IN_WORDS, STYLES, Room

TILES = [
    ("white", "#f1f0ec", 0.15, 0.075),
    ("green", "#5f7f6c", 0.075, 0.2),
    ("grey", "#a4a6a4", 0.6, 0.3),
    ("pink", "#d8aba0", 0.1, 0.1),
    ("blue", "#5b7f97", 0.15, 0.075),
    ("marble", None, 0, 0),
    ("sand-coloured", "#d3c4ab", 0.3, 0.3),
    ("navy", "#2f435c", 0.1, 0.1),
    ("cream", "#ebe3d0", 0.1, 0.1),
    ("charcoal", "#46484a", 0.6, 0.3),
    ("turquoise", "#6fa5a2", 0.15, 0.075),
    ("terracotta", "#b8704f", 0.1, 0.2),
]
FLOORS = [
    ("#d9d4ca", 0.3, 0.3),
    ("#3c3d3f", 0.3, 0.3),
    ("#b9b4a9", 0.6, 0.6),
    ("#e6e2d8", 0.1, 0.1),
    ("#9c8f7f", 0.6, 0.3),
]


def build(site):
    rng, grow = site.rng, site.grow
    name, color, tw, th = site.turn(TILES)
    style = site.turn(STYLES, 3)
    if color is None:
        wall_tile = marble()
    else:
        wall_tile = tiles(
            rgb(color),
            shade(rgb(color), 0.8) if max(rgb(color)) < 0.7 else rgb("#c9c5bc"),
            tw,
            th,
            0.14,
            0.5 if tw > th else 0.0,
            0.07,
        )
    f = site.turn(FLOORS, 2)
    floor = (
        tiles(rgb(f[0]), shade(rgb(f[0]), 0.7), f[1], f[2], 0.25)
        if site.number % 4
        else boards(rgb(style.floor), 0.14, rough=0.4, spread=0.1)
    )
    room = Room(site, style, rng.uniform(3.5, 3.9), rng.uniform(3.5, 3.9), 2.6, floor=floor)
    w, d, way = room.wide, room.deep, room.way
    layout = site.turn(["tub", "vanity", "shower"])
    back = [(w / 2 - 0.6, 1.15, 1.2, 1.05, 2, 1)] if layout == "tub" else []
    room.shell(back, [(d * 0.3, 1.0, 1.1, 1.2, 2, 1)] if not back else [(d * 0.2, 1.1, 0.9, 1.1, 1, 1)])
    s = room.shape
    high = rng.choice((1.15, 2.55)) if layout == "tub" else 2.55
    if back and high > 1.2:
        s.pierced(
            room.back.moved(w=0.012),
            w,
            high,
            [(back[0][0] - 0.08, back[0][1] - 0.05, back[0][2] + 0.16, back[0][3] + 0.13)],
            wall_tile,
        )
    else:
        s.quad(room.back, 0, w, 0, high, 0.012, wall_tile)
    if high < 2:
        s.box(room.back, 0, w, high, high + 0.04, 0, 0.03, room.white)
    far = room.right if way < 0 else room.left
    side = -way
    metal = room.metal
    white = paint(rgb("#f5f4f1"), 0.12)
    wood_ = room.timber
    towel = fabric(rgb(style.second), 150)
    if layout == "tub":
        _tub(0, d - 0.75, white if rng.random() < 0.6 else paint(rgb(style.accent), 0.3), white)
        p = fit.Piece(0, d - 0.75)
        p.bar(
            [
                (0.95 * side, -0.1, 0),
                (0.95 * side, -0.1, 0.85),
                (0.93 * side, -0.1, 0.92),
                (0.8 * side, -0.1, 0.94),
                (0.72 * side, -0.1, 0.88),
            ],
            0.016,
            metal,
        )
        fit.stool(-1.15 * side, d - 0.95, wood_, wood_, 0.45)
        fit.vase(-1.15 * side, d - 0.95, 0.45, style.third, grow, rng, 0.7)
        fit.pillow(fit.Piece(0, d - 1.2, 0, 0.6), (0.2, 0, -0.17), (0.4, 0.035, 0.46), towel, 0.08, tilt=12)
        _vanity(room, far, 0.9 if way > 0 else d - 0.9 + 0.0, fronts=wood_, along=True)
        fit.rug(0, d - 1.75, 1.2, 0.7, style.rug, style.third, rng)
        what = "a free-standing bathtub under the window"
    elif layout == "vanity":
        _vanity(
            room,
            room.back,
            w / 2 - side * 0.35,
            wood_ if rng.random() < 0.6 else paint(rgb(style.second), 0.45),
            1.5,
            double=True,
        )
        _toilet(side * (w / 2 - 0.5), d - 0.02, white)
        fit.rug(-side * 0.35, d - 1.35, 1.3, 0.7, style.rug, style.third, rng)
        fit.plant(way * (w / 2 - 0.35), d - 0.4, rng, grow, 0.9)
        _towel_rail(room, far, 1.1 if way > 0 else d - 1.1, towel)
        what = "two basins under a mirror"
    else:
        # a walk-in shower behind glass, a basin beside it
        x = side * (w / 2 - 0.6)
        g = (
            Frame((side * (w / 2 - 1.25), d, 0), (0, -1, 0))
            if side > 0
            else Frame((side * (w / 2 - 1.25), d - 1.3, 0), (0, 1, 0))
        )
        s.quad(g, 0, 1.3, 0.02, 2.1, 0, pane((0.94, 0.97, 0.96), 1.3))
        for a, b, c, e in ((0, 1.3, 2.08, 2.11), (0, 0.025, 0, 2.1), (1.275, 1.3, 0, 2.1)):
            s.box(g, a, b, c, e, -0.012, 0.012, metal)
        s.quad(far, 0 if side < 0 else 0, d + 2.6, 0, 2.55, 0.012, wall_tile)
        p = fit.Piece(x, d)
        p.bar([(0, -0.05, 1.05), (0, -0.05, 2.2), (0, -0.2, 2.24), (0, -0.42, 2.24)], 0.012, metal)
        p.turned(0, -0.42, [(0.13, 2.2), (0.13, 2.215), (0.02, 2.23)], metal)
        p.box(-0.12, 0.12, -0.1, -0.02, 1.05, 1.1, metal)
        p.box(-0.55, 0.55, -1.25, -0.02, 0.0, 0.03, white, 0.01)
        _vanity(
            room, room.back, w / 2 + way * 0.75, wood_ if rng.random() < 0.6 else paint(rgb(style.second), 0.45), 1.0
        )
        fit.plant(way * (w / 2 - 0.32), d * 0.45, rng, grow, 0.8)
        fit.rug(way * 0.7, d - 1.3, 1.1, 0.65, style.rug, style.third, rng)
        fit.basket(way * (w / 2 - 0.35), d - 0.35, 0.36)
        what = "a glass shower and a basin under a mirror"
    fit.pendant(-side * 0.2, d * 0.5, room.high - 0.45, room.high, metal, room.evening, "globe", 0.16)
    exposure = room.finish(yaw=side * rng.uniform(4, 12), rise=1.15, back=1.0, eye=1.4, lens=29, exposure=-0.1)
    tiled = "marble" if color is None else f"{name}-tiled"
    return View(
        alt=f"A {tiled} bathroom with {what}, {IN_WORDS[site.hour_name]}", target=(0, 0), distance=0, exposure=exposure
    )


def _tub(x, y, outside, inside):
    """An oval tub: rings that widen to a rolled rim and descend again inside."""
    import math

    s = Shape("tub")
    profile = [
        (0.66, 0.0),
        (0.74, 0.03),
        (0.8, 0.2),
        (0.88, 0.5),
        (0.91, 0.575),
        (0.93, 0.59),
        (0.92, 0.605),
        (0.88, 0.6),
        (0.85, 0.56),
        (0.78, 0.25),
        (0.66, 0.16),
        (0.05, 0.15),
    ]
    ring = lambda r, z: [
        (
            x + r * math.copysign(abs(math.cos(a)) ** 0.8, math.cos(a)),
            y + 0.44 * (r / 0.9) ** 1.15 * math.copysign(abs(math.sin(a)) ** 0.8, math.sin(a)),
            z,
        )
        for a in (2 * math.pi * k / 48 for k in range(48))
    ]
    rings = [ring(*p) for p in profile]
    for n, (low, high) in enumerate(zip(rings, rings[1:])):
        for k in range(48):
            s.face([low[k], low[(k + 1) % 48], high[(k + 1) % 48], high[k]], outside if n < 5 else inside)
    s.face(rings[-1], inside)
    s.build(smooth=True)


def _toilet(x, back, white):
    p = fit.Piece(x, back)
    p.box(-0.2, 0.2, -0.2, 0, 0.42, 0.82, white, 0.03, 3)
    p.soft((0, -0.4, 0.3), (0.36, 0.5, 0.26), white, 0.6)
    p.box(-0.11, 0.11, -0.5, -0.1, 0, 0.3, white, 0.05, 3)
    p.soft((0, -0.42, 0.43), (0.38, 0.48, 0.05), white, 0.6)


def _towel_rail(room, frame, u, towel):
    s = Shape("rail")
    u = u + 2.6 if frame is room.left else u
    for v in (0.9, 1.1, 1.3, 1.5, 1.7):
        s.tube([frame.at(u - 0.25, v, 0.06), frame.at(u + 0.25, v, 0.06)], [0.011, 0.011], room.metal, 8)
    for a in (-0.25, 0.25):
        s.tube([frame.at(u + a, 0.8, 0.06), frame.at(u + a, 1.8, 0.06)], [0.014, 0.014], room.metal, 8)
    s.box(frame, u - 0.2, u + 0.2, 0.75, 1.32, 0.05, 0.095, towel)
    s.build(bevel=0.01)


def _vanity(room, frame, u, fronts, wide=0.9, double=False, along=False):
    """A cabinet with a basin, a mirror and lamps over it; `u` is the position of its middle on the wall."""
    if along:
        u = u + 2.6 if frame is room.left else u
    s, metal = Shape("vanity"), room.metal
    a, b = u - wide / 2, u + wide / 2
    s.box(frame, a, b, 0.32, 0.8, 0.012, 0.48, fronts)
    n = 2 if wide < 1.2 else 3
    for i in range(n):
        s.box(frame, a + wide * i / n + 0.006, a + wide * (i + 1) / n - 0.006, 0.34, 0.78, 0.48, 0.498, fronts)
    s.box(
        frame,
        a - 0.01,
        b + 0.01,
        0.8,
        0.835,
        0.012,
        0.51,
        marble() if room.site.number % 2 else paint(rgb("#f3f2ee"), 0.15),
    )
    s.build(bevel=0.004)
    p = fit.Piece(0, 0)
    for c in (u - wide * 0.25, u + wide * 0.25) if double else (u,):
        at = frame.at(c, 0, 0.27)
        p.turned(
            at.x,
            at.y,
            [(0.1, 0.836), (0.17, 0.87), (0.2, 0.95), (0.19, 0.95), (0.15, 0.87), (0.0, 0.85)],
            paint(rgb("#f5f4f1"), 0.12),
        )
        q = [frame.at(c, v, w) for v, w in ((0.835, 0.06), (1.08, 0.06), (1.1, 0.08), (1.1, 0.19), (1.06, 0.2))]
        p.bar(q, 0.011, metal)
    m = Shape("mirror")
    round_ = room.rng.random() < 0.5 and not double
    if round_:
        import math

        disc = lambda r, w: [
            frame.at(u + r * math.cos(t), 1.58 + r * math.sin(t), w) for t in (2 * math.pi * k / 56 for k in range(56))
        ]
        m.face(disc(0.4, 0.03), metal)
        m.face(disc(0.385, 0.034), mirror())
    else:
        half = wide * 0.46
        m.box(frame, u - half, u + half, 1.18, 2.02, 0.012, 0.035, metal)
        m.quad(frame, u - half + 0.015, u + half - 0.015, 1.195, 2.005, 0.037, mirror())
    m.build()
    lamp = Shape("lamp")
    for c in (u - wide * 0.25, u + wide * 0.25) if double else (u - wide / 2 - 0.02, u + wide / 2 + 0.02):
        v = 2.14 if double else 1.62
        lamp.box(
            frame,
            c - 0.035,
            c + 0.035,
            v - 0.11,
            v + 0.11,
            0.05,
            0.12,
            glow(rgb("#ffe0b4"), 5 if room.evening else 2.0),
        )
        lamp.box(frame, c - 0.02, c + 0.02, v - 0.02, v + 0.02, 0, 0.05, metal)
        if room.evening:
            light.bulb(frame.at(c, v, 0.25), 7)
    lamp.build()
    at = frame.at(a + 0.12, 0, 0.2)
    fit.vase(at.x, at.y, 0.835, room.style.third, room.site.grow, room.rng, 0.55)
    at = frame.at(b - 0.12, 0, 0.16)
    p.turned(
        at.x,
        at.y,
        [(0.03, 0.835), (0.034, 0.85), (0.034, 0.95), (0.01, 0.97), (0.01, 1.01)],
        paint(rgb("#8a5a3a"), 0.25),
    )
