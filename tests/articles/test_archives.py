"""Archives are read object by object, and what is wrong with one row costs no other."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
import zstandard

from geomap.articles import archives, expand_inputs, read_articles
from geomap.articles.archives import archive_kind
from geomap.errors import GeomapError
from geomap.models import Article
from geomap.settings import Settings

TEXT = "In Homs ist am Montag gekämpft worden."


def read(path: Path, settings: Settings | None = None) -> tuple[list[Article], list[GeomapError]]:
    errors: list[GeomapError] = []
    given = settings or Settings(lang="de")
    return list(read_articles([str(path)], given, errors.append)), errors


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.jsonl", "lines"),
        ("a.NDJSON.gz", "lines"),
        ("a.jsonl.zst", "lines"),
        ("a.csv", "csv"),
        ("a.csv.gz", "csv"),
        ("a.parquet", "parquet"),
        ("a.json", None),
        ("a.txt", None),
        ("a.txt.gz", None),
        ("a.gz", None),
        ("-", None),
    ],
)
def test_the_name_tells_the_kind(name: str, kind: str | None) -> None:
    assert archive_kind(name) == kind


def test_ids_count_lines_and_leave_out_the_suffixes(tmp_path: Path) -> None:
    path = tmp_path / "week.jsonl.gz"
    path.write_bytes(gzip.compress(f"\n{json.dumps({'text': TEXT})}\n".encode()))
    (article,), errors = read(path)
    assert (article.id, article.text, errors) == ("week-2", TEXT, [])


@pytest.mark.parametrize("cut", [5, -5])
def test_a_missing_end_is_told(tmp_path: Path, cut: int) -> None:
    line = json.dumps({"text": TEXT}).encode()
    for path, packed in (
        (tmp_path / "x.jsonl.gz", gzip.compress(line)),
        (tmp_path / "x.jsonl.zst", zstandard.compress(line)),
    ):
        path.write_bytes(packed[:cut])
        articles, (error,) = read(path)
        assert not articles
        assert "is damaged" in str(error)


def test_what_is_not_compressed_at_all_is_told(tmp_path: Path) -> None:
    for suffix in ("gz", "zst"):
        path = tmp_path / f"x.jsonl.{suffix}"
        path.write_text("{}", encoding="utf-8")
        _, (error,) = read(path)
        assert str(path) in str(error)


def test_a_line_without_end_does_not_fill_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "LONGEST_LINE", 1000)
    path = tmp_path / "x.jsonl"
    lines = [{"text": TEXT}, {"text": TEXT * 100}, {"text": TEXT}]
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    articles, (error,) = read(path)
    assert [article.id for article in articles] == ["x-1", "x-3"]
    assert "line 2 is longer than" in str(error)


def test_a_csv_with_slips(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    rows = ["text,id,published,title", f"{TEXT},a,2015-09-01,Kopf", ",b,,", f"{TEXT},c,gestern,"]
    path.write_text("\r\n".join([*rows, f'"{TEXT}\n\nMehr.",7,,', ""]), encoding="utf-8-sig")
    articles, errors = read(path)
    assert [(a.id, a.title) for a in articles] == [("a", "Kopf"), ("7", None)]
    assert articles[1].text == f"{TEXT}\n\nMehr."
    assert [str(error).removeprefix(f"{path}: ")[:7] for error in errors] == ["line 3:", "line 4:"]


def test_a_csv_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(f"text\n{TEXT}\n".encode("cp1252"))
    articles, (error,) = read(path)
    assert not articles
    assert "save it as UTF-8" in str(error)


def test_what_is_no_parquet_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    path.write_text("no", encoding="utf-8")
    _, (error,) = read(path)
    assert "Parquet" in str(error)
    assert "\n" not in str(error)


def test_of_a_folder_archives_are_taken_only_when_wanted(tmp_path: Path) -> None:
    for name in ("a.csv", "b.jsonl", "c.jsonl.zst", "d.parquet", "e.tar.gz", "f.txt"):
        (tmp_path / name).touch()
    plain = [Path(p).name for p in expand_inputs([str(tmp_path)], pytest.fail)]
    assert plain == ["b.jsonl", "f.txt"]
    every = [Path(p).name for p in expand_inputs([str(tmp_path)], pytest.fail, archives=True)]
    assert every == ["a.csv", "b.jsonl", "c.jsonl.zst", "d.parquet", "f.txt"]


def test_the_position_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps({"text": TEXT}).encode()))
    told: list[int] = []
    list(read_articles([str(path)], Settings(lang="de"), pytest.fail, tell=told.append))
    assert told == [path.stat().st_size]
