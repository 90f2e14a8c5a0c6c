"""A folder that ``geomap batch`` has written, read again: what its manifest lists, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from geomap.batch.manifest import MANIFEST_NAME, read_manifest


@dataclass(frozen=True, slots=True)
class PartsFolder:
    """The finished parts of a folder, in order, each by its (first) file; ``complete``: all."""

    path: Path
    files: list[str]
    complete: bool


def list_parts(folder: Path) -> PartsFolder | None:
    """Return what the manifest of a folder lists, None for a folder that holds none of geomap's.

    Of a part in tables, the file is its table of articles. Raises OutputError for a manifest that
    cannot be used.
    """
    manifest = read_manifest(folder) if _is_ours(folder / MANIFEST_NAME) else None
    if manifest is None:
        return None
    files = [str(folder / part.files[0].name) for part in manifest.parts]
    return PartsFolder(folder, files, manifest.complete)


def _is_ours(path: Path) -> bool:
    """Return whether a manifest is geomap's; browsers' add-ons and web pages have one too."""
    try:
        with path.open("rb") as stream:
            return b"geomap-batch/" in stream.read(200)
    except OSError:
        return False
