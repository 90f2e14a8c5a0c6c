"""Pairs what was found with what is there, and the measures every score is made of."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

MAX_ERROR_KM = 20039.0
"""Half the Earth's circumference (Gritta et al., A Pragmatic Guide to Geoparsing Evaluation)."""


class Span(Protocol):
    """Anything with half-open offsets."""

    @property
    def start(self) -> int:
        """First character."""

    @property
    def end(self) -> int:
        """Behind the last character."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """Precision, recall and F1 from counts."""

    correct: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float:
        """Share of the predicted that is right; 0 when nothing was predicted."""
        return self.correct / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found; 0 when there is none."""
        return self.correct / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def __add__(self, other: Ratio) -> Ratio:
        return Ratio(
            self.correct + other.correct, self.predicted + other.predicted, self.gold + other.gold
        )


NOTHING = Ratio(0, 0, 0)


def shared_characters(a: Span, b: Span) -> int:
    """Return how many characters two spans have in common."""
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def pair_spans(gold: Sequence[Span], predicted: Sequence[Span], *, exact: bool) -> dict[int, int]:
    """Pair one to one (gold index → predicted index): equal spans first, then most shared."""
    options = []
    for i, g in enumerate(gold):
        for j, p in enumerate(predicted):
            same = (g.start, g.end) == (p.start, p.end)
            shared = shared_characters(g, p)
            if same or (shared and not exact):
                options.append((not same, -shared, abs(g.start - p.start), i, j))
    return take_pairs((i, j) for *_, i, j in sorted(options))


def take_pairs(ordered: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Take pairs greedily from best to worst, each index once."""
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for i, j in ordered:
        if i not in pairs and j not in used:
            pairs[i] = j
            used.add(j)
    return pairs


def error_curve_area(errors_km: Sequence[float]) -> float | None:
    """Return the normalised area under the sorted ln(1 + error): 0 perfect, 1 the worst."""
    logs = sorted(math.log1p(error) for error in errors_km)
    if not logs:
        return None
    if len(logs) == 1:
        return logs[0] / math.log(MAX_ERROR_KM)
    area = sum((a + b) / 2 for a, b in pairwise(logs))
    return area / (math.log(MAX_ERROR_KM) * (len(logs) - 1))
