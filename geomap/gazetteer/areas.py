"""Polygons of countries and first-order divisions, read from the gazetteer as needed."""

from __future__ import annotations

import json
import sqlite3
import zlib
from functools import cached_property, lru_cache
from typing import Any

from geomap.models import GeoJSON

COAST_TOLERANCE_DEG = 0.03
"""Simplified coasts cut off harbours: a point this near to land (3 km) counts as on it."""

_TILES = """
    SELECT place, country, west, south, east, north FROM shape WHERE is_country ORDER BY place
"""


class Areas:
    """Answers point-in-polygon questions and hands out polygons.

    Boxes of all countries stand in an STR tree (Leutenegger et al. 1997); a country's polygon is
    unpacked and prepared when a point first falls into its box.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._geometry = lru_cache(maxsize=256)(self._load_geometry)

    def geojson(self, place: int) -> GeoJSON | None:
        """Return the polygon of a place as GeoJSON, None if it has none."""
        row = self._db.execute("SELECT geojson FROM shape WHERE place=?", (place,)).fetchone()
        if row is None:
            return None
        geometry: GeoJSON = json.loads(zlib.decompress(row[0]))
        return geometry

    def contains(self, place: int, lat: float, lon: float) -> bool | None:
        """Tell whether a place's polygon, its border included, holds a point; None without one."""
        import shapely

        geometry = self._geometry(place)
        return None if geometry is None else bool(shapely.intersects_xy(geometry, lon, lat))

    def country_at(self, lat: float, lon: float) -> str | None:
        """Return the country code at a point; see ``Gazetteer.country_at``."""
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            return None
        import shapely

        margin = COAST_TOLERANCE_DEG
        near = self._land_near(lat, lon, margin)
        for country, geometry in near:
            if shapely.intersects_xy(geometry, lon, lat):
                return country
        point = shapely.Point(lon, lat)
        # Distances to large polygons are slow: asked for only where one is known to be short.
        coasts = [
            (float(shapely.distance(geometry, point)), country or "")
            for country, geometry in near
            if shapely.dwithin(geometry, point, margin)
        ]
        return min(coasts, default=(0.0, ""))[1] or None

    def is_land(self, lat: float, lon: float) -> bool:
        """Tell whether a polygon of land holds a point, without tolerance at coasts."""
        import shapely

        near = self._land_near(lat, lon, 0.0)
        return any(shapely.intersects_xy(geometry, lon, lat) for _, geometry in near)

    def land_in(self, boxes: Any) -> list[Any]:
        """Return the polygons of the land whose box touches one of some boxes."""
        places, _, tree = self._tiles
        return [self._geometry(places[i]) for i in sorted({int(i) for i in tree.query(boxes)[1]})]

    def of_no_country(self) -> list[Any]:
        """Return the polygons of land that counts to no country."""
        places, countries, _ = self._tiles
        return [
            self._geometry(place)
            for place, country in zip(places, countries, strict=True)
            if country is None
        ]

    def _land_near(self, lat: float, lon: float, margin: float) -> list[tuple[str | None, Any]]:
        """Return country code and polygon of the land whose box comes so near to a point."""
        import shapely

        around = shapely.box(lon - margin, lat - margin, lon + margin, lat + margin)
        places, countries, tree = self._tiles
        tiles = sorted(map(int, tree.query(around)))
        return [(countries[i], self._geometry(places[i])) for i in tiles]

    @cached_property
    def _tiles(self) -> tuple[list[int], list[str | None], Any]:
        """Places and codes of the polygons that tile the land, and the tree of their boxes."""
        import shapely

        rows = self._db.execute(_TILES).fetchall()
        boxes = shapely.box(*zip(*(row[2:] for row in rows), strict=True)) if rows else []
        return [row[0] for row in rows], [row[1] for row in rows], shapely.STRtree(boxes)

    def _load_geometry(self, place: int) -> Any:
        import shapely

        geojson = self.geojson(place)
        if geojson is None:
            return None
        geometry = shapely.geometry.shape(geojson)
        shapely.prepare(geometry)
        return geometry
