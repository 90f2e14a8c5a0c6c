"""What is said where an extra is not installed, and which options do not go together."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from batch.archive import listed, run, write_archive

from geomap.batch import run as run_module

pytestmark = pytest.mark.usefixtures("in_process")


@pytest.mark.parametrize(
    ("options", "wanted_by"),
    [(("-o", "out", "--dask", "local"), "--dask"), (("-o", "memory://out"), "memory://out")],
)
def test_a_missing_extra_is_named(
    options: tuple[str, ...],
    wanted_by: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(run_module, "find_spec", lambda name: None)
    write_archive(Path("in.jsonl"))
    assert run("in.jsonl", *options) == 1
    message = f"geomap: {wanted_by} needs more than is installed: pip install 'geomap[cluster]'\n"
    assert capsys.readouterr().err == message
    assert not Path("out").exists()


def test_a_url_to_read_needs_the_extra_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)
    assert run("memory://in.jsonl", "-o", "out") == 1
    (failed,) = listed(Path("out/errors.jsonl"))
    wanted = "a URL needs more than is installed: pip install 'geomap[cluster]'"
    assert failed["reason"] == f"memory://in.jsonl: {wanted}"


def test_a_cluster_has_its_own_workers(capsys: pytest.CaptureFixture[str]) -> None:
    write_archive(Path("in.jsonl"))
    assert run("in.jsonl", "-o", "out", "--dask", "tcp://127.0.0.1:1", "--workers", 2) == 2
    assert "leave out --workers" in capsys.readouterr().err


def test_a_file_is_no_folder(capsys: pytest.CaptureFixture[str]) -> None:
    write_archive(Path("in.jsonl"))
    assert run("in.jsonl", "-o", "in.jsonl") == 2
    assert "'in.jsonl' is a file, not a folder" in capsys.readouterr().err


def test_a_scheduler_file_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("distributed", reason="needs geomap[cluster] (installed by .ci/run)")
    write_archive(Path("in.jsonl"))
    assert run("in.jsonl", "-o", "out", "--dask", "scheduler.json") == 1
    assert "scheduler.json: no such scheduler file" in capsys.readouterr().err
