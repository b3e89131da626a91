"""Vegetables."""

from draw import MAIN, SOME, blob, circle, dice, ellipse, line, path, specks
from forms import chunk, coin, cube, floret, halo, ring, seeds, spokes, strip


def vegetables(sprite):
    yield "mushrooms", mushroom(sprite), MAIN
    yield "shiitake", coin(sprite, "#9a6a44", "#6b4226", "#4a2a16", "#2e180b", 23, line("M-11 0H11M0-11V11M-8-8L8 8", "#e6c9a0", 3, stroke_opacity=0.8, stroke_linecap="round"), 0.25), SOME
    yield "eggplant", eggplant(sprite), MAIN
    yield "cauliflower", floret(sprite, "cauliflower", "#f3ead0", "#d9c99c", "#fffdf2", "#f3e6c4", "#c9a76a", 26), MAIN
    yield "broccoli", floret(sprite, "broccoli", "#b6cf7e", "#7fa04a", "#6fa53a", "#3f7a24", "#1f4a12", 25), SOME
    yield "potatoes", chunk(sprite, "potato", "#fbe6a8", "#eec566", "#b97f26", "#9a5a18", 26, 6), MAIN
    yield "sweet-potato", cube(sprite, "sweet", "#f9a95a", "#e67f2c", "#a8480f", "#a2430c", 22), MAIN
    yield "butternut-squash", cube(sprite, "squash", "#fdc46a", "#f09a30", "#b8620f", "#b4600f", 22), MAIN
    yield "turnips", cube(sprite, "turnip", "#fffaf2", "#f1e3e3", "#c9a2b4", "#b98a9c", 18), SOME
    yield "asparagus", asparagus(sprite), (7, 84, 30)
    yield "green-beans", strip(sprite, "#9cc653", "#5f9a2c", "#2f5f12", 38, 9, 10, 0.4), (11, 90, 70)
    yield "okra", coin(sprite, "#dfe6a8", "#b6cc6c", "#5d8f2c", "#345f14", 13, seeds(5, 6.5, 3, 2.4, "#fbf7df") + line(spokes(5, 1, 11, 0.6), "#86ac44", 1.6), 0.2), (14, 104)
    yield "zucchini", coin(sprite, "#f2f1bd", "#dbe08d", "#4f8428", "#2b5412", 21, seeds(8, 9, 2.6, 1.4, "#f9f6d9") + line(spokes(6, 2, 7), "#b9c76a", 1.2), 0.35), (9, 98)
    yield "cucumber", coin(sprite, "#f3f8d8", "#d7eaa8", "#3e7d2c", "#1f4f14", 21, seeds(9, 9.5, 3, 1.5, "#f8fbe8") + circle(4, "#e6f2c0"), 0.5), (8, 98)
    yield "carrots", coin(sprite, "#ffab4a", "#f48a22", "#e07413", "#a84a08", 17, circle(7, "#ffbf66", fill_opacity=0.7) + line(spokes(10, 7, 13), "#d9690e", 1.1, stroke_opacity=0.6)), (10, 100)
    yield "radishes", coin(sprite, "#ffffff", "#fbf3f3", "#d3365a", "#951b3c", 16, line(spokes(9, 3, 9), "#e9d6d9", 1), 0.6), (11, 102)
    yield "tomatoes", tomato(sprite), (7, 98)
    yield "tomatillos", tomato(sprite, "#a9bf4c", "#7d9a2c", "#4d6a12", "#e3e9a6"), SOME
    for name, light, middle, dark in (("pepper-red", "#f2694a", "#d3341f", "#8a170c"), ("pepper-yellow", "#ffdd66", "#f5b81f", "#b87c08"), ("pepper-green", "#8fc04a", "#4f8f28", "#245410")):
        yield name, strip(sprite, light, middle, dark, 30, 11, 18), (6, 96)
    yield "leeks", ring("#dcebb0", "#7fae4c", 15, 5) + ring("#f3f7da", "#a9c97a", 8, 3), (10, 100)
    yield "scallions", ring("#8cc152", "#3f7d20", 6.5, 3.4), (26, 112)
    yield "celery", path("M-16 8Q0-20 16 8Q9 12 7 6Q0-5-7 6Q-9 12-16 8z", sprite.linear("#dbe9a6", "#8fb552"), stroke="#6f9a38", stroke_width=1.2), (13, 102)
    yield "fennel", fennel(sprite), (8, 96)
    yield "bok-choy", bok_choy(sprite), (5, 80, 180)
    yield "red-onion", ring("#d98ab0", "#8a2f5e", 18, 5) + ring("#f3d3e2", "#a84f7c", 10, 3.5), (7, 98)
    yield "onion", path("M-22 7Q0-19 22 7Q0-8-22 7z", sprite.linear("#f9e7bd", "#d9ae68"), stroke="#b5823a", stroke_width=0.8, fill_opacity=0.9), (12, 102)
    yield "avocado", avocado(sprite), None
    yield "garlic", ellipse(8, 5, sprite.radial("#fffdf2", "#f3e2b8", "#c99a4c"), stroke="#b5803a", stroke_width=0.8), (12, 104)
    yield "ginger", line("M-13 1Q0-5 13 2", "#b98f3c", 4, stroke_linecap="round") + line("M-13 1Q0-5 13 2", "#f7e3a8", 2.4, stroke_linecap="round"), (13, 100)


