"""A long run of ``geomap batch``: whether memory stays flat, and all is there at the end.

    python benchmarks/steady.py --folder FOLDER [--articles 50000] [--paragraphs 2]

Writes generated articles and what the run makes of them into FOLDER. With one worker; the resident
memory of the worker and of the process that reads is looked at every --every seconds (Linux). At
the end all parts are read again, and their checksums, counts and ids compared with the manifest and
the input. Started again on the same FOLDER, the run goes on. Prints a Markdown table; with --json
all that was looked at.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

import zstandard
from generated import write_articles

MB = 1024
ROWS = 11


@dataclass(frozen=True)
class Look:
    """A moment of the run: seconds since its start, parts finished, megabytes of its processes."""

    seconds: float
    parts: int
    parent_mb: float
    worker_mb: float
    worker_own_mb: float
    """Without the pages of files, which all workers share."""


def resident(process: int) -> tuple[float, float]:
    """Return the resident megabytes of a process, all and without those of files."""
    status = Path(f"/proc/{process}/status").read_text()
    fields = dict(line.split(":", 1) for line in status.splitlines())
    return tuple(int(fields[key].split()[0]) / MB for key in ("VmRSS", "RssAnon"))  # type: ignore[return-value]


def look_at(process: int, start: float, folder: Path) -> Look | None:
    """Return the present state, None before there is a worker or after it has ended."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
        workers = sorted((resident(int(child)) for child in children), reverse=True)
        parent, _ = resident(process)
    except (OSError, KeyError):
        return None
    # Beside the workers there is the small process that multiprocessing keeps its books in.
    if not workers or workers[0][0] < 50:
        return None
    parts = sum(1 for _ in folder.glob("part-*"))
    return Look(time.monotonic() - start, parts, parent, *workers[0])


def run(archive: Path, folder: Path, part_size: int, every: float) -> tuple[list[Look], float]:
    """Run to the end; return what was seen, and the seconds it took."""
    command = [sys.executable, "-m", "geomap", "batch", str(archive), "-o", str(folder)]
    options = ["--workers", "1", "--part-size", str(part_size)]
    start = time.monotonic()
    looks = []
    with subprocess.Popen([*command, *options]) as process:
        while process.poll() is None:
            if seen := look_at(process.pid, start, folder):
                looks.append(seen)
            time.sleep(every)
    if process.returncode not in (0, 3):
        sys.exit(f"geomap batch ended with {process.returncode}; run the same command again")
    return looks, time.monotonic() - start


def read_ids(folder: Path, manifest: dict) -> Iterator[str]:
    """Yield the ids in all parts; ends the program if a part is not as the manifest says."""
    for part in manifest["parts"]:
        for file in part["files"]:
            content = (folder / file["name"]).read_bytes()
            if hashlib.sha256(content).hexdigest() != file["sha256"]:
                sys.exit(f"{file['name']}: not what the manifest says")
            text = zstandard.ZstdDecompressor().decompressobj().decompress(content)
            yield from (json.loads(line)["id"] for line in text.decode("utf-8").splitlines())


def tell_completeness(archive: Path, folder: Path) -> None:
    """Compare parts, manifest and input."""
    manifest = json.loads((folder / "manifest.json").read_bytes())
    found = list(read_ids(folder, manifest))
    with archive.open(encoding="utf-8") as lines:
        wanted = [json.loads(line)["id"] for line in lines]
    totals = manifest["totals"]
    print(
        f"\nManifest complete: {manifest['complete']}; {len(manifest['parts'])} parts, checksums"
        f" right; {totals['articles']:,} articles, {totals['toponyms']:,} toponyms,"
        f" {totals['events']:,} events, {totals['failed']} failed,"
        f" {totals['duplicates']} duplicates. Ids in the order of the input, each once:"
        f" {found == wanted}."
    )


def print_memory(looks: list[Look], part_size: int) -> None:
    """Print a table of some moments, and how memory grew after the first tenth."""
    print("| articles | seconds | worker MB | of it not shared | reading process MB |")
    print("|---|---|---|---|---|")
    step = max(1, (len(looks) - 1) // (ROWS - 1))
    for seen in looks[::step]:
        figures = f"{seen.worker_mb:.0f} | {seen.worker_own_mb:.0f} | {seen.parent_mb:.0f}"
        print(f"| {seen.parts * part_size:,} | {seen.seconds:.0f} | {figures} |")
    settled = looks[len(looks) // 10 :]
    slope = statistics.linear_regression(
        [seen.parts * part_size / 10_000 for seen in settled],
        [seen.worker_own_mb for seen in settled],
    ).slope
    steps = max((after.worker_mb - before.worker_mb for before, after in pairwise(settled)))
    print(
        f"\nAfter the first tenth the worker's own memory changes by {slope:+.2f} MB in 10,000"
        f" articles (least squares over {len(settled)} looks, largest step {steps:.1f} MB);"
        f" at most {max(seen.worker_mb for seen in looks):.0f} MB."
    )


def main() -> None:
    """Write, run, watch and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=50_000)
    parser.add_argument("--paragraphs", type=int, default=2)
    parser.add_argument("--part-size", type=int, default=200)
    parser.add_argument("--every", type=float, default=5.0)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    archive, parsed = chosen.folder / "archive.jsonl", chosen.folder / "parsed"
    words = write_articles(archive, chosen.articles, paragraphs=chosen.paragraphs)
    looks, seconds = run(archive, parsed, chosen.part_size, chosen.every)
    print(
        f"{chosen.articles:,} generated articles of {words:.0f} words on average, one worker:"
        f" {seconds:.0f} s, {chosen.articles / seconds:.1f} articles and"
        f" {chosen.articles * words / seconds:,.0f} words a second.\n"
    )
    if chosen.json:
        kept = [asdict(seen) | {"articles": seen.parts * chosen.part_size} for seen in looks]
        chosen.json.write_text(json.dumps(kept), encoding="utf-8")
    if len(looks) > 20:
        print_memory(looks, chosen.part_size)
    tell_completeness(archive, parsed)


if __name__ == "__main__":
    main()
