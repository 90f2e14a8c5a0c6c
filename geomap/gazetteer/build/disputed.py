"""Disputed areas: what is taken out of every country, and the polygons of them all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely

from geomap.errors import GazetteerError
from geomap.gazetteer.build.curated import Row, read_table
from geomap.gazetteer.build.draft import Draft

TABLE = "disputed.csv"
_SLIVER_DEG2 = 1e-6


@dataclass(frozen=True, slots=True)
class Territory:
    """A row of the table of disputed areas with its polygon."""

    row: Row
    shape: Any


def read_disputed(folder: Path) -> list[Row]:
    """Return the rows of the table. Raises GazetteerError if one has a column too many."""
    return read_table(folder / TABLE)


def cut_unassigned(rows: Sequence[Row], countries: Mapping[str, Any]) -> list[Any]:
    """Return the land that belongs to no country, one polygon a piece, some of it yet to cut out.

    ``countries`` are polygons by code. A row with ``cut_from`` stands for the land of that country
    within the outline; one without country, areas and outline for the gap that the countries leave
    around its point. Raises GazetteerError if there is no such gap.
    """
    land = shapely.union_all(list(countries.values()))
    gaps = [shapely.Polygon(r) for part in shapely.get_parts(land) for r in part.interiors]
    pieces = []
    for row in rows:
        if row["cut_from"]:
            piece = countries[row["cut_from"]].intersection(_outline(row))
        elif row["country"] or row["areas"] or row["outline"]:
            continue
        else:
            piece = next((gap for gap in gaps if gap.contains(_point(row))), None)
        if piece is None:
            raise GazetteerError(f"{TABLE}: the countries leave no gap at {row['name_en']}")
        pieces += [p for p in shapely.get_parts(piece) if p.area > _SLIVER_DEG2]
    return pieces


def add_territories(draft: Draft, rows: Sequence[Row], unassigned: Any) -> list[Territory]:
    """Return the disputed areas with their polygons, in the order of the table.

    Outlines, drawn by hand, end where the land of their country does. Raises GazetteerError if a
    polygon is missing or does not reach the point of its row.
    """
    return [Territory(row, _shape(draft, row, unassigned)) for row in rows]


def _shape(draft: Draft, row: Row, unassigned: Any) -> Any:
    if row["cut_from"]:
        shape = unassigned.intersection(_outline(row))
    elif row["areas"]:
        shape = shapely.union_all([_area(draft, row, code) for code in row["areas"].split()])
    elif row["outline"]:
        country = draft.shapes.get(draft.countries.get(row["country"], -1))
        outline = _outline(row)
        shape = outline.intersection(country) if country is not None else outline
    else:
        parts = shapely.get_parts(unassigned)
        shape = next((p for p in parts if p.contains(_point(row))), shapely.Polygon())
    if shape.is_empty or shape.distance(_point(row)) > 0.05:
        raise GazetteerError(f"{TABLE}: the polygon of {row['name_en']} is not at its point")
    return shape


def _area(draft: Draft, row: Row, code: str) -> Any:
    place = int(code) if code.isdigit() else draft.countries.get(code, -1)
    if place not in draft.shapes:
        raise GazetteerError(f"{TABLE}: no polygon {code} for {row['name_en']}")
    return draft.shapes[place]


def _outline(row: Row) -> Any:
    return shapely.Polygon([tuple(map(float, p.split())) for p in row["outline"].split("|")])


def _point(row: Row) -> Any:
    return shapely.Point(float(row["lon"]), float(row["lat"]))
