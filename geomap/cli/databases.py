"""The options that name tables of a database, and records written into them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from geomap.cli.messages import log
from geomap.cli.options import adding

if TYPE_CHECKING:
    from geomap.outputs.postgis import Database
    from geomap.records import ArticleRecord

# What a transaction holds: so many articles, or so much text.
_MOST_ARTICLES = 200
_MOST_CHARACTERS = 4_000_000

_SHAPE = "postgresql://user@host/name"

tables = adding(
    click.option(
        "--schema",
        metavar="NAME",
        help="The database's schema for the tables, made if it is not there"
        " (default: the user's first, public as a rule).",
    ),
    click.option(
        "--table-prefix",
        metavar="PREFIX",
        help="What the names of the tables begin with (default: geomap_).",
    ),
)
"""Adds the options that say where in a database."""


def check_tables(address: str | None, **given: str | None) -> dict[str, Any]:
    """Return what was given of those options; raises a usage error where there is no database."""
    from geomap.outputs.postgis import is_database

    if address is not None and not is_database(address):
        raise click.UsageError(f"that is no address of a database; write {_SHAPE}")
    chosen = {name: value for name, value in given.items() if value is not None}
    if chosen and address is None:
        name = next(iter(chosen)).replace("_", "-")
        raise click.UsageError(f"--{name} is of a database; name one: {_SHAPE}")
    return chosen


def write_records(records: Iterable[ArticleRecord], database: Database) -> tuple[int, int]:
    """Write records, some a transaction; return how many articles and events were written."""
    articles = events = 0
    for some in _batches(records):
        database.write(some)
        articles += len(some)
        events += sum(len(record.events) for record in some)
        log.debug("%s: %d article(s) so far", database.address, articles)
    return articles, events


def _batches(records: Iterable[ArticleRecord]) -> Iterator[list[ArticleRecord]]:
    batch: list[ArticleRecord] = []
    characters = 0
    for record in records:
        batch.append(record)
        characters += len(record.text)
        if len(batch) >= _MOST_ARTICLES or characters >= _MOST_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch
