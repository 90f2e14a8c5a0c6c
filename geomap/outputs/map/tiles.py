"""Tiles of an online service, which a page fetches only if its maker asked for them.

A file on disk never does: services refuse requests without a referrer, and its reader expects no
connection. There, and where the service does not answer, the embedded basemap stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

_KEY_HINT = "<insert"
_MAX_ZOOM = 19


@dataclass(frozen=True, slots=True)
class Tiles:
    """A service: Leaflet's address template, its hosts, its attribution (HTML), its last zoom."""

    name: str
    url: str
    subdomains: tuple[str, ...]
    hosts: tuple[str, ...]
    attribution: str
    max_zoom: int


def find_tiles(name: str, key: str | None = None) -> Tiles:
    """Return a provider of xyzservices by its name, such as ``OpenStreetMap.Mapnik``.

    Raises ValueError where there is none, where it asks for a key that is not given, and where it
    has no secure address.
    """
    import xyzservices.providers

    try:
        provider = xyzservices.providers.query_name(name).copy()
    except ValueError as error:
        raise ValueError(f"there is no service {name!r}") from error
    if provider.requires_token():
        if not key:
            raise ValueError(f"{provider.name} asks for a key of yours")
        provider.update({k: key for k, v in provider.items() if str(v).startswith(_KEY_HINT)})
    url: str = provider.build_url(fill_subdomain=False)
    if not url.startswith("https://"):
        raise ValueError(f"{provider.name} has no secure address")
    subdomains = tuple(provider.get("subdomains", "abc")) if "{s}" in url else ()
    return Tiles(
        name=provider.name,
        url=url,
        subdomains=subdomains,
        hosts=tuple(dict.fromkeys(_host_of(url.replace("{s}", s)) for s in subdomains or ("",))),
        attribution=provider.html_attribution,
        max_zoom=int(provider.get("max_zoom", _MAX_ZOOM)),
    )


def _host_of(url: str) -> str:
    address = urlsplit(url)
    return f"{address.scheme}://{address.netloc}"
