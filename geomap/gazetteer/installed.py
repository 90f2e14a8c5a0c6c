"""Where the gazetteer in use lies, what it replaced, and how one takes the other's place."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from geomap.durability import fsync
from geomap.errors import GazetteerError
from geomap.gazetteer.shipped import (
    ENVIRONMENT_VARIABLE,
    default_path,
    ensure_unpacked,
    read_manifest,
)


@dataclass(frozen=True, slots=True)
class Installation:
    """The files of one gazetteer.

    ``shipped`` is the unpacked shipped gazetteer, None where the user chose a file of their own;
    ``updated`` is what updates write: the user's own file, or a file beside the shipped one, which
    then counts instead; ``previous`` is what the last update replaced.
    """

    shipped: Path | None
    updated: Path

    @property
    def previous(self) -> Path:
        """The file that ``rollback`` brings back."""
        return self.updated.with_name(f"{self.updated.stem}.previous{self.updated.suffix}")

    @property
    def work_folder(self) -> Path:
        """Where updates are downloaded and built: on the same disk as the gazetteer."""
        return self.updated.with_name(f"{self.updated.stem}.work")

    def current(self) -> Path:
        """Return the file to open, unpacking the shipped one first if need be.

        Raises GazetteerError if that is impossible.
        """
        if self.updated.exists():
            return self.updated
        return ensure_unpacked(None if self.shipped else self.updated)


def find_installation(path: Path | None = None) -> Installation:
    """Return the files for the path given, else ``$GEOMAP_GAZETTEER``, else the user's data folder.

    The updated file carries the checksum of the shipped one it was made from: a newer geomap starts
    from its newer data. Raises GazetteerError if the shipped gazetteer is damaged.
    """
    if chosen := path or os.environ.get(ENVIRONMENT_VARIABLE):
        return Installation(None, Path(chosen))
    shipped = default_path(read_manifest())
    return Installation(shipped, shipped.with_name(f"{shipped.stem}-updated.sqlite"))


def replace_current(installation: Installation, built: Path) -> None:
    """Put a finished file in the place of the current one, which becomes the previous one.

    Each step is one atomic rename; whenever the program dies, a whole gazetteer is in place.
    Raises GazetteerError if the folder cannot be written or another program holds the file.
    """
    try:
        fsync(built)
        if installation.updated.exists():
            spare = built.with_name("previous.sqlite")
            spare.unlink(missing_ok=True)
            _link(installation.updated, spare)
            spare.replace(installation.previous)
        built.replace(installation.updated)
        fsync(installation.updated.parent)
    except OSError as error:
        message = f"cannot replace {installation.updated}: {error.strerror or error}"
        raise GazetteerError(message, path=installation.updated) from error


def roll_back(installation: Installation) -> Path:
    """Bring back what the last update replaced; return the file that is in use now.

    Raises GazetteerError if there is nothing to go back to.
    """
    with exclusive(installation):
        try:
            if installation.previous.exists():
                installation.previous.replace(installation.updated)
            elif installation.shipped and installation.updated.exists():
                installation.updated.unlink()
            else:
                raise GazetteerError(
                    "there is no earlier gazetteer to go back to", path=installation.updated
                )
        except OSError as error:
            message = f"cannot replace {installation.updated}: {error.strerror or error}"
            raise GazetteerError(message, path=installation.updated) from error
    return installation.current()


@contextmanager
def exclusive(installation: Installation) -> Iterator[Path]:
    """Hold the work folder for this process alone and yield it; a dead process holds nothing.

    Raises GazetteerError if another process is updating or the folder cannot be written.
    """
    folder = installation.work_folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = sqlite3.connect(folder / "lock", timeout=0, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        message = f"cannot write to {folder.parent}: {error}"
        raise GazetteerError(message, path=folder) from error
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        lock.close()
        message = "another update of this gazetteer is running: wait for it to end"
        raise GazetteerError(message, path=folder) from error
    try:
        yield folder
    finally:
        lock.close()


def _link(source: Path, target: Path) -> None:
    """Give a file a second name; where the disk knows no links, copy it."""
    try:
        target.hardlink_to(source)
    except OSError:
        shutil.copyfile(source, target)
        fsync(target)
