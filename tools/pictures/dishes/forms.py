"""The forms of food that many ingredients share. Each gives the shapes of one piece around the origin."""

import math

from draw import SHADE, circle, closed, dice, ellipse, group, line, n, pair, path, specks, spiral, use

ROUND = (0.5, 0.5)


def halo(size, high=None):
    """The shade that a piece throws on what is under it."""
    return ellipse(size, high or size, SHADE)


def polygon(rng, rx, ry, sides, rough):
    points = []
    for i in range(sides):
        angle = math.tau * (i + rng.uniform(-0.34, 0.34)) / sides
        size = 1 + rng.uniform(-rough, rough)
        points.append((math.cos(angle) * rx * size, math.sin(angle) * ry * size))
    return "M" + "L".join(pair(point) for point in points) + "Z"


def chunk(sprite, name, light, middle, dark, sear, r=26, sides=6):
    """A browned piece of meat: its sides in the shade, its top lit, marks of the pan, fibers."""
    rng = dice(name)
    outline = polygon(rng, r * 0.94, r * 0.68, sides, 0.2)
    brown = sprite.radial(f"{sear}/.95", f"{sear}/.45@.6", f"{sear}/0", center=ROUND, r=0.5)
    fibers = "".join(
        f"M{n(-r * 0.6)} {n(y)}q{n(r * 0.6)} {n(rng.uniform(-5, 5))} {n(r * 1.2)} {n(rng.uniform(-4, 4))}" for y in (-r * 0.42, -r * 0.16, r * 0.1, r * 0.34)
    )
    return (
        halo(r * 1.34, r * 1.16)
        + path(outline, dark, stroke=dark, stroke_width=r * 0.3, stroke_linejoin="round", transform="translate(1 4)")
        + path(outline, sprite.radial(light, middle), stroke=middle, stroke_width=r * 0.26, stroke_linejoin="round")
        + line(fibers, dark, 1.5, stroke_opacity=0.34, stroke_linecap="round")
        + ellipse(r * 0.62, r * 0.4, brown, r * 0.3, r * 0.3)
        + ellipse(r * 0.46, r * 0.26, brown, -r * 0.5, -r * 0.16)
        + line(f"M{n(-r * 0.56)} {n(-r * 0.5)}L{n(r * 0.3)} {n(-r * 0.6)}", "#fff", 3.5, stroke_opacity=0.4, stroke_linecap="round")
    )


def cube(sprite, name, light, middle, dark, brown, r=21):
    """A cube with its top towards the eye, fried on some edges."""
    rng = dice(name)
    s = r * 0.86
    corners = [(-s, -s), (s, -s), (s, s), (-s, s)]
    outline = "M{}".format("L".join(pair((x + rng.uniform(-3, 3), y + rng.uniform(-3, 3))) for x, y in corners)) + "Z"
    fried = sprite.radial(f"{brown}/.9", f"{brown}/.5@.55", f"{brown}/0", center=ROUND, r=0.5)
    return (
        halo(r * 1.5)
        + path(outline, dark, stroke=dark, stroke_width=6, stroke_linejoin="round", transform="translate(2 4)")
        + path(outline, sprite.linear(light, middle, to=(1, 1)), stroke=middle, stroke_width=6, stroke_linejoin="round")
        + ellipse(r * 0.8, r * 0.36, fried, r * 0.1, r * 0.74)
        + ellipse(r * 0.42, r * 0.7, fried, r * 0.72, -r * 0.1)
        + ellipse(r * 0.4, r * 0.26, fried, -r * 0.4, -r * 0.3)
        + line(f"M{n(-s)} {n(-s * 0.5)}V{n(-s)}H{n(s * 0.6)}", "#fff", 3, stroke_opacity=0.6, stroke_linecap="round", stroke_linejoin="round")
    )


