"""What resolution was asked to get right, name by name, on the shipped gazetteer and model."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from geomap.gazetteer import Gazetteer, open_gazetteer
from geomap.models import Article, Lang, Recognition, Resolution, Sentence, Token, Toponym
from geomap.resolution import Resolver


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    with open_gazetteer() as opened:
        yield opened


def resolve(
    gazetteer: Gazetteer, lang: Lang, text: str, *names: str, threshold: float = 0.0
) -> list[Resolution]:
    toponyms, tokens, begin = [], [], 0
    for name in names:
        start = text.index(name, begin)
        begin = start + len(name)
        toponyms.append(Toponym(name, start, begin))
    at = 0
    for word in text.split():
        at = text.index(word, at)
        tokens.append(Token(word.strip(".,"), at, at + len(word.strip(".,"))))
        at += len(word)
    recognised = Recognition((Sentence(0, len(text), tuple(tokens)),), tuple(toponyms))
    resolver = Resolver(gazetteer, min_confidence=threshold)
    return list(resolver.resolve(Article("a", text, lang), recognised))


@pytest.mark.parametrize(
    ("lang", "text", "names", "asked", "country", "place"),
    [
        (
            "de",
            "Die libanesische Armee rückte in Tripolis ein.",
            ("Tripolis",),
            "Tripolis",
            "LB",
            "Tripoli",
        ),
        (
            "de",
            "Libanon: Tote bei Anschlag\n\nIn Tripolis explodierten Bomben.",
            ("Libanon", "Tripolis"),
            "Tripolis",
            "LB",
            "Tripoli",
        ),
        (
            "de",
            "Kämpfe in Tripolis und Misrata",
            ("Tripolis", "Misrata"),
            "Tripolis",
            "LY",
            "Tripoli",
        ),
        (
            "en",
            "A bomb in Santiago de Cuba. In Santiago and Havana all were shocked.",
            ("Santiago de Cuba", "Santiago", "Havana"),
            "Santiago",
            "CU",
            "Santiago de Cuba",
        ),
        (
            "en",
            "Gunmen killed five in Santiago; police searched Santo Domingo.",
            ("Santiago", "Santo Domingo"),
            "Santiago",
            "DO",
            "Santiago de los Caballeros",
        ),
        (
            "en",
            "Protests in Santiago and Valparaíso",
            ("Santiago", "Valparaíso"),
            "Santiago",
            "CL",
            "Santiago",
        ),
        (
            "de",
            "In der Republik Kongo wird gewählt.",
            ("Kongo",),
            "Kongo",
            "CG",
            "Republic of the Congo",
        ),
        (
            "en",
            "Missiles hit Damascus airport.",
            ("Damascus",),
            "Damascus",
            "SY",
            "Damascus airport",
        ),
        ("en", "Kherson governor Prokudin spoke.", ("Kherson",), "Kherson", "UA", "Kherson Oblast"),
        ("en", "New York Governor Hochul spoke.", ("New York",), "New York", "US", "New York"),
        ("de", "Am Niger wurde gekämpft.", ("Niger",), "Niger", None, "Niger River"),
        (
            "en",
            "Mali: towns along the Niger were flooded.",
            ("Mali", "Niger"),
            "Niger",
            None,
            "Niger River",
        ),
        ("de", "Auf dem Kongo sank ein Boot.", ("Kongo",), "Kongo", None, "Congo River"),
        (
            "en",
            "Gunmen attacked in Niger state, Nigeria.",
            ("Niger", "Nigeria"),
            "Niger",
            "NG",
            "Niger State",
        ),
    ],
)
def test_named_examples(
    gazetteer: Gazetteer,
    lang: Lang,
    text: str,
    names: tuple[str, ...],
    asked: str,
    country: str | None,
    place: str | None,
) -> None:
    *_, chosen = (
        r.place for r in resolve(gazetteer, lang, text, *names) if r.toponym.text == asked
    )
    assert chosen is not None
    assert (chosen.country, chosen.name) == (country, place)


def test_a_german_spelling_may_be_any_place_of_that_name(gazetteer: Gazetteer) -> None:
    text = "Iwaniwka westlich von Bachmut und Kostjantyniwka wurde beschossen."
    found = resolve(gazetteer, "de", text, "Iwaniwka", "Bachmut", "Kostjantyniwka")
    assert found[0].place is not None
    assert found[0].place.admin1 == "Donetska Oblast"
    assert "Schreibvariante von „Ivanivka“" in found[0].reason


@pytest.mark.parametrize(
    "text",
    [
        "Das Dorf Zara liegt 40 Kilometer westlich von Homs.",
        "Rund 40 Kilometer westlich von Homs liegt das Dorf Zara.",
    ],
)
def test_a_namesake_elsewhere_gives_way_to_the_distance_stated(
    gazetteer: Gazetteer, text: str
) -> None:
    names = sorted(("Zara", "Homs"), key=text.index)
    found = resolve(gazetteer, "de", text, *names, threshold=0.5)
    assert [r.place.name for r in found if r.place] == ["Homs"]


def test_the_reason_names_what_decided(gazetteer: Gazetteer) -> None:
    text = "Five died in Santiago in the Dominican Republic."
    santiago, _ = resolve(gazetteer, "en", text, "Santiago", "Dominican Republic")
    assert "the text names the area it lies in" in santiago.reason
    assert "best-known" not in santiago.reason


def test_the_reason_tells_of_a_person_of_that_name(gazetteer: Gazetteer) -> None:
    text = "Abraham Lincoln. Lincoln sprach."
    person = Toponym("Abraham Lincoln", 0, 15, "PER")
    recognised = Recognition((), (Toponym("Lincoln", 17, 24),), (person,))
    (result,) = Resolver(gazetteer, min_confidence=0.99).resolve(
        Article("a", text, "de"), recognised
    )
    assert "so heißt im Text auch eine Person oder Organisation" in result.reason


def test_the_reason_tells_when_only_more_certainty_was_asked_for(gazetteer: Gazetteer) -> None:
    (result,) = resolve(gazetteer, "de", "In Idlib starben zehn.", "Idlib", threshold=0.99)
    assert result.place is None
    assert result.reason == "liegt klar vorn, aber nicht so sicher wie verlangt"
