"""A long, low ranch house under a hipped roof, with its garage."""

from .. import light, nature, plot
from ..materials import boards, brick, lapped, mottled, paint, rgb, shingles, stones
from ..openings import BLACK, WHITE, Door, Garage, Window
from ..parts import House
from ..shape import front
from ..site import View, filling

WALLS = [
    ("red-brick", "#8c4a3a", "brick"),
    ("white", "#ecebe6", "board"),
    ("grey", "#8e9294", "board"),
    ("buff-brick", "#b89a72", "brick"),
    ("sand-coloured", "#cdbb9c", "stucco"),
    ("blue-grey", "#70828f", "board"),
    ("white-brick", "#dedad2", "brick"),
    ("sage green", "#93a08a", "board"),
    ("brown-brick", "#6b4838", "brick"),
    ("cream", "#e5dcc6", "stucco"),
    ("charcoal", "#45494d", "board"),
    ("terracotta", "#b8755a", "stucco"),
]
DOORS = [
    ("blue", "#2f5d86"),
    ("red", "#9c2f26"),
    ("black", "#202224"),
    ("wooden", "#80522a"),
    ("yellow", "#d7a636"),
    ("turquoise", "#3a8f8c"),
]


def build(site):
    rng, grow = site.rng, site.grow
    wall_name, color, kind = site.turn(WALLS)
    door_name, door = site.turn(DOORS, 5)
    color = rgb(color)
    material = {
        "brick": lambda: brick(color, tuple(c * 0.72 for c in color), rgb("#a89d8f")),
        "board": lambda: lapped(color, 0.18),
        "stucco": lambda: mottled(color, 0.06, 2, 0.9, 0.5, 90),
    }[kind]()
    dark = site.number % 4 == 3
    frame = paint(BLACK, 0.4) if dark else paint(WHITE, 0.45)
    h = House(
        rng,
        site.hour,
        material,
        paint(rgb("#e8e5dd") if not dark else rgb("#3b3d3f"), 0.5),
        frame,
        boards(rgb(door), 0.2),
        shingles(rgb(rng.choice(["#5b4a40", "#4a4a4a", "#6d5d4e", "#3f444a"]))),
    )
    way = rng.choice((-1, 1))
    wide, deep, high = 12.4, 8.0, 2.75
    garage = 6.0
    x = lambda u: way * u
    span = lambda a, b: (min(x(a), x(b)), max(x(a), x(b)))

    def on(a, w):
        """Where an opening starts on a wall that may be mirrored."""
        left = min(x(-wide / 2), x(wide / 2))
        return min(x(a), x(a + w)) - left

    casing = 0.09 if kind == "board" else 0.0
    openings = [
        Window(on(-5.4, 1.5), 0.85, 1.5, 1.3, 2, 1, casing=casing, shutters=rgb(door) if rng.random() < 0.5 else None),
        Window(on(-2.4, 2.8), 0.55, 2.8, 1.65, 3, 1, casing=casing, curtain="drapes"),
        Door(on(1.6, 1.5), 0.12, 1.5, 2.15, rng.choice(["four", "half", "slot"]), sidelight=0.4),
        Window(on(4.1, 1.5), 0.85, 1.5, 1.3, 2, 1, casing=casing),
    ]
    side = [Window(u, 0.9, 1.3, 1.25, 2, 1, casing=casing) for u in (1.4, 4.8)]
    h.block(-wide / 2, wide / 2, 0, deep, 0, high, openings, side, side)
    if kind == "board":
        base = stones(rgb("#8f877a")) if rng.random() < 0.6 else brick(rgb("#84503f"), rgb("#6a4035"), rgb("#9d9386"))
        h.block(-wide / 2 - 0.07, wide / 2 + 0.07, -0.07, deep, -0.1, 0.48, wall=base)
    h.hip(-wide / 2, wide / 2, 0, deep, high, 2.1, 0.7)
    g0, g1 = span(wide / 2 - 0.2, wide / 2 + garage)
    # the garage stands forward, its gable facing the street
    h.block(
        g0, g1, -2.2, 5.5, 0, high, [Garage((g1 - g0) / 2 - 2.45, 0.02, 4.9, 2.2)], side[:1], side[:1], wall=material
    )
    h.gable(
        g0,
        g1,
        -2.2,
        5.5,
        high,
        1.75,
        0.5,
        0.45,
        along="y",
        wall=lapped(rgb("#e4e0d6") if kind == "brick" else color, 0.18),
    )
    # a porch in front of the door
    p0, p1 = span(1.0, 3.7)
    h.shape.prism([(p0, -2.0), (p1, -2.0), (p1, 0), (p0, 0)], -0.1, 0.12, mottled(rgb("#a39c90"), 0.1, 3))
    h.slab(
        [
            (p0 - 0.2, -2.1, high - 0.05),
            (p1 + 0.2, -2.1, high - 0.05),
            (p1 + 0.2, -0.4, high - 0.02),
            (p0 - 0.2, -0.4, high - 0.02),
        ],
        0.16,
        h.trim,
    )
    h.gable(p0 - 0.1, p1 + 0.1, -2.0, 2.0, high - 0.02, 0.95, 0.25, 0.2, along="y")
    for px in (p0 + 0.15, p1 - 0.15):
        h.post(px, -1.85, 0.12, high - 0.2, 0.16)
    door_x = x(1.6 + 0.75)
    h.lantern(front(x(1.35), 0), 0, 1.75)
    h.lantern(front((g0 + g1) / 2 - 2.75, -2.2), 0, 1.9)
    if site.hour.lit:
        light.bulb((door_x, -1.1, high - 0.5), 50)
        light.bulb(((g0 + g1) / 2 + 2.75, -2.6, 2.0), 30)
    h.chimney(
        x(-2.0),
        deep / 2 + 0.4,
        high,
        high + 3.0,
        1.5,
        0.7,
        brick(rgb("#84503f"), rgb("#6a4035"), rgb("#9d9386")) if kind != "stucco" else None,
        1,
    )
    h.planter(door_x + 1.0, -1.5, 0.42, 0.45, "#2f3335", z=0.12)
    nature.shrub(grow, radius=0.28, leaves=900, flowers=nature.FLOWERS[(site.number + 2) % 6]).stand(
        door_x + 1.0, -1.5, 0.45
    )
    h.build()

    yard = -11.0
    plot.ground()
    plot.street(yard)
    drive = mottled(rgb("#9b978f"), 0.08, 0.8, 0.9, 0.5, 150)
    plot.path(g0 + 0.4, g1 - 0.4, yard - 1.9, -2.2, drive)
    paving = [(g0 + 0.4, g1 - 0.4, yard, -2.0)]
    d0, d1 = span(1.7, 3.0)
    plot.path(d0, d1, -4.4, -2.0)
    e0, e1 = span(1.7, wide / 2 + 0.3)
    plot.path(e0, e1, -5.4, -4.3)
    paving += [(d0, d1, -4.4, -2), (e0, e1, -5.4, -4.3), (-wide / 2 - 0.3, wide / 2, -1.5, 9)]
    nature.lawn(grow, -17, 19, yard, 3, rgb(rng.choice(["#66763a", "#717c42", "#61753e"])), keep_off=paving)
    plot.bed(grow, -wide / 2, wide / 2, -0.75, nature.GREENS, [(p0 - 0.5, p1 + 0.4)], 0.6, 0.4)
    kinds = [
        nature.broadleaf(grow, site.turn([nature.SUMMER, nature.AUTUMN[2], nature.GREENS[3], nature.BLOSSOM[1]])),
        nature.broadleaf(grow, nature.GREENS[2], 9),
        nature.conifer(grow, height=10),
    ]
    plot.trees(grow, kinds, [(x(-wide / 2 - 0.4), -4.2, 0.72), (x(-wide / 2 - 4), 6, 1.1), (x(wide / 2 + 9), 8, 1.0)])
    plot.backdrop(grow, kinds, 13, 30)
    nature.hedge(grow, -19, -10.5, 2.0, 2.8, 1.2)
    nature.hedge(grow, 14.5, 20, 2.0, 2.8, 1.2)
    centre = (min(-wide / 2, g0) + max(wide / 2, g1)) / 2
    return View(
        alt=f"A low {wall_name} ranch house with a garage and a {door_name} front door, {site.hour.phrase}",
        target=(centre - way * 0.4, 0),
        distance=filling(wide + garage - 1, 5, 0.74, 30) - 0.5,
        yaw=way * rng.uniform(-14, 4) - way * 6,
        rise=2.3,
        lens=30,
    )
