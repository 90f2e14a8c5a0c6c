"""Words whose vectors are remembered are read as they are without."""

from __future__ import annotations

import numpy as np
import pytest
import spacy

from geomap.models import Lang
from geomap.recognition import embedding
from geomap.recognition.pipelines import load_pipeline

TEXTS = ("Raketen trafen Charkiw, z. B. am Markt.", "Am Markt von  Charkiw\nbrannte ein Markt.")


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("most", [0, 16_000])
def test_vectors_are_the_same(lang: Lang, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "_MOST_WORDS", most)
    nlp = load_pipeline(lang)
    (remembering,) = (m for m in nlp.get_pipe("tok2vec").model.walk() if m.name == "remembered")
    (embed,) = remembering.layers
    docs = [nlp.make_doc(text) for text in TEXTS]
    docs[1].from_array(["TAG"], np.full((len(docs[1]), 1), nlp.vocab.strings.add("B-area"), "u8"))
    for batch in (docs[:1], docs, docs[1:]):
        for found, expected in zip(remembering.predict(batch), embed.predict(batch), strict=True):
            np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-6)


def test_pipelines_without_such_vectors_are_left_alone() -> None:
    nlp = spacy.blank("en")
    embedding.remember_words(nlp)
    nlp.add_pipe("tok2vec")
    embedding.remember_words(nlp)
    layers = nlp.get_pipe("tok2vec").model.walk()  # type: ignore[attr-defined]
    assert "remembered" not in {layer.name for layer in layers}
