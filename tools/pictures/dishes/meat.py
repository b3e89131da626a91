"""Meat, fish, eggs, and what is served in their place."""

from draw import MAIN, blob, circle, dice, ellipse, line, n, path
from forms import chunk, cube, halo


def meat(sprite):
    for name, light, middle, dark, sear in (
        ("chicken", "#f3cf8c", "#d99a4e", "#96551f", "#6a3210"),
        ("pork", "#e8b489", "#bd7645", "#74391a", "#4b1f0b"),
        ("beef", "#b0764f", "#80492d", "#42200f", "#331407"),
        ("lamb", "#bd8258", "#8f5433", "#502611", "#3a170a"),
        ("tempeh", "#e6c58d", "#bf9050", "#7c501f", "#5a3210"),
    ):
        sprite.add(f"{name}-b", chunk(sprite, f"{name} b", light, middle, dark, sear, 25, 5))
        yield name, chunk(sprite, name, light, middle, dark, sear, 28, 7), MAIN
    yield "tofu", cube(sprite, "tofu", "#fff8e4", "#efd9a6", "#b98546", "#c07e32"), MAIN
    yield "paneer", cube(sprite, "paneer", "#fffdf3", "#f6e9c8", "#cfae72", "#d3973f"), MAIN
    yield "shrimp", shrimp(sprite), (7, 92)
    for name, light, middle, dark, line_ in (
        ("salmon", "#fbb088", "#ee8254", "#b9502a", "#ffd9bd"),
        ("cod", "#fffaf0", "#f2e4cb", "#cba877", "#d9c19a"),
        ("snapper", "#f6d9c8", "#e3a08a", "#a8503f", "#fbe9de"),
    ):
        yield name, flakes(sprite, name, light, middle, dark, line_), (7, 90)
        yield f"{name}-fillet", fillet(sprite, name, light, middle, dark, line_), None
    yield "chicken-breast", breast(sprite, "breast", "#f2c983", "#d18d3f", "#8c4d1a", "#fbeed6", "#e4c79b"), None
    yield "steak", breast(sprite, "steak", "#8a5236", "#5d2f1c", "#2d120a", "#d9776a", "#8f3a31"), None
    yield "pork-loin", breast(sprite, "loin", "#d9985e", "#ab6634", "#653314", "#f3d9c3", "#d9ae92"), None
    yield "halloumi", halloumi(sprite), (6, 88)
    yield "egg-fried", egg_fried(sprite), None


def shrimp(sprite):
    body = "M24 14C30-14 8-32-14-24C-34-16-34 12-16 22C-10 25-6 18-11 14C-22 6-18-8-8-11C4-14 12-4 10 12C9 20 22 22 24 14z"
    bands = "M22-2Q14-2 10 2M14-18Q8-12 6-6M0-26Q-1-18-2-12M-17-23Q-13-16-10-11M-28-8Q-21-6-16-3M-26 10Q-20 8-15 6"
    tail = "M-14 22C-8 34-2 38 6 36Q0 30-2 27Q4 28 10 24Q0 18-10 14z"
    return (
        halo(35, 33)
        + path(tail, sprite.linear("#d8492c", "#a52a16"))
        + path(body, sprite.radial("#ffd9bd", "#f79a6c", "#d45a35"))
        + line(bands, "#d2522f", 2.6, stroke_opacity=0.75, stroke_linecap="round")
        + line("M15-12C6-26-12-25-22-14", "#fff", 3, stroke_opacity=0.6, stroke_linecap="round")
    )


def flakes(sprite, name, light, middle, dark, mark):
    """A piece of cooked fish that comes apart in flakes."""
    outline = blob(dice(name), 27, 20, 8, 0.12)
    return (
        halo(36, 28)
        + path(outline, sprite.radial(light, middle, dark, r=0.72))
        + line("M-18-10Q-8 0-16 11M-6-15Q4-2-4 14M7-15Q17-2 8 14M18-10Q24 0 19 8", mark, 2.6, stroke_opacity=0.85)
        + line("M-15-9Q-5 1-13 12M-3-14Q7-1-1 15M10-14Q20-1 11 14", dark, 1.2, stroke_opacity=0.45)
        + line("M-14-14Q0-20 14-14", "#fff", 3, stroke_opacity=0.4, stroke_linecap="round")
    )


