"""What an analyst would not forgive: a wrong place, a wrong count, a storm taken for an attack."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from geomap.gazetteer import Gazetteer
from geomap.models import Article, Event, GeoparsedArticle, Lang
from geomap.pipeline import Geoparser

PUBLISHED = date(2024, 5, 14)  # a Tuesday
ATTACK, CLASH, STRIKE = "Attack", "Armed clash", "Air/drone strike"
BOMB, ARRESTS, PROTEST = "Remote explosive/landmine/IED", "Arrests", "Peaceful protest"

TAKEN = "Non-state actor overtakes territory"

# What is tied to one place did not happen at the others.
PLACED: tuple[tuple[Lang, str, tuple[tuple[str | None, str], ...]], ...] = (
    (
        "de",
        "Die Börse in Frankfurt stürzte nach dem Angriff auf Isfahan ab.",
        (("Isfahan", CLASH),),
    ),
    ("en", "Stocks in Tokyo fell after the missile strike on Tel Aviv.", (("Tel Aviv", STRIKE),)),
    (
        "de",
        "Der mutmaßliche Drahtzieher des Anschlags von Moskau wurde in Istanbul festgenommen.",
        (("Moskau", BOMB), ("Istanbul", ARRESTS)),
    ),
    (
        "en",
        "The ceasefire talks in Doha collapsed after Israel bombed Rafah.",
        (("Doha", "meeting"), ("Rafah", STRIKE)),
    ),
    (
        "en",
        "In response to an attack in Moscow, Russia bombed Kharkiv.",
        (("Moscow", CLASH), ("Kharkiv", STRIKE)),
    ),
    (
        "en",
        "Thousands rallied in Berlin against the bombing of Aleppo.",
        (("Berlin", PROTEST), ("Aleppo", STRIKE)),
    ),
    (
        "de",
        "Nach dem Luftangriff auf ein Krankenhaus in Idlib starben in Aleppo zwei Ärzte "
        "an ihren Verletzungen.",
        (("Idlib", STRIKE), ("Aleppo", ATTACK)),
    ),
    (
        "de",
        "Bei Protesten gegen den Angriff auf Gaza starben in Amman zwei Menschen.",
        (("Gaza", ATTACK), ("Amman", PROTEST)),
    ),
    # Who says so, where somebody was born, what a meeting is about.
    (
        "de",
        "Ein Sprecher der Huthi in Sanaa sagte, man habe Eilat mit Drohnen angegriffen.",
        (("Eilat", STRIKE),),
    ),
    (
        "de",
        "Laut der Nachrichtenagentur Sana starben bei einem Angriff auf Damaskus drei Soldaten.",
        (("Damaskus", CLASH),),
    ),
    (
        "de",
        "Der in Istanbul geborene Angreifer erstach in Dresden einen Touristen.",
        (("Dresden", ATTACK),),
    ),
    (
        "de",
        "Paris und Berlin verhandeln über Waffenlieferungen an die Ukraine.",
        ((None, "meeting"),),
    ),
    (
        "de",
        "Die Außenminister trafen sich in Brüssel, um über die Lage in Mali zu beraten.",
        (("Brüssel", "meeting"),),
    ),
    ("en", "Moscow and Beijing agreed to hold talks on Syria.", ((None, "meeting"),)),
    (
        "de",
        "Die Gespräche über eine Waffenruhe in Gaza gehen in Kairo weiter.",
        (("Kairo", "meeting"),),
    ),
    # "ein" is no prefix where a noun follows.
    ("de", "Von Norden rückt ein Bündnis auf die Stadt Latakia zu.", (("Latakia", "advance"),)),
    ("de", "Am Montag rückten Rebellen in Goma ein.", (("Goma", TAKEN),)),
    ("de", "Außenminister Blinken ist in Tel Aviv eingetroffen.", (("Tel Aviv", "visit"),)),
    ("de", "Der Kreml hat einen Angriff auf die NATO nicht ausgeschlossen.", ()),
    # Storms, fires and crashes are fought by nobody; sport and trade are no war.
    (
        "de",
        "Ein Sturm verwüstete am Dienstag Teile von Manila, 12 Menschen starben.",
        (("Manila", "disaster"),),
    ),
    ("de", "Ein Erdbeben hat in Herat mindestens 1000 Menschen getötet.", (("Herat", "disaster"),)),
    ("en", "Storms battered Miami, killing three.", (("Miami", "disaster"),)),
    ("en", "The army storms Goma, killing three.", (("Goma", CLASH),)),
    ("de", "Ein Feuer in einer Fabrik in Dhaka tötete 50 Menschen.", (("Dhaka", "accident"),)),
    ("en", "A bus crash near Lima killed 20.", (("Lima", "accident"),)),
    ("de", "Das Coronavirus tötete in Wuhan Tausende.", (("Wuhan", "disaster"),)),
    ("de", "In der Schlacht um Platz 1 besiegte Dortmund am Samstag München mit 3:1.", ()),
    ("de", "Der FC Bayern stürmt in Dortmund an die Spitze.", ()),
    ("de", "Die Explosion der Preise trifft auch Athen.", ()),
    ("en", "The battle for the mayor's office in Chicago heats up.", ()),
    ("en", "The company's shares were hit in London.", ()),
)

# (lang, text, (deaths_best, injured_best) of each event)
COUNTED: tuple[tuple[Lang, str, tuple[tuple[int | None, int | None], ...]], ...] = (
    ("de", "Drei Menschen starben in Cherson, fünf in Nikopol.", ((3, None), (5, None))),
    ("de", "In Homs starben drei, in Hama fünf Menschen.", ((3, None), (5, None))),
    (
        "en",
        "Strikes across Lebanon killed at least 20, including six in Tyre and eight in Baalbek.",
        ((6, None), (8, None)),
    ),
    (
        "en",
        "A suicide bomber killed 12 people in Kabul and wounded 30 in Herat.",
        ((12, None), (None, 30)),
    ),
    ("en", "A bomb killed 12 people in Kabul and wounded 30.", ((12, 30),)),
    (
        "de",
        "Bei Angriffen auf Charkiw, Sumy und Odessa starben am Freitag insgesamt elf Menschen.",
        ((None, None),) * 3,
    ),
    (
        "de",
        "Nahe Kirkuk überfielen Kämpfer einen Kontrollpunkt und töteten sechs Polizisten.",
        ((6, None),),
    ),
    (
        "de",
        "Bei der Explosion im Hafen von Beirut starben 2020 mehr als 200 Menschen.",
        ((200, None),),
    ),
    ("de", "Zwei Angreifer haben in Kabul zehn Menschen getötet.", ((10, None),)),
)

# An attack had happened by the day it was condemned; the day of talks to come dates nothing.
DATED: tuple[tuple[Lang, str, date, int | None], ...] = (
    ("de", "Das Weiße Haus verurteilte am Montag den Angriff auf Rafah.", date(2024, 5, 13), 5),
    ("en", "The White House on Monday condemned the attack on Rafah.", date(2024, 5, 13), 5),
    (
        "en",
        "Pakistan's army chief visited troops in Peshawar, where 130 were massacred in 2014.",
        PUBLISHED,
        None,
    ),
    ("de", "Am Donnerstag berät die EU in Brüssel über den Angriff auf Rafah.", PUBLISHED, None),
)

CLAIMED: tuple[tuple[Lang, str, str, str | None], ...] = (
    (
        "de",
        "Amnesty wirft der Armee vor, in Moura Zivilisten hingerichtet zu haben.",
        "Amnesty",
        None,
    ),
    ("de", "Russland meldete die Einnahme von Awdijiwka, was Kiew bestritt.", "Russland", "Kiew"),
)

PAST: tuple[tuple[Lang, str], ...] = (
    ("en", "Five years after the attack, Christchurch mourned its dead."),
    ("en", "The court in The Hague convicted him of the massacre in Srebrenica."),
    ("de", "Ein Gericht in Den Haag verurteilte den General wegen des Massakers in Srebrenica."),
)

Parsed = Mapping[str, GeoparsedArticle]


@pytest.fixture(scope="module")
def parsed(shipped_gazetteer: Gazetteer) -> Parsed:
    tables = (PLACED, COUNTED, DATED, CLAIMED, PAST)
    texts = [(row[0], row[1]) for table in tables for row in table]
    articles = [
        Article(id=str(number), text=text, lang=lang, published=PUBLISHED)
        for number, (lang, text) in enumerate(texts)
    ]
    read = Geoparser(index=shipped_gazetteer).parse_many(articles, pytest.fail)
    return {result.article.text: result for result in read}


def kind_of(event: Event) -> str | None:
    return event.geomap_type or event.sub_event_type


@pytest.mark.parametrize(("text", "told"), [row[1:] for row in PLACED])
def test_what_happened_where(
    parsed: Parsed, text: str, told: tuple[tuple[str | None, str], ...]
) -> None:
    read = parsed[text]
    found = [
        (None if e.location is None else read.resolutions[e.location].toponym.text, kind_of(e))
        for e in read.events
    ]
    assert found == list(told)


@pytest.mark.parametrize(("text", "counts"), [row[1:] for row in COUNTED])
def test_whose_dead(
    parsed: Parsed, text: str, counts: tuple[tuple[int | None, int | None], ...]
) -> None:
    events = parsed[text].events
    assert [(e.deaths.best, e.injured.best) for e in events] == list(counts)


@pytest.mark.parametrize(("text", "end", "prec"), [row[1:] for row in DATED])
def test_the_day_of_talk_is_not_the_day_of_the_event(
    parsed: Parsed, text: str, end: date, prec: int | None
) -> None:
    (event,) = parsed[text].events
    assert (event.when.start, event.when.end, event.when.prec) == (None, end, prec)


@pytest.mark.parametrize(("text", "by", "disputed"), [row[1:] for row in CLAIMED])
def test_accusers_and_deniers(parsed: Parsed, text: str, by: str, disputed: str | None) -> None:
    (event,) = parsed[text].events
    assert (event.reported_by, event.disputed_by) == (by, disputed)


@pytest.mark.parametrize("text", [row[1] for row in PAST])
def test_crimes_on_trial_are_past(parsed: Parsed, text: str) -> None:
    assert {event.modality for event in parsed[text].events} == {"historical"}
