"""What stands in rooms. A place is (x, y) on the floor and a turn in degrees; things face the camera at turn 0."""

import math

import bpy
import numpy as np
from mathutils import Matrix, Vector

from .. import light, nature
from ..materials import boards, drape, fabric, foliage, glow, leather, marble, mirror, mottled, paint, rgb, shade, wood
from ..shape import Frame, Shape, front, put

ART = ["#c9613f", "#2f4f5f", "#d9a441", "#e8dfcf", "#7d8f7a", "#1f2a33", "#b98b73", "#8fa8b3", "#a33f3a", "#e5c7b0"]


class Piece:
    """Boxes, cushions and bars about a place, turned together."""

    def __init__(self, x, y, turn=0.0, z=0.0):
        self.move = Matrix.Translation((x, y, z)) @ Matrix.Rotation(math.radians(turn), 4, "Z")

    def box(self, x0, x1, y0, y1, z0, z1, material, bevel=0.008, segments=2):
        s = Shape("box")
        s.prism([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], z0, z1, material)
        s.build(bevel=min(bevel, (x1 - x0) / 2.1, (y1 - y0) / 2.1, (z1 - z0) / 2.1), segments=segments).matrix_world = self.move
        return self

    def bar(self, points, radius, material, sides=10, end=None):
        s = Shape("bar")
        radii = list(np.linspace(radius, end if end is not None else radius, len(points)))
        s.tube([Vector(p) for p in points], radii, material, sides)
        s.build(smooth=True).matrix_world = self.move
        return self

    def turned(self, x, y, profile, material, sides=32):
        s = Shape("turned")
        s.lathe(x, y, profile, material, sides)
        s.build(smooth=True).matrix_world = self.move
        return self

    def soft(self, center, size, material, round_=0.32, turn=0.0, tilt=0.0, roll=0.0):
        """A cushion: between a box and a ball."""
        n, m = 28, 16
        power = lambda a, e: np.sign(a) * np.abs(a) ** e
        theta = np.linspace(-math.pi, math.pi, n, endpoint=False)
        phi = np.linspace(-math.pi / 2, math.pi / 2, m)
        t, p = np.meshgrid(theta, phi)
        e2 = min(1.0, round_ * 2.0)
        x = power(np.cos(p), e2) * power(np.cos(t), round_) / 2
        y = power(np.cos(p), e2) * power(np.sin(t), round_) / 2
        z = power(np.sin(p), e2) / 2
        points = np.stack([x * size[0], y * size[1], z * size[2]], -1).reshape(-1, 3)
        faces = [
            (i * n + j, i * n + (j + 1) % n, (i + 1) * n + (j + 1) % n, (i + 1) * n + j) for i in range(m - 1) for j in range(n)
        ]
        mesh = bpy.data.meshes.new("soft")
        mesh.from_pydata(points, [], faces)
        mesh.materials.append(material)
        mesh.shade_smooth()
        item = put("soft", mesh)
        local = (
            Matrix.Translation(center) @ Matrix.Rotation(math.radians(turn), 4, "Z")
            @ Matrix.Rotation(math.radians(tilt), 4, "X") @ Matrix.Rotation(math.radians(roll), 4, "Y")
        )
        item.matrix_world = self.move @ local
        return self


def pillow(p, center, size, material, round_=0.42, turn=0.0, tilt=0.0, roll=0.0):
    """A cushion that stands: square seen from before, full in its middle. The size is (wide, thick, high)."""
    wide, thick, high = size
    p.soft(center, (wide, high, thick), material, round_, turn, 90 + tilt, roll)


