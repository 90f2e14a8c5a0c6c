from __future__ import annotations

import random
from dataclasses import replace

import pytest
from fake_index import FakeIndex, make_world, place

from geomap.models import (
    Article,
    Lang,
    Recognition,
    Resolution,
    Sentence,
    Token,
    Toponym,
)
from geomap.resolution import Resolver
from geomap.resolution.queries import name_forms


def recognition(text: str, *names: str) -> Recognition:
    toponyms = []
    begin = 0
    for name in names:
        start = text.index(name, begin)
        label = "COORD" if name[0].isdigit() else "LOC"
        toponyms.append(Toponym(name, start, start + len(name), label))
        begin = start + len(name)
    tokens = tuple(Token(w, 0, 0) for w in text.split())
    return Recognition((Sentence(0, len(text), tokens),), tuple(toponyms))


def resolve(
    index: FakeIndex, text: str, *names: str, lang: Lang = "de", min_confidence: float = 0.0
) -> list[Resolution]:
    resolver = Resolver(index, min_confidence=min_confidence)
    return list(resolver.resolve(Article("a", text, lang), recognition(text, *names)))


def homonyms() -> FakeIndex:
    index = make_world()
    index.add(
        place(100, "Tripoli", 32.89, 13.19, "P/PPLC", "LY", importance=0.7),
        place(101, "Tripoli", 34.44, 35.85, "P/PPLA", "LB", importance=0.6),
        names=["Tripolis"],
    )
    index.add(place(102, "Libyen", 27.0, 17.0, "A/PCLI", "LY", importance=0.8))
    index.add(place(103, "Libanon", 33.8, 35.8, "A/PCLI", "LB", importance=0.8))
    index.add(
        place(104, "Paris", 48.85, 2.35, "P/PPLC", "FR", importance=0.95),
        place(105, "Paris", 33.66, -95.55, "P/PPL", "US", admin1="Texas", importance=0.3),
        names=["Paris"],
    )
    index.add(place(106, "Texas", 31.0, -99.0, "A/ADM1", "US", admin1="Texas", importance=0.6))
    index.add(
        place(107, "Idlib", 35.93, 36.63, "P/PPLA", "SY", importance=0.5),
        place(108, "Idlib Governorate", 35.8, 36.7, "A/ADM1", "SY", importance=0.5),
        names=["Idleb"],
    )
    return index


@pytest.mark.parametrize(
    ("text", "names", "country"),
    [
        ("Kämpfe in Tripolis, meldet Libyen.", ("Tripolis", "Libyen"), "LY"),
        ("Kämpfe in Tripolis, meldet Libanon.", ("Tripolis", "Libanon"), "LB"),
        ("Kämpfe in Tripolis, BEIRUT und Homs.", ("Tripolis", "BEIRUT", "Homs"), "LB"),
        ("Die libyschen Kämpfer in Tripolis", ("Tripolis",), "LY"),
    ],
)
def test_company_decides_between_homonyms(text: str, names: tuple[str, ...], country: str) -> None:
    chosen = resolve(homonyms(), text, *names)[0]
    assert chosen.place is not None
    assert chosen.place.country == country


def test_prominence_decides_without_company() -> None:
    assert resolve(homonyms(), "Kämpfe in Paris", "Paris")[0].place.country == "FR"


def test_explicit_container_beats_prominence() -> None:
    chosen = resolve(homonyms(), "A fire in Paris, Texas", "Paris", "Texas", lang="en")[0]
    assert chosen.place is not None
    assert chosen.place.country == "US"
    assert "names the area" in chosen.reason


@pytest.mark.parametrize(
    ("text", "code"),
    [("in der Stadt Idleb", "PPLA"), ("in der Provinz Idleb", "ADM1"), ("in Idleb", "PPLA")],
)
def test_the_word_beside_the_name_asks_for_a_kind(text: str, code: str) -> None:
    chosen = resolve(homonyms(), text, "Idleb")[0]
    assert chosen.place is not None
    assert chosen.place.feature_code == code


def test_unknown_names_are_a_result() -> None:
    result = resolve(homonyms(), "in Nirgendwo", "Nirgendwo")[0]
    assert result.place is None
    assert result.confidence == 0
    assert "kein Ort" in result.reason


