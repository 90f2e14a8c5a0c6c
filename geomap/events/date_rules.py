"""How a rule that finds dates looks, and the patterns that German and English share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from geomap.events.date_reference import Reader

DIGITS = tuple("0123456789")
_YEAR_ENDS = r"(?![.,:]?\d|-(?!jahr|er))\b"
YEAR = rf"(?:1[1-9]|20)\d\d{_YEAR_ENDS}"
# What is a year without words that say so.
BARE_YEAR = rf"(?:1[89]|20)(?!00)\d\d{_YEAR_ENDS}"
# The second of "1940/41" and "1940/1941".
SECOND_YEAR = (
    r"(?<=(?P<century>1[1-9]|20)\d\d/)(?:(?P<short>\d\d)|(?P<year>(?:1[1-9]|20)\d\d))\b(?![/.]\d)"
)


@dataclass(frozen=True)
class Rule:
    """A pattern over lower-case text, what reads it, and when it need not be tried.

    Its group ``core``, or else all that it matches, is what TimeML marks: "21. August" without "am".
    """

    source: str
    reader: Reader
    # One of these stands in every text that the pattern matches.
    stems: frozenset[str]
    # The words may leave the year open, so that the other end of a range can tell it.
    open_year: bool
    # Counts from the day that the text spoke of before: "tags darauf".
    spoken: bool

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, compiled when a text first has one of the stems."""
        return re.compile(self.source)


def rule(
    source: str,
    reader: Reader,
    stems: str | tuple[str, ...],
    *,
    open_year: bool = False,
    spoken: bool = False,
) -> Rule:
    """Make a rule; the stems are words in one string."""
    words = stems.split() if isinstance(stems, str) else stems
    return Rule(source, reader, frozenset(words), open_year, spoken)


class Grammar(NamedTuple):
    """The dates of a language."""

    # The first to be taken first; what one rule has the next ones leave alone.
    rules: list[Rule]
    # Those of all rules.
    stems: frozenset[str]
    # What stands right before a date and changes what it says; each ends where the date begins.
    part: re.Pattern[str]
    night_before: re.Pattern[str]
    night_after: re.Pattern[str]
    since: re.Pattern[str]
    until: re.Pattern[str]
    # "vor Ostern": no date of its own.
    beside: re.Pattern[str]
    # "berät am Donnerstag über den Angriff": when something else is to be, right before or behind.
    to_come: re.Pattern[str]
    to_come_after: re.Pattern[str]
    # "der schwerste Angriff seit 2006": nor this.
    first_since: re.Pattern[str]
    # "der Anschlag vom Freitag": rather another event's date, if the sentence has one more.
    of: re.Pattern[str]
    # "teilte die Armee am Freitag mit": nor if it says when something else happened.
    reported: re.Pattern[str]
    reported_after: re.Pattern[str]
    reported_then: re.Pattern[str]
    between: re.Pattern[str]
    # Words that belong to the date as readers see it: "am", "in der".
    lead: re.Pattern[str]
    # What joins two dates to a range; the second only after ``between``.
    to: re.Pattern[str]
    and_: re.Pattern[str]
