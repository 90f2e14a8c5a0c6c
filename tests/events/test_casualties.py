from __future__ import annotations

import pytest

from geomap.events.casualties import count_casualties
from geomap.models import Count, Lang


def bounds(count: Count) -> tuple[int | None, int | None, int | None]:
    return count.low, count.best, count.high


@pytest.mark.parametrize(
    ("lang", "text", "deaths"),
    [
        ("de", "mindestens zwölf Soldaten starben", (12, 12, None)),
        ("de", "acht Menschen sind ums Leben gekommen", (8, 8, 8)),
        ("de", "bis zu 320 Menschen wurden getötet", (None, None, 320)),
        ("de", "mehr als 250 000 Tote", (250000, 250000, None)),
        ("de", "sechs Bewohner starben", (6, 6, 6)),
        ("de", "Tote gab es nicht", (0, 0, 0)),
        ("de", "tötete eine Rakete drei Menschen", (3, 3, 3)),
        ("de", "um 11:40 starben fünf Menschen", (5, 5, 5)),
        ("de", "Vor 41 Jahren starben 241 Amerikaner", (241, 241, 241)),
        ("de", "Dutzende Menschen wurden getötet", (None, None, None)),
        ("de", "zwölf Palästinenser und ein Soldat wurden getötet", (13, 13, 13)),
        ("de", "zwei Kinder und eine Pflegerin starben", (3, 3, 3)),
        ("de", "zwei Menschen getötet und fünf verletzt", (2, 2, 2)),
        ("de", "mindestens 60, womöglich mehr als 80 Menschen getötet", (60, 60, 80)),
        ("de", "zehn Kinder sind tot", (10, 10, 10)),
        ("de", "105 Aufständische in 24 h getötet", (105, 105, 105)),
        ("en", "killing at least 90 Afghans and 13 US service members", (103, 103, None)),
        ("en", "between 100 and 200 people died", (100, 100, 200)),
        ("en", "three people drowned", (3, 3, 3)),
        ("en", "at least 27 people were killed", (27, 27, None)),
        ("en", "killing at least 90 Afghans", (90, 90, None)),
        ("en", "No one was killed when rockets landed", (0, 0, 0)),
        ("en", "as many as 40 people died", (None, None, 40)),
        ("en", "the army shelled the town", (None, None, None)),
    ],
)
def test_deaths(lang: Lang, text: str, deaths: tuple[int | None, int | None, int | None]) -> None:
    assert bounds(count_casualties(text, lang)[0]) == deaths


def test_vague_words_stay_words() -> None:
    assert count_casualties("Dutzende Menschen wurden getötet", "de")[0].text == "Dutzende"


def test_only_injured_means_nobody_died() -> None:
    deaths, injured = count_casualties("sieben Menschen wurden verletzt", "de")
    assert bounds(deaths) == (0, 0, 0)
    assert bounds(injured) == (7, 7, 7)


def test_killed_and_injured_are_told_apart() -> None:
    deaths, injured = count_casualties("zwei Menschen getötet und fünf verletzt", "de")
    assert bounds(deaths) == (2, 2, 2)
    assert bounds(injured) == (5, 5, 5)


def test_arrested_people_are_no_casualties() -> None:
    assert count_casualties("police arrested three men", "en") == (Count(), Count())
