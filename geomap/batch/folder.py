"""The folder of a run: one process at a time, and nothing in it that is half done."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from geomap.batch.cutting import Duplicate, Failure, Part
from geomap.batch.destination import Destination, Stored, manifest_to_go_on, telling_refusals
from geomap.batch.lists import DUPLICATES_NAME, ERRORS_NAME, LIST_NAMES, list_files, list_lines
from geomap.batch.manifest import ANEW, MANIFEST_NAME, Manifest, Setup, read_manifest
from geomap.batch.worker import Outcome
from geomap.batch.writing import InMemory, OnDisk, Writer
from geomap.durability import fsync
from geomap.errors import OutputError
from geomap.outputs.parts import find_parts, part_names

_LOCK_NAME = ".lock"
_WORK = ".work-"


class RunFolder(Destination):
    """Writes parts into ``path``; use ``open_folder``."""

    def __init__(self, path: Path, work: Path, manifest: Manifest) -> None:
        super().__init__(str(path), manifest)
        self.path = path
        self._work = work

    def writer(self, number: int, *, same_disk: bool) -> Writer:
        """Have the files written beside their place, where a worker can."""
        fmt = self.manifest.setup.part_format
        return OnDisk(self._paths_for(number), fmt) if same_disk else InMemory(fmt)

    def _paths_for(self, number: int) -> list[Path]:
        """Return where the files of a part lie before they are committed."""
        names = part_names(number, self.manifest.setup.part_format)
        return [self._work / name.replace("/", "-") for name in names]

    def store(self, part: Part, outcome: Outcome) -> Stored:
        """Lengthen the lists, and give the files their names."""
        number = part.number
        errors = self._append(ERRORS_NAME, [*part.failures, *outcome.failures])
        duplicates = self._append(DUPLICATES_NAME, part.duplicates)
        names = part_names(number, self.manifest.setup.part_format)
        for name, temporary, file in zip(
            names, self._paths_for(number), outcome.files, strict=True
        ):
            if file.content is not None:
                _write(temporary, file.content)
            temporary.replace(self.path / name)
        for folder in {(self.path / name).parent for name in names}:
            fsync(folder)
        return Stored(list_files(names, outcome.files), errors, duplicates)

    def save(self) -> None:
        """Put the manifest in place; whenever the program dies, there is a whole one."""
        temporary = self._work / MANIFEST_NAME
        _write(temporary, self.manifest.to_json().encode("utf-8"))
        temporary.replace(self.path / MANIFEST_NAME)
        fsync(self.path)

    def _append(self, name: str, items: Sequence[Failure | Duplicate]) -> int:
        """Add lines to a list; return how long it is then."""
        path = self.path / name
        if not items:
            return path.stat().st_size if path.exists() else 0
        with path.open("ab") as stream:
            stream.write(list_lines(items))
            stream.flush()
            os.fsync(stream.fileno())
            return stream.tell()

    def recover(self) -> None:
        """Go back to what the manifest says: whole parts, and lists without later lines."""
        for entry in (entry for part in self.manifest.parts for entry in part.files):
            path = self.path / entry.name
            if not path.is_file() or _checksum(path) != entry.sha256:
                message = f"{path}: is missing or not as it was written; restore it, or {ANEW}"
                raise OutputError(message, path=path)
        for name, length in zip(LIST_NAMES, self.list_bytes, strict=True):
            self._cut(name, length)

    def _cut(self, name: str, length: int) -> None:
        path = self.path / name
        present = path.stat().st_size if path.exists() else 0
        if present < length:
            message = f"{path}: is shorter than it was written; restore it, or {ANEW}"
            raise OutputError(message, path=path)
        if not length:
            path.unlink(missing_ok=True)
        elif present > length:
            os.truncate(path, length)


@contextmanager
def open_folder(path: Path, setup: Setup, *, restart: bool) -> Iterator[RunFolder]:
    """Yield the folder of a run, for this process alone; a run that was begun goes on.

    Raises OutputError if another process has it, if it cannot be written, or if what is in it was
    made in another way; with ``restart`` that is removed first.
    """
    with _locked(path):
        try:
            with telling_refusals(str(path)):
                folder = _prepare(path, setup, restart)
            yield folder
        finally:
            _remove_work(path)


def _prepare(path: Path, setup: Setup, restart: bool) -> RunFolder:
    _remove_work(path)
    if restart or _holds_failures_only(path):
        _clear(path)
    manifest = _continue(path, setup)
    folder = RunFolder(path, Path(mkdtemp(prefix=_WORK, dir=path)), manifest)
    folder.recover()
    for name in part_names(1, setup.part_format):
        (path / name).parent.mkdir(exist_ok=True)
    if not manifest.parts:
        folder.save()
    return folder


def _holds_failures_only(path: Path) -> bool:
    manifest = read_manifest(path)
    return manifest is not None and not manifest.has_articles


def _remove_work(path: Path) -> None:
    for left in path.glob(f"{_WORK}*"):
        shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    from filelock import FileLock, Timeout

    lock = FileLock(path / _LOCK_NAME, timeout=0)
    with telling_refusals(str(path)):
        path.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire()
        except Timeout as error:
            message = f"{path}: another geomap batch is writing here; wait for it to end"
            raise OutputError(message, path=path) from error
    try:
        yield
    finally:
        lock.release()


def _continue(path: Path, setup: Setup) -> Manifest:
    manifest = read_manifest(path)
    if manifest is None and any(True for _ in find_parts(path)):
        message = f"{path}: holds parts but no {MANIFEST_NAME}; {ANEW}"
        raise OutputError(message, path=path)
    return manifest_to_go_on(str(path), manifest, setup)


def _clear(path: Path) -> None:
    (path / MANIFEST_NAME).unlink(missing_ok=True)
    for part in list(find_parts(path)):
        part.unlink()
    for name in LIST_NAMES:
        (path / name).unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    """Write a file, and have the disk keep it."""
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _checksum(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
