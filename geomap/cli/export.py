"""``geomap export``: events or toponyms for GIS tools, or all there is for a database."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geomap.cli import databases, options
from geomap.cli.messages import log
from geomap.cli.sources import (
    NONE_AS_ASKED,
    Failures,
    check_output,
    expand_sources,
    iter_many_records,
    iter_records,
)
from geomap.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from geomap.outputs.coded import View
    from geomap.outputs.selection import Selection
    from geomap.outputs.vector import Format
    from geomap.records import ArticleRecord
    from geomap.settings import Settings

    Write = Callable[[list[ArticleRecord]], int]

_FORMATS = ("geojson", "csv", "gpkg", "fgb", "parquet", "kml", "acled", "ucdp")
_VIEWS = ("acled", "ucdp")


@click.command(epilog="Example: geomap export article.txt -f gpkg -o events.gpkg")
@options.inputs
@options.output_file("Write to this file (default: stdout; binary formats need it).")
@click.option(
    "-f",
    "--format",
    "fmt",
    type=click.Choice(_FORMATS),
    help="File format (default: by the name of the output file, else geojson); acled and ucdp are "
    "CSV in the columns of these data sets.",
)
@click.option("--toponyms", is_flag=True, help="All resolved toponyms instead of the events.")
@click.option(
    "--to",
    "address",
    metavar="ADDRESS",
    help="Write articles, toponyms and events to this PostGIS database:"
    " postgresql://user@host/name; the password may stand in ~/.pgpass (needs geomap[postgis]).",
)
@databases.tables
@options.selecting
@options.parsing
def export(
    inputs: tuple[str, ...],
    output: Path | None,
    fmt: Format | View | None,
    toponyms: bool,
    address: str | None,
    schema: str | None,
    table_prefix: str | None,
    **chosen: Any,
) -> None:
    """Write events or toponyms for GIS tools and tables, or all there is to a database.

    Takes articles, the JSON Lines that `geomap parse` wrote, corrected by hand or not, and folders
    that `geomap batch` wrote. --min-confidence, if given, leaves out less certain events too.
    """
    selection = options.take_selection(chosen)
    if selection and (toponyms or address is not None):
        message = "--since, --until, --country and --event-type choose events for a file"
        raise click.UsageError(f"{message}; leave out {'--to' if address else '--toponyms'}")
    least = options.asked_confidence(chosen["min_confidence"])
    selection = replace(selection, min_confidence=least)
    where = databases.check_tables(address, schema=schema, table_prefix=table_prefix)
    if address is not None:
        if output or fmt or toponyms:
            raise click.UsageError(
                "--to takes everything to a database; leave out -o, -f, --toponyms"
            )
        _to_database(inputs, address, where, options.make_settings(**chosen))
        return
    write = _coded(output, fmt, toponyms) if fmt in _VIEWS else _vector(output, fmt, toponyms)
    failures = Failures()
    files = expand_sources(inputs, failures)
    check_output(output, files)
    found = iter_records(files, options.make_settings(**chosen), failures)
    records = _select(found, selection) if selection and not toponyms else list(found)
    if records:
        count = write(records)
        if output:
            what = "toponyms" if toponyms else "events"
            log.info("%s: %d %s from %d article(s)", output, count, what, len(records))
            if not (toponyms or fmt in _VIEWS):
                _tell_unplaced(output, records, count)
    failures.exit(anything_done=bool(records))


def _select(found: Iterable[ArticleRecord], selection: Selection) -> list[ArticleRecord]:
    """Return the articles that have wanted events, with these only."""
    articles, records = 0, []
    for record in found:
        articles += 1
        if (selected := selection.select(record)).events:
            records.append(selected)
    if articles and not records:
        raise OutputError(NONE_AS_ASKED)
    return records


def _tell_unplaced(output: Path, records: list[ArticleRecord], written: int) -> None:
    """Say how many events are not in the file, which has only those on the map."""
    if unplaced := sum(len(record.events) for record in records) - written:
        log.info("%s: left out: %d event(s) without a place", output, unplaced)


def _to_database(
    inputs: tuple[str, ...], address: str, where: dict[str, Any], settings: Settings
) -> None:
    from geomap.outputs.postgis import open_database, parse_address

    failures = Failures()
    files = expand_sources(inputs, failures)
    # The database first: nobody waits for articles to be parsed that have nowhere to go.
    with open_database(parse_address(address), **where) as database:
        records = iter_many_records(files, settings, failures)
        articles, events = databases.write_records(records, database)
        log.info("%s: %d article(s), %d event(s) written", database.address, articles, events)
    failures.exit(anything_done=articles > 0)


def _vector(output: Path | None, fmt: Any, toponyms: bool) -> Write:
    from geomap.outputs import vector

    try:
        chosen = vector.choose_format(output, fmt)
    except ValueError as error:
        raise click.UsageError(str(error), click.get_current_context()) from error
    return lambda records: vector.export(records, output, chosen, toponyms=toponyms)


def _coded(output: Path | None, view: Any, toponyms: bool) -> Write:
    from geomap.outputs.coded import write_view

    if toponyms:
        raise click.UsageError(f"{view} is a table of events; leave out --toponyms")
    if output and output.suffix.lower() != ".csv":
        raise click.UsageError(f"{view} is written as CSV; name it {output.with_suffix('.csv')}")
    return lambda records: write_view(records, output, view)
