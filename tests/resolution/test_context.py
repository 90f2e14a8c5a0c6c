from __future__ import annotations

import pytest

from geomap.models import Lang, Sentence, Token, Toponym
from geomap.resolution.context import (
    abbreviated_container,
    feature_hint,
    find_demonyms,
    linked_containers,
    listed,
    stated_distance,
)


def spans(text: str, *names: str) -> list[Toponym]:
    found, begin = [], 0
    for name in names:
        start = text.index(name, begin)
        begin = start + len(name)
        found.append(Toponym(name, start, begin))
    return found


@pytest.mark.parametrize(
    ("text", "name", "lang", "kind"),
    [
        ("in der Provinz Idlib", "Idlib", "de", "admin1"),
        ("die Stadt Idlib", "Idlib", "de", "city"),
        ("in der Hafenstadt Odessa", "Odessa", "de", "city"),
        ("im Gebiet Donezk", "Donezk", "de", "admin1"),
        ("am Fluss Niger", "Niger", "de", "water"),
        ("am Flughafen Damaskus", "Damaskus", "de", "landmark"),
        ("nach Idlib", "Idlib", "de", None),
        ("the city of Homs", "Homs", "en", "city"),
        ("Idlib province", "Idlib", "en", "admin1"),
        ("Washington state", "Washington", "en", "admin1"),
        ("Ohio State University", "Ohio", "en", None),
        ("the Niger river", "Niger", "en", "water"),
        ("Standort Berlin", "Berlin", "de", None),
        ("in Clay, Polk and Wakulla counties", "Clay", "en", "admin2"),
        ("in Clay, Polk and Wakulla counties", "Wakulla", "en", "admin2"),
        ("in Clay, Polk and Wakulla", "Clay", "en", None),
        ("im Department Chocó", "Chocó", "de", "admin1"),
    ],
)
def test_words_beside_a_name_ask_for_a_kind(
    text: str, name: str, lang: Lang, kind: str | None
) -> None:
    assert feature_hint(text, spans(text, name)[0], lang) == kind


@pytest.mark.parametrize(
    ("text", "names", "position", "containers"),
    [
        ("Paris, Texas", ("Paris", "Texas"), 0, [1]),
        ("Paris, Lamar County, Texas", ("Paris", "Lamar County", "Texas"), 0, [1, 2]),
        ("Hama in der Provinz Hama", ("Hama", "Hama"), 0, [1]),
        ("Taftanas (Provinz Idlib)", ("Taftanas", "Idlib"), 0, []),
        ("Taftanas (Idlib)", ("Taftanas", "Idlib"), 0, [1]),
        ("Syriens Hauptstadt Damaskus", ("Syriens", "Damaskus"), 1, [0]),
        ("Syria's northern city of Aleppo", ("Syria", "Aleppo"), 1, [0]),
        ("the Texas town of Paris", ("Texas", "Paris"), 1, [0]),
        ("Homs liegt weit von Aleppo", ("Homs", "Aleppo"), 1, []),
        ("China, Japan and Georgia", ("China", "Japan", "Georgia"), 0, []),
    ],
)
def test_what_the_text_puts_around_a_name(
    text: str, names: tuple[str, ...], position: int, containers: list[int]
) -> None:
    assert list(linked_containers(text, spans(text, *names), position)) == containers


@pytest.mark.parametrize(
    ("text", "abbreviation"),
    [
        ("CAIRO, Ill. — A fire", "Ill."),
        ("CAIRO, IL 62914", "IL"),
        ("CAIRO, N.Y., burned", "N.Y."),
        ("CAIRO, Egypt", None),
        ("CAIRO, But then", None),
    ],
)
def test_abbreviated_states_contain_what_stands_before(text: str, abbreviation: str | None) -> None:
    assert abbreviated_container(text, Toponym("CAIRO", 0, 5), None) == abbreviation


def test_an_abbreviation_that_is_a_toponym_is_linked_as_one() -> None:
    assert abbreviated_container("CAIRO, Ill. burned", Toponym("CAIRO", 0, 5), 7) is None


def test_lists() -> None:
    text = "in Homs, Hama und Aleppo; Beirut schwieg"
    toponyms = spans(text, "Homs", "Hama", "Aleppo", "Beirut")
    assert sorted(listed(text, toponyms, 1)) == [0, 2]
    assert sorted(listed(text, toponyms, 0)) == [1, 2]
    assert list(listed(text, toponyms, 3)) == []


@pytest.mark.parametrize(
    ("text", "km"),
    [
        ("Telbisa, 12 Kilometer nördlich von Homs", 12.0),
        ("Talbiseh, some 10 miles north of Homs", 16.09),
        ("Telbisa liegt 12,5 km von Homs", 12.5),
        ("Telbisa, am 12. Mai, von Homs", None),
        ("Telbisa und Homs", None),
        ("Telbisa fiel. 20 Kilometer nördlich von Homs brannte es", None),
    ],
)
def test_stated_distances(text: str, km: float | None) -> None:
    found = stated_distance(text, spans(text, text.split(maxsplit=1)[0].strip(","), "Homs"), 0)
    assert (found[1] if found else None) == (pytest.approx(km) if km else None)


def test_demonyms_come_with_their_offset() -> None:
    tokens = (Token("Die", 0, 3), Token("syrische", 4, 12), Token("Armee", 13, 18))
    sentence = Sentence(0, 18, tokens)
    found = list(find_demonyms([sentence], {"syrische": "SY", "Die": "XX"}.get))
    assert found == [(4, "SY")]


@pytest.mark.parametrize(
    "text",
    [
        "In Hama hieß es, 20 Kilometer nördlich von Homs liegt das Dorf Telbisa",
        "In Hama hieß es, das 20 Kilometer von Homs entfernte Telbisa sei gefallen",
        "In Hama, they said 20 km north of Homs lies the village of Telbisa",
    ],
)
def test_distances_stated_the_other_way_round(text: str) -> None:
    toponyms = spans(text, "Hama", "Homs", "Telbisa")
    assert stated_distance(text, toponyms, 2) == (1, 20.0)
    assert stated_distance(text, toponyms, 0) is None
