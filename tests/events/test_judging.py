from __future__ import annotations

import numpy as np
import pytest
from test_extractor import event_at, extract

from geomap.events.classifier import BUCKETS, Classifier, buckets, load_event_model
from geomap.events.judging import type_of
from geomap.models import Lang
from geomap.training.events import Example, fit, store, type_label

LANGUAGES: tuple[Lang, ...] = ("de", "en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_shipped_classifiers_are_whole(lang: Lang) -> None:
    model = load_event_model(lang)
    assert {"event", "background", "actor", "origin", "destination"} <= set(model.roles.labels)
    for classifier in (model.roles, model.types):
        assert classifier.weights.shape == (BUCKETS, len(classifier.labels))
        assert sum(classifier.probabilities(["bias"]).values()) == pytest.approx(1.0, abs=1e-5)
    assert all(len(label.split("|")) == 3 for label in model.types.labels)


def test_features_are_counted_once() -> None:
    assert buckets(["word=a", "word=a"]) == buckets(["word=a"])


def test_fitting_tells_labels_apart(tmp_path) -> None:
    pytest.importorskip("scipy", reason="comes with geomap[maintain]")
    seen = [
        Example(
            f"a{i}", (("bias", "left=in"), ("bias", "left=aus"))[i % 2], ("event", "origin")[i % 2]
        )
        for i in range(40)
    ]
    classifier = fit(seen, ridge=0.1)
    assert classifier.probabilities(["bias", "left=in"])["event"] > 0.8
    assert classifier.probabilities(["bias", "left=aus"])["origin"] > 0.8
    store(tmp_path / "x.npz", {"roles": classifier})
    assert set(np.load(tmp_path / "x.npz").files) == {"roles_rows", "roles_weights", "roles_labels"}
    assert isinstance(classifier, Classifier)


def test_types_from_labels_and_back() -> None:
    assert type_label({"type": "Aid"}) == "Strategic developments||aid"
    kind = type_of("Strategic developments||aid")
    assert (kind.acled_scope, kind.geomap_type, kind.sub_event_type) == (False, "aid", "Other")
    strike = type_of(type_label({"type": "Battles", "subtype": "Armed clash"}))
    assert (strike.acled_scope, strike.sub_event_type) == (True, "Armed clash")


def test_an_event_is_told_without_a_word_of_the_lexicon() -> None:
    text = "In Homs riss am Montag eine Mine drei Straßenarbeiter in den Tod."
    event = event_at(text, "Homs")
    assert event.event_type == "Explosions/Remote violence"
    assert event.modality == "asserted"


def test_the_evidence_names_the_rule_that_was_overruled() -> None:
    findings, roles = extract("In Homs riss am Montag eine Mine drei Straßenarbeiter in den Tod.")
    assert roles["Homs"] == "event"
    assert findings.roles[0].evidence.startswith("learned:0.")
    assert findings.roles[0].evidence.endswith("not background by no-trigger")


def test_everyday_sentences_tell_of_nothing() -> None:
    assert not extract("In Homs wird seit tausend Jahren Seife gekocht.")[0].events


def test_the_dead_of_the_next_sentence_count() -> None:
    text = "In Homs schlug eine Rakete ein. Verletzt wurde niemand. In Idlib war es still."
    assert event_at(text, "Homs").deaths.best == 0
    elsewhere = "In Homs schlug eine Rakete ein. In Idlib starben drei Menschen bei Kämpfen."
    assert event_at(elsewhere, "Homs").deaths.best is None
