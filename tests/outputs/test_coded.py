from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from geomap.cli import main
from geomap.outputs.coded import ACLED_COLUMNS, UCDP_COLUMNS, View, write_view
from geomap.records import ArticleRecord, EventRecord


def event(**fields: Any) -> EventRecord:
    told = {
        "event_id": "a-e1",
        "event_type": "Battles",
        "sub_event_type": "Armed clash",
        "description": "Soldiers fought rebels in Homs",
        "desc_start": 0,
        "desc_end": 30,
        "name": "Homs",
        "country": "SY",
        "admin1": "Homs Governorate",
        "lat": 34.73,
        "lon": 36.72,
        "where_prec": 1,
        "geo_precision": 1,
        "date_start": "2015-08-30",
        "date_end": "2015-08-31",
        "date_prec": 2,
        "time_precision": 2,
        "date_source": "text",
        "deaths_low": 12,
        "deaths_best": 12,
        "actor1": "soldiers",
        "inter1": 1,
        "actor2": "rebels",
        "inter2": 2,
    }
    return EventRecord.model_validate(told | fields)


def rows(tmp_path: Path, view: View, *events: EventRecord) -> list[dict[str, str]]:
    record = ArticleRecord(id="a", lang="en", text="x" * 40, title="War", events=list(events))
    path = tmp_path / "out.csv"
    count = write_view([record], path, view)
    with path.open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file))
    assert len(read) == count
    return read


@pytest.mark.parametrize(("view", "columns"), [("acled", ACLED_COLUMNS), ("ucdp", UCDP_COLUMNS)])
def test_columns_and_their_number(tmp_path: Path, view: View, columns: tuple[str, ...]) -> None:
    assert len(columns) == {"acled": 31, "ucdp": 49}[view] == len(set(columns))
    (row,) = rows(tmp_path, view, event())
    assert tuple(row) == columns


def test_acled_cells(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, "acled", event(reported_by="Reuters", disputed_by="Damascus"))
    assert (row["event_date"], row["year"], row["time_precision"]) == ("2015-08-30", "2015", "2")
    assert (row["disorder_type"], row["interaction"]) == ("Political violence", "12")
    assert (row["country"], row["location"], row["geo_precision"]) == ("Syria", "Homs", "1")
    assert (row["fatalities"], row["source"]) == ("12", "a")
    assert row["tags"] == "reported by Reuters; disputed by Damascus"
    assert row["event_id_cnty"] == row["iso"] == ""


@pytest.mark.parametrize(
    ("fields", "column", "cell"),
    [
        ({"deaths_low": None, "deaths_best": None, "deaths_text": "Dutzende"}, "fatalities", "12"),
        ({"deaths_low": None, "deaths_best": None}, "fatalities", ""),
        ({"deaths_low": 0, "deaths_best": 0}, "fatalities", "0"),
        ({"inter2": 7}, "civilian_targeting", "Civilian targeting"),
        ({"inter2": None, "actor2": None}, "interaction", "10"),
        ({"inter1": 8, "inter2": 2}, "interaction", "28"),
        ({"event_type": "Protests", "sub_event_type": None}, "disorder_type", "Demonstrations"),
        ({"time_precision": None, "date_source": "publication"}, "time_precision", "2"),
        ({"description": "=1+1"}, "notes", "'=1+1"),
    ],
)
def test_acled_rules(tmp_path: Path, fields: dict[str, Any], column: str, cell: str) -> None:
    assert rows(tmp_path, "acled", event(**fields))[0][column] == cell


def test_ucdp_cells(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, "ucdp", event(deaths_high=20))
    assert (row["low"], row["best"], row["high"]) == ("12", "12", "20")
    assert (row["type_of_violence"], row["side_a"], row["side_b"]) == ("1", "soldiers", "rebels")
    assert (row["code_status"], row["id"]) == ("geomap-auto", "")
    assert row["geom_wkt"] == "POINT (36.72 34.73)"
    assert row["deaths_unknown"] == "12"


def test_ucdp_counts_attackers_among_the_dead(tmp_path: Path) -> None:
    counts = {"deaths_low": 0, "deaths_best": 2, "deaths_high": 4, "deaths_attackers": 3}
    (row,) = rows(tmp_path, "ucdp", event(**counts))
    assert (row["low"], row["best"], row["high"]) == ("3", "5", "7")


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"event_type": "Violence against civilians"}, "3"),
        ({"inter1": 2, "inter2": 3}, "2"),
        ({"inter1": None, "inter2": None}, ""),
        ({"inter1": 2, "inter2": None}, ""),
    ],
)
def test_ucdp_type_of_violence(tmp_path: Path, fields: dict[str, Any], kind: str) -> None:
    assert rows(tmp_path, "ucdp", event(**fields))[0]["type_of_violence"] == kind


@pytest.mark.parametrize(
    "fields",
    [{"modality": "negation"}, {"acled_scope": False}, {"lat": None, "lon": None}],
)
def test_what_is_out_of_scope_stays_out(tmp_path: Path, fields: dict[str, Any]) -> None:
    assert rows(tmp_path, "acled", event(**fields)) == []
    assert rows(tmp_path, "ucdp", event(**fields)) == []


def test_ucdp_counts_deadly_events_only(tmp_path: Path) -> None:
    assert rows(tmp_path, "ucdp", event(deaths_low=0, deaths_best=0)) == []
    assert len(rows(tmp_path, "acled", event(deaths_low=0, deaths_best=0))) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-f", "acled", "-o", "out.gpkg"], "acled is written as CSV; name it out.csv"),
        (["-f", "ucdp", "--toponyms"], "ucdp is a table of events"),
    ],
)
def test_the_command_line_refuses(
    arguments: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.jsonl").write_text("", "utf-8")
    with pytest.raises(SystemExit) as stopped:
        main(["export", "a.jsonl", *arguments])
    assert stopped.value.code == 2
    assert message in capsys.readouterr().err
