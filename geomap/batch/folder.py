"""The folder of a run: one process at a time, and nothing in it that is half done."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from tempfile import mkdtemp

from geomap.batch.cutting import Duplicate, Failure, Part
from geomap.batch.manifest import (
    ANEW,
    MANIFEST_NAME,
    Counts,
    FileEntry,
    Manifest,
    PartEntry,
    Setup,
    read_manifest,
)
from geomap.batch.worker import Outcome
from geomap.errors import GeomapError, OutputError
from geomap.models import Lang
from geomap.outputs.parts import PART_FORMATS, part_names

ERRORS_NAME = "errors.jsonl"
DUPLICATES_NAME = "duplicates.jsonl"
_LOCK_NAME = ".lock"
_WORK = ".work-"


class RunFolder:
    """Writes parts into ``path`` and keeps the manifest; use ``open_folder``."""

    def __init__(self, path: Path, work: Path, manifest: Manifest) -> None:
        self.path = path
        self.manifest = manifest
        self._work = work

    @property
    def done(self) -> int:
        """The number of finished parts."""
        return len(self.manifest.parts)

    def paths_for(self, number: int) -> list[Path]:
        """Return where the files of a part are to be written before they are committed."""
        names = part_names(number, self.manifest.setup.format)
        return [self._work / name.replace("/", "-") for name in names]

    def check(self, part: Part) -> None:
        """Raise OutputError unless a part that is done was made of the same input."""
        if self.manifest.parts[part.number - 1].input_sha256 != part.digest:
            self.refuse_input(part.number)

    def refuse_input(self, number: int) -> None:
        """Raise OutputError: the input is no longer what the parts were made of."""
        message = f"{self.path}: the input has changed since part {number} was made of it; {ANEW}"
        raise OutputError(message, path=self.path)

    def commit(self, part: Part, outcome: Outcome) -> PartEntry:
        """Add a finished part: its files get their names, then the manifest says so."""
        self._note_models(outcome.models)
        number = part.number
        errors = self._append(ERRORS_NAME, [*part.failures, *outcome.failures])
        duplicates = self._append(DUPLICATES_NAME, part.duplicates)
        names = part_names(number, self.manifest.setup.format)
        for name, temporary in zip(names, self.paths_for(number), strict=True):
            temporary.replace(self.path / name)
        for folder in {(self.path / name).parent for name in names}:
            _sync_folder(folder)
        counts = Counts(
            articles=outcome.articles,
            toponyms=outcome.toponyms,
            events=outcome.events,
            failed=len(part.failures) + len(outcome.failures),
            duplicates=len(part.duplicates),
        )
        files = [
            FileEntry(name=name, bytes=size, sha256=digest)
            for name, (size, digest) in zip(names, outcome.sizes, strict=True)
        ]
        entry = PartEntry(
            number=number,
            input_sha256=part.digest,
            files=files,
            counts=counts,
            errors_bytes=errors,
            duplicates_bytes=duplicates,
        )
        self.manifest.parts.append(entry)
        self.manifest.totals.add(counts)
        self.save()
        return entry

    def finish(self) -> None:
        """Say that the input has been read to its end."""
        if not self.manifest.complete:
            self.manifest.complete = True
            with telling_refusals(self.path):
                self.save()

    def save(self) -> None:
        """Put the manifest in place; whenever the program dies, there is a whole one."""
        temporary = self._work / MANIFEST_NAME
        with temporary.open("w", encoding="utf-8", newline="\n") as stream:
            stream.write(self.manifest.to_json())
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(self.path / MANIFEST_NAME)
        _sync_folder(self.path)

    def _note_models(self, models: dict[Lang, str]) -> None:
        known = self.manifest.models
        for lang, model in models.items():
            if known.setdefault(lang, model) != model:
                change = f"model was {known[lang]}, is now {model}"
                raise OutputError(f"{self.path}: was begun otherwise ({change}); {ANEW}")
        self.manifest.models = dict(sorted(known.items()))

    def _append(self, name: str, items: Sequence[Failure | Duplicate]) -> int:
        """Add lines to a list; return how long it is then."""
        path = self.path / name
        if not items:
            return path.stat().st_size if path.exists() else 0
        with path.open("ab") as stream:
            for item in items:
                line = json.dumps(asdict(item), ensure_ascii=False) + "\n"
                stream.write(line.encode("utf-8", "backslashreplace"))
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
        last = self.manifest.parts[-1] if self.manifest.parts else None
        self._cut(ERRORS_NAME, last.errors_bytes if last else 0)
        self._cut(DUPLICATES_NAME, last.duplicates_bytes if last else 0)

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
            with telling_refusals(path):
                folder = _prepare(path, setup, restart)
            yield folder
        finally:
            _remove_work(path)


def _prepare(path: Path, setup: Setup, restart: bool) -> RunFolder:
    _remove_work(path)
    if restart:
        _clear(path)
    manifest = _continue(path, setup)
    folder = RunFolder(path, Path(mkdtemp(prefix=_WORK, dir=path)), manifest)
    folder.recover()
    for name in part_names(1, setup.format):
        (path / name).parent.mkdir(exist_ok=True)
    if not manifest.parts:
        folder.save()
    return folder


def _remove_work(path: Path) -> None:
    for left in path.glob(f"{_WORK}*"):
        shutil.rmtree(left, ignore_errors=True)


@contextmanager
def telling_refusals(path: Path) -> Iterator[None]:
    """Turn what the disk refuses into an OutputError that says how to go on."""
    try:
        yield
    except GeomapError:
        raise
    except OSError as error:
        raise cannot_write(path, error.strerror or str(error)) from error


def cannot_write(path: Path, reason: str) -> OutputError:
    """Return the error for a disk that is full, read-only or gone."""
    message = (
        f"{path}: cannot be written ({reason}); what is finished is kept:"
        " mend that and run the same command again, or choose another folder with -o"
    )
    return OutputError(message, path=path)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    from filelock import FileLock, Timeout

    lock = FileLock(path / _LOCK_NAME, timeout=0)
    with telling_refusals(path):
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
    if manifest is None:
        if any(True for _ in _part_files(path)):
            message = f"{path}: holds parts but no {MANIFEST_NAME}; {ANEW}"
            raise OutputError(message, path=path)
        return Manifest(setup=setup)
    if changed := list(manifest.setup.differences(setup)):
        message = f"{path}: was begun otherwise ({'; '.join(changed)}); {ANEW}"
        raise OutputError(message, path=path)
    return manifest


def _clear(path: Path) -> None:
    (path / MANIFEST_NAME).unlink(missing_ok=True)
    for part in list(_part_files(path)):
        part.unlink()
    for name in (ERRORS_NAME, DUPLICATES_NAME):
        (path / name).unlink(missing_ok=True)


def _part_files(path: Path) -> Iterator[Path]:
    for fmt in PART_FORMATS:
        for name in part_names(1, fmt):
            yield from path.glob(name.replace("000001", "??????"))


def _checksum(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _sync_folder(path: Path) -> None:
    with suppress(OSError):  # Windows opens no folders.
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