def mushroom(sprite):
    """A slice: cap, gills, stalk."""
    d = "M-28 0C-28-22-12-28 0-28S28-22 28 0C28 8 18 9 9 6L8 22Q0 28-8 22L-9 6C-18 9-28 8-28 0z"
    return (
        halo(36, 36)
        + path(d, "#7c4f26", transform="translate(1 3)")
        + path(d, sprite.radial("#fff4dc", "#eed3a2", "#b5824a", r=0.8), stroke="#8f5c2c", stroke_width=2.5)
        + path("M-20 1C-18-11-10-15 0-15S18-11 20 1C14 3 10 2 7-2H-7C-10 2-14 3-20 1z", "#8a5a30", fill_opacity=0.75)
        + line("M-22-10Q-12-24 6-23", "#fff", 3, stroke_opacity=0.6, stroke_linecap="round")
    )


def eggplant(sprite):
    rng = dice("eggplant")
    return (
        halo(36, 34)
        + path("M-26-4C-26-26 24-28 27-2C29 24-26 26-26-4z", "#2c1230", transform="translate(2 3)")
        + path("M-26-4C-26-26 24-28 27-2C29 24-26 26-26-4z", "#4d2150")
        + path("M-22-4C-22-22 20-23 23-2C25 19-22 21-22-4z", sprite.radial("#efdca6", "#cfa965", "#96662c"))
        + line(specks(rng, 14, 16, 1, 4), "#7c4f1f", 2, stroke_linecap="round", stroke_opacity=0.7)
        + path(blob(rng, 9, 5, 6, 0.3), "#6b3a14", fill_opacity=0.5, transform="translate(5 5)")
        + line("M-16-10Q-6-17 8-16", "#fff", 2.5, stroke_opacity=0.45, stroke_linecap="round")
    )


def asparagus(sprite):
    spear = "M-58-5L30-6Q52-10 60 0Q52 10 30 6L-58 5Q-61 0-58-5z"
    return (
        halo(70, 14)
        + path(spear, sprite.linear("#a5c95a", "#6f9f34", "#3f6a18"))
        + path("M22-6Q50-14 62 0Q50 14 22 6Q30 0 22-6z", sprite.linear("#7fa544", "#47702a"))
        + line("M26-5Q36 0 28 6M36-7Q46 0 38 7M46-6Q54 0 48 6", "#2f5014", 1.6, stroke_opacity=0.7)
        + path("M-36-5l9 1-8 3zM-10-5l9 1-8 3zM4 5l9-1-8-3z", "#54802c")
        + line("M-54-2.500H20", "#fff", 1.6, stroke_opacity=0.35, stroke_linecap="round")
    )


def tomato(sprite, light="#f4694a", middle="#d8341f", dark="#9a190c", gel="#f79a70"):
    """Half of a small tomato, cut side up."""
    r = 23
    return (
        halo(r * 1.28)
        + circle(r, dark, 1.5, 2.5)
        + circle(r, sprite.radial(light, middle, r=0.7))
        + circle(r * 0.84, "none", stroke=light, stroke_width=2, stroke_opacity=0.8)
        + line(spokes(3, 8, 12, 0.4), dark, 9, stroke_linecap="round", stroke_opacity=0.45)
        + seeds(9, 11, 2.6, 1.6, "#fbe0a0")
        + circle(4, gel)
        + line("M-15-9Q-9-18 2-19", "#fff", 3, stroke_opacity=0.65, stroke_linecap="round")
    )


def fennel(sprite):
    d = "M-30 12C-26-8-8-22 6-20C22-18 32 0 28 12C18 4 12 0 2 0C-10 0-20 6-30 12z"
    return halo(36, 26) + path(d, sprite.linear("#fbfbe8", "#cfdca6"), stroke="#9db56a", stroke_width=1.5) + line("M-24 8C-18-4-6-12 4-12C16-12 22-2 24 6M-12 3Q0-8 14 0", "#9fb868", 1.5, stroke_opacity=0.8)


def bok_choy(sprite):
    """Half of a small head: white stalks, dark leaves."""
    leaves = "M-4-10C4-40 34-46 56-34C74-24 76 24 56 34C34 46 4 40-4 10z"
    return (
        halo(70, 44)
        + path(leaves, sprite.radial("#7db04a", "#447f2c", "#1f4f18"))
        + line("M2-6Q34-34 58-26M2 0Q40-6 66-2M2 6Q34 32 56 26", "#c3dc92", 2.5, stroke_opacity=0.75)
        + path("M-62-9C-64-3-64 3-62 9C-40 22-14 24 16 18Q2 6 20 1Q2-4 16-17C-14-24-40-22-62-9z", sprite.linear("#dfeabf", "#fdfdf0", "#c2d698"))
        + line("M-58-4Q-30-12 6-11M-60 0H10M-58 4Q-30 12 6 12", "#a9c47a", 1.5, stroke_opacity=0.8)
    )


def avocado(sprite):
    """Three slices that lean on each other."""
    out = halo(60, 48)
    for x in (26, 4, -18):
        out += path(f"M{x - 10}-40C{x + 26}-30 {x + 30} 30 {x - 6} 42C{x + 6} 16 {x + 6}-14 {x - 10}-40z", sprite.linear("#f6efa8", "#dbe27e", "#8fb544", to=(1, 0)), stroke="#3f5c1a", stroke_width=2)
    return out
