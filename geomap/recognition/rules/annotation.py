"""The names of a passage while rules work on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from geomap.models import FoundBy, Toponym
from geomap.recognition.knowledge import Knowledge
from geomap.recognition.passages import Passage

RULE_SCORE = 0.7
"""Score of a name that a rule found, where the tagger saw none."""


class Annotation:
    """A passage, its names (never overlapping, at most one a token) and what is known."""

    def __init__(self, passage: Passage, names: Iterable[Toponym], knowledge: Knowledge) -> None:
        self.passage = passage
        self.knowledge = knowledge
        self.lexicon = knowledge.lexicon
        self._owners: list[Toponym | None] = [None] * len(passage.tokens)
        for name in names:
            self.add(name)

    @property
    def names(self) -> list[Toponym]:
        """The names in text order."""
        return list(self)

    def __iter__(self) -> Iterator[Toponym]:
        last = None
        for owner in list(self._owners):
            if owner is not None and owner is not last:
                yield owner
            last = owner

    def places(self) -> list[Toponym]:
        """Return the names that are toponyms, in text order."""
        return [name for name in self if name.label == "LOC"]

    def owner(self, index: int) -> Toponym | None:
        """Return the name that the token at ``index`` belongs to."""
        return self._owners[index] if 0 <= index < len(self._owners) else None

    def label(self, index: int) -> str:
        """Return the label of the token at ``index``, "" where it has none."""
        owner = self.owner(index)
        return owner.label if owner else ""

    def range(self, name: Toponym) -> tuple[int, int]:
        """Return the token indexes of a name, half-open."""
        return self.passage.window(name.start, name.end)

    def is_free(self, first: int, last: int) -> bool:
        """Tell whether none of the tokens belongs to a name."""
        return all(owner is None for owner in self._owners[first:last])

    def add(self, name: Toponym) -> None:
        """Add a name in place of those that share a token with it."""
        first, last = self.range(name)
        for index in range(first, last):
            if (owner := self._owners[index]) is not None:
                self.remove(owner)
        self._owners[first:last] = [name] * (last - first)

    def mark(
        self,
        first: int,
        last: int,
        label: str,
        score: float = RULE_SCORE,
        found_by: FoundBy = "context",
    ) -> None:
        """Add a name over the tokens ``first`` to ``last`` (exclusive)."""
        tokens = self.passage.tokens
        self.add_span(tokens[first].start, tokens[last - 1].end, label, score, found_by)

    def add_span(
        self,
        start: int,
        end: int,
        label: str,
        score: float = RULE_SCORE,
        found_by: FoundBy = "context",
    ) -> None:
        """Add a name at offsets of the text, which may lie inside a token."""
        self.add(Toponym(self.passage.text[start:end], start, end, label, score, found_by))

    def relabel(self, name: Toponym, label: str, found_by: FoundBy = "context") -> None:
        """Give a name another label."""
        self.add(replace(name, label=label, found_by=found_by))

    def remove(self, name: Toponym) -> None:
        """Take a name out."""
        first, last = self.range(name)
        for index in range(first, last):
            if self._owners[index] is name:
                self._owners[index] = None
