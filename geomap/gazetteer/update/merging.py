"""Merges staged places into a copy of the gazetteer: by GeoNames number, curated rows untouched."""

from __future__ import annotations

import sqlite3
from typing import Any, NamedTuple

from geomap.gazetteer.areas import Areas
from geomap.gazetteer.disputed import DisputedAreas
from geomap.gazetteer.distances import distance_km
from geomap.gazetteer.update.report import MOVED_KM, Change, UpdateReport
from geomap.gazetteer.update.selection import importance_of, radius_km_of
from geomap.gazetteer.update.staging import batches

SOURCE = "geonames"
"""``place.source`` of what an update brings."""

_OWN_NAMES = ("cities", SOURCE)
_UNASSIGNED_SHAPE_ID = 0

_KNOWN = """
    SELECT s.id, s.name, s.lat, s.lon, s.feature_class, s.feature_code, s.population,
        d1.place, d2.place, w.wikidata, o.country, o.source,
        o.name, o.lat, o.lon, o.feature_class, o.feature_code, o.population,
        o.admin1, o.admin2, o.radius_km, o.importance, o.wikidata
    FROM stage.place s JOIN old.place o ON o.id = s.id
    LEFT JOIN stage.division d1 ON d1.code = s.code1
    LEFT JOIN stage.division d2 ON d2.code = s.code2
    LEFT JOIN stage.wikidata w ON w.place = s.id
    ORDER BY s.id
"""
_NEW = """
    SELECT s.id, s.name, s.lat, s.lon, s.feature_class, s.feature_code, s.population, s.country,
        d1.place, d2.place, w.wikidata
    FROM stage.place s LEFT JOIN old.place o ON o.id = s.id
    LEFT JOIN stage.division d1 ON d1.code = s.code1
    LEFT JOIN stage.division d2 ON d2.code = s.code2
    LEFT JOIN stage.wikidata w ON w.place = s.id
    WHERE o.id IS NULL ORDER BY s.id
"""
_UPDATE = """
    UPDATE place SET name=?, lat=?, lon=?, feature_class=?, feature_code=?, population=?,
        admin1=?, admin2=?, radius_km=?, importance=?, wikidata=? WHERE id=?
"""
_DIVISIONS = """
    SELECT id FROM old.place WHERE feature_class='A' AND feature_code IN ('ADM1','ADM2')
    UNION SELECT id FROM stage.place WHERE feature_class='A' AND feature_code IN ('ADM1','ADM2')
"""
_ORPHANS = """
    SELECT c.place, d.id, d.feature_class || '.' || d.feature_code, d.admin1, d.admin2
    FROM stage.parent c JOIN place p ON p.id = c.place JOIN place d ON d.id = c.parent
    WHERE p.admin1 IS NULL AND p.source = ? AND d.country = p.country ORDER BY c.place, c.parent
"""
_ADOPT = "UPDATE place SET admin1=?, admin2=COALESCE(admin2, ?) WHERE id=? AND admin1 IS NULL"
_GENERATIONS = 3
"""A street in a quarter of a town: so far up the hierarchy a division is looked for."""

_INSERT = "INSERT INTO place VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"


class _Place(NamedTuple):
    """The columns that an update may change."""

    name: str
    lat: float
    lon: float
    feature_class: str
    feature_code: str
    population: int
    admin1: int | None
    admin2: int | None
    radius_km: float
    importance: float
    wikidata: str | None


