"""Drives geomap: the whole pipeline, recognition alone, or resolution alone with spans given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from protocol import Article, Finder, Toponyms, serve


def load(variant: str) -> Finder:
    """Return the finder of a variant: ``recognition``, ``resolution`` or, without, all of it."""
    loaders = {"recognition": load_recognition, "resolution": GivenSpans, "": load_pipeline}
    return loaders[variant]()


def load_pipeline() -> Finder:
    """Return the pipeline: spans, places, roles and events."""
    from geomap import Article as Input
    from geomap import Geoparser

    geoparser = Geoparser()

    def fail(error: Exception) -> None:
        raise error

    def find(articles: list[Article]) -> Iterator[Toponyms]:
        inputs = (Input(id=a["id"], lang=a["lang"], text=a["text"]) for a in articles)
        for parsed in geoparser.parse_many(inputs, fail):
            yield [toponym(resolution) for resolution in parsed.resolutions]

    return find


def load_recognition() -> Finder:
    """Return the recognisers with the gazetteer's hints."""
    from geomap.gazetteer import open_gazetteer
    from geomap.recognition import load_recogniser

    places = open_gazetteer()
    recognisers = {lang: load_recogniser(lang, None, places) for lang in ("de", "en")}

    def find(articles: list[Article]) -> Iterator[Toponyms]:
        found: dict[str, Toponyms] = {}
        for lang, recogniser in recognisers.items():
            chosen = [article for article in articles if article["lang"] == lang]
            texts = [article["text"] for article in chosen]
            for article, recognition in zip(chosen, recogniser.recognise_many(texts), strict=True):
                spans = [{"start": t.start, "end": t.end} for t in recognition.toponyms]
                found[article["id"]] = spans
        return (found[article["id"]] for article in articles)

    return find


class GivenSpans:
    """Resolves given spans; what it needs to know of a text is read ahead."""

    def __init__(self) -> None:
        from geomap.gazetteer import open_gazetteer
        from geomap.recognition import load_recogniser
        from geomap.resolution import Resolver
        from geomap.settings import Settings

        places = open_gazetteer()
        self._resolver = Resolver(places, min_confidence=Settings().min_confidence)
        self._recognisers = {lang: load_recogniser(lang, None, places) for lang in ("de", "en")}
        self._known: dict[str, Any] = {}

    def read_ahead(self, articles: list[Article]) -> None:
        """Read sentences and other names of the texts, and take the spans that are given."""
        from geomap.models import Toponym

        for article in articles:
            text, spans = article["text"], article["given_spans"]
            recognition = self._recognisers[article["lang"]].recognise(text)
            given = tuple(Toponym(text[s:e], s, e, found_by="given") for s, e in spans)
            self._known[article["id"]] = replace(recognition, toponyms=given)

    def __call__(self, articles: list[Article]) -> Iterator[Toponyms]:
        """Yield the places of each article."""
        from geomap import Article as Input
        from geomap.resolution import place_sites

        for article in articles:
            if article["id"] not in self._known:
                self.read_ahead([article])
            known, lang = self._known[article["id"]], article["lang"]
            bare = Input(id=article["id"], lang=lang, text=article["text"])
            resolutions = place_sites(self._resolver.resolve(bare, known), lang)
            yield [toponym(resolution) for resolution in resolutions]


def toponym(resolution: object) -> dict[str, float | None]:
    """Return the span and the point of a resolved toponym."""
    span, place = resolution.toponym, resolution.place
    point = {"lat": place.lat, "lon": place.lon} if place else {}
    return {"start": span.start, "end": span.end, **point}


if __name__ == "__main__":
    serve("geomap", load)
