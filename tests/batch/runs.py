"""``geomap batch`` as processes of its own, and how far they have come."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ARTICLES, PART_SIZE = 60, 4
PATIENCE_S = 120


class Runs:
    """Starts ``geomap batch`` and leaves none running."""

    def __init__(self, archive: Path, gazetteer: Path, **variables: str) -> None:
        self._archive = archive
        self._environment = os.environ | {"GEOMAP_GAZETTEER": str(gazetteer)} | variables
        self.started: list[subprocess.Popen[str]] = []

    def start(
        self, folder: Path | str, *, workers: int = 0, dask: str = ""
    ) -> subprocess.Popen[str]:
        options = ["-o", str(folder), "--part-size", str(PART_SIZE)]
        options += ["--workers", str(workers)] if workers else []
        options += ["--dask", dask] if dask else []
        command = ("geomap", "batch", str(self._archive), *options)
        return self._call(command, self._environment, subprocess.PIPE)

    def call(self, module: str, *arguments: str, **variables: str) -> subprocess.Popen[str]:
        """Start a Python module, with these environment variables besides the usual ones."""
        return self._call((module, *arguments), self._environment | variables, subprocess.DEVNULL)

    def _call(
        self, command: tuple[str, ...], environment: dict[str, str], stderr: int
    ) -> subprocess.Popen[str]:
        run = subprocess.Popen(
            [sys.executable, "-m", *command], env=environment, stderr=stderr, text=True
        )
        self.started.append(run)
        return run

    def finish(self, folder: Path | str, *, workers: int = 0, dask: str = "") -> str:
        run = self.start(folder, workers=workers, dask=dask)
        message = run.communicate(timeout=PATIENCE_S)[1]
        assert run.returncode == 3, message
        return message

    def end(self) -> None:
        """Kill what still runs."""
        for run in self.started:
            run.kill()
            run.wait()
            if run.stderr:
                run.stderr.close()


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


def descendants_of(process: int) -> list[int]:
    """Return what a process started, and so on; nothing where the system does not tell."""
    # Each thread has its own list.
    lists = Path(f"/proc/{process}/task").glob("*/children")
    children = [int(child) for listed in lists for child in listed.read_text().split()]
    return children + [below for child in children for below in descendants_of(child)]


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
