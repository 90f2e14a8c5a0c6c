"""A folder that ``geomap batch`` has written, read again: what its manifest lists, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from geomap.articles.files import open_file, without_password
from geomap.batch.manifest import MANIFEST_NAME, Manifest, parse_manifest, read_manifest
from geomap.errors import InputError, OutputError
from geomap.outputs.parts import find_parts

_MARK, _HEAD = b"geomap-batch/", 200
_MEND = "restore it, or name the parts themselves"


@dataclass(frozen=True, slots=True)
class PartsFolder:
    """The finished parts of a folder, in order, each by its (first) file; ``complete``: all."""

    files: list[str]
    complete: bool


def list_parts(folder: Path) -> PartsFolder | None:
    """Return what the manifest of a folder lists, None for a folder that holds none of geomap's.

    Of a part in tables, the file is its table of articles. Raises OutputError for a manifest that
    cannot be used, and for parts without any.
    """
    manifest = read_manifest(folder, mend=_MEND) if holds_parts(folder) else None
    if manifest is None:
        if any(find_parts(folder)):
            message = f"{folder}: holds parts but no {MANIFEST_NAME} of geomap's; {_MEND}"
            raise OutputError(message, path=folder)
        return None
    return _list_files(manifest, str(folder))


def list_parts_at(url: str) -> PartsFolder | None:
    """Return what the manifest at a URL lists, None where there is none of geomap's.

    Raises OutputError for one that cannot be used, and for parts in tables: those are read from a
    disk only.
    """
    content, name = _fetch_manifest(url), without_password(url)
    if content is None:
        return None
    manifest = parse_manifest(content, f"{name}/{MANIFEST_NAME}", mend=_MEND)
    if manifest.setup.format != "jsonl.zst":
        raise OutputError(f"{name}: holds tables, which are read from a disk only; copy it here")
    return _list_files(manifest, url.rstrip("/"))


def holds_parts(folder: Path) -> bool:
    """Return whether a folder has a manifest of geomap's; browsers' add-ons have one too."""
    try:
        with (folder / MANIFEST_NAME).open("rb") as stream:
            return _MARK in stream.read(_HEAD)
    except OSError:
        return False


def holds_parts_at(url: str) -> bool:
    """Return whether there is one at a URL."""
    return _fetch_manifest(url) is not None


def _fetch_manifest(url: str) -> bytes | None:
    try:
        with open_file(f"{url.rstrip('/')}/{MANIFEST_NAME}") as stream:
            content = stream.read()
    except (OSError, InputError):
        return None
    return content if _MARK in content[:_HEAD] else None


def _list_files(manifest: Manifest, place: str) -> PartsFolder:
    files = [f"{place}/{part.files[0].name}" for part in manifest.parts]
    return PartsFolder(files, manifest.complete)
