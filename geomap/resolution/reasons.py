"""Why a toponym was resolved as it was, in a sentence of the article's language."""

from __future__ import annotations

from geomap.coordinates import distance_km
from geomap.models import Candidate, Lang, Place

_TEXTS: dict[Lang, dict[str, str]] = {
    "de": {
        "exact": "Name steht so im Ortsverzeichnis",
        "variant": "Schreibvariante von „{name}“",
        "fold": "andere Umschrift von „{name}“",
        "part": "nur „{name}“ steht im Ortsverzeichnis; der Ort liegt dort oder heißt danach",
        "geocoder": "nicht im Ortsverzeichnis, von {name} gefunden",
        "only": "einziger Ort dieses Namens",
        "several": "bester von mehreren Orten, die so heißen können",
        "country": "der Text nennt sonst sein Land oder Orte darin",
        "against": "der nächstbeste liegt in einem Land, von dem der Text sonst nicht spricht",
        "division": "andere Orte im Text liegen in derselben Provinz",
        "near": "liegt nahe bei anderen Orten im Text",
        "inside": "der Text nennt daneben das Gebiet, in dem er liegt",
        "stated_distance": "liegt so weit vom genannten Ort entfernt, wie der Text sagt",
        "earlier": "so auch weiter oben im Text",
        "namesake": "so auch an einer anderen Stelle im Text",
        "hint": "das Wort daneben sagt, was für ein Ort gemeint ist",
        "article": "vor einem Stadtnamen stünde kein Artikel",
        "prominence": "der bekannteste Ort dieses Namens",
        "unknown": "kein Ort dieses Namens im Ortsverzeichnis",
        "unsure": "zu unsicher: mehrere Orte können so heißen, keiner liegt klar vorn",
        "doubtful": "zu unsicher: der einzige Ort dieses Namens passt schlecht",
        "below": "liegt klar vorn, aber nicht so sicher wie verlangt",
        "clash": "{reason}; so heißt im Text auch eine Person oder Organisation",
        "surroundings": "steht nicht im Ortsverzeichnis; der Text spricht hier von {name}",
        "coordinates": "Koordinaten stehen im Text",
        "demonym": "das Wort ist von diesem Land abgeleitet",
    },
    "en": {
        "exact": "the name is in the gazetteer as it stands",
        "variant": "a spelling variant of “{name}”",
        "fold": "another romanisation of “{name}”",
        "part": "only “{name}” is in the gazetteer; the place lies there or is called after it",
        "geocoder": "not in the gazetteer, found by {name}",
        "only": "the only place of that name",
        "several": "the best of several places that may be called so",
        "country": "the text otherwise names its country or places there",
        "against": "the next best lies in a country that the text does not speak of otherwise",
        "division": "other places in the text lie in the same division",
        "near": "it lies near other places in the text",
        "inside": "the text names the area it lies in beside it",
        "stated_distance": "it lies as far from the place named as the text says",
        "earlier": "as earlier in the text",
        "namesake": "as elsewhere in the text",
        "hint": "the word beside it says what kind of place is meant",
        "article": "a German article stands before it, as before no town",
        "prominence": "the best-known place of that name",
        "unknown": "no place of that name in the gazetteer",
        "unsure": "too uncertain: several places may be called so, none is clearly ahead",
        "doubtful": "too uncertain: the only place of that name hardly fits",
        "below": "clearly ahead, but not as certain as asked for",
        "clash": "{reason}; a person or organisation in the text bears this name too",
        "surroundings": "it is not in the gazetteer; the text speaks of {name} here",
        "coordinates": "the text gives coordinates",
        "demonym": "the word derives from this country",
    },
}
# Features by the reason they give, in the order in which reasons are told.
_EVIDENCE = {
    "inside": ("inside", "outside"),
    "stated_distance": ("stated_distance",),
    "hint": ("hint", "hint_clash", "full_name"),
    "article": ("article",),
    "near": ("near", "close"),
    "division": ("division",),
    "country": ("country",),
    "against": ("against",),
    "namesake": ("namesake",),
    "earlier": ("earlier",),
    "prominence": ("importance", "population"),
}
_TELLING = 0.5
_MOST_REASONS = 2
_SAME_SPOT_KM = 60.0
_AHEAD = 0.7


def explain_choice(ranked: list[Candidate], lang: Lang) -> str:
    """Return why the first of ``ranked`` was chosen."""
    texts, best = _TEXTS[lang], ranked[0]
    parts = [texts[best.match_kind].format(name=best.matched_name)]
    if len(ranked) == 1:
        parts.append(texts["only"])
    else:
        parts.append(texts["several"])
        parts.extend(texts[key] for key in _telling_features(ranked))
    return "; ".join(parts)


def _telling_features(ranked: list[Candidate]) -> list[str]:
    """Return the reasons that put the best before the next place, the strongest two.

    That is the next somewhere else: between a town and its own division less is at stake.
    """
    rivals = [c for c in ranked[1:] if _is_elsewhere(ranked[0].place, c.place)] or ranked[1:]
    best, rival = dict(ranked[0].features), dict(rivals[0].features)
    ahead = {
        reason: sum(best.get(name, 0.0) - rival.get(name, 0.0) for name in names)
        for reason, names in _EVIDENCE.items()
    }
    if ranked[0].place.importance < max(c.place.importance for c in ranked):
        ahead["prominence"] = 0.0
    strongest = sorted(ahead, key=lambda reason: -ahead[reason])[:_MOST_REASONS]
    return [reason for reason in strongest if ahead[reason] >= _TELLING]


def _is_elsewhere(best: Place, other: Place) -> bool:
    return distance_km(best.lat, best.lon, other.lat, other.lon) > _SAME_SPOT_KM


def explain_unknown(lang: Lang) -> str:
    """Return the reason when the gazetteer knows no place of the name."""
    return _TEXTS[lang]["unknown"]


def explain_unsure(ranked: list[Candidate], lang: Lang, *, clashes: bool = False) -> str:
    """Return the reason when no candidate is good enough.

    ``clashes``: a person or an organisation of the article bears the name.
    """
    key = "unsure" if len(ranked) > 1 else "doubtful"
    reason = _TEXTS[lang]["below" if ranked[0].score >= _AHEAD else key]
    return _TEXTS[lang]["clash"].format(reason=reason) if clashes else reason


def explain_surroundings(town: str, lang: Lang) -> str:
    """Return why a street or building is put into a town."""
    return _TEXTS[lang]["surroundings"].format(name=town)


def explain_demonym(lang: Lang) -> str:
    """Return the reason for the country of a demonym."""
    return _TEXTS[lang]["demonym"]


def explain_coordinates(lang: Lang) -> str:
    """Return the reason for a place given by its coordinates."""
    return _TEXTS[lang]["coordinates"]
