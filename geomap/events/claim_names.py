"""The names of those who say so: where they stand in a sentence, and their base form."""

from __future__ import annotations

import re
from functools import lru_cache

from geomap.events.stemmed import Stemmed, stemmed
from geomap.models import Lang

_GERMAN_ADJECTIVE = r"(?:[a-zäöüß-]+e[rnms]?|[\w-]*isch\w*)\s+"
_STOP = (
    r"which|who|whom|whose|that|what|while|but|and|as|after|before|when|where|if|it|he|she|they|we|"
    r"him|her|was|were|is|are|has|have|had|would|will|could|can|may|might|should|must|not|at first|\d[\w,.]*"
)
_NEVER_FIRST = r"in|on|at|by|from|with|near|because|though|although|until|since|there|to|for|of"
_ENGLISH_WORD = rf"(?!(?:{_STOP})\b)[\w'’-]+"
NAME: dict[Lang, str] = {
    "de": r"(?P<who>(?:(?:[Dd](?:er|ie|as|es|em|en)|[Ee]ine?[rsmn]?)\s+)?[„“\"»]?"
    r"(?:[a-zäöüß]+(?:e[rnms]?|isch\w*)\s+){0,2}[A-ZÄÖÜ][\w-]+(?:\s+[A-ZÄÖÜ][\w-]+){0,3}"
    r"(?:\s+(?:der|des|für|von)\s+(?:[a-zäöü]+\s+)?[A-ZÄÖÜ][\w-]+(?:\s+[A-ZÄÖÜ][\w-]+)?)?)[“”\"«]?",
    "en": rf"(?P<who>(?!(?i:{_NEVER_FIRST}|{_STOP})\b)(?:[Tt]he\s+|[Aa]n?\s+)?{_ENGLISH_WORD}(?:\s+{_ENGLISH_WORD}){{0,6}}?)",
}
GERMAN_DAY = "(?:(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch|Sonnabend)"
ENGLISH_DAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_SAYS = "(?:sagten?|meldeten?|berichteten?|erklärten?|behaupteten?|schrieb(?:en)?|betonten?|bestätigten?|teilten?)"
_SAYS_STEMS = "sagte|meldete|berichtete|erklärte|behauptete|schrieb|betonte|bestätigte|teilte"
_WHERE = rf"(?:\s+am {GERMAN_DAY})?(?:\s+(?:auf|bei|über|in|im)\s+[^,.:]{{1,30}})?(?:\s+mit)?"
_SAID = (
    r"(?:(?:have|has|had|later|also)\s+)?(?:said|says|announced|confirmed|told\s+\w+"
    r"|reported(?!\s+(?:in|near|at|from|by|across|around|dead|killed)\b)"
    r"|claimed(?!\s+(?:responsib|the lives|at least|more than|\d|\w+ lives|dozens|scores|hundreds)))\b"
)
_SAID_STEMS = "said|says|announced|confirmed|told|reported|claimed"
_ENDS = r"(?=\s*[,.;:“”\"!?]|\s+(?:on|in a|late|early|and|but|while|that|who|after|when|were|was|have|has|had|\d)\b|\s*$)"
SOURCES: dict[Lang, tuple[Stemmed, ...]] = {
    "de": (
        stemmed(
            rf"\b[Nn]ach (?:Angaben|Darstellung|Einschätzung|Worten|Erkenntnissen)\s+(?:von\s+)?{NAME['de']}",
            "ach Angaben|ach Darstellung|ach Einschätzung|ach Worten|ach Erkenntnissen",
        ),
        stemmed(r"\b(?:[Nn]ach|[Ll]aut)\s+(?P<side>[a-zäöü]*isch)en\s+Angaben\b", "Angaben"),
        stemmed(r"\b(?:[Nn]ach|[Ll]aut)\s+(?P<who>[A-ZÄÖÜ]\w+)-?[Aa]ngaben\b", "ngaben"),
        stemmed(rf"\b[Ll]aut\s+{NAME['de']}", "Laut|laut"),
        stemmed(rf"{NAME['de']}\s+zufolge\b", "zufolge"),
        stemmed(
            rf",\s*(?:sagt|sagten?|melde(?:t|ten?)|berichte(?:t|ten?)|erklär(?:t|ten?)|teilten?|behaupte(?:t|ten?)|beteuer(?:t|ten?)|versicher(?:t|ten?)"
            rf"|hei?[ßs]t? es (?:aus|von|beim?))\s+{NAME['de']}",
            "sagt|meldet|berichtet|erklärt|teilte|behauptet|beteuert|versichert| es ",
        ),
        stemmed(
            rf"\b[Ww]ie {NAME['de']}(?:\s+in\s+[A-ZÄÖÜ]\w+)?(?:\s+am {GERMAN_DAY})?\s+(?:berichteten?|meldeten?|erklärten?|mitteilten?|sagten?|schilderten?)\b",
            "Wie |wie ",
        ),
        stemmed(r"\b[Aa]us (?P<who>[A-ZÄÖÜ]\w*kreisen) hieß es\b", "kreisen hieß es"),
        stemmed(
            rf"^\W*{NAME['de']}(?:\s+in\s+[A-ZÄÖÜ]\w+)?(?:,\s[^,]{{3,50}},)?\s+{_SAYS}{_WHERE}\s*[,:]",
            _SAYS_STEMS,
        ),
        stemmed(
            rf"^\W*{NAME['de']}\s+(?:berichteten?|sprach(?:en)?)(?:\s+am {GERMAN_DAY})?\s+(?:von|über)\b",
            "berichtete|sprach",
        ),
        stemmed(
            rf"^\W*{NAME['de']}\s+(?:(?:wirft|warf|werfen|warfen)\b.{{2,60}}?\bvor\b|(?:beschuldig|bezichtig)(?:te|t|en|ten)\b)",
            "vor|beschuldig|bezichtig",
        ),
        stemmed(
            rf"^\W*{NAME['de']}\s+(?:melde(?:t|ten?)|verkünde(?:t|ten?))(?:\s+am {GERMAN_DAY})?\s+(?:die|den|das|eine?n?|erneut|weitere|schwere)\b",
            "meldet|verkündet",
        ),
        stemmed(
            rf"^\W*(?:Am {GERMAN_DAY}\w*|Zuvor|Zudem|Später|Zugleich|Unterdessen)\s+{_SAYS}\s+{NAME['de']}{_WHERE}\s*[,:]",
            _SAYS_STEMS,
        ),
    ),
    "en": (
        stemmed(rf"\b[Aa]ccording to\s+{NAME['en']}{_ENDS}", "ccording to"),
        stemmed(rf",\s*(?:(?:while|but|and|as)\s+)?{NAME['en']}\s+{_SAID}", _SAID_STEMS),
        stemmed(rf",\s*(?:said|says|reported|claimed)\s+{NAME['en']}{_ENDS}", _SAID_STEMS),
        stemmed(
            rf"^\W*{NAME['en']}\s+(?:(?:has|have|had)\s+)?(?:accused|accuses|accuse)\b", "accuse"
        ),
        stemmed(
            rf"^\W*(?:(?:In|On|At|Near)\s+[\w-]+,?\s+)?{NAME['en']}(?:,\s[^,]{{3,50}},)?\s+{_SAID}"
            rf"(?! on (?!{ENGLISH_DAY}|Telegram|Twitter|Facebook|X\b|state|social|television))",
            _SAID_STEMS,
        ),
    ),
}
_ARTICLE = re.compile(r"^(?:der|die|das|des|dem|den|eine?[rsmn]?|the|an?)\s+", re.IGNORECASE)
_GERMAN = re.compile(
    rf"(?:(?P<article>[Dd](?:er|ie|as|es|em|en)|[Ee]ine?[rsmn]?)\s+)?[„“\"»]?"
    rf"(?P<adjectives>(?:{_GERMAN_ADJECTIVE}|Rote[nmr]\s+)*)(?P<noun>[\w-]+)(?P<rest>.*)",
    re.DOTALL,
)
_NEUTER = re.compile(
    r"(?:ministerium|militär|kommando|kreuz|büro|amt|zentrum|quartier|hilfswerk|fernsehen|institut|präsidium|"
    r"netzwerk|bündnis|komitee|parlament|haus)$",
    re.IGNORECASE,
)


