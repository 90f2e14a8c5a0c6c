"""``geomap batch`` as processes: killed, interrupted, twice at once, with one worker and two."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from batch.archive import contents, write_archive

ARTICLES, PART_SIZE = 60, 4
PATIENCE_S = 120


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_archive(tmp_path_factory.mktemp("archive") / "in.jsonl", ARTICLES)


class Runs:
    """Starts ``geomap batch`` and leaves none running."""

    def __init__(self, archive: Path, gazetteer: Path) -> None:
        self._archive = archive
        self._environment = os.environ | {"GEOMAP_GAZETTEER": str(gazetteer)}
        self.started: list[subprocess.Popen[str]] = []

    def start(self, folder: Path, *, workers: int = 1) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "geomap", "batch", str(self._archive)]
        options = ["-o", str(folder), "--part-size", str(PART_SIZE), "--workers", str(workers)]
        run = subprocess.Popen(
            [*command, *options],
            env=self._environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.started.append(run)
        return run

    def finish(self, folder: Path, *, workers: int = 1) -> str:
        run = self.start(folder, workers=workers)
        message = run.communicate(timeout=PATIENCE_S)[1]
        assert run.returncode == 3, message
        return message


@pytest.fixture
def runs(archive: Path, small_gazetteer_path: Path) -> Iterator[Runs]:
    runs = Runs(archive, small_gazetteer_path)
    yield runs
    for run in runs.started:
        run.kill()
        run.wait()


@pytest.fixture(scope="module")
def whole(
    archive: Path, small_gazetteer_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, bytes]:
    """What an uninterrupted run writes."""
    folder = tmp_path_factory.mktemp("whole") / "out"
    Runs(archive, small_gazetteer_path).finish(folder)
    return contents(folder)


def wait_until(state: Callable[[], bool], run: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not state():
        assert run.poll() is None, run.communicate()[1]
        assert time.monotonic() < deadline, "the state was never reached"
        time.sleep(0.002)


def parts_done(folder: Path) -> int:
    manifest = folder / "manifest.json"
    return len(json.loads(manifest.read_bytes())["parts"]) if manifest.exists() else -1


def has_more_parts(folder: Path, least: int) -> bool:
    return parts_done(folder) > least


def test_killed_at_random_points_it_goes_on_with_the_same_bytes(
    runs: Runs, whole: dict[str, bytes], tmp_path: Path
) -> None:
    folder, seed = tmp_path / "out", random.randrange(10**6)
    print("seed", seed)
    points = sorted(random.Random(seed).sample(range(-1, ARTICLES // PART_SIZE - 4), 2))
    for workers, point in zip((1, 2), points, strict=True):
        run = runs.start(folder, workers=workers)
        wait_until(partial(has_more_parts, folder, point), run)
        children = children_of(run)
        run.kill()
        run.communicate()
        wait_for_end(children)
    assert -1 < parts_done(folder) < ARTICLES // PART_SIZE
    runs.finish(folder, workers=2)
    assert contents(folder) == whole


def children_of(run: subprocess.Popen[str]) -> list[int]:
    """Return the processes that a run started; none where the system does not tell."""
    listed = Path(f"/proc/{run.pid}/task/{run.pid}/children")
    return [int(child) for child in listed.read_text().split()] if listed.exists() else []


def wait_for_end(processes: list[int]) -> None:
    """Return when all are gone: workers must not outlive a killed run."""
    deadline = time.monotonic() + PATIENCE_S
    while any(is_alive(process) for process in processes):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def is_alive(process: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False


def test_one_run_at_a_time_and_an_interrupt_finishes_the_part(
    runs: Runs, whole: dict[str, bytes], tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    run = runs.start(folder)
    wait_until(lambda: parts_done(folder) > 0, run)
    run.send_signal(signal.SIGSTOP)
    second = runs.start(folder)
    message = second.communicate(timeout=PATIENCE_S)[1]
    assert second.returncode == 1
    assert "another geomap batch is writing here" in message
    assert message.count("\n") == 1

    before = parts_done(folder)
    run.send_signal(signal.SIGINT)
    run.send_signal(signal.SIGCONT)
    message = run.communicate(timeout=PATIENCE_S)[1]
    assert run.returncode == 1, message
    assert before <= parts_done(folder) < ARTICLES // PART_SIZE
    assert "finishing the parts in progress" in message
    assert "run the same command again to go on" in message
    assert "Traceback" not in message
    assert not list(folder.glob(".work-*"))
    runs.finish(folder)
    assert contents(folder) == whole
