"""Pages of archives: what is kept of many articles, and what the page does with them."""

from __future__ import annotations

import base64
import gzip
import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hostile_texts import CANARY, HOSTILE
from sample_records import syria, village
from stored_archive import record, write_folder
from test_map_page import Elements, dressed, read_data

from geomap.cli import main
from geomap.errors import OutputError
from geomap.outputs.map import gather, gathering, is_archive, render_map
from geomap.outputs.selection import Selection
from geomap.records import ArticleRecord


def spread(articles: int, **fields: Any) -> list[ArticleRecord]:
    """Return articles with an event each, ids of their own, some degrees and days apart."""
    return [
        village(
            number,
            event_id=f"v{number}",
            lat=30.0 + number % 17,
            lon=20.0 + number % 23,
            date_start=f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}",
            **fields,
        )
        for number in range(1, articles + 1)
    ]


def unpack(page: str) -> dict[str, Any]:
    packed = base64.b64decode(read_data(page)["packed"])
    data: dict[str, Any] = json.loads(gzip.decompress(packed))
    return data


def test_few_articles_are_kept_whole() -> None:
    records = [*spread(3), syria(events=[])]
    gathered = gather(iter(records), Selection())
    assert gathered.records == records
    assert not is_archive(records)


def test_of_many_only_what_a_page_shows_is_kept() -> None:
    records = [syria(id="first"), *spread(gathering.MOST_TEXTS), syria(id="none", events=[])]
    gathered = gather(iter(records), Selection())
    assert gathered.articles == len(records)
    assert [kept.id for kept in gathered.records] == [r.id for r in records[:-1]]
    assert {kept.text for kept in gathered.records} == {""}
    first = gathered.records[0]
    assert first.events == records[0].events
    scenes = {event.location_start for event in first.events}
    assert {toponym.start for toponym in first.toponyms} == scenes
    assert is_archive(gathered.records)


def test_texts_stay_where_few_of_many_articles_have_events() -> None:
    calm = [syria(id=f"calm-{n}", events=[]) for n in range(gathering.MOST_TEXTS + 20)]
    gathered = gather(iter([*calm[:150], *spread(30), *calm[150:], syria(id="last")]), Selection())
    assert len(gathered.records) == 31
    assert all(kept.text and kept.events for kept in gathered.records)
    assert not is_archive(gathered.records)


def test_only_wanted_events_are_kept() -> None:
    records = spread(240)
    gathered = gather(iter(records), Selection(since=date(2024, 6, 1), until=date(2024, 6, 30)))
    kept = [event for record in gathered.records for event in record.events]
    assert len(kept) == 20
    assert all((event.date_start or "").startswith("2024-06") for event in kept)


def test_too_many_events_say_how_to_narrow_them_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "MOST_EVENTS", 20)
    records = (record for part in (spread(15, country="UA"), spread(9, country="SY"))
               for record in part)  # fmt: skip
    with pytest.raises(OutputError) as refused:
        gather(records, Selection())
    said = str(refused.value)
    assert "24 events are more than a page can show (20)" in said
    assert "--country (UA 15, SY 9)" in said
    assert "--since and --until (2024 24)" in said
    assert "--event-type (Explosions/Remote violence 24)" in said


def test_the_page_of_an_archive_lists_nothing_by_itself() -> None:
    records = spread(gathering.MOST_TEXTS + 1)
    page = render_map(records)
    data = unpack(page)
    assert len(data["events"]) == len(records)
    assert [event["id"] for event in data["events"][:2]] == ["v1", "v2"]
    assert "Bakhmut" not in page
    assert len(page) < len(render_map(records, with_text=True))
    assert "1th attack" not in json.dumps(data)
    assert render_map(records) == page


@pytest.mark.parametrize("words", HOSTILE[::9])
def test_hostile_words_stay_packed(words: str) -> None:
    copies = gathering.MOST_TEXTS + 1
    os.environ.pop(CANARY, None)
    page = render_map([dressed(words)] * copies)
    assert CANARY not in os.environ
    assert Elements(page).found == Elements(render_map([dressed("calm")] * copies)).found
    assert unpack(page)["events"][0]["title"] == words


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return ended.value.code if isinstance(ended.value.code, int) else 0


@pytest.mark.parametrize("fmt", ["jsonl.zst", "geoparquet"])
def test_a_folder_of_parts_becomes_a_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, fmt: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    write_folder(tmp_path / "parsed", [record(n) for n in range(12)], fmt, complete=False)
    assert run("map", "parsed", "--country", "Iraq", "--since", "2015-09-01") == 0
    assert "unfinished run" in caplog.text
    page = (tmp_path / "output" / "parsed.html").read_text("utf-8")
    events = read_data(page)["events"]
    assert [event["id"] for event in events] == ["a0-e2", "a4-e2", "a8-e2"]
    assert all(event["mode"] == "area" for event in events)


def test_of_an_archive_the_names_kept_are_not_told_as_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.chdir(tmp_path)
    write_folder(tmp_path / "few", [record(n) for n in range(2)])
    assert run("map", "few", "-o", "few.html") == 0
    assert "few.html: 2 article(s), 4 toponyms, 6 events" in caplog.text
    monkeypatch.setattr(gathering, "MOST_TEXTS", 2)
    write_folder(tmp_path / "many", [record(n) for n in range(3)])
    assert run("map", "many", "-o", "many.html") == 0
    assert "many.html: 3 article(s), 9 events" in caplog.text


def test_confidence_asked_for_is_that_of_events(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_folder(tmp_path / "parsed", [record(0)])
    assert run("map", "parsed", "-o", "all.html") == 0
    assert run("map", "parsed", "-o", "sure.html", "--min-confidence", "0.5") == 0
    counts = [
        len(read_data((tmp_path / name).read_text("utf-8"))["events"])
        for name in ("all.html", "sure.html")
    ]
    assert counts == [3, 2]


def test_nothing_as_asked_for_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.chdir(tmp_path)
    write_folder(tmp_path / "parsed", [record(n) for n in range(3)])
    assert run("map", "parsed", "--since", "2030-01-01") == 1
    assert "none of the events is as asked for" in caplog.text
    assert not (tmp_path / "output").exists()


def test_an_archive_without_events_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.chdir(tmp_path)
    calm = [record(n).model_copy(update={"events": []}) for n in range(gathering.MOST_TEXTS + 2)]
    write_folder(tmp_path / "parsed", calm, size=100)
    assert run("map", "parsed") == 1
    assert "no events in 202 article(s)" in caplog.text
