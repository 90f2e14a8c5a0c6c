"""What the gazetteer says of words, as the tagger gets it."""

from __future__ import annotations

import spacy

from geomap.gazetteer import Gazetteer
from geomap.recognition.hints import add_hints, embeds_hints
from geomap.recognition.knowledge import Knowledge
from geomap.recognition.lexicon import load_lexicon
from geomap.recognition.pipelines import load_pipeline


def test_names_of_several_words_share_a_hint(shipped_gazetteer: Gazetteer) -> None:
    doc = spacy.blank("de").make_doc("Bei Deir ez-Zor in Syrien lobt Peter die syrische Armee .")
    add_hints(doc, Knowledge("de", load_lexicon("de"), shipped_gazetteer))
    hints = {token.text: token.tag_ for token in doc}
    assert (hints["Deir"], hints["ez-Zor"]) == ("B-major", "I-major")
    assert hints["Syrien"] == "B-area"
    assert hints["Peter"] == "B-given"
    assert hints["lobt"] == hints["."] == ""


def test_the_shipped_models_embed_hints_and_others_do_not() -> None:
    assert embeds_hints(load_pipeline("de"))
    assert embeds_hints(load_pipeline("en"))
    assert not embeds_hints(spacy.blank("de"))
