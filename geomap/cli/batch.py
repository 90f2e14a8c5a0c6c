"""``geomap batch``: an archive in, numbered parts and a manifest out."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import click

from geomap.articles.files import without_password
from geomap.cli import databases, options
from geomap.cli.exits import EXIT_FAILURE, EXIT_SOME_FAILED
from geomap.cli.messages import log
from geomap.cli.progress import ArchiveBar, show_archive
from geomap.cli.sources import expand_articles
from geomap.errors import GeomapError

if TYPE_CHECKING:
    from geomap.batch import Manifest
    from geomap.batch.cutting import Failure
    from geomap.batch.manifest import PartEntry

_REASONS = 3
"""How many reasons for failures are told at the end; the list of errors holds all."""

_FORMATS = ("jsonl.zst", "geoparquet")


class _Output(click.ParamType[str]):
    name = "folder or url"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the URL, or the folder unless it is a file."""
        if "://" not in value and Path(value).is_file():
            self.fail(f"{value!r} is a file, not a folder", param, ctx)
        return str(value)


@click.command(
    epilog="Example: geomap batch archive/*.jsonl.gz news.csv --text-column body -o parsed"
)
@options.inputs
@click.option(
    "-o",
    "--output",
    type=_Output(),
    metavar="FOLDER_OR_URL",
    required=True,
    help="The folder for the parts, or the URL of one, like s3://bucket/parsed"
    " (needs geomap[cluster]), or a PostGIS database, postgresql://user@host/name"
    " (needs geomap[postgis]); a run that was begun there goes on.",
)
@click.option(
    "-f",
    "--format",
    "fmt",
    type=click.Choice(_FORMATS),
    default="jsonl.zst",
    show_default=True,
    help="Records of `geomap parse`, one a line, or tables of articles, toponyms and events.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 512),
    help="How many processes parse at once (default: one a core).",
)
@click.option(
    "--dask",
    metavar="ADDRESS",
    help="Parse on the Dask cluster whose scheduler is at this address, like tcp://head:8786, or"
    " named in this scheduler file; `local` starts one here with --workers"
    " (needs geomap[cluster]).",
)
@click.option(
    "--part-size",
    type=click.IntRange(1, 100_000),
    default=200,
    show_default=True,
    help="Articles in a part: what is lost, for each worker, if the run is killed.",
)
@click.option("--text-column", default="text", show_default=True, help="Of CSV and Parquet.")
@click.option("--id-column", help="Of CSV and Parquet (default: id, if there is one).")
@click.option("--date-column", help="Of CSV and Parquet (default: published, if there is one).")
@click.option(
    "--run",
    metavar="NAME",
    help="What the run is called in a database, which may hold several (default: archive).",
)
@databases.tables
@click.option("--restart", is_flag=True, help="Remove what an earlier run has written there.")
@options.parsing
def batch(
    inputs: tuple[str, ...],
    output: str,
    fmt: Any,
    workers: int | None,
    dask: str | None,
    part_size: int,
    text_column: str,
    id_column: str | None,
    date_column: str | None,
    run: str | None,
    schema: str | None,
    table_prefix: str | None,
    restart: bool,
    **chosen: Any,
) -> None:
    """Parse an archive on every core, in parts, to be resumed at any time.

    INPUT may be files, folders, glob patterns, `-`, JSON Lines (also .gz and .zst), CSV and
    Parquet. Articles that fail stand in errors.jsonl, exact duplicates, parsed once, in
    duplicates.jsonl; in a database both are tables. The same command goes on where an earlier run
    ended.
    """
    from dataclasses import replace

    from geomap.batch import Job, run_batch
    from geomap.outputs.postgis import is_database, parse_address

    in_database = is_database(output)
    if workers and dask not in (None, "local"):
        raise click.UsageError("a cluster has its own workers: leave out --workers")
    if in_database and _is_given("fmt"):
        raise click.UsageError("a database has tables, not files: leave out -f")
    where = databases.check_tables(
        output if in_database else None, run=run, schema=schema, table_prefix=table_prefix
    )
    unreadable: list[GeomapError] = []
    settings = replace(
        options.make_settings(**chosen),
        text_column=text_column,
        id_column=id_column,
        date_column=date_column,
    )
    job = Job(
        files=_find_files(inputs, output, unreadable, restart=restart),
        output=output,
        settings=settings,
        format=fmt,
        part_size=part_size,
        workers=workers or _count_cores(),
        dask=dask,
        restart=restart,
        unreadable=unreadable,
        **where,
    )
    name = str(parse_address(output)) if in_database else output
    with show_archive() as bar, _stop_on_interrupt() as stop:
        manifest = run_batch(job, watcher := _Watcher(name, bar, stop))
    watcher.tell_reasons()
    _tell_end(name, manifest, f"{name}, table {job.table_prefix}errors" if in_database else None)


