"""Ranks the candidates of all names of a window together.

A candidate's score is the sum of its features times their weights, in log-odds; "no such place in
the gazetteer" is a candidate too. Softmax over a name's candidates gives probabilities, which are
the evidence of the next round for the other names (mean-field inference); after a few rounds the
best candidate's probability is calibrated. The weights are learnt (``geomap.training.ranking``)
and few enough to be read: see ``ranking.json``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import compress
from typing import Any

import numpy as np

from geomap.coordinates import EARTH_RADIUS_KM
from geomap.models import Candidate, Place
from geomap.resolution.evidence import (
    CONTEXT_FEATURES,
    FIXED,
    Board,
    company_features,
    fixed_features,
)
from geomap.resolution.slates import STATIC_FEATURES, FloatArray

NIL_FEATURES = (
    "nil",
    "nil_variant",
    "nil_fold",
    "nil_part",
    "nil_altered",
    "nil_obscure",
    "nil_against",
    "nil_clash",
    "nil_away",
)
FEATURES = (*STATIC_FEATURES, *CONTEXT_FEATURES)
ROUNDS = 3
_AGAINST, _STATED = (
    CONTEXT_FEATURES.index(name) - FIXED for name in ("against", "stated_distance")
)
_MAX_LISTED = 6
_SAME_SPOT = float(np.cos(60.0 / EARTH_RADIUS_KM))
# What an online service found and somebody kept: its own confidence, not that of a curated name.
_KEPT_CONFIDENCE = 0.6
_VARIANT, _FOLD, _PART, _ALTERED = (
    STATIC_FEATURES.index(name) for name in ("variant", "fold", "part", "altered")
)


@dataclass(frozen=True, slots=True, eq=False)
class RankingModel:
    """Weights of ``FEATURES`` and ``NIL_FEATURES``, and the calibration curve (x to y, rising)."""

    weights: FloatArray
    nil_weights: FloatArray
    calibration: tuple[FloatArray, FloatArray]

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> RankingModel:
        """Return the model that ``ranking.json`` holds; raises KeyError when a weight lacks."""
        curve = content["calibration"]
        return cls(
            weights=np.array([content["weights"][name] for name in FEATURES], dtype=float),
            nil_weights=np.array([content["weights"][name] for name in NIL_FEATURES], dtype=float),
            calibration=(np.array(curve["probability"]), np.array(curve["right"])),
        )

    def confidence(self, probability: FloatArray) -> FloatArray:
        """Return how often choices of such a probability are right."""
        return np.interp(probability, *self.calibration)


@cache
def load_ranking() -> RankingModel:
    """Return the model that ships with geomap."""
    text = files("geomap.resolution").joinpath("ranking.json").read_text(encoding="utf-8")
    return RankingModel.from_json(json.loads(text))


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """The last round: N × FEATURES, S × NIL_FEATURES, probabilities of the N and of none (S)."""

    features: FloatArray
    nil_features: FloatArray
    probabilities: FloatArray
    nil: FloatArray


def score(board: Board, model: RankingModel, rounds: int = ROUNDS) -> Scores:
    """Return the candidates' features and probabilities after ``rounds`` of mutual evidence."""
    static = np.concatenate([sense.slate.features for sense in board.senses])
    before = np.concatenate([static, fixed_features(board)], axis=1)
    known = before @ model.weights[: before.shape[1]]
    p, _ = _softmax(board, known, np.full(len(board.senses), -np.inf))
    for _ in range(rounds):
        late = company_features(board, p)
        total = known + late @ model.weights[before.shape[1] :]
        nil_features = _nil_features(board, static, late)
        p, nil = _softmax(board, total, nil_features @ model.nil_weights)
    return Scores(np.concatenate([before, late], axis=1), nil_features, p, nil)


def _nil_features(board: Board, static: FloatArray, late: FloatArray) -> FloatArray:
    """Return S × NIL_FEATURES: how the name was matched, and what speaks against them all."""
    first = static[board.starts]
    against = np.minimum.reduceat(late[:, _AGAINST], board.starts)
    return np.stack(
        [
            np.ones(len(board.senses)),
            first[:, _VARIANT],
            first[:, _FOLD],
            first[:, _PART],
            first[:, _ALTERED],
            1.0 - np.maximum.reduceat(static[:, 0], board.starts),
            against,
            np.array([float(sense.clashes) for sense in board.senses]),
            np.maximum(0.0, -np.maximum.reduceat(late[:, _STATED], board.starts)),
        ],
        axis=1,
    )


def _softmax(board: Board, scores: FloatArray, nil: FloatArray) -> tuple[FloatArray, FloatArray]:
    top = np.maximum(np.maximum.reduceat(scores, board.starts), nil)
    weights, none = np.exp(scores - top[board.owners]), np.exp(nil - top)
    total = np.add.reduceat(weights, board.starts) + none
    return weights / total[board.owners], none / total


def rank(board: Board, model: RankingModel) -> list[list[Candidate]]:
    """Return each sense's likeliest candidates, best first, their score a calibrated probability.

    ``Candidate.features`` holds what each feature adds in log-odds. Ties fall to the lower id.
    """
    scores = score(board, model)
    contributions = np.round(scores.features * model.weights, 2)
    ends = np.append(board.starts[1:], len(board.owners))
    return [
        _listed(board, sense.slate.candidates, scores, contributions, model, range(begin, end))
        for sense, begin, end in zip(
            board.senses, board.starts.tolist(), ends.tolist(), strict=True
        )
    ]


def _capped(place: Place, confidence: float) -> float:
    return min(confidence, _KEPT_CONFIDENCE) if place.licence else confidence


def _listed(
    board: Board,
    candidates: Sequence[Candidate],
    scores: Scores,
    contributions: FloatArray,
    model: RankingModel,
    span: range,
) -> list[Candidate]:
    p = scores.probabilities[span.start : span.stop].tolist()
    order = sorted(range(len(candidates)), key=lambda k: (-round(p[k], 6), candidates[k].place.id))
    order = order[:_MAX_LISTED]
    best = order[0]
    confidence = float(model.confidence(np.array(mass_at(board, p, span, best))))
    rest = 1.0 - p[best]
    shares = [
        confidence,
        *((1.0 - confidence) * p[k] / rest if rest > 0 else 0.0 for k in order[1:]),
    ]
    rows = contributions[[span.start + k for k in order]].tolist()
    return [
        Candidate(
            place=candidates[k].place,
            matched_name=candidates[k].matched_name,
            match_kind=candidates[k].match_kind,
            lang=candidates[k].lang,
            score=round(min(share, _capped(candidates[k].place, confidence)), 3),
            features=tuple(compress(zip(FEATURES, row, strict=True), row)),
        )
        for k, share, row in zip(order, shares, rows, strict=True)
    ]


def mass_at(board: Board, p: Sequence[float], span: range, best: int) -> float:
    """Return the probability that the place lies where the best candidate does.

    Towns, their divisions and their landmarks share a name and a spot: whichever is meant, a map is
    right.
    """
    units = board.units[span.start : span.stop]
    here = units @ units[best] >= _SAME_SPOT
    return min(1.0, float(np.asarray(p)[here].sum()))
