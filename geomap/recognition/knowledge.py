"""What the rules may ask: the word lists of the language and, where there is one, the gazetteer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from geomap.models import Candidate, Lang, Place, PlaceIndex
from geomap.recognition.lexicon import Lexicon

_PROMINENT_POPULATION = 15_000
_PROMINENT_IMPORTANCE = 0.5
_MOST_ANSWERS = 200_000
_MAJOR_POPULATION = 200_000
_SEATS = frozenset({"BLDG", "CSTL", "GOVL", "PAL"})
_AREAS = frozenset({"country", "admin1"})
_ADJECTIVE_ENDINGS = ("e", "er", "es")


@dataclass(slots=True)
class Knowledge:
    """Answers questions about words and names; remembers what it asked the gazetteer."""

    lang: Lang
    lexicon: Lexicon
    places: PlaceIndex | None = None
    _known: dict[str, bool] = field(default_factory=dict)
    _kinds: dict[str, str] = field(default_factory=dict)

    def is_place(self, name: str) -> bool:
        """Tell whether the gazetteer knows the name, also in the genitive or with weak endings."""
        known = self._known.get(name)
        if known is None:
            _bound(self._known)
            known = any(self._knows(form) for form in self.base_forms(name))
            self._known[name] = known
        return known

    def kind_of_name(self, name: str) -> str:
        """Return what the gazetteer holds under a name: a hint for the tagger, "" for nothing.

        ``area`` (country or first-level division), ``major``, ``town`` or ``small`` (settlements by
        size), ``feature`` (anything else), ``demonym``; ``given`` is a person's given name.
        """
        kind = self._kinds.get(name)
        if kind is None:
            _bound(self._kinds)
            self._kinds[name] = kind = self._find_kind(name)
        return kind

    def _find_kind(self, name: str) -> str:
        if name in self.lexicon.given_names:
            return "given"
        form = next((form for form in self.base_forms(name) if self._knows(form)), None)
        if form is None or self.places is None:
            return "demonym" if " " not in name and self.is_demonym(name) else ""
        candidates = self.places.lookup(form, self.lang)
        return _describe(candidates[0].place) if candidates else ""

    def is_prominent(self, name: str) -> bool:
        """Tell whether the name's best-known bearer is a country, a province or a larger town.

        Gazetteers hold a hamlet of almost any name, so that knowing one says little by itself.
        """
        return any(_is_prominent(candidate) for candidate in self._best(name))

    def is_major(self, name: str) -> bool:
        """Tell whether the name's best-known bearer is a country or a city of world news."""
        return any(
            _is_prominent(candidate)
            and (
                candidate.place.kind == "country" or candidate.place.population >= _MAJOR_POPULATION
            )
            for candidate in self._best(name)
        )

    def is_seat(self, name: str) -> bool:
        """Tell whether the name's best-known bearer is a palace or another seat of government."""
        return any(
            candidate.match_kind in {"exact", "variant"}
            and candidate.place.feature_code in _SEATS
            and candidate.place.importance >= _PROMINENT_IMPORTANCE
            for candidate in self._best(name)
        )

    def is_findable(self, name: str) -> bool:
        """Tell whether the gazetteer finds the name at all, if only by its sound."""
        return self.is_place(name) or any(True for _ in self._best(name))

    def is_demonym(self, word: str) -> bool:
        """Tell whether a word is an adjective or the name of a people, not of a place."""
        return self.places is not None and self.places.demonym(word) is not None

    def base_forms(self, name: str) -> list[str]:
        """Return the name and what it may be an inflected form of, likeliest first."""
        forms = [name]
        for ending in ("'s", "’s"):
            if name.endswith(ending):
                forms.append(name.removesuffix(ending))
        if self.lang == "de":
            if name.endswith("s") and len(name) > 4:
                forms.append(name[:-1])
            forms += [form for base in list(forms) for form in _undo_weak_ending(base)]
        return forms

    def _best(self, name: str) -> Iterator[Candidate]:
        """Yield the first candidate of each form of a name."""
        if self.places is not None:
            for form in self.base_forms(name):
                yield from self.places.lookup(form, self.lang)[:1]

    def _knows(self, name: str) -> bool:
        return self.places is not None and self.places.knows(name)


def _bound(answers: dict[str, Any]) -> None:
    """Forget what was asked when it grows beyond measure: archives hold millions of names."""
    if len(answers) >= _MOST_ANSWERS:
        answers.clear()


def _describe(place: Place) -> str:
    if place.kind in _AREAS:
        return "area"
    if place.kind != "city":
        return "feature"
    if place.population >= _MAJOR_POPULATION or place.importance >= _PROMINENT_IMPORTANCE:
        return "major"
    return "town" if place.population >= _PROMINENT_POPULATION else "small"


def _is_prominent(candidate: Candidate) -> bool:
    place = candidate.place
    return candidate.match_kind in {"exact", "variant"} and (
        place.population >= _PROMINENT_POPULATION
        or place.importance >= _PROMINENT_IMPORTANCE
        or place.kind in _AREAS
    )


def _undo_weak_ending(name: str) -> list[str]:
    """Return the strong forms of "Roten Meer": the adjective's ending hangs on the article."""
    first, space, rest = name.partition(" ")
    if not space or not first.endswith("en"):
        return []
    return [f"{first[:-2]}{ending} {rest}" for ending in _ADJECTIVE_ENDINGS]
