"""``geomap batch`` with workers in this process, to see every state; see also test_killed.py."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import zstandard
from batch.archive import article, contents, items, listed, records, run, write_archive

from geomap.batch import folder as folder_module
from geomap.batch import worker
from geomap.cli import main
from geomap.models import Article, GeoparsedArticle
from geomap.pipeline import Geoparser
from geomap.settings import Settings

pytestmark = pytest.mark.usefixtures("in_process")


def test_parts_hold_what_parse_writes(capsys: pytest.CaptureFixture[str]) -> None:
    write_archive(Path("in.jsonl"))
    assert run("in.jsonl", "-o", "out", "--part-size", 5) == 3
    assert len(list(Path("out").glob("part-*"))) == 3
    found = records(Path("out"))
    assert [record["id"] for record in found] == [f"a{number}" for number in range(12)]
    assert all(record["toponyms"] for record in found)
    assert "12 article(s) in 3 part(s)" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["parse", "in.jsonl", "-o", "parsed.jsonl"])
    assert {line["id"]: line for line in listed(Path("parsed.jsonl")) if line["id"] != "again"} == {
        record["id"]: record for record in found
    }


def test_what_failed_and_what_came_twice_is_listed() -> None:
    write_archive(Path("in.jsonl"))
    assert run("in.jsonl", "gone.txt", "-o", "out", "--part-size", 5) == 3
    failed = listed(Path("out/errors.jsonl"))
    assert [(item["source"], item["line"]) for item in failed] == [
        ("gone.txt", None),
        ("in.jsonl", None),
        ("in.jsonl", 12),
    ]
    assert [item["error"] for item in failed] == [
        "InputError",
        "UnsupportedLanguageError",
        "RecordError",
    ]
    assert listed(Path("out/duplicates.jsonl")) == [{"id": "again", "duplicate_of": "a1"}]
    manifest = json.loads(Path("out/manifest.json").read_text(encoding="utf-8"))
    found = records(Path("out"))
    assert manifest["complete"]
    assert manifest["totals"] == {
        "articles": 12,
        "toponyms": sum(len(record["toponyms"]) for record in found),
        "events": sum(len(record["events"]) for record in found),
        "failed": 3,
        "duplicates": 1,
    }
    assert manifest["models"].keys() == {"de"}


def test_an_article_that_breaks_the_parser_does_not_end_the_run(
    monkeypatch: pytest.MonkeyPatch, geoparser: Geoparser
) -> None:
    finish = geoparser._finish

    def break_on_homs(found: Article, recognition: Any) -> GeoparsedArticle:
        if "Homs" in found.text:
            raise ZeroDivisionError("two\nlines")
        return finish(found, recognition)

    monkeypatch.setattr(geoparser, "_finish", break_on_homs)
    lines = [json.dumps(article(number)) for number in range(3)]
    Path("in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert run("in.jsonl", "-o", "out") == 3
    assert [record["id"] for record in records(Path("out"))] == ["a0", "a2"]
    (failed,) = listed(Path("out/errors.jsonl"))
    assert (failed["id"], failed["error"], failed["reason"]) == (
        "a1",
        "ZeroDivisionError",
        "two lines",
    )


def test_nothing_read_is_a_failure() -> None:
    assert run("gone.txt", "-o", "out") == 1
    assert len(listed(Path("out/errors.jsonl"))) == 1


def _rows(count: int) -> list[dict[str, Any]]:
    return [article(number) for number in range(count)]


def _plain(folder: Path) -> None:
    (folder / "deep").mkdir()
    for number in (0, 1):
        path = folder / "deep" / f"a{number}.txt"
        path.write_text(article(number)["text"], encoding="utf-8")


def _lines(folder: Path) -> None:
    text = "\n".join(json.dumps(row) for row in _rows(2))
    (folder / "x.jsonl").write_text(text, encoding="utf-8")


def _gz(folder: Path) -> None:
    text = "\n".join(json.dumps(row) for row in _rows(2)).encode()
    (folder / "x.jsonl.gz").write_bytes(gzip.compress(text))


def _zst(folder: Path) -> None:
    frames = [zstandard.compress(json.dumps(row).encode() + b"\n") for row in _rows(2)]
    (folder / "x.jsonl.zst").write_bytes(b"".join(frames))


def _csv(folder: Path) -> None:
    pd.DataFrame(_rows(2)).to_csv(folder / "x.csv", index=False, sep=";")


def _parquet(folder: Path) -> None:
    pd.DataFrame(_rows(2)).to_parquet(folder / "x.parquet")


@pytest.mark.parametrize("write", [_plain, _lines, _gz, _zst, _csv, _parquet])
@pytest.mark.parametrize("how", ["folder", "glob"])
def test_every_kind_of_input(write: Callable[[Path], None], how: str) -> None:
    Path("in").mkdir()
    write(Path("in"))
    named = "in" if how == "folder" else "in/**/*.*"
    assert run(named, "--date", "2015-09-01", "-o", "out") == 0
    found = records(Path("out"))
    assert [record["id"] for record in found] == ["a0", "a1"]
    assert [record["published"] for record in found] == ["2015-09-01"] * 2
    assert [place["text"] for record in found for place in record["toponyms"]] == ["Idlib", "Homs"]


@pytest.mark.parametrize("lines", [True, False])
def test_standard_input(monkeypatch: pytest.MonkeyPatch, lines: bool) -> None:
    text = "\n".join(items(4)) if lines else article(0)["text"]
    stdin = io.TextIOWrapper(io.BytesIO(text.encode("utf-8")), encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", stdin)
    assert run("-", "-o", "out", "--part-size", 2) == (3 if lines else 0)
    ids = [record["id"] for record in records(Path("out"))]
    assert ids == (["a0", "a1", "a2", "a3"] if lines else ["stdin"])


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_columns_by_name(suffix: str, capsys: pytest.CaptureFixture[str]) -> None:
    day = pd.Timestamp("2015-09-01")
    rows = [{"nr": n, "day": day, "body": row["text"]} for n, row in enumerate(_rows(2))]
    table = pd.DataFrame(rows)
    if suffix == "csv":
        table.to_csv("x.csv", index=False)
    else:
        table.to_parquet("x.parquet")
    columns = ("--text-column", "body", "--id-column", "nr", "--date-column", "day")
    assert run(f"x.{suffix}", "-o", "out", *columns) == 0
    found = records(Path("out"))
    assert [(r["id"], r["published"]) for r in found] == [("0", "2015-09-01"), ("1", "2015-09-01")]
    assert run(f"x.{suffix}", "-o", "other") == 1
    (failed,) = listed(Path("other/errors.jsonl"))
    assert "--text-column of geomap batch (there are: nr, day, body)" in failed["reason"]


def test_a_damaged_archive_gives_what_stands_before_the_damage() -> None:
    lines = "".join(json.dumps(article(n)) + "\n" for n in range(2)).encode()
    whole = zstandard.compress(lines)
    rest = zstandard.compress(os.urandom(50_000))
    Path("x.jsonl.zst").write_bytes(whole + rest[: len(rest) // 2])
    assert run("x.jsonl.zst", "-o", "out") == 3
    assert [record["id"] for record in records(Path("out"))] == ["a0", "a1"]
    assert "damaged" in listed(Path("out/errors.jsonl"))[-1]["reason"]


def test_an_earlier_output_among_the_inputs_is_not_read() -> None:
    Path("in").mkdir()
    write_archive(Path("in/x.jsonl"))
    assert run("in", "-o", "in/out") == 3
    before = contents(Path("in/out"))
    assert run("in", "-o", "in/out") == 3
    assert contents(Path("in/out")) == before


def test_tables(capsys: pytest.CaptureFixture[str]) -> None:
    import geopandas

    lines = [json.dumps(article(0)), json.dumps(article(1) | {"text": "Kämpfe in Xyzburg."})]
    Path("in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert run("in.jsonl", "-o", "out", "--format", "geoparquet", "--part-size", 1) == 0
    events = geopandas.read_parquet("out/events")
    assert events.crs == "EPSG:4326"
    assert "Idlib" in set(events["name"])
    toponyms = geopandas.read_parquet("out/toponyms")
    assert toponyms.geometry.geom_type.iloc[0] == "Point"
    articles = pd.read_parquet("out/articles")
    assert list(articles["id"]) == ["a0", "a1"]
    assert articles["events"].sum() == len(events)
    assert articles["toponyms"].sum() == len(toponyms)


@pytest.mark.parametrize("fmt", ["jsonl.zst", "geoparquet"])
def test_a_crash_at_any_step_costs_nothing(monkeypatch: pytest.MonkeyPatch, fmt: str) -> None:
    """Fail before each rename and each flush to disk in turn, and go on after it."""
    write_archive(Path("in.jsonl"), 5)
    arguments = ("in.jsonl", "--part-size", 3, "--format", fmt, "-o")
    assert run(*arguments, "whole") == 3
    whole = contents(Path("whole"))

    class Crash(BaseException):
        pass

    steps = iter(())

    def before(name: str, module: Any) -> None:
        real = getattr(module, name)

        def step(*given: Any, **more: Any) -> Any:
            if next(steps, None) == "crash":
                raise Crash
            return real(*given, **more)

        monkeypatch.setattr(module, name, step)

    before("replace", Path)
    before("fsync", folder_module.os)
    crashes = 0
    while True:
        steps = iter([*["go on"] * crashes, "crash"])
        target = f"out{crashes}"
        try:
            main(["batch", *(str(argument) for argument in arguments), target])
        except Crash:
            crashes += 1
        except SystemExit:
            break
        assert run(*arguments, target) == 3
        assert contents(Path(target)) == whole, crashes
    assert crashes > 15


def test_other_settings_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    write_archive(Path("in.jsonl"), 4)
    run("in.jsonl", "-o", "out")
    before = contents(Path("out"))
    capsys.readouterr()
    assert run("in.jsonl", "-o", "out", "--min-confidence", 0.7) == 1
    message = capsys.readouterr().err
    assert message.startswith(
        "geomap: out: was begun otherwise (min_confidence was 0.5, is now 0.7)"
    )
    assert message.count("\n") == 1
    assert contents(Path("out")) == before
    assert run("in.jsonl", "-o", "out", "--min-confidence", 0.7, "--restart") == 3
    assert json.loads(Path("out/manifest.json").read_bytes())["totals"]["articles"] == 4


@pytest.mark.parametrize(
    "change",
    [lambda lines: lines[1:], lambda lines: lines[:-2], lambda lines: [*lines, lines[0] + " "]],
)
def test_another_input_is_refused(
    change: Callable[[list[str]], list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    write_archive(Path("in.jsonl"), 6)
    run("in.jsonl", "-o", "out", "--part-size", 2)
    lines = change(items(6))
    Path("in.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    capsys.readouterr()
    assert run("in.jsonl", "-o", "out", "--part-size", 2) == 1
    message = capsys.readouterr().err
    assert "the input has changed since part" in message
    assert "Traceback" not in message


def test_damaged_parts_and_manifests_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    write_archive(Path("in.jsonl"), 4)
    run("in.jsonl", "-o", "out")
    Path("out/part-000001.jsonl.zst").write_bytes(b"")
    assert run("in.jsonl", "-o", "out") == 1
    Path("out/manifest.json").write_text("{}", encoding="utf-8")
    assert run("in.jsonl", "-o", "out") == 1
    Path("out/manifest.json").unlink()
    assert run("in.jsonl", "-o", "out") == 1
    assert capsys.readouterr().err.count("--restart") == 3
    assert run("in.jsonl", "-o", "out", "--restart") == 3


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="not even root can write there")
def test_a_folder_that_cannot_be_written(capsys: pytest.CaptureFixture[str]) -> None:
    write_archive(Path("in.jsonl"), 4)
    assert run("in.jsonl", "-o", "/proc/out") == 1
    message = capsys.readouterr().err
    assert message.startswith("geomap: /proc/out: cannot be written (")
    assert message.count("\n") == 1


@pytest.mark.parametrize("room", [700, 1500, 2500])
def test_a_full_disk_gets_one_line(room: int, capsys: pytest.CaptureFixture[str]) -> None:
    """A limit on the size of files stands for the full disk."""
    resource = pytest.importorskip("resource")
    write_archive(Path("in.jsonl"), 12)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        assert run("in.jsonl", "-o", "out", "--part-size", 2) == 1
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    message = capsys.readouterr().err
    assert message.startswith("geomap: out: cannot be written (File too large); what is finished")
    assert message.count("\n") == 1, message
    assert run("in.jsonl", "-o", "out", "--part-size", 2) == 3
    assert run("in.jsonl", "-o", "whole", "--part-size", 2) == 3
    assert contents(Path("out")) == contents(Path("whole"))


def test_a_missing_model_ends_the_run(
    monkeypatch: pytest.MonkeyPatch,
    small_gazetteer_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings = Settings(gazetteer=small_gazetteer_path, model="no_such_model")
    monkeypatch.setattr(worker, "_geoparser", Geoparser(settings))
    write_archive(Path("in.jsonl"), 4)
    assert run("in.jsonl", "-o", "out") == 1
    message = capsys.readouterr().err
    assert "no_such_model" in message
    assert message.count("\n") == 1


def test_ids_stay_unique() -> None:
    lines = [json.dumps(article(number) | {"id": "x"}) for number in range(4)]
    Path("in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert run("in.jsonl", "-o", "out", "--part-size", 1) == 0
    assert [record["id"] for record in records(Path("out"))] == ["x", "x-2", "x-3", "x-4"]


def test_a_mistyped_name_or_column_leaves_nothing_in_the_way(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_archive(Path("in.jsonl"), 2)
    assert run("im.jsonl", "-o", "out") == 1
    assert "geomap: im.jsonl: no such file or folder\n" in capsys.readouterr().err
    pd.DataFrame([{"body": article(0)["text"]}]).to_csv("x.csv", index=False)
    assert run("x.csv", "-o", "out") == 1
    assert "has no column 'text'" in capsys.readouterr().err
    assert run("x.csv", "-o", "out", "--text-column", "body") == 0
    assert len(records(Path("out"))) == 1
    assert not Path("out/errors.jsonl").exists()
    assert run("in.jsonl", "-o", "out", "--text-column", "body") == 1  # Articles are not given up.
    assert len(records(Path("out"))) == 1


def test_a_folder_of_articles_is_not_the_folder_of_the_parts(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("news").mkdir()
    write_archive(Path("news/in.jsonl"), 2)
    for inputs in ("news", "news/*.jsonl"):
        assert run(inputs, "-o", "news") == 2
        assert (
            "the articles lie in news; choose another folder, like news/parsed"
            in capsys.readouterr().err
        )
    assert not Path("news/manifest.json").exists()
    assert run("news", "-o", "news/parsed") == 3
    assert run("news", "-o", "news/parsed") == 3  # Its own parts are none of its input.


def test_a_mistyped_name_begins_nothing_anew(capsys: pytest.CaptureFixture[str]) -> None:
    write_archive(Path("in.jsonl"), 2)
    assert run("in.jsonl", "-o", "out") == 3
    assert run("im.jsonl", "-o", "out", "--restart") == 1
    message = capsys.readouterr().err
    assert "im.jsonl: no such file or folder" in message
    assert "what is there is kept" in message
    assert len(records(Path("out"))) == 2


@pytest.mark.parametrize("command", ["map", "export", "stats"])
def test_a_run_without_articles_is_told(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("im.jsonl", "-o", "out") == 1
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        main([command, "out"])
    assert ended.value.code == 1
    assert "holds no articles" in capsys.readouterr().err
