"""Parts of countries by compass: "Nordirak", "northern Iraq".

Where news means another land than the map's thirds ("Nordjemen" is not the desert), the point
stands in ``compass_points.csv``; the others are cut from the country's polygon.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import shapely

from geomap.gazetteer.build.draft import Draft, Entry, synthetic_id
from geomap.gazetteer.build.polygons import radius_km
from geomap.gazetteer.names import normalise

IMPORTANCE = 0.6
POINTS = "compass_points.csv"
_SMALLEST_SHARE = 0.15
"""Parts with a smaller radius, as a share of the country's, are slivers that nobody means."""

Spot = tuple[float, float, float]
"""Latitude, longitude, radius in km."""


class Part(NamedTuple):
    """A part of a country: its names and its share of the bounding box.

    ``box`` is (west, south, east, north), each 0–1 from the south-west corner.
    """

    german: str
    english: tuple[str, ...]
    box: tuple[float, float, float, float]


_THIRD, _TWO_THIRDS = 0.36, 0.64
PARTS = (
    Part("Nord", ("northern {}", "north {}"), (0, _TWO_THIRDS, 1, 1)),
    Part("Süd", ("southern {}", "south {}"), (0, 0, 1, _THIRD)),
    Part("Ost", ("eastern {}", "east {}"), (_TWO_THIRDS, 0, 1, 1)),
    Part("West", ("western {}", "west {}"), (0, 0, _THIRD, 1)),
    Part("Nordost", ("north-eastern {}", "northeastern {}", "northeast {}"), (0.55, 0.55, 1, 1)),
    Part("Nordwest", ("north-western {}", "northwestern {}", "northwest {}"), (0, 0.55, 0.45, 1)),
    Part("Südost", ("south-eastern {}", "southeastern {}", "southeast {}"), (0.55, 0, 1, 0.45)),
    Part("Südwest", ("south-western {}", "southwestern {}", "southwest {}"), (0, 0, 0.45, 0.45)),
    Part("Zentral", ("central {}",), (0.3, 0.3, 0.7, 0.7)),
)


def add_compass_parts(
    draft: Draft, rows: list[dict[str, str]], points: list[dict[str, str]]
) -> None:
    """Add the parts of the countries in the table, unless a name is already taken ("Südsudan")."""
    spots = {
        (row["country"], row["part"]): (
            float(row["lat"]),
            float(row["lon"]),
            float(row["radius_km"]),
        )
        for row in points
    }
    taken = {
        key for key, p in draft.names if draft.entries[p].feature_class in ("A", "L", "T", "H")
    }
    for row in rows:
        mainland = _mainland(draft.shapes[draft.countries[row["country"]]])
        for part in PARTS:
            names = [n for n in _names(part, row) if normalise(n[1]) not in taken]
            spot = spots.get((row["country"], part.german)) or _cut_spot(mainland, part)
            if names and spot:
                _add(draft, row["country"], part, spot, names)


def _mainland(shape: Any) -> Any:
    """Return the largest polygon and those next to it in size: far islands would skew the box."""
    parts = shapely.get_parts(shape)
    largest = max(p.area for p in parts)
    return shapely.union_all([p for p in parts if p.area > 0.15 * largest])


def _cut(shape: Any, part: Part) -> Any:
    west, south, east, north = shape.bounds
    width, height = east - west, north - south
    left, low, right, high = part.box
    window = shapely.box(
        west + left * width, south + low * height, west + right * width, south + high * height
    )
    return shapely.intersection(shape, window)


def _cut_spot(shape: Any, part: Part) -> Spot | None:
    cut = _cut(shape, part)
    if cut.is_empty or radius_km(cut) < _SMALLEST_SHARE * radius_km(shape):
        return None
    centre = cut.centroid if cut.contains(cut.centroid) else cut.representative_point()
    return round(centre.y, 3), round(centre.x, 3), radius_km(cut)


def _names(part: Part, row: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name in row["de"].split("|"):
        yield "de", part.german + (name if "-" in name else name.lower())
        yield "de", f"{part.german}-{name}"
    for name in row["en"].split("|"):
        bare = name.removeprefix("the ")
        yield from (("en", pattern.format(bare)) for pattern in part.english)


def _add(draft: Draft, country: str, part: Part, spot: Spot, names: list[tuple[str, str]]) -> None:
    lat, lon, radius = spot
    main = next((name for lang, name in names if lang == "en"), names[0][1])
    place = draft.add(
        Entry(
            id=synthetic_id("compass", f"{country}:{part.german}"),
            name=main[0].upper() + main[1:],
            lat=lat,
            lon=lon,
            feature_class="L",
            feature_code="RGN",
            country=country,
            radius_km=radius,
            source="curated",
            importance=IMPORTANCE,
        )
    )
    for lang, name in names:
        draft.name(place, name, lang)
