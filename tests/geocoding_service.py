"""A geocoding service on the loopback, which answers well or misbehaves as a test asks."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlparse

Reply = Callable[["Handler"], None]


class Service(ThreadingHTTPServer):
    """``replies`` are used up one a request; after them, ``answer`` of the query is sent."""

    def __init__(self, answer: Callable[[dict[str, str]], Any]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer = answer
        self.replies: list[Reply] = []
        self.always: Reply | None = None
        self.times: list[float] = []
        self.queries: list[dict[str, str]] = []
        self.agents: list[str | None] = []
        self.credentials: list[str | None] = []
        self.done = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def names(self) -> list[str]:
        return [query.get("q") or query.get("text", "") for query in self.queries]

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass  # Clients that hang up are part of the tests.


class Handler(BaseHTTPRequestHandler):
    server: Service

    def do_GET(self) -> None:
        server = self.server
        query = {key: ",".join(v) for key, v in parse_qs(urlparse(self.path).query).items()}
        server.times.append(time.monotonic())
        server.queries.append(query)
        server.agents.append(self.headers.get("User-Agent"))
        server.credentials.append(self.headers.get("Proxy-Authorization"))
        if server.replies:
            server.replies.pop(0)(self)
        elif server.always:
            server.always(self)
        else:
            self.send(json.dumps(server.answer(query)))

    def send(
        self,
        body: str,
        status: int = 200,
        kind: str = "application/json",
        headers: dict[str, str] | None = None,
    ) -> None:
        content = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def serve(answer: Callable[[dict[str, str]], Any]) -> Iterator[Service]:
    server = Service(answer)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.done.set()
        server.shutdown()
        server.server_close()
        thread.join()


def status(code: int, **headers: str) -> Reply:
    """Fail with an HTTP status; header names are written with underscores."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda handler: handler.send("<html>no</html>", code, "text/html", named)


def body(text: str, kind: str = "application/json") -> Reply:
    return lambda handler: handler.send(text, kind=kind)


def hang_up(handler: Handler) -> None:
    """Close the connection without a word."""
    handler.close_connection = True
    handler.connection.close()


def hang(handler: Handler) -> None:
    """Say nothing until the test is over."""
    handler.server.done.wait(30)


def drip(handler: Handler) -> None:
    """Send a byte now and then before the answer: no single wait is long."""
    handler.send_response(200)
    handler.end_headers()
    for _ in range(60):
        handler.server.done.wait(0.05)
        handler.wfile.write(b" ")
    handler.wfile.write(b"[]")


def flood(handler: Handler) -> None:
    """Send far more than any answer can be."""
    handler.send(" " * 3_000_000)


def redirect(handler: Handler) -> None:
    handler.send("", 302, headers={"Location": f"{handler.server.url}/elsewhere?q=Homs"})


def result(name: str, country: str = "sy", **more: Any) -> dict[str, Any]:
    """Return one of Nominatim's results."""
    return {
        "lat": "34.5",
        "lon": "38.3",
        "display_name": f"{name}, Bezirk, Land",
        "name": name,
        "class": "place",
        "type": "village",
        "licence": "Data © OpenStreetMap contributors, ODbL 1.0. http://osm.org/copyright",
        "address": {"country_code": country},
        **more,
    }


def nominatim(query: dict[str, str]) -> list[dict[str, Any]]:
    return [] if query["q"].startswith("Nirgend") else [result(query["q"])]
