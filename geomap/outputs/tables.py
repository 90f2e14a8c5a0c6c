"""Records as flat rows: one an event or a toponym, with the article it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from geomap.records import ArticleRecord, EventRecord, ToponymRecord

DATA_CREDIT = (
    "Automatically made by geomap, not reviewed. Places: GeoNames (geonames.org, CC BY 4.0), "
    "modified. Areas: made with Natural Earth."
)

Row = dict[str, Any]

_ARTICLE_COLUMNS = ("article_id", "article_title", "published", "url", "publisher", "lang")
EVENT_COLUMNS = (
    "event_id",
    *_ARTICLE_COLUMNS,
    *(name for name in EventRecord.model_fields if name not in ("event_id", "geometry")),
    "data_credit",
)
TOPONYM_COLUMNS = (
    "toponym_id",
    *_ARTICLE_COLUMNS,
    *(name for name in ToponymRecord.model_fields),
    "data_credit",
)
# Columns that may be empty yet hold whole numbers; pandas would turn them into floats.
INTEGER_COLUMNS = frozenset(
    name
    for model in (EventRecord, ToponymRecord)
    for name, info in model.model_fields.items()
    if info.annotation in (int, int | None)
)
FLOAT_COLUMNS = frozenset(
    name
    for model in (EventRecord, ToponymRecord)
    for name, info in model.model_fields.items()
    if info.annotation in (float, float | None)
)


def iter_event_rows(
    records: Iterable[ArticleRecord], *, unplaced: bool = False
) -> Iterator[tuple[Row, EventRecord]]:
    """Yield (row, event) for every event that has a place; ``unplaced``: the others too."""
    for record in records:
        for event in record.events:
            if unplaced or (event.lat is not None and event.lon is not None):
                yield _event_row(record, event), event


def iter_toponym_rows(
    records: Iterable[ArticleRecord], *, unplaced: bool = False
) -> Iterator[tuple[Row, ToponymRecord]]:
    """Yield (row, toponym) for every resolved toponym; ``unplaced``: the others too."""
    for record in records:
        for toponym in record.toponyms:
            if unplaced or (toponym.lat is not None and toponym.lon is not None):
                identifier = f"{record.id}-t{toponym.start}"
                row = {"toponym_id": identifier, **_article_cells(record), **toponym.model_dump()}
                row["alternatives"] = _joined(a.name for a in toponym.alternatives)
                yield row | {"data_credit": credit([toponym])}, toponym


def _event_row(record: ArticleRecord, event: EventRecord) -> Row:
    cells = event.model_dump(exclude={"geometry"})
    cells["relation"] = event.relation.kind if event.relation else None
    cells["mentions"] = _joined(mention.text for mention in event.mentions)
    cells["evidence"] = _joined(event.evidence)
    # A record corrected by hand may leave the mode out; null counts as asserted.
    cells["modality"] = event.modality or "asserted"
    return {**_article_cells(record), **cells, "data_credit": credit(list_places(record, event))}


def list_places(record: ArticleRecord, event: EventRecord) -> list[ToponymRecord]:
    """Return the toponyms that tell where an event was."""
    starts = {event.location_start, event.relation.other_start if event.relation else None}
    return [toponym for toponym in record.toponyms if toponym.start in starts]


def list_licences(toponyms: Iterable[ToponymRecord]) -> list[str]:
    """Return whom to credit, besides the gazetteer, for the places of toponyms; each once."""
    resolved = (t for t in toponyms if t.lat is not None and t.licence)
    return sorted({str(toponym.licence) for toponym in resolved})


def credit(toponyms: Iterable[ToponymRecord]) -> str:
    """Return whom to credit for data that stands on these toponyms."""
    return " ".join((DATA_CREDIT, *(f"Place: {text}." for text in list_licences(toponyms))))


def _article_cells(record: ArticleRecord) -> Row:
    return {
        "article_id": record.id,
        "article_title": record.title,
        "published": record.published,
        "url": record.source.url,
        "publisher": record.source.publisher,
        "lang": record.lang,
    }


def _joined(parts: Iterable[str]) -> str | None:
    return "; ".join(parts) or None
