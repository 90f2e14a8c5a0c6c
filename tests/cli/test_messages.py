"""What is told on stderr: harmless to a terminal, as much of it as asked for."""

from __future__ import annotations

import json
import logging
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.cli import main
from geomap.cli.messages import printable

TEXT = "Bei Luftangriffen auf Idlib sind am Montag mindestens acht Menschen getötet worden."


@pytest.fixture(autouse=True)
def _folder(monkeypatch: pytest.MonkeyPatch, small_gazetteer_path: Path, tmp_path: Path) -> None:
    monkeypatch.setenv("GEOMAP_GAZETTEER", str(small_gazetteer_path))
    monkeypatch.chdir(tmp_path)
    Path("lage.txt").write_text(TEXT, "utf-8")


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    return int(ended.value.code or 0)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mrot", r"\x1b[31mrot"),
        ("a\nb\tc\x9b", r"a\x0ab\x09c\x9b"),
        ("x\u202egpj.txt\u2066", r"x\u202egpj.txt\u2066"),
        ("\udcff", r"\udcff"),
        ("Kämpfe – „Idlib“ حلب", "Kämpfe – „Idlib“ حلب"),
    ],
)
def test_controls_are_made_visible(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text())
def test_nothing_unprintable_is_left(text: str) -> None:
    shown = printable(text)
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 or c in "\u202a\u202e\u2066" for c in shown)


def test_hostile_names_stay_words(capfd: pytest.CaptureFixture[str]) -> None:
    name = "lage\x1b]0;x\x07\u202e.txt"
    Path(name).write_text(TEXT, "utf-8")
    line = {"id": "a\u202eb", "text": TEXT}
    Path("a.jsonl").write_text(json.dumps(line) + "\n" + json.dumps({"schema\x1b": 1}), "utf-8")
    assert run("explain", name, "a.jsonl", "no\x1b[2Jfile") == 3
    assert run("map", name) == 0
    out, err = capfd.readouterr()
    assert r"a\u202eb (de" in out
    assert r"no\x1b[2Jfile: no such file" in err
    assert r"lage\x1b]0;x\x07\u202e.html" in err
    assert not {"\x1b", "\x07", "\u202e"} & set(out + err)


@pytest.mark.parametrize(
    ("flags", "shown", "hidden"),
    [
        ([], ["1 article(s)", "nothing.txt"], ["reading"]),
        (["-q"], ["nothing.txt"], ["1 article(s)", "reading"]),
        (["-v"], ["reading lage.txt", "lage: 1 toponyms, 1 of them resolved, 1 events"], []),
        (["-vv"], ["reading lage.txt"], []),
    ],
)
def test_as_much_is_told_as_asked_for(
    capfd: pytest.CaptureFixture[str], flags: list[str], shown: list[str], hidden: list[str]
) -> None:
    assert run(*flags, "map", "lage.txt", "nothing.txt") == 3
    err = capfd.readouterr().err
    assert all(words in err for words in shown)
    assert not any(words in err for words in hidden)


def test_other_libraries_are_not_heard(capfd: pytest.CaptureFixture[str]) -> None:
    assert run("-vv", "parse", "lage.txt", "-o", "r.jsonl") == 0
    logging.getLogger("urllib3").error("noise")
    logging.getLogger("pyogrio").debug("noise")
    assert "noise" not in capfd.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "drawn"),
    [
        (["map", "lage.txt", "b.txt"], True),
        (["export", "-o", "e.geojson", "a.jsonl"], True),
        (["map", "lage.txt"], False),
        (["-q", "map", "lage.txt", "b.txt"], False),
    ],
)
def test_a_bar_is_drawn_on_a_terminal(arguments: list[str], drawn: bool) -> None:
    Path("b.txt").write_text(TEXT, "utf-8")
    Path("a.jsonl").write_text(json.dumps({"text": TEXT}), "utf-8")
    shown, terminal = pty.openpty()
    command = [sys.executable, "-m", "geomap", *arguments]
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "100"}
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=terminal, env=environment, check=False
    )
    os.close(terminal)
    told = b""
    try:
        while chunk := os.read(shown, 65536):
            told += chunk
    except OSError:
        # Linux ends a terminal without a writer like this.
        os.close(shown)
    assert done.returncode == 0
    assert done.stdout == b""
    assert (b"article(s)\x1b" in told or b"file(s)" in told) == drawn


def test_a_bad_table_of_words_stops_everything(capfd: pytest.CaptureFixture[str]) -> None:
    Path("words.csv").write_text("lang,words,type\nde,knall*,Knall\n", "utf-8")
    assert run("parse", "lage.txt", "--triggers", "words.csv", "-o", "lage.jsonl") == 1
    out, err = capfd.readouterr()
    assert out == ""
    assert "words.csv: line 2: type 'Knall' is none of Armed clash, " in err
    assert err.count("\n") == 1
    assert not Path("lage.jsonl").exists()


@pytest.mark.parametrize("command", ["map", "export", "stats", "parse"])
def test_a_database_is_not_read(command: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(command, "postgresql://eva:secret@localhost/news") == 1
    _, err = capfd.readouterr()
    assert "localhost/news: is a database, which geomap writes but does not read" in err
    assert "secret" not in err
