"""Reading marked-up texts: ``[Homs|e]`` for names, ``{clause}(airstrike; dead 9)`` for events."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from geomap.corpus.clauses import ClauseNotes, read_notes
from geomap.models import Lang, Role

ROLES: dict[str, Role] = {
    "e": "event",
    "b": "background",
    "a": "actor",
    "o": "origin",
    "d": "destination",
    "m": "meeting",
    "l": "dateline",
    "x": "other",
}
"""Codes of toponyms and the role each stands for."""

OTHER_LABELS = ("PER", "ORG", "MISC", "DEM", "WORD")
"""Codes of what is no toponym."""

STYLES = frozenset(
    "wire reportage local interview ticker headlines tweet ngo un military radio translated"
    " analysis chronicle sport business weather travel culture politics history".split()
)
_HEAD_FIELDS = ("published", "conflict", "style", "where")
_MARK = re.compile(r"\[(?P<text>[^\[\]|{}]+)\|(?P<code>[^\[\]|]+)(?:\|(?P<hint>[^\[\]|]+))?\]")
_NOTES = re.compile(r"\((?P<notes>[^()]*)\)")
_COUNTRY = re.compile(r"[A-Z]{2}")


class MarkupError(ValueError):
    """A slip in a marked-up text; says where."""


@dataclass(frozen=True, slots=True)
class MarkedName:
    """A marked name: ``code`` is one of ``ROLES`` or ``OTHER_LABELS``, ``hint`` "" if none."""

    text: str
    start: int
    end: int
    code: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class MarkedClause:
    """A clause that tells of an event."""

    start: int
    end: int
    notes: ClauseNotes


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text as its annotator sees it; ``line`` is where it begins in its file.

    Offsets count the code points of ``text``: headline, empty line, body.
    """

    id: str
    lang: Lang
    published: date
    conflict: str
    style: str
    where: tuple[str, ...]
    title: str
    text: str
    names: tuple[MarkedName, ...]
    clauses: tuple[MarkedClause, ...]
    line: int

    @property
    def toponyms(self) -> tuple[MarkedName, ...]:
        """The names that are places."""
        return tuple(name for name in self.names if name.code in ROLES)


def read_marked_texts(source: str, lang: Lang) -> Iterator[MarkedText | MarkupError]:
    """Yield the texts of a file, or for a faulty one what is wrong with it."""
    for block in re.finditer(r"^=== .*?(?=^=== |\Z)", source, re.MULTILINE | re.DOTALL):
        line = source.count("\n", 0, block.start()) + 1
        try:
            yield _read_block(block.group(), lang, line)
        except MarkupError as error:
            yield MarkupError(f"line {line}: {error}")


def _read_block(block: str, lang: Lang, line: int) -> MarkedText:
    opener, *rest = block.splitlines()
    head, body = _part_head(rest)
    paragraphs = _join_lines(body)
    if len(paragraphs) < 2:
        raise MarkupError("needs a headline, an empty line and a body")
    scanner = _Scanner("\n\n".join(paragraphs))
    names, clauses = scanner.scan()
    where = tuple(head["where"].split())
    if not all(_COUNTRY.fullmatch(code) for code in where):
        raise MarkupError(f"where: {head['where']!r} is not a list of country codes")
    if head["style"] not in STYLES:
        raise MarkupError(f"style {head['style']!r} is not in the list")
    return MarkedText(
        id=f"{lang}-{opener.removeprefix('=== ').strip()}",
        lang=lang,
        published=_read_date(head["published"]),
        conflict=head["conflict"],
        style=head["style"],
        where=where,
        title=scanner.plain.partition("\n\n")[0],
        text=scanner.plain,
        names=tuple(names),
        clauses=tuple(clauses),
        line=line,
    )


def _read_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise MarkupError(f"published: {text!r} is not a date") from None


def _part_head(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    head: dict[str, str] = {}
    for number, line in enumerate(lines):
        if not line.strip():
            missing = [field for field in _HEAD_FIELDS if field not in head]
            if missing:
                raise MarkupError(f"the head lacks {', '.join(missing)}")
            return head, lines[number + 1 :]
        field, colon, value = line.partition(":")
        if not colon or field.strip() not in _HEAD_FIELDS:
            raise MarkupError(f"{line!r} is no line of a head")
        head[field.strip()] = value.strip()
    raise MarkupError("has a head only")


def _join_lines(lines: list[str]) -> list[str]:
    """Return the paragraphs, wrapped lines joined; lines after ``| `` stay lines."""
    paragraphs: list[str] = []
    open_paragraph = False
    for line in map(str.strip, lines):
        if not line:
            open_paragraph = False
        elif not open_paragraph:
            paragraphs.append(line.removeprefix("| "))
            open_paragraph = True
        else:
            kept = line.startswith("| ")
            paragraphs[-1] += ("\n" if kept else " ") + line.removeprefix("| ")
    return paragraphs


class _Scanner:
    """Takes the marks out of a text and notes where they were."""

    def __init__(self, marked: str) -> None:
        self._marked = marked
        self._position = 0
        self.plain = ""

    def scan(self) -> tuple[list[MarkedName], list[MarkedClause]]:
        """Return names and clauses in text order; ``plain`` is the bare text afterwards."""
        names: list[MarkedName] = []
        clauses: list[MarkedClause] = []
        opened: int | None = None
        while self._position < len(self._marked):
            character = self._marked[self._position]
            if character == "[":
                names.append(self._read_name())
            elif character == "{" and opened is None:
                opened = len(self.plain)
                self._position += 1
            elif character == "}" and opened is not None:
                clauses.append(self._close_clause(opened))
                opened = None
            elif character in "{}]|":
                raise MarkupError(f"stray {character!r} at {self._near()!r}")
            else:
                self.plain += character
                self._position += 1
        if opened is not None:
            raise MarkupError(f"'{{' is not closed: {self.plain[opened : opened + 40]!r}")
        return names, clauses

    def _near(self) -> str:
        return self._marked[max(0, self._position - 20) : self._position + 20]

    def _read_name(self) -> MarkedName:
        mark = _MARK.match(self._marked, self._position)
        if mark is None:
            raise MarkupError(f"cannot read the mark at {self._near()!r}")
        text, code, hint = mark["text"], mark["code"], mark["hint"] or ""
        if code not in ROLES and code not in OTHER_LABELS:
            raise MarkupError(f"unknown code in {mark.group()!r}")
        if text != text.strip():
            raise MarkupError(f"space at the edge of {mark.group()!r}")
        start = len(self.plain)
        self.plain += text
        self._position = mark.end()
        return MarkedName(text, start, len(self.plain), code, hint)

    def _close_clause(self, opened: int) -> MarkedClause:
        notes = _NOTES.match(self._marked, self._position + 1)
        if notes is None:
            raise MarkupError(f"no (type; …) after the clause that ends at {self._near()!r}")
        self._position = notes.end()
        try:
            return MarkedClause(opened, len(self.plain), read_notes(notes["notes"]))
        except ValueError as error:
            raise MarkupError(f"({notes['notes']}): {error}") from None
