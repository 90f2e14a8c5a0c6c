"""The input as a stream of parts; what is remembered of it lies on disk, not in memory."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import astuple, dataclass, field, replace
from typing import Any

from geomap.articles import read_articles
from geomap.articles.files import size_of
from geomap.errors import GeomapError, OutputError
from geomap.models import Article
from geomap.settings import Settings

MOST_CHARACTERS = 4_000_000
"""A part is closed early with so much text in it, or with so many items that are no articles."""
MOST_ASIDE = 10_000

_MEMORY = "PRAGMA cache_size=-32768"


@dataclass(frozen=True, slots=True)
class Failure:
    """What could not be parsed, and why."""

    id: str | None
    source: str | None
    line: int | None
    error: str
    reason: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An article that is another once more."""

    id: str
    duplicate_of: str


@dataclass(slots=True)
class Part:
    """Some of the input, in order; ``position`` is how many bytes of it had been read."""

    number: int
    articles: list[Article] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    position: int = 0

    @property
    def digest(self) -> str:
        """The checksum of everything in it."""
        digest = hashlib.sha256()
        for article in self.articles:
            digest.update(_bytes_of([article.id, *_contents(article), astuple(article.source)]))
        for failure in self.failures:
            digest.update(_bytes_of(astuple(failure)))
        for duplicate in self.duplicates:
            digest.update(_bytes_of(astuple(duplicate)))
        return digest.hexdigest()


def failure_of(error: Exception, article: Article | None = None) -> Failure:
    """Return what is noted of an error, in one line."""
    known = isinstance(error, GeomapError)
    reason = " ".join(str(error).split()) or "no reason given"
    return Failure(
        id=article.id if article else None,
        source=getattr(error, "source", None) if known else None,
        line=getattr(error, "line", None) if known else None,
        error=type(error).__name__,
        reason=reason,
    )


class Meter:
    """How many bytes of the files have been read; ``total`` is None where nobody knows."""

    def __init__(self, files: list[str]) -> None:
        self._files = files
        self._before = 0
        self._here = 0
        self.total = None if "-" in files else sum(map(size_of, files))

    @property
    def position(self) -> int:
        """Bytes read so far."""
        return self._before + self._here

    def over(self) -> Iterator[str]:
        """Yield the files; each counts as read when the next is asked for."""
        for file in self._files:
            yield file
            self._before += size_of(file)
            self._here = 0

    def tell(self, here: int) -> None:
        """Take note of the position in the present file."""
        self._here = here


def cut_parts(
    meter: Meter, settings: Settings, size: int, unreadable: list[GeomapError]
) -> Iterator[Part]:
    """Yield the parts of the input, ``size`` articles each; where they end depends on it alone.

    An article whose text, title, date and language have been before is set aside as a duplicate.
    ``unreadable`` are failures from before the first file.
    """
    memory = Memory()
    part = Part(1, failures=[failure_of(error) for error in unreadable])
    characters = 0

    def fail(error: GeomapError) -> None:
        part.failures.append(failure_of(error))

    articles = read_articles(meter.over(), settings, fail, take_id=memory.take_id, tell=meter.tell)
    try:
        for article in articles:
            if first := memory.seen_before(article):
                part.duplicates.append(Duplicate(article.id, first))
            else:
                part.articles.append(article)
                characters += len(article.text)
            aside = len(part.failures) + len(part.duplicates)
            if len(part.articles) >= size or characters >= MOST_CHARACTERS or aside >= MOST_ASIDE:
                yield replace(part, position=meter.position)
                part = Part(part.number + 1)
                characters = 0
    except GeomapError:
        raise
    except (sqlite3.Error, OSError) as error:
        message = f"the folder for temporary files cannot be written ({error}); set TMPDIR"
        raise OutputError(message) from error
    if part.articles or part.failures or part.duplicates:
        yield replace(part, position=meter.position)


class Memory:
    """Ids and texts met so far, in a file of SQLite's own that goes with the process."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        for statement in (
            _MEMORY,
            "PRAGMA journal_mode=OFF",
            "CREATE TABLE ids (id TEXT PRIMARY KEY, last INTEGER) WITHOUT ROWID",
            "CREATE TABLE texts (digest BLOB PRIMARY KEY, id TEXT) WITHOUT ROWID",
            "BEGIN",
        ):
            self._db.execute(statement)

    def take_id(self, wanted: str) -> str:
        """Return ``wanted`` or, as ``UniqueIds`` does, with the first free number."""
        if self._add_id(wanted):
            return wanted
        (number,) = self._db.execute("SELECT last FROM ids WHERE id = ?", [wanted]).fetchone()
        number += 1
        while not self._add_id(f"{wanted}-{number}"):
            number += 1
        self._db.execute("UPDATE ids SET last = ? WHERE id = ?", [number, wanted])
        return f"{wanted}-{number}"

    def _add_id(self, identifier: str) -> bool:
        added = self._db.execute("INSERT OR IGNORE INTO ids VALUES (?, 1)", [identifier])
        return added.rowcount == 1

    def seen_before(self, article: Article) -> str | None:
        """Return the id of the same article met before, None for a new one, which is noted."""
        digest = hashlib.sha256(_bytes_of(_contents(article))).digest()
        added = self._db.execute("INSERT OR IGNORE INTO texts VALUES (?, ?)", [digest, article.id])
        if added.rowcount == 1:
            return None
        row = self._db.execute("SELECT id FROM texts WHERE digest = ?", [digest]).fetchone()
        return str(row[0])


def _contents(article: Article) -> list[Any]:
    published = article.published.isoformat() if article.published else None
    return [article.text, article.title, published, article.lang, article.given_spans]


def _bytes_of(value: Any) -> bytes:
    return json.dumps(value).encode("ascii")
