"""Parts in tables of GeoParquet, read back as records.

The tables hold no offsets of mentions, no bearings and no coordinates of alternatives: the records
made of them are for counting, drawing and selecting, not the whole of what ``geomap parse`` said.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from geomap.errors import InputError
from geomap.outputs.parts import part_names
from geomap.outputs.vector import event_shape
from geomap.records import ArticleRecord, EventRecord, MadeByRecord, SourceRecord, ToponymRecord

_ARTICLES, _TOPONYMS, _EVENTS = (Path(name).parts[0] for name in part_names(1, "geoparquet"))
_OTHER_FORMS = frozenset(("relation", "mentions", "evidence", "alternatives", "geometry"))

Rows = list[dict[str, Any]]


def tables_of(source: str) -> list[Path] | None:
    """Return the three tables of a part whose table of articles ``source`` is, None for others."""
    path = Path(source)
    if path.suffix != ".parquet" or path.parent.name != _ARTICLES:
        return None
    root = path.parent.parent
    tables = [path, root / _TOPONYMS / path.name, root / _EVENTS / path.name]
    return tables if all(table.parent.is_dir() for table in tables) else None


def read_part_tables(tables: list[Path]) -> Iterator[ArticleRecord]:
    """Yield the records of a part, in order; raises InputError for tables that are no part's."""
    articles, toponyms, events = (_read(path) for path in tables)
    try:
        toponyms_of, events_of = _by_article(toponyms), _by_article(events)
        for row in articles:
            yield _record(row, toponyms_of[row["id"]], events_of[row["id"]])
    except (KeyError, ValueError) as error:
        message = f"is no table of geomap's ({' '.join(str(error).split())}); make it again"
        raise InputError(message, source=str(tables[0])) from error


def _read(path: Path) -> Rows:
    from pyarrow import ArrowException, parquet

    try:
        rows: Rows = parquet.read_table(path, partitioning=None).to_pylist()
    except FileNotFoundError as error:
        raise InputError("is missing; restore it", source=str(path)) from error
    except OSError as error:
        reason = error.strerror or error
        raise InputError(f"cannot be read ({reason})", source=str(path)) from error
    except ArrowException as error:
        reason = " ".join(str(error).split())
        raise InputError(f"is not Parquet that can be read ({reason})", source=str(path)) from error
    return rows


def _by_article(rows: Rows) -> dict[str, Rows]:
    found: dict[str, Rows] = defaultdict(list)
    for row in rows:
        found[row["article_id"]].append(row)
    return found


def _record(row: dict[str, Any], toponyms: Rows, events: Rows) -> ArticleRecord:
    return ArticleRecord(
        id=row["id"],
        lang=row["lang"],
        published=row["published"],
        title=row["title"],
        text=row["text"],
        source=SourceRecord(**_fields(row, SourceRecord)),
        made_by=MadeByRecord(**_fields(row, MadeByRecord)),
        focus_country=row["focus_country"],
        toponyms=[ToponymRecord(**_fields(toponym, ToponymRecord)) for toponym in toponyms],
        events=[_event(event) for event in events],
        diagnostics=[row["diagnostics"]] if row["diagnostics"] else [],
    )


def _event(row: dict[str, Any]) -> EventRecord:
    fields = _fields(row, EventRecord)
    if row["relation"]:
        fields["relation"] = {"kind": row["relation"]}
    if row["evidence"]:
        fields["evidence"] = row["evidence"].split("; ")
    event = EventRecord(**fields)
    area = _area_of(row["geometry"], event)
    return event.model_copy(update={"geometry": area}) if area else event


def _fields(row: dict[str, Any], model: Any) -> dict[str, Any]:
    return {name: row[name] for name in model.model_fields if name not in _OTHER_FORMS}


def _area_of(geometry: bytes | None, event: EventRecord) -> dict[str, Any] | None:
    """Return the GeoJSON of an area or line, None for a point and for a circle.

    Those stand in the tables for what has no shape of its own.
    """
    from shapely import from_wkb, to_geojson

    shape = from_wkb(geometry)
    if shape is None or shape.geom_type == "Point" or shape.equals(event_shape(event)):
        return None
    area: dict[str, Any] = json.loads(to_geojson(shape))
    return area
