"""Areas that words of space stand for: sectors, bands and strips, on the ellipsoid.

Built in an azimuthal equidistant projection around their middle or along geodesics, given in
degrees, cut at the antimeridian (RFC 7946). Not for places within some hundred kilometres of a
pole. shapely and pyproj are loaded on first use.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from geomap.models import GeoJSON

if TYPE_CHECKING:
    from pyproj import Geod

HALF_SECTOR_DEG = 45.0
"""A compass word without a distance says little more than the quarter ("südlich von")."""

_ARC_STEPS = 12
_BAND_SHARE = 0.25
"""Half the width of what lies between two places, as a share of their distance."""

_DECIMALS = 4
_FAR_KM = 20040.0
"""Half the way around the Earth."""

# A projection around the middle of so long a piece of a line is true to half a per cent.
_PIECE_KM = 1000.0
# What is straight in degrees is not on the ground, nor the other way round; over so short a stretch
# the difference is well below a kilometre.
_STRAIGHT_DEG = 1.0
_STRAIGHT_KM = 100.0
_SMOOTHING = 0.1
"""Strips are as smooth as this share of their width allows."""


@dataclass(frozen=True, slots=True)
class Area:
    """An area, a point in it to stand for it, and how far from there it reaches."""

    geometry: GeoJSON
    lat: float
    lon: float
    reach_km: float


def sector(lat: float, lon: float, bearing: float, inner_km: float, outer_km: float) -> GeoJSON:
    """Return what lies so far from a point and in that direction, 45° to either side."""
    import shapely

    steps = [
        bearing + HALF_SECTOR_DEG * (2 * step / _ARC_STEPS - 1) for step in range(_ARC_STEPS + 1)
    ]
    ring = _arc(lat, lon, steps, outer_km)
    ring += _arc(lat, lon, steps[::-1], inner_km) if inner_km else [(lon, lat)]
    return _as_geojson(_within_globe(shapely.Polygon(ring)))


def sector_of(area: GeoJSON, lat: float, lon: float, bearing: float) -> Area | None:
    """Return the part of an area that lies in a direction from a point; None if there is none."""
    import shapely

    local = _Local(lat, lon)
    edges = [bearing - HALF_SECTOR_DEG, bearing, bearing + HALF_SECTOR_DEG]
    wedge = shapely.Polygon([(0, 0), *(_polar(edge, 3 * _FAR_KM) for edge in edges)])
    parts = []
    for part in shapely.get_parts(shapely.geometry.shape(area)):
        cut = shapely.make_valid(local.project(part)).intersection(wedge)
        if not cut.is_empty:
            # Back to the side of the antimeridian that the part lies on.
            back = shapely.make_valid(local.unproject(cut, around=part.centroid.x))
            # Long borders are straight on either map, but not the same line.
            parts.append(_polygons(back.intersection(part)))
    return _represented(_polygons(shapely.union_all(parts)))


def band(lat1: float, lon1: float, lat2: float, lon2: float) -> Area:
    """Return what lies between two points: the line, a quarter of its length to either side.

    The point is the middle of the line.
    """
    import shapely

    azimuth, _, metres = geod().inv(lon1, lat1, lon2, lat2)
    lon, lat, _ = geod().fwd(lon1, lat1, azimuth, metres / 2)
    local = _Local(lat, lon)
    line = local.project(shapely.LineString([(lon1, lat1), (lon2, lat2)]))
    wide = line.buffer(max(_BAND_SHARE * metres, 1.0), cap_style="flat")
    geometry = _within_globe(local.unproject(shapely.segmentize(wide, metres / 8), around=lon))
    return Area(_as_geojson(geometry), lat, lon, _reach_km(geometry, lat, lon))


def strip(line: GeoJSON, half_width_km: float, without: GeoJSON | None = None) -> Area | None:
    """Return what lies along a line, so far to either side, and outside the area ``without``.

    The point lies on the middle of the longest part; in the strip where the line is not. None if
    nothing is left.
    """
    import shapely

    parts = list(shapely.get_parts(shapely.geometry.shape(line)))
    pieces = [_widened(piece, half_width_km) for part in parts for piece in _pieces(part)]
    wide = shapely.union_all([shape for shape in pieces if not shape.is_empty])
    if without is not None:
        wide = _polygons(wide.difference(shapely.geometry.shape(without)))
        return _represented(wide)
    middle = max(parts, key=lambda part: float(part.length)).interpolate(0.5, normalized=True)
    reach = _reach_km(wide, middle.y, middle.x)
    return Area(_as_geojson(wide), middle.y, middle.x, reach)


def waters_off(
    lat: float, lon: float, reach_km: float, coast: GeoJSON, land: GeoJSON
) -> Area | None:
    """Return what is within reach of a point and not ``land``; None out of reach of the coast."""
    import shapely

    steps = [360.0 * step / (4 * _ARC_STEPS) for step in range(4 * _ARC_STEPS)]
    disc = shapely.Polygon(_arc(lat, lon, steps, reach_km))
    if not disc.intersects(shapely.geometry.shape(coast)):
        return None
    wet = _within_globe(disc).difference(shapely.make_valid(shapely.geometry.shape(land)))
    return _represented(_polygons(wet))


@lru_cache(maxsize=1)
def geod() -> Geod:
    """Return the ellipsoid, WGS84."""
    from pyproj import Geod

    return Geod(ellps="WGS84")


class _Local:
    """An azimuthal equidistant projection in metres: true in distance and bearing from its middle."""

    def __init__(self, lat: float, lon: float) -> None:
        from pyproj import Proj

        self._proj = Proj(proj="aeqd", lat_0=lat, lon_0=lon, ellps="WGS84")

    def project(self, shape: Any) -> Any:
        import shapely

        return shapely.transform(shape, lambda xy: _columns(*self._proj(xy[:, 0], xy[:, 1])))

    def unproject(self, shape: Any, around: float) -> Any:
        """Return a shape in degrees, its longitudes within 180° of ``around``."""
        import shapely

        def back(xy: Any) -> Any:
            lons, lats = self._proj(xy[:, 0], xy[:, 1], inverse=True)
            return _columns(around + (lons - around + 180) % 360 - 180, lats)

        return shapely.transform(shape, back)


def _columns(*columns: Any) -> Any:
    import numpy as np

    return np.column_stack(columns)


def _polar(bearing: float, km: float) -> tuple[float, float]:
    import math

    angle = math.radians(bearing)
    return 1000 * km * math.sin(angle), 1000 * km * math.cos(angle)


def _arc(lat: float, lon: float, bearings: Sequence[float], km: float) -> list[tuple[float, float]]:
    count = len(bearings)
    lons, lats, _ = geod().fwd([lon] * count, [lat] * count, list(bearings), [km * 1000] * count)
    return [(lon + (x - lon + 180) % 360 - 180, y) for x, y in zip(lons, lats, strict=True)]


def _pieces(line: Any) -> Iterator[Any]:
    """Cut a line where it gets too long for one projection."""
    import shapely

    coords = list(shapely.segmentize(line, _STRAIGHT_DEG).coords)
    begin = 0
    for end in range(1, len(coords)):
        _, _, metres = geod().inv(*coords[begin][:2], *coords[end][:2])
        if metres > 1000 * _PIECE_KM or end == len(coords) - 1:
            yield shapely.LineString(coords[begin : end + 1])
            begin = end


def _widened(line: Any, half_width_km: float) -> Any:
    import shapely

    middle = line.interpolate(0.5, normalized=True)
    local = _Local(middle.y, middle.x)
    metres = 1000 * half_width_km
    smooth = local.project(line).simplify(_SMOOTHING * metres)
    wide = smooth.buffer(metres, quad_segs=4, join_style="round", cap_style="round")
    outline = shapely.segmentize(wide.simplify(_SMOOTHING * metres), 1000 * _STRAIGHT_KM)
    return _within_globe(local.unproject(outline, around=middle.x))


def _within_globe(shape: Any) -> Any:
    """Return a shape with what lies beyond the antimeridian moved to the other side."""
    import shapely.affinity

    west, _, east, _ = shape.bounds
    if west >= -180 and east <= 180:
        return shape
    sides = [shapely.affinity.translate(shape, shift) for shift in (-360, 0, 360)]
    return _polygons(shapely.union_all([_globe().intersection(side) for side in sides]))


def _globe() -> Any:
    import shapely

    return shapely.box(-180, -90, 180, 90)


def _polygons(shape: Any) -> Any:
    import shapely

    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return shapely.union_all(parts)


def _represented(shape: Any) -> Area | None:
    import shapely

    if shape.is_empty:
        return None
    largest = max(shapely.get_parts(shape), key=lambda part: float(part.area))
    point = largest.representative_point()
    return Area(_as_geojson(shape), point.y, point.x, _reach_km(shape, point.y, point.x))


def _reach_km(shape: Any, lat: float, lon: float) -> float:
    import shapely

    coords = shapely.get_coordinates(shape)
    count = len(coords)
    _, _, metres = geod().inv([lon] * count, [lat] * count, coords[:, 0], coords[:, 1])
    return min(_FAR_KM, round(float(max(metres)) / 1000, 1))


def _as_geojson(shape: Any) -> GeoJSON:
    import shapely

    # Rounded so that slivers along the antimeridian vanish instead of folding over.
    rounded = _polygons(shapely.set_precision(shape, 10**-_DECIMALS))
    coordinates = shapely.transform(rounded, lambda xy: xy.round(_DECIMALS))
    geojson: GeoJSON = shapely.geometry.mapping(coordinates)
    return geojson
