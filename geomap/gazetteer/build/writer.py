"""Writes a draft as a SQLite file, row order and all reproducible."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import astuple
from pathlib import Path
from typing import Any

import shapely

from geomap.gazetteer.build.draft import Draft, Entry
from geomap.gazetteer.build.sources import SOURCES
from geomap.gazetteer.names import fold_keys
from geomap.gazetteer.schema import APPLICATION_ID, DDL, SCHEMA_VERSION

_FOLDED_CLASSES = "PALSTHRV"
UNASSIGNED_SHAPE_ID = 0
_MIN_SEAT_POPULATION = 100_000


def write_draft(draft: Draft, path: Path, *, version: str) -> None:
    """Write all tables to a new file."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as db:
        db.executescript("PRAGMA page_size=4096; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
        db.executescript(f"PRAGMA application_id={APPLICATION_ID}; {DDL}")
        db.executemany("INSERT INTO meta VALUES(?,?)", _meta(version))
        db.executemany("INSERT INTO source VALUES(?,?,?,?,?,?,?)", sorted(_sources()))
        entries = sorted(draft.entries.values(), key=lambda e: e.id)
        db.executemany(
            "INSERT INTO place VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", map(astuple, entries)
        )
        db.executemany("INSERT INTO name VALUES(?,?,?,?)", _names(draft))
        db.executemany("INSERT INTO fold VALUES(?,?)", _folds(draft))
        db.executemany("INSERT INTO country VALUES(?,?,?)", _countries(draft))
        db.executemany("INSERT INTO demonym VALUES(?,?)", sorted(draft.demonyms.items()))
        db.executemany("INSERT INTO shape VALUES(?,?,?,?,?,?,?,?)", _shapes(draft))
        db.executemany(f"INSERT INTO disputed VALUES({','.join('?' * 14)})", _disputed(draft))
        db.executemany("INSERT INTO curation VALUES(?,?,?)", _curation(draft))
        db.commit()
        db.execute("VACUUM")


def _meta(version: str) -> list[tuple[str, str]]:
    return [("schema", str(SCHEMA_VERSION)), ("version", version)]


def _sources() -> Iterator[tuple[str, ...]]:
    for s in SOURCES:
        yield s.key, s.provider, s.package, s.version, s.sha256, s.licence, s.date
    yield "curated", "geomap", "curated tables", "", "", "CC BY 4.0", ""


def _names(draft: Draft) -> Iterator[tuple[str, int, str, str | None]]:
    for (key, place), spellings in sorted(draft.names.items()):
        if (key, place) in draft.blocked:
            continue
        tagged = sorted(lang for lang in spellings if lang)
        name = spellings[next(iter(tagged), "")]
        if "de" in spellings or "en" in spellings:
            name = spellings.get("de") or spellings["en"]
        yield key, place, ",".join(tagged), None if name == key.title() else name


def _folds(draft: Draft) -> list[tuple[str, int]]:
    pairs: set[tuple[str, int]] = set()
    for key, place in draft.names:
        if draft.entries[place].feature_class in _FOLDED_CLASSES:
            pairs.update((fold, place) for fold in fold_keys(key))
    return sorted(pairs)


def _countries(draft: Draft) -> Iterator[tuple[str, int, int | None]]:
    seats: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for entry in draft.entries.values():
        if entry.country and entry.feature_code in ("PPLC", "PPLG"):
            seats[entry.country].append((_seat_rank(entry), -entry.population, entry.id))
    for code, place in sorted(draft.countries.items()):
        yield code, place, min(seats[code])[2] if seats[code] else None


def _curation(draft: Draft) -> Iterator[tuple[int, str, str]]:
    for place, what, key in sorted(draft.curation):
        if place in draft.entries or what == "drop":
            yield place, what, key


def _seat_rank(entry: Entry) -> int:
    """Put a seat of government (The Hague) before a capital in name, unless it is a small town.

    GeoNames gives PPLG to some seats of municipalities too.
    """
    if entry.feature_code == "PPLC":
        return 1
    return 0 if entry.population >= _MIN_SEAT_POPULATION else 2


def _shapes(draft: Draft) -> Iterator[tuple[object, ...]]:
    if draft.unassigned is not None:
        yield UNASSIGNED_SHAPE_ID, None, 1, *_box_and_polygon(draft.unassigned)
    for place, shape in sorted(draft.shapes.items()):
        entry = draft.entries.get(place)
        if entry is not None:
            tiles_land = entry.feature_code in ("PCLI", "PCLD", "TERR")
            yield place, entry.country, int(tiles_land), *_box_and_polygon(shape)


def _disputed(draft: Draft) -> Iterator[tuple[object, ...]]:
    columns = ("name_de", "name_en", "country", "controlled_by", "claimed_by", "note")
    for number, territory in enumerate(draft.territories):
        row = territory.row
        words = [row[column] or None if column == "country" else row[column] for column in columns]
        point = (float(row["lat"]), float(row["lon"]))
        yield number, *words, *point, *_box_and_polygon(territory.shape)


def _box_and_polygon(shape: Any) -> tuple[object, ...]:
    box = [round(float(v), 4) for v in shape.bounds]
    text = json.dumps(_rounded(shapely.geometry.mapping(shape.normalize())), separators=(",", ":"))
    return *box, zlib.compress(text.encode(), 9)


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _rounded(v) for k, v in value.items()}
    if isinstance(value, tuple | list):
        return [_rounded(v) for v in value]
    return round(value, 4) if isinstance(value, float) else value
