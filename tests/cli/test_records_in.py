"""What was corrected by hand reaches the map and the files, whatever form it comes in."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from geomap.cli import main

TEXT = "Bei Luftangriffen auf Idlib sind am Montag mindestens acht Menschen getötet worden."


@pytest.fixture(autouse=True)
def _folder(monkeypatch: pytest.MonkeyPatch, small_gazetteer_path: Path, tmp_path: Path) -> None:
    monkeypatch.setenv("GEOMAP_GAZETTEER", str(small_gazetteer_path))
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    return int(ended.value.code or 0)


def record(identifier: str = "x", **event: Any) -> dict[str, Any]:
    filled = {
        "event_id": f"{identifier}-e1",
        "lat": 1.5,
        "lon": 2.5,
        "where_prec": 1,
        "event_type": "Battles",
        "description": "von Hand berichtigt",
        "desc_start": 0,
        "desc_end": 5,
    }
    return {
        "schema": "geomap/1",
        "id": identifier,
        "lang": "de",
        "text": TEXT,
        "events": [filled | event],
    }


def features(path: str = "out.geojson") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(Path(path).read_text(encoding="utf-8"))["features"]
    return found


def text_first(content: dict[str, Any]) -> dict[str, Any]:
    return {"text": content["text"], **content}


@pytest.mark.parametrize("suffix", ["jsonl", "ndjson", "json"])
@pytest.mark.parametrize("indent", [None, 2])
def test_a_record_in_any_shape_is_taken_as_it_is(suffix: str, indent: int | None) -> None:
    Path(f"r.{suffix}").write_text(json.dumps(text_first(record()), indent=indent), "utf-8")
    assert run("export", f"r.{suffix}", "-o", "out.geojson") == 0
    assert [f["properties"]["description"] for f in features()] == ["von Hand berichtigt"]


@pytest.mark.parametrize("indent", [None, 2])
def test_a_record_on_standard_input(monkeypatch: pytest.MonkeyPatch, indent: int | None) -> None:
    content = json.dumps(text_first(record()), indent=indent).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert run("export", "-", "-o", "out.geojson") == 0
    assert [f["properties"]["description"] for f in features()] == ["von Hand berichtigt"]


def test_another_schema_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    Path("r.jsonl").write_text(json.dumps(record() | {"schema": "geomap/2"}), "utf-8")
    assert run("export", "r.jsonl", "-o", "out.geojson") == 1
    assert "r.jsonl: line 1: is not a geomap record: schema" in capsys.readouterr().err
    assert not Path("out.geojson").exists()


def test_articles_and_records_in_one_file() -> None:
    lines = [json.dumps(record()), json.dumps({"id": "y", "text": TEXT})]
    Path("r.jsonl").write_text("\n".join(lines), "utf-8")
    assert run("export", "r.jsonl", "-o", "out.geojson") == 0
    assert [f["properties"]["article_id"] for f in features()] == ["x", "y"]


def test_ids_are_unique_in_a_run() -> None:
    Path("a.jsonl").write_text(json.dumps(record()), "utf-8")
    Path("b.jsonl").write_text(
        f"{json.dumps(record())}\n{json.dumps(record('y', event_id='x-e1'))}"
    )
    Path("x.txt").write_text(TEXT, "utf-8")
    assert run("export", "a.jsonl", "b.jsonl", "x.txt", "-o", "out.geojson") == 0
    *ids, parsed = [f["id"] for f in features()]
    assert ids == ["x-e1", "x-2-e1", "x-e1-2"]
    assert parsed.startswith("x-3-e")
    assert [f["properties"]["article_id"] for f in features()] == ["x", "x-2", "y", "x-3"]


def test_one_bad_record_does_not_stop_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    broken = record(geometry={"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]}, where_prec=5)
    huge = record(deaths_low=2**63)
    lines = [json.dumps(item) for item in (broken, huge, record("good"))]
    Path("r.jsonl").write_text("\n".join(lines), "utf-8")
    assert run("export", "r.jsonl", "-o", "out.geojson") == 3
    err = capsys.readouterr().err
    assert "line 1: is not a geomap record: events.0.geometry: a ring needs four" in err
    assert "line 2: is not a geomap record: events.0.deaths_low: Input should be less than" in err
    assert [f["id"] for f in features()] == ["good-e1"]
