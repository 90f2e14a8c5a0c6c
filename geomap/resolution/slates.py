"""The candidates of a name, and what can be said of each before the article is looked at."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from geomap.coordinates import EARTH_RADIUS_KM
from geomap.models import Candidate, Lang, Place, PlaceIndex
from geomap.resolution.queries import is_transcribed, name_forms, parts, people_forms

FloatArray: TypeAlias = NDArray[np.float64]
BoolArray: TypeAlias = NDArray[np.bool_]
IntArray: TypeAlias = NDArray[np.int64]

KINDS = ("city", "country", "admin1", "admin2", "region", "water", "landmark")
STATIC_FEATURES = (
    "importance",
    "population",
    "variant",
    "fold",
    "part",
    "altered",
    "own_language",
    "alias",
    *(f"is_{kind}" for kind in KINDS[1:]),
)
"""``alias``: the name is neither the place's own nor tagged with the article's language; ``part``:
only some words of the name are ("Dubai World Cup"); ``altered``: only a base form is in the
gazetteer ("Homs" of "Homs'"). Cities are the baseline."""

_IS_LOCAL = np.array([kind not in ("country", "admin1") for kind in KINDS])
_COUNTRY, _ADMIN1 = KINDS.index("country"), KINDS.index("admin1")
_WITHIN_KM = 60.0
_CACHED = 8_000
_LEAD = 0.3
_KNOWN_PART = 0.4
_LONGEST_ABBREVIATION = 3
# A place more important than this would not be missed under another's spelling.
_MINOR = 0.5
_EPITHET = re.compile(r"\s*\(|\s+(?:am|an der|im|in|bei|ob|upon|sur|on|de|del|di|do|da)\s", re.I)
_BY_NAME = re.compile(rf"{_EPITHET.pattern}|\s+(?:county|parish|river)$", re.I)


@dataclass(frozen=True, eq=False)
class Slate:
    """The n candidates of one name, most prominent first.

    ``features`` is n × len(STATIC_FEATURES), ``units`` n × 3 (unit vectors from Earth's centre),
    ``kinds`` indexes ``KINDS``; ``countries`` and ``divisions`` are numbers that are equal where
    country or first-order division are, −1 where there is none;
    ``joined`` (n) tells of those that bear the name with its word of kind ("Damascus airport").
    """

    candidates: tuple[Candidate, ...]
    features: FloatArray
    units: FloatArray
    kinds: IntArray
    countries: IntArray
    divisions: IntArray
    joined: BoolArray

    @cached_property
    def is_contested(self) -> bool:
        """Whether another place than the best known is well enough known to be meant as well."""
        importance = self.features[:, 0]
        rivals = importance > importance.max(initial=0.0) - _LEAD
        return len(np.unique(self.countries[rivals])) > 1


class Slates:
    """Makes slates from ``index`` and keeps the most recent ones."""

    def __init__(self, index: PlaceIndex) -> None:
        self._index = index
        self._numbers: dict[str, int] = {}
        self.slate = lru_cache(maxsize=_CACHED)(self._make)

    def candidates(self, text: str, lang: Lang, *, given: bool = False) -> tuple[Candidate, ...]:
        """Return the places that a name as it stands in the text may mean.

        A ``given`` name may also be that of people ("Londoners").
        """
        return self._look_up(text, lang, given)[0]

    def number(self, code: str) -> int:
        """Return the number that stands for a country, or a division, in slates."""
        return self._numbers.setdefault(code, len(self._numbers))

    def _look_up(self, text: str, lang: Lang, given: bool) -> tuple[tuple[Candidate, ...], bool]:
        """Return the candidates, and whether they are those of a base form."""
        candidates, altered = self._found(text, lang, given)
        return self._with_namesakes(candidates, lang), altered

    def _with_namesakes(
        self, candidates: tuple[Candidate, ...], lang: Lang
    ) -> tuple[Candidate, ...]:
        """Add the places whose own name is spelt alike: "Iwaniwka" may be any "Ivanivka"."""
        spelt = {c.place.name for c in candidates if is_transcribed(c.matched_name, c.place.name)}
        if not spelt or any(c.place.importance >= _MINOR for c in candidates):
            return candidates
        known = {c.place.id for c in candidates}
        more = {
            c.place.id: replace(c, match_kind="variant")
            for name in sorted(spelt)
            for c in self._index.lookup(name, lang)
            if c.match_kind == "exact" and c.place.name in spelt and c.place.id not in known
        }
        return _by_importance((*candidates, *more.values()))

    def _found(self, text: str, lang: Lang, given: bool) -> tuple[tuple[Candidate, ...], bool]:
        fallback: tuple[Candidate, ...] = ()
        forms = name_forms(text, lang)
        for form in forms:
            found = tuple(c for c in self._index.lookup(form, lang) if _is_plausible(c, lang))
            if found and found[0].match_kind != "fold":
                return found, form != forms[0]
            fallback = fallback or found
        if given:
            for form in people_forms(forms[-1], lang):
                found = tuple(self._index.lookup(form, lang))
                if found and found[0].match_kind == "exact":
                    return found, True
        return fallback or self._known_part(forms[0], lang), False

    def _known_part(self, text: str, lang: Lang) -> tuple[Candidate, ...]:
        """Return the known places in a longer name: "Universität Bengasi"."""
        found: list[Candidate] = []
        for part in parts(text):
            found += [
                replace(candidate, match_kind="part")
                for candidate in self._index.lookup(part, lang)
                if candidate.match_kind == "exact"
                and candidate.place.importance >= _KNOWN_PART
                and (candidate.lang == lang or _is_own_name(candidate))
            ]
        return _by_importance(found)

    def _make(self, text: str, lang: Lang, given: bool, longer: tuple[str, ...] = ()) -> Slate:
        candidates, altered = self._look_up(text, lang, given)
        more = self._longer(longer, lang)
        known = {c.place.id for c in candidates}
        candidates = (
            _by_importance((*candidates, *(c for c in more if c.place.id not in known)))
            if more
            else candidates
        )
        joined = {c.place.id for c in more if c.match_kind == "exact"}
        places = [candidate.place for candidate in candidates]
        return Slate(
            candidates=candidates,
            features=np.array([_features(c, lang, altered) for c in candidates]).reshape(
                len(candidates), len(STATIC_FEATURES)
            ),
            units=unit_vectors(places),
            kinds=np.array([KINDS.index(place.kind) for place in places], dtype=np.int64),
            countries=np.array([self._country(place) for place in places], dtype=np.int64),
            divisions=np.array([self._division(place) for place in places], dtype=np.int64),
            joined=np.array([place.id in joined for place in places], dtype=bool),
        )

    def _longer(self, names: Sequence[str], lang: Lang) -> tuple[Candidate, ...]:
        """Return the places of the first of some names that is known as it stands."""
        for name in names:
            found = tuple(c for c in self._index.lookup(name, lang) if c.match_kind != "fold")
            if found:
                return found
        return ()

    def _country(self, place: Place) -> int:
        return self.number(place.country) if place.country else -1

    def _division(self, place: Place) -> int:
        name = place.admin1 or (place.name if place.kind == "admin1" else None)
        return self.number(f"{place.country}/{name}") if place.country and name else -1


def _by_importance(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    return tuple(sorted(candidates, key=lambda c: (-c.place.importance, c.place.id)))


def _features(candidate: Candidate, lang: Lang, altered: bool) -> list[float]:
    place = candidate.place
    own_language = candidate.lang == lang
    own_name = _is_own_name(candidate)
    return [
        place.importance,
        math.log10(place.population + 1) / 7,
        float(candidate.match_kind == "variant"),
        float(candidate.match_kind == "fold"),
        float(candidate.match_kind == "part"),
        float(altered),
        float(own_language),
        float(not own_language and not own_name),
        *(float(place.kind == kind) for kind in KINDS[1:]),
    ]


def _is_own_name(candidate: Candidate) -> bool:
    """Tell whether a place is found by its own name, or the first part of it: "Halle (Saale)"."""
    name, matched = candidate.place.name.casefold(), candidate.matched_name.casefold()
    if name == matched or (name.startswith(matched) and _BY_NAME.match(name, len(matched))):
        return True
    return is_transcribed(candidate.matched_name, candidate.place.name)


def is_short_form(short: str, long: str) -> bool:
    """Tell whether a name is a longer one without its epithet: "Santiago" of "Santiago de Cuba"."""
    return long.startswith(short) and _EPITHET.match(long, len(short)) is not None


def _is_plausible(candidate: Candidate, lang: Lang) -> bool:
    """Refuse countries by sound, or by abbreviations of languages that the article is not in."""
    if candidate.place.kind != "country" or candidate.lang in (lang, "de", "en"):
        return True
    abbreviated = len(candidate.matched_name.strip(".")) <= _LONGEST_ABBREVIATION
    return candidate.match_kind != "fold" and (not abbreviated or _is_own_name(candidate))


def unit_vectors(places: Sequence[Place]) -> FloatArray:
    """Return the places' points as unit vectors from the Earth's centre, n × 3."""
    lat = np.radians([place.lat for place in places])
    lon = np.radians([place.lon for place in places])
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)


def contained(inner: Slate, outer: Slate) -> FloatArray:
    """Return n × m ones where the row's candidate lies in the column's, zeros elsewhere."""
    if not len(inner.candidates) or not len(outer.candidates):
        return np.zeros((len(inner.candidates), len(outer.candidates)))
    same_country = (inner.countries[:, None] == outer.countries) & (outer.countries >= 0)
    same_division = (inner.divisions[:, None] == outer.divisions) & (outer.divisions >= 0)
    below_country = (inner.kinds != _COUNTRY)[:, None]
    below_division = below_country & (inner.kinds != _ADMIN1)[:, None]
    in_country = same_country & (outer.kinds == _COUNTRY) & below_country
    in_division = same_division & (outer.kinds == _ADMIN1) & below_division
    local = _IS_LOCAL[outer.kinds]
    nearby = (kilometres(inner.units, outer.units) < _WITHIN_KM) & local & same_country
    smaller = (inner.features[:, 0][:, None] < outer.features[:, 0]) & below_division
    inside: FloatArray = (in_country | in_division | (nearby & smaller)).astype(float)
    return inside


def kilometres(first: FloatArray, second: FloatArray) -> FloatArray:
    """Return the n × m great-circle distances of unit vectors, in kilometres."""
    return EARTH_RADIUS_KM * np.arccos(np.clip(first @ second.T, -1.0, 1.0))
