"""The own layer as CSV or GeoJSON, to be kept, shared and edited elsewhere.

Both hold the same fields: ``action`` (``add``, ``edit`` or ``block``; empty: add), ``id``,
``name``, ``lat``, ``lon``, ``feature`` ("P/PPL"), ``country``, ``radius_km``, ``importance``,
``names`` ("de:Robotyne|uk:Роботине"), ``source`` and ``licence`` (of what a service found). In
GeoJSON the point is the geometry, null for blocks.
"""

from __future__ import annotations

import csv
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from geomap.errors import GazetteerError
from geomap.gazetteer.overlay.changes import (
    Facts,
    add_place,
    block_name,
    edit_place,
    parse_names,
)
from geomap.gazetteer.overlay.layer import FIRST_OWN_ID, Layer, OwnPlace
from geomap.gazetteer.store import Gazetteer

COLUMNS = "action id name lat lon feature country radius_km importance names source licence".split()
_SHOWN_ERRORS = 5
_Row = dict[str, Any]


# ---------------------------------------------------------------- import


def import_layer(layer: Layer, gazetteer: Gazetteer, path: Path) -> int:
    """Add all rows of a CSV or GeoJSON file; return how many. Own ids in the file are kept.

    Raises GazetteerError naming the bad rows; the caller then drops the layer as a whole.
    """
    errors: list[str] = []
    rows = list(_read(path))
    for where, row in rows:
        try:
            _apply(layer, gazetteer, row)
        except GazetteerError as error:
            errors.append(f"{where}: {error}")
    if errors:
        more = f" (and {len(errors) - _SHOWN_ERRORS} more)" if len(errors) > _SHOWN_ERRORS else ""
        listed = "; ".join(errors[:_SHOWN_ERRORS])
        raise GazetteerError(f"{path.name}, {listed}{more}: nothing was imported", path=path)
    return len(rows)


