"""German grammar of place names, with the shipped gazetteer."""

from __future__ import annotations

import pytest
from shapely.geometry import Point

from geomap.gazetteer import Gazetteer
from geomap.gazetteer.distances import distance_km


@pytest.mark.parametrize(
    ("name", "code", "lat", "lon"),
    [
        ("Roten Meeres", "SEA", 20.0, 38.5),
        ("Schwarzen Meer", "SEA", 43.3, 34.3),
        ("Persischen Golfs", "GULF", 26.9, 51.6),
        ("Weißen Hauses", "BLDG", 38.898, -77.037),
        ("Syriens", "PCLI", 35.0, 38.0),
        ("Provinz Suwaida", "ADM1", 32.77, 36.67),
        ("Provinz Ghasni", "ADM1", 33.33, 67.75),
        ("Charkiwer Gebiet", "ADM1", 49.6, 36.5),
        ("Aleppo-Stadt", "PPLA", 36.2, 37.16),
        ("Gaza-Stadt", "PPLA", 31.5, 34.47),
        ("Flughafen Bengasi", "PPLA", 32.11, 20.07),
        ("Ostaserbaidschan", "ADM1", 38.0, 46.75),
        ("Tell Abjad", "PPLA2", 36.69, 38.95),
    ],
)
def test_what_is_meant(
    shipped_gazetteer: Gazetteer, name: str, code: str, lat: float, lon: float
) -> None:
    place = shipped_gazetteer.lookup(name, "de")[0].place
    assert place.feature_code == code
    assert distance_km(place.lat, place.lon, lat, lon) < 100


@pytest.mark.parametrize(
    ("name", "lat", "lon"),
    [
        ("Nordjemen", 16.2, 44.0),
        ("Ostafghanistan", 34.5, 70.6),
        ("Zentralmali", 14.6, -4.0),
        ("Nordwestpakistan", 34.0, 71.3),
        ("Zentralisrael", 32.05, 34.85),
        ("Ostukraine", 48.6, 37.8),
    ],
)
def test_parts_lie_where_news_means_them(
    shipped_gazetteer: Gazetteer, name: str, lat: float, lon: float
) -> None:
    place = shipped_gazetteer.lookup(name, "de")[0].place
    assert Point(place.lon, place.lat).distance(Point(lon, lat)) < 0.5


def test_slivers_are_no_parts(shipped_gazetteer: Gazetteer) -> None:
    assert all(c.place.source != "curated" for c in shipped_gazetteer.lookup("Südost-Chile", "de"))
