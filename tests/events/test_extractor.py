from __future__ import annotations

import re
from datetime import date

import pytest
from fake_index import make_world

from geomap.events import EventExtractor, Findings
from geomap.models import Article, Event, Lang, Recognition, Sentence, Token, Toponym
from geomap.resolution import Resolver

# Runs of anything up to a full stop that no digit precedes ("21. August").
_SENTENCE = r"[^.!?\s](?:[^.!?\n]|(?<=\d)\.)*[.!?]?"
WORLD = make_world()
PUBLISHED = date(2015, 9, 1)  # a Tuesday


def recognise(text: str) -> Recognition:
    """Find the known names and split sentences; the real recogniser has tests of its own."""
    names = sorted(WORLD.names, key=len, reverse=True)
    toponyms = tuple(
        Toponym(m[0], m.start(), m.end())
        for m in re.finditer(rf"\b(?:{'|'.join(map(re.escape, names))})\b", text)
    )
    sentences = []
    for match in re.finditer(
        r"[^.!?\n](?:[^.!?\n]|\.(?=\s[A-ZÄÖÜ][a-z]+\s(?!\w+te))|(?<=\d)\.)*[.!?]?", text
    ):
        tokens = tuple(
            Token(t[0], match.start() + t.start(), match.start() + t.end())
            for t in re.finditer(r"\w+|[^\w\s]", match[0])
        )
        sentences.append(Sentence(match.start(), match.end(), tokens))
    return Recognition(tuple(sentences), toponyms)


def extract(
    text: str, lang: Lang = "de", title: str | None = None
) -> tuple[Findings, dict[str, str]]:
    article = Article(id="a", text=text, lang=lang, published=PUBLISHED, title=title)
    recognition = recognise(text)
    resolutions = Resolver(WORLD, min_confidence=0.0).resolve(article, recognition)
    findings = EventExtractor(WORLD).extract(article, recognition, resolutions)
    roles = {
        t.text: role.role for t, role in zip(recognition.toponyms, findings.roles, strict=True)
    }
    return findings, roles


def event_at(text: str, name: str, lang: Lang = "de") -> Event:
    findings, _ = extract(text, lang)
    start = text.index(name)
    names = recognise(text).toponyms
    found = [
        e for e in findings.events if e.location is not None and names[e.location].start == start
    ]
    assert len(found) == 1, findings.events
    return found[0]


ROLES = [
    ("de", "Washington weiß, dass die Luftangriffe wenig bewirken.", "Washington", "actor"),
    ("de", "Vor allem Moskau ist über seinen Vasallen zunehmend frustriert.", "Moskau", "actor"),
    ("de", "Die Assad-Feinde USA wollen keinen Genozid.", "USA", "actor"),
    ("de", "Die von den USA trainierten Rebellen griffen an.", "USA", "actor"),
    ("de", "Das sind Signale aus Teheran.", "Teheran", "actor"),
    ("de", "BEIRUT (dpa) – Der Kreml hält Gespräche mit Ankara für möglich.", "BEIRUT", "dateline"),
    ("de", "BEIRUT (dpa) – Der Kreml hält Gespräche mit Ankara für möglich.", "Kreml", "actor"),
    ("de", "BEIRUT (dpa) – Der Kreml hält Gespräche mit Ankara für möglich.", "Ankara", "actor"),
    (
        "de",
        "Kämpfer aus Tschetschenien sprengten eine Brücke bei Rakka.",
        "Tschetschenien",
        "origin",
    ),
    (
        "de",
        "Lawrow traf sich mit Amtskollegen aus den USA und Saudi-Arabien in Katar.",
        "Saudi-Arabien",
        "origin",
    ),
    (
        "de",
        "Lawrow traf sich mit Amtskollegen aus den USA und Saudi-Arabien in Katar.",
        "Katar",
        "meeting",
    ),
    ("de", "Am Freitag reist der König nach Washington.", "Washington", "destination"),
    ("de", "Bei Luftangriffen auf Idlib starben acht Menschen.", "Idlib", "event"),
    ("de", "Tausende demonstrierten in Köln gegen den Einsatz in Aleppo.", "Aleppo", "background"),
    (
        "de",
        "In Homs, rund 40 Kilometer südlich von Aleppo, wurde gekämpft.",
        "Aleppo",
        "background",
    ),
    ("de", "Kämpfe gab es in Homs im Westen von Syrien.", "Syrien", "background"),
    (
        "en",
        "Washington said on Friday that jets had struck positions near Rakka.",
        "Washington",
        "actor",
    ),
    (
        "en",
        "No one was killed when rockets fired from Gaza landed south of Ashkelon.",
        "Ashkelon",
        "event",
    ),
    (
        "en",
        "Police in London arrested three men from Birmingham on Tuesday.",
        "Birmingham",
        "origin",
    ),
]


