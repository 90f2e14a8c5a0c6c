"""Learns the classifiers of roles, event types and links: ``python -m geomap.training.events de``.

Examples are the annotated texts of our corpus: for every toponym in a sentence what the rules make
of it, the words of its clause, and the role that the annotator gave; for every event told at a
place, its type; for every trigger and toponym of a sentence, whether it tells of that place.
Multinomial logistic regression with a ridge, weights stored as float16.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from geomap.events.classifier import BUCKETS, LINKED, Classifier, FloatArray, buckets
from geomap.events.extractor import EventExtractor
from geomap.events.features import clause_features, role_features
from geomap.events.lexicon import Trigger
from geomap.gazetteer import open_gazetteer
from geomap.models import Article, Lang, PlaceIndex, Recognition, Toponym
from geomap.recognition import load_recogniser
from geomap.resolution import Resolver, place_sites

_CORPUS = Path(__file__).parents[2] / "seeds" / "corpus" / "corpus.jsonl"
_OUT = Path(__file__).parents[1] / "events" / "models"
_RIDGE = 1.0
_LEAST_OF_A_TYPE = 5
_FOLDS = 5
_OUTSIDE_ACLED = frozenset(
    ("Displacement", "Aid", "Accident", "Disaster", "Statement", "Meeting", "Visit")
)


@dataclass(frozen=True, slots=True)
class Example:
    """What is seen and what it is; ``group`` is the article."""

    group: str
    features: tuple[str, ...]
    label: str


def read_rows(path: Path, lang: Lang, split: str) -> list[dict[str, Any]]:
    """Return the annotated articles of a language and split."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if row["lang"] == lang and row["split"] == split]


def read_examples(
    rows: Sequence[dict[str, Any]], lang: Lang, index: PlaceIndex
) -> dict[str, list[Example]]:
    """Return the examples of each classifier in annotated articles."""
    recogniser = load_recogniser(lang, None, index)
    resolver, extractor = Resolver(index, min_confidence=0.0), EventExtractor(index, learned=False)
    recognitions = recogniser.recognise_many([row["text"] for row in rows])
    roles: list[Example] = []
    types: list[Example] = []
    links: list[Example] = []
    for row, recognition in zip(rows, recognitions, strict=True):
        article = Article(row["id"], row["text"], lang, title=row.get("title"))
        gold = {(t["start"], t["end"]): t for t in row["toponyms"]}
        toponyms = tuple(Toponym(row["text"][start:end], start, end) for start, end in sorted(gold))
        given = Recognition(recognition.sentences, toponyms, recognition.other_names)
        resolutions = place_sites(resolver.resolve(article, given), lang)
        names = [(t.start, t.end) for t in toponyms]
        events = {event["location_start"]: event for event in row["events"]}
        for position, setting, rule in extractor.settings(article, given, resolutions):
            toponym = toponyms[position]
            features = role_features(setting, rule, lang, names)
            label = gold[toponym.start, toponym.end]["role"]
            roles.append(Example(row["id"], tuple(features), label))
            if event := events.get(toponym.start):
                seen = tuple(clause_features(setting, lang, names))
                types.append(Example(row["id"], seen, type_label(event)))
        ruled = extractor.extract(article, given, resolutions).roles
        for trigger, position, pair in extractor.links(article, given, resolutions, ruled):
            linked = LINKED if _is_told(trigger, toponyms[position], row["events"]) else "apart"
            links.append(Example(row["id"], tuple(pair), linked))
    return {"roles": roles, "types": _without_rare(types), "links": links}


def _is_told(trigger: Trigger, toponym: Toponym, events: Sequence[dict[str, Any]]) -> bool:
    """Tell whether an annotated event is told by the trigger, and at the toponym."""
    return any(
        event["description_start"] <= trigger.start < event["description_end"]
        and toponym.start in _places_of(event)
        for event in events
    )


def _places_of(event: dict[str, Any]) -> set[int]:
    others = event.get("other_locations") or []
    return {event["location_start"], *(other["start"] for other in others)}


def type_label(event: dict[str, Any]) -> str:
    """Return "event type|sub-type|geomap's type" of an annotated event."""
    kind, sub_type = event["type"], event.get("subtype") or ""
    if kind in _OUTSIDE_ACLED:
        return f"Strategic developments||{kind.lower()}"
    return f"{kind}|{sub_type}|"


