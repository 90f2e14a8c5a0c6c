from __future__ import annotations

from dataclasses import replace

import pytest
from fake_index import FakeIndex, make_world, place

from geomap.models import Article, Lang, Recognition, Resolution, Toponym
from geomap.resolution import Resolver, place_sites
from geomap.resolution.surroundings import is_site


def resolve(index: FakeIndex, text: str, *names: str, lang: Lang = "de") -> list[Resolution]:
    toponyms, begin = [], 0
    for name in names:
        start = text.index(name, begin)
        begin = start + len(name)
        toponyms.append(Toponym(name, start, begin))
    recognition = Recognition((), tuple(toponyms))
    resolutions = Resolver(index, min_confidence=0.5).resolve(Article("a", text, lang), recognition)
    return list(place_sites(resolutions, lang))


@pytest.mark.parametrize(
    ("name", "lang", "site"),
    [
        ("Poststraße", "de", True),
        ("Platz der Freiheit", "de", True),
        ("Mainz Hbf", "de", True),
        ("Halle", "de", False),
        ("Bergen", "de", False),
        ("Royal Street", "en", True),
        ("Zion National Park", "en", False),
        ("Park", "en", False),
        ("Calle de Atocha", "de", True),
    ],
)
def test_what_is_a_site(name: str, lang: Lang, site: bool) -> None:
    assert is_site(name, lang) is site


def test_a_street_stands_in_the_town_spoken_of() -> None:
    homs, street = resolve(make_world(), "In Homs brannte die Poststraße.", "Homs", "Poststraße")
    assert street.place == homs.place
    assert (street.where_prec, street.method) == (2, "surroundings")
    assert street.uncertainty_km is not None
    assert street.uncertainty_km >= 10
    assert street.confidence < homs.confidence
    assert "Homs" in street.reason


def test_the_town_named_before_is_nearer_than_the_one_after() -> None:
    text = "In Homs brannte die Poststraße, nach Idlib flohen viele."
    _, street, _ = resolve(make_world(), text, "Homs", "Poststraße", "Idlib")
    assert street.place is not None
    assert street.place.name == "Homs"


def test_unknown_villages_and_streets_far_from_any_town_stay_unresolved() -> None:
    far = "In Homs brannte es. " + "Niemand weiß mehr. " * 40 + "Auf der Poststraße war es still."
    assert resolve(make_world(), far, "Homs", "Poststraße")[1].place is None
    assert (
        resolve(make_world(), "In Homs und Umm Dschalal", "Homs", "Umm Dschalal")[1].place is None
    )
    assert (
        resolve(make_world(), "In Syrien die Poststraße", "Syrien", "Poststraße")[1].place is None
    )


def test_a_known_part_of_a_longer_name_is_near_and_not_exact() -> None:
    index = make_world().add(place(300, "Bengasi", 32.1, 20.1, "P/PPLA", "LY", importance=0.7))
    text = "Schüsse an der Hochschule Bengasi in Bengasi"
    school, town = resolve(index, text, "Hochschule Bengasi", "Bengasi")
    assert school.place == town.place
    assert (school.where_prec, town.where_prec) == (2, 1)
    assert replace(school, toponym=town.toponym) != town
