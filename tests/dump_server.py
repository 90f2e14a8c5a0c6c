"""A web server on this machine that serves dump files, well or badly."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread


@dataclass
class Behaviour:
    """How the server behaves; ``cut_after`` holds a limit of bytes for each of the next answers."""

    folder: Path
    cut_after: list[int] = field(default_factory=list)
    claim_extra_bytes: int = 0
    status: int = 0
    ignore_range: bool = False
    wrong_range: bool = False
    with_etag: bool = True
    requests: list[tuple[str, str, str]] = field(default_factory=list)


class _DumpServer(ThreadingHTTPServer):
    def __init__(self, behaviour: Behaviour) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.behaviour = behaviour

    def handle_error(self, *_: object) -> None:
        """Say nothing when a client hangs up."""


class _Handler(BaseHTTPRequestHandler):
    server: _DumpServer
    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def log_message(self, *_: object) -> None:
        pass

    def _answer(self, *, with_body: bool) -> None:
        span = self.headers.get("Range", "")
        self.server.behaviour.requests.append((self.command, self.path, span))
        path = self.server.behaviour.folder / self.path.removeprefix("/dump/")
        if self.server.behaviour.status or not path.is_file():
            self.send_response(self.server.behaviour.status or 404)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        content = path.read_bytes()
        etag = f'"{hashlib.sha256(content).hexdigest()[:12]}"'
        start = self._start(span, etag, len(content))
        self._send_head(start, len(content), etag)
        if with_body:
            self._send_body(content[start:])

    def _start(self, span: str, etag: str, size: int) -> int:
        same = self.headers.get("If-Range") in (None, etag)
        if not span or self.server.behaviour.ignore_range or not same:
            return 0
        return min(size, int(span.removeprefix("bytes=").removesuffix("-")))

    def _send_head(self, start: int, size: int, etag: str) -> None:
        self.send_response(206 if start else 200)
        if start:
            shown = start + 1 if self.server.behaviour.wrong_range else start
            self.send_header("Content-Range", f"bytes {shown}-{size - 1}/{size}")
        length = size - start + self.server.behaviour.claim_extra_bytes
        self.send_header("Content-Length", str(length))
        if self.server.behaviour.with_etag:
            self.send_header("ETag", etag)
        self.end_headers()

    def _send_body(self, content: bytes) -> None:
        if self.server.behaviour.cut_after:
            content = content[: self.server.behaviour.cut_after.pop(0)]
            self.close_connection = True
        if self.server.behaviour.claim_extra_bytes:
            self.close_connection = True
        self.wfile.write(content)


@contextmanager
def serve(folder: Path) -> Iterator[tuple[str, Behaviour]]:
    """Serve a folder; yield its address and how the server behaves."""
    behaviour = Behaviour(folder)
    server = _DumpServer(behaviour)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/dump/", behaviour
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
