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

``assets/water.json.gz`` (built by ``water_build.py``) holds ``lakes`` as [box, coarse ring, fine
ring], ``rivers`` as lines and ``names`` of waters as [lon, lat, first zoom, German, English].
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from geomap.models import GeoJSON, Lang
from geomap.outputs.map.vendored import read_bytes

if TYPE_CHECKING:
    from shapely import STRtree

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""
Positions = Sequence[tuple[float, float]]
"""Longitudes and latitudes in degrees."""
Points = tuple[Any, Any]
"""Arrays of positions: of what happened, and of other venues."""

FINE_POINTS = 7_000
PROVINCE_POINTS = 2_500
LAKE_POINTS = 2_000
RIVER_POINTS = 2_000
LARGEST_LAKES = 20
WORLD_ZOOM = 5.0
NEAR_CITIES = 150
FAR_CITIES = 40
WINDOW_DEG = 5.0
OTHERS_SHARE = 0.3
SCENE_ZOOM = 4
SCENE_DEG = 0.05
SPOT_DEG = 0.01
_SHRINK = 0.75


@dataclass(frozen=True, slots=True)
class Basemap:
    """What one map embeds: feature collections and labels ``[name, lat, lon, zoom, kind]``.

    ``unassigned`` is land of no country, neither land of its neighbours nor sea. A label is shown
    from its zoom on; its kind is 0 for countries, 1 for towns, 2 for waters.
    """

    land: GeoJSON
    unassigned: GeoJSON
    lakes: GeoJSON
    rivers: GeoJSON
    provinces: GeoJSON
    disputed: GeoJSON
    labels: list[list[Any]]
    has_disputed: bool


@dataclass(frozen=True, slots=True)
class _Line:
    box: Box
    coarse: list[int]
    fine: list[int]


def cut_basemap(
    focus: Positions, lang: Lang, others: Positions = (), *, scenes: Positions = ()
) -> Basemap:
    """Return the basemap for a map of ``focus``, labelled in ``lang``.

    Around ``others`` (venues abroad) a smaller part is detailed. All these parts shrink with their
    number, so that a map's size is bounded whatever it shows. Towns at ``scenes`` are named before
    all others.
    """
    data = _load()
    points = (_thin_out(focus), _thin_out(others))
    fine = _within_budget("arcs", points, FINE_POINTS)
    lines = enumerate(_read_lines("arcs"))
    arcs = [_undelta(line.fine if i in fine else line.coarse) for i, line in lines]
    provinces = _within_budget("admin1", points, PROVINCE_POINTS)
    near = _within_budget("disputed", points, PROVINCE_POINTS)
    lakes = _within_budget("lakes", points, LAKE_POINTS)
    rivers = _within_budget("rivers", points, RIVER_POINTS)
    unassigned = _draw_land(data["unassigned"], arcs)
    return Basemap(
        land=_collect(_draw_land(country["polygons"], arcs) for country in data["countries"]),
        unassigned=_collect([unassigned]),
        lakes=_collect([_draw_lakes(lakes)]),
        rivers=_collect(_draw_lines("rivers", rivers)),
        provinces=_collect(_draw_lines("admin1", provinces)),
        disputed=_collect([_outline(unassigned), *_draw_lines("disputed", near)]),
        labels=_label(points, scenes, lang),
        has_disputed=bool(near) or _has_near(unassigned, points),
    )


@cache
def _load() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(gzip.decompress(read_bytes("basemap.json.gz")))
    data |= json.loads(gzip.decompress(read_bytes("water.json.gz")))
    return data


@cache
def _read_lines(name: str) -> list[_Line]:
    """Return borders with their two levels, or other lines, which have one."""
    return [_Line(_to_degrees(box), levels[0], levels[-1]) for box, *levels in _load()[name]]


def _to_degrees(box: list[int]) -> Box:
    unit = _load()["units_per_degree"]
    west, south, east, north = box
    return west / unit, south / unit, east / unit, north / unit


def _undelta(deltas: list[int]) -> list[tuple[float, float]]:
    unit = _load()["units_per_degree"]
    lons, lats = accumulate(deltas[::2]), accumulate(deltas[1::2])
    return [(x / unit, y / unit) for x, y in zip(lons, lats, strict=True)]


def _thin_out(positions: Positions) -> Any:
    """Return an array of the positions, those of a spot once."""
    import numpy

    array = numpy.array(positions, dtype=float).reshape(-1, 2)
    return numpy.unique(numpy.round(array / SPOT_DEG), axis=0) * SPOT_DEG


def _within_budget(name: str, points: Points, budget: int) -> set[int]:
    """Return the lines near the points, of a window that keeps them to ``budget`` vertices."""
    sizes = [len(line.fine) for line in _read_lines(name)]
    window = WINDOW_DEG
    while True:
        found = _find_near(name, _windows(points, window))
        if sum(sizes[i] for i in found) <= 2 * budget or window < 0.05:
            return found
        window *= _SHRINK


def _windows(points: Points, size: float) -> Any:
    """Return an array of boxes around the points, as polygons."""
    import numpy

    parts = zip(points, (size, size * OTHERS_SHARE), strict=True)
    return numpy.concatenate([_boxes(positions, half) for positions, half in parts])


