"""Keeps what a geocoding service found in the user's own layer."""

from __future__ import annotations

import logging
from pathlib import Path

from geomap.errors import GazetteerError
from geomap.gazetteer.overlay.changes import keep_found
from geomap.gazetteer.overlay.layer import edit_layer
from geomap.models import Lang, Place

_log = logging.getLogger(__name__)


class FoundPlaces:
    """Adds places to the layer at ``path``, each once; that it cannot be written is told once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept: set[tuple[str, str, int]] = set()
        self._told = False

    def keep(self, name: str, lang: Lang, place: Place) -> None:
        """Add a place found by ``name`` in an article of that language, with source and licence."""
        key = (name, lang, place.id)
        if key in self._kept:
            return
        self._kept.add(key)
        try:
            with edit_layer(self._path) as layer:
                keep_found(layer, place, name, lang)
        except GazetteerError as error:
            if not self._told:
                _log.warning("%s: what was geocoded is not saved", error)
            self._told = True
