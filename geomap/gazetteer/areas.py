"""Polygons of countries and first-order divisions, read from the gazetteer as needed."""

from __future__ import annotations

import json
import sqlite3
import zlib
from functools import lru_cache
from typing import Any, NamedTuple

from geomap.models import GeoJSON

COAST_TOLERANCE_DEG = 0.03
"""Simplified coasts cut off harbours: a point this near to land (3 km) counts as on it."""


class _Box(NamedTuple):
    place: int
    country: str | None
    west: float
    south: float
    east: float
    north: float


class Areas:
    """Answers point-in-country questions and hands out polygons."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._boxes: list[_Box] | None = None
        self._geometry = lru_cache(maxsize=256)(self._load_geometry)

    def geojson(self, place: int) -> GeoJSON | None:
        """Return the polygon of a place as GeoJSON, None if it has none."""
        row = self._db.execute("SELECT geojson FROM shape WHERE place=?", (place,)).fetchone()
        if row is None:
            return None
        geometry: GeoJSON = json.loads(zlib.decompress(row[0]))
        return geometry

    def country_at(self, lat: float, lon: float) -> str | None:
        """Return the country code at a point; None at sea, on disputed land, off the globe."""
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            return None
        import shapely

        point = shapely.Point(lon, lat)
        near = []
        for box in self._around(lat, lon):
            geometry = self._geometry(box.place)
            if geometry.intersects(point):
                return box.country
            near.append((float(geometry.distance(point)), box.country or ""))
        distance, country = min(near, default=(360.0, ""))
        return (country or None) if distance <= COAST_TOLERANCE_DEG else None

    def _around(self, lat: float, lon: float) -> list[_Box]:
        if self._boxes is None:
            rows = self._db.execute(
                "SELECT place, country, west, south, east, north FROM shape"
                " WHERE is_country ORDER BY place"
            )
            self._boxes = [_Box(*row) for row in rows]
        margin = COAST_TOLERANCE_DEG
        return [
            b
            for b in self._boxes
            if b.west - margin <= lon <= b.east + margin
            and b.south - margin <= lat <= b.north + margin
        ]

    def _load_geometry(self, place: int) -> Any:
        import shapely

        geometry = shapely.geometry.shape(self.geojson(place))
        shapely.prepare(geometry)
        return geometry
