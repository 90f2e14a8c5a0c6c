"""The words that tell who acted: nouns for actors, nouns and verbs of acting, by language."""

from __future__ import annotations

import re
from typing import NamedTuple

from geomap.models import Lang


class Noun(NamedTuple):
    """A noun for an actor: its pattern, the form to show (None: as in the text), gender, kind.

    ``kind`` is ``force``, ``group``, ``people`` or ``weapon`` (an actor only with a demonym).
    """

    pattern: str
    name: str | None
    gender: str
    kind: str
    inter: int


NOUNS: dict[Lang, tuple[Noun, ...]] = {
    "de": (
        Noun(r"Regierungstruppen", None, "p", "force", 1),
        Noun(r"Regierungssoldaten", None, "p", "force", 1),
        Noun(r"(?:Regierungs|See|Luft|Land|Boden)streitkräften?", None, "p", "force", 1),
        Noun(r"Streitkräften?", "Streitkräfte", "p", "force", 1),
        Noun(r"Sicherheitskräften?", "Sicherheitskräfte", "p", "force", 1),
        Noun(r"Spezialkräften?", "Spezialkräfte", "p", "force", 1),
        Noun(r"(?:Boden|Grenz|Elite|Besatzungs)?[Tt]ruppen", None, "p", "force", 1),
        Noun(r"(?:Spezial|Elite|Armee)einheiten", None, "p", "force", 1),
        Noun(r"Soldat(?:en|innen)|Soldat", "Soldaten", "p", "force", 1),
        Noun(r"(?:Regierungs)?[Aa]rmee", None, "f", "force", 1),
        Noun(r"Militärs?", "Militär", "n", "force", 1),
        Noun(r"Luftwaffe|Marine|Artillerie|Nationalgarde|Küstenwache", None, "f", "force", 1),
        Noun(r"Grenzschützern?", "Grenzschützer", "p", "force", 1),
        Noun(r"(?:Bereitschafts|Bundes|Militär|Geheim)?[Pp]olizei", None, "f", "force", 1),
        Noun(r"Polizist(?:en|innen)|Polizist", "Polizisten", "p", "force", 1),
        Noun(r"(?:Militär)?[Jj]unta|Regierung", None, "f", "force", 1),
        Noun(r"Regimes?", "Regime", "n", "force", 1),
        Noun(
            r"(?:Kampf)?[Dd]rohnen|Kampfjets?|Raketen|Panzern?|Marschflugkörpern?",
            None,
            "p",
            "weapon",
            1,
        ),
        Noun(r"Kampfflugzeugen?", "Kampfflugzeuge", "p", "weapon", 1),
        Noun(r"Kampfhubschraubern?", "Kampfhubschrauber", "p", "weapon", 1),
        Noun(r"Rebellen|Guerilleros|Guerillakämpfern?", None, "p", "group", 2),
        Noun(r"Rebellengruppen?|Guerilla", None, "f", "group", 2),
        Noun(r"Aufständischen?", "Aufständische", "p", "group", 2),
        Noun(r"Separatisten|Dschihadisten|Islamisten|Extremisten", None, "p", "group", 2),
        Noun(r"Freischärlern?", "Freischärler", "p", "group", 2),
        Noun(r"Milizen", None, "p", "group", 3),
        Noun(r"Miliz", None, "f", "group", 3),
        Noun(r"Milizionären?", "Milizionäre", "p", "group", 3),
        Noun(r"(?:Miliz)?[Kk]ämpfern?", "Kämpfer", "p", "group", 3),
        Noun(r"Bewaffneten?", "Bewaffnete", "p", "group", 3),
        Noun(r"(?:bewaffneten?|maskierten?) Männern?", "bewaffnete Männer", "p", "group", 3),
        Noun(r"Terroristen", None, "p", "group", 3),
        Noun(r"Angreifern?", "Angreifer", "p", "group", 3),
        Noun(r"Banden|Bandenmitgliedern?", None, "p", "group", 3),
        Noun(r"Stammeskämpfern?", "Stammeskämpfer", "p", "group", 4),
        Noun(r"Stammesmilizen|Viehhirten", None, "p", "group", 4),
        Noun(r"Söldnern?", "Söldner", "p", "group", 8),
        Noun(r"Randalierern?", "Randalierer", "p", "people", 5),
        Noun(r"Plünderern?", "Plünderer", "p", "people", 5),
        Noun(r"Demonstrant(?:en|innen)", "Demonstranten", "p", "people", 6),
        Noun(r"Demonstrierenden?", "Demonstrierende", "p", "people", 6),
        Noun(r"Protestierenden?", "Protestierende", "p", "people", 6),
        Noun(r"Zivilist(?:en|innen)", "Zivilisten", "p", "people", 7),
        Noun(r"Zivilpersonen", None, "p", "people", 7),
        Noun(r"Zivilbevölkerung", None, "f", "people", 7),
        Noun(r"(?:Dorfb|B|Anw|Einw|Dorfeinw)(?:ewohn|ohn)ern?", "Bewohner", "p", "people", 7),
        Noun(r"Kindern?", "Kinder", "p", "people", 7),
        Noun(r"Frauen|Patienten|Passanten|Gläubigen?|Bauern", None, "p", "people", 7),
        Noun(r"Flüchtlingen?", "Flüchtlinge", "p", "people", 7),
        Noun(r"Journalist(?:en|innen)", "Journalisten", "p", "people", 7),
        Noun(r"Schülern?", "Schüler", "p", "people", 7),
        Noun(r"(?:Entwicklungs|Nothilfe)?[Hh]elfern?", "Helfer", "p", "people", 7),
    ),
    "en": (
        Noun(
            r"(?:government|security|special|regime|loyalist|ground|naval) forces",
            None,
            "",
            "force",
            1,
        ),
        Noun(r"(?:armed )?forces", None, "", "force", 1),
        Noun(r"(?:government |army )?(?:troops|soldiers?)", None, "", "force", 1),
        Noun(r"army|military|navy|air force|coast ?guard|national guard", None, "", "force", 1),
        Noun(r"border guards|gendarmes", None, "", "force", 1),
        Noun(r"(?:riot )?police(?:m[ae]n| officers?)?", None, "", "force", 1),
        Noun(
            r"government (?:warplanes|jets|drones|tanks|helicopters|gunboats|artillery)",
            None,
            "",
            "force",
            1,
        ),
        Noun(r"government|regime|junta", None, "", "force", 1),
        Noun(
            r"(?:warplanes|fighter jets|jets|drones|missiles|rockets|tanks|helicopters|gunboats|artillery)",
            None,
            "",
            "weapon",
            1,
        ),
        Noun(r"rebels?|rebel (?:forces|fighters|groups)", "rebels", "", "group", 2),
        Noun(r"insurgents?", "insurgents", "", "group", 2),
        Noun(r"separatists?(?: fighters)?", "separatists", "", "group", 2),
        Noun(r"jihadi(?:st)?s?|Islamists|extremists|guerrillas", None, "", "group", 2),
        Noun(r"militia(?:s|men|man)?|paramilitaries", None, "", "group", 3),
        Noun(r"(?:un(?:known|identified) )?gunm[ae]n", "gunmen", "", "group", 3),
        Noun(r"militants?", "militants", "", "group", 3),
        Noun(
            r"fighters|attackers|assailants|bandits|terrorists|gangs|gang members",
            None,
            "",
            "group",
            3,
        ),
        Noun(r"(?:armed|masked) (?:men|groups?)", None, "", "group", 3),
        Noun(r"tribal fighters|tribesmen|herdsmen", None, "", "group", 4),
        Noun(r"mercenaries", None, "", "group", 8),
        Noun(r"rioters|looters|mob", None, "", "people", 5),
        Noun(r"(?:anti-government )?(?:protest[eo]rs?|demonstrators?)", None, "", "people", 6),
        Noun(r"civilians?", "civilians", "", "people", 7),
        Noun(
            r"villagers|residents|worshippers|children|women|students|refugees|journalists?|aid workers?|"
            r"displaced people|families|farmers|patients|shoppers|bystanders|passengers",
            None,
            "",
            "people",
            7,
        ),
    ),
}

