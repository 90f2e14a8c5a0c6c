"""``geomap map``: articles in, one self-contained HTML page out."""

from __future__ import annotations

import sys
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from geomap.articles import expand_inputs
from geomap.cli import options
from geomap.cli.messages import log
from geomap.cli.sources import Failures, check_output, default_output, iter_records

if TYPE_CHECKING:
    from geomap.outputs.map import Tiles

STDOUT = Path("-")


@click.command("map", epilog="Example: geomap map article.txt --date 2015-09-01 -o map.html")
@options.inputs
@options.output_file("Write the page here, - for stdout (default: output/<name>.html).")
@click.option("--open", "show", is_flag=True, help="Open the page in the browser.")
@click.option(
    "--png",
    "picture",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also draw a picture for reports here, .png, .svg or .pdf (needs geomap[png]).",
)
@click.option("--no-text", is_flag=True, help="Leave the article out, keep the quoted clauses.")
@click.option("--ui-lang", type=click.Choice(["de", "en"]), help="Language of the page.")
@click.option("--title", help="Title of the page (default: the article's headline).")
@click.option(
    "--tiles",
    "provider",
    metavar="PROVIDER",
    help="Fetch tiles of this service (OpenStreetMap.Mapnik … by xyzservices' names) when a server"
    " sends the page; the embedded map stays for everybody else.",
)
@click.option(
    "--tiles-key",
    metavar="KEY",
    envvar="GEOMAP_TILES_KEY",
    help="Your key for the service; every reader of the page can see it.",
)
@options.parsing
def map_(
    inputs: tuple[str, ...],
    output: Path | None,
    show: bool,
    picture: Path | None,
    no_text: bool,
    ui_lang: str | None,
    title: str | None,
    provider: str | None,
    tiles_key: str | None,
    **chosen: Any,
) -> None:
    """Write the HTML map of one or more articles: one file that works without a network."""
    from geomap.outputs.map import render_map, write_map, write_picture

    if show and output == STDOUT:
        raise click.UsageError("--open needs a file; leave out -o -")
    _check_picture(picture)
    tiles = _choose_tiles(provider, tiles_key)
    failures = Failures()
    files = expand_inputs(inputs, failures.report)
    for target in (output, picture):
        check_output(target, files)
    records = list(iter_records(files, options.make_settings(**chosen), failures))
    page = {"with_text": not no_text, "ui_lang": ui_lang, "title": title, "tiles": tiles}
    if records and output == STDOUT:
        sys.stdout.buffer.write(render_map(records, **page).encode("utf-8"))
    elif records:
        target = output or default_output(files, "html")
        write_map(records, target, **page)
        log.info("%s", _summary(records, target))
        if show:
            webbrowser.open(target.resolve().as_uri())
    if records and picture:
        write_picture(records, picture, ui_lang=ui_lang, title=title)
        log.info("%s: the picture", picture)
    failures.exit(anything_done=bool(records))


def _check_picture(picture: Path | None) -> None:
    from geomap.outputs.map import PICTURE_FORMATS

    if picture and picture.suffix.lower().lstrip(".") not in PICTURE_FORMATS:
        known = ", ".join(f".{name}" for name in PICTURE_FORMATS)
        raise click.UsageError(f"--png {picture}: name it {picture.stem}.png (or one of {known})")


def _choose_tiles(provider: str | None, key: str | None) -> Tiles | None:
    from geomap.outputs.map import find_tiles

    if provider is None:
        context = click.get_current_context()
        if context.get_parameter_source("tiles_key") is ParameterSource.COMMANDLINE:
            raise click.UsageError("--tiles-key is for --tiles; name the service with --tiles too")
        return None
    try:
        return find_tiles(provider, key)
    except ValueError as error:
        hint = "--tiles takes a name of xyzservices, --tiles-key or GEOMAP_TILES_KEY its key"
        raise click.UsageError(f"{error}; {hint}") from error


def _summary(records: list[Any], target: Path) -> str:
    toponyms = sum(len(record.toponyms) for record in records)
    events = sum(len(record.events) for record in records)
    size = target.stat().st_size / 1000
    return (
        f"{target}: {len(records)} article(s), {toponyms} toponyms, {events} events, {size:.0f} kB"
    )
