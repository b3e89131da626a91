"""Hours of the day: a sky with clouds, a sun, and how the camera is exposed for them."""

import math
from dataclasses import dataclass

import bpy
from mathutils import Vector

from .materials import Nodes, rgb


@dataclass(frozen=True)
class Hour:
    phrase: str
    elevation: float
    sun: float
    sun_color: tuple
    horizon: tuple
    middle: tuple
    zenith: tuple
    strength: float
    cloud: tuple
    cover: float
    exposure: float
    lit: bool = False


HOURS = {
    "noon": Hour(
        "under a blue sky",
        46,
        4.4,
        rgb("#fff2dc"),
        rgb("#dbe9f4"),
        rgb("#9cc4ec"),
        rgb("#4d8ace"),
        1.1,
        (1.2, 1.2, 1.2),
        0.48,
        0.5,
    ),
    "morning": Hour(
        "in the morning sun",
        27,
        4.4,
        rgb("#ffe3b8"),
        rgb("#f3e8d8"),
        rgb("#b4d2ee"),
        rgb("#6a9fd8"),
        1.05,
        (1.2, 1.15, 1.08),
        0.46,
        0.5,
    ),
    "golden": Hour(
        "in the evening sun",
        14,
        4.6,
        rgb("#ffbd7c"),
        rgb("#ffdfb2"),
        rgb("#d3d3da"),
        rgb("#7fa3d0"),
        0.9,
        (1.3, 1.06, 0.9),
        0.49,
        0.6,
    ),
    "overcast": Hour(
        "under a cloudy sky",
        42,
        1.7,
        rgb("#fff4e6"),
        rgb("#eef1f3"),
        rgb("#d5dce3"),
        rgb("#b0bccb"),
        1.15,
        (1.08, 1.09, 1.11),
        0.36,
        0.45,
    ),
    "dusk": Hour(
        "at dusk",
        4,
        0.3,
        rgb("#ffa27a"),
        rgb("#ffc49a"),
        rgb("#a99fc4"),
        rgb("#48639c"),
        0.62,
        (1.0, 0.7, 0.68),
        0.49,
        1.15,
        True,
    ),
    "night": Hour(
        "at nightfall",
        4,
        0.05,
        rgb("#8aa0d8"),
        rgb("#c9a5a8"),
        rgb("#6474b0"),
        rgb("#27408a"),
        0.48,
        (0.5, 0.48, 0.66),
        0.51,
        1.15,
        True,
    ),
}


def sky(hour, side, rng, sun=None, elevation=None):
    """The world and the sun, which stands `side` degrees to the right of the street."""
    azimuth, elevation = math.radians(side), math.radians(elevation or hour.elevation)
    towards = Vector(
        (math.sin(azimuth) * math.cos(elevation), -math.cos(azimuth) * math.cos(elevation), math.sin(elevation))
    )
    lamp = bpy.data.lights.new("sun", "SUN")
    lamp.energy, lamp.color, lamp.angle = hour.sun if sun is None else sun, hour.sun_color, math.radians(0.9)
    item = bpy.data.objects.new("sun", lamp)
    item.rotation_euler = (-towards).to_track_quat("-Z", "Y").to_euler()
    bpy.context.scene.collection.objects.link(item)

    world = bpy.data.worlds.new("sky")
    bpy.context.scene.world = world
    world.use_nodes = True
    world.cycles.sampling_method = "MANUAL"
    world.cycles.sample_map_resolution = 256
    n = Nodes(world.node_tree)
    way = n.add("TexCoord").outputs["Generated"]
    up = n.add("SeparateXYZ", {"Vector": way}).outputs[2]
    dome = n.ramp(n.math("MAXIMUM", up, 0.0), (0.0, hour.horizon), (0.16, hour.middle), (0.75, hour.zenith))
    flat = n.add(
        "VectorMath", {0: way, 1: n.math("ADD", n.math("MAXIMUM", up, 0.0), 0.12)}, operation="DIVIDE"
    ).outputs[0]
    at = n.add(
        "Mapping", {"Vector": flat, "Scale": (1.0, 1.35, 0.0), "Location": (rng.uniform(0, 40), rng.uniform(0, 40), 0)}
    )
    billow = n.noise(at.outputs[0], 0.75, 9, 0.25)
    cover = n.ramp(billow, (hour.cover, (0, 0, 0)), (hour.cover + 0.2, (1, 1, 1)))
    low = n.math("MULTIPLY", up, 6.0)
    low.node.use_clamp = True
    veil = n.math("MULTIPLY", n.math("MULTIPLY", cover, low), 0.85)
    body = n.ramp(n.noise(at.outputs[0], 2.2, 6), (0.3, tuple(c * 0.86 for c in hour.cloud)), (0.65, hour.cloud))
    tint = n.mix(veil, dome, body)
    background = world.node_tree.nodes["Background"]
    world.node_tree.links.new(tint, background.inputs["Color"])
    background.inputs["Strength"].default_value = hour.strength


def bulb(place, watts, color=rgb("#ffdcb2"), radius=0.08):
    lamp = bpy.data.lights.new("bulb", "POINT")
    lamp.energy, lamp.color, lamp.shadow_soft_size = watts, color, radius
    item = bpy.data.objects.new("bulb", lamp)
    item.location = place
    bpy.context.scene.collection.objects.link(item)


def panel(place, towards, wide, high, watts, color=(1, 1, 1), seen=False):
    """A soft rectangle of light: what a window or a photographer's lamp gives."""
    lamp = bpy.data.lights.new("panel", "AREA")
    lamp.shape, lamp.size, lamp.size_y = "RECTANGLE", wide, high
    lamp.energy, lamp.color = watts, color
    item = bpy.data.objects.new("panel", lamp)
    item.location = place
    item.rotation_euler = Vector(towards).to_track_quat("-Z", "Y").to_euler()
    item.visible_camera = seen
    item.visible_glossy = seen
    bpy.context.scene.collection.objects.link(item)
