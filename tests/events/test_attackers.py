"""Attackers among the dead: counted apart where the text does so, and nowhere else."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from geomap.events.attackers import set_attackers_apart
from geomap.events.casualties import count_casualties
from geomap.gazetteer import Gazetteer
from geomap.models import Article, Lang
from geomap.outputs.coded import View, write_view
from geomap.outputs.map.phrases import say_casualties
from geomap.pipeline import Geoparser
from geomap.records import ArticleRecord, record_of

APART: list[tuple[Lang, str, int, int]] = [
    ("de", "Getötet wurden fünf Polizisten und drei Angreifer.", 5, 3),
    ("de", "Drei Angreifer und fünf Polizisten wurden getötet", 5, 3),
    ("de", "15 Menschen sowie der Attentäter starben", 15, 1),
    ("de", "Es starben zwölf Menschen, darunter drei Kinder und der Attentäter.", 11, 1),
    ("de", "Unter den neun Toten waren auch die beiden Attentäter.", 7, 2),
    ("de", "Neben der Attentäterin kamen sieben Menschen ums Leben", 7, 1),
    ("de", "Sieben Soldaten starben, die vier Angreifer wurden ebenfalls getötet.", 7, 4),
    ("de", "Ein Angreifer erschoss zwei Menschen, bevor er von der Polizei getötet wurde.", 2, 1),
    ("en", "Five officers and three attackers were killed.", 5, 3),
    ("en", "Three suicide bombers and 20 worshippers died in the blast", 20, 3),
    ("en", "The attack killed five people and the gunman.", 5, 1),
    ("en", "Nine people, including two gunmen, were killed.", 7, 2),
    ("en", "Five people were killed and both attackers were shot dead.", 5, 2),
    ("en", "A gunman killed two people and was shot dead.", 2, 1),
]
TOGETHER: list[tuple[Lang, str, int]] = [
    ("de", "Alle sechs Täter wurden getötet.", 6),
    (
        "de",
        "Zwei Polizisten und drei Angreifer lieferten sich ein Gefecht, vier Menschen starben.",
        4,
    ),
    ("de", "Zwei Attentäter rissen elf Menschen in den Tod", 11),
    ("en", "Gunmen killed three farmers", 3),
    ("en", "Troops killed 15 militants", 15),
]


@pytest.mark.parametrize(("lang", "text", "others", "attackers"), APART)
def test_are_counted_apart(lang: Lang, text: str, others: int, attackers: int) -> None:
    toll = set_attackers_apart(text, count_casualties(text, lang)[0], lang)
    assert (toll.deaths.best, toll.attackers) == (others, attackers)


@pytest.mark.parametrize(("lang", "text", "deaths"), TOGETHER)
def test_are_no_others(lang: Lang, text: str, deaths: int) -> None:
    toll = set_attackers_apart(text, count_casualties(text, lang)[0], lang)
    assert (toll.deaths.best, toll.attackers) == (deaths, None)


def test_bounds_and_words_stay() -> None:
    text = "At least twelve people were killed, including the bomber."
    toll = set_attackers_apart(text, count_casualties(text, "en")[0], "en")
    assert (toll.deaths.low, toll.deaths.high, toll.attackers) == (11, None, 1)
    assert toll.deaths.text in text


def test_from_the_text_to_the_views(shipped_gazetteer: Gazetteer, tmp_path: Path) -> None:
    text = "Bei einem Anschlag in Kabul starben am Montag 15 Menschen. Auch der Attentäter starb."
    article = Article(id="a", text=text, lang="de", published=date(2024, 5, 14))
    record = record_of(Geoparser(index=shipped_gazetteer).parse(article))
    (event,) = record.events
    assert (event.deaths_best, event.deaths_attackers) == (15, 1)
    assert say_casualties(event, "de") == "15 Tote, dazu 1 der Angreifer"
    acled, ucdp = (view_row(record, tmp_path / view, view) for view in ("acled", "ucdp"))
    assert (acled["fatalities"], acled["tags"]) == ("16", "attackers among the dead: 1")
    assert (ucdp["low"], ucdp["best"], ucdp["high"]) == ("16", "16", "16")


def view_row(record: ArticleRecord, target: Path, view: View) -> dict[str, str]:
    assert write_view([record], target, view) == 1
    with target.open(encoding="utf-8", newline="") as stream:
        (row,) = csv.DictReader(stream)
    return row
