"""The gazetteer inside the package: unpacked once into the user's data folder."""

from __future__ import annotations

import hashlib
import json
import lzma
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from geomap.errors import GazetteerError

DATA_FOLDER = Path(__file__).parent / "data"
ARCHIVE_NAME = "gazetteer.sqlite.xz"
MANIFEST_NAME = "gazetteer.json"
ENVIRONMENT_VARIABLE = "GEOMAP_GAZETTEER"
_CHUNK_BYTES = 1 << 20
_COPIES = "gazetteer-????????????.sqlite"
_KEPT_DAYS = 90
_MODE = 0o644
"""Temporary files are private; the gazetteer may be shared by the users of a machine."""
_ELSEWHERE = f"; choose another place for the file with --gazetteer or {ENVIRONMENT_VARIABLE}"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the shipped archive holds: sizes in bytes, hashes in hexadecimal."""

    version: str
    bytes: int
    sha256: str
    archive_bytes: int
    archive_sha256: str


def read_manifest(folder: Path = DATA_FOLDER) -> Manifest:
    """Return the manifest of the archive in a folder. Raises GazetteerError if there is none."""
    path = folder / MANIFEST_NAME
    try:
        return Manifest(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        message = "the gazetteer shipped with geomap is missing or damaged: install geomap again"
        raise GazetteerError(message, path=path) from error


def default_path(manifest: Manifest) -> Path:
    """Return where the shipped gazetteer is unpacked: a file per version of the data."""
    import platformdirs

    folder = platformdirs.user_data_path("geomap", appauthor=False)
    return folder / f"gazetteer-{manifest.sha256[:12]}.sqlite"


def ensure_unpacked(target: Path | None = None, folder: Path = DATA_FOLDER) -> Path:
    """Return the path of the unpacked gazetteer, unpacking it first if need be.

    Two processes may do so at once: each writes a file of its own, and the rename is atomic.
    Raises GazetteerError if the archive is damaged or the target cannot be written.
    """
    manifest = read_manifest(folder)
    path = target or default_path(manifest)
    if path.exists() and (target is not None or path.stat().st_size == manifest.bytes):
        return path
    _unpack(folder / ARCHIVE_NAME, manifest, path)
    if target is None:
        _forget_old_copies(path)
    return path


def _forget_old_copies(path: Path) -> None:
    """Remove what other versions unpacked and nobody has read for months; it is made anew."""
    limit = time.time() - _KEPT_DAYS * 86_400
    for copy in path.parent.glob(_COPIES):
        with suppress(OSError):
            if copy != path and max(copy.stat().st_atime, copy.stat().st_mtime) < limit:
                copy.unlink()


def _unpack(archive: Path, manifest: Manifest, path: Path) -> None:
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as stream, _progress(manifest.bytes) as advance:
            _decompress(archive, manifest, stream.write, advance)
        Path(temporary).chmod(_MODE)
        Path(temporary).replace(path)
        temporary = None
    except (lzma.LZMAError, EOFError, FileNotFoundError) as error:
        message = f"the shipped gazetteer is damaged ({error}): install geomap again"
        raise GazetteerError(message, path=archive) from error
    except OSError as error:
        message = f"cannot unpack the gazetteer to {path}: {error.strerror or error}{_ELSEWHERE}"
        raise GazetteerError(message, path=path) from error
    finally:
        if temporary is not None:
            with suppress(OSError):
                Path(temporary).unlink()


def _decompress(
    archive: Path,
    manifest: Manifest,
    write: Callable[[bytes], object],
    advance: Callable[[int], None],
) -> None:
    digest = hashlib.sha256()
    with lzma.open(archive) as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            write(chunk)
            digest.update(chunk)
            advance(len(chunk))
    if digest.hexdigest() != manifest.sha256:
        raise lzma.LZMAError("wrong checksum")


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int], None]]:
    """Show a bar on standard error if that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Unpacking the gazetteer (once)", total=total)
        yield lambda step: bar.update(task, advance=step)
