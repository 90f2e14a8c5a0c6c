"""``geomap stats``: what an archive holds, in numbers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geomap.cli import options
from geomap.cli.messages import log, printable
from geomap.cli.sources import Failures, check_output, expand_sources, iter_stored

if TYPE_CHECKING:
    from geomap.models import Lang
    from geomap.outputs.statistics import Statistics


@click.command(
    epilog="Example: geomap stats parsed --since 2015-08-01 --country Syria --plot august.png"
)
@options.inputs
@options.selecting
@options.min_event_confidence
@click.option("--json", "as_json", is_flag=True, help="Write JSON: every value, no words.")
@click.option(
    "--plot",
    type=options.LocalFile(dir_okay=False),
    help="Also draw the numbers here, as PNG (needs geomap[png]).",
)
@click.option(
    "--top",
    type=click.IntRange(0),
    default=15,
    show_default=True,
    help="Rows under each heading (0: all).",
)
@click.option(
    "--ui-lang", type=click.Choice(["de", "en"]), default="en", show_default=True,
    help="Language of table and plot.",
)  # fmt: skip
def stats(
    inputs: tuple[str, ...],
    as_json: bool,
    plot: Path | None,
    top: int,
    ui_lang: Lang,
    **chosen: Any,
) -> None:
    """Count what an archive holds: by country, type, month, precision and who says so.

    INPUT are folders that `geomap batch` wrote, parts of them, and JSON Lines of `geomap parse`.
    Events are counted as they are told: one that ten articles tell counts ten times. One without a
    date counts for the day its article was published.
    """
    from geomap.outputs.statistics import count_records

    if plot and plot.suffix.lower() != ".png":
        raise click.UsageError(f"--plot {plot}: name it {plot.stem}.png")
    if plot:
        from geomap.outputs.statistics_plot import need_matplotlib

        need_matplotlib(plot)
    selection = options.take_selection(chosen, chosen["min_confidence"])
    failures = Failures()
    files = expand_sources(inputs, failures)
    check_output(plot, files)
    found = count_records(iter_stored(files, failures), selection)
    if as_json:
        click.echo(json.dumps(found.to_dict(), ensure_ascii=False, indent=2))
    elif found.articles:
        _show(found, ui_lang, top)
    if plot and found.articles:
        from geomap.outputs.statistics_plot import draw_statistics

        draw_statistics(found, plot, ui_lang)
        log.info("%s: the plot", plot)
    failures.exit(anything_done=found.articles > 0)


def _show(found: Statistics, lang: Lang, top: int) -> None:
    from rich.console import Console
    from rich.table import Table

    from geomap.outputs.map.phrases import say_number
    from geomap.outputs.statistics import FACETS
    from geomap.outputs.statistics_words import say_section, say_share, say_totals

    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column()
    table.add_column(justify="right")
    table.add_column(justify="right")
    for name, count in say_totals(found, lang):
        table.add_row(name, say_number(count, lang), "")
    for facet in FACETS:
        heading, rows = say_section(found, facet, lang, top)
        table.add_row("", "", "")
        table.add_row(heading, "", "", style="bold")
        for label, count in rows:
            share = say_share(count, found.events, lang)
            table.add_row(f"  {printable(label)}", say_number(count, lang), share)
    Console(markup=False, highlight=False, emoji=False).print(table)
