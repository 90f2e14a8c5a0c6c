"""Trigger words of one's own: what they match, and how a bad table is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from test_extractor import PUBLISHED, WORLD, recognise

from geomap.errors import InputError
from geomap.events import EventExtractor
from geomap.events.actor_list import read_actors
from geomap.events.lexicon import load_lexicon
from geomap.events.own_triggers import read_triggers, word_pattern
from geomap.models import Article, Event, Lang
from geomap.pipeline import Geoparser
from geomap.resolution import Resolver
from geomap.settings import Settings

HEADER = "lang,words,type\n"


def table(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "triggers.csv"
    path.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def events(text: str, lang: Lang = "de", triggers: Path | None = None) -> list[Event]:
    article = Article(id="a", text=text, lang=lang, published=PUBLISHED)
    recognition = recognise(text)
    resolutions = Resolver(WORLD, min_confidence=0.0).resolve(article, recognition)
    extractor = EventExtractor(WORLD, learned=False, triggers=triggers)
    return list(extractor.extract(article, recognition, resolutions).events)


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("gleitflugkörper*", "zwei gleitflugkörpern"),
        ("*drohne", "eine kamikazedrohne"),
        ("drohne", "eine kamikaze-drohne"),
        ("schlug* ... ein", "schlugen am abend drei bomben ein"),
        ("vor+presch*", "preschten die panzer weit vor"),
        ("vor+presch*", "vorpreschende panzer"),
        ("vor+presch*", "sind vorgeprescht"),
        ("vor+presch*", "um vorzupreschen"),
        ("rote* linie*", "die rote  linie"),
        ("Rückzug", "der rückzug"),
    ],
)
def test_words_match_as_they_are_read(word: str, text: str) -> None:
    assert re.search(word_pattern(word), text)


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("drohne", "drohnen"),
        ("drohne", "kamikazedrohne"),
        ("vor+presch*", "die panzer preschten davon"),
        ("mob", "mobile"),
        ("a.c*", "abc"),
    ],
)
def test_words_match_nothing_else(word: str, text: str) -> None:
    assert not re.search(word_pattern(word), text)


def test_own_words_tell_of_events(tmp_path: Path) -> None:
    own = table(
        tmp_path, "de,vor+presch*|vor+prescht*,advance", "en,glide weapon*,Air/drone strike"
    )
    text = "Am Montag preschten Panzer auf Homs vor."
    assert events(text) == []
    (event,) = events(text, triggers=own)
    assert (event.geomap_type, event.plover) == ("advance", "MOBILIZE/troops")
    assert (event.modality, event.trigger_start) == ("asserted", text.index("preschten"))
    (event,) = events("Glide weapons came down in Aden.", "en", own)
    assert event.sub_event_type == "Air/drone strike"


def test_a_type_without_shipped_words_has_its_codes(tmp_path: Path) -> None:
    own = table(tmp_path, "de,stützpunkt ... eröffnet,headquarters or base established")
    (event,) = events("Die Armee hat einen Stützpunkt in Homs eröffnet.", triggers=own)
    assert event.event_type == "Strategic developments"
    assert event.sub_event_type == "Headquarters or base established"
    assert event.plover == "MOBILIZE/troops"


def test_own_words_go_before_shipped_ones(tmp_path: Path) -> None:
    text = "Ein Drohnenangriff traf Homs."
    assert events(text)[0].sub_event_type == "Air/drone strike"
    own = table(tmp_path, "de,drohnenangriff*,Suicide bomb")
    assert events(text, triggers=own)[0].sub_event_type == "Suicide bomb"


def test_what_stands_between_the_parts_of_an_own_word_fires_still(tmp_path: Path) -> None:
    own = table(tmp_path, "de,vor+presch*,advance")
    told = events("Panzer preschten nach Luftangriffen auf Homs vor.", triggers=own)
    assert [e.sub_event_type for e in told] == ["Air/drone strike"]


def test_a_word_that_misfires_is_silenced(tmp_path: Path) -> None:
    text = "Die Belagerung der Kassen in Homs dauerte bis zum Abend."
    assert len(events(text)) == 1
    own = table(tmp_path, "de,Belagerung der Kassen,none")
    assert events(text, triggers=own) == []
    assert len(events("Die Belagerung von Homs dauert an.", triggers=own)) == 1


def test_the_environment_names_a_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEOMAP_TRIGGERS", str(table(tmp_path, "de,knallte,Grenade")))
    (event,) = events("In Homs knallte es am Montag.")
    assert (event.event_type, event.plover) == (
        "Explosions/Remote violence",
        "ASSAULT/explosives",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("lang,word\n", "line 1: no column words, type"),
        (HEADER + "de,knall*,Grenade\nfr,boum,Grenade\n", "line 3: lang 'fr' is none of de, en"),
        (HEADER + "de,,Grenade\n", "line 2: no words"),
        (HEADER + "de,knall*,Knall\n", "line 2: type 'Knall' is none of Armed clash, .*, none$"),
        (HEADER + "de,knall*,\n", "line 2: type '' is none of"),
        (HEADER + "de,k*,Grenade\n", "line 2: 'k\\*' is too short"),
        (HEADER + "de,knall* ... *,Grenade\n", "line 2: .* is too short"),
        (HEADER + "de,(knall)?,Grenade\n", r"line 2: '\(' in '\(knall\)\?'"),
        (HEADER + "en,push+on,advance\n", r"line 2: 'push\+on': \+ is for separable German verbs"),
        (HEADER + "de,+presch*,advance\n", r"line 2: '\+presch\*': \+ stands between"),
        (HEADER + "de,knall*,Grenade,x\n", "line 2: more cells than columns"),
        (HEADER + "de,Knall,Grenade\nde,rums|knall,none\n", "line 3: 'knall' stands in line 2 too"),
        (HEADER + 'de,"knall,Grenade\n', "unexpected end"),
    ],
)
def test_a_bad_table_is_told_with_its_line(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as error:
        list(read_triggers(text, "own.csv"))
    assert str(error.value).startswith("own.csv: ")
    assert "\n" not in str(error.value)


def test_a_bad_table_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    bad = table(tmp_path, "de,knall*,Grenade", "de,rums*,Rums")
    with pytest.raises(InputError, match="line 3: type 'Rums'"):
        Geoparser(Settings(triggers=bad))
    with pytest.raises(InputError, match=r"none\.csv: No such file .*--triggers"):
        load_lexicon(tmp_path / "none.csv")
    with pytest.raises(InputError, match=r"none\.csv: No such file .*--actors"):
        Geoparser(Settings(actors=tmp_path / "none.csv"))


def test_the_examples_of_the_documentation_are_valid() -> None:
    page = Path(__file__).parents[2] / "docs" / "events.md"
    tables = re.findall(r"```csv\n(.*?)```", page.read_text(encoding="utf-8"), re.S)
    words, actors = tables
    assert len(list(read_triggers(words, "events.md"))) == 6
    assert [actor.id for actor in read_actors(actors, "events.md")] == ["blue-brigade"]
