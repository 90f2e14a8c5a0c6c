"""The HTTP client that geopy's geocoders use here: one request, bounded in time and size.

Redirects are not followed: names from articles go to the server the user chose, and nowhere else.
No message holds the address asked, because keys are part of it.
"""

from __future__ import annotations

import json
import time
from contextlib import closing
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from geopy.adapters import AdapterHTTPError, BaseSyncAdapter, get_retry_after
from geopy.exc import (
    GeocoderParseError,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeocoderUnavailable,
    GeopyError,
)

MAX_ANSWER_BYTES = 2_000_000
_CHUNK_BYTES = 1 << 16


class BoundedAdapter(BaseSyncAdapter):  # type: ignore[misc]  # geopy has no types
    """Fetches an answer of at most two megabytes within the time allowed, without retries."""

    def __init__(self, *, proxies: dict[str, str] | None, ssl_context: Any) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        self._proxies = getproxies() if proxies is None else proxies
        self._ssl_context = ssl_context

    def get_json(self, url: str, *, timeout: float, headers: dict[str, str]) -> Any:
        """Return the parsed answer; raises GeocoderParseError if it is not JSON, and as below."""
        text = self.get_text(url, timeout=timeout, headers=headers)
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            found = "HTML" if text.lstrip().startswith("<") else "something else"
            raise GeocoderParseError(f"it answered {found} instead of JSON") from None

    def get_text(self, url: str, *, timeout: float, headers: dict[str, str]) -> str:
        """Return the answer's text; raises AdapterHTTPError or geopy's errors."""
        deadline = time.monotonic() + timeout
        options: dict[str, Any] = {"retries": False, "redirect": False, "preload_content": False}
        try:
            with (
                self._pool(url, timeout) as pool,
                closing(pool.request("GET", url, headers=headers, **options)) as response,
            ):
                return _checked(response, _read(response, deadline))
        except (urllib3.exceptions.HTTPError, HTTPException, OSError) as error:
            if isinstance(error, AdapterHTTPError | GeopyError):
                raise
            raise _explain(error) from None

    def _pool(self, url: str, timeout: float) -> urllib3.PoolManager:
        parts = urlsplit(url)
        proxy = self._proxies.get(parts.scheme)
        settings: dict[str, Any] = {"timeout": urllib3.Timeout(timeout)}
        if self._ssl_context is not None:
            settings["ssl_context"] = self._ssl_context
        if not proxy or proxy_bypass(parts.hostname or ""):
            return urllib3.PoolManager(**settings)
        address = urllib3.util.parse_url(proxy if "://" in proxy else f"http://{proxy}")
        if address.auth:
            settings["proxy_headers"] = urllib3.util.make_headers(proxy_basic_auth=address.auth)
        return urllib3.ProxyManager(address.url, **settings)


def _explain(error: Exception) -> GeopyError:
    refused = isinstance(error, urllib3.exceptions.NewConnectionError)
    if isinstance(error, urllib3.exceptions.TimeoutError) and not refused:
        return GeocoderTimedOut("it did not answer in time")
    if isinstance(error, urllib3.exceptions.SSLError):
        return GeocoderUnavailable("its certificate is not trusted")
    return GeocoderUnavailable("the connection failed")


def _read(response: urllib3.BaseHTTPResponse, deadline: float) -> bytes:
    """Return the body; a server that sends a byte now and then runs into the deadline, too."""
    body = bytearray()
    while chunk := response.read1(_CHUNK_BYTES):
        body += chunk
        if len(body) > MAX_ANSWER_BYTES:
            raise GeocoderServiceError(f"it answered more than {MAX_ANSWER_BYTES} bytes")
        if time.monotonic() > deadline:
            raise GeocoderTimedOut("it did not answer in time")
    return bytes(body)


def _checked(response: urllib3.BaseHTTPResponse, body: bytes) -> str:
    text = body.decode("utf-8", "replace")
    if response.status >= 400:
        raise AdapterHTTPError(
            f"HTTP {response.status}",
            status_code=response.status,
            headers=_headers(response),
            text=text,
        )
    if response.status >= 300:
        host = urlsplit(response.headers.get("Location", "")).netloc.rpartition("@")[2]
        raise GeocoderServiceError(f"it redirects to {host or 'another page'}, not followed")
    return text


def _headers(response: urllib3.BaseHTTPResponse) -> dict[str, str]:
    """Return the headers, without a Retry-After that geopy would stumble over."""
    headers = {name.lower(): value for name, value in response.headers.items()}
    try:
        get_retry_after(headers)
    except (ArithmeticError, TypeError, ValueError):
        del headers["retry-after"]
    return headers
