"""Entities are those that spaCy's own decoder finds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
import spacy

from geomap.models import Lang
from geomap.recognition.entities import find_entities
from geomap.recognition.pipelines import load_pipeline

TEXTS = (
    "In der Region Donezk und bei Tschassiw Jar schlugen Raketen ein, sagte Olaf Scholz in Kiew.",
    "Beirut",
    "The New York Times says shells hit Deir ez-Zor   and Khan Yunis on the road to Gaza City.",
    " Homs \n Hama",
)


def make_random(seed: int) -> Any:
    """Make a recogniser that knows nothing and sees entities of any length everywhere."""
    nlp = spacy.blank("en")
    recogniser = nlp.add_pipe("ner")
    for label in ("LOC", "PER", "ORG"):
        recogniser.add_label(label)  # type: ignore[attr-defined]
    nlp.initialize()
    upper = recogniser.model.get_ref("upper")  # type: ignore[attr-defined]
    random = np.random.default_rng(seed)
    upper.set_param("W", random.normal(size=upper.get_param("W").shape).astype("f"))
    return nlp


def read(docs: Sequence[Any]) -> list[list[tuple[int, int, str]]]:
    return [[(e.start, e.end, e.label_) for e in doc.ents] for doc in docs]


@pytest.mark.parametrize("seed", range(5))
def test_random_models_find_the_same(seed: int) -> None:
    nlp = make_random(seed)
    expected = read(list(nlp.pipe(TEXTS)))
    assert any(end - start > 1 for doc in expected for start, end, _ in doc)
    assert read(list(find_entities(nlp, map(nlp.make_doc, TEXTS), 3))) == expected


@pytest.mark.parametrize("lang", ["de", "en"])
def test_shipped_models_find_the_same(lang: Lang) -> None:
    nlp = load_pipeline(lang)
    expected = read(list(nlp.pipe(TEXTS)))
    assert read(list(find_entities(nlp, map(nlp.make_doc, TEXTS), 32))) == expected


def test_entities_set_before_are_kept() -> None:
    nlp = make_random(0)
    nlp.add_pipe("entity_ruler", before="ner").add_patterns([{"label": "GPE", "pattern": "Beirut"}])  # type: ignore[attr-defined]
    (doc,) = find_entities(nlp, [nlp.make_doc("Beirut")], 1)
    assert read([doc]) == [[(0, 1, "GPE")]]