def _without_rare(examples: list[Example]) -> list[Example]:
    counts = Counter(example.label for example in examples)
    return [example for example in examples if counts[example.label] >= _LEAST_OF_A_TYPE]


def fit(examples: Sequence[Example], ridge: float = _RIDGE) -> Classifier:
    """Return the classifier that fits the examples."""
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix

    labels = tuple(sorted({example.label for example in examples}))
    rows = [sorted(buckets(example.features)) for example in examples]
    indices = np.concatenate([np.array(row) for row in rows])
    bounds = np.cumsum([0, *(len(row) for row in rows)])
    seen = csr_matrix((np.ones(len(indices)), indices, bounds), shape=(len(rows), BUCKETS))
    used = np.unique(indices)
    seen = seen[:, used]
    truth = np.zeros((len(rows), len(labels)))
    truth[np.arange(len(rows)), [labels.index(example.label) for example in examples]] = 1.0

    def loss(flat: FloatArray) -> tuple[float, FloatArray]:
        weights = flat.reshape(len(used), len(labels))
        scores = seen @ weights
        scores -= scores.max(axis=1, keepdims=True)
        log_total = np.log(np.exp(scores).sum(axis=1, keepdims=True))
        shares = np.exp(scores - log_total)
        value = -float((truth * (scores - log_total)).sum()) + ridge * float((flat**2).sum())
        gradient = seen.T @ (shares - truth) + 2 * ridge * weights
        return value, np.asarray(gradient).ravel()

    start = np.zeros(len(used) * len(labels))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    weights = np.zeros((BUCKETS, len(labels)), dtype=np.float32)
    weights[used] = found.reshape(len(used), len(labels))
    return Classifier(labels, weights)


def cross_validate(
    examples: Sequence[Example], ridge: float
) -> Iterator[tuple[Example, str, float]]:
    """Yield (example, label, its probability) by a classifier that saw the other folds only."""
    groups = sorted({example.group for example in examples})
    folds = {group: number % _FOLDS for number, group in enumerate(groups)}
    for fold in range(_FOLDS):
        classifier = fit([e for e in examples if folds[e.group] != fold], ridge)
        for example in (e for e in examples if folds[e.group] == fold):
            shares = classifier.probabilities(example.features)
            best = max(shares, key=lambda label: shares[label])
            yield example, best, shares[best]


def store(path: Path, classifiers: dict[str, Classifier]) -> None:
    """Write classifiers to a compressed file, without the rows that are zero."""
    arrays: dict[str, Any] = {}
    for name, classifier in classifiers.items():
        rows = np.flatnonzero(np.abs(classifier.weights).max(axis=1) > 0)
        arrays[f"{name}_rows"] = rows.astype(np.uint16)
        arrays[f"{name}_weights"] = classifier.weights[rows].astype(np.float16)
        arrays[f"{name}_labels"] = np.array(classifier.labels)
    np.savez_compressed(path, **arrays)


def main() -> None:
    """Fit the classifiers of a language, print what folds say of them, and store them."""
    parser = argparse.ArgumentParser(prog="python -m geomap.training.events")
    parser.add_argument("lang", choices=("de", "en"))
    parser.add_argument("--corpus", type=Path, default=_CORPUS)
    parser.add_argument("--out", type=Path, default=_OUT, help="folder to write LANG.npz to")
    parser.add_argument("--ridge", type=float, default=_RIDGE)
    options = parser.parse_args()
    with open_gazetteer() as index:
        rows = read_rows(options.corpus, options.lang, "train")
        examples_of = read_examples(rows, options.lang, index)
    for name, examples in examples_of.items():
        judged = list(cross_validate(examples, options.ridge))
        right = sum(example.label == label for example, label, _ in judged) / len(judged)
        sys.stdout.write(f"{name}: {len(examples)} examples, {right:.3f} right on folds\n")
    options.out.mkdir(exist_ok=True)
    classifiers = {name: fit(examples, options.ridge) for name, examples in examples_of.items()}
    store(options.out / f"{options.lang}.npz", classifiers)


if __name__ == "__main__":
    main()