def sofa(x, y, cloth, legs, wide=2.2, turn=0, cushions=(), arms=0.2, seats=2, low=False):
    p = Piece(x, y, turn)
    deep, seat, back = 0.92, 0.42, 0.8 if not low else 0.68
    p.box(-wide / 2 + 0.03, wide / 2 - 0.03, -deep / 2 + 0.02, deep / 2 - 0.03, 0.135, 0.3, cloth, 0.03, 3)
    inner = wide - 2 * arms
    for i in range(seats):
        w = inner / seats
        c = -inner / 2 + (i + 0.5) * w
        p.soft((c, -0.07, 0.365), (w * 1.02, deep * 0.82, 0.2), cloth, 0.16)
        pillow(p, (c, deep / 2 - 0.24, back - 0.12), (w * 0.98, 0.26, 0.5), cloth, 0.2, tilt=-10)
    for side in (-1, 1):
        a = side * (wide / 2 - arms / 2)
        p.box(a - arms / 2, a + arms / 2, -deep / 2, deep / 2, 0.13, 0.6, cloth, 0.06, 4)
        for yy in (-deep / 2 + 0.09, deep / 2 - 0.09):
            p.bar([(side * (wide / 2 - 0.1), yy, 0.14), (side * (wide / 2 - 0.07), yy, 0)], 0.024, legs, end=0.014)
    p.box(-wide / 2 + 0.02, wide / 2 - 0.02, deep / 2 - 0.16, deep / 2 + 0.01, 0.14, back - 0.04, cloth, 0.05, 4)
    for i, (material, at) in enumerate(cushions):
        pillow(p, (at * inner / 2, 0.02 + 0.04 * (i % 2), seat + 0.25), (0.46, 0.18, 0.44), material, 0.34, turn=-8 + 9 * i, tilt=-18)
    return p


def throw(x, y, z, cloth, wide=0.55, fall=0.5, turn=0):
    """A blanket over an edge."""
    s = Shape("throw")
    steps = 16
    line = [(-fall + i * 2 * fall / steps) for i in range(steps + 1)]
    curve = [(t, z + 0.012 - max(0.0, abs(t) - 0.12) * 1.5) for t in line]
    for k in range(10):
        a, b = (-wide / 2 + wide * i / 10 for i in (k, k + 1))
        for (p, q), (r, t) in zip(curve, curve[1:]):
            p2, r2 = (min(max(v, -0.16), 0.16) for v in (p, r))
            wob = lambda u, v: 0.012 * math.sin(u * 40 + v * 13)
            s.face([(a, p2 + wob(a, q), q), (b, p2 + wob(b, q), q), (b, r2 + wob(b, t), t), (a, r2 + wob(a, t), t)], cloth)
    s.build(smooth=True).matrix_world = Matrix.Translation((x, y, 0)) @ Matrix.Rotation(math.radians(turn), 4, "Z")


def armchair(x, y, cloth, timber, turn=0):
    p = Piece(x, y, turn)
    p.soft((0, -0.02, 0.4), (0.62, 0.62, 0.17), cloth, 0.2)
    pillow(p, (0, 0.26, 0.68), (0.62, 0.17, 0.56), cloth, 0.25, tilt=-14)
    for side in (-1, 1):
        a = side * 0.36
        p.bar([(a, -0.32, 0), (a, -0.29, 0.55)], 0.02, timber, end=0.024)
        p.bar([(a, 0.36, 0), (a, 0.28, 0.58)], 0.02, timber, end=0.022)
        p.box(a - 0.035, a + 0.035, -0.36, 0.34, 0.55, 0.58, timber, 0.012)
        p.box(a - 0.015, a + 0.015, -0.3, 0.33, 0.27, 0.31, timber, 0.006)
    p.box(-0.35, 0.35, -0.3, -0.26, 0.27, 0.31, timber)
    p.box(-0.35, 0.35, 0.29, 0.33, 0.27, 0.31, timber)


