"""A toponym where it stands: the words around it, its clause, what fires there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from geomap.events.clauses import Clause
from geomap.events.lexicon import Trigger, best_trigger
from geomap.events.role_cues import CUES, Cues
from geomap.models import Article, Place, Resolution, RoleDecision

_REACH = 80
_PALACES = frozenset(("GOVL", "PAL", "BLDG", "ADMF", "CSTL"))


class Previous(NamedTuple):
    """The toponym just before: its role, its place, and the text between the two."""

    role: RoleDecision
    between: str
    place: Place | None


@dataclass(frozen=True, slots=True)
class Setting:
    """A toponym where it stands: the words around it, its clause, and what fires there.

    ``before`` and ``after`` are ``left`` and ``right`` in lower case; ``trigger`` is that of the
    ``triggers`` which decides what happened here.
    """

    cues: Cues
    text: str
    left: str
    right: str
    before: str
    after: str
    clause: Clause
    triggers: tuple[Trigger, ...]
    trigger: Trigger | None
    place: Place | None
    is_capital: bool
    dateline: bool
    position: int
    end: int
    previous: Previous | None

    @property
    def is_government(self) -> bool:
        """Whether the bare name can stand for a government: a country, a capital, a palace."""
        if self.place is None:
            return self.is_capital
        return (
            self.place.kind == "country"
            or self.is_capital
            or self.is_palace
            or self.place.feature_code == "CONT"
        )

    @property
    def is_palace(self) -> bool:
        """Whether the place is a building, whose name can stand for who governs in it."""
        return self.place is not None and self.place.feature_code in _PALACES

    @property
    def opens_clause(self) -> bool:
        """Whether nothing but an article stands before the name in its clause."""
        before = self.clause.mask[: self.position - self.clause.start]
        return bool(_ARTICLE_ONLY.fullmatch(before))


_ARTICLE_ONLY = re.compile(
    r"\W*(?:(?:auch|aber|doch|dass|denn|but|also|that)\s+)?(?:(?:der|die|das|the)\s+)?[„“\"]?"
)


def make_setting(
    article: Article,
    resolution: Resolution,
    clause: Clause,
    triggers: Sequence[Trigger],
    *,
    is_capital: bool,
    previous: Previous | None,
) -> Setting:
    """Return the setting of ``resolution``'s toponym in ``clause``."""
    text, toponym = article.text, resolution.toponym
    line_start = text.rfind("\n", 0, toponym.start) + 1
    begin = max(line_start, clause.start, toponym.start - _REACH)
    cues = CUES[article.lang]
    left = text[begin : toponym.start]
    right = text[toponym.end : toponym.end + _REACH].split("\n")[0]
    return Setting(
        cues=cues,
        text=text,
        left=left,
        right=right,
        before=left.lower(),
        after=right.lower(),
        clause=clause,
        triggers=tuple(triggers),
        trigger=best_trigger(triggers, toponym.start, text),
        place=resolution.place,
        is_capital=is_capital,
        dateline=_opens_paragraph(text, line_start, toponym.start)
        and bool(cues.dateline.match(right)),
        position=toponym.start,
        end=toponym.end,
        previous=previous,
    )


def _opens_paragraph(text: str, line_start: int, start: int) -> bool:
    """Tell whether a name stands first in its paragraph, or second after a slash (SANAA/TEL AVIV)."""
    before = text[line_start:start]
    return not before.strip() or bool(re.fullmatch(r"[A-ZÄÖÜ][\w .-]{1,25}/", before))
