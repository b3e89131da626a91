"""An apartment block with balconies, a glazed entrance and trees along the street."""

from .. import light, nature, plot
from ..materials import boards, brick, mottled, paint, pane, rgb, shade, tiles
from ..openings import BLACK, WHITE, Door, Window
from ..parts import House
from ..shape import Frame, front
from ..site import View, filling

LOOKS = [
    ("red-brick", "#8f4c39", "brick", "#d8d2c6"),
    ("white", "#ebe8e1", "render", "#b07a48"),
    ("grey", "#8f9394", "render", "#e4e0d8"),
    ("buff-brick", "#b8996e", "brick", "#3a3d40"),
    ("dark-brick", "#4f423d", "brick", "#a06a3c"),
    ("sand-coloured", "#cdbb9a", "render", "#6b4a33"),
    ("pale-brick", "#cfc4b2", "brick", "#4a4d50"),
    ("terracotta", "#b4694a", "render", "#e7e0d2"),
    ("green-grey", "#7c877c", "render", "#c79a62"),
    ("brown-brick", "#73503f", "brick", "#d9d3c8"),
    ("cream", "#e6dcc4", "render", "#54585a"),
    ("charcoal", "#46494c", "render", "#b98750"),
]
NUMBERS = {4: "four", 5: "five", 6: "six"}


