"""The one JSON block of the page: everything its script draws and writes into popups."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterator, Sequence
from typing import Any

from geomap.models import GeoJSON, Lang
from geomap.outputs.map.facets import describe_facets
from geomap.outputs.map.kinds import KINDS
from geomap.outputs.map.shapes import positions
from geomap.outputs.map.sources import cite, find_host, name_article, name_source
from geomap.outputs.map.spans import find_open_end, span_of
from geomap.outputs.map.views import ArticleView, EventView
from geomap.outputs.map.wording import script_strings
from geomap.records import EventRecord

KM_PER_DEGREE = 111.0
LEAST_SPAN_DEG = 1.2
# Ends a script element or a string early, in some reader or other.
_DANGEROUS = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029\x7f"}


def dump_json(content: Any) -> str:
    """Return JSON that is safe inside a ``<script type="application/json">``."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.translate(_DANGEROUS).encode("utf-8", "replace").decode("utf-8")


def pack_json(content: Any) -> str:
    """Return the JSON of an archive: an object whose ``packed`` is the content, gzip and base64."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    packed = gzip.compress(text.encode("utf-8", "replace"), mtime=0)
    return dump_json({"packed": base64.b64encode(packed).decode("ascii")})


def build_payload(
    articles: Sequence[ArticleView],
    labels: list[list[Any]],
    names: dict[str, str],
    lang: Lang,
) -> dict[str, Any]:
    """Return the page's data.

    ``names`` are the script variables of folium's map and layers; geometries stand once in
    ``shapes`` however many events share them.
    """
    shapes: dict[str, int] = {}
    events = [_describe(e, a.number, shapes) for a in articles for e in a.events]
    return {
        "lang": lang,
        "names": names,
        "strings": script_strings(lang),
        "kinds": {k.id: {"name": k.names[lang], "letter": k.letters[lang]} for k in KINDS},
        "facets": describe_facets(lang),
        "bounds": find_bounds(articles),
        "articles": [_describe_article(article, lang) for article in articles],
        "labels": labels,
        "shapes": [json.loads(shape) for shape in shapes],
        "events": events,
    }


def _describe_article(article: ArticleView, lang: Lang) -> dict[str, Any]:
    source = article.record.source
    return {
        "bounds": find_bounds([article]),
        "lang": article.record.lang,
        "title": name_article(article.record),
        "citation": cite(article.record, lang),
        "source": " · ".join(name_source(article.record, lang)),
        "url": source.url if find_host(source.url) else None,
        "host": find_host(source.url),
    }


def _describe(event: EventView, article: int, shapes: dict[str, int]) -> dict[str, Any]:
    record = event.record
    heading = record.relation.heading_deg if record.relation else None
    approach = record.relation is not None and record.relation.kind == "approach"
    days = span_of(record)
    described = {
        "id": event.id,
        "article": article,
        "kind": event.kind.id,
        "facets": event.facets,
        "mode": event.mode,
        "why": event.why_not,
        "lat": record.lat,
        "lon": record.lon,
        "shape": _place_shape(event.shape, shapes) if event.mode else None,
        "km": event.km,
        "heading": _finite(heading) if approach else None,
        "approach": approach,
        "planned": event.planned,
        "claim": event.claim,
        "disputed": bool(record.disputed_by),
        "title": event.title,
        "badges": event.badges,
        "quote": event.quote,
        "rows": event.rows,
        "days": [day.isoformat() for day in days] if days else None,
        "open": find_open_end(record),
        "deaths": _count_dead(record),
        "sure": record.confidence,
    }
    return {k: v for k, v in described.items() if v is not None and v is not False and v != ()}


def _count_dead(event: EventRecord) -> int | None:
    counts = (event.deaths_best, event.deaths_low, event.deaths_high)
    return next((count for count in counts if count is not None), None)


def _finite(number: float | None) -> float | None:
    return number % 360 if number is not None and abs(number) < 1e6 else None


def _place_shape(shape: GeoJSON | None, shapes: dict[str, int]) -> int | None:
    return None if shape is None else shapes.setdefault(json.dumps(shape), len(shapes))


def find_bounds(articles: Sequence[ArticleView]) -> list[list[float]] | None:
    """Return [[south, west], [north, east]] of what happened, else of all; None for none."""
    drawn = [event for article in articles for event in article.events if event.mode]
    focus = [event for event in drawn if is_focus(event)]
    corners = [corner for event in focus or drawn for corner in extent(event)]
    if not corners:
        return None
    lons, lats = [c[0] for c in corners], [c[1] for c in corners]
    return [[_pad(lats, -1), _pad(lons, -1)], [_pad(lats, 1), _pad(lons, 1)]]


def is_focus(event: EventView) -> bool:
    """Whether the map should open on it: said to have happened, and no meeting elsewhere."""
    return event.record.acled_scope and not event.planned


def extent(event: EventView) -> Iterator[tuple[float, float]]:
    """Yield the lon, lat of what is drawn: the point, the circle's edges or the shape."""
    if event.shape is not None and event.mode == "area":
        yield from positions(event.shape)
        return
    lat, lon = event.record.lat, event.record.lon
    if lat is not None and lon is not None:
        reach = (event.km or 0.0) / KM_PER_DEGREE
        yield max(lon - reach, -180.0), max(lat - reach, -85.0)
        yield min(lon + reach, 180.0), min(lat + reach, 85.0)


def _pad(values: list[float], side: int) -> float:
    middle, half = (min(values) + max(values)) / 2, (max(values) - min(values)) / 2
    return round(middle + side * max(half, LEAST_SPAN_DEG / 2), 3)
