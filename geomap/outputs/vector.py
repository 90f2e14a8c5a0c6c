"""Vector files for GIS tools: GeoJSON, GeoPackage, FlatGeobuf, GeoParquet, KML, and CSV.

An exact event is a point; an event known to a district, a region or a country is an area, never a
point at its middle. Formats that hold layers get one for each.
"""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal

from geomap.corrections import check_geometry
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
_PROBE_BYTES = 1 << 16
_DEFAULT_AREA_KM = 25.0
_ALIASES: dict[str, Format] = {"json": "geojson", "geoparquet": "parquet"}
# GeoPackage notes when it was written; the same records shall give the same bytes.
_WRITTEN = "2000-01-01T00:00:00Z"
# Spreadsheets run cells that open like this (OWASP, CSV injection); some skip white space first.
_FORMULA_STARTS = tuple("=+-@＝＋－＠")
_CELL_BREAKS = ("\t", "\r", "\n")
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def export(
    records: Iterable[ArticleRecord], target: Path | None, fmt: Format, *, toponyms: bool = False
) -> int:
    """Write the events (or all resolved ``toponyms``) of ``records``; return how many.

    ``target`` None writes to stdout, which only the text formats allow. Raises OutputError when the
    target cannot be written or a record's geometry is not GeoJSON.
    """
    if target is None and fmt not in TEXT_FORMATS:
        raise OutputError(_needs_file(fmt))
    frame = make_frame(records, toponyms=toponyms)
    layer = "toponyms" if toponyms else "events"
    if target is not None:
        with path_beside(target) as temporary:
            # Some drivers refuse to write over an existing file; the name itself is ours already.
            temporary.unlink()
            _write(frame, temporary, fmt, layer, target)
        return len(frame)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{layer}.{fmt}"
        _write(frame, path, fmt, layer, Path("standard output"))
        sys.stdout.flush()
        # Bytes, so that the line ends of CSV stay.
        sys.stdout.buffer.write(path.read_bytes())
    return len(frame)


def export_unplaced(records: Iterable[ArticleRecord], target: Path, *, toponyms: bool) -> None:
    """Write GeoParquet of all events or toponyms, those without a place too, to a new file.

    Raises OutputError when a record's geometry is not GeoJSON.
    """
    frame = make_frame(records, toponyms=toponyms, unplaced=True)
    _write(frame, target, "parquet", "toponyms" if toponyms else "events", target)


def _needs_file(fmt: Format) -> str:
    return f"{fmt} is a binary format; name a file with -o, e.g. -o events.{fmt}"


def _write(frame: GeoDataFrame, path: Path, fmt: Format, layer: str, target: Path) -> None:
    from pyarrow import ArrowException
    from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, FieldError
    from pyogrio.errors import GeometryError as LayerGeometryError

    refusals = (DataSourceError, DataLayerError, FeatureError, FieldError, LayerGeometryError)
    try:
        _WRITERS[fmt](frame, path, layer)
    except (*refusals, ArrowException) as error:
        _fill(path)
        reason = " ".join(str(error).split()).replace(str(path), str(target))
        message = f"{target}: cannot be written as {fmt} ({reason}); try another format with -f"
        raise OutputError(message, path=target) from error


def _fill(path: Path) -> None:
    """Write a little more into a spoilt file: if the disk is to blame, raise OSError saying so.

    GDAL tells of what it could not do next instead.
    """
    with path.open("ab") as stream:
        stream.write(bytes(_PROBE_BYTES))


def make_frame(
    records: Iterable[ArticleRecord], *, toponyms: bool = False, unplaced: bool = False
) -> GeoDataFrame:
    """Return events or toponyms as a GeoDataFrame in WGS84, column types fixed even when empty.

    With ``unplaced``, what has no place is there too, without a geometry.
    """
    rows: list[Row] = []
    shapes: list[BaseGeometry | None] = []
    if toponyms:
        from shapely import Point

        for row, toponym in iter_toponym_rows(records, unplaced=unplaced):
            rows.append(row)
            placed = toponym.lat is not None and toponym.lon is not None
            shapes.append(Point(toponym.lon, toponym.lat) if placed else None)
    else:
        for row, event in iter_event_rows(records, unplaced=unplaced):
            rows.append(row)
            placed = event.lat is not None and event.lon is not None
            shapes.append(event_shape(event) if placed else None)
    columns = TOPONYM_COLUMNS if toponyms else EVENT_COLUMNS
    return _frame(rows, shapes, columns)


def _frame(
    rows: list[Row], shapes: Sequence[BaseGeometry | None], columns: Sequence[str]
) -> GeoDataFrame:
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
        check_geometry(event.geometry)
    except ValueError as error:
        message = f"event {event.event_id}: 'geometry' is not a GeoJSON geometry ({error}); mend it"
        raise OutputError(message) from error
    given = shape(event.geometry)
    mended = _parts_like(given, make_valid(given))
    return mended or _circle(point, event.uncertainty_km or _DEFAULT_AREA_KM)


def _parts_like(given: BaseGeometry, mended: BaseGeometry) -> BaseGeometry | None:
    """Return what of ``mended`` is an area or line as ``given`` is, None if nothing is left.

    Mending a ring that crosses itself can leave loose lines and points beside the area.
    """
    from shapely import get_dimensions, get_parts, union_all

    wanted = get_dimensions(given)
    parts = [part for part in get_parts(mended) if get_dimensions(part) == wanted]
    if len(parts) == len(get_parts(mended)):
        return mended
    return union_all(parts) if parts else None


