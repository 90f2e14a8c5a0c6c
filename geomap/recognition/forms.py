"""The form under which the tagger looks a word up in its table of vectors.

German compounds without end: no table holds "Geldkurieren", and an unknown word with a capital
looks like a name. Such a word is looked up by its longest known ending ("kurieren", as the noun
that its capital makes it). The form travels in the token's ``lemma``; pipelines whose vectors are
keyed by it were trained so, all others are left alone.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from spacy.attrs import LEMMA, ORTH
from spacy.strings import get_string_id

_SHORTEST = 4
_MOST_FORMS = 200_000


class Forms:
    """Finds the forms of a vocabulary's words; remembers a bounded number of them."""

    def __init__(self, vocab: Any) -> None:
        self._vectors = vocab.vectors
        self._strings = vocab.strings
        self.used = bool(len(self._vectors)) and self._vectors.attr == LEMMA
        self._compounding = vocab.lang == "de"
        self._found: dict[int, int] = {}

    def add(self, doc: Any) -> None:
        """Write the forms of a ``Doc``'s words to its tokens, where the pipeline uses them."""
        if self.used:
            keys = doc.to_array([ORTH]).tolist()
            known = self._found
            for index, key in enumerate(keys):
                keys[index] = known[key] if key in known else self._form(key, doc[index].text)
            doc.from_array([LEMMA], np.array(keys, dtype="uint64").reshape(-1, 1))

    def _form(self, key: int, word: str) -> int:
        if len(self._found) > _MOST_FORMS:
            self._found.clear()
        known = key in self._vectors or not self._compounding
        self._found[key] = form = key if known else self._ending(key, word)
        return form

    def _ending(self, key: int, word: str) -> int:
        """Return the key of the longest known ending, that of the word itself if there is none."""
        for first in range(1, len(word) - _SHORTEST + 1):
            ending = word[first:]
            if not ending[0].isalpha():
                continue
            for form in (ending.capitalize(), ending) if word[0].isupper() else (ending,):
                if get_string_id(form) in self._vectors:
                    return int(self._strings.add(form))
        return key
