"""Areas of events: geometries of records, which people may have edited, made safe to draw."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from geomap.corrections import GEOMETRY_DEPTH
from geomap.models import GeoJSON

MIN_POSITIONS = {"LineString": 2, "MultiLineString": 2, "Polygon": 4, "MultiPolygon": 4}


def clean_geometry(geometry: GeoJSON | None) -> GeoJSON | None:
    """Return an area or line with nothing but finite coordinates, to about 100 m.

    None for points, unknown types and whatever is not the coordinates of its type.
    """
    if not isinstance(geometry, dict) or str(geometry.get("type")) not in GEOMETRY_DEPTH:
        return None
    kind = geometry["type"]
    try:
        nested = _clean(geometry.get("coordinates"), GEOMETRY_DEPTH[kind], MIN_POSITIONS[kind])
    except (TypeError, ValueError):
        return None
    return {"type": kind, "coordinates": nested} if nested else None


def positions(geometry: GeoJSON) -> Iterator[tuple[float, float]]:
    """Yield every lon, lat of a cleaned geometry."""
    yield from _walk(geometry["coordinates"])


def _clean(nested: Any, depth: int, least: int) -> list[Any]:
    if not isinstance(nested, list | tuple):
        raise TypeError(nested)
    if depth > 1:
        return [part for item in nested if (part := _clean(item, depth - 1, least))]
    line = [_position(item) for item in nested]
    return line if len(line) >= least else []


def _position(item: Any) -> list[float]:
    if isinstance(item, str | bytes | dict):
        raise TypeError(item)
    lon, lat = (float(number) for number in list(item)[:2] if not isinstance(number, str))
    if not (math.isfinite(lon) and abs(lon) <= 360 and abs(lat) <= 90):
        raise ValueError(item)
    return [round(lon, 3), round(lat, 3)]


def _walk(nested: Any) -> Iterator[tuple[float, float]]:
    if nested and isinstance(nested[0], float | int):
        yield nested[0], nested[1]
        return
    for item in nested:
        yield from _walk(item)
