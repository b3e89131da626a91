"""Kitchens: a run of cabinets with a hob and a sink, an island or a table in front of it."""

from .. import light
from ..materials import boards, marble, mottled, paint, rgb, tiles, wood
from ..site import View
from . import furniture as fit
from .room import IN_WORDS, STYLES, Room

FRONTS = [
    ("white", "#f0eee8"),
    ("sage green", "#8d9f8a"),
    ("navy", "#2c3e55"),
    ("oak", None),
    ("charcoal", "#3a3d3f"),
    ("cream", "#ece3cf"),
    ("dusty blue", "#8aa0ac"),
    ("walnut", None),
    ("forest green", "#2f4a3c"),
    ("pale grey", "#c9cac6"),
    ("terracotta", "#b9694c"),
    ("black", "#232426"),
]
SPLASH = ["#f1eee6", "#dfe6e1", "#e8dccb", "#9fb3b0", "#f4f2ee", "#c9d3d8"]


def build(site):
    rng, grow = site.rng, site.grow
    name, color = site.turn(FRONTS)
    style = site.turn(STYLES, 3)
    pale = color is None or max(rgb(color)) < 0.5
    floor = (
        boards(rgb(style.floor), 0.16, rough=0.35, spread=0.12)
        if site.number % 3
        else tiles(rgb(rng.choice(["#cfc8bb", "#8e8d88", "#b9856a"])), rgb("#8b857a"), 0.6, 0.6, 0.3)
    )
    room = Room(site, style, rng.uniform(4.8, 5.4), rng.uniform(4.3, 4.8), 2.7, floor=floor)
    w, d, way = room.wide, room.deep, room.way
    fronts = {"oak": wood(rgb("#b98a56")), "walnut": wood(rgb("#6b452a"))}.get(name) or paint(rgb(color), 0.4)
    top = site.turn(
        [
            marble(),
            wood(rgb("#b0804e"), 0.35),
            mottled(rgb("#3b3c3e"), 0.15, 12, 0.25, 0.02),
            mottled(rgb("#d9d5cc"), 0.05, 14, 0.3, 0.02),
            marble((0.86, 0.84, 0.8), (0.5, 0.42, 0.33)),
        ],
        2,
    )
    over = rng.choice(["shelves", "cabinets", "window", "window"])
    u_sink = w * 0.5 + way * 0.9
    back = [(u_sink - 0.75, 1.12, 1.5, 1.15, 2, 1)] if over == "window" else []
    room.shell(
        back, [(d * 0.3, *rng.choice(((0.02, 1.7, 2.15), (0.95, 1.7, 1.3))), 2, 1)], beams=style.name == "country"
    )
    metal = room.metal
    side = -way
    left, right = -w / 2 + 0.02, w / 2 - 0.02
    # tall units and the fridge on the dark side
    t0, t1 = (left, left + 1.3) if side < 0 else (right - 1.3, right)
    run0, run1 = (t1, right) if side < 0 else (left, t0)
    steel = paint(rgb("#b9bbbc"), 0.28, 0.9)
    p = fit.Piece(0, d)
    p.box(t0, t1, -0.64, 0, 0.1, 2.3, fronts, 0.004)
    middle = (t0 + t1) / 2
    for a, b, c, e in ((t0, middle, 0.12, 2.28), (middle, t1, 0.12, 0.78), (middle, t1, 1.78, 2.28)):
        p.box(a + 0.006, b - 0.006, -0.662, -0.64, c, e, fronts, 0.005)
    p.box(middle + 0.01, t1 - 0.01, -0.67, -0.64, 0.82, 1.4, paint(rgb("#16181a"), 0.12), 0.006)
    p.bar([(middle + 0.08, -0.7, 1.33), (t1 - 0.08, -0.7, 1.33)], 0.011, steel)
    p.box(middle + 0.01, t1 - 0.01, -0.67, -0.64, 1.42, 1.76, paint(rgb("#1d1f21"), 0.15), 0.006)
    p.bar([(middle - 0.05, -0.69, 0.9), (middle - 0.05, -0.69, 1.5)], 0.009, metal)
    # the run
    _cabinets(p, run0, run1, fronts, metal, shaker=style.name in ("classic", "country", "coastal", "Scandinavian"))
    p.box(run0, run1, -0.66, 0, 0.88, 0.92, top, 0.005)
    splash = (
        tiles(rgb(rng.choice(SPLASH)), rgb("#cfcac0"), rng.choice((0.15, 0.2)), 0.075, 0.15, 0.5)
        if site.number % 4
        else top
    )
    s = room.shape
    high = 1.45 if over == "cabinets" else 1.12 if back else 1.55
    s.box(room.back, run0 + w / 2, run1 + w / 2, 0.92, high, 0, 0.012, splash)
    # hob with a hood
    x_hob = (run0 + run1) / 2 - way * (run1 - run0) * 0.26
    p.box(x_hob - 0.38, x_hob + 0.38, -0.6, -0.08, 0.92, 0.93, paint(rgb("#121314"), 0.1), 0.003)
    p.box(x_hob - 0.3, x_hob + 0.3, -0.664, -0.655, 0.3, 0.8, paint(rgb("#17191b"), 0.15), 0.003)
    hood = rng.choice(["steel", "boxed"])
    if hood == "steel":
        p.box(x_hob - 0.45, x_hob + 0.45, -0.48, 0, 1.6, 1.66, steel, 0.004)
        p.box(x_hob - 0.14, x_hob + 0.14, -0.3, 0, 1.66, room.high, steel, 0.003)
    else:
        p.box(
            x_hob - 0.42, x_hob + 0.42, -0.45, 0, 1.62, room.high - 0.1, fronts if name != "black" else room.white, 0.01
        )
        p.box(x_hob - 0.46, x_hob + 0.46, -0.48, 0, 1.58, 1.64, room.timber, 0.006)
    p.turned(
        x_hob - 0.15,
        -0.3,
        [(0.11, 0.93), (0.12, 0.96), (0.12, 1.06), (0.0, 1.07)],
        paint(rgb(rng.choice(["#b5532f", "#2f6066", "#e3ddd0", "#c58a2d"])), 0.25),
    )
    # sink and tap
    x_sink = u_sink - w / 2
    p.box(x_sink - 0.32, x_sink + 0.32, -0.58, -0.14, 0.921, 0.925, steel, 0.001)
    p.box(x_sink - 0.29, x_sink + 0.29, -0.55, -0.17, 0.924, 0.926, paint(rgb("#6a6c6d"), 0.4, 0.6), 0.001)
    p.bar(
        [(x_sink, -0.1, 0.92), (x_sink, -0.1, 1.22), (x_sink, -0.14, 1.29), (x_sink, -0.24, 1.3), (x_sink, -0.3, 1.24)],
        0.013,
        metal,
    )
    # cabinets or shelves above
    free = [(run0 + 0.05, x_hob - 0.55), (x_hob + 0.55, run1 - 0.05)]
    for a, b in free:
        if b - a < 0.55 or (back and a - 0.2 < x_sink < b + 0.2):
            continue
        if over == "cabinets":
            _cabinets(p, a, b, fronts, metal, 0.36, 1.5, 2.3, plinth=0)
            light.panel((0.5 * (a + b), d - 0.2, 1.47), (0, 0, -1), b - a, 0.05, 5, (1, 0.86, 0.68))
        else:
            for v in (1.55, 1.92):
                p.box(a, b, -0.24, 0, v, v + 0.035, room.timber, 0.004)
                x = a + 0.12
                while x < b - 0.12:
                    what = rng.choice(["jar", "bowl", "plates", "vase", "jar"])
                    if what == "jar":
                        p.turned(
                            x,
                            -0.12,
                            [(0.045, v + 0.035), (0.05, v + 0.05), (0.05, v + 0.15), (0.035, v + 0.17), (0, v + 0.17)],
                            paint(rgb(rng.choice(["#e5ddcc", "#b98a5a", "#7d8f7a", "#d9d3c8"])), 0.4),
                        )
                    elif what == "bowl":
                        fit.bowl(
                            x, d - 0.12, v + 0.035, rng.choice(["#e8e2d6", "#7f9583", "#c58a5a"]), rng, False, 0.65
                        )
                    elif what == "plates":
                        for k in range(4):
                            p.turned(
                                x,
                                -0.12,
                                [
                                    (0.05, v + 0.036 + 0.013 * k),
                                    (0.1, v + 0.05 + 0.013 * k),
                                    (0.0, v + 0.044 + 0.013 * k),
                                ],
                                paint(rgb("#efebe2"), 0.3),
                            )
                    else:
                        fit.vase(x, d - 0.12, v + 0.035, rng.choice(fit.ART), grow, rng, 0.6, rng.random() < 0.5)
                    x += rng.uniform(0.2, 0.3)
    # things on the counter
    p.turned(
        run1 - 0.35 if way > 0 else run0 + 0.35,
        -0.25,
        [(0.06, 0.92), (0.07, 0.97), (0.065, 1.06), (0.06, 1.06)],
        mottled(rgb("#d9d3c8"), 0.1),
    )
    fit.plant(
        run1 - 0.3 if way > 0 else run0 + 0.3,
        d - 0.25,
        rng,
        grow,
        0.45,
        0.92,
        rng.choice(["#b0653f", "#e5ddcc"]),
        "fig",
    )
    fit.Piece(x_sink - way * 0.62, d - 0.12, 0, 0.92).box(-0.16, 0.16, -0.03, 0.0, 0, 0.42, room.timber, 0.01)
    # in front: an island with stools, or a table
    y = d * 0.46
    if site.number % 3 != 2:
        q = fit.Piece(0, y)
        body = fronts if rng.random() < 0.5 else (room.white if pale else paint(rgb(style.second), 0.45))
        q.box(-1.05, 1.05, -0.22, 0.4, 0.08, 0.88, body, 0.006)
        for i in range(3):
            q.box(-1.04 + 0.7 * i, -0.36 + 0.7 * i, -0.236, -0.22, 0.12, 0.85, body, 0.006)
        q.box(-1.15, 1.15, -0.5, 0.44, 0.88, 0.925, top, 0.006)
        for a in (-0.68, 0, 0.68):
            fit.stool(a, y - 0.62, room.timber, metal)
        fit.bowl(0.45, y, 0.925, rng.choice(["#e8e2d6", "#2f4f5f", "#7f9583"]), rng)
        fit.vase(-0.6, y + 0.05, 0.925, style.third, grow, rng, 1.0)
        fit.pile(-0.2, y + 0.1, 0.925, rng, 2)
        for a in (-0.6, 0.6):
            fit.pendant(a, y, 1.75, room.high, metal, room.evening, "dome" if site.number % 2 else "globe", 0.17)
        what = "an island, stools"
    else:
        fit.table(0, y, 1.3, 1.3, 0.75, room.timber, room.timber, kind="pedestal")
        for a, (dx, dy) in ((90, (-0.85, 0)), (-90, (0.85, 0)), (180, (0.1, -0.8)), (0, (-0.1, 0.8))):
            fit.chair(dx, y + dy, a if dx == 0 else a, room.timber, None, "spindle")
        fit.bowl(0, y, 0.75, style.second, rng)
        fit.pendant(0, y, 1.6, room.high, metal, room.evening, "dome", 0.26)
        what = "a round table"
    lamps = "pendant lamps" if "island" in what else "a pendant lamp"
    exposure = room.finish(yaw=-way * rng.uniform(4, 14), rise=1.12, back=1.0, eye=1.5, lens=29)
    return View(
        alt=f"A {name} kitchen with {what} and {'a view of the garden' if back else lamps}, {IN_WORDS[site.hour_name]}",
        target=(0, 0),
        distance=0,
        exposure=exposure,
    )


