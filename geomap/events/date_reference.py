"""What a date is counted from, and how a year that its words leave open is completed."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import NamedTuple

from geomap.events.date_words import direction

# First and last day; None for a side that the words leave open.
Span = tuple[date | None, date | None]
Days = tuple[date, date]


class Reference(NamedTuple):
    """The day that words are counted from.

    ``ahead``: what is told is yet to come, so "am Freitag" is the next one. ``told``: the text has no
    day of publication, and ``day`` is what it spoke of last, good to complete a year with but no "today".
    """

    day: date | None
    ahead: bool = False
    told: bool = False

    @property
    def around(self) -> date:
        """The day near which a date without a year lies."""
        if self.day is None:
            raise ValueError("no day to count from")
        return self.day

    @property
    def today(self) -> date:
        """The day of publication."""
        if self.told:
            raise ValueError("the text does not say when it was published")
        return self.around


Reader = Callable[[re.Match[str], Reference], Span]


def said(match: re.Match[str], name: str) -> str | None:
    """Return what a group of that name matched; None if the pattern has none or it is empty."""
    return match.groupdict().get(name) or None


def complete(occurrences: Callable[[int], Iterable[Days]], ref: Reference) -> Days:
    """Return the occurrence that is meant: the last begun, the next one if ahead, that of a told year."""
    year = ref.around.year
    known = [days for y in (year - 1, year, year + 1) for days in occurrences(y)]
    if ref.told:
        meant = [days for days in known if days[0].year == year]
    elif ref.ahead:
        meant = [days for days in known if days[1] >= ref.around]
    else:
        meant = [days for days in reversed(known) if days[0] <= ref.around]
    if not meant:
        raise ValueError("does not occur")
    return meant[0]


# Words for a year that another one, told before, stands behind.
_OF_THAT_YEAR = ("selb", "gleich", "dessel", "same", "that", "folg", "darauf", "following")


def stated_year(match: re.Match[str], ref: Reference) -> int | None:
    """Return the year in the words: "2014", "14", "des vergangenen Jahres"; None without any."""
    digits, short = said(match, "year"), said(match, "short")
    if short:
        return int(match["century"] + short)
    if digits:
        return int(digits) if len(digits) > 2 else _full_year(int(digits), ref)
    which = said(match, "year_word")
    if which is None:
        return None
    if which.startswith(_OF_THAT_YEAR) and not ref.told:
        raise ValueError("of a year that was told before")
    base = (
        ref.around if ref.told and which.startswith((*_OF_THAT_YEAR, "dies", "this")) else ref.today
    )
    return base.year + direction(which)


def _full_year(year: int, ref: Reference) -> int:
    latest = ref.today.year + 10
    return 2000 + year if 2000 + year <= latest else 1900 + year


def month_days(year: int, month: int) -> Days:
    """Return the first and the last day of a month."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def year_days(year: int) -> Days:
    """Return the first and the last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def week_days(day: date) -> Days:
    """Return Monday and Sunday of the week of ``day``."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)
