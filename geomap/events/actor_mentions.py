"""Finds the actors that a clause names, and in which case they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from geomap.events.actor_cues import (
    ADJECTIVES,
    NOUNS,
    PARTS,
    STATE_PARTS,
    SUSPECTED,
    SUSPECTED_NAME,
    Noun,
)
from geomap.events.actor_list import ActorList, KnownActor
from geomap.models import Lang

Demonym = Callable[[str], str | None]
Case = Literal["direct", "oblique", "genitive"]

EXTERNAL = 8
_STATE = 1
_WORD_BEFORE = re.compile(r"(?<!\S)([\w.'’-]+)(\s+|-)$")
_LEADING = {
    "de": re.compile(
        r"(?:(?:\b(?P<det>der|die|das|den|dem|des|eine?[rnms]?|ihre?[rnms]?|seine?[rnms]?|mehrere[rn]?|viele[rn]?|einige[rn]?|zahlreiche[rn]?|alle[rn]?|"
        r"mindestens|rund|etwa|über|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|dutzende|hunderte|tausende|\d[\d.]*)\s+)+)$",
        re.I,
    ),
    "en": re.compile(
        r"(?:\b(?:the|an?|some|several|many|dozens of|hundreds of|thousands of|scores of|at least|more than|about|up to|over|"
        r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d[\d,.]*|its|their|his|other|local)\s+)+$",
        re.I,
    ),
}
_PREPOSITION = {
    "de": re.compile(
        r"\b(?:von|vom|durch|mit|gegen|auf|in|im|an|am|bei|beim|nach|aus|zu|zum|zur|für|um|über|unter|zwischen|vor|hinter|neben|seit|laut|wegen|"
        r"trotz|ohne|gegenüber|samt|darunter|angaben|seitens|statt)\s+$",
        re.I,
    ),
    "en": re.compile(
        r"\b(?:of|in|at|on|to|by|with|against|from|near|for|between|among|under|into|inside|outside|around|after|during|including|like|as|via|"
        r"through|about|over|targeting|behind|than|alongside)\s+$",
        re.I,
    ),
}
_DENIED = re.compile(r"\b(?:not|nicht)\s+$", re.I)
_WITHIN_NAME = re.compile(
    r"\b(?!(?:The|An?|Die|Der|Das|Den|Dem|Des|In|I[mn]|A[mn]|Aus|Auf|Von|Nach|Und|And|Both|Als|Wie|Bei|Auch|Doch|Dass|When|If|As|After|While|But|That|Today|Yesterday|\w+day)\b)"
    r"[A-ZÄÖÜ][\w-]+ $"
)
_POSSESSIVE = re.compile(
    r"\b(?:its|their|his|our|ihre[nmrs]?|seine[nmrs]?|eigene[nmrs]?)\s+$", re.I
)
_COORDINATED = re.compile(r"\s+(?:und|and|sowie|oder|or)\s+")
_OBLIQUE_ARTICLE = re.compile(r"\b(?:den|dem|des|eine[nmrs]|ihre[nmrs]|seine[nmrs])\b", re.I)
_FEMININE_OBLIQUE = re.compile(r"\bder\b", re.I)
_DATIVE_PLURAL = re.compile(
    r"(?:kräften|kämpfern|schützern|flugzeugen|söldnern|bewohnern|kindern)$", re.I
)
_EVENT_COMPOUND = re.compile(
    r"-(?:\w*angriff|\w*anschl[aä]g|\w*offensive|\w*attacke|\w*beschuss|\w*überf[aä]ll|luftschl[aä]g)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """An actor as named: ``start`` counts article and numbers in; ``case`` is its place in the clause.

    ``kind`` is that of the list or the noun: force, group, country, people or weapon.
    """

    start: int
    end: int
    name: str
    inter: int
    kind: str
    case: Case


def find_mentions(
    text: str, lang: Lang, demonym: Demonym, country: str | None, known: ActorList
) -> list[Mention]:
    """Return the actors named in ``text``, in order; ``country`` is that of the event."""
    found = [*_known(text, lang, country, known), *_nouns(text, lang, demonym, country)]
    found = [m for m in found if not _DENIED.search(text[: m.start])]
    found.sort(key=lambda m: (m.start, -m.end))
    kept: list[Mention] = []
    for mention in found:
        if kept and mention.start < kept[-1].end:
            if mention.end - mention.start > kept[-1].end - kept[-1].start:
                kept[-1] = mention
        else:
            kept.append(mention)
    return _inherit_case(text, kept)


def _inherit_case(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Let the second of "gegen Armee und Polizei" stand in the case of the first."""
    settled: list[Mention] = []
    for mention in mentions:
        before = settled[-1] if settled else None
        if (
            before is not None
            and before.case == "oblique"
            and _COORDINATED.fullmatch(text[before.end : mention.start])
        ):
            mention = Mention(  # noqa: PLW2901
                mention.start, mention.end, mention.name, mention.inter, mention.kind, "oblique"
            )
        settled.append(mention)
    return settled


