"""The curated list of actors: armies, armed groups, missions, and countries that stand for them.

``data/actors.csv`` ships with the package; a table of one's own (``--actors``, ``$GEOMAP_ACTORS``)
adds actors to it and replaces those of the same id.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path

from geomap.errors import InputError
from geomap.events.own_tables import own_table, read_rows, read_table, split_cell
from geomap.models import Lang

ENVIRONMENT_VARIABLE = "GEOMAP_ACTORS"
_NAMED_BY = f"--actors or ${ENVIRONMENT_VARIABLE}"
COLUMNS = ("id", "kind", "inter", "countries", "gender", "de", "en")
_KINDS = ("force", "group", "country")
_COUNTRY_CODE = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class KnownActor:
    """A row of the list. ``inter`` is ACLED's code; a force abroad counts as external (8).

    ``kind`` is ``force`` (of a state or mission), ``group`` or ``country`` (a name that is a place
    too, and acts only where the sentence says so); ``gender`` is that of the German name: m, f, n
    or p (plural).
    """

    id: str
    kind: str
    inter: int
    countries: tuple[str, ...]
    gender: str
    de: tuple[str, ...]
    en: tuple[str, ...]

    def names(self, lang: Lang) -> tuple[str, ...]:
        """Return the names in a language as the list writes them, that of display first."""
        return self.de if lang == "de" else self.en

    def display(self, lang: Lang) -> str:
        """Return the name to show."""
        names = self.names(lang) or self.en or self.de
        return names[0].replace("*", "")


@dataclass(frozen=True, slots=True)
class ActorList:
    """The actors, a pattern of all their names in each language, and who is called by one."""

    actors: Mapping[str, KnownActor]
    patterns: Mapping[Lang, re.Pattern[str]]
    called: Mapping[Lang, Callable[[str], KnownActor]]

    def find(self, text: str, lang: Lang) -> Iterator[tuple[int, int, KnownActor]]:
        """Yield (start, end, actor) of the names in a text; of names that overlap the longest."""
        for match in self.patterns[lang].finditer(text):
            yield match.start(), match.end(), self.called[lang](match[0])


def load_actors(own: Path | None = None) -> ActorList:
    """Return the curated list with the user's own table (``own``, else ``$GEOMAP_ACTORS``).

    Raises InputError when that is not as it must be.
    """
    return _load(own_table(own, ENVIRONMENT_VARIABLE))


@lru_cache(maxsize=4)
def _load(own: str) -> ActorList:
    shipped = resources.files("geomap.events").joinpath("data/actors.csv")
    actors = {a.id: a for a in read_actors(shipped.read_text(encoding="utf-8"), "actors.csv")}
    # One's own come first, so that their names win.
    mine = {a.id: a for a in _read_own(own)}
    return _compile({**mine, **{key: a for key, a in actors.items() if key not in mine}})


def read_own_actors(own: Path | None = None) -> tuple[KnownActor, ...]:
    """Return the actors of the user's table, none without one; raises as ``load_actors`` does."""
    return _read_own(own_table(own, ENVIRONMENT_VARIABLE))


def _read_own(own: str) -> tuple[KnownActor, ...]:
    return tuple(read_actors(read_table(own, _NAMED_BY), own)) if own else ()


def read_actors(text: str, source: str) -> Iterator[KnownActor]:
    """Yield the actors of a table; InputError names the file, the line and what is wrong."""
    seen: set[str] = set()
    for line, cells in read_rows(text, COLUMNS, source):
        problem = f"id {cells['id']!r} stands twice" if cells["id"] in seen else _problem(cells)
        if problem:
            raise InputError(f"line {line}: {problem}", source=source)
        seen.add(cells["id"])
        yield _actor(cells)


def _actor(cells: Mapping[str, str]) -> KnownActor:
    return KnownActor(
        id=cells["id"],
        kind=cells["kind"],
        inter=int(cells["inter"]),
        countries=split_cell(cells["countries"]),
        gender=cells["gender"],
        de=split_cell(cells["de"]),
        en=split_cell(cells["en"]),
    )


def _problem(cells: Mapping[str, str]) -> str | None:
    if not cells["id"]:
        return "no id"
    if cells["kind"] not in _KINDS:
        return f"kind {cells['kind']!r} is none of {', '.join(_KINDS)}"
    if cells["inter"] not in set("12345678"):
        return f"inter {cells['inter']!r} is no code from 1 to 8"
    odd = [code for code in split_cell(cells["countries"]) if not _COUNTRY_CODE.fullmatch(code)]
    if odd:
        return f"country {odd[0]!r} is no code of two capitals"
    if cells["gender"] not in {"", "m", "f", "n", "p"}:
        return f"gender {cells['gender']!r} is none of m, f, n, p"
    return _problem_of_names(split_cell(cells["de"]) + split_cell(cells["en"]))


def _problem_of_names(names: Sequence[str]) -> str | None:
    if not names:
        return "no name, neither German nor English"
    short = [name for name in names if len(name.replace("*", "")) < 2]
    return f"name {short[0]!r} is too short" if short else None


def _compile(actors: Mapping[str, KnownActor]) -> ActorList:
    patterns: dict[Lang, re.Pattern[str]] = {}
    called: dict[Lang, Callable[[str], KnownActor]] = {}
    languages: tuple[Lang, ...] = ("de", "en")
    for lang in languages:
        named = [(name, actor) for actor in actors.values() for name in actor.names(lang)]
        called[lang] = _who_is_called([(re.compile(_pattern(name)), a) for name, a in named])
        longest = sorted((name for name, _ in named), key=len, reverse=True)
        joined = "|".join(map(_pattern, longest))
        # Where no name begins, the first letter tells it sooner than hundreds of names.
        patterns[lang] = re.compile(rf"(?<![\w-])(?=[{_first(longest)}])(?:{joined})(?!\w)")
    return ActorList(actors, patterns, called)


def _first(names: Sequence[str]) -> str:
    """Return what names may begin with, as in a class of a pattern; ``*`` may stand for letters."""
    letters = {re.escape(name.replace("*", "")[0]) for name in names}
    return "".join(sorted(letters)) + (r"\w" if any(n.startswith("*") for n in names) else "")


def _who_is_called(
    named: Sequence[tuple[re.Pattern[str], KnownActor]],
) -> Callable[[str], KnownActor]:
    """Return what tells the actor of a name in any of its forms, and remembers it."""

    @lru_cache(maxsize=1024)
    def called(name: str) -> KnownActor:
        return next(actor for pattern, actor in named if pattern.fullmatch(name))

    return called


def _pattern(name: str) -> str:
    """Return the pattern of a name: ``*`` stands for an ending, German names take a genitive s."""
    escaped = re.escape(name).replace(r"\*", r"\w{0,3}").replace(r"\ ", r"\s+")
    return rf"{escaped}(?:['’]s|['’]|s)?"
