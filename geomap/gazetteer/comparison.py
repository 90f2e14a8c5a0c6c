"""Curated points against a second source: the same name should lie in about the same spot."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from geomap.errors import GazetteerError
from geomap.gazetteer.build.curated import Row, names_of, place_rows, read_table
from geomap.gazetteer.distances import distance_km
from geomap.gazetteer.names import normalise

TOLERANCE_KM = 100.0
"""Rivers and ranges have no one right point: the label of one map is not that of another."""

AIRPORT_TOLERANCE_KM = 6.0
NAMESAKES = "namesakes.csv"
_BOX = ("south", "west", "north", "east")
_AIRPORT_FEATURES = ("S.AIRP", "S.AIRB", "S.AIRF")


@dataclass(frozen=True, slots=True)
class Reference:
    """A feature of the second source: its name, a point, and the box it fills if that is known."""

    name: str
    lat: float
    lon: float
    box: tuple[float, float, float, float] | None = None

    def distance_km(self, lat: float, lon: float) -> float:
        """Return how far a point lies from the feature, 0 inside of its box."""
        if self.box is None:
            return distance_km(self.lat, self.lon, lat, lon)
        south, west, north, east = self.box
        nearest = min(max(lat, south), north), min(max(lon, west), east)
        return min(distance_km(*nearest, lat, lon), distance_km(self.lat, self.lon, lat, lon))


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many curated places the second source has too, and which of them lie elsewhere there."""

    compared: int
    apart: tuple[str, ...]


def read_references(path: Path) -> list[Reference]:
    """Return the features of a table with the columns ``name``, ``lat`` and ``lon``.

    Separated by tabs or commas; lines that begin with ``#`` are skipped; ``south``, ``west``,
    ``north`` and ``east`` may be there too. Raises GazetteerError for another table.
    """
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            lines = [line for line in stream if not line.startswith("#")]
        rows = csv.DictReader(lines, delimiter="\t" if "\t" in lines[0] else ",")
        return [_read_reference(row) for row in rows if row["name"]]
    except (OSError, ValueError, KeyError, IndexError) as error:
        message = f"{path} is no table with the columns name, lat and lon ({error})"
        raise GazetteerError(message, path=path) from error


def _read_reference(row: Row) -> Reference:
    box = None
    if all(row.get(side) for side in _BOX):
        south, west, north, east = (float(row[side]) for side in _BOX)
        box = south, west, north, east
    return Reference(row["name"], float(row["lat"]), float(row["lon"]), box)


def compare_by_name(folder: Path, references: Iterable[Reference]) -> Comparison:
    """Compare the curated places of a folder with features of the same name, the nearest each.

    What ``namesakes.csv`` lists is another place than the second source's, and left out.
    """
    known: dict[str, list[Reference]] = defaultdict(list)
    for reference in references:
        known[normalise(reference.name)].append(reference)
    return _compare(
        folder,
        (
            (f"{table} {row['name']}", row, near, max(TOLERANCE_KM, float(row["radius_km"])))
            for table, row in place_rows(folder)
            if (near := [r for name in _keys(row) for r in known.get(name, ())])
        ),
    )


def compare_airports(folder: Path) -> Comparison:
    """Compare curated airports and air bases with those of the PyPI package airportsdata (MIT).

    An airport is the same when all words of its curated name occur in the other, in one country.
    """
    import airportsdata

    by_country: dict[str, list[tuple[set[str], Reference]]] = defaultdict(list)
    for airport in airportsdata.load().values():
        names = (airport["name"], f"{airport['city']} {airport['name']}")
        for name in names:
            reference = Reference(airport["name"], float(airport["lat"]), float(airport["lon"]))
            by_country[airport["country"]].append((_words(name), reference))
    return _compare(
        folder,
        (
            (f"{table} {row['name']}", row, near, AIRPORT_TOLERANCE_KM)
            for table, row in place_rows(folder)
            if row["feature"] in _AIRPORT_FEATURES
            and (
                near := [
                    r
                    for country in row["countries"].split()
                    for r in _same_airports(row, by_country[country])
                ]
            )
        ),
    )


def _same_airports(row: Row, airports: list[tuple[set[str], Reference]]) -> Iterator[Reference]:
    wanted = [words for _, name in names_of(row) if (words := _words(name))]
    for words, reference in airports:
        if any(mine <= words for mine in wanted):
            yield reference


_GENERIC = frozenset("air base airbase airport international airfield intl field aerodrome".split())


def _words(name: str) -> set[str]:
    return set(normalise(name).split()) - _GENERIC


def _keys(row: Row) -> set[str]:
    return {normalise(name) for lang, name in names_of(row) if lang == "en"} | {
        normalise(row["name"])
    }


def _compare(folder: Path, found: Iterable[tuple[str, Row, list[Reference], float]]) -> Comparison:
    namesakes = {row["name"] for row in read_table(folder / NAMESAKES)}
    compared, apart = 0, []
    for where, row, references, tolerance_km in found:
        if row["name"] in namesakes:
            continue
        compared += 1
        lat, lon = float(row["lat"]), float(row["lon"])
        km = min(reference.distance_km(lat, lon) for reference in references)
        if km > tolerance_km:
            apart.append(f"{where}: {km:.0f} km from {references[0].name} of the second source")
    return Comparison(compared, tuple(apart))
