"""What kind of place a service says it found, as GeoNames' class and code ("A/ADM1")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

UNKNOWN = "P/PPL"
"""Where a service does not say: the kind that news names most."""

# Of the divisions of a country and its settlements, whatever the service: OpenStreetMap's places,
# Pelias' layers, Mapbox' and Google's types.
_PLACES = {
    "country": "A/PCLI",
    "dependency": "A/PCLD",
    "macroregion": "L/RGN",
    **dict.fromkeys(("state", "region", "province"), "A/ADM1"),
    "administrative_area_level_1": "A/ADM1",
    **dict.fromkeys(("state_district", "county", "macrocounty", "district"), "A/ADM2"),
    "administrative_area_level_2": "A/ADM2",
    **dict.fromkeys(("municipality", "localadmin", "administrative_area_level_3"), "A/ADM3"),
    "administrative_area_level_4": "A/ADM4",
    **dict.fromkeys("city town village hamlet isolated_dwelling locality place".split(), "P/PPL"),
    "postal_town": "P/PPL",
    **dict.fromkeys("suburb quarter neighbourhood neighborhood borough".split(), "P/PPLX"),
    **dict.fromkeys(("sublocality", "city_block", "subdistrict"), "P/PPLX"),
    **dict.fromkeys(("island", "islet"), "T/ISL"),
    "archipelago": "T/ISLS",
    **dict.fromkeys(("sea", "marinearea"), "H/SEA"),
    "ocean": "H/OCN",
    "colloquial_area": "L/RGN",
    "natural_feature": "L/RGN",
    "airport": "S/AIRP",
}
# OpenStreetMap's other keys. What is not here (shops, streets, offices) no article means by a name
# that the gazetteer lacks.
_OSM = {
    ("place", "locality"): "L/LCTY",
    ("place", "district"): "P/PPLX",
    ("natural", "peak"): "T/MT",
    ("natural", "volcano"): "T/VLC",
    ("natural", "mountain_range"): "T/MTS",
    ("natural", "hill"): "T/HLL",
    ("natural", "ridge"): "T/RDGE",
    ("natural", "valley"): "T/VAL",
    ("natural", "saddle"): "T/PASS",
    ("natural", "cape"): "T/CAPE",
    ("natural", "peninsula"): "T/PEN",
    ("natural", "plateau"): "T/PLAT",
    ("natural", "desert"): "T/DSRT",
    ("natural", "water"): "H/LK",
    ("natural", "bay"): "H/BAY",
    ("natural", "strait"): "H/STRT",
    ("natural", "spring"): "H/SPNG",
    ("natural", "wood"): "V/FRST",
    ("waterway", "wadi"): "H/WAD",
    ("waterway", "dam"): "S/DAM",
    ("waterway", "canal"): "H/CNL",
    ("waterway", None): "H/STM",
    ("water", None): "H/LK",
    ("landuse", "military"): "L/MILB",
    ("landuse", "residential"): "P/PPLX",
    ("landuse", "forest"): "V/FRST",
    ("landuse", "industrial"): "L/INDS",
    ("military", "airfield"): "S/AIRB",
    ("military", None): "L/MILB",
    ("aeroway", "aerodrome"): "S/AIRP",
    ("historic", None): "S/HSTS",
    ("boundary", "protected_area"): "L/RESN",
    ("boundary", "national_park"): "L/PRK",
    ("boundary", None): "L/RGN",
    ("amenity", "hospital"): "S/HSP",
    ("amenity", "prison"): "S/PRN",
    ("amenity", "university"): "S/UNIV",
    ("amenity", "border_control"): "S/PSTB",
    ("amenity", "refugee_site"): "S/CMPRF",
    ("amenity", "place_of_worship"): "S/MSQE",
    ("barrier", "border_control"): "S/PSTB",
    ("railway", "station"): "S/RSTN",
    ("man_made", "bridge"): "S/BDG",
    ("bridge", None): "S/BDG",
    ("power", "plant"): "S/PS",
}
# Nominatim ranks divisions where nothing else says what they are: the first that is not below.
_RANKS = ((4, "A/PCLI"), (9, "A/ADM1"), (12, "A/ADM2"), (16, "P/PPL"), (30, "P/PPLX"))
_ADDRESSES = frozenset(
    """street street_address route address house housenumber intersection venue poi
    point_of_interest establishment premise postalcode postcode postal_code pointaddress
    streetaddress streetname houseNumber""".casefold().split()
)
_GEONAMES = re.compile(r"[AHLPRSTUV]"), re.compile(r"[A-Z0-9]{2,10}")


def feature_of(raw: Mapping[str, Any]) -> str | None:
    """Return the feature of one of a service's results, ``UNKNOWN`` if it does not say.

    None: an address, a shop or the like, which is no answer to the name of a place.
    """
    properties = _mapping(raw.get("properties"))
    if "fcl" in raw:
        return _of_geonames(raw)
    if "osm_key" in properties:
        return _of_osm(properties["osm_key"], properties.get("osm_value"), properties.get("type"))
    key = raw.get("class") or raw.get("category")
    if key and "type" in raw:
        return _of_osm(key, raw["type"], raw.get("addresstype"), raw.get("place_rank"))
    return _of_types(_types(raw, properties))


def _of_geonames(raw: Mapping[str, Any]) -> str:
    feature_class, code = str(raw["fcl"]), str(raw.get("fcode") or "")
    fits = _GEONAMES[0].fullmatch(feature_class) and _GEONAMES[1].fullmatch(code)
    return f"{feature_class}/{code}" if fits else UNKNOWN


def _of_osm(key: Any, value: Any, kind: Any, rank: Any = None) -> str | None:
    exact = _OSM.get((str(key), str(value)))
    if exact:
        return exact
    if key == "place":
        return _PLACES.get(str(value), UNKNOWN)
    if key == "boundary" and value == "administrative":
        return _PLACES.get(str(kind)) or _of_rank(rank)
    return _OSM.get((str(key), None))


def _of_rank(rank: Any) -> str:
    if not isinstance(rank, int):
        return "L/RGN"
    return next((feature for highest, feature in _RANKS if rank <= highest), UNKNOWN)


def _types(raw: Mapping[str, Any], properties: Mapping[str, Any]) -> list[str]:
    attributes = _mapping(raw.get("attributes"))
    said = (
        raw.get("types"),
        raw.get("place_type"),
        properties.get("layer"),
        properties.get("place_type"),
        raw.get("administrativeAreaType"),
        raw.get("localityType"),
        raw.get("resultType"),
        attributes.get("Type"),
        attributes.get("Addr_type"),
        _mapping(raw.get("components")).get("_type"),
    )
    listed = (item if isinstance(item, list) else [item] for item in said)
    return [str(word).casefold() for items in listed for word in items if word]


def _of_types(types: Iterable[str]) -> str | None:
    types = list(types)
    for word in types:
        if word in _PLACES:
            return _PLACES[word]
    return None if _ADDRESSES.intersection(types) else UNKNOWN


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
