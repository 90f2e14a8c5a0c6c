"""The engine of a cluster: Dask distributed, its scheduler and workers.

::

    this process ── Task (articles) ──→ scheduler ──→ worker: parses, with what it opened once
                 ←─ Outcome (bytes of the part) ────────┘

Workers write nothing: a part comes back as bytes and is committed here. So a task that Dask does
twice, because a worker died or was thought to be dead, leaves no trace, and a worker needs neither
the disk nor the password of the destination.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
import warnings
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import dask
from distributed import Client, KilledWorker, LocalCluster, Worker, WorkerPlugin, get_worker
from distributed.comm import CommClosedError
from distributed.versions import VersionMismatchWarning

from geomap.batch.manifest import Setup, describe_setup
from geomap.batch.pool import ONE_THREAD
from geomap.batch.worker import Outcome, Task, parse_part
from geomap.errors import GeomapError, OutputError
from geomap.settings import Settings

if TYPE_CHECKING:
    from geomap.pipeline import Geoparser

LOCAL = "local"

_RETRIES = 2
"""How often a task is done again that raised something; what kills workers, Dask counts itself."""
_CONNECT_S = 5
_CLOSE_S = 5
# Left alone, Dask looks at each process 50 times a second, a twelfth of a core for two workers, and
# has memory given back at once, which costs the parser a tenth more time.
_CALM = {
    "distributed.admin.tick.interval": "1s",
    "distributed.admin.tick.limit": "60s",
    "distributed.admin.system-monitor.interval": "10s",
    "distributed.worker.profile.enabled": False,
    "distributed.nanny.pre-spawn-environ": dict.fromkeys(ONE_THREAD, 1),
}
_AGAIN = "what is finished is kept: run the same command again to go on"
# On a worker: runs that wanted to end, and what was opened for the last settings it met.
_stopped: set[str] = set()
_opened: dict[Run, _Opened] = {}
_opening = threading.Lock()

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Run:
    """What a worker must know of a run: how to parse, and what it must have for that (JSON)."""

    settings: Settings
    setup: str


@dataclass(slots=True)
class _Opened:
    """A parser, or why there is none; one task at a time, whatever threads a worker has."""

    geoparser: Geoparser | None
    refused: str | None
    lock: threading.Lock


def _open(run: Run) -> _Opened:
    """Return what this process has for a run; opened on first use, and kept."""
    with _opening:
        if run not in _opened:
            _opened.clear()
            _opened[run] = _open_new(run)
        return _opened[run]


def _open_new(run: Run) -> _Opened:
    from geomap.pipeline import Geoparser

    wanted = Setup.model_validate_json(run.setup)
    lock = threading.Lock()
    try:
        here = describe_setup(run.settings, wanted.format, wanted.part_size)
        if changed := list(wanted.changes(here)):
            told = "; ".join(f"{name} is {ours}, there {theirs}" for name, ours, theirs in changed)
            return _Opened(None, f"would parse otherwise ({told}); install the same there", lock)
        return _Opened(Geoparser(run.settings), None, lock)
    except (GeomapError, OSError) as error:
        return _Opened(None, str(error), lock)


class OpenOnce(WorkerPlugin):
    """Has every worker, also those that come later, open model and gazetteer before its tasks."""

    def __init__(self, name: str, run: Run, *, local: bool) -> None:
        self.name = name
        self._run = run
        self._local = local

    async def setup(self, worker: Worker) -> None:
        """Open them, beside the worker's own messages."""
        if self._local:
            # Ctrl-C reaches every process of a terminal; the parent decides.
            with suppress(ValueError):
                signal.signal(signal.SIGINT, signal.SIG_IGN)
        await asyncio.to_thread(_open, self._run)


def _work(name: str, run: Run, task: Task) -> Outcome:
    """Parse one part, on a worker."""
    opened = _open(run)
    with opened.lock:
        if name in _stopped:
            return Outcome(left=True)
        if opened.geoparser is None:
            return Outcome(refused=f"the worker {get_worker().address}: {opened.refused}")
        return parse_part(task, opened.geoparser)


