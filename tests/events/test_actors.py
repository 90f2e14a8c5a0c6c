from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

import pytest

from geomap.errors import InputError
from geomap.events.actor_list import load_actors, read_actors
from geomap.events.actors import Actors, find_actors
from geomap.models import Lang

_DEMONYMS = {
    "russisch": "RU",
    "ukrainisch": "UA",
    "israelisch": "IL",
    "syrisch": "SY",
    "palästinensisch": "PS",
    "türkisch": "TR",
    "Russian": "RU",
    "Ukrainian": "UA",
    "Israeli": "IL",
    "Syrian": "SY",
    "Palestinian": "PS",
    "Congolese": "CD",
}


def demonym(word: str) -> str | None:
    lowered = word.lower()
    stems = (word, lowered[:-1], lowered[:-2])
    return next((_DEMONYMS[stem] for stem in stems if stem in _DEMONYMS), None)


def actors(text: str, word: str, lang: Lang, country: str | None = None) -> Actors:
    start = text.index(word)
    return find_actors(text, (start, start + len(word)), lang, demonym, country, load_actors())


NOBODY = (None, None)
# sentence, trigger, country of the event, (actor1, inter1), (actor2, inter2)
GERMAN = [
    # who acts comes first
    ("Die RSF griffen am Montag El Fasher an.", "griffen", "SD", ("RSF", 2), NOBODY),
    ("Rebellen eroberten die Stadt.", "eroberten", "SY", ("Rebellen", 2), NOBODY),
    (
        "Russische Truppen haben Awdijiwka eingenommen.",
        "eingenommen",
        "UA",
        ("russische Truppen", 8),
        NOBODY,
    ),
    ("Die ukrainische Armee beschoss Donezk.", "beschoss", "UA", ("ukrainische Armee", 1), NOBODY),
    ("Russland beschoss in der Nacht Charkiw.", "beschoss", "UA", ("Russland", 8), NOBODY),
    (
        "Die israelische Luftwaffe bombardierte Stellungen der Hisbollah.",
        "bombardierte",
        "LB",
        ("israelische Luftwaffe", 8),
        ("Hisbollah", 2),
    ),
    (
        "Bewaffnete töteten in Plateau 20 Zivilisten.",
        "töteten",
        "NG",
        ("Bewaffnete", 3),
        ("Zivilisten", 7),
    ),
    (
        "Die Polizei nahm Dutzende Demonstranten fest.",
        "nahm",
        "KE",
        ("Polizei", 1),
        ("Demonstranten", 6),
    ),
    ("Kämpfer der Taliban stürmten einen Posten.", "stürmten", "AF", ("Taliban", 2), NOBODY),
    ("Huthi-Rebellen feuerten Raketen auf ein Schiff.", "feuerten", "YE", ("Huthi", 2), NOBODY),
    # who acts follows the verb
    ("In Homs griff die Armee die Rebellen an.", "griff", "SY", ("Armee", 1), ("Rebellen", 2)),
    ("Am Dienstag hat die M23 Goma eingenommen.", "eingenommen", "CD", ("M23", 2), NOBODY),
    ("weil der IS die Stadt erobert hatte", "erobert", "SY", ("Islamischer Staat", 2), NOBODY),
    (
        "Bewaffnete stürmten ein Lager und erschossen 13 Soldaten.",
        "erschossen",
        "ML",
        ("Bewaffnete", 3),
        ("Soldaten", 1),
    ),
    ("Eine Bombe tötete Soldaten.", "tötete", "SY", NOBODY, ("Soldaten", 1)),
    (
        "In Port Sudan demonstrierten mehrere Hundert Frauen.",
        "demonstrierten",
        "SD",
        ("Demonstranten", 6),
        NOBODY,
    ),
    ("Kampfjets der Armee bombardierten Khartum.", "bombardierten", "SD", ("Armee", 1), NOBODY),
    (
        "Streitkräfte der Vereinigten Staaten zerstörten zwei Stellungen.",
        "zerstörten",
        "YE",
        ("Streitkräfte der Vereinigten Staaten", 8),
        NOBODY,
    ),
    (
        "Die Armee, die seit Montag vorrückt, hat Rebellen getötet.",
        "getötet",
        "SY",
        NOBODY,
        ("Rebellen", 2),
    ),
    (
        "Der Armee zufolge griffen Dschihadisten ein Lager an.",
        "griffen",
        "ML",
        ("Dschihadisten", 2),
        NOBODY,
    ),
    ("Die Stadt eroberte der IS im Mai.", "eroberte", "SY", ("Islamischer Staat", 2), NOBODY),
    ("Nach dem Angriff auf den Markt rückten Soldaten an.", "Angriff", "SY", NOBODY, NOBODY),
    # passive
    ("Die Stadt wurde von Rebellen erobert.", "erobert", "SY", ("Rebellen", 2), NOBODY),
    (
        "Palmyra wurde vom Islamischen Staat eingenommen.",
        "eingenommen",
        "SY",
        ("Islamischer Staat", 2),
        NOBODY,
    ),
    (
        "Cherson wurde durch russische Artillerie beschossen.",
        "beschossen",
        "UA",
        ("russische Artillerie", 8),
        NOBODY,
    ),
    ("In Homs wurden zwölf Soldaten getötet.", "getötet", "SY", NOBODY, ("Soldaten", 1)),
    ("Zwölf Zivilisten wurden in Homs getötet.", "getötet", "SY", NOBODY, ("Zivilisten", 7)),
    ("Die Rebellen wurden in Homs beschossen.", "beschossen", "SY", NOBODY, ("Rebellen", 2)),
    ("Israel wurde von der Hisbollah angegriffen.", "angegriffen", "IL", ("Hisbollah", 2), NOBODY),
    ("Belgorod wurde von der Ukraine aus beschossen.", "beschossen", "RU", NOBODY, NOBODY),
    # nouns
    (
        "Bei einem Angriff der RSF auf Al-Faschir starben Menschen.",
        "Angriff",
        "SD",
        ("RSF", 2),
        NOBODY,
    ),
    (
        "Bei einem Anschlag von Al-Schabaab gab es Tote.",
        "Anschlag",
        "SO",
        ("Al-Schabaab", 2),
        NOBODY,
    ),
    (
        "Nach dem Beschuss von Homs durch die Armee flohen viele.",
        "Beschuss",
        "SY",
        ("Armee", 1),
        NOBODY,
    ),
    ("Israels Luftangriffe auf Beirut gingen weiter.", "Luftangriffe", "LB", ("Israel", 8), NOBODY),
    ("Der Angriff Russlands auf Kiew begann am Morgen.", "Angriff", "UA", ("Russland", 8), NOBODY),
    ("Bei einem RSF-Angriff starben zehn Menschen.", "Angriff", "SD", ("RSF", 2), NOBODY),
    (
        "Bei israelischen Luftangriffen starben zehn Menschen.",
        "Luftangriffen",
        "LB",
        ("israelische Streitkräfte", 8),
        NOBODY,
    ),
    ("Bei syrischen Luftangriffen starben zehn Menschen.", "Luftangriffen", "SY", NOBODY, NOBODY),
    ("Bei palästinensischen Angriffen starben zwei Menschen.", "Angriffen", "IL", NOBODY, NOBODY),
    ("Bei einem Angriff auf Soldaten starben drei.", "Angriff", "ML", NOBODY, ("Soldaten", 1)),
    # two sides: both, as they are named
    (
        "In Omdurman gab es Gefechte zwischen der Armee und der RSF.",
        "Gefechte",
        "SD",
        ("Armee", 1),
        ("RSF", 2),
    ),
    (
        "Die Armee lieferte sich Gefechte mit Rebellen.",
        "Gefechte",
        "SY",
        ("Armee", 1),
        ("Rebellen", 2),
    ),
    (
        "In Homs lieferten sich Rebellen und Soldaten Gefechte, in Duma schlugen Granaten ein.",
        "lieferten",
        "SY",
        ("Rebellen", 2),
        ("Soldaten", 1),
    ),
    (
        "In Homs lieferten sich Rebellen und Soldaten Gefechte, in Duma schlugen Granaten ein.",
        "schlugen",
        "SY",
        NOBODY,
        NOBODY,
    ),
    # who speaks is no actor
    ("Die Armee meldete die Einnahme der Stadt.", "Einnahme", "SY", NOBODY, NOBODY),
    ("Nach Angaben der Armee wurde Homs beschossen.", "beschossen", "SY", NOBODY, NOBODY),
    ("Laut der Hamas gab es einen Luftangriff.", "Luftangriff", "PS", NOBODY, NOBODY),
    ("Kiew wirft Moskau Angriffe auf Zivilisten vor.", "Angriffe", "UA", NOBODY, ("Zivilisten", 7)),
    ("Die Armee dementierte den Beschuss durch Soldaten.", "Beschuss", "SY", NOBODY, NOBODY),
    (
        "Die Regierung machte die Rebellen für den Anschlag verantwortlich.",
        "Anschlag",
        "SY",
        NOBODY,
        NOBODY,
    ),
    ("Zivilisten in Cherson beschossen zu haben", "beschossen", "UA", NOBODY, ("Zivilisten", 7)),
    ("Der IS bekannte sich zu dem Anschlag.", "Anschlag", "AF", ("Islamischer Staat", 2), NOBODY),
    # organisations that are places, hold places, or are part of a name
    (
        "In der von der Hamas kontrollierten Stadt gab es Luftangriffe.",
        "Luftangriffe",
        "PS",
        NOBODY,
        NOBODY,
    ),
    ("Nahe dem Hauptquartier der UNIFIL schlugen Granaten ein.", "Granaten", "LB", NOBODY, NOBODY),
    ("Der Taliban-Sprecher meldete einen Anschlag.", "Anschlag", "AF", NOBODY, NOBODY),
    ("Die Soldaten trafen in Homs Anwohner.", "trafen", "SY", NOBODY, NOBODY),
    # suspicion stays one; protests
    (
        "Mutmaßliche Dschihadisten überfielen ein Dorf.",
        "überfielen",
        "ML",
        ("mutmaßlich Dschihadisten", 2),
        NOBODY,
    ),
    ("In Tunis demonstrierten Tausende.", "demonstrierten", "TN", ("Demonstranten", 6), NOBODY),
    ("Ein Haus brannte nach einer Explosion.", "Explosion", "SY", NOBODY, NOBODY),
]
ENGLISH = [
    ("Russian forces shelled Kherson on Monday.", "shelled", "UA", ("Russian forces", 8), NOBODY),
    ("Ukrainian drones hit a refinery.", "hit", "RU", ("Ukrainian drones", 8), NOBODY),
    (
        "Gunmen have killed 20 villagers in Plateau.",
        "killed",
        "NG",
        ("gunmen", 3),
        ("villagers", 7),
    ),
    ("M23 rebels captured Goma.", "captured", "CD", ("M23", 2), NOBODY),
    (
        "The Rapid Support Forces attacked a camp.",
        "attacked",
        "SD",
        ("Rapid Support Forces", 2),
        NOBODY,
    ),
    (
        "The IDF struck Hezbollah targets in Tyre.",
        "struck",
        "LB",
        ("Israel Defense Forces", 8),
        ("Hezbollah", 2),
    ),
    ("Russia attacked Odesa overnight.", "attacked", "UA", ("Russia", 8), NOBODY),
    (
        "Police fired tear gas at protesters in Nairobi.",
        "fired",
        "KE",
        ("police", 1),
        ("protesters", 6),
    ),
    ("The town was seized by rebels.", "seized", "SY", ("rebels", 2), NOBODY),
    (
        "Two soldiers were killed by al-Shabaab fighters.",
        "killed",
        "SO",
        ("al-Shabaab", 2),
        ("soldiers", 1),
    ),
    ("Ten civilians were killed in Homs.", "killed", "SY", NOBODY, ("civilians", 7)),
    ("Rebels killed in airstrike near Idlib.", "killed", "SY", NOBODY, ("rebels", 2)),
    ("The town, held by rebels, was shelled.", "shelled", "SY", NOBODY, NOBODY),
    ("Israel's shelling of Rafah went on.", "shelling", "PS", ("Israel", 8), NOBODY),
    (
        "An attack by the RSF on the camp killed 20.",
        "attack",
        "SD",
        ("Rapid Support Forces", 2),
        NOBODY,
    ),
    ("Hezbollah rocket fire wounded two.", "rocket fire", "IL", ("Hezbollah", 2), NOBODY),
    ("Israeli airstrikes killed 12 in Tyre.", "airstrikes", "LB", ("Israeli forces", 8), NOBODY),
    ("Syrian airstrikes killed 12 in Homs.", "airstrikes", "SY", NOBODY, NOBODY),
    (
        "There were clashes between the army and the RSF.",
        "clashes",
        "SD",
        ("army", 1),
        ("Rapid Support Forces", 2),
    ),
    ("The army clashed with M23 rebels near Sake.", "clashed", "CD", ("army", 1), ("M23", 2)),
    ("Clashes with rebels went on in Homs.", "Clashes", "SY", NOBODY, ("rebels", 2)),
    ("The army said rebels attacked the town.", "attacked", "SY", ("rebels", 2), NOBODY),
    ("The army reported an attack on the town.", "attack", "SY", NOBODY, NOBODY),
    ("Ukraine accused Russia of shelling the town.", "shelling", "UA", NOBODY, NOBODY),
    ("Russia denied shelling the town.", "shelling", "UA", NOBODY, NOBODY),
    ("The government blamed the attack on Hamas.", "attack", "IL", NOBODY, NOBODY),
    (
        "The Islamic State claimed responsibility for the attack.",
        "attack",
        "AF",
        ("Islamic State", 2),
        NOBODY,
    ),
    ("An explosion hit the Hamas-run health ministry.", "explosion", "PS", NOBODY, NOBODY),
    ("Shells landed near the UNIFIL headquarters.", "Shells", "LB", NOBODY, NOBODY),
    (
        "Suspected Boko Haram militants raided a village.",
        "raided",
        "NG",
        ("suspected Boko Haram", 2),
        NOBODY,
    ),
    ("Shells hit the town while the army advanced elsewhere.", "Shells hit", "SY", NOBODY, NOBODY),
    ("Russia claims its forces captured Bakhmut.", "captured", "UA", NOBODY, NOBODY),
    ("Its men, not ISIS, attacked the convoy.", "attacked", "PK", NOBODY, NOBODY),
    ("Moscow protested to Kyiv.", "protested", "UA", NOBODY, NOBODY),
    ("Thousands protested in Tunis.", "protested", "TN", ("protesters", 6), NOBODY),
    (
        "Pro-Russian separatists shot down a plane.",
        "shot down",
        "UA",
        ("pro-Russian separatists", 2),
        NOBODY,
    ),
]


