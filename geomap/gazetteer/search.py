"""Searching as people do it: with filters, by distance, and with a guess when nothing matches."""

from __future__ import annotations

import heapq
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from geomap.errors import GazetteerError
from geomap.gazetteer.distances import distance_km
from geomap.gazetteer.names import fold_keys, normalise
from geomap.gazetteer.store import Gazetteer
from geomap.models import Candidate, Place

_MIN_LIKENESS = 0.7
_MIN_KEY_LENGTH = 3
_MAX_ALIKE = 50
_KINDS = frozenset("country admin1 admin2 city water region landmark".split())
_FEATURE = re.compile(r"([AHLPRSTUV])(?:[./]([A-Z0-9]{2,10}))?")


@dataclass(frozen=True, slots=True)
class Filters:
    """What the places found must be; None: anything.

    ``country`` is ISO 3166-1 alpha-2; ``feature`` a kind ("city"), a GeoNames class ("P") or class
    and code ("P/PPLA"); ``near`` (lat, lon) sorts by distance.
    """

    country: str | None = None
    feature: str | None = None
    near: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        """Raise GazetteerError for a feature that does not exist."""
        if self.feature and self.feature not in _KINDS and not _FEATURE.fullmatch(self.feature):
            kinds = ", ".join(sorted(_KINDS))
            raise GazetteerError(f"no such feature: {self.feature!r} (P, P/PPLA or {kinds})")

    def admit(self, place: Place) -> bool:
        """Tell whether a place passes."""
        if self.country and place.country != self.country.upper():
            return False
        if not self.feature or self.feature == place.kind:
            return True
        match = _FEATURE.fullmatch(self.feature)
        if match is None or match[1] != place.feature_class:
            return False
        return match[2] in (None, place.feature_code)

    def distance_km(self, place: Place) -> float | None:
        """Return how far a place is from ``near``."""
        return None if self.near is None else distance_km(*self.near, place.lat, place.lon)


class Suggestion(NamedTuple):
    """A name like the one asked for: ``likeness`` is 1 for the same."""

    likeness: float
    candidate: Candidate


def find_places(
    gazetteer: Gazetteer, name: str, filters: Filters, *, lang: str | None = None, limit: int = 10
) -> list[Candidate]:
    """Return the places called so, or beginning so, that pass; most prominent or nearest first."""
    found = [c for c in gazetteer.search(name, lang, None) if filters.admit(c.place)]
    if filters.near is not None:
        found.sort(key=lambda c: filters.distance_km(c.place) or 0.0)
    return found[:limit]


def suggest_names(
    gazetteer: Gazetteer, name: str, filters: Filters, *, limit: int = 5
) -> list[Suggestion]:
    """Return the names most like one that is not there, allowing for slips of the keyboard.

    Likeness is one minus the optimal-string-alignment distance by length, at least 0.7; if no name
    is that alike, romanisation keys are compared.
    """
    key = normalise(name)
    suggestions = _likest(key, gazetteer.keys, gazetteer.lookup, filters)
    if not suggestions:
        for fold in sorted(fold_keys(name)):
            suggestions += _likest(fold, gazetteer.romanised_keys, gazetteer.sounding_like, filters)
    best: dict[int, Suggestion] = {}
    for suggestion in sorted(suggestions, key=lambda s: (-s.likeness, -s.candidate.score)):
        best.setdefault(suggestion.candidate.place.id, suggestion)
    return list(best.values())[:limit]


def _likest(
    key: str,
    keys_of_length: Callable[[int, int], Iterable[str]],
    look_up: Callable[[str], Sequence[Candidate]],
    filters: Filters,
) -> list[Suggestion]:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    if len(key) < _MIN_KEY_LENGTH:
        return []
    slack = max(1, round(len(key) * (1 - _MIN_LIKENESS)))
    keys = keys_of_length(len(key) - slack, len(key) + slack)
    alike = process.extract_iter(
        key, keys, scorer=OSA.normalized_similarity, score_cutoff=_MIN_LIKENESS
    )
    best = heapq.nlargest(_MAX_ALIKE, ((score, other) for other, score, _ in alike))
    found = ((likeness, _first(look_up(other), filters)) for likeness, other in best)
    return [Suggestion(likeness, candidate) for likeness, candidate in found if candidate]


def _first(candidates: Iterable[Candidate], filters: Filters) -> Candidate | None:
    return next((c for c in candidates if filters.admit(c.place)), None)
