"""The HTML map of one or more articles: one file, nothing fetched, safe with hostile text.

::

    records ─▶ payload (what is drawn, in words) ─┬─▶ panel (article and lists, escaped HTML)
                                                  ├─▶ one JSON block ─▶ page/*.js (markers, popups)
    basemap (Natural Earth near the events) ──────┴─▶ figure (folium: map, layers, controls)
"""

from geomap.outputs.map.gathering import gather, is_archive
from geomap.outputs.map.picture import PICTURE_FORMATS
from geomap.outputs.map.render import build_map, render_map, write_map, write_picture
from geomap.outputs.map.tiles import Tiles, find_tiles

__all__ = [
    "PICTURE_FORMATS",
    "Tiles",
    "build_map",
    "find_tiles",
    "gather",
    "is_archive",
    "render_map",
    "write_map",
    "write_picture",
]
