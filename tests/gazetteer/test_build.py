"""The builder's own rules, without the packages."""

from __future__ import annotations

import pickle
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from shapely import box

from geomap.errors import GazetteerError
from geomap.gazetteer import Gazetteer
from geomap.gazetteer.build.demonyms import expand_demonyms
from geomap.gazetteer.build.disputed import add_territories, cut_unassigned
from geomap.gazetteer.build.draft import (
    Draft,
    Entry,
    settlement_importance,
    settlement_radius_km,
    synthetic_id,
)
from geomap.gazetteer.build.scripts import is_useful
from geomap.gazetteer.build.sources import SOURCES, Cache, load_plain_pickle
from geomap.gazetteer.build.writer import write_draft
from geomap.gazetteer.distances import distance_km


def draft() -> Draft:
    made = Draft()
    made.add(Entry(2, "Zweitstadt", 2.0, 2.0, "P", "PPL", "XX", source="test"))
    made.add(Entry(1, "Erststadt", 1.0, 1.0, "P", "PPL", "XX", source="test"))
    made.name(1, "Premièreville", "fr")
    made.name(1, "Erststadt", "de")
    return made


def test_the_same_draft_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.sqlite", "two.sqlite"):
        write_draft(draft(), tmp_path / name, version="2026.01")
    assert (tmp_path / "one.sqlite").read_bytes() == (tmp_path / "two.sqlite").read_bytes()
    with Gazetteer(tmp_path / "one.sqlite") as gazetteer:
        assert gazetteer.lookup("premiereville")[0].lang == "fr"
        assert gazetteer.lookup("Erststadt")[0].lang == "de"


def test_blocked_names_are_left_out(tmp_path: Path) -> None:
    made = draft()
    made.block("Zweitstadt", 2)
    write_draft(made, tmp_path / "g.sqlite", version="2026.01")
    with Gazetteer(tmp_path / "g.sqlite") as gazetteer:
        assert not gazetteer.knows("Zweitstadt")


def test_two_places_cannot_share_an_id() -> None:
    with pytest.raises(GazetteerError, match="two places have the id 1"):
        draft().add(Entry(1, "Nochmal", 0.0, 0.0, "P", "PPL"))


def test_synthetic_ids_are_stable_and_out_of_the_way() -> None:
    assert synthetic_id("a", "b") == synthetic_id("a", "b") != synthetic_id("a", "c")
    assert synthetic_id("a", "b") >= 1_000_000_000


@pytest.mark.parametrize(
    ("name", "lang", "useful"),
    [
        ("Aleppo", "", True),
        ("حلب", "", True),
        ("Алеппо", "", True),
        ("アレッポ", "", False),
        ("ALP", "", False),
        ("USA", "de", True),
        ("http://example.org", "", False),
        ("Alep", "fr", True),
        ("Aleppo", "sv", False),
        ("X", "", False),
    ],
)
def test_which_names_are_kept(name: str, lang: str, useful: bool) -> None:
    assert is_useful(name, lang) is useful


def test_prominence_grows_with_people_and_rank() -> None:
    assert settlement_importance(10_000_000, "PPL") > settlement_importance(10_000, "PPL")
    assert settlement_importance(10_000, "PPLC") > settlement_importance(10_000, "PPLA")
    assert settlement_importance(10_000, "PPLX") < settlement_importance(10_000, "PPL")
    assert settlement_radius_km(100) == 2.0
    assert settlement_radius_km(1_000_000) == 10.0
    assert settlement_radius_km(100, capital=True) == 10.0
    assert settlement_radius_km(30_000_000) == 25.0


def test_distance() -> None:
    assert distance_km(52.52, 13.405, 48.137, 11.575) == pytest.approx(504, abs=2)
    assert distance_km(0, 0, 0, 180) == pytest.approx(20015, abs=1)


def test_demonyms_are_inflected() -> None:
    row = {"de_adjectives": "syrisch", "de_nouns": "Syrer|Russe", "en": "Syrian"}
    forms = set(expand_demonyms(row))
    assert {"syrischen", "Syrerinnen", "Syrern", "Russen", "Russin", "Syrians"} <= forms


def test_pickles_cannot_run_code() -> None:
    assert load_plain_pickle(pickle.dumps([("a", 1.5)])) == [("a", 1.5)]
    with pytest.raises(pickle.UnpicklingError, match="refused"):
        load_plain_pickle(pickle.dumps(Path))


def test_a_package_with_another_hash_is_refused(tmp_path: Path) -> None:
    (tmp_path / SOURCES[0].file).write_bytes(b"something else")
    with pytest.raises(GazetteerError, match="not the pinned"):
        Cache(tmp_path).path(SOURCES[0].key)


def test_a_file_without_disputed_areas_says_so(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    write_draft(draft(), path, version="2026.01")
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TABLE disputed")
        db.commit()
    with Gazetteer(path) as gazetteer:
        assert gazetteer.lookup("Erststadt")
        with pytest.raises(GazetteerError, match="no disputed areas"):
            gazetteer.disputed_at(1.0, 1.0)


def disputed_row(**cells: str) -> dict[str, str]:
    columns = "name_de name_en country controlled_by claimed_by areas outline cut_from note".split()
    return dict.fromkeys(columns, "") | {"name_en": "Patch", "lat": "0.5", "lon": "0.5"} | cells


SQUARE = "0 0|1 0|1 1|0 1"


def test_outlines_are_cut_from_one_country_only() -> None:
    row = disputed_row(cut_from="XX", outline=SQUARE)
    countries = {"XX": box(-5, -5, 0.5, 5), "YY": box(0.5, -5, 5, 5)}
    (piece,) = cut_unassigned([row], countries)
    assert piece.equals(box(0, 0, 0.5, 1))


def test_a_row_without_polygon_stands_for_the_gap_around_it() -> None:
    ring = box(-5, -5, 5, 5).difference(box(0, 0, 1, 1))
    (piece,) = cut_unassigned([disputed_row()], {"XX": ring})
    assert piece.equals(box(0, 0, 1, 1))
    with pytest.raises(GazetteerError, match="no gap at Patch"):
        cut_unassigned([disputed_row()], {"XX": box(-5, -5, 5, 5)})


def test_a_disputed_area_far_from_its_point_is_refused() -> None:
    (territory,) = add_territories(Draft(), [disputed_row(outline=SQUARE)], box(8, 8, 9, 9))
    assert territory.shape.equals(box(0, 0, 1, 1))
    with pytest.raises(GazetteerError, match="not at its point"):
        add_territories(Draft(), [disputed_row(outline=SQUARE, lat="7")], box(8, 8, 9, 9))
    with pytest.raises(GazetteerError, match="no polygon 77"):
        add_territories(Draft(), [disputed_row(areas="77")], box(8, 8, 9, 9))
