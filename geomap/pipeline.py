"""The pipeline: recognise, resolve, find events, for one article or a stream of them.

::

    Article → Recogniser → Recognition → Resolver → Resolutions → events → GeoparsedArticle
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import groupby, islice
from typing import TYPE_CHECKING

from geomap import __version__
from geomap.errors import GeomapError
from geomap.events import EventExtractor, read_own_actors, read_own_triggers
from geomap.gazetteer.names import same_name
from geomap.gazetteer.overlay import layer_path
from geomap.gazetteer.overlay.found import FoundPlaces
from geomap.gazetteer.store import open_gazetteer
from geomap.models import (
    Article,
    Candidate,
    GeoparsedArticle,
    Lang,
    MadeBy,
    PlaceIndex,
    Recogniser,
    Recognition,
    Toponym,
)
from geomap.recognition import BATCH_TEXTS, load_recogniser
from geomap.resolution import Resolver, place_sites
from geomap.settings import Settings

if TYPE_CHECKING:
    from geomap.resolution.geocoding.asking import PoliteGeocoder
    from geomap.resolution.geocoding.fallback import Fallback

ErrorHandler = Callable[[GeomapError], None]


class Geoparser:
    """Parses articles with the model and gazetteer that ``settings`` name.

    Both are opened once, on first use. Raises ModelError and GazetteerError when they cannot be;
    at once InputError when a table of one's own is not as it must be, and GeocodingError when the
    geocoding service is not set up as it must be.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        index: PlaceIndex | None = None,
        recognisers: dict[Lang, Recogniser] | None = None,
    ) -> None:
        self.settings = settings or Settings()
        self._given_index = index
        self._recognisers: dict[Lang, Recogniser] = dict(recognisers or {})
        self._geocoder = _make_geocoder(self.settings)
        read_own_actors(self.settings.actors)
        read_own_triggers(self.settings.triggers)

    @cached_property
    def index(self) -> PlaceIndex:
        """The gazetteer."""
        return self._given_index or open_gazetteer(self.settings.gazetteer, self.settings.worldview)

    @cached_property
    def _resolver(self) -> Resolver:
        return Resolver(self.index, min_confidence=self.settings.min_confidence)

    @cached_property
    def _fallback(self) -> Fallback | None:
        from geomap.resolution.geocoding.fallback import Fallback

        if self._geocoder is None:
            return None
        return Fallback(
            self._geocoder,
            same_name=same_name,
            country_at=self.index.country_at,
            ask_all=self.settings.geocode_all,
            keep=FoundPlaces(layer_path()).keep if self.settings.save_geocoded else None,
        )

    @cached_property
    def _extractor(self) -> EventExtractor:
        return EventExtractor(
            self.index, actors=self.settings.actors, triggers=self.settings.triggers
        )

    def parse(self, article: Article) -> GeoparsedArticle:
        """Return everything found in ``article``."""
        return self._finish(article, self._recogniser(article.lang).recognise(article.text))

    def _finish(self, article: Article, recognition: Recognition) -> GeoparsedArticle:
        """Return everything found in ``article``, whose names have been read."""
        if article.given_spans is not None:
            recognition = with_given_spans(article, recognition)
        if self.settings.demonyms:
            recognition = _with_demonyms(recognition)
        resolutions = self._resolver.resolve(article, recognition)
        if self._fallback:
            resolutions = self._fallback.complete(resolutions, article.lang)
        resolutions = place_sites(resolutions, article.lang)
        findings = self._extractor.extract(article, recognition, resolutions)
        return GeoparsedArticle(
            article=article,
            resolutions=resolutions,
            roles=findings.roles,
            events=findings.events,
            made_by=MadeBy(__version__, self._recogniser(article.lang).name, self.index.version),
            focus_country=findings.focus_country,
            diagnostics=findings.diagnostics,
        )

    def candidates(self, article: Article) -> list[tuple[Toponym, tuple[Candidate, ...]]]:
        """Return what the gazetteer offers for each given span of ``article``, before ranking."""
        spans = article.given_spans or ()
        toponyms = [Toponym(article.text[start:end], start, end) for start, end in spans]
        return [(t, self._resolver.candidates(t, article.lang)) for t in toponyms]

    def parse_many(
        self, articles: Iterable[Article], on_error: ErrorHandler
    ) -> Iterator[GeoparsedArticle]:
        """Yield the parsed articles in order; one that fails goes to ``on_error``.

        The tagger reads up to ``BATCH_TEXTS`` articles of one language at a time.
        """
        waiting = iter(articles)
        while batch := list(islice(waiting, BATCH_TEXTS)):
            for lang, group in groupby(batch, key=lambda article: article.lang):
                yield from self._parse_batch(lang, list(group), on_error)

    def _parse_batch(
        self, lang: Lang, articles: list[Article], on_error: ErrorHandler
    ) -> Iterator[GeoparsedArticle]:
        try:
            recogniser = self._recogniser(lang)
        except GeomapError as error:
            for _ in articles:
                on_error(error)
            return
        recognitions = recogniser.recognise_many([article.text for article in articles])
        for article in articles:
            try:
                yield self._finish(article, next(recognitions))
            except GeomapError as error:
                on_error(error)

    def _recogniser(self, lang: Lang) -> Recogniser:
        if lang not in self._recognisers:
            self._recognisers[lang] = load_recogniser(lang, self.settings.model, self.index)
        return self._recognisers[lang]


def with_given_spans(article: Article, recognition: Recognition) -> Recognition:
    """Return what was recognised, with the spans that came with the article as its toponyms."""
    spans = article.given_spans or ()
    toponyms = tuple(
        Toponym(article.text[start:end], start, end, found_by="given") for start, end in spans
    )
    return replace(recognition, toponyms=toponyms)


def _with_demonyms(recognition: Recognition) -> Recognition:
    demonyms = (name for name in recognition.other_names if name.label == "DEMONYM")
    merged = sorted((*recognition.toponyms, *demonyms), key=lambda t: t.start)
    return replace(recognition, toponyms=tuple(merged))


def _make_geocoder(settings: Settings) -> PoliteGeocoder | None:
    if settings.geocoder is None:
        return None
    from geomap.resolution.geocoding.asking import PoliteGeocoder
    from geomap.resolution.geocoding.cache import AnswerCache, cache_path
    from geomap.resolution.geocoding.providers import Connection, Service

    connection = Connection(
        settings.geocoder,
        program=f"geomap/{__version__}",
        contact=settings.geocoder_contact,
        url=settings.geocoder_url,
        arguments=dict(settings.geocoder_arguments),
    )
    cache = AnswerCache(cache_path())
    return PoliteGeocoder(Service(connection), cache, max_age_days=settings.geocode_max_age)
