"""What the dump files say about places worth having, put down beside the gazetteer first.

Rows are read one at a time and laid down on disk; memory does not grow with the size of a dump.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from geomap.gazetteer.build.scripts import is_useful
from geomap.gazetteer.names import generic_stripped, normalise
from geomap.gazetteer.update.formats import AlternateName, Deletion, Division, GeoName, Parent
from geomap.gazetteer.update.idset import IdSet
from geomap.gazetteer.update.selection import Detail, is_wanted

_DDL = """
CREATE TABLE stage.place(
    id INTEGER PRIMARY KEY, name TEXT, lat REAL, lon REAL, feature_class TEXT, feature_code TEXT,
    country TEXT, code1 TEXT, code2 TEXT, population INTEGER
);
CREATE TABLE stage.name(key TEXT, place INTEGER, lang TEXT, name TEXT);
CREATE TABLE stage.fold(key TEXT, place INTEGER);
CREATE TABLE stage.wikidata(place INTEGER PRIMARY KEY, wikidata TEXT);
CREATE TABLE stage.division(code TEXT PRIMARY KEY, place INTEGER) WITHOUT ROWID;
CREATE TABLE stage.parent(place INTEGER, parent INTEGER, PRIMARY KEY(place, parent)) WITHOUT ROWID;
CREATE TABLE stage.gone(id INTEGER PRIMARY KEY);
CREATE TABLE stage.deleted(id INTEGER PRIMARY KEY);
CREATE TABLE stage.gone_name(key TEXT, place INTEGER, PRIMARY KEY(key, place)) WITHOUT ROWID;
"""
_PLACE = "INSERT OR REPLACE INTO stage.place VALUES(?,?,?,?,?,?,?,?,?,?)"
_NAME = "INSERT INTO stage.name VALUES(?,?,?,?)"
_DIVISION = "INSERT OR REPLACE INTO stage.division VALUES(?,?)"
_WIKIDATA = re.compile(r"Q[1-9]\d*$")
_BATCH_ROWS = 5000
T = TypeVar("T")


def batches(rows: Iterable[T], size: int = _BATCH_ROWS) -> Iterator[list[T]]:
    """Yield the rows in lists of at most ``size``."""
    iterator = iter(rows)
    while batch := list(islice(iterator, size)):
        yield batch


class Staging:
    """Collects rows in the attached database ``stage``.

    ``seen`` are the numbers that the dumps of places contain, ``kept`` those that the updated
    gazetteer will, ``newest`` is the latest day on which a place was changed.
    """

    def __init__(self, db: sqlite3.Connection, today: str) -> None:
        self._db = db
        self._today = today
        db.executescript(_DDL)
        self._dropped = {
            row[0] for row in db.execute("SELECT place FROM curation WHERE what='drop'")
        }
        numbers = db.execute("SELECT geonameid FROM place WHERE geonameid IS NOT NULL")
        self.kept = IdSet(row[0] for row in numbers)
        self.seen = IdSet()
        self.newest = ""

    def add_places(self, rows: Iterable[GeoName], detail: Detail, *, with_alternates: bool) -> None:
        """Take in the places that are known or wanted.

        ``with_alternates`` reads the column of untagged names too, for want of the tagged ones.
        """
        for batch in batches(rows):
            chosen = [row for row in batch if self._is_kept(row, detail)]
            self._db.executemany(_PLACE, map(_columns, chosen))
            self._db.executemany(_DIVISION, _codes(chosen))
            self._db.executemany(_NAME, _names_of(chosen, with_alternates=with_alternates))

    def _is_kept(self, row: GeoName, detail: Detail) -> bool:
        self.seen.add(row.id)
        if self.newest < row.modified <= self._today:
            self.newest = row.modified
        if row.id in self._dropped:
            return False
        if row.id not in self.kept and not is_wanted(row, detail):
            return False
        self.kept.add(row.id)
        return True

    def add_names(self, rows: Iterable[AlternateName]) -> None:
        """Take in the useful names of kept places, and their Wikidata ids."""
        for batch in batches(row for row in rows if row.geonameid in self.kept):
            self._db.executemany(
                "INSERT OR REPLACE INTO stage.wikidata VALUES(?,?)",
                [
                    (r.geonameid, r.name)
                    for r in batch
                    if r.lang == "wkdt" and _WIKIDATA.match(r.name)
                ],
            )
            names = (_name_row(r.geonameid, r.lang, r.name) for r in batch)
            self._db.executemany(_NAME, filter(None, names))

    def add_divisions(self, rows: Iterable[Division]) -> None:
        """Take in which place a code of first- or second-order divisions stands for."""
        self._db.executemany(_DIVISION, ((row.code, row.geonameid) for row in rows))

    def add_parents(self, rows: Iterable[Parent]) -> None:
        """Take in what kept places belong to."""
        self._db.executemany(
            "INSERT OR IGNORE INTO stage.parent VALUES(?,?)",
            (row for row in rows if row.child in self.kept and row.child != row.parent),
        )

    def delete_places(self, rows: Iterable[Deletion]) -> None:
        """Note places that GeoNames has deleted."""
        self._db.executemany(
            "INSERT OR IGNORE INTO stage.gone VALUES(?)", ((row.geonameid,) for row in rows)
        )

    def delete_names(self, rows: Iterable[Deletion]) -> None:
        """Note names that GeoNames has taken away from a place."""
        pairs = ((normalise(row.name), row.geonameid) for row in rows)
        self._db.executemany(
            "INSERT OR IGNORE INTO stage.gone_name VALUES(?,?)", (p for p in pairs if p[0])
        )


def _columns(row: GeoName) -> tuple[object, ...]:
    return (
        *(row.id, row.name, row.lat, row.lon, row.feature_class, row.feature_code),
        *(row.country, _join(row.country, row.admin1)),
        *(_join(row.country, row.admin1, row.admin2), row.population),
    )


def _join(*parts: str) -> str | None:
    """Return the code of a division, None where the place is in none."""
    return ".".join(parts) if all(parts) else None


def _codes(rows: Iterable[GeoName]) -> Iterator[tuple[str, int]]:
    for row in rows:
        codes = {"ADM1": (row.country, row.admin1), "ADM2": (row.country, row.admin1, row.admin2)}
        if code := _join(*codes.get(row.feature_code, ("",))):
            yield code, row.id


def _names_of(
    rows: Iterable[GeoName], *, with_alternates: bool
) -> Iterator[tuple[str, int, str, str]]:
    for row in rows:
        names = [row.name]
        if with_alternates and row.alternate_names:
            names += row.alternate_names.split(",")
        if row.feature_code in ("ADM1", "ADM2"):
            names += [bare.title() for n in names if (bare := generic_stripped(normalise(n)))]
        yield from filter(None, (_name_row(row.id, "", name) for name in names))


def _name_row(place: int, lang: str, name: str) -> tuple[str, int, str, str] | None:
    text = " ".join(name.split())
    if not is_useful(text, lang) or not (key := normalise(text)):
        return None
    return key, place, lang, text
