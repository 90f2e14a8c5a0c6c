"""Vector files for GIS tools: GeoJSON, GeoPackage, FlatGeobuf, GeoParquet, KML, and CSV.

An exact event is a point; an event known to a district, a region or a country is an area, never a
point at its middle. Formats that hold layers get one for each.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal

from geomap.errors import OutputError
from geomap.outputs.files import path_beside
from geomap.outputs.tables import (
    DATA_CREDIT,
    EVENT_COLUMNS,
    FLOAT_COLUMNS,
    INTEGER_COLUMNS,
    TOPONYM_COLUMNS,
    Row,
    iter_event_rows,
    iter_toponym_rows,
)
from geomap.records import ArticleRecord, EventRecord

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from shapely.geometry.base import BaseGeometry

Format = Literal["geojson", "csv", "gpkg", "fgb", "parquet", "kml"]
FORMATS: tuple[Format, ...] = ("geojson", "csv", "gpkg", "fgb", "parquet", "kml")
TEXT_FORMATS: tuple[Format, ...] = ("geojson", "csv", "kml")

EXACT_PREC = 2
"""UCDP ``where_prec`` up to which an event is a point: 1 exact, 2 near a known place."""

_CRS = "EPSG:4326"
_DECIMALS = 5
_CIRCLE_STEPS = 48
_DEFAULT_AREA_KM = 25.0
# Spreadsheets run cells that open like this (OWASP, CSV injection).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def export(
    records: Iterable[ArticleRecord], target: Path | None, fmt: Format, *, toponyms: bool = False
) -> int:
    """Write the events (or all resolved ``toponyms``) of ``records``; return how many.

    ``target`` None writes to stdout, which only the text formats allow. Raises OutputError when the
    target cannot be written or a record's geometry is not GeoJSON.
    """
    frame = make_frame(records, toponyms=toponyms)
    layer = "toponyms" if toponyms else "events"
    if target is not None:
        with path_beside(target) as temporary:
            # Some drivers refuse to write over an existing file; the name itself is ours already.
            temporary.unlink()
            _WRITERS[fmt](frame, temporary, layer)
        return len(frame)
    if fmt not in TEXT_FORMATS:
        raise OutputError(f"{fmt} is a binary format; name a file with -o, e.g. -o events.{fmt}")
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{layer}.{fmt}"
        _WRITERS[fmt](frame, path, layer)
        sys.stdout.write(path.read_text(encoding="utf-8"))
    return len(frame)


def make_frame(records: Iterable[ArticleRecord], *, toponyms: bool = False) -> GeoDataFrame:
    """Return events or toponyms as a GeoDataFrame in WGS84, column types fixed even when empty."""
    rows: list[Row] = []
    shapes: list[BaseGeometry] = []
    if toponyms:
        from shapely import Point

        for row, toponym in iter_toponym_rows(records):
            rows.append(row)
            shapes.append(Point(toponym.lon or 0.0, toponym.lat or 0.0))
    else:
        for row, event in iter_event_rows(records):
            rows.append(row)
            shapes.append(event_shape(event))
    columns = TOPONYM_COLUMNS if toponyms else EVENT_COLUMNS
    return _frame(rows, shapes, columns)


def _frame(rows: list[Row], shapes: Sequence[BaseGeometry], columns: Sequence[str]) -> GeoDataFrame:
    import pandas as pd
    from geopandas import GeoDataFrame

    data = {name: pd.array([row[name] for row in rows], dtype=_dtype(name)) for name in columns}
    return GeoDataFrame(pd.DataFrame(data), geometry=list(shapes), crs=_CRS)


def _dtype(column: str) -> str:
    if column in INTEGER_COLUMNS:
        return "Int64"
    if column in FLOAT_COLUMNS:
        return "Float64"
    return "boolean" if column == "acled_scope" else "string"


def event_shape(event: EventRecord) -> BaseGeometry:
    """Return an event's shape: a point where it is exact, else its area or a circle."""
    from shapely import Point, make_valid
    from shapely.geometry import shape

    point = Point(event.lon or 0.0, event.lat or 0.0)
    if (event.where_prec or 1) <= EXACT_PREC:
        return point
    if event.geometry is None:
        return _circle(point, event.uncertainty_km or _DEFAULT_AREA_KM)
    try:
        return make_valid(shape(event.geometry))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        message = f"event {event.event_id}: 'geometry' is not a GeoJSON geometry ({error}); mend it"
        raise OutputError(message) from error


