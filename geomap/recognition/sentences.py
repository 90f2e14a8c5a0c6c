"""Where sentences end, by rules over tokens: the tagger needs no parser for it."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import category

from geomap.models import Sentence, Token
from geomap.recognition.lexicon import Lexicon
from geomap.recognition.passages import Passage

_LONG_TOKENS = 150
_MAX_TOKENS = 250
_PAUSES = frozenset({",", ";", ":", "–", "—", "|"})
_ENDS = frozenset({".", "!", "?", "…", "...", "?!", "!?"})
_CLOSERS = frozenset("\"'“”’‘»«›‹)]")
_OPENERS = frozenset("\"'“„‚‘»«›‹([")


def split_sentences(passage: Passage, lexicon: Lexicon) -> Iterator[Sentence]:
    """Yield the sentences of a passage; a passage always ends one.

    What runs on for hundreds of words without a full stop (lists, tables, bad scans) is cut, as
    later stages look at a sentence as a whole.
    """
    tokens = passage.tokens
    first = index = 0
    while index < len(tokens):
        stop = _find_end(tokens, index, lexicon)
        if stop is None and _runs_on(index - first + 1, tokens[index].text):
            stop = index + 1
        if stop is not None:
            yield _make(tokens[first:stop])
            first = index = stop
        else:
            index += 1
    if first < len(tokens):
        yield _make(tokens[first:])


def _runs_on(length: int, text: str) -> bool:
    return length >= _MAX_TOKENS or (length >= _LONG_TOKENS and text in _PAUSES)


def _find_end(tokens: tuple[Token, ...], index: int, lexicon: Lexicon) -> int | None:
    """Return where the next sentence starts if the token at ``index`` ends one."""
    text = tokens[index].text
    attached = text not in _ENDS and len(text) > 1 and text.endswith(".")
    if text not in _ENDS and not attached:
        return None
    stop = index + 1
    while stop < len(tokens) and _closes(tokens, stop):
        stop += 1
    if stop >= len(tokens):
        return None
    following = _first_word(tokens, stop)
    if attached and not _may_end(text, following, lexicon):
        return None
    begins = following[:1].isupper() or following[:1].isdigit() or _is_symbol(following[:1])
    return stop if begins else None


def _is_symbol(character: str) -> bool:
    """Tell an emoji or another sign that may open a sentence."""
    return bool(character) and category(character) == "So"


def _closes(tokens: tuple[Token, ...], index: int) -> bool:
    """Tell a closing quotation mark from an opening one by the space before it."""
    return tokens[index].text in _CLOSERS and tokens[index].start == tokens[index - 1].end


def _first_word(tokens: tuple[Token, ...], index: int) -> str:
    while index < len(tokens) - 1 and tokens[index].text in _OPENERS:
        index += 1
    return tokens[index].text


def _may_end(text: str, following: str, lexicon: Lexicon) -> bool:
    """Tell whether an abbreviation or ordinal ("21.", "bzw.", "U.S.") also ends the sentence."""
    return text.lower() not in lexicon.titles and following.lower() in lexicon.sentence_starters


def _make(tokens: tuple[Token, ...]) -> Sentence:
    return Sentence(tokens[0].start, tokens[-1].end, tokens)
