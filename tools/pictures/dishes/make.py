#!/usr/bin/env python3
"""Draws `assets/ingredients.svg`: tables, dishes and food, of which the pictures of recipes are made. See ../README.md."""

import pathlib
import sys

from beds import beds
from draw import Sprite
from pieces import pieces
from table import cloths, cutlery, tables
from ware import ware

SPRITE = pathlib.Path(__file__).resolve().parents[3] / "assets/ingredients.svg"


def main():
    sprite = Sprite()
    for part in (ware, tables, cloths, cutlery, beds, pieces):
        part(sprite)
    text = sprite.text()
    SPRITE.write_text(text)
    print(f"{len(sprite.groups)} forms, {len(text):,} bytes")


if __name__ == "__main__":
    sys.exit(main())
