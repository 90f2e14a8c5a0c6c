"""``python -m geomap.gazetteer.check``: looks for mistakes in the curated tables.

Every point must lie on the globe and, where countries are given, in one of them or within reach of
it; names, languages, feature codes and ranges must be well formed; no place may be listed twice,
and no two may share a German or English name unless ``ambiguous.csv`` says so. With ``--airports``
and ``--compare`` points must agree with those of a second source too.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from geomap.gazetteer.build.compass import PARTS, POINTS
from geomap.gazetteer.build.curated import PLACE_TABLES, names_of, read_table
from geomap.gazetteer.build.unplaced import TABLE as DISTRICTS
from geomap.gazetteer.comparison import compare_airports, compare_by_name, read_references
from geomap.gazetteer.names import normalise
from geomap.gazetteer.store import Gazetteer, open_gazetteer

COLUMNS = "name feature lat lon radius_km countries importance geonameid de en local source".split()
SOURCES = frozenset({"own", "GeoNames", "own; Natural Earth agrees", "own; airportsdata agrees"})
MAX_RADIUS_KM = 7000.0
MAX_DISTRICT_RADIUS_KM = 200.0
_FEATURE = re.compile(r"[AHLPRSTV]\.[A-Z0-9]{2,5}")
_LOCAL = re.compile(r"[a-z]{2}:\S.*")
_NEAR_DEG = 0.04

Row = dict[str, str]


def check_curated(folder: Path, gazetteer: Gazetteer) -> list[str]:
    """Return what is wrong with the curated tables of a folder, one line a mistake."""
    problems: list[str] = []
    rows: list[tuple[str, Row]] = []
    for table in PLACE_TABLES:
        with (folder / table).open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            if reader.fieldnames != COLUMNS:
                problems.append(f"{table}: columns are not {', '.join(COLUMNS)}")
                continue
            for number, row in enumerate(reader, 2):
                rows.append((f"{table}:{number} {row['name']}", row))
    for where, row in rows:
        problems += [f"{where}: {problem}" for problem in _row_problems(row, gazetteer)]
    problems += _duplicates(rows)
    problems += _district_problems(folder, gazetteer)
    problems += _part_problems(folder, gazetteer)
    problems += _ambiguities(rows, {normalise(row["name"]) for row in _ambiguous(folder)})
    return problems


def _row_problems(row: Row, gazetteer: Gazetteer) -> Iterator[str]:
    if None in row.values() or None in row:
        yield "wrong number of columns"
        return
    if not _FEATURE.fullmatch(row["feature"]):
        yield f"feature {row['feature']!r} is not class.code"
    if row["source"] not in SOURCES:
        yield f"source {row['source']!r} is none of {', '.join(sorted(SOURCES))}"
    if not (row["de"] and row["en"]):
        yield "has no German or no English name"
    for tagged in filter(None, row["local"].split("|")):
        if not _LOCAL.fullmatch(tagged):
            yield f"local name {tagged!r} is not language:name"
    try:
        lat, lon, radius = (float(row[c]) for c in ("lat", "lon", "radius_km"))
        importance = float(row["importance"])
    except ValueError:
        yield "lat, lon, radius_km and importance must be numbers"
        return
    if not (-90 <= lat <= 90 and -180 <= lon <= 180 and 0 < radius <= MAX_RADIUS_KM):
        yield "coordinates or radius out of range"
    if not 0 < importance <= 1:
        yield "importance is not between 0 and 1"
    yield from _country_problems(row, lat, lon, gazetteer)


def _district_problems(folder: Path, gazetteer: Gazetteer) -> Iterator[str]:
    """Yield what is wrong with the points of districts that no source has one for."""
    seen: set[str] = set()
    for row in read_table(folder / DISTRICTS):
        where = f"{DISTRICTS}: {row['name']}"
        if row["geonameid"] in seen:
            yield f"{where}: {row['geonameid']} a second time"
        seen.add(row["geonameid"])
        try:
            _, radius = int(row["geonameid"]), float(row["radius_km"])
            near = countries_near(gazetteer, float(row["lat"]), float(row["lon"]))
        except ValueError:
            yield f"{where}: geonameid, lat, lon and radius_km must be numbers"
            continue
        if not 0 < radius <= MAX_DISTRICT_RADIUS_KM:
            yield f"{where}: the radius is not between 0 and {MAX_DISTRICT_RADIUS_KM:.0f} km"
        if row["country"] not in near:
            yield f"{where}: lies in {' or '.join(sorted(near)) or 'no country'}"


def _part_problems(folder: Path, gazetteer: Gazetteer) -> Iterator[str]:
    """Yield what is wrong with the points of parts of countries."""
    parts = {part.german for part in PARTS}
    for row in read_table(folder / POINTS):
        where = f"{POINTS}: {row['country']} {row['part']}"
        if row["part"] not in parts:
            yield f"{where}: no such part"
        try:
            near = countries_near(gazetteer, float(row["lat"]), float(row["lon"]))
            float(row["radius_km"])
        except ValueError:
            yield f"{where}: lat, lon and radius_km must be numbers"
            continue
        if row["country"] not in near:
            yield f"{where}: lies in {' or '.join(sorted(near)) or 'no country'}"


def _country_problems(row: Row, lat: float, lon: float, gazetteer: Gazetteer) -> Iterator[str]:
    countries = row["countries"].split()
    for code in countries:
        if gazetteer.country(code) is None:
            yield f"unknown country {code}"
    near = countries_near(gazetteer, lat, lon)
    at_sea = not near and row["feature"][0] in "HT"
    if countries and not at_sea and not near.intersection(countries):
        found = " or ".join(sorted(near)) or "no country"
        yield f"lies in {found}, not in {' or '.join(countries)}"


def countries_near(gazetteer: Gazetteer, lat: float, lon: float) -> set[str]:
    """Return the countries at a point and within some 4 km of it: borders are simplified too."""
    steps = (-_NEAR_DEG, 0.0, _NEAR_DEG)
    around = {gazetteer.country_at(lat + dy, lon + dx) for dy in steps for dx in steps}
    return {code for code in around if code is not None}


def _duplicates(rows: Iterable[tuple[str, Row]]) -> Iterator[str]:
    seen: dict[tuple[str, str], str] = {}
    for where, row in rows:
        key = (row["feature"][:1], normalise(row["name"]))
        if key in seen:
            yield f"{where}: also in {seen[key]}"
        seen[key] = where


def _ambiguous(folder: Path) -> list[Row]:
    return read_table(folder / "ambiguous.csv")


def _ambiguities(rows: Iterable[tuple[str, Row]], allowed: set[str]) -> Iterator[str]:
    """Yield names that several places share but should not, or should share but do not."""
    places: dict[str, list[str]] = defaultdict(list)
    for where, row in rows:
        if None in row.values():
            continue
        for name in {normalise(name) for lang, name in names_of(row) if lang in ("de", "en")}:
            places[name].append(where)
    for name, bearers in places.items():
        if len(bearers) > 1 and name not in allowed:
            yield f"{bearers[1]}: {name!r} is also a name of {bearers[0]}"
    for name in sorted(allowed):
        if len(places[name]) < 2:
            yield f"ambiguous.csv: {name!r} is the name of fewer than two places"


def main() -> None:
    """Print the mistakes; exit with 1 if there are any."""
    parser = argparse.ArgumentParser(prog="python -m geomap.gazetteer.check", description=__doc__)
    parser.add_argument("--curated", type=Path, default=Path(__file__).parents[2] / "gazetteer")
    parser.add_argument("--gazetteer", type=Path, help="look up countries in this file")
    parser.add_argument("--airports", action="store_true", help="compare with airportsdata")
    parser.add_argument("--compare", type=Path, help="a table with the columns name, lat, lon")
    options = parser.parse_args()
    with open_gazetteer(options.gazetteer) as gazetteer:
        problems = check_curated(options.curated, gazetteer)
    comparisons = []
    if options.airports:
        comparisons.append(compare_airports(options.curated))
    if options.compare:
        comparisons.append(compare_by_name(options.curated, read_references(options.compare)))
    for comparison in comparisons:
        sys.stdout.write(f"{comparison.compared} places compared with a second source\n")
        problems += comparison.apart
    sys.stdout.writelines(f"{problem}\n" for problem in problems)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
