"""``geomap gazetteer import`` and ``export``: the own layer as a file."""

from __future__ import annotations

from pathlib import Path

import click

from geomap.cli.gazetteer.own import open_layer
from geomap.cli.gazetteer.tables import dry_run_option, path_option

_file = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))


@click.command("import")
@_file
@dry_run_option
@path_option
def import_(file: Path, dry_run: bool, path: Path | None) -> None:
    """Add the places and blocks of a .csv or .geojson FILE to your own layer, all or none.

    \b
    Columns: action (add, edit, block), id, name, lat, lon, feature, country, radius_km,
    importance, names (de:Robotyne|uk:Роботине), source, licence; all but name may be missing.
    Example: geomap gazetteer import places.csv --dry-run
    """
    from geomap.gazetteer.overlay.exchange import import_layer

    with open_layer(path, dry_run=dry_run) as (layer, store):
        click.echo(f"{import_layer(layer, store, file)} row(s) imported from {file}")


@click.command()
@_file
def export(file: Path) -> None:
    """Write your own layer to a .csv or .geojson FILE, which "import" reads.

    \b
    Example: geomap gazetteer export places.geojson
    """
    from geomap.gazetteer.overlay import layer_path, read_layer
    from geomap.gazetteer.overlay.exchange import export_layer

    click.echo(f"{export_layer(read_layer(layer_path()), file)} row(s) written to {file}")
