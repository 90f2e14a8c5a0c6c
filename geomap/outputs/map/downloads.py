"""What the page lets its reader save: the files `geomap export` writes, packed into the page."""

from __future__ import annotations

import base64
import gzip
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from geomap.errors import OutputError
from geomap.outputs.vector import Format, export
from geomap.records import ArticleRecord

MOST_SAVED = 5_000

_OFFERED: tuple[tuple[Format, str, str], ...] = (
    ("geojson", "GeoJSON", "application/geo+json"),
    ("csv", "CSV", "text/csv"),
)


def pack_files(records: Sequence[ArticleRecord]) -> list[dict[str, str]]:
    """Return name, label, media type and gzipped base64 of each file; none without located events.

    Nor where a record holds what no file can, such as half a coordinate or half a letter: the page
    leaves that out; nor for more than `MOST_SAVED` events, which would double the page.
    """
    located = sum(event.lat is not None for record in records for event in record.events)
    if not 0 < located <= MOST_SAVED:
        return []
    try:
        return [_pack(records, fmt, label, media) for fmt, label, media in _OFFERED]
    except (OutputError, UnicodeEncodeError):
        return []


def _pack(records: Sequence[ArticleRecord], fmt: Format, label: str, media: str) -> dict[str, str]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"events.{fmt}"
        export(records, path, fmt)
        # Without a time stamp: the same records give the same bytes.
        packed = gzip.compress(path.read_bytes(), mtime=0)
    encoded = base64.b64encode(packed).decode("ascii")
    return {"name": path.name, "label": label, "type": media, "packed": encoded}
