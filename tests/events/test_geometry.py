"""Areas of spatial relations: direction, distance and what lies inside, anywhere on the globe."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry import shape

from geomap.events.geometry import band, sector, sector_of, strip
from geomap.gazetteer import Gazetteer
from geomap.models import GeoJSON, Place

GEOD = Geod(ellps="WGS84")
LATS = st.floats(-75, 78)
LONS = st.floats(-180, 180)
BEARINGS = st.sampled_from([45.0 * step for step in range(8)])
ROUNDING_KM = 0.1


def away(lat: float, lon: float, bearing: float, km: float) -> tuple[float, float]:
    x, y, _ = GEOD.fwd(lon, lat, bearing, km * 1000)
    return y, x


def holds(geometry: GeoJSON, lat: float, lon: float) -> bool:
    return bool(shapely.intersects_xy(shape(geometry), (lon + 180) % 360 - 180, lat))


def is_on_the_globe(geometry: GeoJSON) -> bool:
    west, south, east, north = shape(geometry).bounds
    return bool(
        shape(geometry).is_valid and -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    )


def farthest_km(geometry: GeoJSON, lat: float, lon: float) -> float:
    coords = shapely.get_coordinates(shape(geometry))
    return max(GEOD.inv(lon, lat, x, y)[2] for x, y in coords) / 1000


@settings(deadline=None, max_examples=60)
@given(LATS, LONS, BEARINGS, st.floats(1, 20), st.floats(-40, 40), st.floats(0.1, 0.9))
def test_a_sector_lies_in_its_direction_beyond_the_edge(
    lat: float, lon: float, bearing: float, radius: float, turn: float, share: float
) -> None:
    area = sector(lat, lon, bearing, radius, radius + 25)
    assert is_on_the_globe(area)
    assert holds(area, *away(lat, lon, bearing + turn, radius + 25 * share))
    assert not holds(area, *away(lat, lon, bearing + turn, radius * 0.9))
    assert not holds(area, *away(lat, lon, bearing + 180 + turn, radius + 25 * share))
    assert not holds(area, *away(lat, lon, bearing + turn, radius + 27))
    assert farthest_km(area, lat, lon) <= radius + 25 + ROUNDING_KM


@settings(deadline=None, max_examples=40)
@given(LATS, LONS, BEARINGS, st.floats(2, 20), st.floats(-40, 40), st.floats(0.1, 0.9))
@example(0.0, -179.99999999999997, 225.0, 2.0, 0.0, 0.5)
def test_a_part_of_a_town_lies_within_it(
    lat: float, lon: float, bearing: float, radius: float, turn: float, share: float
) -> None:
    area = sector(lat, lon, bearing, 0, radius)
    assert is_on_the_globe(area)
    assert holds(area, *away(lat, lon, bearing + turn, radius * share))
    assert farthest_km(area, lat, lon) <= radius + ROUNDING_KM


@settings(deadline=None, max_examples=60)
@given(LATS, LONS, st.floats(0, 360), st.floats(10, 500), st.floats(0.05, 0.95), st.floats(-1, 1))
def test_between_lies_on_the_line_of_two_places(
    lat: float, lon: float, bearing: float, km: float, share: float, side: float
) -> None:
    there = away(lat, lon, bearing, km)
    if abs(there[0]) > 80:
        return
    area = band(lat, lon, *there)
    assert is_on_the_globe(area.geometry)
    azimuth, _, metres = GEOD.inv(lon, lat, there[1], there[0])
    on_line = away(lat, lon, azimuth, share * metres / 1000)
    assert holds(area.geometry, *on_line)
    assert holds(area.geometry, area.lat, area.lon)
    assert not holds(
        area.geometry, *away(*on_line, azimuth + 90, 0.35 * km * math.copysign(1, side))
    )
    assert not holds(area.geometry, *away(lat, lon, azimuth + 180, 0.1 * km))
    assert farthest_km(area.geometry, area.lat, area.lon) <= area.reach_km + ROUNDING_KM
    assert GEOD.inv(lon, lat, area.lon, area.lat)[2] == pytest.approx(metres / 2, rel=1e-6)


@settings(deadline=None, max_examples=40)
@given(LATS, LONS, st.floats(0, 360), st.floats(50, 2500), st.floats(0, 1), st.floats(0, 0.85))
def test_a_strip_reaches_as_far_from_its_line(
    lat: float, lon: float, bearing: float, km: float, share: float, aside: float
) -> None:
    steps = [away(lat, lon, bearing, km * step / 20) for step in range(21)]
    if any(abs(y) > 80 for y, _ in steps) or any(abs(b[1] - a[1]) > 90 for a, b in pairwise(steps)):
        return  # lines of the gazetteer are cut at the antimeridian
    line: GeoJSON = {"type": "LineString", "coordinates": [(x, y) for y, x in steps]}
    area = strip(line, 20)
    assert area is not None
    assert is_on_the_globe(area.geometry)
    y, x = steps[round(share * 20)]
    assert holds(area.geometry, *away(y, x, bearing + 90, 20 * aside))
    middle = steps[10]
    azimuth = GEOD.inv(middle[1], middle[0], steps[11][1], steps[11][0])[0]
    assert not holds(area.geometry, *away(*middle, azimuth + 90, 25))
    assert farthest_km(area.geometry, area.lat, area.lon) <= area.reach_km + ROUNDING_KM


def country(index: Gazetteer, code: str) -> Place:
    place = index.country(code)
    assert place is not None
    return place


@pytest.mark.parametrize("bearing", [45.0 * step for step in range(8)])
@pytest.mark.parametrize("code", ["SY", "RU", "US", "FJ", "CL", "NO", "UA"])
def test_a_part_of_a_country(shipped_gazetteer: Gazetteer, code: str, bearing: float) -> None:
    place = country(shipped_gazetteer, code)
    polygon = shipped_gazetteer.area(place)
    assert polygon is not None
    area = sector_of(polygon, place.lat, place.lon, bearing)
    if area is None:
        assert code in ("FJ", "CL", "NO")  # islands and long countries have none in some directions
        return
    assert is_on_the_globe(area.geometry)
    azimuth = GEOD.inv(place.lon, place.lat, area.lon, area.lat)[0]
    assert abs((azimuth - bearing + 180) % 360 - 180) <= 46
    assert shipped_gazetteer.country_at(area.lat, area.lon) == code
    assert holds(area.geometry, area.lat, area.lon)
    assert farthest_km(area.geometry, area.lat, area.lon) <= area.reach_km + ROUNDING_KM
    stray = shape(area.geometry).difference(shape(polygon).buffer(0.01))
    assert stray.area < 1e-3 * shape(area.geometry).area


BORDERS = [
    ("SY", "TR"),
    ("AF", "PK"),
    ("UA", "RU"),
    ("ML", "NE"),
    ("IL", "PS"),
    ("FI", "NO"),
    ("US", "CA"),
]


@pytest.mark.parametrize(("one", "other"), BORDERS)
def test_a_border_strip_touches_both_countries(
    shipped_gazetteer: Gazetteer, one: str, other: str
) -> None:
    first, second = country(shipped_gazetteer, one), country(shipped_gazetteer, other)
    line = shipped_gazetteer.border(first, second)
    assert line is not None
    area = strip(line, 20)
    assert area is not None
    assert is_on_the_globe(area.geometry)
    shares = []
    for place in (first, second):
        polygon = shipped_gazetteer.area(place)
        assert polygon is not None
        shares.append(shape(polygon).intersection(shape(area.geometry)).area)
    assert min(shares) > 0.25 * shape(area.geometry).area
    assert shape(line).distance(shapely.Point(area.lon, area.lat)) < 1e-6
    back = shipped_gazetteer.border(second, first)
    assert back is not None
    assert shape(back).hausdorff_distance(shape(line)) < 0.2


def test_land_of_no_country_lies_between_neighbours(shipped_gazetteer: Gazetteer) -> None:
    line = shipped_gazetteer.border(
        country(shipped_gazetteer, "SY"), country(shipped_gazetteer, "IL")
    )
    assert line is not None
    assert shape(line).distance(shapely.Point(35.8, 33.0)) < 0.2  # the Golan Heights


@pytest.mark.parametrize(("one", "other"), [("SY", "EG"), ("IS", "NO"), ("ET", "SD"), ("LB", "LB")])
def test_who_shares_a_border(shipped_gazetteer: Gazetteer, one: str, other: str) -> None:
    line = shipped_gazetteer.border(
        country(shipped_gazetteer, one), country(shipped_gazetteer, other)
    )
    assert (line is not None) == ((one, other) == ("ET", "SD"))


@pytest.mark.parametrize("code", ["SY", "LY", "YE", "UA", "FJ", "NO", "PS", "EG"])
def test_a_coast_strip_touches_land_and_sea(shipped_gazetteer: Gazetteer, code: str) -> None:
    place = country(shipped_gazetteer, code)
    line, polygon = shipped_gazetteer.coast(place), shipped_gazetteer.area(place)
    assert line is not None
    assert polygon is not None
    both, sea = strip(line, 20), strip(line, 50, without=polygon)
    assert both is not None
    assert sea is not None
    for area in (both, sea):
        assert is_on_the_globe(area.geometry)
        assert holds(area.geometry, area.lat, area.lon)
    land = shape(polygon)
    assert shape(both.geometry).intersection(land).area > 0
    assert shape(both.geometry).difference(land).area > 0
    assert shape(sea.geometry).intersection(land).area < 0.01 * shape(sea.geometry).area
    assert shipped_gazetteer.country_at(sea.lat, sea.lon) is None


@pytest.mark.parametrize("code", ["ET", "CH", "ML", "AF"])
def test_landlocked_countries_have_no_coast(shipped_gazetteer: Gazetteer, code: str) -> None:
    assert shipped_gazetteer.coast(country(shipped_gazetteer, code)) is None


def test_a_province_has_its_part_of_the_coast(shipped_gazetteer: Gazetteer) -> None:
    provinces = {"Latakia": (True, True), "Aleppo": (False, True), "Daraa": (False, False)}
    for name, (has_coast, meets_turkey) in provinces.items():
        place = shipped_gazetteer.lookup(f"Provinz {name}", "de")[0].place
        assert place.kind == "admin1"
        turkey = country(shipped_gazetteer, "TR")
        assert (shipped_gazetteer.coast(place) is not None) == has_coast
        assert (shipped_gazetteer.border(place, turkey) is not None) == meets_turkey


def test_what_a_worldview_leaves_to_nobody_is_no_sea(shipped_gazetteer: Gazetteer) -> None:
    held = Gazetteer(shipped_gazetteer.path, worldview="de-facto")
    for code in ("ET", "MD"):
        assert held.coast(country(held, code)) is None
    held.close()


def test_a_sliver_beyond_the_date_line_is_left_out() -> None:
    assert is_on_the_globe(sector(0.0, -179.99999999999997, 225.0, 1.0, 26.0))
