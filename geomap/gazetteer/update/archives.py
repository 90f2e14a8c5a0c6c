"""Lines of a dump file, from a zip archive or a plain text file, without unpacking it to disk."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from geomap.errors import GazetteerError

MAX_UNPACKED_BYTES = 12_000_000_000
"""allCountries.txt has 1.7 GB, alternateNamesV2.txt 0.8 GB."""

MAX_EXPANSION = 40
"""GeoNames' own archives expand about five times."""

MAX_LINE_BYTES = 65_536
"""The longest column of a dump, alternatenames, has at most 10,000 characters."""

_ALWAYS_FINE_BYTES = 20_000_000
_CHUNK_BYTES = 1 << 20
_OVERLONG = b"\x00 overlong"


def iter_lines(path: Path) -> Iterator[bytes]:
    """Yield the lines of a ``.txt`` file, or of the text file of the same name inside a ``.zip``.

    A line over ``MAX_LINE_BYTES`` is replaced by one that no parser accepts. Raises GazetteerError
    if the archive is cut off, damaged, lacks the file or expands beyond all measure.
    """
    try:
        if path.suffix != ".zip":
            with path.open("rb") as stream:
                yield from _split(stream)
            return
        with zipfile.ZipFile(path) as archive, archive.open(_member(archive, path)) as stream:
            yield from _split(stream)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        if isinstance(error, GazetteerError):
            raise
        message = f"{path.name} is damaged or cut off ({error}): delete it and download it again"
        raise GazetteerError(message, path=path) from error
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror or error}"
        raise GazetteerError(message, path=path) from error


def check_archive(path: Path) -> None:
    """Check every checksum in an archive. Raises GazetteerError as ``iter_lines`` does."""
    for _ in iter_lines(path):
        pass


def _member(archive: zipfile.ZipFile, path: Path) -> zipfile.ZipInfo:
    wanted = f"{path.stem}.txt"
    for info in archive.infolist():
        if info.filename == wanted:
            break
    else:
        raise GazetteerError(f"{path.name} holds no {wanted}: not a GeoNames archive", path=path)
    limit = min(MAX_UNPACKED_BYTES, _ALWAYS_FINE_BYTES + MAX_EXPANSION * info.compress_size)
    if info.file_size > limit:
        raise GazetteerError(
            f"{path.name} would unpack {info.compress_size} bytes to {info.file_size}:"
            " refused, this is no GeoNames archive",
            path=path,
        )
    return info


def _split(stream: IO[bytes]) -> Iterator[bytes]:
    rest = b""
    while chunk := stream.read(_CHUNK_BYTES):
        *lines, tail = chunk.split(b"\n")
        if lines:
            lines[0] = rest + lines[0] if len(rest) <= MAX_LINE_BYTES else _OVERLONG
            rest = tail
        elif len(rest) <= MAX_LINE_BYTES:
            rest += tail
        for line in lines:
            yield line if len(line) <= MAX_LINE_BYTES else _OVERLONG
    if rest:
        yield rest if len(rest) <= MAX_LINE_BYTES else _OVERLONG
