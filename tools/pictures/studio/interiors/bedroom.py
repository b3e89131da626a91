"""Bedrooms: a made bed with lamps on both sides."""

import math

from ..materials import boards, brick, fabric, mottled, paint, rgb
from ..shape import Shape
from ..site import View
from . import furniture as fit
from .room import IN_WORDS, STYLES, Room


def build(site):
    rng, grow = site.rng, site.grow
    style = site.turn(STYLES, 5)
    back = (
        brick(rgb("#94543f"), rgb("#7a4433"), rgb("#a59a8c"))
        if style.name == "industrial"
        else mottled(rgb(style.accent), 0.03, 1.5, 0.9, 0.1)
        if site.number % 3
        else None
    )
    if style.name == "modern":
        back = boards(rgb(style.timber), 0.09, upright=True, rough=0.5, spread=0.1)
    room = Room(site, style, rng.uniform(4.4, 5.0), rng.uniform(4.4, 4.9), rng.choice((2.6, 2.75)), back=back)
    w, d, way = room.wide, room.deep, room.way
    window = (d * 0.3, 0.75, 1.7, 1.6, 2, 1)
    room.shell((), [window], panelled=style.name == "classic", beams=style.name == "country")
    lit_wall = room.left if way < 0 else room.right
    room.curtains(lit_wall, window[0] + 2.6 if way < 0 else d - window[0] - window[2], *window[1:4], reach=0.45)
    timber = room.timber
    x = -way * 0.15
    fit.rug(x, d - 1.9, 2.9, 2.0, style.rug, style.third, rng)
    kind = rng.choice(["padded", "timber", "spindle"])
    _bed(room, x, d - 0.08, kind, grow)
    high = 0.52
    for side in (-1, 1):
        a = x + side * 1.18
        fit.sideboard(a, d - 0.04, 0.5, timber, room.metal, doors=1, high=high, deep=0.38, legs=0.12)
        fit.table_lamp(
            a,
            d - 0.24,
            high,
            mottled(rgb(style.second if side < 0 else style.second), 0.08),
            "#f0e8d8",
            room.evening,
            0.85,
        )
        if side == way:
            fit.pile(a - 0.06, d - 0.32, high, rng, 2)
        else:
            fit.vase(a + 0.12, d - 0.33, high, style.third, grow, rng, 0.6)
    frame = timber if rng.random() < 0.6 else paint(rgb("#1f2022"), 0.5)
    if kind != "spindle" or rng.random() < 0.5:
        fit.gallery(room.back, w / 2 + x, 1.78, rng, frame, rng.choice((1, 2, 3)), 0.46)
    if rng.random() < 0.6:
        fit.plant(way * (w / 2 - 0.45), d - 0.5, rng, grow, rng.uniform(1.0, 1.5))
    else:
        fit.armchair(way * (w / 2 - 0.65), d - 1.3, fabric(rgb(style.second)), timber, -35 * -way)
    if rng.random() < 0.7:
        p = fit.Piece(x, d - 2.5)
        p.soft((0, 0, 0.4), (1.35, 0.42, 0.14), fabric(rgb(style.second)), 0.16)
        for i in (-1, 1):
            for j in (-1, 1):
                p.bar([(i * 0.58, j * 0.14, 0.34), (i * 0.6, j * 0.15, 0)], 0.018, timber)
    # a wardrobe on the side away from the light
    if rng.random() < 0.75:
        side = -way
        front_ = room.white if style.name in ("Scandinavian", "coastal", "country", "classic") else timber
        fit.sideboard(side * (w / 2 - 0.02), d * 0.52, 1.8, front_, room.metal, -90 * side, 2.25, 3, 0.58, 0.06)
    fit.pendant(
        x, d - 1.7, room.high - 0.7, room.high, room.metal, room.evening, rng.choice(["globe", "drum", "dome"]), 0.2
    )
    exposure = room.finish(yaw=way * rng.uniform(-14, -3), rise=1.02, back=1.0, eye=1.35, lens=29)
    board = {"padded": "an upholstered bed", "timber": "a wooden bed", "spindle": "a low wooden bed"}[kind]
    return View(
        alt=f"A {style.name} bedroom with {board} between two lamps, {IN_WORDS[site.hour_name]}",
        target=(0, 0),
        distance=0,
        exposure=exposure,
    )


