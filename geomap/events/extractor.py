"""Composes the stage: clauses, roles, triggers and modality become the events of an article."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from geomap.events.actors import actors_of
from geomap.events.casualties import count_casualties
from geomap.events.claims import find_claim
from geomap.events.clauses import Clause, split_clauses
from geomap.events.dates import find_date
from geomap.events.judging import Judge
from geomap.events.lexicon import (
    CIVILIANS,
    GOVERNMENT_FORCES,
    Trigger,
    best_trigger,
    find_triggers,
)
from geomap.events.modality import decide_modality
from geomap.events.relations import locate
from geomap.events.roles import Previous, Setting, decide_role, make_setting, yield_to_finer
from geomap.events.sport import is_sport
from geomap.models import (
    Article,
    Count,
    Event,
    Place,
    PlaceIndex,
    Recognition,
    Resolution,
    RoleDecision,
    Sentence,
)

_PARAGRAPH_REACH = 1500
_FOLLOWING_CHARS = 160
_SCENES = ("event", "meeting")
_DIRECT, _GENERIC, _BORROWED = 0.85, 0.7, 0.5


@dataclass(frozen=True, slots=True)
class Findings:
    """What the stage found: one role per resolution, the events in text order."""

    roles: tuple[RoleDecision, ...]
    events: tuple[Event, ...]
    diagnostics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Scene:
    """A sentence taken apart: its clauses, their triggers, the toponyms in it."""

    sentence: Sentence
    clauses: tuple[Clause, ...]
    triggers: tuple[tuple[Trigger, ...], ...]
    members: tuple[int, ...]

    def clause_of(self, offset: int) -> int:
        """Return the index of the clause that covers ``offset`` (the first, failing all)."""
        return next((i for i, clause in enumerate(self.clauses) if clause.covers(offset)), 0)


class EventExtractor:
    """Finds the events of articles; ``index`` tells capitals and polygons.

    With ``learned`` a classifier has a say after the rules: it may give a toponym another role, and
    tell what happened where no trigger fires.
    """

    def __init__(self, index: PlaceIndex, *, learned: bool = True) -> None:
        self._index = index
        self._learned = learned

    def extract(
        self, article: Article, recognition: Recognition, resolutions: Sequence[Resolution]
    ) -> Findings:
        """Return the role of every toponym and the events told of the places."""
        roles = [RoleDecision("background", "outside-sentences")] * len(resolutions)
        events: list[Event] = []
        judge = Judge(article.lang, resolutions) if self._learned else None
        for scene in _scenes(article, recognition, resolutions):
            ruled, settings = self._roles(article, scene, resolutions)
            if judge is not None:
                ruled = _leave_to_finest(scene, judge.roles(ruled, settings), resolutions)
            for position, role in ruled.items():
                roles[position] = role
            events.extend(self._events(article, scene, resolutions, roles, settings, judge))
        kept = _number(
            _merge(_drop_headline_repeats(events, article, resolutions), resolutions), article
        )
        return Findings(tuple(roles), tuple(kept))

    def settings(
        self, article: Article, recognition: Recognition, resolutions: Sequence[Resolution]
    ) -> Iterator[tuple[int, Setting, RoleDecision]]:
        """Yield (position, setting, role by the rules) of each toponym in a sentence, to learn from."""
        for scene in _scenes(article, recognition, resolutions):
            ruled, settings = self._roles(article, scene, resolutions)
            yield from (
                (position, setting, ruled[position]) for position, setting in settings.items()
            )

    def _roles(
        self, article: Article, scene: _Scene, resolutions: Sequence[Resolution]
    ) -> tuple[dict[int, RoleDecision], dict[int, Setting]]:
        by_clause: dict[int, list[int]] = {}
        decided: dict[int, RoleDecision] = {}
        listed: dict[int, bool] = {}
        settings: dict[int, Setting] = {}
        previous: int | None = None
        for position in scene.members:
            resolution = resolutions[position]
            if resolution.toponym.label == "DEMONYM":
                decided[position] = RoleDecision("demonym", "demonym")
                continue
            clause = scene.clause_of(resolution.toponym.start)
            before = _neighbour(article, resolutions, previous, position, decided)
            setting = make_setting(
                article,
                resolution,
                scene.clauses[clause],
                _reachable(scene, clause),
                is_capital=self._is_capital(resolution.place),
                previous=before,
            )
            settings[position] = setting
            decided[position] = decide_role(setting)
            listed[position] = decided[position].evidence.startswith("list:")
            by_clause.setdefault(clause, []).append(position)
            previous = position
        _yield_in_clauses(by_clause.values(), decided, listed, resolutions)
        return decided, settings

    def _is_capital(self, place: Place | None) -> bool:
        if place is None or place.country is None:
            return False
        capital = self._index.capital(place.country)
        return place.feature_code == "PPLC" or (capital is not None and capital.id == place.id)

    def _events(
        self,
        article: Article,
        scene: _Scene,
        resolutions: Sequence[Resolution],
        roles: Sequence[RoleDecision],
        settings: Mapping[int, Setting],
        judge: Judge | None,
    ) -> Iterator[Event]:
        told: set[tuple[int, int]] = set()
        far_ends: set[int] = set()
        for position in scene.members:
            place = resolutions[position].place
            start = resolutions[position].toponym.start
            if place is None or not _makes_event(roles[position]) or start in far_ends:
                continue
            number = scene.clause_of(start)
            triggers = _reachable(scene, number)
            trigger = best_trigger(list(triggers), start, article.text)
            if judge is not None and position in settings:
                trigger = judge.trigger(trigger, settings[position])
            if trigger is None or (trigger.start, place.id) in told:
                continue
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
                borrowed=borrowed,
            )
            if event.relation is not None and event.relation.other_start is not None:
                far_ends.add(event.relation.other_start)
            yield event

    def _event(
        self,
        article: Article,
        scene: _Scene,
        clause: Clause,
        trigger: Trigger,
        position: int,
        resolutions: Sequence[Resolution],
        *,
        borrowed: bool,
    ) -> Event:
        resolution = resolutions[position]
        text, lang = article.text, article.lang
        sentence = text[scene.sentence.start : scene.sentence.end]
        modality, cue = decide_modality(clause, trigger, sentence, lang, article.published)
        start, end = _description(clause, resolution, borrowed=borrowed)
        event_type, sub_type = _typed(trigger, clause, lang)
        location = locate(article, position, resolutions, self._index)
        window = _casualty_window(article, scene, trigger, position, resolutions)
        deaths, injured = count_casualties(window, lang)
        following = text[scene.sentence.end : scene.sentence.end + _FOLLOWING_CHARS].split("\n")[0]
        claim = find_claim(sentence, following, lang, _governments(resolutions))
        country = resolution.place.country if resolution.place else None
        actors = actors_of(clause, trigger, text, lang, self._index.demonym, country)
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
            plover=trigger.type.plover,
            acled_scope=trigger.type.acled_scope,
            trigger_start=trigger.start,
            trigger_end=trigger.end,
            modality=modality,
            attribution=claim.attribution,
            reported_by=claim.reported_by,
            verification=claim.verification,
            disputed_by=claim.disputed_by,
            **actors._asdict(),
            when=find_date((text[start:end], sentence), lang, article.published, modality),
            deaths=deaths if trigger.type.acled_scope else Count(),
            injured=injured if trigger.type.acled_scope else Count(),
            confidence=round(certainty * resolution.confidence, 3),
            evidence=(f"trigger:{text[trigger.start : trigger.end]}", f"modality:{cue}"),
        )


def _fires(trigger: Trigger, found: Sequence[Trigger]) -> bool:
    return any((trigger.start, trigger.end) == (other.start, other.end) for other in found)


def _leave_to_finest(
    scene: _Scene, roles: dict[int, RoleDecision], resolutions: Sequence[Resolution]
) -> dict[int, RoleDecision]:
    by_clause: dict[int, list[int]] = {}
    for position in roles:
        clause = scene.clause_of(resolutions[position].toponym.start)
        by_clause.setdefault(clause, []).append(position)
    listed = {p: role.evidence.startswith("list:") for p, role in roles.items()}
    _yield_in_clauses(by_clause.values(), roles, listed, resolutions)
    return roles


def _yield_in_clauses(
    clauses: Iterable[Sequence[int]],
    decided: dict[int, RoleDecision],
    listed: Mapping[int, bool],
    resolutions: Sequence[Resolution],
) -> None:
    for positions in clauses:
        finer = yield_to_finer(
            [resolutions[p].place for p in positions],
            [decided[p] for p in positions],
            [listed.get(p, False) for p in positions],
        )
        decided.update(zip(positions, finer, strict=True))


def _scenes(
    article: Article, recognition: Recognition, resolutions: Sequence[Resolution]
) -> Iterator[_Scene]:
    organisations = sorted(
        (n.start, n.end) for n in recognition.other_names if n.label in ("ORG", "MISC")
    )
    starts = [resolution.toponym.start for resolution in resolutions]
    name_starts = [start for start, _ in organisations]
    for sentence in recognition.sentences:
        members = _range_within(starts, sentence)
        if not members:
            continue
        names = [organisations[i] for i in _range_within(name_starts, sentence)]
        clauses = tuple(split_clauses(article.text, sentence, article.lang, names))
        sport = is_sport(_paragraph(article.text, sentence), article.lang)
        triggers = tuple(
            () if sport else tuple(find_triggers(c, article.text, article.lang)) for c in clauses
        )
        yield _Scene(sentence, clauses, triggers, tuple(members))


def _paragraph(text: str, sentence: Sentence) -> str:
    """Return the line a sentence stands in, as far as a paragraph reaches."""
    begin = text.rfind("\n", max(0, sentence.start - _PARAGRAPH_REACH), sentence.start) + 1
    end = text.find("\n", sentence.end, sentence.end + _PARAGRAPH_REACH)
    begin = max(begin, sentence.start - _PARAGRAPH_REACH)
    return text[begin : end if end >= 0 else sentence.end + _PARAGRAPH_REACH]


def _governments(resolutions: Sequence[Resolution]) -> frozenset[str]:
    """Return the names in the article that can stand for a government, lower-case."""
    return frozenset(
        r.toponym.text.lower()
        for r in resolutions
        if r.place is not None and (r.place.kind == "country" or r.place.feature_code == "PPLC")
    )


def _range_within(starts: list[int], sentence: Sentence) -> range:
    """Return the indexes of the sorted ``starts`` that lie in ``sentence``."""
    return range(bisect_left(starts, sentence.start), bisect_left(starts, sentence.end))


def _reachable(scene: _Scene, clause: int) -> tuple[Trigger, ...]:
    """Return the clause's triggers; a main clause without any borrows from its neighbour."""
    if scene.triggers[clause] or scene.clauses[clause].kind == "report":
        return scene.triggers[clause]
    for neighbour in (clause - 1, clause + 1):
        if 0 <= neighbour < len(scene.clauses) and scene.triggers[neighbour]:
            fragment = len(scene.clauses[clause].mask.split()) <= 6
            if fragment and scene.clauses[neighbour].kind == "main":
                return scene.triggers[neighbour]
    return ()


