"""Inflected forms of adjectives and demonyms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

_ADJECTIVE_ENDINGS = ("", "e", "en", "em", "er", "es")


def expand_demonyms(row: Mapping[str, str]) -> Iterator[str]:
    """Yield every form of a row: German adjectives and nouns inflected, English words as they are.

    ``de_adjectives`` holds stems ("syrisch"), ``de_nouns`` masculine singulars ("Syrer", "Russe"),
    ``en`` adjectives and singular nouns ("Syrian"); several are separated by ``|``.
    """
    for stem in filter(None, row["de_adjectives"].split("|")):
        yield from (stem + ending for ending in _ADJECTIVE_ENDINGS)
    for noun in filter(None, row["de_nouns"].split("|")):
        yield from _german_noun(noun)
    for word in filter(None, row["en"].split("|")):
        yield from (word, f"{word}s", f"{word}'s")


def _german_noun(noun: str) -> Iterator[str]:
    yield noun
    yield f"{noun}n"
    yield f"{noun}s"
    female = noun.removesuffix("e")
    yield f"{female}in"
    yield f"{female}innen"