def _read(path: Path) -> Iterator[tuple[str, _Row]]:
    suffix = path.suffix.lower()
    if suffix not in (".csv", ".geojson", ".json"):
        raise GazetteerError(f"{path.name}: only .csv and .geojson can be imported", path=path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise GazetteerError(f"{path}: {error.strerror}", path=path) from error
    except UnicodeDecodeError as error:
        raise GazetteerError(f"{path.name} is not UTF-8: save it as UTF-8", path=path) from error
    yield from _read_csv(text, path) if suffix == ".csv" else _read_geojson(text, path)


def _read_csv(text: str, path: Path) -> Iterator[tuple[str, _Row]]:
    rows = csv.DictReader(text.splitlines(keepends=True), strict=True)
    unknown = set(rows.fieldnames or ()) - set(COLUMNS)
    if "name" not in (rows.fieldnames or ()) or unknown:
        raise GazetteerError(
            f"{path.name}: the first line must name columns among {', '.join(COLUMNS)}", path=path
        )
    try:
        for row in rows:
            if None in row or None in row.values():
                raise GazetteerError(f"{path.name} line {rows.line_num}: wrong number of columns")
            yield f"line {rows.line_num}", dict(row)
    except csv.Error as error:
        raise GazetteerError(f"{path.name} line {rows.line_num}: {error}", path=path) from error


def _read_geojson(text: str, path: Path) -> Iterator[tuple[str, _Row]]:
    try:
        collection = json.loads(text)
        features = collection["features"]
        for number, feature in enumerate(features, 1):
            row = dict(feature["properties"] or {})
            geometry = feature.get("geometry")
            if geometry:
                if geometry["type"] != "Point":
                    raise GazetteerError(f"{path.name} feature {number}: only points are places")
                row["lon"], row["lat"] = geometry["coordinates"][:2]
            row["names"] = _joined(row.get("names"))
            yield f"feature {number}", row
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        message = f"{path.name} is no GeoJSON feature collection ({error})"
        raise GazetteerError(message, path=path) from error


def _joined(names: Any) -> str:
    """Return names given as {"de": "…"} in the form of the CSV column."""
    if isinstance(names, dict):
        return "|".join(f"{lang}:{name}" for lang, name in names.items())
    return "|".join(map(str, names)) if isinstance(names, list) else str(names or "")


def _apply(layer: Layer, gazetteer: Gazetteer, row: _Row) -> None:
    action, number = _text(row, "action") or "add", _number(row, "id", int)
    facts = _facts(row)
    if action == "block":
        block_name(layer, gazetteer, facts.name or "", number)
    elif action == "edit":
        edit_place(layer, gazetteer, number or 0, facts)
    elif action == "add" and number in layer.places:
        layer.put(replace(add_place(Layer(), gazetteer, facts), id=number or 0))
    elif action == "add":
        place = add_place(layer, gazetteer, facts)
        if number is not None and number >= FIRST_OWN_ID:
            del layer.places[place.id]
            layer.put(replace(place, id=number))
    else:
        raise GazetteerError(f"no such action: {action!r} (add, edit or block)")


def _facts(row: _Row) -> Facts:
    return Facts(
        name=_text(row, "name"),
        lat=_number(row, "lat", float),
        lon=_number(row, "lon", float),
        feature=_text(row, "feature"),
        country=_text(row, "country"),
        radius_km=_number(row, "radius_km", float),
        importance=_number(row, "importance", float),
        names=parse_names((_text(row, "names") or "").split("|")),
        source=_text(row, "source"),
        licence=_text(row, "licence"),
    )


def _text(row: _Row, key: str) -> str | None:
    value = row.get(key)
    return (str(value).strip() or None) if value is not None else None


def _number(row: _Row, key: str, kind: type) -> Any:
    text = _text(row, key)
    try:
        return None if text is None else kind(text)
    except ValueError as error:
        raise GazetteerError(f"{key} {text!r} is no number") from error


# ---------------------------------------------------------------- export


def export_layer(layer: Layer, path: Path) -> int:
    """Write the layer as CSV or GeoJSON, by the file's suffix; return the number of rows.

    Raises GazetteerError for other suffixes and if the file cannot be written.
    """
    rows = list(_rows(layer))
    suffix = path.suffix.lower()
    if suffix not in (".csv", ".geojson"):
        raise GazetteerError(f"{path.name}: name a .csv or .geojson file", path=path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
                _write_csv(rows, stream) if suffix == ".csv" else _write_geojson(rows, stream)
            Path(temporary).replace(path)
        finally:
            with suppress(OSError):
                Path(temporary).unlink()
    except OSError as error:
        raise GazetteerError(f"{path}: {error.strerror or error}", path=path) from error
    return len(rows)


def _rows(layer: Layer) -> Iterator[_Row]:
    for _, place in sorted(layer.places.items()):
        yield _row(place)
    for block in layer.blocks.values():
        yield {"action": "block", "id": block.place, "name": block.name}


def _row(place: OwnPlace) -> _Row:
    feature = f"{place.feature_class}/{place.feature_code}" if place.feature_class else None
    names = "|".join(f"{lang}:{name}" if lang else name for lang, name in place.names)
    return {
        "action": "edit" if place.is_correction else "add",
        **{"id": place.id, "name": place.name, "lat": place.lat, "lon": place.lon},
        **{"feature": feature, "country": place.country, "radius_km": place.radius_km},
        **{"importance": place.importance, "names": names or None},
        **{"source": place.source, "licence": place.licence},
    }


def _write_csv(rows: list[_Row], stream: Any) -> None:
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


def _write_geojson(rows: list[_Row], stream: Any) -> None:
    features = []
    for row in rows:
        lat, lon = row.get("lat"), row.get("lon")
        geometry = None if lat is None else {"type": "Point", "coordinates": [lon, lat]}
        properties = {k: v for k, v in row.items() if k not in ("lat", "lon") and v is not None}
        features.append({"type": "Feature", "geometry": geometry, "properties": properties})
    collection = {"type": "FeatureCollection", "features": features}
    json.dump(collection, stream, ensure_ascii=False, indent=1)
    stream.write("\n")
