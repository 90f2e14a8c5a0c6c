"""From dump files to a new gazetteer: built beside the old one, swapped in when it is whole."""

from __future__ import annotations

import hashlib
import logging
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from geomap.errors import GazetteerError
from geomap.gazetteer.installed import Installation, exclusive, replace_current
from geomap.gazetteer.store import Gazetteer
from geomap.gazetteer.update.dumps import Dump, fetch_daily_dumps, fetch_dumps, stage_dumps
from geomap.gazetteer.update.merging import Merging
from geomap.gazetteer.update.origins import DEFAULT_URL, Origin, Progress, open_origin
from geomap.gazetteer.update.report import UpdateReport
from geomap.gazetteer.update.selection import Detail
from geomap.gazetteer.update.spellings import delete_names, merge_names
from geomap.gazetteer.update.staging import Staging

MAX_DELETED_SHARE = 0.05
"""An update that would delete more of the places it covers was made from an incomplete file."""

_ALWAYS_FINE_DELETIONS = 50
_FROM_GEONAMES = """
    SELECT id, country FROM old.place
    WHERE geonameid = id AND source IN ('cities', 'divisions', 'regions', 'geonames')
"""
_LEFTOVERS = ("next.sqlite", "stage.sqlite", "packed.sqlite", "previous.sqlite")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class UpdateRequest:
    """What to update, and from where.

    ``origin`` is a folder or https address with GeoNames' dump files; ``countries`` are ISO 3166-1
    alpha-2 codes, none for the whole world; ``daily`` applies only the files of daily changes;
    ``detail`` says which unknown places are taken in (None: villages where countries are named,
    else towns); a ``dry_run`` does everything but replace the gazetteer.
    """

    origin: str = DEFAULT_URL
    countries: tuple[str, ...] = ()
    detail: Detail | None = None
    daily: bool = False
    dry_run: bool = False


def update_gazetteer(
    request: UpdateRequest, installation: Installation, progress: Progress | None = None
) -> UpdateReport:
    """Bring a gazetteer up to date and tell what has changed.

    The current file is replaced in one step at the very end; whatever happens before leaves it as
    it is. Raises GazetteerError if a file cannot be had or read, or another update is running.
    """
    with exclusive(installation) as folder:
        _clear(folder)
        current = installation.current()
        _check_countries(request.countries, current)
        origin = open_origin(request.origin, folder, progress)
        try:
            report, built = _build(request, origin, current, folder)
            if not request.dry_run:
                replace_current(installation, built)
                report.path = str(installation.updated)
                shutil.rmtree(folder / "downloads", ignore_errors=True)
        except (sqlite3.Error, OSError) as error:
            message = f"the update failed ({error}); the gazetteer is as it was"
            raise GazetteerError(message, path=current) from error
        finally:
            _clear(folder)
    return report


def _clear(folder: Path) -> None:
    """Remove what an update that died has left; downloads stay, to be gone on with."""
    for name in _LEFTOVERS:
        (folder / name).unlink(missing_ok=True)


def _check_countries(countries: tuple[str, ...], current: Path) -> None:
    with Gazetteer(current) as gazetteer:
        for code in countries:
            if gazetteer.country(code) is None:
                raise GazetteerError(f"no country has the code {code!r}: name them as in SY,IQ,UA")


def _build(
    request: UpdateRequest, origin: Origin, current: Path, folder: Path
) -> tuple[UpdateReport, Path]:
    today = datetime.now(UTC).date()
    if request.daily:
        dumps = fetch_daily_dumps(origin, today)
    else:
        dumps = fetch_dumps(origin, request.countries)
    detail: Detail = request.detail or ("villages" if request.countries else "towns")
    report = UpdateReport()
    shutil.copyfile(current, folder / "next.sqlite")
    with closing(_open(folder, current)) as db:
        staging = Staging(db, str(today))
        db.execute("BEGIN")
        report.files = stage_dumps(dumps, staging, detail, origin)
        _log.info("merging")
        _merge(db, staging, request, report)
        _write_provenance(db, dumps, request, staging.newest or str(today), report)
        db.execute("COMMIT")
        db.execute("VACUUM main INTO ?", (str(folder / "packed.sqlite"),))
    report.finish()
    _verify(folder / "packed.sqlite")
    return report, folder / "packed.sqlite"


