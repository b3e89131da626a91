"""Surfaces. Texture coordinates are metres, so that a brick has the same size on every wall."""

import bpy


def rgb(code):
    """Converts a web colour (sRGB) to linear RGB."""
    channels = (int(code[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)


def shade(color, factor):
    return tuple(min(1.0, c * factor) for c in color)


def blend(a, b, share):
    return tuple(x + (y - x) * share for x, y in zip(a, b))


class Nodes:
    """Adds nodes to a tree; an input is either a value or another node's output."""

    def __init__(self, tree):
        self.tree = tree

    def add(self, kind, inputs=(), **properties):
        node = self.tree.nodes.new("ShaderNode" + kind)
        for name, value in properties.items():
            setattr(node, name, value)
        for name, value in dict(inputs).items():
            socket = node.inputs[name]
            if isinstance(value, bpy.types.NodeSocket):
                self.tree.links.new(value, socket)
            elif isinstance(value, tuple) and len(value) == 3 and socket.type == "RGBA":
                socket.default_value = (*value, 1)
            else:
                socket.default_value = value
        return node

    def uv(self, scale=(1, 1, 1), offset=(0, 0, 0)):
        source = self.add("TexCoord").outputs["UV"]
        return self.add("Mapping", {"Vector": source, "Scale": scale, "Location": offset}).outputs[0]

    def place(self, scale=(1, 1, 1)):
        source = self.add("TexCoord").outputs["Object"]
        return self.add("Mapping", {"Vector": source, "Scale": scale}).outputs[0]

    def noise(self, vector, scale, detail=4.0, distortion=0.0):
        inputs = {"Vector": vector, "Scale": scale, "Detail": detail, "Distortion": distortion}
        return self.add("TexNoise", inputs).outputs["Fac"]

    def ramp(self, factor, *stops):
        """Stops are (position, colour); the first and the last hold beyond their ends."""
        node = self.add("ValToRGB", {"Fac": factor})
        elements = node.color_ramp.elements
        while len(elements) < len(stops):
            elements.new(0.5)
        for element, (position, color) in zip(elements, stops):
            element.position, element.color = position, (*color, 1)
        return node.outputs["Color"]

    def math(self, operation, a, b=0.0):
        return self.add("Math", {0: a, 1: b}, operation=operation).outputs[0]

    def mix(self, factor, a, b, blend_type="MIX"):
        node = self.add("Mix", data_type="RGBA", blend_type=blend_type)
        for index, value in ((0, factor), (6, a), (7, b)):
            if isinstance(value, bpy.types.NodeSocket):
                self.tree.links.new(value, node.inputs[index])
            else:
                node.inputs[index].default_value = (*value, 1) if isinstance(value, tuple) else value
        return node.outputs[2]

    def bump(self, height, strength=0.3, distance=0.02):
        return self.add("Bump", {"Height": height, "Strength": strength, "Distance": distance}).outputs[0]

    def bricks(self, vector, width, height, mortar, colors, offset=0.5):
        inputs = {
            "Vector": vector,
            "Scale": 1.0,
            "Brick Width": width,
            "Row Height": height,
            "Mortar Size": mortar,
            "Mortar Smooth": 0.2,
            "Bias": 0.0,
            "Color1": colors[0],
            "Color2": colors[1],
            "Mortar": colors[2],
        }
        return self.add("TexBrick", inputs, offset=offset, squash=1.0)


def surface(name, make):
    """The material of this name; `make` gives the inputs of its shader when it is new."""
    known = bpy.data.materials.get(name)
    if known:
        return known
    material = bpy.data.materials.new(name)
    material.use_nodes = True
    nodes = Nodes(material.node_tree)
    shader = material.node_tree.nodes["Principled BSDF"]
    for key, value in make(nodes).items():
        socket = shader.inputs[key]
        if isinstance(value, bpy.types.NodeSocket):
            material.node_tree.links.new(value, socket)
        else:
            socket.default_value = (*value, 1) if isinstance(value, tuple) and len(value) == 3 else value
    return material


def shader(name, make):
    """The material of this name; `make` gives its closure when it is new."""
    known = bpy.data.materials.get(name)
    if known:
        return known
    material = bpy.data.materials.new(name)
    material.use_nodes = True
    tree = material.node_tree
    tree.nodes.remove(tree.nodes["Principled BSDF"])
    tree.links.new(make(Nodes(tree)), tree.nodes["Material Output"].inputs["Surface"])
    return material


def paint(color, rough=0.5, metal=0.0):
    return surface(
        f"paint {color} {rough} {metal}",
        lambda n: {"Base Color": color, "Roughness": rough, "Metallic": metal},
    )


def glow(color, strength):
    return shader(
        f"glow {color} {strength}",
        lambda n: n.add("Emission", {"Color": color, "Strength": strength}).outputs[0],
    )


def mottled(color, spread=0.12, scale=3.0, rough=0.85, bump=0.2, grain=60.0):
    """Plaster, concrete, earth: one colour with patches and a grain."""

    def make(n):
        at = n.place()
        patches = n.noise(at, scale, 6)
        fine = n.noise(at, grain, 3)
        tint = n.ramp(patches, (0.3, shade(color, 1 - spread)), (0.7, shade(color, 1 + spread)))
        return {"Base Color": tint, "Roughness": rough, "Normal": n.bump(fine, bump, 0.01)}

    return surface(f"mottled {color} {spread} {scale} {rough} {bump} {grain}", make)


def brick(color, other, mortar, width=0.23, height=0.075, joint=0.006):
    def make(n):
        at = n.uv()
        node = n.bricks(at, width, height, joint, (color, other, mortar))
        weather = n.ramp(n.noise(at, 0.6, 5), (0.3, (0.86, 0.86, 0.86)), (0.7, (1.08, 1.08, 1.08)))
        speckle = n.ramp(n.noise(at, 25, 3), (0.3, (0.8, 0.8, 0.8)), (0.7, (1.15, 1.15, 1.15)))
        tint = n.mix(1.0, n.mix(1.0, node.outputs["Color"], weather, "MULTIPLY"), speckle, "MULTIPLY")
        height_map = n.math("SUBTRACT", 1.0, node.outputs["Fac"])
        return {"Base Color": tint, "Roughness": 0.9, "Normal": n.bump(height_map, 0.5, 0.012)}

    return surface(f"brick {color} {other} {mortar} {width}", make)


def lapped(color, pitch=0.16):
    """Horizontal boards, each overlapping the one below."""

    def make(n):
        up = n.add("SeparateXYZ", {"Vector": n.uv()}).outputs[1]
        step = n.math("FRACT", n.math("DIVIDE", up, pitch))
        shadow = n.ramp(step, (0.0, (1, 1, 1)), (0.86, (1, 1, 1)), (0.97, (0.45, 0.45, 0.45)))
        grain = n.noise(n.uv((2, 40, 1)), 2.0, 4)
        tint = n.mix(1.0, n.ramp(grain, (0.3, shade(color, 0.94)), (0.7, shade(color, 1.05))), shadow, "MULTIPLY")
        slope = n.math("SUBTRACT", 1.0, step)
        return {"Base Color": tint, "Roughness": 0.6, "Normal": n.bump(slope, 0.8, 0.03)}

    return surface(f"lapped {color} {pitch}", make)


def boards(color, width=0.14, upright=True, rough=0.55, spread=0.25, gap=0.004):
    """Planks with a grain, upright or horizontal: cladding, decks, doors."""

    def make(n):
        turn = n.add("SeparateXYZ", {"Vector": n.uv()})
        across, along = (turn.outputs[0], turn.outputs[1]) if upright else (turn.outputs[1], turn.outputs[0])
        at = n.add("CombineXYZ", {0: along, 1: across}).outputs[0]
        node = n.bricks(
            at, 2.6, width, gap, (shade(color, 1 - spread), shade(color, 1 + spread), shade(color, 0.2)), 0.37
        )
        grain = n.noise(n.add("Mapping", {"Vector": at, "Scale": (2.2, 34, 1)}).outputs[0], 2.0, 6, 0.8)
        lines = n.ramp(grain, (0.3, (0.72, 0.72, 0.72)), (0.68, (1.12, 1.12, 1.12)))
        tint = n.mix(1.0, node.outputs["Color"], lines, "MULTIPLY")
        return {
            "Base Color": tint,
            "Roughness": rough,
            "Normal": n.bump(n.math("SUBTRACT", 1.0, node.outputs["Fac"]), 0.35, 0.008),
        }

    return surface(f"boards {color} {width} {upright} {rough} {spread}", make)


def stones(color, scale=3.2, mortar=(0.42, 0.39, 0.34)):
    """Rubble stones in mortar."""

    def make(n):
        at = n.uv((1, 1.7, 1))
        wobble = n.add("TexNoise", {"Vector": at, "Scale": 3.0, "Detail": 2.0}).outputs["Color"]
        bent = n.mix(0.06, at, wobble, "ADD")
        cell = n.add("TexVoronoi", {"Vector": bent, "Scale": scale, "Randomness": 0.85})
        edge = n.add("TexVoronoi", {"Vector": bent, "Scale": scale, "Randomness": 0.85}, feature="DISTANCE_TO_EDGE")
        value = n.add("SeparateColor", {"Color": cell.outputs["Color"]}).outputs[0]
        stone = n.ramp(value, (0.0, shade(color, 0.6)), (0.5, color), (1.0, shade(color, 1.3)))
        rough = n.ramp(n.noise(at, 16, 5), (0.3, (0.75, 0.75, 0.75)), (0.7, (1.15, 1.15, 1.15)))
        joint = n.ramp(edge.outputs["Distance"], (0.02, (0, 0, 0)), (0.07, (1, 1, 1)))
        tint = n.mix(joint, mortar, n.mix(1.0, stone, rough, "MULTIPLY"))
        return {"Base Color": tint, "Roughness": 0.92, "Normal": n.bump(joint, 0.7, 0.03)}

    return surface(f"stones {color} {scale}", make)


def shingles(color, width=0.3, height=0.2, spread=0.28, rough=0.9):
    """Roof tiles and slates, and shingles on a wall; rows are as high as the roof's courses."""

    def make(n):
        at = n.uv()
        node = n.bricks(
            at, width, height, 0.006, (shade(color, 1 - spread), shade(color, 1 + spread), shade(color, 0.25))
        )
        patches = n.ramp(n.noise(at, 0.9, 5), (0.3, (0.78, 0.78, 0.78)), (0.7, (1.12, 1.12, 1.12)))
        grain = n.ramp(n.noise(at, 45, 2), (0.3, (0.82, 0.82, 0.82)), (0.7, (1.15, 1.15, 1.15)))
        tint = n.mix(1.0, n.mix(1.0, node.outputs["Color"], patches, "MULTIPLY"), grain, "MULTIPLY")
        return {
            "Base Color": tint,
            "Roughness": rough,
            "Normal": n.bump(n.math("SUBTRACT", 1.0, node.outputs["Fac"]), 0.5, 0.012),
        }

    return surface(f"shingles {color} {width} {height}", make)


def pantiles(color):
    """Clay tiles with rolls that run up the roof."""

    def make(n):
        at = n.uv()
        node = n.bricks(at, 0.24, 0.2, 0.001, (shade(color, 0.75), shade(color, 1.2), shade(color, 0.5)), 0.0)
        across = n.add("SeparateXYZ", {"Vector": at}).outputs[0]
        roll = n.math("ABSOLUTE", n.math("SINE", n.math("MULTIPLY", across, 3.14159 / 0.24)))
        dirt = n.ramp(n.noise(at, 1.3, 5), (0.3, (0.7, 0.7, 0.7)), (0.7, (1.1, 1.1, 1.1)))
        dark = n.ramp(roll, (0.0, (0.45, 0.45, 0.45)), (0.5, (1, 1, 1)))
        tint = n.mix(1.0, n.mix(1.0, node.outputs["Color"], dirt, "MULTIPLY"), dark, "MULTIPLY")
        return {"Base Color": tint, "Roughness": 0.8, "Normal": n.bump(roll, 1.0, 0.06)}

    return surface(f"pantiles {color}", make)


def tiles(color, grout, width=0.3, height=0.3, rough=0.25, offset=0.0, spread=0.05, joint=0.004):
    """Ceramic on floors and walls."""

    def make(n):
        at = n.uv()
        node = n.bricks(at, width, height, joint, (shade(color, 1 - spread), shade(color, 1 + spread), grout), offset)
        flat = n.math("SUBTRACT", 1.0, node.outputs["Fac"])
        return {"Base Color": node.outputs["Color"], "Roughness": rough, "Normal": n.bump(flat, 0.4, 0.006)}

    return surface(f"tiles {color} {grout} {width} {height} {rough} {offset}", make)


def wood(color, rough=0.42, scale=1.0):
    """One piece of timber."""

    def make(n):
        grain = n.noise(n.place((1.2 * scale, 14 * scale, 14 * scale)), 2.0, 6, 1.2)
        tint = n.ramp(grain, (0.28, shade(color, 0.8)), (0.5, color), (0.72, shade(color, 1.12)))
        return {"Base Color": tint, "Roughness": rough}

    return surface(f"wood {color} {rough} {scale}", make)


def marble(color=(0.82, 0.81, 0.79), vein=(0.3, 0.3, 0.31), scale=1.4):
    def make(n):
        at = n.place()
        cloud = n.noise(at, scale, 8, 2.2)
        line = n.math("ABSOLUTE", n.math("SUBTRACT", cloud, 0.5))
        tint = n.ramp(line, (0.0, blend(color, vein, 0.65)), (0.035, blend(color, vein, 0.12)), (0.12, color))
        return {"Base Color": tint, "Roughness": 0.16}

    return surface(f"marble {color} {vein} {scale}", make)


def fabric(color, weave=320.0, spread=0.16):
    def make(n):
        at = n.place()
        threads = n.noise(at, weave, 2)
        soft = n.noise(at, 5, 4)
        tint = n.ramp(soft, (0.25, shade(color, 1 - spread)), (0.75, shade(color, 1 + spread)))
        return {
            "Base Color": tint,
            "Roughness": 0.95,
            "Sheen Weight": 0.25,
            "Normal": n.bump(threads, 0.35, 0.004),
        }

    return surface(f"fabric {color} {weave}", make)


def leather(color):
    def make(n):
        crease = n.add("TexVoronoi", {"Vector": n.place(), "Scale": 90.0}, feature="DISTANCE_TO_EDGE").outputs[
            "Distance"
        ]
        worn = n.noise(n.place(), 4, 5)
        tint = n.ramp(worn, (0.3, shade(color, 0.8)), (0.7, shade(color, 1.2)))
        return {"Base Color": tint, "Roughness": 0.42, "Normal": n.bump(crease, 0.15, 0.004)}

    return surface(f"leather {color}", make)


def drape(color, through=0.45):
    """Cloth that light shines through."""

    def make(n):
        solid = n.add("BsdfDiffuse", {"Color": color}).outputs[0]
        lit = n.add("BsdfTranslucent", {"Color": color}).outputs[0]
        return n.add("MixShader", {0: through, 1: solid, 2: lit}).outputs[0]

    return shader(f"drape {color} {through}", make)


def pane(tint=(0.93, 0.96, 0.95), index=1.8):
    """Window glass: transparent, and more reflective the flatter the angle."""

    def make(n):
        wave = n.bump(n.noise(n.place(), 1.3, 1), 0.02, 0.1)
        clear = n.add("BsdfTransparent", {"Color": tint}).outputs[0]
        mirror = n.add("BsdfGlossy", {"Color": (1, 1, 1), "Roughness": 0.0, "Normal": wave}).outputs[0]
        return n.add("MixShader", {0: n.add("Fresnel", {"IOR": index}).outputs[0], 1: clear, 2: mirror}).outputs[0]

    return shader(f"pane {tint} {index}", make)


def mirror():
    return paint((0.86, 0.88, 0.88), 0.02, 1.0)


def foliage(color, spread=0.35, through=0.35, other=None):
    """Leaves, each slightly different, and lit from behind."""

    def make(n):
        each = n.add("NewGeometry").outputs["Random Per Island"]
        tint = n.ramp(each, (0.0, shade(color, 1 - spread)), (0.7, color), (1.0, shade(other or color, 1 + spread)))
        solid = n.add("BsdfPrincipled", {"Base Color": tint, "Roughness": 0.55}).outputs[0]
        bright = n.mix(0.4, tint, (0.55, 0.6, 0.08), "SCREEN") if not other else tint
        lit = n.add("BsdfTranslucent", {"Color": bright}).outputs[0]
        return n.add("MixShader", {0: through, 1: solid, 2: lit}).outputs[0]

    return shader(f"foliage {color} {other} {through}", make)


def turf(color):
    """The ground that shows between the blades."""

    def make(n):
        at = n.place()
        patches = n.noise(at, 0.35, 6)
        fine = n.noise(at, 14, 6)
        wide = n.ramp(patches, (0.3, shade(color, 0.75)), (0.7, shade(color, 1.2)))
        close = n.ramp(fine, (0.3, (0.6, 0.6, 0.6)), (0.7, (1.2, 1.2, 1.2)))
        return {
            "Base Color": n.mix(1.0, wide, close, "MULTIPLY"),
            "Roughness": 1.0,
            "Specular IOR Level": 0.1,
            "Normal": n.bump(fine, 0.8, 0.05),
        }

    return surface(f"turf {color}", make)


def within(warm, strength):
    """The inside of a lit room, seen through a window: brighter towards the ceiling, never even."""

    def make(n):
        spot = n.noise(n.place(), 0.9, 2)
        level = n.ramp(spot, (0.3, (0.35, 0.35, 0.35)), (0.65, (1, 1, 1)))
        tint = n.mix(1.0, warm, level, "MULTIPLY")
        return n.add("Emission", {"Color": tint, "Strength": strength}).outputs[0]

    return shader(f"within {warm} {strength}", make)
