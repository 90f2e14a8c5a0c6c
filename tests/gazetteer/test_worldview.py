"""The worldview ``de-facto``: disputed land counts to the state that holds it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from geomap.cli import cli
from geomap.gazetteer import Gazetteer, open_gazetteer
from geomap.gazetteer.worldview import holder

HELD = {
    "Simferopol": (44.952, 34.102, "UA", "RU"),
    "Golan": (33.0, 35.75, None, "IL"),
    "East Jerusalem": (31.79, 35.24, None, "IL"),
    "Sukhumi": (43.0, 41.02, "GE", None),
    "Tiraspol": (46.84, 29.63, "MD", None),
    "Kyrenia": (35.33, 33.35, "CY", None),
    "Donetsk": (48.003, 37.805, "UA", "UA"),
    "Ramallah": (31.9, 35.204, "PS", "PS"),
    "Laayoune": (27.15, -13.2, "EH", "EH"),
    "Kyiv": (50.45, 30.52, "UA", "UA"),
    "Tel Aviv": (32.08, 34.78, "IL", "IL"),
}


@pytest.fixture(scope="module")
def de_facto(shipped_gazetteer: Gazetteer) -> Iterator[Gazetteer]:
    with open_gazetteer(shipped_gazetteer.path, "de-facto") as gazetteer:
        yield gazetteer


@pytest.mark.parametrize(("lat", "lon", "recognised", "held"), HELD.values(), ids=HELD)
def test_country_at(
    shipped_gazetteer: Gazetteer,
    de_facto: Gazetteer,
    lat: float,
    lon: float,
    recognised: str | None,
    held: str | None,
) -> None:
    assert shipped_gazetteer.country_at(lat, lon) == recognised
    assert de_facto.country_at(lat, lon) == held


@pytest.mark.parametrize(("lat", "lon", "recognised", "held"), HELD.values(), ids=HELD)
def test_polygons_agree(
    de_facto: Gazetteer, lat: float, lon: float, recognised: str | None, held: str | None
) -> None:
    holding = [
        code
        for code in filter(None, {recognised, held, "RU", "IL", "UA", "GE"})
        if (place := de_facto.country(code)) and de_facto.contains(place, lat, lon)
    ]
    assert holding == ([held] if held else [])


def test_harbours_off_simplified_coasts(de_facto: Gazetteer) -> None:
    assert de_facto.country_at(35.342, 33.32) is None
    assert de_facto.country_at(34.676, 33.043) == "CY"


def test_places_follow(shipped_gazetteer: Gazetteer, de_facto: Gazetteer) -> None:
    for name, held in (("Simferopol", "RU"), ("Katzrin", "IL"), ("Donezk", "UA"), ("Kiew", "UA")):
        city = next(c.place for c in de_facto.lookup(name, "de") if c.place.kind == "city")
        assert city.country == held, name
        assert de_facto.place(city.id) == city
    ukraine = shipped_gazetteer.country("UA")
    assert de_facto.country("UA") == ukraine
    assert de_facto.version == f"{shipped_gazetteer.version}+de-facto"


def test_who_holds_an_area_is_one_side_or_nobody(shipped_gazetteer: Gazetteer) -> None:
    for area in shipped_gazetteer.disputed:
        held = holder(area)
        assert held in (area.country, None) or held in area.controlled_by


def test_the_option_reaches_the_record(tmp_path: Path) -> None:
    article = tmp_path / "krim.txt"
    article.write_text("Bei einem Drohnenangriff auf Simferopol starben zwei Menschen.", "utf-8")
    command = ["parse", str(article), "--lang", "de", "--worldview"]
    countries = {}
    for view in ("un", "de-facto"):
        result = CliRunner().invoke(cli, [*command, view])
        assert result.exit_code == 0, result.output
        record = json.loads(result.stdout)
        countries[view] = {event["country"] for event in record["events"]}
    assert countries == {"un": {"UA"}, "de-facto": {"RU"}}
