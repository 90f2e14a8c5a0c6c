"""Borders and coasts that a text speaks of: "an der syrisch-türkischen Grenze", "off the coast of"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from geomap.events.stemmed import Stemmed, stemmed
from geomap.models import Article, Lang, Place, PlaceIndex, Resolution

_HEAD: dict[Lang, Stemmed] = {
    "de": stemmed(
        r"\b(?:(?P<border>(?:land|staats)?grenzen?|grenz(?:gebiete?[ns]?|regione?n?|streifens?|land(?:e?s)?|linie|zaune?s?))|"
        r"(?:mittelmeer|schwarzmeer|atlantik|pazifik)?küsten?|küsten(?:gebiete?[ns]?|regione?n?|streifens?|gewässern?))\b",
        "grenz|küste",
        re.I,
    ),
    "en": stemmed(
        r"\b(?:(?P<border>(?:borders?|frontiers?)(?:\s+(?:areas?|regions?|zones?|strip|fence|line))?)|"
        r"coast(?:line)?s?|shores|coastal (?:areas?|regions?|strip|waters))\b"
        r"(?!-|\s+(?:town|city|crossing|post|guard|polic|patrol|village|province|force|control|clos|dispute|checkpoint|gate|road|district))",
        "border|frontier|coast|shores",
        re.I,
    ),
}
_BEFORE: dict[Lang, re.Pattern[str]] = {
    "de": re.compile(
        r"\b(?:am|an|im|in|nahe|entlang|längs|unweit|bei|vor|nähe|beiderseits|diesseits)\s+(?:(?:der|dem|des|den|von)\s+)*"
        r"(?P<names>(?:[\w'’–-]+\s+){0,3})$",
        re.I,
    ),
    "en": re.compile(
        r"\b(?:on|at|near|along|close to|around|by|off|in|across from)\s+(?:(?:the|its|both sides of)\s+)*"
        r"(?P<names>(?:[\w'’–-]+\s+){0,4})$",
        re.I,
    ),
}
_OFFSHORE: dict[Lang, re.Pattern[str]] = {
    "de": re.compile(r"\bvor\s+(?:der|den)\s+(?:[\w'’–-]+\s+){0,3}$", re.I),
    "en": re.compile(r"\boff\s+(?:the\s+)?(?:[\w'’–-]+\s+){0,3}$", re.I),
}
_JOINT: dict[Lang, re.Pattern[str]] = {
    "de": re.compile(
        r"\s+(?:(?:zu|zum|zur|mit|zwischen|nach|von)\s+(?:(?:der|dem|den|des)\s+)?|(?:der|des)\s+)$",
        re.I,
    ),
    "en": re.compile(r"\s+(?:with|to|of|between|from)\s+(?:the\s+)?$", re.I),
}
_AND = re.compile(r"\s*(?:\b(?:und|and|to)\b|[-–/])\s*(?:(?:der|dem|den|the)\s+)?", re.I)
_STOP = re.compile(r"[.;:!?\n](?=\s|$)|,")
_WORD = re.compile(r"[^\W\d_]+")
_GENITIVE = ("s", "x", "z", "ß", "’", "'")
_REACH = 120
_LEFT_REACH = 70
_AREAS = ("country", "admin1")


@dataclass(frozen=True, slots=True)
class Boundary:
    """A border or coast spoken of, and the one or two countries or divisions whose it is.

    ``positions`` are those of their toponyms, None for adjectives; ``starts`` and ``ends`` their
    offsets. ``start`` and ``end`` hold all of it but the preposition.
    """

    kind: Literal["border", "coast"]
    start: int
    end: int
    offshore: bool
    places: tuple[Place, ...]
    positions: tuple[int | None, ...]
    starts: tuple[int, ...]

    def is_about(self, place: Place) -> bool:
        """Whether one of the countries is ``place``, or the country of a division."""
        return any(_holds(own, place) for own in self.places)

    def other_than(self, place: Place) -> Place | None:
        """Return the country on the other side than ``place``, None if the text names none."""
        return next((own for own in self.places if not _holds(own, place)), None)

    def other_start(self, position: int) -> int | None:
        """Return the offset of the other country's name than that at ``position``, if any."""
        pairs = zip(self.positions, self.starts, strict=True)
        return next((start for p, start in pairs if p is not None and p != position), None)


