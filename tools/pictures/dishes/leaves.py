"""Leaves and herbs."""

import math

from draw import closed, ellipse, group, line, path, use
from forms import leaf, strip


def leaves(sprite):
    yield "spinach", leaf(sprite, "spinach", "#5c9438", "#2c5a1a", "#a9cc7a", 32, 18), (9, 92)
    yield "kale", leaf(sprite, "kale", "#5f8f4a", "#274f24", "#b5d39a", 36, 20, 0.28), (9, 92)
    yield "chard", leaf(sprite, "chard", "#55913a", "#25551c", "#d8355a", 38, 19, 0.12), (8, 92)
    yield "romaine", leaf(sprite, "romaine", "#a9cf5c", "#5f9a30", "#eef5cc", 44, 22, 0.14), (8, 90)
    yield "lettuce", leaf(sprite, "lettuce", "#b9da6c", "#6fa838", "#f0f7d2", 48, 30, 0.2), (6, 84)
    yield "napa-cabbage", leaf(sprite, "napa", "#e9f0b4", "#a6c766", "#fdfdf2", 38, 16, 0.22), (9, 92)
    shreds = "".join(strip(sprite, light, middle, dark, 28, 4.5, bend, 0.3) for light, middle, dark, bend in (("#f3f6cf", "#d3e29a", "#93b25a", 16), ))
    yield "cabbage", shreds + group(line("M-20 12Q2-10 24 8", "#93b25a", 6) + line("M-20 12Q2-10 24 8", "#e6efb8", 4)), (14, 96)
    yield "bean-sprouts", line("M-26 6Q-4-12 20 2", "#c9bd94", 6.5, stroke_linecap="round") + line("M-26 6Q-4-12 20 2", "#fffdf2", 4.5, stroke_linecap="round") + ellipse(6, 4.5, "#f1dc7c", 24, 3), (16, 94)
    yield "basil", leaf(sprite, "basil", "#6db244", "#2f6f22", "#bfe08e", 23, 14), (6, 84)
    yield "thai-basil", leaf(sprite, "thai-basil", "#5c9c3c", "#2a5a22", "#8a4a78", 24, 11), (7, 92)
    yield "mint", leaf(sprite, "mint", "#74bb5c", "#357a34", "#c9eab0", 19, 11, 0.14), (8, 92)
    yield "bay-leaf", leaf(sprite, "bay", "#93a45c", "#55682c", "#d5dcae", 32, 11), None
    yield "curry-leaves", leaf(sprite, "curry-leaf", "#4f8436", "#234f1a", "#93ba6c", 17, 6.5), (10, 96)
    yield "parsley", sprig(sprite, "#4f9234", "#25591a"), (7, 94)
    yield "cilantro", sprig(sprite, "#67a544", "#2f701f"), (7, 94)
    yield "thyme", needles("#6f8f4f", "#4f5f38", 7, 5.5), (4, 84)
    yield "rosemary", needles("#5c7a4a", "#5a4a30", 9, 10), (3, 70)
    yield "dill", fronds("#6fa03c"), (6, 92)
    yield "bunch", bunch(sprite), None


def sprig(sprite, light, dark):
    """Three lobed leaves on a stem."""
    points = []
    for middle in (-90, -20, -160):
        for turn, far in ((-38, 11), (-26, 19), (-12, 15), (0, 23), (12, 15), (26, 19), (38, 11)):
            angle = math.radians(middle + turn)
            points.append((middle, turn, math.cos(angle) * far, math.sin(angle) * far))
        points.append((middle, 60, math.cos(math.radians(middle + 55)) * 4, math.sin(math.radians(middle + 55)) * 4))
    order = sorted(points, key=lambda point: (-160, -90, -20).index(point[0]))
    outline = closed([(x, y) for _, _, x, y in order])
    return (
        line("M0 22Q1 8 0 0", dark, 2, stroke_linecap="round")
        + path(outline, sprite.radial(light, dark, center=(0.5, 0.3), r=0.7))
        + line("M0 0V-17M0 0L16-6M0 0L-16-6", "#cfe8a4", 1, stroke_opacity=0.55)
    )


def needles(color, stem, pairs, long):
    d = "".join(f"M0 {y}l{-long} {-long * 0.6:g}M0 {y}l{long} {-long * 0.6:g}" for y in range(-28, -28 + pairs * 7, 7))
    return line("M0 34Q2 0 0-30", stem, 2, stroke_linecap="round") + line(d, color, 4, stroke_linecap="round") + line(d, "#fff", 1, stroke_opacity=0.2)


def fronds(color):
    d = "M0 24Q2 0 0-22"
    for y in (-16, -8, 0, 8):
        for side in (-1, 1):
            d += f"M0 {y}q{side * 6}-2 {side * 14}-10M{side * 7} {y - 4}l{side * 8} 1M{side * 7} {y - 4}l{side * 1}-9"
    return line(d, color, 1.9, stroke_linecap="round")


def bunch(sprite):
    """Herbs to lie on the table."""
    return group(use("parsley", -10, -16, -30, 1.5) + use("parsley", 16, -10, 24, 1.6) + use("parsley", 2, 8, 0, 1.5) + line("M2 20Q6 44 0 66M-4 10Q-2 40-10 62M12 6Q12 40 12 62", "#4f8a2c", 3, stroke_linecap="round"))
