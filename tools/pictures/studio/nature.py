"""Plants: trees with branches and leaves, hedges, flower beds and lawns of blades."""

import math

import bpy
import numpy as np
from mathutils import Matrix, Vector

from .materials import foliage, mottled, rgb, shade, turf
from .shape import Shape, put

SUMMER = rgb("#4d6b2c")
GREENS = [rgb(code) for code in ("#4d6b2c", "#5b7a35", "#3f6131", "#6b7f3a")]
AUTUMN = [rgb(code) for code in ("#b5651d", "#a8401f", "#c48a22")]
BLOSSOM = [rgb(code) for code in ("#e3a7b8", "#efdfe2", "#d98ca6")]
FLOWERS = [rgb(code) for code in ("#f2efe6", "#c2517d", "#7d62b0", "#e0b13a", "#d1543f", "#e7a3b6")]


def cards(name, centers, size, rng, material, upright=0.0, aspect=0.55):
    """One mesh of many small leaves."""
    count = len(centers)
    along = rng.normal(size=(count, 3))
    along[:, 2] += upright
    along /= np.linalg.norm(along, axis=1)[:, None]
    side = np.cross(along, rng.normal(size=(count, 3)))
    side /= np.linalg.norm(side, axis=1)[:, None]
    length = size * rng.uniform(0.6, 1.3, (count, 1))
    tip, wide = along * length, side * length * aspect
    corners = np.stack([centers - tip, centers + wide, centers + tip, centers - wide], axis=1).reshape(-1, 3)
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(corners, [], np.arange(count * 4).reshape(-1, 4))
    mesh.materials.append(material)
    return mesh


class Plant:
    """Meshes that are made once and used in many places."""

    def __init__(self, *meshes):
        self.meshes = meshes

    def stand(self, x, y, z=0.0, size=1.0, turn=0.0):
        for mesh in self.meshes:
            item = put(mesh.name, mesh)
            item.matrix_world = (
                Matrix.Translation((x, y, z)) @ Matrix.Rotation(turn, 4, "Z") @ Matrix.Diagonal((size, size, size, 1))
            )


def _bark(pale=False):
    return mottled(rgb("#c9c4b8") if pale else rgb("#5d4a3a"), 0.3, 4, 0.95, 0.6, 30)


def _mesh_of(shape):
    item = shape.build(smooth=True)
    for modifier in list(item.modifiers):
        item.modifiers.remove(modifier)
    mesh = item.data
    bpy.data.objects.remove(item)
    return mesh


def broadleaf(
    rng, color=SUMMER, height=7.5, leaves=17000, crown=(0.34, 0.34, 0.34), clear=0.26, pale=False, size=0.085
):
    """Branches reach for points in the crown, and carry leaves on their outer half."""
    wood = Shape("trunk")
    bark = _bark(pale)
    lean = rng.normal(0, 0.02, 2) * height
    spine = [Vector((lean[0] * t, lean[1] * t, height * 0.82 * t)) for t in (0, 0.15, 0.35, 0.6, 0.85, 1)]
    girth = height * 0.022
    wood.tube(spine, [girth * f for f in (1.35, 1.0, 0.85, 0.6, 0.3, 0.08)], bark, 9)
    middle = np.array([0, 0, height * (clear + (1 - clear) * 0.55)])
    spread = np.array(crown) * height * np.array([1, 1, (1 - clear) / 0.72])
    centers = []
    branches = 95
    for _ in range(branches):
        aim = rng.normal(size=3)
        aim /= np.linalg.norm(aim)
        aim = Vector(middle + aim * spread * rng.uniform(0.55, 1.0) ** 0.6)
        start_height = max(clear * height * 0.9, min(aim.z * rng.uniform(0.45, 0.8), height * 0.78))
        share = start_height / (height * 0.82)
        start = Vector((lean[0] * share, lean[1] * share, start_height))
        bend = (start + aim) / 2 + Vector((0, 0, -0.06 * height * rng.uniform(0, 1)))
        path = [(1 - t) ** 2 * start + 2 * t * (1 - t) * bend + t * t * aim for t in (0, 0.25, 0.5, 0.75, 1)]
        thick = girth * 0.38 * (1 - 0.5 * share)
        wood.tube(path, [thick, thick * 0.8, thick * 0.55, thick * 0.35, thick * 0.12], bark, 5)
        tips = leaves // branches
        at = rng.uniform(0.3, 1.0, tips)[:, None]
        along = (1 - at) ** 2 * np.array(start) + 2 * at * (1 - at) * np.array(bend) + at * at * np.array(aim)
        puff = 0.034 * height * (0.7 + at)
        centers.append(along + np.clip(rng.normal(size=(tips, 3)), -1.7, 1.7) * puff * np.array([1, 1, 0.7]))
    return Plant(_mesh_of(wood), cards("leaves", np.concatenate(centers), size * height / 7, rng, foliage(color)))


