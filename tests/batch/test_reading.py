"""A folder of parts is read as its manifest says, whichever form the parts have."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from batch.archive import write_archive
from stored_archive import record, write_folder

from geomap.batch.reading import list_parts
from geomap.cli.sources import Failures, expand_articles, expand_sources, iter_stored
from geomap.errors import GeomapError, OutputError
from geomap.outputs.parts import PART_FORMATS, PartFormat
from geomap.records import ArticleRecord

RECORDS = [record(number) for number in range(12)]


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder of parts in each form."""
    folder = tmp_path_factory.mktemp("archives")
    for fmt in PART_FORMATS:
        write_folder(folder / fmt, RECORDS, fmt)
    return folder


def stored(*inputs: Path) -> tuple[list[ArticleRecord], int]:
    failures = Failures()
    files = expand_sources([str(item) for item in inputs], failures)
    return list(iter_stored(files, failures)), failures.count


def test_both_forms_hold_the_same(archives: Path) -> None:
    lines, _ = stored(archives / "jsonl.zst")
    tables, failed = stored(archives / "geoparquet")
    assert len(lines) == 12
    assert not failed
    assert [bare(found) for found in tables] == [bare(found) for found in lines]


def bare(found: ArticleRecord) -> dict[str, Any]:
    """The record without what tables do not hold."""
    told = found.model_dump()
    for toponym in told["toponyms"]:
        del toponym["alternatives"]
    for event in told["events"]:
        del event["mentions"]
    return told


@pytest.mark.parametrize("fmt", PART_FORMATS)
def test_only_what_the_manifest_lists_counts(
    archives: Path, tmp_path: Path, fmt: PartFormat, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "parts"
    folder.symlink_to(archives / fmt)
    own = tmp_path / "own"
    own.mkdir()
    for item in folder.iterdir():
        (own / item.name).symlink_to(item.resolve())
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    manifest["parts"] = manifest["parts"][:2]
    manifest["complete"] = False
    (own / "manifest.json").unlink()
    (own / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    records, _ = stored(own)
    assert [record.id for record in records] == [f"a{n}" for n in range(8)]
    assert "unfinished run, of 2 part(s) so far" in caplog.text


def test_another_manifest_is_none_of_ours(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"manifest_version": 3}', "utf-8")
    assert list_parts(tmp_path) is None
    (tmp_path / "manifest.json").write_text('{"manifest": "geomap-batch/99"}', "utf-8")
    with pytest.raises(OutputError, match="not a manifest") as told:
        list_parts(tmp_path)
    assert "--restart" not in str(told.value)  # An option of geomap batch alone.


@pytest.mark.parametrize("fmt", PART_FORMATS)
def test_parts_without_a_manifest_are_told(tmp_path: Path, fmt: PartFormat) -> None:
    (write_folder(tmp_path, RECORDS, fmt) / "manifest.json").unlink()
    with pytest.raises(OutputError, match="holds parts but no manifest"):
        list_parts(tmp_path)


@pytest.mark.parametrize("fmt", PART_FORMATS)
def test_parts_are_no_articles(archives: Path, fmt: PartFormat) -> None:
    told: list[GeomapError] = []
    for folder in (archives / fmt, archives):
        assert not expand_articles([str(folder)], told.append, archives=True)
    assert "holds what geomap batch has parsed" in str(told[0])
    assert len(told) == 2


def test_parts_among_articles_are_passed_over(tmp_path: Path) -> None:
    for fmt in PART_FORMATS:
        write_folder(tmp_path / "deep" / fmt, RECORDS, fmt)
    article = write_archive(tmp_path / "deep" / "in.jsonl")
    assert expand_articles([str(tmp_path)], pytest.fail, archives=True) == [str(article)]


def test_articles_are_not_records(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    records, failed = stored(write_archive(tmp_path / "in.jsonl"))
    assert not records
    assert failed == 1
    assert "holds articles, not records; parse them first" in caplog.text


def test_a_missing_part_is_told(
    archives: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "manifest.json").write_bytes((archives / "jsonl.zst/manifest.json").read_bytes())
    records, failed = stored(tmp_path)
    assert not records
    assert failed == 3
    assert "part-000001.jsonl.zst: cannot be read" in caplog.text


@pytest.mark.parametrize("files", [[], [{"name": "../notes.txt", "bytes": 1, "sha256": "0"}]])
def test_a_manifest_that_names_other_files_is_refused(
    tmp_path: Path, files: list[dict[str, Any]]
) -> None:
    (tmp_path / "notes.txt").write_text("In Homs starben drei Soldaten.", encoding="utf-8")
    write_folder(tmp_path / "parts", RECORDS, "jsonl.zst")
    path = tmp_path / "parts" / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["parts"][1]["files"] = files
    path.write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    with pytest.raises(OutputError, match="not a manifest that this geomap knows"):
        list_parts(tmp_path / "parts")


def test_a_table_that_is_missing_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    write_folder(tmp_path, RECORDS, "geoparquet")
    gone = sorted((tmp_path / "toponyms").iterdir())[0]
    gone.unlink()
    found, failed = stored(tmp_path)
    assert failed == 1
    assert len(found) < len(RECORDS)
    assert f"{gone}: is missing; restore it" in caplog.text
