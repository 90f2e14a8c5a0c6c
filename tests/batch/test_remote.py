"""Parts that go to a URL: to a store in memory, to see every state, and to an S3 server."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import zstandard
from batch.archive import article, contents, listed, records, run, write_archive
from batch.runs import Runs

from geomap.cli import main

fsspec = pytest.importorskip("fsspec", reason="needs geomap[cluster] (installed by .ci/run)")
from fsspec.implementations.memory import MemoryFileSystem  # noqa: E402

URL = "store://parsed"
ARGUMENTS = ("in.jsonl", "--part-size", 3)


class Store(MemoryFileSystem):
    """A store that lasts as long as this process; geomap refuses fsspec's own, which goes too."""

    protocol = ("store",)

    @classmethod
    def _strip_protocol(cls, path: Any) -> Any:
        return super()._strip_protocol(str(path).removeprefix("store://"))


fsspec.register_implementation("store", Store)


@pytest.fixture
def memory(in_process: None) -> Iterator[MemoryFileSystem]:
    write_archive(Path("in.jsonl"), 8)
    files = fsspec.filesystem("store")
    yield files
    files.store.clear()
    files.pseudo_dirs[:] = [""]


def stored(files: MemoryFileSystem) -> dict[str, bytes]:
    return {path.removeprefix("/parsed/"): files.cat_file(path) for path in files.find("/parsed")}


@pytest.mark.parametrize("fmt", ["jsonl.zst", "geoparquet"])
def test_the_same_files_as_in_a_folder(memory: MemoryFileSystem, fmt: str) -> None:
    assert run(*ARGUMENTS, "--format", fmt, "-o", "out") == 3
    assert run(*ARGUMENTS, "--format", fmt, "-o", URL) == 3
    assert stored(memory) == contents(Path("out"))
    assert run(*ARGUMENTS, "--format", fmt, "-o", URL) == 3
    assert stored(memory) == contents(Path("out"))


@pytest.mark.parametrize(
    ("named", "ids"),
    [
        ("store://in", ["a3", "a2", "a1", "a0"]),
        ("store://in/*.*", ["a3", "a2", "a1"]),
        ("store://in/deep/a0.txt", ["a0"]),
    ],
)
def test_inputs_by_url(memory: MemoryFileSystem, named: str, ids: list[str]) -> None:
    memory.pipe_file("/in/a.jsonl.zst", zstandard.compress(json.dumps(article(3)).encode()))
    memory.pipe_file("/in/b.csv", pd.DataFrame([article(2)]).to_csv(index=False).encode())
    memory.pipe_file("/in/c.parquet", pd.DataFrame([article(1)]).to_parquet())
    memory.pipe_file("/in/deep/a0.txt", article(0)["text"].encode())
    for output in ("out", "store://in/out", "store://in/out"):  # Its own output is no input.
        assert run(named, "--date", "2015-09-01", "-o", output) == 0
    assert [record["id"] for record in records(Path("out"))] == ids
    part = Path("out/part-000001.jsonl.zst").read_bytes()
    assert memory.cat_file("/in/out/part-000001.jsonl.zst") == part


def test_parts_are_read_where_they_were_put(
    memory: MemoryFileSystem, capsys: pytest.CaptureFixture[str]
) -> None:
    run(*ARGUMENTS, "-o", "out")
    run(*ARGUMENTS, "-o", URL)
    run(*ARGUMENTS, "-o", "store://tables", "-f", "geoparquet")
    capsys.readouterr()
    counts = [told(capsys, "stats", place, "--json") for place in ("out", URL)]
    assert counts[0] == counts[1]
    assert "tables, which are read from a disk only" in told(capsys, "stats", "store://tables")
    assert "holds what geomap batch has parsed" in told(capsys, "parse", URL)


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit):
        main([*arguments])
    captured = capsys.readouterr()
    return captured.out or captured.err


def test_urls_that_cannot_be_read(memory: MemoryFileSystem) -> None:
    urls = ("store://gone.jsonl", "nowhere://me:secret@host/a.jsonl")
    assert run("in.jsonl", *urls, "-o", "out") == 3
    failed = [item for item in listed(Path("out/errors.jsonl")) if "://" in item["reason"]]
    assert [item["reason"] for item in failed] == [
        "store://gone.jsonl: no such file, and no folder with files",
        "nowhere://host/a.jsonl: cannot be read (Protocol not known: nowhere)",
    ]


