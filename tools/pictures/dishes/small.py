"""Fruit, nuts, bread, and what is laid over a dish at the end."""

import math

from draw import MAIN, SOME, blob, circle, dice, ellipse, group, line, pair, path, use
from forms import bean, coin, cube, halo, seeds, slice_of_citrus, spokes, strip, wedge


def small(sprite):
    yield "cashews", group(line("M-10 6Q-6-10 10-6", "#b98a4a", 11, stroke_linecap="round") + line("M-10 6Q-6-10 10-6", "#f3dcae", 8.5, stroke_linecap="round") + line("M-9 2Q-5-8 6-8", "#fff", 2, stroke_opacity=0.6, stroke_linecap="round")), (9, 98)
    yield "almonds", path("M-13 0Q-2-11 14 0Q-2 11-13 0z", sprite.radial("#fdf3dc", "#f3dcb0", "#c9985a"), stroke="#b07a3c", stroke_width=1), (12, 102)
    yield "walnuts", path(blob(dice("walnut"), 13, 10, 9, 0.3), sprite.radial("#dcb27c", "#b07f48", "#6f441c")) + line("M-10 0Q0-3 10 0M-5-7Q-2 0-5 6M5-7Q3 0 5 6", "#5f3814", 1.5, stroke_opacity=0.7), (9, 98)
    yield "pumpkin-seeds", path("M-10 0Q-1-8 11 0Q-1 8-10 0z", sprite.radial("#a9bb68", "#6f8a3c", "#42591c")), (16, 102)
    yield "apricots", group(halo(24, 19) + path(blob(dice("apricot"), 18, 13, 7, 0.14), sprite.radial("#ffb54a", "#ef8f1f", "#b55f0c")) + line("M-8-2Q0 4 9 0", "#a8560a", 2, stroke_opacity=0.5) + line("M-9-6Q0-11 8-7", "#fff", 2, stroke_opacity=0.5, stroke_linecap="round")), SOME
    for name, light, middle, dark in (("black-olives", "#6a5660", "#352a33", "#140e13"), ("green-olives", "#cdd078", "#9aa13c", "#626a18")):
        yield name, coin(sprite, light, middle, middle, dark, 11, circle(4.5, dark, fill_opacity=0.9), 0.5), (9, 100)
    for name, light, middle, dark in (("red-chilies", "#f4553a", "#d12a1a", "#8a140a"), ("green-chilies", "#8cc152", "#4f922a", "#255712")):
        yield name, coin(sprite, "#fbe3c0", light, middle, dark, 8.5, circle(4, light) + seeds(3, 3.5, 1.5, 1, "#fff4d0"), 0.3), (9, 100)
    yield "dried-chilies", strip(sprite, "#b53322", "#8a1c12", "#4a0c06", 26, 9, 14, 0.5), (5, 92)
    yield "star-anise", path("".join(f"M0 0L{pair((math.cos(a - 0.22) * 9, math.sin(a - 0.22) * 9))}L{pair((math.cos(a) * 20, math.sin(a) * 20))}L{pair((math.cos(a + 0.22) * 9, math.sin(a + 0.22) * 9))}z" for a in (math.tau * i / 8 for i in range(8))), "#6b3a1a") + circle(4, "#8f5a30"), None
    yield "cinnamon", group(halo(50, 13) + path("M-44-7H44V7H-44z", sprite.linear("#b9713c", "#8a4a20", "#5a2a0e")) + line("M-44 0H44", "#4a1f08", 2, stroke_opacity=0.7) + line("M-42-4H40", "#fff", 1.2, stroke_opacity=0.25)), None
    citrus = {"lemon": ("#f0c21e", "#fff8dc", "#fff09a", "#f3cf3c"), "lime": ("#4f8f24", "#f2f7d6", "#d9ea92", "#9cc24a"), "orange": ("#ee8a14", "#fff0d6", "#ffc45c", "#f2931e")}
    for name, colors in citrus.items():
        if name != "orange":
            yield f"{name}-wedge", wedge(sprite, *colors), None
        yield f"{name}-slice", slice_of_citrus(sprite, *colors), (4, 80) if name == "orange" else None
    yield "feta", path("M-9-6L2-9L10-3L8 6L-3 9L-10 3z", sprite.linear("#ffffff", "#e6e0d2"), stroke="#cfc6b2", stroke_width=1, stroke_linejoin="round"), (14, 100)
    yield "parmesan", path("M-20-4Q-2-12 20-5Q10 0 18 6Q0 2-16 8Q-22 4-20-4z", sprite.linear("#fff6d4", "#efd997"), stroke="#cfae5c", stroke_width=1), (7, 88)
    yield "kimchi", group(path(blob(dice("kimchi"), 26, 16, 8, 0.2), sprite.radial("#f39a5c", "#d9502a", "#962410")) + line("M-18 3Q0-10 18-2M-12 9Q2 0 16 6", "#fbe3bf", 3, stroke_opacity=0.7) + line("M-14-8Q0-14 12-9", "#fff", 2.5, stroke_opacity=0.5, stroke_linecap="round")), SOME
    yield "apple", group(halo(32, 20) + path("M-27 8C-24-20 24-20 27 8Q0 15-27 8z", sprite.linear("#fffbe6", "#f3e3ac")) + line("M-27 8C-24-20 24-20 27 8", "#c4352c", 4, stroke_linecap="round") + line("M-6 3Q0-2 6 3Q0 7-6 3z", "#d9c27c", 1.2)), MAIN
    yield "pear", group(halo(32, 20) + path("M-27 8C-24-20 24-20 27 8Q0 15-27 8z", sprite.linear("#fffbe6", "#f3e3ac")) + line("M-27 8C-24-20 24-20 27 8", "#a9ad3c", 4, stroke_linecap="round") + line("M-6 3Q0-2 6 3Q0 7-6 3z", "#d9c27c", 1.2)), MAIN
    yield "banana", coin(sprite, "#fffbe2", "#f9ecb4", "#f1d67c", "#c9a344", 18, line(spokes(3, 1, 6), "#c9b070", 2, stroke_linecap="round"), 0.5), (8, 88)
    yield "blueberries", bean(sprite, "#7f92c9", "#47589c", "#1f2856", 10, 10, circle(3.5, "#28335f", 2, 1) + line(spokes(5, 2, 4.5), "#8fa0d0", 1, transform="translate(2 1)")), (15, 96)
    yield "strawberries", group(halo(26, 28) + path("M0 24C-16 16-22-4-14-14C-8-20 8-20 14-14C22-4 16 16 0 24z", sprite.radial("#f7685a", "#da2f2f", "#9a1420")) + path("M0 14C-7 8-10-2-6-8C-3-11 3-11 6-8C10-2 7 8 0 14z", "#fbd3c6", fill_opacity=0.85) + line("M-15 0l0 1M-10 10l0 1M15 0l0 1M10 10l0 1M-14-9l0 1M14-9l0 1", "#fbe0a0", 2.4, stroke_linecap="round")), (7, 88)
    yield "mango", cube(sprite, "mango", "#ffd35c", "#fbb12a", "#d0780c", "#f09a1a", 17), (9, 92)
    yield "dates", bean(sprite, "#a5683c", "#6b3a1c", "#351608", 17, 10), SOME
    yield "flatbread", flatbread(sprite), None
    yield "tortilla", tortilla(sprite), None
    yield "crouton", group(halo(26, 24) + path("M-20-14L18-18L22 14L-18 18z", sprite.linear("#f3d193", "#cf9245", to=(1, 1)), stroke="#9a5f22", stroke_width=2, stroke_linejoin="round") + use("toasted", size=0.3)), (8, 96)
    yield "orecchiette", orecchiette(sprite), (15, 112)
    yield "dollop", dollop(sprite), None
    yield "drizzle", drizzle("#f0c878", "#c08a34"), None
    yield "swirl", swirl(), None


