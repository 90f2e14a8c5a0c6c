"""The words that say how an event lies to a place, as patterns on the text before its name."""

from __future__ import annotations

import re

from geomap.models import Lang

_COMPASS: dict[Lang, dict[str, float]] = {
    "de": {
        "nordöst": 45, "nordwest": 315, "südöst": 135, "südwest": 225, "nördlich": 0, "südlich": 180, "östlich": 90, "westlich": 270,
        "nordosten": 45, "nordwesten": 315, "südosten": 135, "südwesten": 225, "norden": 0, "süden": 180, "osten": 90, "westen": 270,
    },
    "en": {
        "northeast": 45, "northwest": 315, "southeast": 135, "southwest": 225, "north": 0, "south": 180, "east": 90, "west": 270,
    },
}  # fmt: skip
_DE_NUMBERS = {
    "ein": 1, "einem": 1, "einen": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9,
    "zehn": 10, "elf": 11, "zwölf": 12, "fünfzehn": 15, "zwanzig": 20, "fünfundzwanzig": 25, "dreißig": 30, "vierzig": 40, "fünfzig": 50,
    "sechzig": 60, "siebzig": 70, "achtzig": 80, "neunzig": 90, "hundert": 100,
}  # fmt: skip
_EN_NUMBERS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "a dozen": 12, "fifteen": 15, "twenty": 20, "twenty-five": 25, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90, "a hundred": 100,
}  # fmt: skip
_NUMBERS = _DE_NUMBERS | _EN_NUMBERS
_MILES_KM = 1.609344
"""The international mile (1959)."""

_DE_KM = rf"\b(?P<km>\d+(?:[.,]\d+)?|{'|'.join(_DE_NUMBERS)})\s*(?P<unit>kilometern?|km|meilen)\s+"
_EN_KM = (
    rf"\b(?P<km>\d+(?:\.\d+)?|{'|'.join(sorted(_EN_NUMBERS, key=len, reverse=True))})[\s-]*"
    r"(?P<unit>kilomet(?:er|re)s?|kms?|miles?)\s+(?:\([^)]*\)\s+)?"
)
# What may stand between the word of space and the name: "der umkämpften Stadt", "the city of".
_DE_TOWN = (
    r"(?:(?:der|des|dem|den|die|einer)\s+)?(?:(?:[\w-]+(?:en|er|es)\s+){0,2}[a-zäöüß-]*(?:stadt|städten?|ort(?:e?s)?|orten?|ortschaft(?:en)?|"
    r"dorf(?:e?s)?|dörfern?|metropole|hochburg|provinz(?:en)?|region|insel|gemeinden?|stadtteils?|viertels?|bezirks?|hafens?|"
    r"flughafens?|stützpunkts?|lagers?)\s+)?(?:von\s+)?$"
)
_EN_TOWN = (
    r"(?:the\s+)?(?:(?:[\w-]+\s+){0,2}(?:city|cities|towns?|villages?|provinces?|regions?|districts?|capital|port|stronghold)"
    r"(?:\s+of)?\s+)?$"
)
_EN_POINT = r"(?P<dir>(?:north|south|east|west)(?:[- ]?(?:east|west))?)"

OFFSET: dict[Lang, re.Pattern[str]] = {
    "de": re.compile(
        rf"{_DE_KM}(?:entfernt\s+)?(?P<dir>[a-zäöü-]+lich)\s+(?:von\s+|vom\s+|\w+\s+)?{_DE_TOWN}",
        re.I,
    ),
    "en": re.compile(
        rf"{_EN_KM}(?:to the\s+|further\s+)?{_EN_POINT}\s+(?:of|from)\s+{_EN_TOWN}", re.I
    ),
}
"""A distance and a direction: "20 km nördlich von"."""

