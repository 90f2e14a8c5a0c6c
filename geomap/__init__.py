"""geomap: from news about armed conflict to maps.

::

    articles     files, stdin, saved HTML, JSON Lines        → Article
    recognition  a spaCy model and the gazetteer's names     → Recognition (sentences, toponyms)
    gazetteer    a local SQLite file                         → Candidates for a name
    resolution   names, their company, the words beside them → Resolutions
    events       clauses, triggers, roles, modality, dates   → Events
    outputs      one HTML page; GeoJSON, GeoPackage, CSV …

Parse one article::

    from geomap import Article, Geoparser

    parsed = Geoparser().parse(Article(id="a", lang="de", text="Kämpfe um Aleppo."))
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geomap.errors import GeomapError
    from geomap.models import Article, Event, GeoparsedArticle, Place, Resolution, Toponym
    from geomap.pipeline import Geoparser
    from geomap.records import ArticleRecord, record_of
    from geomap.settings import Settings

__version__ = "0.1.0"

__all__ = [
    "Article",
    "ArticleRecord",
    "Event",
    "GeomapError",
    "GeoparsedArticle",
    "Geoparser",
    "Place",
    "Resolution",
    "Settings",
    "Toponym",
    "__version__",
    "record_of",
]

_HOMES = {
    "Article": "models",
    "ArticleRecord": "records",
    "Event": "models",
    "GeomapError": "errors",
    "GeoparsedArticle": "models",
    "Geoparser": "pipeline",
    "Place": "models",
    "Resolution": "models",
    "Settings": "settings",
    "Toponym": "models",
    "record_of": "records",
}


def __getattr__(name: str) -> Any:
    """Import the public names on use, so that ``import geomap`` costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