def table(x, y, wide, deep, high, top, legs, turn=0, kind="four", thick=0.035):
    p = Piece(x, y, turn)
    if kind == "round":
        p.turned(0, 0, [(0.02, high - thick), (wide / 2 - 0.01, high - thick), (wide / 2, high - thick / 2), (wide / 2 - 0.01, high), (0.0, high)], top, 48)
        for k in range(3):
            a = k * 2.1 + 0.4
            p.bar([(math.cos(a) * wide * 0.2, math.sin(a) * wide * 0.2, high - thick), (math.cos(a) * wide * 0.36, math.sin(a) * wide * 0.36, 0)], 0.02, legs, end=0.013)
        return p
    if kind == "pedestal":
        p.turned(0, 0, [(0.02, high - thick), (wide / 2 - 0.01, high - thick), (wide / 2, high - thick / 2), (wide / 2 - 0.01, high), (0.0, high)], top, 56)
        p.turned(0, 0, [(0.34, 0), (0.34, 0.015), (0.12, 0.06), (0.05, 0.25), (0.05, high - 0.2), (0.16, high - thick)], legs)
        return p
    p.box(-wide / 2, wide / 2, -deep / 2, deep / 2, high - thick, high, top, 0.01)
    if kind == "trestle":
        for side in (-1, 1):
            a = side * (wide / 2 - 0.25)
            p.box(a - 0.035, a + 0.035, -deep / 2 + 0.08, deep / 2 - 0.08, 0, 0.05, legs)
            p.box(a - 0.035, a + 0.035, -0.09, 0.09, 0.05, high - thick, legs)
            p.box(a - 0.035, a + 0.035, -deep / 2 + 0.06, deep / 2 - 0.06, high - thick - 0.06, high - thick, legs)
        p.box(-wide / 2 + 0.25, wide / 2 - 0.25, -0.03, 0.03, 0.3, 0.38, legs)
        return p
    for i in (-1, 1):
        for j in (-1, 1):
            a, b = i * (wide / 2 - 0.06), j * (deep / 2 - 0.06)
            p.bar([(a, b, high - thick), (a + i * 0.02, b + j * 0.02, 0)], 0.027, legs, end=0.016)
        p.box(min(i * (wide / 2 - 0.08), 0) if i < 0 else -wide / 2 + 0.08, wide / 2 - 0.08, i * (deep / 2 - 0.07) - 0.012, i * (deep / 2 - 0.07) + 0.012, high - thick - 0.07, high - thick, legs)
    return p


def chair(x, y, turn, timber, cloth=None, kind="spindle"):
    """Faces away from its back: turn 0 has the back away from the camera."""
    p = Piece(x, y, turn)
    seat = 0.46
    if kind == "shell":
        p.soft((0, 0, seat), (0.46, 0.46, 0.1), cloth, 0.5)
        pillow(p, (0, 0.2, seat + 0.24), (0.46, 0.1, 0.42), cloth, 0.5, tilt=-12)
        for i in (-1, 1):
            for j in (-1, 1):
                p.bar([(i * 0.13, j * 0.13, seat - 0.04), (i * 0.22, j * 0.22, 0)], 0.015, timber, end=0.011)
        return
    p.box(-0.22, 0.22, -0.21, 0.21, seat - 0.035, seat, timber if not cloth else timber, 0.015)
    if cloth:
        p.soft((0, 0, seat + 0.02), (0.43, 0.42, 0.07), cloth, 0.2)
    for i in (-1, 1):
        p.bar([(i * 0.18, -0.17, seat - 0.02), (i * 0.21, -0.2, 0)], 0.018, timber, end=0.012)
        p.bar([(i * 0.18, 0.18, seat - 0.02), (i * 0.21, 0.23, 0)], 0.018, timber, end=0.012)
        p.bar([(i * 0.19, 0.19, seat), (i * 0.2, 0.27, 0.86)], 0.015, timber, end=0.012)
    p.box(-0.23, 0.23, 0.245, 0.27, 0.78, 0.88, timber, 0.01)
    for k in range(1, 6 if kind == "spindle" else 1):
        u = -0.2 + 0.4 * k / 6
        p.bar([(u, 0.195, seat), (u, 0.255, 0.8)], 0.008, timber, 6)
    if kind == "ladder":
        for v in (0.56, 0.67):
            p.box(-0.2, 0.2, 0.21 + (v - seat) * 0.16, 0.225 + (v - seat) * 0.16, v, v + 0.055, timber, 0.006)


def stool(x, y, timber, metal, high=0.66):
    p = Piece(x, y)
    p.turned(0, 0, [(0.02, high - 0.04), (0.17, high - 0.035), (0.18, high - 0.015), (0.16, high), (0, high - 0.008)], timber)
    for k in range(4):
        a = math.pi / 4 + k * math.pi / 2
        p.bar([(0.1 * math.cos(a), 0.1 * math.sin(a), high - 0.03), (0.2 * math.cos(a), 0.2 * math.sin(a), 0)], 0.012, metal)
    ring = [(0.165 * math.cos(a), 0.165 * math.sin(a), 0.24) for a in np.linspace(0, 2 * math.pi, 25)]
    p.bar(ring, 0.008, metal, 6)


