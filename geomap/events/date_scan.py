"""Finds the dates that a text says, and the days that each spans.

German and English rules over lower-case text; every date is read from a ``Reference``, those that count
from another ("zwei Tage später") from the last one said before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from geomap.events.date_readers import part_of
from geomap.events.date_reference import Reference, Span
from geomap.events.date_rules import Grammar, Rule
from geomap.models import Lang

# So many characters before a date tell what they make of it ("in der Nacht zum").
REACH = 40
# What "im Monat darauf" and "tags darauf" count from spans at most so many days.
_LONGEST_STORY, _LONGEST_DAY = 366, 2


@lru_cache
def grammar_of(lang: Lang) -> Grammar:
    """Return the dates of a language, imported when an article is in it."""
    if lang == "de":
        from geomap.events.date_german import GERMAN

        return GERMAN
    from geomap.events.date_english import ENGLISH

    return ENGLISH


class Expression(NamedTuple):
    """A date in a text: offsets as TimeML marks it, the days it spans, and how fine its rule is."""

    start: int
    end: int
    days: Span
    rank: int
    rule: Rule
    match: re.Match[str]

    @property
    def states_year(self) -> bool:
        """Whether the words leave no year open."""
        return not self.rule.open_year or self.match.groupdict().get("year") is not None


@lru_cache(maxsize=512)
def scan(
    text: str, lang: Lang, ref: Reference, spoken_of: date | None = None
) -> tuple[Expression, ...]:
    """Return the dates in lower-case ``text``, in order.

    ``spoken_of`` is the day that the text before spoke of, for "tags darauf" at its beginning; without
    one it counts from the publication.
    """
    grammar = grammar_of(lang)
    found: list[Expression] = []
    last = last_day = spoken_of
    for rank, rule, match in _claims(text, grammar):
        counts_from = ref._replace(day=last or ref.day) if ref.told else ref
        if rule.spoken:
            spoken = last_day if _counts_days(match) else last
            counts_from = Reference(spoken or ref.day, told=spoken is not None)
        start, end = _core(match)
        try:
            days = rule.reader(match, counts_from)
        except (ValueError, OverflowError):
            continue
        part = grammar.part.search(text[max(0, start - REACH) : start])
        if part and days[0] != days[1]:
            days = part_of(days, part["part"])
            start -= len(part[0])
        found.append(Expression(start, end, days, rank, rule, match))
        length = _length(days)
        if length is not None and length <= _LONGEST_STORY:
            last = days[0]
            last_day = days[1] if length <= _LONGEST_DAY else last_day
    return tuple(found)


def _claims(text: str, grammar: Grammar) -> list[tuple[int, Rule, re.Match[str]]]:
    """Return what the rules match, in order of place; what an earlier rule has, a later one cannot."""
    claimed: list[tuple[int, int, int, Rule, re.Match[str]]] = []
    present = set(filter(text.__contains__, grammar.stems))
    if not present:
        return []
    for rank, rule in enumerate(grammar.rules):
        if not present.isdisjoint(rule.stems):
            for match in rule.pattern.finditer(text):
                start, end = _core(match)
                if all(end <= taken[0] or start >= taken[1] for taken in claimed):
                    claimed.append((start, end, rank, rule, match))
    return [(rank, rule, match) for _, _, rank, rule, match in sorted(claimed, key=lambda c: c[:2])]


def _counts_days(match: re.Match[str]) -> bool:
    """Tell whether "zwei Tage später" counts days, not weeks, months or years."""
    unit = match.groupdict().get("unit") or "tag"
    return unit.startswith(("tag", "day"))


def _length(days: Span) -> int | None:
    """Return the number of days; None if a side is open."""
    first, last = days
    return None if first is None or last is None else (last - first).days + 1


def _core(match: re.Match[str]) -> tuple[int, int]:
    core = "core" in match.re.groupindex and match["core"] is not None
    return match.span("core" if core else 0)


def ranges(text: str, expressions: tuple[Expression, ...], lang: Lang) -> Iterator[Expression]:
    """Yield the expressions, those that are two ends of a range ("vom 3. bis 5. Mai") as one."""
    grammar = grammar_of(lang)
    number = 0
    while number < len(expressions):
        one = expressions[number]
        number += 1
        if number < len(expressions):
            other = expressions[number]
            before = text[max(0, one.start - REACH) : one.start]
            part = grammar.part.search(text[one.end : other.end]) is None
            joint = text[one.end : other.start]
            joins = grammar.to.fullmatch(joint) or (
                grammar.and_.fullmatch(joint) and grammar.between.search(before)
            )
            days = _from_to(one, other) if joins and part else None
            if days is not None:
                number += 1
                rank = min(one.rank, other.rank)
                yield one._replace(end=other.end, days=days, rank=rank)
                continue
        yield one


def _from_to(one: Expression, other: Expression) -> Span | None:
    """Return the days from one to the other; "November" of "November bis Mai 2014" is that before."""
    first, last = one.days[0], other.days[1]
    if last is None:
        return None
    if one.rule.open_year and (
        (other.states_year and not one.states_year) or (first and first > last)
    ):
        try:
            first = one.rule.reader(one.match, Reference(last))[0]
        except (ValueError, OverflowError):
            return None
    return (first, last) if first is not None and first <= last else None
