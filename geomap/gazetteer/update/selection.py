"""Which places of GeoNames' 13 million the gazetteer takes in, and how much weight they get."""

from __future__ import annotations

from typing import Literal, TypeAlias

from geomap.gazetteer.build.draft import settlement_importance, settlement_radius_km
from geomap.gazetteer.update.formats import GeoName

Detail: TypeAlias = Literal["towns", "villages"]
"""``towns``: what the shipped gazetteer has; ``villages``: every place that news may name."""

_MIN_POPULATION = 500
_SEATS = ("PPLA", "PPLC", "PPLG")
_TOWN_CODES = {"A": frozenset({"ADM1", "ADM2"}), "L": frozenset({"RGN", "CONT"})}
_VILLAGE_CODES = {
    "A": frozenset("ADM1 ADM2 ADM3 ADM4 ADM5 ADMD LTER ZN".split()),
    "H": frozenset(
        "BAY CNL CHN DLTA GULF LGN LK LKI LKS OCN RSV SD SEA STM STMI STMS STRT WAD".split()
    ),
    "L": frozenset("AREA CONT CST INDS LCTY MILB MVA NVB OILF PRT RGN RGNE TRB".split()),
    "S": frozenset(
        "AIRB AIRF AIRP AIRQ BDG CMP CMPRF DAM FT HSP INSM OILR PRN PS PSH PSN PSTB PSTC".split()
    ),
    "T": frozenset("CAPE DSRT HLLS ISL ISLS MT MTS PASS PEN PK PLAT PLN RDGE VAL VLC".split()),
    "V": frozenset({"FRST"}),
}
_RADIUS_KM = {"A": 20.0, "H": 20.0, "L": 20.0, "S": 2.0, "T": 10.0, "V": 10.0}
_RADIUS_OF_CODE_KM = {"ADM1": 100.0, "ADM2": 20.0, "ADM3": 10.0, "ADM4": 5.0, "RGN": 100.0}
_REGION_IMPORTANCE = {"RGN": 0.4, "CONT": 0.9}
_DIVISION_RANK = {"ADM1": -0.1, "ADM2": -0.25}
_NATURE_IMPORTANCE = 0.1
_LOWEST_IMPORTANCE = 0.04


def is_wanted(row: GeoName, detail: Detail) -> bool:
    """Tell whether a place that the gazetteer lacks is taken in."""
    if row.feature_class == "P":
        seat = row.feature_code.startswith(_SEATS)
        return detail == "villages" or row.population >= _MIN_POPULATION or seat
    codes = _VILLAGE_CODES if detail == "villages" else _TOWN_CODES
    return row.feature_code in codes.get(row.feature_class, ())


def radius_km_of(feature_class: str, feature_code: str, population: int) -> float:
    """Return how far a place without polygon reaches."""
    if feature_class == "P":
        return settlement_radius_km(population, capital=feature_code == "PPLC")
    return _RADIUS_OF_CODE_KM.get(feature_code, _RADIUS_KM.get(feature_class, 5.0))


def importance_of(feature_class: str, feature_code: str, population: int) -> float:
    """Return the prior of a place, by the rules of the shipped gazetteer.

    What the shipped one has none of (waters, mountains, buildings) stays below the smallest town.
    """
    if feature_class == "P":
        return settlement_importance(population, feature_code)
    if feature_class == "A":
        rank = _DIVISION_RANK.get(feature_code, -0.3)
        return round(max(0.05, settlement_importance(population, "PPL") + rank), 3)
    if feature_class == "L":
        return _REGION_IMPORTANCE.get(feature_code, _NATURE_IMPORTANCE)
    return _NATURE_IMPORTANCE if feature_class in "HT" else _LOWEST_IMPORTANCE
