"""Sentences that are easily read wrong, each checked in every field, by the whole pipeline.

A denial, a threat, an approach, a capture that came before, a claim, an anniversary … in German and
in English. The reasons that geomap gives for roles and modes are part of what is checked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, get_args

import pytest

from geomap.gazetteer import Gazetteer
from geomap.models import Article, Event, GeoparsedArticle, Lang
from geomap.pipeline import Geoparser
from geomap.records import record_of

PUBLISHED = date(2024, 5, 14)  # a Tuesday
NONE: Mapping[str, Any] = {
    "deaths_low": None, "deaths_best": None, "deaths_high": None, "deaths_text": None,
    "injured_low": None, "injured_best": None, "injured_high": None,
    "attribution": None, "reported_by": None, "verification": None, "disputed_by": None,
    "actor1": None, "actor2": None, "inter1": None, "inter2": None,
    "geomap_type": None, "acled_scope": True, "relation": None, "where_prec": 1,
    "date_start": None, "date_end": None, "date_prec": None, "date_source": None,
}  # fmt: skip
PUBLICATION = {"date_end": "2024-05-14", "date_source": "publication"}
NIGHT = {
    "date_start": "2024-05-12", "date_end": "2024-05-13", "date_prec": 2, "date_source": "text",
}  # fmt: skip


def day(iso: str) -> dict[str, Any]:
    return {"date_start": iso, "date_end": iso, "date_prec": 1, "date_source": "text"}


def near(kind: str, **more: float) -> dict[str, Any]:
    return {"relation": {"kind": kind, **more}, "where_prec": 2}


STRIKE = ("Explosions/Remote violence", "Air/drone strike", "ASSAULT/aerial")
SHELLING = (
    "Explosions/Remote violence",
    "Shelling/artillery/missile attack",
    "ASSAULT/heavy-weapons",
)
BOMB = ("Explosions/Remote violence", "Remote explosive/landmine/IED", "ASSAULT/explosives")
CAPTURE = ("Battles", "Non-state actor overtakes territory", "ASSAULT")
WITHDRAWAL = (
    "Strategic developments",
    "Non-violent transfer of territory",
    "RETREAT/withdraw",
)
ADVANCE = ("Strategic developments", "Other", "MOBILIZE/troops")
MEETING = ("Strategic developments", "Other", "CONSULT")
ARRESTS = ("Strategic developments", "Arrests", "COERCE/arrest")
DESTRUCTION = ("Strategic developments", "Looting/property destruction", "ASSAULT/destroy")


@dataclass(frozen=True)
class Told:
    """What is told at a place: type, mode and its reason, where; other fields as in ``NONE``."""

    place: str | None
    type: tuple[str, str, str]
    modality: str
    cue: str
    at: tuple[float, float] | None
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """A sentence, the roles of its names in order with their reasons, and what it tells."""

    lang: Lang
    text: str
    roles: tuple[tuple[str, str, str], ...]
    events: tuple[Told, ...] = ()


CASES = (
    # Who denies is an actor; the day is that of the denial.
    Case(
        "de",
        "Addis Abeba bestritt am Samstag, dass äthiopische Drohnen einen Markt bei Mekelle "
        "bombardiert hätten.",
        (("Addis Abeba", "actor", "subject-of-speech"), ("Mekelle", "event", "scene")),
        (
            Told("Mekelle", STRIKE, "negation", "denied-report", (13.50, 39.48),
                 near("near") | {"actor1": "äthiopische Drohnen", "inter1": 1}),
        ),
    ),
    Case(
        "en",
        "Khartoum denied on Saturday that its warplanes had bombed a market near Nyala.",
        (("Khartoum", "actor", "subject-of-speech"), ("Nyala", "event", "scene")),
        (Told("Nyala", STRIKE, "negation", "denial", (12.05, 24.88), near("near")),),
    ),
    # A distance and a bearing move the point; a night has two days.
    Case(
        "de",
        "Etwa 15 Kilometer südwestlich von Kundus beschossen Aufständische in der Nacht zum "
        "Montag eine Kaserne; mindestens sieben Soldaten kamen ums Leben.",
        (("Kundus", "event", "scene"),),
        (
            Told("Kundus", SHELLING, "asserted", "plain", (36.633, 68.738),
                 near("offset", bearing=225.0, distance_km=15.0) | NIGHT
                 | {"deaths_low": 7, "deaths_best": 7,
                    "deaths_text": "mindestens sieben Soldaten kamen ums Leben",
                    "actor1": "Aufständische", "inter1": 2}),
        ),
    ),
    Case(
        "en",
        "Some 15 kilometres southwest of Kunduz insurgents shelled a barracks on Sunday; at least "
        "seven soldiers died.",
        (("Kunduz", "event", "scene"),),
        (
            Told("Kunduz", SHELLING, "asserted", "plain", (36.633, 68.738),
                 near("offset", bearing=225.0, distance_km=15.0) | day("2024-05-12")
                 | {"deaths_low": 7, "deaths_best": 7,
                    "deaths_text": "at least seven soldiers died",
                    "actor1": "insurgents", "inter1": 2}),
        ),
    ),
    # A threat is not yet a withdrawal; "Pariser" is no place.
    Case(
        "de",
        "Die Pariser Regierung droht mit dem Rückzug ihrer Truppen aus Gao.",
        (("Gao", "event", "withdrawal-from"),),
        (Told("Gao", WITHDRAWAL, "hypothetical", "feared", (16.27, -0.04)),),
    ),
    Case(
        "en",
        "The Paris government threatened to withdraw its troops from Gao.",
        (("Paris", "actor", "subject-of-speech"), ("Gao", "event", "withdrawal-from")),
        (Told("Gao", WITHDRAWAL, "hypothetical", "feared", (16.27, -0.04)),),
    ),
    # "Nach X auch Y": X had fallen before, nobody travels there.
    Case(
        "de",
        "Nach Bengasi fiel nun auch die Hafenstadt Derna an die Islamisten.",
        (("Bengasi", "event", "taken-before"), ("Derna", "event", "scene")),
        (
            Told("Bengasi", CAPTURE, "historical", "taken-before", (32.11, 20.07)),
            Told("Derna", CAPTURE, "asserted", "plain", (32.77, 22.64), PUBLICATION),
        ),
    ),
    Case(
        "en",
        "After Sloviansk, Kramatorsk too fell to the separatists.",
        (("Sloviansk", "event", "taken-before"), ("Kramatorsk", "event", "fallen")),
        (
            Told("Sloviansk", CAPTURE, "historical", "taken-before", (48.85, 37.60)),
            Told("Kramatorsk", CAPTURE, "asserted", "plain", (48.73, 37.57), PUBLICATION),
        ),
    ),
    # People from somewhere act elsewhere; between two places lies the midpoint.
    Case(
        "de",
        "Söldner aus dem Tschad sprengten am 3. Mai eine Pipeline zwischen Sabha und Murzuk.",
        (
            ("Tschad", "origin", "people-from"),
            ("Sabha", "event", "between"),
            ("Murzuk", "event", "list:between"),
        ),
        (
            Told("Sabha", DESTRUCTION, "asserted", "plain", (26.48, 14.17),
                 day("2024-05-03") | {"relation": {"kind": "between", "other_start": 76},
                                      "where_prec": 5}),
        ),
    ),
    # An approach keeps the direction it comes from and the way it faces.
    Case(
        "de",
        "Von Norden her rücken Rebellen auf Goma zu.",
        (("Goma", "event", "scene"),),
        (
            Told("Goma", ADVANCE, "asserted", "plain", (-1.67, 29.23),
                 near("approach", bearing=0.0, heading_deg=180.0) | PUBLICATION
                 | {"acled_scope": False, "geomap_type": "advance"}
                 | {"actor1": "Rebellen", "inter1": 2}),
        ),
    ),
    Case(
        "en",
        "Rebels are advancing on Goma from the north.",
        (("Goma", "event", "scene"),),
        (
            Told("Goma", ADVANCE, "asserted", "plain", (-1.67, 29.23),
                 near("approach", bearing=0.0, heading_deg=180.0) | PUBLICATION
                 | {"acled_scope": False, "geomap_type": "advance"}),
        ),
    ),
    Case(
        "de",
        "Noch ist Kramatorsk nicht gefallen.",
        (("Kramatorsk", "background", "no-trigger"),),
    ),
    # Vague words stay words; a newspaper is a third party.
    Case(
        "de",
        "Bei Anschlägen in Bagdad wurden Dutzende Menschen getötet, berichtet die Zeitung Sabah.",
        (("Bagdad", "event", "scene"),),
        (
            Told("Bagdad", BOMB, "asserted", "plain", (33.34, 44.40),
                 PUBLICATION | {"deaths_text": "Dutzende", "attribution": "third-party",
                                "reported_by": "Zeitung Sabah"}),
        ),
    ),
    # Where a report was filed and who thinks talks possible: nothing is drawn.
    Case(
        "de",
        "AMMAN (AFP) – Der Kreml hält Verhandlungen mit Teheran für denkbar.",
        (
            ("AMMAN", "dateline", "dateline"),
            ("Kreml", "actor", "palace-speaks"),
            ("Teheran", "actor", "partner"),
        ),
        (
            Told(None, MEETING, "hypothetical", "feared", None,
                 {"geomap_type": "meeting", "acled_scope": False, "where_prec": None,
                  "actor1": "Kreml", "actor2": "Teheran", "inter1": 1, "inter2": 1}),
        ),
    ),
    Case(
        "en",
        "AMMAN (AFP) – The Kremlin considers talks with Tehran possible.",
        (
            ("AMMAN", "dateline", "dateline"),
            ("Kremlin", "actor", "palace-speaks"),
            ("Tehran", "actor", "partner"),
        ),
        (
            Told(None, MEETING, "hypothetical", "feared", None,
                 {"geomap_type": "meeting", "acled_scope": False, "where_prec": None,
                  "actor1": "Kremlin", "actor2": "Tehran", "inter1": 1, "inter2": 1}),
        ),
    ),
    # Jets come from one place and strike at another.
    Case(
        "en",
        "Ankara said that jets from Diyarbakir had struck militant positions near Sinjar on "
        "Friday.",
        (
            ("Ankara", "actor", "subject-of-speech"),
            ("Diyarbakir", "origin", "people-from"),
            ("Sinjar", "event", "learned, not other by said-in"),
        ),
        (
            Told("Sinjar", STRIKE, "asserted", "plain", (36.32, 41.88),
                 near("near") | day("2024-05-10")
                 | {"attribution": "belligerent", "reported_by": "Ankara"}),
        ),
    ),
    # What was years ago only dates the arrests; men are no dead, and blame nobody's capital.
    Case(
        "de",
        "Zehn Jahre nach den Anschlägen von Nairobi nahm die Polizei in Mombasa am Montag fünf "
        "Männer aus Garissa fest.",
        (
            ("Nairobi", "background", "years-after"),
            ("Mombasa", "event", "scene"),
            ("Garissa", "origin", "people-from"),
        ),
        (
            Told("Nairobi", BOMB, "historical", "years-after", (-1.28, 36.82)),
            Told("Mombasa", ARRESTS, "asserted", "plain", (-4.05, 39.66),
                 day("2024-05-13") | {"actor1": "Polizei", "inter1": 1}),
        ),
    ),
    Case(
        "en",
        "Ten years after the Nairobi bombings, police in Mombasa arrested five men from Garissa on "
        "Monday.",
        (
            ("Nairobi", "background", "years-after"),
            ("Mombasa", "event", "scene"),
            ("Garissa", "origin", "people-from"),
        ),
        (
            Told("Nairobi", BOMB, "historical", "years-after", (-1.28, 36.82)),
            Told("Mombasa", ARRESTS, "asserted", "plain", (-4.05, 39.66),
                 day("2024-05-13") | {"actor1": "police", "inter1": 1}),
        ),
    ),
    # Nobody was hurt, but the rockets came down.
    Case(
        "de",
        "Raketen aus dem Libanon schlugen südlich von Naharija auf einem Feld ein; niemand wurde "
        "getötet.",
        (("Libanon", "origin", "people-from"), ("Naharija", "event", "scene")),
        (
            Told("Naharija", SHELLING, "asserted", "plain", (33.01, 35.10),
                 near("offset", bearing=180.0) | PUBLICATION
                 | {"deaths_low": 0, "deaths_best": 0, "deaths_high": 0}),
        ),
    ),
    Case(
        "en",
        "No one was killed when rockets fired from Kobani landed in a field north of Suruc.",
        (("Kobani", "origin", "people-from"), ("Suruc", "event", "scene")),
        (
            Told("Suruc", SHELLING, "asserted", "plain", (36.98, 38.43),
                 near("offset", bearing=0.0) | PUBLICATION
                 | {"deaths_low": 0, "deaths_best": 0, "deaths_high": 0}),
        ),
    ),
    # If it falls it has not fallen; who could send troops acts; where it was said tells nothing.
    Case(
        "de",
        "Fällt Marib, könnte Riad Truppen schicken, sagte ein saudischer Beamter in Genf.",
        (
            ("Marib", "event", "fallen"),
            ("Riad", "actor", "subject-of-speech"),
            ("Genf", "background", "learned, not other by said-in"),
        ),
        (
            Told("Marib", CAPTURE, "hypothetical", "supposed", (15.46, 45.33),
                 {"attribution": "third-party", "reported_by": "saudischer Beamter"}),
        ),
    ),
    Case(
        "en",
        "If Marib falls, Riyadh could send troops, a diplomat told reporters in Muscat.",
        (
            ("Marib", "event", "fallen"),
            ("Riyadh", "actor", "subject-of-speech"),
            ("Muscat", "other", "office-in"),
        ),
        (Told("Marib", CAPTURE, "hypothetical", "conditional", (15.46, 45.33),
             {"attribution": "third-party", "reported_by": "diplomat"}),),
    ),
)  # fmt: skip
_SURENESS = re.compile(r"learned:\d\.\d+")
Parsed = Mapping[str, GeoparsedArticle]


@pytest.fixture(scope="module")
def parsed(shipped_gazetteer: Gazetteer) -> Parsed:
    articles = [
        Article(id=str(number), text=case.text, lang=case.lang, published=PUBLISHED)
        for number, case in enumerate(CASES)
    ]
    read = Geoparser(index=shipped_gazetteer).parse_many(articles, pytest.fail)
    return {result.article.text: result for result in read}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text[:40])
def test_roles_and_their_reasons(parsed: Parsed, case: Case) -> None:
    read = parsed[case.text]
    found = [
        (resolution.toponym.text, role.role, _SURENESS.sub("learned", role.evidence))
        for resolution, role in zip(read.resolutions, read.roles, strict=True)
    ]
    assert found == list(case.roles)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text[:40])
def test_what_is_told(parsed: Parsed, case: Case) -> None:
    read = parsed[case.text]
    places = [
        None if e.location is None else read.resolutions[e.location].toponym.text
        for e in read.events
    ]
    assert places == [told.place for told in case.events]
    for event, told in zip(read.events, case.events, strict=True):
        _check(event, told)
    for record, told in zip(record_of(read).events, case.events, strict=True):
        expected = {**NONE, **told.more}
        relation = record.relation.model_dump(exclude_none=True) if record.relation else None
        shown = {name: getattr(record, name) for name in expected} | {"relation": relation}
        assert shown == expected


def _check(event: Event, told: Told) -> None:
    assert (event.event_type, event.sub_event_type, event.plover) == told.type
    assert event.modality == told.modality
    assert f"modality:{told.cue}" in event.evidence
    if told.at is None:
        assert (event.lat, event.lon, event.geometry) == (None, None, None)
    else:
        assert (event.lat, event.lon) == pytest.approx(told.at, abs=0.01)


def test_both_languages_are_here() -> None:
    assert {case.lang for case in CASES} == set(get_args(Lang))