def _known(text: str, lang: Lang, country: str | None, known: ActorList) -> Iterator[Mention]:
    for start, end, actor in known.find(text, lang):
        tail = _tail(lang).match(text, end) if actor.kind != "country" else None
        if tail is None and text[end : end + 1] == "-" and not _EVENT_COMPOUND.match(text, end):
            continue
        if actor.kind == "country" and _is_part_of_name(text, start, end):
            continue
        head = _head(lang, actor.kind == "country").search(text, max(0, start - 60), start)
        if head:
            begin, gender, genitive = head.start(), "p", False
        else:
            begin, gender = start, "p" if tail else actor.gender
            genitive = tail is None and _is_genitive(text[start:end], actor, lang)
        kind, shown = actor.kind, actor.display(lang)
        if head and kind == "country":
            kind, shown = "force", text[begin:end]
        name, begin = _suspected(text, begin, shown, lang)
        adjective = _WORD_BEFORE.search(text[:begin]) if head is None else None
        if adjective and lang == "de" and ADJECTIVES["de"].fullmatch(adjective[1]):
            begin = adjective.start(1)
        first, case = _case(text, begin, end, gender, lang)
        inter = _inter(actor.inter, actor.countries, country)
        stop = tail.end() if tail else end
        yield Mention(first, stop, name, inter, kind, "genitive" if genitive else case)


def _is_part_of_name(text: str, start: int, end: int) -> bool:
    """Tell whether a country stands within a longer name ("Port Sudan"); a genitive does not."""
    return bool(_WITHIN_NAME.search(text[:start])) and not text[:end].endswith("s")


def _is_genitive(word: str, actor: KnownActor, lang: Lang) -> bool:
    if lang == "en":
        return bool(re.search(r"['’]s?$", word))
    plain = {name.replace("*", "") for name in actor.de}
    return word not in plain and word.removesuffix("s").rstrip("'’") in plain


def _nouns(text: str, lang: Lang, demonym: Demonym, country: str | None) -> Iterator[Mention]:
    for match in _noun_pattern(lang).finditer(text):
        noun = _noun_of(match[0], lang)
        begin, words, code = _adjectives(text, match.start(), lang, demonym)
        if noun.kind == "force" and _belongs_to_another(text[:begin], match[0], words):
            continue
        named = lang == "en" and not words and match[0].istitle()
        if (noun.kind == "weapon" and code is None) or (
            named and _WITHIN_NAME.search(text[:begin])
        ):
            continue
        name = _noun_name(match[0], noun, words, lang)
        name, begin = _suspected(text, begin, name, lang)
        end, genitive = match.end(), False
        if lang == "en" and (possessive := re.compile(r"['’]s?(?!\w)").match(text, end)):
            end, genitive = possessive.end(), True
        head = _head(lang, False).search(text, max(0, begin - 60), begin)
        begin, gender = (head.start(), "p") if head else (begin, noun.gender)
        first, case = _case(text, begin, end, gender, lang)
        state = noun.inter == _STATE and code is not None
        inter = _inter(_STATE, (code,), country) if state and code else noun.inter
        yield Mention(first, end, name, inter, noun.kind, "genitive" if genitive else case)


def _belongs_to_another(before: str, word: str, adjectives: Sequence[str]) -> bool:
    """Tell whether whose forces they are stands elsewhere ("its troops")."""
    return (word.lower() == "forces" and not adjectives) or bool(_POSSESSIVE.search(before))


