"""Stage 5: resolutions become events: roles, triggers, modality, dates, casualties."""

from geomap.events.extractor import EventExtractor, Findings

__all__ = ["EventExtractor", "Findings"]
