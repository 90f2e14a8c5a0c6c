"""Where a place name begins and ends: without article or generic noun, with its genitive."""

from __future__ import annotations

from geomap.models import Toponym
from geomap.recognition.rules.annotation import Annotation

_GENITIVES = frozenset({"'s", "’s"})


def trim_names(annotation: Annotation) -> None:
    """Cut place names to the bare name; take out those of which nothing is left."""
    for name in annotation.places():
        first, last = annotation.range(name)
        first, last = _trim(annotation, first, _end_at_break(annotation, first, last))
        if first >= last:
            annotation.remove(name)
            continue
        if annotation.passage.word(last) in _GENITIVES and annotation.is_free(last, last + 1):
            last += 1
        _replace(annotation, name, first, last)


def _replace(annotation: Annotation, name: Toponym, first: int, last: int) -> None:
    if (first, last) != annotation.range(name):
        annotation.remove(name)
        annotation.mark(first, last, "LOC", name.score, name.found_by)


def _trim(annotation: Annotation, first: int, last: int) -> tuple[int, int]:
    word = annotation.passage.word
    while first < last and _is_lead(annotation, first, last):
        first += 1
    while first < last and (
        _is_trail(annotation, last - 1) or _is_acronym(annotation, first, last - 1)
    ):
        last -= 1
    if word(last - 2) == "Air" and word(last - 1) == "Base" and last - first > 2:
        last -= 2
    if not any(word(index)[:1].isupper() or "-" in word(index) for index in range(first, last)):
        return first, first
    return first, last


def _end_at_break(annotation: Annotation, first: int, last: int) -> int:
    """Return where a name ends that the tagger drew across a semicolon or colon."""
    breaks = [index for index in range(first, last) if annotation.passage.word(index) in {";", ":"}]
    return breaks[0] if breaks else last


def _is_lead(annotation: Annotation, first: int, last: int) -> bool:
    """Tell a generic word before the name; "Stadt" goes, "Lake Albert" and "El Paso" stay."""
    word = annotation.passage.word(first)
    generic = word.lower() in annotation.lexicon.place_nouns and (
        annotation.knowledge.lang == "de" or word.islower() or last - first == 1
    )
    is_article = word.lower() in annotation.lexicon.articles
    if (
        is_article
        and word[:1].isupper()
        and annotation.knowledge.is_place(annotation.passage.slice(first, last))
    ):
        return False
    return generic or is_article or not any(map(str.isalnum, word))


def _is_trail(annotation: Annotation, index: int) -> bool:
    word = annotation.passage.word(index)
    if word in _GENITIVES or word == ")":
        return False
    generic = word.islower() and word in annotation.lexicon.place_nouns_after
    return generic or not any(map(str.isalnum, word))


def _is_acronym(annotation: Annotation, first: int, index: int) -> bool:
    """Tell the next name in a row: "Chocó ELN" is a place and a militia."""
    word = annotation.passage.word
    shouted = word(index).isupper() and len(word(index)) > 1 and index > first
    return shouted and not word(first).isupper()
