"""What the store asks its file.

Rows of places hold the fields of ``models.Place`` in order, those by name before them key, spelling
(None: the key in title case) and languages.
"""

from __future__ import annotations

from functools import cache

BY_NAME = """
    SELECT n.key, n.name, n.langs,
        p.id, p.name, p.lat, p.lon, p.feature_class, p.feature_code, p.country, a1.name, a2.name,
        p.population, p.radius_km, p.geonameid, p.wikidata, p.source, p.importance
    FROM name n JOIN place p ON p.id = n.place
    LEFT JOIN place a1 ON a1.id = p.admin1 LEFT JOIN place a2 ON a2.id = p.admin2
    WHERE n.key = ?
"""
BY_PREFIX = """
    SELECT n.key, n.name, n.langs,
        p.id, p.name, p.lat, p.lon, p.feature_class, p.feature_code, p.country, a1.name, a2.name,
        p.population, p.radius_km, p.geonameid, p.wikidata, p.source, p.importance
    FROM name n JOIN place p ON p.id = n.place
    LEFT JOIN place a1 ON a1.id = p.admin1 LEFT JOIN place a2 ON a2.id = p.admin2
    WHERE n.key BETWEEN ? AND ? LIMIT 1000
"""
BY_FOLD = """
    SELECT p.name, NULL, '',
        p.id, p.name, p.lat, p.lon, p.feature_class, p.feature_code, p.country, a1.name, a2.name,
        p.population, p.radius_km, p.geonameid, p.wikidata, p.source, p.importance
    FROM fold n JOIN place p ON p.id = n.place
    LEFT JOIN place a1 ON a1.id = p.admin1 LEFT JOIN place a2 ON a2.id = p.admin2
    WHERE n.key = ?
"""
BY_ID = """
    SELECT
        p.id, p.name, p.lat, p.lon, p.feature_class, p.feature_code, p.country, a1.name, a2.name,
        p.population, p.radius_km, p.geonameid, p.wikidata, p.source, p.importance
    FROM place p
    LEFT JOIN place a1 ON a1.id = p.admin1 LEFT JOIN place a2 ON a2.id = p.admin2
    WHERE p.id = ?
"""
ALL_PLACES = """
    SELECT
        p.id, p.name, p.lat, p.lon, p.feature_class, p.feature_code, p.country, a1.name, a2.name,
        p.population, p.radius_km, p.geonameid, p.wikidata, p.source, p.importance
    FROM place p
    LEFT JOIN place a1 ON a1.id = p.admin1 LEFT JOIN place a2 ON a2.id = p.admin2
    ORDER BY p.id
"""
NAMES_OF = """
    SELECT key, place, langs, name FROM name WHERE place IN (SELECT value FROM json_each(?))
"""
KEYS = "SELECT DISTINCT key FROM name WHERE length(key) BETWEEN ? AND ?"
FOLDS = "SELECT DISTINCT key FROM fold WHERE length(key) BETWEEN ? AND ?"
COUNTRY_ID = "SELECT place FROM country WHERE code=?"
DEMONYM = "SELECT country FROM demonym WHERE word=?"
CAPITAL_ID = "SELECT capital FROM country WHERE code=?"


@cache
def any_name(count: int) -> str:
    """Return the question whether any of ``count`` keys is a name: 1 or 0."""
    return f"SELECT EXISTS(SELECT 1 FROM name WHERE key IN ({','.join('?' * count)}))"  # noqa: S608
