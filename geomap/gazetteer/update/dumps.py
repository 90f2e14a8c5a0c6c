"""Which dump files an update needs, and their reading into the staging tables."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal, TypeAlias

from geomap.errors import GazetteerError
from geomap.gazetteer.update.archives import iter_lines
from geomap.gazetteer.update.formats import (
    RowCount,
    parse_alternate_name,
    parse_deletion,
    parse_division,
    parse_geoname,
    parse_name_deletion,
    parse_parent,
    read_rows,
)
from geomap.gazetteer.update.origins import Origin
from geomap.gazetteer.update.selection import Detail
from geomap.gazetteer.update.staging import Staging

Kind: TypeAlias = Literal["divisions", "places", "names", "parents", "gone_places", "gone_names"]
_DAILY: dict[Kind, str] = {
    "places": "modifications",
    "names": "alternateNamesModifications",
    "gone_places": "deletes",
    "gone_names": "alternateNamesDeletes",
}
_DAYS_KEPT = 3
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Dump:
    """A dump file at hand; ``name`` is that on the server."""

    kind: Kind
    name: str
    path: Path


def fetch_dumps(origin: Origin, countries: tuple[str, ...]) -> list[Dump]:
    """Return the files of the countries, of the whole world for none.

    Files of names, of division codes and of the hierarchy may be missing. Raises GazetteerError if
    places are.
    """
    wanted: list[tuple[Kind, str]] = [
        ("divisions", "admin1CodesASCII.txt"),
        ("divisions", "admin2Codes.txt"),
    ]
    for code in countries or ("allCountries",):
        wanted.append(("places", f"{code}.zip"))
    for code in countries:
        wanted.append(("names", f"alternatenames/{code}.zip"))
    if not countries:
        wanted.append(("names", "alternateNamesV2.zip"))
    wanted.append(("parents", "hierarchy.zip"))
    dumps = list(_fetch(origin, wanted))
    missing = {name for kind, name in wanted if kind == "places"} - {d.name for d in dumps}
    if missing:
        names = ", ".join(sorted(missing))
        raise GazetteerError(f"there is no {names}: check --from, or name --countries (SY,IQ)")
    return dumps


def fetch_daily_dumps(origin: Origin, today: date) -> list[Dump]:
    """Return the files of daily changes, oldest first. Raises GazetteerError if there are none."""
    days = [str(today - timedelta(days=back)) for back in range(_DAYS_KEPT, -1, -1)]
    wanted = [(kind, n) for kind, prefix in _DAILY.items() for n in origin.list_dated(prefix, days)]
    dumps = list(_fetch(origin, wanted))
    if not dumps:
        raise GazetteerError("there are no files of daily changes (modifications-DATE.txt …)")
    return dumps


def _fetch(origin: Origin, wanted: Iterable[tuple[Kind, str]]) -> Iterator[Dump]:
    for kind, name in wanted:
        if path := origin.fetch(name):
            yield Dump(kind, name, path)
        else:
            _log.debug("%s: not there", name)


def stage_dumps(
    dumps: list[Dump], staging: Staging, detail: Detail, origin: Origin
) -> list[RowCount]:
    """Read the files into the staging tables; return how many rows each had, and bad ones.

    Raises GazetteerError if a file is damaged or of another kind; a download of it is forgotten.
    """
    with_alternates = not any(dump.kind == "names" for dump in dumps)
    loaders: dict[Kind, Callable[[Iterable[bytes], RowCount], None]] = {
        "divisions": lambda b, n: staging.add_divisions(read_rows(b, parse_division, n)),
        "places": lambda b, n: staging.add_places(
            read_rows(b, parse_geoname, n), detail, with_alternates=with_alternates
        ),
        "names": lambda b, n: staging.add_names(read_rows(b, parse_alternate_name, n)),
        "parents": lambda b, n: staging.add_parents(read_rows(b, parse_parent, n)),
        "gone_places": lambda b, n: staging.delete_places(read_rows(b, parse_deletion, n)),
        "gone_names": lambda b, n: staging.delete_names(read_rows(b, parse_name_deletion, n)),
    }
    counts = []
    for dump in sorted(dumps, key=lambda d: list(loaders).index(d.kind)):
        _log.info("reading %s", dump.name)
        counts.append(RowCount(dump.name))
        try:
            loaders[dump.kind](iter_lines(dump.path), counts[-1])
        except GazetteerError:
            origin.discard(dump.name)
            raise
    return counts
