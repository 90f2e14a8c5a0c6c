"""``geomap export``: events or toponyms for GIS tools."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geomap.articles import expand_inputs
from geomap.cli import options
from geomap.cli.messages import log
from geomap.cli.sources import Failures, check_output, iter_records

if TYPE_CHECKING:
    from collections.abc import Callable

    from geomap.outputs.coded import View
    from geomap.outputs.vector import Format
    from geomap.records import ArticleRecord

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
@options.parsing
def export(
    inputs: tuple[str, ...],
    output: Path | None,
    fmt: Format | View | None,
    toponyms: bool,
    **chosen: Any,
) -> None:
    """Write events or toponyms for GIS tools and tables.

    Takes articles, and the JSON Lines that `geomap parse` wrote, corrected by hand or not.
    """
    write = _coded(output, fmt, toponyms) if fmt in _VIEWS else _vector(output, fmt, toponyms)
    failures = Failures()
    files = expand_inputs(inputs, failures.report)
    check_output(output, files)
    records = list(iter_records(files, options.make_settings(**chosen), failures))
    if records:
        count = write(records)
        if output:
            what = "toponyms" if toponyms else "events"
            log.info("%s: %d %s from %d article(s)", output, count, what, len(records))
    failures.exit(anything_done=bool(records))


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
