"""geomap: from news about armed conflict to maps."""

__version__ = "0.1.0"
