"""Stage 5: resolutions become events: roles, triggers, modality, dates, casualties."""

from geomap.events.actor_list import read_own_actors
from geomap.events.extractor import EventExtractor, Findings
from geomap.events.own_triggers import read_own_triggers

__all__ = ["EventExtractor", "Findings", "read_own_actors", "read_own_triggers"]
