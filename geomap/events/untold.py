"""Events told of a border or coast alone: "An der syrisch-türkischen Grenze beschoss die Armee …"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from geomap.events.boundaries import Boundary, find_boundaries
from geomap.events.judging import Judge
from geomap.events.lexicon import Trigger, best_trigger
from geomap.events.scenes import Scene
from geomap.events.setting import Setting, make_setting
from geomap.models import (
    Article,
    Event,
    Mention,
    PlaceIndex,
    Resolution,
    Toponym,
)

_CONFIDENCE = 0.9
"""An adjective of a country hardly ever means another; which stretch of the border is open."""


@dataclass(frozen=True, slots=True)
class Untold:
    """A scene that no place name makes: a clause, what fires in it, and where.

    ``resolutions`` are the article's; where the text only has an adjective, with one more that
    stands for it. ``position`` is that of the name or of the one more.
    """

    scene: Scene
    clause: int
    trigger: Trigger
    position: int
    resolutions: Sequence[Resolution]
    boundary: Boundary

    def named(self, event: Event, text: str) -> Event:
        """Return an event without a location where no name stands for it, but with the words."""
        if self.boundary.positions[0] is not None:
            return event
        start, end = self.boundary.start, self.boundary.end
        return replace(event, location=None, mentions=(Mention(text[start:end], start, end),))


def find_untold(
    article: Article,
    scene: Scene,
    resolutions: Sequence[Resolution],
    scenes: Sequence[int],
    told: Sequence[Event],
    index: PlaceIndex,
    judge: Judge | None,
) -> Iterator[Untold]:
    """Yield the borders and coasts of a scene where something happens that is not told yet.

    ``scenes`` are the positions that make events, ``told`` their events: a clause with a place of
    its own leaves none to its border.
    """
    fired = {event.trigger_start for event in told}
    taken = {scene.clause_of(resolutions[p].toponym.start) for p in scenes}
    sentence = scene.sentence
    for found in find_boundaries(article, sentence.start, sentence.end, resolutions, index):
        clause = scene.clause_of(found.start)
        trigger = best_trigger(scene.triggers[clause], found.start, article.text)
        if clause in taken or trigger is None or trigger.start in fired:
            continue
        fired.add(trigger.start)
        position, read, seen = found.positions[0], resolutions, scene
        if position is None:
            position = len(resolutions)
            read = (*resolutions, _stands_for(found, article.text))
            seen = replace(scene, members=(position,))
        if judge is not None:
            trigger = judge.trigger(trigger, _setting(article, read[position], scene, clause))
        if trigger is not None and trigger.type.acled_scope:
            yield Untold(seen, clause, trigger, position, read, found)


def _setting(article: Article, resolution: Resolution, scene: Scene, clause: int) -> Setting:
    return make_setting(
        article,
        resolution,
        scene.clauses[clause],
        scene.triggers[clause],
        is_capital=False,
        previous=None,
    )


def _stands_for(found: Boundary, text: str) -> Resolution:
    start, end = found.starts[0], found.end
    toponym = Toponym(text[start:end], start, end, "DEMONYM", found_by="text")
    return Resolution(toponym, found.places[0], _CONFIDENCE, "demonym", "", where_prec=6)
