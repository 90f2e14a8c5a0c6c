"""Stage 4: toponyms and the candidates of the gazetteer become resolutions."""

from geomap.resolution.resolver import Resolver

__all__ = ["Resolver"]