def rug(x, y, wide, deep, color, second, rng, turn=0):
    s = Shape("rug")
    cloth = fabric(rgb(color), 220)
    other = fabric(rgb(second), 220)
    style = rng.choice(["plain", "stripes", "border", "diamonds"])
    s.prism([(-wide / 2, -deep / 2), (wide / 2, -deep / 2), (wide / 2, deep / 2), (-wide / 2, deep / 2)], 0.0, 0.018, cloth)
    z = 0.019
    flat = lambda a, b, c, d: s.face([(a, c, z), (b, c, z), (b, d, z), (a, d, z)], other)
    if style == "stripes":
        for k in range(5):
            v = -deep / 2 + deep * (k + 0.7) / 5.4
            flat(-wide / 2, wide / 2, v, v + deep * 0.05)
    elif style == "border":
        e = 0.16
        for a, b, c, d in ((-wide / 2 + e, wide / 2 - e, -deep / 2 + e, -deep / 2 + e + 0.06), (-wide / 2 + e, wide / 2 - e, deep / 2 - e - 0.06, deep / 2 - e),
                           (-wide / 2 + e, -wide / 2 + e + 0.06, -deep / 2 + e, deep / 2 - e), (wide / 2 - e - 0.06, wide / 2 - e, -deep / 2 + e, deep / 2 - e)):
            flat(a, b, c, d)
    elif style == "diamonds":
        across = round(wide / 0.55)
        for i in range(across):
            for j in range(max(1, round(deep / 0.55))):
                cx, cy = -wide / 2 + (i + 0.5) * wide / across, -deep / 2 + (j + 0.5) * deep / max(1, round(deep / 0.55))
                s.face([(cx - 0.13, cy, z), (cx, cy - 0.13, z), (cx + 0.13, cy, z), (cx, cy + 0.13, z)], other)
    s.build().matrix_world = Matrix.Translation((x, y, 0)) @ Matrix.Rotation(math.radians(turn), 4, "Z")


def picture(frame, u, v, wide, high, rng, border, mat=True):
    """A framed abstract print, its middle at (u, v)."""
    s = Shape("picture")
    g = frame.moved(u - wide / 2, v - high / 2)
    for a, b, c, d in ((0, wide, 0, 0.022), (0, wide, high - 0.022, high), (0, 0.022, 0.022, high - 0.022), (wide - 0.022, wide, 0.022, high - 0.022)):
        s.box(g, a, b, c, d, 0, 0.03, border)
    s.quad(g, 0, wide, 0, high, 0.006, paint(rgb("#f4f1ea"), 0.8))
    e = 0.16 * min(wide, high) if mat else 0.022
    a, b, c, d = e, wide - e, e, high - e
    colors = rng.sample(ART, 4)
    s.quad(g, a, b, c, d, 0.008, paint(rgb(colors[0]), 0.8))
    style = rng.choice(["hills", "blocks", "sun", "leaf"])
    if style == "hills":
        for k, color in enumerate(colors[1:]):
            low = d - (d - c) * (0.42 + 0.2 * k)
            ph = rng.uniform(0, 6)
            xs = np.linspace(a, b, 24)
            tops = [low + (d - c) * 0.09 * math.sin(ph + 5 * (x - a) / (b - a)) for x in xs]
            s.face([g.at(a, c, 0.01 + k * 0.001), g.at(b, c, 0.01 + k * 0.001), *(g.at(x, t, 0.01 + k * 0.001) for x, t in zip(xs[::-1], tops[::-1]))], paint(rgb(color), 0.8))
    elif style == "blocks":
        for k, color in enumerate(colors[1:]):
            p, q = rng.uniform(a, b - (b - a) * 0.5), rng.uniform(c, d - (d - c) * 0.5)
            s.quad(g, p, p + (b - a) * rng.uniform(0.25, 0.5), q, q + (d - c) * rng.uniform(0.2, 0.5), 0.01 + k * 0.001, paint(rgb(color), 0.8))
    else:
        cx, cy, r = (a + b) / 2, c + (d - c) * 0.56, min(b - a, d - c) * 0.28
        disc = [g.at(cx + r * math.cos(t), cy + r * math.sin(t), 0.01) for t in np.linspace(0, 2 * math.pi, 40, endpoint=False)]
        s.face(disc, paint(rgb(colors[1]), 0.8))
        s.quad(g, a, b, c, c + (d - c) * 0.3, 0.011, paint(rgb(colors[2]), 0.8))
        if style == "leaf":
            for k in range(5):
                t = c + (d - c) * (0.25 + 0.12 * k)
                for way in (-1, 1):
                    s.face([g.at(cx, t, 0.012), g.at(cx + way * r * 0.7, t + r * 0.35, 0.012), g.at(cx + way * r * 0.15, t + r * 0.45, 0.012)], paint(rgb(colors[3]), 0.8))
    s.build()


