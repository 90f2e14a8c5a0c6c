"""What kinds of words tell that an event is denied, feared, planned or past."""

from __future__ import annotations

import re
from typing import NamedTuple


class Cues(NamedTuple):
    """Patterns over lower-case clauses; the openers are words that begin a clause."""

    denial: re.Pattern[str]
    """Who or what says that it is not so."""
    absent: re.Pattern[str]
    """The event named by a noun did not come about."""
    refused: re.Pattern[str]
    """Who refuses, fails or does without: what follows was not done."""
    denied_report: frozenset[str]
    no_noun: re.Pattern[str]
    not_verb: re.Pattern[str]
    superlative: re.Pattern[str]
    averted: re.Pattern[str]
    forbidden: re.Pattern[str]
    presupposed: re.Pattern[str]
    """Stands before a noun whose event is taken for granted, whatever the clause goes on to say."""
    conditional: frozenset[str]
    unreal: re.Pattern[str]
    """A sentence that supposes, from its first words on."""
    supposed: re.Pattern[str]
    """An open condition in another clause of the sentence."""
    past_tense: re.Pattern[str]
    matter_of_time: re.Pattern[str]
    feared: re.Pattern[str]
    hearsay: re.Pattern[str]
    modal: re.Pattern[str]
    wanted: re.Pattern[str]
    infinitive: re.Pattern[str]
    """An infinitive that another verb governs, from the trigger's words on."""
    implied: re.Pattern[str]
    """Verbs whose infinitive did come true ("began to shell")."""
    coming: re.Pattern[str]
    will: re.Pattern[str]
    scheduled: re.Pattern[str]
    past: re.Pattern[str]
    years_after: re.Pattern[str]
    """What dates something else by the event that follows ("eleven years after the bombings")."""
    remembered: re.Pattern[str]
    """What a governing clause remembers, or a noun right before the trigger."""
    staged: re.Pattern[str]


def whole_words(*alternatives: str) -> re.Pattern[str]:
    """Return the pattern of any of the alternatives, between word boundaries."""
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b")
