"""What a service answered, checked and reduced to what geomap needs; nothing else is kept."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from geomap.resolution.geocoding.features import feature_of

MAX_ANSWERS = 10
_MAX_NAMES = 60
_MAX_LENGTH = 200
_KM_PER_DEGREE = 111.2
_MAX_RADIUS_KM = 5000.0
_RADIUS_KM = {"A/PCLI": 300.0, "A/ADM1": 100.0, "A/ADM2": 20.0, "L/RGN": 100.0}
_DEFAULT_RADIUS_KM = 10.0
# Services draw boxes of a third of a degree around towns whose extent they do not know.
_MAX_TOWN_KM = 30.0
_COUNTRY = re.compile(r"[A-Za-z]{2}")


@dataclass(frozen=True, slots=True)
class Answer:
    """A place a service found; ``names`` are all it bears, ``feature`` is like "P/PPL".

    ``lat`` and ``lon`` are WGS84 degrees within range; ``licence`` says whom to credit.
    """

    name: str
    names: tuple[str, ...]
    lat: float
    lon: float
    feature: str
    country: str | None
    admin1: str | None
    radius_km: float
    licence: str
    geonameid: int | None = None


def read_answers(locations: Any, lang: str, licence: str) -> tuple[Answer, ...]:
    """Return the first ten places of geopy's answer, without addresses, shops and the like.

    Raises LookupError, TypeError or ValueError if it is not of the form that geopy documents.
    """
    if locations is None:
        return ()
    found = locations if isinstance(locations, list) else [locations]
    kept = (_read(item, lang, licence) for item in found[:MAX_ANSWERS] if item is not None)
    return tuple(answer for answer in kept if answer is not None)


def dump_answers(answers: Sequence[Answer]) -> str:
    """Return answers as JSON, for the cache."""
    return json.dumps([asdict(answer) for answer in answers], ensure_ascii=False)


def load_answers(text: str) -> tuple[Answer, ...]:
    """Return what ``dump_answers`` wrote."""
    return tuple(Answer(**row | {"names": tuple(row["names"])}) for row in json.loads(text))


def _read(location: Any, lang: str, licence: str) -> Answer | None:
    raw = location.raw
    if not isinstance(raw, Mapping):
        raise TypeError("a result is no object")
    lat, lon = float(location.latitude), float(location.longitude)
    _check_point(lat, lon, raw)
    feature = feature_of(raw)
    names = tuple(dict.fromkeys(_names(str(location.address), raw, lang)))[:_MAX_NAMES]
    if feature is None or not names:
        return None
    return Answer(
        name=names[0],
        names=names,
        lat=lat,
        lon=lon,
        feature=feature,
        country=_country(raw),
        admin1=_admin1(raw),
        radius_km=_radius_km(raw, feature),
        licence=_licence(raw, licence),
        geonameid=raw["geonameId"] if isinstance(raw.get("geonameId"), int) else None,
    )


def _check_point(lat: float, lon: float, raw: Mapping[str, Any]) -> None:
    # geopy winds longitudes round the globe until they fit; the answer's own must fit as it is.
    said = raw.get("lon", raw.get("lng", lon))
    coordinates = _mapping(raw.get("geometry")).get("coordinates")
    if isinstance(coordinates, list) and coordinates:
        said = coordinates[0]
    for value, limit in ((lat, 90), (lon, 180), (float(said), 180)):
        if not (math.isfinite(value) and abs(value) <= limit):
            raise ValueError("a coordinate is out of range")


def _names(address: str, raw: Mapping[str, Any], lang: str) -> Iterator[str]:
    """Yield the names of a result, the one to show first."""
    details, properties = _mapping(raw.get("namedetails")), _mapping(raw.get("properties"))
    components = raw.get("address_components")
    first = _mapping(components[0]) if isinstance(components, list) and components else {}
    attributes = _mapping(raw.get("attributes"))
    said = (
        details.get(f"name:{lang}"),
        *(source.get("name") for source in (raw, properties, details)),
        *(raw.get(key) for key in ("text", "matching_text", "toponymName", "asciiName")),
        *(first.get(key) for key in ("long_name", "short_name")),
        attributes.get("PlaceName"),
        *(
            part
            for value in (raw.get("title"), address)
            for part in str(value or "").split(",")[:1]
        ),
        *details.values(),
    )
    for value in said:
        if isinstance(value, str):
            yield from filter(None, (_clean(part) for part in value.split(";")))


def _clean(text: str) -> str:
    """Return a name without control characters and surrounding blanks, empty if too long."""
    kept = "".join(c for c in text if unicodedata.category(c)[0] != "C")
    name = " ".join(kept.split())
    return name if len(name) <= _MAX_LENGTH else ""


def _country(raw: Mapping[str, Any]) -> str | None:
    address, properties = _mapping(raw.get("address")), _mapping(raw.get("properties"))
    said = (
        address.get("country_code"),
        properties.get("countrycode"),
        properties.get("country_code"),
        properties.get("short_code"),
        raw.get("countryCode"),
        _mapping(raw.get("components")).get("country_code"),
        *_short_names(raw, "country"),
    )
    fitting = (code.upper() for code in said if isinstance(code, str) and _COUNTRY.fullmatch(code))
    return next(fitting, None)


def _short_names(raw: Mapping[str, Any], kind: str) -> Iterator[Any]:
    """Yield Google's short names of the parts of an address that are of a kind."""
    components = raw.get("address_components")
    for part in components if isinstance(components, list) else ():
        if isinstance(part, Mapping) and kind in (part.get("types") or ()):
            yield part.get("short_name")


