"""The opt-in fallback: geopy's geocoders, politely and cached, for names the gazetteer lacks.

Nominatim's usage policy asks for an identifying user agent and at most one request a second
(https://operations.osmfoundation.org/policies/nominatim/); the same manners hold for every service.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from geomap.errors import GeocodingError
from geomap.models import Candidate, Lang, Place

PROVIDERS = ("nominatim", "photon", "arcgis")
_SECONDS_BETWEEN = 1.0
_CONFIDENCE = 0.5
_DEFAULT_RADIUS_KM = 10.0
_LOCK_SECONDS = 120.0
_FAILURES_TO_STOP = 3
_TABLES = (
    "CREATE TABLE IF NOT EXISTS answer (provider TEXT, server TEXT, lang TEXT,"
    " name TEXT, answer TEXT, PRIMARY KEY (provider, server, lang, name))",
    "CREATE TABLE IF NOT EXISTS asked (provider TEXT, server TEXT, at REAL,"
    " PRIMARY KEY (provider, server))",
)
_FAILED: dict[Lang, str] = {
    "de": "kein Ort dieses Namens im Ortsverzeichnis; {provider} konnte nicht gefragt werden",
    "en": "no place of that name in the gazetteer; {provider} could not be asked",
}

Fetch = Callable[[str, Lang], dict[str, Any] | None]
_log = logging.getLogger(__name__)


class CachedGeocoder:
    """Asks ``provider`` at most once a second and never twice for the same name.

    ``url`` replaces the public server by one of your own. Answers, also the empty ones, are kept
    in ``cache_folder``, and so is the time of the last request: all processes that share the
    folder together ask once in ``seconds_between``. Raises GeocodingError when the provider is
    unknown or the cache cannot be used.
    """

    def __init__(
        self,
        provider: str,
        *,
        user_agent: str,
        cache_folder: Path,
        url: str | None = None,
        seconds_between: float = _SECONDS_BETWEEN,
    ) -> None:
        self.provider = provider
        self._fetch = _make_fetch(provider, user_agent, url)
        self._cache = _open_cache(cache_folder / "geocoding.sqlite", provider)
        self._server = url or "public"
        self._seconds_between = seconds_between
        self._failures = 0

    def geocode(self, name: str, lang: Lang) -> Candidate | None:
        """Return the service's best place for ``name``, None when it knows none.

        Raises GeocodingError when the service fails. After three failures in a row it is not asked
        again: what is down stays down, and each attempt waits for an answer.
        """
        try:
            answer = self._recall(name, lang)
            if answer is None:
                answer = self._ask(name, lang)
        except sqlite3.Error as error:
            message = f"the geocoding cache cannot be used ({error}); delete it and try again"
            raise GeocodingError(message, provider=self.provider) from error
        return _candidate(answer, self.provider) if answer else None

    def close(self) -> None:
        """Close the cache."""
        self._cache.close()

    def _recall(self, name: str, lang: Lang) -> dict[str, Any] | None:
        """Return the kept answer, empty for a name that the service does not know."""
        row = self._cache.execute(
            "SELECT answer FROM answer WHERE provider=? AND server=? AND lang=? AND name=?",
            (self.provider, self._server, lang, name),
        ).fetchone()
        return (json.loads(row[0]) or {}) if row else None

    def _ask(self, name: str, lang: Lang) -> dict[str, Any]:
        if self._failures >= _FAILURES_TO_STOP:
            message = f"{self.provider} failed {self._failures} times in a row; not asked again"
            raise GeocodingError(message, provider=self.provider)
        with self._turn():
            # Another process may have asked while this one waited.
            answer = self._recall(name, lang)
            if answer is None:
                answer = self._fetch_once(name, lang)
                row = (self.provider, self._server, lang, name, json.dumps(answer))
                self._cache.execute("INSERT INTO answer VALUES (?, ?, ?, ?, ?)", row)
        return answer

    def _fetch_once(self, name: str, lang: Lang) -> dict[str, Any]:
        self._wait()
        try:
            answer = self._fetch(name, lang) or {}
        except GeocodingError as error:
            if not self._failures:
                _log.warning("%s", error)
            self._failures += 1
            raise
        finally:
            row = (self.provider, self._server, time.time())
            self._cache.execute("INSERT OR REPLACE INTO asked VALUES (?, ?, ?)", row)
        self._failures = 0
        return answer

    def _wait(self) -> None:
        row = self._cache.execute(
            "SELECT at FROM asked WHERE provider=? AND server=?", (self.provider, self._server)
        ).fetchone()
        if row:
            passed = time.time() - row[0]
            # A clock that was set back must not make anyone wait for hours.
            time.sleep(min(self._seconds_between, max(0.0, self._seconds_between - passed)))

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Hold the cache's write lock: one process asks, the others wait for their turn."""
        self._cache.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            # Also after a failure: when the service was asked is to be kept.
            self._cache.execute("COMMIT")


def explain_failure(error: GeocodingError, lang: Lang) -> str:
    """Return why a toponym stays unresolved when the service fails."""
    return _FAILED[lang].format(provider=error.provider)


def _open_cache(path: Path, provider: str) -> sqlite3.Connection:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=_LOCK_SECONDS, isolation_level=None)
        for table in _TABLES:
            connection.execute(table)
    except (OSError, sqlite3.Error) as error:
        message = f"the geocoding cache {path} cannot be used ({error}); delete it and try again"
        raise GeocodingError(message, provider=provider) from error
    return connection


def _make_fetch(provider: str, user_agent: str, url: str | None) -> Fetch:
    from geopy.exc import GeopyError

    geocoder = _make_geocoder(provider, user_agent, url)

    def fetch(name: str, lang: Lang) -> dict[str, Any] | None:
        language = {} if provider == "arcgis" else {"language": lang}
        try:
            location = geocoder.geocode(name, exactly_one=True, **language)
        except (GeopyError, LookupError, TypeError, ValueError) as error:
            message = f"{provider} could not be asked for {name!r} ({error}); leave out --geocode"
            raise GeocodingError(message, provider=provider) from error
        if location is None:
            return None
        return {
            "name": location.address,
            "lat": location.latitude,
            "lon": location.longitude,
            "raw": location.raw,
        }

    return fetch


def _make_geocoder(provider: str, user_agent: str, url: str | None) -> Any:
    from geopy import adapters, geocoders

    if provider not in PROVIDERS:
        known = ", ".join(PROVIDERS)
        raise GeocodingError(
            f"unknown geocoder {provider!r}; choose one of {known}", provider=provider
        )
    server: dict[str, str] = {}
    if url:
        parts = urlsplit(url if "//" in url else f"https://{url}")
        server = {"domain": parts.netloc + parts.path.rstrip("/"), "scheme": parts.scheme}
    service: type[Any] = geocoders.get_geocoder_for_service(provider)
    # The standard library's client: the other one retries on its own, and writes to the log.
    return service(
        user_agent=user_agent, timeout=10, adapter_factory=adapters.URLLibAdapter, **server
    )


def _candidate(answer: dict[str, Any], provider: str) -> Candidate:
    raw = answer.get("raw") or {}
    properties = raw.get("properties") or {}
    country = (raw.get("address") or {}).get("country_code") or properties.get("countrycode")
    place = Place(
        id=-2,
        name=str(answer["name"]),
        lat=float(answer["lat"]),
        lon=float(answer["lon"]),
        feature_class="P",
        feature_code="PPL",
        country=country.upper() if country else None,
        radius_km=_DEFAULT_RADIUS_KM,
        source=provider,
    )
    return Candidate(place, provider, "geocoder", score=_CONFIDENCE)
