import hashlib
from importlib.resources import files

import pytest
from shapely.geometry import Point, shape

from geomap.outputs.map import basemap, vendored


def test_nothing_is_drawn_at_sea() -> None:
    cut = basemap.cut_basemap([(18.0, 35.0)], "de")
    for features in (cut.land, cut.unassigned):
        for feature in features["features"]:
            assert not shape(feature["geometry"]).buffer(0).contains(Point(18.0, 35.0))


@pytest.mark.parametrize("focus", [[], [(35.75, 33.0)]])
def test_land_of_no_country_is_drawn_and_dashed_all_around(
    focus: list[tuple[float, float]],
) -> None:
    cut = basemap.cut_basemap(focus, "de")
    golan = Point(35.75, 33.0)
    unassigned = shape(cut.unassigned["features"][0]["geometry"])
    assert unassigned.contains(golan)
    assert not any(
        shape(land["geometry"]).buffer(0).contains(golan) for land in cut.land["features"]
    )
    assert shape(cut.disputed["features"][0]["geometry"]).equals(unassigned.boundary)


def test_detail_lies_near_the_events_only() -> None:
    syria = basemap.cut_basemap([(36.3, 33.5)], "de")
    nowhere = basemap.cut_basemap([], "de")

    def count(cut: basemap.Basemap) -> int:
        return str(cut.land).count("(")

    assert count(nowhere) < count(syria) < count(nowhere) + basemap.FINE_POINTS
    assert syria.provinces["features"]
    assert not nowhere.provinces["features"]


def test_neighbours_share_their_border_at_every_level() -> None:
    land = basemap.cut_basemap([(36.3, 33.5)], "de").land

    def positions(index: int) -> set[tuple[float, float]]:
        rings = land["features"][index]["geometry"]["coordinates"]
        return {position for polygon in rings for ring in polygon for position in ring}

    codes = [country["id"] for country in basemap._load()["countries"]]
    for one, other in (("SY", "IQ"), ("SY", "TR"), ("DE", "FR"), ("BR", "PE")):
        assert len(positions(codes.index(one)) & positions(codes.index(other))) >= 4


def test_labels_speak_the_language_of_the_page() -> None:
    german = {label[0] for label in basemap.cut_basemap([(36.3, 33.5)], "de").labels}
    english = {label[0] for label in basemap.cut_basemap([(36.3, 33.5)], "en").labels}
    assert {"Damaskus", "Syrien", "Beirut"} <= german
    assert {"Damascus", "Syria", "Beirut"} <= english


def test_vendored_files_fit_the_manifest() -> None:
    manifest = vendored.read_manifest()
    entries = [*manifest["linked"].values(), *manifest["others"]]
    for entry in entries:
        content = vendored.read_bytes(entry["file"])
        assert hashlib.sha256(content).hexdigest() == entry["sha256"]
    folder = files("geomap.outputs.map") / "assets" / "vendor"
    kept = {f"vendor/{p.name}/{f.name}" for p in folder.iterdir() for f in p.iterdir()}
    assert kept == {entry["file"] for entry in entries}


def test_an_asset_nobody_vendored_is_refused() -> None:
    with pytest.raises(KeyError):
        vendored.read_linked("jquery")


@pytest.mark.parametrize(
    ("code", "german", "english"),
    [
        ("AU", "Australien", "Australia"),
        ("BR", "Brasilien", "Brazil"),
        ("FR", "Frankreich", "France"),
        ("XX", "XX", "XX"),
    ],
)
def test_a_country_is_not_called_after_its_islands(code: str, german: str, english: str) -> None:
    assert basemap.name_country(code, "de") == german
    assert basemap.name_country(code, "en") == english