def _neighbour(
    article: Article,
    resolutions: Sequence[Resolution],
    previous: int | None,
    position: int,
    decided: dict[int, RoleDecision],
) -> Previous | None:
    if previous is None:
        return None
    between = article.text[resolutions[previous].toponym.end : resolutions[position].toponym.start]
    return Previous(decided[previous], between, resolutions[previous].place)


def _casualty_window(
    article: Article,
    scene: _Scene,
    trigger: Trigger,
    position: int,
    resolutions: Sequence[Resolution],
) -> str:
    """Return the part of the sentence whose dead are this event's.

    From the comma before trigger and place to the comma before the next place named.
    """
    toponym = resolutions[position].toponym
    first, last = min(trigger.start, toponym.start), max(trigger.end, toponym.end)
    begin = max(
        scene.sentence.start, *(article.text.rfind(c, scene.sentence.start, first) for c in ",;")
    )
    following = (resolutions[i].toponym.start for i in scene.members)
    stop = min((start for start in following if start >= last), default=scene.sentence.end)
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


def _drop_headline_repeats(
    events: Sequence[Event], article: Article, resolutions: Sequence[Resolution]
) -> list[Event]:
    """Drop what the headline says of a place that the body tells in full."""
    if not article.title or not article.text.lstrip().startswith(article.title):
        return list(events)
    headline_end = article.text.index(article.title) + len(article.title)
    body = {_place_id(e, resolutions) for e in events if e.desc_start >= headline_end}
    return [
        e for e in events if e.desc_start >= headline_end or _place_id(e, resolutions) not in body
    ]


