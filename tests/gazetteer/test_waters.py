"""Areas of seas, gulfs and straits: every one is water, and lies where its place is."""

from __future__ import annotations

import pytest
import shapely
from shapely.geometry import shape

from geomap.gazetteer import Gazetteer
from geomap.gazetteer.waters import is_open_water, water_area


def test_every_sea_but_the_one_over_the_pole_has_an_area(shipped_gazetteer: Gazetteer) -> None:
    seas = [place for place in shipped_gazetteer.places() if is_open_water(place)]
    assert len(seas) > 300
    assert [sea.name for sea in seas if water_area(sea) is None] == ["Northern Sea Route"]
    for sea in seas:
        area = shipped_gazetteer.area(sea)
        if area is not None:
            assert shape(area).is_valid, sea.name
            near = shape(area).dwithin(shapely.Point(sea.lon, sea.lat), 1.0)
            assert near, sea.name


@pytest.mark.parametrize(
    ("name", "inside", "outside"),
    [
        ("Schwarzes Meer", (33.0, 43.5), (44.95, 34.1)),  # not Crimea
        ("Rotes Meer", (38.0, 20.0), (44.2, 15.35)),  # not Sanaa
        ("Golf von Aden", (48.0, 12.5), (45.03, 12.85)),  # not Aden
        ("Straße von Hormus", (56.5, 26.5), (55.9, 26.8)),  # not Qeshm
        ("Straße von Gibraltar", (-5.6, 35.95), (-5.35, 36.14)),  # not Gibraltar
        ("Mittelmeer", (18.0, 34.5), (23.73, 37.98)),  # not Athens
        ("Pazifik", (-160.0, 10.0), (139.7, 35.7)),
    ],
)
def test_a_sea_is_water(
    shipped_gazetteer: Gazetteer,
    name: str,
    inside: tuple[float, float],
    outside: tuple[float, float],
) -> None:
    sea = shipped_gazetteer.lookup(name, "de")[0].place
    area = shape(shipped_gazetteer.area(sea))
    assert area.contains(shapely.Point(inside))
    assert not area.contains(shapely.Point(outside))


def test_towns_and_rivers_have_none(shipped_gazetteer: Gazetteer) -> None:
    for name in ("Odessa", "Euphrat"):
        assert water_area(shipped_gazetteer.lookup(name, "de")[0].place) is None
