"""Stage 3: names in, candidate places out, offline."""

from geomap.gazetteer.store import Gazetteer, open_gazetteer

__all__ = ["Gazetteer", "open_gazetteer"]