def flatbread(sprite):
    """A triangle of pita."""
    d = "M-44 26Q-52 30-46 14L-6-44Q0-52 8-44L48 16Q52 28 40 28Q0 40-44 26z"
    return path(d, "#1c0f06", fill_opacity=0.22, transform="translate(3 6)scale(1.05)") + path(d, "#9a6428", transform="translate(1 4)") + path(d, sprite.radial("#fbe6b8", "#ebc482", "#c08a42", r=0.72)) + use("toasted", 0, -2, size=0.4)


def tortilla(sprite):
    rng = dice("tortilla")
    outline = blob(rng, 76, 74, 16, 0.03)
    return halo(92, 88) + path(outline, "#b9863c", transform="translate(1 3)") + path(outline, sprite.radial("#fbe9b4", "#f3d589", "#d9a94e", r=0.62)) + use("toasted", size=0.95)


def orecchiette(sprite):
    return halo(22) + circle(16, "#b98a42", 1, 2) + circle(16, sprite.radial("#fbeabf", "#efd092", "#c99a4e")) + ellipse(8.5, 8, sprite.radial("#b9863f", "#dcb168", "#efd092", center=(0.4, 0.35), r=0.6), 1, 1) + line("M-10-7Q-6-13 3-13", "#fff", 2.2, stroke_opacity=0.6, stroke_linecap="round")


def dollop(sprite):
    rng = dice("dollop")
    return halo(44, 40) + path(blob(rng, 36, 32, 8, 0.1), sprite.radial("#ffffff", "#fbf7ee", "#ddd3c0")) + line("M-18 6Q-14-16 6-14Q22-10 16 6Q8 18-4 12Q-12 4-2-2", "#cfc4ae", 3, stroke_opacity=0.7, stroke_linecap="round") + line("M-20-6Q-12-22 6-22", "#fff", 4, stroke_linecap="round")


def drizzle(light, dark):
    d = "M-104-38Q-60-74-20-40T60-56T108-22Q70 6 30-12T-60 8T-110 26Q-70 58-24 38T70 40T100 50"
    return line(d, dark, 9, stroke_linecap="round", stroke_linejoin="round", stroke_opacity=0.7) + line(d, light, 6.5, stroke_linecap="round", stroke_linejoin="round")


def swirl():
    """Cream that was poured in a spiral."""
    d = "M0 0"
    for i in range(1, 15):
        a, b = i * math.pi / 4, (i - 0.5) * math.pi / 4
        d += f"Q{pair((math.cos(b) * (4 + i * 5.2), math.sin(b) * (4 + i * 4.6)))} {pair((math.cos(a) * (4 + i * 5), math.sin(a) * (4 + i * 4.4)))}"
    return line(d, "#fff6df", 8, stroke_linecap="round", stroke_opacity=0.35) + line(d, "#fffdf4", 4, stroke_linecap="round", stroke_opacity=0.8)
