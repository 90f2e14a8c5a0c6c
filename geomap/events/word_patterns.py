"""Patterns that begin with a word, tried only at the words that they can begin with.

Of dozens of long alternations hardly one can begin with a given word; to try them all at every word
is what a search costs. The library ``regex`` tells which can: one that a word matches in part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Generic, TypeAlias, TypeVar

import regex

T = TypeVar("T")
Numbered: TypeAlias = tuple[int, T, re.Pattern[str]]

# What follows a word rules out as much as the word: not every "in" is followed by a space.
_WORD = re.compile(r"\w+[\s!-/:-@\[-`{-~]?")
# The libraries differ over a few signs: to one "²" belongs to a word, to the other it ends it.
_READ_ALIKE = regex.compile(_WORD.pattern)
# Beginnings of words rule out most patterns for many words at once; how many of both are remembered.
_HEAD_LETTERS = 3
_HEADS, _WORDS = 1 << 12, 1 << 14


class WordPatterns(Generic[T]):
    """Labelled patterns, each of which matches only from the beginning of a word on."""

    def __init__(self, labelled: Iterable[tuple[T, str]]) -> None:
        self._patterns = tuple(
            (number, label, re.compile(source)) for number, (label, source) in enumerate(labelled)
        )
        self._partial = tuple(regex.compile(pattern.pattern) for *_, pattern in self._patterns)
        self._by_head = lru_cache(maxsize=_HEADS)(self._with_head)
        self._by_word = lru_cache(maxsize=_WORDS)(self._with_word)

    def finditer(self, text: str) -> Iterator[tuple[T, re.Match[str]]]:
        """Yield (label, match) in text order: what the patterns' own ``finditer`` find."""
        ends = [0] * len(self._patterns)
        for word in _WORD.finditer(text):
            for number, label, pattern in self._by_word(word[0]):
                if word.start() >= ends[number]:
                    match = pattern.match(text, word.start())
                    if match is not None:
                        ends[number] = match.end()
                        yield label, match

    def _with_word(self, word: str) -> tuple[Numbered[T], ...]:
        return self._matched_in_part(word, self._by_head(word[:_HEAD_LETTERS]))

    def _with_head(self, letters: str) -> tuple[Numbered[T], ...]:
        return self._matched_in_part(letters, self._patterns)

    def _matched_in_part(
        self, letters: str, among: tuple[Numbered[T], ...]
    ) -> tuple[Numbered[T], ...]:
        """Return the patterns that may match where these letters begin a word."""
        if not _READ_ALIKE.fullmatch(letters):
            return among
        return tuple(
            pattern for pattern in among if self._partial[pattern[0]].match(letters, partial=True)
        )
