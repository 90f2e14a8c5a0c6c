"""What an update changed, to be shown to a person."""

from __future__ import annotations

import heapq
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from geomap.gazetteer.update.formats import RowCount

SHOWN = 10
"""How many examples of each kind of change a report holds."""

MOVED_KM = 0.1
"""Nearer than this a new coordinate is no move."""


class Change(NamedTuple):
    """One example: ``km`` of a move; ``name`` is the new and ``was`` the old name."""

    km: float
    geonameid: int
    name: str
    country: str | None
    was: str


@dataclass(slots=True)
class UpdateReport:
    """Counts and examples of an update; ``moves`` holds the biggest, the others the most populous.

    ``changed`` counts every place that is not as before, moved and renamed ones among them;
    ``version`` is the new version of the gazetteer, ``path`` where it lies (None: nothing was
    replaced), ``previous`` the version it replaces.
    """

    previous: str = ""
    version: str = ""
    path: str | None = None
    added: int = 0
    moved: int = 0
    renamed: int = 0
    deleted: int = 0
    changed: int = 0
    unchanged: int = 0
    names_added: int = 0
    names_deleted: int = 0
    files: list[RowCount] = field(default_factory=list)
    moves: list[Change] = field(default_factory=list)
    renamings: list[Change] = field(default_factory=list)
    additions: list[Change] = field(default_factory=list)
    deletions: list[Change] = field(default_factory=list)
    _top: dict[str, list[tuple[float, int, Change]]] = field(default_factory=dict)

    @property
    def bad_rows(self) -> int:
        """How many rows of all files were skipped."""
        return sum(count.bad for count in self.files)

    def note(self, kind: str, weight: float, change: Change) -> None:
        """Count a change; ``kind`` is added, moved, renamed or deleted, the weightiest are kept."""
        setattr(self, kind, getattr(self, kind) + 1)
        top = self._top.setdefault(kind, [])
        heapq.heappush(top, (weight, -change.geonameid, change))
        if len(top) > SHOWN:
            heapq.heappop(top)

    def finish(self) -> None:
        """Sort the examples into their lists, weightiest first."""
        for kind, shown in (
            ("moved", self.moves),
            ("renamed", self.renamings),
            ("added", self.additions),
            ("deleted", self.deletions),
        ):
            shown[:] = [change for *_, change in sorted(self._top.get(kind, ()), reverse=True)]
        self._top.clear()

    def as_record(self) -> dict[str, Any]:
        """Return the report as plain data for JSON."""
        record = asdict(self)
        del record["_top"]
        for key in ("moves", "renamings", "additions", "deletions"):
            record[key] = [change._asdict() for change in getattr(self, key)]
        return record | {"bad_rows": self.bad_rows}
