"""``geomap stats``: the numbers of an archive, whichever form it has."""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from stored_archive import event, record, write_folder

from geomap.cli import main
from geomap.events.codes import CODES
from geomap.outputs.parts import PART_FORMATS, PartFormat
from geomap.outputs.selection import Selection
from geomap.outputs.statistics import Statistics, count_records
from geomap.outputs.statistics_words import say_months, say_section
from geomap.records import ArticleRecord

RECORDS = [record(number) for number in range(12)]


@pytest.fixture(autouse=True)
def _folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(ended.value.code or 0)


def told(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, Any]:
    assert run("stats", *arguments, "--json") == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def made(*days: str | None, published: str | None = None) -> Statistics:
    events = [event(f"e{n}", date_start=day, date_end=day) for n, day in enumerate(days)]
    text = {"id": "x", "lang": "de", "text": "x", "events": events, "published": published}
    return count_records([ArticleRecord.model_validate(text)], Selection())


@pytest.mark.parametrize("fmt", PART_FORMATS)
def test_everything_is_counted_once(fmt: PartFormat, capsys: pytest.CaptureFixture[str]) -> None:
    found = told(capsys, write_folder(Path("parts"), RECORDS, fmt))
    by = found.pop("events_by")
    assert found == {
        "articles": 12,
        "articles_with_events": 12,
        "toponyms": 24,
        "toponyms_resolved": 12,
        "events": 36,
        "events_drawn": 30,
    }
    assert by["country"] == {"SY": 27, "IQ": 6, "unknown": 3}
    assert by["event_type"] == {"Battles": 33, "Explosions/Remote violence": 3}
    assert by["sub_event_type"] == {"Armed clash": 33, "Air/drone strike": 3}
    assert by["month"] == {"2015-08": 30, "2015-09": 6}
    assert by["where_prec"] == {"1": 12, "2": 12, "4": 6, "6": 3, "unknown": 3}
    assert by["attribution"] == {"narrator": 33, "belligerent": 3}
    assert by["verification"] == {"unverified": 3, "unknown": 33}
    assert by["disputed"] == {"no": 33, "yes": 3}
    assert by["modality"] == {"asserted": 33, "future": 3}


def test_every_facet_counts_every_event() -> None:
    found = count_records(RECORDS, Selection())
    assert {sum(counter.values()) for counter in found.by.values()} == {36}


@pytest.mark.parametrize(
    ("options", "events", "articles"),
    [
        (["--country", "Irak"], 6, 6),
        (["--event-type", "Air/drone strike"], 3, 3),
        (["--min-confidence", "0.5"], 24, 12),
        (["--since", "2015-09-02"], 3, 3),
        (["--until", "2015-08-31"], 30, 12),
        (["--since", "2015-09-01", "--country", "SY,IQ"], 3, 3),
        (["--since", "2016-01-01"], 0, 0),
    ],
)
def test_filters(
    options: list[str], events: int, articles: int, capsys: pytest.CaptureFixture[str]
) -> None:
    found = told(capsys, write_folder(Path("parts"), RECORDS), *options)
    assert (found["events"], found["articles_with_events"]) == (events, articles)
    assert found["articles"] == 12


def test_records_and_parts_together(capsys: pytest.CaptureFixture[str]) -> None:
    lines = "".join(found.to_json() + "\n" for found in RECORDS[:2])
    Path("records.jsonl").write_text(lines, "utf-8")
    folder = write_folder(Path("parts"), RECORDS)
    assert told(capsys, folder, "records.jsonl")["articles"] == 14
    assert told(capsys, folder / "part-000001.jsonl.zst")["articles"] == 4


