"""What the words around a toponym say about it: the kind of place, what contains it, lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from geomap.models import Lang, Sentence, Toponym

# Words beside a name that say what kind of place is meant.
_BEFORE: dict[Lang, dict[str, str]] = {
    "de": {
        "admin1": r"(?:\w*provinz|region|gouvernement|gouvernorat|bundesstaats?|oblast|gebiets?|"
        r"teilrepublik|depart(?:e|a)?ment(?:o)?|bundesland|verwaltungsgebiet|großraum|"
        r"gouverneur(?:in|s)? (?:von|des)|regionalregierung (?:von|des))",
        "admin2": r"(?:bezirk|distrikt|(?:land)?kreis|rajon|county)",
        "city": r"(?:\w*stadt|\w*städtchen|(?:wohn|vor|küsten|grenz|nachbar|heimat)?orte?s?|"
        r"\w*dorf(?:es)?|ortschaft|gemeinde|siedlung|metropole|hochburg|"
        r"(?:ober)?bürgermeister(?:in|s)? (?:von|der stadt))",
        "water": r"(?:fluss(?:es)?|see|fluß|strom|kanal|meer|golf|(?:ufern?|mündung|lauf) des)",
        "country": r"(?:staat|land|republik|königreich|inselstaat)",
        "landmark": r"(?:\w*flughafens?|\w*stützpunkt|militärbasis|grenzübergang|atomkraftwerk|"
        r"kernkraftwerk|\w*lager|staudamm|kaserne|gefängnis|raffinerie)",
    },
    "en": {
        "admin1": r"(?:province|region|governorate|state|oblast|governor|legislature|senators?) of",
        "admin2": r"(?:district|county) of",
        "city": r"(?:city|town|village|hamlet|capital|port|port city|stronghold|suburb)(?: of)?|"
        r"(?:mayor|residents|streets|outskirts) of",
        "water": r"(?:river|lake|sea of|gulf of|bay of|banks? of the|shores? of the)",
        "country": r"(?:republic|kingdom|country|island nation) of|(?:prime minister|foreign minister) of",
        "landmark": r"(?:airport|air base|base|crossing|camp) (?:of|at)",
    },
}
_AFTER: dict[Lang, dict[str, str]] = {
    "de": {"water": r"-?(?:fluss|see|kanal)\b", "admin1": r"-(?:provinz|region)\b"},
    "en": {
        "admin1": r"(?:province|region|governorate|oblast|state)\b(?!\s+(?:university|college))"
        r"|(?:governor|attorney general|legislature|national guard)\b|gov\.",
        "admin2": r"(?:district|county)\b",
        "city": r"(?:city|town)\b",
        "water": r"(?:river|sea|lake|gulf|canal)\b",
        "landmark": r"(?:airport|air base|airbase|base|crossing|border crossing|refugee camp|camp)\b",
    },
}
_HINTS = {
    lang: (
        re.compile(
            rf"(?:{'|'.join(f'(?P<{kind}>{words})' for kind, words in _BEFORE[lang].items())})",
            re.I,
        ),
        re.compile(
            r"[“”\"«]?\s*"
            rf"(?:{'|'.join(f'(?P<{kind}>{words})' for kind, words in _AFTER[lang].items())})",
            re.I,
        ),
    )
    for lang in ("de", "en")
}
# "Clay, Polk and Wakulla counties" are three counties.
_LISTED_KINDS = re.compile(
    r"(?:\s*(?:,|and|&)\s*(?:and\s+)?(?:[A-Z][\w.]+\s?){1,3})*\s*\b(counties|provinces|states)\b"
)
_PLURALS = {"counties": "admin2", "provinces": "admin1", "states": "admin1"}
_SINGULARS = {"counties": "County", "provinces": "Province", "states": "State"}
_WORDS_OF_A_HINT = 3
_WINDOW = 40
_STATEMENT = 90
_CHAIN = 3

_CONTAINER_AFTER = re.compile(
    r"(?:,\s*|\s*\(|\s+in\s+(?:der\s+|dem\s+|the\s+)?(?:[\w-]+\s+){0,2}?"
    r"|\s+im\s+(?:[\w-]+\s+){0,2}?|,\s+in\s+(?:the\s+|der\s+)?)"
)
_CONTAINER_BEFORE = re.compile(
    r"['’]s\s+(?:[\w-]+\s+){0,3}"
    r"|['’]?\s+(?:[\w-]+\s+){0,2}?(?:(?:city|town|village|province|capital|port|suburb)\s+(?:of\s+)?"
    r"|\w*[Ss]tadt\s+|\w*[Pp]rovinz\s+|\w*[Dd]orf\s+|Ort\s+|Region\s+|Gemeinde\s+)"
    r"|:\s+"
)
_LISTED = re.compile(
    r"\s*(?:,\s*(?:und|and|sowie|or|oder)?|und|and|sowie|or|oder|&|/)\s*"
    r"(?:in|bei|nach|near|the|der|den|dem|from|aus|von)?\s*"
)
_CLOSING = re.compile(r"\b(?:and|or|und|oder|sowie)\b")
# "Paris, Tex.", "Cairo, IL": an abbreviated division that the recogniser does not count as a name.
_ABBREVIATED = re.compile(r",\s+((?:[A-Z][A-Za-z]{0,5}\.){1,2}|[A-Z]{2})(?=[\s,;.:)–-]|$)")
# A first line without a full stop, then "BEIRUT (dpa) –", "KIEW/MOSKAU –".
_HEADLINE = re.compile(r"\s*[^\n]{1,200}(?<![.\s])[ \t]*\n\s*")
_DATELINE = re.compile(r"[A-ZÄÖÜ][^\n.(]{1,60}\s(?:\([^)\n]{2,40}\)\s*[–—:.-]|[–—-]{1,2})\s")
# German towns take no article: "die Duma", "am Niger" are no towns.
_ARTICLE = re.compile(
    r"\b(?:d(?:er|ie|as|en|em|es)|[ai]m|zu[mr]|vom|beim|ans|ins)\s+[„\"»]?$", re.I
)
# What is not in, at, from or near a capital may be by its government.
_PLACED: dict[Lang, re.Pattern[str]] = {
    "de": re.compile(
        r"\b(?:i[nm]|aus|nach|bei|nahe|von|vor|um|durch|über|gegen|an|auf|bis|ab|westlich|östlich|nördlich|südlich"
        r"|stadt|provinz)\s+(?:de[rmns]\s+|die\s+|ganz\s+)?$",
        re.I,
    ),
    "en": re.compile(
        r"\b(?:in|at|near|from|to|of|outside|around|across|through|into|towards?|over|within|inside|on|by|for|city"
        r"|capital)\s+(?:the\s+)?$",
        re.I,
    ),
}
# "am Niger" is the river, "im Niger" the country.
_AT_WATER: dict[Lang, re.Pattern[str]] = {
    "de": re.compile(r"\b(?:am|(?:über|entlang|an|auf) (?:den|dem|der))\s+$", re.I),
    "en": re.compile(r"\b(?:on|along|across|down|up) the\s+$", re.I),
}
_KM_PER_UNIT = {"k": 1.0, "m": 1.609}
_DISTANCE = re.compile(
    r"(?<![\d.,])(\d{1,3}(?:[.,]\d)?)\s*(km|kilomet(?:er|re)s?|kilometern|miles?|meilen)\b"
    r"[^.;:!?\d]{0,40}\b(?:von|of|from|vor|entfernt)\s+(?:der\s+|the\s+)?(?:[\w-]+stadt\s+)?$",
    re.I,
)
_LYING = re.compile(
    r"\s+(?:liegt|liegen|lag|gelegenen?|entfernte[nrm]?|wurden?|(?:is|lies|lay|was)\b)"
    r"[^.,;:!?\d\n]{0,40}",
    re.I,
)
_SENTENCE_END = re.compile(r"[.!?]\s|\n")


def feature_hint(text: str, toponym: Toponym, lang: Lang) -> str | None:
    """Return the kind of place that the neighbouring words ask for, or None."""
    before, after = _HINTS[lang]
    words = text[max(0, toponym.start - _WINDOW) : toponym.start].rstrip('„“"»').split()
    for count in range(1, _WORDS_OF_A_HINT + 1):
        if match := before.fullmatch(" ".join(words[-count:])):
            return match.lastgroup
    match = after.match(text, toponym.end)
    if match:
        return match.lastgroup
    listed = _LISTED_KINDS.match(text, toponym.end, toponym.end + _STATEMENT)
    return _PLURALS[listed[1]] if listed and lang == "en" else None


def names_with_kind(text: str, toponym: Toponym, lang: Lang) -> tuple[str, ...]:
    """Return a name together with the word that says its kind, the longest first.

    "Damascus airport", "Republik Kongo", "Clay County" of "Clay and Polk counties"; not with words
    for towns: a "Dublin City Council" is not in a place called "Dublin City".
    """
    before, after = _HINTS[lang]
    names: list[str] = []
    words = text[max(0, toponym.start - _WINDOW) : toponym.start].split()
    for count in range(1, min(_WORDS_OF_A_HINT, len(words)) + 1):
        match = before.fullmatch(" ".join(words[-count:]))
        if match and match.lastgroup != "city":
            # "Demokratische Republik Kongo" is more than a "Republik Kongo".
            wider = words[-count - 1 : -count]
            longest = count + 1 if wider and wider[0][0].isupper() else count
            names += [" ".join((*words[-n:], toponym.text)) for n in range(longest, 0, -1)]
            break
    match = after.match(text, toponym.end)
    if match and match.lastgroup != "city":
        names.append(toponym.text + match[0])
    listed = _LISTED_KINDS.match(text, toponym.end, toponym.end + _STATEMENT)
    if listed and lang == "en":
        names.append(f"{toponym.text} {_SINGULARS[listed[1]]}")
    return tuple(names)


def is_at_water(text: str, toponym: Toponym, lang: Lang) -> bool:
    """Tell whether the words before a name suit a river: "am Niger", "along the Niger"."""
    before = text[max(0, toponym.start - _WINDOW) : toponym.start]
    return _AT_WATER[lang].search(before) is not None


def has_article(text: str, toponym: Toponym, lang: Lang) -> bool:
    """Tell whether a German article stands right before a name."""
    before = text[max(0, toponym.start - _WINDOW) : toponym.start]
    return lang == "de" and _ARTICLE.search(before) is not None


def is_placed(text: str, toponym: Toponym, lang: Lang) -> bool:
    """Tell whether a preposition of place, or a word for one, stands right before a name."""
    before = text[max(0, toponym.start - _WINDOW) : toponym.start]
    return _PLACED[lang].search(before) is not None


def heading_end(text: str) -> int:
    """Return where an article's headline and dateline end, 0 when it has neither."""
    headline = _HEADLINE.match(text)
    end = headline.end() if headline else 0
    dateline = _DATELINE.match(text, end)
    return dateline.end() if dateline else end