def coin(sprite, light, middle, rim, edge, r=19, marks="", shine=0.4):
    """A slice of something round."""
    return (
        halo(r * 1.3)
        + circle(r, edge, 1.5, 2)
        + circle(r, rim)
        + circle(r * 0.88, sprite.radial(light, middle, r=0.62))
        + marks
        + line(f"M{n(-r * 0.58)} {n(-r * 0.38)}Q{n(-r * 0.35)} {n(-r * 0.68)} {n(r * 0.1)} {n(-r * 0.68)}", "#fff", 2.5, stroke_opacity=shine, stroke_linecap="round")
    )


def spokes(count, inner, outer, turn=0.0):
    d = ""
    for i in range(count):
        a = math.tau * i / count + turn
        d += f"M{pair((math.cos(a) * inner, math.sin(a) * inner))}L{pair((math.cos(a) * outer, math.sin(a) * outer))}"
    return d


def seeds(count, r, rx, ry, fill):
    """Seeds around the middle, as short strokes of one path."""
    half = max(0.1, rx - ry)
    return line(spokes(count, r - half, r + half), fill, 2 * ry, stroke_linecap="round")


def strip(sprite, light, middle, dark, long=30, width=11, bend=10, shine=0.5, inside=None):
    """A bent strip: of pepper, of pasta, of a stalk."""
    d = f"M{-long} {bend / 2:g}Q0 {-bend:g} {long} {bend / 2:g}"
    over = line(f"M{n(-long * 0.7)} {n(bend * 0.1 - width * 0.18)}Q0 {n(-bend * 0.8 - width * 0.18)} {n(long * 0.5)} {n(-bend * 0.16 - width * 0.18)}", "#fff", width * 0.2, stroke_opacity=shine, stroke_linecap="round")
    under = line(d, inside, width * 0.4, stroke_linecap="round", transform=f"translate(0 {n(width * 0.42)})") if inside else ""
    return halo(long * 1.25, width * 1.5) + line(d, dark, width + 2.5, stroke_linecap="round") + line(d, middle, width, stroke_linecap="round") + under + line(d, light, width * 0.45, stroke_linecap="round", stroke_opacity=0.6) + over


def leaf(sprite, name, light, dark, vein, long=30, wide=15, rough=0.0, shade=1.0):
    """A leaf that points to the right, with its ribs."""
    rng = dice(name)
    if rough:
        top, bottom = [], []
        steps = 7
        for i in range(1, steps):
            t = i / steps
            w = wide * math.sin(math.pi * t**0.8) * (1 + (rough if i % 2 else -rough))
            x = -long + 2 * long * t
            top.append((x + rng.uniform(-2, 2), -w))
            bottom.append((x + rng.uniform(-2, 2), w))
        outline = closed([(-long, 0), *top, (long, 0), *reversed(bottom)])
    else:
        outline = f"M{-long} 0C{n(-long * 0.4)} {n(-wide * 1.3)} {n(long * 0.3)} {n(-wide * 1.15)} {long} 0C{n(long * 0.3)} {n(wide * 1.15)} {n(-long * 0.4)} {n(wide * 1.3)} {-long} 0z"
    ribs = f"M{-long} 0Q0-3 {n(long * 0.92)} 0"
    for t in (-0.5, -0.1, 0.3):
        x = long * t
        ribs += f"M{n(x)}-1L{n(x + long * 0.28)} {n(-wide * 0.62)}M{n(x)} 0L{n(x + long * 0.28)} {n(wide * 0.6)}"
    half = f"M{-long} 0Q0-3 {long} 0C{n(long * 0.3)} {n(-wide * 1.15)} {n(-long * 0.4)} {n(-wide * 1.3)} {-long} 0z"
    return (
        halo(long * 1.12 * shade, wide * 1.35 * shade)
        + path(outline, sprite.linear(light, dark, to=(0.4, 1)))
        + path(half, "#fff", fill_opacity=0.1)
        + line(ribs, vein, 1.3, stroke_opacity=0.6)
    )


