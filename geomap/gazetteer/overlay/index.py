"""The own layer in memory, as look-ups meet it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import astuple, replace
from typing import Any

from geomap.gazetteer.names import fold_keys, normalise
from geomap.gazetteer.overlay.layer import DEFAULT_IMPORTANCE, Layer, OwnPlace
from geomap.models import Place

SOURCE = "own"
"""``Place.source`` of what the user added or corrected (not of what a service found for them)."""

Row = tuple[Any, ...]
"""A row of the store: key, spelling, languages, then the fields of ``Place``."""

_ID = 3
_NAME = 4


class Overlay:
    """Adds the user's places to the rows that the gazetteer found, and takes the blocked ones away.

    ``find_base`` returns the gazetteer's own place of an id; corrections of places that it has no
    more are ignored.
    """

    def __init__(self, layer: Layer, find_base: Callable[[int], Place | None]) -> None:
        self.places = {
            own.id: place
            for own in layer.places.values()
            if (place := _place_of(own, find_base)) is not None
        }
        self._names: dict[str, dict[int, tuple[str, str]]] = {}
        self._folds: dict[str, set[int]] = {}
        for own in layer.places.values():
            if own.id in self.places:
                self._index(own)
        self._blocked = frozenset(key for key, place in layer.blocks if place is None)
        self._unpaired = frozenset(pair for pair in layer.blocks if pair[1] is not None)
        self.digest = _digest(layer)

    def __bool__(self) -> bool:
        return bool(self.places or self._blocked or self._unpaired)

    def summary(self) -> str:
        """Return how much there is in the layer."""
        blocks = len(self._blocked) + len(self._unpaired)
        return f"{len(self.places)} places, {blocks} blocks"

    def _index(self, own: OwnPlace) -> None:
        names = [*own.names, *([("", own.name)] if own.name else [])]
        for lang, name in names:
            self._names.setdefault(normalise(name), {}).setdefault(own.id, (lang, name))
            for fold in fold_keys(name):
                self._folds.setdefault(fold, set()).add(own.id)

    def blocks(self, key: str) -> bool:
        """Tell whether a name (its key) is never a place."""
        return key in self._blocked

    def amend(self, keys: Iterable[str], rows: Iterable[Row]) -> list[Row]:
        """Return the rows found under keys, corrected, with the user's own, without the blocked."""
        amended = [self._corrected(row) for row in rows]
        for key in keys:
            for place, (lang, name) in self._names.get(key, {}).items():
                amended.append((key, name, lang, *astuple(self.places[place])))
        return [row for row in amended if not self._is_blocked(row[0], row[_ID])]

    def amend_folds(self, folds: Iterable[str], rows: Iterable[Row]) -> list[Row]:
        """Do the same for rows found under romanisation keys."""
        amended = [self._corrected(row) for row in rows]
        for place in {place for fold in folds for place in self._folds.get(fold, ())}:
            columns = astuple(self.places[place])
            amended.append((columns[1], None, "", *columns))
        return [row for row in amended if not self._is_blocked(normalise(row[_NAME]), row[_ID])]

    def without_unpaired(self, key: str, rows: list[Row]) -> list[Row]:
        """Drop the places that the name asked for (its key) never means."""
        return [row for row in rows if (key, row[_ID]) not in self._unpaired]

    def all_keys(self) -> Iterator[str]:
        """Yield the keys of all names of the layer."""
        return iter(self._names)

    def names_of(self, places: Collection[int]) -> Iterator[tuple[str, int, str, str]]:
        """Yield (key, place, language, name) of the names that the layer gives places."""
        for key, named in self._names.items():
            for place, (lang, name) in named.items():
                if place in places:
                    yield key, place, lang, name

    def _corrected(self, row: Row) -> Row:
        place = self.places.get(row[_ID])
        return row if place is None else (*row[:_ID], *astuple(place))

    def _is_blocked(self, key: str, place: int) -> bool:
        return key in self._blocked or (key, place) in self._unpaired


def _place_of(own: OwnPlace, find_base: Callable[[int], Place | None]) -> Place | None:
    fields = (
        *("name", "lat", "lon", "feature_class", "feature_code"),
        *("country", "radius_km", "importance", "licence"),
    )
    given: dict[str, Any] = {f: v for f in fields if (v := getattr(own, f)) is not None}
    if own.is_correction:
        base = find_base(own.id)
        return replace(base, **given, source=SOURCE) if base else None
    source = own.source or SOURCE
    return Place(**({"importance": DEFAULT_IMPORTANCE} | given), id=own.id, source=source)


def _digest(layer: Layer) -> str:
    """Return eight characters that change with the layer, for ``made_by``."""
    content = (sorted(map(astuple, layer.places.values())), sorted(map(str, layer.blocks)))
    return hashlib.sha256(repr(content).encode()).hexdigest()[:8]
