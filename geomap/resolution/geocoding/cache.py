"""The file that remembers answers, and whose turn it is, for all processes of one user."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from typing import Any

from geomap.resolution.geocoding.answers import Answer, dump_answers, load_answers

ENVIRONMENT_VARIABLE = "GEOMAP_GEOCODE_CACHE"
SECONDS_PER_DAY = 86400.0
EMPTY_MAX_AGE_DAYS = 14.0
"""A name that a service does not know today it may know soon."""

_LOCK_SECONDS = 120.0
_LAYOUT = 2
_TABLES = ("answer", "asked", "turn")
_DDL = (
    "CREATE TABLE answer (provider TEXT, server TEXT, lang TEXT, name TEXT, countries TEXT,"
    " answers TEXT, at REAL, PRIMARY KEY (provider, server, lang, name, countries))",
    "CREATE TABLE turn (provider TEXT, server TEXT, asked REAL, not_before REAL,"
    " PRIMARY KEY (provider, server))",
)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of whom; ``countries`` are the codes that the answer is confined to, joined."""

    provider: str
    server: str
    lang: str
    name: str
    countries: str


@dataclass(frozen=True, slots=True)
class Turn:
    """When a server was last asked and may be asked again, in seconds since 1970."""

    asked: float = 0.0
    not_before: float = 0.0


@dataclass(frozen=True, slots=True)
class ProviderStats:
    """What is kept of one server; ``oldest`` and ``newest`` in seconds since 1970."""

    provider: str
    server: str
    entries: int
    empty: int
    oldest: float
    newest: float


def cache_path() -> Path:
    """Return ``$GEOMAP_GEOCODE_CACHE``, else ``geocoding.sqlite`` in the user's cache folder."""
    if chosen := os.environ.get(ENVIRONMENT_VARIABLE):
        return Path(chosen)
    import platformdirs

    return platformdirs.user_cache_path("geomap", appauthor=False) / "geocoding.sqlite"


class AnswerCache:
    """Answers by question, and turns by server, in an SQLite file made on first use.

    Every method opens the file anew and raises OSError or sqlite3.Error if that is impossible.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def recall(
        self, question: Question, max_age_days: float, now: float
    ) -> tuple[Answer, ...] | None:
        """Return the answers kept, empty if the service knew none, None if not kept or too old."""
        if not self.path.exists():
            return None
        with self._open() as db:
            return _recall(db, question, max_age_days, now)

    @contextmanager
    def turn(self) -> Iterator[Held]:
        """Hold the file's write lock: one process asks, the others wait, a dead one holds nothing.

        Raises sqlite3.OperationalError when it is not free within two minutes.
        """
        with self._open() as db:
            db.execute("BEGIN IMMEDIATE")
            try:
                yield Held(db)
            finally:
                # Also after a failure: when the service was asked is to be kept.
                db.execute("COMMIT")

    def stats(self) -> list[ProviderStats]:
        """Return what is kept, by provider and server."""
        if not self.path.exists():
            return []
        query = (
            "SELECT provider, server, count(*), sum(answers='[]'), min(at), max(at) FROM answer"
            " GROUP BY 1, 2 ORDER BY 1, 2"
        )
        with self._open() as db:
            return [ProviderStats(*row) for row in db.execute(query)]

    def clear(self, provider: str | None = None, older_than_days: float = 0.0) -> int:
        """Forget the answers of a provider, or all, that are that old; return how many they were.

        A file that cannot be read is deleted.
        """
        if not self.path.exists():
            return 0
        try:
            with self._open() as db:
                return _clear(db, provider, time.time() - older_than_days * SECONDS_PER_DAY)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            self.path.unlink()
            return 0

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.path, timeout=_LOCK_SECONDS, isolation_level=None)) as db:
            if db.execute("PRAGMA user_version").fetchone()[0] != _LAYOUT:
                _lay_out(db)
            yield db


class Held:
    """The file while this process has the turn."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def recall(
        self, question: Question, max_age_days: float, now: float
    ) -> tuple[Answer, ...] | None:
        """Do as ``AnswerCache.recall``: another process may have asked meanwhile."""
        return _recall(self._db, question, max_age_days, now)

    def keep(self, question: Question, answers: tuple[Answer, ...], now: float) -> None:
        """Remember an answer, also an empty one."""
        row = (*astuple(question), dump_answers(answers), now)
        self._db.execute("INSERT OR REPLACE INTO answer VALUES (?,?,?,?,?,?,?)", row)

    def last(self, question: Question) -> Turn:
        """Return when the question's server was asked last."""
        row = self._db.execute(
            "SELECT asked, not_before FROM turn WHERE provider=? AND server=?",
            (question.provider, question.server),
        ).fetchone()
        return Turn(*row) if row else Turn()

    def note(self, question: Question, turn: Turn) -> None:
        """Remember when the question's server was asked, and when it may be asked again."""
        row = (question.provider, question.server, turn.asked, turn.not_before)
        self._db.execute("INSERT OR REPLACE INTO turn VALUES (?,?,?,?)", row)


def _lay_out(db: sqlite3.Connection) -> None:
    """Make the tables; those of another version, which can all be asked for again, are dropped."""
    db.execute("BEGIN IMMEDIATE")
    if db.execute("PRAGMA user_version").fetchone()[0] != _LAYOUT:
        for table in _TABLES:
            db.execute(f"DROP TABLE IF EXISTS {table}")
        for statement in _DDL:
            db.execute(statement)
        db.execute(f"PRAGMA user_version={_LAYOUT}")
    db.execute("COMMIT")


def _recall(
    db: sqlite3.Connection, question: Question, max_age_days: float, now: float
) -> tuple[Answer, ...] | None:
    where = " AND ".join(f"{column}=?" for column in asdict(question))
    row = db.execute(
        f"SELECT answers, at FROM answer WHERE {where}",  # noqa: S608  # names of our own columns
        astuple(question),
    ).fetchone()
    if row is None:
        return None
    answers = load_answers(row[0])
    allowed = max_age_days if answers else min(max_age_days, EMPTY_MAX_AGE_DAYS)
    return answers if now - row[1] <= allowed * SECONDS_PER_DAY else None


def _clear(db: sqlite3.Connection, provider: str | None, before: float) -> int:
    conditions: list[Any] = [before]
    query = "DELETE FROM answer WHERE at <= ?"
    if provider is not None:
        query += " AND provider = ?"
        conditions.append(provider)
    count = db.execute(query, conditions).rowcount
    db.execute("VACUUM")
    return count
