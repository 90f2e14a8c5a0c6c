"""The country that an article is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from geomap.models import Resolution, RoleDecision

_LEAD_CHARS = 400
_LEAD_WEIGHT = 2
_ASIDE = frozenset(("actor", "dateline", "other", "origin", "demonym"))
_LEAST_SHARE = 0.5


def focus_country(
    text: str, resolutions: Sequence[Resolution], roles: Sequence[RoleDecision] = ()
) -> str | None:
    """Return the ISO code of the country that at least half of the places lie in, else None.

    Headline and lead count twice; with ``roles``, one for each resolution, governments that act and
    other places where nothing happens do not count.
    """
    lead = len(text) - len(text.lstrip()) + _LEAD_CHARS
    tally: Counter[str] = Counter()
    for position, resolution in enumerate(resolutions):
        place = resolution.place
        aside = bool(roles) and roles[position].role in _ASIDE
        if place is not None and place.country and not aside:
            tally[place.country] += _LEAD_WEIGHT if resolution.toponym.start < lead else 1
    if not tally:
        return None
    country, count = min(tally.items(), key=lambda item: (-item[1], item[0]))
    return country if count >= _LEAST_SHARE * tally.total() else None
