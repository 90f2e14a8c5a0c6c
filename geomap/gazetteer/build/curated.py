"""The curated tables: what no package has, and corrections to what they have.

The columns are documented in ``docs/gazetteer.md``.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from geomap.errors import GazetteerError
from geomap.gazetteer.build.compass import POINTS, add_compass_parts
from geomap.gazetteer.build.demonyms import expand_demonyms
from geomap.gazetteer.build.draft import Draft, Entry, synthetic_id
from geomap.gazetteer.distances import distance_km
from geomap.gazetteer.names import normalise

PLACE_TABLES = (
    "regions.csv",
    "seas.csv",
    "rivers.csv",
    "lakes.csv",
    "mountains.csv",
    "islands.csv",
    "landmarks.csv",
    "bases.csv",
    "plants.csv",
    "crossings.csv",
    "camps.csv",
    "settlements.csv",
)
_SAME_SETTLEMENT_KM = 12.0
Row = dict[str, str]
Index = dict[str, list[int]]


def read_table(path: Path) -> list[Row]:
    """Return the rows of a curated table. Raises GazetteerError if one has a column too many."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for number, row in enumerate(rows, 2):
        if None in row or None in row.values():
            raise GazetteerError(f"{path.name} line {number}: wrong number of columns", path=path)
    return rows


def place_rows(folder: Path) -> Iterator[tuple[str, Row]]:
    """Yield (table, row) of all curated places."""
    for table in PLACE_TABLES:
        for row in read_table(folder / table):
            yield table, row


def add_curated(draft: Draft, folder: Path) -> None:
    """Add the curated places, names, corrections and demonyms, in this order."""
    known = _index(draft)
    for _, row in place_rows(folder):
        _add_place(draft, row, known)
    add_compass_parts(draft, read_table(folder / "compass.csv"), read_table(folder / POINTS))
    for row in read_table(folder / "exonyms.csv"):
        _add_exonyms(draft, row)
    for row in read_table(folder / "corrections.csv"):
        _correct(draft, row)
    for row in read_table(folder / "demonyms.csv"):
        for word in expand_demonyms(row):
            draft.demonyms.setdefault(normalise(word), row["country"])


def names_of(row: Row) -> Iterator[tuple[str, str]]:
    """Yield (language, name) of a curated place."""
    for lang in ("de", "en"):
        for name in filter(None, row[lang].split("|")):
            yield lang, name.strip()
    for tagged in filter(None, row["local"].split("|")):
        lang, _, name = tagged.partition(":")
        yield lang.strip(), name.strip()


def _index(draft: Draft) -> Index:
    """Return the packaged settlements and regions by key."""
    index: Index = defaultdict(list)
    for key, place in draft.names:
        if draft.entries[place].feature_class in ("P", "L"):
            index[key].append(place)
    return index


def _add_place(draft: Draft, row: Row, known: Index) -> None:
    geonameid = int(row["geonameid"]) if row["geonameid"] else _same_place(draft, row, known)
    place = geonameid or synthetic_id("curated", f"{row['feature']}:{row['name']}")
    draft.curated.add(place)
    if place in draft.entries:
        _enrich(draft.entries[place], row)
        draft.curate(place, ("en", row["name"]))
    else:
        draft.add(_entry(place, geonameid, row))
    draft.curation.add((place, "place", ""))
    draft.curate(place, *names_of(row))


def _same_place(draft: Draft, row: Row, known: Index) -> int | None:
    """Return the packaged place that a curated row describes: same name, same kind, near enough."""
    if row["feature"][0] not in "PLT":
        return None
    settled = row["feature"][0] == "P"
    reach_km = _SAME_SETTLEMENT_KM if settled else float(row["radius_km"])
    for _, name in names_of(row):
        for place in known.get(normalise(name), ()):
            if place in draft.curated:
                continue
            entry = draft.entries[place]
            near = distance_km(entry.lat, entry.lon, float(row["lat"]), float(row["lon"]))
            if (entry.feature_class == "P") == settled and near <= reach_km:
                return entry.geonameid
    return None


def _entry(place: int, geonameid: int | None, row: Row) -> Entry:
    feature_class, _, code = row["feature"].partition(".")
    return Entry(
        id=place,
        name=row["name"],
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        feature_class=feature_class,
        feature_code=code,
        country=_single_country(row),
        radius_km=float(row["radius_km"]),
        geonameid=geonameid,
        source="curated",
        importance=float(row["importance"]),
    )


def _single_country(row: Row) -> str | None:
    countries = row["countries"].split()
    return countries[0] if len(countries) == 1 else None


def _enrich(entry: Entry, row: Row) -> None:
    """Improve a packaged entry: point and feature stay GeoNames', an area also keeps its extent."""
    entry.name = row["name"]
    entry.importance = max(entry.importance, float(row["importance"]))
    if entry.feature_class != "A":
        entry.radius_km = float(row["radius_km"])
        entry.country = _single_country(row)


def _add_exonyms(draft: Draft, row: Row) -> None:
    place = _target(draft, row["place"])
    if place is None:
        raise GazetteerError(f"exonyms.csv: no place {row['place']} for {row['names']}")
    for name in row["names"].split("|"):
        draft.curate(place, (row["lang"], name.strip()))


def _target(draft: Draft, code: str) -> int | None:
    """Return the place of a GeoNames number, a country code or a first-order code ("SY.09")."""
    if code.isdigit():
        return int(code) if int(code) in draft.entries else None
    return draft.countries.get(code) or draft.admin1_codes.get(code)


def _correct(draft: Draft, row: Row) -> None:
    place = _target(draft, row["place"])
    if place is None:
        return
    entry = draft.entries[place]
    draft.curation.add((place, "drop" if row["action"] == "drop" else "place", ""))
    match row["action"]:
        case "drop":
            _drop(draft, place)
        case "country":
            entry.country = row["value"] or None
        case "block":
            draft.block(row["value"], place)
        case "importance":
            entry.importance = float(row["value"])
        case "feature":
            entry.feature_class, _, entry.feature_code = row["value"].partition(".")
        case "point":
            entry.lat, entry.lon = map(float, row["value"].split())
        case action:
            raise GazetteerError(f"corrections.csv: unknown action {action!r}")


def _drop(draft: Draft, place: int) -> None:
    draft.entries.pop(place)
    draft.shapes.pop(place, None)
    for key in [k for k in draft.names if k[1] == place]:
        del draft.names[key]
