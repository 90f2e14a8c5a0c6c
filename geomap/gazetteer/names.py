"""Spelling: when two written names may be the same name.

Three nets of growing mesh, each tried only when the one before caught nothing:

1. ``normalise`` – case, diacritics, apostrophes and hyphens do not count.
2. ``variants`` – umlauts written out, words joined or split, articles, German endings, generic
   words ("Provinz Idlib").
3. ``fold_keys`` – romanisation: German, English and French spellings of one Arabic, Cyrillic or
   Persian name share a key ("Tschassiw Jar" and "Chasiv Yar" are both ``kasivar`` at heart).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, product

_LETTERS = str.maketrans(
    {
        "æ": "ae",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ı": "i",
        "ə": "a",
        "þ": "th",
        "œ": "oe",
        "ħ": "h",
        "ß": "ss",
        "ẞ": "ss",
    }
)
_DROPPED = dict.fromkeys(map(ord, "ʿʾʻʼʹʺ'’‘`´′\"“”„·ːـ\u200b\u200c\u200d\u200e\u200f\u00ad\ufeff"))
_SPACES = dict.fromkeys(map(ord, "-‐‑‒–—_/()[],.;:&"), " ")
_PUNCTUATION = _DROPPED | _SPACES


class _Kept(dict[int, "int | str | None"]):
    """What becomes of each character; of one not met before: nothing if it is a diacritic."""

    def __missing__(self, code: int) -> int | None:
        self[code] = kept = None if unicodedata.combining(chr(code)) else code
        return kept


_KEPT = _Kept({**_LETTERS, **_PUNCTUATION})

_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "å": "aa", "Å": "Aa"}
)


@lru_cache(maxsize=32_768)
def normalise(name: str) -> str:
    """Return the key under which a name is stored: the empty string if nothing is left of it."""
    if name.isascii() and name.isalnum():
        return name.lower()
    text = name if name.isascii() else unicodedata.normalize("NFKD", name)
    return " ".join(text.casefold().translate(_KEPT).split())


# ---------------------------------------------------------------- variants

_ARTICLES = frozenset(
    """al el ar er as es ash esh asch esch ach ech at et ath eth ad ed adh edh az ez an en
    ul l""".split()
)
_DETERMINERS = frozenset("der die das den dem des the le la les".split())
_EZAFE = frozenset("i e y ye".split())
_COMPASS = re.compile(
    r"^(nordost|nordwest|sudost|sudwest|suedost|suedwest|nord|sud|sued|ost|west|zentral)"
    r" ?(\w{4,})$"
)
_WRITTEN_UMLAUT = re.compile(r"([aou])e")
_ENDINGS = ("e", "en", "em", "er", "es")
_ENDING = re.compile(rf"(?<=\w{{3}})({'|'.join(_ENDINGS)})$")
_GENERIC = frozenset(
    """provinz gouvernement gouvernorat oblast gebiet region bezirk distrikt bundesstaat teilstaat
    staat departement department kanton landkreis kreis rajon verwaltungsbezirk teilrepublik
    province governorate district state county prefecture oblast raion rayon krai""".split()
)
_MIN_BARE = 3
_TOWN = re.compile(
    r"^(?:(?:haupt|hafen|provinzhaupt)?stadt|ortschaft|dorf|gemeinde|(?:city|town|village) of)"
    r" (\w.{2,})$"
)
_TOWN_AFTER = re.compile(r"^(\w{3,}) (?:stadt|city)$")
_AIRPORT = re.compile(r"^(?:flughafen|airport)(?: von| of)? (\w.{2,})$")
_ADJECTIVAL = re.compile(r"^(\w{4,})er (gebiet|oblast|region|bezirk|provinz|rajon)$")


def variants(name: str) -> Iterator[tuple[str, ...]]:
    """Yield groups of further keys to try for a name, nearest spelling first.

    The keys are normalised and differ from ``normalise(name)``. A caller stops at the first group
    that finds something.
    """
    key = normalise(name)
    seen = {key, ""}
    for group in _groups(name, key):
        fresh = tuple(dict.fromkeys(k for k in group if k not in seen))
        seen.update(fresh)
        if fresh:
            yield fresh


def all_keys(name: str) -> list[str]:
    """Return the keys that a name may be stored under: its own, then its ``variants``."""
    key = normalise(name)
    keys = dict.fromkeys(chain((key,), *_groups(name, key))) if key else {}
    keys.pop("", None)
    return list(keys)


def _groups(name: str, key: str) -> tuple[Iterator[str], ...]:
    return _spellings(name, key), _with_articles(key), _inflections(key), _bare(key)


def generic_stripped(key: str) -> str | None:
    """Return the proper part of an area's name ("provinz idlib" → "idlib"), None without one."""
    words = key.split()
    if len(words) < 2:
        return None
    if words[0] in _GENERIC:
        words = words[1:]
        if words[0] in ("von", "of"):
            words = words[1:]
    elif words[-1] in _GENERIC:
        words = words[:-1]
    else:
        return None
    # "Staat am" is no place called "am": what is left must be long enough to be a name.
    bare = " ".join(words)
    return bare if len(bare) >= _MIN_BARE else None


def _spellings(name: str, key: str) -> Iterator[str]:
    if not name.isascii():
        yield normalise(name.translate(_UMLAUTS))
    if "e" in key:
        yield _WRITTEN_UMLAUT.sub(r"\1", key)
    if " " in key:
        yield key.replace(" ", "")
    if match := _COMPASS.match(key):
        yield f"{match[1]} {match[2]}"


