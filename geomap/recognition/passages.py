"""Passages: stretches of a text that are read at a time, each with its tokens.

A line break ends a passage (headlines have no full stop), unless the text is hard-wrapped; an
over-long passage is cut at a space, so that texts of any length can be read.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from geomap.models import Token

MAX_PASSAGE = 20_000
"""Longest passage in characters; memory of the tagger grows with it."""

_BLANK_LINES = re.compile(r"[^\S\n]*\n(?:[^\S\n]*\n)+")
# Tickers set their items apart by "+++".
_LINE = re.compile(r"(?:(?!\+\+\+)[^\n])+")
_WRAPPED_WIDTHS = range(50, 101)


@dataclass(frozen=True)
class Passage:
    """Tokens of one passage; all offsets count in ``text``, the whole article."""

    text: str
    tokens: tuple[Token, ...]

    @cached_property
    def starts(self) -> list[int]:
        """Start offsets of the tokens."""
        return [token.start for token in self.tokens]

    def index(self, offset: int) -> int:
        """Return the index of the token at ``offset``, or of the first one after it."""
        index = bisect_left(self.starts, offset + 1) - 1
        if index >= 0 and offset < self.tokens[index].end:
            return index
        return index + 1

    def window(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open range of token indexes that ``start`` to ``end`` covers."""
        return self.index(start), self.index(end - 1) + 1

    @cached_property
    def words(self) -> list[str]:
        """Texts of the tokens."""
        return [token.text for token in self.tokens]

    def word(self, index: int) -> str:
        """Return the token's text, "" where there is no such token."""
        return self.words[index] if 0 <= index < len(self.tokens) else ""

    def slice(self, first: int, last: int) -> str:
        """Return the text of tokens ``first`` to ``last`` (exclusive)."""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end]


def split_passages(text: str) -> Iterator[tuple[int, int]]:
    """Yield the half-open offsets of the passages of ``text``, in order, none of them blank."""
    position = 0
    for gap in [*_BLANK_LINES.finditer(text), None]:
        end = gap.start() if gap else len(text)
        for start, stop in _split_lines(text, position, end):
            yield from _cut(text, start, stop)
        position = gap.end() if gap else end


def _split_lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    lines = []
    for match in _LINE.finditer(text, start, end):
        if not match.group().isspace():
            lines.append(match.span())
    if not lines:
        return
    wrapped = _is_wrapped(lines)
    first, last = lines[0]
    for line_start, line_end in lines[1:]:
        if wrapped or _continues(text[first:last], text[line_start:line_end]):
            last = line_end
        else:
            yield first, last
            first, last = line_start, line_end
    yield first, last


def _is_wrapped(lines: list[tuple[int, int]]) -> bool:
    """Tell whether a paragraph was broken to a fixed width: no line but the last is short."""
    lengths = [end - start for start, end in lines[:-1]]
    return (
        len(lengths) >= 2
        and max(lengths) < _WRAPPED_WIDTHS.stop
        and median(lengths) >= _WRAPPED_WIDTHS.start
        and min(lengths) > 0.7 * max(lengths)
    )


def _continues(line: str, following: str) -> bool:
    return following.lstrip()[:1].islower() and line.rstrip()[-1:] not in ".!?:"


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > MAX_PASSAGE:
        limit = start + MAX_PASSAGE
        stop = text.rfind(". ", start, limit) + 1 or text.rfind(" ", start, limit)
        stop = stop if stop > start else limit
        yield start, stop
        start = stop
    if text[start:end].strip():
        yield start, end
