"""One name, one reading: what a text says clearly once holds where it is less clear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from geomap.models import Toponym
from geomap.recognition.rules.annotation import Annotation

_SCORE = 0.6
_LONGEST = 5


def spread_names(annotations: Sequence[Annotation]) -> None:
    """Carry clear readings of names over to the rest of the text, in place."""
    counts = _count_labels(annotations)
    surnames = _collect_surnames(annotations)
    places = {name for (name, label) in counts if label == "LOC" and _is_place(name, counts)}
    for annotation in annotations:
        _correct_surnames(annotation, surnames, counts)
        _correct_labels(annotation, places)
        _mark_missed(annotation, places)


def _count_labels(annotations: Iterable[Annotation]) -> Counter[tuple[str, str]]:
    return Counter(
        (_base(annotation, name), name.label) for annotation in annotations for name in annotation
    )


def _base(annotation: Annotation, name: Toponym) -> str:
    """Return the name without its genitive ending, where the gazetteer knows it so."""
    knowledge = annotation.knowledge
    forms = knowledge.base_forms(name.text)
    known = knowledge.places is not None and knowledge.places.knows(name.text)
    return name.text if known or len(forms) == 1 else forms[1]


def _is_place(name: str, counts: Counter[tuple[str, str]]) -> bool:
    others = max(counts[name, label] for label in ("PER", "ORG", "MISC", "DEMONYM"))
    return counts[name, "LOC"] > others


def _collect_surnames(annotations: Iterable[Annotation]) -> frozenset[str]:
    last_words = [
        name.text.split()[-1]
        for annotation in annotations
        for name in annotation
        if name.label == "PER" and " " in name.text
    ]
    # The article of "al-Assad" is left out where the surname stands alone.
    return frozenset(part for word in last_words for part in (word, word.rpartition("-")[2]))


def _correct_surnames(
    annotation: Annotation, surnames: frozenset[str], counts: Counter[tuple[str, str]]
) -> None:
    """Read a lone "Assad" as the person named in full, unless it is a place more often."""
    for name in annotation.places():
        base = _base(annotation, name)
        named = {name.text, base} & surnames and not annotation.knowledge.is_place(name.text)
        if named and counts[base, "LOC"] <= counts[base, "PER"] + 1:
            annotation.relabel(name, "PER", "text")


def _correct_labels(annotation: Annotation, places: set[str]) -> None:
    for name in annotation.names:
        single = name.label in {"ORG", "MISC", "PER"} and " " not in name.text
        clear = single and _base(annotation, name) in places
        if clear and annotation.knowledge.is_place(name.text):
            annotation.relabel(name, "LOC", "text")


def _mark_missed(annotation: Annotation, places: set[str]) -> None:
    """Mark further mentions of places, but no word that may be a common noun there."""
    passage = annotation.passage
    openers = {place.split()[0].split("-")[0] for place in places}
    for index, token in enumerate(passage.tokens):
        stem = token.text.split("-")[0]
        if not {stem, stem.removesuffix("s")} & openers or annotation.owner(index) is not None:
            continue
        last = _find_mention(annotation, index, places)
        if last and passage.slice(index, last) not in annotation.lexicon.homographs:
            annotation.mark(index, last, "LOC", _SCORE, "text")
        elif not last and (length := _find_compound(token.text, places)):
            annotation.add_span(token.start, token.start + length, "LOC", _SCORE, "compound")


def _find_mention(annotation: Annotation, first: int, places: set[str]) -> int:
    longest = min(first + _LONGEST, len(annotation.passage.tokens))
    for last in range(longest, first, -1):
        if annotation.is_free(first, last):
            text = annotation.passage.slice(first, last)
            if not places.isdisjoint((text, *annotation.knowledge.base_forms(text)[1:2])):
                return last
    return 0


def _find_compound(word: str, places: set[str]) -> int:
    """Return the length of a place at the start of a compound: "Catatumbo-Gebiet"."""
    place, hyphen, head = word.rpartition("-")
    return len(place) if hyphen and head[:1].isupper() and place in places else 0