def _holds(own: Place, place: Place) -> bool:
    return own.id == place.id or (own.kind == "country" and own.country == place.country)


_Side = tuple[Place, int | None, int, int]


def find_boundaries(
    article: Article, begin: int, end: int, resolutions: Sequence[Resolution], index: PlaceIndex
) -> Iterator[Boundary]:
    """Yield the borders and coasts between two offsets whose countries the text names there."""
    lang = article.lang
    if not _HEAD[lang].may_match(article.text[begin:end]):
        return
    for head in _HEAD[lang].pattern.finditer(article.text, begin, end):
        left = article.text[max(begin, head.start() - _LEFT_REACH) : head.start()]
        before = _BEFORE[lang].search(left)
        if before is None:
            continue
        names_start = head.start() - len(left) + before.start("names")
        sides = [
            *_sides_before(article, names_start, head.start(), resolutions, index),
            *_sides_after(article, head.end(), resolutions),
        ]
        distinct = list({side[0].id: side for side in reversed(sides)}.values())[::-1][:2]
        if not distinct:
            continue
        yield Boundary(
            "border" if head["border"] else "coast",
            min(head.start(), *(side[2] for side in distinct)),
            max(head.end(), *(side[3] for side in distinct)),
            bool(_OFFSHORE[lang].search(left)),
            tuple(side[0] for side in distinct),
            tuple(side[1] for side in distinct),
            tuple(side[2] for side in distinct),
        )


def speaks_of_boundary(article: Article, begin: int, end: int) -> bool:
    """Tell whether a border or coast is spoken of between two offsets, whosoever it is."""
    head = _HEAD[article.lang]
    spoken_of = head.may_match(article.text[begin:end])
    return spoken_of and head.pattern.search(article.text, begin, end) is not None


def boundaries_around(
    article: Article, offset: int, resolutions: Sequence[Resolution], index: PlaceIndex
) -> Iterator[Boundary]:
    """Yield those spoken of beside the name at an offset, with no comma between."""
    text = article.text
    begin = max((m.end() for m in _STOP.finditer(text, max(0, offset - _REACH), offset)), default=0)
    stop = _STOP.search(text, offset, offset + _REACH)
    end = stop.start() if stop else min(len(text), offset + _REACH)
    return find_boundaries(article, max(begin, offset - _REACH), end, resolutions, index)


def _sides_before(
    article: Article, begin: int, end: int, resolutions: Sequence[Resolution], index: PlaceIndex
) -> Iterator[_Side]:
    """Read the names and adjectives before the noun: "Syria's", "syrisch-türkischen"."""
    named = _named_within(resolutions, begin, end)
    yield from named
    for word in _WORD.finditer(article.text, begin, end):
        if any(start <= word.start() < stop for *_, start, stop in named):
            continue
        code = index.demonym(word[0]) if len(word[0]) > 3 else None
        country = index.country(code) if code else None
        if country is not None:
            yield country, None, word.start(), word.end()


def _named_within(resolutions: Sequence[Resolution], begin: int, end: int) -> list[_Side]:
    return [
        (r.place, position, r.toponym.start, r.toponym.end)
        for position, r in _between(resolutions, begin, end)
        if r.place is not None and r.place.kind in _AREAS and r.toponym.label != "DEMONYM"
    ]


def _between(
    resolutions: Sequence[Resolution], begin: int, end: int
) -> Iterator[tuple[int, Resolution]]:
    for position, resolution in enumerate(resolutions):
        if begin <= resolution.toponym.start < end:
            yield position, resolution


def _sides_after(
    article: Article, offset: int, resolutions: Sequence[Resolution]
) -> Iterator[_Side]:
    """Read the names after the noun: "zu Jordanien", "zwischen Syrien und der Türkei"."""
    end, joint = offset, _JOINT[article.lang]
    for position, resolution in _between(resolutions, offset, offset + _REACH):
        toponym, place = resolution.toponym, resolution.place
        between = article.text[end : toponym.start]
        genitive = between.isspace() and toponym.text.endswith(_GENITIVE) and article.lang == "de"
        if not (joint.fullmatch(between) or genitive or (end > offset and _AND.fullmatch(between))):
            return
        if place is None or place.kind not in _AREAS:
            return
        yield place, position, toponym.start, toponym.end
        end, joint = toponym.end, _AND