DISTANCE: dict[Lang, re.Pattern[str]] = {
    "de": re.compile(
        rf"{_DE_KM}(?:entfernt\s+)?(?:vor|von|vom|außerhalb(?:\s+von)?|hinter)\s+{_DE_TOWN}", re.I
    ),
    "en": re.compile(
        rf"{_EN_KM}(?:away\s+)?(?:outside(?:\s+of)?|from|short of|beyond)\s+{_EN_TOWN}", re.I
    ),
}
"""A distance without a direction: "20 km vor"."""

FEW: dict[Lang, re.Pattern[str]] = {
    "de": re.compile(
        r"\b(?:wenige|einige|ein paar|mehrere)n?\s+(?P<unit>kilometern?|km|meilen)\s+(?:entfernt\s+)?"
        rf"(?:vor|von|vom|außerhalb(?:\s+von)?|hinter)\s+{_DE_TOWN}",
        re.I,
    ),
    "en": re.compile(
        r"\b(?:few|several|some|couple of)\s+(?P<unit>kilomet(?:er|re)s?|kms?|miles?)\s+(?:away\s+)?"
        rf"(?:outside(?:\s+of)?|from|short of|beyond)\s+{_EN_TOWN}",
        re.I,
    ),
}
"""Some kilometres: "wenige Kilometer vor"."""

OUTSIDE: dict[Lang, re.Pattern[str]] = {
    "de": re.compile(rf"\b(?P<dir>[a-zäöü-]+lich)\s+(?:von\s+|vom\s+)?{_DE_TOWN}", re.I),
    "en": re.compile(
        rf"\b(?P<dir>(?:north|south|east|west)[a-z-]*)\s+(?:of|from)\s+{_EN_TOWN}", re.I
    ),
}
"""A direction: "südlich von"."""

INSIDE: dict[Lang, re.Pattern[str]] = {
    "de": re.compile(
        r"\b(?:im|in den|in der|aus dem|den)\s+(?:\w+\s+und\s+)?(?P<dir>[a-zäöü]+en)(?:\s+und\s+\w+en)?\s+"
        rf"(?:teil(?:en)?\s+|hälfte\s+)?(?:von\s+|der\s+|des\s+)?{_DE_TOWN}",
        re.I,
    ),
    "en": re.compile(
        r"\b(?:in|across|throughout|inside|over)\s+(?:the\s+)?(?P<dir>(?:north|south|east|west)[a-z-]*?)(?:ern)?\s+"
        rf"(?:(?:parts?|half|side|districts?|neighbou?rhoods?)\s+of\s+|of\s+)?{_EN_TOWN}",
        re.I,
    ),
}
"""A part of the place: "im Süden von"."""

NEAR: dict[Lang, re.Pattern[str]] = {
    "de": re.compile(
        r"\b(?:(?:bei|beim|nahe|unweit|rund um|um|vor|außerhalb|nähe)(?:\s+von)?|"
        r"(?:in der nähe|im umkreis|in der umgebung|im umland|im hinterland|(?:stadt|orts)?rande?|randbezirken?|außenbezirken?|"
        r"vor den toren|vorort(?:e[ns]?|s)?|vor der küste)\s+(?:von|vom|der|des))"
        rf"\s+{_DE_TOWN}",
        re.I,
    ),
    "en": re.compile(
        r"\b(?:near|around|outside(?:\s+of)?|close to|not far from|(?<!sealed )(?<!cut )(?<!set )(?<!took )(?<!take )(?<!cordoned )(?<!called )off|(?:outskirts|edges?|suburbs|vicinity|environs|surroundings|"
        rf"gates|coast|shores?) of|a suburb of|countryside (?:of|around|outside))\s+{_EN_TOWN}",
        re.I,
    ),
}
"""Close by: "bei", "in einem Vorort von"; "the Damascus suburb of Douma" is Douma itself."""

