"""Composes the stage: clauses, roles, triggers and modality become the events of an article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from geomap.events.actor_list import load_actors
from geomap.events.actors import Actors, actors_of
from geomap.events.casting import Casting, leave_to_finest
from geomap.events.claims import find_claim
from geomap.events.clauses import Clause
from geomap.events.codes import plover_code
from geomap.events.coreference import add_stand_ins
from geomap.events.dates import find_date, last_day
from geomap.events.earlier import dated_by, is_remembered, told_of_before
from geomap.events.elsewhere import leave_to_tied, triggers_at
from geomap.events.focus import focus_country
from geomap.events.judging import LEAST_LINK, Judge
from geomap.events.lexicon import (
    CIVILIANS,
    GOVERNMENT_FORCES,
    Trigger,
    best_trigger,
    load_lexicon,
)
from geomap.events.linking import link_features
from geomap.events.merging import drop_headline_repeats, identify, merge
from geomap.events.misfortune import as_misfortune
from geomap.events.modality import YEARS_AFTER, decide_modality
from geomap.events.relations import Locator
from geomap.events.roles import TAKEN_BEFORE
from geomap.events.scenes import SCENE_ROLES, Scene, paragraph_before, split_scenes
from geomap.events.setting import Setting
from geomap.events.tellers import leave_to_told
from geomap.events.toll import Casualties, casualties_of
from geomap.events.unplaced import CONFIDENCE as UNPLACED_CONFIDENCE
from geomap.events.unplaced import UNPLACED, find_unplaced_meetings
from geomap.events.untold import find_untold
from geomap.models import (
    Article,
    Event,
    PlaceIndex,
    Recognition,
    Resolution,
    RoleDecision,
)

_FOLLOWING_CHARS = 160
_NEARBY_NAMES = 6
_CONTINENT = "CONT"
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
    tell what happened where no trigger fires, and what the rules link to a place with a probability
    below ``least_link`` is dropped. ``actors`` and ``triggers`` are tables of one's own
    (None: those that the environment names).
    """

    def __init__(
        self,
        index: PlaceIndex,
        *,
        learned: bool = True,
        least_link: float = LEAST_LINK,
        actors: Path | None = None,
        triggers: Path | None = None,
    ) -> None:
        self._index = index
        self._locator = Locator(index)
        self._learned = learned
        self._least_link = least_link
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
        judge = Judge(article, everyone, self._least_link) if self._learned else None
        for scene in split_scenes(article, recognition, everyone, self._lexicon):
            ruled, settings = self._casting.roles(article, scene, everyone)
            if judge is not None:
                ruled = leave_to_finest(scene, judge.roles(ruled, settings), everyone)
            ruled = leave_to_told(article, scene, ruled, everyone)
            ruled = leave_to_tied(article, scene, ruled, everyone)
            ruled |= self._casting.stand_ins(article, scene, everyone, ruled)
            for position, role in ruled.items():
                roles[position] = role
            told = list(self._events(article, scene, everyone, roles, settings, judge))
            for event in filter(is_remembered, told):
                if event.location is not None:
                    roles[event.location] = RoleDecision("background", YEARS_AFTER)
            told += self._at_boundaries(article, scene, everyone, roles, told, judge)
            events += [*told, *self._unplaced(article, scene, everyone, roles, told)]
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

    def links(
        self,
        article: Article,
        recognition: Recognition,
        resolutions: Sequence[Resolution],
        roles: Sequence[RoleDecision],
    ) -> Iterator[tuple[Trigger, int, list[str]]]:
        """Yield (trigger, position, features) of each trigger with each toponym of its sentence."""
        for scene in split_scenes(article, recognition, resolutions, self._lexicon):
            members = [p for p in scene.members if roles[p].role != "demonym"]
            for clause, triggers in enumerate(scene.triggers):
                for trigger in (t for t in triggers if t.type.is_conflict):
                    for p in members:
                        pair = (scene, clause, trigger, p, resolutions, roles)
                        yield trigger, p, link_features(article.text, *pair)

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
        for position in scenes:
            place, start = resolutions[position].place, resolutions[position].toponym.start
            if place is None or place.feature_code == _CONTINENT or start in far_ends:
                continue  # "the worst attack in the history of Africa"
            setting = settings.get(position)
            trigger = _trigger_at(article, scene, position, resolutions, setting, judge)
            if trigger is None or (trigger.start, place.id) in told:
                continue
            if roles[position].role not in SCENE_ROLES and trigger.type.acled_scope:
                continue  # fighters who are sent somewhere have not fought there
            told.add((trigger.start, place.id))
            own = scene.clause_of(start)
            source = _clause_of(trigger, scene, own)
            if judge is not None and not judge.links(scene, source, trigger, position, roles):
                continue
            clause, borrowed = scene.clauses[source], source != own
            read = (trigger, position, resolutions)
            event = self._event(article, scene, clause, *read, scenes=scenes, borrowed=borrowed)
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

    def _unplaced(
        self,
        article: Article,
        scene: Scene,
        resolutions: Sequence[Resolution],
        roles: Sequence[RoleDecision],
        told: Sequence[Event],
    ) -> Iterator[Event]:
        for met in find_unplaced_meetings(scene, resolutions, roles, told, article.lang):
            extent = met.clause.extent
            event = self._told(article, scene, met.clause, met.trigger, extent, resolutions)
            yield replace(
                event,
                **met.actors(resolutions)._asdict(),
                confidence=UNPLACED_CONFIDENCE,
                evidence=(*event.evidence, UNPLACED),
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
        extent = _description(clause, resolution, borrowed=borrowed)
        event = self._told(article, scene, clause, trigger, extent, resolutions)
        location = self._locator.locate(article, position, resolutions)
        casualties = casualties_of(article, scene, trigger, position, scenes, resolutions)
        places = [(resolutions[p].toponym.start, resolutions[p].toponym.end) for p in scenes]
        country = resolution.place.country if resolution.place else None
        # Where no word fired, there is none to be subject or object of.
        actors = Actors()
        if trigger.start != resolution.toponym.start:
            actors = actors_of(
                clause,
                trigger,
                article.text,
                article.lang,
                self._index.demonym,
                country,
                self._known_actors,
                places,
            )
        certainty = _BORROWED if borrowed else _GENERIC if trigger.type.generic else _DIRECT
        return replace(
            event,
            location=position,
            lat=location.lat,
            lon=location.lon,
            geometry=location.geometry,
            relation=location.relation,
            where_prec=location.where_prec,
            uncertainty_km=location.uncertainty_km,
            **actors._asdict(),
            **(casualties if trigger.type.acled_scope else Casualties())._asdict(),
            confidence=round(certainty * resolution.confidence, 3),
        )

    def _told(
        self,
        article: Article,
        scene: Scene,
        clause: Clause,
        trigger: Trigger,
        extent: tuple[int, int],
        resolutions: Sequence[Resolution],
    ) -> Event:
        """Return what is told over ``extent``, wherever it is: type, mode, claim, time."""
        text, lang = article.text, article.lang
        start, end = extent
        sentence = text[scene.sentence.start : scene.sentence.end]
        modality, cue = decide_modality(clause, trigger, sentence, lang, article.published)
        event_type, sub_type = _typed(trigger, clause, lang)
        following = text[scene.sentence.end : scene.sentence.end + _FOLLOWING_CHARS].split("\n")[0]
        claim = find_claim(sentence, following, lang, _governments(scene, resolutions))
        spoken_of = last_day(paragraph_before(text, start), lang, article.published)
        said = dated_by(text[start:end], sentence, cue, talk=not trigger.type.acled_scope)
        return Event(
            event_id="",
            description=text[start:end],
            desc_start=start,
            desc_end=end,
            event_type=event_type,
            sub_event_type=sub_type,
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
            when=find_date(said, lang, article.published, modality, spoken_of),
            evidence=(f"trigger:{text[trigger.start : trigger.end]}", f"modality:{cue}"),
        )


def _trigger_at(
    article: Article,
    scene: Scene,
    position: int,
    resolutions: Sequence[Resolution],
    setting: Setting | None,
    judge: Judge | None,
) -> Trigger | None:
    """Return what tells of a place, typed as its sentence says; None where nothing happened."""
    start = resolutions[position].toponym.start
    triggers = triggers_at(article, scene, scene.clause_of(start), position, resolutions)
    trigger = best_trigger(list(triggers), start, article.text)
    if judge is not None and setting is not None and not scene.sport:
        trigger = judge.trigger(trigger, setting)
    if trigger is None:
        return None
    sentence = article.text[scene.sentence.start : scene.sentence.end]
    return as_misfortune(trigger, article.text[trigger.start : trigger.end], sentence, article.lang)


def _clause_of(trigger: Trigger, scene: Scene, own: int) -> int:
    """Return the index of the clause in which a trigger fires; ``own`` where a place stands in."""
    span = (trigger.start, trigger.end)
    firing = (
        clause
        for clause, found in enumerate(scene.triggers)
        if any((other.start, other.end) == span for other in found)
    )
    return next(firing, own)


def _governments(scene: Scene, resolutions: Sequence[Resolution]) -> frozenset[str]:
    """Return the names in a scene and close by that can stand for a government, lower-case."""
    first, last = scene.members[0], scene.members[-1]
    return frozenset(
        r.toponym.text.lower()
        for r in resolutions[max(0, first - _NEARBY_NAMES) : last + 1 + _NEARBY_NAMES]
        if r.place is not None and (r.place.kind == "country" or r.place.feature_code == "PPLC")
    )


def _makes_event(role: RoleDecision) -> bool:
    return role.role in SCENE_ROLES or role.evidence == "visit-to"


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
