"""Candidates in order of prominence: importance, and how the name fits the language asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from geomap.gazetteer.overlay.index import SOURCE as OWN_SOURCE
from geomap.models import Candidate, MatchKind, Place

LANGUAGE_BONUS = 0.05
"""How much prominence a name gains for being of the language asked for."""

FOREIGN_MALUS = 0.2
"""How much a country loses for being so called only in other languages than German and English.

Only countries have names in every language: "Tunis" is Tunisia in Polish, but not in German.
"""


def ranked(
    rows: Iterable[tuple[Any, ...]], kind: MatchKind, lang: str | None
) -> tuple[Candidate, ...]:
    """Return the candidates of some rows (see ``queries``), each place once, best first."""
    candidates = [_candidate(row, kind, lang) for row in rows]
    if len(candidates) < 2:
        return tuple(candidates)
    best: dict[int, Candidate] = {}
    for candidate in candidates:
        known = best.get(candidate.place.id)
        if known is None or known.score < candidate.score:
            best[candidate.place.id] = candidate
    return tuple(sorted(best.values(), key=_order))


def _candidate(row: tuple[Any, ...], kind: MatchKind, lang: str | None) -> Candidate:
    key, spelling, langs = row[:3]
    place = Place(*row[3:])
    match = _language(langs, lang)
    score = place.importance + _language_weight(place, langs, match, lang)
    matched = spelling or (key if kind == "fold" else key.title())
    return Candidate(place, matched, kind, match, round(score, 3))


def _order(candidate: Candidate) -> tuple[float, bool, int, int]:
    """Sort by score; among equals the user's own places come first, then the larger ones."""
    place = candidate.place
    return -candidate.score, place.source != OWN_SOURCE, -place.population, place.id


def _language_weight(place: Place, langs: str, match: str | None, wanted: str | None) -> float:
    # What a user calls a place is in their language, whichever that is.
    if wanted is not None and (match == wanted or place.source == OWN_SOURCE):
        return LANGUAGE_BONUS
    if not langs or "de" in langs or "en" in langs:  # Codes of two letters between commas.
        return 0.0
    return -FOREIGN_MALUS if place.kind == "country" else 0.0


def _language(langs: str, wanted: str | None) -> str | None:
    if not langs:
        return None
    known = langs.split(",")
    return wanted if wanted in known else known[0]
