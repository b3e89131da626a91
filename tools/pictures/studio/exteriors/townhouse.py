"""A townhouse in a row: brick or brownstone, three storeys, a stoop and a cornice."""

from .. import nature, plot
from ..materials import boards, brick, mottled, paint, rgb, shade, shingles
from ..openings import BLACK, WHITE, Door, Window
from ..parts import House
from ..shape import Frame, front
from ..site import View, filling

WALLS = [
    ("red-brick", "#8d4836", "brick"),
    ("brownstone", "#7a5040", "stone"),
    ("buff-brick", "#b5966c", "brick"),
    ("white-painted brick", "#e6e2da", "brick"),
    ("dark brick", "#564640", "brick"),
    ("limestone", "#c9bda4", "stone"),
    ("grey-painted brick", "#8d9193", "brick"),
    ("orange-brick", "#a85c3c", "brick"),
    ("pale stone", "#d5cdbd", "stone"),
    ("brown-brick", "#6e4a3a", "brick"),
    ("navy-painted brick", "#3a4a60", "brick"),
    ("rose-brick", "#a8695a", "brick"),
]
DOORS = [("blue", "#22497a"), ("black", "#1c1d1f"), ("red", "#8f2722"), ("green", "#27523c"), ("wooden", "#6f4526")]


def build(site):
    rng, grow = site.rng, site.grow
    name, color, kind = site.turn(WALLS)
    door_name, door = site.turn(DOORS)
    wide = 6.0
    way = rng.choice((-1, 1))
    tops = []
    for k in (-2, -1, 0, 1, 2):
        choice = (name, color, kind) if k == 0 else WALLS[(site.number + 2 + 3 * k) % 12]
        paint_ = rgb(door) if k == 0 else rgb(rng.choice(DOORS)[1])
        tops.append(
            _unit(site, rng, k * wide, wide, choice, paint_, way, 3 if k in (0, 2, -2) else rng.choice((3, 3, 2)))
        )
    top = tops[2]
    yard = -4.2
    plot.ground()
    plot.street(yard, walk=2.4)
    plot.path(-20, 20, yard, -0.05, mottled(rgb("#98938a"), 0.08, 1.0))
    kinds = [
        nature.broadleaf(
            grow,
            site.turn(
                [
                    nature.GREENS[3],
                    nature.SUMMER,
                    nature.AUTUMN[2],
                    nature.GREENS[1],
                    nature.AUTUMN[0],
                    nature.BLOSSOM[0],
                ]
            ),
            7,
            clear=0.36,
            crown=(0.3, 0.3, 0.3),
        ),
        nature.broadleaf(grow, nature.GREENS[2], 9),
    ]
    plot.trees(grow, kinds[:1], [(way * 6.9, yard - 1.7, 1.0), (-way * 13, yard - 1.7, 1.0)])
    plot.backdrop(grow, kinds[1:], 16, 24, count=6)
    for k in (-2, -1, 0, 1, 2):
        a = k * wide - way * 0.9 - 1.5 if way > 0 else k * wide + 0.9 - 1.5
        nature.hedge(grow, a - 0.2, a + 3.1, yard + 0.35, yard + 0.75, 0.6, nature.GREENS[(k + site.number) % 4], 1300)
        shrub = nature.shrub(grow, nature.GREENS[(k + 1) % 4], 0.42, 2200, nature.FLOWERS[(k + site.number) % 6])
        for i in range(3):
            shrub.stand(a + 0.4 + 1.0 * i, -1.4 - 0.4 * (i % 2), 0, grow.uniform(0.8, 1.15), i)
    body = "brownstone" if name == "brownstone" else f"{name} townhouse"
    return View(
        alt=f"A three-storey {body} with a stoop and a {door_name} door in a row of houses, {site.hour.phrase}",
        target=(0, 0),
        distance=filling(wide, top, 0.42, 30, 0.76),
        yaw=-way * rng.uniform(8, 20),
        rise=top * 0.47,
        lens=30,
    )


