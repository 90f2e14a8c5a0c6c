"""Reading dump files: whole or not at all, and never more than fits."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from dump_files import write_zip

from geomap.errors import GazetteerError
from geomap.gazetteer.update.archives import MAX_LINE_BYTES, iter_lines

ROWS = [f"{number}\tplace {number}" for number in range(50_000)]


@pytest.mark.parametrize("name", ["SY.zip", "SY.txt"])
def test_lines_of_packed_and_plain_files(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if path.suffix == ".zip":
        write_zip(path, ROWS)
    else:
        path.write_text("\n".join(ROWS), encoding="utf-8")
    assert [line.decode() for line in iter_lines(path)] == ROWS


def test_a_cut_off_archive(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "SY.zip", ROWS)
    path.write_bytes(path.read_bytes()[:-2000])
    with pytest.raises(GazetteerError, match=r"SY\.zip is damaged or cut off"):
        list(iter_lines(path))


def test_a_flipped_bit(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "SY.zip", ROWS)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0x10
    path.write_bytes(content)
    with pytest.raises(GazetteerError, match=r"SY\.zip is damaged or cut off"):
        list(iter_lines(path))


def test_another_archive(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "UA.zip", ROWS).rename(tmp_path / "SY.zip")
    with pytest.raises(GazetteerError, match=r"holds no SY\.txt"):
        list(iter_lines(path))


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "SY.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("SY.txt", "w") as member,
    ):
        for _ in range(60):
            member.write(bytes(1 << 20))
    with pytest.raises(GazetteerError, match="would unpack"):
        next(iter_lines(path))


def test_an_endless_line_takes_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "SY.txt"
    path.write_bytes(b"first\n" + b"x" * 5_000_000 + b"\nlast")
    lines = list(iter_lines(path))
    assert (lines[0], lines[-1], len(lines)) == (b"first", b"last", 3)
    assert len(lines[1]) < MAX_LINE_BYTES


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="cannot be read"):
        list(iter_lines(tmp_path / "SY.txt"))
