"""What the text says about a toponym beyond its name: hints in its words, and its company."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geomap.coordinates import distance_km
from geomap.models import Lang, Place, PlaceIndex, Sentence, Toponym

# Words beside a name that say what kind of place is meant.
_BEFORE: dict[Lang, dict[str, str]] = {
    "de": {
        "admin1": r"(?:provinz|region|gouvernement|bundesstaat|bundesstaats|oblast|gebiet|teilrepublik|"
        r"departement|bundesland|verwaltungsgebiet|großraum)",
        "admin2": r"(?:bezirk|distrikt|kreis|landkreis|rajon)",
        "city": r"(?:stadt|hauptstadt|provinzhauptstadt|hafenstadt|kleinstadt|großstadt|millionenstadt|"
        r"grenzstadt|ort|ortes|dorf|dorfes|ortschaft|gemeinde|siedlung|metropole|hochburg)",
        "water": r"(?:fluss|flusses|see|fluß|strom|kanal|meer|golf)",
        "country": r"(?:staat|land|republik|königreich)",
        "landmark": r"(?:flughafen|militärflughafen|luftwaffenstützpunkt|stützpunkt|militärbasis|"
        r"grenzübergang|atomkraftwerk|kernkraftwerk|flüchtlingslager|staudamm|kaserne|gefängnis)",
    },
    "en": {
        "admin1": r"(?:province|region|governorate|state|oblast) of",
        "admin2": r"(?:district|county) of",
        "city": r"(?:city|town|village|capital|port|port city|stronghold)(?: of)?",
        "water": r"(?:river|lake|sea of|gulf of|bay of)",
        "country": r"(?:republic|kingdom|country) of",
        "landmark": r"(?:airport|air base|base|crossing|camp) (?:of|at)",
    },
}
_AFTER: dict[Lang, dict[str, str]] = {
    "de": {"water": r"-?(?:fluss|see|kanal)\b"},
    "en": {
        "admin1": r"(?:province|region|governorate|oblast|state)\b",
        "admin2": r"(?:district|county)\b",
        "city": r"(?:city|town)\b",
        "water": r"(?:river|sea|lake|gulf|canal)\b",
        "landmark": r"(?:airport|air base|airbase|base|crossing|border crossing|refugee camp|camp)\b",
    },
}
_HINTS = {
    lang: (
        [
            (kind, re.compile(rf"\b{words}\s+[„“\"»]?$", re.I))
            for kind, words in _BEFORE[lang].items()
        ],
        [(kind, re.compile(rf"^[“”\"«]?\s*{words}", re.I)) for kind, words in _AFTER[lang].items()],
    )
    for lang in ("de", "en")
}
_WINDOW = 40
_SAME_PLACE_KM = 30.0
_NEIGHBOURS = 3
_LINKED = re.compile(
    r"^(?:,\s*|\s*\(|\s+in\s+(?:der\s+|dem\s+|the\s+)?(?:\w+\s+){0,2}?|\s+im\s+(?:\w+\s+){0,2}?|,\s+in\s+)$"
)


@dataclass(frozen=True, slots=True)
class Company:
    """The evidence of the rest of the article: countries named, and places already placed."""

    countries: Counter[str]
    places: tuple[Place, ...]
    demonyms: Counter[str]

    @property
    def evidence(self) -> int:
        """Count of all that points to some country."""
        return self.countries.total() + self.demonyms.total()

    def country_share(self, code: str | None) -> float:
        """Return the share (0–1) of country evidence that points to ``code``."""
        total = self.countries.total() + self.demonyms.total()
        if not total or code is None:
            return 0.0
        return (self.countries[code] + self.demonyms[code]) / total


def feature_hint(text: str, toponym: Toponym, lang: Lang) -> str | None:
    """Return the kind of place that the neighbouring words ask for, or None."""
    before, after = _HINTS[lang]
    left = text[max(0, toponym.start - _WINDOW) : toponym.start]
    right = text[toponym.end : toponym.end + _WINDOW]
    for patterns, side in ((before, left), (after, right)):
        for kind, pattern in patterns:
            if pattern.search(side):
                return kind
    return None


def linked_container(text: str, toponym: Toponym, others: Sequence[Toponym]) -> Toponym | None:
    """Return the toponym that directly contains this one: "Paris, Texas", "Hama in Syrien"."""
    for other in others:
        gap = text[toponym.end : other.start]
        if 0 < other.start - toponym.end < _WINDOW and _LINKED.match(gap):
            return other
    return None


def count_demonyms(sentences: Iterable[Sentence], index: PlaceIndex) -> Counter[str]:
    """Count the countries that adjectives and demonyms of the article point to."""
    codes = (index.demonym(token.text) for sentence in sentences for token in sentence.tokens)
    return Counter(code for code in codes if code)


def _apart_km(a: Place, b: Place) -> float:
    return distance_km(a.lat, a.lon, b.lat, b.lon)


def closeness(place: Place, others: Sequence[Place]) -> float:
    """Return 0–1: how near the three nearest other places lie (scale 300 km).

    Places that all but coincide (a city and a palace in it) count once.
    """
    nearest: list[Place] = []
    for other in sorted(others, key=lambda o: (_apart_km(place, o), o.id)):
        if all(_apart_km(other, known) > _SAME_PLACE_KM for known in nearest):
            nearest.append(other)
        if len(nearest) == _NEIGHBOURS:
            break
    return sum(math.exp(-_apart_km(place, o) / 300.0) for o in nearest) / _NEIGHBOURS


def contains(outer: Place, inner: Place) -> bool:
    """Tell whether ``outer`` is the country or first-order division that ``inner`` lies in."""
    if outer.id == inner.id or outer.country is None or outer.country != inner.country:
        return False
    if outer.kind == "country":
        return inner.kind != "country"
    return outer.kind == "admin1" and inner.admin1 == (outer.admin1 or outer.name)
