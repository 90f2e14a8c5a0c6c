"""The curated tables are free of the mistakes that the checker knows."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from geomap.errors import GazetteerError
from geomap.gazetteer import Gazetteer
from geomap.gazetteer.build.curated import PLACE_TABLES, place_rows, read_table
from geomap.gazetteer.build.demonyms import expand_demonyms
from geomap.gazetteer.build.draft import synthetic_id
from geomap.gazetteer.check import check_curated
from geomap.gazetteer.comparison import compare_airports, compare_by_name, read_references

CURATED = Path(__file__).parents[2] / "gazetteer"


def test_curated_tables_are_sound(shipped_gazetteer: Gazetteer) -> None:
    assert check_curated(CURATED, shipped_gazetteer) == []


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("Aleppo wrong,P.PPL,48.2,37.1,5,SY,0.5,,Aleppo falsch,,", "lies in UA, not in SY"),
        ("North pole,P.PPL,98,37.1,5,,0.5,,Nordpol,,", "out of range"),
        ("No names,P.PPL,36,37,5,SY,0.5,,,,", "no German or no English name"),
        ("Only German,P.PPL,36,37,5,SY,0.5,,Ding,,", "no German or no English name"),
        ("Other Hroza,P.PPL,48,37,5,UA,0.5,,Hrosa,Other Hroza,", "'hrosa' is also a name of"),
        ("Feature,PPL,36,37,5,SY,0.5,,Ding,,", "is not class.code"),
        ("Importance,P.PPL,36,37,5,SY,5,,Ding,,", "importance"),
        ("Country,P.PPL,36,37,5,QQ,0.5,,Ding,,", "unknown country QQ"),
        ("Local,P.PPL,36,37,5,SY,0.5,,Ding,,حلب", "is not language:name"),
        ("Robotyne,P.PPL,47.4,35.8,5,UA,0.5,,Robotyne,,", "also in"),
        ("Columns,P.PPL,36,37", "wrong number of columns"),
        ("Words,P.PPL,here,there,5,SY,0.5,,Ding,,", "must be numbers"),
        ("Source,P.PPL,36,37,5,SY,0.5,,Ding,Ding,,hearsay", "wrong number of columns"),
    ],
)
def test_the_checker_finds_mistakes(
    small_gazetteer: Gazetteer, tmp_path: Path, line: str, problem: str
) -> None:
    _copy_tables(tmp_path)
    with (tmp_path / "settlements.csv").open("a", encoding="utf-8") as stream:
        stream.write(f"{line},own\n")
    assert any(problem in found for found in check_curated(tmp_path, small_gazetteer))


def test_the_checker_finds_ambiguities_that_are_gone(
    small_gazetteer: Gazetteer, tmp_path: Path
) -> None:
    _copy_tables(tmp_path)
    with (tmp_path / "ambiguous.csv").open("a", encoding="utf-8") as stream:
        stream.write("Robotyne,no longer\n")
    found = check_curated(tmp_path, small_gazetteer)
    assert "ambiguous.csv: 'robotyne' is the name of fewer than two places" in found


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("1,Elsewhere,AF,48.2,37.1,20", "lies in UA"),
        ("1,Words,AF,here,there,20", "must be numbers"),
        ("1,Wide,UA,48.2,37.1,900", "the radius is not between"),
        ("1,Once,UA,48.2,37.1,20\n1,Twice,UA,48.2,37.1,20", "Twice: 1 a second time"),
    ],
)
def test_the_checker_looks_at_districts(
    small_gazetteer: Gazetteer, tmp_path: Path, line: str, problem: str
) -> None:
    _copy_tables(tmp_path)
    with (tmp_path / "districts.csv").open("a", encoding="utf-8") as stream:
        stream.write(f"{line}\n")
    assert any(problem in found for found in check_curated(tmp_path, small_gazetteer))


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("SY,Nord,48.2,37.1,90", "SY Nord: lies in UA"),
        ("SY,Oben,36.2,37.1,90", "SY Oben: no such part"),
        ("SY,Nord,36,x,90", "SY Nord: lat, lon and radius_km must be numbers"),
    ],
)
def test_the_checker_looks_at_parts_of_countries(
    small_gazetteer: Gazetteer, tmp_path: Path, line: str, problem: str
) -> None:
    _copy_tables(tmp_path)
    with (tmp_path / "compass_points.csv").open("a", encoding="utf-8") as stream:
        stream.write(f"{line}\n")
    assert any(problem in found for found in check_curated(tmp_path, small_gazetteer))


def test_airports_lie_where_a_second_source_has_them() -> None:
    comparison = compare_airports(CURATED)
    assert comparison.compared > 80
    assert comparison.apart == ()


def test_what_a_second_source_has_elsewhere_is_told(tmp_path: Path) -> None:
    table = tmp_path / "reference.tsv"
    rows = ["# comment", "name\tlat\tlon\tsouth\twest\tnorth\teast"]
    rows += ["Euphrates\t31\t47\t30\t37\t40\t48", "Tigris\t10\t10\t\t\t\t", "Nowhere\t1\t1\t\t\t\t"]
    table.write_text("\n".join(rows) + "\n", encoding="utf-8")
    comparison = compare_by_name(CURATED, read_references(table))
    assert comparison.compared == 2
    (apart,) = comparison.apart
    assert apart.startswith("rivers.csv Tigris: ")


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", "name,lat,lon\nX,north,1\n"])
def test_other_tables_are_refused(tmp_path: Path, content: str) -> None:
    table = tmp_path / "other.csv"
    table.write_text(content, encoding="utf-8")
    with pytest.raises(GazetteerError, match="no table with the columns name, lat and lon"):
        read_references(table)


def _copy_tables(folder: Path) -> None:
    for table in (*PLACE_TABLES, "ambiguous.csv", "districts.csv", "compass_points.csv"):
        shutil.copy(CURATED / table, folder)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_curated_name_is_found(shipped_gazetteer: Gazetteer, lang: str) -> None:
    for _, row in place_rows(CURATED):
        for name in filter(None, row[lang].split("|")):
            found = [c.place.name for c in shipped_gazetteer.lookup(name, lang)]
            assert row["name"] in found, f"{name}: {found[:3]}"


def test_synthetic_ids_are_distinct() -> None:
    ids = [
        synthetic_id("curated", f"{row['feature']}:{row['name']}")
        for _, row in place_rows(CURATED)
        if not row["geonameid"]
    ]
    assert len(set(ids)) == len(ids)


def test_every_kind_is_well_covered() -> None:
    counts = Counter(table for table, _ in place_rows(CURATED))
    wanted = {"rivers.csv": 200, "lakes.csv": 100, "mountains.csv": 150, "islands.csv": 150}
    assert {table: counts[table] for table in wanted if counts[table] < wanted[table]} == {}
    assert counts["regions.csv"] >= 250
    assert counts.total() >= 1500


def test_demonyms_do_not_contradict_each_other() -> None:
    seen: dict[str, str] = {}
    for row in read_table(CURATED / "demonyms.csv"):
        for word in expand_demonyms(row):
            assert seen.setdefault(word, row["country"]) == row["country"], word
