"""One module per kind of home; each has `build(site) -> View`."""

from . import apartment, bungalow, cottage, cube, loft, ranch, townhouse, victorian

KINDS = {
    "bungalow": bungalow,
    "victorian": victorian,
    "cube": cube,
    "apartment": apartment,
    "townhouse": townhouse,
    "ranch": ranch,
    "cottage": cottage,
    "loft": loft,
}
