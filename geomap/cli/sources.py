"""From inputs to records: articles are parsed, records made by ``geomap parse`` are taken as is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geomap.articles import (
    RecordObject,
    UniqueIds,
    expand_inputs,
    read_articles,
    read_inputs,
)
from geomap.articles.files import is_url, without_password
from geomap.cli.exits import EXIT_FAILURE, EXIT_SOME_FAILED
from geomap.cli.messages import log
from geomap.cli.progress import show_progress
from geomap.errors import GeomapError, InputError
from geomap.models import Article
from geomap.settings import Settings

if TYPE_CHECKING:
    from geomap.models import GeoparsedArticle
    from geomap.pipeline import Geoparser
    from geomap.records import ArticleRecord


_PARSED = "holds what geomap batch has parsed; geomap map, export and stats read it"

_DATABASE = (
    "is a database, which geomap writes but does not read; give the articles or a folder of geomap"
    " batch, or ask it in SQL"
)
NONE_AS_ASKED = "none of the events is as asked for; ask for less, or see geomap stats"


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
        if not (self.count or anything_done):
            self.report(GeomapError("what was given holds no articles; nothing is written"))
        if self.count:
            sys.exit(EXIT_SOME_FAILED if anything_done else EXIT_FAILURE)


def iter_parsed(
    inputs: Sequence[str], settings: Settings, failures: Failures, *, to_stdout: bool
) -> Iterator[GeoparsedArticle]:
    """Yield the articles of all inputs, parsed, in order; ``to_stdout``: results are shown now."""
    from geomap.pipeline import Geoparser

    files = expand_articles(inputs, failures.report)
    with show_progress(files, to_stdout=to_stdout) as progress:
        articles = read_articles(progress.over(files), settings, failures.report)
        for parsed in Geoparser(settings).parse_many(articles, failures.report):
            progress.count_article()
            _remark(parsed)
            yield parsed


def expand_articles(
    inputs: Sequence[str], on_error: Callable[[GeomapError], None], *, archives: bool = False
) -> list[str]:
    """Return the files of articles that ``inputs`` stand for, as ``expand_inputs`` does.

    A folder that ``geomap batch`` wrote is reported, and passed over within another: its articles
    are parsed.
    """
    from geomap.batch.reading import holds_parts, holds_parts_at

    files: dict[str, None] = {}
    for item in _without_databases(inputs, on_error):
        is_parsed = cache(holds_parts)
        if holds_parts_at(item) if is_url(item) else is_parsed(Path(item)):
            on_error(InputError(_PARSED, source=without_password(item)))
            continue
        found = expand_inputs([item], on_error, archives=archives)
        if found and not is_url(item) and Path(item).is_dir():
            found = [f for f in found if not any(map(is_parsed, _folders_within(Path(item), f)))]
            if not found:
                on_error(InputError(_PARSED, source=item))
        files |= dict.fromkeys(found)
    return list(files)


def _without_databases(
    inputs: Sequence[str], on_error: Callable[[GeomapError], None]
) -> Iterator[str]:
    """Yield the inputs that may be read; the address of a database is reported."""
    from geomap.outputs.postgis import is_database

    for item in inputs:
        if is_database(item):
            on_error(InputError(_DATABASE, source=without_password(item)))
        else:
            yield item


def _folders_within(folder: Path, file: str) -> Iterator[Path]:
    """Yield the folders of a file, from its own up to ``folder``."""
    for parent in Path(file).parents:
        yield parent
        if parent == folder:
            return


def expand_sources(inputs: Sequence[str], failures: Failures) -> list[str]:
    """Return the files of ``inputs``; a folder that ``geomap batch`` wrote stands for its parts."""
    files: dict[str, None] = {}
    for item in _without_databases(inputs, failures.report):
        parts = _list_parts(item)
        found = expand_inputs([item], failures.report) if parts is None else parts
        files |= dict.fromkeys(found)
    return list(files)


def _list_parts(item: str) -> list[str] | None:
    from geomap.batch.reading import list_parts, list_parts_at

    archive = None
    if is_url(item):
        archive = list_parts_at(item)
    elif item != "-" and Path(item).is_dir():
        archive = list_parts(Path(item))
    if archive is None:
        return None
    if not archive.complete:
        name = without_password(item)
        log.warning("%s: an unfinished run, of %d part(s) so far", name, len(archive.files))
    return archive.files


def iter_records(
    files: Sequence[str], settings: Settings, failures: Failures
) -> Iterator[ArticleRecord]:
    """Yield the records of all ``files`` in order; no article id and no event id comes twice."""
    from geomap.corrections import rename_record
    from geomap.pipeline import Geoparser

    geoparser = Geoparser(settings)
    ids, event_ids = UniqueIds(), UniqueIds()
    for record in _iter_made(files, settings, failures, geoparser):
        yield rename_record(record, ids.take(record.id), event_ids.take)


def iter_many_records(
    files: Sequence[str], settings: Settings, failures: Failures
) -> Iterator[ArticleRecord]:
    """Do so for any number of them: the ids met are kept on disk. Event ids stay as they are."""
    from geomap.batch.cutting import Memory
    from geomap.corrections import rename_record
    from geomap.pipeline import Geoparser

    take = Memory().take_id
    for record in _iter_made(files, settings, failures, Geoparser(settings)):
        identifier = take(record.id)
        yield record if identifier == record.id else rename_record(record, identifier, str)


def iter_stored(files: Sequence[str], failures: Failures) -> Iterator[ArticleRecord]:
    """Yield the records of parts and of what ``geomap parse`` wrote, as they are, one at a time.

    A file of articles that are still to be parsed counts as a failure.
    """
    return _iter_made(files, Settings(), failures, None)


def _iter_made(
    files: Sequence[str], settings: Settings, failures: Failures, geoparser: Geoparser | None
) -> Iterator[ArticleRecord]:
    with show_progress(files) as progress:
        for file in progress.over(files):
            for item in _read(file, settings, failures):
                try:
                    record = _make_record(item, geoparser, file)
                except _UnparsedError as error:
                    failures.report(error)
                    break
                except GeomapError as error:
                    failures.report(error)
                    continue
                progress.count_article()
                yield record


class _UnparsedError(InputError):
    """A file holds articles where only records are of use."""


def _read(
    file: str, settings: Settings, failures: Failures
) -> Iterator[Article | RecordObject | ArticleRecord]:
    from geomap.outputs.part_tables import read_part_tables, tables_of

    tables = tables_of(file)
    if tables is None:
        yield from read_inputs([file], settings, failures.report)
        return
    try:
        yield from read_part_tables(tables)
    except GeomapError as error:
        failures.report(error)


def _make_record(
    item: Article | RecordObject | ArticleRecord, geoparser: Geoparser | None, file: str
) -> ArticleRecord:
    if isinstance(item, Article):
        if geoparser is None:
            message = "holds articles, not records; parse them first, with geomap parse or batch"
            raise _UnparsedError(message, source=file)
        from geomap.records import record_of

        parsed = geoparser.parse(item)
        _remark(parsed)
        return record_of(parsed)
    if not isinstance(item, RecordObject):
        return item
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
