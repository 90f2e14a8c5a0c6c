"""German compounds are looked up by their longest known ending."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import spacy
from spacy.vectors import Vectors

from geomap.recognition.forms import Forms


def make(attr: str) -> Any:
    nlp = spacy.blank("de")
    nlp.vocab.vectors = Vectors(data=np.ones((1, 4), dtype="f"), attr=attr)
    for word in ("Netz", "Kurieren", "kurieren", "Stellungen", "bach"):
        nlp.vocab.vectors.add(word, row=0)
    return nlp


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("Netz", "Netz"),
        ("Geldkurieren", "Kurieren"),
        ("auskurieren", "kurieren"),
        ("Püngelbach", "bach"),
        ("Armee-Stellungen", "Stellungen"),
        ("Tschassiw", "Tschassiw"),
        ("Jar", "Jar"),
    ],
)
def test_form(word: str, form: str) -> None:
    nlp = make("LEMMA")
    doc = nlp.make_doc(word)
    Forms(nlp.vocab).add(doc)
    assert doc[0].lemma_ == form


def test_other_pipelines_are_left_alone() -> None:
    nlp = make("ORTH")
    forms = Forms(nlp.vocab)
    doc = nlp.make_doc("Geldkurieren")
    forms.add(doc)
    assert not forms.used
    assert doc[0].lemma_ == ""


def test_english_words_are_no_compounds() -> None:
    nlp = spacy.blank("en")
    nlp.vocab.vectors = Vectors(data=np.ones((1, 4), dtype="f"), attr="LEMMA")
    nlp.vocab.vectors.add("House", row=0)
    doc = nlp.make_doc("Moorhouse")
    Forms(nlp.vocab).add(doc)
    assert doc[0].lemma_ == "Moorhouse"
