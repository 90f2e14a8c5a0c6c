from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.coordinates import find_coordinates, parse_coordinates


@pytest.mark.parametrize(
    ("text", "lat", "lon"),
    [
        ("33.5138, 36.2765", 33.5138, 36.2765),
        ("-33.92491, 18.42406", -33.92491, 18.42406),
        ("33.51N 36.27E", 33.51, 36.27),
        ("33,5138° N, 36,2765° O", 33.5138, 36.2765),
        ("33°30'N 36°18'E", 33.5, 36.3),
        ("36°18'E 33°30'N", 33.5, 36.3),
        ("33° 30′ 36″ N, 36° 18′ 36″ E", 33.51, 36.31),
        ("N 33° 30' E 36° 18'", 33.5, 36.3),
        ("12°30′S 45°10.5′W", -12.5, -45.175),
        ("33,5° nördlicher Breite und 36,3° östlicher Länge", 33.5, 36.3),
        ("48.8566° North, 2.3522° East", 48.8566, 2.3522),
    ],
)
def test_notations(text: str, lat: float, lon: float) -> None:
    point = parse_coordinates(text)
    assert point is not None
    assert (point.lat, point.lon) == pytest.approx((lat, lon))
    (found,) = find_coordinates(f"Der Angriff bei {text}, hieß es.")
    assert (found.lat, found.lon) == pytest.approx((lat, lon))
    assert f"Der Angriff bei {text}"[found.start : found.end] == text


@pytest.mark.parametrize(
    "text",
    [
        "1.234, 5.678",
        "91.1234, 10.1234",
        "10.1234, 181.1234",
        "33°75'N 36°18'E",
        "33°30'N 36°18'N",
        "12:30, 14:45",
        "1.12345",
        "Am 21.8. kamen 36.000 Menschen",
        "33.5 Prozent, 36.2 Prozent",
    ],
)
def test_other_figures_are_no_coordinates(text: str) -> None:
    assert parse_coordinates(text) is None
    assert list(find_coordinates(text)) == []


def test_points_come_in_order() -> None:
    text = "Von 33.5138, 36.2765 bis 34°30'N 36°18'E"
    assert [round(point.lat, 1) for point in find_coordinates(text)] == [33.5, 34.5]


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_decimal_pairs_are_read_back(lat: float, lon: float) -> None:
    point = parse_coordinates(f"{lat:.5f}, {lon:.5f}")
    assert point is not None
    assert (point.lat, point.lon) == pytest.approx((lat, lon), abs=1e-5)


@given(st.text(alphabet="0123456789.,°'\"NSEOW -", max_size=60))
def test_any_text_gives_points_on_the_globe(text: str) -> None:
    for point in find_coordinates(text):
        assert abs(point.lat) <= 90
        assert abs(point.lon) <= 180
        assert 0 <= point.start < point.end <= len(text)
