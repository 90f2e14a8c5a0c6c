"""Time and memory of ``geomap gazetteer update`` on a synthetic dump of GeoNames' size.

::

    python benchmarks/gazetteer_update.py --folder FOLDER --rows 13000000 --names 16000000

The places of the gazetteer come first, some moved and renamed, then made-up ones; columns and sizes
are like those of the real files. The update is a dry run in a process of its own.
"""

from __future__ import annotations

import argparse
import io
import random
import resource
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from geomap.gazetteer import open_gazetteer
from geomap.models import Place

_SYLLABLES = (
    "al ber dar en fa gor ha il jab kir lu mar nov os pol qa ras sul tel ur vo wad ya zor".split()
)
_CLASSES = (("P", "PPL"), ("H", "STM"), ("T", "MT"), ("S", "SCH"), ("A", "ADM4"), ("L", "LCTY"))
_LANGUAGES = ("", "", "en", "de", "ar", "ru", "zh", "link", "wkdt", "post")
_FIRST_ID = 20_000_000
_KNOWN = "SELECT id FROM place WHERE geonameid = id ORDER BY id"


def make_dump(folder: Path, rows: int, names: int) -> None:
    """Write ``allCountries.zip`` and ``alternateNamesV2.zip``."""
    folder.mkdir(parents=True, exist_ok=True)
    with open_gazetteer() as gazetteer, closing(sqlite3.connect(gazetteer.path)) as db:
        known = [row[0] for row in db.execute(_KNOWN)]
        places = (gazetteer.place(number) for number in known)
        _write(folder / "allCountries.zip", _place_rows(places, rows))
    _write(folder / "alternateNamesV2.zip", _name_rows(known, rows, names))


def _place_rows(known: Iterator[Place | None], rows: int) -> Iterator[str]:
    chance = random.Random(1)
    written = 0
    for place in filter(None, known):
        written += 1
        name = place.name if chance.random() > 0.01 else f"{place.name} Neu"
        lat = place.lat if chance.random() > 0.01 else max(-90, place.lat - chance.random())
        kind = (place.feature_class, place.feature_code)
        yield _row(place.id, name, lat, place.lon, kind, place.country, place.population)
    for number in range(_FIRST_ID, _FIRST_ID + rows - written):
        name = "".join(chance.choices(_SYLLABLES, k=4)).title()
        lat, lon = chance.uniform(-60, 70), chance.uniform(-180, 180)
        people = int(chance.paretovariate(0.6) * 10) if chance.random() < 0.1 else 0
        yield _row(number, name, lat, lon, chance.choice(_CLASSES), "SY", min(people, 10**7))


def _row(
    number: int,
    name: str,
    lat: float,
    lon: float,
    kind: tuple[str, str],
    country: str | None,
    population: int,
) -> str:
    alternates = f"{name}a,{name}o,{name} al"
    place = f"{number}\t{name}\t{name}\t{alternates}\t{lat:.5f}\t{lon:.5f}\t{kind[0]}\t{kind[1]}"
    rest = f"\t{country or ''}\t\t01\t\t\t\t{population}\t\t100\tAsia/Damascus\t2026-11-20\n"
    return place + rest


def _name_rows(known: list[int], rows: int, names: int) -> Iterator[str]:
    chance = random.Random(2)
    for number in range(names):
        place = chance.choice(known) if number % 20 == 0 else _FIRST_ID + chance.randrange(rows)
        name = "".join(chance.choices(_SYLLABLES, k=4)).title()
        yield f"{number + 1}\t{place}\t{chance.choice(_LANGUAGES)}\t{name}\t\t\t\t\t\t\n"


def _write(path: Path, rows: Iterator[str]) -> None:
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open(f"{path.stem}.txt", "w", force_zip64=True) as member,
        io.TextIOWrapper(member, encoding="utf-8", newline="\n") as stream,
    ):
        stream.writelines(rows)


def measure(folder: Path, detail: str) -> None:
    """Run the update as a dry run and print its time and peak memory."""
    command = [sys.executable, "-m", "geomap", "gazetteer", "update", "--dry-run"]
    command += ["--from", str(folder), "--detail", detail]
    begin = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(done.stdout + done.stderr)
    print(f"{detail}: {time.perf_counter() - begin:.0f} s, peak {peak:.0f} MB resident")


def main() -> None:
    """Make the dump unless it is there, then measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=13_000_000)
    parser.add_argument("--names", type=int, default=16_000_000)
    parser.add_argument("--detail", default="towns", choices=["towns", "villages"])
    options = parser.parse_args()
    if not (options.folder / "alternateNamesV2.zip").exists():
        make_dump(options.folder, options.rows, options.names)
    for path in sorted(options.folder.glob("*.zip")):
        print(f"{path.name}: {path.stat().st_size / 1e6:.0f} MB")
    measure(options.folder, options.detail)


if __name__ == "__main__":
    main()
