"""The tables of a gazetteer file."""

from __future__ import annotations

SCHEMA_VERSION = 1
"""Raised whenever a file written by an older geomap can no longer be read."""

APPLICATION_ID = 0x6765_6F6D
"""SQLite application id ("geom"): tells a gazetteer from any other database."""

DDL = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source(
    key TEXT PRIMARY KEY, provider TEXT, package TEXT, version TEXT, sha256 TEXT,
    licence TEXT, date TEXT
) WITHOUT ROWID;
CREATE TABLE place(
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL,
    feature_class TEXT NOT NULL, feature_code TEXT NOT NULL, country TEXT,
    admin1 INTEGER, admin2 INTEGER, population INTEGER NOT NULL, radius_km REAL NOT NULL,
    geonameid INTEGER, wikidata TEXT, source TEXT NOT NULL, importance REAL NOT NULL
);
CREATE TABLE name(
    key TEXT, place INTEGER, langs TEXT, name TEXT, PRIMARY KEY(key, place)
) WITHOUT ROWID;
CREATE TABLE fold(key TEXT, place INTEGER, PRIMARY KEY(key, place)) WITHOUT ROWID;
CREATE TABLE country(code TEXT PRIMARY KEY, place INTEGER NOT NULL, capital INTEGER) WITHOUT ROWID;
CREATE TABLE demonym(word TEXT PRIMARY KEY, country TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE shape(
    place INTEGER PRIMARY KEY, country TEXT, is_country INTEGER NOT NULL,
    west REAL, south REAL, east REAL, north REAL, geojson BLOB NOT NULL
);
CREATE TABLE disputed(
    id INTEGER PRIMARY KEY, name_de TEXT NOT NULL, name_en TEXT NOT NULL, country TEXT,
    controlled_by TEXT NOT NULL, claimed_by TEXT NOT NULL, note TEXT NOT NULL,
    lat REAL NOT NULL, lon REAL NOT NULL,
    west REAL, south REAL, east REAL, north REAL, geojson BLOB NOT NULL
);
CREATE TABLE curation(
    place INTEGER, what TEXT, key TEXT, PRIMARY KEY(place, what, key)
) WITHOUT ROWID;
"""
"""Tables of a gazetteer.

``name.name`` is NULL where it is ``key`` in title case; ``name.langs`` joins ISO 639-1 codes with
commas, empty for unknown; ``shape.geojson`` is zlib-compressed GeoJSON; a shape with
``is_country`` 1 and no country is land of no country; ``disputed`` lists disputed areas, of a
country or not, ``controlled_by`` and ``claimed_by`` joined by "|". ``curation`` says what people
decided and no update may change: a ``place``'s own fields, a ``name`` it bears, a name it does not
bear (``block``), that it is no place at all (``drop``); ``key`` is that of the name, else empty.
"""
