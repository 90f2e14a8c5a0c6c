"""The page in Firefox, driven through its own remote protocol, Marionette.

Playwright drives a Firefox of its own only; this takes the one of the system ($GEOMAP_FIREFOX, else
one on the path). Marionette: https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sample_records import syria
from test_map_archive import spread

from geomap.outputs.map import write_map

pytestmark = pytest.mark.browser

NAMES = ("firefox-esr", "firefox")
FIREFOX = os.environ.get("GEOMAP_FIREFOX") or next(filter(None, map(shutil.which, NAMES)), None)
PATIENCE_S = 60
LISTEN = """window.told = [];
    addEventListener('error', event => told.push(event.message));
    addEventListener('securitypolicyviolation', event => told.push(event.violatedDirective));"""


class Marionette:
    """A connection that sends commands and reads answers, one after the other."""

    def __init__(self, port: int) -> None:
        self._stream = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)
        self._read()
        self._number = 0
        self.send("WebDriver:NewSession", {})

    def send(self, command: str, arguments: dict[str, Any]) -> Any:
        self._number += 1
        message = json.dumps([0, self._number, command, arguments])
        self._stream.sendall(f"{len(message.encode())}:{message}".encode())
        _, _, error, result = self._read()
        assert error is None, error
        return result

    def run(self, script: str) -> Any:
        return self.send("WebDriver:ExecuteScript", {"script": script, "args": []})["value"]

    def until(self, condition: str) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not self.run(f"return Boolean({condition})"):
            assert time.monotonic() < deadline, condition
            time.sleep(0.05)

    def close(self) -> None:
        self._stream.close()

    def _read(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            length += self._stream.recv(1)
        wanted, content = int(length[:-1]), b""
        while len(content) < wanted:
            content += self._stream.recv(wanted - len(content))
        return json.loads(content)


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Marionette]:
    if FIREFOX is None:
        pytest.skip("no Firefox found: install one or set GEOMAP_FIREFOX")
    profile = tmp_path_factory.mktemp("profile")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    (profile / "user.js").write_text(f'user_pref("marionette.port", {port});\n')
    command = [FIREFOX, "--headless", "--marionette", "--profile", str(profile), "--no-remote"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, env={**os.environ, "HOME": str(profile)}, **quiet)
    try:
        connection = connect(port)
        yield connection
        connection.close()
    finally:
        process.terminate()
        process.wait(PATIENCE_S)


def connect(port: int) -> Marionette:
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            return Marionette(port)
        except ConnectionRefusedError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def test_the_page_works_in_firefox(firefox: Marionette, tmp_path: Path) -> None:
    write_map([syria()], tmp_path / "map.html")
    firefox.send("WebDriver:Navigate", {"url": (tmp_path / "map.html").as_uri()})
    firefox.until("document.documentElement.dataset.ready === ''")
    firefox.run(LISTEN)
    firefox.run("document.querySelector('.text a[href=\"#e1\"]').click()")
    firefox.until("document.querySelector('.popup[data-event=\"e1\"]')")
    assert firefox.run("return location.hash") == "#e1"
    firefox.run("document.querySelector('#kinds input[data-kind=blast]').click()")
    assert firefox.run("return document.querySelectorAll('path.area').length") == 3
    assert firefox.run("return document.querySelectorAll('#bars .bar').length") == 3
    firefox.run("document.getElementById('as-table').click()")
    assert firefox.run("return document.querySelectorAll('tbody tr').length") == 5
    firefox.run("document.querySelector('button.on-ward').click()")
    assert firefox.run("return document.querySelectorAll('tbody tr').length") == 1
    assert firefox.run("return told") == []


def test_the_page_of_an_archive_works_in_firefox(firefox: Marionette, tmp_path: Path) -> None:
    write_map(spread(230), tmp_path / "archive.html")
    firefox.send("WebDriver:Navigate", {"url": (tmp_path / "archive.html").as_uri()})
    firefox.until("document.documentElement.dataset.ready === ''")
    assert firefox.run("return document.querySelectorAll('#entries li').length") == 50
    firefox.run("document.querySelector('#ev-v7 .entry').click()")
    firefox.until("document.querySelector('.popup[data-event=\"v7\"]')")
