"""What tells whether a trigger speaks of a place in its sentence: where the two stand, and how."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geomap.events.lexicon import Trigger
from geomap.events.scenes import SCENE_ROLES, Scene
from geomap.models import Resolution, RoleDecision

_TOKEN = re.compile(r"\w+|[^\w\s]")
_GAPS = (5, 15, 30, 60, 100, 200, 400)
_REACH = 40
_MOST = 3


def link_features(
    text: str,
    scene: Scene,
    clause: int,
    trigger: Trigger,
    position: int,
    resolutions: Sequence[Resolution],
    roles: Sequence[RoleDecision],
) -> list[str]:
    """Return the features of a pair: a trigger that fires in ``clause``, a toponym of the scene."""
    name, place, role = resolutions[position].toponym, resolutions[position].place, roles[position]
    left = _TOKEN.findall(text[max(0, name.start - _REACH) : name.start].lower())[-2:]
    right = _TOKEN.findall(text[name.end : name.end + _REACH].lower())
    before = left[-1] if left else "^"
    told = trigger.type.geomap_type or trigger.type.event_type
    order = "trigger first" if trigger.start < name.start else "place first"
    ends = sorted(((trigger.start, trigger.end), (name.start, name.end)))
    gap = next((g for g in _GAPS if ends[1][0] - ends[0][1] <= g), _GAPS[-1] + 1)
    own = scene.clause_of(name.start)
    off = max(-_MOST, min(_MOST, own - clause))
    rivals = [p for p in scene.members if p != position and roles[p].role in SCENE_ROLES]
    starts = [resolutions[p].toponym.start for p in rivals]
    between = sum(ends[0][1] <= start < ends[1][0] for start in starts)
    beside = sum(scene.clause_of(start) == clause for start in starts)
    return [
        "bias",
        f"role={role.role}",
        f"evidence={role.evidence.split(':')[0]}",
        f"left={before}",
        f"left2={' '.join(left)}",
        f"right={right[0] if right else '$'}",
        f"kind={place.kind if place else 'none'}",
        f"gap={gap}",
        f"gap={gap}/{order}",
        f"told={told}",
        f"told={told}/{before}",
        f"generic={trigger.type.generic}",
        f"nominal={trigger.nominal}/{order}",
        f"clause={off}",
        f"opener={scene.clauses[clause].opener}/{off == 0}",
        f"kinds={scene.clauses[clause].kind}/{scene.clauses[own].kind}/{off}",
        f"between={min(_MOST, between)}",
        f"beside={min(_MOST, beside)}/{off == 0}",
        f"rivals={min(_MOST, len(rivals))}/{role.role in SCENE_ROLES}",
        f"kind={place.kind if place else 'none'}/{not rivals}",
        f"triggers={min(_MOST, len(scene.triggers[clause]))}",
        f"own triggers={min(2, len(scene.triggers[own])) if off else -1}",
    ]
