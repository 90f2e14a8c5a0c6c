"""Of places that lie in each other the finest is the scene: "Kidal im Norden von Mali" is Kidal."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.models import Place, RoleDecision

PLACE_LEVEL = {
    "landmark": 0,
    "city": 0,
    "admin2": 1,
    "admin1": 2,
    "region": 3,
    "water": 3,
    "country": 4,
}


def yield_to_finer(
    places: Sequence[Place | None], roles: Sequence[RoleDecision], listed: Sequence[bool]
) -> list[RoleDecision]:
    """Leave a clause's event to its most specific place.

    ``places`` and ``roles`` belong to one clause; ``listed`` marks members of a list of equals.
    """
    levels = [PLACE_LEVEL[p.kind] if p else 0 for p in places]
    scenes = [level for level, role in zip(levels, roles, strict=True) if role.role == "event"]
    finest = min(scenes, default=0)
    return [
        RoleDecision("background", "contains-scene")
        if role.role == "event" and level > finest and not in_list
        else role
        for role, level, in_list in zip(roles, levels, listed, strict=True)
    ]