def _with_articles(key: str) -> Iterator[str]:
    first, _, rest = key.partition(" ")
    if rest and first in _DETERMINERS:
        yield rest
    if rest and first in _ARTICLES:
        yield rest
        yield f"al {rest}"
    elif key.isascii() and key:
        yield f"al {key}"
        yield f"a{key[0]} {key}"
        if key.startswith("sh"):
            yield f"ash {key}"


def _inflections(key: str) -> Iterator[str]:
    """Undo German endings: "Roten Meer" → "Rotes Meer", "Jordaniens" → "Jordanien"."""
    if " " in key and key.endswith("s"):
        # "des Roten Meeres": the noun is inflected too.
        for ending in ("es", "s"):
            if key.endswith(ending):
                yield from _inflections(key.removesuffix(ending))
    words = key.split() if " " in key else []
    stems = {
        i: word[: match.start()]
        for i, word in enumerate(words[:-1])
        if word.endswith(_ENDINGS) and (match := _ENDING.search(word))  # The first is fast.
    }
    if 0 < len(stems) <= 2:
        for endings in product(("e", "es", "er", "en", ""), repeat=len(stems)):
            for (i, stem), ending in zip(stems.items(), endings, strict=True):
                words[i] = stem + ending
            yield " ".join(words)
    if len(key) > 3 and key.endswith("s"):
        yield key[:-1]
        if key.endswith("es"):
            yield key[:-2]


def _bare(key: str) -> Iterator[str]:
    if " " not in key:
        return
    if bare := generic_stripped(key):
        yield bare
        if bare.endswith("s"):
            yield bare[:-1]
    if match := _ADJECTIVAL.match(key):
        yield match[1]
        yield f"{match[1]}e"
    if match := _TOWN.match(key) or _TOWN_AFTER.match(key) or _AIRPORT.match(key):
        yield match[1]


def same_name(asked: str, answered: str) -> bool:
    """Tell whether two written names may be the same name: by spelling variant or romanisation."""
    asked_key, key = normalise(asked), normalise(answered)
    if not asked_key or not key:
        return False
    bare = generic_stripped(key) or key
    spellings = {asked_key, *(variant for group in variants(asked) for variant in group)}
    if not spellings.isdisjoint((key, bare)):
        return True
    asked_folds = fold_keys(asked) | fold_keys(generic_stripped(asked_key) or asked)
    return not asked_folds.isdisjoint(fold_keys(answered) | fold_keys(bare))


# ---------------------------------------------------------------- romanisation keys

_LATIN = re.compile(r"[a-z0-9 ]+")

# Order matters: longer spellings of a sound before shorter ones. Capitals stand for sounds:
# J as in "Jordan" (dsch), C as in "church" (tsch), S as in "shoe" (sch, also its voiced twin zh,
# which German writes alike), X as in "loch" (ch, kh).
_SHARED = (
    ("schtsch", "SC"),
    ("shch", "SC"),
    ("stsch", "SC"),
    ("dsch", "J"),
    ("dzh", "J"),
    ("dj", "J"),
    ("tsch", "C"),
    ("tch", "C"),
    ("tsh", "C"),
    ("sch", "S"),
    ("sh", "S"),
    ("zh", "S"),
    ("kh", "X"),
)
_GERMAN = (("ch", "X"), ("j", "i"))
_ENGLISH = (("ch", "C"), ("j", "J"))
_SOUNDS = (
    ("ph", "f"),
    ("th", "t"),
    ("dh", "d"),
    ("gh", "g"),
    ("ck", "k"),
    ("q", "k"),
    ("c", "k"),
    ("x", "ks"),
    ("tz", "s"),
    ("ts", "s"),
    ("z", "s"),
    ("w", "v"),
    ("ou", "u"),
    ("oo", "u"),
    ("o", "u"),
    ("ee", "i"),
    ("y", "i"),
    ("ie", "i"),
    ("ei", "ai"),
)
_REPEATED = re.compile(r"(.)\1+")
_FINAL = re.compile(r"(?:ah|eh|e|h)$")


def fold_keys(name: str) -> frozenset[str]:
    """Return the romanisation keys of a name in Latin script, empty for others and very short ones.

    A letter like ``j`` or ``ch`` is ambiguous between languages, so each name is read twice, the
    German and the English way; two names match if they share a key.
    """
    key = normalise(name)
    if not _LATIN.fullmatch(key):
        return frozenset()
    words = key.split()
    kept = [w for i, w in enumerate(words) if not _is_particle(w, i, len(words))] or words
    joined = "".join(kept)
    for spelling, sound in _SHARED:
        joined = joined.replace(spelling, sound)
    keys = {_fold(joined, _GERMAN), _fold(joined, _ENGLISH)}
    return frozenset(k for k in keys if len(k) >= 3)


def _is_particle(word: str, index: int, count: int) -> bool:
    if index == count - 1:
        return False
    return word in _ARTICLES or (index > 0 and word in _EZAFE)


def _fold(joined: str, reading: tuple[tuple[str, str], ...]) -> str:
    key = _FINAL.sub("a", joined)
    for spelling, sound in (*reading, *_SOUNDS):
        key = key.replace(spelling, sound)
    return _REPEATED.sub(r"\1", key)
