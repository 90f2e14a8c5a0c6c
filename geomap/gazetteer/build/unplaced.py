"""Divisions for which no source has a point: from our own table, their seat, or where they lie in.

A division that is found somewhere in its province, and known to be there only, is worth more than
one that is not found.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from geomap.gazetteer.build.curated import read_table
from geomap.gazetteer.build.divisions import (
    Division,
    division_importance,
    pick_readable,
    read_divisions,
)
from geomap.gazetteer.build.draft import Draft, Entry
from geomap.gazetteer.build.sources import Cache
from geomap.gazetteer.names import generic_stripped, normalise

TABLE = "districts.csv"
DISTRICT_RADIUS_KM = 25.0
MAX_DISTRICTS = 30
"""Where a country's provinces have more than so many on average, the divisions are villages."""

Spot = tuple[float, float, float]
"""Latitude, longitude, radius in km."""
Seats = dict[tuple[int, str], list[int]]


def add_unplaced_divisions(draft: Draft, cache: Cache, folder: Path) -> None:
    """Add the second-order divisions that were left out for want of a point."""
    own = {int(row["geonameid"]): row for row in read_table(folder / TABLE)}
    divisions = read_divisions(cache)
    seats = _index_settlements(draft)
    fine = _finely_divided(divisions.values())
    for division in sorted(divisions.values(), key=lambda d: d.index):
        parent = divisions.get(division.parent) if division.parent else None
        if division.order == 1 or division.geonameid in draft.entries or parent is None:
            continue
        row = own.get(division.geonameid)
        spot = (
            (float(row["lat"]), float(row["lon"]), float(row["radius_km"]))
            if row
            else _seat(draft, division, parent.geonameid, seats)
            or _whole(draft, parent.geonameid, wanted=division.code[:2] not in fine)
        )
        if spot and division.aliases:
            draft.add(_entry(division, parent.geonameid, spot))
            draft.all_names(division.geonameid, division.aliases)


def _index_settlements(draft: Draft) -> Seats:
    """Return the settlements by first-order division and key of the name."""
    found: Seats = defaultdict(list)
    for key, place in draft.names:
        entry = draft.entries[place]
        if entry.feature_class == "P" and entry.admin1 is not None:
            found[entry.admin1, key].append(place)
    return found


def _seat(draft: Draft, division: Division, home: int, seats: Seats) -> Spot | None:
    """Return the point of the one town in the province that bears the division's name."""
    keys = {normalise(name) for name in division.aliases}
    keys |= {bare for key in keys if (bare := generic_stripped(key))}
    places = {place for key in keys for place in seats.get((home, key), ())}
    if not places:
        return None
    town = max((draft.entries[place] for place in places), key=lambda e: (e.population, -e.id))
    return town.lat, town.lon, DISTRICT_RADIUS_KM


def _finely_divided(divisions: Iterable[Division]) -> set[str]:
    """Return the codes of countries whose second-order divisions are no districts."""
    counts = Counter((division.code[:2], division.order) for division in divisions)
    return {c for c, order in counts if order == 2 and counts[c, 2] > MAX_DISTRICTS * counts[c, 1]}


def _whole(draft: Draft, home: int, *, wanted: bool) -> Spot | None:
    """Return a point of the province with its radius: the division lies somewhere within."""
    shape, entry = draft.shapes.get(home), draft.entries.get(home)
    if shape is None or entry is None or not wanted:
        return None
    inside = shape.representative_point()
    return inside.y, inside.x, entry.radius_km


def _entry(division: Division, home: int, spot: Spot) -> Entry:
    lat, lon, radius_km = spot
    return Entry(
        id=division.geonameid,
        name=pick_readable(division.aliases),
        lat=round(lat, 4),
        lon=round(lon, 4),
        feature_class="A",
        feature_code="ADM2",
        country=division.code[:2],
        admin1=home,
        radius_km=round(radius_km, 1),
        geonameid=division.geonameid,
        source="divisions",
        importance=division_importance(0, 2),
    )
