"""A gazetteer of a dozen places, for tests that need the protocol and not the data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from geomap.models import Candidate, GeoJSON, MatchKind, Place


def place(
    identifier: int,
    name: str,
    lat: float,
    lon: float,
    code: str = "P/PPL",
    country: str | None = None,
    *,
    admin1: str | None = None,
    importance: float = 0.3,
    radius_km: float = 5.0,
) -> Place:
    """Return a place; ``code`` is GeoNames' class and code."""
    feature_class, feature_code = code.split("/")
    return Place(
        id=identifier,
        name=name,
        lat=lat,
        lon=lon,
        feature_class=feature_class,
        feature_code=feature_code,
        country=country,
        admin1=admin1,
        importance=importance,
        radius_km=radius_km,
        geonameid=identifier,
    )


SQUARE: GeoJSON = {
    "type": "Polygon",
    "coordinates": [[[36.0, 33.0], [39.0, 33.0], [39.0, 36.0], [36.0, 36.0], [36.0, 33.0]]],
}
BORDER: GeoJSON = {"type": "LineString", "coordinates": [[36.0, 36.0], [39.0, 36.0]]}
COAST: GeoJSON = {"type": "LineString", "coordinates": [[36.0, 33.0], [36.0, 36.0]]}


@dataclass
class FakeIndex:
    """Implements ``PlaceIndex`` over a dictionary of names."""

    names: dict[str, list[Place]] = field(default_factory=dict)
    match_kind: MatchKind = "exact"
    version: str = "fake 1"
    demonyms: dict[str, str] = field(default_factory=dict)

    def add(self, *places: Place, names: Sequence[str] = ()) -> FakeIndex:
        for item in places:
            for name in names or (item.name,):
                self.names.setdefault(name, []).append(item)
        return self

    def lookup(self, name: str, lang: str | None = None) -> list[Candidate]:
        found = [Candidate(p, name, self.match_kind) for p in self.names.get(name, [])]
        return sorted(found, key=lambda c: -c.place.importance)

    def knows(self, name: str) -> bool:
        return name in self.names

    def _all(self) -> list[Place]:
        return [p for places in self.names.values() for p in places]

    def country(self, code: str) -> Place | None:
        return next((p for p in self._all() if p.kind == "country" and p.country == code), None)

    def capital(self, code: str) -> Place | None:
        return next(
            (p for p in self._all() if p.feature_code == "PPLC" and p.country == code), None
        )

    def demonym(self, word: str) -> str | None:
        return self.demonyms.get(word)

    def area(self, place: Place) -> GeoJSON | None:
        return SQUARE if place.kind in ("country", "admin1", "water") else None

    def border(self, place: Place, other: Place | None = None) -> GeoJSON | None:
        return BORDER if other is None or place.id != other.id else None

    def coast(self, place: Place) -> GeoJSON | None:
        return COAST

    def country_at(self, lat: float, lon: float) -> str | None:
        return None


def make_world() -> FakeIndex:
    """Return the places that the sentences of the tests name."""
    index = FakeIndex(demonyms={"syrische": "SY", "syrischen": "SY", "libyschen": "LY"})
    index.add(
        place(1, "Syrien", 35.0, 38.0, "A/PCLI", "SY", importance=0.8, radius_km=300),
        place(2, "Damaskus", 33.51, 36.29, "P/PPLC", "SY", importance=0.8, radius_km=10),
        place(3, "Homs", 34.73, 36.72, "P/PPLA", "SY", admin1="Homs Governorate", importance=0.6),
        place(4, "Idlib", 35.93, 36.63, "P/PPLA", "SY", admin1="Idlib Governorate", importance=0.5),
        place(5, "Rakka", 35.95, 39.01, "P/PPLA", "SY", importance=0.5),
        place(6, "Deir al-Sor", 35.33, 40.14, "P/PPLA", "SY", importance=0.5),
        place(7, "Mossul", 36.34, 43.13, "P/PPLA", "IQ", importance=0.6),
        place(8, "Aleppo", 36.2, 37.16, "P/PPLA", "SY", importance=0.6),
        place(9, "Moskau", 55.75, 37.62, "P/PPLC", "RU", importance=0.9, radius_km=15),
        place(10, "Washington", 38.9, -77.04, "P/PPLC", "US", importance=0.9, radius_km=10),
        place(11, "Teheran", 35.69, 51.42, "P/PPLC", "IR", importance=0.9),
        place(12, "USA", 39.8, -98.5, "A/PCLI", "US", importance=1.0, radius_km=2000),
        place(13, "Russland", 60.0, 100.0, "A/PCLI", "RU", importance=1.0, radius_km=3000),
        place(14, "Tschetschenien", 43.4, 45.7, "A/ADM1", "RU", importance=0.5, radius_km=70),
        place(15, "Kreml", 55.75, 37.62, "S/GOVL", "RU", importance=0.7, radius_km=1),
        place(16, "Ankara", 39.92, 32.85, "P/PPLC", "TR", importance=0.8),
        place(17, "BEIRUT", 33.89, 35.5, "P/PPLC", "LB", importance=0.8),
        place(18, "Katar", 25.5, 51.25, "A/PCLI", "QA", importance=0.7, radius_km=60),
        place(19, "Saudi-Arabien", 25.0, 45.0, "A/PCLI", "SA", importance=0.8, radius_km=900),
        place(20, "Masar-i-Scharif", 36.71, 67.11, "P/PPLA", "AF", importance=0.5),
        place(21, "Palmyra", 34.56, 38.28, "P/PPLA2", "SY", importance=0.4),
        place(22, "Latakia", 35.53, 35.79, "P/PPLA", "SY", importance=0.5),
        place(23, "London", 51.51, -0.13, "P/PPLC", "GB", importance=0.9),
        place(24, "Madrid", 40.42, -3.7, "P/PPLC", "ES", importance=0.9),
        place(25, "Birmingham", 52.48, -1.9, "P/PPLA2", "GB", importance=0.6),
        place(26, "Gaza", 31.5, 34.47, "P/PPLA", "PS", importance=0.6),
        place(27, "Ashkelon", 31.67, 34.57, "P/PPL", "IL", importance=0.4),
        place(28, "Aden", 12.78, 45.04, "P/PPLA", "YE", importance=0.5),
        place(29, "Riyadh", 24.69, 46.72, "P/PPLC", "SA", importance=0.8),
        place(30, "Geneva", 46.2, 6.15, "P/PPLA", "CH", importance=0.6),
        place(31, "Köln", 50.94, 6.96, "P/PPLA2", "DE", importance=0.6),
        place(
            32,
            "Provinz Idlib",
            35.8,
            36.7,
            "A/ADM1",
            "SY",
            admin1="Idlib Governorate",
            radius_km=50,
        ),
    )
    return index
