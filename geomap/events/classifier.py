"""Linear classifiers over named features: the role of a toponym, the type of an event.

Multinomial logistic regression, learnt by ``geomap.training.events`` from our own corpus; features
are hashed (CRC-32), so that no words are stored. Evaluated with NumPy alone.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Set
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from geomap.models import Lang

FloatArray: TypeAlias = NDArray[np.float32]
BUCKETS = 1 << 15
CLASSIFIERS = ("roles", "types", "links")
LINKED = "linked"
"""The label of a trigger that speaks of a place."""


@dataclass(frozen=True, slots=True, eq=False)
class Classifier:
    """``weights`` is BUCKETS × labels, in log-odds."""

    labels: tuple[str, ...]
    weights: FloatArray

    def probabilities(self, features: Iterable[str]) -> dict[str, float]:
        """Return the probability of each label."""
        scores = self._scores(buckets(features))
        weights = np.exp(scores - scores.max())
        shares = (weights / weights.sum()).tolist()
        return dict(zip(self.labels, shares, strict=True))

    def best(self, rows: Set[int]) -> tuple[str, float]:
        """Return the label that is likeliest and its probability, given the features' rows."""
        scores = self._scores(rows)
        best = int(scores.argmax())
        # Plain reductions: for so few numbers NumPy's methods cost more than the sums.
        return self.labels[best], float(1 / np.add.reduce(np.exp(scores - scores[best])))

    def _scores(self, rows: Set[int]) -> FloatArray:
        scores: FloatArray = np.add.reduce(self.weights.take(sorted(rows), axis=0), axis=0)
        return scores


def buckets(features: Iterable[str]) -> set[int]:
    """Return the rows of the weights that features stand for."""
    return {zlib.crc32(feature.encode()) % BUCKETS for feature in features}


@dataclass(frozen=True, slots=True)
class EventModel:
    """The classifiers of a language."""

    roles: Classifier
    types: Classifier
    links: Classifier


@cache
def load_event_model(lang: Lang) -> EventModel:
    """Return the classifiers that ship with geomap for a language."""
    with files("geomap.events").joinpath("models", f"{lang}.npz").open("rb") as file:
        stored = np.load(file)
        read = {
            name: Classifier(
                tuple(stored[f"{name}_labels"].tolist()), _dense(stored, name).astype(np.float32)
            )
            for name in CLASSIFIERS
        }
    return EventModel(**read)


def _dense(stored: dict[str, NDArray[np.float16]], name: str) -> NDArray[np.float16]:
    """Return the weights; only rows that are not zero are stored."""
    rows = stored[f"{name}_rows"]
    dense = np.zeros((BUCKETS, stored[f"{name}_weights"].shape[1]), dtype=np.float16)
    dense[rows] = stored[f"{name}_weights"]
    return dense
