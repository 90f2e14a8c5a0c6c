"""Where ``geomap map`` writes, what it opens, whose tiles it takes."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import pytest

from geomap.cli import main
from geomap.records import ArticleRecord

RECORD = ArticleRecord.model_validate(
    {
        "id": "lage",
        "lang": "de",
        "text": "Gefechte in Idlib.",
        "events": [
            {
                "event_id": "e1", "name": "Idlib", "lat": 35.93, "lon": 36.63, "where_prec": 1,
                "event_type": "Battles", "description": "Gefechte in Idlib",
                "desc_start": 0, "desc_end": 17,
            }
        ],
    }
)  # fmt: skip


@pytest.fixture
def lage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "lage.jsonl"
    path.write_text(RECORD.to_json() + "\n", encoding="utf-8")
    return path


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return ended.value.code if isinstance(ended.value.code, int) else 0


def test_dash_writes_the_page_to_stdout(lage: Path, capfdbinary: pytest.CaptureFixture) -> None:
    assert run("map", lage, "-o", "-") == 0
    page = capfdbinary.readouterr().out.decode("utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert page.endswith("</html>\n")
    assert not (lage.parent / "-").exists()


def test_open_shows_the_page(lage: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    assert run("map", lage, "--open") == 0
    assert opened == [(lage.parent / "output" / "lage.html").as_uri()]


def test_open_needs_a_file(lage: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("map", lage, "-o", "-", "--open") == 2
    assert "--open needs a file" in capsys.readouterr().err


def test_png_comes_beside_the_page(lage: Path) -> None:
    pytest.importorskip("matplotlib", reason="pictures need geomap[png]")
    assert run("map", lage, "--png", "lage.png") == 0
    assert (lage.parent / "lage.png").read_bytes().startswith(b"\x89PNG")
    assert (lage.parent / "output" / "lage.html").exists()


@pytest.mark.parametrize("name", ["lage.jpg", "lage", "lage.png.txt"])
def test_a_picture_is_named_after_its_format(
    lage: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert run("map", lage, "--png", name) == 2
    assert ".png" in capsys.readouterr().err
    assert not (lage.parent / name).exists()
    assert not (lage.parent / "output").exists()


def test_a_key_without_tiles_is_wrong_usage(
    lage: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("map", lage, "--tiles-key", "K3Y") == 2
    assert "--tiles-key is for --tiles" in capsys.readouterr().err
    monkeypatch.setenv("GEOMAP_TILES_KEY", "K3Y")
    assert run("map", lage, "-o", "m.html") == 0
    assert "K3Y" not in (lage.parent / "m.html").read_text("utf-8")


def test_tiles_loosen_the_policy_for_their_hosts_only(lage: Path) -> None:
    assert run("map", lage, "-o", "m.html", "--tiles", "OpenStreetMap.Mapnik") == 0
    page = (lage.parent / "m.html").read_text("utf-8")
    assert "img-src data: https://tile.openstreetmap.org;" in page
    assert 'name="referrer" content="strict-origin-when-cross-origin"' in page


@pytest.mark.parametrize(
    ("provider", "says"),
    [("Nowhere.Nothing", "there is no service"), ("Thunderforest.Outdoors", "asks for a key")],
)
def test_unknown_tiles_are_wrong_usage(
    lage: Path, capsys: pytest.CaptureFixture[str], provider: str, says: str
) -> None:
    assert run("map", lage, "--tiles", provider) == 2
    assert says in capsys.readouterr().err
    assert run("map", lage, "-o", "m.html", "--tiles", "Thunderforest.Outdoors",
               "--tiles-key", "K3Y") == 0  # fmt: skip
    assert "apikey=K3Y" in (lage.parent / "m.html").read_text("utf-8")


@pytest.mark.parametrize("option", ["-o", "--png"])
def test_a_page_is_written_to_this_machine(
    lage: Path, option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("map", lage, option, "s3://eva:s3cret@bucket/x.png") == 2
    assert "'s3://bucket/x.png' is no file of this machine" in capsys.readouterr().err
    assert list(lage.parent.iterdir()) == [lage]


def test_a_page_may_be_named_by_url(lage: Path) -> None:
    target = lage.parent / "die seite.html"
    assert run("map", lage, "-o", target.as_uri()) == 0
    assert target.is_file()
