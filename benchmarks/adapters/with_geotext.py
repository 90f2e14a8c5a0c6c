"""Drives geotext: names of cities and countries, without offsets.

Every whole-word occurrence of a name counts. Nationalities are left out: they are no places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from protocol import Article, Finder, Toponyms, serve


def load(_variant: str) -> Finder:
    """Return a finder."""
    from geotext import GeoText

    def find(articles: list[Article]) -> Iterator[Toponyms]:
        for article in articles:
            places = GeoText(article["text"])
            yield occurrences(article["text"], {*places.cities, *places.countries})

    return find


def occurrences(text: str, names: set[str]) -> Toponyms:
    """Return where the names stand, longer names first where they overlap."""
    if not names:
        return []
    longest_first = sorted(names, key=len, reverse=True)
    pattern = rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b"
    return [{"start": m.start(), "end": m.end()} for m in re.finditer(pattern, text)]


if __name__ == "__main__":
    serve("geotext", load)
