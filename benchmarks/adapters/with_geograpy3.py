"""Drives geograpy3, as far as it goes: names of places, without offsets."""

from __future__ import annotations

from collections.abc import Iterator

from protocol import Article, Finder, Toponyms, serve
from with_geotext import occurrences


def load(_variant: str) -> Finder:
    """Return a finder."""
    import geograpy

    def find(articles: list[Article]) -> Iterator[Toponyms]:
        for article in articles:
            context = geograpy.get_geoPlace_context(text=article["text"])
            yield occurrences(article["text"], set(context.places))

    return find


if __name__ == "__main__":
    serve("geograpy", load)
