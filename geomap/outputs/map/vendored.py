"""Reads the vendored scripts, style sheets and pictures, checked against the manifest."""

from __future__ import annotations

import base64
import hashlib
import json
import mimetypes
import re
from functools import cache
from importlib.resources import files
from typing import Any

_ASSETS = files("geomap.outputs.map") / "assets"
_URL = re.compile(r"""url\(\s*["']?(?!data:|#)([^"')]+)["']?\s*\)""")
_SOURCE_MAP = re.compile(r"\n?(//|/\*)# sourceMappingURL=[^\n]*")
_SCRIPT_END = re.compile(r"</(?=script)", re.IGNORECASE)

PAGE_SCRIPTS = (
    "dom theme places glyphs filters popups events leaves lists legend table timeline search "
    "picture downloads tiles main"
).split()


@cache
def read_manifest() -> dict[str, Any]:
    """Return ``assets/manifest.json``: files, versions, licences and hashes."""
    manifest: dict[str, Any] = json.loads((_ASSETS / "manifest.json").read_text("utf-8"))
    return manifest


@cache
def read_linked(name: str) -> tuple[str, str]:
    """Return kind (``script`` or ``style``) and text of what folium knows as ``name``.

    Raises KeyError where nobody vendored it, so that a map never fetches anything by accident.
    """
    entry = read_manifest()["linked"][name]
    # Browsers hash what they parsed, with plain line ends.
    text = _SOURCE_MAP.sub("", _read_checked(entry).decode("utf-8").replace("\r\n", "\n"))
    if entry["file"].endswith(".js"):
        return "script", _SCRIPT_END.sub(r"<\\/", text)
    folder = entry["file"].rpartition("/")[0]
    return "style", _URL.sub(lambda match: _embed(folder, match[1]), text)


@cache
def read_page_script() -> str:
    """Return the page's own script: its modules in one function scope.

    It runs at once, but for the page of an archive, whose data is unpacked first.
    """
    parts = [(_ASSETS / "page" / f"{name}.js").read_text("utf-8") for name in PAGE_SCRIPTS]
    return '(async () => {\n"use strict";\n' + "\n".join(parts) + "\n})();\n"


@cache
def read_folium_script() -> str:
    """Return what objects of folium need besides Leaflet; it runs before them."""
    return (_ASSETS / "page" / "folium.js").read_text("utf-8")


@cache
def read_page_style() -> str:
    """Return the page's own style sheet."""
    return (_ASSETS / "page" / "page.css").read_text("utf-8")


def read_bytes(name: str) -> bytes:
    """Return another file of the assets folder."""
    return (_ASSETS / name).read_bytes()


def _read_checked(entry: dict[str, str]) -> bytes:
    content = read_bytes(entry["file"])
    if hashlib.sha256(content).hexdigest() != entry["sha256"]:
        raise ValueError(f"{entry['file']} does not fit its hash: reinstall geomap")
    return content


def _embed(folder: str, reference: str) -> str:
    name = reference.rpartition("/")[2]
    path = f"{folder}/{name}"
    entry = next((e for e in read_manifest()["others"] if e["file"] == path), None)
    if entry is None:
        raise KeyError(path)
    encoded = base64.b64encode(_read_checked(entry)).decode("ascii")
    return f"url(data:{mimetypes.guess_type(name)[0]};base64,{encoded})"
