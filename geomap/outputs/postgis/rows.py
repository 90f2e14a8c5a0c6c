"""Records as rows of the tables: dates, arrays and documents as JSON has them, shapes as WKB."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.outputs.postgis.layout import COLUMN_NAMES, NESTED, SRID
from geomap.outputs.tables import Row, credit, list_places
from geomap.outputs.vector import event_shape
from geomap.records import ArticleRecord, EventRecord, ToponymRecord

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

# PostgreSQL's texts hold anything but this; another stands for it, so that offsets stay.
_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")


@dataclass(frozen=True, slots=True)
class Rows:
    """Whole articles as rows of the three tables, each a JSON array."""

    articles: str
    toponyms: str
    events: str


def make_rows(
    records: Sequence[ArticleRecord], *, run: str | None = None, part: int | None = None
) -> Rows:
    """Return the rows of records, which are of a part of a run or of none.

    Raises OutputError where an event's geometry is none.
    """
    # In one order everywhere: two that write the same articles wait, and never for each other.
    ordered = sorted(records, key=lambda record: record.id)
    return Rows(
        to_json(_article_row(record) | {"run": run, "part": part} for record in ordered),
        to_json(row for record in ordered for row in _toponym_rows(record)),
        to_json(row for record in ordered for row in _event_rows(record)),
    )


def to_json(rows: Iterable[Row]) -> str:
    """Return rows as a JSON array that PostgreSQL takes."""
    text = json.dumps(list(rows), ensure_ascii=False)
    # Half a character, as reasons of failures may quote it, is no UTF-8.
    return _NUL.sub("\\1\ufffd", text.encode("utf-8", "replace").decode("utf-8"))


def _article_row(record: ArticleRecord) -> Row:
    return {
        "article_id": record.id,
        **record.model_dump(exclude=set(NESTED)),
        **record.source.model_dump(),
        **record.made_by.model_dump(),
    }


def _toponym_rows(record: ArticleRecord) -> list[Row]:
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


def _event_rows(record: ArticleRecord) -> list[Row]:
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
