"""What the words of a date mean: from what a rule matched to the days that it spans.

A reader raises ``ValueError`` where the words are no date after all ("31. Februar") or where there is
nothing to count from.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from geomap.events.date_reference import (
    Days,
    Reader,
    Reference,
    Span,
    complete,
    month_days,
    said,
    stated_year,
    week_days,
    year_days,
)
from geomap.events.date_words import DECADES, MONTHS, ORDINALS, SEASONS, WEEKDAYS, count, direction


def read_iso(match: re.Match[str], ref: Reference) -> Span:
    """Read "2015-09-01"."""
    day = date.fromisoformat(match[0])
    return day, day


def read_date(match: re.Match[str], ref: Reference) -> Span:
    """Read "21. August", "21.8.2014", "August 21, 2014"."""
    name, dom = match["month"], int(match["dom"])
    month = int(name) if name.isdecimal() else MONTHS[name]

    def on(year: int) -> list[Days]:
        try:
            return [(date(year, month, dom), date(year, month, dom))]
        except ValueError:  # 29 February
            return []

    year = stated_year(match, ref)
    if year is None:
        return complete(on, ref)
    day = date(year, month, dom)
    return day, day


def read_month(match: re.Match[str], ref: Reference) -> Span:
    """Read "Mai", "Mai 2014", "vergangenen Mai"."""
    month, year = MONTHS[match["month"]], stated_year(match, ref)
    if year is not None:
        return month_days(year, month)
    way = direction(said(match, "which"))
    if way:  # "last May" is over, "next May" has not begun
        today = ref.today
        over = date(today.year, month, 1) < today.replace(day=1)
        begun = date(today.year, month, 1) <= today
        return month_days(today.year - (not over) if way < 0 else today.year + begun, month)
    return complete(lambda y: [month_days(y, month)], ref)


def read_season(match: re.Match[str], ref: Reference) -> Span:
    """Read "Frühjahr 2014", "im Winter 2014/15", "vergangenen Sommer"."""
    first = SEASONS[match["season"]]
    year = stated_year(match, ref)

    def season(y: int) -> Days:
        end = y + (first == 12)
        return date(y, first, 1), month_days(end, 2 if first == 12 else first + 2)[1]

    if year is None:
        way = direction(said(match, "which"))
        if not way:
            return complete(lambda y: [season(y)], ref)
        years = [season(ref.today.year + shift) for shift in (-2, -1, 0, 1)]
        past = [days for days in years if days[1] < ref.today]
        return past[-1] if way < 0 else next(days for days in years if days[0] > ref.today)
    if first == 12 and not said(
        match, "to_year"
    ):  # that which began or that which ended in the year
        return date(year, 1, 1), season(year)[1]
    return season(year)


def read_year(match: re.Match[str], ref: Reference) -> Span:
    """Read "2014", "im vergangenen Jahr", "heuer"."""
    year = stated_year(match, ref)
    return year_days(ref.today.year if year is None else year)


def read_that_year(match: re.Match[str], ref: Reference) -> Span:
    """Read "(Ende) des Jahres", "Jahresende 2014"."""
    year = stated_year(match, ref)
    return year_days(ref.around.year if year is None else year)


def read_fraction(match: re.Match[str], ref: Reference) -> Span:
    """Read "im ersten Quartal 2014", "second half of the year"."""
    number = ORDINALS[match["ordinal"]]
    year = stated_year(match, ref)
    months = 3 if match["fraction"].startswith("qua") else 6
    if number * months > 12:
        raise ValueError("a year has no such part")

    def part(y: int) -> Days:
        return date(y, (number - 1) * months + 1, 1), month_days(y, number * months)[1]

    return complete(lambda y: [part(y)], ref) if year is None else part(year)


def read_decade(match: re.Match[str], ref: Reference) -> Span:
    """Read "in den 1990er-Jahren", "in the nineties"."""
    word = said(match, "decade_word")
    first = DECADES[word] if word else int(match["decade"])
    first += 1900 if first < 100 else 0
    return date(first, 1, 1), date(first + 9, 12, 31)


def read_century(match: re.Match[str], ref: Reference) -> Span:
    """Read "im 19. Jahrhundert"; it counts from the year with two noughts."""
    first = (int(match["number"]) - 1) * 100
    return date(max(first, 1), 1, 1), date(first + 99, 12, 31)


def read_weekday(match: re.Match[str], ref: Reference) -> Span:
    """Read "Freitag", "vergangenen Freitag", "Freitag voriger Woche"."""
    wanted, today = WEEKDAYS[match["day"]], ref.today
    week, way = said(match, "week"), direction(said(match, "which"))
    if week:
        day = week_days(today + timedelta(weeks=direction(week)))[0] + timedelta(days=wanted)
        return day, day
    since = (today.weekday() - wanted) % 7
    if way > 0 or (ref.ahead and way == 0):
        day = today + timedelta(days=7 - since)
    else:
        day = today - timedelta(days=(since or (7 if way else 0)) + (7 if way < -1 else 0))
    return day, day


def relative_day(shift: int, length: int = 1) -> Reader:
    """Make a reader of "gestern": ``length`` days from that many days after today."""

    def read(match: re.Match[str], ref: Reference) -> Span:
        day = ref.today + timedelta(days=shift)
        return day, day + timedelta(days=length - 1)

    return read


def days_from(shift: int, length: int = 1) -> Reader:
    """Make a reader of "tags darauf", or "am Abend": from the day spoken of, or else from today."""

    def read(match: re.Match[str], ref: Reference) -> Span:
        day = ref.around + timedelta(days=shift)
        return day, day + timedelta(days=length - 1)

    return read


def read_same_day(match: re.Match[str], ref: Reference) -> Span:
    """Read "am selben Tag", "Stunden später": only where the text spoke of a day."""
    if not ref.told:
        raise ValueError("the same as which?")
    return ref.around, ref.around


def read_day_of_month(match: re.Match[str], ref: Reference) -> Span:
    """Read "am Abend des 4.": the fourth of this month or of that before."""
    dom, today = int(match["dom"]), ref.today
    first = today.replace(day=1)
    if dom > today.day:
        first = (first - timedelta(days=1)).replace(day=1)
    day = first.replace(day=dom)
    return day, day


def read_past_week(match: re.Match[str], ref: Reference) -> Span:
    """Read "in the past week", which is the seven days up to today."""
    return ref.today - timedelta(days=7), ref.today


def read_week(match: re.Match[str], ref: Reference) -> Span:
    """Read "vergangene Woche"."""
    return week_days(ref.today + timedelta(weeks=direction(said(match, "which"))))


def read_weekend(match: re.Match[str], ref: Reference) -> Span:
    """Read "am Wochenende", "next weekend"."""
    way, today = direction(said(match, "which")), ref.today
    saturday = today - timedelta(days=(today.weekday() - 5) % 7)
    if way > 0 or (ref.ahead and way == 0):
        saturday += timedelta(weeks=int(way > 0 or saturday + timedelta(days=1) < today))
    elif way < 0 and saturday + timedelta(days=1) >= today:
        saturday -= timedelta(weeks=1)
    return saturday, saturday + timedelta(days=1)


def read_this_month(match: re.Match[str], ref: Reference) -> Span:
    """Read "in diesem Monat", "last month"."""
    return _shift(ref.today, direction(said(match, "which")), "month")


def read_ago(match: re.Match[str], ref: Reference) -> Span:
    """Read "vor drei Tagen", "two years ago": as exact as the unit."""
    return counted(match, ref.today, -1)


def read_from_now(match: re.Match[str], ref: Reference) -> Span:
    """Read "in zwei Wochen", which is a date only of what is yet to come."""
    if not ref.ahead:
        raise ValueError("tells how long it took")
    return counted(match, ref.today, 1)


def read_last(match: re.Match[str], ref: Reference) -> Span:
    """Read "in den vergangenen drei Tagen", "seit zwei Wochen": up to today."""
    start = counted(match, ref.today, -1)[0]
    unit = match["unit"]
    if unit.startswith(("monat", "month", "jahr", "year")) and start is not None:
        start = start.replace(day=min(ref.today.day, 28))
        start = start if unit.startswith(("mo",)) else start.replace(month=ref.today.month)
    elif unit.startswith(("woche", "week")):
        start = ref.today - timedelta(weeks=_number(match))
    return start, ref.today


def counted(match: re.Match[str], day: date, way: int) -> Span:
    """Return the day, week, month or year that lies as many units away as the match says."""
    unit, number = match["unit"], _number(match) * way
    if unit.startswith(("stunde", "hour")):
        other = day + timedelta(days=way * -(-abs(number) // 24))
        return (other, day) if way < 0 else (day, other)
    if unit.startswith(("tag", "day", "nacht", "night", "nächte")):
        doubt = timedelta(days=1 if said(match, "about") else 0)
        other = day + timedelta(days=number)
        return other - doubt, other + doubt
    if unit.startswith(("woche", "week")):
        return week_days(day + timedelta(weeks=number))
    return _shift(day, number, "month" if unit.startswith(("monat", "month")) else "year")


def _number(match: re.Match[str]) -> int:
    stated = said(match, "count")
    number = 1 if stated is None else count(stated)
    if number is None:
        raise ValueError("a vague number")
    return number * (10 if match["unit"].startswith(("jahrzehnt", "decade")) else 1)


def _shift(day: date, number: int, unit: str) -> Days:
    if unit == "year":
        return year_days(day.year + number)
    months = day.year * 12 + day.month - 1 + number
    return month_days(months // 12, months % 12 + 1)


def read_later(match: re.Match[str], ref: Reference) -> Span:
    """Read "zwei Wochen später", "the following month"."""
    return counted(match, ref.around, 1)


def read_earlier(match: re.Match[str], ref: Reference) -> Span:
    """Read "zwei Tage zuvor", "a year earlier"."""
    return counted(match, ref.around, -1)


def read_same(match: re.Match[str], ref: Reference) -> Span:
    """Read "im selben Monat", "the same week"."""
    unit = match["unit"]
    if unit.startswith(("woche", "week")):
        return week_days(ref.around)
    return _shift(ref.around, 0, "month" if unit.startswith("mon") else "year")


def within(part: str, reader: Reader) -> Reader:
    """Make a reader of "Jahresende" from that of "Jahr"."""

    def read(match: re.Match[str], ref: Reference) -> Span:
        return part_of(reader(match, ref), part)

    return read


def part_of(span: Span, part: str) -> Span:
    """Return the first, middle or last third of a span of a week or more ("Anfang Mai", "late 2014")."""
    first, last = span
    if first is None or last is None or (last - first).days < 6:
        return span
    third = 1
    if part.startswith(("anfang", "beginn", "early", "start")):
        third = 0
    elif part.startswith(("ende", "late", "end")):
        third = 2
    length = (last - first).days + 1
    if length == 7:  # the parts of a week run into one another
        starts, ends = (0, 1, 3), (2, 3, 6)
        return first + timedelta(days=starts[third]), first + timedelta(days=ends[third])
    if first.day == 1 and (first.year, first.month) == (last.year, last.month):
        begin = first.replace(day=1 + 10 * third)
        return begin, last if third == 2 else begin + timedelta(days=9)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        months = (last.year - first.year + 1) * 4
        opening = _shift(first, months * third, "month")[0]
        return opening, _shift(first, months * (third + 1) - 1, "month")[1]
    step = length // 3
    begin = first + timedelta(days=step * third)
    return begin, last if third == 2 else begin + timedelta(days=step - 1)
