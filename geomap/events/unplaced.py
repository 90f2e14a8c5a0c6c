"""Meetings whose place nobody tells: "Der Kreml hält Gespräche mit Ankara für möglich"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geomap.events.actors import Actors
from geomap.events.clauses import Clause
from geomap.events.lexicon import Trigger
from geomap.events.scenes import SCENE_ROLES, Scene
from geomap.events.sport import names_sport
from geomap.models import Event, Lang, Resolution, RoleDecision

UNPLACED = "unplaced"
CONFIDENCE = 0.6
"""That the parties meet is told; with whom else, and where, is not."""

_MEETING = "meeting"
_PARTY_ROLES = ("actor", "demonym")
_STATE = 1


@dataclass(frozen=True, slots=True)
class UnplacedMeeting:
    """Who meets; ``parties`` are the positions of the first name of each country, in text order."""

    clause: Clause
    trigger: Trigger
    parties: tuple[int, ...]

    def actors(self, resolutions: Sequence[Resolution]) -> Actors:
        """Return the first two parties as the text calls them; they are governments."""
        first, second = (resolutions[p].toponym.text for p in self.parties[:2])
        return Actors(first, second, _STATE, _STATE)


def find_unplaced_meetings(
    scene: Scene,
    resolutions: Sequence[Resolution],
    roles: Sequence[RoleDecision],
    told: Sequence[Event],
    lang: Lang,
) -> Iterator[UnplacedMeeting]:
    """Yield the clauses in which two or more parties meet or talk at a place that is not told.

    Parties are countries whose governments or people a clause names; a sentence with a place where
    something happens, or with an event ``told`` by the same word, has none.
    """
    if any(roles[p].role in SCENE_ROLES for p in scene.members):
        return
    fired = {event.trigger_start for event in told}
    for number, clause in enumerate(scene.clauses):
        trigger = next((t for t in scene.triggers[number] if t.type.geomap_type == _MEETING), None)
        if trigger is None or trigger.start in fired or names_sport(clause.mask, lang):
            continue
        parties = tuple(_parties(scene, clause, resolutions, roles))
        if len(parties) > 1:
            yield UnplacedMeeting(clause, trigger, parties)


def _parties(
    scene: Scene,
    clause: Clause,
    resolutions: Sequence[Resolution],
    roles: Sequence[RoleDecision],
) -> Iterator[int]:
    countries = set()
    for position in scene.members:
        place = resolutions[position].place
        if roles[position].role not in _PARTY_ROLES or place is None or place.country is None:
            continue
        if place.country not in countries and clause.covers(resolutions[position].toponym.start):
            countries.add(place.country)
            yield position
