"""A level camera at eye height: uprights stay upright, because the lens is shifted instead."""

import math

import bpy
from mathutils import Vector


def look(target, yaw, distance, eye=1.65, lens=34.0, rise=0.0):
    """Places it `distance` in front of the target, `yaw` degrees to its right; `rise` is the height at mid-picture."""
    camera = bpy.data.cameras.new("camera")
    camera.lens = lens
    item = bpy.data.objects.new("camera", camera)
    angle = math.radians(yaw)
    away = Vector((math.sin(angle), -math.cos(angle), 0))
    item.location = Vector((target[0], target[1], eye)) + away * distance
    item.rotation_euler = (math.pi / 2, 0, angle)
    camera.shift_y = (rise - eye) / distance * lens / 36
    camera.clip_end = 2000
    scene = bpy.context.scene
    scene.collection.objects.link(item)
    scene.camera = item
    return item


def begin():
    """Starts an empty scene."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    return bpy.context.scene


def render(path, width, samples, exposure=0.0, threads=2, look_name="AgX - Medium High Contrast", bounces=5):
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    cycles = scene.cycles
    cycles.device = "CPU"
    cycles.samples = samples
    cycles.use_adaptive_sampling = True
    cycles.adaptive_threshold = 0.03
    cycles.adaptive_min_samples = 4
    cycles.use_denoising = True
    cycles.denoiser = "OPENIMAGEDENOISE"
    cycles.denoising_input_passes = "RGB_ALBEDO_NORMAL"
    cycles.denoising_prefilter = "ACCURATE"
    cycles.denoising_quality = "BALANCED"
    cycles.max_bounces = bounces
    cycles.diffuse_bounces = min(3, bounces - 1)
    cycles.glossy_bounces = 3
    cycles.transparent_max_bounces = 8
    cycles.sample_clamp_indirect = 3.0
    cycles.caustics_reflective = cycles.caustics_refractive = False
    cycles.use_light_tree = True
    scene.render.use_persistent_data = False
    scene.render.threads_mode = "FIXED"
    scene.render.threads = threads
    scene.render.resolution_x = width
    scene.render.resolution_y = width * 2 // 3
    scene.render.image_settings.file_format = "PNG"
    scene.view_settings.view_transform = "AgX"
    scene.view_settings.look = look_name
    scene.view_settings.exposure = exposure
    scene.render.filepath = str(path)
    bpy.ops.render.render(write_still=True)
