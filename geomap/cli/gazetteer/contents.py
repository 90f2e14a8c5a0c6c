"""``geomap gazetteer info``: what is inside, from where and from when."""

from __future__ import annotations

import json
from pathlib import Path

import click

from geomap.cli.gazetteer.tables import path_option, show_table


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@path_option
def info(as_json: bool, path: Path | None) -> None:
    """Show version, age, path, contents, sources, licences and the own layer.

    Warns when the data is older than a year.

    \b
    Example: geomap gazetteer info --json
    """
    from geomap.gazetteer import open_gazetteer

    with open_gazetteer(path) as store:
        facts = store.info()
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False, indent=2))
    else:
        keys = ("version", "path", "bytes", "age_days", "names", "polygons", "updated", "own")
        for key in keys:
            click.echo(f"{key:10}{facts[key]}")
        places = ", ".join(f"{number} {kind}" for kind, number in sorted(facts["places"].items()))
        click.echo(f"{'places':10}{places}\n")
        columns = ("provider", "package", "version", "licence", "date")
        show_table(columns, [[str(source[c]) for c in columns] for source in facts["sources"]])
    warn_if_old(facts["age_days"])


def warn_if_old(age_days: int) -> None:
    """Say on stderr that the data is older than a year, if so."""
    from geomap.gazetteer.store import OLD_AFTER_DAYS

    if age_days > OLD_AFTER_DAYS:
        click.echo(f"the data is {age_days} days old: geomap gazetteer update", err=True)
