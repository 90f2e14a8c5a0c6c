"""Options and tables that the gazetteer's commands share."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

path_option = click.option(
    "--gazetteer",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="GEOMAP_GAZETTEER",
    metavar="PATH",
    help="Use this gazetteer file; made from the shipped data if it does not exist.",
)
dry_run_option = click.option("--dry-run", is_flag=True, help="Change nothing, only tell.")


class Point(click.ParamType[tuple[float, float]]):
    """``LAT,LON`` in degrees."""

    name = "lat,lon"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[float, float]:
        """Turn "33.5,36.3" into a pair of numbers."""
        if isinstance(value, tuple):
            return value
        try:
            lat, lon = (float(part) for part in value.split(","))
        except ValueError:
            self.fail(f"{value!r} is not LAT,LON, for example 33.5,36.3", param, ctx)
        if not (abs(lat) <= 90 and abs(lon) <= 180):
            self.fail(f"{value!r} is not on the globe", param, ctx)
        return lat, lon


def show_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Draw a table on a terminal, write aligned text anywhere else."""
    if sys.stdout.isatty():
        from rich.console import Console
        from rich.table import Table

        table = Table(*columns)
        for row in rows:
            table.add_row(*row)
        Console(markup=False).print(table)
        return
    widths = [max(map(len, column)) for column in zip(columns, *rows, strict=True)]
    for row in (columns, *rows):
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo(line.rstrip())