def _find_files(
    inputs: tuple[str, ...], output: str, unreadable: list[GeomapError], *, restart: bool
) -> list[str]:
    """Return the files of articles; nothing is begun anew with none, as for a mistyped name."""
    files = _outside(output, expand_articles(inputs, unreadable.append, archives=True))
    if restart and not files:
        for error in unreadable:
            log.error("%s", error)
        raise GeomapError("there is nothing to begin anew with; what is there is kept")
    return files


def _outside(output: str, files: list[str]) -> list[str]:
    """Leave out what an earlier run wrote into a folder among the inputs.

    Articles that lie in a folder where no run has been are none of a run's: a usage error says that
    they and the parts would be mixed up.
    """
    from geomap.batch.reading import holds_parts, holds_parts_at

    if "://" in output:
        own_files = f"{_bare(output)}/"
        outside = [file for file in files if not _bare(file).startswith(own_files)]
    else:
        own = Path(output).resolve()
        outside = [file for file in files if file == "-" or own not in Path(file).resolve().parents]
    if len(outside) < len(files):
        holds = holds_parts_at(output) if "://" in output else holds_parts(Path(output))
        if not holds:
            shown = without_password(output)
            other = f"choose another folder, like {shown.rstrip('/')}/parsed"
            raise click.BadParameter(f"the articles lie in {shown}; {other}", param_hint="-o")
    return outside


def _bare(url: str) -> str:
    """Return a URL as it is compared: how many strokes it begins with is nobody's business."""
    scheme, _, path = url.partition("://")
    return f"{scheme}://{path.strip('/')}"


def _count_cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Stop:
    wanted = False


@contextmanager
def _stop_on_interrupt() -> Iterator[_Stop]:
    """Take the first Ctrl-C for a wish; a second one ends the program at once."""
    stop = _Stop()

    def note(_number: int, _frame: FrameType | None) -> None:
        stop.wanted = True
        signal.signal(signal.SIGINT, before)
        log.warning("finishing the parts in progress (Ctrl-C again: end at once)")

    before = signal.signal(signal.SIGINT, note)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


class _Watcher:
    """Tells the user how the run goes."""

    def __init__(self, output: str, bar: ArchiveBar, stop: _Stop) -> None:
        self._output = output
        self._bar = bar
        self._stop = stop
        self.reasons: list[str] = []

    def begin(self, done: int, total_bytes: int | None, *, complete: bool) -> None:
        """Say that an earlier run is gone on with, or was finished."""
        self._bar.begin(total_bytes)
        if done:
            then = "all of them" if complete else "going on"
            log.info("%s: %d part(s) are there already, %s", self._output, done, then)

    def skip(self, position: int) -> None:
        """Move the bar."""
        self._bar.skip(position)

    def advance(self, entry: PartEntry, position: int, failures: Sequence[Failure]) -> None:
        """Move the bar, and remember the first reasons for failures."""
        self.reasons += [failure.reason for failure in failures][: _REASONS - len(self.reasons)]
        self._bar.advance(position, entry.counts.articles)
        log.debug("part %d: %d article(s)", entry.number, entry.counts.articles)

    def tell_reasons(self) -> None:
        """Say why the first articles failed, in a line each."""
        for reason in self.reasons:
            log.error("%s", reason)

    def wants_stop(self) -> bool:
        """Return whether Ctrl-C was pressed."""
        return self._stop.wanted


def _is_given(option: str) -> bool:
    source = click.get_current_context().get_parameter_source(option)
    return source is not click.core.ParameterSource.DEFAULT


def _tell_end(output: str, manifest: Manifest, errors: str | None) -> None:
    totals, parts = manifest.totals, len(manifest.parts)
    log.info(
        "%s: %d article(s) in %d part(s), %d events, %d failed, %d duplicate(s)",
        output,
        *(totals.articles, parts, totals.events, totals.failed, totals.duplicates),
    )
    if not manifest.complete:
        log.warning("%s: not finished; run the same command again to go on", output)
        sys.exit(EXIT_FAILURE)
    if totals.failed:
        listed = errors or f"{output.rstrip('/')}/errors.jsonl"
        log.warning("%s tells what failed, and why", listed)
        sys.exit(EXIT_SOME_FAILED if totals.articles else EXIT_FAILURE)
