"""Records as rows of the tables: dates, arrays and documents as JSON has them, shapes as WKB."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from geomap.outputs.postgis.layout import COLUMN_NAMES, SRID
from geomap.outputs.tables import Row, credit, list_places
from geomap.outputs.vector import event_shape
from geomap.records import ArticleRecord, EventRecord, ToponymRecord

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

# PostgreSQL's texts hold anything but this; it stands for one code point still.
_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")
_NESTED = ("schema_", "id", "source", "made_by", "toponyms", "events")


def article_row(record: ArticleRecord) -> Row:
    """Return the row of an article."""
    return {
        "article_id": record.id,
        **record.model_dump(exclude=set(_NESTED)),
        **record.source.model_dump(),
        **record.made_by.model_dump(),
    }


def toponym_rows(record: ArticleRecord) -> list[Row]:
    """Return the rows of an article's toponyms, those that were not resolved too."""
    name = _namer()
    return [
        {
            "article_id": record.id,
            "toponym_id": name(f"{record.id}-t{toponym.start}"),
            **{COLUMN_NAMES.get(k, k): value for k, value in toponym.model_dump().items()},
            "data_credit": credit([toponym]),
            "geometry": _wkb(_point(toponym)),
        }
        for toponym in record.toponyms
    ]


def event_rows(record: ArticleRecord) -> list[Row]:
    """Return the rows of an article's events, those without a place too.

    Raises OutputError where an event's geometry is none.
    """
    name = _namer()
    return [
        {
            "article_id": record.id,
            **event.model_dump(),
            "event_id": name(event.event_id),
            # A record corrected by hand may leave the mode out; null counts as asserted.
            "modality": event.modality or "asserted",
            "data_credit": credit(list_places(record, event)),
            "geometry": _wkb(_shape(event)),
        }
        for event in record.events
    ]


def to_json(rows: Iterable[Row | str]) -> str:
    """Return rows, or texts, as a JSON array that PostgreSQL takes."""
    return _NUL.sub(r"\1\\ufffd", json.dumps(list(rows)))


def _namer() -> Callable[[str], str]:
    """Return what makes a name that was taken within the article another."""
    taken: dict[str, int] = {}

    def take(wanted: str) -> str:
        taken[wanted] = number = taken.get(wanted, 0) + 1
        return wanted if number == 1 else take(f"{wanted}-{number}")

    return take


def _point(toponym: ToponymRecord) -> BaseGeometry | None:
    from shapely import Point

    if toponym.lat is None or toponym.lon is None:
        return None
    return Point(toponym.lon, toponym.lat)


def _shape(event: EventRecord) -> BaseGeometry | None:
    return None if event.lat is None or event.lon is None else event_shape(event)


def _wkb(shape: BaseGeometry | None) -> str | None:
    from shapely import set_srid, to_wkb

    if shape is None:
        return None
    return str(to_wkb(set_srid(shape, SRID), hex=True, include_srid=True))
