"""The engine of one machine: worker processes of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.synchronize import Event

from geomap.batch.worker import Outcome, Task, start, work
from geomap.errors import OutputError
from geomap.settings import Settings

# One core a worker: more threads would only get into each other's way.
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class PoolEngine:
    """Gives tasks to worker processes; use ``open_pool``."""

    same_disk = True

    def __init__(self, pool: ProcessPoolExecutor, stop: Event, workers: int) -> None:
        self._pool = pool
        self._stop = stop
        self.most = workers + 2

    def submit(self, task: Task) -> Future[Outcome]:
        """Have a worker do a task."""
        return self._pool.submit(work, task)

    def stop(self) -> None:
        """Have nothing more begun."""
        self._stop.set()


@contextmanager
def open_pool(settings: Settings, workers: int, name: str) -> Iterator[PoolEngine]:
    """Yield an engine whose processes end with it, at once if something went wrong.

    Raises OutputError if a worker dies; ``name`` is the destination's.
    """
    for variable in ONE_THREAD:
        os.environ.setdefault(variable, "1")
    context = get_context("spawn")
    theirs, ours = context.Pipe(duplex=False)
    stop = context.Event()
    pool = ProcessPoolExecutor(
        workers, context, initializer=start, initargs=(settings, theirs, stop)
    )
    try:
        yield PoolEngine(pool, stop, workers)
        pool.shutdown()
    except BrokenProcessPool as error:
        message = (
            f"{name}: a worker process died (out of memory?); what is finished is kept:"
            " run the same command again, perhaps with fewer --workers"
        )
        raise OutputError(message) from error
    finally:
        ours.close()
        pool.shutdown(cancel_futures=True)
        theirs.close()