def build(site):
    rng, grow = site.rng, site.grow
    name, color, kind, second = site.turn(LOOKS)
    color, second = rgb(color), rgb(second)
    body = (
        brick(color, shade(color, 0.78), rgb("#a69c8e")) if kind == "brick" else mottled(color, 0.05, 0.5, 0.9, 0.3, 80)
    )
    accent = (
        boards(second, 0.16) if max(second) - min(second) > 0.12 and max(second) < 0.6 else mottled(second, 0.05, 0.8)
    )
    dark = site.number % 2 == 0
    frame = paint(BLACK if dark else WHITE, 0.4)
    floors = (4, 5, 5, 6)[site.number % 4]
    h = House(
        rng,
        site.hour,
        body,
        paint(WHITE, 0.5) if not dark else paint(BLACK, 0.4),
        frame,
        paint(BLACK, 0.4),
        stone=mottled(rgb("#b9b4aa"), 0.06),
        reveal=0.16,
        lit_share=0.6,
    )
    bays = (4, 5)[site.number % 2]
    bay, base, storey = 4.1, 3.7, 3.05
    wide, deep = bays * bay, 13.0
    high = base + (floors - 1) * storey
    left = -wide / 2
    way = rng.choice((-1, 1))
    entrance = bays // 2
    style = site.number % 3
    steel = paint(BLACK if dark else rgb("#8b8f92"), 0.4, 0.3)
    openings, balconies = [], []
    for b in range(bays):
        u = b * bay
        if b == entrance:
            openings.append(Door(u + bay / 2 - 1.3, 0.1, 2.6, 2.9, "glass", fanlight=0.6, sidelight=0.75, casing=0))
        else:
            openings.append(Window(u + 0.7, 0.7, bay - 1.4, 2.2, 3, 1, sill=True, border=0.07))
        for i in range(1, floors):
            v = base + (i - 1) * storey
            balcony = b != entrance and (b % 2 == (0 if style != 1 else i % 2) or style == 2)
            if balcony:
                openings.append(Window(u + 0.65, v + 0.12, 2.0, 2.35, 2, 1, sill=False, border=0.07))
                openings.append(Window(u + 2.95, v + 0.9, 0.65, 1.55, 1, 1, border=0.06))
                balconies.append((u, v))
            elif b == entrance:
                openings.append(Window(u + bay / 2 - 0.8, v + 0.75, 1.6, 1.7, 2, 1))
            else:
                openings.append(Window(u + 0.55, v + 0.85, 1.25, 1.6, 2, 1))
                openings.append(Window(u + 2.3, v + 0.85, 1.25, 1.6, 2, 1))
    side = [Window(u, base + i * storey + 0.85, 1.3, 1.5, 2, 1) for i in range(floors - 1) for u in (1.6, 5.6, 9.6)]
    h.block(left, -left, 0, deep, 0, high, openings, side, side)
    f = front(left, 0, 0)
    # a base of another material, a band, the entrance
    h.shape.box(f, -0.03, wide + 0.03, base - 0.3, base - 0.08, 0, 0.06, h.stone)
    h.parapet(left, -left, 0, deep, high, 0.7, cap=frame)
    h.shape.prism(
        [(left + wide * 0.3, 4), (left + wide * 0.55, 4), (left + wide * 0.55, 9), (left + wide * 0.3, 9)],
        high,
        high + 2.2,
        mottled(rgb("#8e8b86"), 0.08),
    )
    a = left + entrance * bay + bay / 2
    h.shape.prism([(a - 2.0, -1.7), (a + 2.0, -1.7), (a + 2.0, 0), (a - 2.0, 0)], 3.05, 3.27, frame)
    strip = Frame((left + entrance * bay, 0, 0), (1, 0, 0))
    for i in range(1, floors):
        v = base + (i - 1) * storey
        for u0, u1 in ((0.35, bay / 2 - 0.86), (bay / 2 + 0.86, bay - 0.35)):
            h.shape.box(strip, u0, u1, v + 0.02, v + storey - 0.25, 0.0, 0.04, accent)
    for u, v in balconies:
        x0, x1 = left + u + 0.35, left + u + bay - 0.35
        h.shape.prism([(x0, -1.45), (x1, -1.45), (x1, 0), (x0, 0)], v - 0.16, v + 0.04, h.stone)
        if style == 1:
            g = Frame((x0, -1.42, v), (1, 0, 0))
            h.shape.quad(g, 0.03, x1 - x0 - 0.03, 0.05, 1.02, 0, pane((0.75, 0.86, 0.86), 1.5))
            for gx in (x0 + 0.02, x1 - 0.02):
                h.shape.face(
                    [(gx, -1.42, v + 0.05), (gx, 0, v + 0.05), (gx, 0, v + 1.02), (gx, -1.42, v + 1.02)],
                    pane((0.75, 0.86, 0.86), 1.5),
                )
            h.shape.tube(
                [(x0, 0, v + 1.05), (x0, -1.42, v + 1.05), (x1, -1.42, v + 1.05), (x1, 0, v + 1.05)],
                [0.025] * 4,
                steel,
                6,
            )
        elif style == 2 and v % 2 < 1:
            for a0, a1, b0, b1 in ((x0, x1, -1.45, -1.37), (x0, x0 + 0.08, -1.45, 0), (x1 - 0.08, x1, -1.45, 0)):
                h.shape.prism([(a0, b0), (a1, b0), (a1, b1), (a0, b1)], v, v + 1.0, accent)
        else:
            h.railing(
                [
                    (x0 + 0.03, 0, v + 0.04),
                    (x0 + 0.03, -1.4, v + 0.04),
                    (x1 - 0.03, -1.4, v + 0.04),
                    (x1 - 0.03, 0, v + 0.04),
                ],
                1.02,
                0.12,
                steel,
                0.009,
            )
        if rng.random() < 0.55:
            px = rng.uniform(x0 + 0.4, x1 - 0.4)
            h.planter(px, -1.05, 0.36, 0.36, rng.choice(["#b0643f", "#3a3d40", "#d9d3c6"]), z=v + 0.04)
            nature.shrub(
                grow,
                nature.GREENS[rng.randrange(4)],
                0.32,
                700,
                nature.FLOWERS[rng.randrange(6)] if rng.random() < 0.5 else None,
                size=0.05,
            ).stand(px, -1.05, v + 0.38)
        if rng.random() < 0.4:
            _chair(
                h,
                rng.uniform(x0 + 0.5, x1 - 0.5),
                -0.7,
                v + 0.04,
                paint(rgb(rng.choice(["#c9753f", "#3f6a7a", "#e4e0d6", "#333638"])), 0.6),
            )
    if site.hour.lit:
        light.bulb((a, -0.9, 2.9), 60)
        for u, v in balconies[::3]:
            light.bulb((left + u + bay / 2, -0.4, v + 2.5), 14)
    h.build()

    yard = -5.5
    plot.ground()
    plot.street(yard, walk=2.6)
    paved = tiles(rgb("#aaa59c"), rgb("#716d66"), 0.8, 0.4, 0.85, 0.5, joint=0.01)
    plot.path(a - 2.2, a + 2.2, yard, 0.0, paved)
    nature.lawn(grow, -24, 24, yard, 0, density=8, keep_off=[(a - 2.2, a + 2.2, yard, 0)])
    nature.hedge(grow, left - 0.5, a - 2.5, yard + 0.3, yard + 0.9, 0.75, nature.GREENS[0], 900)
    nature.hedge(grow, a + 2.5, -left + 0.5, yard + 0.3, yard + 0.9, 0.75, nature.GREENS[0], 900)
    plot.bed(grow, left, -left, -0.8, nature.GREENS, [(a - 2.2, a + 2.2)], 0.5, 0.5)
    kinds = [
        nature.broadleaf(
            grow,
            site.turn([nature.GREENS[1], nature.SUMMER, nature.AUTUMN[2], nature.GREENS[3]]),
            7.5,
            clear=0.34,
            crown=(0.28, 0.28, 0.32),
        ),
        nature.broadleaf(grow, nature.GREENS[2], 10),
    ]
    plot.trees(
        grow,
        kinds[:1],
        [
            (way * (wide / 2 + 1.6), -3.0, 1.0),
            (-way * (wide / 2 + 4.6), -2.0, 1.1),
            (way * wide * 0.31, yard - 1.9, 0.72),
        ],
    )
    plot.backdrop(grow, kinds[1:], 24, 40, 44, 14)
    return View(
        alt=f"A {name} apartment block of {NUMBERS[floors]} storeys with balconies, {site.hour.phrase}",
        target=(0, 0),
        distance=filling(wide, high + 1, 0.62, 30, 0.8),
        yaw=way * rng.uniform(14, 28),
        rise=high * 0.5,
        lens=30,
    )


def _chair(h, x, y, z, material):
    s = h.shape
    s.prism(
        [(x - 0.25, y - 0.25), (x + 0.25, y - 0.25), (x + 0.25, y + 0.25), (x - 0.25, y + 0.25)],
        z + 0.4,
        z + 0.44,
        material,
    )
    s.prism(
        [(x - 0.25, y + 0.2), (x + 0.25, y + 0.2), (x + 0.25, y + 0.25), (x - 0.25, y + 0.25)],
        z + 0.44,
        z + 0.85,
        material,
    )
    for i in (-1, 1):
        for j in (-1, 1):
            s.tube(
                [(x + i * 0.22, y + j * 0.22, z), (x + i * 0.22, y + j * 0.22, z + 0.4)], [0.012, 0.012], material, 4
            )
