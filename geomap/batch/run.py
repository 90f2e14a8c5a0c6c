"""A run: the parent reads and cuts, workers parse and write, the parent puts parts in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, Future, wait
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from geomap.articles.files import is_url, without_password
from geomap.batch.cutting import Failure, Meter, Part, cut_parts
from geomap.batch.destination import Destination, cannot_write
from geomap.batch.folder import open_folder
from geomap.batch.manifest import Manifest, PartEntry, Setup, describe_setup
from geomap.batch.pool import open_pool
from geomap.batch.worker import Outcome, Task
from geomap.errors import GeomapError, OutputError
from geomap.outputs.parts import PartFormat
from geomap.outputs.postgis.address import is_database, parse_address
from geomap.outputs.postgis.layout import DEFAULT_PREFIX
from geomap.settings import Settings

DEFAULT_PART_SIZE = 200
DEFAULT_RUN = "archive"

_POLL_S = 0.5

Waiting = deque[tuple[Part, "Future[Outcome]"]]


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done: files into ``output``, a folder, a database or a URL that fsspec knows.

    ``workers`` processes parse, or with ``dask`` the workers of the Dask scheduler at that address
    (``local``: of one made for the run, with ``workers``). ``unreadable`` are inputs that stood for
    no file; they are noted with the first part. ``run``, ``schema`` and ``table_prefix`` say where
    in a database.
    """

    files: list[str]
    output: str
    settings: Settings = field(default_factory=Settings)
    format: PartFormat = "jsonl.zst"
    part_size: int = DEFAULT_PART_SIZE
    workers: int = 1
    dask: str | None = None
    restart: bool = False
    unreadable: Sequence[GeomapError] = ()
    run: str = DEFAULT_RUN
    schema: str | None = None
    table_prefix: str = DEFAULT_PREFIX


class Engine(Protocol):
    """Does tasks, several at once, in whatever processes it has.

    ``most`` is how many tasks keep it busy, ``same_disk`` whether its processes have the disk of
    this one. A context manager opens it, ends what it started, and tells as OutputError what makes
    it unusable.
    """

    same_disk: bool

    @property
    def most(self) -> int:
        """How many tasks may be under way or waiting, so that no worker is idle."""

    def submit(self, task: Task) -> Future[Outcome]:
        """Have a task done."""

    def stop(self) -> None:
        """Begin no more tasks; those that are not begun come to an outcome that is ``left``."""


class Observer(Protocol):
    """Who is told how the run goes, and may end it early."""

    def begin(self, done: int, total_bytes: int | None, *, complete: bool) -> None:
        """Take note that ``done`` parts are there already; ``complete``: that is all."""

    def skip(self, position: int) -> None:
        """Take note that a part that was done has been passed; ``position`` is in bytes."""

    def advance(self, entry: PartEntry, position: int, failures: Sequence[Failure]) -> None:
        """Take note that a part is finished and safe, and of what failed in it."""

    def wants_stop(self) -> bool:
        """Return whether to finish what is being worked on and end."""


def run_batch(job: Job, observer: Observer) -> Manifest:
    """Do the job, from where an earlier run left it; return the manifest.

    It is not ``complete`` if the observer wanted to stop. Raises OutputError, ModelError or
    GazetteerError where nothing can go on; what is finished is kept.
    """
    if job.dask is not None:
        _need("distributed", "--dask")
    in_database = is_database(job.output)
    if is_url(job.output) and not in_database:
        _need("fsspec", without_password(job.output))
    fmt = "postgis" if in_database else job.format
    setup = describe_setup(job.settings, fmt, job.part_size)
    meter = Meter(job.files)
    with _open_destination(job, setup) as destination:
        observer.begin(destination.done, meter.total, complete=destination.manifest.complete)
        parts = cut_parts(meter, job.settings, job.part_size, list(job.unreadable))
        todo = _skip_done(parts, destination, observer)
        first = next(todo, None)
        if first is not None:
            with _open_engine(job, setup, destination.name) as engine:
                _Run(engine, destination, observer).go(first, todo)
        if not observer.wants_stop():
            destination.finish()
        return destination.manifest


def _open_destination(job: Job, setup: Setup) -> AbstractContextManager[Destination]:
    if not is_url(job.output):
        return open_folder(Path(job.output), setup, restart=job.restart)
    if is_database(job.output):
        from geomap.batch.database import open_run_database

        return open_run_database(
            parse_address(job.output),
            job.run,
            setup,
            restart=job.restart,
            schema=job.schema,
            table_prefix=job.table_prefix,
        )
    from geomap.batch.remote import open_remote

    return open_remote(job.output, setup, restart=job.restart)


def _open_engine(job: Job, setup: Setup, name: str) -> AbstractContextManager[Engine]:
    if job.dask is None:
        return open_pool(job.settings, job.workers, name)
    from geomap.batch.cluster import open_cluster

    return open_cluster(job.dask, job.settings, setup, job.workers, name)


def _need(module: str, wanted_by: str) -> None:
    """Raise GeomapError, before anything is written, if an extra is not installed."""
    if find_spec(module) is None:
        raise GeomapError(
            f"{wanted_by} needs more than is installed: pip install 'geomap[cluster]'"
        )


def _skip_done(
    parts: Iterator[Part], destination: Destination, observer: Observer
) -> Iterator[Part]:
    """Yield what is left to do, once all that is done has been found unchanged."""
    done, number = destination.done, 0
    for part in parts:
        number = part.number
        if observer.wants_stop():
            return
        if number <= done:
            destination.check(part)
            observer.skip(part.position)
        elif destination.manifest.complete:
            destination.refuse_input(done)
        else:
            yield part
    if number < done:
        destination.refuse_input(done)


class _Run:
    """Keeps the workers busy, and no more parts in memory than that takes."""

    def __init__(self, engine: Engine, destination: Destination, observer: Observer) -> None:
        self._engine = engine
        self._destination = destination
        self._observer = observer
        self._waiting: Waiting = deque()
        self._stopped = False

    def go(self, first: Part, rest: Iterator[Part]) -> None:
        """Work until the input ends or the observer wants to stop."""
        self._submit(first)
        for part in rest:
            self._submit(part)
            while len(self._waiting) >= self._engine.most:
                self._settle()
            if self._observer.wants_stop():
                break
        while self._waiting:
            self._settle()

    def _submit(self, part: Part) -> None:
        writer = self._destination.writer(part.number, same_disk=self._engine.same_disk)
        self._waiting.append((part, self._engine.submit(Task(part.articles, writer))))

    def _settle(self) -> None:
        """Commit the oldest part, unless it was not begun when a stop was wanted."""
        part, future = self._waiting.popleft()
        outcome = self._outcome(future)
        if outcome.left:
            # Parts are begun in order: those after it are not begun either.
            self._waiting.clear()
            return
        if outcome.unwritten:
            raise cannot_write(self._destination.name, outcome.unwritten)
        if outcome.refused:
            raise OutputError(outcome.refused)
        entry = self._destination.commit(part, outcome)
        self._observer.advance(entry, part.position, [*part.failures, *outcome.failures])

    def _outcome(self, future: Future[Outcome]) -> Outcome:
        while not wait([future], _POLL_S).done:
            if self._observer.wants_stop() and not self._stopped:
                self._engine.stop()
                self._stopped = True
        try:
            return future.result()
        except CancelledError:
            if self._stopped:
                return Outcome(left=True)
            raise
