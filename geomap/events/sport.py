"""Sport reports fight, bomb and conquer too: where they do, nothing of it is an event."""

from __future__ import annotations

import re

from geomap.models import Lang

_WORDS: dict[Lang, re.Pattern[str]] = {
    "de": re.compile(
        r"\b(?:bundesliga|liga|spieltag|pokal\w*|champions league|europa league|trainer\w*|torwart|torhüter|"
        r"stürmer\w*|elfmeter|halbzeit|tabellen\w*|aufsteiger|absteiger|auswärtssieg|heimsieg|derby|"
        r"mannschaft\w*|spieler\w*|nationalelf|weltmeister\w*|europameister\w*|olympia\w*|turnier\w*|"
        r"halbfinale|viertelfinale|achtelfinale|finale|schiedsrichter\w*|tor(?:e|en|schuss|jubel)?|punkte|"
        r"fußball\w*|handball\w*|eishockey|basketball|tennis\w*|formel 1|stadion|fc|sv|vfb|bvb|fans)\b"
    ),
    "en": re.compile(
        r"\b(?:premier league|league|champions league|cup|coach|goalkeeper|striker|midfielder|penalty|"
        r"half-?time|full-?time|fixture|semi-?final|quarter-?final|final|tournament|world cup|olympics?|"
        r"referee|goals?|scored|football|soccer|rugby|cricket|tennis|basketball|hockey|stadium|fans|squad|"
        r"season|playoffs?|innings|wicket|touchdown|nfl|nba)\b"
    ),
}
_RESULT: dict[Lang, re.Pattern[str]] = {
    "de": re.compile(
        r"\b(?:besiegt\w*|sieg(?:t|te|ten)?|gewann\w*|gewonnen|unterlag\w*|verlor\w*|schl(?:u|ä)g\w*|niederlage|bezwang\w*|trennten sich|spielten?)\b"
        r"[^.]{0,60}\b\d{1,3}:\d{1,3}\b(?! uhr)|\b\d{1,3}:\d{1,3}(?! uhr)[- ](?:[^.]{0,40}\b)?(?:sieg\w*|niederlage|gewann\w*|erfolg\w*|unentschieden)"
    ),
    "en": re.compile(
        r"\b(?:beat|beats|won|lost|defeated|drew|victory|defeat)\b[^.]{0,60}\b\d{1,3}[-–]\d{1,3}\b"
        r"|\b\d{1,3}[-–]\d{1,3}\s+(?:[^.]{0,30}\b)?(?:win|victory|defeat|draw|loss)\b"
    ),
}
_CLUB: dict[Lang, re.Pattern[str]] = {
    "de": re.compile(r"\b(?:fc|vfb|vfl|bvb|hsv|bundesliga|champions league)\b"),
    "en": re.compile(r"\b(?:fc|premier league|champions league|nfl|nba)\b"),
}
# An attack on a stadium is no match report.
_GRAVE = re.compile(
    r"\b(?:getötet|ums leben|tote[nr]?|todesopfer|verletzte[nr]?\b(?! sich)|polizei|ermittl\w+|sprengs\w+|"
    r"attent\w+|anschlag\w*|soldaten|armee|killed|dead|wounded|injured (?!list)|police|investigat\w+|soldiers)"
)
_ENOUGH = 3


def is_sport(paragraph: str, lang: Lang) -> bool:
    """Tell whether a paragraph reports on sport: a result, a club or three words, none grave."""
    lowered = paragraph.lower()
    if _GRAVE.search(lowered):
        return False
    if _RESULT[lang].search(lowered) or _CLUB[lang].search(lowered):
        return True
    return len(set(_WORDS[lang].findall(lowered))) >= _ENOUGH


def names_sport(clause: str, lang: Lang) -> bool:
    """Tell whether a lower-cased clause has a word of sport: there "Germany met France" at play."""
    return bool(_WORDS[lang].search(clause))