def _adjectives(
    text: str, start: int, lang: Lang, demonym: Demonym
) -> tuple[int, list[str], str | None]:
    """Return where the adjectives before a noun begin, the adjectives and the demonym's country."""
    words: list[str] = []
    code = None
    while len(words) < 2 and (before := _WORD_BEFORE.search(text[:start])):
        word = before[1]
        found = country_of(word, demonym) if code is None else None
        if found is None and not ADJECTIVES[lang].fullmatch(word):
            break
        code = found or code
        words.insert(0, word + ("-" if before[2] == "-" else ""))
        start = before.start(1)
    return start, words, code


def country_of(word: str, demonym: Demonym) -> str | None:
    """Return the country of an adjective or demonym."""
    if word in {"US", "U.S.", "USA"}:
        return "US"
    if word in {"UK", "U.K."}:
        return "GB"
    return demonym(word) if len(word) > 3 else None


def _noun_name(word: str, noun: Noun, adjectives: Sequence[str], lang: Lang) -> str:
    """Return the name in its base form: "russischen Truppen" is "russische Truppen"."""
    base = noun.name or (word if lang == "de" or word.startswith("Islamist") else word.lower())
    ending = {"n": "es", "m": "er"}.get(noun.gender, "e")
    shown = ""
    for adjective in adjectives:
        if adjective.endswith("-"):
            shown += adjective
        elif lang == "de":
            shown += re.sub(r"e[nrms]?$", "", adjective.lower()) + ending + " "
        else:
            shown += re.sub(r"^Pro-", "pro-", adjective) + " "
    return shown + base


def _suspected(text: str, begin: int, name: str, lang: Lang) -> tuple[str, int]:
    before = _WORD_BEFORE.search(text[:begin])
    if before is None or not SUSPECTED.fullmatch(before[1]):
        return name, begin
    return SUSPECTED_NAME[lang].format(name), before.start(1)


def _inter(inter: int, countries: Sequence[str], country: str | None) -> int:
    """Return the code; forces of a state outside their country are external."""
    abroad = country is not None and bool(countries) and country not in countries
    return EXTERNAL if inter == _STATE and abroad else inter


def _case(text: str, begin: int, end: int, gender: str, lang: Lang) -> tuple[int, Case]:
    """Return where article and numbers before a name begin, and the case they tell."""
    lead = _LEADING[lang].search(text[:begin])
    first = lead.start() if lead else begin
    if _PREPOSITION[lang].search(text[:first]):
        return first, "oblique"
    if lang == "en":
        return first, "direct"
    words = text[first:begin]
    if _OBLIQUE_ARTICLE.search(words):
        return first, "oblique"
    if _FEMININE_OBLIQUE.search(words) and gender != "m":
        return first, "oblique"
    adjective = re.match(r"[a-zäöüß-]+(e|en|er|em|es)\s", text[begin:end])
    if adjective and not words:
        ending = adjective[1]
        direct = ending in ("e", "es") or (ending == "er" and gender == "m")
        return first, "direct" if direct else "oblique"
    dative = _DATIVE_PLURAL.search(text[begin:end])
    return first, "oblique" if dative else "direct"


@lru_cache(maxsize=2)
def _tail(lang: Lang) -> re.Pattern[str]:
    joint = "-" if lang == "de" else r"[ -]"
    return re.compile(rf"{joint}{PARTS[lang]}(?![\w-])")


@lru_cache(maxsize=4)
def _head(lang: Lang, of_country: bool) -> re.Pattern[str]:
    parts = STATE_PARTS if of_country else PARTS
    joint = (
        r"(?:der|des|von(?: der| den)?)" if lang == "de" else r"(?:of|from|belonging to)(?: the)?"
    )
    return re.compile(rf"(?<![\w-]){parts[lang]}\s+{joint}\s+$")


@lru_cache(maxsize=2)
def _noun_pattern(lang: Lang) -> re.Pattern[str]:
    longest = sorted((noun.pattern for noun in NOUNS[lang]), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest)})(?![\w-])", re.I if lang == "en" else 0)


@lru_cache(maxsize=512)
def _noun_of(word: str, lang: Lang) -> Noun:
    flags = re.I if lang == "en" else 0
    return next(noun for noun in NOUNS[lang] if re.fullmatch(noun.pattern, word, flags))
