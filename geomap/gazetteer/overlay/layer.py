"""The own layer as a file: read whole, changed in one transaction, checked before it is written."""

from __future__ import annotations

import math
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass, field, replace
from pathlib import Path

from geomap.errors import GazetteerError
from geomap.gazetteer.names import normalise

ENVIRONMENT_VARIABLE = "GEOMAP_OVERLAY"
FIRST_OWN_ID = 2_000_000_000
"""Ids from here on are the user's own; lower ones belong to the gazetteer."""

DEFAULT_IMPORTANCE = 0.5
"""Of a place that somebody took the trouble to add: that of a town of a hundred thousand."""

FOUND_IMPORTANCE = 0.3
"""Of a place that a service found: that of a small town, so that no better-known one loses."""

MAX_RADIUS_KM = 7000.0
MAX_NAME_LENGTH = 200
APPLICATION_ID = 0x6765_6F6F
_LAYOUT = 2
"""1: without source and licence."""

_DDL = """
CREATE TABLE place(
    id INTEGER PRIMARY KEY, name TEXT, lat REAL, lon REAL, feature_class TEXT, feature_code TEXT,
    country TEXT, radius_km REAL, importance REAL, source TEXT, licence TEXT
);
CREATE TABLE name(place INTEGER, lang TEXT, name TEXT, UNIQUE(place, lang, name));
CREATE TABLE block(name TEXT, place INTEGER, UNIQUE(name, place));
"""
_CLASS, _CODE = re.compile(r"[AHLPRSTUV]"), re.compile(r"[A-Z0-9]{2,10}")
_COUNTRY, _LANG = re.compile(r"[A-Z]{2}"), re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """A place of the user, or what they correct in a place of the gazetteer (then None: as there).

    ``names`` are further (language, name) pairs, the language empty where unknown. ``source`` and
    ``licence`` say who found it, where that was not the user, and whom to credit.
    """

    id: int
    name: str | None = None
    lat: float | None = None
    lon: float | None = None
    feature_class: str | None = None
    feature_code: str | None = None
    country: str | None = None
    radius_km: float | None = None
    importance: float | None = None
    source: str | None = None
    licence: str | None = None
    names: tuple[tuple[str, str], ...] = ()

    @property
    def is_correction(self) -> bool:
        """Whether this corrects a place of the gazetteer."""
        return self.id < FIRST_OWN_ID

    def check(self) -> None:
        """Raise GazetteerError saying what is wrong with the values."""
        if not self.is_correction:
            for key in ("name", "lat", "lon", "feature_class", "feature_code"):
                if getattr(self, key) is None:
                    raise GazetteerError(f"{key} is missing")
        _check_point(self.lat, self.lon)
        _check_form("feature", self.feature_class, _CLASS, "P/PPL, S/AIRB, H/LK …")
        _check_form("feature", self.feature_code, _CODE, "P/PPL, S/AIRB, H/LK …")
        _check_form("country", self.country, _COUNTRY, "two capital letters, such as SY")
        if self.radius_km is not None and not 0 < self.radius_km <= MAX_RADIUS_KM:
            raise GazetteerError(f"radius {self.radius_km} is not between 0 and 7000 km")
        if self.importance is not None and not 0 <= self.importance <= 1:
            raise GazetteerError(f"importance {self.importance} is not between 0 and 1")
        for key in ("source", "licence"):
            if len(getattr(self, key) or "") > MAX_NAME_LENGTH:
                raise GazetteerError(f"{key} is longer than {MAX_NAME_LENGTH} characters")
        for lang, name in (*self.names, *([("", self.name)] if self.name is not None else [])):
            check_name(name)
            if lang:
                _check_form("language", lang, _LANG, "de, en, ar …")


@dataclass(frozen=True, slots=True)
class Block:
    """A name that never means a place; with ``place`` it only never means that one."""

    name: str
    place: int | None = None


@dataclass(slots=True)
class Layer:
    """All that a user has decided; ``places`` by id, ``blocks`` by (key of the name, place)."""

    places: dict[int, OwnPlace] = field(default_factory=dict)
    blocks: dict[tuple[str, int | None], Block] = field(default_factory=dict)

    def put(self, place: OwnPlace) -> None:
        """Add or replace a place. Raises GazetteerError if its values are wrong."""
        place.check()
        self.places[place.id] = place

    def block(self, block: Block) -> None:
        """Add a block. Raises GazetteerError for an impossible name."""
        check_name(block.name)
        self.blocks[normalise(block.name), block.place] = block

    def next_id(self) -> int:
        """Return an id that no own place has."""
        return max(FIRST_OWN_ID - 1, *self.places, FIRST_OWN_ID - 1) + 1


def check_name(name: str) -> None:
    """Raise GazetteerError unless this can be a name of a place."""
    if len(name) > MAX_NAME_LENGTH:
        raise GazetteerError(f"a name of {len(name)} characters is too long (at most 200)")
    if not normalise(name):
        raise GazetteerError(f"{name!r} is no name: it has no letters or figures")


