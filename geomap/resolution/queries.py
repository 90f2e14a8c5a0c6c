"""What to ask the gazetteer for a toponym as it stands in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from geomap.models import Lang

_APOSTROPHE_S = re.compile(r"[’'](?:s|S)?$")
_GENITIVE = re.compile(r"(?<=[^\W\d_]{3})s$")
_ARTICLE = {
    "de": re.compile(r"^(?:der|die|das|dem|den|des)\s+", re.I),
    "en": re.compile(r"^the\s+", re.I),
}
# The weak and strong endings of adjectives inside names: "im Weißen Haus", "dem Roten Meer".
_DECLINED = re.compile(r"\b([A-ZÄÖÜ]\w{2,})(en|em|er|es|e)\b(?=\s+[A-ZÄÖÜ])")
_ENDINGS = ("es", "er", "e", "en")
# "in den Niederlanden", "in den Vereinigten Arabischen Emiraten".
_DATIVE_PLURAL = re.compile(r"[^\W\d_]{3}e[rl]?n$")
# Hashtags, and what old print and its reading by machine leave in words: "Frank¬ reich".
_LEFTOVERS = (
    (re.compile(r"^#(?=\w)"), ""),
    (re.compile(r"[¬\u00ad]\s*"), ""),
    (re.compile("ſ"), "s"),
    (re.compile("⸗"), "-"),
)
# What a name of people or an adjective was made of: "Londoners", "African", "Prager".
_PEOPLE: dict[Lang, tuple[re.Pattern[str], ...]] = {
    "en": tuple(
        re.compile(rf"(?<=\w{{3}}){ending}$") for ending in ("ns?", "ans?", "ers?", "ians?")
    ),
    "de": tuple(re.compile(rf"(?<=\w{{3}}){ending}$") for ending in ("er(?:s|n|in|innen)?", "r")),
}
# German and English write the sounds of other scripts differently: "Tschasiw Jar", "Chasiv Yar".
_SOUNDS = (
    ("tsch", "ch"),
    ("kh", "ch"),
    ("sch", "sh"),
    ("zh", "sh"),
    ("w", "v"),
    ("j", "i"),
    ("y", "i"),
)
_DOUBLED = re.compile(r"(.)\1")
_SHORTEST_PART = 4
_CACHED = 20_000
_CAPITALISED = re.compile(r"\b[^\W\d_a-z][\w'’.-]*")


@lru_cache(maxsize=_CACHED)
def name_forms(text: str, lang: Lang) -> tuple[str, ...]:
    """Return the spellings to look up, likeliest first: as it stands, then base forms.

    >>> name_forms("Jordaniens", "de")
    ('Jordaniens', 'Jordanien')
    """
    for pattern, replacement in _LEFTOVERS:
        text = pattern.sub(replacement, text)
    text = " ".join(text.split())
    return tuple(dict.fromkeys(form for form in _forms(text, lang) if form))


def base_spellings(text: str, lang: Lang) -> list[str]:
    """Return what to ask a service that mends spellings itself: without the article, then the "s".

    >>> base_spellings("die Jordaniens", "de")
    ['Jordaniens', 'Jordanien']
    """
    bare = _ARTICLE[lang].sub("", " ".join(text.split()))
    base = _APOSTROPHE_S.sub("", bare)
    if lang == "de":
        base = _GENITIVE.sub("", base)
    return [form for form in dict.fromkeys((bare, base)) if form]


def is_transcribed(name: str, own: str) -> bool:
    """Tell whether a name is a place's own as German, or English, writes it.

    >>> is_transcribed("Iwaniwka", "Ivanivka")
    True
    """
    return name.casefold() != own.casefold() and _sounds(name) == _sounds(own)


@lru_cache(maxsize=_CACHED)
def _sounds(name: str) -> str:
    sounds = name.casefold()
    for spelling, sound in _SOUNDS:
        sounds = sounds.replace(spelling, sound)
    return _DOUBLED.sub(r"\1", sounds)


def people_forms(text: str, lang: Lang) -> Iterator[str]:
    """Yield the places that a name of people or an adjective may come from: "Prag(er)"."""
    if lang == "en" and text.isupper():
        text = text.title()
    yield from (form for pattern in _PEOPLE[lang] if (form := pattern.sub("", text)) != text)


def parts(text: str) -> Iterator[str]:
    """Yield the capitalised words and runs of words inside a longer name, the longest first."""
    words = [(match.start(), match.end()) for match in _CAPITALISED.finditer(text)]
    for size in range(len(words), 0, -1):
        for first in range(len(words) - size + 1):
            part = text[words[first][0] : words[first + size - 1][1]]
            if part != text and len(part) >= _SHORTEST_PART:
                yield part


def _forms(text: str, lang: Lang) -> Iterator[str]:
    yield text
    bare = _ARTICLE[lang].sub("", text)
    yield bare
    yield _APOSTROPHE_S.sub("", bare)
    if lang == "de":
        yield from _german_forms(bare)


def _german_forms(text: str) -> Iterator[str]:
    without_s = _GENITIVE.sub("", text)
    for base in dict.fromkeys((text, without_s)):
        yield base
        if _DECLINED.search(base):
            for ending in _ENDINGS:
                yield _DECLINED.sub(rf"\g<1>{ending}", base)
    if text.endswith("es"):
        yield text[:-2]
    if _DATIVE_PLURAL.search(text):
        yield text[:-1]
