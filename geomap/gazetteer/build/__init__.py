"""Builds the shipped gazetteer from pinned packages and the curated tables.

For maintainers: ``python -m geomap.gazetteer.build --cache FOLDER``. The same packages and tables
give the same rows; with the same SQLite and liblzma they give the same bytes.
"""
