"""Areas of seas, gulfs and straits, shipped beside the gazetteer file: all versions share them."""

from __future__ import annotations

import json
import lzma
from functools import cache
from pathlib import Path

from geomap.models import GeoJSON, Place

WATERS = Path(__file__).parent / "data" / "waters.jsonl.xz"
_OPEN = frozenset({"SEA", "OCN", "GULF", "BAY", "STRT", "SD", "CHN"})


def is_open_water(place: Place) -> bool:
    """Tell whether a place is sea, by its GeoNames feature code."""
    return place.feature_class == "H" and place.feature_code in _OPEN


def water_area(place: Place) -> GeoJSON | None:
    """Return the polygon of a sea, gulf or strait, None for other places and own ones."""
    line = _read().get(place.id) if is_open_water(place) else None
    return {"type": "MultiPolygon", "coordinates": json.loads(line)[1]} if line else None


@cache
def _read() -> dict[int, str]:
    """Return the lines by place, unread: as text they take a tenth of the memory."""
    lines = lzma.decompress(WATERS.read_bytes()).decode("ascii").splitlines()
    return {int(line[1 : line.index(",")]): line for line in lines}