def conifer(rng, color=rgb("#2f4a33"), height=9.0, leaves=15000, slim=0.22):
    wood = Shape("trunk")
    wood.tube([(0, 0, 0), (0, 0, height * 0.5), (0, 0, height)], [height * 0.02, height * 0.012, 0.01], _bark(), 7)
    share = rng.uniform(0.0, 1.0, leaves) ** 1.35
    layers = 26
    share = (np.floor(share * layers) + rng.beta(2, 2, leaves)) / layers
    reach = (1 - share) ** 0.85 * slim * height
    arm = rng.integers(0, 9, leaves) + np.floor(share * layers) * 0.37
    angle = arm * 2 * math.pi / 9 + rng.normal(0, 0.13, leaves)
    out = reach * rng.uniform(0.08, 1.0, leaves) ** 0.6
    z = height * (0.1 + 0.9 * share) - out * 0.32 + rng.normal(0, 0.05, leaves)
    centers = np.stack([out * np.cos(angle), out * np.sin(angle), z], axis=1)
    return Plant(
        _mesh_of(wood), cards("needles", centers, 0.13 * height / 9, rng, foliage(color, through=0.15), -0.5, 0.22)
    )


def woods(rng, x0, x1, y, high, colors, leaves=9000, size=0.34, across=False):
    """A belt of distant trees with only their crowns visible: along x at this y, or across, along y at this x."""
    dark = Shape("thicket")
    low, deep = high * 0.4, y + 2.5 * (1 if y > 0 else -1)
    outline = [(x0, deep, -1), (x1, deep, -1), (x1, deep, low), (x0, deep, low)]
    dark.face([(b, a, z) if across else (a, b, z) for a, b, z in outline], mottled(rgb("#2c3d22"), 0.35, 1.5))
    dark.build()
    for color in colors:
        count = leaves // len(colors)
        x = rng.uniform(x0, x1, count)
        phase = rng.uniform(0, 6, 4)
        crest = (
            0.62
            + 0.2 * np.sin(x * 0.55 + phase[0])
            + 0.12 * np.sin(x * 1.3 + phase[1])
            + 0.06 * np.sin(x * 3.1 + phase[2])
        )
        z = high * crest * rng.uniform(0, 1, count) ** 0.6
        spots = np.stack([x, y + rng.uniform(-2.5, 2.5, count) * (1.1 - z / high), z], 1)
        if across:
            spots = spots[:, [1, 0, 2]]
        put("woods", cards("woods", spots, size, rng, foliage(shade(color, 0.8), 0.4, 0.2), 0.2, 0.7))


def column(rng, color=rgb("#3c5733"), height=6.0, leaves=9000, slim=0.13):
    """A cypress or a poplar."""
    share = rng.uniform(0, 1, leaves)
    reach = slim * height * np.sin(np.pi * np.clip(share * 0.92 + 0.06, 0, 1)) ** 0.6
    angle = rng.uniform(0, 2 * math.pi, leaves)
    out = reach * rng.uniform(0.5, 1.0, leaves) ** 0.5 * (1 + 0.12 * np.sin(angle * 5 + share * 25))
    centers = np.stack([out * np.cos(angle), out * np.sin(angle), 0.15 + height * share], axis=1)
    return Plant(cards("needles", centers, 0.075 * height / 6, rng, foliage(color, through=0.2), 1.6, 0.35))