@lru_cache(maxsize=32)
def source_of(sentence: str, lang: Lang) -> str | None:
    """Return who is said to report what a sentence tells, in base form and without article."""
    for pattern in SOURCES[lang]:
        match = pattern.search(sentence)
        if match is None:
            continue
        if "side" in match.re.groupindex:
            return f"{match['side']}e Seite"
        return base_form(match["who"], lang)
    return None


def base_form(name: str, lang: Lang) -> str:
    """Return a name as it is called: "des russischen Militärs" is "russisches Militär"."""
    match = _GERMAN.fullmatch(name.strip()) if lang == "de" else None
    if match is None:
        return _ARTICLE.sub("", name.strip())
    article, noun = (match["article"] or "").lower(), match["noun"]
    adjectives = match["adjectives"].split()
    genitive = article in ("des", "eines")
    if genitive and noun.endswith("s"):
        noun = noun[:-2] if noun.endswith(("zes", "ses", "tes", "des")) else noun[:-1]
    if article in ("des", "dem") and noun.endswith("präsidenten"):
        noun = noun.removesuffix("en")
    noun = noun.removesuffix("n") if noun.endswith("kreisen") else noun
    nominative = article == "der" and bool(adjectives) and adjectives[0].endswith("e")
    singular = genitive or nominative or article in ("dem", "einem", "das")
    singular |= not article and bool(adjectives) and adjectives[0].endswith("em")
    ending = ("es" if _NEUTER.search(noun) else "er") if singular else "e"
    if article not in ("ein", "eine"):
        adjectives = [re.sub(r"e[nrms]?$", "", word) + ending for word in adjectives]
    return " ".join([*adjectives, noun]) + match["rest"]
