"""How an event lies to the place that names it, and the point and area that follow from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from geomap.events.boundaries import Boundary, boundaries_around
from geomap.events.geometry import Area, band, geod, sector, sector_of, strip, waters_off
from geomap.events.relation_cues import (
    AND,
    BETWEEN,
    DISTANCE,
    FEW,
    FROM_AFTER,
    FROM_DIRECTION,
    INSIDE,
    NEAR,
    OFF_COAST,
    OFFSET,
    OUTSIDE,
    ROAD_FROM,
    ROAD_TO,
    TOWARDS,
    find_bearing,
    read_bearing,
    read_km,
    unit_km,
)
from geomap.models import Article, GeoJSON, Place, PlaceIndex, Relation, Resolution

_NEAR_MAX_KM = 25.0
_NEAR_MIN_KM = 5.0
_FEW_KM = 10.0
# "rund 20 Kilometer" is rounded to the next 5, a compass word covers 45 degrees.
_HALF_STEP_KM = 5.0
_HALF_SECTOR_SINE = 0.383

_BORDER_KM = 20.0
"""Half the width of the strip that "an der Grenze" and "an der Küste" stand for."""

_OFFSHORE_KM = 50.0
"""How far out "vor der Küste" reaches: the territorial sea (22 km) and as much again."""

_AFTER_REACH = 40
_REACH = 90
_SENTENCE_REACH = 600
_SHORT = 3
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÄÖÜ])|\n")
_AREAS = ("country", "admin1")
_AT_SEA = 7
"""UCDP's ``where_prec`` of what happens at sea."""

_POINTS = ("city", "landmark", "admin2")


@dataclass(frozen=True, slots=True)
class Location:
    """Where to draw an event: representative point, area where it is one, how exact."""

    lat: float
    lon: float
    where_prec: int | None
    uncertainty_km: float | None
    geometry: GeoJSON | None = None
    relation: Relation | None = None


@dataclass(frozen=True, slots=True)
class _Named:
    """A name in its sentence: what stands left of it in its line and sentence, and right of it."""

    article: Article
    position: int
    resolutions: Sequence[Resolution]
    place: Place
    base: Location
    left: str
    sentence_left: str


