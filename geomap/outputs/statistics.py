"""What an archive holds, counted record by record: nothing is kept but the counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from geomap.outputs.map.views import choose_mode, is_resolved
from geomap.outputs.selection import Selection
from geomap.records import ArticleRecord, EventRecord

Facet = Literal[
    "country", "event_type", "sub_event_type", "month", "where_prec",
    "attribution", "verification", "disputed", "modality",
]  # fmt: skip
FACETS: tuple[Facet, ...] = get_args(Facet)
UNKNOWN = "unknown"
"""Stands for what a record does not say."""


@dataclass(slots=True)
class Statistics:
    """Totals, and how many events there are of each value of each facet.

    Events are counted as they are told: one that ten articles tell counts ten times. With a
    selection, only the events it keeps are counted; articles and toponyms are all that were read.
    """

    selection: Selection = field(default_factory=Selection)
    articles: int = 0
    articles_with_events: int = 0
    toponyms: int = 0
    resolved: int = 0
    events: int = 0
    drawn: int = 0
    by: dict[Facet, Counter[str]] = field(
        default_factory=lambda: {facet: Counter() for facet in FACETS}
    )

    def add(self, record: ArticleRecord) -> None:
        """Count an article in."""
        kept = self.selection.select(record).events
        self.articles += 1
        self.articles_with_events += bool(kept)
        self.toponyms += len(record.toponyms)
        self.resolved += sum(map(is_resolved, record.toponyms))
        self.events += len(kept)
        for event in kept:
            self.drawn += choose_mode(event, event.geometry)[0] is not None
            for facet, value in _values(event, record.published):
                self.by[facet][value] += 1

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON has it: months in their order, all else by how often it comes."""
        return {
            "articles": self.articles,
            "articles_with_events": self.articles_with_events,
            "toponyms": self.toponyms,
            "toponyms_resolved": self.resolved,
            "events": self.events,
            "events_drawn": self.drawn,
            "events_by": {facet: dict(self.ranked(facet)) for facet in FACETS},
        }

    def ranked(self, facet: Facet) -> list[tuple[str, int]]:
        """Return values and counts, by time or grade where the values have an order."""
        in_order = facet in ("month", "where_prec")
        return sorted(
            self.by[facet].items(),
            key=lambda item: (item[0] == UNKNOWN, item[0] if in_order else -item[1], item[0]),
        )


def count_records(records: Iterable[ArticleRecord], selection: Selection) -> Statistics:
    """Return the statistics of records, which are read one at a time."""
    found = Statistics(selection)
    for record in records:
        found.add(record)
    return found


def _values(event: EventRecord, published: str | None) -> Iterator[tuple[Facet, str]]:
    day = event.date_start or event.date_end or published
    yield "country", event.country or UNKNOWN
    yield "event_type", event.event_type
    yield "sub_event_type", event.geomap_type or event.sub_event_type or UNKNOWN
    yield "month", day[:7] if day else UNKNOWN
    yield "where_prec", str(event.where_prec or UNKNOWN)
    # As on the map: what nobody else is named for, the text itself says.
    yield "attribution", event.attribution or "narrator"
    yield "verification", event.verification or UNKNOWN
    yield "disputed", "yes" if event.disputed_by else "no"
    yield "modality", event.modality or "asserted"
