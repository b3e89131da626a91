"""What fills a plate or a bowl to a radius of 150: sauces, broths, grains, noodles, crusts."""

import math

from draw import blob, circle, closed, dice, ellipse, group, line, n, pair, path, shape, specks, spiral, use

# A name, and its color in the light, in the middle and at the rim.
SAUCES = {
    "tomato": ("#d9532c", "#bb361b", "#7e1c0d"),
    "orange": ("#ee9a45", "#d9752a", "#9a4514"),
    "red": ("#de5f2a", "#c33e18", "#82220a"),
    "gold": ("#f3c75c", "#dba233", "#a06a15"),
    "cream": ("#fbf0d6", "#ecd5a6", "#bf9b62"),
    "white": ("#fffdf8", "#f5efe3", "#d3c8b4"),
    "green": ("#b9c064", "#8f9d3f", "#566420"),
    "saag": ("#6d8a35", "#48651f", "#263a0e"),
    "brown": ("#b0703a", "#86491d", "#4f270d"),
    "dark": ("#8f4c28", "#642f16", "#35150a"),
    "korma": ("#f2d193", "#dfae63", "#a87734"),
    "peanut": ("#d49a5a", "#b27335", "#74431a"),
    "clear": ("#e9c274", "#cf9a45", "#94631f"),
    "miso": ("#e3bf85", "#c99b5b", "#8f652d"),
    "chocolate": ("#6b4029", "#4a2716", "#28120a"),
    "oat": ("#f0e2c4", "#dfc99e", "#b5986a"),
}


def beds(sprite):
    simmer(sprite)
    for name, (light, middle, rim) in SAUCES.items():
        fill = sprite.radial(light, middle, rim, center=(0.44, 0.42), r=0.62)
        # On what is pale or very dark, bumps would look like stains.
        smooth = {"opacity": 0.4} if name in ("white", "cream", "oat", "chocolate") else {}
        sprite.add(f"sauce-{name}", circle(151, fill), use("simmer", **smooth))
        # A sauce under food on a plate is a puddle, not a disc.
        sprite.add(f"pool-{name}", group(use("puddle"), fill=fill))
    rng = dice("puddle")
    sprite.add("puddle", shape(blob(rng, 128, 118, 14, 0.07)), path(blob(rng, 104, 92, 12, 0.07), "#fff", fill_opacity=0.08), line("M-100-48Q-74-92-20-104M92 60Q72 90 40 100", "#fff", 5, stroke_opacity=0.3, stroke_linecap="round"))
    broth(sprite)
    grains(sprite)
    noodles(sprite)
    crusts(sprite)


def simmer(sprite):
    """The surface of a thick sauce: bumps, shine and a little fat."""
    rng = dice("simmer")
    d = ""
    for x, y in spiral(rng, 26, 116, jitter=0.12):
        turn, long = rng.uniform(-0.7, 0.7), rng.uniform(6, 22)
        x -= long / 2
        d += f"M{round(x)} {round(y)}q{pair((math.cos(turn) * long / 2, math.sin(turn) * long / 2 - 4))} {pair((math.cos(turn) * long, math.sin(turn) * long))}"
    sprite.add("bumps", shape(d, fill="none", stroke_linecap="round"))
    bumps = "".join(
        use("bumps", 0, y, stroke=color, stroke_width=width, stroke_opacity=opacity)
        for color, width, y, opacity in (("#000", 20, 3, 0.035), ("#000", 13, 4, 0.05), ("#000", 7, 4, 0.06), ("#fff", 9, -3, 0.07), ("#fff", 5, -4, 0.09), ("#fff", 2, -5, 0.16))
    )
    sprite.add(
        "simmer",
        bumps,
        drops(rng, "#ffe2a0", ((2, 16), (4, 14), (7, 6)), 0.34),
        line("M-118-62Q-88-112-30-128", "#fff", 7, stroke_opacity=0.26, stroke_linecap="round"),
        line("M-126-36L-128-26", "#fff", 6, stroke_opacity=0.22, stroke_linecap="round"),
    )


ROUND = (0.5, 0.5)


def drops(rng, color, sizes, opacity):
    """Drops of fat: one path for each size."""
    out = ""
    for width, count in sizes:
        d = "".join(f"M{pair((round(x), round(y)))}h.1" for x, y in spiral(rng, count, 136, inner=0.1, jitter=0.04))
        out += line(d, color, width, stroke_opacity=opacity, stroke_linecap="round")
    return out


def broth(sprite):
    """A thin soup: it is clear at the rim, and fat floats on it."""
    rng = dice("broth")
    sprite.add(
        "broth",
        drops(rng, "#fff0c0", ((4, 22), (7, 16), (12, 9), (18, 5)), 0.3),
        line("M-122-58Q-92-112-34-130", "#fff", 6, stroke_opacity=0.4, stroke_linecap="round"),
        line("M40 132Q104 108 126 50", "#fff", 3, stroke_opacity=0.22, stroke_linecap="round"),
    )
    for name in ("clear", "miso", "red", "white", "gold", "tomato", "cream"):
        light, middle, rim = SAUCES[name]
        fill = sprite.radial(light, middle, rim, center=(0.47, 0.45), r=0.58)
        sprite.add(f"broth-{name}", circle(151, fill), use("broth"))


