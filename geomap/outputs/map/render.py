"""Records in, one HTML file out."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from geomap.models import Lang
from geomap.outputs.files import write_beside
from geomap.outputs.map.basemap import cut_basemap
from geomap.outputs.map.downloads import pack_files
from geomap.outputs.map.panel import write_body
from geomap.outputs.map.payload import build_payload, dump_json, extent, is_focus
from geomap.outputs.map.views import ArticleView, view_articles
from geomap.outputs.map.wording import say
from geomap.records import ArticleRecord


def render_map(
    records: Sequence[ArticleRecord],
    *,
    with_text: bool = True,
    ui_lang: str | None = None,
    title: str | None = None,
) -> str:
    """Return the page that shows ``records``: the same bytes for the same records.

    ``with_text=False`` leaves the articles out and keeps the clauses quoted with the events.
    ``ui_lang`` is ``de`` or ``en`` (None: the first record's language); ``title`` is the headline
    (None: the article's own). Raises ValueError for another language or no records.
    """
    from geomap.outputs.map.figure import OfflineFigure, build_map

    if not records:
        raise ValueError("a map needs at least one article")
    lang = choose_lang(ui_lang, records)
    articles = view_articles(records, lang)
    headline = title or choose_title(records, lang)
    basemap = cut_basemap(list(_spread(articles, True)), lang, list(_spread(articles, False)))
    page_map, names = build_map(basemap, lang)
    figure = OfflineFigure(
        title=headline,
        lang=lang,
        body=write_body(articles, title=headline, with_text=with_text, lang=lang),
        data=dump_json(build_payload(articles, basemap.labels, names, lang, pack_files(records))),
    )
    figure.add_child(page_map)
    # Lone surrogates, which JSON can carry, cannot be written to a file.
    return figure.render().encode("utf-8", "replace").decode("utf-8")


def write_map(
    records: Sequence[ArticleRecord],
    path: str | os.PathLike[str],
    *,
    with_text: bool = True,
    ui_lang: str | None = None,
    title: str | None = None,
) -> None:
    """Write the page of `render_map` to ``path``, whole or not at all.

    Raises OutputError where it cannot be written.
    """
    page = render_map(records, with_text=with_text, ui_lang=ui_lang, title=title)
    with write_beside(Path(path)) as stream:
        stream.write(page)


def choose_lang(ui_lang: str | None, records: Sequence[ArticleRecord]) -> Lang:
    """Return the page's language; ValueError where it speaks no such language."""
    if ui_lang is None:
        return records[0].lang
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
    """Yield where things are drawn: the events that happened, or all others."""
    for event in (event for article in articles for event in article.events if event.mode):
        if is_focus(event) == focus:
            yield from extent(event)