def _boxes(positions: Any, size: float) -> Any:
    import numpy
    import shapely

    # On a grid of half a window, so that a thousand events in one place are one box.
    step = size / 2
    columns, rows = numpy.round(positions / step).astype(int).T
    # As one number each, which sort faster than pairs.
    cells = numpy.unique((columns << 32) + (rows & 0xFFFFFFFF))
    lons, lats = (cells >> 32) * step, (cells & 0xFFFFFFFF).astype("int32") * step
    return shapely.box(lons - size, lats - size, lons + size, lats + size)


def _has_near(land: GeoJSON, points: Points) -> bool:
    from shapely import intersects, prepare
    from shapely.geometry import shape

    outline = shape(land["geometry"])
    prepare(outline)
    return bool(intersects(outline, _windows(points, WINDOW_DEG)).any())


def _find_near(name: str, boxes: Any) -> set[int]:
    """Return the numbers of lines or cities whose boxes meet any of ``boxes``."""
    return set(_index(name).query(boxes)[1].tolist()) if len(boxes) else set()


@cache
def _index(name: str) -> STRtree:
    from shapely import STRtree, box, points

    if name in ("cities", "names"):
        return STRtree(points([place[:2] for place in _load()[name]]))
    return STRtree([box(*line.box) for line in _read_lines(name)])


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


def _draw_lakes(near: set[int]) -> GeoJSON:
    lines = _read_lines("lakes")
    drawn = sorted(near | set(range(LARGEST_LAKES)))
    polygons = [[_undelta(lines[i].fine if i in near else lines[i].coarse)] for i in drawn]
    geometry = {"type": "MultiPolygon", "coordinates": polygons}
    return {"type": "Feature", "properties": {}, "geometry": geometry}


def _draw_lines(name: str, numbers: set[int]) -> Iterable[GeoJSON]:
    coordinates = [_undelta(_read_lines(name)[number].fine) for number in sorted(numbers)]
    if coordinates:
        geometry = {"type": "MultiLineString", "coordinates": coordinates}
        yield {"type": "Feature", "properties": {}, "geometry": geometry}


def _collect(features: Iterable[GeoJSON]) -> GeoJSON:
    return {"type": "FeatureCollection", "features": list(features)}


def _label(points: Points, scenes: Positions, lang: Lang) -> list[list[Any]]:
    countries = []
    for country in _load()["countries"]:
        if len(country["id"]) > 2:
            continue  # Bases and reefs without a code of their own.
        lon, lat, zoom = country["label"]
        countries.append([country[lang], lat, lon, zoom, 0])
    return countries + _label_waters(points, lang) + _label_cities(points, scenes, lang)


def _label_waters(points: Points, lang: Lang) -> list[list[Any]]:
    near = _find_near("names", _windows(points, WINDOW_DEG))
    return [
        [german if lang == "de" else english, lat, lon, zoom, 2]
        for number, (lon, lat, zoom, german, english) in enumerate(_load()["names"])
        if zoom <= WORLD_ZOOM or number in near
    ]


def _label_cities(points: Points, scenes: Positions, lang: Lang) -> list[list[Any]]:
    meant = _find_near("cities", _boxes_around(scenes))
    close = _find_near("cities", _windows(points, WINDOW_DEG))
    named: list[list[Any]] = []
    near: list[list[Any]] = []
    far: list[list[Any]] = []
    for number, (lon, lat, population, german, english) in enumerate(_load()["cities"]):
        name = german if lang == "de" else english
        if number in meant:
            named.append([name, lat, lon, SCENE_ZOOM, 1])
        elif number in close:
            near.append([name, lat, lon, _city_zoom(population), 1])
        else:
            far.append([name, lat, lon, _city_zoom(population) + 1, 1])
    return named[:NEAR_CITIES] + near[:NEAR_CITIES] + far[:FAR_CITIES]


def _boxes_around(points: Positions) -> Any:
    """Return small boxes around the points, to find the towns meant."""
    import shapely

    lons, lats = _thin_out(points).T
    reach = SCENE_DEG
    return shapely.box(lons - reach, lats - reach, lons + reach, lats + reach)


def _city_zoom(population: int) -> float:
    steps = ((4_000_000, 4), (1_000_000, 5), (350_000, 6), (120_000, 7))
    return next((zoom for least, zoom in steps if population > least), 8)


def list_cities() -> list[tuple[float, float, int, str, str]]:
    """Return longitude, latitude, population, German and English name of every town."""
    cities: list[tuple[float, float, int, str, str]] = _load()["cities"]
    return cities


def list_waters() -> list[tuple[float, float, float, str, str]]:
    """Return longitude, latitude, first zoom, German and English name of every water."""
    waters: list[tuple[float, float, float, str, str]] = _load()["names"]
    return waters


def name_country(code: str, lang: Lang) -> str:
    """Return the name of an ISO 3166-1 alpha-2 code, or the code where there is none."""
    return _read_country_names(lang).get(code, code)


@cache
def _read_country_names(lang: Lang) -> dict[str, str]:
    # Some far islands have their country's code: the land labelled first is the country.
    countries = sorted(_load()["countries"], key=lambda country: -country["label"][2])
    return {country["id"]: country[lang] for country in countries}
