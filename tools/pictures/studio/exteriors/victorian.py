"""A Victorian terrace: narrow painted houses with bay windows, steps and gables, shoulder to shoulder."""

import math

from .. import light, nature, plot
from ..materials import boards, brick, lapped, mottled, paint, rgb, shade, shingles
from ..openings import BLACK, Door, Window
from ..parts import House
from ..shape import Frame, front
from ..site import View, filling

PAINTS = [
    ("pale blue", "#8fb0c4"),
    ("yellow", "#e0bf68"),
    ("rose", "#c98a86"),
    ("mint green", "#9fbfa5"),
    ("lilac", "#a597b8"),
    ("cream", "#e8dcc0"),
    ("brick-red", "#9a4f40"),
    ("teal", "#47787a"),
    ("grey", "#a4a6a6"),
    ("peach", "#e0aa84"),
    ("navy", "#384a66"),
    ("sage", "#93a082"),
]
DOORS = [("red", "#8f2a26"), ("black", "#1f2123"), ("blue", "#27476e"), ("green", "#2c523c"), ("yellow", "#cf9c31")]


def build(site):
    rng, grow = site.rng, site.grow
    bricks = site.number % 3 == 0
    name, color = site.turn(PAINTS)
    door_name, door = site.turn(DOORS, 2)
    others = [PAINTS[(site.number - 1 + step) % 12] for step in (5, 3, 8, 10)]
    wide, storey, floors = 6.2, 3.3, 2
    way = rng.choice((-1, 1))
    roof = shingles(rgb("#4a4a4d"))
    tops = [
        _unit(
            site,
            rng,
            k,
            wide,
            storey,
            floors,
            way,
            bricks,
            roof,
            rgb(door) if k == 0 else rgb(rng.choice(DOORS)[1]),
            rgb(color) if k == 0 else rgb(others[k % 4][1]),
        )
        for k in (-2, -1, 0, 1, 2)
    ]
    yard = -5.6
    plot.ground()
    plot.street(yard)
    plot.path(-wide * 2.6, wide * 2.6, yard, -1.6, mottled(rgb("#9b968c"), 0.08, 1))
    for k in (-2, -1, 0, 1, 2):
        x = k * wide
        bay = x - way * wide * 0.2
        a, b = bay - 1.75, bay + 1.75
        nature.hedge(grow, a, b, yard + 0.2, yard + 0.65, 0.85, nature.GREENS[(k + site.number) % 4], 1300)
        shrub = nature.shrub(grow, nature.GREENS[k % 4], 0.5, 2200, nature.FLOWERS[(k + site.number) % 6])
        for i in range(3):
            shrub.stand(a + 0.6 + 1.1 * i, -2.4 + 0.3 * (i % 2), 0, grow.uniform(0.8, 1.1), i)
    kinds = [
        nature.broadleaf(
            grow,
            site.turn([nature.SUMMER, nature.GREENS[3], nature.AUTUMN[2], nature.GREENS[1], nature.BLOSSOM[0]]),
            6.5,
            clear=0.36,
            crown=(0.3, 0.3, 0.33),
        ),
        nature.broadleaf(grow, nature.GREENS[2], 9),
    ]
    plot.trees(grow, kinds[:1], [(-way * 8.6, yard - 0.8, 0.92)])
    plot.backdrop(grow, kinds[1:], 15, 25, count=8)
    top = max(tops)
    body = "brick" if bricks else name
    lead = f"A {body} Victorian terraced house" if not bricks else f"A brick Victorian terraced house with {name} trim"
    join = " and" if bricks else " with"
    return View(
        alt=f"{lead}{join} a bay window and a {door_name} door, {site.hour.phrase}",
        target=(way * 0.2, 0),
        distance=filling(wide, top, 0.44, 32, 0.74),
        yaw=way * rng.uniform(10, 20),
        rise=top * 0.46,
        lens=32,
    )


