"""Where a run leaves its parts. A folder is one; what all have in common is here."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from geomap.batch.cutting import Part
from geomap.batch.manifest import ANEW, Counts, FileEntry, Manifest, PartEntry, Setup
from geomap.batch.worker import Outcome
from geomap.batch.writing import Writer
from geomap.errors import GeomapError, OutputError
from geomap.models import Lang


@dataclass(frozen=True, slots=True)
class Stored:
    """What a destination has of a part: its files, and the lengths of both lists after it."""

    files: list[FileEntry] = field(default_factory=list)
    errors_bytes: int = 0
    duplicates_bytes: int = 0


class Destination(ABC):
    """Keeps parts and the manifest, for one process at a time; ``name`` is for messages.

    A part is first stored, then the manifest that lists it is saved; until ``save`` has returned
    the part does not count, and the next run makes it again. Destinations are opened by a context
    manager, which refuses what was begun otherwise, goes back to what the manifest says, and shuts
    others out.
    """

    anew = ANEW
    """How to go on where the run was begun otherwise."""

    def __init__(self, name: str, manifest: Manifest) -> None:
        self.name = name
        self.manifest = manifest

    @abstractmethod
    def writer(self, number: int, *, same_disk: bool) -> Writer:
        """Return what a worker is to write a part with; ``same_disk`` if it has this one's."""

    @abstractmethod
    def store(self, part: Part, outcome: Outcome) -> Stored:
        """Take over what a worker made of a part, and note what failed or came twice.

        Raises OutputError, or OSError for what is then told as ``cannot_write``.
        """

    @abstractmethod
    def save(self) -> None:
        """Put the manifest in place; whenever the program dies, there is a whole one."""

    @property
    def done(self) -> int:
        """The number of finished parts."""
        return len(self.manifest.parts)

    @property
    def list_bytes(self) -> tuple[int, int]:
        """How long the lists of errors and of duplicates were when the last part was finished."""
        last = self.manifest.parts[-1] if self.manifest.parts else None
        return (last.errors_bytes, last.duplicates_bytes) if last else (0, 0)

    def check(self, part: Part) -> None:
        """Raise OutputError unless a part that is done was made of the same input."""
        if self.manifest.parts[part.number - 1].input_sha256 != part.digest:
            self.refuse_input(part.number)

    def refuse_input(self, number: int) -> None:
        """Raise OutputError: the input is no longer what the parts were made of."""
        raise OutputError(
            f"{self.name}: the input has changed since part {number} was made of it; {self.anew}"
        )

    def commit(self, part: Part, outcome: Outcome) -> PartEntry:
        """Add a finished part. Raises OutputError; what was finished before is kept."""
        with telling_refusals(self.name):
            self._note_models(outcome.models)
            stored = self.store(part, outcome)
            entry = PartEntry(
                number=part.number,
                input_sha256=part.digest,
                files=stored.files,
                counts=_count(part, outcome),
                errors_bytes=stored.errors_bytes,
                duplicates_bytes=stored.duplicates_bytes,
            )
            self.manifest.parts.append(entry)
            self.manifest.totals.add(entry.counts)
            self.save()
        return entry

    def finish(self) -> None:
        """Say that the input has been read to its end."""
        if not self.manifest.complete:
            self.manifest.complete = True
            with telling_refusals(self.name):
                self.save()

    def _note_models(self, models: dict[Lang, str]) -> None:
        known = self.manifest.models
        for lang, model in models.items():
            if known.setdefault(lang, model) != model:
                change = f"model was {known[lang]}, is now {model}"
                raise OutputError(f"{self.name}: was begun otherwise ({change}); {self.anew}")
        self.manifest.models = dict(sorted(known.items()))


def manifest_to_go_on(
    name: str, found: Manifest | None, setup: Setup, *, anew: str = ANEW
) -> Manifest:
    """Return the manifest found, or a new one; raises OutputError if it was begun otherwise."""
    if found is None:
        return Manifest(setup=setup)
    if changed := list(found.setup.differences(setup)):
        raise OutputError(f"{name}: was begun otherwise ({'; '.join(changed)}); {anew}")
    return found


@contextmanager
def telling_refusals(name: str) -> Iterator[None]:
    """Turn what the disk refuses into an OutputError that says how to go on."""
    try:
        yield
    except GeomapError:
        raise
    except OSError as error:
        raise cannot_write(name, error.strerror or str(error)) from error


def cannot_write(name: str, reason: str) -> OutputError:
    """Return the error for a destination that is full, read-only or gone."""
    return OutputError(
        f"{name}: cannot be written ({reason}); what is finished is kept:"
        " mend that and run the same command again, or choose another folder with -o"
    )


def _count(part: Part, outcome: Outcome) -> Counts:
    return Counts(
        articles=outcome.articles,
        toponyms=outcome.toponyms,
        events=outcome.events,
        failed=len(part.failures) + len(outcome.failures),
        duplicates=len(part.duplicates),
    )
