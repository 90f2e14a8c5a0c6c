"""How a worker hands over the files of a part: on a disk it shares with its parent, or as bytes."""

from __future__ import annotations

import hashlib
import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from geomap.errors import OutputError
from geomap.outputs.parts import PartFormat, part_names, write_part
from geomap.records import ArticleRecord


@dataclass(frozen=True, slots=True)
class Written:
    """A file of a part: bytes, checksum, and what is in it unless it lies beside its place."""

    size: int
    sha256: str
    content: bytes | None = None


class Writer(Protocol):
    """Travels to the worker with the articles, and writes what was found in them."""

    def write(self, records: Sequence[ArticleRecord]) -> list[Written]:
        """Write the files of a part, in the order of ``part_names``.

        Raises OutputError, or OSError where the disk refuses.
        """


@dataclass(frozen=True, slots=True)
class OnDisk:
    """Writes to files beside each other on a disk that the parent has too."""

    paths: list[Path]
    format: PartFormat

    def write(self, records: Sequence[ArticleRecord]) -> list[Written]:
        """Write the files, and have the disk keep them."""
        write_part(records, self.paths, self.format)
        return [_settle(path) for path in self.paths]


@dataclass(frozen=True, slots=True)
class InMemory:
    """Hands the files over as bytes, for a parent whose disk the worker may not have."""

    format: PartFormat

    def write(self, records: Sequence[ArticleRecord]) -> list[Written]:
        """Return the files with what is in them."""
        try:
            with TemporaryDirectory(prefix="geomap-") as folder:
                names = part_names(1, self.format)
                paths = [Path(folder, name.replace("/", "-")) for name in names]
                write_part(records, paths, self.format)
                contents = [path.read_bytes() for path in paths]
        except OSError as error:
            where = f"the folder for temporary files of {socket.gethostname()}"
            message = f"{where} cannot be written ({error.strerror or error}); set TMPDIR there"
            raise OutputError(message) from error
        return [Written(len(c), hashlib.sha256(c).hexdigest(), c) for c in contents]


def _settle(path: Path) -> Written:
    """Have the disk keep a finished file; return its size and checksum."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())
        digest = hashlib.file_digest(stream, "sha256")
        return Written(stream.tell(), digest.hexdigest())
