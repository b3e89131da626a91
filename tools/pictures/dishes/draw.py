"""Shapes, colors and the sprite that they are collected in. Everything is drawn around the origin."""

import math
import random


# The gradient of shadows: `ware.py` adds it first.
SHADE = "url(#g0)"

# How many pieces of a main, or of a vegetable, lie on a plate, and how far from the middle.
MAIN = (9, 100)
SOME = (7, 104)


class Sprite:
    """Named groups of shapes, and the gradients that they use."""

    def __init__(self):
        self.gradients = {}
        self.groups = {}

    def add(self, name, *shapes):
        assert name not in self.groups, name
        self.groups[name] = "".join(shapes)

    def radial(self, *stops, center=(0.42, 0.38), r=0.68):
        """A fill that goes from the middle outwards; the same stops give the same gradient."""
        key = ("radial", stops, center, r)
        name = self.gradients.setdefault(key, f"g{len(self.gradients)}")
        return f"url(#{name})"

    def linear(self, *stops, to=(0, 1)):
        key = ("linear", stops, to, 0)
        name = self.gradients.setdefault(key, f"g{len(self.gradients)}")
        return f"url(#{name})"

    def text(self):
        out = ['<svg xmlns="http://www.w3.org/2000/svg">', "<defs>"]
        for (kind, stops, place, r), name in self.gradients.items():
            if kind == "radial":
                head = f'<radialGradient id="{name}" cx="{n(place[0])}" cy="{n(place[1])}" r="{n(r)}">'
            else:
                head = f'<linearGradient id="{name}" x2="{place[0]}" y2="{place[1]}">'
            body = "".join(stop(i, s, len(stops)) for i, s in enumerate(stops))
            out.append(f"{head}{body}</{kind}Gradient>")
        out.append("</defs>")
        out += [f'<g id="{name}">{shapes}</g>' for name, shapes in self.groups.items()]
        out.append("</svg>\n")
        return "\n".join(out)


def stop(i, spec, count):
    """`#rrggbb`, or `#rrggbb/opacity`, or either with `@offset`."""
    spec, _, offset = spec.partition("@")
    color, _, opacity = spec.partition("/")
    offset = float(offset) if offset else i / (count - 1)
    opacity = f' stop-opacity="{opacity}"' if opacity else ""
    return f'<stop offset="{n(offset)}" stop-color="{color}"{opacity}/>'


def n(number):
    """A number as short as it can be written."""
    text = f"{number:.2f}".rstrip("0").rstrip(".") if abs(number) < 4 else f"{number:.1f}".rstrip("0").rstrip(".")
    text = text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text
    return "0" if text in ("-0", "-", "") else text


def dice(name):
    """Random numbers that are the same in each run."""
    return random.Random(f"dish {name}")


def closed(points):
    """A smooth outline through the middles between points."""
    count = len(points)
    mid = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in zip(points, points[1:] + points[:1])]
    d = f"M{pair(mid[-1])}"
    for i in range(count):
        d += f"Q{pair(points[i])} {pair(mid[i])}"
    return d + "Z"


def pair(point):
    return f"{n(point[0])} {n(point[1])}".replace(" -", "-")


def blob(rng, rx, ry=None, count=8, rough=0.12):
    """An irregular round outline."""
    ry = ry or rx
    points = []
    for i in range(count):
        angle = math.tau * (i + rng.uniform(-0.2, 0.2)) / count
        size = 1.08 + rng.uniform(-rough, rough)
        points.append((math.cos(angle) * rx * size, math.sin(angle) * ry * size))
    return closed(points)


def path(d, fill="none", **more):
    """A path. Attributes are written with `_` for `-`."""
    return f'<path d="{d}" fill="{fill}"{attributes(more)}/>'


def shape(d, **more):
    """A path whose fill comes from what surrounds it."""
    return f'<path d="{d}"{attributes(more)}/>'


def line(d, stroke, width, **more):
    return f'<path d="{d}" fill="none" stroke="{stroke}" stroke-width="{n(width)}"{attributes(more)}/>'


def circle(r, fill, x=0, y=0, **more):
    at = (f' cx="{n(x)}"' if x else "") + (f' cy="{n(y)}"' if y else "")
    return f'<circle{at} r="{n(r)}" fill="{fill}"{attributes(more)}/>'


def ellipse(rx, ry, fill, x=0, y=0, **more):
    at = (f' cx="{n(x)}"' if x else "") + (f' cy="{n(y)}"' if y else "")
    return f'<ellipse{at} rx="{n(rx)}" ry="{n(ry)}" fill="{fill}"{attributes(more)}/>'


def group(content, **more):
    return f"<g{attributes(more)}>{content}</g>"


def use(name, x=0, y=0, turn=0, size=1.0, x_size=1.0, y_size=1.0, **more):
    moves = ""
    if x or y:
        moves += f"translate({pair((x, y))})"
    if turn:
        moves += f"rotate({n(turn)})"
    if x_size != 1 or y_size != 1:
        moves += f"scale({n(x_size)} {n(y_size)})"
    if size != 1:
        moves += f"scale({n(size)})"
    moves = f' transform="{moves}"' if moves else ""
    return f'<use href="#{name}"{moves}{attributes(more)}/>'


def attributes(more):
    return "".join(
        f' {key.replace("_", "-")}="{n(value) if isinstance(value, (int, float)) else value}"' for key, value in more.items()
    )


def spiral(rng, count, radius, inner=0.0, jitter=0.12):
    """Points spread evenly over a disc, the first in the middle."""
    for i in range(count):
        r = radius * math.sqrt(inner + (1 - inner) * (i + 0.5) / count) * (1 + rng.uniform(-jitter, jitter))
        angle = i * 2.39996 + rng.uniform(-jitter, jitter) * 3
        yield math.cos(angle) * r, math.sin(angle) * r


def specks(rng, count, radius, least, most):
    """Many small dots as one path: strokes of no length, which a round cap makes visible."""
    d = ""
    for x, y in spiral(rng, count, radius - most, jitter=0.4):
        far = math.hypot(x, y) / (radius - most)
        x, y = (x / far, y / far) if far > 1 else (x, y)
        angle, length = rng.uniform(0, math.tau), rng.uniform(least, most)
        d += f"M{pair((round(x), round(y)))}l{pair((math.cos(angle) * length, math.sin(angle) * length))}"
    return d
