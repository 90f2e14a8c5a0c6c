"""One frozen object with everything a user can set; passed explicitly, never global."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from geomap.models import Lang, Worldview

DEFAULT_MAX_BYTES = 5_000_000
DEFAULT_GEOCODE_MAX_AGE_DAYS = 180.0


@dataclass(frozen=True, slots=True)
class Settings:
    """How to parse.

    ``lang`` and ``published`` override what the input says; ``model`` is the name or path of a
    spaCy pipeline (None: the model shipped for the language); ``gazetteer`` is a SQLite file
    (None: ``$GEOMAP_GAZETTEER``, else the shipped data in the user's data folder);
    ``actors`` and ``triggers`` are tables of one's own that add to the actors and trigger words
    geomap knows (None: ``$GEOMAP_ACTORS``, ``$GEOMAP_TRIGGERS``, else none);
    ``worldview`` says to which country disputed land counts;
    ``geocoder`` names a geopy service to ask when the gazetteer knows nothing (None: never), with
    ``geocoder_arguments`` (name and value) before those in the environment, ``geocoder_url`` for a
    server of one's own, ``geocoder_contact`` in the user agent; its answers are used for
    ``geocode_max_age`` days; with ``geocode_all`` it is asked for every toponym, and with
    ``save_geocoded`` what it finds is added to the user's layer of the gazetteer;
    below ``min_confidence`` (0–1) a toponym stays unresolved;
    ``text_column``, ``id_column`` and ``date_column`` name the columns of a table (None: ``id`` and
    ``published``, where they are).
    """

    lang: Lang | None = None
    published: date | None = None
    max_bytes: int = DEFAULT_MAX_BYTES
    model: str | None = None
    gazetteer: Path | None = None
    actors: Path | None = None
    triggers: Path | None = None
    worldview: Worldview = "un"
    geocoder: str | None = None
    geocoder_url: str | None = None
    geocoder_contact: str | None = None
    geocoder_arguments: tuple[tuple[str, str], ...] = ()
    geocode_all: bool = False
    geocode_max_age: float = DEFAULT_GEOCODE_MAX_AGE_DAYS
    save_geocoded: bool = False
    min_confidence: float = 0.5
    demonyms: bool = False
    given_spans: bool = False
    text_column: str = "text"
    id_column: str | None = None
    date_column: str | None = None
