"""Polygons: reading Natural Earth, making neighbours simpler together, measuring."""

from __future__ import annotations

import io
import math
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import shapely

from geomap.gazetteer.build.sources import Cache

COUNTRY_TOLERANCE_DEG = 0.01
ADMIN1_TOLERANCE_DEG = 0.015
_KM_PER_DEG = 111.2


def read_countries(cache: Cache) -> Iterator[tuple[dict[str, Any], Any]]:
    """Yield (attributes, geometry) of Natural Earth's countries in the German view."""
    import pyogrio.raw

    archive = cache.zip_member("countries", "ne_10m_admin_0_countries_deu.zip")
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(io.BytesIO(archive)) as parts:
        parts.extractall(folder)
        shape_file = next(Path(folder).glob("*.shp"))
        meta, _, geometries, columns = pyogrio.raw.read(shape_file, encoding="UTF-8")
    fields = list(meta["fields"])
    for row, geometry in enumerate(shapely.from_wkb(geometries)):
        yield {name: columns[i][row] for i, name in enumerate(fields)}, geometry


def simplify_together(geometries: Sequence[Any], tolerance_deg: float) -> list[Any]:
    """Simplify polygons that tile the land, so that neighbours keep one common border."""
    valid = [shapely.make_valid(g) for g in geometries]
    simpler = shapely.coverage_simplify(valid, tolerance_deg)
    rounded = [shapely.make_valid(shapely.set_precision(g, 0.0001)) for g in simpler]
    return [areal(g) for g in rounded]


def areal(geometry: Any) -> Any:
    """Return the polygons of a geometry; repairing and cutting may leave lines and points."""
    parts = [p for p in shapely.get_parts(geometry) if p.geom_type == "Polygon"]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def area_km2(geometry: Any) -> float:
    """Return the approximate area of a polygon in degrees, latitude by latitude."""
    total = 0.0
    for part in shapely.get_parts(geometry):
        latitude = math.radians(part.centroid.y)
        total += float(part.area) * _KM_PER_DEG**2 * math.cos(latitude)
    return total


def radius_km(geometry: Any) -> float:
    """Return the radius of the disc as large as the polygon."""
    return round(max(3.0, math.sqrt(area_km2(geometry) / math.pi)), 1)


class CountryFinder:
    """Finds the country polygon at a point, while building and checking."""

    def __init__(self, shapes: dict[str, Any]) -> None:
        self._codes = sorted(shapes)
        self._shapes = [shapes[code] for code in self._codes]
        self._tree = shapely.STRtree(self._shapes)

    def at(self, lat: float, lon: float, *, tolerance_deg: float = 0.05) -> str | None:
        """Return the country code at a point, or that of land within the tolerance."""
        point = shapely.Point(lon, lat)
        inside = self._tree.query(point, predicate="intersects")
        if len(inside):
            return self._codes[int(inside[0])]
        near = self._tree.query_nearest(point, max_distance=tolerance_deg)
        return self._codes[int(near[0])] if len(near) else None