def _unit(site, rng, k, wide, storey, floors, way, bricks, roof, door, color):
    body = brick(rgb("#8e4c3a"), rgb("#74402f"), rgb("#aca193")) if bricks else lapped(color, 0.12)
    trim = paint(shade(color, 1.0) if bricks and k == 0 else rgb(rng.choice(["#f3efe4", "#f6f3ec", "#e9e2d0"])), 0.5)
    h = House(rng, site.hour, body, trim, trim, boards(door, 0.3), roof, stone=mottled(rgb("#c9c1b2"), 0.08, 3))
    x0 = (k - 0.5) * wide
    floor = 1.15
    high = floor + floors * storey
    f = front(x0, 0, 0)
    bay_u = wide * (0.5 - way * 0.2)
    door_u = wide * (0.5 + way * 0.28) - 0.6
    casing = 0.0 if bricks else 0.11
    lintel = 0.24 if bricks else 0.0
    sash = dict(cross=0.5, casing=casing, lintel=lintel)
    openings = [
        Door(door_u, floor, 1.2, 2.75, "half", fanlight=0.5, casing=0.16),
        Window(door_u + 0.05, floor + storey + 0.75, 1.1, 1.75, **sash),
    ]
    h.facade(f, wide, high, openings)
    h.facade(Frame((x0 + wide, 0, 0), (0, 1, 0)), 10, high)
    h.facade(Frame((x0, 10, 0), (0, -1, 0)), 10, high)
    # the bay: a front and two slanted sides, both storeys
    half, out = 1.05, 0.85
    cx = x0 + bay_u
    corners = [(cx - half - 0.75, 0), (cx - half, -out), (cx + half, -out), (cx + half + 0.75, 0)]
    for a, b in zip(corners, corners[1:]):
        length = math.dist(a, b)
        g = Frame((*a, 0), (b[0] - a[0], b[1] - a[1], 0))
        w = 1.5 if length > 1.5 else 0.62
        u = (length - w) / 2
        panes = [
            Window(u, floor + i * storey + 0.65, w, 2.0, 2 if w > 1 else 1, 1, 0.5, casing=0.07, lintel=0)
            for i in range(floors)
        ]
        h.facade(g, length, high - 0.3, panes, body)
        for v in (floor + 0.4, floor + storey + 0.38):
            h.shape.box(g, 0, length, v - 0.06, v + 0.06, 0, 0.07, trim)
        for i in range(floors):
            v = floor + i * storey + 2.82
            h.shape.box(g, -0.02, length + 0.02, v, v + 0.2, 0, 0.1, trim)
            h.shape.box(g, -0.06, length + 0.06, v + 0.2, v + 0.28, 0, 0.2, trim)
            if length > 1.5:
                for n in range(6):
                    p = (n + 0.5) * length / 6
                    h.shape.box(g, p - 0.05, p + 0.05, v, v + 0.18, 0.08, 0.16, trim)
        for u in (0.0, length):
            h.shape.box(g, u - 0.06, u + 0.06, floor - 0.3, high - 0.35, -0.02, 0.045, trim)
    h.shape.prism(corners[::-1] and [corners[0], corners[1], corners[2], corners[3]], high - 0.3, high - 0.02, trim)
    gabled = (k + site.number) % 3 != 1
    if gabled:
        # a gable over the bay
        a, b = cx - half - 0.75, cx + half + 0.75
        h.gable(
            a,
            b,
            -out - 0.05,
            6,
            high,
            2.2,
            0.25,
            0.3,
            along="y",
            wall=shingles(shade(color, 0.92), 0.14, 0.14, 0.08, 0.75) if not bricks else None,
            thick=0.13,
        )
        g = front(cx, -out - 0.05, high)
        h.window(Frame(g.at(0, 0, 0.14), (1, 0, 0)), Window(-0.4, 0.3, 0.8, 1.0, 1, 1, 0.5, casing=0.09))
        h.shape.box(g, -0.55, 0.55, 0.2, 0.28, 0, 0.25, trim)
        h.gable(x0, x0 + wide, 0.0, 10, high, 2.9, 0.3, 0.0, gables=True)
        top = high + 2.6
    else:
        h.cornice(f, wide, high - 0.3, 0.55, 0.75, 0.5)
        h.parapet(x0, x0 + wide, 0.05, 10, high + 0.1, 0.3)
        top = high + 0.7
    h.shape.box(f, -0.08, 0.08, 0, high - 0.02, -0.02, 0.05, trim)
    h.chimney(x0 + 0.2, 5.0, high, high + 4.1, 0.6, 1.3, brick(rgb("#8e4c3a"), rgb("#74402f"), rgb("#aca193")), 3)
    # the stoop, its hood and its rails
    dx = x0 + door_u + 0.6
    h.shape.prism([(dx - 0.95, -1.25), (dx + 0.95, -1.25), (dx + 0.95, 0), (dx - 0.95, 0)], 0, floor, h.stone)
    h.steps(dx, -1.25, 1.7, floor - 0.16, 6, run=0.3)
    for side in (-0.85, 0.85):
        h.railing([(dx + side, -3.05, 0.1), (dx + side, -1.25, floor)], 0.85, 0.14, paint(BLACK, 0.4))
        h.post(dx + side * 0.93, -1.1, floor, floor + 2.85, 0.15)
    h.slab(
        [
            (dx - 1.05, -1.35, floor + 3.05),
            (dx + 1.05, -1.35, floor + 3.05),
            (dx + 1.05, 0, floor + 3.05),
            (dx - 1.05, 0, floor + 3.05),
        ],
        0.22,
        trim,
    )
    h.gable(dx - 1.0, dx + 1.0, -1.3, 0, floor + 3.02, 0.6, 0.1, 0.06, along="y", wall=trim, thick=0.08)
    if site.hour.lit:
        light.bulb((dx, -0.7, floor + 2.6), 25)
    if bricks:
        h.shape.box(f, 0, wide, floor - 0.12, floor, 0, 0.05, h.stone)
    h.build()
    return top
