"""``geomap map``: articles in, one self-contained HTML page out."""

from __future__ import annotations

import sys
import webbrowser
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from geomap.cli import options
from geomap.cli.messages import log
from geomap.cli.sources import (
    NONE_AS_ASKED,
    Failures,
    check_output,
    default_output,
    expand_sources,
    iter_records,
)
from geomap.errors import OutputError

if TYPE_CHECKING:
    from geomap.outputs.map import Tiles

STDOUT = Path("-")


@click.command(
    "map",
    epilog="""\b
Example: geomap map article.txt --date 2015-09-01 -o map.html
         geomap map parsed --country Syria --since 2015-01-01 --min-confidence 0.6""",
)
@options.inputs
@options.output_file("Write the page here, - for stdout (default: output/<name>.html).")
@click.option("--open", "show", is_flag=True, help="Open the page in the browser.")
@click.option(
    "--png",
    "picture",
    type=options.LocalFile(dir_okay=False),
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
@options.selecting
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
    """Write the HTML map of articles: one file that works without a network.

    Takes articles, the JSON Lines that `geomap parse` wrote, and folders that `geomap batch` wrote.
    The page of more than 200 articles holds the clauses quoted with the events, not the texts, and
    at most 20,000 events. --min-confidence, if given, leaves out less certain events too.
    """
    from geomap.outputs.map import gather, render_map, write_map, write_picture

    if show and output == STDOUT:
        raise click.UsageError("--open needs a file; leave out -o -")
    _check_picture(picture)
    tiles = _choose_tiles(provider, tiles_key)
    least = options.asked_confidence(chosen["min_confidence"])
    selection = options.take_selection(chosen, least)
    failures = Failures()
    files = expand_sources(inputs, failures)
    for target in (output, picture):
        check_output(target, files)
    gathered = gather(iter_records(files, options.make_settings(**chosen), failures), selection)
    records = gathered.records
    if gathered.articles and not records:
        raise OutputError(
            NONE_AS_ASKED if selection else f"no events in {gathered.articles} article(s)"
        )
    with_text = False if no_text else None
    page = {"with_text": with_text, "ui_lang": ui_lang, "title": title, "tiles": tiles}
    if records and output == STDOUT:
        sys.stdout.buffer.write(render_map(records, **page).encode("utf-8"))
    elif records:
        target = output or _default_page(inputs, files)
        write_map(records, target, **page)
        _tell(records, target, no_text=no_text)
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


def _default_page(inputs: tuple[str, ...], files: Sequence[str]) -> Path:
    """Return ``output/<name>.html``, called after the folder where an archive is one."""
    folder = len(inputs) == 1 and Path(inputs[0]).is_dir()
    return default_output([str(Path(inputs[0]).resolve())] if folder else files, "html")


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


def _tell(records: list[Any], target: Path, *, no_text: bool) -> None:
    from geomap.outputs.map import is_archive

    counts = [f"{len(records)} article(s)"]
    if not is_archive(records):  # Of an archive's names only those that events need are there.
        counts.append(f"{sum(len(record.toponyms) for record in records)} toponyms")
    elif not no_text:
        log.info("%s: only the clauses quoted of %d articles", target, len(records))
    counts.append(f"{sum(len(record.events) for record in records)} events")
    log.info("%s: %s, %.0f kB", target, ", ".join(counts), target.stat().st_size / 1000)
