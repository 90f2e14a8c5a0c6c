"""Sentences taken apart: clauses, what fires in them, the places they name."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geomap.events.boundaries import speaks_of_boundary
from geomap.events.clauses import Clause, split_clauses
from geomap.events.coreference import STAND_IN
from geomap.events.lexicon import Lexicon, Trigger, find_triggers
from geomap.events.sport import is_sport
from geomap.models import Article, Recognition, Resolution, Sentence

SCENE_ROLES = ("event", "meeting")
"""Roles of places where something happens."""

_PARAGRAPH_REACH = 1500
_BACKWARD_REACH = 400


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence taken apart: its clauses, their triggers, the toponyms in it.

    ``aftermath`` is the next sentence of the paragraph if it names no place ("Verletzt wurde
    niemand."). ``sport``: its paragraph reports on sport.
    """

    sentence: Sentence
    clauses: tuple[Clause, ...]
    triggers: tuple[tuple[Trigger, ...], ...]
    members: tuple[int, ...]
    aftermath: str
    sport: bool = False

    def clause_of(self, offset: int) -> int:
        """Return the index of the clause that covers ``offset`` (the first, failing all)."""
        return next((i for i, clause in enumerate(self.clauses) if clause.covers(offset)), 0)


def split_scenes(
    article: Article,
    recognition: Recognition,
    resolutions: Sequence[Resolution],
    lexicon: Lexicon,
) -> Iterator[Scene]:
    """Yield the sentences of an article that name places, borders or coasts, taken apart."""
    organisations = sorted(
        (n.start, n.end) for n in recognition.other_names if n.label in ("ORG", "MISC")
    )
    starts = [resolution.toponym.start for resolution in resolutions]
    named = [r.toponym.start for r in resolutions if r.toponym.label != STAND_IN]
    name_starts = [start for start, _ in organisations]
    paragraph, sport = "", False
    for number, sentence in enumerate(recognition.sentences):
        members = _range_within(starts, sentence)
        if not members and not speaks_of_boundary(article, sentence.start, sentence.end):
            continue
        names = [organisations[i] for i in _range_within(name_starts, sentence)]
        names += lexicon.silent_spans(article.text, sentence.start, sentence.end, article.lang)
        clauses = tuple(split_clauses(article.text, sentence, article.lang, names))
        around = _paragraph(article.text, sentence)
        if around != paragraph:
            paragraph, sport = around, is_sport(around, article.lang)
        triggers = tuple(
            () if sport else tuple(find_triggers(c, article.text, article.lang, lexicon))
            for c in clauses
        )
        aftermath = _aftermath(
            article.text, sentence, recognition.sentences[number + 1 : number + 2], named
        )
        yield Scene(sentence, clauses, triggers, tuple(members), aftermath, sport)


def _aftermath(
    text: str, sentence: Sentence, following: Sequence[Sentence], starts: list[int]
) -> str:
    if not following or "\n" in text[sentence.end : following[0].start]:
        return ""
    words = text[following[0].start : following[0].end]
    return "" if _range_within(starts, following[0]) else words


def paragraph_before(text: str, offset: int) -> str:
    """Return what its paragraph says before ``offset``, some sentences back."""
    begin = text.rfind("\n", max(0, offset - _BACKWARD_REACH), offset) + 1
    return text[max(begin, offset - _BACKWARD_REACH) : offset]


def _paragraph(text: str, sentence: Sentence) -> str:
    """Return the line a sentence stands in, as far as a paragraph reaches."""
    begin = text.rfind("\n", max(0, sentence.start - _PARAGRAPH_REACH), sentence.start) + 1
    end = text.find("\n", sentence.end, sentence.end + _PARAGRAPH_REACH)
    begin = max(begin, sentence.start - _PARAGRAPH_REACH)
    return text[begin : end if end >= 0 else sentence.end + _PARAGRAPH_REACH]


def _range_within(starts: list[int], sentence: Sentence) -> range:
    """Return the indexes of the sorted ``starts`` that lie in ``sentence``."""
    return range(bisect_left(starts, sentence.start), bisect_left(starts, sentence.end))


def reachable_triggers(scene: Scene, clause: int) -> tuple[Trigger, ...]:
    """Return the clause's triggers; a main clause without any borrows from its neighbour."""
    if scene.triggers[clause] or scene.clauses[clause].kind == "report":
        return scene.triggers[clause]
    for neighbour in (clause - 1, clause + 1):
        if 0 <= neighbour < len(scene.clauses) and scene.triggers[neighbour]:
            fragment = len(scene.clauses[clause].mask.split()) <= 6
            if fragment and scene.clauses[neighbour].kind == "main":
                return scene.triggers[neighbour]
    return ()