def fillet(sprite, name, light, middle, dark, mark):
    """A whole fillet, 150 long, browned on top."""
    outline = "M-78 8C-80-24-40-38 6-36C46-34 78-22 80-2C80 20 46 34 2 36C-40 38-76 32-78 8z"
    arcs = "".join(f"M{x}-30Q{x + 16} 0 {x} 31" for x in (-52, -34, -16, 2, 20, 38, 54))
    brown = sprite.radial("#7d3c10/.55", "#8c4a18/.25@.6", "#8c4a18/0", center=(0.5, 0.5), r=0.5)
    grill = line("M-50-26L-32 30M-20-32L2 34M14-34L34 30M44-28L60 18", "#5b2a0c", 5, stroke_opacity=0.34, stroke_linecap="round")
    return (
        halo(96, 52)
        + path(outline, dark, transform="translate(2 5)")
        + path(outline, sprite.radial(light, middle, dark, r=0.78))
        + line(arcs, mark, 3, stroke_opacity=0.8)
        + ellipse(46, 18, brown, -16, -8)
        + ellipse(30, 14, brown, 40, 8)
        + grill
        + line("M-56-18Q-20-32 40-26", "#fff", 4, stroke_opacity=0.4, stroke_linecap="round")
    )


def breast(sprite, name, light, middle, dark, inside, deep):
    """Meat in slices that lean on each other, the seared side up and the cut side lit."""
    out = halo(100, 56)
    for i, x in enumerate((62, 38, 14, -10, -34, -58)):
        rng = dice(f"{name} {i}")
        high = 38 - abs(i - 2.5) * 4
        d = f"M{x - 16} {n(-high)}C{x + 18} {n(-high - 4)} {x + 22} {n(high)} {x - 8} {n(high)}C{x - 26} {n(high * 0.6)} {x - 28} {n(-high * 0.6)} {x - 16} {n(-high)}z"
        cut = f"M{x - 17} {n(-high * 0.92)}C{x - 4} {n(-high * 0.5)} {x - 2} {n(high * 0.6)} {x - 10} {n(high * 0.95)}C{x - 26} {n(high * 0.6)} {x - 28} {n(-high * 0.6)} {x - 17} {n(-high * 0.92)}z"
        out += path(d, sprite.linear(light, middle, dark), stroke=dark, stroke_width=1.5, stroke_opacity=0.6) + path(cut, sprite.linear(inside, deep, to=(1, 0.3)))
        out += line(f"M{x + 1} {n(-high * 0.5)}q8 {n(high * 0.4)} 1 {n(high * 0.9)}", dark, 4, stroke_opacity=0.5, stroke_linecap="round")
    return out + line("M-60-22Q-10-40 54-26", "#fff", 3, stroke_opacity=0.3, stroke_linecap="round")


def halloumi(sprite):
    d = "M-30-16Q0-20 30-16Q34 0 30 16Q0 20-30 16Q-34 0-30-16z"
    return (
        halo(42, 28)
        + path(d, "#c78f3c", transform="translate(1 4)")
        + path(d, sprite.radial("#fff3cc", "#f6d98f", "#dba648", r=0.75))
        + line("M-22-15L-14 17M-7-17L1 18M8-17L16 17M22-15L28 10", "#7b3d10", 4.5, stroke_opacity=0.6, stroke_linecap="round")
    )


def egg_fried(sprite):
    rng = dice("egg")
    edge = blob(rng, 56, 51, 14, 0.08)
    return (
        halo(68, 64)
        + path(edge, "#b87a35")
        + path(edge, sprite.radial("#ffffff", "#fffaf0", "#f1e3c8"), transform="scale(.95)")
        + circle(22, "#e59414", 5, 3)
        + circle(21, sprite.radial("#ffd75a", "#fbb024", "#e8890c"), 4, 1)
        + ellipse(7, 4, "#fff", -4, -8, fill_opacity=0.75)
        + line("M-36-18Q-26-36-6-40", "#fff", 4, stroke_opacity=0.9, stroke_linecap="round")
    )
