"""The classifier's say after the rules: roles it is surer of, and what happened without a trigger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import get_args

from geomap.events.classifier import LINKED, buckets, load_event_model
from geomap.events.clauses import Clause
from geomap.events.coreference import STAND_IN
from geomap.events.features import (
    clause_words,
    cue_features,
    features_of_word,
    place_features,
    trigger_features,
)
from geomap.events.lexicon import Trigger, TriggerType
from geomap.events.linking import link_features
from geomap.events.scenes import Scene
from geomap.events.setting import Setting
from geomap.models import Article, Resolution, Role, RoleDecision

# What these rules say is hardly ever wrong.
_FIXED = frozenset(
    (
        "dateline",
        "demonym",
        "contains-previous",
        "meeting-in",
        "talked-about",
        "visit-to",
        "protested-against",
        "bearing-anchor",
        "suburb-of",
        "people-from",
        "agent",
        "quoted",
        "palace-speaks",
        "taken-before",
        "fallen",
        "building-of",
        "captured",
        "agency",
        "home",
        "between",
        "at-sea",
        "reaction-in",
        "from-to",
        "friends-and-foes",
        "road-from",
        "road-to",
    )
)
_ROLES: dict[str, Role] = {role: role for role in get_args(Role)}
_OTHER = "Other"
_SURE = 0.6
_SURE_OF_TYPE = 0.75
_LEAST_TYPE = 0.2
LEAST_LINK = 0.15
"""Below this probability a trigger does not speak of a place, whatever the rules say."""


class Judge:
    """Judges the toponyms of one article."""

    def __init__(
        self, article: Article, resolutions: Sequence[Resolution], least_link: float = LEAST_LINK
    ) -> None:
        self._least_link = least_link
        self._text = article.text
        self._lang = article.lang
        self._resolutions = resolutions
        self._model = load_event_model(article.lang)
        self._names = [(r.toponym.start, r.toponym.end) for r in resolutions if not _is_stand_in(r)]
        self._rows_of_clauses: dict[tuple[int, str], set[int]] = {}

    def roles(
        self, ruled: Mapping[int, RoleDecision], settings: Mapping[int, Setting]
    ) -> dict[int, RoleDecision]:
        """Return the roles, other than the rules' where the classifier is sure."""
        judged: dict[int, RoleDecision] = {}
        before: RoleDecision | None = None
        for position, rule in ruled.items():
            if before is not None and rule.evidence.startswith("list:"):
                # What stands in a list has one role.
                before = RoleDecision(before.role, f"list:{before.evidence}")
            elif position in settings:
                before = self._role(rule, settings[position])
            else:
                before = rule
            judged[position] = before
        return judged

    def _role(self, rule: RoleDecision, setting: Setting) -> RoleDecision:
        if rule.evidence in _FIXED:
            return rule
        rows = buckets(place_features(setting, rule)) | self._clause_rows(setting)
        best, share = self._model.roles.best(rows)
        if best == rule.role or share < _SURE:
            return rule
        evidence = f"learned:{share:.2f}, not {rule.role} by {rule.evidence}"
        return RoleDecision(_ROLES[best], evidence)

    def trigger(self, trigger: Trigger | None, setting: Setting) -> Trigger | None:
        """Return the trigger with the type that the classifier is surer of, or one in its place.

        Without a trigger in the clause, the place stands in for it.
        """
        if trigger is not None and not trigger.type.generic:
            return trigger
        best, share = self._model.types.best(self._clause_rows(setting))
        if trigger is None:
            if share < _LEAST_TYPE:
                return None
            return Trigger(type_of(best), setting.position, setting.end, nominal=False)
        return replace(trigger, type=type_of(best)) if share >= _SURE_OF_TYPE else trigger

    def _clause_rows(self, setting: Setting) -> set[int]:
        return buckets(trigger_features(setting)) | self._word_rows(setting.clause)

    def _word_rows(self, clause: Clause) -> set[int]:
        """Return the rows of a clause's words, which all its toponyms share."""
        key = (clause.start, clause.mask)
        if key not in self._rows_of_clauses:
            rows = buckets(cue_features(clause, self._lang))
            rows.update(*map(_rows_of_word, clause_words(clause, self._names)))
            self._rows_of_clauses[key] = rows
        return self._rows_of_clauses[key]

    def links(
        self,
        scene: Scene,
        clause: int,
        trigger: Trigger,
        position: int,
        roles: Sequence[RoleDecision],
    ) -> bool:
        """Tell whether a trigger that fires in ``clause`` may speak of a place, as the rules say."""
        fired = trigger.start != self._resolutions[position].toponym.start
        if not fired or not trigger.type.is_conflict or roles[position].evidence in _FIXED:
            return True
        pair = (scene, clause, trigger, position, self._resolutions, roles)
        shares = self._model.links.probabilities(link_features(self._text, *pair))
        return shares[LINKED] >= self._least_link


@lru_cache(maxsize=1 << 13)
def _rows_of_word(word: str) -> frozenset[int]:
    return frozenset(buckets(features_of_word(word)))


def _is_stand_in(resolution: Resolution) -> bool:
    return resolution.toponym.label == STAND_IN


def type_of(label: str) -> TriggerType:
    """Return the event type of a label "event type/sub-type/geomap's type"."""
    event_type, sub_type, geomap_type = label.split("|")
    return TriggerType(
        event_type=event_type,
        sub_event_type=sub_type or (_OTHER if geomap_type else None),
        priority=0,
        generic=True,
        acled_scope=not geomap_type,
        geomap_type=geomap_type or None,
    )
