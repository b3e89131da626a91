"""An empty room: floor, walls, windows with daylight, a ceiling; the wall behind the camera is left out."""

import math
from dataclasses import dataclass

import numpy as np
from mathutils import Vector

from .. import camera, light, nature
from ..materials import boards, drape, mottled, paint, pane, rgb, shade, wood
from ..shape import Frame, Shape

IN_WORDS = {
    "noon": "in daylight",
    "morning": "in the morning sun",
    "golden": "in the evening sun",
    "overcast": "in soft daylight",
    "dusk": "in the evening with the lamps lit",
}


@dataclass(frozen=True)
class Style:
    """Colours that go together."""

    name: str
    wall: str
    accent: str
    timber: str
    floor: str
    cloth: str
    second: str
    third: str
    metal: str
    rug: str
    curtain: str = "#efeae0"


STYLES = [
    Style(
        "Scandinavian",
        "#f0eeea",
        "#c9d0c6",
        "#c9a374",
        "#c8a57a",
        "#b9b7b1",
        "#7f9583",
        "#d9b08c",
        "#1f2022",
        "#e3ddd0",
    ),
    Style(
        "mid-century", "#ece5d8", "#2f5d5c", "#7a4a2a", "#8f6239", "#c58a2d", "#2f6066", "#b5532f", "#b48a45", "#d9cbb2"
    ),
    Style("classic", "#dfe1dd", "#3b4d63", "#5d3b25", "#a27a50", "#33475f", "#c4b69c", "#8a9aa6", "#b9954f", "#b9b3a6"),
    Style(
        "industrial", "#d8d4cd", "#8b4a38", "#6d4a30", "#75563a", "#7d4a2b", "#3a3d40", "#a8a199", "#1c1d1f", "#9a8f80"
    ),
    Style("country", "#f1ead9", "#9fae93", "#b08a5b", "#b08e62", "#dcd3c0", "#8a9f86", "#c9826b", "#4a3b30", "#c7b798"),
    Style("modern", "#d6cfc5", "#5a5f5c", "#a9805a", "#b0906c", "#6d6a66", "#e2dace", "#a65f42", "#26282a", "#c9c2b6"),
    Style("coastal", "#f3f3ef", "#9db7c4", "#cdb28b", "#cbb594", "#eae6dc", "#5f89a3", "#e3c9a3", "#8f979c", "#d5d9d8"),
    Style(
        "colourful", "#efe6dd", "#c7705a", "#9a6b42", "#a67c50", "#2f5a4c", "#d59a3c", "#b5486b", "#b9954f", "#d88c6a"
    ),
]


