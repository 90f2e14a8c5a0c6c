"""Who says so, and who disputes it: a claim is not a fact.

A report by one of the warring sides stays asserted but is marked as theirs; a denial in the next
sentence names who disputes it; "ließ sich nicht unabhängig überprüfen" marks it unverified.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from geomap.events.claim_names import NAME, base_form, source_of
from geomap.events.stemmed import stemmed
from geomap.models import Lang

Attribution = Literal["narrator", "third-party", "belligerent"]

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
    r"kreml|streitkräfte|kämpfer|truppen|luftwaffe|kommand|sprecher|separatisten|junta|dschihadisten|islamische\w* staat|behörden|präsident|"
    r"army|military|ministry|general staff|government|governor|militia|rebels|insurgents|houthi|hezbollah|kremlin|forces|"
    r"command|fighters|troops|spokes|separatists|junta|islamic state|authorities|officials|president)",
    re.I,
)
# Read before third parties: "state media" are no agency like others.
_STATE = re.compile(
    r"\bstaatlich\w* (?:medien|nachrichtenagentur|fernseh|rundfunk)|\bstaats(?:medien|fernseh|agentur)|\bstate (?:media|television|tv|news agency)|"
    r"\bstate-run\b|\w+ische seite\b",
    re.I,
)
_UNVERIFIED = {
    "de": stemmed(
        r"nicht unabhängig (?:über)?(?:prüfen|prüft|bestätig\w+)|unabhängig nicht (?:über)?prüf\w+"
        r"|unabhängig\w* (?:über)?(?:prüfen|bestätigen)\b.{0,40}\bnicht\b|\bunabhängige bestätigung\w* (?:gab|gibt|lag|liegt|fehlt)",
        "unabhängig",
        re.I,
    ),
    "en": stemmed(
        r"(?:could|can) ?not (?:be )?(?:independently |immediately ){0,2}(?:verif(?:y|ied)|independently confirm(?:ed)?)"
        r"|(?:not possible|unable|impossible) to (?:independently )?verify|no independent confirmation",
        "verif|independent",
    ),
}
_DISPUTE = {
    "de": stemmed(
        rf"{NAME['de']}\s+(?:wies(?:en)? (?:dies|das|jede \w+|(?:die|den|alle) (?:Darstellung|Angaben|Bericht|Vorw[uü]rfe?|Anschuldigungen)) (?:\w+\s+)?zurück|dementierten? (?:dies|das|die (?:Darstellung|Angaben)|den Bericht)|bestritt(?:en)? (?:dies|das)|stritt(?:en)? (?:\w+ ){{1,3}}ab\b|widersprach(?:en)?(?= \w+ \w+ der Darstellung| der Darstellung| dem)|bestätigten? (?:das|dies) (?:zunächst )?nicht)",
        "zurück|dementierte|stritt|widersprach|bestätigte",
    ),
    "en": stemmed(
        rf"{NAME['en']}\s+(?:denied|disputed|rejected)\s+(?:this|the (?:claim|report|account|allegation|accusation)s?|it|responsibility|involvement)\b",
        "denied|disputed|rejected",
    ),
}


_DISPUTED_HERE = {
    "de": stemmed(
        rf",\s+was\s+{NAME['de']}(?:\s+[a-zäöü]+)?\s+(?:bestritt(?:en)?|bestreitet|dementierten?|dementiert|zurückwies(?:en)?|zurückweist)\b",
        "bestritt|bestreitet|dementiert|zurückwies|zurückweist",
    ),
    "en": stemmed(
        rf",\s+(?:a claim|an accusation|an allegation|which)\s+{NAME['en']}\s+(?:has\s+)?(?:denied|denies|disputed|disputes|rejected|rejects)\b",
        "denie|dispute|reject",
    ),
}


# What stands before "; the rebels rejected this" is a statement of its own.
_TOLD_BEFORE = re.compile(r"[;.:!?]\s|,\s+(?:doch|aber|jedoch|but|while|während)\s")


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
    who = source_of(sentence, lang)
    own = _OWN_WORDS[lang].search(sentence)
    unverified = _UNVERIFIED[lang].search(f"{sentence} {following}")
    dispute = _find_dispute(sentence, following, lang)
    return Claim(
        attribution="belligerent" if own else _attribute(who, sides),
        reported_by=who,
        verification="unverified" if unverified else None,
        disputed_by=base_form(dispute["who"], lang) if dispute else None,
    )


def _find_dispute(sentence: str, following: str, lang: Lang) -> re.Match[str] | None:
    """Return who disputes what a sentence tells: "this" is what stands right before it.

    So a dispute behind another statement of the next sentence is not of this one.
    """
    if here := _DISPUTED_HERE[lang].search(sentence):
        return here
    behind = _DISPUTE[lang].search(sentence)
    if behind and _TOLD_BEFORE.search(sentence, 0, behind.start()):
        return behind
    next_one = _DISPUTE[lang].search(following)
    apart = next_one and _TOLD_BEFORE.search(following, 0, next_one.start())
    return None if apart else next_one


def _attribute(who: str | None, sides: frozenset[str]) -> Attribution | None:
    if who is None:
        return None
    if _STATE.search(who):
        return "belligerent"
    if _THIRD.search(who):
        return "third-party"
    named = any(word in sides for word in who.lower().split())
    return "belligerent" if named or _SIDE.search(who) else "third-party"
