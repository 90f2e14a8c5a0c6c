"""Runs with workers in this process, to see every state, and as processes of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from batch.archive import contents, write_archive
from batch.runs import ARTICLES, Runs

from geomap.batch import pool as pool_module
from geomap.batch import worker
from geomap.pipeline import Geoparser
from geomap.settings import Settings


@pytest.fixture(scope="module")
def geoparser(small_gazetteer_path: Path) -> Geoparser:
    return Geoparser(Settings(gazetteer=small_gazetteer_path))


class Here:
    """A pool whose only worker is this process."""

    def __init__(self, *_: Any, **__: Any) -> None:
        pass

    def submit(self, work: Callable[[Any], Any], task: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(work(task))
        return future

    def shutdown(self, **_: Any) -> None:
        pass


@pytest.fixture
def in_process(
    monkeypatch: pytest.MonkeyPatch,
    small_gazetteer_path: Path,
    geoparser: Geoparser,
    tmp_path: Path,
) -> None:
    """Do without worker processes, in an empty folder."""
    monkeypatch.setenv("GEOMAP_GAZETTEER", str(small_gazetteer_path))
    monkeypatch.setattr(pool_module, "ProcessPoolExecutor", Here)
    monkeypatch.setattr(worker, "_geoparser", geoparser)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_archive(tmp_path_factory.mktemp("archive") / "in.jsonl", ARTICLES)


@pytest.fixture
def runs(archive: Path, small_gazetteer_path: Path) -> Iterator[Runs]:
    runs = Runs(archive, small_gazetteer_path)
    yield runs
    runs.end()


@pytest.fixture(scope="session")
def whole(
    archive: Path, small_gazetteer_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, bytes]:
    """What an uninterrupted run with one plain worker writes."""
    folder = tmp_path_factory.mktemp("whole") / "out"
    Runs(archive, small_gazetteer_path).finish(folder, workers=1)
    return contents(folder)