def floret(sprite, name, stalk, stalk_dark, light, middle, dark, r=25):
    """A crown of small buds on a stalk."""
    rng = dice(name)
    d = f"M{n(-r * 0.25)} {n(r * 0.2)}L{n(-r * 0.34)} {n(r * 1.25)}Q0 {n(r * 1.5)} {n(r * 0.34)} {n(r * 1.25)}L{n(r * 0.25)} {n(r * 0.2)}z"
    crown = "".join(circle(rng.uniform(0.36, 0.48) * r, sprite.radial(light, middle, dark), round(x), round(y)) for x, y in spiral(rng, 7, r * 0.7))
    dots = line(specks(rng, 34, r * 0.9, 0.1, 1), light, 2.4, stroke_linecap="round", stroke_opacity=0.75)
    deep = line(specks(rng, 22, r * 0.9, 0.1, 1), dark, 2.6, stroke_linecap="round", stroke_opacity=0.5)
    return halo(r * 1.35) + path(d, sprite.linear(stalk, stalk_dark, to=(1, 0))) + circle(r * 0.86, dark) + crown + deep + dots


def bean(sprite, light, middle, dark, rx=10, ry=7.5, mark=""):
    """A small round thing."""
    return (
        halo(rx * 1.42, ry * 1.5)
        + ellipse(rx, ry, sprite.radial(light, middle, dark))
        + mark
        + ellipse(rx * 0.3, ry * 0.2, "#fff", -rx * 0.3, -ry * 0.42, fill_opacity=0.6)
    )


def ring(light, dark, r=15, width=5, high=0.8):
    """A ring of an onion or a leek."""
    return group(circle(r, "none", stroke=dark, stroke_width=width + 2) + circle(r, "none", stroke=light, stroke_width=width) + circle(r - width * 0.8, "none", stroke=dark, stroke_width=1, stroke_opacity=0.5), transform=f"scale(1 {high})")


def wedge(sprite, peel, pith, flesh, deep, r=34):
    """A wedge of a citrus fruit, cut side up."""
    return (
        halo(r * 1.2, r * 0.85)
        + path(f"M{-r} -8Q{n(-r * 0.9)} {n(r * 0.72)} 0 {n(r * 0.74)}T{r} -8z", peel)
        + path(f"M{n(-r * 0.96)} -9Q{n(-r * 0.8)} {n(r * 0.52)} 0 {n(r * 0.56)}T{n(r * 0.96)} -9z", pith)
        + path(f"M{n(-r * 0.86)} -9Q{n(-r * 0.7)} {n(r * 0.42)} 0 {n(r * 0.45)}T{n(r * 0.86)} -9z", sprite.linear(flesh, deep))
        + line(f"M0-8L{n(-r * 0.48)} {n(r * 0.3)}M0-8L0 {n(r * 0.42)}M0-8L{n(r * 0.48)} {n(r * 0.3)}", pith, 2, stroke_opacity=0.85)
        + line(f"M{n(-r * 0.94)} -9H{n(r * 0.94)}", "#fff", 2.5, stroke_opacity=0.5)
    )


def slice_of_citrus(sprite, peel, pith, flesh, deep, r=30):
    parts = ""
    for i in range(8):
        a, b = math.tau * (i + 0.1) / 8, math.tau * (i + 0.9) / 8
        q = r * 0.82
        parts += f"M{pair((math.cos((a + b) / 2) * 4, math.sin((a + b) / 2) * 4))}L{pair((math.cos(a) * q, math.sin(a) * q))}Q{pair((math.cos((a + b) / 2) * q * 1.1, math.sin((a + b) / 2) * q * 1.1))} {pair((math.cos(b) * q, math.sin(b) * q))}z"
    return halo(r * 1.22) + circle(r, peel, 1.5, 2) + circle(r, peel) + circle(r * 0.92, pith) + path(parts, sprite.radial(flesh, deep), stroke=flesh, stroke_width=1.5, stroke_linejoin="round")
