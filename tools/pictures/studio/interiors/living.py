"""Living rooms: a sofa group in front of a wall with pictures, a fireplace or shelves, and light from one side."""

from ..materials import brick, fabric, leather, mottled, paint, rgb
from ..site import View
from . import furniture as fit
from .room import IN_WORDS, STYLES, Room


def build(site):
    rng, grow = site.rng, site.grow
    style = site.turn(STYLES, 3)
    layout = site.turn(["sofa", "fireplace", "windows", "shelves"])
    back = None
    if style.name == "industrial":
        back = brick(rgb("#94543f"), rgb("#7a4433"), rgb("#a59a8c"))
    elif layout in ("sofa", "fireplace") and site.number % 2 == 0:
        back = mottled(rgb(style.accent), 0.03, 1.5, 0.9, 0.1)
    room = Room(site, style, rng.uniform(5.0, 5.8), rng.uniform(4.6, 5.2), rng.choice((2.7, 2.85, 3.0)), back=back)
    w, d, way = room.wide, room.deep, room.way
    windows = [(d * 0.22 - 0.1, 0.35, 1.35, 2.0, 2, 1), (d * 0.22 + 1.75, 0.35, 1.35, 2.0, 2, 1)]
    behind = [(w / 2 - 1.6, 0.4, 3.2, 1.95, 3, 1)] if layout == "windows" else []
    room.shell(behind, windows, panelled=style.name == "classic", beams=style.name == "country")
    lit_wall = room.left if way < 0 else room.right
    for o in windows:
        room.curtains(lit_wall, o[0] + 2.6 if way < 0 else d - o[0] - o[2], o[1], o[2], o[3], reach=0.3)
    if behind:
        room.curtains(room.back, *behind[0][:4], reach=0.55)
    cloth = leather(rgb(style.cloth)) if style.name == "industrial" else fabric(rgb(style.cloth))
    second, third = fabric(rgb(style.second)), fabric(rgb(style.third))
    cream = fabric(rgb("#e9e3d6"))
    timber = room.timber
    cushions = (
        [(second, -0.72), (third, -0.42), (cream, 0.6)]
        if rng.random() < 0.6
        else [(third, -0.7), (cream, 0.45), (second, 0.72)]
    )
    rug_y = d * 0.44
    fit.rug(0, rug_y, 3.2, 2.2, style.rug, style.second if rng.random() < 0.5 else style.third, rng)
    side = -way  # away from the windows
    if layout in ("sofa", "windows"):
        y = d - (0.62 if layout == "sofa" else 0.95)
        fit.sofa(0, y, cloth, timber, 2.3, 0, cushions)
        if layout == "sofa":
            fit.gallery(
                room.back,
                w / 2,
                1.72,
                rng,
                timber if rng.random() < 0.5 else paint(rgb("#1f2022"), 0.5),
                rng.choice((1, 2, 3)),
            )
        fit.table(-way * 0.1, rug_y + 0.12, 1.1, 0.62, 0.4, timber, timber, kind=rng.choice(["four", "round"]))
        fit.armchair(side * 1.75, rug_y + 0.2, second, timber, 52 * side)
        fit.floor_lamp(
            side * 1.55,
            d - 0.5,
            room.metal,
            "#efe6d2",
            room.evening,
            kind=rng.choice(["drum", "arc"]) if side < 0 else "drum",
        )
        fit.plant(
            way * (w / 2 - 0.55),
            d - 0.55,
            rng,
            grow,
            rng.uniform(1.2, 1.7),
            pot=rng.choice(["#d9d3c8", "#3a3d40", "#b0653f"]),
        )
        what = "a sofa under framed prints" if layout == "sofa" else "a sofa before a wide window"
    elif layout == "fireplace":
        fit.fireplace(room, room.back, w / 2)
        fit.picture(room.back, w / 2, 1.82, 1.0, 0.8, rng, room.metal if style.metal > "#8" else timber)
        for k, a in enumerate((-0.6, 0.62)):
            fit.vase(a, d - 0.16, 1.17, style.third if k else style.second, grow, rng, 0.85, stems=k == 0)
        fit.pile(0.32, d - 0.15, 1.17, rng, 2)
        fit.sofa(side * (w / 2 - 0.75), rug_y + 0.1, cloth, timber, 2.1, -90 * side, cushions)
        fit.armchair(way * 1.55, rug_y + 0.75, second, timber, -58 * side)
        fit.table(0.0, rug_y, 0.95, 0.6, 0.4, timber, timber, kind="round")
        fit.shelf_unit(
            -w / 2 + 0.72,
            d - 0.01,
            1.15,
            2.1,
            0.3,
            room.white if style.name != "industrial" else timber,
            rng,
            grow,
            columns=2,
            rows=5,
        )
        fit.plant(w / 2 - 0.6, d - 0.55, rng, grow, 1.4)
        what = "a fireplace, a sofa and shelves of books"
    else:
        fit.shelf_unit(
            side * 1.1,
            d - 0.01,
            2.4,
            2.25,
            0.32,
            timber,
            rng,
            grow,
            columns=4,
            rows=5,
            back=mottled(rgb(style.accent), 0.03),
        )
        fit.sideboard(way * 1.35, d - 0.02, 1.7, timber, room.metal)
        fit.picture(room.back, w / 2 + way * 1.35, 1.45, 0.8, 1.0, rng, timber)
        fit.vase(way * 1.85, d - 0.25, 0.62, style.third, grow, rng)
        fit.table_lamp(way * 0.8, d - 0.25, 0.62, mottled(rgb(style.second), 0.1), "#efe6d2", room.evening)
        fit.sofa(side * (w / 2 - 0.8), rug_y, cloth, timber, 2.1, -90 * side, cushions)
        fit.armchair(way * 1.2, rug_y + 0.55, second, timber, -50 * side)
        fit.table(0.05, rug_y, 1.0, 0.6, 0.4, timber, timber, kind="four")
        fit.plant(way * (w / 2 - 0.5), d - 0.5, rng, grow, 1.5)
        what = "a wall of books, a sofa and an armchair"
    fit.pile(-0.2, rug_y + 0.1, 0.4, rng, 3, 12)
    fit.bowl(0.2, rug_y + 0.05, 0.4, style.second, rng, fruit=False, size=0.8)
    if rng.random() < 0.5:
        fit.basket(side * (w / 2 - 0.45), d * 0.2 + 0.3)
    if rng.random() < 0.4:
        fit.pendant(
            0, rug_y + 0.4, room.high - 0.6, room.high, room.metal, room.evening, rng.choice(["globe", "drum"]), 0.18
        )
    exposure = room.finish(yaw=-way * rng.uniform(3, 13), rise=1.18, back=1.0, eye=1.3, lens=29)
    return View(
        alt=f"A {style.name} living room with {what}, {IN_WORDS[site.hour_name]}",
        target=(0, 0),
        distance=0,
        exposure=exposure,
    )
