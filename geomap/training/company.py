"""Invented company: places that one text might name together, drawn from the gazetteer.

A text is about somewhere: most of its places lie near its middle, some in its country, a few are
the world's best known; now and then it says which country or division it speaks of.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import numpy as np

from geomap.coordinates import EARTH_RADIUS_KM
from geomap.gazetteer import Gazetteer
from geomap.models import Lang, Place
from geomap.resolution.keys import SenseKey
from geomap.resolution.slates import FloatArray, Slates, unit_vectors
from geomap.resolution.windows import Sense, Window

_SEED = 20
_ENGLISH_COUNTRIES = ("US", "GB", "CA", "AU", "IE", "NZ", "ZA", "IN", "NG")
_GERMAN_COUNTRIES = ("DE", "AT", "CH")
_HOME_SHARE = 0.5
_LOCAL_KM = 120.0
_GAP_CHARS = 120
_RIGHT_KM = 15.0
_AREA_WEIGHT = 0.5
_ADJECTIVE_SHARE = 0.3


def invent_windows(
    index: Gazetteer, slates: Slates, lang: Lang, count: int
) -> Iterator[tuple[Window, FloatArray, FloatArray]]:
    """Yield (window, right candidates, known senses) for ``count`` invented texts."""
    dice = random.Random(_SEED)  # noqa: S311  # drawn alike each time, no secret
    world = _World(index, lang)
    for _ in range(count):
        places = world.draw(dice)
        senses = _senses(places, slates, lang)
        adjectives = world.draw_adjectives(places, dice)
        if len(senses) > 1:
            right = np.array([_fits(c.place, p) for p, s in senses for c in s.slate.candidates])
            window = Window(
                tuple(sense for _, sense in senses),
                tuple((at, slates.number(country)) for at, country in adjectives),
            )
            # What the bare name of a division means is above all for texts to teach.
            known = np.array([1.0 if place.kind == "city" else _AREA_WEIGHT for place, _ in senses])
            yield window, right.astype(float), known


def _fits(candidate: Place, meant: Place) -> bool:
    if candidate.kind != meant.kind:
        return False
    units = unit_vectors([candidate, meant])
    return candidate.id == meant.id or float(units[0] @ units[1]) > np.cos(
        _RIGHT_KM / EARTH_RADIUS_KM
    )


def _senses(
    places: list[tuple[Place, bool]], slates: Slates, lang: Lang
) -> list[tuple[Place, Sense]]:
    senses: dict[str, tuple[Place, Sense]] = {}
    previous: Sense | None = None
    for position, (place, names_container) in enumerate(places):
        slate = slates.slate(place.name, lang, False)
        key = SenseKey(place.name.casefold())
        if not slate.candidates or key.base in senses:
            continue
        sense = Sense(key, place.name, slate, [position * _GAP_CHARS], 1.0)
        if names_container and previous is not None:
            previous.containers.add(key)
        senses[key.base] = (place, sense)
        previous = sense
    return list(senses.values())


class _World:
    """The gazetteer's towns and areas, ready to be drawn from."""

    def __init__(self, index: Gazetteer, lang: Lang) -> None:
        self._home = _ENGLISH_COUNTRIES if lang == "en" else _GERMAN_COUNTRIES
        places = list(index.places())
        self._towns = [p for p in places if p.kind == "city"]
        self._units = unit_vectors(self._towns)
        self._countries = {p.country: p for p in places if p.kind == "country" and p.country}
        self._divisions = {(p.country, p.admin1 or p.name): p for p in places if p.kind == "admin1"}
        self._weights = np.array([(p.population + 200) ** 0.4 for p in self._towns])
        self._fame = np.array([p.importance for p in self._towns])
        self._fame_weights = np.exp(12 * self._fame)
        self._country_of = np.array([p.country or "" for p in self._towns])
        self._by_home = [i for i, p in enumerate(self._towns) if p.country in self._home]

    def draw(self, dice: random.Random) -> list[tuple[Place, bool]]:
        """Return some places in the order of a text, and whether one contains the one before."""
        rng = np.random.default_rng(dice.randrange(2**32))
        middle = self._middle(dice, rng)
        near = self._units @ self._units[middle] > np.cos(_LOCAL_KM / EARTH_RADIUS_KM)
        same = self._country_of == self._country_of[middle]
        chosen = [middle, *self._pick(rng, near, self._weights, dice.randint(1, 5))]
        chosen += self._pick(rng, same, self._weights**2, dice.randint(0, 2))
        chosen += self._pick(rng, self._fame > 0, self._fame_weights, dice.randint(0, 2))
        listed: list[tuple[Place, bool]] = []
        for town in dict.fromkeys(chosen):
            listed.extend(self._with_container(self._towns[town], dice))
        return listed

    @staticmethod
    def draw_adjectives(
        places: list[tuple[Place, bool]], dice: random.Random
    ) -> list[tuple[int, str]]:
        """Return (offset, country) of adjectives of the country that a text is about."""
        country = places[0][0].country
        if not country or dice.random() >= _ADJECTIVE_SHARE:
            return []
        length = len(places) * _GAP_CHARS
        return [(dice.randrange(length), country) for _ in range(dice.randint(1, 2))]

    def _middle(self, dice: random.Random, rng: np.random.Generator) -> int:
        if dice.random() < _HOME_SHARE:
            weights = self._weights[self._by_home]
            return self._by_home[int(rng.choice(len(weights), p=weights / weights.sum()))]
        return self._pick(rng, np.ones(len(self._towns), dtype=bool), self._weights, 1)[0]

    def _pick(
        self, rng: np.random.Generator, allowed: np.ndarray, weights: FloatArray, count: int
    ) -> list[int]:
        chances = np.where(allowed, weights, 0.0)
        count = min(count, int((chances > 0).sum()))
        picked = rng.choice(len(chances), size=count, replace=False, p=chances / chances.sum())
        return [int(i) for i in picked]

    def _with_container(self, town: Place, dice: random.Random) -> Iterator[tuple[Place, bool]]:
        yield town, False
        if dice.random() < 0.25 and (
            division := self._divisions.get((town.country, town.admin1 or ""))
        ):
            yield division, True
        elif dice.random() < 0.2 and (country := self._countries.get(town.country or "")):
            yield country, dice.random() < 0.5
