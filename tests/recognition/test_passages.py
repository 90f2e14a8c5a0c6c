from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.models import Lang
from geomap.recognition.lexicon import load_lexicon
from geomap.recognition.passages import MAX_PASSAGE, split_passages
from geomap.recognition.sentences import split_sentences
from tests.recognition.conftest import make_passage


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in split_passages(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Titel\n\nErster Satz.", ["Titel", "Erster Satz."]),
        ("Titel\nErster Satz.", ["Titel", "Erster Satz."]),
        ("a\n \n\n b", ["a", " b"]),
        ("Der Ort\nwar leer.", ["Der Ort\nwar leer."]),
        ("", []),
        (" \n\t\n", []),
    ],
)
def test_line_breaks_end_a_passage(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


def test_hard_wrapped_paragraph_is_one_passage() -> None:
    lines = [
        "Bei den Angriffen auf die Hafenstadt starben nach ersten Angaben",
        "Menschen in drei Vierteln. Die Behörden sprachen von einem neuen",
        "Höchststand. Auch die Umgebung war betroffen, sagte der Gouverneur",
        "am Abend.",
    ]
    text = "\n".join(lines)
    assert pieces(text) == [text]


def test_long_line_is_cut_at_a_space() -> None:
    parts = pieces("Wort " * 10_000)
    assert all(len(part) <= MAX_PASSAGE for part in parts)
    assert "".join(parts).split() == ["Wort"] * 10_000


@given(st.text(alphabet="Aa .\n", max_size=200))
def test_passages_cover_everything_but_white_space(text: str) -> None:
    spans = list(split_passages(text))
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert " ".join(text[start:end] for start, end in spans).split() == text.split()


@pytest.mark.parametrize(
    ("lang", "text", "count"),
    [
        ("de", "Am 21. August fiel der Ort. Danach war Ruhe.", 2),
        ("de", "Er kam am 21. Der Rest blieb.", 2),
        ("de", "Das gilt z. B. Reportern. Dr. Müller widersprach.", 2),
        ("de", "„Wir gehen.“ Dann schwieg er.", 2),
        ("de", "„Wir gehen!“, sagte er. „Sofort.“ Er ging.", 3),
        ("de", "Was nun? Niemand weiß es … Auch er nicht.", 3),
        ("de", "Rund 3.000 Menschen flohen", 1),
        ("en", "Forces of the U.S. The rest left.", 2),
        ("en", 'U.S. forces left. "Why?" he asked.', 2),
        ("en", "Dr. Smith left.", 1),
    ],
)
def test_sentences(lang: Lang, text: str, count: int) -> None:
    passage = make_passage(text, lang)
    sentences = list(split_sentences(passage, load_lexicon(lang)))
    assert len(sentences) == count, [text[s.start : s.end] for s in sentences]
    assert [token for s in sentences for token in s.tokens] == list(passage.tokens)
