"""folium without the network: a map whose page carries all it needs, under a strict policy.

folium compiles what it renders as Jinja templates, twice: any text that reaches a folium object
can run as code. So folium objects get numbers, names made here and constants; whatever comes from
an article goes into the page around them, which `OfflineFigure` writes as it is.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Sequence
from typing import Any

from branca.element import Element, Figure, Link
from folium import FeatureGroup, GeoJson, Icon, LayerControl, Map
from folium.plugins import MarkerCluster

from geomap.models import Lang
from geomap.outputs.map.basemap import Basemap
from geomap.outputs.map.tiles import Tiles
from geomap.outputs.map.vendored import (
    read_folium_script,
    read_linked,
    read_page_script,
    read_page_style,
)
from geomap.outputs.map.wording import say

MAX_ZOOM, MIN_ZOOM = 13, 2
CLUSTER_PX, ARCHIVE_CLUSTER_PX = 30, 50
_INLINE = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)
_POLICY = (
    "default-src 'none'; img-src data:{images}; base-uri 'none'; form-action 'none'; "
    "script-src {script}; style-src {style}"
)


class OfflineMap(Map):
    """A folium map that asks for nothing but Leaflet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.default_js = [("leaflet", "vendored")]
        self.default_css = [("leaflet_css", "vendored")]


class OfflineCluster(MarkerCluster):
    """A folium marker cluster without the library's own colours."""

    def __init__(self, **kwargs: Any) -> None:
        untyped: Any = super()
        untyped.__init__(**kwargs)
        self.default_css = [("markerclustercss", "vendored")]


class OfflineFigure(Figure):
    """A page with every linked asset inlined, refusing (KeyError) those not vendored.

    ``body`` is escaped HTML with ``<!--map-->`` where the map goes, ``data`` safe JSON: neither
    is ever compiled as a template. Pictures may come from the hosts of ``tiles`` only.
    """

    def __init__(
        self, *, title: str, lang: Lang, body: str, data: str, tiles: Tiles | None = None
    ) -> None:
        super().__init__()
        self.page_title, self.lang, self.body, self.data = title, lang, body, data
        self.tiles = tiles

    def render(self, **kwargs: Any) -> str:
        """Return the page; the policy names the hash of every script and style in it.

        Raises ValueError for markers that would need pictures nobody vendored.
        """
        refuse_font_icons(self)
        for child in self._children.values():
            _put_controls_last(child)
            child.render(**kwargs)
        head = "\n".join(self._render_head())
        script = self.script.render(**kwargs).replace("</", "<\\/")
        scripts = (read_folium_script(), script, read_page_script())
        tail = "\n".join(f"<script>{part}</script>" for part in scripts)
        map_html = self.html.render(**kwargs).strip()
        policy = write_policy(head + tail, self.tiles.hosts if self.tiles else ())
        referrer = "strict-origin-when-cross-origin" if self.tiles else "no-referrer"
        page = (
            f'<!DOCTYPE html>\n<html lang="{self.lang}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
            '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
            '<meta name="color-scheme" content="light dark">\n'
            f'<meta name="referrer" content="{referrer}">\n'
            f"<title>{html.escape(self.page_title)}</title>\n{head}\n</head>\n<body>\n"
            f"{self.body.replace('<!--map-->', map_html, 1)}\n"
            f'<script type="application/json" id="data">{self.data}</script>\n'
            f"{tail}\n</body>\n</html>\n"
        )
        # Lone surrogates, which JSON can carry, cannot be written to a file.
        return page.encode("utf-8", "replace").decode("utf-8")

    def _render_head(self) -> list[str]:
        # What is no link in folium's head is its own style and a viewport that forbids zooming:
        # page.css stands in for both.
        links = {n: e for n, e in self.header._children.items() if isinstance(e, Link)}
        assets = [read_linked(name) for name in links]
        return [
            f"<{kind}>{text}</{kind}>" for kind, text in [*assets, ("style", read_page_style())]
        ]


