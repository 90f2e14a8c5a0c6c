"""Puts the sources together, each adding to what the ones before it knew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import shapely

from geomap.gazetteer.build.cities import add_cities
from geomap.gazetteer.build.countries import add_countries
from geomap.gazetteer.build.curated import add_curated
from geomap.gazetteer.build.disputed import Territory, add_territories, read_disputed
from geomap.gazetteer.build.divisions import (
    add_admin1_polygons,
    add_bare_names,
    add_divisions,
    add_german_parts,
    add_tagged_names,
)
from geomap.gazetteer.build.draft import Draft
from geomap.gazetteer.build.polygons import CountryFinder, areal
from geomap.gazetteer.build.regions import add_regions
from geomap.gazetteer.build.seas import add_seas
from geomap.gazetteer.build.sources import Cache
from geomap.gazetteer.build.unplaced import add_unplaced_divisions
from geomap.gazetteer.disputed import BORDER_DEG


def assemble(cache: Cache, curated: Path) -> Draft:
    """Return the finished draft."""
    draft = Draft()
    disputed = read_disputed(curated)
    draft.unassigned = add_countries(draft, cache, disputed)
    finder = CountryFinder({code: draft.shapes[p] for code, p in draft.countries.items()})
    divisions = add_divisions(draft, cache)
    add_admin1_polygons(draft, cache, finder)
    add_cities(draft, cache, divisions)
    add_regions(draft, cache)
    add_unplaced_divisions(draft, cache, curated)
    add_tagged_names(draft, cache)
    add_curated(draft, curated)
    add_bare_names(draft)
    add_german_parts(draft)
    add_seas(draft, cache)
    _clear_unassigned(draft, draft.unassigned)
    draft.territories = add_territories(draft, disputed, draft.unassigned)
    for territory in draft.territories:
        _claim_places(draft, territory)
    _find_homes(draft)
    return draft


def _clear_unassigned(draft: Draft, unassigned: Any) -> None:
    """Take the country from all that lies on land of no country, and that land from divisions.

    A division that reaches beyond it (Quneitra) stays its country's.
    """
    shapely.prepare(unassigned)
    for place, shape in draft.shapes.items():
        if place not in draft.countries.values() and unassigned.intersects(shape):
            draft.shapes[place] = areal(shape.difference(unassigned))
    entries = [e for e in draft.entries.values() if e.id not in draft.shapes]
    inside = shapely.contains_xy(unassigned, [e.lon for e in entries], [e.lat for e in entries])
    for entry, lost in zip(entries, inside, strict=True):
        if lost:
            entry.country = entry.admin1 = entry.admin2 = None


def _claim_places(draft: Draft, territory: Territory) -> None:
    """Give places well inside a disputed area, which a source gives another party, its country."""
    row = territory.row
    parties = {*row["claimed_by"].split("|"), *row["controlled_by"].split("|")} - {row["country"]}
    given = [
        e
        for e in draft.entries.values()
        if row["country"] and e.country in parties and e.id not in draft.shapes
    ]
    inside = shapely.contains_xy(
        territory.shape.buffer(-BORDER_DEG), [e.lon for e in given], [e.lat for e in given]
    )
    for entry, is_inside in zip(given, inside, strict=True):
        if is_inside:
            entry.country, entry.admin1, entry.admin2 = row["country"], None, None


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
