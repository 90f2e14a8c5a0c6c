"""``geomap gazetteer update`` and ``rollback``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from geomap.cli.gazetteer.tables import dry_run_option, path_option

if TYPE_CHECKING:
    from geomap.gazetteer.update import UpdateReport
    from geomap.gazetteer.update.origins import Progress
    from geomap.gazetteer.update.report import Change


def _codes(_: click.Context, __: click.Parameter, value: str | None) -> tuple[str, ...]:
    codes = (code.strip().upper() for code in (value or "").split(","))
    return tuple(dict.fromkeys(filter(None, codes)))


@click.command()
@click.option(
    "--countries", metavar="XX,YY", callback=_codes, help="Only these (default: the whole world)."
)
@click.option(
    "--from",
    "origin",
    metavar="URL_OR_FOLDER",
    help="Where GeoNames' dump files are (default: download.geonames.org).",
)
@click.option(
    "--detail",
    type=click.Choice(["towns", "villages"]),
    help="What to take in: towns from 500 people, or all that news names"
    " (default: villages where countries are named).",
)
@click.option("--daily", is_flag=True, help="Apply only the files of daily changes.")
@click.option("--json", "as_json", is_flag=True, help="Write the report as JSON.")
@dry_run_option
@path_option
def update(
    countries: tuple[str, ...],
    origin: str | None,
    detail: Literal["towns", "villages"] | None,
    daily: bool,
    as_json: bool,
    dry_run: bool,
    path: Path | None,
) -> None:
    """Bring the gazetteer up to date from GeoNames, and tell what has changed.

    Places are merged by their GeoNames number; what was curated, German names and your own layer
    stay. The new file is built beside the old one and takes its place in one step at the end; the
    old one is kept for "rollback". An interrupted download goes on where it stopped. This is the
    one command that uses the network, and only without a folder.

    \b
    Example: geomap gazetteer update --countries SY,IQ,UA
    """
    from geomap.gazetteer.installed import find_installation
    from geomap.gazetteer.update import UpdateRequest, update_gazetteer
    from geomap.gazetteer.update.origins import DEFAULT_URL

    request = UpdateRequest(
        origin=origin or DEFAULT_URL,
        countries=countries,
        detail=detail,
        daily=daily,
        dry_run=dry_run,
    )
    with _progress() as progress:
        report = update_gazetteer(request, find_installation(path), progress)
    if as_json:
        click.echo(json.dumps(report.as_record(), ensure_ascii=False, indent=2))
    else:
        _show(report)


@click.command()
@path_option
def rollback(path: Path | None) -> None:
    """Bring back the gazetteer that the last update replaced.

    \b
    Example: geomap gazetteer rollback
    """
    from geomap.gazetteer import open_gazetteer
    from geomap.gazetteer.installed import find_installation, roll_back

    roll_back(find_installation(path))
    with open_gazetteer(path) as store:
        click.echo(f"{store.version} is in use again ({store.path})")


def _show(report: UpdateReport) -> None:
    click.echo(f"{report.previous} -> {report.version}")
    for kind, changes in (
        ("added", report.additions),
        ("moved", report.moves),
        ("renamed", report.renamings),
        ("deleted", report.deletions),
    ):
        click.echo(f"{kind:10}{getattr(report, kind)}")
        for change in changes:
            click.echo(f"          {_line(kind, change)}")
    click.echo(f"{'changed':10}{report.changed} in all")
    click.echo(f"{'unchanged':10}{report.unchanged}")
    click.echo(f"{'names':10}{report.names_added} added, {report.names_deleted} deleted")
    click.echo(f"{'bad rows':10}{report.bad_rows}")
    for count in report.files:
        for line in count.shown:
            click.echo(f"          {line}")
    click.echo(f"written to {report.path}" if report.path else "nothing was written (dry run)")


def _line(kind: str, change: Change) -> str:
    place = f"{change.name} ({change.country or '-'}, {change.geonameid})"
    if kind == "moved":
        return f"{change.km:.1f} km  {place}"
    return f"{change.was} -> {place}" if kind == "renamed" else place


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """Show a bar for downloads on standard error if that is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def advance(name: str, done: int, total: int | None) -> None:
            if name not in tasks:
                tasks[name] = bar.add_task(name)
            bar.update(tasks[name], completed=done, total=total)

        yield advance