def linked_containers(text: str, toponyms: Sequence[Toponym], position: int) -> Iterator[int]:
    """Yield the toponyms that the text puts around one: "Paris, Texas", "Syriens Hauptstadt …".

    A comma also joins lists: in one of three or more with "and" before the last, nothing contains
    the other ("Homs, Hama and Idlib", but "Rome, Georgia, and Athens, Alabama").
    """
    stop = position + 1 if _is_enumerated(text, toponyms, position) else position + _CHAIN
    for other in range(position + 1, min(stop, len(toponyms))):
        gap = text[toponyms[other - 1].end : toponyms[other].start]
        if len(gap) > _WINDOW or not _CONTAINER_AFTER.fullmatch(gap):
            break
        yield other
    if position:
        gap = text[toponyms[position - 1].end : toponyms[position].start]
        if len(gap) <= _WINDOW and _CONTAINER_BEFORE.fullmatch(gap):
            yield position - 1


def _is_enumerated(text: str, toponyms: Sequence[Toponym], position: int) -> bool:
    last = max(listed(text, toponyms, position), default=position)
    if last <= position + 1:
        return False
    return _CLOSING.search(text[toponyms[last - 1].end : toponyms[last].start]) is not None


def adjective_before(text: str, toponym: Toponym, adjectives: Mapping[int, int]) -> int | None:
    """Return the country of an adjective right before a name: "im libanesischen Tripolis".

    ``adjectives`` maps offsets of adjectives and demonyms to numbers of countries.
    """
    left = text[max(0, toponym.start - _WINDOW) : toponym.start]
    word = left.rstrip().rpartition(" ")[2]
    if left == left.rstrip() or not word:
        return None
    return adjectives.get(toponym.start - (len(left) - len(left.rstrip())) - len(word))


