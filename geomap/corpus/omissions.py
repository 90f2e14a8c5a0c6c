"""Names that an annotator may have overlooked: marked in one place of a text, not in another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geomap.corpus.markup import MarkedText

_SHORTEST = 4


def find_omissions(text: MarkedText) -> Iterator[str]:
    """Yield words that bear a mark elsewhere in the text and stand without one here."""
    covered = [(name.start, name.end) for name in text.names]
    marked = {name.text for name in text.names if len(name.text) >= _SHORTEST}
    for word in sorted(marked):
        for match in re.finditer(rf"(?<![\w-]){re.escape(word)}(?!\w)", text.text):
            if not any(start < match.end() and match.start() < end for start, end in covered):
                around = text.text[max(0, match.start() - 20) : match.end() + 20]
                yield f"{word}: marked elsewhere, not in {around!r}"