@pytest.mark.parametrize(
    ("lang", "rows"),
    [
        ("en", ["Syria (SY) 27 75.0%", "Battles 33 91.7%", "Air/drone strike 3 8.3%"]),
        ("de", ["Syrien (SY) 27 75,0 %", "Kämpfe 33 91,7 %", "Luft- oder Drohnenangriff 3 8,3 %"]),
    ],
)
def test_the_table(lang: str, rows: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run("stats", write_folder(Path("parts"), RECORDS), "--ui-lang", lang) == 0
    shown = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert set(rows) <= set(shown)


@pytest.mark.parametrize(("lang", "row"), [("en", "Events 1,200"), ("de", "Ereignisse 1.200")])
def test_thousands(lang: str, row: str, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_folder(Path("parts"), [record(number) for number in range(400)])
    assert run("stats", folder, "--ui-lang", lang) == 0
    assert row in (" ".join(line.split()) for line in capsys.readouterr().out.splitlines())


def test_every_type_has_a_german_name() -> None:
    found = Statistics()
    found.by["event_type"].update(code.event_type for code in CODES)
    found.by["sub_event_type"].update(code.name for code in CODES)
    for facet in ("event_type", "sub_event_type"):
        english, german = (say_section(found, facet, lang).rows for lang in ("en", "de"))
        assert not {name for name, _ in english} & {name for name, _ in german}


def test_an_empty_selection_has_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("stats", write_folder(Path("parts"), RECORDS), "--since", "2016-01-01") == 0
    assert "Events" in capsys.readouterr().out


def test_articles_are_refused_and_the_rest_counted(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.txt").write_text("In Homs wurde gekämpft. Die Lage ist ernst.", "utf-8")
    assert run("stats", "a.txt") == 1
    captured = capsys.readouterr()
    assert not captured.out
    assert "a.txt: holds articles, not records; parse them first" in captured.err
    assert run("stats", "a.txt", write_folder(Path("parts"), RECORDS)) == 3
    assert "Syria (SY)" in capsys.readouterr().out


def test_an_unfinished_run_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("stats", write_folder(Path("parts"), RECORDS, complete=False)) == 0
    assert "unfinished run, of 3 part(s) so far" in capsys.readouterr().err


def test_what_would_reorder_the_table_is_made_visible(capsys: pytest.CaptureFixture[str]) -> None:
    odd = ArticleRecord.model_validate(
        {"id": "x", "lang": "de", "text": "x", "events": [event("e", event_type="\u202ered")]}
    )
    run("stats", write_folder(Path("parts"), [odd]))
    out = capsys.readouterr().out
    assert "\u202e" not in out
    assert "\\u202ered" in out


def test_a_plot_is_a_picture(capsys: pytest.CaptureFixture[str]) -> None:
    from matplotlib import image

    folder = write_folder(Path("parts"), RECORDS)
    for name in ("a.png", "b.png"):
        assert run("stats", folder, "--plot", name) == 0
    assert "a.png: the plot" in capsys.readouterr().err
    assert Path("a.png").read_bytes() == Path("b.png").read_bytes()
    height, width, _ = image.imread("a.png").shape
    assert width > height > 500


def test_a_plot_needs_matplotlib(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    assert run("stats", write_folder(Path("parts"), RECORDS), "--plot", "a.png") == 1
    shown = capsys.readouterr()
    assert "pip install 'geomap[png]'" in shown.err
    assert not shown.out  # It is told before an archive is read, not after.


def test_months_without_events_are_in_the_plot() -> None:
    found = made("2015-01-03", "2015-03-01", "2015-03-05", "1999-12-01", "2031-01-01", None)
    assert say_months(found, "en", 3).rows == [
        ("before", 1), ("2015-01", 1), ("2015-02", 0), ("2015-03", 2), ("after", 1),
        ("without a date", 1),
    ]  # fmt: skip
    assert say_months(made(), "en", 3).rows == []


def test_without_a_date_the_publication_counts() -> None:
    assert made(None, published="2015-09-01").by["month"] == Counter({"2015-09": 1})


def test_long_lists_are_shortened() -> None:
    found = made("2015-01-03", "2015-03-01", "2015-03-05", "2015-04-01")
    assert say_section(found, "month", "en", 2).rows == [
        ("before", 1), ("2015-03", 2), ("2015-04", 1),
    ]  # fmt: skip
    many = Statistics()
    many.by["country"].update({"SY": 5, "IQ": 3, "UA": 2, "unknown": 9})
    assert say_section(many, "country", "de", 2).rows == [
        ("Syrien (SY)", 5), ("Irak (IQ)", 3), ("2 weitere", 11),
    ]  # fmt: skip
    assert len(say_section(many, "country", "de").rows) == 4


def test_selection_of_days() -> None:
    wanted = Selection(since=date(2015, 9, 1), until=date(2015, 9, 30))
    assert count_records(RECORDS, wanted).events == 6
