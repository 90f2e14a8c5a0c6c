"""``geomap parse``: articles in, JSON Lines out."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from geomap.cli import options
from geomap.cli.messages import log
from geomap.cli.sources import Failures, check_output, iter_parsed

if TYPE_CHECKING:
    from geomap.models import GeoparsedArticle


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
    settings = options.make_settings(**chosen, demonyms=demonyms, given_spans=given_spans)
    check_output(output, inputs)
    failures = Failures()
    articles = iter_parsed(inputs, settings, failures, to_stdout=output is None)
    first = next(articles, None)
    # Where nothing could be read, the records of an earlier run stay.
    if first is not None:
        count = _write(chain([first], articles), output)
        if output:
            log.info("%s: %d record(s)", output, count)
    failures.exit(anything_done=first is not None)


def _write(articles: Iterable[GeoparsedArticle], output: Path | None) -> int:
    from geomap.outputs.files import write_beside
    from geomap.records import record_of

    target: AbstractContextManager[TextIO] = (
        write_beside(output) if output else nullcontext(sys.stdout)
    )
    count = 0
    with target as stream:
        for parsed in articles:
            stream.write(record_of(parsed).to_json() + "\n")
            count += 1
    return count
