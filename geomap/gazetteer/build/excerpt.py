"""Cuts a draft down to a small excerpt for tests."""

from __future__ import annotations

from geomap.gazetteer.build.draft import Draft, Entry
from geomap.gazetteer.names import normalise

_MIN_POPULATION = 60_000
_DETAILED = frozenset("SY UA SD PS JO LB".split())
"""Countries whose divisions keep their polygons."""

_HOMONYMS = frozenset(
    """tripoli tripolis paris hama georgia idlib tartus damaskus damascus moskau moskva
    petersburg halle essen""".split()
) | {"al bab"}


def keep_excerpt(draft: Draft, countries: frozenset[str]) -> None:
    """Keep countries, curated places, and of some countries the divisions and larger towns."""
    for place, entry in list(draft.entries.items()):
        if place not in draft.curated and not _is_kept(entry, countries):
            del draft.entries[place]
    homes = {draft.countries[code] for code in countries}
    draft.shapes = {
        place: shape
        for place, shape in draft.shapes.items()
        if place in homes or (place in draft.entries and draft.entries[place].country in _DETAILED)
    }
    draft.names = {key: value for key, value in draft.names.items() if key[1] in draft.entries}


def _is_kept(entry: Entry, countries: frozenset[str]) -> bool:
    if entry.source == "curated" or entry.feature_code in ("PCLI", "PCLD", "TERR", "PPLC", "PPLG"):
        return True
    if normalise(entry.name) in _HOMONYMS:
        return entry.population > 0 or entry.feature_code == "ADM1"
    if entry.country in countries:
        return entry.feature_code == "ADM1" or entry.population >= _MIN_POPULATION
    return False
