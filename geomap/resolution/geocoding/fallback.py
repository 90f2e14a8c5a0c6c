"""Which names a service is asked for after the gazetteer, and which of its answers counts."""

from __future__ import annotations

import math
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from geomap.errors import GeocodingError
from geomap.models import Candidate, Lang, Place, Resolution
from geomap.resolution.geocoding.answers import Answer
from geomap.resolution.precision import uncertainty_km, where_precision
from geomap.resolution.queries import base_spellings
from geomap.resolution.reasons import explain_choice, explain_unasked

MAX_COUNTRIES = 3
_CONFIDENCE = 0.5
_CONFIDENCE_ELSEWHERE = 0.3
_MAX_ALTERNATIVES = 5
_KM_PER_DEGREE = 111.2

SameName = Callable[[str, str], bool]
"""Tells whether a name asked for and a name answered may be the same name."""

CountryAt = Callable[[float, float], str | None]
Keep = Callable[[str, Lang, Place], None]
"""Keeps an accepted place, found by that name in that language, for later runs."""


class Asker(Protocol):
    """Asks one service; ``confines`` says whether it can be confined to countries."""

    @property
    def provider(self) -> str:
        """The service's name."""

    @property
    def confines(self) -> bool:
        """Whether ``ask`` minds its countries."""

    def ask(self, name: str, lang: str, countries: Sequence[str]) -> tuple[Answer, ...]:
        """Return the places of a name, best first. Raises GeocodingError."""


@dataclass(frozen=True, slots=True)
class Fallback:
    """Completes the resolutions of an article by what a service knows.

    Asked are the names without any candidate; with ``ask_all`` every name, but where the gazetteer
    decided, its decision stays and the answer is listed among the alternatives.
    """

    geocoder: Asker
    same_name: SameName
    country_at: CountryAt
    ask_all: bool = False
    keep: Keep | None = None

    def complete(self, resolutions: Sequence[Resolution], lang: Lang) -> tuple[Resolution, ...]:
        """Return the resolutions, in order; where the service fails, they say so in the reason."""
        return tuple(
            self._complete_one(r, likely_countries(resolutions, r.toponym.text), lang)
            if self._is_asked(r)
            else r
            for r in resolutions
        )

    def _is_asked(self, resolution: Resolution) -> bool:
        if resolution.toponym.label in ("COORD", "DEMONYM"):
            return False
        return self.ask_all or (resolution.place is None and not resolution.alternatives)

    def _complete_one(
        self, resolution: Resolution, countries: tuple[str, ...], lang: Lang
    ) -> Resolution:
        try:
            found = self._find(resolution.toponym.text, countries, lang)
        except GeocodingError as error:
            if resolution.place is not None:
                return resolution
            reason = explain_unasked(resolution.reason, error.provider, lang)
            return replace(resolution, reason=reason)
        if found is None:
            return resolution
        spelling, candidate = found
        if resolution.place is not None:
            return _with_alternative(resolution, candidate)
        if self.keep:
            self.keep(spelling, lang, candidate.place)
        return _resolved(resolution, candidate, lang)

    def _find(
        self, text: str, countries: tuple[str, ...], lang: Lang
    ) -> tuple[str, Candidate] | None:
        """Ask for the name in the likely countries, then anywhere; return the spelling that hit."""
        areas = (countries, ()) if countries and self.geocoder.confines else ((),)
        for area in areas:
            for spelling in base_spellings(text, lang):
                answers = self.geocoder.ask(spelling, lang, area)
                fitting = [a for a in answers if any(self.same_name(spelling, n) for n in a.names)]
                if fitting:
                    return spelling, self._best(fitting, countries)
        return None

    def _best(self, answers: Iterable[Answer], countries: tuple[str, ...]) -> Candidate:
        """Return the first place in the likely countries, else the first."""
        places = [_place(answer, self.geocoder.provider, self.country_at) for answer in answers]
        near = [place for place in places if place.country in countries]
        score = _CONFIDENCE if near or not countries else _CONFIDENCE_ELSEWHERE
        return Candidate((near or places)[0], self.geocoder.provider, "geocoder", score=score)


def likely_countries(resolutions: Iterable[Resolution], without: str) -> tuple[str, ...]:
    """Return the three countries that most of an article's other names lie in, by code."""
    names = {(r.toponym.text, r.place.country) for r in resolutions if r.place is not None}
    votes = Counter(country for name, country in sorted(names, key=str) if name != without)
    del votes[None]
    return tuple(str(code) for code, _ in votes.most_common(MAX_COUNTRIES))


def _place(answer: Answer, provider: str, country_at: CountryAt) -> Place:
    feature_class, _, feature_code = answer.feature.partition("/")
    return Place(
        id=_number(answer),
        name=answer.name,
        lat=answer.lat,
        lon=answer.lon,
        feature_class=feature_class,
        feature_code=feature_code,
        country=answer.country or country_at(answer.lat, answer.lon),
        admin1=answer.admin1,
        radius_km=answer.radius_km,
        geonameid=answer.geonameid,
        source=provider,
        licence=answer.licence,
    )


def _number(answer: Answer) -> int:
    """Return an id below zero, the same for the same place: no place of the gazetteer has it."""
    return -2 - zlib.crc32(f"{answer.name} {answer.lat:.4f} {answer.lon:.4f}".encode())


def _resolved(resolution: Resolution, found: Candidate, lang: Lang) -> Resolution:
    return replace(
        resolution,
        place=found.place,
        confidence=found.score,
        method="geocoder",
        reason=explain_choice([found], lang),
        where_prec=where_precision(found.place),
        uncertainty_km=uncertainty_km(found.place),
    )


def _with_alternative(resolution: Resolution, found: Candidate) -> Resolution:
    """List the service's place last, unless it is the one chosen."""
    chosen = resolution.place
    if chosen is None or _km(chosen, found.place) <= max(chosen.radius_km, found.place.radius_km):
        return resolution
    score = round(min(found.score, 1 - resolution.confidence), 3)
    others = resolution.alternatives[: _MAX_ALTERNATIVES - 1]
    return replace(resolution, alternatives=(*others, replace(found, score=score)))


def _km(one: Place, other: Place) -> float:
    """Return the distance of two points, well enough to tell whether they are one place."""
    east = (one.lon - other.lon + 180) % 360 - 180
    shrunk = east * math.cos(math.radians((one.lat + other.lat) / 2))
    return math.hypot(one.lat - other.lat, shrunk) * _KM_PER_DEGREE
