"""The rows of GeoNames' dump files, as its readme describes them.

https://download.geonames.org/export/dump/readme.txt: UTF-8, tab-separated, no header, no quotes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from geomap.errors import GazetteerError

MAX_GEONAMEID = 1_000_000_000
"""GeoNames has used up 14 million; from here on ids are geomap's own."""

FEATURE_CLASSES = frozenset("AHLPRSTUV")
_SHOWN_ROWS = 5
_MIN_ROWS_TO_JUDGE = 50
_MAX_BAD_SHARE = 0.2
R = TypeVar("R")


class GeoName(NamedTuple):
    """A row of ``allCountries``, ``XX`` or ``modifications-DATE``; degrees are WGS84."""

    id: int
    name: str
    alternate_names: str
    lat: float
    lon: float
    feature_class: str
    feature_code: str
    country: str
    admin1: str
    admin2: str
    population: int
    modified: str


class AlternateName(NamedTuple):
    """A row of ``alternateNamesV2``, ``alternatenames/XX`` or ``alternateNamesModifications``."""

    geonameid: int
    lang: str
    name: str


class Deletion(NamedTuple):
    """A row of ``deletes-DATE``, or of ``alternateNamesDeletes-DATE`` (then name counts)."""

    geonameid: int
    name: str


class Division(NamedTuple):
    """A row of ``admin1CodesASCII`` ("SY.09") or ``admin2Codes`` ("SY.09.172")."""

    code: str
    geonameid: int


class Parent(NamedTuple):
    """A row of ``hierarchy``: a place, and the one it belongs to."""

    child: int
    parent: int


@dataclass(slots=True)
class RowCount:
    """How many rows of a file were read, how many of them were bad, and what the first ones had."""

    file: str
    rows: int = 0
    bad: int = 0
    shown: list[str] = field(default_factory=list)

    def refuse(self, number: int, reason: str) -> None:
        """Count a bad row; the first few are kept to be shown."""
        self.bad += 1
        if len(self.shown) < _SHOWN_ROWS:
            self.shown.append(f"{self.file} line {number}: {reason}")

    def judge(self) -> None:
        """Raise GazetteerError if too many rows are bad for this to be a GeoNames file."""
        if self.rows >= _MIN_ROWS_TO_JUDGE and self.bad > _MAX_BAD_SHARE * self.rows:
            raise GazetteerError(
                f"{self.file} is no GeoNames file: {self.bad} of {self.rows} rows cannot be read"
                f" (first: {self.shown[0]}); nothing was changed"
            )


def read_rows(
    lines: Iterable[bytes], parse: Callable[[list[str]], R], count: RowCount
) -> Iterator[R]:
    """Yield the parsed rows of a file; bad ones are counted and skipped.

    Raises GazetteerError at the end if more than a fifth of the rows is bad.
    """
    for number, line in enumerate(lines, 1):
        count.rows += 1
        try:
            yield parse(line.decode("utf-8").rstrip("\r\n").split("\t"))
        except (ValueError, IndexError) as error:
            count.refuse(number, _in_words(error))
    count.judge()


def _in_words(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "not UTF-8"
    return str(error) if isinstance(error, ValueError) else "too few columns"


def parse_geoname(row: list[str]) -> GeoName:
    """Return a row of places. Raises ValueError saying what is wrong with it."""
    _expect(row, 19)
    lat, lon = float(row[4]), float(row[5])
    if not (math.isfinite(lat) and abs(lat) <= 90 and math.isfinite(lon) and abs(lon) <= 180):
        raise ValueError(f"no such point: {row[4][:20]}, {row[5][:20]}")
    if not row[1].strip():
        raise ValueError("no name")
    if row[6] and row[6] not in FEATURE_CLASSES:
        raise ValueError(f"no such feature class: {row[6][:20]!r}")
    population = int(row[14] or 0)
    return GeoName(
        *(_geonameid(row[0]), row[1].strip(), row[3], lat, lon, row[6], row[7], row[8]),
        *(row[10], row[11], min(max(population, 0), 20_000_000_000), row[18]),
    )


def parse_alternate_name(row: list[str]) -> AlternateName:
    """Return a row of names (older files lack the last columns). Raises ValueError."""
    if not 4 <= len(row) <= 10:
        raise ValueError(f"{len(row)} columns instead of 10")
    _geonameid(row[0])
    return AlternateName(_geonameid(row[1]), row[2].partition("-")[0].lower(), row[3].strip())


def parse_deletion(row: list[str]) -> Deletion:
    """Return a row of deleted places. Raises ValueError."""
    _expect(row, 3)
    return Deletion(_geonameid(row[0]), row[1].strip())


def parse_name_deletion(row: list[str]) -> Deletion:
    """Return a row of deleted names. Raises ValueError."""
    _expect(row, 4)
    return Deletion(_geonameid(row[1]), row[2].strip())


def parse_division(row: list[str]) -> Division:
    """Return a row of first- or second-order codes. Raises ValueError."""
    _expect(row, 4)
    return Division(row[0], _geonameid(row[3]))


def parse_parent(row: list[str]) -> Parent:
    """Return a row of the hierarchy (the kind of relation may be missing). Raises ValueError."""
    if len(row) not in (2, 3):
        raise ValueError(f"{len(row)} columns instead of 3")
    return Parent(child=_geonameid(row[1]), parent=_geonameid(row[0]))


def _expect(row: list[str], columns: int) -> None:
    if len(row) != columns:
        raise ValueError(f"{len(row)} columns instead of {columns}")


def _geonameid(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if not 0 < number < MAX_GEONAMEID:
        raise ValueError(f"no GeoNames number: {text[:20]!r}")
    return number
