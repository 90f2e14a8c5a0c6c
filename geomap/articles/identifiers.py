"""Names that stay unique within a run: a second ``report`` becomes ``report-2``."""

from __future__ import annotations


class UniqueIds:
    """Hands out each identifier once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, wanted: str) -> str:
        """Return ``wanted``, or with the first free number if it is taken."""
        candidate, number = wanted, 1
        while candidate in self._taken:
            number += 1
            candidate = f"{wanted}-{number}"
        self._taken.add(candidate)
        return candidate
