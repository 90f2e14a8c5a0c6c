"""The manifest: what has been made of which input with what. It alone says what is done."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from geomap import __version__
from geomap.errors import OutputError
from geomap.events import actor_list, own_triggers
from geomap.events.own_tables import own_table
from geomap.gazetteer.store import open_gazetteer
from geomap.models import Lang
from geomap.outputs.parts import PART_NAME, PartFormat
from geomap.settings import Settings

MANIFEST_NAME = "manifest.json"
ANEW = "choose another folder, or begin anew with --restart"

# Keys for services are nobody's business, and change no result.
_UNTOLD = ("geocoder_arguments",)


Format = PartFormat | Literal["postgis"]
"""The form of a run's parts: files of one form or the other, or rows of a database."""


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Counts(_Entry):
    """How much there is of what."""

    articles: int = 0
    toponyms: int = 0
    events: int = 0
    failed: int = 0
    duplicates: int = 0

    def add(self, other: Counts) -> None:
        """Count ``other`` in."""
        for name in Counts.model_fields:
            setattr(self, name, getattr(self, name) + getattr(other, name))


class FileEntry(_Entry):
    """A file of a part; ``name`` is relative to the folder."""

    name: str
    bytes: int
    sha256: str


class PartEntry(_Entry):
    """A finished part: the checksum of what went in, the files that came out.

    ``errors_bytes`` and ``duplicates_bytes`` tell how long the lists were when it was finished.
    """

    number: int
    input_sha256: str
    files: list[FileEntry]
    counts: Counts
    errors_bytes: int
    duplicates_bytes: int


class Setup(_Entry):
    """What must be the same for a run to be continued."""

    geomap: str
    gazetteer: str
    format: Format
    part_size: int
    settings: dict[str, Any]

    @property
    def part_format(self) -> PartFormat:
        """The form of the parts where they are files."""
        if self.format == "postgis":
            raise ValueError("parts in a database are no files")
        return self.format

    def differences(self, other: Setup) -> Iterator[str]:
        """Yield what ``other`` has differently, in words."""
        return (f"{name} was {old}, is now {new}" for name, old, new in self.changes(other))

    def changes(self, other: Setup) -> Iterator[tuple[str, str, str]]:
        """Yield what ``other`` has differently: its name, what it is here, what it is there."""
        old, new = self._flat(), other._flat()
        for name in sorted(old.keys() | new.keys()):
            if old.get(name) != new.get(name):
                yield name, _shown(old.get(name)), _shown(new.get(name))

    def _flat(self) -> dict[str, Any]:
        return self.model_dump(exclude={"settings"}) | self.settings


class Manifest(_Entry):
    """The whole state of a folder."""

    manifest: Literal["geomap-batch/1"] = "geomap-batch/1"
    setup: Setup
    models: dict[Lang, str] = {}
    complete: bool = False
    totals: Counts = Counts()
    parts: list[PartEntry] = []

    @property
    def has_articles(self) -> bool:
        """Whether there is anything to lose; a mistyped name or column makes failures only."""
        return self.totals.articles > 0

    def to_json(self) -> str:
        """Return the manifest as JSON, the same bytes for the same state."""
        return self.model_dump_json(indent=1) + "\n"


def read_manifest(folder: Path, *, mend: str = ANEW) -> Manifest | None:
    """Return the manifest of a folder, None where there is none.

    Raises OutputError for one that cannot be used; ``mend`` says what to do then.
    """
    path = folder / MANIFEST_NAME
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise OutputError(f"{path}: cannot be read ({error.strerror})", path=path) from error
    return parse_manifest(content, str(path), mend=mend)


def parse_manifest(content: bytes, name: str, *, mend: str = ANEW) -> Manifest:
    """Return what a manifest says; ``name`` and ``mend`` are for the OutputError of a bad one."""
    try:
        manifest = Manifest.model_validate_json(content)
        _check_names(manifest)
    except ValueError as error:
        raise OutputError(f"{name}: is not a manifest that this geomap knows; {mend}") from error
    return manifest


def _check_names(manifest: Manifest) -> None:
    """Raise ValueError if a part is no file of the folder: a manifest may have been edited."""
    for part in manifest.parts:
        names = [file.name for file in part.files]
        if not names or not all(re.fullmatch(PART_NAME, name) for name in names):
            raise ValueError(f"part {part.number} has no files, or others than a part's")


def describe_setup(settings: Settings, fmt: Format, part_size: int) -> Setup:
    """Return the setup of a run on this machine. Raises GazetteerError.

    A gazetteer that is not unpacked yet is, here once and not by every worker.
    """
    with open_gazetteer(settings.gazetteer, settings.worldview) as gazetteer:
        version = gazetteer.version
    return Setup(
        geomap=__version__,
        gazetteer=version,
        format=fmt,
        part_size=part_size,
        settings=describe_settings(settings),
    )


def describe_settings(settings: Settings) -> dict[str, Any]:
    """Return the settings as JSON; tables of one's own as their checksums, wherever they lie."""
    told = {name: value for name, value in asdict(settings).items() if name not in _UNTOLD}
    told["published"] = settings.published.isoformat() if settings.published else None
    told["gazetteer"] = str(settings.gazetteer) if settings.gazetteer else None
    tables = (
        ("actors", settings.actors, actor_list.ENVIRONMENT_VARIABLE),
        ("triggers", settings.triggers, own_triggers.ENVIRONMENT_VARIABLE),
    )
    for name, given, variable in tables:
        path = own_table(given, variable)
        told[name] = hashlib.sha256(Path(path).read_bytes()).hexdigest() if path else None
    return told


def _shown(value: Any) -> str:
    return "none" if value is None else str(value)
