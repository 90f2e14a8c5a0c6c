"""Which events of an archive are wanted: by period, country, type and confidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from geomap.records import ArticleRecord, EventRecord

# Besides countries, CLDR names continents by numbers and sets by made-up codes.
_NO_COUNTRIES = frozenset("EU EZ QO UN XA XB ZZ".split())


@dataclass(frozen=True, slots=True)
class Selection:
    """What events must be like to be kept; what is None or empty asks for nothing.

    ``since`` and ``until`` are the first and last day, both included. ``countries`` are ISO 3166-1
    alpha-2 codes. ``event_types`` are ACLED's types or sub-types or geomap's own, in any case.
    """

    since: date | None = None
    until: date | None = None
    countries: frozenset[str] = frozenset()
    event_types: frozenset[str] = frozenset()
    min_confidence: float = 0.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "event_types", frozenset(map(str.casefold, self.event_types)))

    def __bool__(self) -> bool:
        """Return whether anything is asked for at all."""
        return self != Selection()

    def keeps(self, event: EventRecord, published: str | None = None) -> bool:
        """Return whether an event of an article of that day (ISO 8601) is wanted.

        One that lasted is if a day of it is; one without a date counts by the day of publication,
        one without either is out where days are asked for.
        """
        return (
            event.confidence >= self.min_confidence
            and (not self.countries or event.country in self.countries)
            and (not self.event_types or self._is_of_type(event))
            and self._is_in_time(event, published)
        )

    def select(self, record: ArticleRecord) -> ArticleRecord:
        """Return the record with the wanted events only; all else stays."""
        kept = [event for event in record.events if self.keeps(event, record.published)]
        if len(kept) == len(record.events):
            return record
        return record.model_copy(update={"events": kept})

    def _is_of_type(self, event: EventRecord) -> bool:
        types = (event.event_type, event.sub_event_type, event.geomap_type)
        return any(kind.casefold() in self.event_types for kind in types if kind)

    def _is_in_time(self, event: EventRecord, published: str | None) -> bool:
        if self.since is None and self.until is None:
            return True
        first = event.date_start or event.date_end or published
        last = event.date_end or event.date_start or published
        if first is None or last is None:
            return False
        # Dates of records are checked to be ISO 8601: they sort as text.
        return (self.until is None or first <= self.until.isoformat()) and (
            self.since is None or last >= self.since.isoformat()
        )


def find_country(text: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code that a code or a German or English name stands for."""
    return _country_codes().get(text.strip().casefold())


@cache
def _country_codes() -> dict[str, str]:
    from babel import Locale

    codes: dict[str, str] = {}
    for lang in ("de", "en"):
        for code, name in Locale(lang).territories.items():
            if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES:
                codes[name.casefold()] = codes[code.casefold()] = code
    return codes