class Room:
    """Furniture is added to `shape` (sharp), or as separate bevelled pieces."""

    def __init__(self, site, style, wide=5.2, deep=5.4, high=2.75, floor=None, wall=None, back=None):
        self.site, self.rng, self.style = site, site.rng, style
        self.wide, self.deep, self.high = wide, deep, high
        self.hour = site.hour
        self.evening = site.hour_name == "dusk"
        self.way = site.rng.choice((-1, 1))
        self.shape = Shape("room")
        self.wall = wall or mottled(rgb(style.wall), 0.02, 1.2, 0.9, 0.15, 160)
        self.back_wall = back or self.wall
        self.floor = floor or boards(
            rgb(style.floor), site.rng.choice((0.12, 0.16, 0.2)), upright=True, rough=0.35, spread=0.12, gap=0.0025
        )
        self.white = paint(rgb("#f2f0eb"), 0.45)
        self.timber = wood(rgb(style.timber))
        self.metal = paint(rgb(style.metal), 0.32, 0.9 if style.metal > "#8" else 0.2)
        self.back = Frame((-wide / 2, deep, 0), (1, 0, 0))
        self.left = Frame((-wide / 2, -2.6, 0), (0, 1, 0))
        self.right = Frame((wide / 2, deep, 0), (0, -1, 0))
        self.front = Frame((wide / 2, -2.6, 0), (-1, 0, 0))

    # the shell

    def shell(self, back=(), side=(), left=None, panelled=False, beams=False, coved=True):
        """Windows are (u, v, wide, high, panes across, panes up); `side` ones are on the light's side."""
        s, w, d, h = self.shape, self.wide, self.deep, self.high
        s.face([(-w / 2, -2.6, 0), (w / 2, -2.6, 0), (w / 2, d, 0), (-w / 2, d, 0)], self.floor)
        s.face([(-w / 2, -2.6, h), (-w / 2, d, h), (w / 2, d, h), (w / 2, -2.6, h)], paint(rgb("#f4f2ee"), 0.9))
        near, far = (self.left, self.right) if self.way < 0 else (self.right, self.left)
        length = d + 2.6
        if self.way < 0:
            lit = [(o[0] + 2.6, *o[1:]) for o in side]
        else:
            lit = [(d - o[0] - o[2], *o[1:]) for o in side]
        for frame, span, holes, wall in (
            (self.back, w, back, self.back_wall),
            (near, length, lit, self.wall),
            (far, length, (), self.wall),
        ):
            s.pierced(frame, span, h, [o[:4] for o in holes], wall)
            self._skirting(frame, span, holes)
            if coved:
                s.box(frame, 0, span, h - 0.07, h, 0, 0.05, self.white)
                s.box(frame, 0, span, h - 0.1, h - 0.07, 0, 0.025, self.white)
            if panelled:
                self._panels(frame, span, holes)
            for hole in holes:
                self._window(frame, *hole)
        s.quad(self.front, 0, w, 0, h, 0, self.wall)
        if beams:
            for y in np.arange(0.4, d, 1.25):
                s.prism(
                    [(-w / 2, y - 0.09), (w / 2, y - 0.09), (w / 2, y + 0.09), (-w / 2, y + 0.09)],
                    h - 0.2,
                    h - 0.001,
                    wood(shade(rgb(self.style.timber), 0.7)),
                )

    def _skirting(self, frame, span, holes):
        doors = sorted((u, u + w) for u, v, w, *_ in holes if v < 0.1)
        edges = [0, *(e for pair in doors for e in pair), span]
        for a, b in zip(edges[::2], edges[1::2]):
            self.shape.box(frame, a, b, 0, 0.11, 0, 0.018, self.white)

    def _panels(self, frame, span, holes):
        s = self.shape
        s.box(frame, 0, span, 0.93, 0.98, 0, 0.035, self.white)
        count = max(1, round(span / 0.75))
        for i in range(count):
            a, b = span * i / count + 0.07, span * (i + 1) / count - 0.07
            if any(u < b and a < u + w and v < 0.9 for u, v, w, *_ in holes):
                continue
            for p, q, v0, v1 in (
                (a, b, 0.2, 0.23),
                (a, b, 0.82, 0.85),
                (a, a + 0.03, 0.23, 0.82),
                (b - 0.03, b, 0.23, 0.82),
            ):
                s.box(frame, p, q, v0, v1, 0, 0.018, self.white)

    def _window(self, f, u, v, wide, high, across=2, up=1):
        s, frame = (
            self.shape,
            self.white if self.style.name not in ("industrial", "modern") else paint(rgb("#222426"), 0.4),
        )
        u1, v1, d = u + wide, v + high, -0.2
        for a, b in (((u, v), (u, v1)), ((u, v1), (u1, v1)), ((u1, v1), (u1, v)), ((u1, v), (u, v))):
            s.face([f.at(*a, d), f.at(*b, d), f.at(*b, 0), f.at(*a, 0)], self.white)
        e = 0.05
        for a, b, c, g in (
            (u, u + e, v, v1),
            (u1 - e, u1, v, v1),
            (u + e, u1 - e, v, v + e),
            (u + e, u1 - e, v1 - e, v1),
        ):
            s.box(f, a, b, c, g, d, d + 0.06, frame)
        for i in range(1, across):
            m = u + wide * i / across
            s.box(f, m - 0.025, m + 0.025, v + e, v1 - e, d, d + 0.055, frame)
        for i in range(1, up):
            m = v + high * i / up
            s.box(f, u + e, u1 - e, m - 0.018, m + 0.018, d, d + 0.05, frame)
        s.quad(f, u, u1, v, v1, d + 0.02, pane((0.97, 0.98, 0.98), 1.25))
        if v > 0.1:
            s.box(f, u - 0.06, u1 + 0.06, v - 0.04, v + 0.004, d, 0.06, self.white)
        c = 0.075
        for a, b, p, q in ((u - c, u, v, v1), (u1, u1 + c, v, v1), (u - c, u1 + c, v1, v1 + c)):
            s.box(f, a, b, p, q, 0, 0.02, self.white)
        if not self.evening:
            strength = {"noon": 62, "morning": 50, "golden": 42, "overcast": 58}[self.site.hour_name]
            tone = {"golden": (1, 0.86, 0.7), "morning": (1, 0.95, 0.88)}.get(self.site.hour_name, (0.93, 0.97, 1))
            light.panel(
                f.at((u + u1) / 2, (v + v1) / 2, d - 0.15),
                f.out - Vector((0, 0, 0.25)),
                wide,
                high,
                strength * wide * high / 2,
                tone,
            )

    def curtains(self, frame, u, v, wide, high, color=None, reach=0.5, floor=True, through=0.35):
        """Two drawn-back curtains on a rod."""
        s = Shape("curtains")
        cloth = drape(rgb(color or self.style.curtain), through)
        top, low = v + high + 0.16, 0.02 if floor else v - 0.12
        for a, b in ((u - reach + 0.06, u + 0.08), (u + wide - 0.08, u + wide + reach - 0.06)):
            steps = 46
            phase = self.rng.uniform(0, 6)
            for i in range(steps):
                p, q = (a + (b - a) * k / steps for k in (i, i + 1))
                x, y = (0.09 + 0.045 * math.sin(phase + 58 * t) * (1 + 0.3 * math.sin(9 * t)) for t in (p, q))
                s.face(
                    [frame.at(p, low, x * 1.1), frame.at(q, low, y * 1.1), frame.at(q, top, y), frame.at(p, top, x)],
                    cloth,
                )
        s.build(smooth=True)
        rod = Shape("rod")
        rod.tube(
            [frame.at(u - reach, top + 0.02, 0.09), frame.at(u + wide + reach, top + 0.02, 0.09)],
            [0.013, 0.013],
            self.metal,
            8,
        )
        rod.build(smooth=True)

    # light, garden and camera

    def finish(self, yaw=0.0, eye=1.35, lens=29.0, back=1.0, rise=1.2, exposure=0.0, aim=0.0):
        """Builds the collected shapes, sets up the sun, sky and garden outside, and places the camera."""
        self.shape.build()
        rng, grow = self.rng, self.site.grow
        side = self.way * rng.uniform(62, 80)
        hour = self.hour
        azimuth = {"golden": 17, "morning": 26, "noon": 40}.get(self.site.hour_name)
        sun = 0.0 if azimuth is None else {"golden": 5.0, "morning": 6.0, "noon": 6.5}[self.site.hour_name]
        light.sky(hour, side, rng, sun=sun * 1.25, elevation=azimuth or 30)
        kinds = [nature.broadleaf(grow, nature.GREENS[i], 7.0, 7000) for i in (0, 1)]
        for i, x in enumerate(np.linspace(-12, 12, 6)):
            kinds[i % 2].stand(
                x + rng.uniform(-1, 1), self.deep + 11 + rng.uniform(0, 5), -0.6, rng.uniform(0.8, 1.1), i
            )
        for i, y in enumerate(np.linspace(-2, 12, 4)):
            kinds[i % 2].stand(self.way * (self.wide / 2 + 10 + rng.uniform(0, 4)), y, -0.6, rng.uniform(0.7, 1.0), i)
        edge = self.way * (self.wide / 2 + 15)
        nature.woods(grow, -30, 30, self.deep + 17, 5.5, nature.GREENS[:3], 15000, 0.17)
        nature.woods(grow, -15, 30, edge, 5.5, nature.GREENS[:2], 12000, 0.17, across=True)
        yard = Shape("yard")
        yard.face([(-80, -80, -0.6), (80, -80, -0.6), (80, 80, -0.6), (-80, 80, -0.6)], nature.turf(rgb("#66763a")))
        yard.build()
        fill = 62 if self.evening else 46
        tone = rgb("#ffe9d2") if self.evening else (1, 0.985, 0.96)
        light.panel((-self.way * 0.5, -2.3, self.high - 0.3), (0, 1, -0.35), self.wide * 0.8, 1.2, fill, tone)
        light.panel(
            (0, self.deep * 0.5, self.high - 0.04),
            (0, 0, -1),
            self.wide * 0.6,
            self.deep * 0.6,
            12 if not self.evening else 24,
            tone,
        )
        camera.look((aim, self.deep * 0.5), yaw, self.deep * 0.5 + back, eye, lens, rise)
        return exposure + (0.62 if not self.evening else 0.85)
