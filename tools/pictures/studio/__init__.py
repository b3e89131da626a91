"""Fictional homes and rooms, modelled and lit for Blender's Cycles."""

import re

from . import camera, exteriors, interiors, light
from .site import EXTERIOR_HOURS, INTERIOR_HOURS, Site

KINDS = [*exteriors.KINDS, *interiors.KINDS]


def draw(name, path, width, samples, threads):
    """Renders the picture of this name and returns what it shows, in words."""
    kind, _, number = name.rpartition("-")
    camera.begin()
    if kind in exteriors.KINDS:
        site = Site(kind, int(number), EXTERIOR_HOURS, list(exteriors.KINDS).index(kind) * 5)
        view = exteriors.KINDS[kind].build(site)
        light.sky(site.hour, site.side, site.rng)
        camera.look(view.target, view.yaw, view.distance, view.eye, view.lens, view.rise)
        camera.render(path, width, samples, site.hour.exposure, threads)
    else:
        site = Site(kind, int(number), INTERIOR_HOURS, list(interiors.KINDS).index(kind) * 5)
        view = interiors.KINDS[kind].build(site)
        camera.render(path, width, samples, view.exposure, threads, bounces=4)
    return with_articles(view.alt)


def with_articles(text):
    """Writes "an" for "a" before a vowel, because the words come from lists."""
    return re.sub(r"\b([Aa]) (?=[aeiouAEIOU])", r"\1n ", text)
