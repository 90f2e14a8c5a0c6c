"""Where a division lies that no source has a point for."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely

from geomap.gazetteer.build import unplaced
from geomap.gazetteer.build.divisions import Division
from geomap.gazetteer.build.draft import Draft, Entry
from geomap.gazetteer.build.sources import Cache

PROVINCE = 1
DIVISIONS = {
    10: Division(10, "AF.01", PROVINCE, ["Probe"], None),
    11: Division(11, "AF.01.1", 1001, ["Listed District"], 10),
    12: Division(12, "AF.01.2", 1002, ["Seated District", "Seated"], 10),
    13: Division(13, "AF.01.3", 1003, ["Lost District"], 10),
    14: Division(14, "AF.01.4", 1004, ["Known District"], 10),
}


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Draft:
    monkeypatch.setattr(unplaced, "read_divisions", lambda _: DIVISIONS)
    (tmp_path / "districts.csv").write_text(
        "geonameid,name,country,lat,lon,radius_km\n1001,Listed,AF,34.5,70.25,18\n", encoding="utf-8"
    )
    draft = Draft()
    draft.add(Entry(PROVINCE, "Probe", 34, 70, "A", "ADM1", country="AF", radius_km=90.0))
    draft.shapes[PROVINCE] = shapely.box(69, 33, 71, 35)
    draft.add(Entry(1004, "Known District", 34, 70, "A", "ADM2", country="AF"))
    draft.add(Entry(20, "Seated", 34.2, 70.1, "P", "PPL", country="AF", admin1=PROVINCE))
    draft.add(Entry(21, "Lost", 30.0, 65.0, "P", "PPL", country="AF", admin1=2))
    unplaced.add_unplaced_divisions(draft, Cache(tmp_path), tmp_path)
    return draft


def test_the_own_table_comes_first(draft: Draft) -> None:
    entry = draft.entries[1001]
    assert (entry.lat, entry.lon, entry.radius_km) == (34.5, 70.25, 18.0)
    assert (entry.country, entry.admin1, entry.feature_code) == ("AF", PROVINCE, "ADM2")
    assert ("listed district", 1001) in draft.names


def test_a_town_of_the_same_name_in_the_province_is_the_seat(draft: Draft) -> None:
    assert (draft.entries[1002].lat, draft.entries[1002].lon) == (34.2, 70.1)


def test_else_it_lies_somewhere_in_its_province(draft: Draft) -> None:
    entry = draft.entries[1003]
    assert entry.radius_km == 90.0
    assert shapely.box(69, 33, 71, 35).contains(shapely.Point(entry.lon, entry.lat))


def test_villages_called_divisions_are_left_out(draft: Draft) -> None:
    many = [Division(100 + i, f"LV.01.{i}", 5000 + i, ["x"], 99) for i in range(40)]
    assert unplaced._finely_divided([Division(99, "LV.01", 9, ["y"], None), *many]) == {"LV"}
    assert unplaced._finely_divided(DIVISIONS.values()) == set()
    assert unplaced._whole(draft, PROVINCE, wanted=False) is None