@pytest.mark.parametrize(("lang", "text", "name", "role"), ROLES)
def test_roles(lang: Lang, text: str, name: str, role: str) -> None:
    assert extract(text, lang)[1][name] == role


MODALITIES = [
    ("de", "Bei Luftangriffen auf Idlib starben acht Menschen.", "Idlib", "asserted"),
    (
        "de",
        "Ankara dementierte, dass Kampfjets Ziele bei Idlib bombardiert hätten.",
        "Idlib",
        "negation",
    ),
    ("de", "In Homs gab es keine Luftangriffe.", "Homs", "negation"),
    (
        "de",
        "Eine Gegenoffensive im Süden von Damaskus konnte den Gegner nicht brechen.",
        "Damaskus",
        "asserted",
    ),
    (
        "de",
        "Noch nie seien die Kämpfer so nahe an das Zentrum von Damaskus herangerückt.",
        "Damaskus",
        "asserted",
    ),
    (
        "de",
        "In die kommende Schlacht um Damaskus werden Kampfjets nicht eingreifen.",
        "Damaskus",
        "future",
    ),
    (
        "de",
        "Die Regierung droht mit dem Abzug ihrer Soldaten aus Masar-i-Scharif.",
        "Masar-i-Scharif",
        "hypothetical",
    ),
    (
        "de",
        "Einen Einmarsch in Damaskus wollen weder Freunde noch Feinde.",
        "Damaskus",
        "hypothetical",
    ),
    ("de", "Wenn Homs gestürmt wird, fliehen Tausende.", "Homs", "hypothetical"),
    ("de", "Wurde Homs gestern bombardiert?", "Homs", "hypothetical"),
    (
        "de",
        "Vor zehn Jahren starben bei einem Anschlag in Madrid viele Menschen.",
        "Madrid",
        "historical",
    ),
    ("de", "Der Minister wird am Dienstag in Damaskus erwartet.", "Damaskus", "future"),
    ("de", "Am Donnerstag findet in Ankara eine Konferenz statt.", "Ankara", "future"),
    ("de", "Die Polizei in Köln übte einen Terroranschlag.", "Köln", "hypothetical"),
    ("de", "In Homs wird der Toten des Massakers gedacht.", "Homs", "historical"),
    ("de", "Raketen schlugen in Homs ein, verletzt wurde niemand.", "Homs", "asserted"),
    ("en", "Jets bombed positions near Rakka on Monday.", "Rakka", "asserted"),
    ("en", "The army denied that jets had bombed Rakka.", "Rakka", "negation"),
    ("en", "Rebels could attack Aden next week.", "Aden", "hypothetical"),
]


@pytest.mark.parametrize(("lang", "text", "name", "modality"), MODALITIES)
def test_modality(lang: Lang, text: str, name: str, modality: str) -> None:
    assert event_at(text, name, lang).modality == modality


TYPES = [
    (
        "Bei Luftangriffen auf Idlib starben acht Menschen.",
        "Idlib",
        "Explosions/Remote violence",
        "Air/drone strike",
    ),
    (
        "Rebellen nahmen am Montag Idlib ein.",
        "Idlib",
        "Battles",
        "Non-state actor overtakes territory",
    ),
    (
        "Regierungstruppen haben Homs zurückerobert.",
        "Homs",
        "Battles",
        "Government regains territory",
    ),
    (
        "Bewaffnete haben in Homs zwölf Zivilisten getötet.",
        "Homs",
        "Violence against civilians",
        "Attack",
    ),
    ("Tausende demonstrierten in Köln.", "Köln", "Protests", "Peaceful protest"),
    ("In Homs gab es Kämpfe.", "Homs", "Battles", "Armed clash"),
    ("In Homs kam es zu Kämpfen.", "Homs", "Battles", "Armed clash"),
    ("In Homs trat eine Waffenruhe in Kraft.", "Homs", "Strategic developments", "Agreement"),
    (
        "In Aleppo sprengte sich ein Mann in die Luft.",
        "Aleppo",
        "Explosions/Remote violence",
        "Suicide bomb",
    ),
]


