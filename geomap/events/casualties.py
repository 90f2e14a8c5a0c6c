"""How many were killed and injured, as the text says: bounds where it gives them, words where not.

"mindestens zwölf" bounds from below, "bis zu 30" from above, "Dutzende" stays a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from geomap.models import Count, Lang

_DIGITS = r"\d{1,3}(?:[ .\u00a0\u202f]\d{3})+|\d{1,3}(?:,\d{3})+|\d+"
_NUMBER = {
    "de": rf"(?<![\d:.,])\b(?P<n>{_DIGITS}|ein(?:en?|er)?\b|zwei|drei|vier|fünf|sechs|sieben|acht|neun|elf|zwölf|zehn|"
    r"\w*(?:zehn|zig|ßig|hundert|tausend)\w*)\b(?!:\d)"
    r"(?!\s*(?:jahr|tag|woche|monat|stunde|minute|kilometer|km\b|meter|uhr|h\b|prozent|rakete|drohne|bombe|granate))",
    "en": rf"(?<![\d:.,])\b(?P<n>{_DIGITS}|an?\b|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"\w+teen|\w+ty(?:-\w+)?)\b(?!:\d)"
    r"(?!\s*(?:year|day|week|month|hour|minute|kilomet|km\b|mile|percent|per cent|rocket|drone|bomb|missile|shell|strike|attack))",
}
_VICTIMS = {
    "de": r"(?:\s+(?!und\b|bei\b|in\b)[\wäöüß.-]+){0,4}?",
    "en": r"(?:\s+(?!and\b|in\b|at\b)[\w'’-]+){0,4}?",
}
_BOUND = {
    "de": r"(?P<bound>mindestens|wenigstens|mehr als|über|bis zu|rund|etwa|fast|knapp|ungefähr|insgesamt|weitere)?\s*",
    "en": r"(?P<bound>at least|more than|over|up to|as many as|about|around|some|nearly|almost|another)?\s*",
}
_LOW = {"mindestens", "wenigstens", "mehr als", "über", "at least", "more than", "over"}
_HIGH = {"bis zu", "up to", "as many as"}
_DIED = {
    "de": r"(?:getötet|ums leben|umgebracht|ermordet|erschossen|hingerichtet|gestorben|starben?|sterben|stirbt|"
    r"ertrunken|ertranken?|umgekommen|umkamen|massakriert)\b",
    "en": r"(?:killed|dead|died|dies|shot dead|executed|murdered|drowned|perished|martyred|massacred)\b",
}
_DEAD = {
    "de": [
        rf"{_BOUND['de']}{_NUMBER['de']}{_VICTIMS['de']}\s+(?:wurden?|worden|sind|waren|starben?|seien|kamen)?\s*(?:(?!und\b|verletz)\w+\s+){{0,6}}?"
        rf"{_DIED['de']}",
        rf"{_BOUND['de']}{_NUMBER['de']}{_VICTIMS['de']}\s+(?:(?:sind|waren?|seien|ist)\s+)?(?:sofort\s+)?tot\b",
        rf"(?:starben?|sterben|töteten?|tötete|erschossen|erschoss|ertranken)\s+(?:\w+\s+){{0,4}}?{_BOUND['de']}{_NUMBER['de']}(?=\s+[a-zäöüß]|\b)",
        rf"{_BOUND['de']}{_NUMBER['de']}\s+(?:\w+\s+)?(?:tote[nr]?|todesopfer|leichen)\b",
        rf"\bzahl der toten\b.{{0,30}}?auf\s+{_BOUND['de']}{_NUMBER['de']}\b",
    ],
    "en": [
        rf"{_BOUND['en']}{_NUMBER['en']}{_VICTIMS['en']}\s+(?:were|was|have been|had been|are|being)?\s*(?:found\s+)?{_DIED['en']}",
        rf"(?:kill(?:ed|ing|s)|claimed|left)\s+(?:the lives of\s+)?{_BOUND['en']}{_NUMBER['en']}\b(?=\s+\w|[.,;]|$)",
        rf"\bdeath toll\b.{{0,30}}?to\s+{_BOUND['en']}{_NUMBER['en']}\b",
        rf"{_BOUND['en']}{_NUMBER['en']}\s+(?:\w+\s+)?(?:deaths|bodies|fatalities)\b",
    ],
}
_HURT = {
    "de": [
        rf"{_BOUND['de']}{_NUMBER['de']}{_VICTIMS['de']}\s+(?:wurden?|worden|sind|waren|erlitten)?\s*(?:(?!und\b|getötet)\w+\s+){{0,4}}?(?:verletzt|verwundet|\w*verletzungen|verbrennungen)\b",
        rf"{_BOUND['de']}{_NUMBER['de']}\s+(?:\w+\s+)?verletzten?\b",
    ],
    "en": [
        rf"{_BOUND['en']}{_NUMBER['en']}{_VICTIMS['en']}\s+(?:were|was|have been|had been|others)?\s*(?:wounded|injured|hurt)\b",
        rf"(?:wound(?:ed|ing)|injur(?:ed|ing))\s+{_BOUND['en']}{_NUMBER['en']}\b",
    ],
}
_NONE_DEAD = {
    "de": r"\btote gab es (?:\w+ )?nicht\b|\bniemand\w*\b.{0,25}\b(?:getötet|ums leben|verletzt)|\bkeine (?:toten|todesopfer|opfer)\b|verletzt\w* wurde niemand",
    "en": r"\bno (?:one|body)\b.{0,20}\b(?:killed|hurt|injured)|\bno (?:deaths|casualties|fatalities)\b|\bwithout casualties\b",
}
_VAGUE = {
    "de": r"\b(?P<vague>dutzende|hunderte|tausende|zahlreiche|mehrere|viele|etliche)\b(?:\s+\w+){0,4}?\s+(?:\w+\s+){0,3}?(?:getötet|ums leben|tote|starben|verletzt)",
    "en": r"\b(?P<vague>dozens|scores|hundreds|thousands|several|many|numerous)\b(?:\s+\w+){0,5}?\s+(?:killed|dead|died|wounded|injured)|"
    r"(?:killed|killing|kills)\s+(?P<vague2>dozens|scores|hundreds|thousands|several|many)",
}


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    count: Count


@lru_cache(maxsize=32)
def count_casualties(text: str, lang: Lang) -> tuple[Count, Count]:
    """Return (deaths, injured) stated in ``text``; empty counts where nothing is said.

    Where only injured are counted, nobody was killed: deaths are 0, as coders of conflict data do.
    """
    lowered = text.lower()
    nobody = re.search(_NONE_DEAD[lang], lowered)
    deaths = Count(0, 0, 0) if nobody else _range(lowered, lang)
    if deaths == Count():
        deaths = _first(_DEAD[lang], lowered, lang, summed=True)
    injured = _first(_HURT[lang], lowered, lang)
    if deaths == Count():
        deaths = _vague(lowered, lang)
    if deaths == Count() and injured != Count():
        deaths = Count(0, 0, 0)
    return _as_written(deaths, text), _as_written(injured, text)


def _as_written(count: Count, text: str) -> Count:
    """Return a count with its words as the text has them, spaces apart."""
    flat = " ".join(text.split())
    start = flat.lower().find(count.text) if count.text else -1
    if count.text is None or start < 0 or len(flat.lower()) != len(flat):
        return count
    return replace(count, text=flat[start : start + len(count.text)])


def _first(patterns: list[str], text: str, lang: Lang, *, summed: bool = False) -> Count:
    found = sorted(_matches(patterns, text, lang, summed=summed), key=lambda f: f.start)
    return found[0].count if found else Count()


# "mindestens 60, womöglich mehr als 80", "32 bis 40", "between 100 and 200": bounds, one figure.
_RANGE = {
    "de": re.compile(
        rf"(?:mindestens|zwischen|von)?\s*\b(?P<low>{_DIGITS}|\w+)"
        rf"(?:\s+(?:und|bis(?:\s+zu)?)\s+|,\s*(?:womöglich|möglicherweise|vielleicht|wohl)\s+(?:mehr als\s+|bis zu\s+|über\s+)?)"
        rf"(?P<high>{_DIGITS}|\w+)\b{_VICTIMS['de']}\s+(?:\w+\s+){{0,3}}?{_DIED['de']}"
    ),
    "en": re.compile(
        rf"(?:at least|between|from)?\s*\b(?P<low>{_DIGITS}|\w+)"
        rf"(?:\s+(?:and|to)\s+|,\s*(?:possibly|perhaps|maybe)\s+(?:more than\s+|up to\s+|over\s+)?)"
        rf"(?P<high>{_DIGITS}|\w+)\b{_VICTIMS['en']}\s+(?:\w+\s+){{0,2}}?{_DIED['en']}"
    ),
}
_AND_MORE = {
    "de": re.compile(rf"^(?:\s+(?!und\b)[\wäöüß-]+){{1,3}}\s+und\s+{_NUMBER['de']}(?=\s+[a-zäöü])"),
    "en": re.compile(rf"^(?:\s+(?!and\b)[\w'’-]+){{1,3}}\s+and\s+{_NUMBER['en']}(?=\s+[a-z])"),
}
_HURT_WORD = re.compile(r"\s+(?:\w+\s+)?(?:\w*verletz|verwund|wound|injur|hurt)")
_MORE_BEFORE = {
    "de": re.compile(rf"{_NUMBER['de']}(?:\s+(?!und\b)[\wäöüß-]+){{1,3}}\s+und\s+$"),
    "en": re.compile(rf"{_NUMBER['en']}(?:\s+(?!and\b)[\w'’-]+){{1,3}}\s+and\s+$"),
}


def _range(text: str, lang: Lang) -> Count:
    for match in _RANGE[lang].finditer(text):
        low, high = _to_int(match["low"], lang), _to_int(match["high"], lang)
        if low is not None and high is not None and 1 < low < high:
            return Count(low=low, best=low, high=high, text=" ".join(match[0].split()))
    return Count()


def _added(text: str, match: re.Match[str], lang: Lang) -> int:
    """Return how many more stand beside a number: "zwölf Palästinenser und ein Soldat getötet"."""
    before = _MORE_BEFORE[lang].search(text[: match.start()].rstrip() + " ")
    after = _AND_MORE[lang].match(text[match.end("n") :])
    if before:
        return _to_int(before["n"], lang) or 0
    if after is None or match.end() >= match.end("n") + after.end("n"):
        return 0
    hurt = _HURT_WORD.match(text[match.end("n") + after.end() :])
    return 0 if hurt or re.search(_DIED[lang], after[0]) else _to_int(after["n"], lang) or 0


def _matches(patterns: list[str], text: str, lang: Lang, *, summed: bool) -> Iterator[_Found]:
    for pattern in patterns:
        for match in re.finditer(pattern, text):
            number = _to_int(match["n"], lang)
            if number is not None:
                number += _added(text, match, lang) if summed else 0
                yield _Found(match.start("n"), _bounded(number, match["bound"] or "", match[0]))


def _bounded(number: int, bound: str, words: str) -> Count:
    text = " ".join(words.split())
    if bound in _LOW:
        return Count(low=number, best=number, high=None, text=text)
    if bound in _HIGH:
        return Count(low=None, best=None, high=number, text=text)
    return Count(low=number, best=number, high=number, text=text)


def _to_int(words: str, lang: Lang) -> int | None:
    digits = re.sub(r"[ .,\u00a0\u202f]", "", words)
    if digits.isdigit():
        return int(digits)
    if words in ("ein", "eine", "einen", "einer", "a", "an"):
        return 1
    from text_to_num import text2num

    try:
        return int(text2num(words, lang))
    except ValueError:
        return None


def _vague(text: str, lang: Lang) -> Count:
    match = re.search(_VAGUE[lang], text)
    if match is None or re.search(r"verletzt|wounded|injured", match[0]):
        return Count()
    return Count(text=next(word for word in match.groups() if word))
