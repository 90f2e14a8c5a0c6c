"""What kinds of events the map tells apart, and which kind an event is.

Colour, shape and letter say the same thing three times: the colours are told apart with the
common forms of colour blindness (checked against the Okabe–Ito set), the shapes in black and
white, the letters in a list. Colours reach 4.5:1 against white, so letters on them can be read.
"""

from __future__ import annotations

from dataclasses import dataclass

from geomap.models import Lang
from geomap.records import EventRecord


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of event: its id (also its CSS class), whether it is violent, names and letters."""

    id: str
    violent: bool
    names: dict[Lang, str]
    letters: dict[Lang, str]


def _kind(key: str, violent: bool, german: str, english: str, letters: str) -> Kind:
    names: dict[Lang, str] = {"de": german, "en": english}
    return Kind(key, violent, names, {"de": letters[0], "en": letters[1]})


KINDS = (
    _kind("battle", True, "Kämpfe, Vormarsch", "Fighting, advance", "KF"),
    _kind("blast", True, "Beschuss, Explosion", "Shelling, explosion", "BX"),
    _kind("civilians", True, "Gewalt gegen Zivilisten", "Violence against civilians", "GV"),
    _kind("riot", True, "Unruhen", "Riots", "UR"),
    _kind("protest", False, "Protest", "Protest", "PP"),
    _kind("strategic", False, "Strategische Entwicklung", "Strategic development", "SS"),
    _kind("meeting", False, "Treffen, Besuch", "Meeting, visit", "TM"),
    _kind("statement", False, "Äußerung", "Statement", "ÄT"),
    _kind("other", False, "Anderes, nicht gewaltsam", "Other, not violent", "••"),
)
BY_ID = {kind.id: kind for kind in KINDS}

_BY_EVENT_TYPE = {
    "battles": "battle",
    "explosions/remote violence": "blast",
    "violence against civilians": "civilians",
    "riots": "riot",
    "protests": "protest",
    "strategic developments": "strategic",
}
_NO_VIOLENCE = frozenset({"displacement", "aid", "accident", "disaster"})
_TALKS = {"meeting": "meeting", "visit": "meeting", "meeting/visit": "meeting"}


def classify(event: EventRecord) -> Kind:
    """Return the kind an event is drawn as; what ACLED does not code is never drawn as violent."""
    special = (event.geomap_type or "").casefold()
    if special in _TALKS:
        return BY_ID["meeting"]
    if special == "advance":
        return BY_ID["battle"]
    if special in _NO_VIOLENCE:
        return BY_ID["other"]
    if special == "statement":
        return BY_ID["statement"]
    kind = BY_ID[_BY_EVENT_TYPE.get(event.event_type.casefold(), "other")]
    return kind if event.acled_scope or not kind.violent else BY_ID["other"]
