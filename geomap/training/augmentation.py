"""More training sentences out of few: other names in the same frames.

A tagger that has seen "bei Luftangriffen auf Tafas" should expect a place there whatever the name.
Names are replaced by others of their kind (a city by a city), persons by made-up ones whose
surnames are often places, and some sentences get a dateline or lose it.
"""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from geomap.models import Lang
from geomap.training.sentences import LabelledSentence, Span

_AGENCIES = ("dpa", "AFP", "Reuters", "AP", "epd", "KNA", "APA", "dpa/AFP")
_SHARE_PERSONS_NAMED_LIKE_PLACES = 0.25
_SHARE_DATELINES = 0.08
_SHARE_TITLES = 0.06

# What the corpus calls a feature, and the list of names that may stand for it; places it gives by
# their point alone are villages and quarters.
_KINDS = {"city": "city", None: "city", "admin1": "area"}

Names = dict[str, tuple[str, ...]]


def read_names(path: Path) -> Names:
    """Return the lists of a names file: ``[kind]`` headings, then one name a line."""
    lists: dict[str, list[str]] = {}
    kind = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        name = line.strip()
        if name.startswith("["):
            kind = name.strip("[]")
        elif name and not name.startswith("#"):
            lists.setdefault(kind, []).append(name)
    return {kind: tuple(names) for kind, names in lists.items()}