class Locator:
    """Locates events; ``index`` gives polygons, borders and coasts. Areas are made once each."""

    def __init__(self, index: PlaceIndex) -> None:
        self._index = index
        self._area = lru_cache(maxsize=64)(index.area)
        self._part = lru_cache(maxsize=64)(self._make_part)
        self._border_strip = lru_cache(maxsize=64)(self._make_border_strip)
        self._coast_strip = lru_cache(maxsize=64)(self._make_coast_strip)

    def locate(
        self, article: Article, position: int, resolutions: Sequence[Resolution]
    ) -> Location:
        """Return where the event told at toponym ``position`` lies; its place must be resolved."""
        resolution = resolutions[position]
        place = resolution.place
        if place is None:
            raise ValueError("an event needs a resolved place")
        base = Location(place.lat, place.lon, resolution.where_prec, resolution.uncertainty_km)
        left, sentence_left = _left_of(article.text, resolution)
        named = _Named(article, position, resolutions, place, base, left, sentence_left)
        if place.kind in _AREAS or base.where_prec == _AT_SEA:
            found = self._at_boundary(named) or self._in_part(named)
            if found is not None:
                return found
            named = replace(named, base=replace(base, geometry=self._area(place)))
        elif place.kind == "region":
            named = replace(named, base=replace(base, geometry=self._compass_part(place)))
        if found := self._off_town(named):
            return found
        for relate in (_offset, _distant, _between, _inside, _outside, _near, _approach):
            location = relate(named)
            if location is not None:
                return location
        return named.base

    def _at_boundary(self, named: _Named) -> Location | None:
        """Read "an der Grenze zu", "vor der Küste": a strip along what two countries share."""
        toponym = named.resolutions[named.position].toponym
        for found in boundaries_around(
            named.article, toponym.start, named.resolutions, self._index
        ):
            area = (
                self._border(found, named) if found.kind == "border" else self._coast(found, named)
            )
            if area is not None:
                relation = Relation(found.kind, other_start=found.other_start(named.position))
                at_sea = found.kind == "coast" and found.offshore
                prec = _AT_SEA if at_sea else 5
                return Location(area.lat, area.lon, prec, area.reach_km, area.geometry, relation)
        return None

    def _off_town(self, named: _Named) -> Location | None:
        """Read "vor der Küste von Odessa": the sea around a town, of which its country has a coast."""
        place = named.place
        country = self._index.country(place.country) if place.country else None
        if country is None or place.kind != "city":
            return None
        if not OFF_COAST[named.article.lang].search(named.left):
            return None
        coast, land = self._index.coast(country), self._index.area(country)
        if coast is None or land is None:
            return None
        area = waters_off(place.lat, place.lon, _NEAR_MAX_KM, coast, land)
        if area is None:
            return None
        relation = Relation("coast")
        return Location(area.lat, area.lon, _AT_SEA, area.reach_km, area.geometry, relation)

    def _border(self, found: Boundary, named: _Named) -> Area | None:
        other = found.other_than(named.place)
        if found.is_about(named.place):
            return self._border_strip(named.place, other or self._neighbour(named))
        return self._border_strip(named.place, other) if len(found.places) == 1 else None

    def _coast(self, found: Boundary, named: _Named) -> Area | None:
        own = found.is_about(named.place)
        return self._coast_strip(named.place, found.offshore) if own else None

    def _neighbour(self, named: _Named) -> Place | None:
        """Return the country beyond the border of the one named, if the text lets one guess it.

        That is a neighbour whose army or people the sentence speaks of, else the one in which most
        places of the article lie. Without one, "the Turkish border" is any border of Turkey.
        """
        places = [r.place.country for r in named.resolutions if r.place and r.place.country]
        often = sorted(set(places), key=lambda code: (-places.count(code), code))
        for code in (*self._peoples(named), *often):
            country = self._index.country(code)
            if country is not None and self._index.border(named.place, country) is not None:
                return country
        return None

    def _peoples(self, named: _Named) -> Iterator[str]:
        end = named.resolutions[named.position].toponym.end
        after = _SENTENCE_END.split(named.article.text[end : end + _SENTENCE_REACH])[0]
        for word in _WORD.findall(f"{named.sentence_left} {after}"):
            code = self._index.demonym(word) if len(word) > _SHORT else None
            if code is not None:
                yield code

    def _in_part(self, named: _Named) -> Location | None:
        """Read "in northern Syria": the country's area in that direction from its point."""
        lang = named.article.lang
        bearing = find_bearing(INSIDE[lang], lang, named.left)
        area = None if bearing is None else self._part(named.place, bearing)
        if area is None:
            return None
        prec = {6: 5}.get(named.base.where_prec or 0, named.base.where_prec)
        relation = Relation("sector", bearing=bearing)
        return Location(area.lat, area.lon, prec, area.reach_km, area.geometry, relation)

    def _make_part(self, place: Place, bearing: float) -> Area | None:
        area = self._area(place)
        return None if area is None else sector_of(area, place.lat, place.lon, bearing)

    def _compass_part(self, place: Place) -> GeoJSON | None:
        """Return the area of a part of a country that has a name of its own ("Nordsyrien")."""
        country = self._index.country(place.country) if place.country else None
        if country is None or not place.name.endswith(f" {country.name}"):
            return None
        bearing = read_bearing(place.name.removesuffix(country.name).strip().lower(), "en")
        area = None if bearing is None else self._part(country, bearing)
        return area.geometry if area else None

    def _make_border_strip(self, place: Place, other: Place | None) -> Area | None:
        line = self._index.border(place, other)
        return None if line is None else strip(line, _BORDER_KM)

    def _make_coast_strip(self, place: Place, offshore: bool) -> Area | None:
        line = self._index.coast(place)
        if line is None:
            return None
        if offshore:
            return strip(line, _OFFSHORE_KM, without=self._area(place))
        return strip(line, _BORDER_KM)


def _left_of(text: str, resolution: Resolution) -> tuple[str, str]:
    start = resolution.toponym.start
    begin = max(0, start - _SENTENCE_REACH)
    line = text[max(begin, text.rfind("\n", begin, start) + 1) : start]
    sentence = _SENTENCE_END.split(line)[-1]
    return line[-_REACH:], sentence


def _offset(named: _Named) -> Location | None:
    lang, base = named.article.lang, named.base
    match = OFFSET[lang].search(named.left)
    bearing = read_bearing(match["dir"], lang) if match else None
    if match is None or bearing is None:
        return None
    distance = read_km(match)
    lon, lat, _ = geod().fwd(base.lon, base.lat, bearing, distance * 1000)
    reach = distance + _HALF_STEP_KM
    return replace(
        base,
        lat=lat,
        lon=lon,
        geometry=None,
        where_prec=2 if distance <= _NEAR_MAX_KM else 5,
        uncertainty_km=round(max(_HALF_STEP_KM, reach * _HALF_SECTOR_SINE), 1),
        relation=Relation("offset", bearing=bearing, distance_km=distance),
    )


