"""Records in, one HTML file out."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.models import Lang
from geomap.outputs.files import write_beside
from geomap.outputs.map.basemap import Basemap, cut_basemap
from geomap.outputs.map.downloads import pack_files
from geomap.outputs.map.gathering import is_archive
from geomap.outputs.map.panel import write_archive, write_body
from geomap.outputs.map.payload import build_payload, dump_json, extent, is_focus, pack_json
from geomap.outputs.map.relations import AT_SEA
from geomap.outputs.map.tiles import Tiles
from geomap.outputs.map.views import ArticleView, EventView, view_articles
from geomap.outputs.map.wording import say
from geomap.records import ArticleRecord

if TYPE_CHECKING:
    from folium import Map

_WIDE_DEG = 6.0


def build_map(
    records: Sequence[ArticleRecord],
    *,
    with_text: bool | None = None,
    ui_lang: str | None = None,
    title: str | None = None,
    tiles: Tiles | None = None,
) -> Map:
    """Return the folium map that shows ``records``, to add to, ``save`` or show in a notebook.

    ``with_text=False`` leaves the articles out and keeps the clauses quoted with the events, as
    does None for the records of an archive (see `is_archive`), whose lists are shown page by page.
    ``ui_lang`` is ``de`` or ``en`` (None: that of most records); ``title`` is the headline
    (None: the article's own); ``tiles`` come from `find_tiles`. Raises ValueError for another
    language or no records. What is added may be shapes, GeoJSON, markers (with a DivIcon or none),
    popups and tooltips; plugins whose scripts are not vendored are refused with a KeyError.
    """
    from geomap.outputs.map.figure import (
        ARCHIVE_CLUSTER_PX,
        CLUSTER_PX,
        OfflineFigure,
        draw_map,
    )

    scene = _set_scene(records, ui_lang, title)
    archive = not with_text and is_archive(records)
    reach = ARCHIVE_CLUSTER_PX if archive else CLUSTER_PX
    page_map, names = draw_map(scene.basemap, scene.lang, cluster_px=reach)
    payload = build_payload(scene.articles, scene.basemap.labels, names, scene.lang)
    payload |= {
        "files": pack_files(records),
        "tiles": asdict(tiles) if tiles else None,
        "disputed": scene.basemap.has_disputed,
        "archive": archive,
    }
    write = write_archive if archive else partial(write_body, with_text=with_text is not False)
    figure = OfflineFigure(
        title=scene.title,
        lang=scene.lang,
        body=write(scene.articles, title=scene.title, lang=scene.lang),
        data=pack_json(payload) if archive else dump_json(payload),
        tiles=tiles,
    )
    figure.add_child(page_map)
    return page_map


def render_map(records: Sequence[ArticleRecord], **options: Any) -> str:
    """Return the page of `build_map`, whose options it takes: same bytes for the same records."""
    page: str = build_map(records, **options).get_root().render()
    return page


def write_map(
    records: Sequence[ArticleRecord], path: str | os.PathLike[str], **options: Any
) -> None:
    """Write the page of `build_map`, whose options it takes, whole or not at all.

    Raises OutputError where it cannot be written.
    """
    page = render_map(records, **options)
    with write_beside(Path(path)) as stream:
        stream.write(page)


def write_picture(
    records: Sequence[ArticleRecord],
    path: str | os.PathLike[str],
    *,
    ui_lang: str | None = None,
    title: str | None = None,
) -> None:
    """Write a PNG, SVG or PDF of the map for reports; needs matplotlib (``geomap[png]``).

    Raises OutputError without it, for another suffix or where the file cannot be written,
    ValueError as `build_map`.
    """
    from geomap.outputs.map.picture import draw_picture

    scene = _set_scene(records, ui_lang, title)
    draw_picture(scene.articles, scene.basemap, Path(path), title=scene.title, lang=scene.lang)


@dataclass(frozen=True, slots=True)
class _Scene:
    """What page and picture show: articles in words, the basemap around them, the headline."""

    articles: list[ArticleView]
    basemap: Basemap
    title: str
    lang: Lang


def _set_scene(records: Sequence[ArticleRecord], ui_lang: str | None, title: str | None) -> _Scene:
    if not records:
        raise ValueError("a map needs at least one article")
    lang = choose_lang(ui_lang, records)
    articles = view_articles(records, lang)
    basemap = cut_basemap(
        list(_spread(articles, True)),
        lang,
        list(_spread(articles, False)),
        scenes=list(_list_scenes(articles)),
    )
    return _Scene(articles, basemap, title or choose_title(records, lang), lang)


def choose_lang(ui_lang: str | None, records: Sequence[ArticleRecord]) -> Lang:
    """Return the page's language; ValueError where it speaks no such language."""
    if ui_lang is None:
        # Of as many in one as in the other, the first.
        return Counter(record.lang for record in records).most_common(1)[0][0]
    if ui_lang == "de":
        return "de"
    if ui_lang == "en":
        return "en"
    raise ValueError(f"no map in language {ui_lang!r}: choose de or en")


def choose_title(records: Sequence[ArticleRecord], lang: Lang) -> str:
    """Return the headline of the only article, else a general one."""
    if len(records) == 1 and records[0].title:
        return records[0].title
    return say("title", lang) if len(records) > 1 else records[0].id


def _spread(articles: Sequence[ArticleView], focus: bool) -> Iterator[tuple[float, float]]:
    """Yield where things are drawn: the events that happened, or all others.

    A sea is drawn as coarsely as the world's coasts: detail is for what is known better.
    """
    for event in (event for article in articles for event in article.events if event.mode):
        if is_focus(event) == focus and not _is_wide_sea(event):
            yield from extent(event)


def _is_wide_sea(event: EventView) -> bool:
    if event.mode != "area" or event.record.where_prec != AT_SEA:
        return False
    lons, lats = zip(*extent(event), strict=True)
    widest: float = max(max(lons) - min(lons), max(lats) - min(lats))
    return widest > _WIDE_DEG


def _list_scenes(articles: Sequence[ArticleView]) -> Iterator[tuple[float, float]]:
    """Yield the points of the events drawn as signs, whose towns the map names."""
    for event in (event for article in articles for event in article.events):
        lat, lon = event.record.lat, event.record.lon
        if event.mode == "point" and lat is not None and lon is not None:
            yield lon, lat
