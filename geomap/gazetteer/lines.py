"""Where countries and their divisions meet each other and the sea, read off their polygons."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from geomap.gazetteer.areas import Areas
from geomap.models import GeoJSON, Place

MEETING_DEG = 0.02
"""Polygons so near (2 km) meet: countries are simplified together, divisions and what is drawn by
hand are not."""

_AROUND_DEG = 0.1
_LEAST_DEG = 0.05
# Polygons are cut at the antimeridian, where no land ends.
_SEAMS = ((179.99, -90.0, 180.0, 90.0), (-180.0, -90.0, -179.99, 90.0))


class Lines:
    """Finds borders and coasts, once each.

    ``area`` gives the polygon of a place in the worldview in use, ``country`` that of a code.
    """

    def __init__(
        self,
        areas: Areas,
        area: Callable[[Place], GeoJSON | None],
        country: Callable[[str], Place | None],
    ) -> None:
        self._areas, self._area, self._country = areas, area, country
        self._shape = lru_cache(maxsize=64)(self._load_shape)
        self.border = lru_cache(maxsize=64)(self._border)
        self.coast = lru_cache(maxsize=64)(self._coast)

    def _border(self, place: Place, other: Place | None) -> GeoJSON | None:
        """Return the line at which two places meet; without ``other`` all that a place has on land.

        Where only land of no country lies between two, its outline is their border.
        """
        one = self._shape(place)
        if one is None:
            return None
        if other is None:
            return _as_geojson(_along(one, self._land_around(one)))
        two = self._shape(other)
        if two is None or _lies_in(place, other) or _lies_in(other, place):
            return None
        return _as_geojson(_along(one, two)) or _as_geojson(self._gap(one, two))

    def _coast(self, place: Place) -> GeoJSON | None:
        """Return where a place meets the sea, None if it is landlocked."""
        import shapely

        one = self._shape(place)
        if one is None:
            return None
        if place.kind != "country":
            country = self._country(place.country) if place.country else None
            line = self.coast(country) if country and country != place else None
            within = one.buffer(MEETING_DEG)
            return _as_geojson(shapely.geometry.shape(line).intersection(within)) if line else None
        line = one.boundary.difference(self._land_around(one).buffer(MEETING_DEG))
        return _as_geojson(line.difference(shapely.union_all([shapely.box(*s) for s in _SEAMS])))

    def _gap(self, one: Any, two: Any) -> Any:
        import shapely

        gaps = [
            part.boundary
            for land in self._areas.of_no_country()
            for part in shapely.get_parts(land)
            if shapely.dwithin(part, one, MEETING_DEG) and shapely.dwithin(part, two, MEETING_DEG)
        ]
        return shapely.union_all(gaps)

    def _land_around(self, one: Any) -> Any:
        """Return the land around a polygon, whosoever it is.

        As shipped: what a worldview takes from a country and gives to none is land all the same.
        """
        import shapely

        envelopes = shapely.buffer(shapely.envelope(shapely.get_parts(one)), _AROUND_DEG)
        boxes = shapely.envelope(envelopes)
        around = shapely.union_all(boxes)
        land = [around.intersection(polygon) for polygon in self._areas.land_in(boxes)]
        return shapely.union_all(land).difference(one)

    def _load_shape(self, place: Place) -> Any:
        import shapely

        geojson = self._area(place)
        return None if geojson is None else shapely.geometry.shape(geojson)


def _lies_in(place: Place, whole: Place) -> bool:
    return place.id == whole.id or (whole.kind == "country" and place.country == whole.country)


def _along(one: Any, two: Any) -> Any:
    """Return what of one polygon's outline lies along another."""
    import shapely

    west, south, east, north = one.bounds
    margin = 2 * MEETING_DEG
    near = shapely.clip_by_rect(two, west - margin, south - margin, east + margin, north + margin)
    return one.boundary.intersection(near.buffer(MEETING_DEG))


def _as_geojson(line: Any) -> GeoJSON | None:
    """Return a line in as few parts as can be; None where polygons touch at a corner, if at all."""
    import shapely

    merged = shapely.line_merge(shapely.union_all(_lines_of(line)))
    if merged.length < _LEAST_DEG:
        return None
    geojson: GeoJSON = shapely.geometry.mapping(merged)
    return geojson


def _lines_of(line: Any) -> Iterable[Any]:
    import shapely

    return [part for part in shapely.get_parts(line) if shapely.get_dimensions(part) == 1]
