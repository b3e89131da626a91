"""Dining rooms and studies."""

from ..materials import brick, fabric, mottled, paint, rgb
from ..site import View
from . import furniture as fit
from .room import IN_WORDS, STYLES, Room


def build(site):
    rng, grow = site.rng, site.grow
    style = site.turn(STYLES, 3)
    study = site.number % 3 == 0
    back = (
        brick(rgb("#94543f"), rgb("#7a4433"), rgb("#a59a8c"))
        if style.name == "industrial"
        else mottled(rgb(style.accent), 0.03, 1.5, 0.9, 0.1)
        if site.number % 2 == 0
        else None
    )
    room = Room(site, style, rng.uniform(4.4, 5.0), rng.uniform(4.2, 4.7), 2.75, back=back)
    w, d, way = room.wide, room.deep, room.way
    wide_window = not study and site.number % 3 == 1
    behind = [(w / 2 - 1.4, 0.1, 2.8, 2.2, 4, 1)] if wide_window else []
    side_windows = [(d * 0.25, 0.8, 1.5, 1.5, 2, 2 if style.name in ("classic", "country") else 1)]
    room.shell(behind, side_windows, panelled=style.name in ("classic", "country"), beams=style.name == "country")
    lit_wall = room.left if way < 0 else room.right
    for o in side_windows:
        room.curtains(lit_wall, o[0] + 2.6 if way < 0 else d - o[0] - o[2], *o[1:4], reach=0.4)
    if behind:
        room.curtains(room.back, *behind[0][:4], reach=0.5)
    if study:
        what = _study(room, rng, grow)
        alt = f"A {style.name} study with {what}, {IN_WORDS[site.hour_name]}"
    else:
        what = _dining(room, rng, grow, wide_window)
        alt = f"A {style.name} dining room with {what}, {IN_WORDS[site.hour_name]}"
    exposure = room.finish(yaw=-way * rng.uniform(4, 13), rise=1.12, back=1.0, eye=1.38, lens=29)
    return View(alt=alt, target=(0, 0), distance=0, exposure=exposure)


def _dining(room, rng, grow, windowed):
    style, timber, w, d, way = room.style, room.timber, room.wide, room.deep, room.way
    y = d * 0.5
    cloth = fabric(rgb(style.second))
    kind = rng.choice(["spindle", "ladder", "shell", "padded"])
    make = lambda x, yy, turn: fit.chair(
        x, yy, turn, timber if kind != "shell" else room.metal, cloth if kind in ("shell", "padded") else None, kind
    )
    fit.rug(0, y, 3.1, 2.3, style.rug, style.third, rng)
    if rng.random() < 0.35:
        fit.table(0, y, 1.35, 1.35, 0.75, timber, timber, kind="pedestal")
        for turn, dx, dy in ((0, 0, 0.82), (180, 0.05, -0.85), (90, -0.85, 0.0), (-90, 0.85, 0.05)):
            make(dx, y + dy, turn)
        shape = "a round table"
    else:
        fit.table(
            0,
            y,
            2.1,
            0.95,
            0.75,
            timber,
            room.metal if style.name == "industrial" else timber,
            kind=rng.choice(["four", "trestle"]),
        )
        for dx in (-0.62, 0.0, 0.62):
            make(dx, y + 0.62, 0)
            make(dx + 0.02, y - 0.66, 180 + rng.uniform(-6, 6))
        shape = "a long table"
    fit.vase(0.05, y, 0.75, style.third, grow, rng, 1.15)
    fit.bowl(-0.45, y + 0.05, 0.75, style.second, rng, size=0.9)
    p = fit.Piece(0, y)
    for x, yy in ((-0.62, -0.3), (0.62, -0.3), (0.62, 0.28)):
        p.turned(x, yy, [(0.07, 0.752), (0.125, 0.768), (0.0, 0.76)], paint(rgb("#f2efe8"), 0.25))
    for x in (-0.5, 0.5) if shape == "a long table" else (0,):
        fit.pendant(
            x, y, 1.62, room.high, room.metal, room.evening, rng.choice(["dome", "globe"]) if x <= 0 else "dome", 0.22
        )
    if not windowed:
        fit.sideboard(way * 0.2, d - 0.02, 1.8, timber, room.metal, high=0.8, deep=0.42)
        fit.table_lamp(way * 0.2 - 0.65, d - 0.25, 0.8, mottled(rgb(style.second), 0.1), "#efe6d2", room.evening)
        fit.pile(way * 0.2 + 0.45, d - 0.25, 0.8, rng, 3)
        fit.vase(way * 0.2 + 0.75, d - 0.22, 0.8, style.rug, grow, rng, 0.8, stems=False)
        fit.gallery(room.back, w / 2 + way * 0.2, 1.72, rng, timber, rng.choice((1, 2, 3)), 0.5)
    fit.plant(-way * (w / 2 - 0.5), d - 0.5, rng, grow, rng.uniform(1.3, 1.7))
    if rng.random() < 0.6:
        fit.shelf_unit(
            -way * (w / 2 - 0.01), d * 0.5, 1.2, 1.9, 0.32, timber, rng, grow, turn=-90 * -way, columns=2, rows=4
        )
    return f"{shape} and {'a wide window' if windowed else 'a sideboard under framed prints'}"


def _study(room, rng, grow):
    style, timber, w, d, way = room.style, room.timber, room.wide, room.deep, room.way
    x = way * 0.55
    fit.rug(x * 0.4, d * 0.52, 2.6, 1.8, style.rug, style.third, rng)
    fit.table(x, d - 0.42, 1.6, 0.7, 0.75, timber, room.metal if style.metal < "#5" else timber, kind="four")
    fit.chair(x, d - 1.0, 180, room.metal, fabric(rgb(style.second)), "shell")
    p = fit.Piece(x, d - 0.3)
    p.box(-0.32, 0.32, 0.02, 0.045, 0.9, 1.28, paint(rgb("#131415"), 0.15), 0.006)
    p.box(-0.03, 0.03, 0.045, 0.07, 0.76, 1.05, paint(rgb("#8d9092"), 0.3, 0.8), 0.004)
    p.box(-0.13, 0.13, -0.04, 0.1, 0.75, 0.762, paint(rgb("#8d9092"), 0.3, 0.8), 0.004)
    p.box(-0.22, 0.22, -0.26, -0.13, 0.75, 0.768, paint(rgb("#d8d8d6"), 0.4), 0.005)
    fit.table_lamp(x - way * 0.62, d - 0.3, 0.75, room.metal, "#efe6d2", room.evening, 0.8)
    fit.pile(x + way * 0.55, d - 0.4, 0.75, rng, 3)
    fit.vase(x + way * 0.68, d - 0.2, 0.75, style.third, grow, rng, 0.6)
    fit.gallery(room.back, w / 2 + x, 1.85, rng, timber, 3, 0.36)
    fit.shelf_unit(-way * (w / 2 - 0.85), d - 0.01, 1.45, 2.3, 0.32, timber, rng, grow, columns=2, rows=6)
    fit.armchair(-way * 1.35, d * 0.5, fabric(rgb(style.cloth)), timber, -48 * way)
    fit.floor_lamp(-way * (w / 2 - 0.35), d * 0.72, room.metal, "#efe6d2", room.evening)
    fit.plant(way * (w / 2 - 0.4), d - 0.45, rng, grow, 1.2)
    return "a desk, shelves of books and an armchair"
