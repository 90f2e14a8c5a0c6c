"""Merges staged names: they are added in order of their keys, none that people gave is lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from geomap.gazetteer.names import fold_keys, normalise
from geomap.gazetteer.update.report import UpdateReport
from geomap.gazetteer.update.staging import batches

_STAGED = """
    SELECT s.key, s.place, s.lang, s.name, o.langs, o.name
    FROM stage.name s LEFT JOIN old.name o ON o.key = s.key AND o.place = s.place
    WHERE NOT EXISTS (
        SELECT 1 FROM curation c WHERE c.place = s.place AND c.what = 'block' AND c.key = s.key
    )
    ORDER BY s.key, s.place, s.lang, s.name
"""
_GONE = """
    SELECT g.key, g.place FROM stage.gone_name g
    JOIN name n ON n.key = g.key AND n.place = g.place
    JOIN place p ON p.id = g.place
    WHERE instr(n.langs, ',') = 0 AND NOT EXISTS (
        SELECT 1 FROM curation c WHERE c.place = g.place AND c.what = 'name' AND c.key = g.key
    )
"""


def merge_names(db: sqlite3.Connection, report: UpdateReport) -> None:
    """Add the staged names and their romanisation keys."""
    for batch in batches(_merged(db, report)):
        db.executemany("INSERT OR REPLACE INTO name VALUES(?,?,?,?)", [row[:4] for row in batch])
        folds = ((fold, row[1]) for row in batch if row[4] for fold in fold_keys(row[0]))
        db.executemany("INSERT INTO stage.fold VALUES(?,?)", folds)
    db.execute("INSERT OR IGNORE INTO fold SELECT key, place FROM stage.fold ORDER BY key, place")


def _merged(
    db: sqlite3.Connection, report: UpdateReport
) -> Iterator[tuple[str, int, str, str | None, bool]]:
    """Yield (key, place, langs, name, is new) of every name that is new or gains a language."""
    for (key, place), group in groupby(db.execute(_STAGED), key=lambda row: row[:2]):
        rows = list(group)
        old_langs, old_name = rows[0][4:]
        is_new = old_langs is None
        before = set(filter(None, (old_langs or "").split(",")))
        langs = before | {row[2] for row in rows if row[2]}
        if not is_new and langs == before:
            continue
        spelling = _spelling(rows, langs) if is_new or before.isdisjoint(("de", "en")) else old_name
        report.names_added += is_new
        name = None if spelling == key.title() else spelling
        yield key, place, ",".join(sorted(langs)), name, is_new


def _spelling(rows: list[tuple[Any, ...]], langs: set[str]) -> str:
    """Return the German spelling, else the English, else that of the first language."""
    by_lang = {row[2]: row[3] for row in reversed(rows)}
    order = ("de", "en", *sorted(langs), "")
    return str(next(by_lang[lang] for lang in order if lang in by_lang))


def delete_names(db: sqlite3.Connection, report: UpdateReport) -> None:
    """Delete the names noted as gone, but no main name and none that people gave."""
    gone = [
        (key, place)
        for key, place in db.execute(_GONE).fetchall()
        if normalise(_main_name(db, place)) != key
    ]
    report.names_deleted = len(gone)
    if not gone:
        return
    db.executemany("DELETE FROM name WHERE key=? AND place=?", gone)
    places = sorted({place for _, place in gone})
    db.execute("CREATE TEMP TABLE affected(place INTEGER PRIMARY KEY)")
    db.executemany("INSERT INTO affected VALUES(?)", ((place,) for place in places))
    db.execute("DELETE FROM fold WHERE place IN (SELECT place FROM affected)")
    left = db.execute(
        "SELECT key, place FROM name WHERE place IN (SELECT place FROM affected)"
    ).fetchall()
    folds = ((fold, place) for key, place in left for fold in fold_keys(key))
    db.executemany("INSERT OR IGNORE INTO fold VALUES(?,?)", folds)
    db.execute("DROP TABLE affected")


def _main_name(db: sqlite3.Connection, place: int) -> str:
    return str(db.execute("SELECT name FROM place WHERE id=?", (place,)).fetchone()[0])
