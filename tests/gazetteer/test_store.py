"""The store, on an excerpt of the real data."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point, shape

from geomap.errors import GazetteerError
from geomap.gazetteer import Gazetteer, open_gazetteer
from geomap.models import PlaceIndex


def test_it_is_a_place_index(small_gazetteer: Gazetteer) -> None:
    index: PlaceIndex = small_gazetteer
    assert index.version.startswith("geomap-gazetteer 20")


@pytest.mark.parametrize(
    ("name", "geonameid", "kind"),
    [
        ("Damaskus", 170654, "exact"),
        ("Charkiw", 706483, "exact"),
        ("Rakka", 172955, "exact"),
        ("Makijiwka", 702320, "fold"),
        ("Dschuba", 373303, "exact"),
        ("Syriens", 163843, "variant"),
    ],
)
def test_names_are_found(small_gazetteer: Gazetteer, name: str, geonameid: int, kind: str) -> None:
    first = small_gazetteer.lookup(name, "de")[0]
    assert (first.place.geonameid, first.match_kind) == (geonameid, kind)


def test_candidates_come_by_prominence(small_gazetteer: Gazetteer) -> None:
    found = small_gazetteer.lookup("Tripolis", "de")
    assert [c.place.country for c in found[:2]] == ["LY", "LB"]
    assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)
    assert len({c.place.id for c in found}) == len(found)


def test_a_name_may_be_a_country_and_a_state(small_gazetteer: Gazetteer) -> None:
    codes = [c.place.feature_code for c in small_gazetteer.lookup("Georgia", "en")]
    assert codes[0] == "PCLI"
    assert "ADM1" in codes


def test_a_generic_word_asks_for_the_area(small_gazetteer: Gazetteer) -> None:
    assert small_gazetteer.lookup("Idlib", "de")[0].place.kind == "city"
    found = small_gazetteer.lookup("Provinz Idlib", "de")
    assert found
    assert {c.place.feature_class for c in found} == {"A"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Kreml", "S.CSTL"),
        ("Weißen Haus", "S.BLDG"),
        ("Roten Meer", "H.SEA"),
        ("Euphrat", "H.STM"),
        ("Hindukusch", "T.MTS"),
        ("Nordirak", "L.RGN"),
        ("Südlibanon", "L.RGN"),
        ("Ostukraine", "L.RGN"),
        ("northern Syria", "L.RGN"),
        ("Zentralasien", "L.RGN"),
        ("Robotyne", "P.PPL"),
        ("Al-Tanf", "S.MILB"),
    ],
)
def test_curated_places(small_gazetteer: Gazetteer, name: str, code: str) -> None:
    place = small_gazetteer.lookup(name)[0].place
    assert f"{place.feature_class}.{place.feature_code}" == code


def test_compass_parts_lie_where_they_say(small_gazetteer: Gazetteer) -> None:
    country = small_gazetteer.country("SY")
    assert country is not None
    north, south, east = (
        small_gazetteer.lookup(name, "de")[0].place
        for name in ("Nordsyrien", "Südsyrien", "Ostsyrien")
    )
    assert south.lat < country.lat < north.lat
    assert east.lon > country.lon
    assert {p.country for p in (north, south, east)} == {"SY"}


def test_compass_words_do_not_hide_countries(small_gazetteer: Gazetteer) -> None:
    assert small_gazetteer.lookup("Südsudan", "de")[0].place.country == "SS"
    assert small_gazetteer.lookup("Nordkorea", "de")[0].place.country == "KP"


def test_unknown_names_find_nothing(small_gazetteer: Gazetteer) -> None:
    assert small_gazetteer.lookup("Xyzzyburg") == ()
    assert not small_gazetteer.knows("Xyzzyburg")


def test_knows_is_about_spelling_not_sound(small_gazetteer: Gazetteer) -> None:
    assert small_gazetteer.knows("Damaskus")
    assert small_gazetteer.knows("Syriens")
    assert not small_gazetteer.knows("Makijiwka")


@given(name=st.text(max_size=300))
def test_odd_names_never_fail(small_gazetteer: Gazetteer, name: str) -> None:
    assert len(small_gazetteer.lookup(name)) < 10_000
    assert small_gazetteer.knows(name) in (True, False)
    assert small_gazetteer.demonym(name) is None or len(name) > 3


@pytest.mark.parametrize(
    ("code", "capital"),
    [
        ("SY", "Damascus"),
        ("UA", "Kyiv"),
        ("IL", "Jerusalem"),
        ("PS", "Ramallah"),
        ("XK", "Pristina"),
    ],
)
def test_countries_have_capitals(small_gazetteer: Gazetteer, code: str, capital: str) -> None:
    country, seat = small_gazetteer.country(code), small_gazetteer.capital(code)
    assert country is not None
    assert country.kind == "country"
    assert country.country == code
    assert seat is not None
    assert seat.name == capital


def test_unknown_country(small_gazetteer: Gazetteer) -> None:
    assert small_gazetteer.country("ZZ") is None
    assert small_gazetteer.capital("ZZ") is None


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("syrische", "SY"),
        ("Syrer", "SY"),
        ("Syrerinnen", "SY"),
        ("russischen", "RU"),
        ("Russen", "RU"),
        ("US-amerikanischer", "US"),
        ("ägyptisches", "EG"),
        ("Ukrainian", "UA"),
        ("Palästinenserin", "PS"),
        ("Nigrer", "NE"),
        ("Nigerianer", "NG"),
        ("Syrien", None),
        ("Haus", None),
    ],
)
def test_demonyms(small_gazetteer: Gazetteer, word: str, code: str | None) -> None:
    assert small_gazetteer.demonym(word) == code


def test_area_holds_its_own_towns(small_gazetteer: Gazetteer) -> None:
    for name, area in (("Damaskus", "SY"), ("Odessa", "UA"), ("Simferopol", "UA")):
        town = small_gazetteer.lookup(name, "de")[0].place
        country = small_gazetteer.country(area)
        assert country is not None
        polygon = shape(small_gazetteer.area(country))
        assert polygon.is_valid
        assert polygon.distance(Point(town.lon, town.lat)) < 0.05


def test_places_without_polygon(small_gazetteer: Gazetteer) -> None:
    assert small_gazetteer.area(small_gazetteer.lookup("Kreml")[0].place) is None


def test_search_falls_back_on_beginnings(small_gazetteer: Gazetteer) -> None:
    assert small_gazetteer.search("Damask", limit=3)[0].place.name == "Damascus"
    assert len(small_gazetteer.search("Tripolis", limit=1)) == 1


def test_info_names_sources_and_licences(small_gazetteer: Gazetteer) -> None:
    info = small_gazetteer.info()
    licences = {source["licence"] for source in info["sources"]}
    assert {"CC BY 4.0", "public domain", "Unicode-3.0"} <= licences
    assert info["places"]["country"] >= 240
    assert info["polygons"] > 30


def test_the_environment_names_the_file(
    small_gazetteer_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEOMAP_GAZETTEER", str(small_gazetteer_path))
    with open_gazetteer() as gazetteer:
        assert gazetteer.path == small_gazetteer_path


def test_other_files_are_refused(tmp_path: Path) -> None:
    text = tmp_path / "text.sqlite"
    text.write_text("no database" * 100)
    with pytest.raises(GazetteerError, match="cannot be read as a gazetteer"):
        open_gazetteer(text)
    database = tmp_path / "other.sqlite"
    with sqlite3.connect(database) as db:
        db.execute("CREATE TABLE t(x)")
    db.close()
    with pytest.raises(GazetteerError, match="not a geomap gazetteer"):
        open_gazetteer(database)


@pytest.mark.parametrize(
    ("code", "capital"), [("DE", "Berlin"), ("NL", "The Hague"), ("US", "Washington")]
)
def test_seats_of_government(shipped_gazetteer: Gazetteer, code: str, capital: str) -> None:
    seat = shipped_gazetteer.capital(code)
    assert seat is not None
    assert seat.name == capital


@pytest.mark.parametrize(
    ("name", "geonameid"),
    [
        ("Tschassiw Jar", 710915),
        ("Masar-i-Scharif", 1133616),
        ("Tell Abjad", 163750),
        ("Wuhledar", 690823),
        ("Chan Junis", 281124),
        ("Hudaida", 79415),
        ("Deir al-Sor", 170794),
    ],
)
def test_romanised_towns(shipped_gazetteer: Gazetteer, name: str, geonameid: int) -> None:
    assert shipped_gazetteer.lookup(name, "de")[0].place.geonameid == geonameid


@pytest.mark.parametrize(
    ("schema", "advice"), [("0", "older geomap: delete it"), ("99", "newer geomap: update geomap")]
)
def test_files_of_other_versions_say_what_to_do(
    small_gazetteer_path: Path, tmp_path: Path, schema: str, advice: str
) -> None:
    path = tmp_path / "g.sqlite"
    path.write_bytes(small_gazetteer_path.read_bytes())
    with sqlite3.connect(path) as db:
        db.execute("UPDATE meta SET value=? WHERE key='schema'", (schema,))
    db.close()
    with pytest.raises(GazetteerError, match=advice):
        Gazetteer(path)
