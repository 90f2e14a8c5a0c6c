"""The swap: whoever dies when, a whole gazetteer is in place."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from dump_files import NEW_ID, write_syria

from geomap.errors import GazetteerError
from geomap.gazetteer import Gazetteer, open_gazetteer
from geomap.gazetteer.installed import find_installation, replace_current, roll_back

_UPDATE = (
    "import sys; from pathlib import Path;"
    "from geomap.gazetteer.installed import find_installation;"
    "from geomap.gazetteer.update import UpdateRequest, update_gazetteer;"
    "print('ready', flush=True);"
    "update_gazetteer(UpdateRequest(origin=sys.argv[2], countries=('SY',)),"
    " find_installation(Path(sys.argv[1])))"
)


def start_update(path: Path, dumps: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", _UPDATE, str(path), str(dumps)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    return process


@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does")
def test_killed_at_any_moment_a_whole_gazetteer_is_left(
    small_gazetteer_path: Path, tmp_path: Path
) -> None:
    path = tmp_path / "gazetteer.sqlite"
    shutil.copyfile(small_gazetteer_path, path)
    dumps = write_syria(tmp_path / "dumps", small_gazetteer_path)
    begin = time.monotonic()
    with start_update(path, dumps) as process:
        assert process.wait(timeout=120) == 0
    usual_s = time.monotonic() - begin
    chance = random.Random(3)
    for _ in range(8):
        with start_update(path, dumps) as process:
            time.sleep(chance.uniform(0, usual_s))
            process.send_signal(signal.SIGKILL)
        with Gazetteer(path) as gazetteer:
            assert gazetteer.lookup("Damaskus", "de")[0].place.geonameid == 170654
            assert gazetteer.place(NEW_ID) is not None
            assert gazetteer._db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with start_update(path, dumps) as process:
        assert process.wait(timeout=120) == 0
    work = find_installation(path).work_folder
    assert {p.name for p in work.iterdir()} == {"lock"}


def test_every_step_of_the_swap_may_be_the_last(
    small_gazetteer_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "gazetteer.sqlite"
    steps = ("fsync", "_link", "replace")
    for last in range(5):
        shutil.copyfile(small_gazetteer_path, path)
        installation = find_installation(path)
        installation.previous.unlink(missing_ok=True)
        built = tmp_path / "built.sqlite"
        shutil.copyfile(small_gazetteer_path, built)
        left = [last]

        def die_after(step: object, left: list[int] = left) -> object:
            def run(*given: object) -> object:
                if left[0] == 0:
                    raise KeyboardInterrupt
                left[0] -= 1
                return step(*given)  # type: ignore[operator]

            return run

        with monkeypatch.context() as patch:
            for name in steps[:2]:
                step = getattr(sys.modules["geomap.gazetteer.installed"], name)
                patch.setattr(f"geomap.gazetteer.installed.{name}", die_after(step))
            patch.setattr(Path, "replace", die_after(Path.replace))
            with suppress(KeyboardInterrupt):
                replace_current(installation, built)
        with Gazetteer(path) as gazetteer:
            assert gazetteer.knows("Damaskus")


def test_readers_keep_the_file_they_opened(small_gazetteer_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "gazetteer.sqlite"
    shutil.copyfile(small_gazetteer_path, path)
    dumps = write_syria(tmp_path / "dumps", small_gazetteer_path)
    with Gazetteer(path) as old:
        with start_update(path, dumps) as process:
            assert process.wait(timeout=120) == 0
        assert old.lookup("Homs", "de")[0].place.name == "Homs"
        with Gazetteer(path) as new:
            assert new.lookup("Homs", "de")[0].place.name == "Emesa"


def test_an_update_of_the_shipped_gazetteer_lies_beside_it(
    small_gazetteer_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GEOMAP_GAZETTEER", raising=False)
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path)
    installation = find_installation()
    assert installation.shipped is not None
    assert installation.updated.parent == installation.shipped.parent == tmp_path
    for name in ("one", "two"):
        built = installation.work_folder / f"{name}.sqlite"
        built.parent.mkdir(exist_ok=True)
        shutil.copyfile(small_gazetteer_path, built)
        replace_current(installation, built)
    with open_gazetteer() as gazetteer:
        assert gazetteer.path == installation.updated
    assert roll_back(installation) == installation.updated
    assert not installation.previous.exists()
    shutil.copyfile(small_gazetteer_path, installation.shipped)
    monkeypatch.setattr(
        "geomap.gazetteer.installed.ensure_unpacked", lambda *_: installation.shipped
    )
    assert roll_back(installation) == installation.shipped
    with pytest.raises(GazetteerError, match="no earlier gazetteer"):
        roll_back(installation)
