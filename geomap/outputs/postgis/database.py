"""Records into the tables of a database: whole articles, one transaction a batch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, Any

from geomap.errors import DatabaseError
from geomap.outputs.postgis.address import Address
from geomap.outputs.postgis.connection import answer_code, connected, telling
from geomap.outputs.postgis.layout import DEFAULT_PREFIX, Layout, check_layout, make_layout
from geomap.outputs.postgis.rows import article_row, event_rows, to_json, toponym_rows
from geomap.outputs.tables import Row
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

    def __init__(self, connection: Connection, address: Address, layout: Layout) -> None:
        self.connection = connection
        self.address = address
        self.layout = layout

    def write(self, records: Sequence[ArticleRecord]) -> None:
        """Put articles in place of what was there under their ids, all of them or none.

        Raises DatabaseError where the database refuses or is gone.
        """
        with telling(self.address), self.connection.begin():
            self.put(records)

    def put(self, records: Sequence[ArticleRecord]) -> None:
        """Do so within a transaction that has been begun."""
        # In one order everywhere: two that write the same articles wait, and never for each other.
        records = sorted(records, key=lambda record: record.id)
        self._upsert(self.layout.articles, map(article_row, records))
        identifiers = [record.id for record in records]
        for table, rows_of in (
            (self.layout.toponyms, toponym_rows),
            (self.layout.events, event_rows),
        ):
            rows = list(chain.from_iterable(map(rows_of, records)))
            self._remove_others(table, identifiers, rows)
            self._upsert(table, rows)

    def _upsert(self, table: Table, rows: Iterable[Row]) -> None:
        name, quote = self._quoted(table)
        own = [column for column in table.columns if column.server_default is None]
        columns = ", ".join(quote(column.name) for column in own)
        key = ", ".join(quote(column.name) for column in table.primary_key)
        news = [quote(column.name) for column in own if not column.primary_key]
        changes = [f"{column} = excluded.{column}" for column in news]
        # What the server fills in by itself is the time.
        changes += [f"{quote(c.name)} = DEFAULT" for c in table.columns if c not in own]
        self._execute(
            f"INSERT INTO {name} ({columns})"  # noqa: S608 - names are quoted
            f" SELECT {columns} FROM json_populate_recordset(NULL::{name}, CAST(:rows AS json))"
            f" ON CONFLICT ({key}) DO UPDATE SET {', '.join(changes)}",
            rows=to_json(rows),
        )

    def _remove_others(self, table: Table, articles: list[str], rows: list[Row]) -> None:
        """Remove rows of the articles that are there no more."""
        name, quote = self._quoted(table)
        key = [column.name for column in table.primary_key]
        columns = ", ".join(map(quote, key))
        self._execute(
            f"DELETE FROM {name} WHERE article_id IN"  # noqa: S608 - names are quoted
            " (SELECT json_array_elements_text(CAST(:articles AS json)))"
            f" AND ({columns}) NOT IN (SELECT {columns}"
            f" FROM json_populate_recordset(NULL::{name}, CAST(:rows AS json)))",
            articles=to_json(articles),
            rows=to_json({column: row[column] for column in key} for row in rows),
        )

    def _quoted(self, table: Table) -> tuple[str, Callable[[str], str]]:
        """Return the table's name in SQL, and what quotes the names of columns."""
        quote = self.connection.dialect.identifier_preparer
        # A colon would begin the name of a parameter.
        return quote.format_table(table).replace(":", r"\:"), quote.quote

    def _execute(self, statement: str, **values: Any) -> None:
        from sqlalchemy import text

        self.connection.execute(text(statement), values)


@contextmanager
def open_database(
    address: Address, *, schema: str | None = None, prefix: str = DEFAULT_PREFIX
) -> Iterator[Database]:
    """Yield a database whose tables are there and fit, made if they were not.

    ``schema`` None: the first one of the user's search path, "public" as a rule. Raises
    DatabaseError where it cannot be reached, lacks PostGIS, or refuses.
    """
    with connected(address) as connection:
        with telling(address):
            layout = _prepare(connection, schema, prefix)
        yield Database(connection, address, layout)


def _prepare(connection: Connection, schema: str | None, prefix: str) -> Layout:
    _require_postgis(connection)
    with connection.begin():
        # Two that begin at once would both make the tables.
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('geomap tables'))")
        named = _find_schema(connection, schema)
        layout = make_layout(named, prefix)
        check_layout(connection, layout.metadata)
        layout.metadata.create_all(connection)
    return layout


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
