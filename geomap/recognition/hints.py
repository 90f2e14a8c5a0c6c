"""What the gazetteer says of the words of a text, as one more feature for the tagger.

A tagger that knows names by their shape and company alone misses *Deir ez-Zor* and *Duma*. Each
token of a name the gazetteer holds gets a hint: how the name begins or goes on there, and what its
best-known bearer is. A hint is no verdict: *Essen*, *Halle* and *Hof* get one as well, and the
tagger learns from context when to believe it. Hints travel in the token's ``tag``, which the
shipped models embed and do not predict.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from spacy.attrs import IDX, LENGTH

from geomap.recognition.knowledge import Knowledge

_LONGEST = {"de": 4, "en": 6}
_INNER = frozenset("- ' ’ .".split())


def embeds_hints(nlp: Any) -> bool:
    """Tell whether a pipeline was trained with hints."""
    config = nlp.config.get("components", {}).get("tok2vec", {})
    return "TAG" in config.get("model", {}).get("embed", {}).get("attrs", ())


def add_hints(doc: Any, knowledge: Knowledge) -> None:
    """Write the hints of a spaCy ``Doc`` to its tokens; leave others without."""
    tags = [0] * len(doc)
    text = doc.text
    spans = doc.to_array([IDX, LENGTH]).tolist()
    words = tuple(text[start : start + length] for start, length in spans)
    line = _Line(words, tuple(start for start, _ in spans), text)
    position = 0
    while position < len(words):
        length, kind = _read_at(line, position, knowledge)
        if length:
            tags[position] = doc.vocab.strings.add(f"B-{kind}")
        if length > 1:
            inner = doc.vocab.strings.add(f"I-{kind}")
            tags[position + 1 : position + length] = [inner] * (length - 1)
        position += max(length, 1)
    doc.from_array(["TAG"], np.array(tags, dtype="uint64").reshape(-1, 1))


class _Line(NamedTuple):
    """Words, where they start, and the text they stand in, read off a ``Doc`` once."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    text: str

    def slice(self, first: int, last: int) -> str:
        return self.text[self.starts[first] : self.starts[last - 1] + len(self.words[last - 1])]


def _read_at(line: _Line, first: int, knowledge: Knowledge) -> tuple[int, str]:
    """Return the length in tokens of the longest known name at ``first``, and its kind."""
    words = line.words
    if not _may_open(words[first], knowledge):
        return 0, ""
    end = _find_reach(words, first, knowledge)
    for last in range(end, first, -1):
        if _is_capital(words[last - 1]) or last == first + 1:
            kind = knowledge.kind_of_name(line.slice(first, last))
            if kind:
                return last - first, kind
    return 0, ""


def _may_open(word: str, knowledge: Knowledge) -> bool:
    return _is_capital(word) or word.partition("-")[0].lower() in knowledge.lexicon.particles


def _is_capital(word: str) -> bool:
    """Tell a word with a capital at its start or after a hyphen: "Homs", "al-Bab"."""
    return word[:1].isupper() or (
        "-" in word and any(part[:1].isupper() for part in word.split("-")[1:])
    )


def _find_reach(words: tuple[str, ...], first: int, knowledge: Knowledge) -> int:
    end = first + 1
    limit = min(len(words), first + _LONGEST[knowledge.lang])
    while end < limit and _may_go_on(words[end], knowledge):
        end += 1
    return end


def _may_go_on(word: str, knowledge: Knowledge) -> bool:
    return _is_capital(word) or word in _INNER or word.lower() in knowledge.lexicon.particles
