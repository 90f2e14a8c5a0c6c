"""One worldview: gazetteer, base map and exports give each disputed point to the same country."""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from shapely.geometry import Point, shape

from geomap.gazetteer import Gazetteer
from geomap.gazetteer.distances import distance_km
from geomap.outputs import vector
from geomap.outputs.map import basemap
from geomap.records import ArticleRecord

NEAR_KM = 12.0
BORDER_DEG = 0.03
"""So near to a simplified border a town beyond it may seem to lie on this side (Rafah)."""


class Disputed(NamedTuple):
    """A row of the shared table; no country: land that is nobody's, and no sea."""

    name: str
    lat: float
    lon: float
    country: str | None

    @property
    def point(self) -> Point:
        return Point(self.lon, self.lat)


def read_points() -> list[Disputed]:
    table = Path(__file__).parent / "data" / "disputed_points.csv"
    with table.open(encoding="utf-8", newline="") as stream:
        return [
            Disputed(row["name"], float(row["lat"]), float(row["lon"]), row["country"] or None)
            for row in csv.DictReader(stream)
        ]


POINTS = read_points()
each_point = pytest.mark.parametrize("point", POINTS, ids=[p.name for p in POINTS])


@cache
def drawn_land() -> dict[str, Any]:
    arcs = [basemap._undelta(arc.fine) for arc in basemap._read_lines("arcs")]
    data = basemap._load()
    land = {country["id"]: country["polygons"] for country in data["countries"]}
    land["unassigned"] = data["unassigned"]
    return {
        code: shape(basemap._draw_land(polygons, arcs)["geometry"]).buffer(0)
        for code, polygons in land.items()
    }


@cache
def country_polygons(gazetteer: Gazetteer) -> dict[str, Any]:
    codes = {country["id"] for country in basemap._load()["countries"]}
    places = {code: gazetteer.country(code) for code in codes}
    areas = {code: gazetteer.area(place) for code, place in places.items() if place}
    return {code: shape(area) for code, area in areas.items() if area}


def test_the_table_is_long_enough() -> None:
    assert len(POINTS) >= 40
    assert len({p.name for p in POINTS}) == len(POINTS)


@each_point
def test_country_at(shipped_gazetteer: Gazetteer, point: Disputed) -> None:
    assert shipped_gazetteer.country_at(point.lat, point.lon) == point.country


@each_point
def test_polygons_of_the_gazetteer(shipped_gazetteer: Gazetteer, point: Disputed) -> None:
    polygons = country_polygons(shipped_gazetteer)
    holding = [code for code, polygon in polygons.items() if polygon.contains(point.point)]
    assert holding == ([point.country] if point.country else [])


@each_point
def test_base_map(point: Disputed) -> None:
    holding = [code for code, land in drawn_land().items() if land.contains(point.point)]
    assert holding == [point.country or "unassigned"]


def countries_around(gazetteer: Gazetteer, lat: float, lon: float) -> set[str | None]:
    steps = (-BORDER_DEG, 0.0, BORDER_DEG)
    return {gazetteer.country_at(lat + y, lon + x) for y in steps for x in steps}


@each_point
def test_places_of_that_name(shipped_gazetteer: Gazetteer, point: Disputed) -> None:
    for candidate in shipped_gazetteer.lookup(point.name, "de"):
        place = candidate.place
        near = distance_km(place.lat, place.lon, point.lat, point.lon) <= NEAR_KM
        around = countries_around(shipped_gazetteer, place.lat, place.lon)
        if near and around == {point.country}:
            # A region that several states claim may name none of them; a settlement may not.
            claimed = place.kind == "region" and place.country is None
            assert claimed or place.country == point.country


def test_places_of_that_name_are_there(shipped_gazetteer: Gazetteer) -> None:
    named = [p for p in POINTS if shipped_gazetteer.lookup(p.name, "de")]
    assert len(named) >= 40


