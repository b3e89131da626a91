"""Bowls, plates, pans and small dishes, from their middle. A bowl holds food to a radius of 150, a plate to 140."""

import math

from draw import circle, closed, dice, ellipse, group, line, pair, path, shape, specks, use


def ware(sprite):
    sprite.add("sh", circle(1, sprite.radial("#1c0f06/.6@.5", "#1c0f06/.3@.76", "#1c0f06/0", center=(0.5, 0.5), r=0.5)))
    speckle = specks(dice("speckle"), 90, 186, 0.1, 1.5)
    sprite.add("speckle", line(speckle, "#4a3a28", 1.8, stroke_linecap="round", stroke_opacity=0.38))
    for name, rim, light, dark, inside, speckled in (
        ("white", "#fffdf9", "#fbf8f2", "#d5cec2", "#f3efe7", False),
        ("stone", "#efe6d6", "#e6dac6", "#b9a98f", "#e2d6c2", True),
        ("ink", "#41505c", "#35434f", "#182128", "#2c3944", True),
        ("celadon", "#cfdcd0", "#bfd0c4", "#87a095", "#c5d5c8", True),
        ("terra", "#c9805a", "#bb6f49", "#7c4024", "#e8cdb4", False),
        ("coal", "#4a4846", "#3b3937", "#171615", "#2e2c2b", True),
    ):
        bowl(sprite, f"bowl-{name}", rim, light, dark, inside, speckled)
        plate(sprite, f"plate-{name}", rim, light, dark, inside, speckled)
    pan(sprite)
    paella(sprite)
    baking(sprite)
    board(sprite)
    small(sprite)


def bowl(sprite, name, rim, light, dark, inside, speckled):
    sprite.add(
        name,
        use("sh", 12, 18, size=208),
        circle(184, sprite.linear(light, dark, to=(1, 1))),
        circle(181, sprite.linear(rim, light, dark, to=(1, 1))),
        circle(169, sprite.linear(dark, inside, rim, to=(1, 1))),
        circle(181, "none", stroke="#fff", stroke_width=2.5, stroke_opacity=0.5),
        circle(169, "none", stroke="#000", stroke_width=1.5, stroke_opacity=0.16),
        use("speckle") if speckled else "",
        circle(158, sprite.radial("#000/0@.8", "#000/.34", center=(0.54, 0.55), r=0.52)),
    )


def plate(sprite, name, rim, light, dark, inside, speckled):
    sprite.add(
        name,
        use("sh", 9, 14, size=210),
        circle(188, sprite.linear(rim, dark, to=(1, 1))),
        circle(185, sprite.linear(rim, light, to=(1, 1))),
        circle(185, "none", stroke="#fff", stroke_width=2, stroke_opacity=0.55),
        circle(158, sprite.linear(dark, light, rim, to=(1, 1))),
        circle(153, sprite.radial(inside, light, center=(0.55, 0.6), r=0.7)),
        use("speckle") if speckled else "",
        circle(158, "none", stroke="#fff", stroke_width=2, stroke_opacity=0.28),
    )


def pan(sprite):
    """A cast iron skillet, its handle to the right."""
    handle = "M150-26C200-24 230-22 300-24Q330-24 330 0T300 24C230 22 200 24 150 26z"
    iron = sprite.linear("#56524f", "#2b2928", "#131212", to=(1, 1))
    sprite.add(
        "skillet",
        use("sh", 12, 18, size=204),
        path(handle, "#000", fill_opacity=0.3, transform="translate(6 12)"),
        path(handle, iron),
        line("M160-16C210-14 240-13 296-14", "#fff", 3, stroke_opacity=0.16),
        ellipse(15, 9, "#0c0b0b", 300),
        circle(180, iron),
        circle(178, "none", stroke="#9a948e", stroke_width=2.5, stroke_opacity=0.6),
        circle(166, sprite.linear("#121111", "#3a3735", to=(1, 1))),
        circle(158, sprite.radial("#34312f", "#1d1b1a")),
    )


def paella(sprite):
    """A wide steel pan with two red handles."""
    steel = sprite.linear("#e8e9ea", "#8d9194", "#565a5d", to=(1, 1))
    handle = "M-176-44C-214-40-216 40-176 44"
    sprite.add(
        "paella",
        use("sh", 10, 15, size=206),
        line(handle, "#9c2f25", 15, stroke_linecap="round"),
        line(handle, "#fff", 3, stroke_opacity=0.3),
        line(handle, "#9c2f25", 15, stroke_linecap="round", transform="scale(-1 1)"),
        circle(182, steel),
        circle(180, "none", stroke="#fff", stroke_width=2.5, stroke_opacity=0.6),
        circle(166, sprite.linear("#5d6164", "#c9cccd", to=(1, 1))),
        circle(156, "#6f5a35"),
    )


