"""Words that tell what a name near them is; one TOML file for each language."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files

from geomap.models import Lang

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word lists of a language, in lower case except ``homographs`` and ``given_names``."""

    prepositions: Words
    """After which a name is a place: in, bei, near."""
    locative_prepositions: Words
    """After which a capitalised name is a place even if the tagger read it as a person."""
    place_nouns: Words
    """Generic words before a name: Stadt, Provinz, village."""
    place_nouns_after: Words
    """Generic words after a name: province, district."""
    compound_heads: Words
    """Second parts of compounds that as a whole name one place: Ebene, Korridor."""
    part_prefixes_refused: Words
    """First parts of compounds that are no place names: US, EU."""
    bearings: Words
    """Words before "von" or "of" that make what follows a place: nördlich von, outskirts of."""
    directions: Words
    """First parts of names of regions: Nord-Darfur, Unter-Shabelle."""
    calendar_words: Words
    organisations: Words
    """Armed groups and alliances of world news; an underscore stands for a space."""
    organisation_heads: Words
    """Words that make the name after them an organisation's: Universität, Dynamo."""
    organisation_tails: Words
    """Words that make the name before them an organisation's: university, times."""
    vessel_words: Words
    """Words before the name of a ship, operation or weapon."""
    articles: Words
    titles: Words
    """Words and abbreviations before a person's name."""
    given_names: Words
    homographs: Words
    """Place names that are also common words."""
    particles: Words
    """Small words inside place names: al, de, am."""
    sentence_starters: Words


@cache
def load_lexicon(lang: Lang) -> Lexicon:
    """Return the word lists of a language."""
    text = files(__package__).joinpath(f"{lang}.toml").read_text(encoding="utf-8")
    lists = tomllib.loads(text)
    return Lexicon(
        **{field.name: frozenset(lists[field.name].split()) for field in fields(Lexicon)}
    )
