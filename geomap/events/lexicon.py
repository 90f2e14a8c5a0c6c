"""The trigger lexicon: which words tell of which kind of event."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from geomap.events.clauses import Clause
from geomap.models import Lang

CIVILIANS = {
    "de": re.compile(
        r"\b(?:zivilist|bewohner|anwohner|einwohner|dorfbewohner|kind(?:er|ern)?\b|frauen\b|passant|gläubige|"
        r"demonstrant|schüler|patient|flüchtling|journalist|bauern\b|reisende|helfer|familie|ärzte|zivilbev)"
    ),
    "en": re.compile(
        r"\b(?:civilian|villager|resident|child|women\b|worshipper|passenger|protester|student|patient|"
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
    plover: str
    priority: int
    generic: bool = False
    acled_scope: bool = True
    geomap_type: str | None = None
    government_sub_event_type: str | None = None
    civilian_event_type: str | None = None
    civilian_sub_event_type: str | None = None


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger found in a clause, with article offsets. ``nominal``: a noun, not a verb."""

    type: TriggerType
    start: int
    end: int
    nominal: bool


def find_triggers(clause: Clause, text: str, lang: Lang) -> list[Trigger]:
    """Return the triggers of a clause, in text order."""
    found = []
    for kind, pattern in _compiled(lang):
        for match in pattern.finditer(clause.mask):
            start, end = clause.start + match.start(), clause.start + match.end()
            found.append(Trigger(kind, start, end, _is_nominal(text, start, end, lang)))
    found.sort(key=lambda t: (t.start, -t.type.priority))
    return [t for t in found if not _is_only_wanted(t, text, lang)]


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


def best_trigger(triggers: list[Trigger], position: int, text: str) -> Trigger | None:
    """Return the trigger that decides the type at a place.

    Telling ones come before generic ones; among those the priority counts, less what lies between:
    "Gefechte in A, in B schlugen Granaten ein" are two different events.
    """
    if not triggers:
        return None
    return max(
        triggers,
        key=lambda t: (
            not t.type.generic,
            t.type.acled_scope,
            t.type.priority - _cost_of_gap(t, position, text),
            -t.start,
        ),
    )


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


@lru_cache(maxsize=64)
def plover_code(event_type: str, sub_event_type: str) -> str:
    """Return PLOVER's code of an ACLED type as the lexicon has it: of the sub-type, else the type."""
    kinds = [kind for kind, _ in _compiled("de") if kind.event_type == event_type]
    exact = (kind.plover for kind in kinds if kind.sub_event_type == sub_event_type)
    return next(exact, kinds[0].plover.split("/")[0] if kinds else "")


@lru_cache(maxsize=2)
def _compiled(lang: Lang) -> tuple[tuple[TriggerType, re.Pattern[str]], ...]:
    raw = resources.files("geomap.events").joinpath("triggers.toml").read_text(encoding="utf-8")
    compiled = []
    for entry in tomllib.loads(raw)["trigger"]:
        patterns = {key: entry.pop(key) for key in ("de", "en")}
        joined = "|".join(f"(?:{pattern})" for pattern in patterns[lang])
        compiled.append((TriggerType(**entry), re.compile(rf"(?<!\w)(?:{joined})")))
    return tuple(compiled)
