"""A modern house: two shifted boxes, a lot of glass, timber, a flat roof."""

from .. import light, nature, plot
from ..materials import boards, mottled, paint, pane, rgb, stones, tiles
from ..openings import BLACK, Door, Garage, Window
from ..parts import House
from ..shape import front
from ..site import View, filling

LOOKS = [
    ("white", "#eceae5", "cedar", "#a06a3a"),
    ("charcoal", "#3a3d40", "oak", "#b5864f"),
    ("concrete", "#a5a39e", "larch", "#8f5f38"),
    ("white", "#f0eeea", "black timber", "#2b2927"),
    ("sand-coloured", "#cfc0a5", "walnut", "#6e482c"),
    ("grey", "#85888a", "cedar", "#a5693c"),
]


def build(site):
    rng, grow = site.rng, site.grow
    name, color, timber_name, timber = site.turn(LOOKS)
    render = mottled(rgb(color), 0.05, 0.9, 0.85, 0.3, 120)
    timber = boards(rgb(timber), 0.1, upright=rng.random() < 0.6)
    dark = paint(BLACK, 0.35)
    h = House(
        rng,
        site.hour,
        render,
        dark,
        dark,
        boards(rgb("#7a4f2c") if timber_name != "walnut" else rgb("#26282a"), 0.16),
        stone=mottled(rgb("#55575a"), 0.05),
        reveal=0.2,
        lit_share=0.95,
    )
    way = rng.choice((-1, 1))
    wide, deep = rng.uniform(11.0, 12.5), 9.0
    lower, upper = 3.0, 3.0
    left = -wide / 2
    flip = lambda u, w, span=wide: u if way > 0 else span - u - w
    glass = lambda u, v, w, hi, n=2, span=wide: Window(
        flip(u, w, span),
        v,
        w,
        hi,
        n,
        1,
        sill=False,
        border=0.05,
        bar=0.045,
        curtain=rng.choice(["none", "sheer", "drapes"]),
    )
    # below: timber at the door, garage, a glazed living room
    variant = site.number % 3
    ground = [glass(0.7, 0.15, 4.2, 2.5, 3), Door(flip(5.5, 1.6), 0.15, 1.6, 2.5, "slot", sidelight=0.45, casing=0)]
    garage = variant != 1
    if garage:
        ground.append(Garage(flip(wide - 3.6, 3.0), 0.05, 3.0, 2.45, 5, False))
    else:
        ground.append(glass(wide - 3.4, 0.9, 2.6, 1.6, 2))
    h.block(left, -left, 0.0, deep, 0, lower, ground, [], [], wall=timber if variant != 2 else render)
    if variant == 2:
        a = left + flip(5.0, 2.4)
        h.shape.prism([(a, -0.04), (a + 2.4, -0.04), (a + 2.4, 0.01), (a, 0.01)], 2.68, lower, timber)
    # above: a box that juts out
    jut = rng.uniform(1.0, 1.6)
    u_wide = wide * rng.uniform(0.64, 0.74)
    u_left = left + (-0.7 if way > 0 else wide - u_wide + 0.7)
    box = [
        glass(0.6, 0.55, u_wide * 0.42, 2.1, 3, u_wide),
        glass(
            u_wide * 0.62, 0.55 if variant else 1.0, u_wide * 0.26, 2.1 if variant else 1.2, 1 + (variant > 0), u_wide
        ),
    ]
    side = [Window(2.0, 0.9, 1.6, 1.4, 2, 1, sill=False, border=0.05)]
    h.block(u_left, u_left + u_wide, -jut, deep - 1, lower, lower + upper, box, side, side)
    h.shape.face(
        [
            (u_left, -jut, lower),
            (u_left, deep - 1, lower),
            (u_left + u_wide, deep - 1, lower),
            (u_left + u_wide, -jut, lower),
        ],
        timber if variant != 2 else render,
    )
    h.parapet(u_left, u_left + u_wide, -jut, deep - 1, lower + upper, 0.3, cap=dark)
    h.parapet(left, -left, 0, deep, lower, 0.25, material=timber if variant != 2 else render, cap=dark)
    # a terrace on the lower roof
    t0, t1 = (u_left + u_wide + 0.1, -left - 0.15) if way > 0 else (left + 0.15, u_left - 0.1)
    y = 0.15
    f = front(0, y, 0)
    for i in range(3):
        a = t0 + (t1 - t0) * i / 3
        b = t0 + (t1 - t0) * (i + 1) / 3 - 0.03
        h.shape.quad(f, a, b, lower + 0.3, lower + 1.15, 0, pane())
    h.shape.box(f, t0, t1, lower + 1.15, lower + 1.19, -0.02, 0.02, dark)
    # a stone wall that joins both storeys
    stone_x = left + flip(4.95, 0.5)
    mass = stones(rgb("#8b857b"), 2.4) if variant == 0 else render
    h.shape.prism(
        [(stone_x, -jut - 0.25), (stone_x + 0.45, -jut - 0.25), (stone_x + 0.45, 0.6), (stone_x, 0.6)],
        0,
        lower - 0.005,
        mass,
    )
    # light under the box and at the door
    if site.hour.lit:
        for x in (u_left + u_wide * 0.3, u_left + u_wide * 0.75):
            light.bulb((x, -jut * 0.5, lower - 0.12), 16)
    door_x = left + flip(5.5, 1.6) + 0.8
    h.lantern(front(door_x + (1.0 if way > 0 else -1.0), 0), 0, 1.9)
    h.build()

    yard = -9.5
    plot.ground()
    plot.street(yard)
    slab = tiles(rgb("#b0aca4"), rgb("#5d6b3c"), 1.2, 0.75, 0.85, joint=0.05)
    plot.path(door_x - 0.9, door_x + 0.9, yard, -0.1, slab)
    keep = [(door_x - 0.9, door_x + 0.9, yard, 0), (left, -left, -0.6, 12)]
    if garage:
        g = left + flip(wide - 3.6, 3.0)
        plot.path(g - 0.2, g + 3.2, yard - 1.9, 0, mottled(rgb("#8d8a85"), 0.08, 1, 0.9))
        keep.append((g - 0.2, g + 3.2, yard, 0))
    deck = left + flip(0.2, 4.8)
    plot.path(deck, deck + 4.8, -2.4, 0, boards(rgb("#8a6a4c"), 0.14, upright=False), 0.12)
    keep.append((deck, deck + 4.8, -2.4, 0))
    nature.lawn(grow, -17, 17, yard, 3, rgb("#677841"), 12, 0.055, keep)
    tuft = nature.grasses(grow, rgb(rng.choice(["#a39a63", "#7f8f55", "#b09a6a"])), 0.9)
    for i in range(12):
        tuft.stand(
            deck - 0.3 + 5.2 * i / 11, -2.9 + grow.uniform(-0.2, 0.2), 0, grow.uniform(0.7, 1.1), grow.uniform(0, 6)
        )
    ball = nature.shrub(grow, nature.GREENS[2], 0.45, 3200, size=0.03)
    for x in (door_x - 1.4, door_x + 1.5):
        for k in range(3):
            if not garage or not (g - 0.7 < x < g + 3.7):
                ball.stand(x, -1.6 - 1.7 * k, 0, 0.95 - 0.12 * k, k)
    kinds = [
        nature.broadleaf(grow, nature.GREENS[3], 6.5, 9000, clear=0.34, pale=True),
        nature.column(grow),
        nature.broadleaf(grow, nature.GREENS[0], 9),
    ]
    plot.trees(grow, [kinds[0]], [(-way * (wide / 2 + 2.4), -2.2, 0.95)])
    plot.trees(grow, [kinds[1]], [(way * (wide / 2 + 1.2 + 1.1 * i), 0.8 + 1.2 * i, 0.85) for i in range(5)])
    nature.hedge(grow, -18 if way > 0 else wide / 2 + 0.4, -wide / 2 - 0.4 if way > 0 else 18, 1.5, 2.3, 1.7)
    plot.backdrop(grow, [kinds[0], kinds[2]], 13, 30)
    return View(
        alt=f"A {name} modern house of two shifted boxes with {timber_name} and large windows, {site.hour.phrase}",
        target=(-way * 0.3, 0),
        distance=filling(wide + 1.5, lower + upper, 0.66, 32),
        yaw=-way * rng.uniform(10, 26),
        rise=2.75,
        lens=32,
    )
