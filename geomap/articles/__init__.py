"""Stage 1: files, folders, standard input, saved HTML and JSON Lines become articles."""

from geomap.articles.reader import expand_inputs, read_articles, read_text

__all__ = ["expand_inputs", "read_articles", "read_text"]
