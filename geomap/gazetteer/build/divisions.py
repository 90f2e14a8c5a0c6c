"""First- and second-order divisions: GeoNames codes, points and names, Natural Earth polygons."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import shapely

from geomap.gazetteer.build.draft import Draft, Entry, synthetic_id
from geomap.gazetteer.build.polygons import (
    ADMIN1_TOLERANCE_DEG,
    CountryFinder,
    radius_km,
    simplify_together,
)
from geomap.gazetteer.build.regions import RegionRow, read_regions
from geomap.gazetteer.build.scripts import LANGUAGES
from geomap.gazetteer.build.sources import Cache, load_catalogue
from geomap.gazetteer.names import generic_stripped, normalise

UNKNOWN_IMPORTANCE = 0.4
_RANK = {1: -0.1, 2: -0.25}
_LEAST = {1: 0.15, 2: 0.04}
"""A district of unknown people comes behind the least town: "Tell Abjad" is the town."""
_NE_NAME_FIELDS = ("name", "gn_name", "woe_name")
_OUTSIDE_SHARE = 0.03


@dataclass(slots=True)
class Division:
    """A row of the packaged table of divisions; ``index`` is its number there, from 1."""

    index: int
    code: str
    geonameid: int
    aliases: list[str]
    parent: int | None
    members: list[tuple[float, float, int]] = field(default_factory=list)

    @property
    def order(self) -> int:
        """1 or 2, from the GeoNames code ("SY.09", "SY.09.172")."""
        return self.code.count(".")


def read_divisions(cache: Cache) -> dict[int, Division]:
    """Return the divisions that have a GeoNames number, by row number."""
    text = cache.zip_member("divisions", "subdivisions/subdivisions.tsv").decode()
    rows = (line.split("\t") for line in text.splitlines())
    divisions = {}
    for index, row in enumerate(rows, 1):
        name, iso, code, geonameid, _, aliases, _, parent = (*row, *[""] * 8)[:8]
        if not geonameid or not code:
            continue
        # A name beside an ISO code was taken from iso-codes (LGPL); the aliases are GeoNames'.
        names = [*aliases.split("|"), *([] if iso else [name])]
        divisions[index] = Division(
            index, code, int(geonameid), [n for n in names if n], int(parent) if parent else None
        )
    for city in read_memberships(cache):
        for index in city.divisions:
            if index in divisions:
                divisions[index].members.append((city.lat, city.lon, city.population))
    return divisions


@dataclass(frozen=True, slots=True)
class Membership:
    """A settlement and the rows of the divisions it lies in."""

    geonameid: int
    divisions: tuple[int, ...]
    lat: float
    lon: float
    population: int


def read_memberships(cache: Cache) -> Iterator[Membership]:
    """Yield which divisions each settlement belongs to."""
    text = cache.zip_member("divisions", "cities/cities.tsv").decode()
    for line in text.splitlines():
        row = line.split("\t")
        indices = tuple(int(i) for i in row[2].split("|") if i)
        yield Membership(int(row[1]), indices, float(row[5]), float(row[6]), int(row[4] or 0))


def add_divisions(draft: Draft, cache: Cache) -> dict[int, int]:
    """Add all divisions with a point; return row number → place id."""
    points = {row.geonameid: row for row in read_regions(cache)}
    divisions = read_divisions(cache)
    placed: dict[int, int] = {}
    for division in sorted(divisions.values(), key=lambda d: (d.order, d.index)):
        entry = _entry(division, points.get(division.geonameid))
        if entry is None or entry.id in draft.entries:
            continue
        parent = divisions.get(division.parent) if division.parent else None
        entry.admin1 = parent.geonameid if parent and division.order > 1 else None
        placed[division.index] = draft.add(entry)
        draft.all_names(entry.id, division.aliases)
        if division.order == 1:
            draft.admin1_codes[division.code] = entry.id
    return placed


def _entry(division: Division, row: RegionRow | None) -> Entry | None:
    point = (row.lat, row.lon) if row else _centre(division.members)
    names = [row.official] if row else division.aliases
    if point is None or not names:
        return None
    name = pick_readable(names)
    first_order = division.order == 1
    return Entry(
        id=division.geonameid,
        name=name,
        lat=round(point[0], 5),
        lon=round(point[1], 5),
        feature_class="A",
        feature_code="ADM1" if first_order else "ADM2",
        country=division.code[:2],
        radius_km=60.0 if first_order else 20.0,
        geonameid=division.geonameid,
        source="divisions",
        importance=division_importance(sum(p for *_, p in division.members), division.order),
    )


def pick_readable(names: list[str]) -> str:
    """Return the first name in Latin letters, else the first one."""
    return next((n for n in names if unicodedata.name(n[:1], "").startswith("LATIN")), names[0])


def division_importance(population: int, order: int) -> float:
    """Return the prior of a division: that of a settlement with the same people, less by its order.

    A province is thus a little less prominent than a city of its size; ``population`` is the sum
    of its settlements.
    """
    return round(max(_LEAST[order], math.log10(population + 1) / 10 + _RANK[order]), 3)


def _centre(members: list[tuple[float, float, int]]) -> tuple[float, float] | None:
    """Return the mean of the member settlements, weighted by population."""
    weight = sum(p + 1 for _, _, p in members)
    if not weight:
        return None
    lat = sum(lat * (p + 1) for lat, _, p in members) / weight
    lon = sum(lon * (p + 1) for _, lon, p in members) / weight
    return lat, lon


def add_admin1_polygons(draft: Draft, cache: Cache, finder: CountryFinder) -> None:
    """Give first-order divisions polygons and tagged names, cut to the shipped worldview."""
    features = cache.json_member("admin1-polygons", "data/states/admin1.json")["features"]
    raw = [shapely.geometry.shape(f["geometry"]) for f in features]
    shapes = simplify_together(raw, ADMIN1_TOLERANCE_DEG)
    by_iso = _by_iso_code(draft)
    for feature, shape in zip(features, shapes, strict=True):
        facts = feature["properties"]
        if not facts.get("name") or shape.is_empty:
            continue
        place = _matching(draft, facts, by_iso) or _add_unknown(draft, facts, shape, finder)
        if place is None or place in draft.shapes:
            continue
        _attach(draft, place, facts, shape)


def _by_iso_code(draft: Draft) -> dict[str, int]:
    return {code.replace(".", "-"): place for code, place in draft.admin1_codes.items()}


def _matching(draft: Draft, facts: dict[str, Any], by_code: dict[str, int]) -> int | None:
    geonameid = facts.get("gn_id") or 0
    if geonameid in draft.entries:
        return int(geonameid)
    return by_code.get((facts.get("gn_a1_code") or "").replace(".", "-"))


def _add_unknown(
    draft: Draft, facts: dict[str, Any], shape: Any, finder: CountryFinder
) -> int | None:
    """Add a division GeoNames' tables lack, unless its country already has an area of that name."""
    inside = shape.representative_point()
    country = finder.at(inside.y, inside.x)
    key = normalise(facts["name"])
    if country is None or _has_area(draft, key, country):
        return None
    return draft.add(
        Entry(
            id=synthetic_id("admin1-polygons", facts["adm1_code"]),
            name=facts["name"],
            lat=round(inside.y, 4),
            lon=round(inside.x, 4),
            feature_class="A",
            feature_code="ADM1",
            country=country,
            source="admin1-polygons",
            importance=UNKNOWN_IMPORTANCE,
        )
    )


