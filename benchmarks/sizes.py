"""How large things are: what is installed, and what comes out for generated articles.

    python benchmarks/sizes.py [--articles 200] [--words 480]

Prints two Markdown tables.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from generated import write_articles

import geomap
from geomap.gazetteer import open_gazetteer

PACKAGE = Path(geomap.__file__).parent
EXPORTS = ("geojson", "csv", "gpkg", "fgb", "parquet", "kml")
PARTS = ("jsonl.zst", "geoparquet")


def bytes_of(path: Path) -> int:
    """Return the bytes of a file or folder, compiled modules left out."""
    if path.is_file():
        return path.stat().st_size
    files = (p for p in path.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    return sum(file.stat().st_size for file in files)


def call(*arguments: str) -> None:
    """Call geomap; ends the program if that fails."""
    subprocess.run([sys.executable, "-m", "geomap", "-qq", *arguments], check=True)


def print_installed() -> None:
    """Print what is shipped and what is made of it."""
    with open_gazetteer() as gazetteer:
        unpacked = gazetteer.path
    print("| installed | MB |\n|---|---|")
    print(f"| geomap, with its data | {bytes_of(PACKAGE) / 1e6:.1f} |")
    for name in ("recognition", "gazetteer", "resolution", "events", "outputs"):
        print(f"| of it {name} | {bytes_of(PACKAGE / name) / 1e6:.1f} |")
    print(f"| gazetteer, unpacked | {bytes_of(unpacked) / 1e6:.1f} |")


def print_outputs(archive: Path, folder: Path, articles: int) -> None:
    """Print what comes out for an archive, by format."""
    print("\n| output | kB | kB an article |\n|---|---|---|")

    def tell(name: str, path: Path) -> None:
        size = bytes_of(path) / 1000
        print(f"| {name} | {size:,.0f} | {size / articles:.2f} |", flush=True)

    tell("the articles, JSON Lines", archive)
    records = folder / "records.jsonl"
    call("parse", str(archive), "-o", str(records))
    tell("`geomap parse`", records)
    for fmt in PARTS:
        call("batch", str(archive), "-f", fmt, "-o", str(folder / fmt))
        tell(f"`geomap batch --format {fmt}`, manifest included", folder / fmt)
    for suffix in EXPORTS:
        call("export", str(records), "-o", str(folder / f"events.{suffix}"))
        tell(f"`geomap export`, events as {suffix}", folder / f"events.{suffix}")
    call("map", str(records), "-o", str(folder / "map.html"))
    tell("`geomap map`", folder / "map.html")


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--words", type=int, default=480)
    chosen = parser.parse_args()
    print_installed()
    with tempfile.TemporaryDirectory() as made:
        archive = Path(made, "archive.jsonl")
        words = write_articles(archive, chosen.articles, words=chosen.words)
        print(f"\n{chosen.articles} articles of {words:.0f} words on average.")
        print_outputs(archive, Path(made), chosen.articles)


if __name__ == "__main__":
    main()
