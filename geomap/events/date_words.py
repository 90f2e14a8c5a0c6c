"""The words that dates are made of, German and English, in lower case.

Names map to what they count: weekdays 0–6 from Monday, months 1–12, seasons to their first month
(winter's is December). ``pattern`` makes one alternation of a table, the longest words first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

GERMAN_WEEKDAYS = {
    "montag": 0, "dienstag": 1, "mittwoch": 2, "donnerstag": 3, "freitag": 4, "samstag": 5, "sonnabend": 5, "sonntag": 6,
}  # fmt: skip
ENGLISH_WEEKDAYS = {
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
}  # fmt: skip
GERMAN_MONTHS = {
    "januar": 1, "jänner": 1, "februar": 2, "märz": 3, "april": 4, "mai": 5, "juni": 6, "juli": 7, "august": 8, "september": 9,
    "oktober": 10, "november": 11, "dezember": 12, "jan.": 1, "feb.": 2, "apr.": 4, "aug.": 8, "sept.": 9, "okt.": 10,
    "nov.": 11, "dez.": 12,
}  # fmt: skip
ENGLISH_MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9,
    "october": 10, "november": 11, "december": 12, "jan.": 1, "feb.": 2, "aug.": 8, "sept.": 9, "sep.": 9, "oct.": 10,
    "nov.": 11, "dec.": 12, "jan": 1, "feb": 2, "aug": 8, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
GERMAN_SEASONS = {
    "frühjahr": 3, "frühling": 3, "sommer": 6, "frühsommer": 6, "hochsommer": 6, "spätsommer": 6, "herbst": 9, "spätherbst": 9,
    "frühherbst": 9, "winter": 12,
}  # fmt: skip
ENGLISH_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
GERMAN_ORDINALS = {"erste": 1, "zweite": 2, "dritte": 3, "vierte": 4}
ENGLISH_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
GERMAN_DECADES = {
    "zwanziger": 20, "dreißiger": 30, "vierziger": 40, "fünfziger": 50, "sechziger": 60, "siebziger": 70, "achtziger": 80,
    "neunziger": 90,
}  # fmt: skip
ENGLISH_DECADES = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90,
}  # fmt: skip
WEEKDAYS = GERMAN_WEEKDAYS | ENGLISH_WEEKDAYS
MONTHS = GERMAN_MONTHS | ENGLISH_MONTHS
SEASONS = GERMAN_SEASONS | ENGLISH_SEASONS
ORDINALS = GERMAN_ORDINALS | ENGLISH_ORDINALS
DECADES = GERMAN_DECADES | ENGLISH_DECADES
_COUNTS = {
    "ein": 1, "eine": 1, "einen": 1, "einem": 1, "einer": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7,
    "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12, "dreizehn": 13, "vierzehn": 14, "fünfzehn": 15, "sechzehn": 16,
    "siebzehn": 17, "achtzehn": 18, "neunzehn": 19, "zwanzig": 20, "dreißig": 30, "vierzig": 40, "fünfzig": 50,
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip
# Stems of "last" and "next" before Woche, Jahr, Freitag; any other determiner means this one.
_LAST_BUT_ONE = ("vorletzt", "vorvergangen")
_LAST = ("letzt", "vergangen", "vorig", "vorangegangen", "vor", "last", "past", "previous")
_NEXT = ("kommend", "nächst", "next", "coming", "folg", "darauffolg", "following")


def pattern(words: Iterable[str]) -> str:
    """Return the words as alternatives for a regular expression."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


COUNT = rf"\d{{1,3}}|{pattern(_COUNTS)}"


def count(stated: str) -> int | None:
    """Return a number in digits or words; None for "wenigen" and what else is no number."""
    return int(stated) if stated.isdecimal() else _COUNTS.get(stated)


def direction(word: str | None) -> int:
    """Return -1 for "vergangene", -2 for "vorletzte", 1 for "nächste", 0 for "diese" and no word."""
    if not word:
        return 0
    word = word.removeprefix("the ")
    if word.startswith(_LAST_BUT_ONE) or word.endswith("before last"):
        return -2
    return -1 if word.startswith(_LAST) else int(word.startswith(_NEXT))
