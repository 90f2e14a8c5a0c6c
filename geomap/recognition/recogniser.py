"""The recogniser: a spaCy pipeline with rules before and after it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from spacy.attrs import IDX, IS_SPACE, LENGTH
from spacy.strings import get_string_id

from geomap.coordinates import find_coordinates
from geomap.models import Lang, PlaceIndex, Recognition, Token, Toponym
from geomap.recognition.casing import is_shouted, restore_case
from geomap.recognition.consistency import spread_names
from geomap.recognition.entities import find_entities
from geomap.recognition.forms import Forms
from geomap.recognition.hints import add_hints, embeds_hints
from geomap.recognition.knowledge import Knowledge
from geomap.recognition.lexicon import load_lexicon
from geomap.recognition.passages import Passage, split_passages
from geomap.recognition.pipelines import LABELS, load_pipeline
from geomap.recognition.rules import apply_rules
from geomap.recognition.rules.annotation import Annotation
from geomap.recognition.sentences import split_sentences

BATCH_TEXTS = 16
_BATCH_PASSAGES = 32
_SCORE_KNOWN, _SCORE_UNKNOWN = 0.95, 0.8
_TOPONYMS = frozenset({"LOC", "COORD"})
_DATELINE_END = re.compile(r"\s*[(–—]|\s-\s|\.\s")
_LONGEST_DATELINE = 60
# No word is so long, but rules of "=====", rows of tables and links are.
_OVERLONG_WORD = re.compile(r"[^ ]{100,}")
_LINK = re.compile(r"://|^www\.")
_SIGN = re.compile(r"[\W_]")


class SpacyRecogniser:
    """Finds toponyms with a spaCy pipeline; implements ``models.Recogniser``.

    ``places`` sharpens the result (names of several words, names the tagger missed, demonyms);
    without it only the tagger and the word lists decide.
    """

    def __init__(self, nlp: Any, lang: Lang, places: PlaceIndex | None = None) -> None:
        self._nlp = nlp
        self._forms = Forms(nlp.vocab)
        self._hinted = places is not None and embeds_hints(nlp)
        self._knowledge = Knowledge(lang, load_lexicon(lang), places)

    @property
    def name(self) -> str:
        """Name and version of the pipeline."""
        meta = self._nlp.meta
        return f"{meta['lang']}_{meta['name']} {meta['version']}"

    def recognise(self, text: str) -> Recognition:
        """Return sentences, toponyms and other names of ``text``, the same for the same text."""
        return next(self.recognise_many([text]))

    def recognise_many(self, texts: Iterable[str]) -> Iterator[Recognition]:
        """Yield what ``recognise`` returns for each text, in order.

        The tagger reads passages of several texts at a time, which takes a fifth less than one text
        after the other; up to ``BATCH_TEXTS`` are taken from ``texts`` before the first comes out.
        """
        waiting = iter(texts)
        while batch := list(islice(waiting, BATCH_TEXTS)):
            spans = [list(split_passages(text)) for text in batch]
            readable = (
                self._read(self._make_readable(text[start:end]))
                for text, passages in zip(batch, spans, strict=True)
                for start, end in passages
            )
            docs = find_entities(self._nlp, readable, _BATCH_PASSAGES)
            for text, passages in zip(batch, spans, strict=True):
                yield self._conclude([self._annotate(text, at, next(docs)) for at, _ in passages])

    def _conclude(self, annotations: list[Annotation]) -> Recognition:
        """Return the recognition of one text out of its passages."""
        spread_names(annotations)
        sentences = tuple(
            sentence
            for annotation in annotations
            for sentence in split_sentences(annotation.passage, self._knowledge.lexicon)
        )
        names = [name for annotation in annotations for name in annotation]
        return Recognition(
            sentences,
            tuple(name for name in names if name.label in _TOPONYMS),
            tuple(name for name in names if name.label not in _TOPONYMS),
        )

    def _annotate(self, text: str, offset: int, doc: Any) -> Annotation:
        """Return the names of the passage at ``offset`` that the tagger has read as ``doc``."""
        passage = Passage(text, _read_tokens(doc, offset, text))
        annotation = Annotation(passage, list(self._read_names(doc, offset, text)), self._knowledge)
        apply_rules(annotation)
        _add_coordinates(annotation)
        return annotation

    def _make_readable(self, text: str) -> str:
        """Return the text as the tagger knows it, character for character as long as before.

        White space becomes plain spaces, overlong words are taken apart, and capitals give way
        where there is nothing else.
        """
        plain = _OVERLONG_WORD.sub(_take_apart, re.sub(r"\s", " ", text))
        if is_shouted(plain):
            return restore_case(plain, self._knowledge, self._is_common)
        return _spell_dateline(plain)

    def _is_common(self, word: str) -> bool:
        vectors = self._nlp.vocab.vectors
        return word in self._knowledge.lexicon.articles or get_string_id(word) in vectors

    def _read(self, passage: str) -> Any:
        doc = self._nlp.make_doc(passage)
        self._forms.add(doc)
        if self._hinted:
            add_hints(doc, self._knowledge)
        return doc

    def _read_names(self, doc: Any, offset: int, text: str) -> Iterator[Toponym]:
        for entity in doc.ents:
            label = LABELS.get(entity.label_)
            start, end = offset + entity.start_char, offset + entity.end_char
            if label and text[start:end].strip() == text[start:end]:
                known = label == "LOC" and self._knowledge.is_place(text[start:end])
                score = _SCORE_KNOWN if known else _SCORE_UNKNOWN
                yield Toponym(text[start:end], start, end, label, score)


def load_recogniser(
    lang: Lang, model: str | None = None, places: PlaceIndex | None = None
) -> SpacyRecogniser:
    """Return the recogniser of a language, with the shipped model or another spaCy pipeline.

    ``model`` is the name of an installed pipeline or the path of one, with LOC, GPE or FAC
    entities. Raises ModelError, saying what to do, where it cannot be used.
    """
    return SpacyRecogniser(load_pipeline(lang, model), lang, places)


def _take_apart(word: re.Match[str]) -> str:
    """Return an overlong word without its signs, a link as blanks; the length stays.

    spaCy takes signs off a word one by one and looks at all that is left after each: ten thousand
    took it half a minute.
    """
    found = word.group()
    return " " * len(found) if _LINK.search(found) else _SIGN.sub(" ", found)


def _spell_dateline(plain: str) -> str:
    """Return a passage with a dateline in capitals spelt like other names."""
    end = _DATELINE_END.search(plain, 0, _LONGEST_DATELINE)
    lead = plain[: end.start()] if end else ""
    spelt = lead.title()
    if lead.isupper() and len(lead) > 2 and len(spelt) == len(lead):
        return spelt + plain[len(lead) :]
    return plain


def _read_tokens(doc: Any, offset: int, text: str) -> tuple[Token, ...]:
    # Three times as fast as asking the tokens one by one.
    rows = doc.to_array([IDX, LENGTH, IS_SPACE]).tolist()
    bounds = [(offset + at, offset + at + length) for at, length, space in rows if not space]
    return tuple([Token(text[start:end], start, end) for start, end in bounds])


def _add_coordinates(annotation: Annotation) -> None:
    tokens: Iterable[Token] = annotation.passage.tokens
    bounds = list(tokens)
    if not bounds:
        return
    start, end = bounds[0].start, bounds[-1].end
    for point in find_coordinates(annotation.passage.text[start:end]):
        annotation.add_span(start + point.start, start + point.end, "COORD", 1.0, "coordinates")
