"""The user's own layer over the gazetteer: places added or corrected, names blocked.

It is a file of its own, so updates and new versions of the gazetteer leave it alone.
"""

from geomap.gazetteer.overlay.index import Overlay
from geomap.gazetteer.overlay.layer import (
    Block,
    Layer,
    OwnPlace,
    edit_layer,
    layer_path,
    read_layer,
)

__all__ = [
    "Block",
    "Layer",
    "Overlay",
    "OwnPlace",
    "edit_layer",
    "layer_path",
    "read_layer",
]
