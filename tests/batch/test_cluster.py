"""``geomap batch --dask``: a real scheduler and worker processes, some of which do not survive."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from functools import partial
from pathlib import Path

import pytest
from batch.archive import contents
from batch.runs import (
    ARTICLES,
    PART_SIZE,
    PATIENCE_S,
    Runs,
    descendants_of,
    has_more_parts,
    parts_done,
    wait_for_end,
    wait_until,
)

pytest.importorskip("distributed", reason="needs geomap[cluster] (installed by .ci/run)")

PARTS = ARTICLES // PART_SIZE


class Cluster:
    """A scheduler on the loopback interface, and workers that are added to it."""

    def __init__(self, runs: Runs, folder: Path) -> None:
        self._runs = runs
        self.file = folder / "scheduler.json"
        options = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        self.scheduler = runs.call(
            "distributed.cli.dask_scheduler", *options, "--scheduler-file", str(self.file)
        )
        wait_until(self.file.exists, self.scheduler)
        wait_until(lambda: self.file.read_bytes().endswith(b"}"), self.scheduler)
        self.address: str = json.loads(self.file.read_bytes())["address"]

    def add_worker(self, **variables: str) -> subprocess.Popen[str]:
        options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1")
        module = "distributed.cli.dask_worker"
        return self._runs.call(module, self.address, *options, **variables)


@pytest.fixture
def cluster(runs: Runs, tmp_path: Path) -> Cluster:
    return Cluster(runs, tmp_path)


def end_of(run: subprocess.Popen[str]) -> str:
    """Return what a run said that ended with an error."""
    message = run.communicate(timeout=PATIENCE_S)[1]
    assert run.returncode == 1, message
    assert "Traceback" not in message
    return message


def test_a_killed_worker_changes_nothing(
    runs: Runs, cluster: Cluster, whole: dict[str, bytes], tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    workers = [cluster.add_worker(), cluster.add_worker()]
    run = runs.start(folder.as_uri(), dask=cluster.address)
    wait_until(partial(has_more_parts, folder, 2), run)
    workers[0].kill()
    assert parts_done(folder) < PARTS
    message = run.communicate(timeout=PATIENCE_S)[1]
    assert run.returncode == 3, message
    assert contents(folder) == whole


def test_without_its_scheduler_a_run_ends_and_can_go_on(
    runs: Runs, cluster: Cluster, whole: dict[str, bytes], tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    cluster.add_worker()
    run = runs.start(folder, dask=str(cluster.file))
    wait_until(partial(has_more_parts, folder, 1), run)
    cluster.scheduler.kill()
    message = end_of(run)
    assert f"geomap: {folder}: the Dask scheduler at {cluster.file} is gone;" in message
    assert "run the same command again to go on" in message
    assert message.count("\n") == 1
    done = parts_done(folder)
    assert 1 < done < PARTS
    before = {name: content for name, content in contents(folder).items() if "part-" in name}
    assert len(before) == done
    assert all(whole[name] == content for name, content in before.items())

    (tmp_path / "again").mkdir()
    again = Cluster(runs, tmp_path / "again")
    again.add_worker()
    runs.finish(folder, dask=again.address)
    assert contents(folder) == whole


def test_no_scheduler_at_all(runs: Runs, tmp_path: Path) -> None:
    message = end_of(runs.start(tmp_path / "out", dask="tcp://127.0.0.1:9"))
    assert message.startswith("geomap: tcp://127.0.0.1:9: no Dask scheduler answers there (")
    assert message.count("\n") == 1


def test_a_worker_that_would_parse_otherwise_is_refused(
    runs: Runs, cluster: Cluster, tmp_path: Path
) -> None:
    actors = tmp_path / "actors.csv"
    actors.write_text("blue,group,3,SY,f,Blaue Brigade,Blue Brigade\n", encoding="utf-8")
    worker = cluster.add_worker(GEOMAP_ACTORS=str(actors))
    message = end_of(runs.start(tmp_path / "out", dask=cluster.address))
    assert message.startswith("geomap: the worker tcp://127.0.0.1:")
    assert "would parse otherwise (actors is none, there " in message
    assert message.count("\n") == 1
    assert worker.poll() is None


def test_an_interrupt_finishes_the_parts_begun(
    runs: Runs, whole: dict[str, bytes], tmp_path: Path
) -> None:
    """As Ctrl-C does, to all processes of a terminal."""
    folder = tmp_path / "out"
    run = runs.start(folder, workers=2, dask="local")
    wait_until(partial(has_more_parts, folder, 1), run)
    for process in [run.pid, *descendants_of(run.pid)]:
        os.kill(process, signal.SIGINT)
    message = end_of(run)
    assert 1 < parts_done(folder) < PARTS
    assert "finishing the parts in progress" in message
    assert "run the same command again to go on" in message
    assert message.count("\n") <= 4  # one of them of the article that failed: no traceback
    runs.finish(folder, workers=2)
    assert contents(folder) == whole


def test_killed_it_leaves_no_process_and_goes_on(
    runs: Runs, whole: dict[str, bytes], tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    run = runs.start(folder, workers=2, dask="local")
    wait_until(partial(has_more_parts, folder, 0), run)
    started = descendants_of(run.pid)
    assert len(started) > 2
    run.kill()
    run.communicate()
    wait_for_end(started)
    assert parts_done(folder) < PARTS
    runs.finish(folder, workers=2, dask="local")
    assert contents(folder) == whole
