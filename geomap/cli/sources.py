"""From inputs to records: articles are parsed, records made by ``geomap parse`` are taken as is."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geomap.articles import UniqueIds, expand_inputs, read_articles, read_inputs
from geomap.cli.exits import EXIT_FAILURE, EXIT_SOME_FAILED
from geomap.cli.messages import log
from geomap.cli.progress import show_progress
from geomap.errors import GeomapError
from geomap.models import Article
from geomap.settings import Settings

if TYPE_CHECKING:
    from geomap.articles import RecordObject
    from geomap.models import GeoparsedArticle
    from geomap.pipeline import Geoparser
    from geomap.records import ArticleRecord


class Failures:
    """Collects what went wrong with single inputs while the rest goes on."""

    def __init__(self) -> None:
        self.count = 0

    def report(self, error: GeomapError) -> None:
        """Tell the user in one line on stderr."""
        self.count += 1
        log.error("%s", error)

    def exit(self, *, anything_done: bool) -> None:
        """End the program with the exit code that fits: 0, 1 (nothing worked) or 3 (some did)."""
        if self.count:
            sys.exit(EXIT_SOME_FAILED if anything_done else EXIT_FAILURE)


def iter_parsed(
    inputs: Sequence[str], settings: Settings, failures: Failures, *, to_stdout: bool
) -> Iterator[GeoparsedArticle]:
    """Yield the articles of all inputs, parsed, in order; ``to_stdout``: results are shown now."""
    from geomap.pipeline import Geoparser

    files = expand_inputs(inputs, failures.report)
    with show_progress(files, to_stdout=to_stdout) as progress:
        articles = read_articles(progress.over(files), settings, failures.report)
        for parsed in Geoparser(settings).parse_many(articles, failures.report):
            progress.count_article()
            _remark(parsed)
            yield parsed


def iter_records(
    files: Sequence[str], settings: Settings, failures: Failures
) -> Iterator[ArticleRecord]:
    """Yield the records of all ``files`` in order; no article id and no event id comes twice."""
    from geomap.corrections import rename_record
    from geomap.pipeline import Geoparser

    geoparser = Geoparser(settings)
    ids, event_ids = UniqueIds(), UniqueIds()
    with show_progress(files) as progress:
        for item in read_inputs(progress.over(files), settings, failures.report):
            try:
                record = _make_record(item, geoparser)
            except GeomapError as error:
                failures.report(error)
                continue
            progress.count_article()
            yield rename_record(record, ids.take(record.id), event_ids.take)


def _make_record(item: Article | RecordObject, geoparser: Geoparser) -> ArticleRecord:
    if isinstance(item, Article):
        from geomap.records import record_of

        parsed = geoparser.parse(item)
        _remark(parsed)
        return record_of(parsed)
    from geomap.corrections import make_record

    log.debug("%s, line %d: a record, not parsed again", item.source, item.line)
    return make_record(item.content, item.source, item.line)


def _remark(parsed: GeoparsedArticle) -> None:
    found = sum(resolution.place is not None for resolution in parsed.resolutions)
    counts = (len(parsed.resolutions), found, len(parsed.events))
    log.debug("%s: %d toponyms, %d of them resolved, %d events", parsed.article.id, *counts)
    for remark in parsed.diagnostics:
        log.debug("%s: %s", parsed.article.id, remark)


def check_output(output: Path | None, files: Sequence[str]) -> None:
    """Refuse to write a result over one of its own inputs; raises a usage error."""
    if output is None:
        return
    for source in files:
        if source != "-" and output.exists() and Path(source).exists() and output.samefile(source):
            message = f"{output} is an input; write the result to another file"
            raise click.BadParameter(message, param_hint="-o")


def default_output(files: Sequence[str], suffix: str) -> Path:
    """Return ``output/<stem>.<suffix>`` for one file, ``output/map.<suffix>`` for several."""
    stem = "map"
    if len(files) == 1:
        stem = "stdin" if files[0] == "-" else Path(files[0]).stem
    return Path("output") / f"{stem}.{suffix}"