def collect_names(path: Path, lang: Lang, split: str) -> Names:
    """Return the names of annotated articles by kind: cities, areas, given names and surnames."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    with path.open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if (record["lang"], record["split"]) == (lang, split):
                for kind, name in _names_of(record):
                    found[kind][name] = None
    return {kind: tuple(names) for kind, names in found.items()}


def _names_of(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for toponym in record["toponyms"]:
        kind = _KINDS.get(toponym["feature"])
        if kind and _is_bare(toponym["text"]):
            yield kind, toponym["text"]
    for name in record["names"]:
        words = record["text"][name["start"] : name["end"]].split()
        if name["label"] == "PER" and len(words) == 2 and all(map(_is_bare, words)):
            yield from zip(("given", "surname"), words, strict=True)


def _is_bare(name: str) -> bool:
    """Tell a name of one or two plain words that is in no genitive and in no capitals."""
    plain = all(part.isalpha() and not part.isupper() for part in re.split(r"[ -]", name))
    return plain and name[:1].isupper() and name.count(" ") < 2 and not name.endswith("s")


def merge_names(*lists: Names) -> Names:
    """Return the names of all lists, each once, kind by kind."""
    kinds = dict.fromkeys(kind for names in lists for kind in names)
    return {
        kind: tuple(dict.fromkeys(name for names in lists for name in names.get(kind, ())))
        for kind in kinds
    }


class Augmenter:
    """Makes variants of sentences; the same seed gives the same variants."""

    def __init__(self, names: Names, lang: Lang, seed: int) -> None:
        self._names = names
        self._lang = lang
        self._random = random.Random(seed)  # noqa: S311
        kinds = [kind for kind in names if kind not in {"given", "surname", "organisation"}]
        self._kind_of = {name: kind for kind in reversed(kinds) for name in names[kind]}

    def vary(self, sentence: LabelledSentence, count: int) -> Iterator[LabelledSentence]:
        """Yield the sentence twice and up to ``count`` variants that differ from it."""
        yield from (sentence, sentence)
        for _ in range(count):
            variant = self.substitute(sentence)
            if self._random.random() < _SHARE_DATELINES:
                variant = self._add_dateline(variant)
            elif self._lang == "en" and self._random.random() < _SHARE_TITLES:
                variant = _write_as_title(variant)
            if variant != sentence:
                yield variant

    def substitute(self, sentence: LabelledSentence) -> LabelledSentence:
        """Replace the names of a sentence by others of their kind; unknown names stay."""
        words: list[str] = []
        spans = []
        position = 0
        for span in sentence.spans:
            words += sentence.words[position : span.first]
            first = len(words)
            words += self._replace(sentence.words[span.first : span.last], span.label)
            spans.append(Span(first, len(words), span.label))
            position = span.last
        words += sentence.words[position:]
        return LabelledSentence(tuple(words), tuple(spans))

    def _replace(self, words: tuple[str, ...], label: str) -> list[str]:
        if label == "PER":
            return self._invent_person(words)
        if label == "ORG":
            return self._vary_organisation(words)
        if label == "LOC":
            return self._replace_place(words)
        if label == "PART" and "-" in words[0]:
            place, _, rest = words[0].partition("-")
            kind = self._kind_of.get(place)
            if kind:
                return [f"{self._pick(kind).replace(' ', '-')}-{rest}"]
        return list(words)

    def _replace_place(self, words: tuple[str, ...]) -> list[str]:
        name, ending = self._split_genitive(" ".join(words))
        kind = self._kind_of.get(name)
        if kind is None:
            return list(words)
        other = self._pick(kind)
        if ending == "s" and other.endswith(("s", "z", "x", "ß")):
            return list(words)
        return self._split_name(other) if not ending else self._attach(other, ending)

    def _split_genitive(self, name: str) -> tuple[str, str]:
        if name in self._kind_of:
            return name, ""
        if self._lang == "de" and name.endswith("s"):
            return name[:-1], "s"
        for ending in (" 's", " ’s"):
            if name.endswith(ending):
                return name.removesuffix(ending), ending
        return name, ""

    def _attach(self, name: str, ending: str) -> list[str]:
        words = self._split_name(name)
        return (
            [*words, ending.strip()]
            if ending.startswith(" ")
            else [*words[:-1], words[-1] + ending]
        )

    def _split_name(self, name: str) -> list[str]:
        # spaCy's English tokeniser parts words at hyphens, the German one does not.
        return (name.replace("-", " - ") if self._lang == "en" else name).split()

    def _vary_organisation(self, words: tuple[str, ...]) -> list[str]:
        """Put another place into the name, or take another organisation where lists have some."""
        if "organisation" in self._names and self._random.random() < 0.5:
            return self._split_name(self._pick("organisation"))
        varied: list[str] = []
        for word in words:
            kind = self._kind_of.get(word)
            varied += self._split_name(self._pick(kind)) if kind in {"city", "country"} else [word]
        return varied

    def _invent_person(self, words: tuple[str, ...]) -> list[str]:
        if len(words) == 1 and words[0] in self._names["surname"]:
            return self._split_name(self._pick("surname"))
        if len(words) != 2 or any("." in word or "'" in word for word in words):
            return list(words)
        like_place = self._random.random() < _SHARE_PERSONS_NAMED_LIKE_PLACES
        surname = self._pick("city" if like_place else "surname")
        return [self._pick("given"), *self._split_name(surname.split()[0])]

    def _add_dateline(self, sentence: LabelledSentence) -> LabelledSentence:
        city = self._split_name(self._pick("city"))
        if self._random.random() < 0.6:
            city = [word.upper() for word in city]
        agency = ["(", self._random.choice(_AGENCIES), ")"] if self._random.random() < 0.7 else []
        lead = [*city, *agency, self._random.choice("–—-")]
        shifted = [
            Span(span.first + len(lead), span.last + len(lead), span.label)
            for span in sentence.spans
        ]
        return LabelledSentence((*lead, *sentence.words), (Span(0, len(city), "LOC"), *shifted))

    def _pick(self, kind: str) -> str:
        return self._random.choice(self._names[kind])


def _write_as_title(sentence: LabelledSentence) -> LabelledSentence:
    """Capitalise every word, as English headlines do: a capital alone makes no name."""
    words = tuple(word[:1].upper() + word[1:] for word in sentence.words)
    return LabelledSentence(words, sentence.spans)
