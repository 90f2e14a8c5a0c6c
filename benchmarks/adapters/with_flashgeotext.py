"""Drives flashgeotext with the names it brings: cities and countries with offsets."""

from __future__ import annotations

from collections.abc import Iterator

from protocol import Article, Finder, Toponyms, serve


def load(_variant: str) -> Finder:
    """Return a finder."""
    from flashgeotext.geotext import GeoText

    geotext = GeoText()

    def find(articles: list[Article]) -> Iterator[Toponyms]:
        for article in articles:
            groups = geotext.extract(article["text"], span_info=True).values()
            spans = {
                span for group in groups for name in group.values() for span in name["span_info"]
            }
            yield [{"start": start, "end": end} for start, end in sorted(spans)]

    return find


if __name__ == "__main__":
    serve("flashgeotext.geotext", load)
