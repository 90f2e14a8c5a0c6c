"""The tables: their columns, keys and indexes; made where they are missing, checked where not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geomap.errors import DatabaseError
from geomap.outputs.tables import FLOAT_COLUMNS, INTEGER_COLUMNS
from geomap.records import ArticleRecord, EventRecord, MadeByRecord, SourceRecord, ToponymRecord

if TYPE_CHECKING:
    from sqlalchemy import Column, Connection, MetaData, Table

DEFAULT_PREFIX = "geomap_"
RENEWED = "renewed"
"""In the ``info`` of columns that an upsert sets to their default again."""
SRID = 4326

# END is a word of SQL's: it would have to be quoted whenever it is written.
COLUMN_NAMES = {"start": "start_offset", "end": "end_offset"}
NESTED = frozenset(("schema_", "id", "source", "made_by", "toponyms", "events"))
"""Fields of a record that are no columns of its article: parts of it, and its key."""

_DATES = frozenset(("published", "date_start", "date_end"))
_DOCUMENTS = frozenset(("relation", "mentions", "alternatives"))
_LISTS = frozenset(("evidence", "diagnostics"))
_FLAGS = frozenset(("acled_scope",))
_NEVER_EMPTY = frozenset(("lang", "text", "event_type", "description", "modality", "confidence"))
# Names of indexes are the longest, and PostgreSQL cuts what is over 63 bytes.
_PREFIX = re.compile(r"[A-Za-z_]?[A-Za-z0-9_]{0,31}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Layout:
    """The tables of one schema and prefix."""

    metadata: MetaData
    articles: Table
    toponyms: Table
    events: Table


def make_layout(schema: str, prefix: str) -> Layout:
    """Return the tables as they are to be; raises DatabaseError for an unfit prefix."""
    from sqlalchemy import BigInteger, Column, MetaData, Text

    if not _PREFIX.fullmatch(prefix):
        message = f"{prefix!r} cannot begin the names of tables"
        raise DatabaseError(f"{message}; take up to 32 letters, digits and underscores")
    metadata = MetaData(schema=schema)
    articles = _table(
        metadata, prefix, "articles",
        Column("article_id", Text, primary_key=True),
        *_columns([*ArticleRecord.model_fields, *SourceRecord.model_fields]),
        *_columns(MadeByRecord.model_fields),
        Column("run", Text), Column("part", BigInteger), _moment("written_at", renewed=True),
    )  # fmt: skip
    toponyms = _table(
        metadata, prefix, "toponyms",
        *_keys(articles, "toponym_id"), *_columns(ToponymRecord.model_fields), *_place("POINT"),
    )  # fmt: skip
    events = _table(
        metadata, prefix, "events",
        *_keys(articles, "event_id"), *_columns(EventRecord.model_fields), *_place("GEOMETRY"),
    )  # fmt: skip
    _index(articles, "published", "run")
    _index(toponyms, "geonameid", "geometry")
    _index(events, "event_type", "date_start", "country", "geometry")
    return Layout(metadata, articles, toponyms, events)


@dataclass(frozen=True, slots=True)
class RunTables:
    """What is noted of the runs of ``geomap batch``, beside the articles."""

    runs: Table
    parts: Table
    errors: Table
    duplicates: Table


_COUNTS = ("articles", "toponyms", "events", "failed", "duplicates")


def make_run_tables(layout: Layout, prefix: str) -> RunTables:
    """Add the tables of runs to a layout."""
    from sqlalchemy import BigInteger, Boolean, Column, ForeignKeyConstraint, Text
    from sqlalchemy.dialects.postgresql import JSONB

    def texts(*names: str) -> list[Column[Any]]:
        return [Column(name, Text) for name in names]

    def counts() -> list[Column[Any]]:
        return [Column(name, BigInteger, nullable=False) for name in _COUNTS]

    def key(*names: str) -> list[Column[Any]]:
        kinds = {"run": Text()}
        return [Column(n, kinds.get(n, BigInteger()), primary_key=True) for n in names]

    metadata = layout.metadata
    runs = _table(
        metadata, prefix, "runs",
        *key("run"), *texts("manifest", "geomap", "gazetteer"), Column("part_size", BigInteger),
        Column("settings", JSONB), Column("models", JSONB),
        Column("complete", Boolean, nullable=False), *counts(),
        _moment("begun_at", renewed=False), _moment("changed_at", renewed=True),
    )  # fmt: skip
    parts = _table(
        metadata, prefix, "parts",
        *key("run", "part"), *texts("input_sha256"), Column("files", JSONB), *counts(),
        _moment("finished_at", renewed=True),
    )  # fmt: skip
    errors = _table(
        metadata, prefix, "errors",
        *key("run", "part", "number"), *texts("id", "source"), Column("line", BigInteger),
        *texts("error", "reason"),
    )  # fmt: skip
    duplicates = _table(
        metadata, prefix, "duplicates", *key("run", "part", "number"), *texts("id", "duplicate_of")
    )
    for child, parent, names in (
        (parts, runs, ["run"]), (errors, parts, ["run", "part"]),
        (duplicates, parts, ["run", "part"]),
    ):  # fmt: skip
        columns = [parent.c[name] for name in names]
        child.append_constraint(ForeignKeyConstraint(names, columns, ondelete="CASCADE"))
    return RunTables(runs, parts, errors, duplicates)


def _table(metadata: MetaData, prefix: str, name: str, *columns: Column[Any]) -> Table:
    from sqlalchemy import PrimaryKeyConstraint, Table

    key = [column.name for column in columns if column.primary_key]
    constraint = PrimaryKeyConstraint(*key, name=f"{prefix}{name}_pkey")
    return Table(f"{prefix}{name}", metadata, *columns, constraint)


def _keys(articles: Table, identifier: str) -> list[Column[Any]]:
    from sqlalchemy import Column, ForeignKey, Text

    parent = ForeignKey(articles.c.article_id, ondelete="CASCADE")
    return [
        Column("article_id", Text, parent, primary_key=True),
        Column(identifier, Text, primary_key=True),
    ]


def _columns(fields: Any) -> Iterator[Column[Any]]:
    from sqlalchemy import Column

    for field in fields:
        if field not in NESTED and field not in ("event_id", "geometry"):
            name = COLUMN_NAMES.get(field, field)
            yield Column(name, _type_of(field), nullable=field not in _NEVER_EMPTY)


def _type_of(field: str) -> Any:
    from sqlalchemy import BigInteger, Boolean, Date, Double, Text
    from sqlalchemy.dialects.postgresql import ARRAY, JSONB

    kinds: tuple[tuple[frozenset[str], Any], ...] = (
        (INTEGER_COLUMNS, BigInteger()),
        (FLOAT_COLUMNS, Double()),
        (_DATES, Date()),
        (_DOCUMENTS, JSONB()),
        (_LISTS, ARRAY(Text())),
        (_FLAGS, Boolean()),
    )
    return next((kind for names, kind in kinds if field in names), Text())


def _place(kind: str) -> list[Column[Any]]:
    from geoalchemy2 import Geometry
    from sqlalchemy import Column, Text

    # The index gets its name below, with the prefix.
    return [
        Column("data_credit", Text),
        Column("geometry", Geometry(kind, srid=SRID, spatial_index=False)),
    ]


def _moment(name: str, *, renewed: bool) -> Column[Any]:
    """Return a column that the server fills with the time, anew with each change if so wanted."""
    from sqlalchemy import Column, DateTime, func

    kind = DateTime(timezone=True)
    info = {RENEWED: renewed}
    return Column(name, kind, nullable=False, server_default=func.now(), info=info)


def _index(table: Table, *columns: str) -> None:
    from sqlalchemy import Index

    for name in columns:
        using = "gist" if name == "geometry" else "btree"
        Index(f"{table.name}_{name}_idx", table.c[name], postgresql_using=using)


def check_layout(connection: Connection, metadata: MetaData) -> None:
    """Raise DatabaseError unless every table that is there is as this geomap makes it.

    Further columns are nobody's business but the owner's.
    """
    from sqlalchemy import inspect

    inspector = inspect(connection)
    there = set(inspector.get_table_names(schema=metadata.schema))
    for table in metadata.sorted_tables:
        if table.name not in there:
            continue
        found = {
            column["name"]: column["type"]
            for column in inspector.get_columns(table.name, schema=metadata.schema)
        }
        key = inspector.get_pk_constraint(table.name, schema=metadata.schema)
        if slip := _find_slip(table, found, key["constrained_columns"]):
            message = (
                f"table {table.schema}.{table.name} was made by another version of geomap, or is"
                f" somebody else's ({slip}); name another --schema or --table-prefix, or drop it"
            )
            raise DatabaseError(message)


def _find_slip(table: Table, found: dict[str, Any], key: list[str]) -> str | None:
    for column in table.columns:
        if column.name not in found:
            return f"it lacks the column {column.name}"
        if not isinstance(found[column.name], _family(column.type)):
            return f"its column {column.name} is {found[column.name]}"
    wanted = [column.name for column in table.primary_key]
    return None if set(key) == set(wanted) else f"its primary key is not ({', '.join(wanted)})"


def _family(kind: Any) -> type:
    """Return the class that the type of an existing column must be of."""
    from sqlalchemy import Double, Float, Integer, String, Text

    families = ((Text, String), (Integer, Integer), (Double, Float))
    return next((family for own, family in families if isinstance(kind, own)), type(kind))