def _check_point(lat: float | None, lon: float | None) -> None:
    if (lat is None) != (lon is None):
        raise GazetteerError("lat and lon belong together")
    if lat is not None and not (math.isfinite(lat) and abs(lat) <= 90):
        raise GazetteerError(f"lat {lat} is not between -90 and 90")
    if lon is not None and not (math.isfinite(lon) and abs(lon) <= 180):
        raise GazetteerError(f"lon {lon} is not between -180 and 180")


def _check_form(what: str, value: str | None, form: re.Pattern[str], example: str) -> None:
    if value is not None and not form.fullmatch(value):
        raise GazetteerError(f"{what} {value!r} is not of the form {example}")


# ---------------------------------------------------------------- the file


def layer_path() -> Path:
    """Return ``$GEOMAP_OVERLAY``, else ``overlay.sqlite`` in the user's data folder."""
    if chosen := os.environ.get(ENVIRONMENT_VARIABLE):
        return Path(chosen)
    import platformdirs

    return platformdirs.user_data_path("geomap", appauthor=False) / "overlay.sqlite"


def read_layer(path: Path) -> Layer:
    """Return the layer in a file, an empty one if there is none. Raises GazetteerError."""
    # SQLite leaves an empty file behind when the very first change was given up.
    if not path.exists() or path.stat().st_size == 0:
        return Layer()
    try:
        uri = f"{path.resolve().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True)) as db:
            return _read(db, path)
    except sqlite3.Error as error:
        raise _unreadable(path, error) from error


@contextmanager
def edit_layer(path: Path, *, dry_run: bool = False) -> Iterator[Layer]:
    """Yield the layer of a file and write it back whole; nothing is written after an error.

    The file is locked meanwhile, so that no other program's changes are lost. Raises GazetteerError
    if it cannot be read or written.
    """
    if dry_run:
        yield read_layer(path)
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as db:
            db.execute("BEGIN IMMEDIATE")
            _create(db)
            _bring_up_to_date(db)
            layer = _read(db, path)
            yield layer
            _write(db, layer)
            db.execute("COMMIT")
    except (sqlite3.Error, OSError) as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> GazetteerError:
    message = f"the own layer {path} cannot be used ({error}); {ENVIRONMENT_VARIABLE} names another"
    return GazetteerError(message, path=path)


def _create(db: sqlite3.Connection) -> None:
    if db.execute("SELECT 1 FROM sqlite_master").fetchone():
        return
    for statement in _DDL.split(";\n"):
        db.execute(statement)
    db.execute(f"PRAGMA application_id={APPLICATION_ID}")
    db.execute(f"PRAGMA user_version={_LAYOUT}")


def _bring_up_to_date(db: sqlite3.Connection) -> None:
    (own,) = db.execute("PRAGMA application_id").fetchone()
    (layout,) = db.execute("PRAGMA user_version").fetchone()
    if own == APPLICATION_ID and layout == 1:
        db.execute("ALTER TABLE place ADD COLUMN source TEXT")
        db.execute("ALTER TABLE place ADD COLUMN licence TEXT")
        db.execute(f"PRAGMA user_version={_LAYOUT}")


def _read(db: sqlite3.Connection, path: Path) -> Layer:
    if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise GazetteerError(f"{path} is not an own layer of geomap", path=path)
    layout = db.execute("PRAGMA user_version").fetchone()[0]
    if not 1 <= layout <= _LAYOUT:
        raise GazetteerError(f"{path} was made by a newer geomap: update geomap", path=path)
    names: dict[int, list[tuple[str, str]]] = {}
    for place, lang, name in db.execute("SELECT place, lang, name FROM name ORDER BY 1, 2, 3"):
        names.setdefault(place, []).append((lang, name))
    layer = Layer()
    for row in db.execute("SELECT * FROM place ORDER BY id"):
        layer.places[row[0]] = replace(OwnPlace(*row), names=tuple(names.get(row[0], ())))
    for name, place in db.execute("SELECT name, place FROM block ORDER BY name, place"):
        layer.block(Block(name, place))
    return layer


def _write(db: sqlite3.Connection, layer: Layer) -> None:
    for statement in ("DELETE FROM place", "DELETE FROM name", "DELETE FROM block"):
        db.execute(statement)
    places = layer.places.values()
    rows = (astuple(place)[:-1] for place in places)
    db.executemany("INSERT INTO place VALUES(?,?,?,?,?,?,?,?,?,?,?)", rows)
    names = ((p.id, lang, name) for p in places for lang, name in p.names)
    db.executemany("INSERT OR IGNORE INTO name VALUES(?,?,?)", names)
    db.executemany("INSERT INTO block VALUES(?,?)", map(astuple, layer.blocks.values()))
