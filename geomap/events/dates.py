"""When an event happened, from the words of its clause and the day of publication.

UCDP's ``date_prec``: 1 a day, 2 two to six days, 3 a week, 4 a month, 5 a year or more.
A bare weekday is the last one up to publication, or the next one for what is yet to come.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from geomap.events.date_reference import Reference, Span
from geomap.events.date_rules import Grammar
from geomap.events.date_scan import Expression, grammar_of, ranges, scan
from geomap.events.lower_case import lower
from geomap.models import EventDate, Lang, Modality

_DAY_PREC, _DAYS_PREC, _WEEK_PREC, _MONTH_PREC, _YEAR_PREC = 1, 2, 3, 4, 5
# A lunar month with a day of doubt on each side has 32 days.
_MONTH_DAYS = 32
# So many characters before a date tell what it dates ("der schwerste Angriff seit", "teilte mit").
_REACH = 80
# How many ranks other dates of the same stretch go before one that is open, or of something else.
_OPEN_ENDED, _OF_ANOTHER = 50, 100


class _Stated(NamedTuple):
    """The days that a date means where it stands ("seit", "bis", "in der Nacht zum")."""

    rank: int
    start: int
    end: int
    days: Span
    of_report: bool


def find_date(
    stretches: tuple[str, ...],
    lang: Lang,
    published: date | None,
    modality: Modality,
    anchor: EventDate | None = None,
) -> EventDate:
    """Return the date said in the first of ``stretches`` (clause, then sentence) that says one.

    ``anchor`` is the day that the text before spoke of (see ``last_day``): "tags darauf" counts from
    it, and what tells no date of its own goes on with it. Without any, an event known from an
    article happened at the latest when it was published: the end is the publication date, the
    start unknown.
    """
    ahead = modality == "future"
    spoken_of = anchor.end if anchor else None
    ref = Reference(published, ahead)
    if published is None:
        ref = Reference(spoken_of, ahead, told=True)
    for stretch in stretches:
        stated = _stated(lower(stretch), lang, ref, spoken_of)
        if modality != "asserted":
            stated = [date for date in stated if not date.of_report]
        if stated:
            return _event_date(stretch, min(stated))
    if anchor is not None and modality == "asserted":
        return anchor
    if published is None or modality in ("historical", "hypothetical", "negation"):
        return EventDate()
    if ahead:
        return EventDate(start=published, source="publication")
    return EventDate(end=published, source="publication")


@lru_cache(maxsize=256)
def last_day(text: str, lang: Lang, published: date | None) -> EventDate | None:
    """Return the last day (or night) said in ``text``, None when it says none."""
    ref = Reference(published, told=published is None)
    for stated in reversed(_stated(lower(text), lang, ref, None)):
        first, last = stated.days
        if first is not None and last is not None and (last - first).days <= 1:
            return _event_date(text, stated)
    return None


def _event_date(text: str, stated: _Stated) -> EventDate:
    words = text[stated.start : stated.end].strip()
    if stated.of_report:  # What was told on a day had happened by then.
        return EventDate(None, stated.days[1], words, _YEAR_PREC, "text")
    return EventDate(*stated.days, words, _precision(stated.days), "text")


def _precision(days: Span) -> int:
    start, end = days
    if start is None or end is None:
        return _YEAR_PREC
    length = (end - start).days + 1
    bounds = ((1, _DAY_PREC), (6, _DAYS_PREC), (7, _WEEK_PREC), (_MONTH_DAYS, _MONTH_PREC))
    return next((prec for most, prec in bounds if length <= most), _YEAR_PREC)


def _stated(text: str, lang: Lang, ref: Reference, spoken_of: date | None) -> list[_Stated]:
    """Return the dates of a lower-case text as they count for events, in order."""
    grammar = grammar_of(lang)
    stated = []
    for expression in ranges(text, scan(text, lang, ref, spoken_of), lang):
        begin = min(expression.start, expression.match.start())
        before = text[max(0, begin - _REACH) : expression.start]
        if grammar.beside.search(text[max(0, begin - _REACH) : begin]):
            continue
        if not ref.ahead and (
            grammar.to_come.search(text[max(0, begin - _REACH) : begin])
            or grammar.to_come_after.match(text, expression.end)
        ):
            continue
        if grammar.first_since.search(before) or _lies_after(expression.days, ref):
            continue
        days, behind = _in_context(expression, before, grammar, ref)
        of_report = _is_of_report(text, expression, before, grammar)
        if grammar.of.search(before) or of_report:
            behind += _OF_ANOTHER
        lead = grammar.lead.search(before)
        start = min(begin, expression.start - len(lead[0]) if lead else begin)
        stated.append(_Stated(expression.rank + behind, start, expression.end, days, of_report))
    return stated


def _lies_after(days: Span, ref: Reference) -> bool:
    """Tell whether days of what has happened lie after publication: then something else is dated."""
    if ref.ahead or ref.told or ref.day is None or days[0] is None:
        return False
    return days[0] > ref.day


def _is_of_report(text: str, expression: Expression, before: str, grammar: Grammar) -> bool:
    """Tell whether a date says when something was reported ("teilte die Armee am Montag mit")."""
    if grammar.reported.search(before) or grammar.reported_after.match(text, expression.end):
        return True
    opens = grammar.lead.match(before)
    return bool(opens and grammar.reported_then.match(text, expression.end))


def _in_context(
    expression: Expression, before: str, grammar: Grammar, ref: Reference
) -> tuple[Span, int]:
    """Return the days that the words before a date leave of it, and how far others go before it."""
    first, last = expression.days
    today = None if ref.told else ref.day
    if first is None or last is None:
        return (first, last), _OPEN_ENDED
    if grammar.night_before.search(before):
        return (first - timedelta(days=1), last), 0
    if grammar.night_after.search(before) and first == last:
        return (first, last + timedelta(days=1)), 0
    if grammar.since.search(before) and not ref.ahead:
        return (first, max(today, last) if today else None), _OPEN_ENDED
    if grammar.until.search(before):
        return (today if ref.ahead and today and today <= last else None, last), _OPEN_ENDED
    if today and not ref.ahead and first <= today < last:
        last = today
    return (first, last), 0
