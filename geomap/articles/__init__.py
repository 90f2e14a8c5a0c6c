"""Stage 1: files, folders, standard input, saved HTML and JSON Lines become articles."""

from geomap.articles.identifiers import UniqueIds
from geomap.articles.listing import expand_inputs
from geomap.articles.reader import (
    RecordObject,
    read_articles,
    read_inputs,
    read_objects,
)

__all__ = [
    "RecordObject",
    "UniqueIds",
    "expand_inputs",
    "read_articles",
    "read_inputs",
    "read_objects",
]