def grains(sprite):
    """Rice and what lies like it: strokes in three tones over a mound."""
    for name, count, least, most in (("grain", 175, 5, 9), ("crumb", 150, 0.5, 3)):
        for tone in ("a", "b", "c"):
            rng = dice(name + tone)
            sprite.add(f"{name}-{tone}", shape(specks(rng, count, 146, least, most)))
    for name, form, width, low, middle, high in (
        ("rice", "grain", 5, "#b8ab93", "#efe8da", "#fffefa"),
        ("basmati", "grain", 5, "#b98328", "#f3e6c8", "#eebd4c"),
        ("paella", "grain", 6, "#a8701a", "#d99a2b", "#f2c356"),
        ("risotto", "grain", 7, "#cdb98b", "#ecdfbc", "#fbf4de"),
        ("orzo", "grain", 7.5, "#b57634", "#e2b06a", "#f5d9a0"),
        ("couscous", "crumb", 5, "#bd8f47", "#e0b96f", "#f6dfa6"),
        ("bulgur", "crumb", 6.5, "#84522a", "#b98049", "#dcae74"),
    ):
        body = sprite.radial(middle, middle, low, center=(0.45, 0.42), r=0.6)
        sprite.add(
            f"bed-{name}",
            circle(146, body),
            group(
                use(f"{form}-a", stroke=low) + use(f"{form}-b", stroke=middle) + use(f"{form}-c", stroke=high),
                fill="none",
                stroke_width=width,
                stroke_linecap="round",
            ),
        )


def noodles(sprite):
    """Bundles of strands that swirl, each strand with a darker edge."""
    bundles("strands", sprite, count=7, strands=7, step=9.5)
    bundles("ribbons", sprite, count=8, strands=4, step=19)
    for name, form, width, gap, edge, light, under in (
        ("ramen", "strands", 7, 2.5, "#b07a2c", "#f0cd7c", "#c9974a"),
        ("udon", "ribbons", 13, 3, "#c2ae82", "#fbf4e2", "#d9c9a2"),
        ("rice-noodles", "ribbons", 12, 2.5, "#c9bda4", "#faf6ec", "#ded2ba"),
        ("vermicelli", "strands", 5, 2, "#bdb39c", "#fdfbf5", "#d8d0be"),
        ("glass", "strands", 6.5, 2.5, "#5f3d1a", "#b98d58", "#8a6236"),
        ("lo-mein", "strands", 8, 3, "#8a5420", "#dca75c", "#a66c2e"),
        ("pad-thai", "ribbons", 12, 3, "#a05c22", "#ecc08a", "#c58a4e"),
        ("pappardelle", "ribbons", 17, 3.5, "#b07a2c", "#f6dc97", "#d7aa57"),
        ("zoodles", "strands", 8, 3, "#4f7426", "#bcd277", "#8aa94a"),
    ):
        count = 7 if form == "strands" else 8
        layers = "".join(use(f"{form}-{i}", stroke=edge, stroke_width=width + gap) + use(f"{form}-{i}", stroke=light, stroke_width=width) for i in range(count))
        shine = use(f"{form}-{count - 1}", stroke="#fff", stroke_width=width / 5, stroke_opacity=0.4)
        sprite.add(f"bed-{name}", circle(132, under), group(layers + shine, fill="none", stroke_linecap="round"))


def bundles(name, sprite, count, strands, step):
    for i in range(count):
        rng = dice(f"{name} {i}")
        d = ""
        turn = math.pi * 0.618 * i + rng.uniform(-0.3, 0.3)
        away = rng.uniform(-80, 80) if i < count - 1 else 6
        for k in range(strands):
            offset = away + (k - strands / 2) * step + rng.uniform(-1.5, 1.5)
            half = math.sqrt(max(400, 136**2 - offset**2))
            bend = rng.uniform(26, 36)
            ends = [(-half, offset + rng.uniform(-9, 9)), (-half / 3, offset + bend), (half / 3, offset - bend), (half, offset + rng.uniform(-9, 9))]
            spots = [(x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn)) for x, y in ends]
            d += "M{}C{} {} {}".format(*(pair((round(x), round(y))) for x, y in spots))
        sprite.add(f"{name}-{i}", shape(d))


