"""Countries at coasts and of divisions; disputed points have a test of their own."""

from __future__ import annotations

import pytest
from shapely.geometry import Point, shape

from geomap.gazetteer import Gazetteer

COASTS = [
    ("Latakia harbour", 35.517, 35.77, "SY"),
    ("Odessa harbour", 46.488, 30.75, "UA"),
    ("Mediterranean", 34.5, 30.0, None),
    ("Black Sea", 43.3, 34.3, None),
    ("nowhere", 95.0, 400.0, None),
]


@pytest.mark.parametrize(("name", "lat", "lon", "code"), COASTS)
def test_land_before_sea(
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


def test_a_division_that_reaches_beyond_stays_its_countrys(small_gazetteer: Gazetteer) -> None:
    quneitra = small_gazetteer.lookup("Provinz Kunaitra", "de")[0].place
    assert quneitra.country == "SY"
    inside = shape(small_gazetteer.area(quneitra)).representative_point()
    assert small_gazetteer.contains(quneitra, inside.y, inside.x)
    assert not small_gazetteer.contains(quneitra, 33.0, 35.75)
