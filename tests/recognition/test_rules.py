from __future__ import annotations

import pytest

from geomap.recognition.consistency import spread_names
from geomap.recognition.rules import apply_rules
from tests.recognition.conftest import Annotate, show


def locations(annotate: Annotate, marked: str, **options: object) -> list[str]:
    annotation = annotate(marked, **options)
    apply_rules(annotation)
    return [text for text, label in show(annotation) if label == "LOC"]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Gefechte in [Deir|LOC] ez-Zor", ["Deir ez-Zor"]),
        ("Gefechte in [Deir|LOC] [ez-Zor|ORG]", ["Deir"]),
        ("Kämpfe um [Bosra|LOC] [al-Scham|LOC]", ["Bosra al-Scham"]),
        ("Kämpfe um Tschassiw Jar am Abend", ["Tschassiw Jar"]),
        ("in der Demokratischen [Republik Kongo|LOC]", ["Demokratischen Republik Kongo"]),
        ("im [Weißen|LOC] Haus", ["Weißen Haus"]),
        ("im Roten Meer", ["Roten Meer"]),
        ("in [Frankfurt|LOC] (Oder) und", ["Frankfurt (Oder)"]),
        ("[Jordaniens|LOC] König", ["Jordaniens"]),
        ("in [New|LOC] York, [Tel Aviv|LOC]", ["New York", "Tel Aviv"]),
        ("[Kiew|LOC], [Moskau|LOC]", ["Kiew", "Moskau"]),
    ],
)
def test_names_of_several_words_are_joined(
    annotate: Annotate, marked: str, expected: list[str]
) -> None:
    assert locations(annotate, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("im [Damaskus-Vorort|PART] Duma", ["Damaskus"]),
        ("im [Saatari-Lager|PART]", ["Saatari"]),
        ("im [Catatumbo-Gebiet|LOC]", ["Catatumbo"]),
        ("die Syrien-Konferenz", ["Syrien"]),
        ("im [Latschin-Korridor|LOC]", ["Latschin-Korridor"]),
        ("in [Guinea-Bissau|LOC]", ["Guinea-Bissau"]),
        ("in [Nord-Darfur|LOC]", ["Nord-Darfur"]),
        ("der [US-Präsident|PART]", []),
        ("eine [Wupperbrücke|PART]", []),
        ("ein Halle-Besuch", []),
    ],
)
def test_compounds(annotate: Annotate, marked: str, expected: list[str]) -> None:
    assert locations(annotate, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("die [Provinz Idlib|LOC] im", ["Idlib"]),
        ("[der Türkei|LOC]", ["Türkei"]),
        ("in der [Stadt|LOC] fielen", []),
        ("in [Chocó ELN|LOC] und", ["Chocó"]),
        ("[Aleppo; Idlib|LOC] und", ["Aleppo"]),
    ],
)
def test_bounds_of_names(annotate: Annotate, marked: str, expected: list[str]) -> None:
    assert locations(annotate, marked, places=False) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[Kenya|LOC]'s army", ["Kenya's"]),
        ("[Idlib province|LOC] was", ["Idlib"]),
        ("through the [Rafah|LOC] crossing on", ["Rafah crossing"]),
        ("in [Mosul|LOC] in [July|LOC]", ["Mosul"]),
        ("at [Ramstein Air Base|LOC] in", ["Ramstein"]),
    ],
)
def test_english_bounds(annotate: Annotate, marked: str, expected: list[str]) -> None:
    assert locations(annotate, marked, lang="en") == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Gefechte bei Aleppo gemeldet", ["Aleppo"]),
        ("südlich von Damaskus schlug", ["Damaskus"]),
        ("in der Provinz Idlib starben", ["Idlib"]),
        ("[Kiew|LOC] und Moskau einigten", ["Kiew", "Moskau"]),
        ("nach Angaben der Polizei", []),
        ("in [Moskau|ORG] hieß es", ["Moskau"]),
        ("[Washington|ORG] will schweigen", ["Washington"]),
        ("im Bezirk [Hlaing Tharyar|PER]", ["Hlaing Tharyar"]),
        ("warteten auf Essen und Tee", []),
        ("BEIRUT (dpa) – Bei", ["BEIRUT"]),
        ("KIEW/MOSKAU – Beide", ["KIEW", "MOSKAU"]),
        ("Kiew – Nach", ["Kiew"]),
        ("Er ging – und kam", []),
        ("am Ufer des [Berlins|PER]", ["Berlins"]),
        ("die [Bergbaustadt Selydowe|ORG] fiel", ["Selydowe"]),
        ("[Ältere|LOC] Bewohner", []),
    ],
)
def test_missed_places(annotate: Annotate, marked: str, expected: list[str]) -> None:
    assert locations(annotate, marked) == expected


