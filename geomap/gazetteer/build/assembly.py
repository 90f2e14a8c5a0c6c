"""Puts the sources together, each adding to what the ones before it knew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import shapely

from geomap.gazetteer.build.cities import add_cities
from geomap.gazetteer.build.countries import add_countries
from geomap.gazetteer.build.curated import add_curated
from geomap.gazetteer.build.divisions import (
    add_admin1_polygons,
    add_bare_names,
    add_divisions,
    add_german_parts,
    add_tagged_names,
)
from geomap.gazetteer.build.draft import Draft
from geomap.gazetteer.build.polygons import CountryFinder
from geomap.gazetteer.build.regions import add_regions
from geomap.gazetteer.build.seas import add_seas
from geomap.gazetteer.build.sources import Cache

_GOLAN = shapely.Point(35.75, 33.0)
_GOLAN_NEIGHBOURS = ("IL", "SY", "LB", "JO")


def assemble(cache: Cache, curated: Path) -> tuple[Draft, Any]:
    """Return the finished draft and the polygon of disputed land."""
    draft = Draft()
    add_countries(draft, cache)
    disputed = _disputed_land(draft)
    finder = CountryFinder({code: draft.shapes[p] for code, p in draft.countries.items()})
    divisions = add_divisions(draft, cache)
    add_admin1_polygons(draft, cache, finder)
    add_cities(draft, cache, divisions)
    add_regions(draft, cache)
    add_tagged_names(draft, cache)
    add_curated(draft, curated)
    add_bare_names(draft)
    add_german_parts(draft)
    add_seas(draft, cache)
    _apply_worldview(draft, disputed)
    _find_homes(draft)
    return draft, disputed


def _disputed_land(draft: Draft) -> Any:
    """Return the hole that the German view leaves between its neighbours: the Golan Heights."""
    shapes = [draft.shapes[draft.countries[code]] for code in _GOLAN_NEIGHBOURS]
    land = shapely.union_all(shapes)
    rings = [shapely.Polygon(r) for part in shapely.get_parts(land) for r in part.interiors]
    return next(hole for hole in rings if hole.contains(_GOLAN))


def _apply_worldview(draft: Draft, disputed: Any) -> None:
    """Take the country from all that lies on disputed land."""
    west, south, east, north = disputed.bounds
    for entry in draft.entries.values():
        near = west <= entry.lon <= east and south <= entry.lat <= north
        if near and disputed.contains(shapely.Point(entry.lon, entry.lat)):
            entry.country = entry.admin1 = entry.admin2 = None


def _find_homes(draft: Draft) -> None:
    """Give curated places of one country the first-order division they lie in."""
    areas = {
        p: s for p, s in sorted(draft.shapes.items()) if draft.entries[p].feature_code == "ADM1"
    }
    ids, tree = list(areas), shapely.STRtree(list(areas.values()))
    for entry in draft.entries.values():
        if entry.source != "curated" or entry.feature_class not in "PS" or entry.admin1:
            continue
        for found in tree.query(shapely.Point(entry.lon, entry.lat), predicate="intersects"):
            place = ids[int(found)]
            if draft.entries[place].country == entry.country:
                entry.admin1 = place
