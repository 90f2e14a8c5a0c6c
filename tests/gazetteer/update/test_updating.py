"""Updates of a real gazetteer from files in the real formats."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from dump_files import (
    DELETED_ID,
    MOVED_ID,
    NEW_ID,
    RENAMED_ID,
    alternate,
    geoname,
    syria_rows,
    write_syria,
    write_zip,
)
from dump_server import serve

from geomap.errors import GazetteerError
from geomap.gazetteer import Gazetteer
from geomap.gazetteer.installed import Installation, exclusive, find_installation, roll_back
from geomap.gazetteer.update import UpdateReport, UpdateRequest, update_gazetteer

Update = Callable[..., UpdateReport]


@pytest.fixture
def installation(small_gazetteer_path: Path, tmp_path: Path) -> Installation:
    path = tmp_path / "installed" / "gazetteer.sqlite"
    path.parent.mkdir()
    shutil.copyfile(small_gazetteer_path, path)
    return find_installation(path)


@pytest.fixture
def dumps(small_gazetteer_path: Path, tmp_path: Path) -> Path:
    return write_syria(tmp_path / "dumps", small_gazetteer_path)


@pytest.fixture
def update(installation: Installation, dumps: Path) -> Update:
    def run(**given: object) -> UpdateReport:
        request = {"origin": str(dumps), "countries": ("SY",)} | given
        return update_gazetteer(UpdateRequest(**request), installation)  # type: ignore[arg-type]

    return run


def test_the_report_says_what_changed(update: Update) -> None:
    report = update()
    assert (report.added, report.moved, report.renamed, report.deleted) == (1, 1, 1, 1)
    move = report.moves[0]
    assert (move.geonameid, move.country) == (MOVED_ID, "SY")
    assert move.km == pytest.approx(11.1, abs=0.1)
    assert [c.geonameid for c in report.additions] == [NEW_ID]
    assert [(c.was, c.name) for c in report.renamings] == [("Homs", "Emesa")]
    assert [c.geonameid for c in report.deletions] == [DELETED_ID]
    assert report.bad_rows == 0
    assert report.version == "2026.11-excerpt+geonames.2026-11-20"


def test_the_gazetteer_is_up_to_date(update: Update, installation: Installation) -> None:
    update()
    with Gazetteer(installation.current()) as gazetteer:
        new = gazetteer.lookup("Tell Kabr", "de")[0]
        assert (new.place.id, new.lang, new.place.admin1) == (NEW_ID, "de", "Aleppo Governorate")
        assert new.place.wikidata == "Q123456"
        assert gazetteer.lookup("Телль-Кабр")[0].place.id == NEW_ID
        assert gazetteer.lookup("Tell Qabr")[0].match_kind == "fold"
        assert gazetteer.lookup("Emesa")[0].place.id == RENAMED_ID
        assert gazetteer.place(DELETED_ID) is None
        assert all(c.place.id != DELETED_ID for c in gazetteer.lookup("Al Bab"))
        assert not gazetteer.knows("泰勒")
        assert not gazetteer.knows("Nirgendwo")


def test_what_people_gave_survives(
    update: Update, installation: Installation, small_gazetteer: Gazetteer
) -> None:
    update()
    with Gazetteer(installation.current()) as gazetteer:
        for name in ("Aleppo", "Homs", "Ghuta", "Rojava", "Kreml", "Damaskus"):
            before, after = (g.lookup(name, "de")[0] for g in (small_gazetteer, gazetteer))
            assert (after.place.id, after.lang) == (before.place.id, before.lang)
            assert after.place.importance == pytest.approx(before.place.importance)
        assert gazetteer.country_at(33.5, 36.3) == "SY"
        assert gazetteer.demonym("syrische") == "SY"


def test_a_curated_place_keeps_all_but_its_point(
    update: Update, installation: Installation, dumps: Path, small_gazetteer: Gazetteer
) -> None:
    number = small_gazetteer._db.execute(
        "SELECT p.id FROM place p JOIN curation c ON c.place = p.id AND c.what = 'place'"
        " WHERE p.geonameid = p.id AND p.feature_class = 'P' AND p.country IS NOT 'SY'"
    ).fetchone()[0]
    before = small_gazetteer.place(number)
    assert before is not None
    row = geoname(number, "Falsch", 1.0, 2.0, feature="P.PPLX", country=before.country or "")
    write_zip(dumps / "SY.zip", [*syria_rows(small_gazetteer.path), row])
    update()
    with Gazetteer(installation.current()) as gazetteer:
        after = gazetteer.place(number)
    assert after == replace(before, lat=1.0, lon=2.0, population=0)


def test_countries_are_not_touched(
    update: Update, installation: Installation, dumps: Path, small_gazetteer: Gazetteer
) -> None:
    row = geoname(163843, "Syrien", 1.0, 2.0, feature="A.PCLI")
    rows = [r for r in syria_rows(small_gazetteer.path) if not r.startswith("163843\t")]
    write_zip(dumps / "SY.zip", [*rows, row])
    update()
    with Gazetteer(installation.current()) as gazetteer:
        assert gazetteer.country("SY") == small_gazetteer.country("SY")


def test_dropped_places_stay_away(
    update: Update, installation: Installation, dumps: Path, small_gazetteer: Gazetteer
) -> None:
    dropped = small_gazetteer._db.execute(
        "SELECT place FROM curation WHERE what='drop'"
    ).fetchone()[0]
    row = geoname(dropped, "Weg", 32.0, 35.0, feature="A.ADM1", country="IL")
    write_zip(dumps / "SY.zip", [*syria_rows(small_gazetteer.path), row])
    update()
    with Gazetteer(installation.current()) as gazetteer:
        assert gazetteer.place(dropped) is None


def test_new_places_on_disputed_land_have_no_country(
    update: Update, installation: Installation, dumps: Path, small_gazetteer: Gazetteer
) -> None:
    row = geoname(13_900_002, "Golandorf", 33.0, 35.75, country="IL")
    write_zip(dumps / "SY.zip", [*syria_rows(small_gazetteer.path), row])
    update()
    with Gazetteer(installation.current()) as gazetteer:
        place = gazetteer.place(13_900_002)
        assert place is not None
        assert place.country is None


def test_an_update_twice_changes_nothing_more(update: Update) -> None:
    update()
    again = update()
    assert (again.added, again.moved, again.renamed, again.deleted) == (0, 0, 0, 0)
    assert again.names_added == 0


def test_a_dry_run_changes_nothing(update: Update, installation: Installation) -> None:
    before = installation.updated.read_bytes()
    report = update(dry_run=True)
    assert (report.added, report.path) == (1, None)
    assert installation.updated.read_bytes() == before
    assert not installation.previous.exists()


def test_rollback(update: Update, installation: Installation) -> None:
    before = installation.updated.read_bytes()
    update()
    assert installation.updated.read_bytes() != before
    roll_back(installation)
    assert installation.updated.read_bytes() == before
    with pytest.raises(GazetteerError, match="no earlier gazetteer"):
        roll_back(installation)


def test_only_towns_are_taken_in_if_asked(update: Update) -> None:
    assert update(detail="towns").added == 0


def test_provenance(update: Update, installation: Installation) -> None:
    update()
    with Gazetteer(installation.current()) as gazetteer:
        info = gazetteer.info()
        assert gazetteer.version == "geomap-gazetteer 2026.11-excerpt+geonames.2026-11-20"
    assert info["updated"] == "2026-11-20 (SY)"
    assert info["age_days"] >= 0
    sources = {source["key"]: source for source in info["sources"]}
    assert len(sources["update SY.zip"]["sha256"]) == 64
    assert sources["update SY.zip"]["licence"] == "CC BY 4.0"


def test_bad_rows_are_skipped(update: Update, dumps: Path, small_gazetteer_path: Path) -> None:
    rows = [*syria_rows(small_gazetteer_path), "torn", geoname(5, "Nirgends", 99.0, 0.0)]
    write_zip(dumps / "SY.zip", rows)
    report = update()
    assert report.bad_rows == 2
    shown = next(count.shown for count in report.files if count.file == "SY.zip")
    assert "1 columns" in shown[0]
    assert "no such point" in shown[1]


def test_an_incomplete_file_deletes_nothing(
    update: Update, dumps: Path, installation: Installation
) -> None:
    before = installation.updated.read_bytes()
    write_zip(dumps / "SY.zip", [geoname(NEW_ID, "Einsam", 35.0, 38.0)])
    with pytest.raises(GazetteerError, match="they seem incomplete"):
        update()
    assert installation.updated.read_bytes() == before


@pytest.mark.parametrize("damage", ["missing", "cut", "html"])
def test_damaged_files_change_nothing(
    update: Update, dumps: Path, installation: Installation, damage: str
) -> None:
    before = installation.updated.read_bytes()
    packed = dumps / "SY.zip"
    if damage == "missing":
        packed.unlink()
    elif damage == "cut":
        packed.write_bytes(packed.read_bytes()[:-500])
    else:
        write_zip(packed, ["<html>"] * 100)
    with pytest.raises(GazetteerError, match=r"no SY\.zip|damaged|no GeoNames file"):
        update()
    assert installation.updated.read_bytes() == before
    assert {path.name for path in installation.work_folder.iterdir()} == {"lock"}


def test_unknown_countries(update: Update) -> None:
    with pytest.raises(GazetteerError, match="no country has the code 'ZZ'"):
        update(countries=("ZZ",))


def test_only_one_update_at_a_time(update: Update, installation: Installation) -> None:
    with exclusive(installation), pytest.raises(GazetteerError, match="another update"):
        update()


def test_daily_changes(update: Update, dumps: Path, installation: Installation) -> None:
    update()
    day = "2026-11-21"
    files = {
        "modifications": geoname(
            *(NEW_ID, "Tall Qabr", 36.5, 37.9), population=130, modified="2026-11-21"
        ),
        "deletes": f"{RENAMED_ID}\tEmesa\ttest",
        "alternateNamesModifications": alternate(9, NEW_ID, "de", "Neuer Hügel"),
        "alternateNamesDeletes": f"2\t{NEW_ID}\tТелль-Кабр\ttest",
    }
    for prefix, row in files.items():
        (dumps / f"{prefix}-{day}.txt").write_text(row + "\n", encoding="utf-8")
    report = update(daily=True, countries=())
    assert (report.moved, report.deleted, report.names_deleted) == (1, 1, 1)
    with Gazetteer(installation.current()) as gazetteer:
        assert gazetteer.lookup("Neuer Hügel", "de")[0].place.population == 130
        assert not gazetteer.lookup("Телль-Кабр")
        assert gazetteer.place(RENAMED_ID) is None
        assert gazetteer.lookup("Tell Kabr")[0].place.id == NEW_ID


def test_no_daily_changes(update: Update) -> None:
    with pytest.raises(GazetteerError, match="no files of daily changes"):
        update(daily=True)


def test_from_a_server(update: Update, dumps: Path, installation: Installation) -> None:
    with serve(dumps) as (url, behaviour):
        report = update(origin=url)
        asked = {path for _, path, _ in behaviour.requests}
    assert report.added == 1
    assert asked == {
        "/dump/SY.zip",
        "/dump/alternatenames/SY.zip",
        "/dump/admin1CodesASCII.txt",
        "/dump/admin2Codes.txt",
        "/dump/hierarchy.zip",
    }
    assert not (installation.work_folder / "downloads").exists()


def test_a_damaged_download_is_fetched_anew(update: Update, dumps: Path) -> None:
    whole = (dumps / "SY.zip").read_bytes()
    with serve(dumps) as (url, _):
        (dumps / "SY.zip").write_bytes(whole[:-500])
        with pytest.raises(GazetteerError, match="damaged"):
            update(origin=url)
        (dumps / "SY.zip").write_bytes(whole)
        assert update(origin=url).added == 1


def test_a_full_disk_changes_nothing(
    update: Update, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = installation.updated.read_bytes()
    monkeypatch.setattr("shutil.copyfile", full)
    with pytest.raises(GazetteerError, match=r"No space left on device.*as it was"):
        update()
    assert installation.updated.read_bytes() == before


def test_the_hierarchy_gives_new_places_a_home(
    update: Update, installation: Installation, dumps: Path, small_gazetteer: Gazetteer
) -> None:
    quarter, street = NEW_ID + 1, NEW_ID + 2
    aleppo = next(c.place for c in small_gazetteer.lookup("Aleppo") if c.place.kind == "city")
    rows = [
        geoname(quarter, "Tall Hadid", 36.2, 37.15, feature="P.PPLX"),
        geoname(street, "Harat Hadid", 36.2, 37.15, feature="P.PPLX"),
    ]
    write_zip(dumps / "SY.zip", [*syria_rows(small_gazetteer.path), *rows])
    links = [f"{aleppo.id}\t{quarter}\t", f"{quarter}\t{street}\t", "1\tx\t", "7\t7\tADM"]
    write_zip(dumps / "hierarchy.zip", links)
    report = update()
    with Gazetteer(installation.current()) as gazetteer:
        for place in (quarter, street):
            found = gazetteer.place(place)
            assert found is not None
            assert found.admin1 == aleppo.admin1 == "Aleppo Governorate"
    assert [(f.file, f.rows, f.bad) for f in report.files if f.bad] == [("hierarchy.zip", 4, 1)]


def test_new_places_in_disputed_areas_follow_the_worldview(
    update: Update, installation: Installation, dumps: Path
) -> None:
    rows = [
        geoname(NEW_ID, "Novaya Balka", 45.2, 34.2, country="RU", admin1="11"),
        geoname(NEW_ID + 1, "Derewnja", 55.2, 37.2, country="RU"),
        geoname(NEW_ID + 2, "Havat Golan", 32.95, 35.75, country="IL"),
    ]
    write_zip(dumps / "RU.zip", rows)
    update(countries=("RU",))
    with Gazetteer(installation.current()) as gazetteer:
        countries = [gazetteer.place(NEW_ID + i) for i in range(3)]
    assert [c.country if c else "?" for c in countries] == ["UA", "RU", None]
