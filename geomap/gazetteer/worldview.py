"""Which country disputed land counts to: as the United Nations have it, or as it is held."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from geomap.gazetteer.areas import COAST_TOLERANCE_DEG, Areas
from geomap.gazetteer.disputed import DisputedArea, DisputedAreas
from geomap.models import Candidate, GeoJSON, Place

_CODE = re.compile(r"[A-Z]{2}")
_PEACEKEEPERS = "UN"


def holder(area: DisputedArea) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of the state that holds an area.

    None where the first side that holds it is a state that others do not recognise; where several
    states hold parts of it, the country it counts to anyway.
    """
    sides = [side for side in area.controlled_by if side != _PEACEKEEPERS]
    if not sides or (_CODE.fullmatch(sides[0]) and len(sides) > 1):
        return area.country
    return sides[0] if _CODE.fullmatch(sides[0]) else None


class HeldLand:
    """The worldview ``de-facto``: moves what lies in disputed areas to the states that hold them.

    Between areas within each other the smallest decides; off a simplified coast the nearest.
    """

    def __init__(self, disputed: DisputedAreas, land: Areas) -> None:
        self._disputed = disputed
        self._land = land
        self._moved = [area for area in disputed.all if holder(area) != area.country]
        self._losers = {area.country for area in self._moved}

    def country(self, lat: float, lon: float, country: str | None) -> str | None:
        """Return the country of a point that the shipped view gives to ``country``."""
        if country not in self._losers:
            return country
        areas = self._disputed.at(lat, lon)
        if not areas and not self._land.is_land(lat, lon):
            areas = self._disputed.near(lat, lon, COAST_TOLERANCE_DEG)
        area = next((area for area in areas if area.country == country), None)
        return holder(area) if area else country

    def place(self, place: Place) -> Place:
        """Return a place with the country that holds its point; countries themselves stay."""
        if place.kind == "country" or place.country not in self._losers:
            return place
        country = self.country(place.lat, place.lon, place.country)
        return place if country == place.country else replace(place, country=country)

    def candidates(self, candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
        """Return the candidates with the countries that hold their points."""
        return tuple(replace(c, place=self.place(c.place)) for c in candidates)

    def area(self, place: Place, geojson: GeoJSON) -> GeoJSON:
        """Return a country's polygon with what it holds and without what others do."""
        lost = [a for a in self._moved if a.country == place.country]
        held = [a for a in self._moved if holder(a) == place.country]
        if place.kind != "country" or place.country is None or not (lost or held):
            return geojson
        import shapely

        shape = shapely.geometry.shape(geojson)
        shape = shape.difference(_union(lost)).union(_union(held))
        result: GeoJSON = shapely.geometry.mapping(shape)
        return result


def _union(areas: Iterable[DisputedArea]) -> Any:
    import shapely

    return shapely.union_all([shapely.geometry.shape(area.geometry) for area in areas])
