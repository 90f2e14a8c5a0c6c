"""A run: the parent reads and cuts, workers parse and write, the parent puts parts in order."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Protocol

from geomap import __version__
from geomap.batch.cutting import Meter, Part, cut_parts
from geomap.batch.folder import RunFolder, cannot_write, open_folder, telling_refusals
from geomap.batch.manifest import Manifest, PartEntry, Setup, describe_settings
from geomap.batch.worker import Outcome, Task, start, work
from geomap.errors import GeomapError, OutputError
from geomap.gazetteer.store import open_gazetteer
from geomap.outputs.parts import PartFormat
from geomap.settings import Settings

DEFAULT_PART_SIZE = 200

_POLL_S = 0.5
# One core a worker: more threads would only get into each other's way.
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")

Waiting = deque[tuple[Part, "Future[Outcome]"]]


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done: files into a folder of parts.

    ``unreadable`` are inputs that stood for no file; they are noted with the first part.
    """

    files: list[str]
    folder: Path
    settings: Settings = field(default_factory=Settings)
    format: PartFormat = "jsonl.zst"
    part_size: int = DEFAULT_PART_SIZE
    workers: int = 1
    restart: bool = False
    unreadable: Sequence[GeomapError] = ()


class Observer(Protocol):
    """Who is told how the run goes, and may end it early."""

    def begin(self, done: int, total_bytes: int | None) -> None:
        """Take note that ``done`` parts are there already."""

    def skip(self, position: int) -> None:
        """Take note that a part that was done has been passed; ``position`` is in bytes."""

    def advance(self, entry: PartEntry, position: int) -> None:
        """Take note that a part is finished and safe."""

    def wants_stop(self) -> bool:
        """Return whether to finish what is being worked on and end."""


def run_batch(job: Job, observer: Observer) -> Manifest:
    """Do the job, from where an earlier run left it; return the manifest.

    It is not ``complete`` if the observer wanted to stop. Raises OutputError, ModelError or
    GazetteerError where nothing can go on; what is finished is kept.
    """
    setup = _describe(job)
    meter = Meter(job.files)
    with open_folder(job.folder, setup, restart=job.restart) as folder:
        observer.begin(folder.done, meter.total)
        parts = cut_parts(meter, job.settings, job.part_size, list(job.unreadable))
        todo = _skip_done(parts, folder, observer)
        first = next(todo, None)
        if first is not None:
            with _pool(job) as (pool, stop):
                _Run(pool, stop, folder, observer, job.workers).go(first, todo)
        if not observer.wants_stop():
            folder.finish()
        return folder.manifest


def _describe(job: Job) -> Setup:
    # Unpacked and looked at here once, not by every worker.
    with open_gazetteer(job.settings.gazetteer, job.settings.worldview) as gazetteer:
        version = gazetteer.version
    return Setup(
        geomap=__version__,
        gazetteer=version,
        format=job.format,
        part_size=job.part_size,
        settings=describe_settings(job.settings),
    )


def _skip_done(parts: Iterator[Part], folder: RunFolder, observer: Observer) -> Iterator[Part]:
    """Yield what is left to do, once all that is done has been found unchanged."""
    done, number = folder.done, 0
    for part in parts:
        number = part.number
        if observer.wants_stop():
            return
        if number <= done:
            folder.check(part)
            observer.skip(part.position)
        elif folder.manifest.complete:
            folder.refuse_input(done)
        else:
            yield part
    if number < done:
        folder.refuse_input(done)


@contextmanager
def _pool(job: Job) -> Iterator[tuple[ProcessPoolExecutor, Event]]:
    """Yield worker processes, and what tells them to begin nothing more.

    They end with it, at once if something went wrong.
    """
    for name in _ONE_THREAD:
        os.environ.setdefault(name, "1")
    context = get_context("spawn")
    theirs, ours = context.Pipe(duplex=False)
    stop = context.Event()
    pool = ProcessPoolExecutor(
        job.workers, context, initializer=start, initargs=(job.settings, theirs, stop)
    )
    try:
        yield pool, stop
        pool.shutdown()
    except BrokenProcessPool as error:
        message = (
            f"{job.folder}: a worker process died (out of memory?); what is finished is kept:"
            " run the same command again, perhaps with fewer --workers"
        )
        raise OutputError(message, path=job.folder) from error
    finally:
        ours.close()
        pool.shutdown(cancel_futures=True)
        theirs.close()


class _Run:
    """Keeps the workers busy, and no more parts in memory than that takes."""

    def __init__(
        self,
        pool: ProcessPoolExecutor,
        stop: Event,
        folder: RunFolder,
        observer: Observer,
        workers: int,
    ) -> None:
        self._pool = pool
        self._stop = stop
        self._folder = folder
        self._observer = observer
        self._most = workers + 2
        self._waiting: Waiting = deque()

    def go(self, first: Part, rest: Iterator[Part]) -> None:
        """Work until the input ends or the observer wants to stop."""
        self._submit(first)
        for part in rest:
            self._submit(part)
            while len(self._waiting) >= self._most:
                self._settle()
            if self._observer.wants_stop():
                break
        while self._waiting:
            self._settle()

    def _submit(self, part: Part) -> None:
        paths = self._folder.paths_for(part.number)
        task = Task(part.articles, paths, self._folder.manifest.setup.format)
        self._waiting.append((part, self._pool.submit(work, task)))

    def _settle(self) -> None:
        """Commit the oldest part, unless it was not begun when a stop was wanted."""
        part, future = self._waiting.popleft()
        while not wait([future], _POLL_S).done:
            if self._observer.wants_stop():
                self._stop.set()
        outcome = future.result()
        if outcome.left:
            # Parts are begun in order: those after it are not begun either.
            self._waiting.clear()
            return
        if outcome.unwritten:
            raise cannot_write(self._folder.path, outcome.unwritten)
        if outcome.refused:
            raise OutputError(outcome.refused, path=self._folder.path)
        with telling_refusals(self._folder.path):
            entry = self._folder.commit(part, outcome)
        self._observer.advance(entry, part.position)
