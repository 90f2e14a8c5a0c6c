"""Countries: polygons and names of Natural Earth, points of GeoNames, names of CLDR."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any

import shapely

from geomap.gazetteer.build.curated import Row
from geomap.gazetteer.build.disputed import cut_unassigned
from geomap.gazetteer.build.draft import Draft, Entry, synthetic_id
from geomap.gazetteer.build.polygons import (
    COUNTRY_TOLERANCE_DEG,
    radius_km,
    read_countries,
    simplify_together,
)
from geomap.gazetteer.build.scripts import LANGUAGES
from geomap.gazetteer.build.sources import Cache

_NAME_FIELDS = ("NAME", "NAME_LONG", "FORMAL_EN", "NAME_ALT", "ADMIN", "GEOUNIT")
_SOVEREIGNS = {"USG": "CU", "ESB": "GB", "WSB": "GB"}
"""Bases with polygons of their own: Guantánamo Bay, Dhekelia, Akrotiri."""

_NO_CODE = ("-99", "-1", "", None)


def add_countries(draft: Draft, cache: Cache, disputed: Sequence[Row]) -> Any:
    """Add every country and territory with a polygon; return the land that belongs to none."""
    facts = cache.json_member("cities", "data/countries.json")
    points = _geonames_points(cache)
    rows = list(read_countries(cache))
    pieces = cut_unassigned(disputed, {c: shape for record, shape in rows if (c := _code(record))})
    unassigned = shapely.union_all(pieces)
    land = [shape.difference(unassigned) for _, shape in rows]
    simpler = simplify_together([*land, *pieces], COUNTRY_TOLERANCE_DEG)
    for (record, _), shape in zip(rows, simpler[: len(rows)], strict=True):
        code = _code(record)
        entry = _entry(record, code, facts.get(code or "", {}), points)
        entry.radius_km = radius_km(shape)
        if code and code in draft.countries:
            continue
        draft.add(entry)
        draft.shapes[entry.id] = shape
        if code:
            draft.countries[code] = entry.id
        _add_names(draft, entry.id, record)
    _add_cldr_names(draft, cache)
    return shapely.union_all(simpler[len(rows) :])


def _code(record: dict[str, Any]) -> str | None:
    if record["ADM0_A3"] == "KOS":
        return "XK"
    for field in ("ISO_A2_EH", "ISO_A2"):
        if record[field] not in _NO_CODE and len(record[field]) == 2:
            return str(record[field])
    return None


def _entry(
    record: dict[str, Any],
    code: str | None,
    facts: dict[str, Any],
    points: dict[int, tuple[float, float]],
) -> Entry:
    geonameid = int(facts["geonameid"]) if facts else None
    population = int(facts.get("population") or record["POP_EST"] or 0)
    lat, lon = points.get(geonameid or 0, (float(record["LABEL_Y"]), float(record["LABEL_X"])))
    dependent = record["TYPE"] in ("Dependency", "Lease")
    return Entry(
        id=geonameid or synthetic_id("countries", record["ADM0_A3"]),
        name=facts.get("name") or record["NAME_LONG"],
        lat=lat,
        lon=lon,
        feature_class="A",
        feature_code=("PCLD" if dependent else "PCLI") if code else "TERR",
        country=code or _SOVEREIGNS.get(record["ADM0_A3"]),
        population=population,
        geonameid=geonameid,
        wikidata=record["WIKIDATAID"] if record["WIKIDATAID"] not in _NO_CODE else None,
        source="countries",
        importance=country_importance(population) if code else 0.4,
    )


def country_importance(population: int) -> float:
    """Return the prior of a country: 0.8 for the smallest up to 1 for a billion people."""
    return round(min(1.0, 0.8 + 0.022 * math.log10(population + 1)), 3)


def _geonames_points(cache: Cache) -> dict[int, tuple[float, float]]:
    from geomap.gazetteer.build.regions import read_regions

    return {row.geonameid: (row.lat, row.lon) for row in read_regions(cache)}


def _add_names(draft: Draft, place: int, record: dict[str, Any]) -> None:
    for lang in sorted(LANGUAGES):
        draft.name(place, record.get(f"NAME_{lang.upper()}"), lang)
    draft.all_names(place, (record.get(field) for field in _NAME_FIELDS), "en")
    draft.name(place, record.get("FORMAL_FR"), "fr")


def _add_cldr_names(draft: Draft, cache: Cache) -> None:
    endings = {f"/main/{lang}/territories.json": lang for lang in LANGUAGES}
    for path, content in cache.tar_members(
        "territories", lambda p: any(p.endswith(e) for e in endings)
    ):
        lang = next(code for ending, code in endings.items() if path.endswith(ending))
        display = json.loads(content)["main"][lang]["localeDisplayNames"]["territories"]
        for code, name in sorted(display.items()):
            place = draft.countries.get(code.split("-")[0])
            if place is not None:
                draft.name(place, name, lang)
