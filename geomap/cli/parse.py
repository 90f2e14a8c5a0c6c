"""``geomap parse``: articles in, JSON Lines out."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, TextIO

import click

from geomap.cli import options
from geomap.cli.sources import Failures


@click.command(epilog="Example: geomap parse article.txt > article.jsonl")
@options.inputs
@options.output_file("Write to this file instead of stdout.")
@click.option("--demonyms", is_flag=True, help="Also list demonyms (syrisch, Londoner).")
@click.option(
    "--given-spans",
    is_flag=True,
    help="Resolve the spans in each input line's 'toponyms' instead of recognising names.",
)
@options.parsing
def parse(
    inputs: tuple[str, ...], output: Path | None, demonyms: bool, given_spans: bool, **chosen: Any
) -> None:
    """Write what was found as JSON Lines, one record an article."""
    from geomap.articles import read_articles
    from geomap.outputs.files import write_beside
    from geomap.pipeline import Geoparser
    from geomap.records import record_of

    settings = options.make_settings(**chosen, demonyms=demonyms, given_spans=given_spans)
    failures = Failures()
    geoparser = Geoparser(settings)
    articles = read_articles(inputs, settings, failures.report)
    done = 0
    target: AbstractContextManager[TextIO] = (
        write_beside(output) if output else nullcontext(sys.stdout)
    )
    with target as stream:
        for parsed in geoparser.parse_many(articles, failures.report):
            stream.write(record_of(parsed).to_json() + "\n")
            done += 1
    failures.exit(anything_done=done > 0)
