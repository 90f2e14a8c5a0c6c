"""Who says so, and who disputes it: a claim is not a fact.

A report by one of the warring sides stays asserted but is marked as theirs; a denial in the next
sentence names who disputes it; "ließ sich nicht unabhängig überprüfen" marks it unverified.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from geomap.models import Lang

Attribution = Literal["narrator", "third-party", "belligerent"]

_NAME = {
    "de": r"(?P<who>(?:(?:[Dd](?:er|ie|as|es|em|en)|[Ee]ine?[rsmn]?)\s+)?(?:[a-zäöüß]+(?:e[rnms]?|isch\w*)\s+){0,2}[A-ZÄÖÜ][\w-]+(?:\s+[A-ZÄÖÜ][\w-]+){0,3}(?:\s+(?:der|des|für|von)\s+(?:[a-zäöü]+\s+)?[A-ZÄÖÜ][\w-]+)?)",
    "en": r"(?P<who>(?:the\s+)?(?:[a-z]+\s+){0,2}?(?:[A-Z][\w'’-]+\s+){0,3}(?:[A-Z][\w'’-]+|officials?|army|military|ministry|government|spokes\w+|authorities|activists|residents|witnesses|doctors|medics|rescuers|police|observers|monitors|governor|mayor))",
}
_GERMAN_DAY = "(?:(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch|Sonnabend)"
_ENGLISH_DAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_SOURCES: dict[Lang, tuple[re.Pattern[str], ...]] = {
    "de": (
        re.compile(
            rf"\b[Nn]ach (?:Angaben|Darstellung|Einschätzung|Worten|Erkenntnissen)\s+(?:von\s+)?{_NAME['de']}"
        ),
        re.compile(rf"\b[Ll]aut\s+{_NAME['de']}"),
        re.compile(rf"{_NAME['de']}\s+zufolge\b"),
        re.compile(
            rf",\s*(?:sagt|sagten?|melde(?:t|ten?)|berichte(?:t|ten?)|erklär(?:t|ten?)|teilten?|behaupte(?:t|ten?)|beteuer(?:t|ten?)|versicher(?:t|ten?)"
            rf"|hei?[ßs]t? es (?:aus|von|beim?))\s+{_NAME['de']}"
        ),
        re.compile(
            rf"\b[Ww]ie {_NAME['de']} (?:berichteten?|meldeten?|erklärten?|mitteilten?|sagten?|schilderten?)\b"
        ),
        re.compile(
            rf"^\W*{_NAME['de']} (?:sagten?|meldeten?|berichteten?|erklärten?|behaupteten?|teilten?(?: am {_GERMAN_DAY})? mit)(?: am {_GERMAN_DAY})?\s*[,:]"
        ),
    ),
    "en": (
        re.compile(rf"\baccording to\s+{_NAME['en']}"),
        re.compile(rf",\s*{_NAME['en']}\s+(?:said|says|reported|announced|claimed)\b"),
        re.compile(rf",\s*(?:said|says|reported|claimed)\s+{_NAME['en']}"),
        re.compile(
            rf"^\W*{_NAME['en'].replace('the', '[Tt]he')}\s+(?:said|says|reported|announced|claimed)\b(?! on (?!{_ENGLISH_DAY})| responsib)"
        ),
    ),
}
_OWN_WORDS = {
    "de": re.compile(r"\bnach eigenen Angaben\b"),
    "en": re.compile(r"\bby its own account\b"),
}
_THIRD = re.compile(
    r"\b(?:vereinten? nationen|un\b|uno\b|un-|unicef|roten? (?:kreuz|halbmond)|ärzten?|klinik|krankenh|aktivist|beobacht|anwohner|"
    r"bewohner|einwohner|augenzeugen|zeugen|rettungskräft|sanitäter|hilfsorganisation|helfer|medien|agentur|journalist|who\b|"
    r"menschenrecht|united nations|red cross|red crescent|doctors|medics|hospital|activist|monitor|observator|observers|residents|witness|"
    r"rescuers|aid (?:group|work|agenc)|media|agency|journalist|human rights)",
    re.I,
)
_SIDE = re.compile(
    r"(?:armee|militär|ministerium|generalstab|regierung|gouverneur|miliz|rebellen|aufständische|huthi|hisbollah|hamas|taliban|"
    r"kreml|streitkräfte|luftwaffe|kommando|sprecher|separatisten|junta|dschihadisten|islamische\w* staat|behörden|präsident|"
    r"army|military|ministry|general staff|government|governor|militia|rebels|insurgents|houthi|hezbollah|kremlin|forces|"
    r"command|spokes|separatists|junta|islamic state|authorities|officials|president)",
    re.I,
)
_ARTICLE = re.compile(r"^(?:der|die|das|des|dem|den|eine?[rsmn]?|the|an?)\s+", re.I)
_UNVERIFIED = {
    "de": re.compile(
        r"nicht unabhängig (?:über)?(?:prüfen|prüft|bestätig\w+)|unabhängig nicht (?:über)?prüf\w+"
        r"|unabhängig\w* (?:über)?(?:prüfen|bestätigen)\b.{0,40}\bnicht\b|\bunabhängige bestätigung\w* (?:gab|gibt|lag|liegt|fehlt)",
        re.I,
    ),
    "en": re.compile(
        r"(?:could|can) not be (?:independently )?verified|no independent confirmation"
    ),
}
_DISPUTE = {
    "de": re.compile(
        rf"{_NAME['de']}\s+(?:wies(?:en)? (?:dies|das|jede \w+|(?:die|den|alle) (?:Darstellung|Angaben|Bericht|Vorw[uü]rfe?|Anschuldigungen)) (?:\w+\s+)?zurück|dementierten? (?:dies|das|die (?:Darstellung|Angaben)|den Bericht)|bestritt(?:en)? (?:dies|das)|stritt(?:en)? (?:\w+ ){{1,3}}ab\b|widersprach(?:en)?(?= \w+ \w+ der Darstellung| der Darstellung| dem)|bestätigten? (?:das|dies) (?:zunächst )?nicht)"
    ),
    "en": re.compile(
        rf"{_NAME['en']}\s+(?:denied|disputed|rejected)\s+(?:this|the (?:claim|report|account|allegation|accusation)s?|it|responsibility|involvement)\b"
    ),
}


@dataclass(frozen=True, slots=True)
class Claim:
    """Who reports an event and how far it is believed; all None: the article itself says so."""

    attribution: Attribution | None = None
    reported_by: str | None = None
    verification: Literal["unverified", "verified"] | None = None
    disputed_by: str | None = None


def find_claim(sentence: str, following: str, lang: Lang, sides: frozenset[str]) -> Claim:
    """Return who reports what ``sentence`` tells, and who disputes it in the ``following`` text.

    ``sides`` are the article's names of governments (lower-case), which make a source a party.
    """
    who = _source(sentence, lang)
    own = _OWN_WORDS[lang].search(sentence)
    dispute = _DISPUTE[lang].search(following)
    return Claim(
        attribution="belligerent" if own else _attribute(who, sides),
        reported_by=who,
        verification="unverified" if _UNVERIFIED[lang].search(f"{sentence} {following}") else None,
        disputed_by=_bare(dispute["who"]) if dispute else None,
    )


def _source(sentence: str, lang: Lang) -> str | None:
    for pattern in _SOURCES[lang]:
        match = pattern.search(sentence)
        if match is not None:
            return _bare(match["who"])
    return None


def _bare(name: str) -> str:
    return _ARTICLE.sub("", name.strip())


def _attribute(who: str | None, sides: frozenset[str]) -> Attribution | None:
    if who is None:
        return None
    if _THIRD.search(who):
        return "third-party"
    named = any(word in sides for word in who.lower().split())
    return "belligerent" if named or _SIDE.search(who) else "third-party"
