"""Runs over archives: which parts of them are in the database, and what failed or came twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.errors import DatabaseError
from geomap.outputs.postgis.address import Address
from geomap.outputs.postgis.connection import answer_code, telling
from geomap.outputs.postgis.database import Database, open_database
from geomap.outputs.postgis.layout import DEFAULT_PREFIX, RunTables
from geomap.outputs.postgis.rows import Rows, to_json
from geomap.outputs.tables import Row

if TYPE_CHECKING:
    from sqlalchemy import Table

# A run that was killed leaves its lock within moments.
_LOCK_WAIT = "5s"
_LOCKED = "55P03"


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A run as its tables have it: its own row, and those of its parts, in order."""

    run: Row
    parts: list[Row]


class RunStore:
    """The rows of one run, and the articles of its parts; use ``open_run``.

    Every method is a transaction of its own, unless it is within ``together``.
    """

    def __init__(self, database: Database, tables: RunTables, run: str) -> None:
        self.run = run
        self._database = database
        self._tables = tables

    @property
    def place(self) -> str:
        """The address and the run, for messages."""
        return f"{self._database.address}, run {self.run!r}"

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make one transaction of all that is done within: all of it stays, or nothing."""
        connection = self._database.connection
        begun = nullcontext() if connection.in_transaction() else connection.begin()
        with telling(self._database.address), begun:
            yield

    def load(self) -> StoredRun | None:
        """Return what there is of the run, None for a new one."""
        from sqlalchemy import select

        runs, parts = self._tables.runs, self._tables.parts
        with self.together():
            execute = self._database.connection.execute
            found = execute(select(runs).where(runs.c.run == self.run)).mappings().first()
            if found is None:
                return None
            of_run = select(parts).where(parts.c.run == self.run).order_by(parts.c.part)
            return StoredRun(dict(found), [dict(row) for row in execute(of_run).mappings()])

    def save(self, row: Row) -> None:
        """Put the row of the run in place."""
        with self.together():
            self._upsert(self._tables.runs, [row])

    def add_part(
        self, row: Row, rows: Rows, failures: Sequence[Row], duplicates: Sequence[Row]
    ) -> None:
        """Write the articles of a part, and note that it is done; ``row`` is its own."""
        part = row["part"]
        with self.together():
            self._database.put(rows)
            self._upsert(self._tables.parts, [row])
            for table, items in (
                (self._tables.errors, failures),
                (self._tables.duplicates, duplicates),
            ):
                numbered = [{"part": part, "number": n, **item} for n, item in enumerate(items, 1)]
                self._upsert(table, numbered)

    def count_foreign(self, rows: Rows) -> int:
        """Return how many of the articles are there already and of another run, or of none."""
        from sqlalchemy import text

        articles = self._database.quoted(self._database.layout.articles)
        statement = (
            f"SELECT count(*) FROM {articles} JOIN json_populate_recordset("  # noqa: S608
            f"NULL::{articles}, CAST(:rows AS json)) AS new USING (article_id)"
            f" WHERE {articles}.run IS DISTINCT FROM :run"
        )
        with self.together():
            values = {"rows": rows.articles, "run": self.run}
            return int(self._database.connection.execute(text(statement), values).scalar_one())

    def clear(self) -> None:
        """Remove the run and its articles."""
        from sqlalchemy import delete

        articles, runs = self._database.layout.articles, self._tables.runs
        with self.together():
            execute = self._database.connection.execute
            execute(delete(articles).where(articles.c.run == self.run))
            execute(delete(runs).where(runs.c.run == self.run))

    def _upsert(self, table: Table, rows: Sequence[Row]) -> None:
        if rows:
            self._database.upsert(table, to_json({"run": self.run, **row} for row in rows))

    def lock(self) -> None:
        """Have the tables for this run alone, until the connection ends."""
        from sqlalchemy.exc import DBAPIError

        layout = self._database.layout
        key = f"geomap runs of {layout.articles.schema} {layout.articles.name}"
        try:
            with self.together():
                execute = self._database.connection.exec_driver_sql
                execute(f"SET LOCAL lock_timeout = '{_LOCK_WAIT}'")
                execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", (key,))
        except DatabaseError as error:
            cause = error.__cause__
            if isinstance(cause, DBAPIError) and answer_code(cause) == _LOCKED:
                message = (
                    f"{self._database.address}: another geomap batch is writing to these tables;"
                    " wait for it to end, or name another --schema"
                )
                raise DatabaseError(message) from error
            raise


@contextmanager
def open_run(
    address: Address, run: str, *, schema: str | None = None, table_prefix: str = DEFAULT_PREFIX
) -> Iterator[RunStore]:
    """Yield the store of a run, for this process alone. Raises DatabaseError as open_database."""
    with open_database(address, schema=schema, table_prefix=table_prefix) as database:
        store = RunStore(database, database.add_run_tables(), run)
        store.lock()
        yield store
