"""What users add to the folium map from Python."""

import folium
import pytest
from folium.plugins import HeatMap
from sample_records import syria
from test_map_page import read_data

from geomap.outputs.map import build_map, find_tiles, render_map


def test_the_map_is_foliums_and_saves_the_page() -> None:
    page_map = build_map([syria()])
    assert isinstance(page_map, folium.Map)
    assert page_map.get_root().render() == render_map([syria()])


def test_shapes_and_markers_can_be_added() -> None:
    page_map = build_map([syria()])
    folium.Marker([34.5, 36.5], popup="Own place", tooltip="own").add_to(page_map)
    folium.GeoJson({"type": "Point", "coordinates": [37.5, 34.0]}, name="Own").add_to(page_map)
    page = page_map.get_root().render()
    assert "Own place" in page
    # The control names the layer, so it comes after.
    assert page.index("L.geoJson(null, {") < page.index("L.control.layers(")
    assert len(read_data(page)["events"]) == 8


def test_what_would_have_to_be_fetched_is_refused() -> None:
    page_map = build_map([syria()])
    HeatMap([[34.5, 36.5]]).add_to(page_map)
    with pytest.raises(KeyError, match="heat"):
        page_map.get_root().render()
    page_map = build_map([syria()])
    folium.Marker([34.5, 36.5], icon=folium.Icon(color="red")).add_to(page_map)
    with pytest.raises(ValueError, match="DivIcon"):
        page_map.get_root().render()
    page_map = build_map([syria()])
    folium.Marker([34.5, 36.5], icon=folium.DivIcon(html="x")).add_to(page_map)
    assert page_map.get_root().render()


def test_tiles_are_named_by_xyzservices() -> None:
    tiles = find_tiles("OpenStreetMap.DE")
    assert tiles.hosts == ("https://tile.openstreetmap.de",)
    assert "OpenStreetMap" in tiles.attribution
    many = find_tiles("OpenTopoMap")
    assert many.hosts == tuple(f"https://{s}.tile.opentopomap.org" for s in "abc")
    with pytest.raises(ValueError, match="there is no service"):
        find_tiles("Nowhere.Nothing")
