"""A folder that ``geomap batch`` has written, read again: what its manifest lists, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from geomap.batch.manifest import MANIFEST_NAME, read_manifest
from geomap.errors import OutputError
from geomap.outputs.parts import find_parts

_MEND = "restore it, or name the parts themselves"


@dataclass(frozen=True, slots=True)
class PartsFolder:
    """The finished parts of a folder, in order, each by its (first) file; ``complete``: all."""

    path: Path
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
    files = [str(folder / part.files[0].name) for part in manifest.parts]
    return PartsFolder(folder, files, manifest.complete)


def holds_parts(folder: Path) -> bool:
    """Return whether a folder has a manifest of geomap's; browsers' add-ons have one too."""
    try:
        with (folder / MANIFEST_NAME).open("rb") as stream:
            return b"geomap-batch/" in stream.read(200)
    except OSError:
        return False
