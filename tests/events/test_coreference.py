"""Words that stand for a place, and events told more than once, with the gazetteer that ships."""

from __future__ import annotations

from datetime import date

import pytest

from geomap.models import Article, GeoparsedArticle, Lang
from geomap.pipeline import Geoparser
from geomap.settings import Settings


@pytest.fixture(scope="module")
def geoparser() -> Geoparser:
    return Geoparser(Settings())


def parse(geoparser: Geoparser, text: str, lang: Lang) -> GeoparsedArticle:
    return geoparser.parse(Article("a", text, lang, published=date(2016, 3, 1)))


def told(parsed: GeoparsedArticle) -> list[tuple[str, str, str]]:
    """Return (place, mode, words that stand for it) of each event."""
    rows = []
    for event in parsed.events:
        named = parsed.resolutions[event.location].place if event.location is not None else None
        place = named or event.place
        words = "+".join(mention.text for mention in event.mentions)
        rows.append((place.name if place else "", event.modality, words))
    return rows


HAPPENED = "asserted"
CASES: list[tuple[Lang, str, tuple[str, str, str]]] = [
    (
        "de",
        "In Homs war es ruhig. Am Freitag schlugen dort Raketen ein.",
        ("Homs", HAPPENED, "dort"),
    ),
    (
        "de",
        "Rebellen halten Idlib. In der Stadt detonierte am Montag eine Autobombe.",
        ("Idlib", HAPPENED, "der Stadt"),
    ),
    (
        "de",
        "Truppen stehen vor Mossul, doch die Stadt ist noch nicht gefallen.",
        ("Mosul", "negation", "die Stadt"),
    ),
    (
        "de",
        "Bei einem Anschlag in der französischen Hauptstadt starben zwölf Menschen.",
        ("Paris", HAPPENED, "der französischen Hauptstadt"),
    ),
    ("de", "Syriens Hauptstadt wurde am Montag beschossen.", ("Damascus", HAPPENED, "Hauptstadt")),
    (
        "en",
        "Residents fled Mosul. Shells hit the city again on Sunday.",
        ("Mosul", HAPPENED, "the city"),
    ),
    (
        "en",
        "The Syrian capital came under rocket fire on Monday.",
        ("Damascus", HAPPENED, "The Syrian capital"),
    ),
    (
        "en",
        "Officials in Kharkiv spoke. Lyptsi is near. The city was bombed at night.",
        ("Kharkiv", HAPPENED, "The city"),
    ),
]


@pytest.mark.parametrize(("lang", "text", "event"), CASES, ids=[text for _, text, _ in CASES])
def test_a_word_stands_for_a_place(
    geoparser: Geoparser, lang: Lang, text: str, event: tuple[str, str, str]
) -> None:
    assert event in told(parse(geoparser, text, lang))


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Homs ist ruhig. In der benachbarten Stadt explodierte eine Bombe."),
        ("de", "In einer Stadt explodierte eine Bombe."),
        ("de", "Aleppo, die zweitgrößte Stadt, blieb ruhig."),
        ("de", "Die Wahl in Homs ist vorbei. Dort wird nun gefeiert."),
        ("en", "Homs is calm. There were clashes between fans and stewards."),
        ("en", "Homs is calm. A bomb went off in the next town."),
    ],
)
def test_other_words_stand_for_no_place(geoparser: Geoparser, lang: Lang, text: str) -> None:
    assert [words for _, _, words in told(parse(geoparser, text, lang)) if words] == []


def test_a_place_without_its_name_has_a_point_and_no_toponym(geoparser: Geoparser) -> None:
    parsed = parse(geoparser, "Raketen trafen am Montag die syrische Hauptstadt.", "de")
    (event,) = parsed.events
    assert event.location is None
    assert event.lat == pytest.approx(33.5, abs=0.1)
    assert [r.toponym.text for r in parsed.resolutions] == []


def test_confidence_in_a_stand_in_is_lower(geoparser: Geoparser) -> None:
    text = "Raketen trafen Homs. Am Freitag explodierte in der Stadt eine Bombe."
    named, standing = parse(geoparser, text, "de").events
    assert standing.confidence < named.confidence


def test_a_town_and_its_quarter_are_one_event(geoparser: Geoparser) -> None:
    text = (
        "Bei einem Drohnenangriff auf Kiew wurden im Bezirk Solomjanskyj sechs Menschen verletzt."
    )
    (event,) = parse(geoparser, text, "de").events
    assert [mention.text for mention in event.mentions] == ["Kiew"]
    assert event.injured.best == 6


def test_an_event_told_twice_keeps_where_it_is_told_again(geoparser: Geoparser) -> None:
    text = "Raketen trafen Homs. Raketen trafen am Montag Homs und töteten drei Menschen."
    (event,) = parse(geoparser, text, "de").events
    assert (event.deaths.best, len(event.mentions)) == (3, 1)


def test_what_an_article_is_about(geoparser: Geoparser) -> None:
    syria = "Kämpfe in Homs, Hama und Aleppo. Moskau verurteilte das."
    world = "Proteste in Paris, Madrid, Rom und Athen."
    assert parse(geoparser, syria, "de").focus_country == "SY"
    assert parse(geoparser, world, "de").focus_country is None


@pytest.mark.parametrize(
    ("lang", "text", "places"),
    [
        ("en", "Gaza's health ministry said 20 people were killed in Rafah.", ["Rafaḩ"]),
        ("en", "Officials in Kharkiv said 20 people were killed in Izium.", ["Izyum"]),
        ("en", "Officials in Kharkiv said 20 people were killed.", ["Kharkiv"]),
        ("de", "Behörden in Charkiw meldeten 20 Tote bei Luftangriffen auf Isjum.", ["Izyum"]),
    ],
)
def test_who_tells_of_a_place_is_elsewhere(
    geoparser: Geoparser, lang: Lang, text: str, places: list[str]
) -> None:
    assert [place for place, _, _ in told(parse(geoparser, text, lang))] == places


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "en",
            "The attack on Kharkiv was condemned in London. Missiles struck the city on Monday.",
        ),
        ("de", "Aus Washington hieß es, Goma sei ruhig. Die Stadt wurde am Dienstag beschossen."),
    ],
)
def test_of_towns_abroad_none_is_guessed(geoparser: Geoparser, lang: Lang, text: str) -> None:
    assert not any(words for _, _, words in told(parse(geoparser, text, lang)))


def test_a_fuller_telling_further_down_keeps_the_id(geoparser: Geoparser) -> None:
    text = "Raketen trafen am Montag Homs."
    more = f"{text}\n\nBei dem Raketenangriff auf Homs am Montag starben zehn Menschen."
    (first,) = parse(geoparser, text, "de").events
    (again,) = parse(geoparser, more, "de").events
    assert again.deaths.best == 10
    assert again.event_id == first.event_id
