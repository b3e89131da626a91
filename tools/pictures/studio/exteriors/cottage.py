"""A small old house with a steep roof, a garden in front of it and roses on its wall."""

from .. import nature, plot
from ..materials import boards, brick, lapped, mottled, paint, pantiles, rgb, shingles, stones
from ..openings import WHITE, Door, Window
from ..parts import House, picket_fence
from ..shape import front
from ..site import View, filling

WALLS = [
    ("stone", "#a3967f", "stone"),
    ("whitewashed", "#eae5d8", "plaster"),
    ("yellow", "#d9b96a", "plaster"),
    ("grey-shingled", "#8d8578", "shingle"),
    ("grey stone", "#86837c", "stone"),
    ("pink", "#d8a894", "plaster"),
    ("white clapboard", "#efece4", "board"),
    ("red-brick", "#8e4b39", "brick"),
    ("pale blue", "#9fb6c2", "board"),
    ("honey-coloured stone", "#b8935a", "stone"),
    ("cedar-shingled", "#8a6a4a", "shingle"),
    ("cream", "#e6d9b8", "plaster"),
]
DOORS = [("green", "#2f5a3f"), ("blue", "#33638c"), ("red", "#94302a"), ("pale green", "#8fae96"), ("oak", "#82572e")]


def build(site):
    rng, grow = site.rng, site.grow
    wall_name, color, kind = site.turn(WALLS)
    door_name, door = site.turn(DOORS, 2)
    color = rgb(color)
    material = {
        "stone": lambda: stones(color, 3.0),
        "plaster": lambda: mottled(color, 0.07, 1.5, 0.95, 0.7, 24),
        "shingle": lambda: shingles(color, 0.15, 0.14, 0.16, 0.85),
        "board": lambda: lapped(color, 0.13),
        "brick": lambda: brick(color, tuple(c * 0.7 for c in color), rgb("#b3a898")),
    }[kind]()
    roof = (
        pantiles(rgb("#a2583a"))
        if kind in ("plaster", "brick") and rng.random() < 0.7
        else shingles(rgb(rng.choice(["#4d4a48", "#5d4c40", "#575c60"])), 0.26)
    )
    h = House(
        rng, site.hour, material, paint(WHITE, 0.5), paint(WHITE, 0.5), boards(rgb(door), 0.14), roof, reveal=0.18
    )
    wide, deep, high = rng.uniform(7.8, 9.2), 6.2, 2.75
    shutters = rgb(door) if rng.random() < 0.55 else None
    casing = 0.09 if kind in ("board", "shingle") else 0.0
    lintel = 0.2 if kind in ("stone", "brick") else 0.0
    opening = dict(across=2, up=3, casing=casing, lintel=lintel)
    middle = wide * rng.choice((0.5, 0.5, 0.36))
    openings = [
        Window(1.15, 0.85, 1.1, 1.3, shutters=shutters, **opening),
        Door(middle - 0.5, 0.1, 1.0, 2.05, rng.choice(["half", "plain", "four"]), casing=casing),
        Window(wide - 2.25, 0.85, 1.1, 1.3, shutters=shutters, **opening),
    ]
    if middle < wide * 0.45:
        openings[0] = Window(0.75, 0.9, 0.85, 1.2, **opening)
        openings.append(Window(wide * 0.36 + 1.35, 0.85, 1.1, 1.3, **opening))
    side = [Window(2.4, 0.9, 1.0, 1.2, **opening)]
    h.block(-wide / 2, wide / 2, 0, deep, 0, high, openings, side, side)
    rise = rng.uniform(3.1, 3.7)
    h.gable(-wide / 2, wide / 2, 0, deep, high, rise, 0.35, 0.15)
    for x in (-wide * 0.24, wide * 0.24):
        h.dormer(
            x,
            0.25,
            high + 0.15,
            1.5,
            1.15,
            2.6,
            Window(0.3, 0.15, 0.9, 0.9, 2, 2, casing=0.06 if casing else 0),
            wall=material if kind != "stone" else mottled(rgb("#e8e2d4"), 0.06),
        )
    end = rng.choice((-1, 1))
    h.chimney(
        end * (wide / 2 - 0.5),
        deep / 2,
        high,
        high + rise + 0.9,
        0.75,
        0.9,
        stones(color, 3.0) if kind == "stone" else brick(rgb("#8e4b39"), rgb("#6f3a2e"), rgb("#b3a898")),
    )
    # a small roof over the door
    door_x = -wide / 2 + middle
    h.gable(
        door_x - 0.85, door_x + 0.85, -1.0, 0.0, 2.35, 0.65, 0.15, 0.08, along="y", gables=True, wall=h.trim, thick=0.08
    )
    for x in (door_x - 0.78, door_x + 0.78):
        h.post(x, -0.92, 0.05, 2.4, 0.1)
    h.shape.prism(
        [(door_x - 0.9, -1.1), (door_x + 0.9, -1.1), (door_x + 0.9, 0), (door_x - 0.9, 0)], -0.1, 0.1, h.stone
    )
    h.lantern(front(door_x + 0.68, 0), 0, 1.8)
    h.build()

    f = front(-wide / 2, 0, 0)
    bloom = nature.FLOWERS[(site.number * 5) % 6]
    nature.climber(
        grow,
        f,
        middle + 0.75 if end > 0 else middle - 2.3,
        middle + 2.3 if end > 0 else middle - 0.75,
        0.1,
        3.2,
        nature.GREENS[1],
        bloom,
    )
    if end < 0:
        nature.climber(grow, f, wide - 1.0, wide + 0.1, 0.0, 2.7, nature.GREENS[0])
    yard = -5.4
    plot.ground()
    plot.street(yard - 0.3)
    flag = stones(rgb("#a79c88"), 2.0, rgb("#6c6a4c"))
    plot.path(door_x - 0.55, door_x + 0.55, yard - 0.4, -1.0, flag)
    nature.lawn(
        grow, -15, 15, yard, 3, keep_off=[(door_x - 0.55, door_x + 0.55, yard, 0), (-wide / 2, wide / 2, -1.0, 9)]
    )
    plot.bed(grow, -wide / 2, wide / 2, -0.65, nature.GREENS, [(door_x - 1.1, door_x + 1.1)], 0.6, 0.4, 0.9)
    plot.bed(grow, -9, 9, yard + 0.55, nature.GREENS, [(door_x - 0.8, door_x + 0.8)], 0.35, 0.36, 0.95)
    picket_fence(-12, 12, yard, paint(WHITE, 0.6), gate=(door_x - 0.65, door_x + 0.65))
    kinds = [
        nature.broadleaf(
            grow, site.turn([nature.BLOSSOM[1], nature.SUMMER, nature.GREENS[3], nature.AUTUMN[0]]), 5.5, clear=0.3
        ),
        nature.broadleaf(grow, nature.GREENS[0], 9),
        nature.broadleaf(grow, nature.GREENS[2], 8),
    ]
    plot.trees(
        grow,
        kinds,
        [(-end * (wide / 2 + 2.9), -1.4, 0.8), (end * (wide / 2 + 3.5), 4.5, 0.95), (-end * (wide / 2 + 5), 6, 1.0)],
    )
    plot.backdrop(grow, kinds[1:], 10, 26)
    top = high + rise + 0.4
    return View(
        alt=f"A {wall_name} cottage with dormers, a {door_name} door and flowers behind a picket fence, {site.hour.phrase}",
        target=(-end * 0.4, 0),
        distance=filling(wide + 1, top, 0.58, tall=0.64),
        yaw=end * rng.uniform(-22, -6),
        rise=top * 0.43,
    )
