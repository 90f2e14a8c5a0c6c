"""Labelled sentences, and the two forms they are read from: entity corpora and marked-up text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LABELS = ("LOC", "PER", "ORG", "MISC", "DEMONYM", "PART")
"""What the models tell apart; ``PART`` is a compound that holds a place ("Damaskus-Vorort")."""

_ENTITY_LABELS = {
    "LOC": "LOC",
    "PER": "PER",
    "ORG": "ORG",
    "OTH": "MISC",
    "LOCderiv": "DEMONYM",
    "LOCpart": "PART",
}
_CORPUS_LABELS = {"PER": "PER", "ORG": "ORG", "MISC": "MISC", "DEM": "DEMONYM", "WORD": ""}
_LEAST_WORDS, _MOST_WORDS = 25, 80
_MARKUP = re.compile(r"\[([^\[\]|]+)\|([A-Z]+)\]")


@dataclass(frozen=True, slots=True)
class Span:
    """Words ``first`` to ``last`` (exclusive) of a sentence bear ``label``."""

    first: int
    last: int
    label: str


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """Words and the spans over them, in order and not overlapping."""

    words: tuple[str, ...]
    spans: tuple[Span, ...]


Tokeniser = Callable[[str], Sequence[str]]


def read_entity_corpus(path: Path) -> Iterator[LabelledSentence]:
    """Yield the sentences of an entity corpus in JSON Lines, words parted by single spaces.

    Only the outer layer counts; other derivations and compounds are left unlabelled. Whole pages
    are cut at full stops.
    """
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield from _cut(_read_record(json.loads(line)))


def _cut(page: LabelledSentence) -> Iterator[LabelledSentence]:
    """Yield a sentence as it is, a page in pieces, at full stops that are near enough."""
    if len(page.words) <= _MOST_WORDS:
        yield page
        return
    first = 0
    for end in range(1, len(page.words) + 1):
        stop = end - first >= _LEAST_WORDS and page.words[end - 1] in {".", "!", "?"}
        full = end - first >= _MOST_WORDS and not any(s.first < end < s.last for s in page.spans)
        if stop or full or end == len(page.words):
            inside = [s for s in page.spans if first <= s.first and s.last <= end]
            spans = (Span(s.first - first, s.last - first, s.label) for s in inside)
            yield LabelledSentence(page.words[first:end], tuple(spans))
            first = end


def _read_record(record: dict[str, Any]) -> LabelledSentence:
    text = str(record["text"])
    starts, ends, words = _find_words(text)
    spans = []
    for entity in record["entities"]:
        label = _ENTITY_LABELS.get(entity["label"])
        if label is None or entity.get("layer") == "inner":
            continue
        if entity["start"] in starts and entity["end"] in ends:
            spans.append(Span(starts[entity["start"]], ends[entity["end"]] + 1, label))
    return LabelledSentence(words, tuple(sorted(spans, key=lambda span: span.first)))


def _find_words(text: str) -> tuple[dict[int, int], dict[int, int], tuple[str, ...]]:
    matches = list(re.finditer(r"\S+", text))
    starts = {match.start(): index for index, match in enumerate(matches)}
    ends = {match.end(): index for index, match in enumerate(matches)}
    return starts, ends, tuple(match.group() for match in matches)


def read_annotated_texts(
    path: Path, lang: str, split: str, tokenise: Tokeniser
) -> Iterator[LabelledSentence]:
    """Yield the paragraphs of our annotated articles (``seeds/corpus/corpus.jsonl``)."""
    with path.open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if (record["lang"], record["split"]) == (lang, split):
                yield from _read_paragraphs(record, tokenise)


def _read_paragraphs(record: dict[str, Any], tokenise: Tokeniser) -> Iterator[LabelledSentence]:
    names = [(t["start"], t["end"], "LOC") for t in record["toponyms"]]
    names += [(n["start"], n["end"], _CORPUS_LABELS[n["label"]]) for n in record["names"]]
    for paragraph in re.finditer(r"[^\n]+", record["text"]):
        start, end = paragraph.span()
        inside = sorted(
            (name[0] - start, name[1] - start, name[2])
            for name in names
            if start <= name[0] < end and name[2]
        )
        yield _label(paragraph.group(), inside, tokenise, strict=False)


def read_marked_sentences(path: Path, tokenise: Tokeniser) -> list[LabelledSentence]:
    """Return the sentences of a marked-up file: one a line, names as ``[Deir ez-Zor|LOC]``.

    Empty lines and lines starting with ``#`` are skipped. Raises ValueError, naming the line, for
    an unknown label or a stray bracket.
    """
    sentences = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            try:
                sentences.append(parse_marked(line.strip(), tokenise))
            except ValueError as error:
                raise ValueError(f"{path.name}, line {number}: {error}") from error
    return sentences


def parse_marked(line: str, tokenise: Tokeniser) -> LabelledSentence:
    """Turn one marked-up line into words and spans.

    A place that ends inside a word makes that word a ``PART``: ``[Homs|LOC]-Offensive``; other
    names that do so are left out, as the corpora do.
    """
    text, names = _strip_marks(line)
    return _label(text, names, tokenise, strict=True)


def _label(
    text: str, names: list[tuple[int, int, str]], tokenise: Tokeniser, *, strict: bool
) -> LabelledSentence:
    words, starts, ends = _align(text, tokenise)
    spans = []
    for start, end, label in names:
        first = starts.get(start)
        if first is None:
            if strict:
                raise ValueError(f"{text[start:end]!r} does not start at a word")
            continue
        last = ends.get(end)
        if last is not None:
            spans.append(Span(first, last + 1, label))
        elif label == "LOC":
            spans.append(Span(first, first + 1, "PART"))
    return LabelledSentence(words, tuple(spans))


def _strip_marks(line: str) -> tuple[str, list[tuple[int, int, str]]]:
    pieces: list[str] = []
    names = []
    position = length = 0
    for match in _MARKUP.finditer(line):
        before = line[position : match.start()]
        name, label = match.groups()
        if label not in LABELS:
            raise ValueError(f"unknown label {label}")
        start = length + len(before)
        names.append((start, start + len(name), label))
        pieces += [before, name]
        length = start + len(name)
        position = match.end()
    text = "".join([*pieces, line[position:]])
    if "[" in text or "|" in text:
        raise ValueError("stray mark-up")
    return text, names


def _align(
    text: str, tokenise: Tokeniser
) -> tuple[tuple[str, ...], dict[int, int], dict[int, int]]:
    words = tuple(word for word in tokenise(text) if not word.isspace())
    starts, ends, position = {}, {}, 0
    for index, word in enumerate(words):
        start = text.index(word, position)
        position = start + len(word)
        starts[start], ends[position] = index, index
    return words, starts, ends
