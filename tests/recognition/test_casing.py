"""Texts in capitals are read in the usual case."""

from __future__ import annotations

import pytest

from geomap.gazetteer import Gazetteer
from geomap.models import Lang
from geomap.recognition import load_recogniser
from geomap.recognition.casing import is_shouted, restore_case
from geomap.recognition.knowledge import Knowledge
from geomap.recognition.lexicon import load_lexicon

COMMON = frozenset("in kam ein mann ums leben und wurde die gekämpft".split())


@pytest.mark.parametrize(
    ("text", "shouted"),
    [
        ("IN FUESSEN KAM EIN MANN UMS LEBEN.", True),
        ("IN FUESSEN KAM EIN MANN UMS LEBEN (dpa).", True),
        ("BEIRUT (dpa) – Es blieb ruhig, wie Anwohner sagten.", False),
        ("UN, EU UND NATO", False),
        ("", False),
    ],
)
def test_what_is_shouted(text: str, shouted: bool) -> None:
    assert is_shouted(text) == shouted


def test_the_usual_case(shipped_gazetteer: Gazetteer) -> None:
    knowledge = Knowledge("de", load_lexicon("de"), shipped_gazetteer)
    text = "IN HOMS UND AL-BAB WURDE GEKÄMPFT, SAGT DIE DPA. 12. MÄRZ"
    restored = restore_case(text, knowledge, COMMON.__contains__)
    assert len(restored) == len(text)
    assert restored.startswith("In Homs und al-Bab wurde gekämpft, SAGT die DPA.")


@pytest.mark.parametrize(
    ("lang", "text", "places"),
    [
        ("de", "IN HOMS UND ALEPPO KAM ES AM MONTAG ZU SCHWEREN GEFECHTEN.", ["HOMS", "ALEPPO"]),
        (
            "en",
            "HEAVY FIGHTING WAS REPORTED NEAR HOMS AND IN ALEPPO ON MONDAY.",
            ["HOMS", "ALEPPO"],
        ),
        ("en", "Fighting Near Homs And In Aleppo Kills Ten", ["Homs", "Aleppo"]),
    ],
)
def test_names_in_capitals(
    shipped_gazetteer: Gazetteer, lang: Lang, text: str, places: list[str]
) -> None:
    found = load_recogniser(lang, None, shipped_gazetteer).recognise(text).toponyms
    assert [toponym.text for toponym in found] == places