def abbreviated_container(text: str, toponym: Toponym, following: int | None) -> str | None:
    """Return the abbreviation of a division right after a toponym, if it is none itself.

    ``following`` is where the next toponym begins.
    """
    match = _ABBREVIATED.match(text, toponym.end, toponym.end + _WINDOW)
    return match[1] if match and match.start(1) != following else None


def listed(text: str, toponyms: Sequence[Toponym], position: int) -> Iterator[int]:
    """Yield the toponyms that stand in one list with a toponym, up to three to each side."""
    for step in (1, -1):
        here = position
        for _ in range(_CHAIN):
            other = here + step
            if not 0 <= other < len(toponyms):
                break
            left, right = sorted((here, other))
            gap = text[toponyms[left].end : toponyms[right].start]
            if len(gap) > _WINDOW or not _LISTED.fullmatch(gap):
                break
            yield other
            here = other


def stated_distance(
    text: str, toponyms: Sequence[Toponym], position: int
) -> tuple[int, float] | None:
    """Return (anchor, kilometres) for "X, 20 Kilometer nordöstlich von Homs", else None.

    Also for "20 Kilometer nordöstlich von Homs liegt X".
    """
    if position and _lies_from(text, toponyms, position):
        before = text[: toponyms[position - 1].start][-_STATEMENT:]
        if match := _DISTANCE.search(before):
            return position - 1, _kilometres(match)
    if position + 1 >= len(toponyms) or _lies_from(text, toponyms, position + 2):
        return None
    between = text[toponyms[position].end : toponyms[position + 1].start]
    match = _DISTANCE.search(between) if len(between) <= _STATEMENT else None
    if match is None or _SENTENCE_END.search(between, 0, match.start()):
        return None
    return position + 1, _kilometres(match)


def _lies_from(text: str, toponyms: Sequence[Toponym], position: int) -> bool:
    """Tell whether a toponym is the subject after the one before it: "von Homs liegt …"."""
    if position >= len(toponyms):
        return False
    gap = text[toponyms[position - 1].end : toponyms[position].start]
    return _LYING.fullmatch(gap) is not None


def _kilometres(match: re.Match[str]) -> float:
    return float(match[1].replace(",", ".")) * _KM_PER_UNIT[match[2][0].lower()]


def find_demonyms(
    sentences: Sequence[Sentence], demonym: Callable[[str], str | None]
) -> Iterator[tuple[int, str]]:
    """Yield (offset, country code) of the adjectives and demonyms of an article, in order."""
    for sentence in sentences:
        for token in sentence.tokens:
            if len(token.text) > 3 and (code := demonym(token.text)):
                yield token.start, code
