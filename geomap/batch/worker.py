"""A worker process: opens model and gazetteer once, then parses and writes part after part."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from typing import TYPE_CHECKING

from geomap.batch.cutting import Failure, failure_of
from geomap.batch.writing import Writer, Written
from geomap.errors import GazetteerError, GeomapError, ModelError
from geomap.models import Article, Lang
from geomap.settings import Settings

if TYPE_CHECKING:
    from geomap.pipeline import Geoparser
    from geomap.records import ArticleRecord

# Without these the run as a whole is vain, not a single article.
_FATAL = (ModelError, GazetteerError)

_geoparser: Geoparser | None = None
_refused = "the worker has not been started"
_stop: Event | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """Articles to be parsed, and what to write the part with."""

    articles: list[Article]
    writer: Writer


@dataclass(slots=True)
class Outcome:
    """What became of a task.

    ``refused`` says in one line why the run cannot go on, ``unwritten`` what the disk said;
    ``left`` that it was not begun, as the run is to end.
    """

    left: bool = False
    refused: str | None = None
    unwritten: str | None = None
    articles: int = 0
    toponyms: int = 0
    events: int = 0
    failures: list[Failure] = field(default_factory=list)
    models: dict[Lang, str] = field(default_factory=dict)
    files: list[Written] = field(default_factory=list)


def start(settings: Settings, lifeline: Connection, stop: Event) -> None:
    """Prepare this process; it ends with the ``lifeline``, whichever way its parent ends.

    After ``stop`` no task is begun.
    """
    global _geoparser, _refused, _stop  # noqa: PLW0603 - a pool has no other place for them
    _stop = stop
    # Ctrl-C reaches every process of a terminal; the parent decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with, args=[lifeline], daemon=True).start()
    from geomap.pipeline import Geoparser

    try:
        _geoparser = Geoparser(settings)
    except GeomapError as error:
        _refused = str(error)


def _die_with(lifeline: Connection) -> None:
    try:
        lifeline.recv_bytes()
    except (EOFError, OSError):
        os._exit(1)


def work(task: Task) -> Outcome:
    """Parse and write one part."""
    if _stop is not None and _stop.is_set():
        return Outcome(left=True)
    if _geoparser is None:
        return Outcome(refused=_refused)
    return parse_part(task, _geoparser)


def parse_part(task: Task, geoparser: Geoparser) -> Outcome:
    """Parse and write one part; nothing that may happen to it is raised."""
    outcome = Outcome()
    try:
        records = list(_parse(task.articles, geoparser, outcome))
        outcome.files = task.writer.write(records)
    except GeomapError as error:
        return Outcome(refused=str(error))
    except OSError as error:
        return Outcome(unwritten=error.strerror or str(error))
    return outcome


def _parse(
    articles: list[Article], geoparser: Geoparser, outcome: Outcome
) -> Iterator[ArticleRecord]:
    from geomap.recognition import BATCH_TEXTS

    waiting = iter(articles)
    while some := list(islice(waiting, BATCH_TEXTS)):
        for record in _parse_some(some, geoparser, outcome):
            outcome.articles += 1
            outcome.toponyms += len(record.toponyms)
            outcome.events += len(record.events)
            outcome.models.setdefault(record.lang, record.made_by.model)
            yield record


def _parse_some(
    articles: list[Article], geoparser: Geoparser, outcome: Outcome
) -> list[ArticleRecord]:
    """Parse together what can be; where one fails, each by itself, to know which."""
    records = _parse_together(articles, geoparser)
    return list(_parse_singly(articles, geoparser, outcome)) if records is None else records


def _parse_together(articles: list[Article], geoparser: Geoparser) -> list[ArticleRecord] | None:
    """Return the records, or None where an article fails, whichever it is."""
    from geomap.records import record_of

    errors: list[GeomapError] = []
    try:
        records = [record_of(parsed) for parsed in geoparser.parse_many(articles, errors.append)]
    except _FATAL:
        raise
    except Exception:
        return None
    return None if errors else records


def _parse_singly(
    articles: list[Article], geoparser: Geoparser, outcome: Outcome
) -> Iterator[ArticleRecord]:
    from geomap.records import record_of

    for article in articles:
        try:
            yield record_of(geoparser.parse(article))
        except _FATAL:
            raise
        except Exception as error:
            outcome.failures.append(failure_of(error, article))
