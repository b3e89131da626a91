"""A Craftsman bungalow: a low gable with wide eaves over a deep porch on tapered columns."""

from .. import light, nature, plot
from ..materials import boards, brick, lapped, mottled, rgb, shingles, stones
from ..openings import Door, Window
from ..parts import House
from ..shape import front
from ..site import View, filling

WALLS = [
    ("sage green", "#8a9a7b"),
    ("slate blue", "#5d7285"),
    ("cream", "#e2d8bf"),
    ("barn red", "#8a3b2e"),
    ("grey", "#9a9b98"),
    ("ochre", "#c99a4b"),
    ("navy", "#2f4058"),
    ("taupe", "#8c7d6b"),
    ("white", "#ebe8e0"),
    ("olive", "#6b6b46"),
    ("teal", "#3f6a6b"),
    ("light blue", "#a9bfca"),
]
DOORS = [("red", "#9c2f26"), ("oak", "#8a5a2c"), ("teal", "#1f6a66"), ("yellow", "#d9a32e"), ("black", "#202224")]
ROOFS = ["#4a4642", "#5a4438", "#3d4246", "#6a5a4a"]


def build(site):
    rng, grow = site.rng, site.grow
    wall_name, wall = site.turn(WALLS)
    door_name, door = site.turn(DOORS, 3)
    wide, deep, high = rng.uniform(9.6, 11.2), 10.0, 2.95
    porch, floor = 2.4, 0.55
    shingled = rng.random() < 0.35
    material = shingles(rgb(wall), 0.16, 0.16, 0.1, 0.75) if shingled else lapped(rgb(wall), rng.choice((0.13, 0.18)))
    pier = site.turn(
        [stones(rgb("#8d8579")), brick(rgb("#8a4a38"), rgb("#6f3a2e"), rgb("#a59a8c")), mottled(rgb("#c8c0b2"))], 2
    )
    h = House(
        rng,
        site.hour,
        material,
        roof=shingles(rgb(rng.choice(ROOFS))),
        door=boards(rgb(door), 0.2),
        stone=mottled(rgb("#b9b2a5"), 0.1, 3),
    )
    door_left = rng.random() < 0.5
    pane = dict(across=3, up=1, casing=0.12)
    door_u = wide * (0.24 if door_left else 0.66)
    openings = [Door(door_u, floor, 1.05, 2.15, rng.choice(["half", "four", "glass"]), casing=0.13)]
    for share in (0.09, 0.44, 0.74) if not door_left else (0.05, 0.42, 0.74):
        u = wide * share
        if u + 1.9 < wide - 0.3 and not (door_u - 0.5 < u + 0.95 < door_u + 1.6):
            openings.append(Window(u, floor + 0.85, 1.9, 1.4, **pane))
    side = [Window(u, floor + 0.9, 1.1, 1.35, 1, 1, 0.5, casing=0.12) for u in (1.6, 4.6, 7.4)]
    h.block(-wide / 2, wide / 2, 0, deep, 0, high + floor, openings, side, side)
    h.block(-wide / 2 - 0.06, wide / 2 + 0.06, -0.06, deep, -0.1, floor - 0.06, wall=pier)
    # the porch
    h.shape.prism(
        [(-wide / 2, -porch), (wide / 2, -porch), (wide / 2, 0), (-wide / 2, 0)],
        floor - 0.14,
        floor - 0.02,
        boards(rgb("#8b8178"), 0.12),
    )
    h.block(-wide / 2, wide / 2, -porch + 0.05, 0, -0.1, floor - 0.14, wall=pier)
    gate = (-wide / 2 + door_u - 0.5, -wide / 2 + door_u + 1.55)
    columns = [-wide / 2 + 0.3, wide / 2 - 0.3, gate[0] - 0.25, gate[1] + 0.25]
    for x in columns:
        h.shape.prism(
            [(x - 0.29, -porch), (x + 0.29, -porch), (x + 0.29, -porch + 0.58), (x - 0.29, -porch + 0.58)],
            0,
            floor + 0.95,
            pier,
        )
        h.shape.prism(
            [
                (x - 0.34, -porch - 0.05),
                (x + 0.34, -porch - 0.05),
                (x + 0.34, -porch + 0.63),
                (x - 0.34, -porch + 0.63),
            ],
            floor + 0.95,
            floor + 1.03,
            h.stone,
        )
        h.post(x, -porch + 0.29, floor + 1.03, high + floor - 0.02, 0.4, taper=0.62)
    h.shape.box(
        front(0, -porch + 0.29), -wide / 2, wide / 2, high + floor - 0.28, high + floor + 0.02, -0.14, 0.14, h.trim
    )
    for a, b in ((columns[0], columns[2]), (columns[3], columns[1])):
        if b - a > 0.9:
            h.railing(
                [(a + 0.3, -porch + 0.29, floor), (b - 0.3, -porch + 0.29, floor)], 0.85, 0.12, h.trim, 0.018, 0.035
            )
    middle = (gate[0] + gate[1]) / 2
    h.steps(middle, -porch, 1.7, floor, 3)
    rise = rng.uniform(1.9, 2.4)
    if site.number % 3 == 0:
        h.gable(-wide / 2, wide / 2, -porch - 0.1, deep, high + floor, rise + 0.5, 0.6, 0.4)
        h.dormer(0, -porch * 0.1, high + floor + 0.75, 3.0, 1.05, 3.0, Window(0.55, 0.25, 1.9, 0.65, 4, 1, casing=0.08))
        top = high + floor + rise + 0.7
    else:
        h.gable(
            -wide / 2,
            wide / 2,
            -porch - 0.1,
            deep,
            high + floor,
            rise,
            0.75,
            0.55,
            along="y",
            wall=shingles(rgb(wall), 0.16, 0.16, 0.1, 0.75),
        )
        g = front(0, -porch - 0.1, high + floor)
        for i in (-1, 0, 1):
            h.shape.box(g, i * 0.62 - 0.24, i * 0.62 + 0.24, 0.45, 1.05, 0, 0.03, h.trim)
            h.shape.box(g, i * 0.62 - 0.17, i * 0.62 + 0.17, 0.52, 0.98, 0.02, 0.035, h._dim_glass())
        for u in (-wide * 0.47, 0, wide * 0.47):
            v = rise * (1 - abs(u) / (wide / 2)) - 0.1
            h.shape.box(g, u - 0.08, u + 0.08, v - 0.32, v - 0.06, 0, 0.5, h.trim)
        top = high + floor + rise
    h.chimney(
        wide * 0.28 * rng.choice((-1, 1)), deep * 0.45, high, top + 0.5, 0.8, 0.7, pier if site.number % 2 else None
    )
    h.lantern(front(-wide / 2 + door_u - 0.35, 0), 0, floor + 1.75)
    if site.hour.lit:
        light.bulb((middle, -porch / 2, high + floor - 0.3), 60)
    h.number(front(-wide / 2 + door_u + 1.45, 0), 0, floor + 1.6)
    h.planter(gate[0] + 0.2, -porch + 0.7, 0.4, 0.4, "#a25c3c", True, floor - 0.02)
    nature.shrub(grow, radius=0.3, leaves=900, flowers=nature.FLOWERS[site.number % 6]).stand(
        gate[0] + 0.2, -porch + 0.7, floor + 0.3
    )
    h.build()

    yard = -porch - 8.6
    drive = wide / 2 + 1.2
    plot.ground()
    plot.street(yard)
    plot.path(middle - 0.7, middle + 0.7, yard, -porch - 0.9)
    nature.lawn(
        grow,
        -16,
        17,
        yard,
        2,
        keep_off=[
            (middle - 0.7, middle + 0.7, yard, 0),
            (-wide / 2, wide / 2, -porch, 20),
            (-wide / 2 - 0.6, wide / 2 + 0.6, -porch - 1.2, -porch),
        ],
    )
    plot.bed(grow, -wide / 2, wide / 2, -porch - 0.55, nature.GREENS, [(middle - 1.1, middle + 1.1)], 0.5, 0.4)
    season = site.turn(
        [nature.SUMMER, nature.GREENS[1], nature.AUTUMN[0], nature.GREENS[2], nature.BLOSSOM[0], nature.AUTUMN[1]], 1
    )
    kinds = [nature.broadleaf(grow, season), nature.broadleaf(grow, nature.GREENS[2], 8.5), nature.conifer(grow)]
    way = 1 if site.side > 0 else -1
    plot.trees(grow, kinds, [(-way * (wide / 2 + 3.6), -3.0, 0.78), (way * (wide / 2 + 5), 4, 1.0)])
    plot.backdrop(grow, kinds)
    plot.neighbour(grow, rng, site.hour, -20, 2, 8, 3)
    plot.neighbour(grow, rng, site.hour, 21, 3, 8, 3, "#b8b0a4", "#44484c")
    nature.hedge(grow, drive + 3.6, drive + 4.3, yard + 0.5, 4, 1.1)
    face = "shingled" if shingled else "clapboard"
    return View(
        alt=f"A {wall_name} {face} bungalow with a deep front porch and a {door_name} door, {site.hour.phrase}",
        target=(0.3 * way, -porch / 2),
        distance=filling(wide + 1.4, top, 0.66) + 1,
        yaw=way * rng.uniform(8, 24),
        rise=top * 0.42,
    )