def palm(rng, height=6.0):
    wood = Shape("trunk")
    path = [Vector((0.25 * t * t, 0, height * t)) for t in (0, 0.25, 0.5, 0.75, 1)]
    wood.tube(path, [0.2, 0.15, 0.14, 0.13, 0.15], mottled(rgb("#8a7a66"), 0.3, 6, 0.95, 0.9, 14), 9)
    leaf = Shape("fronds")
    green = foliage(rgb("#5f7d3a"), 0.3)
    top = path[-1]
    for k in range(22):
        angle = k * 2.4
        rise = rng.uniform(-0.2, 1.1)
        ahead = Vector((math.cos(angle), math.sin(angle), 0))
        side = Vector((-ahead.y, ahead.x, 0))
        stem = [
            top + ahead * 2.0 * t + Vector((0, 0, rise * t - (1.1 + 0.6 * rise) * t * t)) for t in np.linspace(0, 1, 15)
        ]
        for i, (a, b) in enumerate(zip(stem, stem[1:])):
            long = 0.62 * math.sin(math.pi * (0.15 + 0.8 * i / 14))
            for way in (-1, 1):
                tip = a + side * way * long + (b - a) * 2.2 + Vector((0, 0, -0.35 * long))
                leaf.face([a, a + (b - a) * 0.55, tip], green)
    return Plant(_mesh_of(wood), _mesh_of(leaf))


def shrub(rng, color=SUMMER, radius=0.5, leaves=2600, flowers=None, upright=0.4, size=0.04):
    """A round, uneven bush, with a few flowers if a colour is given."""
    way = rng.normal(size=(leaves, 3))
    way /= np.linalg.norm(way, axis=1)[:, None]
    lumps = (
        1 + 0.16 * np.sin(way[:, :1] * 5 + rng.uniform(0, 6)) * np.cos(way[:, 1:2] * 6) + 0.1 * np.sin(way[:, 2:] * 9)
    )
    centers = way * radius * lumps * rng.uniform(0.55, 1.0, (leaves, 1)) ** 0.4 * np.array([1, 1, 0.85])
    centers[:, 2] += radius * 0.7
    centers = centers[centers[:, 2] > 0]
    meshes = [cards("shrub", centers, size, rng, foliage(color), upright)]
    if flowers:
        outside = centers[np.linalg.norm(centers - [0, 0, radius * 0.7], axis=1) > radius * 0.72]
        chosen = outside[rng.random(len(outside)) < 0.22] * 1.04
        meshes.append(cards("flowers", chosen, size * 1.05, rng, foliage(flowers, 0.15, 0.25, flowers), 0, 0.9))
    return Plant(*meshes)


def grasses(rng, color=rgb("#a39a63"), height=0.9):
    """A tuft of ornamental grass."""
    return Plant(_blades(rng, 130, height, 0.16, 0.009, 0.55, foliage(color, 0.3, 0.3)))


def _blades(rng, count, height, radius, width, lean, material):
    vertices, faces = [], []
    for _ in range(count):
        angle, off = rng.uniform(0, 6.283), radius * math.sqrt(rng.uniform())
        x, y = off * math.cos(angle), off * math.sin(angle)
        turn = rng.uniform(0, 6.283)
        tall = height * rng.uniform(0.55, 1.15)
        dx, dy = math.cos(turn), math.sin(turn)
        slant = lean * tall * rng.uniform(0.2, 1.0)
        start = len(vertices)
        for share, wide in ((0, 1), (0.5, 0.8), (1, 0.0)):
            push = slant * share * share
            px, py, pz = x + dx * push, y + dy * push, tall * share * (1 - 0.25 * lean * share)
            for way in (-1, 1) if wide else (0,):
                vertices.append((px - dy * way * width * wide, py + dx * way * width * wide, pz))
        faces += [(start, start + 1, start + 3, start + 2), (start + 2, start + 3, start + 4)]
    mesh = bpy.data.meshes.new("blades")
    mesh.from_pydata(vertices, [], faces)
    mesh.materials.append(material)
    return mesh


