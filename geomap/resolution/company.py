"""How much the names of a window testify for each other: by distance, list, heading, and use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from geomap.resolution.slates import FloatArray
from geomap.resolution.windows import Sense

READ_ON_CHARS, FAR_WEIGHT = 700.0, 0.35
HEADING_WEIGHT = 1.5

# A name decided apart in several parts of an article listens to its own part.
_PART_CHARS, _PART_FAR_WEIGHT = 200.0, 0.15
_LIST_WEIGHT = 1.5


def weigh_company(senses: Sequence[Sense]) -> FloatArray:
    """Return S × S weights: how much the column's sense testifies for the row's.

    What stands near, in one list with it, or in the article's heading testifies most.
    """
    positions = np.concatenate([sense.positions for sense in senses]).astype(float)
    counts = np.array([len(sense.positions) for sense in senses])
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int64)
    gaps = np.abs(positions[:, None] - positions[None, :])
    gaps = np.minimum.reduceat(np.minimum.reduceat(gaps, starts, axis=0), starts, axis=1)
    parts = Counter(base for base, _ in {(s.key.base, s.key.part) for s in senses})
    apart = np.array([parts[sense.key.base] > 1 for sense in senses])[:, None]
    far = np.where(apart, _PART_FAR_WEIGHT, FAR_WEIGHT)
    weights: FloatArray = far + (1 - far) * np.exp(
        -gaps / np.where(apart, _PART_CHARS, READ_ON_CHARS)
    )
    weights[:, [sense.heads for sense in senses]] = HEADING_WEIGHT
    for i, j in _neighbours(senses):
        weights[i, j] = _LIST_WEIGHT
    weights *= np.array([_testimony(sense) for sense in senses])[None, :]
    for i, j in _same_words(senses):
        weights[i, j] = 0.0
    return weights


def _testimony(sense: Sense) -> float:
    # "Washington condemned the attack in Athens": what that government speaks of is anywhere.
    return 0.0 if sense.speaks else float(sense.weight**0.5)


def _same_words(senses: Sequence[Sense]) -> Iterator[tuple[int, int]]:
    """Yield pairs of a name and one that is or begins with it.

    "Mexico City" must not draw "Mexico" to itself.
    """
    names = [sense.key[0] for sense in senses]
    order = sorted(range(len(names)), key=names.__getitem__)
    for rank, i in enumerate(order):
        for j in order[rank:]:
            if not names[j].startswith(names[i]):
                break
            if names[j] == names[i]:
                yield from ((i, j), (j, i))
            elif names[j].startswith(f"{names[i]} "):
                yield i, j


def _neighbours(senses: Sequence[Sense]) -> Iterator[tuple[int, int]]:
    places = {sense.key: i for i, sense in enumerate(senses)}
    for i, sense in enumerate(senses):
        for key in sense.neighbours:
            if key in places:
                yield i, places[key]