@each_point
def test_divisions(shipped_gazetteer: Gazetteer, point: Disputed) -> None:
    for candidate in shipped_gazetteer.lookup(point.name, "de"):
        if candidate.place.kind == "admin1" and candidate.place.country != point.country:
            assert not shipped_gazetteer.contains(candidate.place, point.lat, point.lon)


def test_country_labels_stand_in_no_land_of_nobody() -> None:
    nobodys = drawn_land()["unassigned"]
    labels = basemap.cut_basemap([(p.lon, p.lat) for p in POINTS], "de").labels
    assert labels
    for name, lat, lon, _, is_city in labels:
        assert is_city or not nobodys.contains(Point(lon, lat)), name


@pytest.fixture(scope="module")
def exported(shipped_gazetteer: Gazetteer, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What GIS tools get for an event in each country of the table and around."""
    codes = sorted({p.country for p in POINTS if p.country} | {"RU", "LB", "JO", "SS", "MA", "RS"})
    text = "Kämpfe."
    events = [
        {
            "event_id": code,
            "name": code,
            "country": code,
            "lat": place.lat,
            "lon": place.lon,
            "where_prec": 6,
            "event_type": "Battles",
            "description": text,
            "desc_start": 0,
            "desc_end": len(text),
            "geometry": shipped_gazetteer.area(place),
        }
        for code in codes
        if (place := shipped_gazetteer.country(code))
    ]
    record = ArticleRecord.model_validate({"id": "a", "lang": "de", "text": text, "events": events})
    target = tmp_path_factory.mktemp("export") / "events.geojson"
    assert vector.export([record], target, "geojson") == len(codes)
    features = json.loads(target.read_text("utf-8"))["features"]
    return {f["properties"]["country"]: shape(f["geometry"]) for f in features}


@each_point
def test_exports(exported: dict[str, Any], point: Disputed) -> None:
    holding = [code for code, area in exported.items() if area.contains(point.point)]
    assert holding == ([point.country] if point.country else [])


def test_disputed_areas_say_what_the_polygons_do(shipped_gazetteer: Gazetteer) -> None:
    assert len(shipped_gazetteer.disputed) >= 25
    for area in shipped_gazetteer.disputed:
        assert area.country == shipped_gazetteer.country_at(area.lat, area.lon), area.name_en
        assert area in shipped_gazetteer.disputed_at(area.lat, area.lon), area.name_en
        assert area.note


@pytest.mark.parametrize(
    ("name", "lat", "lon", "claimed_by"),
    [
        ("Crimea", 44.95, 34.1, ("UA", "RU")),
        ("Golan Heights", 33.27, 35.77, ("SY", "IL", "LB")),
        ("East Jerusalem", 31.777, 35.234, ("PS", "IL")),
        ("South Ossetia", 42.225, 43.97, ("GE", "South Ossetia")),
        ("Abyei", 9.6, 28.43, ("SS", "SD")),
    ],
)
def test_disputed_at(
    shipped_gazetteer: Gazetteer, name: str, lat: float, lon: float, claimed_by: tuple[str, ...]
) -> None:
    area = shipped_gazetteer.disputed_at(lat, lon)[0]
    assert (area.name_en, area.claimed_by) == (name, claimed_by)


@pytest.mark.parametrize(("lat", "lon"), [(48.2, 16.4), (35.0, 18.0), (33.51, 36.29)])
def test_undisputed_places(shipped_gazetteer: Gazetteer, lat: float, lon: float) -> None:
    assert shipped_gazetteer.disputed_at(lat, lon) == ()


def test_contains(shipped_gazetteer: Gazetteer) -> None:
    syria = shipped_gazetteer.country("SY")
    assert syria is not None
    assert shipped_gazetteer.contains(syria, 33.51, 36.29) is True
    assert shipped_gazetteer.contains(syria, 33.0, 35.75) is False
    village = shipped_gazetteer.lookup("Katzrin")[0].place
    assert shipped_gazetteer.contains(village, 33.0, 35.75) is None