# Words between article and noun that belong to the name.
ADJECTIVES: dict[Lang, re.Pattern[str]] = {
    "de": re.compile(
        r"(?:[\w-]*isch|deutsch|pro-\w+|bewaffnet|radikal|regierungstreu)e[nrms]?", re.I
    ),
    "en": re.compile(
        r"Islamist|Kurdish|Sunni|Shia|Shiite|Tuareg|Druze|Alawite|[Pp]ro-[\w-]+|anti-[\w-]+|armed|rival|local|rebel"
    ),
}
SUSPECTED = re.compile(r"(?:mutmaßliche?[nrms]?|suspected|alleged|presumed)", re.I)
SUSPECTED_NAME: dict[Lang, str] = {"de": "mutmaßlich {}", "en": "suspected {}"}

# Fighters and goods of a named actor: "Hisbollah-Stellungen", "Stellungen der Hisbollah".
PARTS: dict[Lang, str] = {
    "de": r"(?:Stellung(?:en)?|Kommandos?|Gruppen?|Verbänden?|Bataillonen?|Ziele?n?|Position(?:en)?|Stützpunkte?n?|Kämpfern?|Rebellen|Miliz(?:en)?|Milizionären?|Soldaten|Truppen|Einheit(?:en)?|"
    r"Mitgliedern?|Terroristen|Kommandeure?n?|Anführers?|Drohnen|Raketen|Kampfflugzeugen?|Kampfjets|Konvois?|Posten|Panzern?|Angehörigen?)",
    "en": r"(?:fighters?|militants?|rebels?|gunmen|forces|troops|militia(?:men|s)?|soldiers?|positions?|targets?|drones?|"
    r"missiles?|rockets|warplanes|jets|commanders?|leaders?|members?|operatives?|convoys?|bases?|posts?|checkpoints?|patrols?|vehicles?|units?|battalions?|artillery)",
}

STATE_PARTS: dict[Lang, str] = {
    "de": r"(?:Streitkräften?|Truppen|Soldaten|Armee|Luftwaffe|Marine|Militärs?|Kampfflugzeugen?|Drohnen)",
    "en": r"(?:forces|troops|soldiers|army|air force|navy|military|warplanes|drones)",
}
"""What makes a country's name that of its forces: "Streitkräfte der Vereinigten Staaten"."""

NOBODY_ACTS: dict[Lang, re.Pattern[str]] = {
    "de": re.compile(
        r"\b(?:wirft|w(?:a|e)rfen|warf)\b.*\bvor(?:geworfen)?\b|\bvorgeworfen\b|\bbeschuldig\w+|\bbezichtig\w+|\bverantwortlich\b|"
        r"\bvorw[uü]rf\w*|\bdementier\w+|\bbestr(?:itt|eit)\w*|\b(?:wies|wiesen|weist|weisen)\b.*\bzurück\b|\bzurückgewiesen\b|\bleugne\w+",
        re.I,
    ),
    "en": re.compile(
        r"\baccus\w+|\bblam(?:e|ed|es|ing)\b|\bden(?:y|ied|ies|ying|ial)\b|\brejected\b|\balleg(?:e|es|ation|ations|ing)\b|\bheld\b.*\bresponsible\b",
        re.I,
    ),
}
