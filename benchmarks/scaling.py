"""How ``geomap batch`` scales: over workers, and what a Dask cluster of this machine costs.

    python benchmarks/scaling.py [--articles 400] [--words 480] [--runs 3] [--workers 1 2]

Generated articles, parsed with so many worker processes and with --dask local, in turn, so that
what else the machine does falls on all; medians. All must write the same bytes. In each round as
many processes as there are workers count words of their own, to show what the machine itself makes
of several busy processes. Prints a Markdown table (Linux); with --json the figures.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from generated import write_articles

from geomap.batch import Manifest
from geomap.batch.manifest import read_manifest


@dataclass
class Way:
    """A way to run: how many workers, by Dask or not; what each run took."""

    workers: int
    dask: bool
    seconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    peak_mb: list[float] = field(default_factory=list)

    @property
    def name(self) -> str:
        """How the table calls it."""
        return f"{'--dask local ' if self.dask else ''}--workers {self.workers}"

    def median(self) -> float:
        """Return the seconds of its runs."""
        return statistics.median(self.seconds)


def run(way: Way, archive: Path, folder: Path, part_size: int) -> Manifest:
    """Run once, note what it took; return what it wrote."""
    shutil.rmtree(folder, ignore_errors=True)
    command = [sys.executable, "-m", "geomap", "-qq", "batch", str(archive), "-o", str(folder)]
    command += ["--part-size", str(part_size), "--workers", str(way.workers)]
    command += ["--dask", "local"] if way.dask else []
    start = time.perf_counter()
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    way.seconds.append(time.perf_counter() - start)
    way.cpu.append(usage.ru_utime + usage.ru_stime)
    way.peak_mb.append(usage.ru_maxrss / 1024)
    manifest = read_manifest(folder)
    if process.returncode or manifest is None or not manifest.complete:
        sys.exit(f"failed: {' '.join(command)}")
    print(
        f"{way.name}: {way.seconds[-1]:.1f} s, {way.cpu[-1]:.1f} s of processor time",
        file=sys.stderr,
        flush=True,
    )
    return manifest


def print_table(ways: list[Way], articles: int, words: float) -> None:
    """Print what each way took, start included, beside one worker."""
    print("| run | seconds | articles/s | words/s | beside one worker | CPU s | peak MB |")
    print("|---|---|---|---|---|---|---|")
    alone = ways[0].median()
    for way in ways:
        rate = articles / way.median()
        figures = (
            f"{way.median():.1f} | {rate:.1f} | {rate * words:,.0f} | {alone / way.median():.2f}"
        )
        cost = f"{statistics.median(way.cpu):.1f} | {max(way.peak_mb):.0f}"
        print(f"| `{way.name}` | {figures} | {cost} |")
    for plain, dask in pairs(ways):
        time_, cpu = (
            statistics.median(d / p - 1 for p, d in zip(before, after, strict=True))
            for before, after in ((plain.seconds, dask.seconds), (plain.cpu, dask.cpu))
        )
        print(
            f"\n`{dask.name}` beside `{plain.name}`: {time_:+.1%} time, {cpu:+.1%} processor time,"
            " start included (medians over pairs of runs). All runs wrote the same bytes."
        )


COUNTING = """
counts = {}
for number in range(8_000_000):
    word = str(number % 5000)
    counts[word] = counts.get(word, 0) + len(word)
"""


def count_words(processes: int) -> float:
    """Return the seconds that so many processes take that share nothing, each for the same work."""
    start = time.perf_counter()
    running = [subprocess.Popen([sys.executable, "-c", COUNTING]) for _ in range(processes)]
    codes = [process.wait() for process in running]
    if any(codes):
        sys.exit("a process that counts words failed")
    return time.perf_counter() - start


@dataclass
class Machine:
    """What the machine gives ``processes`` busy ones beside a single one, in each round."""

    processes: int
    gains: list[float] = field(default_factory=list)

    def measure(self) -> None:
        """Take one round."""
        alone = count_words(1)
        self.gains.append(self.processes * alone / count_words(self.processes))

    def tell(self) -> str:
        """Return a sentence with the median and the range."""
        low, middle, high = min(self.gains), statistics.median(self.gains), max(self.gains)
        return (
            f"\nThe machine itself, in the same rounds: {self.processes} processes sharing nothing"
            f" did {middle:.2f} times the work of one in the same time ({low:.2f} to {high:.2f})."
        )


def pairs(ways: list[Way]) -> list[tuple[Way, Way]]:
    """Return what ran with as many workers, without Dask and with it."""
    return [(p, d) for p in ways for d in ways if p.workers == d.workers and d.dask > p.dask]


def main() -> None:
    """Run all ways in turn, print what they took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--words", type=int, default=480)
    parser.add_argument("--part-size", type=int, default=20)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--lang", choices=("de", "en"), default="de")
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    ways = [Way(workers, dask=False) for workers in chosen.workers]
    ways.append(Way(max(chosen.workers), dask=True))
    with tempfile.TemporaryDirectory() as made:
        archive, folder = Path(made, "archive.jsonl"), Path(made, "parsed")
        words = write_articles(archive, chosen.articles, words=chosen.words, lang=chosen.lang)
        # Fills the disk cache.
        run(Way(max(chosen.workers), dask=False), archive, folder, chosen.part_size)
        machine, manifests = Machine(max(chosen.workers)), []
        for _ in range(chosen.runs):
            machine.measure()
            manifests += [run(way, archive, folder, chosen.part_size) for way in ways]
    if any(manifest != manifests[0] for manifest in manifests):
        sys.exit("the runs did not write the same")
    print(f"{chosen.articles} articles of {words:.0f} words on average, {chosen.runs} runs each.\n")
    print_table(ways, chosen.articles, words)
    print(machine.tell())
    if chosen.json:
        rates = [
            {"run": w.name, "workers": w.workers, "articles_per_s": chosen.articles / w.median()}
            for w in ways
        ]
        chosen.json.write_text(json.dumps(rates), encoding="utf-8")


if __name__ == "__main__":
    main()
