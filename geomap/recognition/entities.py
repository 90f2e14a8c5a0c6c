"""The entities that spaCy's greedy recogniser finds, for a batch of ``Doc``s at once.

spaCy decides token by token, and takes and returns Python's lock many times at each: three quarters
of its time. But its scores rest on the token alone while no entity is open; while one is, on the
token, the one before and the first of the entity. So all tokens are scored as if none were open,
all entities that may begin grow side by side until they end, and those stand that are met from left
to right. The scores are spaCy's but for rounding.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import numpy as np
from spacy.attrs import IS_SPACE
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Span

_FEATURES = 3
"""Token, first token of the open entity, last token of it: what spaCy's recognisers look at."""

_EMBEDDERS = frozenset({"tok2vec", "transformer"})


def find_entities(nlp: Any, docs: Iterable[Any], batch_size: int) -> Iterator[Any]:
    """Yield the ``Doc``s in order, with the entities that the pipeline finds in them."""
    if not _ends_greedily(nlp):
        yield from nlp.pipe(docs, batch_size=batch_size)
        return
    name, recogniser = nlp.pipeline[-1]
    reader = _GreedyReader(recogniser)
    embedded = nlp.pipe(docs, batch_size=batch_size, disable=[name])
    while batch := list(islice(embedded, batch_size)):
        reader.read(batch)
        yield from batch


def _ends_greedily(nlp: Any) -> bool:
    """Tell a pipeline that ends in a recogniser of the usual make.

    Before it nothing sets entities, which spaCy keeps, or sentences, at whose ends it ends names.
    """
    last = nlp.pipeline[-1][1] if nlp.pipeline else None
    return (
        isinstance(last, EntityRecognizer)
        and _EMBEDDERS.issuperset(nlp.pipe_names[:-1])
        and last.cfg["beam_width"] == 1
        and last.model.attrs.get("has_upper", False)
        and not last.model.attrs["unseen_classes"]
        and last.model.get_ref("lower").get_dim("nF") == _FEATURES
    )


class _GreedyReader:
    """Chooses among the moves of spaCy's recogniser: B, I, L and U of each label, and O."""

    def __init__(self, recogniser: Any) -> None:
        self._embed, self._lower, self._upper = recogniser.model.layers
        moves = [recogniser.moves.get_class_name(i) for i in range(self._upper.get_dim("nO"))]
        self._labels = [move[2:] for move in moves if len(move) > 2 and move.startswith("B-")]
        self._begin, self._inside, self._last, self._unit = (
            np.array([moves.index(f"{move}-{label}") for label in self._labels]) for move in "BILU"
        )
        self._outside = moves.index("O")
        self._label_of = np.zeros(len(moves), dtype=int)
        self._label_of[self._begin] = self._label_of[self._unit] = range(len(self._labels))
        opening = {self._outside, *self._begin, *self._unit}
        self._needs_open = [move for move in range(len(moves)) if move not in opening]

    def read(self, docs: list[Any]) -> None:
        """Write the entities of the docs to them."""
        bounds = np.cumsum([0, *map(len, docs)])
        is_last = np.zeros(bounds[-1], dtype=bool)
        is_last[bounds[1:] - 1] = True
        is_space = np.concatenate([doc.to_array(IS_SPACE) for doc in docs]).astype(bool)
        features = self._lower.predict(self._embed.predict(docs))
        moves = self._open(features, is_last, is_space)
        starts = np.flatnonzero(moves != self._outside)
        labels = self._label_of[moves[starts]]
        ends = starts + 1
        longer = moves[starts] == self._begin[labels]
        ends[longer] = self._grow(features, is_last, starts[longer], labels[longer])
        self._write(docs, bounds, zip(starts.tolist(), ends.tolist(), labels.tolist(), strict=True))

    def _open(self, features: Any, is_last: Any, is_space: Any) -> Any:
        """Return the best move at each token if no entity is open there.

        No entity begins with white space, and the last token begins no longer one.
        """
        padding = features[0]
        scores = self._score(features[1:, 0] + padding[1] + padding[2])
        scores[:, self._needs_open] = -np.inf
        scores[np.ix_(is_last | is_space, self._begin)] = -np.inf
        scores[np.ix_(is_space, self._unit)] = -np.inf
        return scores.argmax(axis=1)

    def _grow(self, features: Any, is_last: Any, starts: Any, labels: Any) -> Any:
        """Return where the entities that begin at ``starts`` end, exclusive."""
        ends = starts + 2
        going = np.arange(len(starts))
        while len(going):
            token, first, label = ends[going] - 1, starts[going], labels[going]
            # Row 0 of the features is padding: that of a token is one further.
            scores = self._score(
                features[token + 1, 0] + features[first + 1, 1] + features[token, 2]
            )
            rows = np.arange(len(going))
            goes_on = scores[rows, self._inside[label]] >= scores[rows, self._last[label]]
            going = going[goes_on & ~is_last[token]]
            ends[going] += 1
        return ends

    def _score(self, features: Any) -> Any:
        hidden, _ = self._lower.ops.maxout(features + self._lower.get_param("b"))
        return self._upper.predict(hidden)

    def _write(
        self, docs: list[Any], bounds: Any, entities: Iterable[tuple[int, int, int]]
    ) -> None:
        """Set the entities, of those that overlap the one that comes first."""
        found: list[list[Span]] = [[] for _ in docs]
        position = 0
        for start, end, label in entities:
            if start >= position:
                position = end
                at = bisect_right(bounds, start) - 1
                offset = bounds[at]
                span = Span(docs[at], start - offset, end - offset, label=self._labels[label])
                found[at].append(span)
        for doc, spans in zip(docs, found, strict=True):
            doc.set_ents(spans)