def rounded(w, h, r):
    return f"M{-w + r} {-h}H{w - r}Q{w} {-h} {w} {-h + r}V{h - r}Q{w} {h} {w - r} {h}H{-w + r}Q{-w} {h} {-w} {h - r}V{-h + r}Q{-w} {-h} {-w + r} {-h}z"


def shade(outline):
    """The shadow of something that is not round: outlines, one larger than the other."""
    return "".join(path(outline, "#1c0f06", fill_opacity=0.075, transform=f"translate({x} {x * 1.5:g})scale({size})") for x, size in ((3, 1), (5, 1.01), (7, 1.02), (9, 1.03), (11, 1.04), (13, 1.05)))


def baking(sprite):
    """A baking dish with two handles; it holds food to 200 by 128."""
    for name, light, middle, dark, edge in (
        ("baking-white", "#fffdf8", "#ece6db", "#b9b0a2", "#3d5a78"),
        ("baking-terra", "#d28a60", "#b96c44", "#7a4022", "#8a4a2a"),
    ):
        body = sprite.linear(light, middle, dark, to=(1, 1))
        outer = rounded(226, 154, 56)
        ears = "M-222-44Q-262-40-262 0T-222 44zM222-44Q262-40 262 0T222 44z"
        sprite.add(
            name,
            shade(outer),
            path(ears, body),
            path("M-228-28Q-248-26-248 0T-228 28zM228-28Q248-26 248 0T228 28z", "#000", fill_opacity=0.2),
            path(outer, body),
            path(outer, "none", stroke=edge, stroke_width=4, stroke_opacity=0.8),
            path(rounded(212, 140, 46), sprite.linear(dark, middle, light, to=(1, 1))),
        )


def board(sprite):
    """A wooden board with a handle, 400 by 260."""
    outline = rounded(215, 142, 34)
    wood = sprite.linear("#c08a56", "#a9713f", "#8a5629", to=(0.3, 1))
    rng = dice("board")
    d = "".join(f"M{-205 + rng.randint(0, 90)} {y}q150 {rng.randint(-6, 6)} {rng.randint(220, 310)} {rng.randint(-3, 3)}" for y in range(-128, 132, 11))
    sprite.add(
        "board",
        shade(outline),
        path(outline, wood),
        line(d, "#5a3312", 1.6, stroke_opacity=0.3),
        path(outline, "none", stroke="#ecc391", stroke_width=2.5, stroke_opacity=0.55),
    )


def small(sprite):
    """Small dishes beside the plate, 46 in radius."""
    for name, rim, inside, fill in (
        ("dip-dark", "#f4f0e8", "#d9d2c4", ("#5a3520", "#2a140a")),
        ("dip-red", "#3a4650", "#2b353d", ("#d8502c", "#8a1f10")),
        ("dip-white", "#c98a5e", "#9a5c36", ("#fffdf6", "#e4dcc8")),
        ("dip-green", "#e9e1d0", "#cdc1a8", ("#9cb04e", "#55702a")),
        ("dip-gold", "#54504c", "#3a3735", ("#f2c860", "#b8791f")),
    ):
        sprite.add(
            name,
            use("sh", 4, 6, size=58),
            circle(50, sprite.linear(rim, inside, to=(1, 1))),
            circle(49, "none", stroke="#fff", stroke_width=1.5, stroke_opacity=0.5),
            circle(42, sprite.linear(inside, rim, to=(1, 1))),
            circle(38, sprite.radial(*fill)),
            line("M-24-14Q-12-28 6-28", "#fff", 3, stroke_opacity=0.4, stroke_linecap="round"),
        )
    sprite.add(
        "glass",
        use("sh", 6, 9, size=52),
        circle(44, "#dfe9ec", fill_opacity=0.55),
        circle(44, "none", stroke="#fff", stroke_width=3, stroke_opacity=0.8),
        circle(36, sprite.radial("#fff/.5", "#a9c2c9/.6")),
        line("M-26-14Q-14-30 8-30", "#fff", 4, stroke_opacity=0.8, stroke_linecap="round"),
    )
