"""Capital letters where a text has nothing else: telexes and headlines, spelt as others are.

A tagger that goes by capitals sees names everywhere in "IN FUESSEN KAM EIN MANN UMS LEBEN". Words
of such a passage are written small where they are common words, and with one capital otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from geomap.recognition.knowledge import Knowledge

_MOST_SMALL = 0.15
_FEWEST_LETTERS = 25
_LONGEST_ACRONYM = 4
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_WELL_KNOWN = frozenset({"area", "major"})


def is_shouted(text: str) -> bool:
    """Tell a passage that is all but wholly in capitals."""
    small = sum(map(str.islower, text))
    if small > _MOST_SMALL * len(text):
        return False  # Even if all of it were letters: nearly every passage is told so.
    letters = [character for character in text if character.isalpha()]
    small = sum(map(str.islower, letters))
    return len(letters) >= _FEWEST_LETTERS and small <= _MOST_SMALL * len(letters)


def restore_case(text: str, knowledge: Knowledge, is_common: Callable[[str], bool]) -> str:
    """Return a shouted text in the usual case, character for character as long as before.

    ``is_common`` tells whether a word in small letters is a word of the language.
    """

    def restore(match: re.Match[str]) -> str:
        word = match.group()
        spelt = _spell(word, knowledge, is_common) if word.isupper() and len(word) > 1 else word
        return spelt if len(spelt) == len(word) else word

    restored = _WORD.sub(restore, text)
    return restored[:1].upper() + restored[1:]


def _spell(word: str, knowledge: Knowledge, is_common: Callable[[str], bool]) -> str:
    name = "-".join(
        part.lower() if part.lower() in knowledge.lexicon.particles else part.capitalize()
        for part in word.split("-")
    )
    kind, common = knowledge.kind_of_name(name), is_common(word.lower())
    short = len(word) <= _LONGEST_ACRONYM
    if kind in _WELL_KNOWN or (kind == "feature" and not (short and common)):
        return name
    if common:
        return word.lower()
    short = short and not knowledge.is_place(name)
    return word if short else name
