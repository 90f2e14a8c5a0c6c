"""Archives: JSON Lines (also .gz, .zst), CSV and Parquet, read object by object."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date
from pathlib import Path
from typing import IO, Any, Literal, cast

from geomap.articles.characters import clean_strings
from geomap.articles.decoding import decode_text
from geomap.articles.files import is_url, open_file, size_of
from geomap.articles.jsonlines import parse_line
from geomap.errors import GeomapError, InputError, InputTooLongError, RecordError
from geomap.settings import Settings

LINES_SUFFIXES = (".jsonl", ".ndjson")
TABLE_SUFFIXES = (".csv", ".parquet")
PACKED_SUFFIXES = (".gz", ".zst")

Kind = Literal["lines", "csv", "parquet"]
Tell = Callable[[int], None]
"""Told how many bytes of the file have been read so far."""
Item = dict[str, Any] | GeomapError

LONGEST_LINE = 128 << 20
"""Bytes of one JSON line; more than any article, less than memory."""

_ROWS = 64
_STEP = 16 << 10
_DELIMITERS = ",;\t"
_KEPT_COLUMNS = ("title", "lang", "url", "publisher", "author", "retrieved", "archive_url")
_DAMAGED = (EOFError, gzip.BadGzipFile, zlib.error)


def archive_kind(source: str) -> Kind | None:
    """Return how the archive of that name is read; None for what is no archive."""
    path = Path(source)
    suffix = path.suffix.lower()
    if suffix in PACKED_SUFFIXES:
        suffix = Path(path.stem).suffix.lower()
    elif suffix == ".parquet":
        return "parquet"
    if suffix in LINES_SUFFIXES:
        return "lines"
    return "csv" if suffix == ".csv" else None


def is_packed(source: str) -> bool:
    """Return whether the file name says that it is compressed."""
    return Path(source).suffix.lower() in PACKED_SUFFIXES


def iter_archive(
    source: str, kind: Kind, settings: Settings, tell: Tell
) -> Iterator[tuple[int, Item]]:
    """Yield (number, object) of every line or row; a bad one yields its error.

    Rows become objects like those of JSON Lines, by the columns that ``settings`` name. Raises
    InputError where the archive cannot be read at all, or cannot be read on.
    """
    if kind == "parquet":
        yield from _iter_parquet(source, settings, tell)
        return
    with _reading(source), open_binary(source) as (stream, raw):
        items = (
            _iter_csv(stream, source, settings)
            if kind == "csv"
            else iter_lines(bounded_lines(stream), source)
        )
        for number, item in items:
            tell(raw.tell())
            yield number, item


@contextmanager
def _reading(source: str) -> Iterator[None]:
    from zstandard import ZstdError

    try:
        yield
    except (*_DAMAGED, ZstdError) as error:
        message = f"is damaged ({error}); what stands before the damage was read"
        raise InputError(message, source=source) from error
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror or error})", source=source) from error
    except UnicodeDecodeError as error:
        raise InputError("is not UTF-8; save it as UTF-8", source=source) from error


@contextmanager
def open_binary(source: str) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """Yield the unpacked bytes of a file, and the file whose position tells how far one is."""
    with open_file(source) as raw, unpack(raw, Path(source).suffix.lower()) as stream:
        yield stream, raw


def unpack(raw: IO[bytes], suffix: str) -> AbstractContextManager[IO[bytes]]:
    """Return the stream that a compressed one holds."""
    if suffix == ".gz":
        return cast(AbstractContextManager[IO[bytes]], gzip.open(raw, "rb"))
    if suffix == ".zst":
        return io.BufferedReader(_ZstdStream(raw), _STEP)
    return nullcontext(raw)


class _ZstdStream(io.RawIOBase):
    """Unpacks zstd frame by frame; unlike the library's reader it notices a missing end."""

    def __init__(self, raw: IO[bytes]) -> None:
        from zstandard import ZstdDecompressor

        self._raw = raw
        self._opener = ZstdDecompressor(max_window_size=2**31)
        self._frame = self._opener.decompressobj()
        self._begun = False
        self._ready = b""

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill ``buffer`` with what comes next; return how much that is."""
        while not self._ready:
            if not self._advance():
                return 0
        count = min(len(buffer), len(self._ready))
        buffer[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def _advance(self) -> bool:
        rest = self._frame.unused_data if self._frame.eof else b""
        if self._frame.eof:
            self._frame, self._begun = self._opener.decompressobj(), False
        chunk = rest or self._raw.read(_STEP)
        if not chunk:
            if self._begun:
                raise EOFError("the end is missing")
            return False
        self._begun = True
        self._ready = self._frame.decompress(chunk)
        return True


def iter_lines(lines: Iterable[bytes | None], source: str) -> Iterator[tuple[int, Item]]:
    """Yield (line number, object) of every non-blank line of JSON Lines; None was too long."""
    for number, line in enumerate(lines, start=1):
        if line is None:
            message = f"line {number} is longer than {LONGEST_LINE:,} bytes; is it JSON Lines?"
            yield number, InputTooLongError(message, source=source, limit=LONGEST_LINE)
        elif line.strip():
            yield number, _parse(line, source, number)


def _parse(line: bytes, source: str, number: int) -> Item:
    try:
        text = decode_text(line, f"{source}, line {number}")
    except InputError as error:
        return error
    return parse_line(text.strip("\n"), source, number)


def bounded_lines(stream: IO[bytes]) -> Iterator[bytes | None]:
    """Yield the lines, None for one that is too long."""
    while line := stream.readline(LONGEST_LINE + 1):
        if len(line) <= LONGEST_LINE:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(LONGEST_LINE)
        yield None


def starts_with_line(lines: Iterable[bytes | None]) -> bool:
    """Return whether the first non-blank line is JSON by itself, as in JSON Lines it must be."""
    first = next((line for line in lines if line is None or line.strip()), b"")
    if first is None:
        return True
    try:
        json.loads(first.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    return True


def _iter_csv(stream: IO[bytes], source: str, settings: Settings) -> Iterator[tuple[int, Item]]:
    csv.field_size_limit(max(csv.field_size_limit(), 2 * settings.max_bytes, sys.maxunicode))
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    try:
        header = text.readline()
        delimiter = max(_DELIMITERS, key=header.count)
        names = next(csv.reader([header], delimiter=delimiter), [])
        columns = _Columns(names, source, settings)
        rows = csv.reader(text, delimiter=delimiter)
        while True:
            try:
                row = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                number = rows.line_num + 1
                yield number, RecordError(f"is not CSV ({error})", source=source, line=number)
                continue
            if row:
                number = rows.line_num + 1
                yield number, columns.object_of(dict(zip(names, row, strict=False)))
    finally:
        text.detach()


def _open_parquet(source: str) -> AbstractContextManager[Any]:
    from pyarrow.parquet import ParquetFile

    # By name, it can be mapped into memory.
    table: AbstractContextManager[Any] = (
        ParquetFile(open_file(source)) if is_url(source) else ParquetFile(source, memory_map=True)
    )
    return table


def _iter_parquet(source: str, settings: Settings, tell: Tell) -> Iterator[tuple[int, Item]]:
    from pyarrow import ArrowException

    try:
        size = size_of(source)
        with _open_parquet(source) as table:
            columns = _Columns(table.schema_arrow.names, source, settings)
            total = max(1, table.metadata.num_rows)
            number = 0
            for batch in table.iter_batches(_ROWS, columns=columns.wanted):
                for row in batch.to_pylist():
                    number += 1
                    tell(size * number // total)
                    yield number, columns.object_of(row)
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror or error})", source=source) from error
    except ArrowException as error:
        reason = " ".join(str(error).split())
        raise InputError(f"is not Parquet that can be read ({reason})", source=source) from error


class _Columns:
    """Which columns of a table make an article."""

    def __init__(self, names: list[str], source: str, settings: Settings) -> None:
        self._text = settings.text_column
        self._id = settings.id_column or "id"
        self._date = settings.date_column or "published"
        asked = {
            "--text-column": settings.text_column,
            "--id-column": settings.id_column,
            "--date-column": settings.date_column,
        }
        for option, name in asked.items():
            if name is not None and name not in names:
                found = ", ".join(names) or "none"
                message = (
                    f"has no column {name!r}; name another with {option} of geomap batch"
                    f" (there are: {found})"
                )
                raise InputError(message, source=source)
        known = (self._text, self._id, self._date, *_KEPT_COLUMNS)
        self.wanted = [name for name in dict.fromkeys(known) if name in names]

    def object_of(self, row: dict[str, Any]) -> dict[str, Any]:
        """Return the row as an object of JSON Lines."""
        item = {name: row.get(name) for name in _KEPT_COLUMNS}
        item |= {"text": row.get(self._text), "id": row.get(self._id)}
        when = row.get(self._date)
        item["published"] = when.isoformat() if isinstance(when, date) else when
        # An empty cell says nothing.
        cleaned: dict[str, Any] = clean_strings({k: v for k, v in item.items() if v != ""})
        return cleaned
