"""Why a toponym was resolved as it was, in a sentence of the article's language."""

from __future__ import annotations

from geomap.models import Candidate, Lang

_TEXTS: dict[Lang, dict[str, str]] = {
    "de": {
        "exact": "Name steht so im Ortsverzeichnis",
        "variant": "Schreibvariante von „{name}“",
        "fold": "andere Umschrift von „{name}“",
        "geocoder": "nicht im Ortsverzeichnis, von {name} gefunden",
        "only": "einziger Ort dieses Namens",
        "several": "bester von {count} Orten dieses Namens",
        "country": "andere Orte im Text liegen im selben Land",
        "closeness": "liegt nahe bei anderen Orten im Text",
        "container": "der Text nennt gleich danach das Gebiet, in dem er liegt",
        "hint": "das Wort daneben sagt, was für ein Ort gemeint ist",
        "prominence": "der bekannteste Ort dieses Namens",
        "unknown": "kein Ort dieses Namens im Ortsverzeichnis",
        "unsure": "zu unsicher: {count} Orte dieses Namens, keiner klar vorn",
        "coordinates": "Koordinaten stehen im Text",
        "demonym": "das Wort ist von diesem Land abgeleitet",
    },
    "en": {
        "exact": "the name is in the gazetteer as it stands",
        "variant": "a spelling variant of “{name}”",
        "fold": "another romanisation of “{name}”",
        "geocoder": "not in the gazetteer, found by {name}",
        "only": "the only place of that name",
        "several": "the best of {count} places of that name",
        "country": "other places in the text lie in the same country",
        "closeness": "it lies near other places in the text",
        "container": "the text names the area it lies in right after it",
        "hint": "the word beside it says what kind of place is meant",
        "prominence": "the best-known place of that name",
        "unknown": "no place of that name in the gazetteer",
        "unsure": "too uncertain: {count} places of that name, none clearly ahead",
        "coordinates": "the text gives coordinates",
        "demonym": "the word derives from this country",
    },
}
_EVIDENCE = {"container": 0.5, "hint": 0.5, "country": 0.3, "closeness": 0.2}


def explain_choice(ranked: list[Candidate], lang: Lang) -> str:
    """Return why the first of ``ranked`` was chosen."""
    texts, best = _TEXTS[lang], ranked[0]
    parts = [texts[best.match_kind].format(name=best.matched_name)]
    if len(ranked) == 1:
        parts.append(texts["only"])
    else:
        parts.append(texts["several"].format(count=len(ranked)))
        parts.extend(texts[key] for key in _telling_features(ranked))
    return "; ".join(parts)


def _telling_features(ranked: list[Candidate]) -> list[str]:
    best = dict(ranked[0].features)
    telling = [key for key, least in _EVIDENCE.items() if best.get(key, 0.0) >= least]
    most_prominent = max(ranked, key=lambda c: c.place.importance)
    if not telling and most_prominent.place.id == ranked[0].place.id:
        telling.append("prominence")
    return telling


def explain_unknown(lang: Lang) -> str:
    """Return the reason when the gazetteer knows no place of the name."""
    return _TEXTS[lang]["unknown"]


def explain_unsure(count: int, lang: Lang) -> str:
    """Return the reason when no candidate is good enough."""
    return _TEXTS[lang]["unsure"].format(count=count)


def explain_demonym(lang: Lang) -> str:
    """Return the reason for the country of a demonym."""
    return _TEXTS[lang]["demonym"]


def explain_coordinates(lang: Lang) -> str:
    """Return the reason for a place given by its coordinates."""
    return _TEXTS[lang]["coordinates"]
