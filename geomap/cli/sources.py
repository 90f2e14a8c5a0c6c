"""From inputs to records: articles are parsed, records made by ``geomap parse`` are taken as is."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geomap.articles import expand_inputs, read_articles, read_text
from geomap.cli.exits import EXIT_FAILURE, EXIT_SOME_FAILED
from geomap.errors import GeomapError, RecordError
from geomap.settings import Settings

if TYPE_CHECKING:
    from geomap.records import ArticleRecord

_RECORD_SUFFIXES = (".jsonl", ".ndjson")
_SNIFF_CHARS = 4000


class Failures:
    """Collects what went wrong with single inputs while the rest goes on."""

    def __init__(self) -> None:
        self.count = 0

    def report(self, error: GeomapError) -> None:
        """Tell the user in one line on stderr."""
        self.count += 1
        click.echo(f"geomap: {error}", err=True)

    def exit(self, *, anything_done: bool) -> None:
        """End the program with the exit code that fits: 0, 1 (nothing worked) or 3 (some did)."""
        if self.count:
            sys.exit(EXIT_SOME_FAILED if anything_done else EXIT_FAILURE)


def iter_records(
    inputs: Sequence[str], settings: Settings, failures: Failures
) -> Iterator[ArticleRecord]:
    """Yield the records of all inputs, in order."""
    from geomap.pipeline import Geoparser
    from geomap.records import read_records, record_of

    geoparser = Geoparser(settings)
    for source in expand_inputs(inputs):
        if _holds_records(source):
            for record in read_records(read_text(source), source):
                if isinstance(record, RecordError):
                    failures.report(record)
                else:
                    yield record
            continue
        articles = read_articles([source], settings, failures.report)
        for parsed in geoparser.parse_many(articles, failures.report):
            yield record_of(parsed)


def _holds_records(source: str) -> bool:
    """Tell records of ``geomap parse`` from articles by the ``schema`` of the first line."""
    if Path(source).suffix.lower() not in _RECORD_SUFFIXES:
        return False
    try:
        with Path(source).open(encoding="utf-8", errors="replace") as stream:
            return '"schema"' in stream.read(_SNIFF_CHARS).split('"text"', 1)[0]
    except OSError:
        return False


def default_output(inputs: Sequence[str], suffix: str) -> Path:
    """Return ``output/<stem>.<suffix>`` for one input, ``output/map.<suffix>`` for several."""
    files = expand_inputs(inputs)
    stem = "map"
    if len(files) == 1:
        stem = "stdin" if files[0] == "-" else Path(files[0]).stem
    return Path("output") / f"{stem}.{suffix}"
