"""Roles that are easily mistaken: what is taken, seas, reactions, journeys, strikes of workers."""

from __future__ import annotations

from datetime import date

import pytest

from geomap.gazetteer import Gazetteer
from geomap.models import Article, Lang
from geomap.pipeline import Geoparser

Told = list[tuple[str, str | None]]
CASES: list[tuple[Lang, str, Told]] = [
    ("de", "Die Armee hat Homs erobert, wie das Ministerium mitteilte.", [("Homs", "Battles")]),
    ("en", "Rebels captured the town of Hama.", [("Hama", "Battles")]),
    ("de", "Die Taliban stürmten das Krankenhaus von Kundus.", [("Kundus", "Battles")]),
    (
        "de",
        "Im Schwarzen Meer griff eine Drohne einen Tanker an.",
        [("Schwarzen Meer", "Explosions/Remote violence")],
    ),
    (
        "en",
        "A tanker was hit by a missile in the Red Sea.",
        [("Red Sea", "Explosions/Remote violence")],
    ),
    (
        "de",
        "Der Angriff auf Charkiw löste in Brüssel Empörung aus.",
        [("Charkiw", "Battles"), ("Brüssel", None)],
    ),
    ("de", "Der Anschlag stieß in Paris auf Entsetzen.", [("Paris", None)]),
    (
        "en",
        "The killing in Gaza caused outrage in Cairo.",
        [("Gaza", "Battles"), ("Cairo", None)],
    ),
    (
        "de",
        "Der Minister reiste von Damaskus nach Amman.",
        [("Damaskus", None), ("Amman", "Strategic developments")],
    ),
    (
        "en",
        "A strike on a market in Kharkiv killed two.",
        [("Kharkiv", "Explosions/Remote violence")],
    ),
    ("en", "Railway workers began a strike on Friday in Paris.", [("Paris", None)]),
    ("en", "Bus drivers went on strike in Lyon.", [("Lyon", None)]),
]


@pytest.fixture(scope="module")
def geoparser(shipped_gazetteer: Gazetteer) -> Geoparser:
    return Geoparser(index=shipped_gazetteer)


@pytest.mark.parametrize(("lang", "text", "told"), CASES, ids=[text for _, text, _ in CASES])
def test_what_is_told_of_each_place(
    geoparser: Geoparser, lang: Lang, text: str, told: Told
) -> None:
    article = Article(id="a", text=text, lang=lang, published=date(2024, 5, 14))
    parsed = geoparser.parse(article)
    types = {event.location: event.event_type for event in parsed.events}
    assert [(r.toponym.text, types.get(i)) for i, r in enumerate(parsed.resolutions)] == told
