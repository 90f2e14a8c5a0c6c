"""What mentions of one name mean in running text, with the gazetteer that ships."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from geomap.gazetteer import Gazetteer, open_gazetteer
from geomap.models import Article, Lang, Recognition, Toponym
from geomap.recognition import load_recogniser
from geomap.resolution import Resolver
from geomap.resolution.keys import SenseKey, make_keys
from geomap.resolution.slates import Slates


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    with open_gazetteer() as opened:
        yield opened


def spans(text: str, *names: str) -> tuple[Toponym, ...]:
    found, begin = [], 0
    for name in names:
        start = text.index(name, begin)
        begin = start + len(name)
        found.append(Toponym(name, start, begin))
    return tuple(found)


def resolved(
    gazetteer: Gazetteer,
    text: str,
    *names: str,
    lang: Lang = "en",
    others: tuple[Toponym, ...] = (),
    min_confidence: float = 0.0,
) -> list[str]:
    """Return "Name CC kind" of what each name is taken for."""
    sentences = load_recogniser(lang, None, gazetteer).recognise(text).sentences
    recognition = Recognition(sentences, spans(text, *names), others)
    resolver = Resolver(gazetteer, min_confidence=min_confidence)
    places = [r.place for r in resolver.resolve(Article("a", text, lang), recognition)]
    return [f"{p.name} {p.country} {p.kind}" if p else "nowhere" for p in places]


def test_two_countries_of_one_name(gazetteer: Gazetteer) -> None:
    text = "Kinshasa im Kongo meldete Kämpfe. Auch aus Brazzaville im Kongo kamen Berichte."
    names = ("Kinshasa", "Kongo", "Brazzaville", "Kongo")
    found = resolved(gazetteer, text, *names, lang="de")
    assert [f.split(" ")[-2] for f in found] == ["CD", "CD", "CG", "CG"]


def test_a_container_elsewhere_leaves_the_plain_name_alone(gazetteer: Gazetteer) -> None:
    text = "Troops left Gori and Tbilisi in Georgia. The film was shot in Atlanta, Georgia."
    names = ("Gori", "Tbilisi", "Georgia", "Atlanta", "Georgia")
    found = resolved(gazetteer, text, *names)
    assert found[2] == "Georgia GE country"
    assert found[4] == "Georgia US admin1"


def test_two_theatres_each_have_their_town(gazetteer: Gazetteer) -> None:
    text = (
        "Shelling hit Tripoli, Sidon and Baalbek on Monday, the army of Lebanon said; the road "
        "from Beirut to Zahle was cut by militants for hours, according to officials.\n\n"
        "In another war, militias fought in Tripoli, Misrata and Benghazi. The airport near Sirte "
        "was closed, and Zuwara was shelled by the navy of Libya, witnesses said."
    )
    lebanon = ("Tripoli", "Sidon", "Baalbek", "Lebanon", "Beirut", "Zahle")
    libya = ("Tripoli", "Misrata", "Benghazi", "Sirte", "Zuwara", "Libya")
    found = resolved(gazetteer, text, *lebanon, *libya)
    assert found[0] == "Tripoli LB city"
    assert found[6] == "Tripoli LY city"


def test_pairs_of_town_and_state_are_no_list(gazetteer: Gazetteer) -> None:
    text = "Rome, Georgia, and Athens, Alabama, were hit by storms."
    found = resolved(gazetteer, text, "Rome", "Georgia", "Athens", "Alabama")
    assert [f.split(" ")[-2] for f in found] == ["US", "US", "US", "US"]


def test_a_pair_is_decided_as_one(gazetteer: Gazetteer) -> None:
    text = "Police in Athens, Georgia, said two people died."
    found = resolved(gazetteer, text, "Athens", "Georgia")
    assert [f.split(" ")[-2] for f in found] == ["US", "US"]


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Washington condemned the attack in Athens.", "Athens", "GR"),
        ("Talks between Washington and Damascus were held.", "Damascus", "SY"),
        ("The United States and Iran met in Geneva.", "Geneva", "CH"),
        ("Two men from Washington were seen in Alexandria.", "Alexandria", "US"),
    ],
)
def test_a_government_speaks_of_everywhere(
    gazetteer: Gazetteer, text: str, name: str, country: str
) -> None:
    names = [n for n in ("Washington", "United States", "Iran", name) if n in text]
    assert resolved(gazetteer, text, *names)[-1].split(" ")[-2] == country


def test_offices_tell_state_from_city(gazetteer: Gazetteer) -> None:
    text = "The governor of New York spoke. The mayor of New York listened."
    assert [f.split(" ")[-1] for f in resolved(gazetteer, text, "New York", "New York")] == [
        "admin1",
        "city",
    ]


def test_german_towns_take_no_article(gazetteer: Gazetteer) -> None:
    assert resolved(gazetteer, "Raketen trafen Duma.", "Duma", lang="de") == ["Dūmā SY city"]
    text = "Die Duma stimmte ab. Der Rat der Duma tagte."
    body = Toponym("Duma", text.rindex("Duma"), text.rindex("Duma") + 4, "ORG")
    found = resolved(gazetteer, text, "Duma", lang="de", others=(body,), min_confidence=0.5)
    assert found == ["nowhere"]


def test_a_person_of_the_name_makes_the_place_doubtful(gazetteer: Gazetteer) -> None:
    text = "Jack London schrieb viel. London starb jung."
    writer = Toponym("Jack London", 0, 11, "PER")
    resolver = Resolver(gazetteer, min_confidence=0.0)
    toponyms = (Toponym("London", 26, 32),)
    article = Article("a", text, "de")
    plain, doubtful = (
        resolver.resolve(article, Recognition((), toponyms, others))[0].confidence
        for others in ((), (writer,))
    )
    assert doubtful < plain


def test_at_the_river_and_in_the_country(gazetteer: Gazetteer) -> None:
    text = "Am Niger wurden Dörfer überfallen. Im Niger herrscht Krieg."
    found = resolved(gazetteer, text, "Niger", "Niger", lang="de")
    assert [f.split(" ")[-1] for f in found] == ["water", "country"]


def test_the_dateline_speaks_for_the_whole_article(gazetteer: Gazetteer) -> None:
    filler = "Augenzeugen berichteten von Schüssen und Rauch in mehreren Vierteln. " * 40
    text = f"BEIRUT (dpa) – Die Armee meldet Kämpfe. {filler}Auch in Tripolis fielen Schüsse."
    found = resolved(gazetteer, text, "BEIRUT", "Tripolis", lang="de")
    assert found[1] == "Tripoli LB city"


def test_keys_tell_mentions_apart(gazetteer: Gazetteer) -> None:
    text = "Atlanta, Georgia, is far from Tbilisi in Georgia."
    toponyms = spans(text, "Atlanta", "Georgia", "Tbilisi", "Georgia")
    assert make_keys(Article("a", text, "en"), toponyms, (), Slates(gazetteer)) == [
        SenseKey("atlanta", None, "georgia"),
        SenseKey("georgia", None, "@atlanta"),
        SenseKey("tbilisi", None, "georgia"),
        SenseKey("georgia", None, "@tbilisi"),
    ]
