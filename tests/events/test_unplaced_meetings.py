"""Meetings whose place nobody tells: listed, never drawn."""

from __future__ import annotations

from datetime import date

import pytest

from geomap.gazetteer import Gazetteer
from geomap.models import Article, Event, Lang
from geomap.outputs.map.views import choose_mode
from geomap.pipeline import Geoparser
from geomap.records import record_of

PUBLISHED = date(2024, 5, 14)  # a Tuesday
MEETINGS: list[tuple[Lang, str, str, tuple[str, str]]] = [
    (
        "de",
        "AMMAN (epd) – Downing Street hält Verhandlungen mit Teheran für denkbar.",
        "hypothetical",
        ("Downing Street", "Teheran"),
    ),
    ("de", "Moskau und Kiew haben sich nie getroffen.", "negation", ("Moskau", "Kiew")),
    ("de", "Paris lehnt Gespräche mit Damaskus ab.", "negation", ("Paris", "Damaskus")),
    ("en", "Riyadh and Tehran held talks on Sunday.", "asserted", ("Riyadh", "Tehran")),
    ("en", "Ankara hopes for talks with Baghdad.", "hypothetical", ("Ankara", "Baghdad")),
]
NO_MEETINGS: list[tuple[Lang, str]] = [
    ("de", "Ankara hält Gespräche für möglich."),
    ("de", "Deutschland und Frankreich treffen im Finale aufeinander."),
    ("en", "Cairo, Doha and Washington met the demands of Israel."),
]


@pytest.fixture(scope="module")
def geoparser(shipped_gazetteer: Gazetteer) -> Geoparser:
    return Geoparser(index=shipped_gazetteer)


def events_of(geoparser: Geoparser, lang: Lang, text: str) -> tuple[Event, ...]:
    return geoparser.parse(Article(id="a", text=text, lang=lang, published=PUBLISHED)).events


@pytest.mark.parametrize(("lang", "text", "modality", "parties"), MEETINGS)
def test_is_told_with_its_parties_and_without_a_place(
    geoparser: Geoparser, lang: Lang, text: str, modality: str, parties: tuple[str, str]
) -> None:
    (event,) = events_of(geoparser, lang, text)
    assert (event.event_type, event.geomap_type) == ("Strategic developments", "meeting")
    assert (event.modality, event.acled_scope) == (modality, False)
    assert (event.location, event.lat, event.geometry, event.where_prec) == (None,) * 4
    assert (event.actor1, event.actor2) == parties
    assert event.evidence[-1] == "unplaced"


@pytest.mark.parametrize(("lang", "text"), NO_MEETINGS)
def test_takes_two_who_meet(geoparser: Geoparser, lang: Lang, text: str) -> None:
    assert events_of(geoparser, lang, text) == ()


def test_a_place_that_is_told_is_the_only_one(geoparser: Geoparser) -> None:
    text = "Washington and Tehran held talks in Geneva."
    (event,) = events_of(geoparser, "en", text)
    assert event.lat == pytest.approx(46.2, abs=0.1)


def test_is_not_drawn(geoparser: Geoparser) -> None:
    text = "Riyadh and Tehran held talks on Sunday."
    parsed = geoparser.parse(Article(id="a", text=text, lang="en", published=PUBLISHED))
    (record,) = record_of(parsed).events
    assert choose_mode(record, None) == (None, "not_located")
