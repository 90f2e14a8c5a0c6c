"""The tagger's vectors of single words, remembered from text to text.

A third of the tagger's work is to turn each word into a vector, before it looks at the words around
it. That vector rests on the word, the form it is looked up under and its hint alone, and most words
of an article have stood, with that hint, in those before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from spacy.attrs import LEMMA, NORM, ORTH, TAG
from spacy.tokens import Doc
from thinc.api import Model

_MOST_WORDS = 12_000
"""Kept at a time, in 7 MB."""

_READ = [ORTH, NORM, TAG, LEMMA]
_LEXICAL = frozenset("NORM PREFIX SUFFIX SHAPE TAG".split())
"""Features that follow from what is read of a token."""


def remember_words(nlp: Any) -> None:
    """Have a pipeline keep the vectors of words, where nothing else about a token counts."""
    settings = nlp.config["components"].get("tok2vec", {}).get("model", {}).get("embed", {})
    hashed = settings.get("@architectures") == "spacy.MultiHashEmbed.v2"
    if hashed and _LEXICAL.issuperset(settings["attrs"]) and nlp.vocab.vectors.attr in _READ:
        model = nlp.get_pipe("tok2vec").model
        embed = model.get_ref("embed")
        known: dict[bytes, bytes] = {}
        model.replace_node(
            embed, Model("remembered", _embed, layers=[embed], attrs={"known": known})
        )


def _embed(
    model: Model[Any, Any], docs: Sequence[Any], is_train: bool
) -> tuple[list[Any], Callable[[Any], Any]]:
    """Return the vectors of each doc's tokens, one a row."""
    (embed,) = model.layers
    if is_train:
        return embed(docs, is_train)
    known = model.attrs["known"]
    if len(known) > _MOST_WORDS:
        known.clear()
    read = np.concatenate([doc.to_array(_READ) for doc in docs])
    keys = read.view(f"V{read.itemsize * len(_READ)}")[:, 0].tolist()
    found = [known.get(key) for key in keys]
    new = {key: row for row, key in enumerate(keys) if found[row] is None}
    if new:
        (rows,) = embed.predict([_line_up(read[list(new.values())], docs[0].vocab)])
        made = dict(zip(new, map(bytes, rows), strict=True))
        found = [vector or made[key] for key, vector in zip(keys, found, strict=True)]
        known.update(made)
    vectors = np.frombuffer(b"".join(found), dtype="f")
    ends = np.cumsum([len(doc) for doc in docs])
    return np.split(vectors.reshape(len(keys), -1), ends[:-1]), lambda _: []


def _line_up(read: Any, vocab: Any) -> Doc:
    """Return a ``Doc`` of the words that were read."""
    doc = Doc(vocab, words=[vocab.strings[key] for key in read[:, 0].tolist()])
    doc.from_array(_READ[1:], read[:, 1:])
    return doc
