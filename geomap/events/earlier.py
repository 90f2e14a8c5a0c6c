"""Events that happened before the one the sentence is about, or that it is dated by."""

from __future__ import annotations

import re
from dataclasses import replace

from geomap.events.modality import YEARS_AFTER
from geomap.events.roles import TAKEN_BEFORE
from geomap.models import Count, Event, EventDate

_THERE_BEFORE = re.compile(
    r",\s+(?:where|wo|which|who|whose|der|die|das|in de[mr])\b[^,.;]*\b(?:19|20)\d\d\b[^,.;]*",
    re.IGNORECASE,
)
_THAT = re.compile(r"\b(?:dass|daß|that)\b")


def is_remembered(event: Event) -> bool:
    """Tell whether a sentence is only dated by an event: "elf Jahre nach den Anschlägen"."""
    return f"modality:{YEARS_AFTER}" in event.evidence


def told_of_before(event: Event) -> Event:
    """Return an event as one that had happened already; day and casualties are the later one's."""
    evidence = (event.evidence[0], f"modality:{TAKEN_BEFORE}")
    return replace(
        event,
        modality="historical",
        when=EventDate(),
        deaths=Count(),
        injured=Count(),
        evidence=evidence,
    )


def dated_by(clause: str, sentence: str, cue: str, *, talk: bool) -> tuple[str, ...]:
    """Return the words whose date is the event's: not when it was denied, or what came years after.

    Visits and meetings (``talk``) are not dated by what happened where they are: "where 130 were
    killed in 2014".
    """
    if talk:
        clause, sentence = (_THERE_BEFORE.sub("", words) for words in (clause, sentence))
    if cue == YEARS_AFTER:
        return ()
    if cue == "denied-report":
        return (clause,)
    if cue == "denial":
        return (_THAT.split(clause, maxsplit=1)[-1],)
    return (clause, sentence)
