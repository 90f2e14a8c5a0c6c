"""Places that the tagger missed, by the words before them and the gazetteer."""

from __future__ import annotations

from geomap.models import Toponym
from geomap.recognition.rules.annotation import RULE_SCORE, Annotation

_DASHES = frozenset({"–", "—", "-", "--"})
_LONGEST_DATELINE = 10
_LONGEST_CITY = 4
_COAST = "küste"
_JOINTS = frozenset({",", "und", "and", "oder", "or"})
_AT_SEATS = frozenset(
    "in im ins am beim vor nahe auf über at near outside inside over around into".split()
)
_GENITIVE_PREPOSITIONS = frozenset({"von", "of"})


def find_datelines(annotation: Annotation) -> None:
    """Mark the places of a dateline: "BEIRUT (dpa) –", "KIEW/MOSKAU –"."""
    end, has_agency = _find_dateline_end(annotation)
    first = 0
    for index in range(end + 1):
        if index == end or annotation.passage.word(index) in {"/", ","}:
            _mark_dateline_city(annotation, first, index, has_agency)
            first = index + 1


def _find_dateline_end(annotation: Annotation) -> tuple[int, bool]:
    """Return the index after a dateline's places (0: no dateline) and whether an agency follows."""
    word = annotation.passage.word
    for index in range(1, min(_LONGEST_DATELINE, len(annotation.passage.tokens))):
        if word(index) in _DASHES and _stands_alone(annotation, index):
            return index, False
        if word(index) == "(":
            close = [i for i in range(index + 2, index + 5) if word(i) == ")"]
            after = word(close[0] + 1) if close else ""
            return (index, True) if after in _DASHES or after == "." else (0, False)
        if not (word(index)[:1].isupper() or word(index) in {"/", ",", "-"}):
            break
    return 0, False


def _stands_alone(annotation: Annotation, index: int) -> bool:
    tokens = annotation.passage.tokens
    return tokens[index - 1].end < tokens[index].start


def _mark_dateline_city(annotation: Annotation, first: int, last: int, sure: bool) -> None:
    if not 0 < last - first <= _LONGEST_CITY:
        return
    if not annotation.passage.word(first)[:1].isalpha():
        return
    name = annotation.passage.slice(first, last)
    known = annotation.knowledge.is_place(name.title() if name.isupper() else name)
    if known or (sure and annotation.is_free(first, last)):
        annotation.mark(first, last, "LOC", 0.9, "dateline")


def find_places_after_cues(annotation: Annotation) -> None:
    """Mark known places after a preposition or a generic noun, or in a row with other places."""
    for index in range(len(annotation.passage.tokens)):
        missed = annotation.owner(index) is None and _is_name_like(annotation, index)
        if missed and (
            _is_called_place(annotation, index)
            or _is_after_preposition(annotation, index)
            or _is_coast(annotation, index)
        ):
            annotation.mark(index, index + 1, "LOC", RULE_SCORE)


def _is_name_like(annotation: Annotation, index: int) -> bool:
    word = annotation.passage.word(index)
    first, _, rest = word.partition("-")
    capital = word[:1].isupper() or (
        rest[:1].isupper() and first.lower() in annotation.lexicon.particles
    )
    return capital and len(word) > 2 and not word.isupper()


def _is_coast(annotation: Annotation, index: int) -> bool:
    """Tell a coast with a name of its own: "an der Mittelmeerküste"."""
    name = annotation.passage.word(index)
    named = len(name) > len(_COAST) + 2 and name.endswith(_COAST)
    return named and annotation.knowledge.is_place(name)


def _is_called_place(annotation: Annotation, index: int) -> bool:
    """Tell whether a generic word names the token: "Provinz X", "südlich von X", "village of X"."""
    word = annotation.passage.word
    lexicon = annotation.lexicon
    name = word(index)
    if word(index - 1) in _GENITIVE_PREPOSITIONS:
        cued = word(index - 2).lower() in lexicon.bearings
    else:
        cued = word(index - 1).lower() in lexicon.place_nouns
    if not cued:
        return False
    # "in der Stadt Essen": the noun leaves no doubt; "in der Stadt Ende Oktober" is another matter.
    sure = (
        annotation.knowledge.lang == "de"
        and word(index - 1).lower() in lexicon.place_nouns
        and word(index + 1).lower() not in lexicon.calendar_words
    )
    return (sure or name not in lexicon.homographs) and annotation.knowledge.is_findable(name)


def restore_places(annotation: Annotation) -> None:
    """Read names as places where the tagger saw persons or organisations but the words say so."""
    for name in annotation.names:
        other = name.label in {"PER", "ORG", "MISC"} and not name.text.isupper()
        if other and _is_place_by_context(annotation, name):
            annotation.relabel(name, "LOC")


def _is_place_by_context(annotation: Annotation, name: Toponym) -> bool:
    first, last = annotation.range(name)
    lead = annotation.passage.word(first)
    longer = last - first > 1
    if longer and lead in annotation.lexicon.given_names:
        return False
    if longer and lead.lower() in annotation.lexicon.place_nouns:
        return annotation.knowledge.lang == "de"
    if annotation.passage.word(last) in {"'s", "’s"}:
        return False
    return (
        _is_cued(annotation, name, annotation.passage.word(first - 1).lower())
        or (name.label == "ORG" and not longer and annotation.knowledge.is_major(name.text))
        or _is_seat(annotation, name, first)
    )


def _is_seat(annotation: Annotation, name: Toponym, first: int) -> bool:
    """Tell whether a seat of government is meant as a building: "outside the Pentagon"."""
    word = annotation.passage.word
    before = first - 2 if word(first - 1).lower() in annotation.lexicon.articles else first - 1
    return word(before).lower() in _AT_SEATS and annotation.knowledge.is_seat(name.text)


def _is_cued(annotation: Annotation, name: Toponym, cue: str) -> bool:
    """Tell whether the word before the name speaks for a place: "des Nils", "im Bezirk X"."""
    knowledge, lexicon = annotation.knowledge, annotation.lexicon
    located = name.label == "PER" and cue in lexicon.locative_prepositions
    if cue in lexicon.place_nouns or located:
        return name.label != "ORG" or knowledge.is_findable(name.text)
    led = cue in lexicon.prepositions or (name.label == "PER" and cue in lexicon.articles)
    return led and knowledge.is_prominent(name.text)


def _is_after_preposition(annotation: Annotation, index: int) -> bool:
    word = annotation.passage.word
    name = word(index)
    if name in annotation.lexicon.homographs or name.lower() in annotation.lexicon.calendar_words:
        return False
    cue = word(index - 1).lower()
    listed = (cue in _JOINTS and annotation.label(index - 2) == "LOC") or (
        word(index + 1).lower() in _JOINTS and annotation.label(index + 2) == "LOC"
    )
    if not listed and cue not in annotation.lexicon.prepositions:
        return False
    if _opens_longer_name(annotation, index):
        return False
    direction, hyphen, rest = name.partition("-")
    if hyphen and direction.lower() in annotation.lexicon.directions:
        return annotation.knowledge.is_place(rest)
    return annotation.knowledge.is_prominent(name)


def _opens_longer_name(annotation: Annotation, index: int) -> bool:
    """Tell whether an English capital follows: the name goes on, and as a whole is unknown."""
    return annotation.knowledge.lang == "en" and annotation.passage.word(index + 1)[:1].isupper()
