"""Scores candidates by name match, feature, prominence and the company they keep.

The score is a weighted sum of the named features below; its softmax over the candidates of a
toponym, damped when the name itself matched poorly, is the confidence. The weights are few and set
by hand; ``benchmarks/RESULTS.md`` says how well they do.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from geomap.models import Candidate, Lang, Place
from geomap.resolution.context import Company, closeness, contains

WEIGHTS: dict[str, float] = {
    "prominence": 7.0,
    "match": 1.0,
    "language": 0.8,
    "country": 3.0,
    "closeness": 3.0,
    "container": 3.0,
    "within_mentioned": 0.8,
    "hint": 3.5,
    "kind": 1.0,
}
_MATCH = {"exact": 0.0, "variant": -0.8, "fold": -1.6, "coordinates": 0.0, "geocoder": -1.0}
# Unless the text says otherwise a bare name means the country or the city, not the division,
# the river or the facility called after it.
_KIND = {"country": 1.2, "city": 0.4, "region": 0.3, "water": 0.0, "landmark": 0.0}
_ADMIN = {"admin1": -0.2, "admin2": -1.0}
_CONFIDENCE_CAP = {"exact": 0.98, "variant": 0.93, "fold": 0.85, "geocoder": 0.6}
_UNSUPPORTED = 0.75
# The article speaks of other countries only: a small place of that name elsewhere is hardly meant,
# least of all one found by another spelling.
_CONTRADICTED = {"exact": 0.4, "variant": 0.15, "fold": 0.15}
_TINY = 0.3
_WELL_KNOWN = {"exact": 0.4, "variant": 0.5, "fold": 0.6}
_SURE_COUNTRIES = 2


@dataclass(frozen=True, slots=True)
class Context:
    """All that is known about one toponym when its candidates are scored."""

    lang: Lang
    hint: str | None
    company: Company
    container: Place | None


def rank(candidates: Sequence[Candidate], context: Context) -> list[Candidate]:
    """Return the candidates scored and sorted, best first; ties fall to the lower place id."""
    scored = [_score(candidate, context) for candidate in candidates]
    return sorted(scored, key=lambda c: (-c.score, c.place.id))


def _score(candidate: Candidate, context: Context) -> Candidate:
    features = tuple((name, round(value, 3)) for name, value in _features(candidate, context))
    total = sum(WEIGHTS[name] * value for name, value in features)
    return replace(candidate, features=features, score=total)


def _features(candidate: Candidate, context: Context) -> list[tuple[str, float]]:
    place, company = candidate.place, context.company
    container = context.container
    mentioned = any(contains(other, place) for other in company.places)
    return [
        ("prominence", place.importance),
        ("match", _MATCH[candidate.match_kind]),
        ("language", 1.0 if candidate.lang == context.lang else 0.0),
        ("country", company.country_share(place.country)),
        ("closeness", closeness(place, company.places)),
        ("container", float(container is not None and contains(container, place))),
        ("within_mentioned", float(mentioned)),
        ("hint", _hint_fit(place, context.hint)),
        ("kind", (_KIND | _ADMIN)[place.kind]),
    ]


def _hint_fit(place: Place, hint: str | None) -> float:
    if hint is None:
        return 0.0
    if place.kind == hint:
        return 1.0
    divisions = {"admin1", "admin2", "region"}
    return 0.4 if {place.kind, hint} <= divisions else -0.5


def judge(ranked: Sequence[Candidate], company: Company) -> list[Candidate]:
    """Return the ranked candidates with a probability for a score (they need not sum to one).

    The softmax tells the candidates from each other; the cap says how far the name alone can be
    trusted, and a small place that nothing else in the article supports is trusted less.
    """
    weights = [math.exp(candidate.score - ranked[0].score) for candidate in ranked]
    total = sum(weights)
    return [
        replace(candidate, score=round(weight / total * _trust(candidate, company), 3))
        for candidate, weight in zip(ranked, weights, strict=True)
    ]


def _trust(candidate: Candidate, company: Company) -> float:
    cap = _CONFIDENCE_CAP.get(candidate.match_kind, 0.98)
    support = dict(candidate.features)
    helped = support["country"] > 0 or support["closeness"] > 0.05 or support["hint"] > 0
    importance = candidate.place.importance
    if helped or importance > _WELL_KNOWN.get(candidate.match_kind, 0.4):
        return cap
    if company.evidence < _SURE_COUNTRIES or candidate.place.country is None:
        return cap * _UNSUPPORTED
    factor = _CONTRADICTED.get(candidate.match_kind, 1.0)
    return cap * (factor / 2 if importance < _TINY else factor)