def _admin1(raw: Mapping[str, Any]) -> str | None:
    address, properties = _mapping(raw.get("address")), _mapping(raw.get("properties"))
    said = (
        *(address.get(key) for key in ("state", "province")),
        *(properties.get(key) for key in ("state", "region")),
        raw.get("adminName1"),
    )
    return next((_clean(name) or None for name in said if isinstance(name, str)), None)


def _radius_km(raw: Mapping[str, Any], feature: str) -> float:
    default = _RADIUS_KM.get(feature, _DEFAULT_RADIUS_KM)
    box = _box(raw)
    if box is None:
        return default
    south, north, west, east = box
    height = abs(north - south) * _KM_PER_DEGREE
    # A box across the 180th meridian has its east west of its west.
    width = ((east - west) % 360) * _KM_PER_DEGREE * math.cos(math.radians((south + north) / 2))
    limit = _MAX_TOWN_KM if feature[0] == "P" else _MAX_RADIUS_KM
    return round(min(limit, max(1.0, math.hypot(height, width) / 2)), 1)


def _box(raw: Mapping[str, Any]) -> tuple[float, float, float, float] | None:
    """Return south, north, west, east of a result, None where the service gives no box."""
    extent = _mapping(raw.get("properties")).get("extent")
    viewport = _mapping(_mapping(raw.get("geometry")).get("viewport"))
    if "boundingbox" in raw:
        return _numbers(raw["boundingbox"], (0, 1, 2, 3))
    if extent:
        return _numbers(extent, (3, 1, 0, 2))
    if viewport:
        low, high = _mapping(viewport.get("southwest")), _mapping(viewport.get("northeast"))
        corners = [low.get("lat"), high.get("lat"), low.get("lng"), high.get("lng")]
        return _numbers(corners, (0, 1, 2, 3))
    return _numbers(raw.get("bbox"), (1, 3, 0, 2))


def _numbers(
    values: Any, order: tuple[int, int, int, int]
) -> tuple[float, float, float, float] | None:
    try:
        south, north, west, east = (float(values[place]) for place in order)
    except (LookupError, TypeError, ValueError):
        return None
    return (south, north, west, east) if _all_finite((south, north, west, east)) else None


def _all_finite(values: Iterable[float]) -> bool:
    return all(map(math.isfinite, values))


def _licence(raw: Mapping[str, Any], default: str) -> str:
    said = raw.get("licence")
    return (_clean(said) if isinstance(said, str) else "") or default


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