def crusts(sprite):
    """What comes out of an oven: browned in places."""
    rng = dice("browned")
    spots = ""
    for x, y in spiral(rng, 26, 122, jitter=0.25):
        shade = sprite.radial("#6b2c0a/.62", "#9a4f15/.34@.5", "#b5661f/0", center=(0.5, 0.5), r=0.5)
        spots += ellipse(rng.randint(9, 34), rng.randint(7, 20), shade, round(x), round(y))
    bubbles = ""
    for x, y in spiral(rng, 36, 128, jitter=0.25):
        bubbles += f"M{pair((round(x) - 7, round(y)))}q7-8 14 0"
    sprite.add("browned", spots, line(bubbles, "#fff4cf", 3, stroke_opacity=0.45, stroke_linecap="round"))
    fill = sprite.radial("#fdebb0", "#f3c96c", "#c27f26", center=(0.46, 0.44), r=0.64)
    sprite.add("crust", path("M-206-86Q-208-134-160-134H160Q208-134 206-86V86Q208 134 160 134H-160Q-208 134-206 86z", fill), use("browned", -84, 0, 30, x_size=0.9, y_size=0.86), use("browned", 84, 0, 200, x_size=0.9, y_size=0.86))
    egg = sprite.radial("#f9da78", "#efbb45", "#b9741a", center=(0.46, 0.42), r=0.62)
    sprite.add(
        "omelette",
        use("sh", 4, 7, size=156),
        circle(138, "#b9741a"),
        path(blob(dice("omelette"), 132, 130, 16, 0.03), egg),
        use("browned", size=0.85),
    )
    dust = specks(rng, 150, 128, 0.1, 2)
    sprite.add(
        "pastry",
        use("sh", 4, 7, size=154),
        path(blob(dice("pastry"), 132, 130, 18, 0.04), sprite.radial("#f3cd84", "#d99a45", "#9a5a1a", center=(0.46, 0.42), r=0.62)),
        use("browned", size=0.84),
        line("M-104-60Q-20-88 96-74M-116 6Q0-30 118-6M-96 74Q10 40 100 72M-50-112Q-30 0-56 112M44-116Q60 0 40 118", "#7d420f", 2.5, stroke_opacity=0.45),
        line("M-104-57Q-20-85 96-71M-116 9Q0-27 118-3M-96 77Q10 43 100 75", "#fff2cc", 2, stroke_opacity=0.6),
        line(dust, "#fff", 3, stroke_opacity=0.75, stroke_linecap="round"),
    )
    cheese = ""
    for x, y in spiral(dice("melt"), 16, 108, jitter=0.2):
        shade = sprite.radial("#ffeeb4/.95", "#fbd883/.8@.5", "#e0a040/.5@.8", "#c98224/0", center=ROUND, r=0.5)
        cheese += ellipse(rng.randint(20, 40), rng.randint(16, 30), shade, round(x), round(y))
    sprite.add("melt", cheese)
    half = "M-132 6C-128-70-70-112 0-112S128-70 132 6Q66 18 0 16T-132 6z"
    sprite.add(
        "crepe",
        use("sh", 0, -46, x_size=152, y_size=86),
        path(half, "#a8660f", transform="translate(1 5)"),
        path(half, sprite.radial("#fbe28c", "#f0b93c", "#b9741a", center=(0.46, 0.5), r=0.62)),
        use("browned", 0, -46, x_size=0.8, y_size=0.36),
        line("M-126 4Q-60 14 0 12T126 4", "#fff3c4", 3, stroke_opacity=0.7),
    )
    roll = "M-24-104Q0-112 24-104Q30 0 24 104Q0 112-24 104Q-30 0-24-104z"
    sprite.add(
        "roll",
        use("sh", x_size=40, y_size=122),
        path(roll, sprite.linear("#c98f3f", "#f7dc97@.4", "#b5762a", to=(1, 0))),
        line("M-8-100Q-12 0-8 102", "#fff6d8", 5, stroke_opacity=0.5, stroke_linecap="round"),
        line("M14-100Q18 0 14 100", "#7d4a12", 2, stroke_opacity=0.5),
    )
    tart(sprite)


def tart(sprite):
    """Crusts with a fluted edge, and cakes."""
    points = []
    for i in range(56):
        angle, r = math.tau * i / 56, 148 if i % 2 else 138
        points.append((math.cos(angle) * r, math.sin(angle) * r))
    pastry = sprite.radial("#e8b765@.8", "#f0c67c@.9", "#a9661f", center=(0.5, 0.5), r=0.52)
    for name, fill in (("tart", ("#fff0b8", "#f7d98a", "#dca744")), ("clafoutis", ("#fdeeb4", "#f3cb6c", "#c98a2f"))):
        sprite.add(
            name,
            use("sh", 5, 8, size=166),
            path(closed(points), "#8f5417", transform="translate(1 4)"),
            path(closed(points), pastry),
            circle(122, "#8a4f18", fill_opacity=0.5),
            circle(120, sprite.radial(*fill, center=(0.46, 0.44), r=0.6)),
            use("browned", size=0.8, opacity=0.5) if name == "clafoutis" else "",
            line("M-128-52Q-108-96-62-124", "#fff6da", 4, stroke_opacity=0.5, stroke_linecap="round"),
        )
    edge = path(blob(dice("cake"), 134, 133, 18, 0.02), "#8a5220", transform="translate(2 6)")
    sprite.add(
        "cake",
        use("sh", 5, 9, size=160),
        edge,
        path(blob(dice("cake"), 134, 133, 18, 0.02), sprite.radial("#f5d798", "#e3b060", "#b0742c", center=(0.46, 0.44), r=0.6)),
        use("browned", size=0.9, opacity=0.45),
    )
