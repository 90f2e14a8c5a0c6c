"""Composes the stage: clauses, roles, triggers and modality become the events of an article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from geomap.events.actor_list import load_actors
from geomap.events.actors import Actors, actors_of
from geomap.events.casting import Casting, leave_to_finest
from geomap.events.casualties import count_casualties, hide_asides
from geomap.events.claims import find_claim
from geomap.events.clauses import Clause
from geomap.events.codes import plover_code
from geomap.events.coreference import add_stand_ins
from geomap.events.dates import find_date, last_day
from geomap.events.earlier import YEARS_AFTER, dated_by, is_remembered, told_of_before
from geomap.events.focus import focus_country
from geomap.events.judging import Judge
from geomap.events.lexicon import (
    CIVILIANS,
    GOVERNMENT_FORCES,
    Trigger,
    best_trigger,
    load_lexicon,
)
from geomap.events.merging import drop_headline_repeats, identify, merge
from geomap.events.modality import decide_modality
from geomap.events.relations import Locator
from geomap.events.roles import TAKEN_BEFORE, Setting
from geomap.events.scenes import Scene, paragraph_before, reachable_triggers, split_scenes
from geomap.events.tellers import leave_to_told
from geomap.events.untold import find_untold
from geomap.models import (
    Article,
    Count,
    Event,
    PlaceIndex,
    Recognition,
    Resolution,
    RoleDecision,
)

_FOLLOWING_CHARS = 160
_NEARBY_NAMES = 6
_CONTINENT = "CONT"
_SCENES = ("event", "meeting")
_WHEN = ("als", "nachdem", "when", "after")
_DIRECT, _GENERIC, _BORROWED = 0.85, 0.7, 0.5


@dataclass(frozen=True, slots=True)
class Findings:
    """What the stage found: one role per resolution, the events in text order, what it is about."""

    roles: tuple[RoleDecision, ...]
    events: tuple[Event, ...]
    focus_country: str | None = None
    diagnostics: tuple[str, ...] = ()


class EventExtractor:
    """Finds the events of articles; ``index`` tells capitals and polygons.

    With ``learned`` a classifier has a say after the rules: it may give a toponym another role, and
    tell what happened where no trigger fires. ``actors`` and ``triggers`` are tables of one's own
    (None: those that the environment names).
    """

    def __init__(
        self,
        index: PlaceIndex,
        *,
        learned: bool = True,
        actors: Path | None = None,
        triggers: Path | None = None,
    ) -> None:
        self._index = index
        self._locator = Locator(index)
        self._learned = learned
        self._casting = Casting(index)
        self._known_actors = load_actors(actors)
        self._lexicon = load_lexicon(triggers)

    def extract(
        self, article: Article, recognition: Recognition, resolutions: Sequence[Resolution]
    ) -> Findings:
        """Return the role of every toponym and the events told of the places."""
        peopled = add_stand_ins(article, resolutions, self._index)
        everyone = peopled.resolutions
        roles = [RoleDecision("background", "outside-sentences")] * len(everyone)
        events: list[Event] = []
        judge = Judge(article.lang, resolutions) if self._learned else None
        for scene in split_scenes(article, recognition, everyone, self._lexicon):
            ruled, settings = self._casting.roles(article, scene, everyone)
            if judge is not None:
                ruled = leave_to_finest(scene, judge.roles(ruled, settings), everyone)
            ruled = leave_to_told(article, scene, ruled, everyone)
            ruled |= self._casting.stand_ins(article, scene, everyone, ruled)
            for position, role in ruled.items():
                roles[position] = role
            told = list(self._events(article, scene, everyone, roles, settings, judge))
            for event in filter(is_remembered, told):
                if event.location is not None:
                    roles[event.location] = RoleDecision("background", YEARS_AFTER)
            events += [*told, *self._at_boundaries(article, scene, everyone, roles, told, judge)]
        told = merge(drop_headline_repeats(events, article, everyone), everyone)
        kept = map(peopled.bring_home, identify(told, article, everyone))
        own = tuple(peopled.own(roles))
        return Findings(own, tuple(kept), focus_country(article.text, resolutions, own))

    def settings(
        self, article: Article, recognition: Recognition, resolutions: Sequence[Resolution]
    ) -> Iterator[tuple[int, Setting, RoleDecision]]:
        """Yield (position, setting, role by the rules) of each toponym in a sentence, to learn from."""
        for scene in split_scenes(article, recognition, resolutions, self._lexicon):
            ruled, settings = self._casting.roles(article, scene, resolutions)
            yield from (
                (position, setting, ruled[position]) for position, setting in settings.items()
            )

    def _events(
        self,
        article: Article,
        scene: Scene,
        resolutions: Sequence[Resolution],
        roles: Sequence[RoleDecision],
        settings: Mapping[int, Setting],
        judge: Judge | None,
    ) -> Iterator[Event]:
        told: set[tuple[int, int]] = set()
        far_ends: set[int] = set()
        scenes = [p for p in scene.members if _makes_event(roles[p])]
        for position in scene.members:
            place = resolutions[position].place
            start = resolutions[position].toponym.start
            if place is None or not _makes_event(roles[position]) or start in far_ends:
                continue
            if place.feature_code == _CONTINENT:
                continue  # "the worst attack in the history of Africa"
            number = scene.clause_of(start)
            triggers = reachable_triggers(scene, number)
            trigger = best_trigger(triggers, start, article.text)
            if judge is not None and position in settings:
                trigger = judge.trigger(trigger, settings[position])
            if trigger is None or (trigger.start, place.id) in told:
                continue
            if roles[position].role not in _SCENES and trigger.type.acled_scope:
                continue  # fighters who are sent somewhere have not fought there
            told.add((trigger.start, place.id))
            firing = (i for i, found in enumerate(scene.triggers) if _fires(trigger, found))
            source = next(firing, number)
            borrowed = source != number
            event = self._event(
                article,
                scene,
                scene.clauses[source],
                trigger,
                position,
                resolutions,
                scenes=scenes,
                borrowed=borrowed,
            )
            if roles[position].evidence.endswith(TAKEN_BEFORE):
                event = told_of_before(event)
            if event.relation is not None and event.relation.other_start is not None:
                far_ends.add(event.relation.other_start)
            yield event

    def _at_boundaries(
        self,
        article: Article,
        scene: Scene,
        resolutions: Sequence[Resolution],
        roles: Sequence[RoleDecision],
        told: Sequence[Event],
        judge: Judge | None,
    ) -> Iterator[Event]:
        scenes = [p for p in scene.members if _makes_event(roles[p])]
        for at in find_untold(article, scene, resolutions, scenes, told, self._index, judge):
            clause, position = at.scene.clauses[at.clause], at.position
            read = (at.trigger, position, at.resolutions)
            event = self._event(article, at.scene, clause, *read, scenes=[position], borrowed=False)
            yield at.named(event, article.text)

    def _actors(
        self,
        article: Article,
        clause: Clause,
        trigger: Trigger,
        resolution: Resolution,
        places: Sequence[tuple[int, int]],
    ) -> Actors:
        if trigger.start == resolution.toponym.start:
            return Actors()  # where no word fired, there is none to be subject or object of
        country = resolution.place.country if resolution.place else None
        return actors_of(
            clause,
            trigger,
            article.text,
            article.lang,
            self._index.demonym,
            country,
            self._known_actors,
            places,
        )

    def _event(
        self,
        article: Article,
        scene: Scene,
        clause: Clause,
        trigger: Trigger,
        position: int,
        resolutions: Sequence[Resolution],
        *,
        scenes: Sequence[int],
        borrowed: bool,
    ) -> Event:
        resolution = resolutions[position]
        text, lang = article.text, article.lang
        sentence = text[scene.sentence.start : scene.sentence.end]
        modality, cue = decide_modality(clause, trigger, sentence, lang, article.published)
        start, end = _description(clause, resolution, borrowed=borrowed)
        event_type, sub_type = _typed(trigger, clause, lang)
        location = self._locator.locate(article, position, resolutions)
        deaths, injured = _casualties(article, scene, trigger, position, scenes, resolutions)
        following = text[scene.sentence.end : scene.sentence.end + _FOLLOWING_CHARS].split("\n")[0]
        claim = find_claim(sentence, following, lang, _governments(scene, resolutions))
        spoken_of = last_day(paragraph_before(text, start), lang, article.published)
        places = [(resolutions[p].toponym.start, resolutions[p].toponym.end) for p in scenes]
        said = dated_by(text[start:end], sentence, cue)
        actors = self._actors(article, clause, trigger, resolution, places)
        certainty = _BORROWED if borrowed else _GENERIC if trigger.type.generic else _DIRECT
        return Event(
            event_id="",
            description=text[start:end],
            desc_start=start,
            desc_end=end,
            event_type=event_type,
            sub_event_type=sub_type,
            location=position,
            lat=location.lat,
            lon=location.lon,
            geometry=location.geometry,
            relation=location.relation,
            where_prec=location.where_prec,
            uncertainty_km=location.uncertainty_km,
            geomap_type=trigger.type.geomap_type,
            plover=plover_code(event_type, sub_type, trigger.type.geomap_type),
            acled_scope=trigger.type.acled_scope,
            trigger_start=trigger.start,
            trigger_end=trigger.end,
            modality=modality,
            attribution=claim.attribution,
            reported_by=claim.reported_by,
            verification=claim.verification,
            disputed_by=claim.disputed_by,
            **actors._asdict(),
            when=find_date(said, lang, article.published, modality, spoken_of),
            deaths=deaths if trigger.type.acled_scope else Count(),
            injured=injured if trigger.type.acled_scope else Count(),
            confidence=round(certainty * resolution.confidence, 3),
            evidence=(f"trigger:{text[trigger.start : trigger.end]}", f"modality:{cue}"),
        )


def _fires(trigger: Trigger, found: Sequence[Trigger]) -> bool:
    return any((trigger.start, trigger.end) == (other.start, other.end) for other in found)


def _governments(scene: Scene, resolutions: Sequence[Resolution]) -> frozenset[str]:
    """Return the names in a scene and close by that can stand for a government, lower-case."""
    first, last = scene.members[0], scene.members[-1]
    return frozenset(
        r.toponym.text.lower()
        for r in resolutions[max(0, first - _NEARBY_NAMES) : last + 1 + _NEARBY_NAMES]
        if r.place is not None and (r.place.kind == "country" or r.place.feature_code == "PPLC")
    )


def _casualties(
    article: Article,
    scene: Scene,
    trigger: Trigger,
    position: int,
    scenes: Sequence[int],
    resolutions: Sequence[Resolution],
) -> tuple[Count, Count]:
    """Return the killed and injured of an event; the sentence's last has the next one's too."""
    window = _casualty_window(article, scene, trigger, position, scenes, resolutions)
    counted = count_casualties(window, article.lang)
    if counted == (Count(), Count()) and position == max(scenes):
        return count_casualties(scene.aftermath, article.lang)
    return counted


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


def _makes_event(role: RoleDecision) -> bool:
    return role.role in _SCENES or role.evidence == "visit-to"


def _typed(trigger: Trigger, clause: Clause, lang: str) -> tuple[str, str | None]:
    kind = trigger.type
    key = "de" if lang == "de" else "en"
    if kind.civilian_event_type and CIVILIANS[key].search(clause.mask):
        return kind.civilian_event_type, kind.civilian_sub_event_type
    if kind.government_sub_event_type and GOVERNMENT_FORCES[key].search(clause.mask):
        return kind.event_type, kind.government_sub_event_type
    return kind.event_type, kind.sub_event_type


def _description(clause: Clause, resolution: Resolution, *, borrowed: bool) -> tuple[int, int]:
    start, end = clause.extent
    if borrowed:
        return min(start, resolution.toponym.start), max(end, resolution.toponym.end)
    return start, end
