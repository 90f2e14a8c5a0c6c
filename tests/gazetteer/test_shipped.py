"""Unpacking: once, whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from geomap.errors import GazetteerError
from geomap.gazetteer.shipped import (
    ARCHIVE_NAME,
    MANIFEST_NAME,
    default_path,
    ensure_unpacked,
    read_manifest,
)

SMALL = Path(__file__).parents[1] / "data" / "gazetteer"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    shutil.copytree(SMALL, folder)
    return folder


def test_unpacks_once(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "gazetteer.sqlite"
    assert ensure_unpacked(target, SMALL) == target
    assert target.stat().st_size == read_manifest(SMALL).bytes
    before = target.stat().st_mtime_ns
    ensure_unpacked(target, SMALL)
    assert target.stat().st_mtime_ns == before
    assert list(target.parent.iterdir()) == [target]


def test_the_default_place_carries_the_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    manifest = read_manifest(SMALL)
    path = default_path(manifest)
    assert manifest.sha256[:12] in path.name
    if sys.platform == "linux":
        assert ensure_unpacked(None, SMALL) == path
        assert path.is_relative_to(tmp_path)


def test_a_half_written_default_file_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path)
    path = default_path(read_manifest(SMALL))
    path.write_bytes(b"half")
    ensure_unpacked(None, SMALL)
    assert path.stat().st_size == read_manifest(SMALL).bytes


@pytest.mark.parametrize("damage", ["truncate", "flip", "remove"])
def test_a_damaged_archive_leaves_nothing(archive: Path, tmp_path: Path, damage: str) -> None:
    packed = archive / ARCHIVE_NAME
    content = bytearray(packed.read_bytes())
    if damage == "truncate":
        packed.write_bytes(content[: len(content) // 2])
    elif damage == "flip":
        content[len(content) // 2] ^= 0xFF
        packed.write_bytes(content)
    else:
        packed.unlink()
    target = tmp_path / "out" / "gazetteer.sqlite"
    with pytest.raises(GazetteerError, match="damaged"):
        ensure_unpacked(target, archive)
    assert list(target.parent.iterdir()) == []


def test_a_wrong_checksum_is_noticed(archive: Path, tmp_path: Path) -> None:
    manifest = archive / MANIFEST_NAME
    facts = json.loads(manifest.read_text())
    facts["sha256"] = "0" * 64
    manifest.write_text(json.dumps(facts))
    with pytest.raises(GazetteerError, match="wrong checksum"):
        ensure_unpacked(tmp_path / "gazetteer.sqlite", archive)


def test_a_missing_manifest(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="install geomap again"):
        ensure_unpacked(tmp_path / "gazetteer.sqlite", tmp_path)


def test_an_impossible_target_names_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(GazetteerError, match="--gazetteer"):
        ensure_unpacked(tmp_path / "file" / "gazetteer.sqlite", SMALL)


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("geomap.gazetteer.shipped._decompress", full)
    with pytest.raises(GazetteerError, match="No space left"):
        ensure_unpacked(tmp_path / "out" / "gazetteer.sqlite", SMALL)
    assert list((tmp_path / "out").iterdir()) == []


def test_two_processes_at_once(tmp_path: Path) -> None:
    target = tmp_path / "gazetteer.sqlite"
    code = (
        "import sys; from pathlib import Path;"
        "from geomap.gazetteer.shipped import ensure_unpacked;"
        "ensure_unpacked(Path(sys.argv[1]), Path(sys.argv[2]))"
    )
    command = [sys.executable, "-c", code, str(target), str(SMALL)]
    both = [subprocess.Popen(command) for _ in range(2)]
    assert [process.wait(timeout=120) for process in both] == [0, 0]
    assert target.stat().st_size == read_manifest(SMALL).bytes
    assert list(tmp_path.iterdir()) == [target]


def test_copies_of_other_versions_go_when_nobody_reads_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path)
    old, recent = (tmp_path / f"gazetteer-{c * 12}.sqlite" for c in "ab")
    others = [tmp_path / "overlay.sqlite", tmp_path / "gazetteer-aaaaaaaaaaaa.sqlite.updated"]
    for path in (old, recent, *others):
        path.write_bytes(b"")
        os.utime(path, (1e9, 1e9))
    os.utime(recent)
    path = ensure_unpacked(None, SMALL)
    assert path.exists()
    assert not old.exists()
    assert recent.exists()
    assert all(other.exists() for other in others)
