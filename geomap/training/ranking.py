"""Learns the weights of the resolver: ``python -m geomap.training.ranking --out ranking.json``.

The examples are the annotated articles of our corpus and invented company: lists of places drawn
from the gazetteer as a local paper or a war correspondent would name them, which teach how much
neighbours outweigh prominence where names are ambiguous. Features depend on what the other names
are taken for, so that fitting (conditional logit with a ridge) and inference take turns.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from geomap.coordinates import distance_km
from geomap.gazetteer import Gazetteer, open_gazetteer
from geomap.models import Article, Candidate, Lang, PlaceIndex, Toponym
from geomap.recognition import load_recogniser
from geomap.resolution.context import find_demonyms
from geomap.resolution.evidence import Board, lay_out
from geomap.resolution.ranking import FEATURES, NIL_FEATURES, RankingModel, mass_at, score
from geomap.resolution.slates import FloatArray, IntArray, Slates
from geomap.resolution.windows import cut_windows
from geomap.training.company import invent_windows

_CORPUS = Path(__file__).parents[2] / "seeds" / "corpus" / "corpus.jsonl"
LANGUAGES: tuple[Lang, ...] = ("de", "en")
INVENTED, SHARE, RIDGE = 800, 0.6, 2.0
_OUTER_ROUNDS = 6
_FOLDS = 5
_LEAST_RADIUS_KM = 5.0
_BINS = 12
PRIOR: dict[str, float] = {
    "importance": 6.0,
    "fold": -1.0,
    "part": -2.0,
    "alias": -0.5,
    "hint": 2.0,
    "hint_clash": -2.0,
    "article": -1.5,
    "full_name": 2.0,
    "inside": 2.0,
    "earlier": 1.0,
    "country": 2.0,
    "near": 1.0,
    "close": 1.0,
    "stated_distance": 3.0,
    "namesake": 2.0,
    "nil": -0.5,
    "nil_clash": 2.0,
    "nil_away": 3.0,
}
"""Where the weights start and what the ridge pulls them to; 0 for the rest."""


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """A window with its answers.

    ``right`` (N) marks the candidates meant, ``known`` (S) weighs the senses: 0 for one without an
    answer; one without a right candidate is "none of these".
    """

    group: str
    board: Board
    right: FloatArray
    known: FloatArray
    weight: float


def read_examples(
    path: Path, lang: Lang, index: PlaceIndex, slates: Slates, splits: Sequence[str]
) -> Iterator[Example]:
    """Yield the windows of the annotated articles of a language."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["lang"] == lang and row["split"] in splits]
    recogniser = load_recogniser(lang, None, index)
    recognitions = recogniser.recognise_many([row["text"] for row in rows])
    for row, recognition in zip(rows, recognitions, strict=True):
        article = Article(row["id"], row["text"], lang)
        gold = sorted(row["toponyms"], key=lambda t: int(t["start"]))
        toponyms = [Toponym(t["text"], t["start"], t["end"], found_by="given") for t in gold]
        found = find_demonyms(recognition.sentences, index.demonym)
        demonyms = [(offset, slates.number(code)) for offset, code in found]
        for window in cut_windows(article, toponyms, demonyms, slates, recognition.other_names):
            if window.senses:
                board = lay_out(window)
                yield _example(row["id"], board, gold)


def annotated(path: Path, index: PlaceIndex, slates: Slates) -> list[Example]:
    """Return the examples of the training texts of both languages."""
    return [
        example
        for lang in LANGUAGES
        for example in read_examples(path, lang, index, slates, ["train"])
    ]


def invent(
    index: Gazetteer, slates: Slates, count: int = INVENTED, share: float = SHARE
) -> list[Example]:
    """Return ``count`` invented examples a language, each of weight ``share``."""
    return [
        Example("invented", lay_out(window), right, known, share)
        for lang in LANGUAGES
        for window, right, known in invent_windows(index, slates, lang, count)
    ]


def _example(group: str, board: Board, gold: Sequence[dict[str, Any]]) -> Example:
    right, known = [], []
    for sense in board.senses:
        answers = [gold[i] for i in sense.toponyms if gold[i]["lat"] is not None]
        fits = [any(_is_meant(c, a) for a in answers) for c in sense.slate.candidates]
        alike = [
            fit and any(c.place.kind == a["feature"] for a in answers)
            for fit, c in zip(fits, sense.slate.candidates, strict=True)
        ]
        right.extend(alike if any(alike) else fits)
        known.append(bool(answers))
    return Example(group, board, np.array(right, dtype=float), np.array(known, dtype=float), 1.0)


def _is_meant(candidate: Candidate, answer: dict[str, Any]) -> bool:
    place = candidate.place
    apart = distance_km(place.lat, place.lon, answer["lat"], answer["lon"])
    return apart <= max(float(answer["radius_km"]), _LEAST_RADIUS_KM)


def fit(
    examples: Sequence[Example],
    ridge: float,
    rounds: int = _OUTER_ROUNDS,
    without: Collection[str] = (),
) -> RankingModel:
    """Return the model that fits the examples; inference and fitting take turns.

    Features named in ``without`` get no weight (for ablations).
    """
    used = np.array([float(name not in without) for name in (*FEATURES, *NIL_FEATURES)])
    prior = used * [PRIOR.get(name, 0.0) for name in (*FEATURES, *NIL_FEATURES)]
    model = _model(prior)
    for _ in range(rounds):
        scored = [score(example.board, model) for example in examples]
        features = np.concatenate([s.features for s in scored]) * used[: len(FEATURES)]
        nil = np.concatenate([s.nil_features for s in scored])
        model = _model(_fit_once(examples, features, nil, prior, ridge))
    return model