def gallery(frame, u, v, rng, border, count=3, size=0.52):
    """Prints side by side about (u, v)."""
    if count == 1:
        picture(frame, u, v, size * 2.1, size * 1.5, rng, border)
        return
    for i in range(count):
        picture(frame, u + (i - (count - 1) / 2) * (size + 0.12), v, size, size * 1.35, rng, border)


def plant(x, y, rng, grow, high=1.3, z=0.0, pot="#d9d3c8", kind=None):
    """A house plant in its pot."""
    p = Piece(x, y, 0, z)
    r = 0.1 + 0.075 * high
    tall = 0.2 + 0.12 * high
    p.turned(0, 0, [(r * 0.7, 0), (r * 0.98, tall * 0.9), (r, tall), (r * 0.88, tall), (r * 0.86, tall * 0.88), (0, tall * 0.88)], mottled(rgb(pot), 0.06, 6, 0.7, 0.1), 28)
    leaf = Shape("leaves")
    kind = kind or rng.choice(["fig", "palm", "blade", "fig"])
    green = foliage(rgb(rng.choice(["#3f5f35", "#4f7040", "#35523a"])), 0.25, 0.25)
    stem = paint(rgb("#5f6b3f"), 0.7)
    count = {"fig": 26, "palm": 17, "blade": 16}[kind]
    for k in range(count):
        a = k * 2.4 + grow.uniform(-0.3, 0.3)
        ahead = Vector((math.cos(a), math.sin(a), 0))
        side = Vector((-ahead.y, ahead.x, 0))
        if kind == "blade":
            h = high * grow.uniform(0.55, 1.0) - tall
            base = Vector((0, 0, tall * 0.88)) + ahead * r * 0.35
            path = [base + ahead * (0.16 * high * t * t) + Vector((0, 0, h * t)) for t in np.linspace(0, 1, 6)]
            widths = [0.02, 0.034, 0.038, 0.034, 0.022, 0.001]
        elif kind == "palm":
            h = high * grow.uniform(0.35, 0.85)
            base = Vector((0, 0, tall * 0.88))
            path = [base + ahead * (0.48 * high * t ** 1.4) + Vector((0, 0, h * math.sin(t * 2.1) * 0.95)) for t in np.linspace(0, 1, 11)]
            for i in range(3, 11):
                for way in (-1, 1):
                    long = 0.2 * high * math.sin(math.pi * i / 11.5)
                    b = path[i]
                    tip = b + side * way * long + (path[i] - path[i - 1]) * 1.6 - Vector((0, 0, 0.3 * long))
                    mid = (b + tip) / 2
                    w = (path[i] - path[i - 1]).normalized() * 0.014 * high
                    leaf.face([b, mid - w, tip, mid + w], green)
            widths = [0.004] * 11
        else:
            z0 = tall + (high - tall) * (0.25 + 0.75 * k / count)
            base = Vector((0, 0, z0 - 0.03))
            size = (0.15 + 0.05 * (1 - k / count)) * (0.6 + 0.4 * high)
            lift = 0.35 + 0.5 * k / count
            path = [base + ahead * (0.05 + size * 1.9 * t) + Vector((0, 0, size * (lift * 1.9 * t - 1.2 * t * t))) for t in np.linspace(0, 1, 6)]
            widths = [size * f for f in (0.06, 0.42, 0.62, 0.6, 0.36, 0.02)]
        for (p0, w0), (p1, w1) in zip(zip(path, widths), zip(path[1:], widths[1:])):
            droop = Vector((0, 0, -0.12))
            leaf.face([p0 - side * w0 - droop * w0, p0, p1, p1 - side * w1 - droop * w1], green)
            leaf.face([p0, p0 + side * w0 - droop * w0, p1 + side * w1 - droop * w1, p1], green)
    if kind == "fig":
        leaf.tube([Vector((0, 0, tall * 0.8)), Vector((0.02, 0.01, high * 0.95))], [0.014, 0.007], stem, 6)
    leaf.build(smooth=True).matrix_world = p.move


