"""Places inside hyphenated compounds: "Damaskus-Vorort" speaks of Damaskus."""

from __future__ import annotations

import re

from geomap.models import Toponym
from geomap.recognition.rules.annotation import Annotation

_HYPHENS = ("-", "‑", "–")
_INNER_HYPHEN = re.compile(rf".[{''.join(_HYPHENS)}].", re.DOTALL)
_SHORTEST_PART = 3


def take_places_out_of_compounds(annotation: Annotation) -> None:
    """Turn compounds with a common noun into the place they hold."""
    for index, token in enumerate(annotation.passage.tokens):
        owner = annotation.owner(index)
        if owner is not None and owner.label == "PART":
            annotation.remove(owner)
        if _INNER_HYPHEN.search(token.text):
            _take_place(annotation, index, owner)


def _take_place(annotation: Annotation, index: int, owner: Toponym | None) -> None:
    token = annotation.passage.tokens[index]
    length = _find_part(annotation, token.text, owner)
    if length:
        if owner is not None and owner.label == "LOC":
            annotation.remove(owner)
        start = token.start
        if owner is not None and owner.label == "LOC":
            start = min(start, owner.start)
        score = owner.score if owner is not None else 0.6
        annotation.add_span(start, token.start + length, "LOC", score, "compound")


def _find_part(annotation: Annotation, word: str, owner: Toponym | None) -> int:
    """Return the length of the place at the start of a compound, 0 if there is none to take."""
    label = owner.label if owner is not None else ""
    place, head = _split(word)
    lexicon = annotation.lexicon
    refused = place.lower() in lexicon.part_prefixes_refused | lexicon.directions
    if refused or len(place) < _SHORTEST_PART or not place[:1].isupper():
        return 0
    generic = head.lower() in lexicon.place_nouns
    known = not generic and annotation.knowledge.is_place(word)
    if known or head.lower() in lexicon.compound_heads:
        return 0
    if label == "PART":
        return len(place)
    if label == "LOC":
        return len(place) if generic else 0
    takes = not label and head[:1].isupper() and annotation.knowledge.is_prominent(place)
    return len(place) if takes and place not in annotation.lexicon.homographs else 0


def _split(word: str) -> tuple[str, str]:
    cut = max(word.rfind(hyphen) for hyphen in _HYPHENS)
    return word[:cut], word[cut + 1 :]
