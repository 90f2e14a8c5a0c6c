"""Seats of government: actors when they speak, places when something happens there."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from geomap.gazetteer import Gazetteer
from geomap.models import Article, GeoparsedArticle, Lang
from geomap.pipeline import Geoparser

SPEAK: tuple[tuple[Lang, str, str], ...] = (
    ("de", "Der Kreml warnte am Montag vor einem Angriff auf Damaskus.", "Kreml"),
    ("de", "Aus dem Kreml hieß es, man prüfe die Vorwürfe.", "Kreml"),
    ("de", "Nach Angaben des Kremls wurden zwei Drohnen abgeschossen.", "Kremls"),
    ("de", "Kreml-Sprecher Peskow dementierte den Bericht.", "Kreml"),
    ("de", "Das Weiße Haus verurteilte die Luftangriffe auf Idlib.", "Weiße Haus"),
    ("de", "Das Weiße Haus erklärte, der Angriff auf Homs sei eine Provokation.", "Weiße Haus"),
    ("de", "Die Downing Street wies den Bericht zurück.", "Downing Street"),
    ("de", "Der Élysée kündigte am Dienstag Sanktionen an.", "Élysée"),
    ("de", "Das Pentagon bestätigte am Freitag Luftangriffe nahe Rakka.", "Pentagon"),
    ("en", "The Kremlin denied that its troops had shelled Kharkiv.", "Kremlin"),
    ("en", "Kremlin spokesman Dmitry Peskov rejected the claim.", "Kremlin"),
    ("en", "The White House condemned the air strikes on Idlib.", "White House"),
    ("en", "The White House said on Monday that the attack on Homs was wrong.", "White House"),
    ("en", "Downing Street announced new sanctions on Tuesday.", "Downing Street"),
    ("en", "The Elysee confirmed the attack.", "Elysee"),
    ("en", "The Pentagon said jets had struck targets near Raqqa on Friday.", "Pentagon"),
)
# …, the sub-type or geomap's type of what happens there
HOST: tuple[tuple[Lang, str, str, str], ...] = (
    (
        "de",
        "Zwei Drohnen schlugen in der Nacht auf Mittwoch im Kreml ein.",
        "Kreml",
        "Air/drone strike",
    ),
    ("de", "Im Kreml trafen sich am Montag Putin und Erdogan.", "Kreml", "meeting"),
    (
        "de",
        "Vor dem Weißen Haus demonstrierten am Samstag Tausende Menschen.",
        "Weißen Haus",
        "Peaceful protest",
    ),
    ("de", "Im Weißen Haus empfing der Präsident am Freitag seinen Gast.", "Weißen Haus", "visit"),
    (
        "de",
        "Die Polizei nahm vor der Downing Street zwölf Demonstranten fest.",
        "Downing Street",
        "Arrests",
    ),
    (
        "de",
        "Bei einem Anschlag auf das Pentagon starben am Dienstag viele Menschen.",
        "Pentagon",
        "Remote explosive/landmine/IED",
    ),
    (
        "en",
        "Two drones exploded over the Kremlin early on Wednesday.",
        "Kremlin",
        "Remote explosive/landmine/IED",
    ),
    (
        "en",
        "Thousands of people rallied outside the White House on Saturday.",
        "White House",
        "Peaceful protest",
    ),
    ("en", "A gunman opened fire near the White House on Saturday.", "White House", "Armed clash"),
    (
        "en",
        "Police arrested twelve protesters outside Downing Street.",
        "Downing Street",
        "Arrests",
    ),
    ("en", "Police arrested ten protesters outside the Pentagon on Monday.", "Pentagon", "Arrests"),
    ("en", "Macron met Scholz at the Élysée Palace on Monday.", "Élysée Palace", "meeting"),
    (
        "de",
        "Im Pentagon kam es am Montag zu einer Explosion.",
        "Pentagon",
        "Remote explosive/landmine/IED",
    ),
    ("en", "Protesters marched on the Elysee on Saturday.", "Elysee", "Peaceful protest"),
)


@pytest.fixture(scope="module")
def parsed(shipped_gazetteer: Gazetteer) -> Mapping[str, GeoparsedArticle]:
    texts = [(lang, text) for lang, text, *_ in (*SPEAK, *HOST)]
    articles = [Article(id=str(n), text=text, lang=lang) for n, (lang, text) in enumerate(texts)]
    read = Geoparser(index=shipped_gazetteer).parse_many(articles, pytest.fail)
    return {result.article.text: result for result in read}


def told_at(read: GeoparsedArticle, name: str) -> list[str | None]:
    return [
        event.geomap_type or event.sub_event_type
        for event in read.events
        if event.location is not None and read.resolutions[event.location].toponym.text == name
    ]


@pytest.mark.parametrize(("lang", "text", "name"), SPEAK)
def test_who_speaks_is_no_place(
    parsed: Mapping[str, GeoparsedArticle], lang: Lang, text: str, name: str
) -> None:
    read = parsed[text]
    roles = {r.toponym.text: d.role for r, d in zip(read.resolutions, read.roles, strict=True)}
    # Some are read as organisations: then they are no toponym at all.
    assert roles.get(name, "actor") == "actor"
    assert told_at(read, name) == []


@pytest.mark.parametrize(("lang", "text", "name", "kind"), HOST)
def test_what_happens_there_is_told_there(
    parsed: Mapping[str, GeoparsedArticle], lang: Lang, text: str, name: str, kind: str
) -> None:
    read = parsed[text]
    assert told_at(read, name) == [kind]
    (place,) = [r.place for r in read.resolutions if r.toponym.text == name]
    assert place is not None
    assert place.feature_class == "S"
