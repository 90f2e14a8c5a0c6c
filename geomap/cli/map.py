"""``geomap map``: articles in, one self-contained HTML page out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from geomap.articles import expand_inputs
from geomap.cli import options
from geomap.cli.messages import log
from geomap.cli.sources import Failures, check_output, default_output, iter_records


@click.command("map", epilog="Example: geomap map article.txt --date 2015-09-01 -o map.html")
@options.inputs
@options.output_file("Write the page here (default: output/<name>.html).")
@click.option("--no-text", is_flag=True, help="Leave the article out, keep the quoted clauses.")
@click.option("--ui-lang", type=click.Choice(["de", "en"]), help="Language of the page.")
@click.option("--title", help="Title of the page (default: the article's headline).")
@options.parsing
def map_(
    inputs: tuple[str, ...],
    output: Path | None,
    no_text: bool,
    ui_lang: str | None,
    title: str | None,
    **chosen: Any,
) -> None:
    """Write the HTML map of one or more articles: one file that works without a network."""
    from geomap.outputs.map import write_map

    failures = Failures()
    files = expand_inputs(inputs, failures.report)
    check_output(output, files)
    target = output or default_output(files, "html")
    records = list(iter_records(files, options.make_settings(**chosen), failures))
    if records:
        write_map(records, target, with_text=not no_text, ui_lang=ui_lang, title=title)
        log.info("%s", _summary(records, target))
    failures.exit(anything_done=bool(records))


def _summary(records: list[Any], target: Path) -> str:
    toponyms = sum(len(record.toponyms) for record in records)
    events = sum(len(record.events) for record in records)
    size = target.stat().st_size / 1000
    return (
        f"{target}: {len(records)} article(s), {toponyms} toponyms, {events} events, {size:.0f} kB"
    )