def _cabinets(p, a, b, fronts, metal, deep=0.62, low=0.1, high=0.88, plinth=0.1, shaker=False):
    p.box(a, b, -deep, -0.001, low, high, fronts, 0.002, 1)
    if plinth:
        p.box(a, b, -deep + 0.06, 0, 0, plinth, paint(rgb("#2a2a2a"), 0.6), 0.001, 1)
    count = max(1, round((b - a) / 0.55))
    w = (b - a) / count
    for i in range(count):
        u0, u1 = a + i * w + 0.004, a + (i + 1) * w - 0.004
        drawers = plinth and i % 2 == 1
        spans = (
            [(low + 0.01, low + 0.36), (low + 0.37, low + 0.58), (low + 0.59, high - 0.01)]
            if drawers
            else [(low + 0.01, high - 0.01)]
        )
        for v0, v1 in spans:
            p.box(u0, u1, -deep - 0.02, -deep, v0, v1, fronts, 0.004)
            if shaker:
                e = 0.06
                for c, d, f, g in (
                    (u0, u0 + e, v0, v1),
                    (u1 - e, u1, v0, v1),
                    (u0 + e, u1 - e, v0, v0 + e),
                    (u0 + e, u1 - e, v1 - e, v1),
                ):
                    p.box(c, d, -deep - 0.028, -deep - 0.02, f, g, fronts, 0.002, 1)
            if drawers:
                m = (u0 + u1) / 2
                p.bar([(m - 0.09, -deep - 0.05, v1 - 0.06), (m + 0.09, -deep - 0.05, v1 - 0.06)], 0.007, metal, 8)
            else:
                h = u1 - 0.05 if i % 4 else u0 + 0.05
                p.bar(
                    [
                        (h, -deep - 0.05, v1 - 0.22 if plinth else v0 + 0.06),
                        (h, -deep - 0.05, v1 - 0.06 if plinth else v0 + 0.22),
                    ],
                    0.007,
                    metal,
                    8,
                )
