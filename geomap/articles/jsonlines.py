"""JSON objects with ``id``, ``text`` and optional metadata: one a line, or one in a whole file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from geomap.articles.characters import clean_strings
from geomap.errors import RecordError
from geomap.models import Source

_TEXT_FIELDS = ("url", "publisher", "author", "retrieved", "archive_url")
# As tables made in German have them; with dots, the day comes first wherever dates are so written.
_DOTTED_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)", re.ASCII)


def iter_objects(
    text: str, source: str, *, by_line: bool
) -> Iterator[tuple[int, dict[str, Any] | RecordError]]:
    """Yield (line number, object) for every non-blank line; a bad line yields its error.

    One object that is spread over all lines counts as line 1; ``by_line`` says that this is not
    expected, so that a broken first line does not hide the others. Strings come without control
    characters and lone surrogates.
    """
    whole = _read_whole(text, source, by_line=by_line)
    if whole is not None:
        yield 1, whole
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, parse_line(line, source, number)


def _read_whole(text: str, source: str, *, by_line: bool) -> dict[str, Any] | RecordError | None:
    """Return what a text holds that is one object over several lines, None if it is not."""
    stripped = text.lstrip()
    if _is_json(stripped.partition("\n")[0]):
        return None
    skipped = text[: len(text) - len(stripped)].count("\n")
    try:
        return _as_object(json.loads(text), source, 1 + skipped)
    except json.JSONDecodeError as error:
        if by_line or error.lineno == 1 + skipped:
            return None
        return RecordError(f"is not JSON ({error.msg})", source=source, line=error.lineno)
    except (ValueError, RecursionError):
        return None


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def parse_line(line: str, source: str, number: int) -> dict[str, Any] | RecordError:
    """Return the object of one line, or the error that it is."""
    try:
        return _as_object(json.loads(line), source, number)
    except (ValueError, RecursionError) as error:
        message = f"is not JSON ({_reason(error)}); give one object a line"
        return RecordError(message, source=source, line=number)


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at column {error.colno}"
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)


def _as_object(value: Any, source: str, number: int) -> dict[str, Any] | RecordError:
    if not isinstance(value, dict):
        return RecordError("is not a JSON object", source=source, line=number)
    cleaned: dict[str, Any] = clean_strings(value)
    return cleaned


def read_id(item: dict[str, Any], source: str, line: int) -> str | None:
    """Return ``id``, a string or a whole number, None where there is none."""
    value = item.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return read_string(item, "id", source, line) or None


def read_string(item: dict[str, Any], key: str, source: str, line: int) -> str | None:
    """Return a string field or None; raises RecordError when it is something else."""
    value = item.get(key)
    if value is None or isinstance(value, str):
        return value
    raise RecordError(f"{key!r} must be a string", source=source, line=line)


def read_date(item: dict[str, Any], source: str, line: int) -> date | None:
    """Return the date of ``published`` (an ISO 8601 date or 1.9.2015, maybe with a time)."""
    value = read_string(item, "published", source, line)
    if not value:
        return None
    try:
        if dotted := _DOTTED_DATE.match(value):
            day, month, year = map(int, dotted.groups())
            return date(year, month, day)
        return date.fromisoformat(value[:10])
    except ValueError as error:
        message = f"'published' must be a date like 2015-09-01 or 1.9.2015, not {value!r}"
        raise RecordError(message, source=source, line=line) from error


def read_source(item: dict[str, Any], source: str, line: int) -> Source:
    """Return the metadata given in ``source`` (an object) or beside the text."""
    nested = item.get("source")
    merged = item | nested if isinstance(nested, dict) else item
    return Source(**{key: read_string(merged, key, source, line) for key in _TEXT_FIELDS})


def read_spans(item: dict[str, Any], source: str, line: int) -> tuple[tuple[int, int], ...]:
    """Return the offsets of ``toponyms`` in text order, and nothing else of them.

    Raises RecordError where they are missing, lie outside the text, repeat or overlap.
    """
    given = item.get("toponyms")
    if not isinstance(given, list):
        message = "--given-spans asks for 'toponyms', a list of objects with 'start' and 'end'"
        raise RecordError(message, source=source, line=line)
    spans = sorted(_read_span(toponym, len(item["text"]), source, line) for toponym in given)
    for (start, end), (next_start, next_end) in pairwise(spans):
        if next_start < end:
            message = f"toponyms {start}–{end} and {next_start}–{next_end} overlap"
            raise RecordError(message, source=source, line=line)
    return tuple(spans)


def _read_span(toponym: Any, length: int, source: str, line: int) -> tuple[int, int]:
    start, end = (toponym.get(k) if isinstance(toponym, dict) else None for k in ("start", "end"))
    # type() and not isinstance: true and false are no offsets.
    if type(start) is int and type(end) is int and 0 <= start < end <= length:
        return start, end
    message = "every toponym needs 'start' and 'end' inside the text"
    raise RecordError(message, source=source, line=line)
