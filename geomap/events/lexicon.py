"""The trigger lexicon: which words tell of which kind of event.

``data/triggers.toml`` ships with the package; a table of one's own (``--triggers``,
``$GEOMAP_TRIGGERS``) adds words to it and silences others.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, TypeAlias, get_args

from geomap.events.clauses import Clause
from geomap.events.codes import CODE_BY_NAME
from geomap.events.cues_english import ENGLISH
from geomap.events.cues_german import GERMAN
from geomap.events.own_tables import own_table
from geomap.events.own_triggers import ENVIRONMENT_VARIABLE, SILENT, read_own
from geomap.events.word_patterns import WordPatterns
from geomap.models import Lang

_LANGUAGES: tuple[Lang, ...] = get_args(Lang)
_OWN_PRIORITY = 60
_YEARS_AFTER = {"de": GERMAN.years_after, "en": ENGLISH.years_after}

CIVILIANS = {
    "de": re.compile(
        r"\b(?:menschen\b|zivilist|bewohner|anwohner|einwohner|dorfbewohner|kind(?:er|ern)?\b|frauen\b|passant|gläubige|"
        r"demonstrant|schüler|patient|flüchtling|journalist|bauern\b|reisende|helfer|familie|ärzte|zivilbev)"
    ),
    "en": re.compile(
        r"\b(?:people\b|civilian|villager|resident|child|women\b|worshipper|passenger|protester|student|patient|"
        r"refugee|journalist|farmer|shopper|aid worker|famil|doctor|bystander)"
    ),
}
GOVERNMENT_FORCES = {
    "de": re.compile(
        r"\b(?:regierungstruppen|regierungseinheiten|armee|soldaten|streitkräfte|heer|militär|polizei|"
        r"sicherheitskräfte|luftwaffe|armeeeinheiten|regierungssoldaten)\b"
    ),
    "en": re.compile(
        r"\b(?:government (?:forces|troops)|army|soldiers|troops|armed forces|military|police|security forces)\b"
    ),
}


@dataclass(frozen=True, slots=True)
class TriggerType:
    """An entry of the lexicon: the event type its words stand for."""

    event_type: str
    sub_event_type: str | None
    priority: int
    generic: bool = False
    acled_scope: bool = True
    geomap_type: str | None = None
    government_sub_event_type: str | None = None
    civilian_event_type: str | None = None
    civilian_sub_event_type: str | None = None

    @property
    def is_conflict(self) -> bool:
        """Whether armed or political conflict is told of: what ACLED codes, and troops that advance."""
        return self.acled_scope or self.geomap_type == "advance"


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger found in a clause, with article offsets. ``nominal``: a noun, not a verb.

    ``dates_another``: it only tells when something else was ("elf Jahre nach den Anschlägen").
    """

    type: TriggerType
    start: int
    end: int
    nominal: bool
    dates_another: bool = False


