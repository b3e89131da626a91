"""What dishes stand on: tables, cloths, cutlery and the light of a window. 600 by 400, from the top left corner."""

import math

from draw import circle, closed, dice, ellipse, group, line, n, pair, path, shape, use

FRAME = "M0 0h600v400H0z"


def centered(*shapes):
    """What is drawn from the corner of the picture, moved to be around its middle."""
    return group("".join(shapes), transform="translate(-300-200)")


def tables(sprite):
    grain(sprite)
    boards(sprite, "oak", "#d9b48a", "#cba274", "#8a5f36")
    boards(sprite, "walnut", "#7a5238", "#6a4530", "#2e1a10")
    boards(sprite, "white-wood", "#ece6da", "#e1d9ca", "#a2937c")
    boards(sprite, "blue-wood", "#7f9aa3", "#728d97", "#34505c")
    marble(sprite)
    plaster(sprite, "slate", "#4b4f52", "#2f3335", "#74797b")
    plaster(sprite, "sand", "#e6d3b8", "#d3b993", "#fbf0df")
    plaster(sprite, "clay", "#c98b6b", "#b27252", "#e3b095")
    plaster(sprite, "sage", "#b7c0a4", "#9daa8a", "#d6dcc8")
    weave(sprite)
    linen(sprite, "linen", "#ded6c8", "#cbc0ad")
    light(sprite)


def grain(sprite):
    """Lines along boards; the color comes from the table."""
    rng = dice("grain")
    d = ""
    for _ in range(46):
        x, y = rng.randint(-40, 420), rng.randint(4, 396)
        length, bend = rng.randint(70, 260), rng.randint(-4, 4)
        d += f"M{x} {y}q{length // 2} {bend} {length} {rng.randint(-2, 2)}"
    for x, y in ((150, 60), (452, 330), (60, 245)):
        for r in (5, 10, 16):
            d += f"M{x - r * 3} {y}q{r * 3} {-r} {r * 6} 0"
            d += f"q{-r * 3} {r} {-r * 6} 0"
    sprite.add("grain", line(d, "inherit", 1.1).replace(' stroke="inherit"', ""))


def boards(sprite, name, light_, dark, ink):
    rows = "".join(
        path(f"M0 {y}h600v{h}H0z", fill)
        for y, h, fill in (
            (0, 98, light_),
            (98, 104, dark),
            (202, 96, light_),
            (298, 102, dark),
        )
    )
    joints = line("M0 98h600M0 202h600M0 298h600", ink, 2, stroke_opacity=0.55) + line(
        "M0 100h600M0 204h600M0 300h600", "#fff", 1, stroke_opacity=0.18
    )
    lines = group(use("grain"), stroke=ink, stroke_opacity=0.2)
    sprite.add(name, centered(rows, lines, joints))


def marble(sprite):
    rng = dice("marble")
    veins = ""
    for x in (-60, 70, 210, 330, 460):
        d, y, at = f"M{x} -10", -10, x
        while y < 410:
            at, y = at + rng.randint(4, 60), y + rng.randint(40, 100)
            d += f"Q{at - rng.randint(10, 50)} {y - rng.randint(10, 40)} {at} {y}"
        veins += line(d, "#8d8f94", rng.choice((1, 1.5, 2.5)), stroke_opacity=0.32)
        veins += line(d, "#b9bcc2", rng.choice((9, 14, 20)), stroke_opacity=0.14)
    sprite.add("marble", centered(path(FRAME, sprite.linear("#f7f5f2", "#e4e2e0", to=(1, 1))), veins))


def plaster(sprite, name, middle, dark, light_):
    rng = dice(name)
    clouds = ""
    for fill, count in ((light_, 6), (dark, 6)):
        shade = sprite.radial(f"{fill}/.55", f"{fill}/0", center=(0.5, 0.5), r=0.5)
        clouds += "".join(
            ellipse(rng.randint(110, 220), rng.randint(50, 110), shade, rng.randint(0, 600), rng.randint(0, 400))
            for _ in range(count)
        )
    d = "".join(f"M{rng.randint(0, 600)} {rng.randint(0, 400)}h.1" for _ in range(70))
    dots = line(d, dark, 2, stroke_linecap="round", stroke_opacity=0.6)
    sprite.add(name, centered(path(FRAME, middle), clouds, dots))


def weave(sprite):
    """The threads of cloth, over any area."""
    threads = "".join(f"M0 {y}h600" for y in range(3, 400, 6)) + "".join(f"M{x} 0v400" for x in range(3, 600, 6))
    sprite.add("weave", shape(threads, fill="none", stroke_width=1))


