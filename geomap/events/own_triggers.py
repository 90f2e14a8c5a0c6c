"""Trigger words of one's own: a CSV table of words and the kind of event they tell of.

Words are written as they are read, without regular expressions: ``*`` stands for any letters,
``...`` for what stands between in the clause, ``vor+rück*`` for a separable verb ("rückten …
vor", "vorrücken", "vorgerückt", "vorzurücken"). The type ``none`` silences a word that misfires.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from geomap.errors import InputError
from geomap.events.codes import CODE_BY_NAME
from geomap.events.own_tables import own_table, read_rows, read_table, split_cell
from geomap.models import Lang

ENVIRONMENT_VARIABLE = "GEOMAP_TRIGGERS"
_NAMED_BY = f"--triggers or ${ENVIRONMENT_VARIABLE}"
COLUMNS = ("lang", "words", "type")
SILENT = "none"
_TYPES = {name.casefold(): name for name in (*CODE_BY_NAME, SILENT)}
_LANGUAGES: dict[str, Lang] = {lang: lang for lang in get_args(Lang)}
_GAP = "..."
_LEAST_LETTERS = 3
_ODD = re.compile(r"[^\w\s*+'’-]")


@dataclass(frozen=True, slots=True)
class OwnTrigger:
    """A word of the table: ``pattern`` matches it in lower-cased text, each of its parts a group.

    ``type`` is geomap's type or ACLED's sub-type, or ``none`` for a word that is not to fire.
    """

    lang: Lang
    word: str
    pattern: str
    type: str


def read_own_triggers(own: Path | None = None) -> tuple[OwnTrigger, ...]:
    """Return the words of the user's table (``own``, else ``$GEOMAP_TRIGGERS``), none without one.

    Raises InputError when it is not as it must be.
    """
    return read_own(own_table(own, ENVIRONMENT_VARIABLE))


def read_own(own: str) -> tuple[OwnTrigger, ...]:
    """Return the words of the table at a path ("" for none)."""
    return tuple(read_triggers(read_table(own, _NAMED_BY), own)) if own else ()


def read_triggers(text: str, source: str) -> Iterator[OwnTrigger]:
    """Yield the words of a table; InputError names the file, the line and what is wrong."""
    lines: dict[tuple[str, str], int] = {}
    for line, cells in read_rows(text, COLUMNS, source):
        words = split_cell(cells["words"])
        problem = _problem(cells, words) or _repeats(cells["lang"], words, line, lines)
        if problem:
            raise InputError(f"line {line}: {problem}", source=source)
        lang, kind = _LANGUAGES[cells["lang"]], _TYPES[cells["type"].casefold()]
        yield from (OwnTrigger(lang, word, word_pattern(word), kind) for word in words)


def _repeats(
    lang: str, words: tuple[str, ...], line: int, lines: dict[tuple[str, str], int]
) -> str | None:
    """Note the ``lines`` of words; tell of one that stands in the table already."""
    for word in words:
        first = lines.setdefault((lang, word.lower()), line)
        if first != line:
            return f"{word!r} stands in line {first} too"
    return None


def _problem(cells: dict[str, str], words: tuple[str, ...]) -> str | None:
    if cells["lang"] not in _LANGUAGES:
        return f"lang {cells['lang']!r} is none of {', '.join(_LANGUAGES)}"
    if not words:
        return "no words"
    odd = next(filter(None, (_problem_of(word, cells["lang"]) for word in words)), None)
    if odd:
        return odd
    if cells["type"].casefold() not in _TYPES:
        return f"type {cells['type']!r} is none of {', '.join(_TYPES.values())}"
    return None


def _problem_of(word: str, lang: str) -> str | None:
    strange = _ODD.search(word.replace(_GAP, " "))
    if strange:
        return f"{strange[0]!r} in {word!r}: only letters, digits, - ' * + and ... stand in words"
    if "+" in word and lang != "de":
        return f"{word!r}: + is for separable German verbs; write the verb, ... and the particle"
    letters = [re.sub(r"\W", "", part) for part in word.split(_GAP)]
    if len("".join(letters)) < _LEAST_LETTERS or not all(letters):
        return f"{word!r} is too short: at least {_LEAST_LETTERS} letters, some on each side of ..."
    if not all(re.fullmatch(r"\w+\+\w+\*?", part) for part in word.split() if "+" in part):
        return f"{word!r}: + stands between prefix and stem, as in vor+rück*"
    return None


def word_pattern(word: str) -> str:
    """Return the regular expression of a word as the table writes it."""
    return r"\b.*?\b".join(_part_pattern(part.strip()) for part in word.lower().split(_GAP))


def _part_pattern(part: str) -> str:
    words = r"\s+".join(_one_word(word) for word in part.split())
    return rf"(?<!\w){words}(?!\w)"


def _one_word(word: str) -> str:
    escaped = re.escape(word).replace(r"\*", r"\w*")
    prefix, plus, stem = escaped.partition(r"\+")
    if not plus:
        return f"({escaped})"
    return rf"(?:({prefix}(?:ge|zu)?{stem})|({stem})\b.*?\b({prefix}))"