def write_policy(page: str, image_hosts: Sequence[str] = ()) -> str:
    """Return the content security policy that allows exactly the inline code of ``page``."""
    hashes: dict[str, set[str]] = {"script": set(), "style": set()}
    for kind, text in _INLINE.findall(page):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
        hashes[kind].add(f"'sha256-{digest}'")
    allowed = {kind: " ".join(sorted(found)) for kind, found in hashes.items()}
    return _POLICY.format(images="".join(f" {host}" for host in image_hosts), **allowed)


def _put_controls_last(element: Element) -> None:
    # A layer control names the layers that stand before it; users add theirs later.
    for name, child in list(element._children.items()):
        if isinstance(child, LayerControl):
            element._children.move_to_end(name)


def refuse_font_icons(element: Element) -> None:
    """Raise ValueError for folium's Icon, whose fonts and scripts would have to be fetched."""
    if isinstance(element, Icon) and not hasattr(element, "html"):
        raise ValueError("folium.Icon needs fonts from the network: give markers a DivIcon or none")
    for child in element._children.values():
        refuse_font_icons(child)


def draw_map(
    basemap: Basemap, lang: Lang, *, cluster_px: int = CLUSTER_PX
) -> tuple[Map, dict[str, str]]:
    """Return folium's map with basemap, event layers and controls, and their script names.

    Signs so many pixels apart share a ring.
    """
    options = {"zoom_start": 3, "zoom_snap": 0.5, "fade_animation": False}
    page_map = _call("main", OfflineMap([20.0, 20.0], tiles=None, **options))
    page_map.options |= {"max_zoom": MAX_ZOOM, "min_zoom": MIN_ZOOM, "world_copy_jump": False}
    provinces = say("layer_provinces", lang)
    disputed = say("layer_disputed", lang)
    layers = {
        "land": _outline("land", basemap.land, None, _credit(lang)),
        "unassigned": _outline("unassigned", basemap.unassigned, None, None),
        "rivers": _outline("rivers", basemap.rivers, None, None),
        "lakes": _outline("lakes", basemap.lakes, None, None),
        "provinces": _outline("provinces", basemap.provinces, provinces, None),
        "disputed": _outline("disputed", basemap.disputed, disputed, None),
        "labels": _call("labels", FeatureGroup(say("layer_labels", lang))),
        "areas": _call("areas", FeatureGroup(say("layer_areas", lang))),
        "cluster": _call("events", _cluster(cluster_px)),
    }
    for layer in layers.values():
        layer.add_to(page_map)
    _call("layers", LayerControl(position="topright", collapsed=True)).add_to(page_map)
    names = {key: layer.get_name() for key, layer in layers.items()}
    return page_map, {"map": page_map.get_name(), **names}


def _call(name: str, element: Any) -> Any:
    # folium's own ids are random; the same records shall give the same bytes.
    element._id = name
    return element


def _outline(name: str, data: dict[str, Any], title: str | None, credit: str | None) -> GeoJson:
    options: dict[str, Any] = {"class_name": f"base-{name}", "interactive": False, "weight": 1}
    layer = GeoJson(data, name=title, control=title is not None, attribution=credit, **options)
    named: GeoJson = _call(name, layer)
    return named


def _cluster(radius_px: int) -> MarkerCluster:
    options = {"animate": False, "max_cluster_radius": radius_px, "show_coverage_on_hover": False}
    return OfflineCluster(control=False, options=options)


def _credit(lang: Lang) -> str:
    links = (
        ("https://leafletjs.com", "Leaflet"),
        ("https://www.naturalearthdata.com", "Natural Earth"),
        ("https://www.geonames.org", "GeoNames"),
    )
    named = [f'<a href="{url}" rel="noreferrer">{name}</a>' for url, name in links]
    licence = (
        '<a href="https://creativecommons.org/licenses/by/4.0/" rel="noreferrer">CC BY 4.0</a>'
    )
    return f"{' · '.join(named)} ({licence}) · {say('boundaries', lang)}"
