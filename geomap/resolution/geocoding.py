"""The opt-in fallback: geopy's geocoders, politely and cached, for names the gazetteer lacks.

Nominatim's usage policy asks for an identifying user agent and at most one request a second
(https://operations.osmfoundation.org/policies/nominatim/); the same manners hold for every service.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from geomap.errors import GeocodingError
from geomap.models import Candidate, Lang, Place

PROVIDERS = ("nominatim", "photon", "arcgis")
_SECONDS_BETWEEN = 1.0
_CONFIDENCE = 0.5
_DEFAULT_RADIUS_KM = 10.0

Fetch = Callable[[str, Lang], dict[str, Any] | None]


class CachedGeocoder:
    """Asks ``provider`` at most once a second and never twice for the same name.

    ``url`` replaces the public server by one of your own. Answers, also the empty ones, are kept
    in ``cache_folder``. Raises GeocodingError when the service fails or the provider is unknown.
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
        self._cache = _open_cache(cache_folder / "geocoding.sqlite", provider)
        self._server = url or "public"
        self._fetch = _make_fetch(provider, user_agent, url, seconds_between)

    def geocode(self, name: str, lang: Lang) -> Candidate | None:
        """Return the service's best place for ``name``, None when it knows none."""
        key = (self.provider, self._server, lang, name)
        cached = self._cache.execute(
            "SELECT answer FROM answer WHERE provider=? AND server=? AND lang=? AND name=?", key
        ).fetchone()
        if cached:
            answer = json.loads(cached[0])
        else:
            answer = self._fetch(name, lang)
            with self._cache:
                self._cache.execute(
                    "INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?)",
                    (*key, json.dumps(answer)),
                )
        return _candidate(answer, self.provider) if answer else None

    def close(self) -> None:
        """Close the cache."""
        self._cache.close()


def _open_cache(path: Path, provider: str) -> sqlite3.Connection:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=30)
        with connection:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS answer (provider TEXT, server TEXT, lang TEXT,"
                " name TEXT, answer TEXT, PRIMARY KEY (provider, server, lang, name))"
            )
    except (OSError, sqlite3.Error) as error:
        message = f"the geocoding cache {path} cannot be used ({error}); delete it and try again"
        raise GeocodingError(message, provider=provider) from error
    return connection


def _make_fetch(provider: str, user_agent: str, url: str | None, seconds_between: float) -> Fetch:
    from geopy.exc import GeopyError
    from geopy.extra.rate_limiter import RateLimiter

    geocoder = _make_geocoder(provider, user_agent, url)
    limited = RateLimiter(
        geocoder.geocode,
        min_delay_seconds=seconds_between,
        max_retries=1,
        error_wait_seconds=max(_SECONDS_BETWEEN, seconds_between),
        swallow_exceptions=False,
    )

    def fetch(name: str, lang: Lang) -> dict[str, Any] | None:
        language = {} if provider == "arcgis" else {"language": lang}
        try:
            location = limited(name, exactly_one=True, **language)
        except GeopyError as error:
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
    from geopy import geocoders

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
    return service(user_agent=user_agent, timeout=10, **server)


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
