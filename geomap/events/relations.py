"""How an event lies to the place that names it, and the point and area that follow from it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from geomap.models import Article, GeoJSON, Lang, Place, PlaceIndex, Relation, Resolution

if TYPE_CHECKING:
    from pyproj import Geod

_NEAR_MAX_KM = 25.0
_NEAR_MIN_KM = 5.0
# "rund 20 Kilometer" is rounded to the next 5, a compass word covers 45 degrees.
_HALF_STEP_KM = 5.0
_HALF_SECTOR_SINE = 0.383

_COMPASS: dict[Lang, dict[str, float]] = {
    "de": {
        "nordöst": 45, "nordwest": 315, "südöst": 135, "südwest": 225, "nördlich": 0, "südlich": 180, "östlich": 90, "westlich": 270,
        "nordosten": 45, "nordwesten": 315, "südosten": 135, "südwesten": 225, "norden": 0, "süden": 180, "osten": 90, "westen": 270,
    },
    "en": {
        "north-east": 45, "northeast": 45, "north-west": 315, "northwest": 315, "south-east": 135, "southeast": 135, "south-west": 225,
        "southwest": 225, "north": 0, "south": 180, "east": 90, "west": 270,
    },
}  # fmt: skip
_NUMBER = r"(?P<km>\d+(?:[.,]\d+)?|ein(?:en)?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwölf|zwanzig|dreißig)"
_WORDS = {
    "ein": 1, "einen": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10,
    "zwölf": 12, "zwanzig": 20, "dreißig": 30,
}  # fmt: skip
_MILES_KM = 1.609344
_OFFSET = {
    "de": re.compile(
        rf"{_NUMBER}\s+(?P<unit>kilometer|km)\s+(?P<dir>[a-zäöü]+lich)\s+(?:von\s+|der\s+|des\s+)?(?:\w+\s+)?$",
        re.I,
    ),
    "en": re.compile(
        r"(?P<km>\d+(?:\.\d+)?)\s*(?P<unit>kilomet(?:er|re)s?|km|miles?)\s+(?:\([^)]*\)\s+)?(?:to the\s+)?(?P<dir>[a-z-]+)\s+of\s+(?:the\s+)?(?:\w+\s+of\s+)?$",
        re.I,
    ),
}
_OUTSIDE: dict[Lang, re.Pattern[str]] = {
    "de": re.compile(
        r"\b(?P<dir>[a-zäöü]+lich)\s+(?:von\s+|der\s+|des\s+)?(?:(?:stadt|ortes|dorfes|hauptstadt)\s+)?$",
        re.I,
    ),
    "en": re.compile(
        r"\b(?P<dir>(?:north|south|east|west)[a-z-]*)\s+of\s+(?:the\s+)?(?:(?:city|town|village)\s+of\s+)?$",
        re.I,
    ),
}
_INSIDE: dict[Lang, re.Pattern[str]] = {
    "de": re.compile(
        r"\b(?:im|in den|aus dem|den)\s+(?:\w+\s+und\s+)?(?P<dir>[a-zäöü]+en)(?:\s+und\s+\w+en)?\s+(?:von\s+|der\s+|des\s+)?$",
        re.I,
    ),
    "en": re.compile(
        r"\b(?:in|across)\s+(?:the\s+)?(?P<dir>(?:north|south|east|west)[a-z-]*?)(?:ern)?\s+(?:of\s+)?(?:the\s+)?$",
        re.I,
    ),
}
_NEAR = {
    "de": re.compile(
        r"\b(?:bei|nahe|unweit|unweit von|rund um|um|in der nähe von|nähe|am rande von|vor den toren von|zentrum von|vororten? von|umland von)\s+(?:der\s+|dem\s+)?(?:\w*(?:stadt|ort|dorf)\s+)?$",
        re.I,
    ),
    "en": re.compile(
        r"\b(?:near|around|outside|close to|not far from|outskirts of|the edge of)\s+(?:the\s+)?(?:(?:city|town|village)\s+of\s+)?$",
        re.I,
    ),
}
_BETWEEN = {
    "de": re.compile(r"\bzwischen\s+(?:\w+\s+)?$", re.I),
    "en": re.compile(r"\bbetween\s+(?:the\s+)?(?:\w+\s+)?$", re.I),
}
_AND = {"de": re.compile(r"^\s+und\s+(?:\w+\s+)?$"), "en": re.compile(r"^\s+and\s+(?:\w+\s+)?$")}
_FROM_DIRECTION = {
    "de": re.compile(r"\bvo[nm]\s+(?P<dir>[a-zäöü]+en)\s+(?:her|aus)?\b", re.I),
    "en": re.compile(r"\bfrom the\s+(?P<dir>(?:north|south|east|west)[a-z-]*)\b", re.I),
}
_FROM_AFTER = {
    "de": re.compile(r"\s+vo[nm]\s+(?P<dir>[a-zäöü]+en)\s+(?:her|aus|zu)\b", re.I),
    "en": re.compile(r"\s+from the\s+(?P<dir>(?:north|south|east|west)[a-z-]*)\b", re.I),
}
_AFTER_REACH = 40
_TOWARDS = {
    "de": re.compile(r"\bauf\s+(?:\w+\s+){0,4}$", re.I),
    "en": re.compile(r"\b(?:on|toward|towards|into)\s+(?:\w+\s+){0,3}$", re.I),
}
_REACH = 70
_SENTENCE_REACH = 600


@dataclass(frozen=True, slots=True)
class Location:
    """Where to draw an event: representative point, area where it is one, how exact."""

    lat: float
    lon: float
    where_prec: int | None
    uncertainty_km: float | None
    geometry: GeoJSON | None = None
    relation: Relation | None = None


def locate(
    article: Article, position: int, resolutions: Sequence[Resolution], index: PlaceIndex
) -> Location:
    """Return where the event told at toponym ``position`` lies; its place must be resolved."""
    resolution = resolutions[position]
    place = resolution.place
    if place is None:
        raise ValueError("an event needs a resolved place")
    base = Location(place.lat, place.lon, resolution.where_prec, resolution.uncertainty_km)
    if place.kind in ("country", "admin1"):
        base = replace(base, geometry=index.area(place))
    left, sentence_left = _left_of(article.text, resolution)
    for relate in (_offset, _between, _outside, _inside, _near, _approach):
        location = relate(article, position, resolutions, base, (left, sentence_left))
        if location is not None:
            return location
    return base


def _left_of(text: str, resolution: Resolution) -> tuple[str, str]:
    start = resolution.toponym.start
    begin = max(0, start - _SENTENCE_REACH)
    line = text[max(begin, text.rfind("\n", begin, start) + 1) : start]
    sentence = re.split(r"(?<=[.!?])\s+(?=[A-ZÄÖÜ])", line)[-1]
    return line[-_REACH:], sentence


def _bearing(word: str, lang: Lang) -> float | None:
    word = word.lower()
    for name in sorted(_COMPASS[lang], key=len, reverse=True):
        if word.startswith(name):
            return _COMPASS[lang][name]
    return None


def _find_bearing(patterns: dict[Lang, re.Pattern[str]], lang: Lang, left: str) -> float | None:
    match = patterns[lang].search(left)
    return _bearing(match["dir"], lang) if match else None


_Around = tuple[str, str]


def _offset(
    article: Article,
    position: int,
    resolutions: Sequence[Resolution],
    base: Location,
    around: _Around,
) -> Location | None:
    match = _OFFSET[article.lang].search(around[0])
    bearing = _bearing(match["dir"], article.lang) if match else None
    if match is None or bearing is None:
        return None
    stated = match["km"].lower().replace(",", ".")
    distance = _WORDS[stated] if stated in _WORDS else float(stated)
    if match["unit"].lower().startswith("mile"):
        distance = round(distance * _MILES_KM, 1)
    lon, lat, _ = _geod().fwd(base.lon, base.lat, bearing, distance * 1000)
    reach = distance + _HALF_STEP_KM
    return replace(
        base,
        lat=lat,
        lon=lon,
        geometry=None,
        where_prec=2 if distance <= _NEAR_MAX_KM else 5,
        uncertainty_km=round(max(_HALF_STEP_KM, reach * _HALF_SECTOR_SINE), 1),
        relation=Relation("offset", bearing=bearing, distance_km=distance),
    )


def _between(
    article: Article,
    position: int,
    resolutions: Sequence[Resolution],
    base: Location,
    around: _Around,
) -> Location | None:
    if not _BETWEEN[article.lang].search(around[0]) or position + 1 >= len(resolutions):
        return None
    here, there = resolutions[position], resolutions[position + 1]
    joint = article.text[here.toponym.end : there.toponym.start]
    other = there.place
    if other is None or not _AND[article.lang].match(joint) or not _both_points(here.place, other):
        return None
    azimuth, _, metres = _geod().inv(base.lon, base.lat, other.lon, other.lat)
    lon, lat, _ = _geod().fwd(base.lon, base.lat, azimuth, metres / 2)
    return replace(
        base,
        lat=lat,
        lon=lon,
        geometry=None,
        where_prec=5,
        uncertainty_km=round(metres / 2000, 1),
        relation=Relation("between", other_start=there.toponym.start),
    )


def _both_points(here: Place | None, other: Place) -> bool:
    points = ("city", "landmark", "admin2")
    return here is not None and here.kind in points and other.kind in points


def _outside(
    article: Article,
    position: int,
    resolutions: Sequence[Resolution],
    base: Location,
    around: _Around,
) -> Location | None:
    bearing = _find_bearing(_OUTSIDE, article.lang, around[0])
    return None if bearing is None else _beside(base, Relation("offset", bearing=bearing))


def _inside(
    article: Article,
    position: int,
    resolutions: Sequence[Resolution],
    base: Location,
    around: _Around,
) -> Location | None:
    bearing = _find_bearing(_INSIDE, article.lang, around[0])
    if bearing is None:
        return None
    prec = {1: 2, 6: 5}.get(base.where_prec or 0, base.where_prec)
    return replace(base, where_prec=prec, relation=Relation("sector", bearing=bearing))


def _near(
    article: Article,
    position: int,
    resolutions: Sequence[Resolution],
    base: Location,
    around: _Around,
) -> Location | None:
    return _beside(base, Relation("near")) if _NEAR[article.lang].search(around[0]) else None


def _approach(
    article: Article,
    position: int,
    resolutions: Sequence[Resolution],
    base: Location,
    around: _Around,
) -> Location | None:
    """Read "von Norden auf X zu": the attackers' heading is the way they face, 180° from it."""
    after = article.text[resolutions[position].toponym.end :][:_AFTER_REACH]
    match = _FROM_DIRECTION[article.lang].search(around[1]) or _FROM_AFTER[article.lang].match(
        after
    )
    if match is None or not _TOWARDS[article.lang].search(around[0]):
        return None
    bearing = _bearing(match["dir"], article.lang)
    if bearing is None:
        return None
    return _beside(base, Relation("approach", bearing=bearing, heading_deg=(bearing + 180) % 360))


def _beside(base: Location, relation: Relation) -> Location:
    """Near an exact place means within some kilometres of it; near an area stays the area."""
    if base.where_prec != 1:
        return replace(base, relation=relation)
    radius = base.uncertainty_km or _NEAR_MIN_KM
    reach = round(min(_NEAR_MAX_KM, max(_NEAR_MIN_KM, 3 * radius)), 1)
    return replace(base, where_prec=2, uncertainty_km=reach, relation=relation)


@lru_cache(maxsize=1)
def _geod() -> Geod:
    from pyproj import Geod

    return Geod(ellps="WGS84")