Patterns: TypeAlias = tuple[tuple[TriggerType, re.Pattern[str]], ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The trigger words: ``own`` go before the ``shipped`` ones, ``silenced`` words never fire.

    Patterns see lower-cased text. Each part of an own word is a group of its pattern.
    """

    shipped: Mapping[Lang, WordPatterns[TriggerType]]
    own: Mapping[Lang, Patterns]
    silenced: Mapping[Lang, tuple[re.Pattern[str], ...]]

    def silent_spans(self, text: str, start: int, end: int, lang: Lang) -> list[tuple[int, int]]:
        """Return where words stand in ``text[start:end]`` that are not to fire."""
        return [
            match.span(group)
            for pattern in self.silenced[lang]
            for match in pattern.finditer(text, start, end)
            for group in range(1, pattern.groups + 1)
            if match[group] is not None
        ]


def find_triggers(clause: Clause, text: str, lang: Lang, lexicon: Lexicon) -> list[Trigger]:
    """Return the triggers of a clause, in text order."""
    found, taken = [], []
    for kind, pattern in lexicon.own[lang]:
        for match in pattern.finditer(clause.mask):
            found.append(_trigger(kind, match, clause, text, lang))
            taken += [match.span(group) for group in range(1, pattern.groups + 1)]
    mask = _without(clause.mask, taken)
    for kind, match in lexicon.shipped[lang].finditer(mask):
        found.append(_trigger(kind, match, clause, text, lang))
    found.sort(key=lambda t: (t.start, -t.type.priority))
    return [t for t in found if not _is_only_wanted(t, text, lang)]


def _trigger(
    kind: TriggerType, match: re.Match[str], clause: Clause, text: str, lang: Lang
) -> Trigger:
    start, end = clause.start + match.start(), clause.start + match.end()
    nominal = _is_nominal(text, start, end, lang)
    before = text[clause.start : start].lower()
    return Trigger(kind, start, end, nominal, bool(_YEARS_AFTER[lang].search(before)))


def _without(mask: str, taken: Sequence[tuple[int, int]]) -> str:
    """Hide words of a mask from the patterns; (-1, -1) is a group that did not match."""
    for start, end in taken:
        if start >= 0:
            mask = mask[:start] + "·" * (end - start) + mask[end:]
    return mask


# A ceasefire that is demanded or talked about is no agreement.
_WANTED = {
    "de": re.compile(
        r"\b(?:forder\w+|verlang\w+|appellier\w+|dräng\w+ auf|r(?:uf|ief)\w* zu|für|um|über)\b(?:\s+\w+){0,3}\s*$"
    ),
    "en": re.compile(
        r"\b(?:demand\w*|call\w* for|urg\w+|push\w* for|seek\w*|sought|for|on|about|over)\b(?:\s+\w+){0,3}\s*$"
    ),
}


def _is_only_wanted(trigger: Trigger, text: str, lang: Lang) -> bool:
    before = text[max(0, trigger.start - 40) : trigger.start].lower()
    return trigger.type.sub_event_type == "Agreement" and bool(_WANTED[lang].search(before))


_COMMA_COST = 30
_CHARACTER_COST = 0.1
_BESIDE = 15


def best_trigger(triggers: Sequence[Trigger], position: int, text: str) -> Trigger | None:
    """Return the trigger that decides the type at a place.

    One that dates another tells only of a place right beside it ("die Anschläge von Madrid").
    Telling ones come before generic ones; among those the priority counts, less what lies between:
    "Gefechte in A, in B schlugen Granaten ein" are two different events.
    """
    if not triggers:
        return None
    return max(
        triggers,
        key=lambda t: (
            not t.dates_another or _is_beside(t, position),
            not t.type.generic,
            t.type.is_conflict,
            t.type.priority - _cost_of_gap(t, position, text),
            -t.start,
        ),
    )


def _is_beside(trigger: Trigger, position: int) -> bool:
    return -_BESIDE < position - trigger.start < trigger.end - trigger.start + _BESIDE


def _cost_of_gap(trigger: Trigger, position: int, text: str) -> float:
    if trigger.start <= position <= trigger.end:
        return 0.0
    first, last = sorted((position, trigger.end if trigger.end < position else trigger.start))
    return _COMMA_COST * text.count(",", first, last) + _CHARACTER_COST * (last - first)


_EN_VERBAL = re.compile(r"(?:ed|es|ing|ook|ew|ell|aken|truck|hot|ept|et|id|ought)$")
_EN_DETERMINER = re.compile(
    r"\b(?:an?|the|no|any|of|in|its|their|his|this|more|fresh|new|by)\s+(?:\w+\s+)?$"
)


def _is_nominal(text: str, start: int, end: int, lang: Lang) -> bool:
    if lang == "de":
        return text[start].isupper()
    first_word = text[start:end].split(maxsplit=1)[0].lower()
    return bool(
        _EN_DETERMINER.search(text[max(0, start - 25) : start].lower())
    ) or not _EN_VERBAL.search(first_word)


def load_lexicon(own: Path | None = None) -> Lexicon:
    """Return the trigger words with the user's own table (``own``, else ``$GEOMAP_TRIGGERS``).

    Raises InputError when that is not as it must be.
    """
    return _load(own_table(own, ENVIRONMENT_VARIABLE))


@lru_cache(maxsize=4)
def _load(own: str) -> Lexicon:
    words, shipped = read_own(own), _shipped()
    kinds = {_name(entry): _type(entry) for entry in reversed(_entries())}
    return Lexicon(
        shipped={lang: _compiled(lang) for lang in _LANGUAGES},
        own={
            lang: tuple(
                (kinds.get(word.type) or _new_type(word.type), re.compile(word.pattern))
                for word in words
                if word.lang == lang and word.type != SILENT
            )
            for lang in _LANGUAGES
        },
        silenced={
            lang: tuple(
                re.compile(pattern, re.I)
                for pattern in (
                    *shipped["silent"][lang],
                    *(w.pattern for w in words if w.lang == lang and w.type == SILENT),
                )
            )
            for lang in _LANGUAGES
        },
    )


def _shipped() -> dict[str, Any]:
    table = resources.files("geomap.events").joinpath("data/triggers.toml")
    return tomllib.loads(table.read_text(encoding="utf-8"))


def _entries() -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = _shipped()["trigger"]
    return entries


def _name(entry: Mapping[str, Any]) -> str:
    return str(entry.get("geomap_type") or entry["sub_event_type"])


def _type(entry: Mapping[str, Any]) -> TriggerType:
    return TriggerType(**{key: value for key, value in entry.items() if key not in _LANGUAGES})


def _new_type(name: str) -> TriggerType:
    """Return the type of an own word for which the shipped lexicon has none."""
    code = CODE_BY_NAME[name]
    return TriggerType(
        event_type=code.event_type,
        sub_event_type=code.sub_event_type,
        priority=_OWN_PRIORITY,
        acled_scope=code.acled_scope,
        geomap_type=code.geomap_type,
    )


@lru_cache(maxsize=2)
def _compiled(lang: Lang) -> WordPatterns[TriggerType]:
    return WordPatterns(
        (_type(entry), "|".join(f"(?:{pattern})" for pattern in entry[lang]))
        for entry in _entries()
    )