def _bed(room, x, back, kind, grow, wide=1.7, long=2.05):
    rng, style = room.rng, room.style
    p = fit.Piece(x, back - long / 2)
    timber, head = room.timber, fabric(rgb(style.second))
    top = long / 2
    linen = fabric(rgb(rng.choice(["#f1eee7", "#e9e4d9", "#f4f2ee"])), 260, 0.05)
    if kind == "padded":
        for k in range(3):
            fit.pillow(p, (-wide / 3 + k * wide / 3, top - 0.02, 0.78), (wide / 3 * 1.04, 0.15, 0.74), head, 0.12)
        p.box(-wide / 2 - 0.03, wide / 2 + 0.03, -top, top, 0.12, 0.34, head, 0.03, 3)
    else:
        p.box(
            -wide / 2 - 0.06,
            wide / 2 + 0.06,
            top - 0.02,
            top + 0.05,
            0.1,
            1.08 if kind == "timber" else 0.86,
            timber,
            0.015,
        )
        p.box(-wide / 2 - 0.04, wide / 2 + 0.04, -top, top, 0.16, 0.32, timber, 0.012)
        for i in (-1, 1):
            p.box(i * (wide / 2 - 0.04) - 0.03, i * (wide / 2 - 0.04) + 0.03, -top + 0.03, -top + 0.09, 0, 0.18, timber)
    p.soft((0, -0.02, 0.42), (wide, long - 0.06, 0.26), linen, 0.1)
    _duvet(p, wide, long, linen if rng.random() < 0.55 else fabric(rgb(style.rug), 260, 0.06), rng)
    cloth = fabric(rgb(style.third))
    _duvet(
        p,
        wide,
        0.72,
        fabric(rgb(style.second if kind != "padded" else style.third), 90, 0.2),
        rng,
        start=-top + 0.1,
        lift=0.03,
    )
    for side in (-1, 1):
        fit.pillow(p, (side * wide * 0.24, top - 0.2, 0.76), (0.74, 0.2, 0.48), linen, 0.36, tilt=-26)
        fit.pillow(
            p,
            (side * wide * 0.24, top - 0.38, 0.72),
            (0.68, 0.18, 0.44),
            fabric(rgb(style.accent)) if kind != "spindle" else linen,
            0.36,
            tilt=-32,
            turn=side * 3,
        )
    fit.pillow(p, (0.0, top - 0.54, 0.7), (0.55, 0.15, 0.34), cloth, 0.38, tilt=-36)


def _duvet(p, wide, long, cloth, rng, start=None, lift=0.0):
    """Cloth over the bed that hangs down on both sides."""
    low = -1.02 if start is None else start
    span = long - 0.72 if start is None else long
    n, m = 44, 30
    ph = [rng.uniform(0, 6) for _ in range(4)]
    half = wide / 2 + 0.035 + lift * 0.4
    s = Shape("duvet")
    grid = []
    for j in range(m + 1):
        row = []
        for i in range(n + 1):
            a = -half - 0.3 + (2 * half + 0.6) * i / n
            y = low + span * j / m
            over = max(0.0, abs(a) - half + 0.05)
            x = math.copysign(min(abs(a), half) + 0.02 * math.sin(7 * y + ph[0]) * (over > 0.02), a)
            z = 0.585 + lift - max(0.0, over * 0.95)
            z += (
                0.014 * math.sin(5.1 * a + ph[1] + 2 * y)
                + 0.011 * math.sin(8.3 * y + ph[2] + 3 * a)
                + 0.006 * math.sin(19 * a + 11 * y + ph[3])
            )
            if start is None and j < 2:
                z -= 0.04 * (2 - j)
            row.append((x, y, z))
        grid.append(row)
    for j in range(m):
        for i in range(n):
            s.face([grid[j][i], grid[j][i + 1], grid[j + 1][i + 1], grid[j + 1][i]], cloth)
    item = s.build(smooth=True)
    solid = item.modifiers.new("thick", "SOLIDIFY")
    solid.thickness = 0.03
    item.matrix_world = p.move
