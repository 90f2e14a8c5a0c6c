"""Names of several words that the tagger split, cut short or missed, by the gazetteer."""

from __future__ import annotations

from geomap.recognition.lexicon import Lexicon
from geomap.recognition.rules.annotation import RULE_SCORE, Annotation

_LONGEST = 5
_ENDS_NO_NAME = frozenset("es an der von of the and und".split())
_SPOILERS = frozenset({"PER", "ORG", "MISC", "DEMONYM"})


def join_split_names(annotation: Annotation) -> None:
    """Mark the longest sequences of words that the gazetteer knows as one place."""
    index = 0
    while index < len(annotation.passage.tokens):
        last = _find_longest(annotation, index)
        if last:
            _mark(annotation, index, last)
            index = last
        else:
            index += 1


def _find_longest(annotation: Annotation, first: int) -> int:
    """Return the end of the longest known name that starts at a token, 0 if there is none."""
    if not _may_start(annotation, first):
        return 0
    ends = []
    for last in range(first + 2, first + _LONGEST + 1):
        if not _may_continue(annotation, last - 1):
            break
        if _ends_no_name(annotation.passage.word(last - 1).lower(), annotation.lexicon):
            continue
        phrase = annotation.passage.slice(first, last)
        if (phrase[-1].isalnum() and "(" not in phrase) or (phrase.endswith(")") and "(" in phrase):
            ends.append(last)
    for last in reversed(ends):
        if not _cuts_name(annotation, first, last) and annotation.knowledge.is_place(
            annotation.passage.slice(first, last)
        ):
            return last
    return 0


def _ends_no_name(word: str, lexicon: Lexicon) -> bool:
    """Tell words that may stand within names and end none: "Gab es" is no Gabès."""
    return word in _ENDS_NO_NAME or word in lexicon.articles or word in lexicon.prepositions


def _may_start(annotation: Annotation, index: int) -> bool:
    word = annotation.passage.word(index)
    lexicon = annotation.lexicon
    if not word[:1].isalpha() or (word.islower() and "-" not in word):
        return False
    if annotation.label(index) in _SPOILERS:
        return False
    lowered = word.lower()
    if lowered in lexicon.articles or lowered in lexicon.sentence_starters:
        return False
    if lowered in lexicon.bearings and annotation.passage.word(index + 1) in {"von", "of"}:
        return False
    if word.islower():
        return word.split("-")[0] in lexicon.particles
    generic = lowered in lexicon.place_nouns and annotation.knowledge.lang == "de"
    return not (generic or lowered in lexicon.prepositions or lowered in lexicon.titles)


def _may_continue(annotation: Annotation, index: int) -> bool:
    word = annotation.passage.word(index)
    if annotation.label(index) in _SPOILERS:
        return False
    capital = word[:1].isupper() or word.partition("-")[2][:1].isupper()
    lexicon = annotation.lexicon
    small = word.lower() in lexicon.particles or word in lexicon.compound_heads
    return capital or small or word in {"-", "(", ")"}


def _cuts_name(annotation: Annotation, first: int, last: int) -> bool:
    """Tell whether the sequence would tear a longer name apart, or is two names in a row."""
    before, after = annotation.owner(first), annotation.owner(last - 1)
    torn = before is not None and annotation.range(before)[0] < first
    torn = torn or (after is not None and annotation.range(after)[1] > last)
    if torn or annotation.label(first) == "LOC":
        return torn
    given = annotation.passage.word(first) in annotation.lexicon.given_names
    return given and annotation.is_free(first, last)


def _mark(annotation: Annotation, first: int, last: int) -> None:
    owners = [annotation.owner(index) for index in range(first, last)]
    if owners[0] is not None and all(owner is owners[0] for owner in owners):
        return
    score = max((owner.score for owner in owners if owner is not None), default=RULE_SCORE)
    if any(owners) or annotation.knowledge.is_prominent(annotation.passage.slice(first, last)):
        annotation.mark(first, last, "LOC", score, "gazetteer")