def _has_area(draft: Draft, key: str, country: str) -> bool:
    codes = draft.admin1_codes.items()
    return any((key, place) in draft.names for code, place in codes if code[:2] == country)


def _attach(draft: Draft, place: int, facts: dict[str, Any], shape: Any) -> None:
    entry = draft.entries[place]
    home = draft.shapes.get(draft.countries.get(entry.country or "", -1))
    if home is not None:
        outside = shape.difference(home)
        if outside.area > _OUTSIDE_SHARE * shape.area:
            shape = _cut(shape, home)
    if shape.is_empty:
        return
    draft.shapes[place] = shape
    entry.radius_km = radius_km(shape)
    wikidata = facts.get("wikidataid")
    entry.wikidata = entry.wikidata or (wikidata if wikidata else None)
    _add_ne_names(draft, place, facts)


def _cut(shape: Any, home: Any) -> Any:
    parts = [p for p in shapely.get_parts(shape.intersection(home)) if p.geom_type == "Polygon"]
    return shapely.MultiPolygon(parts)


def _add_ne_names(draft: Draft, place: int, facts: dict[str, Any]) -> None:
    for lang in sorted(LANGUAGES):
        draft.name(place, facts.get(f"name_{lang}"), lang)
    draft.all_names(place, (facts.get(f) for f in _NE_NAME_FIELDS))
    draft.all_names(place, (facts.get("name_alt") or "").split("|"))


def add_tagged_names(draft: Draft, cache: Cache) -> None:
    """Add GeoNames' alternate names that carry a language."""
    for path, content in cache.deb_members("tagged-names", lambda p: p.endswith("geonames.mo")):
        lang = path.split("/")[-3].split("_")[0]
        if lang not in LANGUAGES:
            continue
        for code, name in sorted(load_catalogue(content).items()):
            place = _by_code(draft, code)
            if place is not None:
                draft.name(place, name, lang)


def _by_code(draft: Draft, code: str) -> int | None:
    if code.isdigit():
        return int(code) if int(code) in draft.entries else None
    return draft.countries.get(code) or draft.admin1_codes.get(code)


def add_bare_names(draft: Draft) -> None:
    """Let "Oblast Charkiw" be found as "Charkiw" too."""
    for (key, place), spellings in list(draft.names.items()):
        if draft.entries[place].feature_code in ("ADM1", "ADM2"):
            bare = generic_stripped(key)
            if bare:
                _name_all(draft, place, bare.title(), spellings)


_GERMAN_PARTS = (
    ("North", ("Nord",)),
    ("South", ("Süd",)),
    ("East", ("Ost",)),
    ("West", ("West",)),
    ("Upper", ("Ober",)),
    ("Lower", ("Unter", "Nieder")),
    ("Central", ("Zentral",)),
)


def add_german_parts(draft: Draft) -> None:
    """Translate "North Darfur" into "Nord-Darfur" and "Norddarfur", and its like."""
    for (_, place), spellings in list(draft.names.items()):
        if draft.entries[place].feature_code in ("ADM1", "ADM2"):
            for english, german in _GERMAN_PARTS:
                for name in list(spellings.values()):
                    _translate(draft, place, name, english, german)


def _translate(draft: Draft, place: int, name: str, english: str, german: tuple[str, ...]) -> None:
    first, _, rest = name.partition(" ")
    if first in (english, f"{english}ern") and rest:
        bare = generic_stripped(normalise(rest))
        proper = rest[: len(bare)] if bare and len(bare) < len(rest) else rest
        for part in german:
            draft.name(place, f"{part}-{proper}", "de")
            if " " not in proper and "-" not in proper:
                draft.name(place, f"{part}{proper.lower()}", "de")


def _name_all(draft: Draft, place: int, name: str, langs: Iterable[str]) -> None:
    for lang in langs:
        draft.name(place, name, lang)