def _distant(named: _Named) -> Location | None:
    """Read "wenige Kilometer vor", "20 km from": so far from the place, wherever to."""
    lang = named.article.lang
    if named.base.where_prec != 1:
        return None
    if few := FEW[lang].search(named.left):
        reach = round(_FEW_KM * unit_km(few), 1)
        return replace(named.base, where_prec=2, uncertainty_km=reach, relation=Relation("near"))
    match = DISTANCE[lang].search(named.left)
    if match is None:
        return None
    distance = read_km(match)
    return replace(
        named.base,
        where_prec=2 if distance <= _NEAR_MAX_KM else 5,
        uncertainty_km=round(distance + _HALF_STEP_KM, 1),
        relation=Relation("near", distance_km=distance),
    )


def _between(named: _Named) -> Location | None:
    lang, position = named.article.lang, named.position
    opens = [
        joint
        for opening, joint in ((BETWEEN, AND), (ROAD_FROM, ROAD_TO))
        if opening[lang].search(named.left)
    ]
    if not opens or position + 1 >= len(named.resolutions):
        return None
    here, there = named.resolutions[position], named.resolutions[position + 1]
    between = named.article.text[here.toponym.end : there.toponym.start]
    other = there.place
    if other is None or not any(joint[lang].match(between) for joint in opens):
        return None
    if named.place.kind not in _POINTS or other.kind not in _POINTS or other.id == named.place.id:
        return None
    area = band(named.base.lat, named.base.lon, other.lat, other.lon)
    relation = Relation("between", other_start=there.toponym.start)
    return Location(area.lat, area.lon, 5, area.reach_km, area.geometry, relation)


def _outside(named: _Named) -> Location | None:
    """Read "südlich von": from the place's edge on, the point stays at the place."""
    lang, base = named.article.lang, named.base
    bearing = find_bearing(OUTSIDE[lang], lang, named.left)
    if bearing is None:
        return None
    relation = Relation("offset", bearing=bearing)
    if base.where_prec != 1:
        return replace(base, relation=relation)
    radius = _radius_km(base)
    outer = round(radius + _NEAR_MAX_KM, 1)
    area = sector(base.lat, base.lon, bearing, radius, outer)
    return replace(base, where_prec=2, uncertainty_km=outer, geometry=area, relation=relation)


def _inside(named: _Named) -> Location | None:
    """Read "im Süden von" a town: the point stays at the town."""
    lang, base = named.article.lang, named.base
    bearing = find_bearing(INSIDE[lang], lang, named.left)
    if bearing is None:
        return None
    relation = Relation("sector", bearing=bearing)
    if base.where_prec != 1:
        return replace(base, relation=relation)
    area = sector(base.lat, base.lon, bearing, 0.0, _radius_km(base))
    return replace(base, where_prec=2, geometry=area, relation=relation)


def _near(named: _Named) -> Location | None:
    near = NEAR[named.article.lang].search(named.left)
    return _beside(named.base, Relation("near")) if near else None


def _approach(named: _Named) -> Location | None:
    """Read "von Norden auf X zu": the attackers' heading is the way they face, 180° from it.

    Where they stand nobody says, so the event lies at the place they head for.
    """
    lang = named.article.lang
    end = named.resolutions[named.position].toponym.end
    after = named.article.text[end:][:_AFTER_REACH]
    if not TOWARDS[lang].search(named.left):
        return None
    matches = (*FROM_DIRECTION[lang].finditer(named.sentence_left), FROM_AFTER[lang].match(after))
    bearings = (read_bearing(match["dir"], lang) for match in matches if match)
    bearing = next((found for found in bearings if found is not None), None)
    if bearing is None:
        return None
    relation = Relation("approach", bearing=bearing, heading_deg=(bearing + 180) % 360)
    return _beside(named.base, relation)


def _radius_km(base: Location) -> float:
    return base.uncertainty_km or _NEAR_MIN_KM


def _beside(base: Location, relation: Relation) -> Location:
    """Near an exact place means within some kilometres of it; near an area stays the area."""
    if base.where_prec != 1:
        return replace(base, relation=relation)
    reach = round(min(_NEAR_MAX_KM, max(_NEAR_MIN_KM, 3 * _radius_km(base))), 1)
    return replace(base, where_prec=2, uncertainty_km=reach, relation=relation)
