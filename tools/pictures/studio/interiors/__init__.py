"""One module per kind of room; each has `build(site) -> View` and sets its own light and camera."""

from . import bathroom, bedroom, dining, kitchen, living

KINDS = {"living": living, "kitchen": kitchen, "bedroom": bedroom, "bathroom": bathroom, "dining": dining}
