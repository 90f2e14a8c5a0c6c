"""Records of a small made-up archive, and the folder that ``geomap batch`` would make of them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from geomap.batch.manifest import Counts, FileEntry, Manifest, PartEntry, Setup
from geomap.outputs.parts import PartFormat, part_names, write_part
from geomap.records import ArticleRecord

TEXT = "Bei Kämpfen um Homs starben am Montag drei Menschen. Auch aus dem Irak kamen Berichte."
AREA = {
    "type": "Polygon",
    "coordinates": [[[36.0, 33.0], [39.0, 33.0], [39.0, 36.0], [36.0, 36.0], [36.0, 33.0]]],
}
BORDER = {"type": "LineString", "coordinates": [[41.0, 36.5], [42.0, 37.0]]}


def toponyms() -> list[dict[str, Any]]:
    homs = {
        "start": 15, "end": 19, "text": "Homs", "name": "Homs", "lat": 34.72682, "lon": 36.72339,
        "geonameid": 169577, "country": "SY", "admin1": "Homs Governorate", "feature_class": "P",
        "feature_code": "PPLA", "role": "event", "where_prec": 1, "uncertainty_km": 5.0,
        "confidence": 0.9, "method": "ranked", "reason": "the town",
        "alternatives": [{"name": "Homs (LY)", "lat": 32.6, "lon": 14.3, "confidence": 0.05}],
    }  # fmt: skip
    return [homs, {"start": 66, "end": 70, "text": "Irak"}]


def event(identifier: str, **more: Any) -> dict[str, Any]:
    return {
        "event_id": identifier, "location_start": 15, "location_end": 19, "name": "Homs",
        "country": "SY", "lat": 34.72682, "lon": 36.72339, "where_prec": 1, "geo_precision": 1,
        "uncertainty_km": 5.0, "event_type": "Battles", "sub_event_type": "Armed clash",
        "plover": "ASSAULT", "description": "Bei Kämpfen um Homs starben am Montag drei Menschen.",
        "desc_start": 0, "desc_end": 52, "modality": "asserted", "attribution": "narrator",
        "date_start": "2015-08-31", "date_end": "2015-08-31", "date_prec": 1, "deaths_best": 3,
        "confidence": 0.8, "evidence": ["clause"],
        **more,
    }  # fmt: skip


def record(number: int) -> ArticleRecord:
    """Article ``number``: three events; of each four second ones, one has no place."""
    identifier = f"a{number}"
    second: list[dict[str, Any]] = [
        {"country": "IQ", "where_prec": 4, "geometry": AREA, "attribution": "belligerent",
         "verification": "unverified", "date_start": "2015-09-01", "date_end": "2015-09-03"},
        {"country": "IQ", "where_prec": 4, "geometry": BORDER, "relation": {"kind": "border"},
         "event_type": "Explosions/Remote violence", "sub_event_type": "Air/drone strike"},
        {"country": None, "name": None, "lat": None, "lon": None, "where_prec": None,
         "geo_precision": None, "modality": "future", "date_start": None, "date_end": None},
        # Known to the country only: no shape of its own.
        {"where_prec": 6, "uncertainty_km": 300.0, "disputed_by": "the army"},
    ]  # fmt: skip
    events = [
        event(f"{identifier}-e1", mentions=[{"text": "dort", "start": 53, "end": 57}]),
        event(f"{identifier}-e2", **second[number % 4]),
        event(f"{identifier}-e3", geometry=None, where_prec=2, confidence=0.3),
    ]
    return ArticleRecord.model_validate(
        {
            "schema": "geomap/1", "id": identifier, "lang": "de", "published": "2015-09-01",
            "title": f"Meldung {number}", "text": TEXT, "source": {"publisher": "Tagblatt"},
            "made_by": {"geomap": "0", "model": "m", "gazetteer": "g"}, "focus_country": "SY",
            "toponyms": toponyms(), "events": events, "diagnostics": ["a remark"],
        }
    )  # fmt: skip


def write_folder(
    folder: Path,
    records: Sequence[ArticleRecord],
    fmt: PartFormat = "jsonl.zst",
    *,
    size: int = 4,
    complete: bool = True,
) -> Path:
    """Write a folder of parts with its manifest."""
    setup = Setup(geomap="0", gazetteer="g", format=fmt, part_size=size, settings={})
    manifest = Manifest(setup=setup, complete=complete)
    for number, begin in enumerate(range(0, len(records), size), start=1):
        some = records[begin : begin + size]
        names = part_names(number, fmt)
        paths = [folder / name for name in names]
        for path in paths:
            path.parent.mkdir(parents=True, exist_ok=True)
        write_part(some, paths, fmt)
        counts = Counts(
            articles=len(some),
            toponyms=sum(len(found.toponyms) for found in some),
            events=sum(len(found.events) for found in some),
        )
        entry = PartEntry(
            number=number,
            input_sha256="0",
            files=[_entry(name, path) for name, path in zip(names, paths, strict=True)],
            counts=counts,
            errors_bytes=0,
            duplicates_bytes=0,
        )
        manifest.parts.append(entry)
        manifest.totals.add(counts)
    (folder / "manifest.json").write_text(manifest.to_json(), "utf-8")
    return folder


def _entry(name: str, path: Path) -> FileEntry:
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    return FileEntry(name=name, bytes=len(content), sha256=digest)
