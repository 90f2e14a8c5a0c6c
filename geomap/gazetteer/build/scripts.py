"""Which names are worth shipping: languages and scripts that German and English news meet."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LANGUAGES = frozenset("de en fr es it tr pl ku ar fa he uk ru ps".split())
"""ISO 639-1 codes of the tagged names that are kept."""

_SCRIPTS = ("LATIN", "CYRILLIC", "ARABIC", "HEBREW")
_CODE = re.compile(r"[A-Z]{3}|[A-Z]{2,4}[0-9]{1,3}|.*[0-9]{3,}.*|[0-9 ]+")
_LINK = re.compile(r"https?:|www\.|[<>{}|=@]")
_MAX_LENGTH = 70


def is_useful(name: str, lang: str) -> bool:
    """Tell whether a name is kept: no airport codes, links, odd scripts or stray letters."""
    if not 1 < len(name) <= _MAX_LENGTH or (lang and lang not in LANGUAGES):
        return False
    if _LINK.search(name) or (not lang and _CODE.fullmatch(name)):
        return False
    return all(map(_is_readable, name))


@lru_cache(maxsize=4096)
def _is_readable(char: str) -> bool:
    category = unicodedata.category(char)
    if category.startswith("L"):
        return unicodedata.name(char, "").startswith(_SCRIPTS)
    return category != "Cs"
