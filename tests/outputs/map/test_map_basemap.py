import hashlib
from functools import cache
from importlib.resources import files

import pytest
from shapely.geometry import MultiPolygon, Point, shape

from geomap.outputs.map import basemap, vendored

# One worldview, Germany's and the United Nations': (place, lat, lon, country).
DISPUTED = [
    ("Simferopol", 44.95, 34.10, "UA"),
    ("Sevastopol", 44.58, 33.55, "UA"),
    ("Kerch", 45.34, 36.43, "UA"),
    ("Donetsk", 48.00, 37.80, "UA"),
    ("Luhansk", 48.57, 39.31, "UA"),
    ("Katzrin, Golan", 32.99, 35.69, "SY"),
    ("Golan heights", 33.10, 35.78, "SY"),
    ("Ramallah", 31.90, 35.20, "PS"),
    ("Hebron", 31.53, 35.10, "PS"),
    ("Nablus", 32.22, 35.26, "PS"),
    ("Gaza", 31.45, 34.40, "PS"),
    ("Rafah", 31.28, 34.26, "PS"),
    ("Tel Aviv", 32.08, 34.79, "IL"),
    ("Sukhumi", 43.00, 41.05, "GE"),
    ("Tskhinvali", 42.23, 43.96, "GE"),
    ("Stepanakert", 39.82, 46.75, "AZ"),
    ("Tiraspol", 46.84, 29.63, "MD"),
    ("Pristina", 42.66, 21.16, "XK"),
    ("Kyrenia", 35.30, 33.30, "CY"),
    ("Laayoune", 27.10, -13.10, "EH"),
    ("Dakhla inland", 23.50, -14.50, "EH"),
    ("Hargeisa", 9.56, 44.06, "SO"),
    ("Taipei", 24.99, 121.50, "TW"),
    ("Damascus", 33.51, 36.29, "SY"),
]


@cache
def draw_countries() -> dict[str, MultiPolygon]:
    arcs = [basemap._undelta(arc.fine) for arc in basemap._read_arcs()]
    return {
        country["id"]: shape(basemap._draw_country(country, arcs)["geometry"]).buffer(0)
        for country in basemap._load()["countries"]
    }


def country_at(lat: float, lon: float) -> str | None:
    point = Point(lon, lat)
    return next((code for code, land in draw_countries().items() if land.contains(point)), None)


@pytest.mark.parametrize(("name", "lat", "lon", "country"), DISPUTED)
def test_one_worldview(name: str, lat: float, lon: float, country: str) -> None:
    assert country_at(lat, lon) == country


def test_no_country_at_sea() -> None:
    assert country_at(35.0, 18.0) is None


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
