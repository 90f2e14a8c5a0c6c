"""How exact a resolved place is: UCDP's ``where_prec`` and a radius in kilometres."""

from __future__ import annotations

from geomap.models import Place

# UCDP GED codebook: 1 exact place, 2 near a place, 3 second-order division, 4 first-order division,
# 5 part of a country or a line, 6 country, 7 sea or airspace.
_PREC_BY_KIND = {
    "city": 1,
    "landmark": 1,
    "admin2": 3,
    "admin1": 4,
    "region": 5,
    "country": 6,
}
_OPEN_WATER = {"SEA", "OCN", "GULF", "BAY", "STRT", "SD", "CHN"}


def where_precision(place: Place) -> int:
    """Return UCDP's ``where_prec`` (1–7) of an event told to be in ``place``."""
    if place.kind == "water":
        return 7 if place.feature_code in _OPEN_WATER else 5
    return _PREC_BY_KIND[place.kind]


def uncertainty_km(place: Place) -> float:
    """Return how far the true place may lie from the point, in kilometres."""
    return round(place.radius_km, 1)
