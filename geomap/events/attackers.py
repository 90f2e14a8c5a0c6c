"""Attackers among the dead, where the text counts them apart: "fünf Polizisten und drei Angreifer"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from geomap.events.casualties import DIED, VICTIMS, count_casualties
from geomap.events.numbers import NUMBER, to_int
from geomap.models import Count, Lang

_ATTACKER: dict[Lang, str] = {
    "de": r"(?P<whom>(?:[a-zäöüß]+e[nrms]?\s+)?\w*(?:attentäter|angreifer|bomber|schütze|amokläufer|amokfahrer|"
    r"geiselnehmer|täter)(?:n|s|in|innen)?)\b",
    "en": r"(?:suspected |alleged )?(?P<whom>(?:suicide )?"
    r"(?:attacker|bomber|assailant|gunm[ae]n|shooter|hijacker|hostage-taker|perpetrator)s?)\b",
}
_MANY: dict[Lang, str] = {
    "de": rf"(?:auch\s+|ebenfalls\s+)?(?:(?:alle|die|den|der|seine[nr]?)\s+)?(?:{NUMBER['de']}|(?P<all>beiden?|der|dem|den|die))\s+",
    "en": rf"(?:also\s+)?(?:(?:all|the|its)\s+)?(?:{NUMBER['en']}|(?P<all>both|the))\s+(?:of the\s+)?",
}
_AND: dict[Lang, str] = {
    "de": r",?\s+(?:und|sowie|neben|samt|außer)\s+",
    "en": r",?\s+(?:and|as well as|along with|besides|in addition to|plus)\s+",
}
_AMONG: dict[Lang, str] = {
    "de": r",?\s+(?:darunter|einschließlich|inklusive|unter ihnen|mitsamt)\s+(?:[^,;.]{1,60}?\sund\s+)?",
    "en": r",?\s+(?:including|among them)\s+(?:[^,;.]{1,60}?\sand\s+)?",
}
_FATE: dict[Lang, str] = {
    "de": rf"\s+(?:(?!und\b|töt)[\w-]+\s+){{0,6}}?(?:{DIED['de']}|sprengten? sich\b)",
    "en": r"\s+(?:(?:was|were|had been|have been)\s+(?:(?:also|then|later|both|all)\s+)?(?:killed|shot dead|shot)"
    r"|(?:also\s+|then\s+)?died|blew (?:himself|herself|themselves) up)\b",
}
_BESIDES: dict[Lang, str] = {
    "de": r"(?:neben|außer|mit)\s+",
    "en": r"(?:besides|apart from|along with|in addition to)\s+",
}
_AMONG_DEAD: dict[Lang, str] = {
    "de": r"\bunter\s+(?:den|allen)\s+(?:\w+\s+)?(?:toten|opfern|getöteten)\s+(?:waren?|sind|ist|befand\w* sich)\s+(?:\w+\s+){0,2}?",
    "en": r"\bamong\s+(?:the|those)\s+(?:\w+\s+)?(?:dead|killed|victims)\s+(?:were|was|are|is)\s+(?:\w+\s+){0,2}?",
}
# "a gunman killed two people and was shot dead"
_IN_TURN: dict[Lang, str] = {
    "de": r"\s+(?:und\s+wurden?|bevor\s+(?:er|sie))\s+(?:\w+\s+){0,4}?(?:erschossen|getötet)(?:\s+wurden?)?\b",
    "en": r"\s+(?:and|before|then)\s+(?:(?:he|she|they)\s+)?(?:(?:was|were|being)\s+)(?:\w+\s+){0,2}?(?:shot dead|killed|shot)\b",
}
_CLAUSE = r"(?:^|[.;:,]\s+|\s(?:und|and|while|but|während|aber)\s+)"
_KILLED: dict[Lang, re.Pattern[str]] = {
    "de": re.compile(rf"{DIED['de']}|\b(?:tote[nr]?|todesopfer|töteten?|tot)\b"),
    "en": re.compile(rf"{DIED['en']}|\b(?:kill(?:s|ing)|deaths|lives)\b"),
}
_STOP = re.compile(r"[,;.](?!\d)")


class Toll(NamedTuple):
    """The dead without the attackers, and how many of those the text counts (None: it does not)."""

    deaths: Count
    attackers: int | None


def set_attackers_apart(text: str, deaths: Count, lang: Lang) -> Toll:
    """Return ``deaths``, stated in ``text``, without the attackers that it counts apart.

    Attackers who are the only dead are not apart: they are whom the event killed.
    """
    lowered = text.lower()
    for match in _others_and_attackers(lowered, lang):
        start, end = match.span("who")
        others, _ = count_casualties(text[:start] + " " * (end - start) + text[end:], lang)
        if others.low or others.high:
            return Toll(_as_written(others, text), _number(match, lang))
    included = _pattern("included", lang).search(lowered)
    included = included or _pattern("among the dead", lang).search(lowered)
    number = _number(included, lang) if included else None
    if number is not None and (deaths.best or 0) > number:
        return Toll(_less(deaths, number), number)
    return Toll(deaths, None)


def count_attackers(text: str, lang: Lang) -> int | None:
    """Return how many attackers died as ``text`` says of them alone: "Auch der Attentäter starb"."""
    match = _pattern("own clause", lang).search(text.lower())
    return _number(match, lang) if match else None


def _others_and_attackers(text: str, lang: Lang) -> Iterator[re.Match[str]]:
    for name in ("after others", "before others"):
        for match in _pattern(name, lang).finditer(text):
            start, end = _stretch(text, *match.span("who"))
            if _KILLED[lang].search(text[start:end]):
                yield match
    for name in ("own clause", "besides", "in turn"):
        yield from _pattern(name, lang).finditer(text)


def _stretch(text: str, start: int, end: int) -> tuple[int, int]:
    """Return what stands between the stops around a span."""
    before = [match.end() for match in _STOP.finditer(text, 0, start)]
    after = _STOP.search(text, end)
    return (before[-1] if before else 0), (after.start() if after else len(text))


@cache
def _pattern(name: str, lang: Lang) -> re.Pattern[str]:
    attackers = rf"{_MANY[lang]}{_ATTACKER[lang]}"
    others = rf"\b{NUMBER[lang].replace('?P<n>', '?:')}{VICTIMS[lang]}"
    return re.compile(
        {
            "after others": rf"{others}(?P<who>{_AND[lang]}{attackers})",
            "before others": rf"(?P<who>\b{attackers}{_AND[lang]})(?={others})",
            "own clause": rf"{_CLAUSE}(?P<who>{attackers}{_FATE[lang]})",
            "besides": rf"(?P<who>\b{_BESIDES[lang]}{attackers})(?=[^.;]{{0,80}}{DIED[lang]})",
            "in turn": rf"\b{attackers}\s[^.;]{{3,80}}?(?P<who>{_IN_TURN[lang]})",
            "included": rf"{_AMONG[lang]}{attackers}",
            "among the dead": rf"{_AMONG_DEAD[lang]}{attackers}",
        }[name]
    )


def _number(match: re.Match[str], lang: Lang) -> int | None:
    """Return how many attackers a match counts: "beide" are two, "der Attentäter" one."""
    if match["n"]:
        return to_int(match["n"], lang)
    if match["all"] in ("beide", "beiden", "both"):
        return 2
    if lang == "en":
        return None if match["whom"].endswith(("s", "men")) else 1
    if match["all"] == "die":
        return 1 if match["whom"].endswith("in") else None
    plural = match["all"] == "den" and match["whom"].endswith("n")
    return None if plural else 1


def _as_written(count: Count, text: str) -> Count:
    """Return a count with its words as they stand in ``text``, those between them too."""
    words = [re.escape(word) for word in (count.text or "").split()]
    found = re.search(r"\b.{0,80}?\b".join(words), " ".join(text.split())) if words else None
    return replace(count, text=found[0]) if found else count


def _less(deaths: Count, number: int) -> Count:
    low, best, high = (
        None if bound is None else max(0, bound - number)
        for bound in (deaths.low, deaths.best, deaths.high)
    )
    return replace(deaths, low=low, best=best, high=high)