def test_a_crash_at_any_step_costs_nothing(
    memory: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(*ARGUMENTS, "-o", "out") == 3
    whole = contents(Path("out"))

    class Crash(BaseException):
        pass

    steps: Iterator[str] = iter(())

    def before(name: str) -> None:
        real: Callable[..., Any] = getattr(MemoryFileSystem, name)

        def step(*given: Any, **more: Any) -> Any:
            if next(steps, None) == "crash":
                raise Crash
            return real(*given, **more)

        monkeypatch.setattr(MemoryFileSystem, name, step)

    for name in ("pipe_file", "mv", "rm", "rm_file"):
        before(name)
    crashes = 0
    while True:
        memory.rm("/parsed", recursive=True) if memory.exists("/parsed") else None
        steps = iter([*["go on"] * crashes, "crash"])
        try:
            run(*ARGUMENTS, "-o", URL)
        except Crash:
            crashes += 1
        else:
            break
        # The lock of a killed process stays, and names one that is gone.
        memory.pipe_file("/parsed/.lock", lock_of(pid=gone()))
        assert run(*ARGUMENTS, "-o", URL) == 3
        assert stored(memory) == whole, crashes
    assert crashes > 12


def lock_of(*, pid: int, host: str = "") -> bytes:
    holder = {"host": host or socket.gethostname(), "pid": pid, "at": "2026-01-01", "token": "x"}
    return json.dumps(holder).encode("ascii")


def gone() -> int:
    """Return the number of a process that is no more."""
    process = os.fork()
    if not process:
        os._exit(0)
    os.waitpid(process, 0)
    return process


def test_what_goes_with_the_program_is_refused(
    memory: MemoryFileSystem, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*ARGUMENTS, "-o", "memory://parsed") == 1
    assert "memory://parsed: is gone when geomap ends; choose a folder" in capsys.readouterr().err
    assert not stored(memory)


@pytest.mark.parametrize(
    "lock", [lock_of(pid=os.getpid()), lock_of(pid=1, host="elsewhere")], ids=["here", "elsewhere"]
)
def test_two_runs_refuse_each_other(
    memory: MemoryFileSystem, lock: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    memory.pipe_file("/parsed/.lock", lock)
    assert run(*ARGUMENTS, "-o", URL) == 1
    message = capsys.readouterr().err
    assert message.startswith(f"geomap: {URL}: another geomap batch is writing here (process ")
    assert f"remove {URL}/.lock" in message
    assert message.count("\n") == 1
    assert stored(memory) == {".lock": lock}


def test_a_run_whose_lock_was_taken_ends(
    memory: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    move = MemoryFileSystem.mv

    def take(files: MemoryFileSystem, *given: Any, **more: Any) -> None:
        move(files, *given, **more)
        files.pipe_file("/parsed/.lock", lock_of(pid=1, host="elsewhere"))

    monkeypatch.setattr(MemoryFileSystem, "mv", take)
    assert run(*ARGUMENTS, "-o", URL) == 1
    assert "another geomap batch writes here now; this one ends" in capsys.readouterr().err
    assert stored(memory)[".lock"] == lock_of(pid=1, host="elsewhere")


def test_what_is_damaged_or_was_made_otherwise_is_refused(
    memory: MemoryFileSystem, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*ARGUMENTS, "-o", URL) == 3
    whole = stored(memory)
    assert run(*ARGUMENTS, "-o", URL, "--min-confidence", 0.7) == 1
    memory.pipe_file("/parsed/part-000002.jsonl.zst", b"")
    assert run(*ARGUMENTS, "-o", URL) == 1
    memory.rm_file("/parsed/errors.jsonl")
    assert run(*ARGUMENTS, "-o", URL) == 1
    memory.rm_file("/parsed/manifest.json")
    assert run(*ARGUMENTS, "-o", URL) == 1
    messages = [line for line in capsys.readouterr().err.splitlines() if "--restart" in line]
    assert len(messages) == 4
    assert run(*ARGUMENTS, "-o", URL, "--restart") == 3
    assert stored(memory) == whole


@pytest.mark.parametrize(
    ("url", "reason"),
    [("nowhere://parsed", "Protocol not known: nowhere"), ("file:///proc/parsed", "/proc/parsed")],
)
def test_a_place_that_cannot_be_written(
    memory: MemoryFileSystem, url: str, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*ARGUMENTS, "-o", url) == 1
    message = capsys.readouterr().err
    assert message.startswith(f"geomap: {url}: cannot be written (")
    assert reason in message
    assert message.count("\n") == 1


@pytest.mark.parametrize("password", ["secret", "half@secret"])
def test_a_password_in_the_url_is_not_told(
    memory: MemoryFileSystem, capsys: pytest.CaptureFixture[str], password: str
) -> None:
    assert run(*ARGUMENTS, "-o", f"nowhere://me:{password}@host/parsed") == 1
    assert "secret" not in capsys.readouterr().err


def test_an_object_store(small_gazetteer_path: Path, tmp_path: Path) -> None:
    """Through the network, by the library for S3, to a server that speaks it."""
    moto = pytest.importorskip("moto.server", reason="needs moto[server] (installed by .ci/run)")
    s3fs = pytest.importorskip("s3fs", reason="needs s3fs (installed by .ci/run)")
    archive = write_archive(tmp_path / "in.jsonl", 8)
    Runs(archive, small_gazetteer_path).finish(tmp_path / "out", workers=1)
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        access = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret"}
        endpoint = f"http://{host}:{port}"
        bucket = s3fs.S3FileSystem(
            endpoint_url=endpoint, **dict(zip(("key", "secret"), access.values(), strict=True))
        )
        bucket.mkdir("news")
        runs = Runs(archive, small_gazetteer_path, AWS_ENDPOINT_URL=endpoint, **access)
        for _ in range(2):
            runs.finish("s3://news/parsed", workers=1)
        found = {
            path.removeprefix("news/parsed/"): bucket.cat_file(path)
            for path in bucket.find("news/parsed")
        }
    finally:
        server.stop()
    assert found == contents(tmp_path / "out")


def test_a_mistyped_name_leaves_nothing_in_the_way(memory: MemoryFileSystem) -> None:
    assert run("im.jsonl", "-o", URL) == 1
    assert run(*ARGUMENTS, "-o", URL) == 3
    assert run(*ARGUMENTS, "-o", "out") == 3
    assert stored(memory) == contents(Path("out"))