def floor_lamp(x, y, metal, shade_color, lit, high=1.6, kind="drum", color=None):
    p = Piece(x, y)
    p.turned(0, 0, [(0.15, 0), (0.15, 0.02), (0.02, 0.03)], metal)
    if kind == "arc":
        path = [(0.0, 0, 0.02), (0, 0, 1.2), (0.12, -0.04, 1.65), (0.42, -0.12, 1.86), (0.75, -0.2, 1.75)]
        p.bar(path, 0.011, metal)
        at = (0.75, -0.2, 1.62)
        p.turned(at[0], at[1], [(0.15, 1.58), (0.14, 1.66), (0.08, 1.74), (0.02, 1.77)], metal)
        p.soft((at[0], at[1], 1.6), (0.14, 0.14, 0.14), glow(rgb("#ffd9a0"), 12 if lit else 1.2), 1.0)
    else:
        p.bar([(0, 0, 0.02), (0, 0, high - 0.1)], 0.011, metal)
        p.turned(0, 0, [(0.2, high - 0.28), (0.16, high)], _lampshade(shade_color, lit))
    if lit:
        light.bulb(p.move @ Vector((0.75, -0.2, 1.5) if kind == "arc" else (0, 0, high - 0.14)), 28)


def _lampshade(color, lit):
    return glow(rgb("#ffcf94"), 2.6) if lit else drape(rgb(color), 0.5)


def table_lamp(x, y, z, base, shade_color, lit, size=1.0):
    p = Piece(x, y, 0, z)
    p.turned(0, 0, [(s * size, t * size) for s, t in ((0.06, 0), (0.09, 0.05), (0.1, 0.11), (0.06, 0.2), (0.015, 0.25), (0.012, 0.32))], base)
    p.turned(0, 0, [(0.16 * size, 0.28 * size), (0.115 * size, 0.5 * size)], _lampshade(shade_color, lit))
    if lit:
        light.bulb((x, y, z + 0.4 * size), 9)


def pendant(x, y, low, high, metal, lit, kind="dome", size=0.2, shade_color="#efe9dd"):
    p = Piece(x, y)
    p.bar([(0, 0, low + size * 0.9), (0, 0, high)], 0.005, paint(rgb("#202122"), 0.5), 6)
    if kind == "dome":
        p.turned(0, 0, [(size, low), (size * 0.97, low + size * 0.25), (size * 0.7, low + size * 0.65), (size * 0.2, low + size * 0.92), (0.02, low + size)], metal)
        p.soft((0, 0, low + size * 0.25), (size * 0.6,) * 3, glow(rgb("#ffdcae"), 9 if lit else 2.0), 1.0)
    elif kind == "globe":
        p.soft((0, 0, low + size * 0.5), (size * 1.5,) * 3, glow(rgb("#ffe2bd"), 4.5 if lit else 2.0), 1.0)
        p.turned(0, 0, [(0.03, low + size * 1.2), (0.02, low + size * 1.5)], metal)
    else:
        p.turned(0, 0, [(size * 1.2, low), (size * 1.1, low + size)], _lampshade(shade_color, lit))
    if lit:
        light.bulb((x, y, low - 0.06), 22)


def books(p, x, y, z, rng, wide=0.3, high=0.24, deep=0.16):
    """A row of spines."""
    a = x
    while a < x + wide:
        w = rng.uniform(0.018, 0.042)
        p.box(a, a + w - 0.002, y - deep, y, z, z + high * rng.uniform(0.72, 1.0), paint(rgb(rng.choice(ART)), 0.7), 0.002, 1)
        a += w


