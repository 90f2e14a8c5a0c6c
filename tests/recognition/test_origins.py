"""Each toponym says what saw it, and how sure that is."""

from __future__ import annotations

import pytest

from geomap.gazetteer import Gazetteer
from geomap.recognition import load_recogniser


@pytest.mark.parametrize(
    ("text", "name", "found_by"),
    [
        ("In Damaskus wurde am Montag wieder geschossen.", "Damaskus", "tagger"),
        ("BEIRUT (dpa) – Es blieb ruhig, wie Anwohner sagten.", "BEIRUT", "dateline"),
        ("Die Aleppo-Offensive stockt.", "Aleppo", "compound"),
        (
            "Der Konvoi hielt bei 36.2042° N, 37.1500° O an.",
            "36.2042° N, 37.1500° O",
            "coordinates",
        ),
    ],
)
def test_what_saw_a_name(shipped_gazetteer: Gazetteer, text: str, name: str, found_by: str) -> None:
    found = load_recogniser("de", None, shipped_gazetteer).recognise(text).toponyms
    (toponym,) = [t for t in found if t.text == name]
    assert toponym.found_by == found_by
    assert 0 < toponym.score <= 1


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("In der Stadt Essen blieb es nach Angaben der Polizei ruhig.", ["Essen"]),
        ("Sie haben das Lager in der Stadt Ende Oktober verlassen.", []),
        ("Gab es Tote? Aber der Sprecher schwieg.", []),
    ],
)
def test_words_that_leave_no_doubt_and_words_that_do(
    shipped_gazetteer: Gazetteer, text: str, places: list[str]
) -> None:
    found = load_recogniser("de", None, shipped_gazetteer).recognise(text).toponyms
    assert [toponym.text for toponym in found] == places
