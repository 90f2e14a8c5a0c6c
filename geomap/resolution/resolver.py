"""Decides for all toponyms of an article together which place each of them means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

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
from geomap.resolution.context import Company, count_demonyms, feature_hint, linked_container
from geomap.resolution.precision import uncertainty_km, where_precision
from geomap.resolution.queries import name_forms
from geomap.resolution.ranking import Context, judge, rank
from geomap.resolution.reasons import (
    explain_choice,
    explain_coordinates,
    explain_demonym,
    explain_unknown,
    explain_unsure,
)

_ROUNDS = 3
_MAX_ALTERNATIVES = 5
_MAX_COMPANY = 60
_COORDINATES_KM = 0.5

# A name means one place throughout an article, unless the words beside it ask for another kind.
SenseKey = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class _Sense:
    toponym: Toponym
    candidates: tuple[Candidate, ...]
    hint: str | None
    container: SenseKey | None
    mentions: int


class Resolver:
    """Resolves toponyms against ``index``."""

    def __init__(self, index: PlaceIndex, *, min_confidence: float) -> None:
        self._index = index
        self._min_confidence = min_confidence

    def resolve(self, article: Article, recognition: Recognition) -> tuple[Resolution, ...]:
        """Return one resolution per toponym, in order."""
        keys = [_sense_key(article, toponym) for toponym in recognition.toponyms]
        senses = self._collect_senses(article, recognition, keys)
        demonyms = count_demonyms(recognition.sentences, self._index)
        rankings = _rank_together(senses, demonyms, article.lang)
        return tuple(
            self._decide(toponym, rankings.get(key, []), article.lang)
            for toponym, key in zip(recognition.toponyms, keys, strict=True)
        )

    def _collect_senses(
        self, article: Article, recognition: Recognition, keys: Sequence[SenseKey]
    ) -> dict[SenseKey, _Sense]:
        senses: dict[SenseKey, _Sense] = {}
        by_toponym = dict(zip(recognition.toponyms, keys, strict=True))
        counts = Counter(keys)
        for position, (toponym, key) in enumerate(by_toponym.items()):
            following = recognition.toponyms[position + 1 : position + 3]
            container = linked_container(article.text, toponym, following)
            linked = by_toponym[container] if container else None
            if key not in senses:
                candidates = self.candidates(toponym, article.lang)
                senses[key] = _Sense(toponym, candidates, key[1], linked, counts[key])
            elif linked and senses[key].container is None:
                senses[key] = replace(senses[key], container=linked)
        return senses

    def candidates(self, toponym: Toponym, lang: Lang) -> tuple[Candidate, ...]:
        """Return the gazetteer's candidates for a toponym as it stands, most prominent first."""
        if toponym.label in ("COORD", "DEMONYM"):
            return ()
        fallback: tuple[Candidate, ...] = ()
        for form in name_forms(toponym.text, lang):
            found = tuple(self._index.lookup(form, lang))
            if found and found[0].match_kind != "fold":
                return found
            fallback = fallback or found
        return fallback

    def _decide(self, toponym: Toponym, ranked: list[Candidate], lang: Lang) -> Resolution:
        if toponym.label == "COORD":
            return self._place_coordinates(toponym, lang)
        if toponym.label == "DEMONYM":
            return self._place_demonym(toponym, lang)
        if not ranked:
            return Resolution(toponym, None, 0.0, "none", explain_unknown(lang))
        best = ranked[0]
        if best.score < self._min_confidence:
            alternatives = tuple(ranked[:_MAX_ALTERNATIVES])
            reason = explain_unsure(len(ranked), lang)
            return Resolution(toponym, None, best.score, "gazetteer", reason, alternatives)
        return _resolved(
            toponym,
            best.place,
            best.score,
            f"gazetteer-{best.match_kind}",
            explain_choice(ranked, lang),
            tuple(ranked[1 : _MAX_ALTERNATIVES + 1]),
        )

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


def _sense_key(article: Article, toponym: Toponym) -> SenseKey:
    base = name_forms(toponym.text, article.lang)[-1].casefold()
    return base, feature_hint(article.text, toponym, article.lang)


def _resolved(
    toponym: Toponym,
    place: Place,
    confidence: float,
    method: str,
    reason: str,
    alternatives: tuple[Candidate, ...],
) -> Resolution:
    return Resolution(
        toponym=toponym,
        place=place,
        confidence=confidence,
        method=method,
        reason=reason,
        alternatives=alternatives,
        where_prec=where_precision(place),
        uncertainty_km=uncertainty_km(place),
    )


def _rank_together(
    senses: Mapping[SenseKey, _Sense], demonyms: Counter[str], lang: Lang
) -> dict[SenseKey, list[Candidate]]:
    """Rank each name's candidates by the others' current best, some rounds over; judge them."""
    alone = Company(Counter(), (), demonyms)
    rankings = {
        key: rank(sense.candidates, Context(lang, sense.hint, alone, None))
        for key, sense in senses.items()
    }
    company = _choose_company(senses)
    contexts: dict[SenseKey, Context] = {}
    for _ in range(_ROUNDS):
        contexts = {
            key: _context(key, sense, senses, rankings, company, demonyms, lang)
            for key, sense in senses.items()
        }
        rankings = {key: rank(senses[key].candidates, contexts[key]) for key in senses}
    return {key: judge(ranked, contexts[key].company) for key, ranked in rankings.items()}


def _choose_company(senses: Mapping[SenseKey, _Sense]) -> list[SenseKey]:
    """Return the names that testify for the others, the most mentioned: cost stays bounded."""
    by_weight = sorted(senses, key=lambda k: (-senses[k].mentions, senses[k].toponym.start))
    return by_weight[:_MAX_COMPANY]


def _context(
    key: SenseKey,
    sense: _Sense,
    senses: Mapping[SenseKey, _Sense],
    rankings: Mapping[SenseKey, list[Candidate]],
    company: Sequence[SenseKey],
    demonyms: Counter[str],
    lang: Lang,
) -> Context:
    others = {k: rankings[k] for k in company if rankings[k] and k[0] != key[0]}
    others_say = Company(
        countries=_count_countries(others, senses),
        places=tuple(ranked[0].place for ranked in others.values() if _is_point(ranked[0].place)),
        demonyms=demonyms,
    )
    container = rankings.get(sense.container) if sense.container else None
    return Context(lang, sense.hint, others_say, container[0].place if container else None)


def _is_point(place: Place) -> bool:
    return place.kind in ("city", "landmark", "admin1", "admin2")


def _count_countries(
    rankings: Mapping[SenseKey, list[Candidate]], senses: Mapping[SenseKey, _Sense]
) -> Counter[str]:
    """Count the countries of the other names' best candidates, up to three times a name."""
    votes: Counter[str] = Counter()
    for key, ranked in rankings.items():
        code = ranked[0].place.country
        if code:
            votes[code] += min(senses[key].mentions, 3)
    return votes
