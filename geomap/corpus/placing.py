"""Which place a marked toponym means: by the annotator's hint, the text's countries, prominence.

This does not ask geomap's own resolution, which is judged on the result.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geomap.corpus.markup import MarkedName, MarkedText
from geomap.models import Candidate, Place, PlaceIndex

_KINDS = frozenset("country admin1 admin2 city region water landmark".split())
_POINT = re.compile(r"@(?P<lat>-?\d+(?:\.\d+)?),(?P<lon>-?\d+(?:\.\d+)?),(?P<radius>\d+(?:\.\d+)?)")
_DIVISION_NOUN = re.compile(
    r"(?:provinz|region|gouvernements?|oblast|gebiet|bezirks?|rajon|bundesstaat(?:e?s)?|departement"
    r"|distrikts?|landkreis|province|governorate|state|district)\s+$",
    re.IGNORECASE,
)
_DIVISION_NOUN_AFTER = re.compile(r"\s(?:province|governorate|oblast|district|state)\b")
_FAME = 0.3
"""So much more prominent a namesake elsewhere is meant, where no hint says otherwise."""

_DOUBT = 0.2
_AREA_MALUS = {"admin1": 0.15, "admin2": 0.4}
_MIN_RADIUS_KM = {"city": 10.0, "landmark": 10.0}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a toponym lies; ``place`` is None for points the annotator gave himself."""

    lat: float
    lon: float
    radius_km: float
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Placing:
    """The answer for one toponym: ``spot`` is None where nobody can know or nothing was found.

    ``question`` is what the annotator should look at again, "" if nothing.
    """

    name: MarkedName
    spot: Spot | None
    question: str = ""


def place_toponyms(text: MarkedText, index: PlaceIndex) -> list[Placing]:
    """Return a placing for each toponym of a text, in order.

    A hint holds for all later occurrences of the same words without one.
    """
    hints: dict[str, str] = {}
    placings = []
    for name in text.toponyms:
        hint = name.hint or hints.get(name.text, "")
        hints[name.text] = hint
        placings.append(_place(name, hint, text, index))
    return placings


def _place(name: MarkedName, hint: str, text: MarkedText, index: PlaceIndex) -> Placing:
    if hint == "?":
        return Placing(name, None)
    point = _POINT.fullmatch(hint)
    if point:
        return Placing(name, Spot(float(point["lat"]), float(point["lon"]), float(point["radius"])))
    found = _look_up(name.text, text.lang, index)
    if not found:
        return Placing(name, None, "not in the gazetteer: @lat,lon,radius?")
    countries, kinds, unknown = _read_hint(hint)
    if unknown:
        return Placing(name, None, f"cannot read the hint {hint!r}")
    fitting = [c for c in found if _fits(c.place, countries, kinds)]
    if not fitting:
        return Placing(name, None, f"nothing fits {hint!r} among {_list(found)}")
    best = min(fitting, key=lambda c: _rank(c.place, text.where, hinted=bool(kinds)))
    famous = max(fitting, key=lambda c: c.place.importance)
    if famous.place.importance - best.place.importance >= _FAME and not countries:
        best = famous
    return Placing(name, _spot(best.place), _ask(name, text, best, fitting, hint))


def _look_up(name: str, lang: str, index: PlaceIndex) -> Sequence[Candidate]:
    for form in _base_forms(name):
        found = index.lookup(form, lang)
        if found:
            return found
    return ()


def _base_forms(name: str) -> Iterator[str]:
    yield name
    for ending in ("'s", "’s", "s", "'", "’", "es"):
        if name.endswith(ending):
            yield name.removesuffix(ending)


def _read_hint(hint: str) -> tuple[set[str], set[str], set[str]]:
    words = set(hint.split())
    kinds = words & _KINDS
    countries = {word for word in words - kinds if re.fullmatch(r"[A-Z]{2}", word)}
    return countries, kinds, words - kinds - countries


def _fits(place: Place, countries: set[str], kinds: set[str]) -> bool:
    return (not countries or place.country in countries) and (not kinds or place.kind in kinds)


def _rank(place: Place, where: tuple[str, ...], *, hinted: bool) -> tuple[int, float]:
    """Sort countries first, then what lies in the text's countries, cities before provinces.

    A village comes behind the province of its name nevertheless.
    """
    if place.kind == "country" and not hinted:
        return (0, 0.0)
    near = where.index(place.country) if place.country in where else len(where)
    if place.country is None and place.importance >= 0.5:
        near = 0
    area = not hinted and near < len(where)
    malus = _AREA_MALUS.get(place.kind, 0.0) if area else 0.0
    return (1 + near, malus - place.importance)


def _spot(place: Place) -> Spot:
    radius = max(place.radius_km, _MIN_RADIUS_KM.get(place.kind, 5.0))
    return Spot(place.lat, place.lon, round(radius, 1), place)


def _ask(
    name: MarkedName, text: MarkedText, best: Candidate, found: list[Candidate], hint: str
) -> str:
    if hint:
        return ""
    if best.match_kind == "fold":
        return f"found by its sound only, as {_list([best])}"
    before, after = text.text[: name.start], text.text[name.end :]
    called = _DIVISION_NOUN.search(before) or _DIVISION_NOUN_AFTER.match(after)
    if called and best.place.kind == "city":
        return f"called a division, taken for the city {_list([best])}: hint admin1?"
    prominence = best.place.importance + _DOUBT
    if famous := next((c for c in found if c.place.importance >= prominence), None):
        return f"taken for {_list([best])}, not for the better known {_list([famous])}: hint?"
    abroad = best.place.country not in text.where and best.place.kind in {"city", "landmark"}
    others = [c for c in found if c.place.country != best.place.country]
    if abroad and others and best.place.importance < 0.6:
        return f"taken for {_list([best])} outside of 'where'; also {_list(others[:2])}"
    return ""


def _list(candidates: Sequence[Candidate]) -> str:
    return ", ".join(
        f"{c.place.name} ({c.place.kind}, {c.place.country or '-'}"
        f" {c.place.lat:.2f},{c.place.lon:.2f})"
        for c in candidates[:3]
    )
