"""What every picture starts from: its name, the random choices that follow from it, its hour."""

import random
from dataclasses import dataclass

import numpy as np

from . import light

EXTERIOR_HOURS = [
    "noon",
    "dusk",
    "golden",
    "morning",
    "overcast",
    "night",
    "noon",
    "golden",
    "morning",
    "dusk",
    "noon",
    "morning",
]

INTERIOR_HOURS = [
    "morning",
    "noon",
    "golden",
    "overcast",
    "noon",
    "morning",
    "dusk",
    "noon",
    "morning",
    "golden",
    "overcast",
    "dusk",
]


class Site:
    def __init__(self, kind, number, hours=EXTERIOR_HOURS, shift=0):
        self.kind, self.number = kind, number
        self.name = f"{kind}-{number:02}"
        self.rng = random.Random(self.name)
        self.grow = np.random.default_rng(list(self.name.encode()))
        self.hour_name = hours[(number - 1 + shift) % len(hours)]
        self.hour = light.HOURS[self.hour_name]
        self.side = self.rng.choice((-1, 1)) * self.rng.uniform(28, 58)

    def turn(self, options, step=1):
        """Cycles through the options by the picture's number, so that neighbours in the list differ."""
        return options[(self.number - 1) * step % len(options)]


@dataclass
class View:
    """What a module returns: a description of the scene in words, and where to look from."""

    alt: str
    target: tuple
    distance: float
    yaw: float = 0.0
    eye: float = 1.65
    lens: float = 34.0
    rise: float = 2.0
    exposure: float = 0.0


def filling(wide, high, share=0.62, lens=34.0, tall=0.66):
    """The distance at which a house this wide fills its share of the picture, and is not cut off in height."""
    return max(wide / share * lens / 36, high / tall * lens / 24)
