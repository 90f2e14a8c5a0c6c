"""Reads the rivers of Natural Earth, which Debian's ``marble-qt-data`` has as Marble's PN2 files.

PN2 holds degrees in units of 1/120, big-endian: version, number of lines, whether there are
colours; then per line a flag, a number and how many nodes. A node is latitude, longitude and how
many others follow as differences to it; flag 4 opens a group of lines.
"""

from __future__ import annotations

import csv
import math
import struct
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from geomap.outputs.map.basemap_build import to_line

Line = list[tuple[float, float]]

UNITS_PER_DEGREE = 120
_GROUP = 4
_VERSION = 2
# A name stands on its river: farther from all lines, the river is none of those drawn.
NAMED_WITHIN_DEG = 0.35
LONGEST_KM = 1500.0
# Beyond the zoom from which a name stands on every map: no name where the river is not drawn.
FIRST_ZOOM = 5.2


class _Reader:
    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0

    def take(self, layout: str) -> Sequence[int]:
        values = struct.unpack_from(f">{layout}", self._content, self._at)
        self._at += struct.calcsize(f">{layout}")
        return values

    @property
    def at_end(self) -> bool:
        return self._at >= len(self._content)

    def lines(self) -> Iterator[Line]:
        flag, _ = self.take("BI")
        if flag == _GROUP:
            for _ in range(self.take("B")[0]):
                yield from self.lines()
            return
        line: Line = []
        for _ in range(self.take("I")[0]):
            lat, lon, others = self.take("hhh")
            steps = [(0, 0), *(self.take("bb") for _ in range(others))]
            line += [
                ((lon + east) / UNITS_PER_DEGREE, (lat + north) / UNITS_PER_DEGREE)
                for north, east in steps
            ]
        yield line


def read_rivers(path: Path) -> list[Line]:
    """Return the lines of a PN2 file as lon, lat in degrees; ValueError for another version."""
    reader = _Reader(path.read_bytes())
    version, _, _ = reader.take("BIB")
    if version != _VERSION:
        raise ValueError(f"{path}: PN2 of version {version}, not {_VERSION}")
    lines: list[Line] = []
    while not reader.at_end:
        lines += reader.lines()
    return lines


def build_rivers(lines: Iterable[Line]) -> list[list[list[int]]]:
    """Return [box, differences] of each river."""
    return [to_line(line) for line in lines if len(line) > 1]


def build_river_names(table: Path, lines: Sequence[Line]) -> list[list[Any]]:
    """Return [lon, lat, first zoom, German, English] of the rivers drawn, on their lines."""
    import shapely
    from shapely.ops import nearest_points

    rivers = shapely.MultiLineString([line for line in lines if len(line) > 1])
    names = []
    with table.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            point = shapely.Point(float(row["lon"]), float(row["lat"]))
            if not (row["de"] and row["en"]) or rivers.distance(point) > NAMED_WITHIN_DEG:
                continue
            on_line, _ = nearest_points(rivers, point)
            zoom = FIRST_ZOOM + math.log2(LONGEST_KM / max(1.0, float(row["radius_km"])))
            names.append(
                [
                    round(on_line.x, 3),
                    round(on_line.y, 3),
                    round(max(FIRST_ZOOM, zoom), 1),
                    row["de"].split("|")[0],
                    row["en"].split("|")[0],
                ]
            )
    return names
