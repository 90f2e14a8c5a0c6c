"""Why a toponym was resolved as it was, in a sentence of the article's language."""

from __future__ import annotations

from geomap.coordinates import distance_km
from geomap.models import Candidate, Lang, Place
from geomap.reasons import join_clauses, say_clause

# Features by the reason they give, in the order in which reasons are told.
_EVIDENCE = {
    "inside": ("inside", "outside"),
    "stated_distance": ("stated_distance",),
    "hint": ("hint", "hint_clash", "full_name"),
    "article": ("article",),
    "near": ("near", "close"),
    "division": ("division",),
    "country": ("country",),
    "against": ("against",),
    "namesake": ("namesake",),
    "earlier": ("earlier",),
    "prominence": ("importance", "population"),
}
_TELLING = 0.5
_MOST_REASONS = 2
_SAME_SPOT_KM = 60.0
_AHEAD = 0.7


def explain_choice(ranked: list[Candidate], lang: Lang) -> str:
    """Return why the first of ``ranked`` was chosen."""
    best = ranked[0]
    keys = ["only"] if len(ranked) == 1 else ["several", *_telling_features(ranked)]
    first = say_clause(best.match_kind, lang, best.matched_name)
    return join_clauses(first, *(say_clause(key, lang) for key in keys))


def _telling_features(ranked: list[Candidate]) -> list[str]:
    """Return the reasons that put the best before the next place, the strongest two.

    That is the next somewhere else: between a town and its own division less is at stake.
    """
    rivals = [c for c in ranked[1:] if _is_elsewhere(ranked[0].place, c.place)] or ranked[1:]
    best, rival = dict(ranked[0].features), dict(rivals[0].features)
    ahead = {
        reason: sum(best.get(name, 0.0) - rival.get(name, 0.0) for name in names)
        for reason, names in _EVIDENCE.items()
    }
    if ranked[0].place.importance < max(c.place.importance for c in ranked):
        ahead["prominence"] = 0.0
    strongest = sorted(ahead, key=lambda reason: -ahead[reason])[:_MOST_REASONS]
    return [reason for reason in strongest if ahead[reason] >= _TELLING]


def _is_elsewhere(best: Place, other: Place) -> bool:
    return distance_km(best.lat, best.lon, other.lat, other.lon) > _SAME_SPOT_KM


def explain_unknown(lang: Lang) -> str:
    """Return the reason when the gazetteer knows no place of the name."""
    return say_clause("unknown", lang)


def explain_unsure(ranked: list[Candidate], lang: Lang, *, clashes: bool = False) -> str:
    """Return the reason when no candidate is good enough.

    ``clashes``: a person or an organisation of the article bears the name.
    """
    key = "unsure" if len(ranked) > 1 else "doubtful"
    keys = ["below" if ranked[0].score >= _AHEAD else key, *(["clash"] if clashes else [])]
    return join_clauses(*(say_clause(key, lang) for key in keys))


def explain_surroundings(town: str, lang: Lang) -> str:
    """Return why a street or building is put into a town."""
    return say_clause("surroundings", lang, town)


def explain_demonym(lang: Lang) -> str:
    """Return the reason for the country of a demonym."""
    return say_clause("demonym", lang)


def explain_coordinates(lang: Lang) -> str:
    """Return the reason for a place given by its coordinates."""
    return say_clause("coordinates", lang)


def explain_unasked(before: str, provider: str, lang: Lang) -> str:
    """Return the reason before, and that a service could not be asked."""
    return join_clauses(before, say_clause("not_asked", lang, provider))