def pile(x, y, z, rng, count=3, turn=0):
    for k in range(count):
        p = Piece(x, y, turn + rng.uniform(-12, 12), z + 0.028 * k)
        w, d = rng.uniform(0.2, 0.26), rng.uniform(0.15, 0.19)
        p.box(-w / 2, w / 2, -d / 2, d / 2, 0, 0.027, paint(rgb(rng.choice(ART)), 0.7), 0.003, 1)


def vase(x, y, z, color, grow, rng, size=1.0, stems=True):
    p = Piece(x, y, 0, z)
    p.turned(0, 0, [(s * size, t * size) for s, t in ((0.045, 0), (0.075, 0.06), (0.08, 0.12), (0.05, 0.19), (0.032, 0.22), (0.04, 0.25))], mottled(rgb(color), 0.08, 8, 0.45, 0.1))
    if not stems:
        return
    points = []
    leaf = Shape("stems")
    for k in range(9):
        a, lean = k * 2.4, grow.uniform(0.05, 0.2)
        tip = Vector((lean * math.cos(a), lean * math.sin(a), 0.25 + grow.uniform(0.16, 0.34))) * size
        leaf.tube([Vector((0, 0, 0.2 * size)), tip], [0.003, 0.002], paint(rgb("#5f6b3f"), 0.7), 4)
        points.append(np.array(tip) + grow.normal(0, 0.03 * size, (38, 3)))
    leaf.build().matrix_world = p.move
    color = rng.choice([nature.GREENS[0], nature.GREENS[3], *nature.FLOWERS[:3]])
    item = put("spray", nature.cards("spray", np.concatenate(points), 0.018 * size, grow, foliage(color, 0.3, 0.3, color), 0.2, 0.7))
    item.matrix_world = p.move


def bowl(x, y, z, color, rng, fruit=True, size=1.0):
    p = Piece(x, y, 0, z)
    p.turned(0, 0, [(s * size, t * size) for s, t in ((0.05, 0), (0.1, 0.03), (0.15, 0.09), (0.145, 0.09), (0.09, 0.035), (0, 0.02))], mottled(rgb(color), 0.06, 8, 0.5, 0.1))
    if fruit:
        tone = rng.choice(["#d9822b", "#b8c23c", "#c23b2e", "#e3c33c"])
        for k in range(6):
            a = k * 1.05
            p.soft((0.07 * size * math.cos(a) * (k < 5), 0.07 * size * math.sin(a) * (k < 5), (0.085 + 0.045 * (k == 5)) * size), (0.08 * size,) * 3, mottled(rgb(tone), 0.15, 9, 0.45, 0.1), 0.95)


def shelf_unit(x, y, wide, high, deep, timber, rng, grow, turn=0, columns=2, rows=5, legs=0.0, back=None):
    p = Piece(x, y, turn)
    t = 0.025
    for i in range(columns + 1):
        a = -wide / 2 + (wide - t) * i / columns
        p.box(a, a + t, -deep, 0, legs + 0.001, high - 0.001, timber, 0.003, 1)
    for j in range(rows + 1):
        v = legs + (high - legs - t) * j / rows
        p.box(-wide / 2 + 0.002, wide / 2 - 0.002, -deep + 0.003, -0.002, v, v + t, timber, 0.003, 1)
    if back:
        p.box(-wide / 2, wide / 2, -0.01, 0, legs, high, back, 0.001, 1)
    cell_w, cell_h = (wide - t) / columns, (high - legs - t) / rows
    for i in range(columns):
        for j in range(rows):
            a = -wide / 2 + t + cell_w * i
            v = legs + t + cell_h * j
            what = rng.choice(["books", "books", "vase", "bowl", "box", "half"])
            if what in ("books", "half"):
                books(p, a + 0.02, -0.03, v, rng, cell_w * (0.85 if what == "books" else 0.45), min(0.26, cell_h - 0.06), deep * 0.7)
            elif what == "box":
                p.box(a + 0.05, a + cell_w - 0.08, -deep + 0.03, -0.03, v, v + cell_h * 0.55, fabric(rgb(rng.choice(["#b59b73", "#8f8b84", "#d8cdb8"])), 120), 0.01)
            else:
                at = p.move @ Vector((a + cell_w / 2, -deep / 2, v))
                (vase if what == "vase" else bowl)(at.x, at.y, at.z, rng.choice(ART), *((grow, rng, min(0.8, cell_h / 0.36), False) if what == "vase" else (rng, False, 0.7)))


