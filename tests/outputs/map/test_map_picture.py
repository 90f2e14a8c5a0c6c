from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hostile_texts import HOSTILE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_records import syria, village
from test_map_page import SQUARE, dressed

from geomap.errors import OutputError
from geomap.outputs.map import write_picture

pytest.importorskip("matplotlib", reason="pictures need geomap[png]")
from geomap.outputs.map import picture

FORMULA = "$\\frac{1}{$"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "map.png"


@pytest.mark.parametrize(
    ("suffix", "opening"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF-")]
)
def test_same_records_give_the_same_picture(target: Path, suffix: str, opening: bytes) -> None:
    target = target.with_suffix(f".{suffix}")
    write_picture([syria()], target)
    first = target.read_bytes()
    write_picture([syria()], target)
    assert target.read_bytes() == first
    assert first.startswith(opening)


@pytest.mark.parametrize("words", HOSTILE[:4])
def test_a_drawing_holds_no_code(target: Path, words: str) -> None:
    write_picture([dressed(words)], target.with_suffix(".svg"), title=words)
    drawing = ElementTree.fromstring(target.with_suffix(".svg").read_bytes())  # noqa: S314
    tags = {node.tag.rpartition("}")[2] for node in drawing.iter()}
    assert not tags & {"script", "foreignObject", "image", "a", "iframe"}
    assert not any(name.startswith("on") for node in drawing.iter() for name in node.attrib)


def test_another_format_is_refused(target: Path) -> None:
    with pytest.raises(OutputError, match=r"\.png, \.svg, \.pdf"):
        write_picture([syria()], target.with_suffix(".jpg"))


@given(
    where_prec=st.integers(3, 7),
    km=st.none() | st.floats(0, 500),
    geometry=st.none() | st.just(SQUARE) | st.just({"type": "Point", "coordinates": [38, 48]}),
)
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_vague_place_is_no_sign(
    target: Path,
    monkeypatch: pytest.MonkeyPatch,
    where_prec: int,
    km: float | None,
    geometry: dict[str, Any] | None,
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a sign for an area")

    monkeypatch.setattr(picture, "DPI", 20)
    monkeypatch.setattr(picture, "_draw_sign", refuse)
    monkeypatch.setattr(picture, "_draw_ring", refuse)
    vague = {"where_prec": where_prec, "uncertainty_km": km, "geometry": geometry}
    write_picture([village(**vague), village(2, **vague)], target)


@pytest.mark.parametrize("words", [*HOSTILE[:4], FORMULA, "a\x00b\ud800", "مدينة حلب", "x" * 5000])
def test_words_are_drawn_and_nothing_else(
    target: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    monkeypatch.setattr(picture, "DPI", 20)
    write_picture([dressed(words)], target, title=words)
    assert target.stat().st_size > 1000


def test_a_picture_without_events_shows_the_world(target: Path) -> None:
    write_picture([syria(events=[])], target)
    assert target.stat().st_size > 10_000


def test_without_matplotlib_it_says_what_to_install(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "matplotlib", None)
    with pytest.raises(OutputError, match=r"geomap\[png\]"):
        write_picture([syria()], target)
