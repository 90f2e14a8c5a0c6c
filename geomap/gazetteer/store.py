"""The gazetteer: names in, candidate places out, from a read-only SQLite file."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from geomap.errors import GazetteerError
from geomap.gazetteer.areas import Areas
from geomap.gazetteer.disputed import DisputedArea, DisputedAreas
from geomap.gazetteer.installed import find_installation
from geomap.gazetteer.lines import Lines
from geomap.gazetteer.names import all_keys, fold_keys, generic_stripped, normalise, variants
from geomap.gazetteer.overlay import Layer, Overlay, layer_path, read_layer
from geomap.gazetteer.prominence import ranked
from geomap.gazetteer.queries import (
    ALL_PLACES,
    BY_FOLD,
    BY_ID,
    BY_NAME,
    BY_PREFIX,
    CAPITAL_ID,
    COUNTRY_ID,
    DEMONYM,
    FOLDS,
    KEYS,
    NAMES_OF,
    any_name,
)
from geomap.gazetteer.schema import APPLICATION_ID, SCHEMA_VERSION
from geomap.gazetteer.waters import water_area
from geomap.gazetteer.worldview import HeldLand
from geomap.models import Candidate, GeoJSON, MatchKind, Place, Worldview

_MAPPED_BYTES = 36 << 20
"""Further pages are read, which is no slower; to map them would make the process look large."""

_CACHED_NAMES = 4096
_CACHED_ANSWERS = 32_768
# Who asks for all words of a text remembers them, too.
_CACHED_DEMONYMS = 16_384
_CACHE_KIB = 2000

OLD_AFTER_DAYS = 365
"""Beyond this age of the data, users are told to update."""

MAX_NAME_LENGTH = 200


class Gazetteer:
    """A gazetteer file, open for reading; implements ``models.PlaceIndex``.

    ``layer`` is the user's own layer over it, already read. ``worldview`` says to which country
    disputed land counts (see ``docs/gazetteer.md``).

    Look-ups are cached; one object may serve many articles and, as nothing is ever written, many
    threads. Close it with ``close`` or use it as a context manager.
    """

    def __init__(self, path: Path, layer: Layer | None = None, worldview: Worldview = "un") -> None:
        self.path = path
        self._db = _connect(path)
        self._local = threading.local()
        self._areas = Areas(self._db)
        self._disputed = DisputedAreas(self._db)
        self._version = self._read_version()
        self._held = HeldLand(self._disputed, self._areas) if worldview == "de-facto" else None
        self._lines = Lines(self._areas, self.area, self.country)
        self._own = Overlay(layer or Layer(), self._base_place)
        self._demonyms = lru_cache(maxsize=_CACHED_DEMONYMS)(self._find_demonym)
        self._known = lru_cache(maxsize=_CACHED_ANSWERS)(self._is_known)
        self._lookup = lru_cache(maxsize=_CACHED_NAMES)(self._find)
        self._rows = lru_cache(maxsize=_CACHED_NAMES)(self._named)

    def close(self) -> None:
        """Close the file; the object cannot be used afterwards."""
        self._db.close()

    def __enter__(self) -> Gazetteer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def version(self) -> str:
        """Name and date of the data, own layer and worldview, as written to ``made_by``."""
        own = f"+own.{self._own.digest}" if self._own else ""
        return f"{self._version}{own}{'+de-facto' if self._held else ''}"

    def lookup(self, name: str, lang: str | None = None) -> Sequence[Candidate]:
        """Return the places of that name, most prominent first; see ``PlaceIndex.lookup``.

        ``Candidate.score`` is importance, plus ``LANGUAGE_BONUS`` if the name is tagged with the
        language asked for, minus ``FOREIGN_MALUS`` for a country so called only abroad.
        """
        return self._lookup(name, lang)

    def knows(self, name: str) -> bool:
        """Tell whether any place bears that name, exactly or by a spelling variant."""
        return self._known(name)

    def _is_known(self, name: str) -> bool:
        if self._own:
            return any(rows for _, rows in self._by_name(name))
        keys = all_keys(name) if len(name) <= MAX_NAME_LENGTH else []
        return bool(keys) and self._cursor().execute(any_name(len(keys)), keys).fetchone()[0] == 1

    def country(self, code: str) -> Place | None:
        """Return the country of an ISO 3166-1 alpha-2 code."""
        return self._first_place(COUNTRY_ID, code)

    def capital(self, code: str) -> Place | None:
        """Return the seat of government of a country."""
        return self._first_place(CAPITAL_ID, code)

    def demonym(self, word: str) -> str | None:
        """Return the country code an adjective or demonym points to ("syrische" → SY)."""
        return self._demonyms(normalise(word))

    def _find_demonym(self, key: str) -> str | None:
        row = self._cursor().execute(DEMONYM, (key,)).fetchone()
        return row[0] if row else None

    def area(self, place: Place) -> GeoJSON | None:
        """Return the polygon of a country, first-order division or sea, None if there is none."""
        geojson = self._areas.geojson(place.id) or water_area(place)
        return self._held.area(place, geojson) if self._held and geojson else geojson

    def border(self, place: Place, other: Place | None = None) -> GeoJSON | None:
        """Return the line at which two places meet; see ``PlaceIndex.border``."""
        return self._lines.border(place, other)

    def coast(self, place: Place) -> GeoJSON | None:
        """Return the line at which a place meets the sea; see ``PlaceIndex.coast``."""
        return self._lines.coast(place)

    def country_at(self, lat: float, lon: float) -> str | None:
        """Return the country code at a point; None at sea, on land of no country, off the globe.

        Land before sea: a point that no polygon holds belongs to the nearest one within 3 km,
        because coasts are simplified. Lakes and rivers are land, territorial waters are sea.
        """
        country = self._areas.country_at(lat, lon)
        return self._held.country(lat, lon, country) if self._held else country

    def contains(self, place: Place, lat: float, lon: float) -> bool | None:
        """Tell whether the polygon of a place (see ``area``) holds a point; None without one."""
        if self._held and place.kind == "country" and (geojson := self.area(place)):
            import shapely

            return bool(shapely.intersects_xy(shapely.geometry.shape(geojson), lon, lat))
        return self._areas.contains(place.id, lat, lon)

    @property
    def disputed(self) -> Sequence[DisputedArea]:
        """All disputed areas. Raises GazetteerError if the file was made before it held them."""
        return self._disputed.all

    def disputed_at(self, lat: float, lon: float) -> Sequence[DisputedArea]:
        """Return the disputed areas at a point, the smallest first."""
        return self._disputed.at(lat, lon)

    def place(self, place_id: int) -> Place | None:
        """Return the place of an id, as the own layer has it; None if there is none."""
        place = self._own.places.get(place_id) or self._base_place(place_id)
        return self._held.place(place) if self._held and place else place

    def _base_place(self, place_id: int) -> Place | None:
        row = self._db.execute(BY_ID, (place_id,)).fetchone()
        return Place(*row) if row else None

    def places(self) -> Iterator[Place]:
        """Yield all places that ship, in the order of their ids."""
        yield from (Place(*row) for row in self._cursor().execute(ALL_PLACES))

    def search(
        self, name: str, lang: str | None = None, limit: int | None = 10
    ) -> Sequence[Candidate]:
        """Return candidates for a person to look at: by name, else names that begin so."""
        key = normalise(name)
        if self._own.blocks(key):
            return ()
        return self.lookup(name, lang)[:limit] or self._viewed(
            self._beginning_with(key, lang)[:limit]
        )

    def is_blocked(self, name: str) -> bool:
        """Tell whether a name, or what it is a form of ("Essens"), is never a place."""
        keys = chain.from_iterable(keys for _, keys in _exact_and_variant_keys(name))
        return bool(self._own) and any(map(self._own.blocks, keys))

    def names(self, places: Iterable[int]) -> dict[int, dict[str, list[str]]]:
        """Return {language: names} of each place, the language empty where unknown.

        Reads the whole table of names, some tenths of a second: ask for many places at once.
        """
        found: dict[int, dict[str, list[str]]] = {place: {} for place in places}
        rows = self._db.execute(NAMES_OF, (json.dumps(list(found)),))
        for key, place, langs, name in chain(rows, self._own.names_of(found)):
            for lang in langs.split(","):
                found[place].setdefault(lang, []).append(name or key.title())
        return found

    def keys(self, min_length: int, max_length: int) -> Iterator[str]:
        """Yield the keys (see ``normalise``) of all names of such a length, in order."""
        yield from (key for (key,) in self._db.execute(KEYS, (min_length, max_length)))
        yield from (key for key in self._own.all_keys() if min_length <= len(key) <= max_length)

    def romanised_keys(self, min_length: int, max_length: int) -> Iterator[str]:
        """Yield the romanisation keys (see ``fold_keys``) of such a length, in order."""
        yield from (key for (key,) in self._db.execute(FOLDS, (min_length, max_length)))

    def sounding_like(self, fold: str) -> Sequence[Candidate]:
        """Return the places of a romanisation key, most prominent first."""
        return self._viewed(ranked(self._sounding([fold]), "fold", None))

    def info(self) -> dict[str, Any]:
        """Return version, path, age in days, sources and numbers of places by kind."""
        counts: dict[str, int] = {}
        grouped = self._db.execute(
            "SELECT feature_class, feature_code, count(*) FROM place GROUP BY 1, 2 ORDER BY 1, 2"
        )
        for feature_class, code, number in grouped:
            kind = Place(0, "", 0, 0, feature_class, code).kind
            counts[kind] = counts.get(kind, 0) + number
        cursor = self._db.execute("SELECT * FROM source ORDER BY key")
        columns = [c[0] for c in cursor.description]
        return {
            "version": self.version,
            "path": str(self.path),
            "bytes": self.path.stat().st_size,
            "age_days": (date.today() - self._built()).days,
            "places": counts,
            "names": self._db.execute("SELECT count(*) FROM name").fetchone()[0],
            "polygons": self._db.execute("SELECT count(*) FROM shape").fetchone()[0],
            "updated": self._updates(),
            "own": self._own.summary(),
            "sources": [dict(zip(columns, row, strict=True)) for row in cursor],
        }

    # -------------------------------------------------------------- inside

    def _viewed(self, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
        return self._held.candidates(candidates) if self._held else candidates

    def _find(self, name: str, lang: str | None) -> Sequence[Candidate]:
        return self._viewed(self._find_shipped(name, lang))

    def _find_shipped(self, name: str, lang: str | None) -> tuple[Candidate, ...]:
        if (bare := generic_stripped(normalise(name))) is not None:
            return self._find_area(name, bare, lang)
        for kind, rows in self._by_name(name):
            if rows:
                return ranked(rows, kind, lang)
        return self._find_by_sound(name, lang)

    def _find_area(self, name: str, bare: str, lang: str | None) -> tuple[Candidate, ...]:
        """Return what is called "Provinz Idlib": areas by any spelling before towns of the name."""
        found = [(kind, rows) for kind, rows in self._by_name(name) if rows]
        if found and found[0][0] == "exact":
            rows = found[0][1]
            return ranked([row for row in rows if row[7] == "A"] or rows, "exact", lang)
        for kind, rows in (*found, ("fold", self._sounding(fold_keys(bare)))):
            if areas := [row for row in rows if row[7] == "A"]:
                return ranked(areas, kind, lang)
        if found:
            return ranked(found[0][1], found[0][0], lang)
        return self._find_by_sound(name, lang)

    def _find_by_sound(self, name: str, lang: str | None) -> tuple[Candidate, ...]:
        if len(name) > MAX_NAME_LENGTH or self.is_blocked(name):
            return ()
        rows = self._sounding(fold_keys(name))
        return ranked(self._own.without_unpaired(normalise(name), rows), "fold", lang)

    def _sounding(self, folds: Iterable[str]) -> list[tuple[Any, ...]]:
        keys = tuple(sorted(folds))
        rows = self._named(keys, BY_FOLD) if keys else []
        return self._own.amend_folds(keys, rows) if self._own else rows

    def _by_name(self, name: str) -> Iterator[tuple[MatchKind, list[tuple[Any, ...]]]]:
        """Yield the rows of the name as it stands, then of one group of variants after another."""
        own = self._own
        for kind, keys in _exact_and_variant_keys(name):
            if kind == "exact" and own.blocks(keys[0]):
                return
            rows = self._rows(keys)
            if own:
                rows = own.without_unpaired(normalise(name), own.amend(keys, rows))
            yield kind, rows

    def _named(self, keys: tuple[str, ...], query: str = BY_NAME) -> list[tuple[Any, ...]]:
        cursor = self._cursor()
        if len(keys) == 1:
            rows: list[tuple[Any, ...]] = cursor.execute(query, keys).fetchall()
            return rows
        return [row for key in keys for row in cursor.execute(query, (key,))]

    def _cursor(self) -> sqlite3.Cursor:
        # One of its own for every thread: making one takes a tenth of a look-up.
        try:
            cursor: sqlite3.Cursor = self._local.cursor
        except AttributeError:
            cursor = self._local.cursor = self._db.cursor()
        return cursor

    def _beginning_with(self, key: str, lang: str | None) -> Sequence[Candidate]:
        if len(key) < 3:
            return ()
        rows = self._db.execute(BY_PREFIX, (key, key + "\U0010ffff")).fetchall()
        return ranked(self._own.amend((), rows) if self._own else rows, "variant", lang)

    def _updates(self) -> str:
        """Return up to which day which part of the world was updated last; "never" if never."""
        meta = dict(self._db.execute("SELECT key, value FROM meta WHERE key LIKE 'updated%'"))
        return f"{meta['updated']} ({meta['updated_scope']})" if meta else "never"

    def _built(self) -> date:
        """Return the day of the last update of the whole world, else the month of the version."""
        as_of = self._db.execute("SELECT value FROM meta WHERE key='as_of'").fetchone()
        if as_of:
            return date.fromisoformat(as_of[0])
        year, month = self._version.split()[1][:7].split(".")
        return date(int(year), int(month), 1)

    def _first_place(self, query: str, code: str) -> Place | None:
        row = self._db.execute(query, (code,)).fetchone()
        return self.place(row[0]) if row and row[0] is not None else None

    def _read_version(self) -> str:
        values = dict(self._db.execute("SELECT key, value FROM meta"))
        if values.get("schema") != str(SCHEMA_VERSION):
            raise _other_schema(self.path, values.get("schema", ""))
        return f"geomap-gazetteer {values['version']}"


def _other_schema(path: Path, found: str) -> GazetteerError:
    if found.isdigit() and int(found) > SCHEMA_VERSION:
        message = f"{path} was made by a newer geomap: update geomap, or choose another gazetteer"
    else:
        message = f"{path} was made by an older geomap: delete it, and it is made anew"
    return GazetteerError(message, path=path)


def open_gazetteer(path: Path | None = None, worldview: Worldview = "un") -> Gazetteer:
    """Open a gazetteer: the file given, else ``$GEOMAP_GAZETTEER``, else the shipped one.

    An updated gazetteer counts instead of the shipped one; the user's own layer lies over any. A
    file that does not exist yet is made from the shipped data. Raises GazetteerError.
    """
    return Gazetteer(find_installation(path).current(), read_layer(layer_path()), worldview)


def _connect(path: Path) -> sqlite3.Connection:
    try:
        uri = f"{path.resolve(strict=True).as_uri()}?mode=ro&immutable=1"
        db = sqlite3.connect(uri, uri=True, check_same_thread=False)
        db.execute(f"PRAGMA mmap_size={_MAPPED_BYTES}")
        db.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
        (found,) = db.execute("PRAGMA application_id").fetchone()
    except (OSError, sqlite3.DatabaseError) as error:
        message = (
            f"{path} cannot be read as a gazetteer ({error}); if it is the copy that geomap made,"
            " delete it, and it is made anew"
        )
        raise GazetteerError(message, path=path) from error
    if found != APPLICATION_ID:
        db.close()
        raise GazetteerError(f"{path} is not a geomap gazetteer", path=path)
    return db


def _exact_and_variant_keys(name: str) -> Iterable[tuple[MatchKind, tuple[str, ...]]]:
    if len(name) > MAX_NAME_LENGTH:
        return
    if key := normalise(name):
        yield "exact", (key,)
        for group in variants(name):
            yield "variant", group
