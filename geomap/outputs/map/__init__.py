"""The HTML map of one or more articles: one file, nothing fetched, safe with hostile text.

::

    records ─▶ payload (what is drawn, in words) ─┬─▶ panel (article and lists, escaped HTML)
                                                  ├─▶ one JSON block ─▶ page/*.js (markers, popups)
    basemap (Natural Earth near the events) ──────┴─▶ figure (folium: map, layers, controls)
"""

from geomap.outputs.map.render import render_map, write_map

__all__ = ["render_map", "write_map"]