def _stop(name: str) -> None:
    """Begin no more tasks of a run, on a worker."""
    _stopped.add(name)


class ClusterEngine:
    """Gives tasks to the workers of a Dask cluster; use ``open_cluster``."""

    same_disk = False

    def __init__(self, client: Client, name: str, run: Run) -> None:
        self._client = client
        self._name = name
        self._run = run
        self._executor = client.get_executor(pure=False, retries=_RETRIES)

    @property
    def most(self) -> int:
        """Two tasks for each worker there is now: the next one waits where the last one ends."""
        return 2 * max(1, len(self._client.nthreads())) + 2

    def submit(self, task: Task) -> Future[Outcome]:
        """Have a worker do a task; if it dies, another one."""
        with warnings.catch_warnings():
            # Dask would have many megabytes put elsewhere; a part is what it is.
            warnings.filterwarnings("ignore", message="Sending large graph")
            future: Future[Outcome] = self._executor.submit(_work, self._name, self._run, task)
        return future

    def stop(self) -> None:
        """Have nothing more begun; without a worker, nothing was."""
        if self._client.nthreads():
            self._client.run(_stop, self._name, wait=False)
        else:
            self._executor.shutdown(wait=False)


@contextmanager
def open_cluster(
    address: str, settings: Settings, setup: Setup, workers: int, name: str
) -> Iterator[ClusterEngine]:
    """Yield an engine on the scheduler at ``address``, or on ``workers`` local processes.

    Raises OutputError if there is none, or once it is gone; ``name`` is the destination's.
    """
    run, run_name = Run(settings, setup.model_dump_json()), f"geomap-{uuid4().hex}"
    plugin = OpenOnce(run_name, run, local=address == LOCAL)
    with _quiet(), _connect(address, workers) as client:
        try:
            client.register_plugin(plugin)
            if not client.nthreads():
                _log.warning("%s: has no workers yet, waiting for them", address)
            yield ClusterEngine(client, run_name, run)
            client.unregister_worker_plugin(run_name)
        except KilledWorker as error:
            message = (
                f"{name}: one part has cost {error.allowed_failures + 1} workers their lives"
                f" (out of memory?), the last at {error.last_worker.address}; {_AGAIN}"
            )
            raise OutputError(message) from error
        except (CancelledError, CommClosedError, TimeoutError) as error:
            raise OutputError(
                f"{name}: the Dask scheduler at {address} is gone; {_AGAIN}"
            ) from error


@contextmanager
def _connect(address: str, workers: int) -> Iterator[Client]:
    if address == LOCAL:
        with (
            dask.config.set(_CALM),
            LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                processes=True,
                host="127.0.0.1",
                dashboard_address="127.0.0.1:0",
                memory_limit=0,
            ) as cluster,
            Client(cluster, timeout=_CONNECT_S) as client,
        ):
            yield client
        return
    is_file = Path(address).is_file()
    if not is_file and ":" not in address:
        raise OutputError(
            f"{address}: no such scheduler file; name one, or an address like tcp://head:8786"
        )
    try:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            named = {"scheduler_file" if is_file else "address": address}
            client = Client(timeout=_CONNECT_S, **named)
    except (OSError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise OutputError(
            f"{address}: no Dask scheduler answers there ({reason}); {_AGAIN}"
        ) from error
    if any(issubclass(warning.category, VersionMismatchWarning) for warning in told):
        _log.warning("%s: has other packages than there are here; install the same", address)
    try:
        yield client
    finally:
        client.close(timeout=_CLOSE_S)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Dask's own messages, many lines each, from whoever has asked for one."""
    loggers = [logging.getLogger(name) for name in ("distributed", "tornado", "asyncio")]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        with dask.config.set({"logging.distributed": "critical"}):
            yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)
