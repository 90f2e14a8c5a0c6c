"""Geographic coordinates written in running text, in the notations that reports use.

Understood are decimal degrees (``33.5138, 36.2765``; ``33,51° N, 36,28° O``) and degrees, minutes
and seconds with hemispheres before or after (``33°30'49"N 36°16'E``, ``N 33° 30' E 36° 16'``).
A bare pair needs four decimals, so that figures ("1.234, 5.678") are not taken for a place.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import NamedTuple

EARTH_RADIUS_KM = 6371.009


class WrittenPoint(NamedTuple):
    """A point and where it stands in the text; WGS84 degrees."""

    start: int
    end: int
    lat: float
    lon: float


_HEMISPHERES = {
    "N": ("lat", 1),
    "S": ("lat", -1),
    "E": ("lon", 1),
    "O": ("lon", 1),
    "W": ("lon", -1),
}
_HEMISPHERE = (
    r"(?:[NS]orth|East|West|South|Nord|Süd|Ost"
    r"|(?:nördliche|südliche)r?\s+Breite|(?:östliche|westliche)r?\s+Länge|[NSEOW])(?!\w)"
)
_DEGREES = r"""(?P<degrees{0}>\d{{1,3}}(?:[.,]\d+)?)\s*[°º]\s*
    (?:(?P<minutes{0}>\d{{1,2}}(?:[.,]\d+)?)\s*['′’]\s*)?
    (?:(?P<seconds{0}>\d{{1,2}}(?:[.,]\d+)?)\s*(?:["″”“]|''|′′|’’)\s*)?"""
_SEPARATOR = r"\s*(?:[,;/]|und|and|by)?\s*"

_AFTER = re.compile(
    rf"(?<![\w.,]){_DEGREES.format(1)}(?P<side1>{_HEMISPHERE})"
    rf"{_SEPARATOR}{_DEGREES.format(2)}(?P<side2>{_HEMISPHERE})",
    re.VERBOSE,
)
_BEFORE = re.compile(
    rf"(?<!\w)(?P<side1>[NSEOW])\s*{_DEGREES.format(1)}"
    rf"{_SEPARATOR}(?P<side2>[NSEOW])\s*{_DEGREES.format(2)}",
    re.VERBOSE,
)
_LETTERED = re.compile(
    r"(?<![\w.,])(?P<degrees1>\d{1,2}\.\d{2,})\s?(?P<side1>[NS])"
    r"\s*[,;/]?\s*(?P<degrees2>\d{1,3}\.\d{2,})\s?(?P<side2>[EOW])(?!\w)"
)
_DECIMAL = re.compile(
    r"(?<![\w.,+-])(?P<degrees1>[+-]?\d{1,2}\.\d{4,})[°º]?\s*[,;/]\s*"
    r"(?P<degrees2>[+-]?\d{1,3}\.\d{4,})[°º]?(?![\w])(?!\s*[.,;]\s*[+-]?\d)"
)
_PATTERNS = (_AFTER, _BEFORE, _LETTERED, _DECIMAL)
_DEGREE_OR_DECIMALS = re.compile(r"[°º]|\d\.\d\d")
"""Without which none of the patterns matches."""


def find_coordinates(text: str) -> Iterator[WrittenPoint]:
    """Yield the points written in ``text`` in order; what lies outside the globe is skipped."""
    if not _DEGREE_OR_DECIMALS.search(text):
        return
    found = [
        point
        for pattern in _PATTERNS
        for match in pattern.finditer(text)
        if (point := _read(match)) is not None
    ]
    end = 0
    for point in sorted(found, key=lambda point: (point.start, -point.end)):
        if point.start >= end:
            yield point
            end = point.end


def parse_coordinates(text: str) -> WrittenPoint | None:
    """Return the point that ``text`` as a whole writes, None where it is no such thing."""
    stripped = text.strip()
    for point in find_coordinates(stripped):
        if (point.start, point.end) == (0, len(stripped)):
            return point
    return None


def _read(match: re.Match[str]) -> WrittenPoint | None:
    groups = match.groupdict()
    first, second = _read_angle(groups, "1"), _read_angle(groups, "2")
    if first is None or second is None:
        return None
    axes = (_read_side(groups.get("side1")), _read_side(groups.get("side2")))
    if axes[0] is None or axes[1] is None:
        lat, lon = first, second
    elif axes[0][0] == axes[1][0]:
        return None
    else:
        values = {axes[0][0]: first * axes[0][1], axes[1][0]: second * axes[1][1]}
        lat, lon = values["lat"], values["lon"]
    if abs(lat) > 90 or abs(lon) > 180:
        return None
    end = match.start() + len(match.group().rstrip())
    return WrittenPoint(match.start(), end, lat, lon)


def _read_angle(groups: dict[str, str | None], which: str) -> float | None:
    degrees, minutes, seconds = (
        float((groups.get(part + which) or "0").replace(",", "."))
        for part in ("degrees", "minutes", "seconds")
    )
    if minutes >= 60 or seconds >= 60:
        return None
    return degrees + minutes / 60 + seconds / 3600


def _read_side(side: str | None) -> tuple[str, int] | None:
    """Return axis and sign; German words start with other letters than their abbreviations."""
    if side is None:
        return None
    letter = side[0].upper()
    return _HEMISPHERES["O" if letter == "Ö" else letter]


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the great-circle distance of two points (haversine on the mean Earth radius)."""
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    half_lat, half_lon = (phi2 - phi1) / 2, math.radians(lon2 - lon1) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(phi1) * math.cos(phi2) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(chord)))
