"""A former warehouse: brick piers, wide steel windows, an iron canopy and a water tank on the roof."""

from .. import light, nature, plot
from ..materials import boards, brick, mottled, paint, rgb, shade, tiles
from ..openings import Door, Window
from ..parts import House
from ..shape import front
from ..site import View, filling

WALLS = [
    ("red-brick", "#8c4634"),
    ("brown-brick", "#6a4636"),
    ("buff-brick", "#b0915f"),
    ("white-painted brick", "#e0ddd5"),
    ("dark-brick", "#4a3f3b"),
    ("orange-brick", "#a85a38"),
]
NUMBERS = {3: "three", 4: "four", 5: "five"}


def build(site):
    rng, grow = site.rng, site.grow
    name, color = site.turn(WALLS)
    color = rgb(color)
    body = brick(color, shade(color, 0.7), rgb("#a39a8d") if max(color) < 0.6 else shade(color, 0.85))
    iron = paint(rgb(site.turn(["#1d1f21", "#2c3a36", "#1d1f21", "#24344a", "#5a2c26"])), 0.45)
    stone = mottled(rgb("#bdb4a4"), 0.08, 3)
    floors = (3, 4, 4, 5)[site.number % 4]
    bays = (4, 3, 5)[site.number % 3]
    bay, base, storey = 4.3, 4.3, 3.7
    h = House(rng, site.hour, body, iron, iron, iron, stone=stone, reveal=0.24, lit_share=0.65)
    h.habit = rng.choice(["none", "blind", "drapes"])
    wide, deep = bays * bay + 0.7, 14.0
    high = base + (floors - 1) * storey + 0.7
    left = -wide / 2
    way = rng.choice((-1, 1))
    entrance = bays // 2 if rng.random() < 0.6 else (0 if way > 0 else bays - 1)
    grid = dict(bar=0.035, border=0.05, lintel=0.0)
    openings = []
    for b in range(bays):
        u = 0.7 + b * bay
        if b == entrance:
            openings.append(Door(u + 0.35, 0.1, 2.9, 3.4, "glass", fanlight=0.9, sidelight=0.85, casing=0))
        else:
            openings.append(Window(u + 0.1, 0.8, bay - 0.9, 2.8, 5, 3, **grid))
        for i in range(1, floors):
            openings.append(Window(u + 0.1, base + (i - 1) * storey + 0.65, bay - 0.9, 2.45, 5, 4, **grid))
    side = [
        Window(u, base + i * storey + 0.8, 2.4, 2.2, 4, 4, **grid) for i in range(floors - 1) for u in (1.4, 5.6, 9.8)
    ]
    h.block(left, -left, 0, deep, 0, high, openings, side, side)
    f = front(left, 0, 0)
    # piers between the bays, soldier courses and steel over the windows
    for b in range(bays + 1):
        u = 0.35 + b * bay - (0.0 if b else 0.0)
        h.shape.box(f, u - 0.33, u + 0.33, 0, high + 0.05, 0, 0.16, body)
        h.shape.box(f, u - 0.36, u + 0.36, 0, 0.9, 0, 0.2, stone)
    for i in range(floors):
        v = (base - 0.62) if i == 0 else base + (i - 1) * storey + 3.1
        h.shape.box(f, 0, wide, v, v + 0.3, 0, 0.05, iron if i == 0 else stone)
    h.cornice(f, wide, high - 0.1, 0.4, 0.55, 0.5, body if site.number % 2 else stone)
    h.parapet(left, -left, 0.02, deep, high, 0.75, cap=stone)
    # an iron canopy on rods
    a = left + 0.7 + entrance * bay + 1.8
    h.shape.prism([(a - 1.9, -1.5), (a + 1.9, -1.5), (a + 1.9, 0), (a - 1.9, 0)], 3.75, 3.93, iron)
    for x in (a - 1.7, a + 1.7):
        h.shape.tube([(x, -1.4, 3.93), (x, 0, 5.0)], [0.02, 0.02], iron, 5)
    if site.number % 2:
        _tank(h, left + wide * 0.34, 2.6, high + 0.1, iron)
    else:
        h.block(
            left + wide * 0.25,
            left + wide * 0.8,
            1.5,
            11,
            high,
            high + 3.0,
            [Window(0.6, 0.5, wide * 0.45, 2.1, 6, 2, **grid)],
            wall=mottled(rgb("#4c4f52"), 0.05),
        )
        h.shape.prism(
            [
                (left + wide * 0.22, 1.1),
                (left + wide * 0.83, 1.1),
                (left + wide * 0.83, 11.3),
                (left + wide * 0.22, 11.3),
            ],
            high + 3.0,
            high + 3.2,
            iron,
        )
    escape = entrance + 1 if entrance + 1 < bays else entrance - 1
    if site.number % 3 != 2:
        _escape(h, left + 0.7 + escape * bay, bay - 0.7, base, storey, floors, iron)
    for b in range(bays):
        if b != entrance:
            h.lantern(front(left + 0.35 + b * bay, -0.16), 0, 2.6)
    if site.hour.lit:
        light.bulb((a, -0.8, 3.5), 70)
    h.build()

    yard = -1.0
    plot.ground()
    plot.street(yard, walk=3.2)
    plot.path(-40, 40, yard, 0.0, tiles(rgb("#8f8a82"), rgb("#5d5953"), 0.22, 0.11, 0.9, 0.5, joint=0.008))
    for way_, k in ((-1, 0), (1, 1)):
        x0 = left - 0.4 - 14 if way_ < 0 else -left + 0.4
        other = WALLS[(site.number + 2 + k) % 6]
        n = House(
            rng,
            site.hour,
            brick(rgb(other[1]), shade(rgb(other[1]), 0.75), rgb("#a39a8d")),
            iron,
            iron,
            stone=stone,
            reveal=0.2,
        )
        tall = high - rng.uniform(1.5, 4.0)
        holes = [
            Window(u, v, 1.5, 2.0, 3, 3, lintel=0.25)
            for u in (1.2, 4.4, 7.6, 10.8)
            for v in (1.2, 4.9, 8.2)
            if v + 2.3 < tall
        ]
        n.block(x0, x0 + 14, 0.4, 12, 0, tall, holes)
        n.parapet(x0, x0 + 14, 0.4, 12, tall, 0.5, cap=stone)
        n.build()
    kinds = [
        nature.broadleaf(
            grow,
            site.turn([nature.GREENS[1], nature.GREENS[3], nature.AUTUMN[2], nature.SUMMER]),
            7.0,
            11000,
            clear=0.36,
            crown=(0.24, 0.24, 0.3),
        ),
        nature.broadleaf(grow, nature.GREENS[2], 10),
    ]
    plot.trees(
        grow, kinds[:1], [(way * (wide / 2 + 0.8), yard - 2.2, 0.95), (-way * (wide / 2 + 5.5), yard - 2.2, 1.0)]
    )
    plot.backdrop(grow, kinds[1:], 26, 40, 44, 8)
    for x in (a - 2.3, a + 2.3):
        p = House(rng, site.hour, stone)
        p.planter(x, -0.75, 0.6, 0.65, "#2b2d2f")
        p.build()
        nature.shrub(grow, nature.GREENS[2], 0.4, 2200, size=0.035).stand(x, -0.75, 0.5)
    extra = "a water tank on its roof" if site.number % 2 else "a penthouse on its roof"
    return View(
        alt=f"A {name} loft building of {NUMBERS[floors]} storeys with large steel windows and {extra}, {site.hour.phrase}",
        target=(0, 0),
        distance=filling(wide, high + (5.0 if site.number % 2 else 3.0), 0.6, 28, 0.86),
        yaw=way * rng.uniform(14, 27),
        rise=high * 0.56,
        lens=28,
    )


