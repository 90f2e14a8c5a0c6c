"""``geomap gazetteer``: look places up, see what the gazetteer holds."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from geomap.models import Candidate

_COLUMNS = ("name", "kind", "code", "country", "admin1", "lat", "lon", "population", "match")

path_option = click.option(
    "--gazetteer",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="GEOMAP_GAZETTEER",
    metavar="PATH",
    help="Use this gazetteer file; made from the shipped data if it does not exist.",
)


@click.group()
def gazetteer() -> None:
    """Look places up and see what the gazetteer holds.

    \b
    Example: geomap gazetteer search "Tschassiw Jar"
    """


@gazetteer.command()
@click.argument("name")
@click.option("--lang", type=click.Choice(["de", "en"]), help="Put names of this language first.")
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Write JSON, one object a line.")
@path_option
def search(name: str, lang: str | None, limit: int, as_json: bool, path: Path | None) -> None:
    """Show the places called NAME, most prominent first.

    Spelling variants and romanisations are found too. Exits with 1 if there is no such place.

    \b
    Example: geomap gazetteer search Masar-i-Scharif --lang de --limit 3
    """
    from geomap.gazetteer import open_gazetteer

    with open_gazetteer(path) as store:
        found = store.search(name, lang, limit)
    if as_json:
        for candidate in found:
            click.echo(json.dumps(_record(candidate), ensure_ascii=False))
    elif found:
        _show_table(_COLUMNS, [_cells(candidate) for candidate in found])
    if not found:
        click.echo(f"no place called {name!r}; try another spelling", err=True)
        sys.exit(1)


@gazetteer.command()
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@path_option
def info(as_json: bool, path: Path | None) -> None:
    """Show version, path, contents, sources and licences of the gazetteer.

    \b
    Example: geomap gazetteer info --json
    """
    from geomap.gazetteer import open_gazetteer

    with open_gazetteer(path) as store:
        facts = store.info()
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False, indent=2))
        return
    for key in ("version", "path", "bytes", "age_days", "names", "polygons"):
        click.echo(f"{key:10}{facts[key]}")
    places = ", ".join(f"{number} {kind}" for kind, number in sorted(facts["places"].items()))
    click.echo(f"{'places':10}{places}")
    columns = ("provider", "package", "version", "licence", "date")
    click.echo()
    _show_table(columns, [[str(source[c]) for c in columns] for source in facts["sources"]])


def _record(candidate: Candidate) -> dict[str, Any]:
    place = candidate.place
    fields = (
        *("id", "name", "kind", "feature_class", "feature_code", "country", "admin1", "admin2"),
        *("lat", "lon", "radius_km", "population", "geonameid", "wikidata", "source"),
        "importance",
    )
    record = {field: getattr(place, field) for field in fields}
    match = {"matched_name": candidate.matched_name, "match_kind": candidate.match_kind}
    return record | match | {"lang": candidate.lang, "score": candidate.score}


def _cells(candidate: Candidate) -> list[str]:
    place = candidate.place
    return [
        place.name,
        place.kind,
        f"{place.feature_class}.{place.feature_code}",
        place.country or "",
        place.admin1 or "",
        f"{place.lat:.4f}",
        f"{place.lon:.4f}",
        str(place.population or ""),
        f"{candidate.match_kind}: {candidate.matched_name}",
    ]


def _show_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Draw a table on a terminal, write aligned text anywhere else."""
    if sys.stdout.isatty():
        from rich.console import Console
        from rich.table import Table

        table = Table(*columns)
        for row in rows:
            table.add_row(*row)
        Console().print(table)
        return
    widths = [max(map(len, column)) for column in zip(columns, *rows, strict=True)]
    for row in (columns, *rows):
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo(line.rstrip())
