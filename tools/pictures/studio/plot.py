"""Where a house stands: the street in front of it, its garden, and what is behind and beside it."""

import numpy as np

from . import nature
from .materials import mottled, rgb, shingles, tiles
from .openings import Window
from .parts import House
from .shape import Shape


def street(y, wide=120.0, walk=1.7):
    """A pavement whose house side is at y, a kerb and the road."""
    s = Shape("street")
    slabs = tiles(rgb("#a9a49b"), rgb("#6f6b64"), 1.5, walk, 0.9, joint=0.012)
    s.prism([(-wide, y - walk), (wide, y - walk), (wide, y), (-wide, y)], -0.2, 0.02, slabs)
    kerb = mottled(rgb("#8f8b84"), 0.1, 2)
    s.prism([(-wide, y - walk - 0.16), (wide, y - walk - 0.16), (wide, y - walk), (-wide, y - walk)], -0.2, 0.0, kerb)
    asphalt = mottled(rgb("#4b4c4e"), 0.12, 0.5, 0.9, 0.6, 120)
    s.face([(-wide, y - 40, -0.12), (wide, y - 40, -0.12), (wide, y - walk, -0.12), (-wide, y - walk, -0.12)], asphalt)
    s.build()


def ground(color=rgb("#5c6b38")):
    s = Shape("ground")
    s.face([(-400, -30, -0.14), (400, -30, -0.14), (400, 500, -0.02), (-400, 500, -0.02)], nature.turf(color))
    s.build()


def path(x0, x1, y0, y1, material=None, z=0.03):
    s = Shape("path")
    slabs = material or tiles(rgb("#a8a196"), rgb("#6b675f"), 0.6, 0.6, 0.85, 0.5, joint=0.012)
    s.prism([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], -0.1, z, slabs)
    s.build()


def trees(rng, kinds, spots):
    """Each spot is (x, y, size)."""
    for i, (x, y, size) in enumerate(spots):
        kinds[i % len(kinds)].stand(x, y, 0, size * rng.uniform(0.9, 1.1), rng.uniform(0, 6.28))


def backdrop(rng, kinds, near=14.0, far=34.0, half=30.0, count=13, gap=None):
    """The trees that close the view behind the houses, and those across the street that windows mirror."""
    for x in np.linspace(-half, half, count):
        y = rng.uniform(near, far)
        trees(rng, [kinds[rng.integers(len(kinds))]], [(x + rng.uniform(-1.5, 1.5), y, rng.uniform(0.8, 1.35))])
    nature.woods(rng, -half * 1.8, half * 1.8, far + 6, 6.5, nature.GREENS[:3], 15000)
    for x in np.linspace(-22, 22, 6):
        trees(rng, kinds, [(x + rng.uniform(-2, 2), -34 - rng.uniform(0, 5), 1.0)])


def bed(rng, x0, x1, y, colors, skip=(), deep=0.6, size=0.42, flowers=0.5, keep=None):
    """Shrubs along a wall."""
    kinds = [
        nature.shrub(
            rng,
            colors[k % len(colors)],
            size * rng.uniform(0.8, 1.2),
            2200,
            nature.FLOWERS[rng.integers(len(nature.FLOWERS))] if rng.random() < flowers else None,
            rng.uniform(-0.2, 1.2),
        )
        for k in range(3)
    ]
    soil = Shape("soil")
    m = mottled(rgb("#4a3a2c"), 0.25, 6, 1.0, 0.9, 30)
    x = x0
    soil_from = x0
    while x < x1:
        if not any(a < x < b for a, b in skip):
            kinds[rng.integers(3)].stand(
                x, y + rng.uniform(-deep, deep) * 0.25, 0.02, rng.uniform(0.7, 1.15), rng.uniform(0, 6.28)
            )
        x += size * rng.uniform(0.9, 1.5)
    edges = [soil_from, *(e for span in sorted(skip) for e in span), x1]
    for a, b in zip(edges[::2], edges[1::2]):
        if b > a:
            soil.prism([(a, y - deep), (b, y - deep), (b, y + deep), (a, y + deep)], 0, 0.04, m)
    soil.build()


def neighbour(rng, py_rng, hour, x, y, wide=8.0, high=3.0, color="#c9c0b0", roof="#5a4a42", rise=2.2):
    """A plain house half out of the picture."""
    from .materials import lapped

    h = House(py_rng, hour, lapped(rgb(color)), roof=shingles(rgb(roof)))
    windows = [Window(u, 0.9, 1.2, 1.4, 2, 1, casing=0.1) for u in np.linspace(1.0, wide - 2.2, 3)]
    if high > 5:
        windows += [Window(o.u, 3.8, 1.2, 1.4, 2, 1, casing=0.1) for o in windows[:3]]
    sides = [Window(2.0, 0.9, 1.0, 1.3, 1, 1, 0.5, casing=0.1)]
    h.block(x - wide / 2, x + wide / 2, y, y + 8, 0, high, windows, sides, sides)
    h.gable(x - wide / 2, x + wide / 2, y, y + 8, high, rise)
    h.build()