def _circle(centre: Any, radius_km: float) -> BaseGeometry:
    """Return a geodesic circle."""
    import antimeridian
    from pyproj import Geod
    from shapely import Polygon

    bearings = [360.0 * step / _CIRCLE_STEPS for step in range(_CIRCLE_STEPS)]
    count = len(bearings)
    lons, lats, _ = Geod(ellps="WGS84").fwd(
        [centre.x] * count, [centre.y] * count, bearings, [radius_km * 1000] * count
    )
    # Counter-clockwise, as the cut at the antimeridian expects of an outer ring.
    ring = Polygon(list(zip(lons, lats, strict=True))[::-1])
    cut: BaseGeometry = antimeridian.fix_polygon(ring, fix_winding=False)
    return cut


@dataclass(frozen=True, slots=True)
class _Layer:
    name: str
    frame: GeoDataFrame


def _layers(frame: GeoDataFrame, name: str) -> list[_Layer]:
    """Split into points and areas; an empty kind keeps its layer, so that styles find it."""
    is_point = frame.geometry.geom_type == "Point"
    if name == "toponyms":
        return [_Layer(name, frame)]
    return [
        _Layer(f"{name}_points", frame[is_point]),
        _Layer(f"{name}_areas", _as_multi(frame[~is_point])),
    ]


def _as_multi(frame: GeoDataFrame) -> GeoDataFrame:
    from shapely import MultiPolygon

    single = frame.geometry.geom_type == "Polygon"
    if single.any():
        frame = frame.copy()
        frame.loc[single, "geometry"] = frame.loc[single, "geometry"].map(
            lambda p: MultiPolygon([p])
        )
    return frame


def _write_geojson(frame: GeoDataFrame, path: Path, layer: str) -> None:
    # RFC 7946: no crs member, right-hand rings, cut at the antimeridian, five decimals (a metre).
    identifier = frame.columns[0]
    frame.to_file(
        path,
        driver="GeoJSON",
        engine="pyogrio",
        RFC7946="YES",
        COORDINATE_PRECISION=_DECIMALS,
        ID_FIELD=identifier,
        WRITE_NAME="NO",
        DESCRIPTION=DATA_CREDIT,
    )


def _write_gpkg(frame: GeoDataFrame, path: Path, layer: str) -> None:
    for part in _layers(frame, layer):
        part.frame.to_file(
            path,
            layer=part.name,
            driver="GPKG",
            engine="pyogrio",
            mode="a" if path.exists() else "w",
            geometry_type="Point" if not part.name.endswith("_areas") else "MultiPolygon",
            dataset_options={"VERSION": "1.2"},
            layer_options={"DESCRIPTION": DATA_CREDIT},
        )


def _write_fgb(frame: GeoDataFrame, path: Path, layer: str) -> None:
    frame.to_file(
        path,
        layer=layer,
        driver="FlatGeobuf",
        engine="pyogrio",
        geometry_type="Unknown",
        SPATIAL_INDEX="YES" if len(frame) else "NO",
        DESCRIPTION=DATA_CREDIT,
    )


def _write_parquet(frame: GeoDataFrame, path: Path, layer: str) -> None:
    frame.to_parquet(path, schema_version="1.1.0", write_covering_bbox=True, index=False)


def _write_kml(frame: GeoDataFrame, path: Path, layer: str) -> None:
    for part in _layers(frame, layer):
        part.frame.to_file(
            path,
            layer=part.name,
            driver="LIBKML",
            engine="pyogrio",
            mode="a" if path.exists() else "w",
            dataset_options={"NAME": f"geomap {layer}", "DESCRIPTION": DATA_CREDIT},
        )


def _write_csv(frame: GeoDataFrame, path: Path, layer: str) -> None:
    table = frame.drop(columns="geometry")
    for name in table.columns:
        if table[name].dtype == "string":
            table[name] = table[name].map(defuse_formula, na_action="ignore")
    if layer == "events":
        table["geometry_wkt"] = frame.geometry.to_wkt(rounding_precision=_DECIMALS)
    table.to_csv(path, index=False, encoding="utf-8", lineterminator="\r\n")


def defuse_formula(cell: str) -> str:
    """Return the cell so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


_WRITERS: dict[Format, Callable[[GeoDataFrame, Path, str], None]] = {
    "geojson": _write_geojson,
    "csv": _write_csv,
    "gpkg": _write_gpkg,
    "fgb": _write_fgb,
    "parquet": _write_parquet,
    "kml": _write_kml,
}


def format_of(path: Path | None, chosen: Format | None) -> Format:
    """Return the chosen format, else the one the file name asks for, else GeoJSON."""
    if chosen is not None:
        return chosen
    suffix = path.suffix.lower().lstrip(".") if path else ""
    aliases: dict[str, Format] = {"json": "geojson", "geoparquet": "parquet"}
    if suffix in aliases:
        return aliases[suffix]
    for fmt in FORMATS:
        if suffix == fmt:
            return fmt
    return "geojson"
