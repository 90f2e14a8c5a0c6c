"""Words that stand for a place named elsewhere: "dort", "in der Stadt", "die syrische Hauptstadt".

They are put among the toponyms of an article as stand-ins, so that what happened there is told of
the place meant. A stand-in is taken only where the text gives one place to stand for; "eine Stadt",
"die benachbarte Stadt" and appositions ("Aleppo, die zweitgrößte Stadt") stand for none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from geomap.events.focus import focus_country
from geomap.models import (
    Article,
    Event,
    Lang,
    Mention,
    Place,
    PlaceIndex,
    Resolution,
    RoleDecision,
    Toponym,
)

STAND_IN = "STAND-IN"
_REACH_CHARS = 400
_CONFIDENCE = 0.7
_TOWNS = ("city",)
_AREAS = ("admin1", "admin2", "region")
_ANYWHERE = (*_TOWNS, *_AREAS, "landmark")
_CAPITAL = ("hauptstadt", "capital")
_LARGE = ("stadt", "millionenstadt", "hafenstadt", "metropole", "city")
_KINDS = {
    **dict.fromkeys(_LARGE, _TOWNS),
    **dict.fromkeys(("dorf", "ort", "ortschaft", "siedlung", "town", "village"), _TOWNS),
    **dict.fromkeys(("provinz", "region", "province", "enklave", "enclave"), _AREAS),
    **dict.fromkeys(("insel", "island"), ("region", "landmark")),
}
# The first letter, looked at before all else, spares most of the time.
_PATTERNS: dict[Lang, re.Pattern[str]] = {
    "de": re.compile(
        r"\b(?=[DdIiH])(?:(?P<there>[Dd]ort|dortige[nmrs]?)\b"
        r"|(?:[Dd](?:er|ie|en|em|as)|[Ii]m|[Dd]iese[rnms]?)\s+"
        r"(?P<adjectives>(?:[a-zäöüß]+(?:e|en|er|es|em)\s+){0,2})"
        r"(?P<noun>(?:Haupt|Millionen|Hafen)?[Ss]tadt|Metropole|Dorf|Ort|Ortschaft|Siedlung|Provinz|"
        r"Region|Enklave|Insel)\b"
        r"|(?P<own>Hauptstadt)\b"
        r"|(?:(?<=[nN]orden )|(?<=[sS]üden )|(?<=[oO]sten )|(?<=[wW]esten ))(?P<land>des Landes)\b)"
    ),
    "en": re.compile(
        r"\b(?=[Ttc])(?:(?P<there>[Tt]here\b(?!\s+(?:is|are|was|were|has|have|had|will|would|could|may|might|be|"
        r"remains?|appears?|seems?)\b))"
        r"|(?:[Tt]he|[Tt]his)\s+(?P<adjectives>(?:[A-Za-z-]+\s+){0,2}?)"
        r"(?P<noun>capital|city|town|village|province|region|enclave|island)\b"
        r"|(?P<own>capital)\b"
        r"|(?:(?<=north of )|(?<=south of )|(?<=east of )|(?<=west of ))(?P<land>the country)\b)"
    ),
}
_ANOTHER = re.compile(
    r"\b(?:benachbart|nächst|ander|umliegend|nah|nahegelegen|zweit|dritt|ganz|viel|letzt|best|größt|"
    r"alt|neighbou?ring|nearby|next|other|another|second|third|last|whole|entire|same|old)\w*",
    re.IGNORECASE,
)
_NAMED_NEXT = re.compile(r"(?:\s+(?:von|of|in|im)(?:\s+(?:der|dem|the))?)?[\s,:(„“\"]*")
_APPOSITION = re.compile(r"['’]?s?\s*[,(–]?\s*(?:in\s+)?")


@dataclass(frozen=True, slots=True)
class StandIn:
    """A stand-in as a resolution; ``antecedent`` indexes the toponym it stands for, if any does."""

    resolution: Resolution
    antecedent: int | None


def find_stand_ins(
    article: Article, resolutions: Sequence[Resolution], index: PlaceIndex
) -> list[StandIn]:
    """Return the words of an article that stand for a place, in order."""
    return list(_Finder(article, resolutions, index).find())


class _Finder:
    def __init__(
        self, article: Article, resolutions: Sequence[Resolution], index: PlaceIndex
    ) -> None:
        self._text, self._lang = article.text, article.lang
        self._resolutions = resolutions
        self._starts = [resolution.toponym.start for resolution in resolutions]
        self._index = index
        self._told = Counter(r.place.id for r in resolutions if r.place)
        self._countries = Counter(r.place.country for r in resolutions if r.place)

    def find(self) -> Iterator[StandIn]:
        for match in _PATTERNS[self._lang].finditer(self._text):
            if match["land"]:
                yield from self._country(match)
                continue
            noun = (match["noun"] or match["own"] or "").lower()
            if noun in _CAPITAL:
                yield from self._capital(match)
                continue
            adjectives = match["adjectives"] or ""
            if self._beside(match) or _ANOTHER.search(adjectives):
                continue
            antecedent = self._antecedent(match, noun, self._country_of(adjectives))
            if antecedent is not None:
                yield StandIn(_standing(match, self._resolutions[antecedent]), antecedent)

    def _beside(self, match: re.Match[str]) -> int | None:
        """Return the toponym that says what is meant: "die Stadt Homs", "Homs, die Stadt"."""
        if match["there"]:
            return None
        following = bisect_left(self._starts, match.end())
        if following < len(self._starts) and _NAMED_NEXT.fullmatch(
            self._text[match.end() : self._starts[following]]
        ):
            return following
        previous = bisect_left(self._starts, match.start()) - 1
        if previous < 0:
            return None
        between = self._text[self._resolutions[previous].toponym.end : match.start()]
        return previous if not between or _APPOSITION.fullmatch(between) else None

    def _country_of(self, adjectives: str) -> str | None:
        codes = (self._index.demonym(word) for word in adjectives.split() if len(word) > 3)
        return next((code for code in codes if code), None)

    def _country(self, match: re.Match[str]) -> Iterator[StandIn]:
        """Read "im Norden des Landes" as the country that the article is about."""
        code = focus_country(self._text, self._resolutions)
        country = self._index.country(code) if code else None
        if country is not None:
            yield self._named_elsewhere(match, country)

    def _capital(self, match: re.Match[str]) -> Iterator[StandIn]:
        country = self._country_of(match["adjectives"] or "")
        beside = self._beside(match)
        if beside is not None:
            place = self._resolutions[beside].place
            if place is None or place.kind != "country":
                return
            country = country or place.country
        if country is None:
            if match["own"] or _ANOTHER.search(match["adjectives"]):
                return
            country = self._country_spoken_of(match.start())
        place = self._index.capital(country) if country else None
        if place is not None:
            yield self._named_elsewhere(match, place)

    def _country_spoken_of(self, offset: int) -> str | None:
        """Return the country whose capital was named last, else the one the article is about."""
        for position in reversed(range(bisect_left(self._starts, offset))):
            place = self._resolutions[position].place
            if place is not None and place.feature_code == "PPLC":
                return place.country
        return focus_country(self._text, self._resolutions)

    def _named_elsewhere(self, match: re.Match[str], place: Place) -> StandIn:
        named = [i for i, r in enumerate(self._resolutions) if r.place and r.place.id == place.id]
        if named:
            nearest = min(named, key=lambda i: abs(self._starts[i] - match.start()))
            return StandIn(_standing(match, self._resolutions[nearest]), nearest)
        prec = 6 if place.kind == "country" else 1
        return StandIn(
            Resolution(_toponym(match), place, _CONFIDENCE, "coreference", "", where_prec=prec),
            None,
        )

    def _antecedent(self, match: re.Match[str], noun: str, country: str | None) -> int | None:
        """Return the toponym before that the word can stand for: the one most spoken of."""
        first = bisect_left(self._starts, match.start() - _REACH_CHARS)
        last = bisect_left(self._starts, match.start())
        fitting = [
            i for i in range(first, last) if self._fits(self._resolutions[i].place, noun, country)
        ]
        if not fitting:
            return None
        if match["there"]:
            return fitting[-1]
        best = max(fitting, key=lambda i: (*self._weight(i, noun), i))
        return None if any(self._rivals(best, other) for other in fitting) else best

    def _rivals(self, best: int, other: int) -> bool:
        """Tell whether a town of another country is as much spoken of: "London condemned it"."""
        place, rival = self._resolutions[best].place, self._resolutions[other].place
        if place is None or rival is None or place.country == rival.country:
            return False
        if self._told[rival.id] >= self._told[place.id]:
            return True
        return self._countries[rival.country] > self._countries[place.country]

    def _weight(self, position: int, noun: str) -> tuple[float, float]:
        """Return how much a place is spoken of, and for a "city" also how large it is."""
        place = self._resolutions[position].place
        if place is None:
            return 0.0, 0.0
        return self._told[place.id], place.importance if noun in _LARGE else 0.0

    def _fits(self, place: Place | None, noun: str, country: str | None) -> bool:
        if place is None or (country and place.country != country):
            return False
        return place.kind in _KINDS.get(noun, _ANYWHERE)


def _toponym(match: re.Match[str]) -> Toponym:
    return Toponym(match[0], match.start(), match.end(), STAND_IN)


def _standing(match: re.Match[str], antecedent: Resolution) -> Resolution:
    confidence = round(antecedent.confidence * _CONFIDENCE, 3)
    return replace(antecedent, toponym=_toponym(match), confidence=confidence, alternatives=())


@dataclass(frozen=True, slots=True)
class Peopled:
    """An article's resolutions with the stand-ins among them.

    ``origins`` tells for each where its name stands in the article's own resolutions, None where the
    text does not name it.
    """

    resolutions: tuple[Resolution, ...]
    origins: tuple[int | None, ...]

    def own(self, roles: Sequence[RoleDecision]) -> Iterator[RoleDecision]:
        """Yield the roles of the article's own toponyms, given one for each resolution here."""
        for resolution, role in zip(self.resolutions, roles, strict=True):
            if resolution.toponym.label != STAND_IN:
                yield role

    def bring_home(self, event: Event) -> Event:
        """Return an event whose ``location`` indexes the article's own resolutions."""
        if event.location is None:
            return event
        resolution, origin = self.resolutions[event.location], self.origins[event.location]
        if resolution.toponym.label != STAND_IN:
            return replace(event, location=origin)
        toponym = resolution.toponym
        word = Mention(toponym.text, toponym.start, toponym.end)
        mentions = tuple(sorted((*event.mentions, word), key=lambda m: m.start))
        place = resolution.place if origin is None else None
        return replace(event, location=origin, mentions=mentions, place=place)


def add_stand_ins(
    article: Article, resolutions: Sequence[Resolution], index: PlaceIndex
) -> Peopled:
    """Return the resolutions with the article's stand-ins, in the order of the text."""
    rows: list[tuple[Resolution, int | None]] = [(r, i) for i, r in enumerate(resolutions)]
    rows += [(s.resolution, s.antecedent) for s in find_stand_ins(article, resolutions, index)]
    rows.sort(key=lambda row: row[0].toponym.start)
    return Peopled(tuple(r for r, _ in rows), tuple(i for _, i in rows))
