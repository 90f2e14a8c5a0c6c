"""A destination in PostgreSQL: parts become rows, one transaction each, and so does the manifest.

A transaction holds a part's articles, toponyms and events, what failed in it or came twice, and the
note that it is done. So there is never half a part, whenever a program or a connection dies.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from typing import Any

from pydantic import ValidationError

from geomap.batch.cutting import Part
from geomap.batch.destination import Destination, Stored, manifest_to_go_on
from geomap.batch.lists import list_files
from geomap.batch.manifest import Counts, Manifest, PartEntry, Setup
from geomap.batch.worker import Outcome
from geomap.batch.writing import Writer, Written
from geomap.errors import OutputError
from geomap.outputs.postgis import Address, Rows, RunStore, make_rows, open_run
from geomap.records import ArticleRecord

ANEW = "name another --run, or begin anew with --restart"

_log = logging.getLogger(__name__)
_TABLES = tuple(field.name for field in fields(Rows))


@dataclass(frozen=True, slots=True)
class AsRows:
    """Makes rows of a part where it was parsed; one process alone talks with the database."""

    run: str
    part: int

    def write(self, records: Sequence[ArticleRecord]) -> list[Written]:
        """Return the rows of the three tables, each as a file of JSON would be."""
        rows = make_rows(records, run=self.run, part=self.part)
        contents = [getattr(rows, table).encode("utf-8") for table in _TABLES]
        return [Written(len(c), hashlib.sha256(c).hexdigest(), c) for c in contents]


class RunDatabase(Destination):
    """Keeps a run in a database; use ``open_run_database``."""

    anew = ANEW

    def __init__(self, store: RunStore, manifest: Manifest) -> None:
        super().__init__(store.place, manifest)
        self._store = store
        self._told = False
        self._part: tuple[Rows, Part, Outcome] | None = None

    def writer(self, number: int, *, same_disk: bool) -> Writer:
        """Have workers hand rows over."""
        return AsRows(self._store.run, number)

    def commit(self, part: Part, outcome: Outcome) -> PartEntry:
        """Add a finished part, in one transaction."""
        with self._store.together():
            return super().commit(part, outcome)

    def store(self, part: Part, outcome: Outcome) -> Stored:
        """Take the rows; they are written with the note that the part is done."""
        contents = [(file.content or b"").decode("utf-8") for file in outcome.files]
        self._part = Rows(*contents), part, outcome
        return Stored(list_files(_TABLES, outcome.files))

    def save(self) -> None:
        """Write the row of the run, and the part that was stored last."""
        with self._store.together():
            self._store.save(_run_row(self.manifest))
            if self._part is None:
                return
            rows, part, outcome = self._part
            self._part = None
            self._warn(rows)
            failures = [asdict(failure) for failure in (*part.failures, *outcome.failures)]
            duplicates = [asdict(duplicate) for duplicate in part.duplicates]
            self._store.add_part(_part_row(self.manifest.parts[-1]), rows, failures, duplicates)

    def _warn(self, rows: Rows) -> None:
        """Tell once that articles of another origin have the ids of these."""
        if self._told:
            return
        if count := self._store.count_foreign(rows):
            self._told = True
            _log.warning(
                "%s: %d article(s) of this part are there already, not of this run; articles"
                " with the same id are replaced",
                *(self.name, count),
            )


@contextmanager
def open_run_database(
    address: Address,
    run: str,
    setup: Setup,
    *,
    restart: bool,
    schema: str | None,
    table_prefix: str,
) -> Iterator[RunDatabase]:
    """Yield a run in a database, for this process alone; a run that was begun goes on.

    Raises OutputError if another process has these tables, or if the run was begun otherwise; with
    ``restart`` what is of the run is removed first.
    """
    with open_run(address, run, schema=schema, table_prefix=table_prefix) as store:
        with store.together():
            if restart:
                store.clear()
            found = _read_manifest(store)
            if found and not found.has_articles:
                store.clear()
                found = None
            manifest = manifest_to_go_on(store.place, found, setup, anew=ANEW)
            database = RunDatabase(store, manifest)
            if found is None:
                database.save()
        yield database


def _read_manifest(store: RunStore) -> Manifest | None:
    stored = store.load()
    if stored is None:
        return None
    run = stored.run
    content = {
        "manifest": run["manifest"],
        "setup": {
            "format": "postgis",
            **{name: run[name] for name in ("geomap", "gazetteer", "part_size", "settings")},
        },
        "models": run["models"],
        "complete": run["complete"],
        "totals": _counts(run),
        "parts": [
            {
                "number": row["part"],
                "input_sha256": row["input_sha256"],
                "files": row["files"],
                "counts": _counts(row),
                "errors_bytes": 0,
                "duplicates_bytes": 0,
            }
            for row in stored.parts
        ],
    }
    try:
        return Manifest.model_validate(content)
    except ValidationError as error:
        message = f"{store.place}: was begun by a geomap that noted it otherwise; {ANEW}"
        raise OutputError(message) from error


def _counts(row: dict[str, Any]) -> dict[str, int]:
    return {name: row[name] for name in Counts.model_fields}


def _run_row(manifest: Manifest) -> dict[str, Any]:
    setup = manifest.setup
    return {
        "manifest": manifest.manifest,
        **setup.model_dump(include={"geomap", "gazetteer", "part_size", "settings"}),
        "models": manifest.models,
        "complete": manifest.complete,
        **manifest.totals.model_dump(),
    }


def _part_row(entry: PartEntry) -> dict[str, Any]:
    return {
        "part": entry.number,
        "input_sha256": entry.input_sha256,
        "files": [file.model_dump() for file in entry.files],
        **entry.counts.model_dump(),
    }