def scatter(plant_meshes, spots, rng, low=0.75, high=1.3):
    """Instances of a mesh on (x, y, z) spots, each with a random turn and size; cheap even in thousands."""
    count = len(spots)
    turn = rng.uniform(0, 2 * math.pi, count)
    half = rng.uniform(low, high, count) / 2
    corners = []
    for k in range(4):
        angle = turn + k * math.pi / 2
        corners.append(
            np.stack([spots[:, 0] + half * np.cos(angle), spots[:, 1] + half * np.sin(angle), spots[:, 2]], 1)
        )
    mesh = bpy.data.meshes.new("spots")
    mesh.from_pydata(np.stack(corners, 1).reshape(-1, 3), [], np.arange(count * 4).reshape(-1, 4))
    field = put("field", mesh)
    field.instance_type = "FACES"
    field.use_instance_faces_scale = True
    field.instance_faces_scale = 1 / math.sqrt(0.5)
    field.show_instancer_for_render = False
    for plant in plant_meshes:
        put("tuft", plant).parent = field


def lawn(rng, x0, x1, y0, y1, color=rgb("#66763a"), density=11.0, height=0.075, keep_off=()):
    """Turf with blades of grass, except in the rectangles (x0, x1, y0, y1) of paths and beds."""
    ground = Shape("turf")
    ground.face([(x0, y0, 0.012), (x1, y0, 0.012), (x1, y1, 0.012), (x0, y1, 0.012)], turf(color))
    ground.build()
    blade = foliage(color, 0.38, 0.3)
    for share in (0.5, 0.5):
        count = int((x1 - x0) * (y1 - y0) * density * share)
        spots = np.stack([rng.uniform(x0, x1, count), rng.uniform(y0, y1, count), np.full(count, 0.0)], 1)
        free = np.ones(count, bool)
        for a, b, c, d in keep_off:
            free &= ~(
                (spots[:, 0] > a - 0.1) & (spots[:, 0] < b + 0.1) & (spots[:, 1] > c - 0.1) & (spots[:, 1] < d + 0.1)
            )
        scatter([_blades(rng, 120, height, 0.27, 0.0045, 0.75, blade)], spots[free], rng)


def hedge(rng, x0, x1, y0, y1, height, color=SUMMER, density=1500):
    """A clipped hedge: leaves over a dark core."""
    core = Shape("core")
    inset = 0.06
    core.prism(
        [(x0 + inset, y0 + inset), (x1 - inset, y0 + inset), (x1 - inset, y1 - inset), (x0 + inset, y1 - inset)],
        0,
        height - inset,
        mottled(rgb("#1d2a16"), 0.3, 8),
    )
    core.build()
    wide, deep = x1 - x0, y1 - y0
    areas = np.array([wide * height, deep * height, deep * height, wide * deep])
    points = []
    for side, area in enumerate(areas):
        count = int(area * density)
        a, b = rng.uniform(0, 1, count), rng.uniform(0, 1, count)
        fuzz = rng.normal(0, 0.025, count)
        if side == 0:
            points.append(np.stack([x0 + a * wide, y0 + fuzz, b * height], 1))
        elif side < 3:
            points.append(np.stack([(x0 if side == 1 else x1) + fuzz, y0 + a * deep, b * height], 1))
        else:
            points.append(np.stack([x0 + a * wide, y0 + b * deep, height + fuzz], 1))
    put("hedge", cards("hedge", np.concatenate(points), 0.035, rng, foliage(color), 0.2))


def climber(rng, frame, u0, u1, v0, v1, color=SUMMER, flowers=None, density=900):
    """Ivy or a rose on a wall, thinner towards its edges."""
    count = int((u1 - u0) * (v1 - v0) * density)
    a, b = rng.beta(1.6, 1.6, count), rng.beta(1.1, 1.8, count)
    edge = 0.5 + 0.5 * np.sin(a * 17 + 3 * np.sin(b * 9))
    keep = b < 0.35 + 0.65 * edge
    a, b = a[keep], b[keep]
    spots = np.array(
        [frame.at(u0 + (u1 - u0) * x, v0 + (v1 - v0) * y, 0.03 + 0.1 * rng.uniform()) for x, y in zip(a, b)]
    )
    put("climber", cards("climber", spots, 0.045, rng, foliage(color), 0.2, 0.7))
    if flowers:
        chosen = spots[rng.random(len(spots)) < 0.07] + np.array(frame.out) * 0.06
        put("roses", cards("roses", chosen, 0.05, rng, foliage(flowers, 0.15, 0.2, flowers), 0, 0.95))
