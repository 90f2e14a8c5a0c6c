from __future__ import annotations

import pickle
from itertools import pairwise

import pytest

from geomap.gazetteer import Gazetteer
from geomap.models import Lang, Recognition
from geomap.recognition import SpacyRecogniser, load_recogniser
from tests.recognition.conftest import FakeIndex


@pytest.fixture(scope="module")
def german() -> SpacyRecogniser:
    return load_recogniser("de")


@pytest.fixture(scope="module")
def english() -> SpacyRecogniser:
    return load_recogniser("en")


def toponyms(recognition: Recognition) -> list[str]:
    return [toponym.text for toponym in recognition.toponyms]


GERMAN = """Gefechte um Bachmut

KIEW (dpa) – In der Stadt Charkiw schlugen am Dienstag zwei Raketen ein. Der ukrainische Präsident
sprach in Berlin mit Vertretern Polens. Peter Hamburg, Sprecher der Vereinten Nationen, kam aus
Genf."""

ENGLISH = """Shelling in Kharkiv

KYIV (Reuters) - Two missiles hit the city of Kharkiv on Tuesday. The Ukrainian president met
Poland's prime minister in Berlin. John Carter of the United Nations flew in from Geneva."""


def test_german_article(german: SpacyRecogniser) -> None:
    found = german.recognise(GERMAN)
    assert toponyms(found) == ["Bachmut", "KIEW", "Charkiw", "Berlin", "Polens", "Genf"]
    assert "ukrainische" in {name.text for name in found.other_names if name.label == "DEMONYM"}


def test_english_article(english: SpacyRecogniser) -> None:
    found = english.recognise(ENGLISH)
    assert toponyms(found) == ["Kharkiv", "KYIV", "Kharkiv", "Poland's", "Berlin", "Geneva"]


@pytest.mark.parametrize(
    "text", ["", " \n\n ", ".", "😀", "\u2028", "a" * 50_000, "Ş" * 30, "İSTANBUL – x"]
)
def test_odd_texts(german: SpacyRecogniser, text: str) -> None:
    found = german.recognise(text)
    assert all(text[t.start : t.end] == t.text for t in found.toponyms)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_offsets_order_and_determinism(
    german: SpacyRecogniser, english: SpacyRecogniser, lang: Lang
) -> None:
    recogniser, text = (german, GERMAN) if lang == "de" else (english, ENGLISH)
    text = f"\ufeff{text}\r\n\r\nTabs\tund  Leerzeichen in Rom\u00a0und Wien. 33.5138, 36.2765"
    first, again = recogniser.recognise(text), recogniser.recognise(text)
    assert first == again
    assert pickle.loads(pickle.dumps(first)) == first  # noqa: S301
    names = sorted([*first.toponyms, *first.other_names], key=lambda name: name.start)
    assert all(text[name.start : name.end] == name.text for name in names)
    assert all(a.end <= b.start for a, b in pairwise(names))
    assert all(a.end <= b.start for a, b in pairwise(first.sentences))
    tokens = [token for sentence in first.sentences for token in sentence.tokens]
    assert all(text[token.start : token.end] == token.text for token in tokens)


def test_written_coordinates_are_toponyms(german: SpacyRecogniser) -> None:
    found = german.recognise("Das Wrack liegt bei 33°30'N 36°18'E im offenen Meer.")
    assert [(t.text, t.label) for t in found.toponyms] == [("33°30'N 36°18'E", "COORD")]


def test_the_gazetteer_adds_what_the_tagger_misses(german: SpacyRecogniser) -> None:
    text = "Kämpfe bei Qxara Zulm al-Wast."
    places = FakeIndex(["Qxara Zulm al-Wast"])
    assert toponyms(load_recogniser("de", places=places).recognise(text)) == ["Qxara Zulm al-Wast"]


def test_text_longer_than_a_spacy_document_may_be(german: SpacyRecogniser) -> None:
    text = "In Wien blieb es ruhig.\n" * 2 + "x" * 1_100_000 + "\nIn Wien blieb es ruhig."
    found = toponyms(german.recognise(text))
    assert found[0] == found[-1] == "Wien"


@pytest.mark.parametrize("run", ["=" * 10_000, "=-" * 100, "https://example.org/Homs/" + "a/" * 60])
def test_rules_and_long_links_hold_no_words(german: SpacyRecogniser, run: str) -> None:
    found = german.recognise(f"In Wien blieb es ruhig {run} wie in Prag.")
    assert toponyms(found) == ["Wien", "Prag"]
    tokens = [token.text for sentence in found.sentences for token in sentence.tokens]
    assert tokens == "In Wien blieb es ruhig wie in Prag .".split()


def test_a_long_row_without_spaces_is_taken_apart(german: SpacyRecogniser) -> None:
    row = "|".join(["In", "Wien", "blieb", "es", "ruhig"] * 20)
    found = german.recognise(row)
    assert set(toponyms(found)) == {"Wien"}
    assert all(row[t.start : t.end] == t.text for t in found.toponyms)


def test_many_texts_are_read_as_one_at_a_time(shipped_gazetteer: Gazetteer) -> None:
    texts = ["In Homs wurde gekämpft.\n\nMoskau schweigt.", "", "Duma und Damaskus.", "\n", "Aden."]
    recogniser = load_recogniser("de", None, shipped_gazetteer)
    many = list(recogniser.recognise_many(texts * 9))
    assert many == [recogniser.recognise(text) for text in texts] * 9
    assert [t.text for t in many[0].toponyms] == ["Homs", "Moskau"]
