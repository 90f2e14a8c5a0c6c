"""What stands behind a marked clause: ``(airstrike; 2016-03-13; dead 9-11; near)``."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

Status = Literal["happened", "planned", "hypothetical", "negated"]

_SHELLING = "Shelling/artillery/missile attack"
_EXPLOSIONS, _BATTLES = "Explosions/Remote violence", "Battles"
_CIVILIANS, _STRATEGIC = "Violence against civilians", "Strategic developments"

TYPES: dict[str, tuple[str, str]] = {
    "battle": (_BATTLES, "Armed clash"),
    "government-takes": (_BATTLES, "Government regains territory"),
    "rebels-take": (_BATTLES, "Non-state actor overtakes territory"),
    "airstrike": (_EXPLOSIONS, "Air/drone strike"),
    "shelling": (_EXPLOSIONS, _SHELLING),
    "bomb": (_EXPLOSIONS, "Remote explosive/landmine/IED"),
    "suicide-bomb": (_EXPLOSIONS, "Suicide bomb"),
    "grenade": (_EXPLOSIONS, "Grenade"),
    "chemical": (_EXPLOSIONS, "Chemical weapon"),
    "attack": (_CIVILIANS, "Attack"),
    "abduction": (_CIVILIANS, "Abduction/forced disappearance"),
    "sexual-violence": (_CIVILIANS, "Sexual violence"),
    "protest": ("Protests", "Peaceful protest"),
    "protest-dispersed": ("Protests", "Protest with intervention"),
    "excessive-force": ("Protests", "Excessive force against protesters"),
    "riot": ("Riots", "Violent demonstration"),
    "mob": ("Riots", "Mob violence"),
    "agreement": (_STRATEGIC, "Agreement"),
    "arrests": (_STRATEGIC, "Arrests"),
    "interception": (_STRATEGIC, "Disrupted weapons use"),
    "base": (_STRATEGIC, "Headquarters or base established"),
    "looting": (_STRATEGIC, "Looting/property destruction"),
    "transfer": (_STRATEGIC, "Non-violent transfer of territory"),
    "movement": (_STRATEGIC, "Change to group/activity"),
    "strategic": (_STRATEGIC, "Other"),
}
"""Codes of conflict events: ACLED's event type and sub-event type."""

OTHER_TYPES = frozenset("meeting statement visit aid displacement disaster accident".split())
"""Codes of what is no conflict event."""

_STATUSES: dict[str, Status] = {
    "planned": "planned",
    "hypothetical": "hypothetical",
    "negated": "negated",
}
_BEARINGS = frozenset("N NE E SE S SW W NW".split())
_DEAD = re.compile(r"(?P<exact>\d+)|(?P<low>\d+)-|-(?P<high>\d+)|(?P<from>\d+)-(?P<to>\d+)")
_KILOMETRES = re.compile(r"\d+(\.\d+)?")


@dataclass(frozen=True, slots=True)
class ClauseNotes:
    """An event's notes; ``place`` and ``other`` name toponyms of the text."""

    type: str
    status: Status = "happened"
    date_start: date | None = None
    date_end: date | None = None
    dead_low: int | None = None
    dead_high: int | None = None
    relation: str | None = None
    bearing: str | None = None
    distance_km: float | None = None
    place: str | None = None
    other: str | None = None


def read_notes(text: str) -> ClauseNotes:
    """Return the notes; raise ValueError for one that is unknown."""
    code, *parts = (part.strip() for part in text.split(";"))
    if code not in TYPES and code not in OTHER_TYPES:
        raise ValueError(f"unknown type {code!r}")
    notes = ClauseNotes(code)
    for part in filter(None, parts):
        notes = _add(notes, part)
    return notes


def _add(notes: ClauseNotes, part: str) -> ClauseNotes:
    word, _, rest = part.partition(" ")
    if part in _STATUSES:
        return replace(notes, status=_STATUSES[part])
    if word in _READERS:
        return _READERS[word](notes, rest)
    return _add_dates(notes, part)


def _add_near(notes: ClauseNotes, rest: str) -> ClauseNotes:
    if rest:
        raise ValueError(f"'near' stands alone, not with {rest!r}")
    return replace(notes, relation="near")


def _add_sector(notes: ClauseNotes, rest: str) -> ClauseNotes:
    if rest not in _BEARINGS:
        raise ValueError(f"sector {rest!r} is none of {', '.join(sorted(_BEARINGS))}")
    return replace(notes, relation="sector", bearing=rest)


def _add_between(notes: ClauseNotes, rest: str) -> ClauseNotes:
    return replace(notes, relation="between", other=_require_name(rest))


def _add_place(notes: ClauseNotes, rest: str) -> ClauseNotes:
    return replace(notes, place=_require_name(rest))


def _require_name(rest: str) -> str:
    if not rest:
        raise ValueError("a name is missing")
    return rest


def _add_dead(notes: ClauseNotes, rest: str) -> ClauseNotes:
    match = _DEAD.fullmatch(rest)
    if match is None:
        raise ValueError(f"dead {rest!r} is none of 9, 9-, -9, 9-11")
    stated_low = match["exact"] or match["low"] or match["from"]
    stated_high = match["exact"] or match["high"] or match["to"]
    low = int(stated_low) if stated_low else None
    high = int(stated_high) if stated_high else None
    if low is not None and high is not None and low > high:
        raise ValueError(f"dead {rest}: the first number is the greater")
    return replace(notes, dead_low=low, dead_high=high)


def _add_offset(notes: ClauseNotes, rest: str) -> ClauseNotes:
    bearing, _, distance = rest.partition(" ")
    if bearing not in _BEARINGS or (distance and not _KILOMETRES.fullmatch(distance)):
        raise ValueError(f"offset {rest!r} is no bearing with kilometres")
    kilometres = float(distance) if distance else None
    return replace(notes, relation="offset", bearing=bearing, distance_km=kilometres)


def _add_dates(notes: ClauseNotes, part: str) -> ClauseNotes:
    start, _, end = part.partition("/")
    try:
        first = date.fromisoformat(start)
        last = date.fromisoformat(end) if end else first
    except ValueError:
        raise ValueError(f"cannot read {part!r}") from None
    if last < first:
        raise ValueError(f"{part!r} ends before it begins")
    return replace(notes, date_start=first, date_end=last)


_READERS: dict[str, Callable[[ClauseNotes, str], ClauseNotes]] = {
    "near": _add_near,
    "sector": _add_sector,
    "between": _add_between,
    "at": _add_place,
    "dead": _add_dead,
    "offset": _add_offset,
}