@pytest.mark.parametrize(
    ("marked", "label"),
    [
        ("[syrische|LOC] Armee", "DEMONYM"),
        ("an der [Donezker|LOC] Front", "DEMONYM"),
        ("Jan [Hessen|LOC] sagte", "PER"),
        ("[Emma|PER] [Jordan|LOC] sagte", "PER"),
        ("Universität [Nablus|LOC]", "ORG"),
        ("der [Islamische Staat|LOC] siegte", "ORG"),
        ("gegen den [IS|LOC] vor", "ORG"),
        ("Fregatte „[Hessen|LOC]“", "MISC"),
        ("[Berlin|LOC] Zeitung", "ORG"),
    ],
)
def test_names_that_are_no_places(annotate: Annotate, marked: str, label: str) -> None:
    annotation = annotate(marked)
    apply_rules(annotation)
    assert [found for _, found in show(annotation)] == [label]


@pytest.mark.parametrize(
    "marked",
    [
        "University of [Aleppo|LOC] students",
        "[Aleppo|LOC] Today channel",
        "Lloyd's of [London|LOC]",
        "Tom [London|LOC] left",
    ],
)
def test_english_names_that_are_no_places(annotate: Annotate, marked: str) -> None:
    assert locations(annotate, marked, lang="en") == []


def spread(annotate: Annotate, *marked: str) -> list[list[tuple[str, str]]]:
    annotations = [annotate(text) for text in marked]
    spread_names(annotations)
    return [show(annotation) for annotation in annotations]


def test_a_place_named_once_is_a_place_elsewhere(annotate: Annotate) -> None:
    first, second = spread(annotate, "Kämpfe in [Samsam|LOC].", "Aus Samsam fliehen viele.")
    assert first == second == [("Samsam", "LOC")]


def test_genitive_and_compound_of_a_place_named_elsewhere(annotate: Annotate) -> None:
    _, second, third = spread(
        annotate, "in [Catatumbo|LOC]", "Catatumbos Dörfer", "im Catatumbo-Gebiet"
    )
    assert second == [("Catatumbos", "LOC")]
    assert third == [("Catatumbo", "LOC")]


def test_homographs_are_not_spread(annotate: Annotate) -> None:
    _, second = spread(
        annotate, "in [Halle|LOC] und [Essen|LOC]", "Eine Halle, in der es Essen gab"
    )
    assert second == []


def test_a_place_in_an_organisation_stays_there(annotate: Annotate) -> None:
    _, second = spread(annotate, "in [Nablus|LOC]", "die [Universität Nablus|ORG]")
    assert second == [("Universität Nablus", "ORG")]


def test_a_surname_is_read_as_the_person(annotate: Annotate) -> None:
    _, second = spread(annotate, "[Baschar al-Assad|PER] floh", "[Assad|LOC] schwieg")
    assert second == [("Assad", "PER")]


def test_the_majority_decides_on_an_organisation(annotate: Annotate) -> None:
    *_, last = spread(annotate, "in [Kiew|LOC]", "aus [Kiew|LOC]", "[Kiew|ORG] schwieg")
    assert last == [("Kiew", "LOC")]
