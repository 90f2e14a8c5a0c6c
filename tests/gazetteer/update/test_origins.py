"""Downloads: whole, resumed where they stopped, refused where something is wrong."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from dump_server import Behaviour, serve

from geomap.errors import GazetteerError
from geomap.gazetteer.update.origins import Folder, Server, open_origin

CONTENT = random.Random(1).randbytes(900_000)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Server, Behaviour]]:
    folder = tmp_path / "served"
    folder.mkdir()
    (folder / "SY.zip").write_bytes(CONTENT)
    with serve(folder) as (url, behaviour):
        server = Server(url, tmp_path / "downloads")
        server.pause_s = 0.0
        yield server, behaviour


def test_a_download_is_whole(served: tuple[Server, Behaviour]) -> None:
    server, _ = served
    path = server.fetch("SY.zip")
    assert path is not None
    assert path.read_bytes() == CONTENT
    assert server.fetch("XX.zip") is None


def test_a_cut_connection_is_gone_on_with(served: tuple[Server, Behaviour]) -> None:
    server, behaviour = served
    behaviour.cut_after = [300_000, 200_000]
    path = server.fetch("SY.zip")
    assert path is not None
    assert path.read_bytes() == CONTENT
    starts = [int(span[6:-1] or 0) for _, _, span in behaviour.requests if span]
    assert len(starts) == 2
    assert 0 < starts[0] <= 300_000 < starts[1] <= 500_000


def test_a_later_run_goes_on(served: tuple[Server, Behaviour]) -> None:
    server, behaviour = served
    behaviour.cut_after = [200_000] + [0] * 4
    with pytest.raises(GazetteerError, match="of 900000 bytes arrived; what has arrived is kept"):
        server.fetch("SY.zip")
    behaviour.requests.clear()
    again = Server(server._url, server._folder)
    path = again.fetch("SY.zip")
    assert path is not None
    assert path.read_bytes() == CONTENT
    assert behaviour.requests[0][2].startswith("bytes=")


def test_what_changed_meanwhile_begins_anew(served: tuple[Server, Behaviour]) -> None:
    server, behaviour = served
    behaviour.cut_after = [200_000] + [0] * 4
    with pytest.raises(GazetteerError):
        server.fetch("SY.zip")
    newer = CONTENT[::-1]
    (behaviour.folder / "SY.zip").write_bytes(newer)
    path = server.fetch("SY.zip")
    assert path is not None
    assert path.read_bytes() == newer


@pytest.mark.parametrize("flaw", ["ignore_range", "no_etag"])
def test_servers_that_cannot_resume(served: tuple[Server, Behaviour], flaw: str) -> None:
    server, behaviour = served
    behaviour.ignore_range = flaw == "ignore_range"
    behaviour.with_etag = flaw != "no_etag"
    behaviour.cut_after = [300_000]
    path = server.fetch("SY.zip")
    assert path is not None
    assert path.read_bytes() == CONTENT


def test_a_whole_file_is_not_fetched_twice(served: tuple[Server, Behaviour]) -> None:
    server, behaviour = served
    server.fetch("SY.zip")
    behaviour.requests.clear()
    assert server.fetch("SY.zip") is not None
    assert [method for method, *_ in behaviour.requests] == ["HEAD"]
    server.discard("SY.zip")
    server.fetch("SY.zip")
    assert behaviour.requests[-1][0] == "GET"


def test_a_wrong_size_is_noticed(served: tuple[Server, Behaviour]) -> None:
    server, behaviour = served
    behaviour.claim_extra_bytes = 500
    with pytest.raises(GazetteerError, match="of 900500 bytes arrived"):
        server.fetch("SY.zip")
    assert not (server._folder / "SY.zip").exists()


def test_another_part_than_asked_for_is_noticed(served: tuple[Server, Behaviour]) -> None:
    server, behaviour = served
    behaviour.cut_after, behaviour.wrong_range = [300_000], True
    with pytest.raises(GazetteerError, match="another part than asked for"):
        server.fetch("SY.zip")


@pytest.mark.parametrize("status", [301, 403, 500])
def test_other_answers(served: tuple[Server, Behaviour], status: int) -> None:
    server, behaviour = served
    behaviour.status = status
    with pytest.raises(GazetteerError, match=f"the server answered {status}"):
        server.fetch("SY.zip")


def test_too_much_is_refused(
    served: tuple[Server, Behaviour], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geomap.gazetteer.update.origins.MAX_DOWNLOAD_BYTES", 1000)
    with pytest.raises(GazetteerError, match="900000 bytes are refused"):
        served[0].fetch("SY.zip")


def test_no_server(tmp_path: Path) -> None:
    with serve(tmp_path) as (url, _):
        pass
    server = Server(url, tmp_path)
    server.pause_s = 0.0
    with pytest.raises(GazetteerError, match="no connection"):
        server.fetch("SY.zip")


@pytest.mark.parametrize(
    "place", ["http://example.org/dump", "ftp://example.org", "/no/such/folder"]
)
def test_other_origins_are_refused(place: str, tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match=r"only https|is no folder"):
        open_origin(place, tmp_path)


def test_a_folder_may_hold_unpacked_files(tmp_path: Path) -> None:
    (tmp_path / "SY.txt").write_text("x")
    (tmp_path / "modifications-2026-11-21.txt").write_text("x")
    (tmp_path / "modifications-2026-11-20.txt").write_text("x")
    folder = Folder(tmp_path)
    assert folder.fetch("SY.zip") == tmp_path / "SY.txt"
    assert folder.fetch("UA.zip") is None
    days = folder.list_dated("modifications", [])
    assert days == ["modifications-2026-11-20.txt", "modifications-2026-11-21.txt"]
