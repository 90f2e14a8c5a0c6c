"""Word vectors made of Brown clusters.

A cluster is a path in a binary tree of words that occur in like contexts: the vector holds the
path's bits and a random code for each of its prefixes and for the cluster, so that words of near
clusters have near vectors. A table of 400,000 words needs one row for each cluster only.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import LEMMA

_PREFIX_WIDTHS = {6: 32, 8: 48, 10: 64}
_BITS = 16
_CLUSTER_WIDTH = 96


def load_clusters(lang: str, words: int) -> dict[str, int]:
    """Return the clusters of the ``words`` most probable words, from spacy-lookups-data (MIT)."""
    clusters = _load_table(f"{lang}_lexeme_cluster")
    probabilities = _load_table(f"{lang}_lexeme_prob")
    ranked = sorted(clusters, key=lambda word: (-probabilities.get(word, -99.0), word))
    return {word: int(clusters[word]) for word in ranked[:words]}


def _load_table(name: str) -> dict[str, float]:
    package = importlib.util.find_spec("spacy_lookups_data")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("spacy-lookups-data is missing: pip install 'geomap[maintain]'")
    path = Path(package.origin).parent / "data" / f"{name}.json.gz"
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        table: dict[str, float] = json.load(stream)
    return table


def build_cluster_vectors(clusters: set[int], seed: int = 0) -> dict[int, NDArray[np.float32]]:
    """Return one vector of 256 numbers for each cluster."""
    random = np.random.RandomState(seed)
    codes: dict[tuple[int, int], NDArray[np.float64]] = {}

    def code(width: int, kind: int, value: int) -> NDArray[np.float64]:
        if (kind, value) not in codes:
            codes[kind, value] = random.randn(width) / np.sqrt(width) * 2
        return codes[kind, value]

    vectors = {}
    for cluster in sorted(clusters):
        bits = np.array([0.25 if (cluster >> bit) & 1 else -0.25 for bit in range(_BITS)])
        prefixes = [
            code(width, kind, cluster & ((1 << kind) - 1)) for kind, width in _PREFIX_WIDTHS.items()
        ]
        parts = [bits, *prefixes, code(_CLUSTER_WIDTH, 0, cluster)]
        vectors[cluster] = np.concatenate(parts).astype(np.float32)
    return vectors


def add_cluster_vectors(vocab: Any, lang: str, words: int) -> None:
    """Give ``vocab`` (a spaCy Vocab) the cluster vectors of its language.

    A capitalised word that the table lacks gets the cluster of the word in lower case: at the start
    of a sentence "Evacuees" is no more a name than "evacuees".
    """
    clusters = load_clusters(lang, words)
    rows = build_cluster_vectors(set(clusters.values()))
    row_of = {cluster: row for row, cluster in enumerate(rows)}
    vocab.vectors = type(vocab.vectors)(
        data=np.stack(list(rows.values())), name="brown", attr="LEMMA"
    )
    capitalised = {word.title(): cluster for word, cluster in clusters.items() if word.islower()}
    for word, cluster in {**capitalised, **clusters}.items():
        vocab.vectors.add(word, row=row_of[cluster])


def key_vectors_by_form(pipeline: Path) -> None:
    """Note in a pipeline on disk that its vectors are keyed by form (``recognition.forms``).

    spaCy reads the note when it loads vectors but does not write it for tables of this kind.
    """
    config = pipeline / "vocab" / "vectors.cfg"
    settings = json.loads(config.read_text(encoding="utf-8"))
    config.write_text(json.dumps({**settings, "attr": LEMMA}), encoding="utf-8")
