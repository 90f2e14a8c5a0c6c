"""What is listed beside the parts: articles that failed or came twice, and the parts' own files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from geomap.batch.cutting import Duplicate, Failure
from geomap.batch.manifest import FileEntry
from geomap.batch.writing import Written

ERRORS_NAME = "errors.jsonl"
DUPLICATES_NAME = "duplicates.jsonl"
LIST_NAMES = (ERRORS_NAME, DUPLICATES_NAME)


def list_lines(items: Sequence[Failure | Duplicate]) -> bytes:
    """Return failures or duplicates as lines of JSON."""
    lines = (json.dumps(asdict(item), ensure_ascii=False) + "\n" for item in items)
    return "".join(lines).encode("utf-8", "backslashreplace")


def list_files(names: Sequence[str], files: Sequence[Written]) -> list[FileEntry]:
    """Return what the manifest says of the files of a part."""
    return [
        FileEntry(name=name, bytes=file.size, sha256=file.sha256)
        for name, file in zip(names, files, strict=True)
    ]
