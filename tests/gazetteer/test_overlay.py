"""The own layer: it wins, it blocks, it survives, and it refuses nonsense."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from dump_files import write_syria

from geomap.cli.gazetteer import gazetteer
from geomap.errors import GazetteerError
from geomap.gazetteer import Gazetteer, open_gazetteer
from geomap.gazetteer.overlay import Layer, OwnPlace, edit_layer, read_layer
from geomap.gazetteer.overlay.found import FoundPlaces
from geomap.models import Place
from geomap.settings import Settings

DAMASCUS = 170654
Run = Callable[..., Result]


@pytest.fixture
def layer_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "own" / "layer.sqlite"
    monkeypatch.setenv("GEOMAP_OVERLAY", str(path))
    return path


@pytest.fixture
def run(layer_file: Path, small_gazetteer_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("GEOMAP_GAZETTEER", str(small_gazetteer_path))

    def invoke(*arguments: str, fails_with: str | None = None) -> Result:
        result = CliRunner().invoke(gazetteer, arguments)
        if fails_with is None:
            assert result.exception is None, result.output
        else:
            assert isinstance(result.exception, GazetteerError)
            assert fails_with in str(result.exception)
        return result

    return invoke


def ids(name: str) -> list[int]:
    with open_gazetteer() as store:
        return [candidate.place.id for candidate in store.lookup(name, "de")]


def test_a_place_added_is_found_by_all_its_names(run: Run) -> None:
    run("add", "Tall Neu", "--lat", "35.5", "--lon", "36.5", "--name", "de:Neuhügel")
    with open_gazetteer() as store:
        found = store.lookup("Neuhügel", "de")[0]
        assert (found.place.name, found.place.country, found.lang) == ("Tall Neu", "SY", "de")
        assert (found.place.source, found.place.kind) == ("own", "city")
        assert store.knows("Tall Neu")
        assert store.lookup("Thall Neu")[0].match_kind == "fold"
        assert store.place(found.place.id) == found.place


def test_it_wins_ties_and_only_ties(run: Run) -> None:
    with open_gazetteer() as store:
        first = store.lookup("Tartus")[0]
    run("add", "Tartus", "--lat", "1", "--lon", "2", "--importance", str(first.score))
    assert ids("Tartus")[0] >= 2_000_000_000
    run("edit", "2000000000", "--importance", "0.01")
    assert ids("Tartus")[0] == first.place.id


def test_a_blocked_name_is_no_place_in_any_form(run: Run) -> None:
    assert ids("Essen")
    run("block", "Essen")
    for form in ("Essen", "ESSEN", "Essens"):
        assert ids(form) == []
    with open_gazetteer() as store:
        assert not store.knows("Essen")
        assert list(store.search("Essen")) == []
    run("unblock", "essen")
    assert ids("Essen")


def test_a_blocked_pairing_leaves_the_rest(run: Run) -> None:
    before = ids("Tripolis")
    run("block", "Tripolis", "--place", str(before[0]))
    assert ids("Tripolis") == before[1:]
    assert before[0] in ids("Tarabulus")
    assert ids("Tripolis".upper()) == before[1:]


def test_a_place_of_the_gazetteer_is_corrected(run: Run) -> None:
    run("edit", str(DAMASCUS), "--lat", "33.6", "--lon", "36.4", "--name", "de:Dimaschstadt")
    with open_gazetteer() as store:
        place = store.lookup("Dimaschstadt", "de")[0].place
        assert (place.id, place.lat, place.lon) == (DAMASCUS, 33.6, 36.4)
        assert store.lookup("Damaskus", "de")[0].place == place
        assert place.admin1 == "Damascus Governorate"
    run("remove", str(DAMASCUS))
    with open_gazetteer() as store:
        assert store.lookup("Damaskus", "de")[0].place.lat == pytest.approx(33.51, abs=0.01)


def test_the_layer_shows_in_the_version(run: Run) -> None:
    with open_gazetteer() as store:
        plain = store.version
    run("block", "Essen")
    with open_gazetteer() as store:
        assert store.version.startswith(f"{plain}+own.")
        assert store.info()["own"] == "0 places, 1 blocks"


def test_it_reaches_the_parser(run: Run) -> None:
    from geomap.pipeline import Geoparser

    run("block", "Homs")
    assert not Geoparser(Settings()).index.lookup("Homs")


def test_it_survives_an_update(run: Run, tmp_path: Path, small_gazetteer_path: Path) -> None:
    target = tmp_path / "g.sqlite"
    target.write_bytes(small_gazetteer_path.read_bytes())
    run("add", "Tall Neu", "--lat", "35.5", "--lon", "36.5")
    dumps = write_syria(tmp_path / "dumps", small_gazetteer_path)
    options = ("--countries", "sy", "--from", str(dumps), "--gazetteer", str(target), "--json")
    report = json.loads(CliRunner().invoke(gazetteer, ["update", *options]).stdout)
    assert report["added"] == 1
    with open_gazetteer(target) as store:
        assert store.lookup("Tall Neu")[0].place.source == "own"
        assert "+geonames." in store.version
    result = run("rollback", "--gazetteer", str(target))
    assert "2026.11-excerpt" in result.output


BAD = [
    (("add", "X1", "--lat", "95", "--lon", "2"), "lat 95.0 is not between -90 and 90"),
    (("add", "X1", "--lat", "nan", "--lon", "2"), "lat nan is not"),
    (("add", "X1", "--lat", "5", "--lon", "181"), "lon 181.0 is not between"),
    (("add", "X1", "--lat", "5"), "lon is missing"),
    (("add", "…", "--lat", "5", "--lon", "2"), "no letters or figures"),
    (("add", "X" * 201, "--lat", "5", "--lon", "2"), "too long"),
    (("add", "X1", "--lat", "5", "--lon", "2", "--feature", "Stadt"), "feature 'Stadt'"),
    (("add", "X1", "--lat", "5", "--lon", "2", "--country", "ZZ"), "no country has the code"),
    (("add", "X1", "--lat", "5", "--lon", "2", "--country", "Syria"), "two capital letters"),
    (("add", "X1", "--lat", "5", "--lon", "2", "--radius-km", "-1"), "radius -1.0 is not"),
    (("add", "X1", "--lat", "5", "--lon", "2", "--importance", "2"), "importance 2.0 is not"),
    (("edit", "5", "--rename", "X1"), "there is no place 5"),
    (("edit", str(DAMASCUS)), "say what to change"),
    (("edit", str(DAMASCUS), "--lat", "5"), "lat and lon belong together"),
    (("remove", str(DAMASCUS)), f"block NAME --place {DAMASCUS}"),
    (("block", "Essen", "--place", "5"), "there is no place 5"),
    (("unblock", "Essen"), "'Essen' is not blocked"),
]


@pytest.mark.parametrize(("arguments", "message"), BAD, ids=range(len(BAD)))
def test_nonsense_is_refused(
    run: Run, layer_file: Path, arguments: tuple[str, ...], message: str
) -> None:
    run(*arguments, fails_with=message)
    assert read_layer(layer_file) == Layer()


def test_the_same_place_twice_is_refused(run: Run) -> None:
    run("add", "Tall Neu", "--lat", "35.5", "--lon", "36.5")
    run("add", "tall neu", "--lat", "35.501", "--lon", "36.5", fails_with="edit 2000000000")
    run("add", "Tall Neu", "--lat", "36.5", "--lon", "36.5")


@pytest.mark.parametrize(
    "arguments", [("add", "Tall Neu", "--lat", "35.5", "--lon", "36.5"), ("block", "Essen")]
)
def test_a_dry_run_writes_nothing(run: Run, layer_file: Path, arguments: tuple[str, ...]) -> None:
    assert "nothing was written" in run(*arguments, "--dry-run").output
    assert not layer_file.exists()


@pytest.mark.parametrize("suffix", ["csv", "geojson"])
def test_what_is_exported_can_be_imported(
    run: Run, layer_file: Path, tmp_path: Path, suffix: str
) -> None:
    run("add", "Tall Neu", "--lat", "35.5", "--lon", "36.5", "--name", "de:Neuhügel")
    run("edit", str(DAMASCUS), "--name", "de:Dimaschstadt")
    run("block", "Essen")
    run("block", "Tripolis", "--place", str(ids("Tripolis")[0]))
    before, file = read_layer(layer_file), tmp_path / f"own.{suffix}"
    assert "4 row(s) written" in run("export", str(file)).output
    layer_file.unlink()
    assert "4 row(s) imported" in run("import", str(file)).output
    assert read_layer(layer_file) == before
    run("import", str(file))
    assert read_layer(layer_file) == before


def test_a_plain_table_is_enough(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text("name,lat,lon,names\nTall Neu,35.5,36.5,de:Neuhügel|uk:Новий\n", "utf-8")
    run("import", str(file))
    assert ids("Новий") == ids("Neuhügel") == [2_000_000_000]


def test_import_is_all_or_nothing(run: Run, layer_file: Path, tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text("name,lat,lon\nGut,35.5,36.5\nSchlecht,95,36.5\nAuch,x,1\n", "utf-8")
    run(
        "import",
        str(file),
        fails_with="own.csv, line 3: lat 95.0 is not between -90 and 90; line 4",
    )
    assert read_layer(layer_file) == Layer()


BAD_FILES = {
    "own.txt": ("name\nX\n", "only .csv and .geojson"),
    "a.csv": ("town,lat\nX,1\n", "the first line must name columns"),
    "b.csv": ("name,lat\nX1,1,2\n", "wrong number of columns"),
    "c.csv": ("action,name\nburn,X1\n", "no such action: 'burn'"),
    "a.geojson": ("{", "no GeoJSON feature collection"),
    "b.geojson": ("[]", "no GeoJSON feature collection"),
    "c.geojson": (
        '{"features": [{"properties": {}, "geometry": {"type": "Polygon", "coordinates": []}}]}',
        "only points are places",
    ),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_odd_files_are_refused(run: Run, tmp_path: Path, name: str) -> None:
    content, message = BAD_FILES[name]
    (tmp_path / name).write_text(content, "utf-8")
    run("import", str(tmp_path / name), fails_with=message)


def test_the_export_is_geojson(run: Run, tmp_path: Path) -> None:
    from geojson_pydantic import FeatureCollection

    run("add", "Tall Neu", "--lat", "35.5", "--lon", "36.5")
    run("block", "Essen")
    run("export", str(tmp_path / "own.geojson"))
    content = (tmp_path / "own.geojson").read_text("utf-8")
    features = FeatureCollection.model_validate_json(content).features
    assert [feature.geometry is None for feature in features] == [False, True]


def test_an_error_writes_nothing(layer_file: Path) -> None:
    def fail() -> None:
        with edit_layer(layer_file) as layer:
            layer.put(OwnPlace(2_000_000_000, "A1", 1.0, 2.0, "P", "PPL"))
            raise GazetteerError("stop")

    with pytest.raises(GazetteerError, match="stop"):
        fail()
    assert read_layer(layer_file) == Layer()


def test_other_files_are_no_layer(run: Run, layer_file: Path, small_gazetteer_path: Path) -> None:
    layer_file.parent.mkdir()
    layer_file.write_text("no database" * 100)
    run("block", "Essen", fails_with="cannot be used")
    layer_file.write_bytes(small_gazetteer_path.read_bytes())
    run("block", "Essen", fails_with="is not an own layer")
    layer_file.unlink()
    run("block", "Essen")
    with sqlite3.connect(layer_file) as db:
        db.execute("PRAGMA user_version=9")
    db.close()
    with pytest.raises(GazetteerError, match="newer geomap"):
        open_gazetteer()


def test_a_correction_of_a_place_that_is_gone_is_ignored(small_gazetteer_path: Path) -> None:
    layer = Layer()
    layer.put(OwnPlace(4, name="Weg"))
    with Gazetteer(small_gazetteer_path, layer) as store:
        assert store.place(4) is None
        assert not store.lookup("Weg")


FOUND = Place(
    *(-5, "Chasiv Yar", 48.6, 37.8, "P", "PPL", "UA"),
    source="nominatim",
    licence="© OpenStreetMap contributors, ODbL 1.0",
)


def test_what_a_service_found_is_kept_once_with_its_licence(layer_file: Path, run: Run) -> None:
    for name in ("Chasiv Yar", "Tschassiw Jar", "Tschassiw Jar"):
        FoundPlaces(layer_file).keep(name, "de", FOUND)
    (kept,) = read_layer(layer_file).places.values()
    assert kept.names == (("de", "Tschassiw Jar"),)
    with open_gazetteer() as store:
        place = store.lookup("Tschassiw Jar", "de")[0].place
        assert (place.source, place.licence) == (FOUND.source, FOUND.licence)
    before, file = read_layer(layer_file), layer_file.with_name("own.csv")
    run("export", str(file))
    layer_file.unlink()
    run("import", str(file))
    assert read_layer(layer_file) == before


def test_a_layer_that_cannot_be_written_is_told_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("no folder")
    found = FoundPlaces(tmp_path / "file" / "own.sqlite")
    for name in ("Chasiv Yar", "Tschassiw Jar"):
        found.keep(name, "de", FOUND)
    (message,) = [record.getMessage() for record in caplog.records]
    assert "what was geocoded is not saved" in message


def test_a_layer_without_licences_is_read_and_brought_up_to_date(layer_file: Path) -> None:
    with edit_layer(layer_file) as layer:
        layer.put(OwnPlace(2_000_000_000, "A1", 1.0, 2.0, "P", "PPL"))
    with sqlite3.connect(layer_file) as db:
        db.execute("ALTER TABLE place DROP COLUMN source")
        db.execute("ALTER TABLE place DROP COLUMN licence")
        db.execute("PRAGMA user_version=1")
    db.close()
    before = read_layer(layer_file)
    assert before.places[2_000_000_000].name == "A1"
    FoundPlaces(layer_file).keep("Chasiv Yar", "de", FOUND)
    after = read_layer(layer_file).places
    assert [place.licence for place in after.values()] == [None, FOUND.licence]
