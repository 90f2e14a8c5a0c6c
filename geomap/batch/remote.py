"""A destination by URL, through fsspec: an object store, another machine, or a folder.

There may be no renaming, no lengthening and no locking of files there. So files of parts are put in
place whole and count once the manifest, put in place last, lists them; the lists lie in pieces, one
for each part that has something in it, until the run is complete.
"""

from __future__ import annotations

import json
import os
import re
import socket
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import fsspec

from geomap.articles.files import without_password
from geomap.batch.cutting import Duplicate, Failure, Part
from geomap.batch.destination import Destination, Stored, cannot_write, manifest_to_go_on
from geomap.batch.lists import DUPLICATES_NAME, ERRORS_NAME, LIST_NAMES, list_files, list_lines
from geomap.batch.manifest import ANEW, MANIFEST_NAME, Manifest, Setup, parse_manifest
from geomap.batch.worker import Outcome
from geomap.batch.writing import InMemory, Writer
from geomap.errors import GeomapError, OutputError
from geomap.outputs.parts import PART_NAME, part_names

LOCK_NAME = ".lock"
_PART = re.compile(PART_NAME)


class RemoteFolder(Destination):
    """Puts parts where ``files`` are; use ``open_remote``."""

    def __init__(self, name: str, files: _Files, manifest: Manifest) -> None:
        super().__init__(name, manifest)
        self._files = files

    def writer(self, number: int, *, same_disk: bool) -> Writer:
        """Have workers hand files over: one process alone writes there."""
        return InMemory(self.manifest.setup.part_format)

    def store(self, part: Part, outcome: Outcome) -> Stored:
        """Put the files of a part in place, and its pieces of the lists."""
        errors_before, duplicates_before = self.list_bytes
        names = part_names(part.number, self.manifest.setup.part_format)
        with _telling(self.name):
            self._files.check_lock()
            errors = self._put_piece(ERRORS_NAME, part.number, [*part.failures, *outcome.failures])
            duplicates = self._put_piece(DUPLICATES_NAME, part.number, part.duplicates)
            for name, file in zip(names, outcome.files, strict=True):
                self._files.put(name, file.content or b"")
        return Stored(
            files=list_files(names, outcome.files),
            errors_bytes=errors_before + errors,
            duplicates_bytes=duplicates_before + duplicates,
        )

    def save(self) -> None:
        """Put the manifest in place."""
        with _telling(self.name):
            self._files.replace(MANIFEST_NAME, self.manifest.to_json().encode("utf-8"))

    def finish(self) -> None:
        """Make one file of each list, then say that the input has been read to its end."""
        if not self.manifest.complete:
            with _telling(self.name):
                for name, length in zip(LIST_NAMES, self.list_bytes, strict=True):
                    self._join(name, length)
        super().finish()
        self._remove_pieces()

    def recover(self) -> None:
        """Raise OutputError unless there is, by name and size, what the manifest says."""
        sizes = self._files.sizes()
        for entry in (entry for part in self.manifest.parts for entry in part.files):
            if sizes.get(entry.name) != entry.bytes:
                self._refuse(entry.name)
        lists = zip(LIST_NAMES, self.list_bytes, strict=True)
        for name, length in lists:
            whole = sizes.get(name, 0)
            pieces = sum(sizes.get(_piece(name, n + 1), 0) for n in range(self.done))
            if length and length != (whole if self.manifest.complete else pieces):
                self._refuse(name)
        if self.manifest.complete:
            self._remove_pieces()

    def _refuse(self, name: str) -> None:
        raise OutputError(
            f"{self.name}/{name}: is missing or not as it was written; restore it, or {ANEW}"
        )

    def _put_piece(self, name: str, number: int, items: Sequence[Failure | Duplicate]) -> int:
        if not items:
            return 0
        lines = list_lines(items)
        self._files.put(_piece(name, number), lines)
        return len(lines)

    def _join(self, name: str, length: int) -> None:
        if not length:
            return
        there = self._files.sizes()
        pieces = (_piece(name, part.number) for part in self.manifest.parts)
        lines = b"".join(self._files.get(piece) for piece in pieces if piece in there)
        self._files.put(name, lines)

    def _remove_pieces(self) -> None:
        with _telling(self.name):
            self._files.remove_pieces()