BETWEEN: dict[Lang, re.Pattern[str]] = {
    "de": re.compile(rf"\bzwischen\s+(?:\w+\s+)?{_DE_TOWN}", re.I),
    "en": re.compile(rf"\bbetween\s+(?:\w+\s+)?{_EN_TOWN}", re.I),
}
AND: dict[Lang, re.Pattern[str]] = {
    "de": re.compile(rf"\s+und\s+(?:\w+\s+)?{_DE_TOWN}", re.I),
    "en": re.compile(rf"\s+and\s+(?:\w+\s+)?{_EN_TOWN}", re.I),
}
ROAD_FROM: dict[Lang, re.Pattern[str]] = {
    "de": re.compile(
        r"\b\w*(?:straße|autobahn|strecke|route|weg|trasse|pipeline)\s+(?:von|aus)\s+(?:der\s+)?$",
        re.I,
    ),
    "en": re.compile(
        r"\b(?:road|highway|motorway|route|track|railway|line|way|pipeline)\s+(?:leading\s+)?from\s+(?:the\s+)?$",
        re.I,
    ),
}
"""Where a road begins; ``ROAD_TO`` stands between its two ends."""

ROAD_TO: dict[Lang, re.Pattern[str]] = {
    "de": re.compile(r"\s+(?:nach|in|zur)\s+$", re.I),
    "en": re.compile(r"\s+to\s+(?:the\s+)?$", re.I),
}
FROM_DIRECTION: dict[Lang, re.Pattern[str]] = {
    "de": re.compile(r"\b(?:vo[nm]|aus(?: dem| richtung)?)\s+(?P<dir>[a-zäöü]+en)\b", re.I),
    "en": re.compile(
        r"\bfrom (?:the\s+)?(?P<dir>(?:north|south|east|west)[a-z-]*)\b(?!ern\b)", re.I
    ),
}
FROM_AFTER: dict[Lang, re.Pattern[str]] = {
    "de": re.compile(r"\s+(?:vo[nm]|aus(?: dem| richtung)?)\s+(?P<dir>[a-zäöü]+en)\b", re.I),
    "en": re.compile(r"\s+from (?:the\s+)?(?P<dir>(?:north|south|east|west)[a-z-]*)\b", re.I),
}
TOWARDS: dict[Lang, re.Pattern[str]] = {
    "de": re.compile(r"\b(?:auf|richtung)\s+(?:\w+\s+){0,4}$", re.I),
    "en": re.compile(r"\b(?:on|toward|towards|into|at)\s+(?:\w+\s+){0,3}$", re.I),
}


OFF_COAST: dict[Lang, re.Pattern[str]] = {
    "de": re.compile(
        r"\bvor der küste (?:von|vom|der|des|bei)\s+(?:der\s+stadt\s+)?$", re.IGNORECASE
    ),
    "en": re.compile(
        r"\boff the coast of\s+(?:the\s+(?:\w+\s+)?(?:city|town|port) of\s+)?$", re.IGNORECASE
    ),
}


def read_bearing(word: str, lang: Lang) -> float | None:
    """Return the degrees from north that a word of the compass means, None for other words."""
    word = word.lower().replace("-", "").replace(" ", "")
    for name in sorted(_COMPASS[lang], key=len, reverse=True):
        if word.startswith(name):
            return _COMPASS[lang][name]
    return None


def find_bearing(pattern: re.Pattern[str], lang: Lang, left: str) -> float | None:
    """Return the bearing that ``pattern`` finds at the end of the text left of a name."""
    match = pattern.search(left)
    return read_bearing(match["dir"], lang) if match else None


def read_km(match: re.Match[str]) -> float:
    """Return the kilometres of a match with the groups ``km`` (a figure or word) and ``unit``."""
    stated = " ".join(match["km"].lower().replace(",", ".").split())
    number = _NUMBERS[stated] if stated in _NUMBERS else float(stated)
    return round(number * unit_km(match), 1)


def unit_km(match: re.Match[str]) -> float:
    """Return the kilometres in the unit that a match names."""
    return _MILES_KM if match["unit"].lower().startswith(("mile", "meile")) else 1.0
