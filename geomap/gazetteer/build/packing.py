"""Compresses a finished gazetteer and writes its manifest."""

from __future__ import annotations

import hashlib
import json
import lzma
from pathlib import Path

from geomap.gazetteer.shipped import ARCHIVE_NAME, MANIFEST_NAME

_FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "dict_size": 1 << 26}]


def pack(unpacked: Path, data: Path, *, version: str) -> None:
    """Write the archive and its manifest into the data folder."""
    content = unpacked.read_bytes()
    archive = lzma.compress(content, format=lzma.FORMAT_XZ, filters=_FILTERS)
    (data / ARCHIVE_NAME).write_bytes(archive)
    manifest = {
        "version": version,
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "archive_bytes": len(archive),
        "archive_sha256": hashlib.sha256(archive).hexdigest(),
    }
    text = json.dumps(manifest, indent=2) + "\n"
    (data / MANIFEST_NAME).write_text(text, encoding="utf-8")
