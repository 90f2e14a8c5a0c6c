"""Settlements of GeoNames with 500 inhabitants or more, and all seats of divisions."""

from __future__ import annotations

from typing import Any

from geomap.gazetteer.build.divisions import read_memberships
from geomap.gazetteer.build.draft import Draft, Entry, settlement_importance, settlement_radius_km
from geomap.gazetteer.build.sources import Cache


def add_cities(draft: Draft, cache: Cache, divisions: dict[int, int]) -> None:
    """Add all settlements; ``divisions`` maps row numbers of the division table to place ids."""
    codes = _feature_codes(cache)
    homes = {m.geonameid: m.divisions for m in read_memberships(cache)}
    for record in cache.json_member("cities", "data/cities500.json").values():
        entry = _entry(record, codes.get(int(record["geonameid"]), "PPL"))
        if entry.id in draft.entries:
            continue
        _place_in_divisions(
            draft, entry, record, [divisions.get(i) for i in homes.get(entry.id, ())]
        )
        draft.add(entry)
        draft.all_names(entry.id, record["alternatenames"])


def _feature_codes(cache: Cache) -> dict[int, str]:
    _, content = next(cache.tar_members("feature-codes", lambda p: p.endswith("cities500.txt")))
    rows = (line.split("\t") for line in content.decode().splitlines())
    return {int(row[0]): row[7] for row in rows if len(row) > 7 and row[7]}


def _entry(record: dict[str, Any], code: str) -> Entry:
    population = int(record["population"])
    return Entry(
        id=int(record["geonameid"]),
        name=record["name"],
        lat=float(record["latitude"]),
        lon=float(record["longitude"]),
        feature_class="P",
        feature_code=code,
        country=record["countrycode"],
        population=population,
        radius_km=settlement_radius_km(population, capital=code == "PPLC"),
        geonameid=int(record["geonameid"]),
        source="cities",
        importance=settlement_importance(population, code),
    )


def _place_in_divisions(
    draft: Draft, entry: Entry, record: dict[str, Any], homes: list[int | None]
) -> None:
    for place in homes:
        if place is None:
            continue
        if draft.entries[place].feature_code == "ADM1":
            entry.admin1 = place
        else:
            entry.admin2 = place
    code = f"{record['countrycode']}.{record['admin1code']}"
    entry.admin1 = draft.admin1_codes.get(code, entry.admin1)
