"""Times whole commands as a user meets them: a fresh process each, median of several runs.

    python benchmarks/speed.py [--runs 5] [ARTICLE]

Prints a Markdown table: wall and CPU seconds, peak memory of the process (Linux).
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]


def measure(command: list[str], runs: int) -> tuple[float, float, float]:
    """Return the medians of wall seconds, CPU seconds and peak memory in MB."""
    walls, cpus, peaks = [], [], []
    for _ in range(runs + 1):
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"failed: {' '.join(command)}")
        walls.append(time.perf_counter() - start)
        cpus.append(usage.ru_utime + usage.ru_stime)
        peaks.append(usage.ru_maxrss / 1024)
    # The first run fills the disk cache and unpacks the gazetteer where that is still to do.
    wall, cpu, peak = (statistics.median(values[1:]) for values in (walls, cpus, peaks))
    return wall, cpu, peak


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("article", nargs="?", default=str(ROOT / "seeds" / "syrien-2015.txt"))
    parser.add_argument("--runs", type=int, default=5)
    chosen = parser.parse_args()
    geomap = [sys.executable, "-m", "geomap"]
    with tempfile.TemporaryDirectory() as folder:
        commands = {
            "geomap --help": [*geomap, "--help"],
            "geomap gazetteer search Aleppo": [*geomap, "gazetteer", "search", "Aleppo"],
            "geomap parse ARTICLE": [*geomap, "parse", chosen.article],
            "geomap map ARTICLE": [*geomap, "map", chosen.article, "-o", f"{folder}/m.html"],
            "geomap export ARTICLE -o e.gpkg": [
                *geomap, "export", chosen.article, "-o", f"{folder}/e.gpkg",
            ],
        }  # fmt: skip
        print("| command | wall s | CPU s | peak MB |\n|---|---|---|---|")
        for name, command in commands.items():
            wall, cpu, peak = measure(command, chosen.runs)
            print(f"| `{name}` | {wall:.2f} | {cpu:.2f} | {peak:.0f} |", flush=True)
        size = Path(folder, "m.html").stat().st_size
        print(f"\nMap of {Path(chosen.article).name}: {size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
