"""Stage 4: toponyms and the candidates of the gazetteer become resolutions."""

from geomap.resolution.resolver import Resolver
from geomap.resolution.surroundings import place_sites

__all__ = ["Resolver", "place_sites"]