def test_low_confidence_stays_unresolved_with_alternatives() -> None:
    index = FakeIndex().add(
        place(1, "San José", 9.9, -84.1, importance=0.1),
        place(2, "San José", 37.3, -121.9, importance=0.1),
        place(3, "San José", 14.1, -90.8, importance=0.1),
        names=["San José"],
    )
    result = resolve(index, "in San José", "San José", min_confidence=0.5)[0]
    assert result.place is None
    assert len(result.alternatives) == 3
    assert "zu unsicher" in result.reason


def test_one_sense_throughout_an_article() -> None:
    text = "Kämpfe in Tripolis. BEIRUT schweigt. Wieder Tripolis."
    first, _, second = resolve(homonyms(), text, "Tripolis", "BEIRUT", "Tripolis")
    assert first.place == second.place


def test_result_does_not_depend_on_the_order_of_names() -> None:
    names = ["Tripolis", "Homs", "Damaskus", "Paris", "Libanon"]
    expected = None
    for seed in range(5):
        random.Random(seed).shuffle(names)
        text = "; ".join(names)
        found = {r.toponym.text: r.place for r in resolve(homonyms(), text, *names)}
        assert expected is None or found == expected
        expected = found


def test_coordinates_are_places() -> None:
    result = resolve(make_world(), "bei 33.5138, 36.2765", "33.5138, 36.2765")[0]
    assert result.place is not None
    assert (result.place.lat, result.place.lon) == (33.5138, 36.2765)
    assert result.method == "coordinates"
    assert result.where_prec == 1


@pytest.mark.parametrize(
    ("name", "prec"), [("Homs", 1), ("Tschetschenien", 4), ("Syrien", 6), ("Kreml", 1)]
)
def test_precision_follows_the_feature(name: str, prec: int) -> None:
    assert resolve(make_world(), f"in {name}", name)[0].where_prec == prec


@pytest.mark.parametrize(
    ("text", "lang", "base"),
    [
        ("Jordaniens", "de", "Jordanien"),
        ("Weißen Haus", "de", "Weißes Haus"),
        ("Roten Meer", "de", "Rotes Meer"),
        ("Kenya's", "en", "Kenya"),
        ("Kenya’s", "en", "Kenya"),
        ("den Golanhöhen", "de", "Golanhöhen"),
        ("Tschads", "de", "Tschad"),
        ("Niederlanden", "de", "Niederlande"),
        ("Vereinigten Arabischen Emiraten", "de", "Vereinigten Arabischen Emirate"),
    ],
)
def test_base_forms(text: str, lang: Lang, base: str) -> None:
    forms = name_forms(text, lang)
    assert forms[0] == text
    assert base in forms


@pytest.mark.parametrize(
    ("text", "name"), [("#Homs", "Homs"), ("Frank¬ reich", "Frankreich"), ("Wieſe", "Wiese")]
)
def test_hashtags_and_old_print_are_read(text: str, name: str) -> None:
    assert name_forms(text, "de")[0] == name


def test_names_that_end_in_s_are_tried_as_they_stand() -> None:
    assert name_forms("Paris", "de")[0] == "Paris"


def test_a_poor_match_is_trusted_less() -> None:
    index = make_world()
    exact = resolve(index, "in Homs", "Homs")[0].confidence
    folded = resolve(replace(index, match_kind="fold"), "in Homs", "Homs")[0].confidence
    assert folded < exact


def test_demonyms_point_to_their_country() -> None:
    text = "die syrische Armee"
    spans = Recognition((), (Toponym("syrische", 4, 12, "DEMONYM"),))
    (result,) = Resolver(make_world(), min_confidence=0.0).resolve(Article("a", text, "de"), spans)
    assert result.place is not None
    assert (result.place.country, result.method) == ("SY", "demonym")


def test_a_small_place_abroad_is_not_believed() -> None:
    index = make_world().add(
        place(200, "Conna", 52.1, -8.1, country="IE", importance=0.1), names=["Konna"]
    )
    text = "Aus Konna zogen sie ab, nach Kämpfen in Homs, Idlib und Aleppo."
    konna, homs, *_ = resolve(index, text, "Konna", "Homs", "Idlib", "Aleppo", min_confidence=0.2)
    assert konna.place is None
    assert konna.alternatives[0].place.name == "Conna"
    assert homs.place is not None


