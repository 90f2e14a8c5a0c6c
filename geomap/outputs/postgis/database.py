"""Records into the tables of a database: whole articles, one transaction a batch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from geomap.errors import DatabaseError
from geomap.outputs.postgis.address import Address
from geomap.outputs.postgis.connection import answer_code, connected, telling
from geomap.outputs.postgis.layout import (
    DEFAULT_PREFIX,
    RENEWED,
    Layout,
    RunTables,
    check_layout,
    make_layout,
    make_run_tables,
)
from geomap.outputs.postgis.rows import Rows, make_rows
from geomap.records import ArticleRecord

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

_WITHOUT = "there is no PostGIS in the database"
# By what the server answers where it cannot be made.
_WITHOUT_POSTGIS = {
    "42501": f"{_WITHOUT}; have its owner or an administrator run CREATE EXTENSION postgis there",
    **dict.fromkeys(
        ("0A000", "58P01"),
        f"{_WITHOUT}, nor on the server; install it there (Debian: postgresql-…-postgis-3), then"
        " run CREATE EXTENSION postgis",
    ),
}


class Database:
    """Writes articles with their toponyms and events; use ``open_database``."""

    def __init__(
        self, connection: Connection, address: Address, layout: Layout, prefix: str
    ) -> None:
        self.connection = connection
        self.address = address
        self.layout = layout
        self._prefix = prefix

    def add_run_tables(self) -> RunTables:
        """Have the tables of runs there too."""
        tables = make_run_tables(self.layout, self._prefix)
        with telling(self.address):
            _make_tables(self.connection, self.layout)
        return tables

    def write(self, records: Sequence[ArticleRecord]) -> None:
        """Put articles in place of what was there under their ids, all of them or none.

        Raises DatabaseError where the database refuses or is gone.
        """
        rows = make_rows(records)
        with telling(self.address), self.connection.begin():
            self.put(rows)

    def put(self, rows: Rows) -> None:
        """Do so with their rows, within a transaction that has been begun."""
        self.upsert(self.layout.articles, rows.articles)
        for table, news in (
            (self.layout.toponyms, rows.toponyms),
            (self.layout.events, rows.events),
        ):
            self._remove_others(table, rows.articles, news)
            self.upsert(table, news)

    def upsert(self, table: Table, rows: str) -> None:
        """Insert rows, a JSON array, or have them replace those with the same key."""
        name, quote = self.quoted(table), self._quote
        own = [column for column in table.columns if column.server_default is None]
        columns = ", ".join(quote(column.name) for column in own)
        key = ", ".join(quote(column.name) for column in table.primary_key)
        news = [quote(column.name) for column in own if not column.primary_key]
        changes = [f"{column} = excluded.{column}" for column in news]
        # What the server fills in by itself are times.
        changes += [f"{quote(c.name)} = DEFAULT" for c in table.columns if c.info.get(RENEWED)]
        self._execute(
            f"INSERT INTO {name} ({columns})"  # noqa: S608 - names are quoted
            f" SELECT {columns} FROM json_populate_recordset(NULL::{name}, CAST(:rows AS json))"
            f" ON CONFLICT ({key}) DO UPDATE SET {', '.join(changes)}",
            rows=rows,
        )

    def _remove_others(self, table: Table, articles: str, rows: str) -> None:
        """Remove rows of the articles that are there no more."""
        name, parents = self.quoted(table), self.quoted(self.layout.articles)
        columns = ", ".join(self._quote(column.name) for column in table.primary_key)
        self._execute(
            f"DELETE FROM {name} WHERE article_id IN (SELECT article_id"  # noqa: S608
            f" FROM json_populate_recordset(NULL::{parents}, CAST(:articles AS json)))"
            f" AND ({columns}) NOT IN (SELECT {columns}"
            f" FROM json_populate_recordset(NULL::{name}, CAST(:rows AS json)))",
            articles=articles,
            rows=rows,
        )

    def quoted(self, table: Table) -> str:
        """Return the table's name for a statement."""
        # A colon would begin the name of a parameter.
        preparer = self.connection.dialect.identifier_preparer
        name: str = preparer.format_table(table)
        return name.replace(":", r"\:")

    def _quote(self, column: str) -> str:
        name: str = self.connection.dialect.identifier_preparer.quote(column)
        return name

    def _execute(self, statement: str, **values: Any) -> None:
        from sqlalchemy import text

        self.connection.execute(text(statement), values)


@contextmanager
def open_database(
    address: Address, *, schema: str | None = None, table_prefix: str = DEFAULT_PREFIX
) -> Iterator[Database]:
    """Yield a database whose tables are there and fit, made if they were not.

    ``schema`` None: the first one of the user's search path, "public" as a rule. Raises
    DatabaseError where it cannot be reached, lacks PostGIS, or refuses.
    """
    with connected(address) as connection:
        with telling(address):
            layout = _prepare(connection, schema, table_prefix)
        yield Database(connection, address, layout, table_prefix)


def _prepare(connection: Connection, schema: str | None, prefix: str) -> Layout:
    _require_postgis(connection)
    with connection.begin():
        _wait_for_others(connection)
        named = _find_schema(connection, schema)
    layout = make_layout(named, prefix)
    _make_tables(connection, layout)
    return layout


def _make_tables(connection: Connection, layout: Layout) -> None:
    with connection.begin():
        _wait_for_others(connection)
        check_layout(connection, layout.metadata)
        layout.metadata.create_all(connection)


def _wait_for_others(connection: Connection) -> None:
    """Let nobody else make schemas and tables until the transaction ends: both would."""
    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('geomap tables'))")


def _require_postgis(connection: Connection) -> None:
    """Have PostGIS in the database, and its types found by their names."""
    from sqlalchemy.exc import DBAPIError

    with connection.begin():
        place = _place_of_postgis(connection)
    if place is None:
        try:
            with connection.begin():
                connection.exec_driver_sql("CREATE EXTENSION postgis")
                place = _place_of_postgis(connection)
        except DBAPIError as error:
            if message := _WITHOUT_POSTGIS.get(answer_code(error) or ""):
                raise DatabaseError(message) from error
            raise
    with connection.begin():
        connection.exec_driver_sql(
            "SELECT set_config('search_path',"
            " concat_ws(', ', nullif(current_setting('search_path'), ''), quote_ident(%s)), false)",
            (place,),
        )


def _place_of_postgis(connection: Connection) -> str | None:
    found = connection.exec_driver_sql(
        "SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace"
        " WHERE e.extname = 'postgis'"
    )
    place: str | None = found.scalar()
    return place


def _find_schema(connection: Connection, wanted: str | None) -> str:
    """Return the schema for the tables, made if it is not there."""
    from sqlalchemy import inspect
    from sqlalchemy.schema import CreateSchema

    if wanted is None:
        first: str | None = connection.exec_driver_sql("SELECT current_schema()").scalar()
        if first is None:
            raise DatabaseError("the user's search_path names no schema; name one with --schema")
        return first
    if not inspect(connection).has_schema(wanted):
        connection.execute(CreateSchema(wanted))
    return wanted
