"""Patterns with stems, one of which stands in every text that they match.

To look for a few stems takes a small part of the time that such a search does, and most texts have
none.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Stemmed(NamedTuple):
    """A pattern and its stems, which are casefolded if the pattern ignores case."""

    pattern: re.Pattern[str]
    stems: tuple[str, ...]
    ignores_case: bool

    def may_match(self, text: str) -> bool:
        """Tell whether one of the stems stands in a text.

        Turkish "ı" and "İ", which a pattern that ignores case takes for "i", are none here.
        """
        text = text.casefold() if self.ignores_case else text
        return any(map(text.__contains__, self.stems))

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match in a text."""
        return self.pattern.search(text) if self.may_match(text) else None


def stemmed(source: str, stems: str, flags: int = 0) -> Stemmed:
    """Make such a pattern; the stems stand in one string, with bars between."""
    return Stemmed(re.compile(source, flags), tuple(stems.split("|")), bool(flags & re.I))