def test_countries_are_not_met_by_sound_or_foreign_abbreviations() -> None:
    index = replace(make_world(), match_kind="fold")
    assert resolve(index, "in Syrien", "Syrien")[0].place is None
    assert resolve(index, "in Homs", "Homs")[0].place is not None


def test_the_scores_of_all_candidates_add_up_to_one_at_most() -> None:
    for result in resolve(homonyms(), "Kämpfe in Tripolis und Paris", "Tripolis", "Paris"):
        assert result.confidence + sum(c.score for c in result.alternatives) <= 1.001


def test_towns_and_their_divisions_do_not_split_the_confidence() -> None:
    index = homonyms()
    both = resolve(index, "in Idleb", "Idleb")[0]
    assert both.confidence > 0.5
    assert both.alternatives[0].place.feature_code == "ADM1"


def test_a_longer_name_does_not_draw_the_shorter_one() -> None:
    index = FakeIndex().add(
        place(1, "Mexico", 23.0, -102.0, "A/PCLI", "MX", importance=0.9),
        place(2, "Mexico", 19.43, -99.13, "P/PPLC", "MX", importance=0.8),
    )
    index.add(place(2, "Mexico City", 19.43, -99.13, "P/PPLC", "MX", importance=0.8))
    mexico, _ = resolve(index, "Mexico and Mexico City", "Mexico", "Mexico City", lang="en")
    assert mexico.place is not None
    assert mexico.place.kind == "country"


def test_given_adjectives_resolve_to_their_country_and_peoples_to_their_town() -> None:
    index = make_world().add(place(400, "Berlin", 52.5, 13.4, "P/PPLC", "DE", importance=0.9))
    text = "syrische Truppen, Berliner"
    spans = (
        Toponym("syrische", 0, 8, found_by="given"),
        Toponym("Berliner", 18, 26, found_by="given"),
    )
    resolver = Resolver(index, min_confidence=0.0)
    syrian, berliner = resolver.resolve(Article("a", text, "de"), Recognition((), spans))
    assert syrian.place is not None
    assert (syrian.place.country, syrian.method) == ("SY", "demonym")
    assert berliner.place is not None
    assert berliner.place.name == "Berlin"


def test_one_name_in_two_countries_is_two_places() -> None:
    text = "In Tripoli, Libanon, wurde gekämpft. In Tripoli, Libyen, nicht. Dann in Tripoli."
    names = ("Tripoli", "Libanon", "Tripoli", "Libyen", "Tripoli")
    index = homonyms()
    index.names["Tripoli"] = index.names["Tripolis"]
    first, _, second, _, third = resolve(index, text, *names)
    assert first.place is not None
    assert second.place is not None
    assert (first.place.country, second.place.country) == ("LB", "LY")
    assert third.place == second.place


def test_an_adjective_before_a_name_says_its_country() -> None:
    text = "im libyschen Tripolis, nicht in Beirut"
    tokens = (Token("im", 0, 2), Token("libyschen", 3, 12), Token("Tripolis", 13, 21))
    spans = (Toponym("Tripolis", 13, 21),)
    recognised = Recognition((Sentence(0, len(text), tokens),), spans)
    (result,) = Resolver(homonyms(), min_confidence=0.0).resolve(
        Article("a", text, "de"), recognised
    )
    assert result.place is not None
    assert result.place.country == "LY"


def test_what_lies_in_a_country_says_which_country_is_meant() -> None:
    index = FakeIndex().add(
        place(1, "Georgia", 42.0, 43.5, "A/PCLI", "GE", importance=0.9),
        place(2, "Georgia", 32.8, -83.5, "A/ADM1", "US", admin1="Georgia", importance=0.7),
    )
    index.add(place(3, "Atlanta", 33.7, -84.4, "P/PPLA", "US", admin1="Georgia", importance=0.6))
    _, georgia = resolve(index, "Atlanta, Georgia", "Atlanta", "Georgia", lang="en")
    assert georgia.place is not None
    assert georgia.place.country == "US"


def test_a_place_too_far_off_contradicts_the_distance_stated() -> None:
    index = make_world().add(place(500, "Qasr", 31.3, 35.7, country="JO", importance=0.3))
    near = resolve(index, "in Qasr und Homs", "Qasr", "Homs")[0]
    text = "in Qasr, 15 Kilometer südwestlich von Homs"
    stated = resolve(index, text, "Qasr", "Homs")[0]
    assert stated.confidence < near.confidence
