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
    from geomap.outputs.vector import Format

_FORMATS = ("geojson", "csv", "gpkg", "fgb", "parquet", "kml")


@click.command(epilog="Example: geomap export article.txt -f gpkg -o events.gpkg")
@options.inputs
@options.output_file("Write to this file (default: stdout; binary formats need it).")
@click.option(
    "-f",
    "--format",
    "fmt",
    type=click.Choice(_FORMATS),
    help="File format (default: by the name of the output file, else geojson).",
)
@click.option("--toponyms", is_flag=True, help="All resolved toponyms instead of the events.")
@options.parsing
def export(
    inputs: tuple[str, ...],
    output: Path | None,
    fmt: Format | None,
    toponyms: bool,
    **chosen: Any,
) -> None:
    """Write events or toponyms for GIS tools and tables.

    Takes articles, and the JSON Lines that `geomap parse` wrote, corrected by hand or not.
    """
    from geomap.outputs import vector

    try:
        chosen_format = vector.choose_format(output, fmt)
    except ValueError as error:
        raise click.UsageError(str(error), click.get_current_context()) from error
    failures = Failures()
    files = expand_inputs(inputs, failures.report)
    check_output(output, files)
    records = list(iter_records(files, options.make_settings(**chosen), failures))
    if records:
        count = vector.export(records, output, chosen_format, toponyms=toponyms)
        if output:
            what = "toponyms" if toponyms else "events"
            log.info("%s: %d %s from %d article(s)", output, count, what, len(records))
    failures.exit(anything_done=bool(records))
