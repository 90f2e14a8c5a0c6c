"""GeoNames regions (class L), admin points and alternate names from a packaged excerpt."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from geomap.gazetteer.build.draft import Draft, Entry, settlement_importance, settlement_radius_km
from geomap.gazetteer.build.sources import Cache, load_plain_pickle

_PICKLE = "/data/geonames_6b64aaafc53116f.pkl"

_CODES = {
    "region": ("L", "RGN"),
    "continent": ("L", "CONT"),
    "admin1": ("A", "ADM1"),
    "admin2": ("A", "ADM2"),
    "admin3": ("A", "ADM3"),
    "admin4": ("A", "ADM4"),
    "admin5": ("A", "ADM5"),
    "admin_other": ("A", "ADMD"),
    "country": ("A", "PCL"),
    "city": ("P", "PPL"),
    "place": ("P", "PPL"),
}
_REGION_RADIUS_KM = {"L": 100.0, "A": 20.0}
_REGION_IMPORTANCE = {"RGN": 0.4, "CONT": 0.9}


class RegionRow(NamedTuple):
    """One name of one place; ``official`` is the place's main name."""

    name: str
    official: str
    country: str | None
    lon: float
    lat: float
    geonameid: int
    kind: str
    population: int


@lru_cache(maxsize=1)
def read_regions(cache: Cache) -> tuple[RegionRow, ...]:
    """Return all rows of the excerpt, in its own order."""
    rows = load_plain_pickle(cache.zip_member("regions", _PICKLE))
    return tuple(_parse(rows))


def _parse(rows: list[list[object]]) -> Iterator[RegionRow]:
    for name, official, country, lon, lat, geonameid, kind, population in rows:
        yield RegionRow(
            _clean(name),
            _clean(official),
            country if isinstance(country, str) else None,
            float(str(lon)),
            float(str(lat)),
            int(str(geonameid)),
            str(kind),
            int(float(str(population or 0))),
        )


def _clean(text: object) -> str:
    """Drop the lone surrogates that the excerpt contains."""
    return str(text).encode("utf-8", "ignore").decode()


def add_regions(draft: Draft, cache: Cache) -> None:
    """Add what the other sources lack, and every further name of what they have."""
    for row in read_regions(cache):
        if row.geonameid not in draft.entries:
            draft.add(_entry(row))
        draft.name(row.geonameid, row.name)


def _entry(row: RegionRow) -> Entry:
    feature_class, code = _CODES[row.kind]
    settled = feature_class == "P"
    return Entry(
        id=row.geonameid,
        name=row.official,
        lat=row.lat,
        lon=row.lon,
        feature_class=feature_class,
        feature_code=code,
        country=row.country,
        population=row.population,
        radius_km=settlement_radius_km(row.population)
        if settled
        else _REGION_RADIUS_KM[feature_class],
        geonameid=row.geonameid,
        source="regions",
        importance=settlement_importance(row.population, code)
        if settled
        else _REGION_IMPORTANCE.get(code, 0.2),
    )
