"""geopy's geocoders by their own names, with their own arguments, from settings and environment."""

from __future__ import annotations

import inspect
import logging
import math
import os
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from geopy.exc import GeocoderNotFound, GeopyError
from geopy.geocoders import SERVICE_TO_GEOCODER, get_geocoder_for_service

from geomap.errors import GeocodingError
from geomap.resolution.geocoding.answers import MAX_ANSWERS, Answer, read_answers
from geomap.resolution.geocoding.transport import BoundedAdapter

ENVIRONMENT_PREFIX = "GEOMAP_GEOCODER_"
CONTACT_VARIABLE = "GEOMAP_CONTACT"
DEFAULT_TIMEOUT_S = 10.0

_OWN_ARGUMENTS = frozenset({"self", "user_agent", "ssl_context", "adapter_factory"})
_OPEN_ARGUMENTS = frozenset({"domain", "scheme", "timeout", "token_lifetime"})
# The services that can be confined to countries by a list of two-letter codes, and by which word.
_CONFINED_BY = {
    **dict.fromkeys(("nominatim", "openmapquest", "pickpoint", "geolake"), "country_codes"),
    **dict.fromkeys(("pelias", "geocodeearth"), "countries"),
    **dict.fromkeys(("geonames", "opencage", "mapbox"), "country"),
}
_OSM = "© OpenStreetMap contributors, ODbL 1.0"
_LICENCES = {
    **dict.fromkeys(("nominatim", "photon", "openmapquest", "pickpoint"), _OSM),
    "geonames": "GeoNames, CC BY 4.0",
}
_CONTACT = re.compile(r"[\x21-\x7e]+(?:@[\x21-\x7e]+\.|://)[\x21-\x7e]+")
# What geopy's own examples for ArcGIS leave out: without it, a shop looks like a town.
_EXTRA = {"arcgis": {"out_fields": "Addr_type,Type,PlaceName"}}
_TALKATIVE = ("geopy", "urllib3.connectionpool", "urllib3.util.retry")


@dataclass(frozen=True, slots=True)
class Connection:
    """Whom to ask and how to introduce oneself.

    ``provider`` is geopy's name of the service; ``program`` and ``contact`` make the user agent;
    ``url`` is a server of one's own; ``arguments`` go before the environment's.
    """

    provider: str
    program: str
    contact: str | None = None
    url: str | None = None
    arguments: Mapping[str, str] | None = None


class Service:
    """One of geopy's geocoders, ready to be asked.

    ``server`` tells servers of one provider apart; ``confines`` says whether a search can be
    confined to countries. Raises GeocodingError, in one line that says what to set, when the
    service is unknown, an argument is missing or unknown, or the contact is missing.
    """

    def __init__(self, connection: Connection) -> None:
        self.provider = connection.provider.lower()
        self._class = _find_class(self.provider)
        arguments = _collect_arguments(self.provider, self._class, connection)
        # What is set could be a key, whatever it is called.
        self._secrets = tuple(
            value for name, value in arguments.items() if name not in _OPEN_ARGUMENTS
        )
        self._geocoder = self._make(arguments, _user_agent(connection, arguments))
        self.server = arguments.get("domain", "public").rpartition("@")[2]
        self.confines = self.provider in _CONFINED_BY
        self._licence = _LICENCES.get(self.provider, f"see the terms of {self.provider}")

    def search(self, name: str, lang: str, countries: Sequence[str]) -> tuple[Answer, ...]:
        """Return the service's places for ``name``, best first, in ``countries`` if it confines.

        Raises geopy's errors, and LookupError, TypeError or ValueError for odd answers.
        """
        known = inspect.signature(self._class.geocode).parameters
        wishes = {
            "language": lang,
            "limit": MAX_ANSWERS,
            "addressdetails": True,
            "namedetails": True,
            **_EXTRA.get(self.provider, {}),
        }
        options: dict[str, Any] = {key: value for key, value in wishes.items() if key in known}
        if countries and self.confines:
            options[_CONFINED_BY[self.provider]] = list(countries)
        with _quiet():
            found = self._geocoder.geocode(name, exactly_one=False, **options)
        return read_answers(found, lang, self._licence)

    def without_secrets(self, text: str) -> str:
        """Return a message in one line of bounded length, each key in it replaced by three dots."""
        for secret in sorted(self._secrets, key=len, reverse=True):
            text = text.replace(secret, "…") if secret else text
        return " ".join(text.split())[:200]

    def _make(self, arguments: Mapping[str, str], user_agent: str) -> Any:
        typed = {name: _typed(self._class, name, value) for name, value in arguments.items()}
        options = {
            "timeout": DEFAULT_TIMEOUT_S,
            **typed,
            "user_agent": user_agent,
            "adapter_factory": BoundedAdapter,
        }
        try:
            # Some services only warn of what they cannot do without.
            with warnings.catch_warnings(), _quiet():
                warnings.simplefilter("ignore")
                warnings.simplefilter("error", UserWarning)
                return self._class(**options)
        except (GeopyError, UserWarning, TypeError, ValueError) as error:
            message = (
                f"{self.provider} cannot be set up: {self.without_secrets(str(error))};"
                f" set {_variables(self._class)}"
            )
            raise GeocodingError(message, provider=self.provider) from None


