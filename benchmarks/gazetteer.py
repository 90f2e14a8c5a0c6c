"""Speed and size of the gazetteer: its own names, countries at points, opening, memory, files.

::

    python benchmarks/gazetteer.py --sample 50000

Every name is looked up once, in random order, by a fresh gazetteer, so nothing comes from its
cache; the pages of the file may be in the system's. Memory is measured in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import statistics
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from geomap.gazetteer import Gazetteer, open_gazetteer
from geomap.gazetteer.shipped import ARCHIVE_NAME, DATA_FOLDER

_TARGETS = {
    "lookup_median_us": 30,
    "lookup_p99_us": 200,
    "open_ms": 20,
    "growth_mb": 60,
    "shipped_mb": 40,
    "on_disk_mb": 120,
}
_NAMES = {
    "lookup_median_us": "look-up, median, µs",
    "lookup_p99_us": "look-up, 99th percentile, µs",
    "lookup_idle_us": "look-up, median of the best of five, µs",
    "country_at_us": "`country_at`, median (20,000 points, half of them settlements), µs",
    "country_at_p99_us": "`country_at`, 99th percentile, µs",
    "open_ms": "opening with the first look-up, ms",
    "growth_mb": "growth of resident memory, MB",
    "growth_private_mb": "of it not the pages of the file, which processes share, MB",
    "shipped_mb": "shipped, MB",
    "on_disk_mb": "unpacked, MB",
}


def sample_names(path: Path, size: int) -> list[str]:
    """Return that many keys of names, the same ones every time."""
    with closing(sqlite3.connect(path)) as db:
        keys = [key for (key,) in db.execute("SELECT DISTINCT key FROM name ORDER BY key")]
    return random.Random(1).sample(keys, min(size, len(keys)))


def time_lookups(path: Path, names: list[str]) -> dict[str, float]:
    """Return median and 99th percentile of single look-ups in microseconds.

    ``lookup_idle_us`` is the median of the best of five look-ups of each name: what a machine with
    nothing else to do would take.
    """
    rounds = [_time_round(path, names) for _ in range(5)]
    percentiles = statistics.quantiles(rounds[0], n=100)
    idle = statistics.median(map(min, zip(*rounds, strict=True)))
    figures = {"lookup_median_us": percentiles[49], "lookup_p99_us": percentiles[98]}
    return figures | {"lookup_idle_us": idle}


def _time_round(path: Path, names: list[str]) -> list[float]:
    times = []
    with Gazetteer(path) as gazetteer:
        for name in names:
            begin = time.perf_counter_ns()
            gazetteer.lookup(name)
            times.append((time.perf_counter_ns() - begin) / 1000)
    return times


def time_points(path: Path, number: int = 20_000) -> dict[str, float]:
    """Return the median time of ``country_at`` in microseconds, polygons once read.

    Half of the points are settlements, half lie anywhere on the globe.
    """
    random_ = random.Random(1)
    with closing(sqlite3.connect(path)) as db:
        rows = db.execute(
            "SELECT lat, lon FROM place WHERE feature_class='P' ORDER BY id"
        ).fetchall()
    points = random_.sample(rows, number // 2)
    points += [(random_.uniform(-60, 75), random_.uniform(-180, 180)) for _ in points]
    times = []
    with Gazetteer(path) as gazetteer:
        for lat, lon in points:
            gazetteer.country_at(lat, lon)
        for lat, lon in points:
            begin = time.perf_counter_ns()
            gazetteer.country_at(lat, lon)
            times.append((time.perf_counter_ns() - begin) / 1000)
    percentiles = statistics.quantiles(times, n=100)
    return {"country_at_us": percentiles[49], "country_at_p99_us": percentiles[98]}


def time_opening(path: Path) -> dict[str, float]:
    """Return the median time of opening, the first look-up included, in milliseconds."""
    times = []
    for _ in range(20):
        begin = time.perf_counter_ns()
        with Gazetteer(path) as gazetteer:
            gazetteer.lookup("Aleppo")
        times.append((time.perf_counter_ns() - begin) / 1e6)
    return {"open_ms": statistics.median(times)}


def measure_growth(path: Path, names: list[str]) -> dict[str, float]:
    """Return how much the resident memory of this process grows while it looks names up, in MB.

    ``growth_private_mb`` leaves out the pages of the file, which all processes share.
    """
    before, shared_before = _resident()
    gazetteer = Gazetteer(path)
    for name in names:
        gazetteer.lookup(name)
    after, shared_after = _resident()
    gazetteer.close()
    growth = after - before
    return {"growth_mb": growth, "growth_private_mb": growth - (shared_after - shared_before)}


def _resident() -> tuple[float, float]:
    """Return resident and file-backed megabytes of this process (Linux)."""
    fields = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return tuple(int(fields[key].split()[0]) / 1024 for key in ("VmRSS", "RssFile"))  # type: ignore[return-value]


def main() -> None:
    """Print a Markdown table of the figures and the targets."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sample", type=int, default=50_000)
    parser.add_argument("--memory", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.memory:
        names = json.load(sys.stdin)
        print(json.dumps(measure_growth(options.memory, names)))
        return
    with open_gazetteer() as gazetteer:
        path = gazetteer.path
    names = sample_names(path, options.sample)
    command = [sys.executable, __file__, "--memory", str(path)]
    grown = subprocess.run(
        command, input=json.dumps(names), capture_output=True, text=True, check=True
    )
    figures = {
        **time_lookups(path, names),
        **time_points(path),
        **time_opening(path),
        **json.loads(grown.stdout),
        "shipped_mb": (DATA_FOLDER / ARCHIVE_NAME).stat().st_size / 1e6,
        "on_disk_mb": path.stat().st_size / 1e6,
    }
    print("| | measured | target |\n|---|---|---|")
    for key, value in figures.items():
        print(f"| {_NAMES[key]} | {value:.1f} | {_TARGETS.get(key, '')} |")


if __name__ == "__main__":
    main()