def _unit(site, rng, x, wide, choice, door, way, floors):
    _, color, kind = choice
    color = rgb(color)
    if kind == "brick":
        body = brick(color, shade(color, 0.78), rgb("#a3998b") if max(color) < 0.6 else shade(color, 0.85))
    else:
        body = brick(color, shade(color, 0.9), shade(color, 0.6), 0.9, 0.42, 0.012)
    stone = mottled(rgb("#c3b9a6") if kind == "brick" else shade(color, 1.1), 0.08, 3)
    dark = rng.random() < 0.5
    frame = paint(BLACK if dark else WHITE, 0.45)
    cornice = paint(
        rgb(rng.choice(["#efece4", "#3b3a3a", "#5b4a3c", "#39483f"])) if kind == "brick" else shade(color, 0.8), 0.55
    )
    h = House(
        rng,
        site.hour,
        body,
        paint(WHITE if not dark else BLACK, 0.45),
        frame,
        boards(door, 0.3),
        shingles(rgb("#4a4a4d")),
        stone,
        reveal=0.16,
    )
    floor, storey = 1.25, 3.15
    high = floor + floors * storey + 0.5
    f = front(x - wide / 2, 0, 0)
    door_u = wide * (0.5 + way * 0.27) - 0.65
    columns = [wide * (0.5 - way * 0.32) - 0.55, wide * (0.5 - way * 0.02) - 0.55]
    sash = dict(cross=0.5, lintel=0.22)
    openings = [Door(door_u, floor, 1.3, 2.9, rng.choice(["four", "half", "glass"]), fanlight=0.55, casing=0.14)]
    for i in range(floors):
        tall = 2.0 if i == 0 else 1.85 - 0.1 * i
        for u in columns + ([door_u + 0.1] if i else []):
            openings.append(Window(u, floor + i * storey + 0.7, 1.1, tall, 2 if site.number % 2 else 1, 1, **sash))
    for u in columns:
        openings.append(Window(u, 0.25, 1.1, 0.6, 2, 1, sill=False))
    h.facade(f, wide, high, openings)
    h.facade(Frame((x + wide / 2, 0, 0), (0, 1, 0)), 10, high)
    h.facade(Frame((x - wide / 2, 10, 0), (0, -1, 0)), 10, high)
    h.shape.box(f, 0, wide, floor - 0.2, floor, 0, 0.06, stone)
    h.shape.box(f, 0, wide, floor + storey + 0.15, floor + storey + 0.3, 0, 0.05, stone)
    h.cornice(f, wide, high - 0.55, 0.55, 0.75, 0.62, cornice)
    h.parapet(x - wide / 2, x + wide / 2, 0.05, 10, high + 0.12, 0.2)
    h.chimney(x - way * wide * 0.42, 4, high, high + 1.7, 0.6, 1.2, body, 3)
    h.shape.tube([f.at(0.12, 0.1, 0.08), f.at(0.12, high - 0.5, 0.08)], [0.05, 0.05], h.frame, 8)
    # surround, stoop, rails
    dx = x - wide / 2 + door_u + 0.65
    for u in (door_u - 0.24, door_u + 1.3):
        h.shape.box(f, u, u + 0.24, floor, floor + 2.95, 0, 0.14, stone)
    h.shape.box(f, door_u - 0.34, door_u + 1.64, floor + 2.95, floor + 3.2, 0, 0.2, stone)
    h.shape.box(f, door_u - 0.42, door_u + 1.72, floor + 3.2, floor + 3.3, 0, 0.32, stone)
    h.shape.prism([(dx - 0.95, -0.9), (dx + 0.95, -0.9), (dx + 0.95, 0), (dx - 0.95, 0)], 0, floor, stone)
    h.steps(dx, -0.9, 1.8, floor - 0.17, 7, stone, 0.29)
    iron = paint(BLACK, 0.4)
    for side in (-0.86, 0.86):
        h.railing([(dx + side, -2.95, 0.05), (dx + side, -0.9, floor)], 0.9, 0.13, iron)
        h.railing([(dx + side, -0.9, floor), (dx + side, -0.05, floor)], 0.9, 0.13, iron)
    other = [x - wide / 2 + 0.1, dx - 1.0] if way > 0 else [dx + 1.0, x + wide / 2 - 0.1]
    h.railing([(other[0], -4.1, 0), (other[1], -4.1, 0)], 0.95, 0.12, iron)
    h.lantern(front(dx - way * 1.0, 0), 0, floor + 1.9)
    h.planter(dx + 0.7, -3.3, 0.45, 0.5, "#2d2f31")
    nature.shrub(site.grow, nature.GREENS[2], 0.3, 1200, size=0.03).stand(dx + 0.7, -3.3, 0.42)
    h.build()
    return high + 0.5
