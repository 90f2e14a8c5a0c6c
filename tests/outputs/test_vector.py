"""Every format is written, read back, and held against the validators there are."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import geopandas
import pandas as pd
import pyogrio
import pytest
from geojson_pydantic import FeatureCollection
from geojson_validator import validate_geometries, validate_structure
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from shapely.geometry import shape

from geomap.errors import OutputError
from geomap.outputs import vector
from geomap.outputs.vector import Format
from geomap.records import ArticleRecord

TEXT = "=Kämpfe um Homs. Proteste in Syrien. Schiffe vor Fidschi."
CLOCKWISE = [[[36.0, 33.0], [36.0, 36.0], [39.0, 36.0], [39.0, 33.0], [36.0, 33.0]]]


def event(identifier: str, **more: Any) -> dict[str, Any]:
    return {
        "event_id": identifier,
        "lat": 34.73241987,
        "lon": 36.7136959,
        "name": "Homs",
        "event_type": "Battles",
        "description": "=Kämpfe um Homs",
        "desc_start": 0,
        "desc_end": 15,
        "where_prec": 1,
        "uncertainty_km": 5.0,
        "deaths_low": 3,
        "confidence": 0.8,
        **more,
    }


@pytest.fixture
def records() -> list[ArticleRecord]:
    toponym = {
        "start": 11, "end": 15, "text": "Homs", "name": "Homs", "lat": 34.73, "lon": 36.71,
        "role": "event", "geonameid": 169577, "where_prec": 1, "confidence": 0.9,
        "alternatives": [{"name": "Homs (LY)", "lat": 32.6, "lon": 14.3, "confidence": 0.05}],
    }  # fmt: skip
    unresolved = {"start": 29, "end": 35, "text": "Syrien"}
    return [
        ArticleRecord.model_validate(
            {
                "id": "a",
                "lang": "de",
                "text": TEXT,
                "title": "@Titel",
                "toponyms": [toponym, unresolved],
                "events": [
                    event("a-e1"),
                    event(
                        "a-e2", where_prec=6, geometry={"type": "Polygon", "coordinates": CLOCKWISE}
                    ),
                    event("a-e3", where_prec=5, uncertainty_km=50.0, deaths_low=None),
                    event("a-e4", where_prec=7, lat=-17.0, lon=179.9, uncertainty_km=80.0),
                    event("a-e5", lat=None, lon=None),
                ],
            }
        ),
        ArticleRecord.model_validate(
            {"id": "b", "lang": "de", "text": TEXT, "events": [event("b-e1")]}
        ),
    ]


def write(records: list[ArticleRecord], folder: Path, fmt: Format, **more: Any) -> Path:
    path = folder / f"out.{fmt}"
    vector.export(records, path, fmt, **more)
    return path


def geojson(records: list[ArticleRecord], folder: Path, **more: Any) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(
        write(records, folder, "geojson", **more).read_text("utf-8")
    )
    return content


def test_geojson_follows_rfc_7946(records: list[ArticleRecord], tmp_path: Path) -> None:
    content = geojson(records, tmp_path)
    assert "crs" not in content
    FeatureCollection.model_validate(content)
    assert not validate_structure(content)
    findings = validate_geometries(content)
    assert not findings["invalid"]
    assert [f["id"] for f in content["features"]] == ["a-e1", "a-e2", "a-e3", "a-e4", "b-e1"]
    assert "GeoNames" in content["description"]
    assert shape(content["features"][1]["geometry"]).exterior.is_ccw


def test_geojson_passes_the_placemark_checker(records: list[ArticleRecord], tmp_path: Path) -> None:
    module = os.environ.get("GEOMAP_CHECK_GEOJSON")
    if module is None:
        pytest.skip("set GEOMAP_CHECK_GEOJSON to an installed @placemarkio/check-geojson")
    path = write(records, tmp_path, "geojson")
    code = (
        f"const {{check}} = require({json.dumps(module)});"
        f"check(require('fs').readFileSync({json.dumps(str(path))}, 'utf8')); console.log('valid')"
    )
    done = subprocess.run(["node", "-e", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "valid", done.stderr


def test_exact_events_are_points_and_the_rest_areas(
    records: list[ArticleRecord], tmp_path: Path
) -> None:
    kinds = {f["id"]: f["geometry"]["type"] for f in geojson(records, tmp_path)["features"]}
    assert kinds["a-e1"] == "Point"
    assert kinds["a-e2"] == kinds["a-e3"] == "Polygon"
    assert kinds["a-e4"] == "MultiPolygon"  # cut at the antimeridian


@given(
    prec=st.integers(3, 7), lat=st.floats(-85, 85), lon=st.floats(-180, 180), km=st.floats(1, 500)
)
def test_no_point_for_what_is_not_exact(prec: int, lat: float, lon: float, km: float) -> None:
    record = ArticleRecord.model_validate(
        {
            "id": "a",
            "lang": "de",
            "text": "",
            "events": [event("e", where_prec=prec, lat=lat, lon=lon, uncertainty_km=km)],
        }
    )
    assert "Point" not in vector.event_shape(record.events[0]).geom_type


def test_coordinates_have_five_decimals_and_integers_stay_integers(
    records: list[ArticleRecord], tmp_path: Path
) -> None:
    feature = geojson(records, tmp_path)["features"][0]
    assert feature["geometry"]["coordinates"] == [36.7137, 34.73242]
    assert feature["properties"]["deaths_low"] == 3
    assert isinstance(feature["properties"]["deaths_low"], int)
    assert feature["properties"]["deaths_best"] is None
    assert feature["properties"]["acled_scope"] is True


def test_toponyms(records: list[ArticleRecord], tmp_path: Path) -> None:
    content = geojson(records, tmp_path, toponyms=True)
    assert [f["id"] for f in content["features"]] == ["a-t11"]
    properties = content["features"][0]["properties"]
    assert properties["geonameid"] == 169577
    assert properties["alternatives"] == "Homs (LY)"


@pytest.mark.parametrize("fmt", ["gpkg", "kml"])
def test_layers_for_points_and_areas(
    records: list[ArticleRecord], tmp_path: Path, fmt: Format
) -> None:
    path = write(records, tmp_path, fmt)
    layers = [name for name, _ in pyogrio.list_layers(path)]
    assert layers == ["events_points", "events_areas"]
    points = geopandas.read_file(path, layer="events_points")
    areas = geopandas.read_file(path, layer="events_areas")
    assert set(points.geom_type) == {"Point"}
    assert len(points) == 2
    assert len(areas) == 3
    assert not set(areas.geom_type) & {"Point"}


def test_geopackage_is_version_1_2(records: list[ArticleRecord], tmp_path: Path) -> None:
    data = write(records, tmp_path, "gpkg").read_bytes()
    assert data[60:64] == (10200).to_bytes(4, "big")


@pytest.mark.parametrize("fmt", ["gpkg", "fgb", "kml", "geojson"])
def test_read_back_in_wgs84(records: list[ArticleRecord], tmp_path: Path, fmt: Format) -> None:
    path = write(records, tmp_path, fmt)
    frame = geopandas.read_file(path, layer=pyogrio.list_layers(path)[0][0])
    assert frame.crs.to_epsg() == 4326
    assert "a-e1" in set(frame["id" if "event_id" not in frame else "event_id"])


def test_geoparquet(records: list[ArticleRecord], tmp_path: Path) -> None:
    path = write(records, tmp_path, "parquet")
    frame = geopandas.read_parquet(path)
    assert len(frame) == 5
    import pyarrow.parquet

    metadata = json.loads(pyarrow.parquet.read_schema(path).metadata[b"geo"])
    assert metadata["version"] == "1.1.0"
    assert "covering" in metadata["columns"]["geometry"]


def test_csv_is_safe_in_a_spreadsheet(records: list[ArticleRecord], tmp_path: Path) -> None:
    table = pd.read_csv(write(records, tmp_path, "csv"))
    assert table["description"][0] == "'=Kämpfe um Homs"
    assert table["article_title"][0] == "'@Titel"
    assert table["lat"][3] == -17.0
    assert table["geometry_wkt"][0] == "POINT (36.7137 34.73242)"


FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


@given(st.text(alphabet=st.sampled_from("=+-@＝＋－＠\t\r\n \u00a0\u3000\ufeff'1a")))
def test_no_cell_is_a_formula(cell: str) -> None:
    defused = vector.defuse_formula(cell)
    assert not defused.startswith(FORMULA_STARTS)
    assert not defused.lstrip().startswith(FORMULA_STARTS)
    assert defused in (cell, f"'{cell}")


@pytest.mark.parametrize("cell", ["a=1", "Homs - Hama", "", " Homs", "1+1", "3.5"])
def test_other_cells_stay(cell: str) -> None:
    assert vector.defuse_formula(cell) == cell


@pytest.mark.parametrize("cell", ["  =1+1", "\n=1+1", "\nHoms", "＝1+1", "\u00a0@x", "\ufeff-1"])
def test_formulas_behind_white_space_are_defused(cell: str) -> None:
    assert vector.defuse_formula(cell) == f"'{cell}"


@pytest.mark.parametrize("fmt", vector.FORMATS)
@pytest.mark.parametrize("toponyms", [False, True])
def test_no_events_give_a_valid_empty_file(tmp_path: Path, fmt: Format, toponyms: bool) -> None:
    record = ArticleRecord(id="a", lang="de", text="Nichts.")
    path = write([record], tmp_path, fmt, toponyms=toponyms)
    assert path.stat().st_size > 0
    if fmt == "parquet":
        assert len(geopandas.read_parquet(path)) == 0
    elif fmt != "csv":
        for layer, _ in pyogrio.list_layers(path):
            assert len(geopandas.read_file(path, layer=layer)) == 0


def test_bad_geometry_is_named(tmp_path: Path) -> None:
    bad = event("a-e1", where_prec=6, geometry={"type": "Polygon", "coordinates": "x"})
    record = ArticleRecord.model_validate({"id": "a", "lang": "de", "text": "", "events": [bad]})
    with pytest.raises(OutputError, match="a-e1"):
        vector.export([record], tmp_path / "x.geojson", "geojson")
    assert not list(tmp_path.iterdir())


def test_a_failed_write_keeps_the_old_file(
    records: list[ArticleRecord], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(records, tmp_path, "geojson")
    before = path.read_bytes()

    def fail(*args: object) -> None:
        raise OSError("disk full")

    monkeypatch.setitem(vector._WRITERS, "geojson", fail)
    with pytest.raises(OutputError, match="cannot be written"):
        vector.export(records, path, "geojson")
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["out.geojson"]


@pytest.mark.parametrize("fmt", ["gpkg", "fgb", "parquet"])
def test_binary_formats_need_a_file(records: list[ArticleRecord], fmt: Format) -> None:
    with pytest.raises(OutputError, match="-o"):
        vector.export(records, None, fmt)


@pytest.mark.parametrize(
    ("name", "chosen", "expected"),
    [
        ("a.gpkg", None, "gpkg"),
        ("a.json", None, "geojson"),
        ("a.json", "geojson", "geojson"),
        ("A.CSV", None, "csv"),
        ("a.xyz", "csv", "csv"),
        ("events", None, "geojson"),
        (None, None, "geojson"),
    ],
)
def test_format_follows_the_file_name(
    name: str | None, chosen: Format | None, expected: str
) -> None:
    assert vector.choose_format(Path(name) if name else None, chosen) == expected


@pytest.mark.parametrize(
    ("name", "chosen", "says"),
    [
        ("a.shp", None, "geojson, csv, gpkg, fgb, parquet, kml"),
        ("a.csv", "kml", "suffix of csv, not of kml"),
        ("a.json", "csv", "suffix of geojson"),
        (None, "gpkg", "-o events.gpkg"),
    ],
)
def test_a_file_name_of_another_format_is_refused(
    name: str | None, chosen: Format | None, says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        vector.choose_format(Path(name) if name else None, chosen)


@pytest.mark.parametrize("fmt", vector.FORMATS)
def test_same_records_same_bytes(
    records: list[ArticleRecord], tmp_path: Path, fmt: Format, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "UTC")
    first = write(records, tmp_path, fmt).read_bytes()
    now = time.time()
    while int(time.time()) == int(now):
        time.sleep(0.1)
    assert write(records, tmp_path, fmt).read_bytes() == first
    assert pyogrio.get_gdal_config_option("OGR_CURRENT_DATE") is None


def record_with(**fields: Any) -> ArticleRecord:
    return ArticleRecord.model_validate(
        {"id": "a", "lang": "de", "text": "", "events": [event("a-e1", **fields)]}
    )


def test_kml_holds_neither_control_characters_nor_html(tmp_path: Path) -> None:
    words = 'Seite\x0czwei\x1b[31m\x00\ufffe <img src=x onerror="f()"> & mehr'
    path = write([record_with(description=words, name=words)], tmp_path, "kml")
    placemark = etree.parse(path).find(".//{*}Placemark")
    assert placemark is not None
    description = placemark.findtext("{*}description")
    assert description == "Seitezwei[31m &lt;img src=x onerror=&quot;f()&quot;&gt; &amp; mehr"


LINE = {"type": "LineString", "coordinates": [[36.0, 33.0], [37.0, 34.0]]}
CROSSED = {"type": "Polygon", "coordinates": [[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]]}
FLAT = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [2, 2], [0, 0]]]}


@given(
    where_prec=st.integers(3, 7),
    km=st.none() | st.floats(0, 2000),
    lat=st.floats(-80, 80),
    lon=st.floats(-180, 180),
    geometry=st.sampled_from([None, LINE, CROSSED, FLAT]),
)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_vague_place_is_no_point_in_kml(
    tmp_path: Path,
    where_prec: int,
    km: float | None,
    lat: float,
    lon: float,
    geometry: dict[str, Any] | None,
) -> None:
    vague = {"where_prec": where_prec, "uncertainty_km": km, "lat": lat, "lon": lon}
    path = write([record_with(geometry=geometry, **vague)], tmp_path, "kml")
    drawn = etree.parse(path)
    assert drawn.find(".//{*}Placemark") is not None
    assert drawn.find(".//{*}Point") is None


@pytest.mark.parametrize("fmt", ["gpkg", "kml"])
def test_lines_get_a_layer_of_their_own(tmp_path: Path, fmt: Format) -> None:
    path = write([record_with(where_prec=5, geometry=LINE)], tmp_path, fmt)
    assert [name for name, _ in pyogrio.list_layers(path)][-1] == "events_lines"
    assert len(geopandas.read_file(path, layer="events_lines")) == 1
    assert len(geopandas.read_file(path, layer="events_areas")) == 0


@pytest.mark.parametrize("geometry", [CROSSED, FLAT])
@pytest.mark.parametrize("fmt", vector.FORMATS)
def test_an_area_stays_an_area(tmp_path: Path, fmt: Format, geometry: dict[str, Any]) -> None:
    record = record_with(where_prec=5, geometry=geometry, lat=1.0, lon=1.0)
    assert vector.event_shape(record.events[0]).geom_type in ("Polygon", "MultiPolygon")
    assert write([record], tmp_path, fmt).stat().st_size > 0


def test_what_gdal_refuses_is_told_in_one_line(
    records: list[ArticleRecord], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object) -> None:
        raise pyogrio.errors.DataLayerError("no room\nfor it")

    monkeypatch.setitem(vector._WRITERS, "gpkg", refuse)
    with pytest.raises(
        OutputError,
        match=r"^\S+out\.gpkg: cannot be written as gpkg \(no room for it\); try [^;]*$",
    ):
        write(records, tmp_path, "gpkg")


def test_a_full_disk_is_told_as_such(
    records: list[ArticleRecord], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object) -> None:
        raise pyogrio.errors.FeatureError("no such table: gpkg_contents")

    def fill(path: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setitem(vector._WRITERS, "gpkg", refuse)
    monkeypatch.setattr(vector, "_fill", fill)
    with pytest.raises(OutputError) as told:
        write(records, tmp_path, "gpkg")
    assert str(told.value) == (
        f"{tmp_path / 'out.gpkg'}: cannot be written (No space left on device);"
        " choose another place"
    )
    assert not list(tmp_path.iterdir())


def test_csv_on_stdout_keeps_its_line_ends(
    records: list[ArticleRecord], capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    vector.export(records, None, "csv")
    sys.stdout.flush()
    out = capfdbinary.readouterr().out
    assert out.count(b"\r\n") == out.count(b"\n") == 6
