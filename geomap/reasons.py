"""Why a toponym was resolved as it was: sentences of either language, and from one to the other.

A reason is some of these clauses, joined by semicolons. Records carry it in the article's language;
whoever shows it in another reads the clauses out of it again, so that records of any age will do.
"""

from __future__ import annotations

import re
from functools import cache

from geomap.models import Lang

CLAUSES: dict[str, tuple[str, str]] = {
    "exact": (
        "Name steht so im Ortsverzeichnis",
        "the name is in the gazetteer as it stands",
    ),
    "variant": (
        "Schreibvariante von „{name}“",
        "a spelling variant of “{name}”",
    ),
    "fold": (
        "andere Umschrift von „{name}“",
        "another romanisation of “{name}”",
    ),
    "part": (
        "nur „{name}“ steht im Ortsverzeichnis; der Ort liegt dort oder heißt danach",
        "only “{name}” is in the gazetteer; the place lies there or is called after it",
    ),
    "geocoder": (
        "nicht im Ortsverzeichnis, von {name} gefunden",
        "not in the gazetteer, found by {name}",
    ),
    "only": (
        "einziger Ort dieses Namens",
        "the only place of that name",
    ),
    "several": (
        "bester von mehreren Orten, die so heißen können",
        "the best of several places that may be called so",
    ),
    "country": (
        "der Text nennt sonst sein Land oder Orte darin",
        "the text otherwise names its country or places there",
    ),
    "against": (
        "der nächstbeste liegt in einem Land, von dem der Text sonst nicht spricht",
        "the next best lies in a country that the text does not speak of otherwise",
    ),
    "division": (
        "andere Orte im Text liegen in derselben Provinz",
        "other places in the text lie in the same division",
    ),
    "near": (
        "liegt nahe bei anderen Orten im Text",
        "it lies near other places in the text",
    ),
    "inside": (
        "der Text nennt daneben das Gebiet, in dem er liegt",
        "the text names the area it lies in beside it",
    ),
    "stated_distance": (
        "liegt so weit vom genannten Ort entfernt, wie der Text sagt",
        "it lies as far from the place named as the text says",
    ),
    "earlier": (
        "so auch weiter oben im Text",
        "as earlier in the text",
    ),
    "namesake": (
        "so auch an einer anderen Stelle im Text",
        "as elsewhere in the text",
    ),
    "hint": (
        "das Wort daneben sagt, was für ein Ort gemeint ist",
        "the word beside it says what kind of place is meant",
    ),
    "article": (
        "vor einem Stadtnamen stünde kein Artikel",
        "a German article stands before it, as before no town",
    ),
    "prominence": (
        "der bekannteste Ort dieses Namens",
        "the best-known place of that name",
    ),
    "unknown": (
        "kein Ort dieses Namens im Ortsverzeichnis",
        "no place of that name in the gazetteer",
    ),
    "unsure": (
        "zu unsicher: mehrere Orte können so heißen, keiner liegt klar vorn",
        "too uncertain: several places may be called so, none is clearly ahead",
    ),
    "doubtful": (
        "zu unsicher: der einzige Ort dieses Namens passt schlecht",
        "too uncertain: the only place of that name hardly fits",
    ),
    "below": (
        "liegt klar vorn, aber nicht so sicher wie verlangt",
        "clearly ahead, but not as certain as asked for",
    ),
    "clash": (
        "so heißt im Text auch eine Person oder Organisation",
        "a person or organisation in the text bears this name too",
    ),
    "surroundings": (
        "steht nicht im Ortsverzeichnis; der Text spricht hier von {name}",
        "it is not in the gazetteer; the text speaks of {name} here",
    ),
    "coordinates": (
        "Koordinaten stehen im Text",
        "the text gives coordinates",
    ),
    "demonym": (
        "das Wort ist von diesem Land abgeleitet",
        "the word derives from this country",
    ),
    "not_asked": ("{name} konnte nicht gefragt werden", "{name} could not be asked"),
}
_JOINT = "; "
_LONGEST = 2000


def say_clause(key: str, lang: Lang, name: str = "") -> str:
    """Return a clause in ``lang``; KeyError where there is none."""
    return _template(key, lang).format(name=name)


def join_clauses(*clauses: str) -> str:
    """Return a reason of several clauses."""
    return _JOINT.join(clauses)


def translate_reason(reason: str, lang: Lang) -> str:
    """Return a reason in ``lang``; what is in other words than ours stays as it is."""
    said: list[str] = []
    at = 0
    while at < len(reason) <= _LONGEST:
        read = _read_clause(reason, at)
        if read is None:
            return reason
        key, name, at = read
        said.append(say_clause(key, lang, name))
    return join_clauses(*said) if said else reason


def _read_clause(reason: str, at: int) -> tuple[str, str, int] | None:
    """Return key and name of the clause at an offset, and where the next begins."""
    for key, pattern in _patterns():
        match = pattern.match(reason, at)
        if match:
            return key, match.groupdict().get("name") or "", match.end()
    return None


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Return the clauses of both languages, the longest first: some hold a semicolon."""
    both: tuple[Lang, Lang] = ("de", "en")
    texts = sorted(((_template(k, lang), k) for k in CLAUSES for lang in both), key=_wordless_last)
    return [
        (key, re.compile(re.escape(text).replace(r"\{name\}", "(?P<name>.+?)") + f"(?:{_JOINT}|$)"))
        for text, key in texts
    ]


def _wordless_last(item: tuple[str, str]) -> tuple[bool, int]:
    # What begins with a name could begin with anything.
    return item[0].startswith("{"), -len(item[0])


def _template(key: str, lang: Lang) -> str:
    return CLAUSES[key][0 if lang == "de" else 1]
