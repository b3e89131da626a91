"""The pieces of food, and how each is strewn over a plate."""

import math

from draw import dice, ellipse, group, pair, shape, specks, spiral, use
from greens import vegetables
from leaves import leaves
from meat import meat
from small import small


def pieces(sprite):
    """Adds each piece, and `NAME-s`: the same over the whole plate."""
    for name, shapes, how in [*meat(sprite), *vegetables(sprite), *leaves(sprite), *small(sprite)]:
        sprite.add(name, shapes)
        if how:
            sprite.add(f"{name}-s", strewn(sprite, name, *how))
    mixed = [("green", 0), ("red", 130), ("yellow", 250)]
    sprite.add("peppers-s", "".join(use(f"pepper-{color}-s", turn=turn) for color, turn in mixed))
    round_things(sprite)
    flecks(sprite)


def strewn(sprite, name, count, radius, sway=180):
    """The piece at several places, turned each time; only the middle ones lie over others.

    Small pieces lie in clusters, of which there is one drawing.
    """
    rng = dice(f"{name} strewn")
    one = name
    if count >= 15:
        one, each = f"{name}-c", 4
        spots = list(spiral(rng, each, 26, jitter=0.25))
        sprite.add(one, "".join(use(name, round(x), round(y), rng.randint(-18, 18) * 10) for x, y in spots))
        count, radius = round(count / each), radius - 14
    places = list(spiral(rng, count, radius))
    other = f"{name}-b" if f"{name}-b" in sprite.groups else one
    return "".join(use(rng.choice((one, other)), round(x), round(y), round(rng.uniform(-sway, sway))) for x, y in reversed(places))


def round_things(sprite):
    """Peas, beans, nuts: strokes with round ends, darker below and lighter above."""
    for name, light, middle, dark, count, width, length in (
        ("peas", "#b5dc68", "#7bb136", "#426f17", 26, 16, 0.1),
        ("lentils", "#b98a52", "#8a5c2c", "#4d2f12", 44, 11, 1),
        ("chickpeas", "#f8e2ac", "#e3ba6c", "#9c6a26", 26, 19, 3),
        ("white-beans", "#fffdf4", "#f3e8ce", "#b79d6c", 22, 15, 12),
        ("black-beans", "#6b5560", "#30232a", "#0f090c", 26, 14, 8),
        ("corn", "#fff2ac", "#fbd04a", "#bf820f", 28, 13, 3),
        ("hominy", "#fffdf2", "#f6eccd", "#bda268", 20, 19, 4),
        ("peanuts", "#f7dca6", "#dfae66", "#93602a", 17, 11.5, 8),
        ("pistachios", "#dfe396", "#a3b552", "#5c6026", 19, 8, 7),
        ("raisins", "#8f5a40", "#4f2a1c", "#1f0c07", 15, 11.5, 5),
        ("capers", "#b4bc6c", "#6f7c32", "#3a4514", 18, 11, 1),
    ):
        rng, d = dice(name), ""
        for x, y in clusters(rng, count, 104):
            angle = rng.uniform(0, math.tau)
            d += f"M{round(x)} {round(y)}l{pair((math.cos(angle) * length, math.sin(angle) * length))}"
        sprite.add(f"{name}-line", shape(d))
        strokes = (
            ("#1c0f06", width + 5, 1, 2, 0.4),
            (dark, width, 0.4, 1, 1),
            (middle, width - 1.6, 0, 0, 1),
            (light, width * 0.55, -0.6, -width * 0.12, 0.8),
            ("#fff", width * 0.2, -width * 0.12, -width * 0.22, 0.75),
        )
        layers = (use(f"{name}-line", x, y, stroke=color, stroke_width=w, **({} if opacity == 1 else {"stroke_opacity": opacity})) for color, w, x, y, opacity in strokes)
        sprite.add(f"{name}-s", group("".join(layers), fill="none", stroke_linecap="round"))


def clusters(rng, count, radius):
    """Points over a disc that gather in places, none over another."""
    found = []
    for x, y in spiral(rng, count * 2, radius, jitter=0.2):
        if len(found) < count and (rng.random() < 0.7):
            found.append((x, y))
    return found


def flecks(sprite):
    """What is strewn last, too small to be a piece."""
    sprite.add("toasted", toasted(sprite))
    for name, color, count, width, least, most in (
        ("sesame-s", "#fbeecb", 44, 4, 1.5, 2.5),
        ("pepper-s", "#241a14", 40, 2.4, 0.1, 1.5),
        ("chili-s", "#c8301a", 34, 2.8, 1, 4),
        ("paprika-s", "#b5401c", 44, 2.2, 0.1, 1),
        ("coconut-s", "#fffdf6", 34, 3, 4, 8),
        ("crumbs-s", "#c98a3c", 44, 4, 0.1, 3),
        ("seeds-s", "#3c342c", 44, 2.6, 0.1, 1),
        ("oats-s", "#e6cf9c", 40, 6, 1, 3),
        ("saffron-s", "#d9620f", 22, 1.8, 6, 11),
        ("chocolate-s", "#3c1e10", 34, 4, 4, 9),
        ("sugar-s", "#fff", 64, 2.6, 0.1, 1),
    ):
        sprite.add(f"{name}-line", shape(specks(dice(name), count, 126, least, most)))
        under = use(f"{name}-line", 0.8, 1.3, stroke="#1c0f06", stroke_width=width + 1.2, stroke_opacity=0.3)
        over = use(f"{name}-line", stroke=color, stroke_width=width)
        sprite.add(name, group(under + over, stroke_linecap="round"))


def toasted(sprite):
    rng = dice("toasted")
    shade = sprite.radial("#5a2a0a/.6", "#8f5217/.3@.6", "#a8661f/0", center=(0.5, 0.5), r=0.5)
    return "".join(ellipse(rng.randint(6, 20), rng.randint(5, 13), shade, round(x), round(y)) for x, y in spiral(rng, 15, 68, jitter=0.3))
