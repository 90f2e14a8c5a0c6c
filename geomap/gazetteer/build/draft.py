"""The gazetteer while it is being put together: places, names and polygons in memory."""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from geomap.errors import GazetteerError
from geomap.gazetteer.build.scripts import is_useful
from geomap.gazetteer.names import normalise

SYNTHETIC_ID = 1_000_000_000
"""Ids from here on belong to places that GeoNames lacks (or whose number is not known)."""


@dataclass(slots=True)
class Entry:
    """A place in the making; the fields are those of ``models.Place``."""

    id: int
    name: str
    lat: float
    lon: float
    feature_class: str
    feature_code: str
    country: str | None = None
    admin1: int | None = None
    admin2: int | None = None
    population: int = 0
    radius_km: float = 0.0
    geonameid: int | None = None
    wikidata: str | None = None
    source: str = ""
    importance: float = 0.0


@dataclass(slots=True)
class Draft:
    """All entries by id; ``names`` maps (key, id) to {language: spelling}.

    ``curation`` holds the rows of the table of that name, ``unassigned`` the land of no country,
    ``territories`` the disputed areas (``disputed.Territory``).
    """

    entries: dict[int, Entry] = field(default_factory=dict)
    names: dict[tuple[str, int], dict[str, str]] = field(default_factory=dict)
    shapes: dict[int, Any] = field(default_factory=dict)
    countries: dict[str, int] = field(default_factory=dict)
    admin1_codes: dict[str, int] = field(default_factory=dict)
    curated: set[int] = field(default_factory=set)
    demonyms: dict[str, str] = field(default_factory=dict)
    blocked: set[tuple[str, int]] = field(default_factory=set)
    curation: set[tuple[int, str, str]] = field(default_factory=set)
    unassigned: Any = None
    territories: list[Any] = field(default_factory=list)

    def add(self, entry: Entry) -> int:
        """Add an entry under its own name. Raises GazetteerError if the id is taken."""
        if entry.id in self.entries:
            raise GazetteerError(f"two places have the id {entry.id}: {entry.name}")
        self.entries[entry.id] = entry
        self.name(entry.id, entry.name)
        return entry.id

    def name(self, place: int, name: str | None, lang: str = "") -> None:
        """Give a place another name; useless ones (codes, scripts no reader needs) are dropped."""
        text = " ".join((name or "").split())
        if not is_useful(text, lang):
            return
        key = normalise(text)
        if key:
            self.names.setdefault((key, place), {}).setdefault(lang, text)

    def all_names(self, place: int, names: Iterable[str | None], lang: str = "") -> None:
        """Give a place several names of one language."""
        for name in names:
            self.name(place, name, lang)

    def block(self, name: str, place: int) -> None:
        """Take a name away from a place, whichever source brings it."""
        self.blocked.add((normalise(name), place))
        self.curation.add((place, "block", normalise(name)))

    def curate(self, place: int, *names: tuple[str, str]) -> None:
        """Give a place (language, name) pairs that no update may take away."""
        for lang, name in names:
            self.name(place, name, lang)
            self.curation.add((place, "name", normalise(name)))


def synthetic_id(source: str, key: str) -> int:
    """Return a stable id for a place without a GeoNames number."""
    return SYNTHETIC_ID + zlib.crc32(f"{source}:{key}".encode()) % SYNTHETIC_ID


def settlement_radius_km(population: int, *, capital: bool = False) -> float:
    """Return how far a settlement reaches: 2 km for a village, 10 km at a million, at most 25."""
    radius = max(2.0, 0.01 * math.sqrt(max(population, 0)))
    return round(min(25.0, max(radius, 10.0 if capital else 0.0)), 1)


def settlement_importance(population: int, feature_code: str) -> float:
    """Return the prior of a settlement: logarithm of its population plus its rank.

    log10(population + 1) / 10 gives 0.3 for a village of a thousand and 0.7 for ten million;
    seats of first-order divisions or of a government add 0.08, of second-order ones 0.03,
    capitals 0.2. Parts of
    settlements (PPLX) and abandoned places (PPLH, PPLQ, PPLW) lose 0.1.
    """
    rank = {"PPLC": 0.2, "PPLG": 0.08, "PPLA": 0.08, "PPLA2": 0.03}.get(feature_code, 0.0)
    if feature_code in ("PPLX", "PPLH", "PPLQ", "PPLW"):
        rank = -0.1
    base = math.log10(max(population, 0) + 1) / 10
    return round(min(0.95, max(0.05, base + rank)), 3)
