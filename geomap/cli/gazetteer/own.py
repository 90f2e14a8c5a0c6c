"""``geomap gazetteer add``, ``edit``, ``remove``, ``block``, ``unblock``: the own layer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geomap.cli.gazetteer.tables import dry_run_option, path_option
from geomap.cli.options import adding

if TYPE_CHECKING:
    from geomap.gazetteer import Gazetteer
    from geomap.gazetteer.overlay import Layer, OwnPlace
    from geomap.gazetteer.overlay.changes import Facts

_facts_options = adding(
    click.option("--lat", type=float, help="Latitude in degrees (WGS84)."),
    click.option("--lon", type=float, help="Longitude in degrees (WGS84)."),
    click.option("--feature", metavar="CLASS/CODE", help="GeoNames' code (new places: P/PPL)."),
    click.option("--country", metavar="XX", help="ISO 3166-1 code (new places: found out)."),
    click.option("--radius-km", type=float, help="How far the place reaches."),
    click.option("--importance", type=float, help="Prior from 0 to 1 (new places: 0.5)."),
    click.option(
        "--name",
        "names",
        multiple=True,
        metavar="LANG:NAME",
        help="A further name, such as de:Robotyne; may be repeated.",
    ),
)


@contextmanager
def open_layer(path: Path | None, *, dry_run: bool) -> Iterator[tuple[Layer, Gazetteer]]:
    """Yield the own layer, to be written back unless ``dry_run``, and the gazetteer without it."""
    from geomap.gazetteer import Gazetteer
    from geomap.gazetteer.installed import find_installation
    from geomap.gazetteer.overlay import edit_layer, layer_path

    with (
        Gazetteer(find_installation(path).current()) as store,
        edit_layer(layer_path(), dry_run=dry_run) as layer,
    ):
        yield layer, store
    if dry_run:
        click.echo("nothing was written (dry run)", err=True)


def _facts(name: str | None, names: tuple[str, ...], **given: Any) -> Facts:
    from geomap.gazetteer.overlay.changes import Facts, parse_names

    return Facts(name=name, names=parse_names(names), **given)


def _say(verb: str, place: OwnPlace) -> None:
    point = "" if place.lat is None else f" at {place.lat}, {place.lon}"
    click.echo(f"{verb} {place.id}: {place.name or '(name as before)'}{point}")


@click.command()
@click.argument("name")
@_facts_options
@dry_run_option
@path_option
def add(name: str, names: tuple[str, ...], dry_run: bool, path: Path | None, **given: Any) -> None:
    """Add a place to your own layer, which survives updates and wins ties.

    \b
    Example: geomap gazetteer add Robotyne --lat 47.446 --lon 35.834 --name uk:Роботине
    """
    from geomap.gazetteer.overlay.changes import add_place

    with open_layer(path, dry_run=dry_run) as (layer, store):
        _say("added", add_place(layer, store, _facts(name, names, **given)))


@click.command()
@click.argument("number", metavar="ID", type=int)
@click.option("--rename", metavar="NAME", help="The new main name.")
@_facts_options
@dry_run_option
@path_option
def edit(
    number: int,
    rename: str | None,
    names: tuple[str, ...],
    dry_run: bool,
    path: Path | None,
    **given: Any,
) -> None:
    """Change a place of yours, or correct one of the gazetteer, by the ID that search shows.

    \b
    Example: geomap gazetteer edit 170654 --lat 33.513 --lon 36.292
    """
    from geomap.gazetteer.overlay.changes import edit_place

    with open_layer(path, dry_run=dry_run) as (layer, store):
        _say("changed", edit_place(layer, store, number, _facts(rename, names, **given)))


@click.command()
@click.argument("number", metavar="ID", type=int)
@dry_run_option
@path_option
def remove(number: int, dry_run: bool, path: Path | None) -> None:
    """Take a place, or a correction, out of your own layer.

    \b
    Example: geomap gazetteer remove 2000000000
    """
    from geomap.gazetteer.overlay.changes import remove_place

    with open_layer(path, dry_run=dry_run) as (layer, _):
        _say("removed", remove_place(layer, number))


_place_option = click.option(
    "--place", type=int, metavar="ID", help="Only as a name of this place."
)


@click.command()
@click.argument("name")
@_place_option
@dry_run_option
@path_option
def block(name: str, place: int | None, dry_run: bool, path: Path | None) -> None:
    """Say that NAME is never a place, or never that place.

    \b
    Example: geomap gazetteer block Essen
    """
    from geomap.gazetteer.overlay.changes import block_name

    with open_layer(path, dry_run=dry_run) as (layer, store):
        block_name(layer, store, name, place)
        click.echo(f"blocked: {name}" + ("" if place is None else f" as a name of {place}"))


@click.command()
@click.argument("name")
@_place_option
@dry_run_option
@path_option
def unblock(name: str, place: int | None, dry_run: bool, path: Path | None) -> None:
    """Lift a block.

    \b
    Example: geomap gazetteer unblock Essen
    """
    from geomap.gazetteer.overlay.changes import unblock_name

    with open_layer(path, dry_run=dry_run) as (layer, _):
        unblock_name(layer, name, place)
        click.echo(f"no longer blocked: {name}")
