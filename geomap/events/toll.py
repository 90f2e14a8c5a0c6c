"""Whose dead are whose: which part of a sentence counts the casualties of an event in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from geomap.events.attackers import count_attackers, set_attackers_apart
from geomap.events.casualties import count_casualties, hide_asides
from geomap.events.lexicon import Trigger
from geomap.events.scenes import Scene
from geomap.models import Article, Count, Resolution

_WHEN = ("als", "nachdem", "when", "after")


class Casualties(NamedTuple):
    """The killed and injured of an event; ``deaths_attackers`` are counted apart."""

    deaths: Count = Count()
    injured: Count = Count()
    deaths_attackers: int | None = None


def casualties_of(
    article: Article,
    scene: Scene,
    trigger: Trigger,
    position: int,
    scenes: Sequence[int],
    resolutions: Sequence[Resolution],
) -> Casualties:
    """Return the killed and injured of an event; the sentence's last has the next one's too."""
    window, lang = (
        _casualty_window(article, scene, trigger, position, scenes, resolutions),
        article.lang,
    )
    last = position == max(scenes)
    deaths, injured = count_casualties(window, lang)
    if last and (deaths, injured) == (Count(), Count()):
        window = scene.aftermath
        deaths, injured = count_casualties(window, lang)
    deaths, attackers = set_attackers_apart(window, deaths, lang)
    if last and attackers is None and (deaths.low or deaths.high):
        attackers = count_attackers(scene.aftermath, lang) if window != scene.aftermath else None
    return Casualties(deaths, injured, attackers)


def _casualty_window(
    article: Article,
    scene: Scene,
    trigger: Trigger,
    position: int,
    scenes: Sequence[int],
    resolutions: Sequence[Resolution],
) -> str:
    """Return the part of the sentence whose dead are this event's.

    From the comma before trigger and place to the comma before the next scene (of ``scenes``);
    from the beginning where the first scene is in a clause of time ("Niemand starb, als …").
    """
    toponym = resolutions[position].toponym
    first, last = min(trigger.start, toponym.start), max(trigger.end, toponym.end)
    before = hide_asides(article.text[scene.sentence.start : first])
    begin = scene.sentence.start + max(0, *(before.rfind(c) for c in ",;"))
    starts = [resolutions[i].toponym.start for i in scenes]
    if scene.clauses[scene.clause_of(first)].opener in _WHEN and toponym.start == min(starts):
        begin = scene.sentence.start
    stop = min((start for start in starts if start >= last), default=scene.sentence.end)
    cut = max(article.text.rfind(c, last, stop) for c in ",;")
    end = cut if stop < scene.sentence.end and cut > last else stop
    return article.text[begin:end]
