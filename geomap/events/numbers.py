"""How texts write how many: digits and words, and how sure they are of it."""

from __future__ import annotations

import re

from geomap.models import Count, Lang

DIGITS = r"\d{1,3}(?:[ .\u00a0\u202f]\d{3})+|\d{1,3}(?:,\d{3})+|\d+"
NUMBER = {
    "de": rf"(?<![\d:.,])\b(?P<n>{DIGITS}|(?:\w+|ein halbes) dutzend|ein(?:en?|er)?\b|zwei|drei|vier|fünf|sechs|sieben|acht|neun|elf|zwölf|zehn|"
    r"\w*(?:zehn|zig|ßig|hundert|tausend)\w*)\b(?!:\d)"
    r"(?!\s*(?:jahr|tag|woche|monat|stunde|minute|kilometer|km\b|meter|uhr|h\b|prozent|rakete|drohne|bomben?\b|granate))",
    "en": rf"(?<![\d:.,])\b(?P<n>{DIGITS}|(?:\w+|half a) dozen|an?\b|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"\w+teen|\w+ty(?:-\w+)?)\b(?!:\d)"
    r"(?!\s*(?:year|day|week|month|hour|minute|kilomet|km\b|mile|percent|per cent|rockets?\b|drones?\b|bombs?\b|bombings?\b|missiles?\b|shells?\b|strikes?\b|attacks?\b))",
}
"""A number of people, group ``n``, in lower-case text: none that counts days, distances or weapons."""

BOUND = {
    "de": r"(?P<bound>mindestens|wenigstens|mehr als|über|bis zu|rund|etwa|fast|knapp|ungefähr|insgesamt|weitere)?\s*",
    "en": r"(?P<bound>at least|more than|over|up to|as many as|about|around|some|nearly|almost|another)?\s*",
}
"""What may stand before a number, group ``bound``: how sure the text is of it."""

_LOW = {"mindestens", "wenigstens", "mehr als", "über", "at least", "more than", "over"}
_HIGH = {"bis zu", "up to", "as many as"}
_MOST_DIGITS = 9
ARTICLES = ("ein", "eine", "einen", "einer", "a", "an")


def bounded(number: int, bound: str, words: str) -> Count:
    """Return a count of ``number``, bounded as the word before it says ("mindestens", "up to")."""
    text = " ".join(words.split())
    if bound in _LOW:
        return Count(low=number, best=number, high=None, text=text)
    if bound in _HIGH:
        return Count(low=None, best=None, high=number, text=text)
    return Count(low=number, best=number, high=number, text=text)


def to_int(words: str, lang: Lang) -> int | None:
    """Return the number that digits or lower-case words stand for.

    None for other words, and for more digits than any count of people has.
    """
    digits = re.sub(r"[ .,\u00a0\u202f]", "", words)
    if digits.isdecimal():  # "²" is a digit, but no decimal.
        return int(digits) if len(digits) <= _MOST_DIGITS else None
    if words in ARTICLES:
        return 1
    if words.endswith((" dutzend", " dozen")):
        return _dozens(words.rsplit(maxsplit=1)[0], lang)
    from text_to_num import text2num

    try:
        return int(text2num(words, lang))
    except ValueError:
        return None


def _dozens(words: str, lang: Lang) -> int | None:
    halves = {"ein halbes": 6, "half a": 6, "anderthalb": 18, "eineinhalb": 18, "zweieinhalb": 30}
    number = halves.get(words)
    if number is None:
        times = to_int(words, lang)
        number = None if times is None else 12 * times
    return number