class _Files:
    """The files below a URL, and the lock that keeps others out."""

    def __init__(self, url: str, name: str) -> None:
        self._fs, self._root = fsspec.core.url_to_fs(url)
        self._root = self._root.rstrip("/")
        self._name = name
        self._token = uuid4().hex

    def refuse_fleeting(self) -> None:
        """Raise OutputError for the memory of this process: the parts would go with it."""
        if "memory" in self._fs.protocol:
            raise OutputError(f"{self._name}: is gone when geomap ends; choose a folder")

    def path(self, name: str) -> str:
        return f"{self._root}/{name}"

    def get(self, name: str) -> bytes:
        content: bytes = self._fs.cat_file(self.path(name))
        return content

    def put(self, name: str, content: bytes) -> None:
        self._make_folder(name)
        self._fs.pipe_file(self.path(name), content)

    def replace(self, name: str, content: bytes) -> None:
        """Put a file in place so that there is always a whole one."""
        beside = _beside(name)
        self.put(beside, content)
        self._fs.mv(self.path(beside), self.path(name))

    def remove(self, names: Iterable[str]) -> None:
        for name in names:
            self._fs.rm_file(self.path(name))

    def remove_pieces(self) -> None:
        """Remove the pieces of the lists, and the folders they lie in where there are folders."""
        there = self.sizes()
        for folder in map(_pieces, LIST_NAMES):
            if any(name.startswith(folder) for name in there):
                self._fs.rm(self.path(folder), recursive=True)

    def sizes(self) -> dict[str, int]:
        """Return the names of all files there, and their bytes."""
        self._fs.invalidate_cache()
        found: dict[str, dict[str, Any]] = self._fs.find(self._root, detail=True)
        return {path.removeprefix(self._root + "/"): told["size"] for path, told in found.items()}

    def _make_folder(self, name: str) -> None:
        self._fs.makedirs(self.path(name).rpartition("/")[0], exist_ok=True)

    def lock(self) -> None:
        """Keep others out. Raises OutputError if one is there."""
        self._make_folder(LOCK_NAME)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        mine = {"token": self._token, "host": socket.gethostname(), "pid": os.getpid(), "at": now}
        content = json.dumps(mine).encode("utf-8")
        try:
            self._fs.pipe_file(self.path(LOCK_NAME), content, mode="create")
        except FileExistsError:
            self._refuse_living(json.loads(self.get(LOCK_NAME)))
            self.put(LOCK_NAME, content)
        self.check_lock()

    def check_lock(self) -> None:
        """Raise OutputError if another run has taken the lock."""
        if json.loads(self.get(LOCK_NAME))["token"] != self._token:
            raise OutputError(f"{self._name}: another geomap batch writes here now; this one ends")

    def unlock(self) -> None:
        with suppress(Exception):
            if json.loads(self.get(LOCK_NAME))["token"] == self._token:
                self._fs.rm_file(self.path(LOCK_NAME))

    def _refuse_living(self, holder: dict[str, Any]) -> None:
        """Raise OutputError unless the process that has the lock was here, and is gone."""
        if holder["host"] == socket.gethostname() and not _is_alive(holder["pid"]):
            return
        raise OutputError(
            f"{self._name}: another geomap batch is writing here (process {holder['pid']} on"
            f" {holder['host']}, since {holder['at']}); wait for it to end, or, if it was killed,"
            f" remove {self._name}/{LOCK_NAME}"
        )


@contextmanager
def open_remote(url: str, setup: Setup, *, restart: bool) -> Iterator[RemoteFolder]:
    """Yield the destination at a URL, for this process alone; a run that was begun goes on.

    Raises OutputError if another process has it, if it cannot be written, or if what is in it was
    made in another way; with ``restart`` that is removed first.
    """
    name = without_password(url).rstrip("/")
    with _telling(name):
        files = _Files(url, name)
        files.refuse_fleeting()
        files.lock()
    try:
        with _telling(name):
            folder = _prepare(name, files, setup, restart)
        yield folder
    finally:
        files.unlock()


def _prepare(name: str, files: _Files, setup: Setup, restart: bool) -> RemoteFolder:
    there = files.sizes()
    files.remove(name for name in [_beside(MANIFEST_NAME)] if name in there)
    found = None
    if MANIFEST_NAME in there and not restart:
        found = parse_manifest(files.get(MANIFEST_NAME), f"{name}/{MANIFEST_NAME}")
    if restart or (found and not found.has_articles):
        _clear(files, there)
        found = None
    elif found is None and any(map(_PART.fullmatch, there)):
        raise OutputError(f"{name}: holds parts but no {MANIFEST_NAME}; {ANEW}")
    folder = RemoteFolder(name, files, manifest_to_go_on(name, found, setup))
    folder.recover()
    if not folder.manifest.parts:
        folder.save()
    return folder


def _clear(files: _Files, there: Iterable[str]) -> None:
    ours = (name for name in there if _PART.fullmatch(name) or name in LIST_NAMES)
    # What says that the rest counts goes first.
    files.remove([*(name for name in there if name == MANIFEST_NAME), *ours])
    files.remove_pieces()


def _beside(name: str) -> str:
    return f".{name}.new"


def _pieces(name: str) -> str:
    return f"{name}.parts"


def _piece(name: str, number: int) -> str:
    return f"{_pieces(name)}/part-{number:06d}.jsonl"


def _is_alive(process: int) -> bool:
    if os.name == "nt":  # There, asking so would end it.
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


@contextmanager
def _telling(name: str) -> Iterator[None]:
    """Turn whatever a file system's library raises into an OutputError of one line."""
    try:
        yield
    except GeomapError:
        raise
    except Exception as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise cannot_write(name, reason) from error
