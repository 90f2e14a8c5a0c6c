"""Records gathered for one page: of many articles only what the page of an archive shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from geomap.errors import OutputError
from geomap.outputs.selection import Selection
from geomap.records import ArticleRecord, EventRecord

MOST_EVENTS = 20_000
"""More than that no page shows."""

MOST_TEXTS = 200
"""Of more articles than that a page holds the clauses quoted with the events, not the texts."""

MOST_LISTED = 2_500
"""Of more events than that a page lists some at a time."""

_NAMED_IN_MESSAGE = 5


@dataclass(slots=True)
class Gathered:
    """Records with the wanted events; ``articles`` counts all that were read.

    Where some are asked for, and of an archive always, articles without a wanted event are left
    out; of an archive also what only the texts would need.
    """

    records: list[ArticleRecord] = field(default_factory=list)
    articles: int = 0


def is_archive(records: Sequence[ArticleRecord]) -> bool:
    """Whether the page of these records is one of an archive: no texts, lists page by page."""
    if len(records) > MOST_TEXTS:
        return True
    return sum(len(record.events) for record in records) > MOST_LISTED


def gather(records: Iterable[ArticleRecord], selection: Selection) -> Gathered:
    """Read records one by one, keeping of many no more than their page needs.

    Raises OutputError, with what to narrow down by, for more wanted events than a page shows.
    """
    gathered, kept, crowd, many = Gathered(), 0, _Crowd(), False
    for record in records:
        gathered.articles += 1
        wanted = selection.select(record) if selection else record
        if not wanted.events and (selection or gathered.articles > MOST_TEXTS):
            continue
        kept += len(wanted.events)
        crowd.count(wanted.events)
        if kept > MOST_EVENTS:
            gathered.records.clear()
            continue
        gathered.records.append(_slim_down(wanted) if many else wanted)
        if not many and len(gathered.records) > MOST_TEXTS:
            telling = [record for record in gathered.records if record.events]
            many = len(telling) > MOST_TEXTS
            gathered.records = [_slim_down(record) for record in telling] if many else telling
    if kept > MOST_EVENTS:
        raise OutputError(crowd.say())
    if gathered.articles > MOST_TEXTS:
        gathered.records = [record for record in gathered.records if record.events]
    return gathered


def _slim_down(record: ArticleRecord) -> ArticleRecord:
    """Return a record without text, and without the names that no event needs."""
    starts = {event.location_start for event in record.events}
    starts |= {event.relation.other_start for event in record.events if event.relation}
    needed = [toponym for toponym in record.toponyms if toponym.start in starts]
    return record.model_copy(update={"text": "", "toponyms": needed, "diagnostics": []})


class _Crowd:
    """Too many events: by what they could be told apart."""

    def __init__(self) -> None:
        self._total = 0
        self._by: dict[str, Counter[str]] = {
            "--since and --until": Counter(),
            "--country": Counter(),
            "--event-type": Counter(),
        }

    def count(self, events: Iterable[EventRecord]) -> None:
        years, countries, types = self._by.values()
        for event in events:
            self._total += 1
            years[(event.date_start or event.date_end or "undated")[:7].split("-")[0]] += 1
            countries[event.country or "none"] += 1
            types[event.event_type or event.geomap_type or "none"] += 1

    def say(self) -> str:
        narrowing = "; ".join(f"{option} ({_list(by)})" for option, by in self._by.items())
        return (
            f"{self._total:,} events are more than a page can show ({MOST_EVENTS:,}); narrow them"
            f" down: {narrowing}; --min-confidence; or take geomap export"
        )


def _list(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {n:,}" for name, n in counts.most_common(_NAMED_IN_MESSAGE))
