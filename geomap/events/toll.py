"""Whose dead are whose: which part of a sentence counts the casualties of an event in it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from geomap.events.attackers import count_attackers, set_attackers_apart
from geomap.events.casualties import DIED, count_casualties, hide_asides
from geomap.events.lexicon import Trigger
from geomap.events.numbers import BOUND, NUMBER, bounded, to_int
from geomap.events.scenes import Scene
from geomap.models import Article, Count, Lang, Resolution

# "Drei Menschen starben in A, fünf in B", "20 killed, including six in A and eight in B"
_BESIDE: dict[Lang, re.Pattern[str]] = {
    "de": re.compile(
        rf"(?:[,;]|\b(?:und|sowie|darunter|davon|weitere|töteten?|verletzten?))\s+{BOUND['de']}{NUMBER['de']}\s+(?:(?:weitere|menschen|personen|tote|zivilisten|soldaten)\s+)?"
        r"(?:in|im|bei|nahe)\s+(?:der\s+|dem\s+)?(?:(?:stadt|ort|dorf|region|provinz)\s+)?$"
    ),
    "en": re.compile(
        rf"(?:[,;]|\b(?:and|including|another|(?:kill|wound|injur)(?:ed|ing)))\s+{BOUND['en']}{NUMBER['en']}\s+(?:(?:more|others|people|civilians|soldiers)\s+)?"
        r"(?:in|at|near)\s+(?:the\s+)?(?:(?:city|town|village|port) of\s+)?$"
    ),
}
# "In A starben drei, in B fünf Menschen"
_BEHIND: dict[Lang, tuple[re.Pattern[str], re.Pattern[str]]] = {
    "de": (
        re.compile(r"(?:[,;]|\bund)\s+(?:in|im|bei)\s+$"),
        re.compile(rf"\s+{BOUND['de']}{NUMBER['de']}(?:\s+[\w-]+)?\s*(?:[,.;]|\bund\b|$)"),
    ),
    "en": (
        re.compile(r"(?:[,;]|\band)\s+(?:in|at|near)\s+$"),
        re.compile(rf"\s+{BOUND['en']}{NUMBER['en']}(?:\s+[\w-]+)?\s*(?:[,.;]|\band\b|$)"),
    ),
}
_FATES: dict[Lang, re.Pattern[str]] = {
    "de": re.compile(
        rf"(?P<dead>{DIED['de']}|\btote[nr]?\b|\btöteten?\b)|\b(?:verletzt|verwundet|verletzte[nr]?)\b"
    ),
    "en": re.compile(rf"(?P<dead>{DIED['en']}|\bkill(?:ing|s)\b)|\b(?:wound|injur)(?:ed|ing)\b"),
}
_LISTED = re.compile(r"\s*(?:,|,?\s+(?:und|and|sowie|as well as))\s+(?:(?:in|bei|auf|on|near)\s+)?")
_PAIR = re.compile(r"\b(?:zwischen|between)\s+(?:\w+\s+)?$", re.IGNORECASE)
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
    beside = _count_beside(article, scene, position, resolutions) if len(scenes) > 1 else None
    if beside is not None:
        return beside
    window, lang = (
        _casualty_window(article, scene, trigger, position, scenes, resolutions),
        article.lang,
    )
    last = position == max(scenes)
    deaths, injured = count_casualties(window, lang)
    if _is_listed(article, position, scenes, resolutions):
        # "In A, B und C starben insgesamt elf Menschen": how many where is not told.
        return Casualties(_words_only(deaths), _words_only(injured))
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


def _count_beside(
    article: Article, scene: Scene, position: int, resolutions: Sequence[Resolution]
) -> Casualties | None:
    """Return the dead or injured of a count that stands right beside the place, None without one."""
    toponym, lang = resolutions[position].toponym, article.lang
    left = article.text[scene.sentence.start : toponym.start].lower()
    match = _BESIDE[lang].search(left)
    end = match.start("n") if match else len(left)
    opens, behind = _BEHIND[lang]
    if match is None and opens.search(left):
        match = behind.match(article.text[toponym.end : scene.sentence.end].lower())
    fates = list(_FATES[lang].finditer(left, 0, end))
    number = to_int(match["n"], lang) if match else None
    if match is None or number is None or not fates:
        return None
    count = bounded(number, match["bound"] or "", match["n"])
    return Casualties(deaths=count) if fates[-1]["dead"] else Casualties(injured=count)


def _is_listed(
    article: Article, position: int, scenes: Sequence[int], resolutions: Sequence[Resolution]
) -> bool:
    """Tell whether a scene stands in a list of scenes, which share what is counted."""
    names = [resolutions[p].toponym for p in scenes]
    for one, other in itertools.pairwise(names):
        mine = resolutions[position].toponym.start in (one.start, other.start)
        pair = _PAIR.search(article.text[max(0, one.start - 30) : one.start])
        if mine and not pair and _LISTED.fullmatch(article.text[one.end : other.start]):
            return True
    return False


def _words_only(count: Count) -> Count:
    return Count(text=count.text)
