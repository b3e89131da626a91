"""The furniture of rooms. A place is (x, y) on the floor and a turn in degrees; things face the camera at turn 0."""

from .lamps import floor_lamp, pendant, table_lamp
from .piece import Piece, pillow
from .seats import armchair, chair, sofa, stool
from .small import ART, basket, books, bowl, gallery, picture, pile, plant, rug, vase
from .tables import fireplace, shelf_unit, sideboard, table

__all__ = [
    "ART",
    "Piece",
    "armchair",
    "basket",
    "books",
    "bowl",
    "chair",
    "fireplace",
    "floor_lamp",
    "gallery",
    "pendant",
    "picture",
    "pile",
    "pillow",
    "plant",
    "rug",
    "shelf_unit",
    "sideboard",
    "sofa",
    "stool",
    "table",
    "table_lamp",
    "vase",
]