def sideboard(x, y, wide, timber, metal, turn=0, high=0.62, doors=4, deep=0.42, legs=0.16, front_=None):
    p = Piece(x, y, turn)
    p.box(-wide / 2, wide / 2, -deep, 0, legs, high, timber, 0.006)
    w = (wide - 0.04) / doors
    for i in range(doors):
        a = -wide / 2 + 0.02 + i * w
        p.box(a + 0.004, a + w - 0.004, -deep - 0.018, -deep, legs + 0.02, high - 0.025, front_ or timber, 0.004)
        h = a + (w - 0.05 if i % 2 == 0 else 0.04)
        p.box(h - 0.006, h + 0.012, -deep - 0.034, -deep - 0.018, *((high - 0.2, high - 0.1) if high < 1.2 else (0.95, 1.15)), metal, 0.003)
    for i in (-1, 1):
        for d in (-deep + 0.06, -0.06):
            p.bar([(i * (wide / 2 - 0.12), d, legs), (i * (wide / 2 - 0.09), d, 0)], 0.018, metal if legs > 0.2 else timber, end=0.012)
    return p


def screen(frame, u, v, wide=1.3):
    s = Shape("screen")
    high = wide * 0.565
    s.box(frame, u - wide / 2, u + wide / 2, v - high / 2, v + high / 2, 0.01, 0.05, paint(rgb("#0f1011"), 0.12))
    s.build(bevel=0.004)


def basket(x, y, size=0.4):
    p = Piece(x, y)
    weave = fabric(rgb("#b08d5f"), 70, 0.3)
    p.turned(0, 0, [(size * 0.42, 0), (size * 0.5, size * 0.35), (size * 0.46, size * 0.8), (size * 0.43, size * 0.8), (size * 0.4, size * 0.1)], weave)
    p.soft((0, 0, size * 0.72), (size * 0.75, size * 0.7, size * 0.3), fabric(rgb("#d8cfbe")), 0.6)


def fireplace(room, frame, u, wide=1.5):
    """A chimney breast with a mantel and a hearth."""
    s = Shape("fireplace")
    white, dark = room.white, mottled(rgb("#1b1a19"), 0.2, 4)
    s.box(frame, u - wide / 2, u + wide / 2, 0, 1.1, 0, 0.18, white)
    s.box(frame, u - wide / 2 - 0.12, u + wide / 2 + 0.12, 1.1, 1.17, 0, 0.28, white)
    s.box(frame, u - wide * 0.3, u + wide * 0.3, 0.02, 0.78, 0.14, 0.185, marble())
    s.box(frame, u - wide * 0.24, u + wide * 0.24, 0.02, 0.68, 0.14, 0.19, dark)
    s.box(frame, u - wide / 2 - 0.1, u + wide / 2 + 0.1, 0, 0.03, 0.18, 0.6, marble((0.2, 0.2, 0.2), (0.5, 0.5, 0.5)))
    s.build(bevel=0.006)
    p = Piece(*frame.at(u, 0, 0.3)[:2])
    bark = mottled(rgb("#6b5138"), 0.3, 8)
    for k in range(3):
        p.bar([(-0.22 + 0.02 * k, -0.02 + 0.05 * (k % 2), 0.09 + 0.07 * (k // 2)), (0.2 - 0.03 * k, 0.03 - 0.04 * (k % 2), 0.09 + 0.07 * (k // 2))], 0.04, bark)
    if room.evening:
        p.soft((0, 0, 0.22), (0.25, 0.08, 0.26), glow(rgb("#ff8a3c"), 9), 0.8)
        light.bulb(frame.at(u, 0.3, 0.5), 12, rgb("#ff9a50"))
