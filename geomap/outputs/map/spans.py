"""When an event may have happened, as days: what the timeline draws and the filter compares."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from geomap.records import EventRecord

# Days before and after a single day that UCDP's ``date_prec`` 2 (some days) and 3 (a week) leave.
_LEEWAY_DAYS = {2: 2, 3: 3}


def parse_day(iso: str | None) -> date | None:
    """Return an ISO day; None for anything else, as records may have been edited."""
    try:
        return date.fromisoformat(iso) if iso else None
    except ValueError:
        return None


def span_of(event: EventRecord) -> tuple[date, date] | None:
    """Return the first and the last day an event may fall on; None where no day is known.

    A day known no better than to some days, a month or a year stands for all of them.
    """
    first, last = parse_day(event.date_start), parse_day(event.date_end)
    start, end = first or last, last or first
    if start is None or end is None:
        return None
    return (
        _widen(start, event.date_prec or 1) if start == end else (min(start, end), max(start, end))
    )


def find_open_end(event: EventRecord) -> str | None:
    """Return ``start`` where only the last day is known, ``end`` where a plan names the first."""
    first, last = parse_day(event.date_start), parse_day(event.date_end)
    if last and not first:
        return "start"
    planned = event.modality == "future" and event.date_source == "publication"
    return "end" if first and planned and last in (None, first) else None


def _widen(day: date, prec: int) -> tuple[date, date]:
    if prec >= 5:
        return date(day.year, 1, 1), date(day.year, 12, 31)
    if prec == 4:
        return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
    leeway = timedelta(days=_LEEWAY_DAYS.get(prec, 0))
    try:
        return day - leeway, day + leeway
    except OverflowError:
        return day, day