def _place_id(event: Event, resolutions: Sequence[Resolution]) -> int | None:
    place = resolutions[event.location].place if event.location is not None else None
    return place.id if place else None


def _merge(events: Sequence[Event], resolutions: Sequence[Resolution]) -> list[Event]:
    """Tell an event once: same place, type, mode and no differing date; the fuller telling stays."""
    merged: list[Event] = []
    for event in events:
        twin = next((i for i, m in enumerate(merged) if _same(m, event, resolutions)), None)
        if twin is None:
            merged.append(event)
        elif _fullness(event) > _fullness(merged[twin]):
            merged[twin] = event
    return sorted(merged, key=lambda e: (e.desc_start, e.location or 0))


def _same(a: Event, b: Event, resolutions: Sequence[Resolution]) -> bool:
    if _place_id(a, resolutions) != _place_id(b, resolutions):
        return False
    if (a.event_type, a.sub_event_type, a.geomap_type, a.modality) != (
        b.event_type,
        b.sub_event_type,
        b.geomap_type,
        b.modality,
    ):
        return False
    dated = a.when.source == b.when.source == "text"
    return not dated or (a.when.start, a.when.end) == (b.when.start, b.when.end)


def _fullness(event: Event) -> int:
    return (event.when.source == "text") + (event.deaths != Count()) + (event.injured != Count())


def _number(events: Sequence[Event], article: Article) -> list[Event]:
    return [
        replace(event, event_id=f"{article.id}-e{number}")
        for number, event in enumerate(events, start=1)
    ]
