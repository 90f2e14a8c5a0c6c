"""A small gazetteer and a tokeniser, so that rules are tested without spaCy."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pytest

from geomap.models import Candidate, GeoJSON, Lang, Place, Token, Toponym
from geomap.recognition.knowledge import Knowledge
from geomap.recognition.lexicon import load_lexicon
from geomap.recognition.passages import Passage
from geomap.recognition.rules.annotation import Annotation

_MARKUP = re.compile(r"\[([^\[\]|]+)\|([A-Z]+)\]")


class FakeIndex:
    """Knows the names it is given, all of them cities of a million."""

    version = "fake"

    def __init__(self, names: Sequence[str], demonyms: Sequence[str] = ()) -> None:
        self._names = frozenset(names)
        self._demonyms = frozenset(demonyms)

    def lookup(self, name: str, lang: str | None = None) -> Sequence[Candidate]:
        if name not in self._names:
            return ()
        place = Place(1, name, 0.0, 0.0, "P", "PPL", population=1_000_000)
        return (Candidate(place, name, "exact"),)

    def knows(self, name: str) -> bool:
        return name in self._names

    def country(self, code: str) -> Place | None:
        return None

    def capital(self, code: str) -> Place | None:
        return None

    def demonym(self, word: str) -> str | None:
        return "XX" if word in self._demonyms else None

    def area(self, place: Place) -> GeoJSON | None:
        return None

    def border(self, place: Place, other: Place | None = None) -> GeoJSON | None:
        return None

    def coast(self, place: Place) -> GeoJSON | None:
        return None

    def country_at(self, lat: float, lon: float) -> str | None:
        return None


PLACES = (
    "Aleppo|Damaskus|Berlin|Essen|Halle|Idlib|Jordanien|Israel|Homs|Bosra al-Scham|Deir ez-Zor"
    "|Tschassiw Jar|Demokratische Republik Kongo|Weißes Haus|Rotes Meer|Guinea-Bissau|Al-Bab|al-Bab"
    "|Frankfurt (Oder)|Kongo|Beirut|Kiew|Moskau|Donezk|Syrien|Nablus|Washington|Hessen|Bremen"
    "|Jordan|London|Congo|Kyiv|Hama|New York|Tel Aviv|Mosul|Rafah crossing|Rafah|Turkey|Kenya"
).split("|")


@pytest.fixture
def index() -> FakeIndex:
    return FakeIndex(PLACES, demonyms=("syrische", "Syrian", "Pakistani"))


Annotate = Callable[..., Annotation]


@pytest.fixture
def annotate(index: FakeIndex) -> Annotate:
    """Turn "Die [Universität|ORG] Aleppo" into an annotation with the names marked."""

    def make(marked: str, lang: Lang = "de", places: bool = True) -> Annotation:
        text, names = read_marked(marked)
        knowledge = Knowledge(lang, load_lexicon(lang), index if places else None)
        return Annotation(make_passage(text, lang), names, knowledge)

    return make


def read_marked(marked: str) -> tuple[str, list[Toponym]]:
    names: list[Toponym] = []
    text = ""
    position = 0
    for match in _MARKUP.finditer(marked):
        text += marked[position : match.start()]
        name, label = match.groups()
        names.append(Toponym(name, len(text), len(text) + len(name), label))
        text += name
        position = match.end()
    return text + marked[position:], names


def make_passage(text: str, lang: Lang = "de") -> Passage:
    words = r"\w+(?:-\w+)*" if lang == "de" else r"\w+(?=['’]s)|['’]s|\w+"
    pattern = re.compile(rf"(?:\d+\.\d+|\d+\.(?=\s+\w)|Dr\.|z\.|B\.|U\.S\.|{words}|[^\w\s])")
    return Passage(text, tuple(Token(m.group(), *m.span()) for m in pattern.finditer(text)))


def show(annotation: Annotation) -> list[tuple[str, str]]:
    text = annotation.passage.text
    assert all(text[name.start : name.end] == name.text for name in annotation)
    return [(name.text, name.label) for name in annotation]
