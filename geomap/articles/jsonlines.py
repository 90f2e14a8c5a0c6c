"""JSON Lines: one article a line, with ``id``, ``text`` and optional metadata."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from geomap.errors import RecordError
from geomap.models import Source

_TEXT_FIELDS = ("url", "publisher", "author", "retrieved", "archive_url")


def iter_objects(text: str, source: str) -> Iterator[tuple[int, dict[str, Any] | RecordError]]:
    """Yield (line number, object) for every non-blank line; a bad line yields its error."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, _parse_line(line, source, number)


def _parse_line(line: str, source: str, number: int) -> dict[str, Any] | RecordError:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        return RecordError(
            f"is not JSON ({error}); give one object a line", source=source, line=number
        )
    if not isinstance(value, dict):
        return RecordError("is not a JSON object", source=source, line=number)
    return value


def read_string(item: dict[str, Any], key: str, source: str, line: int) -> str | None:
    """Return a string field or None; raises RecordError when it is something else."""
    value = item.get(key)
    if value is None or isinstance(value, str):
        return value
    raise RecordError(f"{key!r} must be a string", source=source, line=line)


def read_date(item: dict[str, Any], source: str, line: int) -> date | None:
    """Return the date of ``published`` (an ISO 8601 date, or date and time)."""
    value = read_string(item, "published", source, line)
    if not value:
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError as error:
        message = f"'published' must be a date like 2015-09-01, not {value!r}"
        raise RecordError(message, source=source, line=line) from error


def read_source(item: dict[str, Any], source: str, line: int) -> Source:
    """Return the metadata given in ``source`` (an object) or beside the text."""
    nested = item.get("source")
    merged = item | nested if isinstance(nested, dict) else item
    return Source(**{key: read_string(merged, key, source, line) for key in _TEXT_FIELDS})


def read_spans(item: dict[str, Any], source: str, line: int) -> tuple[tuple[int, int], ...]:
    """Return the offsets of ``toponyms``, and nothing else of them."""
    spans = []
    text_length = len(item["text"])
    for toponym in item.get("toponyms") or ():
        start, end = (
            toponym.get(k) if isinstance(toponym, dict) else None for k in ("start", "end")
        )
        if not (
            isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= text_length
        ):
            message = "every toponym needs 'start' and 'end' inside the text"
            raise RecordError(message, source=source, line=line)
        spans.append((start, end))
    return tuple(sorted(spans))
