"""Which events ``geomap export`` writes, and what it says of the others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from geomap.cli import main

TEXT = "Gefechte in Idlib."


def event(number: int, **cells: Any) -> dict[str, Any]:
    filled = {
        "event_id": f"e{number}",
        "lat": 35.93,
        "lon": 36.63,
        "country": "SY",
        "where_prec": 1,
        "event_type": "Battles",
        "date_start": "2015-09-01",
        "description": TEXT,
        "desc_start": 0,
        "desc_end": 18,
        "confidence": 0.8,
    }
    return filled | cells


EVENTS = [
    event(1),
    event(2, country="IQ"),
    event(3, event_type="Protests"),
    event(4, date_start="2015-08-01"),
    event(5, confidence=0.3),
    event(6, lat=None, lon=None, where_prec=None, country=None),
]


@pytest.fixture(autouse=True)
def _folder(monkeypatch: pytest.MonkeyPatch, small_gazetteer_path: Path, tmp_path: Path) -> None:
    monkeypatch.setenv("GEOMAP_GAZETTEER", str(small_gazetteer_path))
    monkeypatch.chdir(tmp_path)
    record = {"schema": "geomap/1", "id": "lage", "lang": "de", "text": TEXT}
    lines = [record | {"events": EVENTS}, record | {"id": "leer", "events": []}]
    Path("lage.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["export", "lage.jsonl", *arguments])
    return int(ended.value.code or 0)


@pytest.mark.parametrize(
    ("options", "left_out"),
    [
        (["--country", "Syrien"], "e2"),
        (["--event-type", "battles"], "e3"),
        (["--since", "2015-08-15"], "e4"),
        (["--min-confidence", "0.5"], "e5"),
    ],
)
def test_events_are_chosen(options: list[str], left_out: str) -> None:
    assert run("-o", "out.geojson", *options) == 0
    features = json.loads(Path("out.geojson").read_text(encoding="utf-8"))["features"]
    placed = {"e1", "e2", "e3", "e4", "e5"}
    assert {feature["id"] for feature in features} == placed - {left_out}


def test_what_has_no_place_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("-o", "out.gpkg") == 0
    message = capsys.readouterr().err
    assert "out.gpkg: 5 events from 2 article(s)\n" in message
    assert "out.gpkg: left out: 1 event(s) without a place\n" in message
    assert run("-o", "out.csv", "-f", "acled") == 0
    assert "left out" not in capsys.readouterr().err


def test_nothing_as_asked_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("-o", "out.geojson", "--country", "UA") == 1
    assert "none of the events is as asked for" in capsys.readouterr().err
    assert not Path("out.geojson").exists()


@pytest.mark.parametrize(
    "other", [["--toponyms"], ["--to", "postgresql://eva@localhost/news"]], ids=["toponyms", "to"]
)
def test_events_are_chosen_for_a_file_of_events(
    other: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--country", "SY", *other) == 2
    assert f"leave out {other[0]}" in capsys.readouterr().err
