"""Casts the toponyms of a sentence: the role of each, one after the other, by the rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from geomap.events.coreference import STAND_IN
from geomap.events.finest import yield_to_finer
from geomap.events.roles import decide_role
from geomap.events.scenes import SCENE_ROLES, Scene, reachable_triggers
from geomap.events.setting import Previous, Setting, make_setting
from geomap.models import Article, Place, PlaceIndex, Resolution, RoleDecision

_STANDS_BY = RoleDecision("background", "stand-in")


class Casting:
    """Casts toponyms; ``index`` tells capitals."""

    def __init__(self, index: PlaceIndex) -> None:
        self._capital = cache(index.capital)

    def roles(
        self, article: Article, scene: Scene, resolutions: Sequence[Resolution]
    ) -> tuple[dict[int, RoleDecision], dict[int, Setting]]:
        """Return the role and setting of each toponym of a scene, by position.

        Stand-ins are cast last, and have no setting to learn from.
        """
        by_clause: dict[int, list[int]] = {}
        decided: dict[int, RoleDecision] = {}
        listed: dict[int, bool] = {}
        settings: dict[int, Setting] = {}
        previous: int | None = None
        for position in scene.members:
            label = resolutions[position].toponym.label
            if label == STAND_IN:
                continue
            if label == "DEMONYM":
                decided[position] = RoleDecision("demonym", "demonym")
                continue
            before = _neighbour(article, resolutions, previous, position, decided)
            setting = self._setting(article, scene, resolutions[position], before)
            settings[position] = setting
            decided[position] = decide_role(setting)
            listed[position] = decided[position].evidence.startswith("list:")
            clause = scene.clause_of(setting.position)
            by_clause.setdefault(clause, []).append(position)
            previous = position
        _yield_in_clauses(by_clause.values(), decided, listed, resolutions)
        return decided, settings

    def stand_ins(
        self,
        article: Article,
        scene: Scene,
        resolutions: Sequence[Resolution],
        decided: Mapping[int, RoleDecision],
    ) -> dict[int, RoleDecision]:
        """Return the roles of a scene's stand-ins, once those of its toponyms are ``decided``.

        Something happened there if a telling word says so and the clause names no scene.
        """
        told = {
            scene.clause_of(resolutions[p].toponym.start)
            for p, role in decided.items()
            if role.role in SCENE_ROLES
        }
        roles = {}
        for position in scene.members:
            if resolutions[position].toponym.label == STAND_IN:
                setting = self._setting(article, scene, resolutions[position], None)
                silent = setting.trigger is None or setting.trigger.type.generic
                named = scene.clause_of(setting.position) in told
                roles[position] = _STANDS_BY if silent or named else _cast_stand_in(setting)
        return roles

    def _setting(
        self, article: Article, scene: Scene, resolution: Resolution, before: Previous | None
    ) -> Setting:
        clause = scene.clause_of(resolution.toponym.start)
        return make_setting(
            article,
            resolution,
            scene.clauses[clause],
            reachable_triggers(scene, clause),
            is_capital=self._is_capital(resolution.place),
            previous=before,
        )

    def _is_capital(self, place: Place | None) -> bool:
        if place is None or place.country is None:
            return False
        capital = self._capital(place.country)
        return place.feature_code == "PPLC" or (capital is not None and capital.id == place.id)


def _cast_stand_in(setting: Setting) -> RoleDecision:
    word = setting.text[setting.position : setting.end].lower()
    if word.startswith(("dort", "there")):
        return RoleDecision("event", "stand-in")
    decision = decide_role(setting)
    return RoleDecision(decision.role, f"stand-in:{decision.evidence}")


def leave_to_finest(
    scene: Scene, roles: dict[int, RoleDecision], resolutions: Sequence[Resolution]
) -> dict[int, RoleDecision]:
    """Return the roles, a clause's event left to its finest place."""
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