def _tank(h, x, y, z, iron):
    cedar = boards(rgb("#7a5b40"), 0.18, rough=0.8)
    for i in (-1, 1):
        for j in (-1, 1):
            h.shape.tube(
                [(x + i * 1.05, y + j * 1.05, z), (x + i * 0.95, y + j * 0.95, z + 2.2)], [0.07, 0.07], iron, 5
            )
        h.shape.tube([(x + i * 1.05, y - 1.05, z + 0.2), (x - i * 0.95, y - 0.95, z + 2.2)], [0.03, 0.03], iron, 4)
    h.shape.lathe(x, y, [(1.35, z + 2.2), (1.35, z + 4.5)], cedar, 30)
    for v in (2.5, 3.1, 3.7, 4.2):
        h.shape.lathe(x, y, [(1.37, z + v), (1.37, z + v + 0.05)], iron, 30)
    h.shape.lathe(x, y, [(1.5, z + 4.5), (0.05, z + 5.5)], mottled(rgb("#4d4a47"), 0.2, 3), 30)


def _escape(h, x, wide, base, storey, floors, iron):
    """Iron balconies with ladders between them."""
    for i in range(1, floors):
        z = base + (i - 1) * storey + 0.45
        y = -1.15
        h.shape.prism([(x, y), (x + wide, y), (x + wide, -0.16), (x, -0.16)], z - 0.05, z, iron)
        h.railing([(x, -0.16, z), (x, y, z), (x + wide, y, z), (x + wide, -0.16, z)], 0.95, 0.16, iron, 0.011, 0.02)
        if i + 1 < floors:
            a, b = (x + 0.4, x + wide - 0.9) if i % 2 else (x + wide - 0.4, x + 0.9)
            for yy in (-0.95, -0.45):
                h.shape.tube([(a, yy, z), (b, yy, z + storey)], [0.025, 0.025], iron, 4)
            for k in range(1, 13):
                t = k / 13
                px, pz = a + (b - a) * t, z + storey * t
                h.shape.prism(
                    [(px - 0.1, -0.95), (px + 0.1, -0.95), (px + 0.1, -0.45), (px - 0.1, -0.45)], pz - 0.015, pz, iron
                )
