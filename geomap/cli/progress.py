"""A bar on stderr while several inputs are read; nothing where nobody would see it."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.cli.messages import log

if TYPE_CHECKING:
    import rich.progress

_MANY_IN_ONE = (".jsonl", ".ndjson", ".json")


class Progress:
    """Counts the files read and the articles done."""

    def __init__(self, bar: rich.progress.Progress | None, total: int) -> None:
        self._bar = bar
        self._articles = 0
        self._task = bar.add_task("", total=total) if bar else None
        self._describe()

    def over(self, files: Iterable[str]) -> Iterator[str]:
        """Yield ``files``; each counts as done when the next is asked for."""
        for file in files:
            yield file
            if self._bar is not None and self._task is not None:
                self._bar.advance(self._task)

    def count_article(self) -> None:
        """Count an article as done."""
        self._articles += 1
        self._describe()

    def _describe(self) -> None:
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, description=f"{self._articles} article(s)")


@contextmanager
def show_progress(files: Sequence[str], *, to_stdout: bool = False) -> Iterator[Progress]:
    """Draw a bar if there is more than one article, a terminal, and no ``-q``.

    ``to_stdout`` says that results go to stdout meanwhile: on a terminal they would mix with it.
    """
    if not _is_wanted(files) or (to_stdout and sys.stdout.isatty()):
        yield Progress(None, len(files))
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (
        MofNCompleteColumn(),
        TextColumn("file(s)"),
        BarColumn(),
        TextColumn("{task.description}"),
    )
    console = Console(stderr=True, markup=False)
    with Bar(*columns, console=console, transient=True, redirect_stdout=False) as bar:
        yield Progress(bar, len(files))


def _is_wanted(files: Sequence[str]) -> bool:
    several = len(files) > 1 or any(Path(f).suffix.lower() in _MANY_IN_ONE for f in files)
    return several and sys.stderr.isatty() and log.isEnabledFor(20)


class ArchiveBar:
    """How much of an archive is done, how fast, and how long it will still take."""

    def __init__(self, bar: rich.progress.Progress | None) -> None:
        self._bar = bar
        self._task = bar.add_task("", total=None) if bar else None
        self._begun: float | None = None
        self._articles = 0

    def begin(self, total: int | None) -> None:
        """Take the archive's size in bytes, None where nobody knows it."""
        self._begun = time.monotonic()
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, total=total, description="starting")

    def skip(self, position: int) -> None:
        """Show that the archive has been worked off up to ``position`` before."""
        self._begun = time.monotonic()
        if self._bar is not None and self._task is not None:
            self._bar.reset(self._task, completed=position, description="reading what is done")

    def advance(self, position: int, articles: int) -> None:
        """Show that the archive has been worked off up to ``position``, ``articles`` more."""
        self._articles += articles
        if self._bar is not None and self._task is not None and self._begun is not None:
            rate = self._articles / max(time.monotonic() - self._begun, 1e-9)
            says = f"{self._articles} article(s), {rate:.1f}/s"
            self._bar.update(self._task, completed=position, description=says)


@contextmanager
def show_archive() -> Iterator[ArchiveBar]:
    """Draw a bar on a terminal, unless with ``-q``."""
    if not (sys.stderr.isatty() and log.isEnabledFor(20)):
        yield ArchiveBar(None)
        return
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.description}"),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True, markup=False)
    # Parts come seldom: what is left must be told from more than the last half minute.
    with Bar(*columns, console=console, transient=True, speed_estimate_period=3600) as bar:
        yield ArchiveBar(bar)