def _model(weights: FloatArray) -> RankingModel:
    identity = (np.array([0.0, 1.0]), np.array([0.0, 1.0]))
    return RankingModel(weights[: len(FEATURES)], weights[len(FEATURES) :], identity)


def _fit_once(
    examples: Sequence[Example],
    features: FloatArray,
    nil: FloatArray,
    prior: FloatArray,
    ridge: float,
) -> FloatArray:
    from scipy.optimize import minimize

    starts, owners = _offsets(examples)
    right = np.concatenate([example.right for example in examples])
    weight = np.concatenate([example.known * example.weight for example in examples])
    none = (np.maximum.reduceat(right, starts) == 0).astype(float)

    def loss(w: FloatArray) -> tuple[float, FloatArray]:
        scores, nil_scores = features @ w[: len(FEATURES)], nil @ w[len(FEATURES) :]
        top = np.maximum(np.maximum.reduceat(scores, starts), nil_scores)
        raw, raw_nil = np.exp(scores - top[owners]), np.exp(nil_scores - top)
        total = np.add.reduceat(raw, starts) + raw_nil
        good = np.add.reduceat(raw * right, starts) + raw_nil * none
        pull = (raw / total[owners] - raw * right / good[owners]) * weight[owners]
        pull_nil = (raw_nil / total - raw_nil * none / good) * weight
        gradient = np.concatenate([features.T @ pull, nil.T @ pull_nil])
        value = float((weight * (np.log(total) - np.log(good))).sum())
        return value + ridge * float(((w - prior) ** 2).sum()), gradient + 2 * ridge * (w - prior)

    result: FloatArray = minimize(loss, prior, jac=True, method="L-BFGS-B").x
    return result


def _offsets(examples: Sequence[Example]) -> tuple[IntArray, IntArray]:
    counts = [len(s.slate.candidates) for e in examples for s in e.board.senses]
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int64)
    return starts, np.repeat(np.arange(len(counts)), counts)


def judged(examples: Iterable[Example], model: RankingModel) -> tuple[FloatArray, FloatArray]:
    """Return the probability at each sense's best spot, and if its candidate is right (0/1)."""
    p, right = [], []
    for example in examples:
        scores = score(example.board, model)
        ends = np.append(example.board.starts[1:], len(example.right))
        for i, (begin, end) in enumerate(zip(example.board.starts, ends, strict=True)):
            if example.known[i]:
                shares = scores.probabilities[begin:end]
                best = int(np.argmax(shares))
                span = range(int(begin), int(end))
                p.append(mass_at(example.board, shares.tolist(), span, best))
                right.append(example.right[begin + best])
    return np.array(p), np.array(right)


def calibrate(p: FloatArray, right: FloatArray) -> tuple[list[float], list[float]]:
    """Return a rising curve from probability to share right (isotonic over equal-sized bins)."""
    order = np.argsort(p, kind="stable")
    bins = np.array_split(order, _BINS)
    blocks = [[float(p[b].mean()), float(right[b].mean()), float(len(b))] for b in bins]
    merged: list[list[float]] = []
    for block in blocks:
        merged.append(block)
        while len(merged) > 1 and merged[-2][1] >= merged[-1][1]:
            last, before = merged.pop(), merged.pop()
            size = last[2] + before[2]
            mean = [(last[k] * last[2] + before[k] * before[2]) / size for k in (0, 1)]
            merged.append([*mean, size])
    x = [0.0, *(round(block[0], 4) for block in merged), 1.0]
    y = [0.0, *(round(min(block[1], 0.99), 4) for block in merged)]
    return x, [*y, y[-1]]


def cross_judged(
    examples: Sequence[Example], invented: Sequence[Example], ridge: float
) -> tuple[FloatArray, FloatArray]:
    """Return ``judged`` of each example by a model that did not see its fold."""
    groups = sorted({example.group for example in examples})
    folds = {group: i % _FOLDS for i, group in enumerate(groups)}
    parts = []
    for fold in range(_FOLDS):
        seen = [e for e in examples if folds[e.group] != fold]
        model = fit([*seen, *invented], ridge, rounds=3)
        parts.append(judged((e for e in examples if folds[e.group] == fold), model))
    return np.concatenate([p for p, _ in parts]), np.concatenate([r for _, r in parts])


def main() -> None:
    """Fit, calibrate and write the model."""
    parser = argparse.ArgumentParser(prog="python -m geomap.training.ranking")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, default=_CORPUS)
    parser.add_argument("--ridge", type=float, default=RIDGE)
    parser.add_argument(
        "--invented", type=int, default=INVENTED, help="invented windows a language"
    )
    parser.add_argument("--share", type=float, default=SHARE, help="weight of an invented window")
    options = parser.parse_args()
    with open_gazetteer() as index:
        slates = Slates(index)
        examples = annotated(options.corpus, index, slates)
        invented = invent(index, slates, options.invented, options.share)
    model = fit([*examples, *invented], options.ridge)
    x, y = calibrate(*cross_judged(examples, invented, options.ridge))
    weights = np.concatenate([model.weights, model.nil_weights])
    names = (*FEATURES, *NIL_FEATURES)
    content = {
        "weights": {name: round(float(w), 3) for name, w in zip(names, weights, strict=True)},
        "calibration": {"probability": x, "right": y},
    }
    options.out.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
