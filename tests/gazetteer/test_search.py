"""Searching with filters, by distance, from stdin, and with slips of the keyboard."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from geomap.cli.gazetteer import gazetteer
from geomap.errors import GazetteerError
from geomap.gazetteer import Gazetteer
from geomap.gazetteer.search import Filters, find_places, suggest_names


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Damskus", 170654), ("Alepop", 170063), ("Cahrkiw", 706483), ("Mosjkau", 524901)],
)
def test_slips_are_guessed(small_gazetteer: Gazetteer, typed: str, meant: int) -> None:
    assert not small_gazetteer.lookup(typed)
    guesses = suggest_names(small_gazetteer, typed, Filters())
    assert meant in [guess.candidate.place.id for guess in guesses]
    assert all(0.7 <= guess.likeness < 1 for guess in guesses)
    assert len({guess.candidate.place.id for guess in guesses}) == len(guesses) <= 5


@pytest.mark.parametrize("typed", ["", "x", "Qqqqqqqqqqqqqqqq", "…"])
def test_nothing_is_guessed_from_nothing(small_gazetteer: Gazetteer, typed: str) -> None:
    assert suggest_names(small_gazetteer, typed, Filters()) == []


def test_filters(small_gazetteer: Gazetteer) -> None:
    def found(**given: object) -> set[tuple[str | None, str]]:
        filters = Filters(**given)  # type: ignore[arg-type]
        places = find_places(small_gazetteer, "Tripolis", filters, limit=100)
        return {(c.place.country, c.place.feature_code) for c in places}

    assert found(country="lb") <= {(c, f) for c, f in found() if c == "LB"} != set()
    assert found(feature="city") == found(feature="P")
    assert found(feature="P/PPLC") == found(feature="P.PPLC") == {("LY", "PPLC")}
    assert found(feature="water") == set()


def test_nearest_first(small_gazetteer: Gazetteer) -> None:
    filters = Filters(near=(34.0, 35.5))
    places = [c.place for c in find_places(small_gazetteer, "Tripolis", filters)]
    distances = [filters.distance_km(place) or 0.0 for place in places]
    assert places[0].country == "LB"
    assert distances == sorted(distances)


def test_no_such_feature() -> None:
    with pytest.raises(GazetteerError, match="no such feature: 'Stadt'"):
        Filters(feature="Stadt")


def search(path: Path, *arguments: str, names: str = "") -> Result:
    options = ["search", *arguments, "--gazetteer", str(path)]
    return CliRunner().invoke(gazetteer, options, input=names)


def test_names_from_stdin(small_gazetteer_path: Path) -> None:
    result = search(
        small_gazetteer_path, "-", "--json", "--limit", "2", names="Aleppo\n\nQqqqqq\nHoms\n"
    )
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 3
    assert {record["query"] for record in records} == {"Aleppo", "Homs"}
    assert [r["rank"] for r in records if r["query"] == "Aleppo"] == [1, 2]
    assert "no place called 'Qqqqqq'" in result.stderr


def test_records_hold_all_names(small_gazetteer_path: Path) -> None:
    result = search(small_gazetteer_path, "Damaskus", "--json", "--limit", "1")
    record = json.loads(result.stdout)
    keys = "query rank name lat lon feature_class feature_code country geonameid names".split()
    assert set(keys) <= set(record)
    assert "Damaskus" in record["names"]["de"]
    assert any("دمشق" in names for names in record["names"].values())


def test_suggestions_go_to_stderr(small_gazetteer_path: Path) -> None:
    result = search(small_gazetteer_path, "Damskus")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "did you mean Dama" in result.stderr


@pytest.mark.parametrize("near", ["north", "1", "95,0", "1,2,3"])
def test_points_that_are_none(small_gazetteer_path: Path, near: str) -> None:
    result = search(small_gazetteer_path, "Homs", "--near", near)
    assert result.exit_code == 2
    assert "Error" in result.stderr


def test_distances_are_shown(small_gazetteer_path: Path) -> None:
    result = search(small_gazetteer_path, "Homs", "--near", "34.73,36.72", "--limit", "1")
    assert result.stdout.splitlines()[0].endswith("km")
    record = json.loads(
        search(small_gazetteer_path, "Homs", "--near", "34,36", "--json").stdout.splitlines()[0]
    )
    assert 50 < record["distance_km"] < 150


def test_filters_that_exclude_all_say_so(small_gazetteer_path: Path) -> None:
    result = search(small_gazetteer_path, "Aleppo", "--country", "LB")
    assert result.exit_code == 1
    assert "but none that fits the filters" in result.stderr


def test_no_such_country(small_gazetteer_path: Path) -> None:
    result = search(small_gazetteer_path, "Aleppo", "--country", "Libanon")
    assert result.exit_code == 2
    assert "no country has the code 'Libanon'" in result.output
