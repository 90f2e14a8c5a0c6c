"""Rules that correct the tagger, in the order they run over a passage.

Each rule takes an ``Annotation`` and changes its names in place. ``LOC`` names left at the end are
the toponyms; the others explain why something is none.
"""

from __future__ import annotations

from collections.abc import Callable

from geomap.recognition.rules.annotation import Annotation
from geomap.recognition.rules.boundaries import trim_names
from geomap.recognition.rules.compounds import take_places_out_of_compounds
from geomap.recognition.rules.cues import (
    find_datelines,
    find_places_after_cues,
    restore_places,
)
from geomap.recognition.rules.joining import join_split_names
from geomap.recognition.rules.rejection import (
    reject_calendar_words,
    reject_demonyms,
    reject_organisations,
    reject_persons,
    reject_unknown_openers,
    reject_vessels,
)

Rule = Callable[[Annotation], None]

PASSAGE_RULES: tuple[Rule, ...] = (
    take_places_out_of_compounds,
    reject_demonyms,
    restore_places,
    trim_names,
    find_datelines,
    reject_persons,
    join_split_names,
    reject_vessels,
    reject_organisations,
    find_places_after_cues,
    reject_demonyms,
    reject_calendar_words,
    reject_unknown_openers,
)


def apply_rules(annotation: Annotation) -> None:
    """Run all rules of a passage, in order."""
    for rule in PASSAGE_RULES:
        rule(annotation)
