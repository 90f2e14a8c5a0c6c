"""The embedded basemap: the world coarsely, finely where events are.

``assets/basemap.json.gz`` (built by ``basemap_build.py``) holds Natural Earth's German worldview:

- ``arcs``: borders and coasts as [box, coarse, fine]: west, south, east, north and two levels of
  lon, lat differences, all in units of ``1 / units_per_degree`` degrees. Neighbours share an arc,
  so borders meet at either level.
- ``countries``: id (ISO 3166-1 alpha-2 where there is one), German and English name,
  ``label`` [lon, lat, first zoom] and ``polygons`` of rings of arc numbers (~n: reversed).
- ``unassigned``: polygons of rings of the land of no country.
- ``admin1``, ``disputed``: lines as [box, differences].
- ``cities``: [lon, lat, population, German, English], most people first.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Any

from geomap.models import GeoJSON, Lang
from geomap.outputs.map.vendored import read_bytes

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""
Positions = Sequence[tuple[float, float]]
"""Longitudes and latitudes in degrees."""

FINE_POINTS = 7_000
PROVINCE_POINTS = 2_500
NEAR_CITIES = 150
FAR_CITIES = 40
WINDOW_DEG = 5.0
OTHERS_SHARE = 0.3
SCENE_ZOOM = 4
SCENE_DEG = 0.05
_SHRINK = 0.75


@dataclass(frozen=True, slots=True)
class Basemap:
    """What one map embeds: feature collections and labels ``[name, lat, lon, zoom, city]``.

    ``unassigned`` is land of no country, neither land of its neighbours nor sea. A label is shown
    from its zoom on; ``city`` is 1 for towns, 0 for countries.
    """

    land: GeoJSON
    unassigned: GeoJSON
    provinces: GeoJSON
    disputed: GeoJSON
    labels: list[list[Any]]


@dataclass(frozen=True, slots=True)
class _Line:
    box: Box
    coarse: list[int]
    fine: list[int]


def cut_basemap(focus: Positions, lang: Lang, others: Positions = ()) -> Basemap:
    """Return the basemap for a map of ``focus``, labelled in ``lang``.

    Around ``others`` (venues abroad) a smaller part is detailed. All these parts shrink with their
    number, so that a map's size is bounded whatever it shows.
    """
    data = _load()
    points = (focus, others)
    fine = _within_budget(_read_arcs(), points, FINE_POINTS)
    arcs = [_undelta(a.fine if i in fine else a.coarse) for i, a in enumerate(_read_arcs())]
    provinces = _within_budget(_read_lines("admin1"), points, PROVINCE_POINTS)
    near = _within_budget(_read_lines("disputed"), points, PROVINCE_POINTS)
    unassigned = _draw_land(data["unassigned"], arcs)
    return Basemap(
        land=_collect(_draw_land(country["polygons"], arcs) for country in data["countries"]),
        unassigned=_collect([unassigned]),
        provinces=_collect(_draw_lines("admin1", provinces)),
        disputed=_collect([_outline(unassigned), *_draw_lines("disputed", near)]),
        labels=_label(points, lang),
    )


@cache
def _load() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(gzip.decompress(read_bytes("basemap.json.gz")))
    return data


@cache
def _read_arcs() -> list[_Line]:
    return [_Line(_to_degrees(box), coarse, fine) for box, coarse, fine in _load()["arcs"]]


@cache
def _read_lines(name: str) -> list[_Line]:
    return [_Line(_to_degrees(box), deltas, deltas) for box, deltas in _load()[name]]


def _to_degrees(box: list[int]) -> Box:
    unit = _load()["units_per_degree"]
    west, south, east, north = box
    return west / unit, south / unit, east / unit, north / unit


def _undelta(deltas: list[int]) -> list[tuple[float, float]]:
    unit = _load()["units_per_degree"]
    lons, lats = accumulate(deltas[::2]), accumulate(deltas[1::2])
    return [(x / unit, y / unit) for x, y in zip(lons, lats, strict=True)]


def _within_budget(
    lines: list[_Line], points: tuple[Positions, Positions], budget: int
) -> set[int]:
    """Return the lines near the points, of a window that keeps them to ``budget`` vertices."""
    window = WINDOW_DEG
    while True:
        boxes = _windows(points, window)
        found = {i for i, line in enumerate(lines) if _meets(line.box, boxes)}
        if sum(len(lines[i].fine) for i in found) <= 2 * budget or window < 0.05:
            return found
        window *= _SHRINK


def _windows(points: tuple[Positions, Positions], size: float) -> set[Box]:
    return _boxes(points[0], size) | _boxes(points[1], size * OTHERS_SHARE)


def _boxes(positions: Positions, size: float) -> set[Box]:
    # On a grid of half a window, so that a thousand events in one place are one box.
    step = size / 2
    cells = {(round(lon / step) * step, round(lat / step) * step) for lon, lat in positions}
    return {(x - size, y - size, x + size, y + size) for x, y in cells}


def _meets(box: Box, boxes: Iterable[Box]) -> bool:
    west, south, east, north = box
    return any(west <= e and east >= w and south <= n and north >= s for w, s, e, n in boxes)


def _draw_land(land: list[list[list[int]]], arcs: list[list[tuple[float, float]]]) -> GeoJSON:
    polygons = []
    for rings in land:
        drawn = [_join(ring, arcs) for ring in rings]
        if len(drawn[0]) >= 4:
            polygons.append([drawn[0], *(hole for hole in drawn[1:] if len(hole) >= 4)])
    geometry = {"type": "MultiPolygon", "coordinates": polygons}
    return {"type": "Feature", "properties": {}, "geometry": geometry}


def _outline(land: GeoJSON) -> GeoJSON:
    """Return the rings of polygons as lines, to be dashed where the fill is not."""
    rings = [ring for polygon in land["geometry"]["coordinates"] for ring in polygon]
    geometry = {"type": "MultiLineString", "coordinates": rings}
    return {"type": "Feature", "properties": {}, "geometry": geometry}


def _join(ring: list[int], arcs: list[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    out: list[tuple[float, float]] = []
    for number in ring:
        part = arcs[number] if number >= 0 else arcs[~number][::-1]
        out += part[1:] if out and part and out[-1] == part[0] else part
    return out


def _draw_lines(name: str, numbers: set[int]) -> Iterable[GeoJSON]:
    coordinates = [_undelta(_read_lines(name)[number].fine) for number in sorted(numbers)]
    if coordinates:
        geometry = {"type": "MultiLineString", "coordinates": coordinates}
        yield {"type": "Feature", "properties": {}, "geometry": geometry}


def _collect(features: Iterable[GeoJSON]) -> GeoJSON:
    return {"type": "FeatureCollection", "features": list(features)}


def _label(points: tuple[Positions, Positions], lang: Lang) -> list[list[Any]]:
    countries = []
    for country in _load()["countries"]:
        if len(country["id"]) > 2:
            continue  # Bases and reefs without a code of their own.
        lon, lat, zoom = country["label"]
        countries.append([country[lang], lat, lon, zoom, 0])
    return countries + _label_cities(points, lang)


def _label_cities(points: tuple[Positions, Positions], lang: Lang) -> list[list[Any]]:
    boxes, scenes = _windows(points, WINDOW_DEG), _boxes_around(points)
    named: list[list[Any]] = []
    near: list[list[Any]] = []
    far: list[list[Any]] = []
    for lon, lat, population, german, english in _load()["cities"]:
        name = german if lang == "de" else english
        if _meets((lon, lat, lon, lat), scenes.get((round(lon), round(lat)), ())):
            named.append([name, lat, lon, SCENE_ZOOM, 1])
        elif _meets((lon, lat, lon, lat), boxes):
            near.append([name, lat, lon, _city_zoom(population), 1])
        else:
            far.append([name, lat, lon, _city_zoom(population) + 1, 1])
    return named[:NEAR_CITIES] + near[:NEAR_CITIES] + far[:FAR_CITIES]


def _boxes_around(points: tuple[Positions, Positions]) -> dict[tuple[int, int], set[Box]]:
    """Return small boxes around the points by whole degree, to find the towns meant."""
    found: dict[tuple[int, int], set[Box]] = {}
    for lon, lat in (point for part in points for point in part):
        x, y = round(lon, 2), round(lat, 2)
        box = (x - SCENE_DEG, y - SCENE_DEG, x + SCENE_DEG, y + SCENE_DEG)
        for corner in ((box[0], box[1]), (box[0], box[3]), (box[2], box[1]), (box[2], box[3])):
            found.setdefault((round(corner[0]), round(corner[1])), set()).add(box)
    return found


def _city_zoom(population: int) -> float:
    steps = ((4_000_000, 4), (1_000_000, 5), (350_000, 6), (120_000, 7))
    return next((zoom for least, zoom in steps if population > least), 8)


def name_country(code: str, lang: Lang) -> str:
    """Return the name of an ISO 3166-1 alpha-2 code, or the code where there is none."""
    return _read_country_names(lang).get(code, code)


@cache
def _read_country_names(lang: Lang) -> dict[str, str]:
    return {country["id"]: country[lang] for country in _load()["countries"]}
