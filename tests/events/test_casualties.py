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
        ("de", "bei Gefechten am 3. Mai 2016 starben 12 Menschen", (12, 12, 12)),
        ("de", "starben am 3. Mai 2016 acht Menschen", (8, 8, 8)),
        ("de", "um 5 Uhr starben acht Menschen", (8, 8, 8)),
        ("en", "on 3 May 2016 killed eight people", (8, 8, 8)),
        ("en", "died on May 3, 2016, when eight people were killed", (8, 8, 8)),
        ("en", "at 5 a.m. killed eight people", (8, 8, 8)),
        ("de", "105 Aufständische in 24 h getötet", (105, 105, 105)),
        ("de", "ein Mann und seine zwei Kinder wurden getötet", (3, 3, 3)),
        ("de", "15 Menschen, darunter drei Kinder, wurden getötet", (15, 15, 15)),
        ("de", "15 Menschen sowie der Attentäter starben", (15, 15, 15)),
        ("de", "bei einer Explosion wurden zehn Menschen getötet", (10, 10, 10)),
        ("de", "durch einen Angriff sind zehn Menschen getötet worden", (10, 10, 10)),
        ("de", "anderthalb Dutzend Menschen wurden getötet", (18, 18, 18)),
        ("de", "es starben 20 Menschen, Aktivisten sprachen von 45 Toten", (20, 20, 45)),
        ("de", "seit Kriegsbeginn wurden 40.000 Menschen getötet", (None, None, None)),
        ("de", "vier Tote, damit stieg ihre Zahl seit Oktober auf 40.000 Tote", (4, 4, 4)),
        ("de", "beim schwersten Angriff seit 2014 starben vier Menschen", (4, 4, 4)),
        ("de", "Tote oder Verletzte gab es nicht", (0, 0, 0)),
        ("de", "Menschen kamen nicht zu Schaden", (0, 0, 0)),
        ("de", "es kam niemand ums Leben", (0, 0, 0)),
        ("en", "A suicide bomber killed at least 15 people", (15, 15, None)),
        ("en", "An air strike killed four people in Rafah", (4, 4, 4)),
        ("en", "gunmen on a motorbike shot dead a constable", (1, 1, 1)),
        ("en", "At least 12 people, including the bomber, were killed", (12, 12, None)),
        ("en", "more than 40,000 have been killed since the war began", (None, None, None)),
        (
            "en",
            "officials put the death toll at 20, while medics said 45 were killed",
            (20, 20, 45),
        ),
        ("en", "claimed the lives of two dozen people", (24, 24, 24)),
        ("en", "Nobody was killed", (0, 0, 0)),
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


@pytest.mark.parametrize(
    ("lang", "text", "words"),
    [
        ("de", "Dutzende Menschen wurden getötet", "Dutzende"),
        ("de", "dabei starben Dutzende Menschen", "Dutzende"),
        ("de", "mehrere Dutzend Menschen wurden getötet", "mehrere Dutzend"),
        ("en", "several people were killed", "several"),
    ],
)
def test_vague_words_stay_words(lang: Lang, text: str, words: str) -> None:
    assert count_casualties(text, lang)[0] == Count(text=words)


@pytest.mark.parametrize("number", ["²3", "9" * 5000])
def test_what_is_no_number_counts_nobody(number: str) -> None:
    deaths, _ = count_casualties(f"Zwischen 2 und {number} Menschen wurden getötet", "de")
    assert deaths == Count()


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