def _open(folder: Path, current: Path) -> sqlite3.Connection:
    """Open the copy, the old file as ``old`` and an empty staging file as ``stage``.

    Nothing here need survive a crash, so nothing waits for the disk.
    """
    uri = (folder / "next.sqlite").resolve().as_uri()
    db = sqlite3.connect(uri, uri=True, isolation_level=None)
    db.execute("ATTACH ? AS old", (f"{current.resolve().as_uri()}?mode=ro&immutable=1",))
    db.execute("ATTACH ? AS stage", (str(folder / "stage.sqlite"),))
    for schema in ("main", "stage"):
        db.execute(f"PRAGMA {schema}.journal_mode=OFF")
        db.execute(f"PRAGMA {schema}.synchronous=OFF")
        db.execute(f"PRAGMA {schema}.cache_size=-48000")
    return db


def _merge(
    db: sqlite3.Connection, staging: Staging, request: UpdateRequest, report: UpdateReport
) -> None:
    merging = Merging(db, report)
    merging.update_places()
    merging.insert_places()
    merging.adopt_places()
    merge_names(db, report)
    delete_names(db, report)
    if not request.daily:
        _note_vanished(db, staging, request.countries)
    _check_deletions(db, request.countries)
    merging.delete_places([row[0] for row in db.execute("SELECT id FROM stage.gone ORDER BY id")])


def _note_vanished(db: sqlite3.Connection, staging: Staging, countries: tuple[str, ...]) -> None:
    """Note as gone what came from GeoNames once and is not in the full dump any more."""
    gone = ((place,) for place in _covered(db, countries) if place not in staging.seen)
    db.executemany("INSERT OR IGNORE INTO stage.gone VALUES(?)", gone)


def _covered(db: sqlite3.Connection, countries: tuple[str, ...]) -> Iterator[int]:
    places = db.execute(_FROM_GEONAMES)
    for place, country in places:
        if not countries or country in countries:
            yield place


def _check_deletions(db: sqlite3.Connection, countries: tuple[str, ...]) -> None:
    covered = sum(1 for _ in _covered(db, countries))
    (gone,) = db.execute(
        "SELECT count(*) FROM stage.gone g JOIN old.place o ON o.id = g.id"
    ).fetchone()
    if gone > _ALWAYS_FINE_DELETIONS and gone > MAX_DELETED_SHARE * covered:
        raise GazetteerError(
            f"{gone} of {covered} places are not in the files: they seem incomplete;"
            " nothing was changed"
        )


def _write_provenance(
    db: sqlite3.Connection,
    dumps: list[Dump],
    request: UpdateRequest,
    newest: str,
    report: UpdateReport,
) -> None:
    (report.previous,) = db.execute("SELECT value FROM meta WHERE key='version'").fetchone()
    report.version = f"{report.previous.partition('+')[0]}+geonames.{newest}"
    scope = "daily changes" if request.daily else ",".join(request.countries) or "world"
    db.executemany(
        "INSERT OR REPLACE INTO meta VALUES(?,?)",
        [("version", report.version), ("updated", newest), ("updated_scope", scope)],
    )
    if scope == "world":
        db.execute("INSERT OR REPLACE INTO meta VALUES('as_of', ?)", (newest,))
    for dump in dumps:
        with dump.path.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        package = f"{dump.name} of {request.origin}"
        row = (f"update {dump.name}", "GeoNames (geonames.org)", package, "", sha256)
        db.execute(
            "INSERT OR REPLACE INTO source VALUES(?,?,?,?,?,?,?)", (*row, "CC BY 4.0", newest)
        )


def _verify(path: Path) -> None:
    """Read the new file whole before it may replace the old one."""
    with closing(sqlite3.connect(path)) as db:
        (verdict,) = db.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise GazetteerError(f"the new gazetteer is damaged ({verdict}): is the disk in order?")
    with Gazetteer(path) as gazetteer:
        gazetteer.info()
