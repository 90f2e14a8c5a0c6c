"""One worldview: disputed land belongs to the country that the German view gives it to."""

from __future__ import annotations

import pytest
from shapely.geometry import Point, shape

from geomap.gazetteer import Gazetteer

POINTS = [
    ("Simferopol", 44.952, 34.102, "UA"),
    ("Sewastopol", 44.589, 33.522, "UA"),
    ("Kertsch", 45.357, 36.468, "UA"),
    ("Jalta", 44.5, 34.17, "UA"),
    ("Donezk", 48.003, 37.805, "UA"),
    ("Luhansk", 48.574, 39.307, "UA"),
    ("Mariupol", 47.096, 37.543, "UA"),
    ("Melitopol", 46.849, 35.366, "UA"),
    ("Cherson", 46.636, 32.617, "UA"),
    ("Saporischschja", 47.85, 35.117, "UA"),
    ("Madschdal Schams", 33.268, 35.771, None),
    ("Katzrin", 32.992, 35.691, None),
    ("Golan south", 32.78, 35.75, None),
    ("Gaza", 31.505, 34.464, "PS"),
    ("Rafah", 31.288, 34.25, "PS"),
    ("Ramallah", 31.9, 35.204, "PS"),
    ("Hebron", 31.532, 35.099, "PS"),
    ("Jenin", 32.459, 35.301, "PS"),
    ("Jericho", 31.857, 35.46, "PS"),
    ("Tel Aviv", 32.08, 34.78, "IL"),
    ("West Jerusalem", 31.78, 35.2, "IL"),
    ("Pristina", 42.667, 21.167, "XK"),
    ("Mitrovica", 42.891, 20.866, "XK"),
    ("Suchumi", 43.0, 41.02, "GE"),
    ("Zchinwali", 42.225, 43.97, "GE"),
    ("Gagra", 43.33, 40.22, "GE"),
    ("Stepanakert", 39.815, 46.752, "AZ"),
    ("Schuscha", 39.76, 46.75, "AZ"),
    ("Tiraspol", 46.84, 29.63, "MD"),
    ("Nikosia north", 35.2, 33.36, "CY"),
    ("Famagusta", 35.12, 33.94, "CY"),
    ("Laayoune", 27.15, -13.2, "EH"),
    ("Dakhla", 23.7, -15.93, "EH"),
    ("Damaskus", 33.51, 36.29, "SY"),
    ("Beirut", 33.89, 35.5, "LB"),
    ("Amman", 31.955, 35.945, "JO"),
    ("Juba", 4.85, 31.58, "SS"),
    ("Khartum", 15.55, 32.53, "SD"),
    ("Latakia harbour", 35.517, 35.77, "SY"),
    ("Odessa harbour", 46.488, 30.75, "UA"),
    ("Mediterranean", 34.5, 30.0, None),
    ("Black Sea", 43.3, 34.3, None),
    ("nowhere", 95.0, 400.0, None),
]


@pytest.mark.parametrize(("name", "lat", "lon", "code"), POINTS)
def test_country_at(
    small_gazetteer: Gazetteer, name: str, lat: float, lon: float, code: str | None
) -> None:
    assert small_gazetteer.country_at(lat, lon) == code, name


@pytest.mark.parametrize(
    ("name", "code"),
    [("Krim", "UA"), ("Gazastreifen", "PS"), ("Westjordanland", "PS")],
)
def test_divisions_follow(small_gazetteer: Gazetteer, name: str, code: str) -> None:
    division = next(
        c.place for c in small_gazetteer.lookup(name, "de") if c.place.feature_code == "ADM1"
    )
    assert division.country == code
    inside = shape(small_gazetteer.area(division)).representative_point()
    assert small_gazetteer.country_at(inside.y, inside.x) == code


def test_no_division_reaches_into_disputed_land(small_gazetteer: Gazetteer) -> None:
    golan = Point(35.77, 33.05)
    for code in ("IL", "SY", "LB", "JO"):
        country = small_gazetteer.country(code)
        assert country is not None
        assert not shape(small_gazetteer.area(country)).contains(golan)


def test_places_on_the_golan_have_no_country(small_gazetteer: Gazetteer) -> None:
    places = [c.place for c in small_gazetteer.lookup("Madschdal Schams", "de")]
    assert places
    assert places[0].country is None
    assert small_gazetteer.lookup("Golanhöhen", "de")[0].place.country is None