class Merging:
    """One merge: ``db`` is the copy, with the old file attached as ``old`` and ``stage`` filled."""

    def __init__(self, db: sqlite3.Connection, report: UpdateReport) -> None:
        self._db = db
        self._report = report
        self._fixed = {p for (p,) in db.execute("SELECT place FROM curation WHERE what='place'")}
        self._country_codes = {code for (code,) in db.execute("SELECT code FROM country")}
        self._countries = {p for (p,) in db.execute("SELECT place FROM country")}
        self._with_shape = {p for (p,) in db.execute("SELECT place FROM shape")}
        self._divisions = {p for (p,) in db.execute(_DIVISIONS)}
        self._unassigned = _unassigned_land(db)
        self._disputed = DisputedAreas(db)

    def update_places(self) -> None:
        """Bring known places up to date; names, extent and rank that people gave them stay."""
        cursor = self._db.execute(_KNOWN)
        for batch in batches(cursor):
            self._db.executemany(_UPDATE, filter(None, map(self._updated, batch)))

    def insert_places(self) -> None:
        """Insert places that the gazetteer lacked."""
        cursor = self._db.execute(_NEW)
        for batch in batches(cursor):
            self._db.executemany(_INSERT, map(self._inserted, batch))

    def adopt_places(self) -> None:
        """Give new places without a division of their own that of what they belong to."""
        for _ in range(_GENERATIONS):
            orphans = self._db.execute(_ORPHANS, (SOURCE,)).fetchall()
            homes = [(place, *_home_in(*parent)) for place, *parent in orphans]
            found = [(one, two, place) for place, one, two in homes if one not in (None, place)]
            self._db.executemany(_ADOPT, found)

    def _updated(self, row: tuple[Any, ...]) -> tuple[Any, ...] | None:
        place, name, lat, lon, feature_class, code, population, home1, home2, wikidata = row[:10]
        country, source, old = row[10], row[11], _Place(*row[12:])
        if self._is_closed(place, source) or feature_class not in (old.feature_class, ""):
            self._report.unchanged += 1
            return None
        new = old._replace(
            lat=lat, lon=lon, population=population, wikidata=wikidata or old.wikidata
        )
        if place not in self._fixed and source in _OWN_NAMES:
            new = new._replace(name=name)
        if place not in self._fixed and feature_class == "P":
            new = new._replace(
                feature_code=code,
                admin1=self._home(home1) or old.admin1,
                admin2=self._home(home2) or old.admin2,
                radius_km=radius_km_of("P", code, population),
                importance=importance_of("P", code, population),
            )
        if new == old:
            self._report.unchanged += 1
            return None
        self._report.changed += 1
        self._note_changes(place, country, old, new)
        return (*new, place)

    def _is_closed(self, place: int, source: str) -> bool:
        """Tell whether a place is no business of GeoNames: all ours, or a country."""
        return place in self._countries or (place in self._fixed and source == "curated")

    def _note_changes(self, place: int, country: str | None, old: _Place, new: _Place) -> None:
        km = distance_km(old.lat, old.lon, new.lat, new.lon)
        if km >= MOVED_KM:
            change = Change(round(km, 1), place, new.name, country, old.name)
            self._report.note("moved", km, change)
        if new.name != old.name:
            change = Change(0.0, place, new.name, country, old.name)
            self._report.note("renamed", new.population, change)

    def _inserted(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        place, name, lat, lon, feature_class, code, population, country, *rest = row
        admin1, admin2, wikidata = self._home(rest[0]), self._home(rest[1]), rest[2]
        home = country if country in self._country_codes else None
        if self._is_unassigned(lat, lon):
            home = admin1 = admin2 = None
        elif home is not None and (claim := self._disputed.claim(lat, lon, home)):
            home, admin1, admin2 = claim.country, None, None
        self._report.note("added", population, Change(0.0, place, name, home, ""))
        return (
            *(place, name, lat, lon, feature_class, code, home),
            *(admin1 if admin1 != place else None, admin2 if admin2 != place else None),
            *(population, radius_km_of(feature_class, code, population), place, wikidata, SOURCE),
            importance_of(feature_class, code, population),
        )

    def _home(self, place: int | None) -> int | None:
        return place if place in self._divisions else None

    def _is_unassigned(self, lat: float, lon: float) -> bool:
        if self._unassigned is None:
            return False
        west, south, east, north = self._unassigned.bounds
        if not (west <= lon <= east and south <= lat <= north):
            return False
        import shapely

        return bool(self._unassigned.contains(shapely.Point(lon, lat)))

    def delete_places(self, gone: list[int]) -> None:
        """Delete places, except those that people decided on, countries and what has a polygon."""
        seats = {p for (p,) in self._db.execute("SELECT capital FROM country") if p is not None}
        curated = {p for (p,) in self._db.execute("SELECT place FROM curation")}
        safe = self._countries | seats | curated | self._with_shape
        for place in gone:
            row = self._db.execute(
                "SELECT population, name, country FROM place WHERE id=?", (place,)
            ).fetchone()
            if row and place not in safe:
                change = Change(0.0, place, row[1], row[2], "")
                self._report.note("deleted", row[0], change)
                self._db.execute("INSERT OR IGNORE INTO stage.deleted VALUES(?)", (place,))
        for statement in _DELETE:
            self._db.execute(statement)


def _home_in(
    place: int, feature: str, admin1: int | None, admin2: int | None
) -> tuple[int | None, int | None]:
    """Return the divisions of what belongs to a place: the place itself if it is one."""
    if feature == "A.ADM1":
        return place, None
    return admin1, place if feature == "A.ADM2" else admin2


_DELETE = (
    "DELETE FROM place WHERE id IN (SELECT id FROM stage.deleted)",
    "DELETE FROM name WHERE place IN (SELECT id FROM stage.deleted)",
    "DELETE FROM fold WHERE place IN (SELECT id FROM stage.deleted)",
    "UPDATE place SET admin1=NULL WHERE admin1 IN (SELECT id FROM stage.deleted)",
    "UPDATE place SET admin2=NULL WHERE admin2 IN (SELECT id FROM stage.deleted)",
)


def _unassigned_land(db: sqlite3.Connection) -> Any:
    geojson = Areas(db).geojson(_UNASSIGNED_SHAPE_ID)
    if geojson is None:
        return None
    import shapely

    return shapely.geometry.shape(geojson)