def _circle(centre: Any, radius_km: float) -> BaseGeometry:
    """Return a geodesic circle, of a metre at least: a smaller one has no area."""
    import antimeridian
    from pyproj import Geod
    from shapely import Polygon

    bearings = [360.0 * step / _CIRCLE_STEPS for step in range(_CIRCLE_STEPS)]
    count = len(bearings)
    lons, lats, _ = Geod(ellps="WGS84").fwd(
        [centre.x] * count, [centre.y] * count, bearings, [max(radius_km * 1000, 1.0)] * count
    )
    # Counter-clockwise, as the cut at the antimeridian expects of an outer ring.
    ring = Polygon(list(zip(lons, lats, strict=True))[::-1])
    cut: BaseGeometry = antimeridian.fix_polygon(ring, fix_winding=False)
    return cut


@dataclass(frozen=True, slots=True)
class _Layer:
    name: str
    frame: GeoDataFrame
    geometry_type: str


def _layers(frame: GeoDataFrame, name: str) -> list[_Layer]:
    """Split into points, areas and lines.

    Without points or areas their layer stays, so that styles find it; lines are rare.
    """
    if name == "toponyms":
        return [_Layer(name, frame, "Point")]
    dimensions = frame.geometry.apply(_dimension)
    points, lines, areas = (frame[dimensions == n] for n in (0, 1, 2))
    layers = [
        _Layer(f"{name}_points", points, "Point"),
        _Layer(f"{name}_areas", _as_multi(areas), "MultiPolygon"),
    ]
    if len(lines):
        layers.append(_Layer(f"{name}_lines", _as_multi(lines), "MultiLineString"))
    return layers


def _dimension(geometry: BaseGeometry) -> int:
    from shapely import get_dimensions

    return int(get_dimensions(geometry))


def _as_multi(frame: GeoDataFrame) -> GeoDataFrame:
    from shapely import MultiLineString, MultiPolygon

    makers = {"Polygon": MultiPolygon, "LineString": MultiLineString}
    frame = frame.copy()
    for kind, make in makers.items():
        single = frame.geometry.geom_type == kind
        frame.loc[single, "geometry"] = [make([part]) for part in frame.geometry[single]]
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
    with _fixed_time():
        for part in _layers(frame, layer):
            part.frame.to_file(
                path,
                layer=part.name,
                driver="GPKG",
                engine="pyogrio",
                mode="a" if path.exists() else "w",
                geometry_type=part.geometry_type,
                dataset_options={"VERSION": "1.2"},
                layer_options={"DESCRIPTION": DATA_CREDIT},
            )


@contextmanager
def _fixed_time() -> Iterator[None]:
    from pyogrio import set_gdal_config_options

    set_gdal_config_options({"OGR_CURRENT_DATE": _WRITTEN})
    try:
        yield
    finally:
        set_gdal_config_options({"OGR_CURRENT_DATE": None})


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
    for part in _layers(_fit_for_kml(frame), layer):
        part.frame.to_file(
            path,
            layer=part.name,
            driver="LIBKML",
            engine="pyogrio",
            mode="a" if path.exists() else "w",
            dataset_options={"NAME": f"geomap {layer}", "DESCRIPTION": DATA_CREDIT},
        )


def _fit_for_kml(frame: GeoDataFrame) -> GeoDataFrame:
    """Drop what XML forbids, and escape what Google Earth would take for HTML."""
    frame = frame.copy()
    for name in _text_columns(frame):
        frame[name] = frame[name].map(lambda cell: _NOT_XML.sub("", cell), na_action="ignore")
    if "description" in frame:
        frame["description"] = frame["description"].map(html.escape, na_action="ignore")
    return frame


def _text_columns(frame: GeoDataFrame) -> list[str]:
    return [name for name in frame.columns if frame[name].dtype == "string"]


def _write_csv(frame: GeoDataFrame, path: Path, layer: str) -> None:
    table = frame.drop(columns="geometry")
    for name in _text_columns(frame):
        table[name] = table[name].map(defuse_formula, na_action="ignore")
    if layer == "events":
        table["geometry_wkt"] = frame.geometry.to_wkt(rounding_precision=_DECIMALS)
    table.to_csv(path, index=False, encoding="utf-8", lineterminator="\r\n")


def defuse_formula(cell: str) -> str:
    """Return the cell so that no spreadsheet takes it for a formula."""
    opening = cell.lstrip().lstrip(_INVISIBLE).lstrip()
    risky = cell.startswith(_CELL_BREAKS) or opening.startswith(_FORMULA_STARTS)
    return f"'{cell}" if risky else cell


_WRITERS: dict[Format, Callable[[GeoDataFrame, Path, str], None]] = {
    "geojson": _write_geojson,
    "csv": _write_csv,
    "gpkg": _write_gpkg,
    "fgb": _write_fgb,
    "parquet": _write_parquet,
    "kml": _write_kml,
}


def choose_format(path: Path | None, chosen: Format | None) -> Format:
    """Return the chosen format, else the one the file name asks for, else GeoJSON.

    Raises ValueError for a suffix that no format has, for one that is another format's than the
    chosen one, and for a binary format without a file.
    """
    suffix = path.suffix.lower().lstrip(".") if path else ""
    named = _ALIASES.get(suffix) or next((fmt for fmt in FORMATS if fmt == suffix), None)
    if chosen and named and chosen != named:
        raise ValueError(f"{path} has the suffix of {named}, not of {chosen}; name it .{chosen}")
    if suffix and not named and not chosen:
        known = ", ".join(FORMATS)
        raise ValueError(f"no format has the suffix .{suffix}; choose one of {known} (or say -f)")
    fmt = chosen or named or "geojson"
    if path is None and fmt not in TEXT_FORMATS:
        raise ValueError(_needs_file(fmt))
    return fmt