Side: TypeAlias = tuple[str | None, int | None]
Case: TypeAlias = tuple[str, str, str, Side, Side]


def _check(lang: Lang, case: Case) -> None:
    text, word, country, first, second = case
    found = actors(text, word, lang, country)
    assert ((found.actor1, found.inter1), (found.actor2, found.inter2)) == (first, second)


@pytest.mark.parametrize("case", GERMAN, ids=[case[0][:40] for case in GERMAN])
def test_german(case: Case) -> None:
    _check("de", case)


@pytest.mark.parametrize("case", ENGLISH, ids=[case[0][:40] for case in ENGLISH])
def test_english(case: Case) -> None:
    _check("en", case)


def test_forces_are_external_only_where_the_country_is_known_and_another() -> None:
    text = "Russian troops attacked the village."
    assert actors(text, "attacked", "en", "RU").inter1 == 1
    assert actors(text, "attacked", "en", None).inter1 == 1
    assert actors(text, "attacked", "en", "UA").inter1 == 8


def test_the_list_names_every_actor_in_both_languages() -> None:
    known = load_actors().actors.values()
    assert len(known) >= 200
    assert [a.id for a in known if not a.de or not a.en or not a.gender] == []


HEADER = "id,kind,inter,countries,gender,de,en\n"


def test_own_actors_add_and_replace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "own.csv"
    table.write_text(
        HEADER + "blue,group,3,SY,f,Blaue Brigade,Blue Brigade\nm23,group,8,CD,f,M23,M23\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("GEOMAP_ACTORS", str(table))
    found = actors("The Blue Brigade attacked M23 positions.", "attacked", "en", "SY")
    assert found == Actors("Blue Brigade", "M23", 3, 8)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("id,inter\n", "line 1: no column kind, countries, gender, de, en"),
        (HEADER + "a,group,2,,f,Aa,Aa\nb,army,2,,f,Bb,Bb\n", "line 3: kind 'army'"),
        (HEADER + "a,group,9,,f,Aa,Aa\n", "line 2: inter '9'"),
        (HEADER + "a,group,2,Syria,f,Aa,Aa\n", "line 2: country 'Syria'"),
        (HEADER + "a,group,2,,x,Aa,Aa\n", "line 2: gender 'x'"),
        (HEADER + "a,group,2,,f,,\n", "line 2: no name"),
        (HEADER + "a,group,2,,f,A,\n", "line 2: name 'A' is too short"),
        (HEADER + "a,group,2,,f,Aa,Aa,Aa\n", "line 2: more cells"),
        (HEADER + ",group,2,,f,Aa,Aa\n", "line 2: no id"),
        (HEADER + "a,group,2,,f,Aa,\na,group,2,,f,Bb,\n", "line 3: id 'a' stands twice"),
        (HEADER + 'a,group,2,,f,"Aa\n', "unexpected end"),
    ],
)
def test_a_bad_table_is_told_with_its_line(table: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as error:
        list(read_actors(table, "own.csv"))
    assert str(error.value).startswith("own.csv: ")
    assert "\n" not in str(error.value)


def test_a_missing_table_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEOMAP_ACTORS", str(tmp_path / "none.csv"))
    with pytest.raises(InputError, match=r"none\.csv.*GEOMAP_ACTORS"):
        load_actors()


@pytest.mark.parametrize("icon", ["\ue010", "\ue110", "\uf8ff"])
def test_icons_of_web_pages_are_nobody(icon: str) -> None:
    found = actors(f"Die Armee beschoss {icon} in Homs.", "beschoss", "de", "SY")
    assert (found.actor1, found.actor2) == ("Armee", None)
    assert actors(f"{icon} shelled Homs.", "shelled", "en", "SY") == Actors()