def linen(sprite, name, light_, dark):
    folds = ""
    for d in ("M-20 70Q280 120 620 20", "M-20 330Q250 270 620 370", "M150 -10Q190 200 120 410"):
        folds += line(d, "#fff", 26, stroke_opacity=0.14) + line(d, "#000", 9, stroke_opacity=0.05)
    sprite.add(
        name,
        centered(
            path(FRAME, sprite.linear(light_, dark, to=(1, 1))),
            group(use("weave"), stroke="#000", stroke_opacity=0.07),
            folds,
        ),
    )


def light(sprite):
    """The light of a window at the top left, over everything."""
    sprite.add(
        "light",
        centered(
            path(FRAME, sprite.radial("#fff6e0/.3", "#fff/0@.6", center=(0.12, 0.02), r=0.8)),
            path(FRAME, sprite.radial("#000/0@.5", "#1a0d05/.36", center=(0.42, 0.42), r=0.8)),
        ),
    )


def cloths(sprite):
    """A folded napkin, from its middle: 210 by 260."""
    outline = "M-104-128Q0-134 102-126Q108 0 104 128Q0 134-102 127Q-109 0-104-128z"
    for name, main, stripe in (
        ("napkin-white", "#f4efe6", "#b9c2c4"),
        ("napkin-red", "#efe7da", "#b4473a"),
        ("napkin-blue", "#3f5f78", "#e7ddcc"),
        ("napkin-ochre", "#d3a04a", "#f3e4c4"),
        ("napkin-green", "#7d8f69", "#e6e4d2"),
    ):
        stripes = line("M-82-130V130M-74-130V130M78-130V130M86-130V130", stripe, 4, stroke_opacity=0.75)
        folds = (
            path("M-104-128Q-30-60 6 130L-102 127Q-109 0-104-128z", "#fff", fill_opacity=0.12)
            + line("M-96-120Q-20-50 10 128", "#000", 5, stroke_opacity=0.07)
            + line("M30-128Q44 10 24 130", "#000", 7, stroke_opacity=0.06)
            + line("M36-128Q50 10 30 130", "#fff", 5, stroke_opacity=0.16)
        )
        under = path(outline, "#000", fill_opacity=0.2, transform="translate(6 9)")
        sprite.add(name, under, path(outline, main), stripes, folds)


def cutlery(sprite):
    """Pieces 230 long, from their middle; the handle points down."""
    steel = sprite.linear("#8f949a", "#f7f9fb@.35", "#c3c8cd@.6", "#6d737a", to=(1, 0))
    brass = sprite.linear("#8a6a2c", "#f7e3a9@.35", "#d3ae5c@.6", "#71531d", to=(1, 0))
    for suffix, metal in (("", steel), ("-brass", brass)):
        fork = (
            "M-4-8C-14-18-15-40-14-62L-14-110Q-12-114-10-110L-9-66-6-66-5.500-110Q-4-114-2-110L-1.500-66 1.500-66 2-110"
            "Q4-114 5.500-110L6-66 9-66 10-110Q12-114 14-110L14-62C15-40 14-18 4-8L7 96Q0 108-7 96z"
        )
        knife = "M-6-6L-7-70C-7-96-2-112 8-116L9-6 7 98Q1 108-5 98z"
        spoon = "M-4-24C-24-40-22-112 0-112S24-40 4-24L7 96Q0 108-7 96z"
        for name, d in (("fork", fork), ("knife", knife), ("spoon", spoon)):
            under = path(d, "#000", fill_opacity=0.28, transform="translate(4 6)")
            extra = ellipse(11, 27, "#000", 0, -70, fill_opacity=0.1) if name == "spoon" else ""
            sprite.add(f"{name}{suffix}", under, path(d, metal), extra)
    under = line("M-7-116L-4 120M8-116L6 120", "#000", 8, stroke_opacity=0.25, transform="translate(4 6)")
    for name, wood, tip in (("chopsticks", "#5a2f22", "#c8473a"), ("chopsticks-pale", "#c99a62", "#8a5a2e")):
        sprite.add(
            name,
            under,
            line("M-7-116L-4 120M8-116L6 120", wood, 7, stroke_linecap="round"),
            line("M-8-116L-5 120M7-116L5 120", "#fff", 1.5, stroke_opacity=0.35),
            line("M-5 84L-4 120M7 84L6 120", tip, 7, stroke_linecap="round"),
        )
