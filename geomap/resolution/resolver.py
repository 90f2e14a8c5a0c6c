"""Decides for all toponyms of an article together which place each of them means."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import lru_cache

from geomap.coordinates import parse_coordinates
from geomap.models import (
    Article,
    Candidate,
    Lang,
    Place,
    PlaceIndex,
    Recognition,
    Resolution,
    Toponym,
)
from geomap.resolution.context import find_demonyms
from geomap.resolution.evidence import lay_out
from geomap.resolution.precision import uncertainty_km, where_precision
from geomap.resolution.ranking import RankingModel, load_ranking, rank
from geomap.resolution.reasons import (
    explain_choice,
    explain_coordinates,
    explain_demonym,
    explain_unknown,
    explain_unsure,
)
from geomap.resolution.slates import Slates
from geomap.resolution.windows import cut_windows

_MAX_ALTERNATIVES = 5
_CACHED_WORDS = 50_000
_DEMONYM_SCORE = 0.9
_NO_DEMONYM = 0.65
_COORDINATES_KM = 0.5
_NEAR_KM = 10.0


class Resolver:
    """Resolves toponyms against ``index``; ``model`` takes the place of the one that ships."""

    def __init__(
        self, index: PlaceIndex, *, min_confidence: float, model: RankingModel | None = None
    ) -> None:
        self._index = index
        self._model = model or load_ranking()
        self._slates = Slates(index)
        self._demonym = lru_cache(maxsize=_CACHED_WORDS)(index.demonym)
        self._min_confidence = min_confidence

    def resolve(self, article: Article, recognition: Recognition) -> tuple[Resolution, ...]:
        """Return one resolution per toponym, in order."""
        clashing: set[int] = set()
        ranked = self._rank(article, recognition, clashing)
        return tuple(
            self._decide(
                toponym, ranked.get(position, []), article.lang, clashes=position in clashing
            )
            for position, toponym in enumerate(recognition.toponyms)
        )

    def _rank(
        self, article: Article, recognition: Recognition, clashing: set[int]
    ) -> dict[int, list[Candidate]]:
        """Return the ranked candidates of the toponyms that have any, by their position.

        Adds to ``clashing`` those that a person or an organisation is called as well.
        """
        found = find_demonyms(recognition.sentences, self._demonym)
        demonyms = [(offset, self._slates.number(code)) for offset, code in found]
        ranked: dict[int, list[Candidate]] = {}
        earlier: dict[str, int] = {}
        headed: Counter[int] = Counter()
        for window in cut_windows(
            article, recognition.toponyms, demonyms, self._slates, recognition.other_names
        ):
            if not window.senses:
                continue
            rankings = rank(lay_out(window, earlier, headed), self._model)
            for sense, ranking in zip(window.senses, rankings, strict=True):
                ranked.update(dict.fromkeys(sense.toponyms, ranking))
                clashing.update(sense.toponyms if sense.clashes else ())
                earlier[sense.key.base] = ranking[0].place.id
                if sense.heads and ranking[0].place.country:
                    headed[self._slates.number(ranking[0].place.country)] += 1
        return ranked

    def candidates(self, toponym: Toponym, lang: Lang) -> tuple[Candidate, ...]:
        """Return the gazetteer's candidates for a toponym as it stands, most prominent first."""
        if toponym.label in ("COORD", "DEMONYM"):
            return ()
        return self._slates.candidates(toponym.text, lang, given=toponym.found_by == "given")

    def _decide(
        self, toponym: Toponym, ranked: list[Candidate], lang: Lang, *, clashes: bool
    ) -> Resolution:
        if toponym.label == "COORD":
            return self._place_coordinates(toponym, lang)
        if toponym.label == "DEMONYM" or self._is_demonym(toponym, ranked):
            return self._place_demonym(toponym, lang)
        if not ranked:
            return Resolution(toponym, None, 0.0, "none", explain_unknown(lang))
        best = ranked[0]
        if best.score < self._min_confidence:
            alternatives = tuple(ranked[:_MAX_ALTERNATIVES])
            reason = explain_unsure(ranked, lang, clashes=clashes)
            return Resolution(toponym, None, best.score, "gazetteer", reason, alternatives)
        resolved = _resolved(
            toponym,
            best.place,
            best.score,
            f"gazetteer-{best.match_kind}",
            explain_choice(ranked, lang),
            tuple(ranked[1 : _MAX_ALTERNATIVES + 1]),
            near=best.match_kind == "part",
        )
        return replace(resolved, features=best.features)

    def _is_demonym(self, toponym: Toponym, ranked: list[Candidate]) -> bool:
        """Tell whether a given name is an adjective or a people's name rather than a place's."""
        if toponym.found_by != "given" or self._demonym(toponym.text) is None:
            return False
        if not ranked or ranked[0].match_kind != "exact":
            return True
        # "English, Indiana" and "Canadian, Texas" are towns, but hardly ever meant.
        return ranked[0].place.importance < _NO_DEMONYM or ranked[0].score < _DEMONYM_SCORE

    def _place_demonym(self, toponym: Toponym, lang: Lang) -> Resolution:
        code = self._index.demonym(toponym.text)
        country = self._index.country(code) if code else None
        if country is None:
            return Resolution(toponym, None, 0.0, "demonym", explain_unknown(lang))
        return _resolved(toponym, country, 0.9, "demonym", explain_demonym(lang), ())

    def _place_coordinates(self, toponym: Toponym, lang: Lang) -> Resolution:
        point = parse_coordinates(toponym.text)
        if point is None:
            return Resolution(toponym, None, 0.0, "coordinates", explain_unknown(lang))
        place = Place(
            id=-1,
            name=toponym.text,
            lat=point.lat,
            lon=point.lon,
            feature_class="S",
            feature_code="",
            country=self._index.country_at(point.lat, point.lon),
            radius_km=_COORDINATES_KM,
            source="text",
        )
        return _resolved(toponym, place, 0.99, "coordinates", explain_coordinates(lang), ())


def _resolved(
    toponym: Toponym,
    place: Place,
    confidence: float,
    method: str,
    reason: str,
    alternatives: tuple[Candidate, ...],
    *,
    near: bool = False,
) -> Resolution:
    """Return a resolution; ``near`` says that the place is only the one it lies in or near."""
    prec, radius = where_precision(place), uncertainty_km(place)
    return Resolution(
        toponym=toponym,
        place=place,
        confidence=confidence,
        method=method,
        reason=reason,
        alternatives=alternatives,
        where_prec=max(prec, 2) if near else prec,
        uncertainty_km=max(radius, _NEAR_KM) if near else radius,
    )
