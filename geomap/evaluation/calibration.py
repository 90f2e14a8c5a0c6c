"""Whether a confidence of .8 is right in eight of ten cases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

_BINS = 10


class Judgement(NamedTuple):
    """The confidence (0–1) that a placed toponym had, and whether the place was right."""

    confidence: float
    right: bool


def calibration_error(judged: Sequence[Judgement]) -> float | None:
    """Return the expected calibration error over ten bins of equal width, None without cases.

    The mean distance between confidence and share right, each bin weighted by its size (Guo et al.
    2017, On Calibration of Modern Neural Networks).
    """
    if not judged:
        return None
    bins: list[list[Judgement]] = [[] for _ in range(_BINS)]
    for case in judged:
        bins[min(int(case.confidence * _BINS), _BINS - 1)].append(case)
    gaps = (abs(sum(c.confidence for c in b) - sum(c.right for c in b)) for b in bins)
    return sum(gaps) / len(judged)


def kept_and_right(
    judged: Sequence[Judgement], threshold: float
) -> tuple[float | None, float | None]:
    """Return the share of cases of at least such a confidence, and the share of them right."""
    kept = [case for case in judged if case.confidence >= threshold]
    if not judged:
        return None, None
    share_right = sum(case.right for case in kept) / len(kept) if kept else None
    return len(kept) / len(judged), share_right