@pytest.mark.parametrize(("text", "name", "event_type", "sub_event_type"), TYPES)
def test_types(text: str, name: str, event_type: str, sub_event_type: str) -> None:
    event = event_at(text, name)
    assert (event.event_type, event.sub_event_type) == (event_type, sub_event_type)


@pytest.mark.parametrize(
    "text",
    [
        "In Köln schien am Montag die Sonne.",
        "Washington warnt vor einer Eskalation.",
        "In der Schlacht um Platz 1 gewann Köln gegen Hamburg.",
        "Die Straße von Homs nach Aleppo ist gesperrt.",
        "Der Kreml dementierte am Sonntag.",
    ],
)
def test_nothing_happened(text: str) -> None:
    assert extract(text)[0].events == ()


def test_approach_through_a_relative_clause() -> None:
    text = (
        "Gleichzeitig rückt von Norden her die Miliz, deren Rückgrat die Kaida bildet, "
        "auf die Hochburg Latakia zu."
    )
    event = event_at(text, "Latakia")
    assert event.geomap_type == "advance"
    assert event.relation is not None
    assert (event.relation.kind, event.relation.heading_deg) == ("approach", 180)
    assert event.where_prec == 2
    assert text[event.desc_start : event.desc_end] == event.description


def test_offset_moves_the_point() -> None:
    text = (
        "Rund 20 Kilometer nordöstlich von Homs beschossen Rebellen einen Konvoi; "
        "mindestens zwölf Soldaten starben."
    )
    event = event_at(text, "Homs")
    assert event.lat == pytest.approx(34.86, abs=0.01)
    assert event.lon == pytest.approx(36.875, abs=0.01)
    assert event.where_prec == 2
    assert event.uncertainty_km == pytest.approx(10, abs=1)
    assert (event.deaths.low, event.deaths.best, event.deaths.high) == (12, 12, None)


def test_between_is_one_event_at_the_midpoint() -> None:
    text = "Kämpfer sprengten am 21. August eine Brücke zwischen Rakka und Deir al-Sor."
    findings, _ = extract(text)
    assert len(findings.events) == 1
    event = findings.events[0]
    assert event.lat == pytest.approx(35.64, abs=0.05)
    assert event.where_prec == 5
    assert event.when.start == event.when.end == date(2015, 8, 21)


def test_meetings_are_outside_acleds_scope() -> None:
    event = event_at("Am Montag trafen sich die Außenminister in Katar.", "Katar")
    assert event.acled_scope is False
    assert event.geomap_type == "meeting"
    assert event.where_prec == 6
    assert event.geometry is not None


def test_headline_does_not_tell_an_event_twice() -> None:
    title = "Luftangriff auf Idlib"
    text = f"{title}\n\nBei einem Luftangriff auf Idlib starben am Montag acht Menschen."
    findings, _ = extract(text, title=title)
    assert len(findings.events) == 1
    assert findings.events[0].deaths.best == 8


def test_organisations_do_not_fire() -> None:
    text = "Die Eroberungsarmee sitzt in Idlib."
    article = Article(id="a", text=text, lang="de")
    recognition = recognise(text)
    named = Recognition(
        recognition.sentences, recognition.toponyms, (Toponym("Eroberungsarmee", 4, 19, "ORG"),)
    )
    resolutions = Resolver(WORLD, min_confidence=0.0).resolve(article, named)
    assert EventExtractor(WORLD).extract(article, named, resolutions).events == ()


SPORT = (
    "In Köln feuerte der Stürmer eine Rakete ins Tor, die Fans jubelten. "
    "Bei der Schlacht um Homs siegte die Mannschaft am letzten Spieltag der Bundesliga."
)