def _find_class(provider: str) -> type[Any]:
    try:
        found: type[Any] = get_geocoder_for_service(provider)
    except GeocoderNotFound:
        known = ", ".join(sorted(SERVICE_TO_GEOCODER))
        message = f"unknown geocoder {provider!r}; choose one of {known}"
        raise GeocodingError(message, provider=provider) from None
    return found


def _collect_arguments(provider: str, service: type[Any], connection: Connection) -> dict[str, str]:
    """Return the arguments set, by name; those of the settings count before the environment's."""
    prefix = ENVIRONMENT_PREFIX
    variables = {
        key.removeprefix(prefix).lower(): value
        for key, value in os.environ.items()
        if key.startswith(prefix) and value
    }
    arguments = {**variables, **(connection.arguments or {}), **_server_of(connection, service)}
    known = _known_arguments(service)
    for name in arguments:
        if name not in known:
            remedy = f"unset {prefix}{name.upper()}" if name in variables else "leave it out"
            message = (
                f"{provider} takes no argument {name!r} (it takes {', '.join(known)}): {remedy}"
            )
            raise GeocodingError(message, provider=provider)
    for name, parameter in known.items():
        if parameter.default is inspect.Parameter.empty and name not in arguments:
            instead = " or give --geocode-url" if name == "domain" else ""
            message = f"{provider} needs {name}: set {prefix}{name.upper()}{instead}"
            raise GeocodingError(message, provider=provider)
    return arguments


def _known_arguments(service: type[Any]) -> dict[str, inspect.Parameter]:
    parameters = inspect.signature(service.__init__).parameters
    return {name: p for name, p in parameters.items() if name not in _OWN_ARGUMENTS}


def _variables(service: type[Any]) -> str:
    names = (name for name in _known_arguments(service) if name not in ("timeout", "proxies"))
    return ", ".join(f"{ENVIRONMENT_PREFIX}{name.upper()}" for name in names)


def _server_of(connection: Connection, service: type[Any]) -> dict[str, str]:
    """Return the ``domain`` and ``scheme`` of a server of one's own."""
    url = connection.url
    if not url:
        return {}
    parts = urlsplit(url if "//" in url else f"https://{url}")
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or "@" in url:
        message = "the geocoding server is given like https://nominatim.example.org, without a key"
        raise GeocodingError(message, provider=connection.provider)
    if not {"domain", "scheme"} <= _known_arguments(service).keys():
        message = f"{connection.provider} has only its own server: leave out --geocode-url"
        raise GeocodingError(message, provider=connection.provider)
    return {"domain": parts.netloc + parts.path.rstrip("/"), "scheme": parts.scheme}


def _typed(service: type[Any], name: str, value: str) -> Any:
    """Return an argument as the number geopy wants, where it wants one."""
    default = _known_arguments(service)[name].default
    wanted = float if name == "timeout" else type(default)
    if wanted not in (int, float):
        return value
    try:
        number = wanted(value)
    except ValueError:
        number = math.nan
    if not 0 < number < math.inf:
        message = f"{ENVIRONMENT_PREFIX}{name.upper()} is to be a number above zero"
        raise GeocodingError(message, provider=service.__name__)
    return number


def _user_agent(connection: Connection, arguments: Mapping[str, str]) -> str:
    """Return the user agent; the services' policies ask for one that says whom to write to."""
    contact = (connection.contact or os.environ.get(CONTACT_VARIABLE, "")).strip()
    if contact and not (len(contact) <= 200 and _CONTACT.fullmatch(contact)):
        message = f"{contact!r} is no contact: give an e-mail address or a web page"
        raise GeocodingError(message, provider=connection.provider)
    if not contact and "domain" not in arguments:
        message = (
            f"{connection.provider} wants to know whom to write to: give an e-mail address or web"
            f" page with --geocode-contact, or set {CONTACT_VARIABLE}"
        )
        raise GeocodingError(message, provider=connection.provider)
    return f"{connection.program} ({contact})" if contact else connection.program


@contextmanager
def _quiet() -> Iterator[None]:
    """Silence the libraries that log the addresses asked, which hold keys."""
    loggers = [logging.getLogger(name) for name in _TALKATIVE]
    before = [logger.disabled for logger in loggers]
    for logger in loggers:
        logger.disabled = True
    try:
        yield
    finally:
        for logger, disabled in zip(loggers, before, strict=True):
            logger.disabled = disabled
