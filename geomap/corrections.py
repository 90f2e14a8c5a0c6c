"""Records read back, which people may have corrected by hand: checked before anything is drawn."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from pydantic import ValidationError

from geomap.errors import RecordError
from geomap.records import ArticleRecord, EventRecord

GEOMETRY_DEPTH = {"LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
"""Areas and lines an event may have, and how deep their lists of positions lie (RFC 7946)."""

_LEAST_LINE = 2
_LEAST_RING = 4
_LARGEST = 1e9
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_PREFIX = "Value error, "


def make_record(item: dict[str, Any], source: str, line: int) -> ArticleRecord:
    """Return the record of a JSON object.

    Raises RecordError with the line, the field and what is wrong with it.
    """
    try:
        record = ArticleRecord.model_validate(item)
    except ValidationError as error:
        raise RecordError(describe_slip(error), source=source, line=line) from error
    for field, slip in _find_slips(record):
        raise RecordError(f"is not a geomap record: {field}: {slip}", source=source, line=line)
    return record


def describe_slip(error: ValidationError, what: str = "geomap record") -> str:
    """Return the first of pydantic's findings, and how many more there are, in one line."""
    first = error.errors(include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    says = first["msg"].removeprefix(_PREFIX)
    more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
    return f"is not a {what}: {where}: {says}{more}" if where else f"is not a {what}: {says}{more}"


def rename_record(
    record: ArticleRecord, identifier: str, take: Callable[[str], str]
) -> ArticleRecord:
    """Return the record under another id, its events renamed with it.

    ``take`` makes an event id unique within the run.
    """
    events = [
        event.model_copy(update={"event_id": take(_renamed(event, record.id, identifier))})
        for event in record.events
    ]
    return record.model_copy(update={"id": identifier, "events": events})


def _renamed(event: EventRecord, old: str, new: str) -> str:
    prefix = f"{old}-"
    if event.event_id.startswith(prefix):
        return f"{new}-{event.event_id.removeprefix(prefix)}"
    return event.event_id


def _find_slips(record: ArticleRecord) -> Iterator[tuple[str, str]]:
    yield from _find_bad_date(record.published, "published")
    for number, event in enumerate(record.events):
        for name in ("date_start", "date_end"):
            yield from _find_bad_date(getattr(event, name), f"events.{number}.{name}")
        if event.geometry is not None:
            try:
                check_geometry(event.geometry)
            except ValueError as error:
                yield f"events.{number}.geometry", str(error)


def _find_bad_date(value: str | None, field: str) -> Iterator[tuple[str, str]]:
    if value is None:
        return
    try:
        right = bool(_DAY.fullmatch(value)) and bool(date.fromisoformat(value))
    except ValueError:
        right = False
    if not right:
        yield field, f"{value!r} is not a date like 2015-09-01"


def check_geometry(geometry: dict[str, Any]) -> None:
    """Raise ValueError unless ``geometry`` is a GeoJSON line or area in degrees on the globe."""
    kind = geometry.get("type")
    if not isinstance(kind, str) or kind not in GEOMETRY_DEPTH:
        known = ", ".join(GEOMETRY_DEPTH)
        raise ValueError(f"type {kind!r} is none of {known}; a point is told by lat and lon")
    _check_lines(geometry.get("coordinates"), GEOMETRY_DEPTH[kind], closed="Polygon" in kind)


def _check_lines(nested: Any, depth: int, *, closed: bool) -> None:
    if not isinstance(nested, list | tuple) or not nested:
        raise ValueError("'coordinates' are not lists of positions, as deep as the type asks for")
    if depth > 1:
        for item in nested:
            _check_lines(item, depth - 1, closed=closed)
        return
    for position in nested:
        _check_position(position)
    if len(nested) < (_LEAST_RING if closed else _LEAST_LINE):
        raise ValueError("a ring needs four positions, a line two")
    if closed and list(nested[0]) != list(nested[-1]):
        raise ValueError("a ring must end where it begins")


def _check_position(position: Any) -> None:
    if not isinstance(position, list | tuple) or len(position) not in (2, 3):
        raise ValueError(f"{position!r:.60} is not a position [lon, lat]")
    if not all(_is_number(value) for value in position):
        raise ValueError(f"{position!r:.60} holds something other than finite numbers")
    lon, lat = position[:2]
    if abs(lon) > 180 or abs(lat) > 90:
        raise ValueError(f"[{lon}, {lat}] is not on the globe (longitude first)")


def _is_number(value: Any) -> bool:
    # type() and not isinstance: true and false are no coordinates.
    return type(value) in (int, float) and abs(value) < _LARGEST