def test_sport_is_no_war() -> None:
    assert extract(SPORT)[0].events == ()


def test_an_attack_on_a_stadium_is_no_sport() -> None:
    text = "Bei einem Anschlag auf das Stadion in Köln wurden am Spieltag drei Fans getötet."
    assert event_at(text, "Köln").modality == "asserted"


def test_each_place_has_its_own_dead() -> None:
    text = "In Homs wurde gekämpft, in Idlib schlugen Granaten ein und töteten sieben Zivilisten."
    assert event_at(text, "Homs").deaths.best is None
    assert event_at(text, "Idlib").deaths.best == 7


def test_ids_are_unique_and_stable() -> None:
    text = "Bei Luftangriffen auf Idlib starben acht Menschen. In Homs wurde gekämpft."
    first, second = extract(text)[0], extract(text)[0]
    assert first == second
    assert len({e.event_id for e in first.events}) == 2
    assert all(re.fullmatch(r"a-e[0-9a-f]{8}", e.event_id) for e in first.events)


def test_more_events_do_not_change_the_ids_of_others() -> None:
    alone = event_at("In Homs wurde gekämpft.", "Homs")
    after = event_at(
        "Bei Luftangriffen auf Idlib starben acht Menschen.\nIn Homs wurde gekämpft.", "Homs"
    )
    assert alone.event_id == after.event_id


def test_headlines_do_not_repeat_what_the_body_tells_nearby() -> None:
    text = "Luftangriffe in Syrien\n\nBei Luftangriffen auf Idlib starben am Montag acht Menschen."
    findings, _ = extract(text, title="Luftangriffe in Syrien")
    assert len(findings.events) == 1


def test_demonyms_have_a_role_of_their_own() -> None:
    text = "Die syrische Armee bombardierte Homs."
    article = Article(id="a", text=text, lang="de")
    base = recognise(text)
    toponyms = (Toponym("syrische", 4, 12, "DEMONYM"), *base.toponyms)
    recognition = Recognition(base.sentences, toponyms)
    resolutions = Resolver(WORLD, min_confidence=0.0).resolve(article, recognition)
    findings = EventExtractor(WORLD).extract(article, recognition, resolutions)
    assert [role.role for role in findings.roles] == ["demonym", "event"]
    assert len(findings.events) == 1


def test_an_unknown_village_is_told_of_where_the_text_puts_it() -> None:
    text = "In Kfar Nichtda, 20 Kilometer nordöstlich von Homs, wurde ein Markt bombardiert."
    known = recognise(text)
    village = Toponym("Kfar Nichtda", 3, 15)
    recognition = Recognition(known.sentences, (village, *known.toponyms))
    article = Article(id="a", text=text, lang="de", published=PUBLISHED)
    resolutions = Resolver(WORLD, min_confidence=0.0).resolve(article, recognition)
    (event,) = EventExtractor(WORLD).extract(article, recognition, resolutions).events
    assert (event.lat, event.lon) == (
        pytest.approx(34.857, abs=0.01),
        pytest.approx(36.875, abs=0.01),
    )
    assert event.where_prec == 2
    assert event.relation is not None
    assert event.relation.distance_km == 20


FALLS = [
    ("de", "Fällt Schnee, ist Damaskus abgeschnitten.", "Damaskus"),
    ("de", "Nachdem Schüsse gefallen waren, kehrte in Homs Ruhe ein.", "Homs"),
    ("en", "When night fell, Homs was quiet.", "Homs"),
    ("en", "If snow falls, Aden is cut off.", "Aden"),
    ("en", "If snow falls, London is cut off.", "London"),
]


@pytest.mark.parametrize(("lang", "text", "place"), FALLS)
def test_not_all_that_falls_is_taken(lang: Lang, text: str, place: str) -> None:
    told = [e for e in extract(text, lang)[0].events if e.event_type == "Battles"]
    assert told == []
    supposed = f"Wenn {place} fällt, flieht man." if lang == "de" else f"If {place} falls, we flee."
    assert event_at(supposed, place, lang).modality == "hypothetical"
