"""Disputed areas: who holds them, who claims them, and where they lie."""

from __future__ import annotations

import json
import sqlite3
import zlib
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from geomap.errors import GazetteerError
from geomap.models import GeoJSON

BORDER_DEG = 0.02
"""So near to a simplified border (2 km) a source knows better on which side a place lies."""

_COLUMNS = """
    SELECT name_de, name_en, lat, lon, country, controlled_by, claimed_by, note, geojson
    FROM disputed ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class DisputedArea:
    """An area more than one side claims, or none.

    ``country`` is the ISO 3166-1 alpha-2 code to which geomap counts it throughout, None: to no
    country. ``controlled_by`` and ``claimed_by`` are such codes, names of states that are not
    generally recognised, or "UN"; ``geometry`` is the polygon, where it was drawn by hand right
    to some 20 km.
    """

    name_de: str
    name_en: str
    lat: float
    lon: float
    country: str | None
    controlled_by: tuple[str, ...]
    claimed_by: tuple[str, ...]
    note: str
    geometry: GeoJSON

    @property
    def parties(self) -> frozenset[str]:
        """All that hold or claim the area."""
        return frozenset((*self.controlled_by, *self.claimed_by))


class DisputedAreas:
    """The table of disputed areas, read from a gazetteer file as needed."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    @cached_property
    def all(self) -> tuple[DisputedArea, ...]:
        """All of them. Raises GazetteerError if the file was made before there was such a table."""
        try:
            rows = self._db.execute(_COLUMNS).fetchall()
        except sqlite3.OperationalError as error:
            message = "the gazetteer in use has no disputed areas: update or delete it"
            raise GazetteerError(message) from error
        return tuple(_to_area(*row) for row in rows)

    def at(self, lat: float, lon: float) -> tuple[DisputedArea, ...]:
        """Return those at a point, the smallest first."""
        return tuple(self.all[i] for i in self._found(lon, lat))

    def near(self, lat: float, lon: float, margin_deg: float) -> tuple[DisputedArea, ...]:
        """Return those that come so near to a point, the nearest first."""
        import shapely

        point = shapely.Point(lon, lat)
        found = map(int, self._tree.query(point, predicate="dwithin", distance=margin_deg))
        distances = {i: float(shapely.distance(self._tree.geometries[i], point)) for i in found}
        return tuple(self.all[i] for i in sorted(distances, key=lambda i: (distances[i], i)))

    def claim(self, lat: float, lon: float, country: str) -> DisputedArea | None:
        """Return the area that takes a place from the country its source gives it; None if none.

        That is one which the source's country is a party to, but which counts to another, when
        the place lies well inside.
        """
        if country not in self._parties:
            return None
        for index in self._found(lon, lat):
            area = self.all[index]
            if area.country and area.country != country and country in area.parties:
                return area if self._is_well_inside(index, lat, lon) else None
        return None

    def _is_well_inside(self, index: int, lat: float, lon: float) -> bool:
        import shapely

        border = self._tree.geometries[index].boundary
        return bool(shapely.distance(border, shapely.Point(lon, lat)) >= BORDER_DEG)

    @cached_property
    def _parties(self) -> frozenset[str]:
        return frozenset(party for area in self.all for party in area.parties)

    def _found(self, lon: float, lat: float) -> list[int]:
        import shapely

        found = self._tree.query(shapely.Point(lon, lat), predicate="intersects")
        return sorted(map(int, found), key=lambda i: float(self._tree.geometries[i].area))

    @cached_property
    def _tree(self) -> Any:
        import shapely

        return shapely.STRtree([shapely.geometry.shape(area.geometry) for area in self.all])


def _to_area(*row: Any) -> DisputedArea:
    name_de, name_en, lat, lon, country, controlled_by, claimed_by, note, packed = row
    return DisputedArea(
        *(name_de, name_en, lat, lon, country),
        controlled_by=tuple(filter(None, controlled_by.split("|"))),
        claimed_by=tuple(filter(None, claimed_by.split("|"))),
        note=note,
        geometry=json.loads(zlib.decompress(packed)),
    )
