"""The codes of what happened: ACLED's 25 sub-types, geomap's own types, and PLOVER's for each.

PLOVER writes a type and, where the type of event tells it, a mode ("ASSAULT/aerial"); what it has
no code for (accidents, disasters, mere statements) is None.
"""

from __future__ import annotations

from typing import NamedTuple

_BATTLES, _REMOTE = "Battles", "Explosions/Remote violence"
_CIVILIANS, _PROTESTS, _RIOTS = "Violence against civilians", "Protests", "Riots"
_STRATEGIC = "Strategic developments"


class Code(NamedTuple):
    """A kind of event in ACLED's, geomap's and PLOVER's terms."""

    event_type: str
    sub_event_type: str | None
    geomap_type: str | None
    plover: str | None

    @property
    def name(self) -> str:
        """What a user calls it: geomap's type, else ACLED's sub-type."""
        return self.geomap_type or self.sub_event_type or self.event_type

    @property
    def acled_scope(self) -> bool:
        """Whether ACLED codes such events: not those of geomap's own types."""
        return self.geomap_type is None


CODES = (
    Code(_BATTLES, "Armed clash", None, "ASSAULT"),
    Code(_BATTLES, "Government regains territory", None, "ASSAULT"),
    Code(_BATTLES, "Non-state actor overtakes territory", None, "ASSAULT"),
    Code(_REMOTE, "Chemical weapon", None, "ASSAULT/unconventional"),
    Code(_REMOTE, "Air/drone strike", None, "ASSAULT/aerial"),
    Code(_REMOTE, "Suicide bomb", None, "ASSAULT/suicide-attack"),
    Code(_REMOTE, "Shelling/artillery/missile attack", None, "ASSAULT/heavy-weapons"),
    Code(_REMOTE, "Remote explosive/landmine/IED", None, "ASSAULT/explosives"),
    Code(_REMOTE, "Grenade", None, "ASSAULT/explosives"),
    Code(_CIVILIANS, "Sexual violence", None, "ASSAULT/sexual"),
    Code(_CIVILIANS, "Attack", None, "ASSAULT"),
    Code(_CIVILIANS, "Abduction/forced disappearance", None, "ASSAULT/abduct"),
    Code(_PROTESTS, "Peaceful protest", None, "PROTEST/demo"),
    Code(_PROTESTS, "Protest with intervention", None, "PROTEST/demo"),
    Code(_PROTESTS, "Excessive force against protesters", None, "ASSAULT/crowd-control"),
    Code(_RIOTS, "Violent demonstration", None, "PROTEST/riot"),
    Code(_RIOTS, "Mob violence", None, "PROTEST/riot"),
    Code(_STRATEGIC, "Agreement", None, "AGREE"),
    Code(_STRATEGIC, "Arrests", None, "COERCE/arrest"),
    Code(_STRATEGIC, "Change to group/activity", None, "MOBILIZE"),
    Code(_STRATEGIC, "Disrupted weapons use", None, "COERCE"),
    Code(_STRATEGIC, "Headquarters or base established", None, "MOBILIZE/troops"),
    Code(_STRATEGIC, "Looting/property destruction", None, "ASSAULT/destroy"),
    Code(_STRATEGIC, "Non-violent transfer of territory", None, "RETREAT/withdraw"),
    Code(_STRATEGIC, "Other", None, None),
    Code(_STRATEGIC, "Other", "advance", "MOBILIZE/troops"),
    Code(_STRATEGIC, "Other", "meeting", "CONSULT"),
    Code(_STRATEGIC, "Other", "visit", "CONSULT/visit"),
    Code(_STRATEGIC, "Other", "aid", "AID"),
    Code(_STRATEGIC, "Other", "displacement", None),
    Code(_STRATEGIC, "Other", "accident", None),
    Code(_STRATEGIC, "Other", "disaster", None),
    Code(_STRATEGIC, "Other", "statement", None),
)
CODE_BY_NAME = {code.name: code for code in CODES}


def plover_code(event_type: str, sub_event_type: str | None, geomap_type: str | None) -> str | None:
    """Return PLOVER's code: of geomap's type, else of ACLED's sub-type, else the type without mode."""
    code = CODE_BY_NAME.get(geomap_type or sub_event_type or "")
    if code is not None:
        return code.plover
    return next(
        (c.plover.split("/")[0] for c in CODES if c.event_type == event_type and c.plover), None
    )
