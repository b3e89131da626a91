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
        phrase="under a blue sky",
        elevation=46,
        sun=4.5,
        sun_color=rgb("#fff2dc"),
        horizon=rgb("#dbe9f6"),
        middle=rgb("#92c0ee"),
        zenith=rgb("#3f80cc"),
        strength=1.15,
        cloud=(1.25, 1.25, 1.25),
        cover=0.53,
        exposure=0.5,
    ),
    "morning": Hour(
        phrase="in the morning sun",
        elevation=27,
        sun=4.6,
        sun_color=rgb("#ffe3b8"),
        horizon=rgb("#f6ead6"),
        middle=rgb("#aed2f2"),
        zenith=rgb("#5b97d6"),
        strength=1.1,
        cloud=(1.25, 1.19, 1.1),
        cover=0.51,
        exposure=0.5,
    ),
    "golden": Hour(
        phrase="in the evening sun",
        elevation=14,
        sun=5.0,
        sun_color=rgb("#ffb870"),
        horizon=rgb("#ffdca8"),
        middle=rgb("#c6d4e6"),
        zenith=rgb("#6c9cd4"),
        strength=0.95,
        cloud=(1.4, 1.08, 0.86),
        cover=0.53,
        exposure=0.7,
    ),
    "overcast": Hour(
        phrase="under a cloudy sky",
        elevation=42,
        sun=1.9,
        sun_color=rgb("#fff4e6"),
        horizon=rgb("#eef1f3"),
        middle=rgb("#d5dce3"),
        zenith=rgb("#aab8ca"),
        strength=1.2,
        cloud=(1.1, 1.11, 1.12),
        cover=0.38,
        exposure=0.5,
    ),
    "dusk": Hour(
        phrase="at dusk",
        elevation=4,
        sun=0.35,
        sun_color=rgb("#ffa27a"),
        horizon=rgb("#ffbf8e"),
        middle=rgb("#b3a2c8"),
        zenith=rgb("#4a67a6"),
        strength=0.72,
        cloud=(1.15, 0.74, 0.66),
        cover=0.52,
        exposure=1.3,
        lit=True,
    ),
    "night": Hour(
        phrase="at nightfall",
        elevation=4,
        sun=0.05,
        sun_color=rgb("#8aa0d8"),
        horizon=rgb("#d0a9a6"),
        middle=rgb("#6878b8"),
        zenith=rgb("#274494"),
        strength=0.54,
        cloud=(0.55, 0.5, 0.66),
        cover=0.53,
        exposure=1.25,
        lit=True,
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
    """A soft rectangle of light, as from a window or a photographer's lamp."""
    lamp = bpy.data.lights.new("panel", "AREA")
    lamp.shape, lamp.size, lamp.size_y = "RECTANGLE", wide, high
    lamp.energy, lamp.color = watts, color
    item = bpy.data.objects.new("panel", lamp)
    item.location = place
    item.rotation_euler = Vector(towards).to_track_quat("-Z", "Y").to_euler()
    item.visible_camera = seen
    item.visible_glossy = seen
    bpy.context.scene.collection.objects.link(item)
