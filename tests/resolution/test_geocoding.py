"""The geopy fallback against a local server that answers like Nominatim and Photon."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest
from fake_index import make_world

from geomap.cli.messages import set_up_logging
from geomap.errors import GeocodingError
from geomap.models import Article, Recognition, Toponym
from geomap.resolution import Resolver
from geomap.resolution.geocoding import CachedGeocoder


class Service(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests: list[tuple[float, str, str | None]] = []
        self.broken = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Service

    def do_GET(self) -> None:
        query = parse_qs(urlparse(self.path).query)["q"][0]
        self.server.requests.append((time.monotonic(), query, self.headers.get("User-Agent")))
        self.send_response(500 if self.server.broken else 200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        if not self.server.broken:
            answer = photon(query) if self.path.startswith("/api") else nominatim(query)
            self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *args: object) -> None:
        pass


def nominatim(query: str) -> list[dict[str, object]]:
    if query == "Nirgendwo":
        return []
    return [
        {"lat": "34.5", "lon": "38.3", "display_name": query, "address": {"country_code": "sy"}}
    ]


def photon(query: str) -> dict[str, object]:
    feature = {
        "geometry": {"coordinates": [38.3, 34.5]},
        "properties": {"name": query, "countrycode": "SY"},
    }
    return {"features": [] if query == "Nirgendwo" else [feature]}


def recognition(text: str, *names: str) -> Recognition:
    starts = [text.index(name) for name in names]
    toponyms = (Toponym(n, s, s + len(n)) for n, s in zip(names, starts, strict=True))
    return Recognition((), tuple(toponyms))


@pytest.fixture
def service() -> Iterator[Service]:
    server = Service()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def make(service: Service, tmp_path: Path) -> Iterator[object]:
    made: list[CachedGeocoder] = []

    def build(provider: str = "nominatim", seconds_between: float = 0.0) -> CachedGeocoder:
        geocoder = CachedGeocoder(
            provider,
            user_agent="geomap/test",
            cache_folder=tmp_path,
            url=service.url,
            seconds_between=seconds_between,
        )
        made.append(geocoder)
        return geocoder

    yield build
    for geocoder in made:
        geocoder.close()


@pytest.mark.parametrize("provider", ["nominatim", "photon"])
def test_finds_a_place(make, service: Service, provider: str) -> None:
    found = make(provider).geocode("Chirbet Irgendwas", "de")
    assert (found.place.lat, found.place.lon, found.place.country) == (34.5, 38.3, "SY")
    assert found.match_kind == "geocoder"
    assert service.requests[0][2] == "geomap/test"


def test_never_asks_twice_not_even_for_nothing(make, service: Service) -> None:
    for _ in range(2):
        assert make().geocode("Nirgendwo", "de") is None
        assert make().geocode("Tell X", "de") is not None
    assert [name for _, name, _ in service.requests] == ["Nirgendwo", "Tell X"]


def test_waits_between_requests(make, service: Service) -> None:
    geocoder = make(seconds_between=0.3)
    geocoder.geocode("A", "de")
    geocoder.geocode("B", "de")
    (first, *_), (second, *_) = service.requests
    assert second - first >= 0.25


def test_processes_take_turns(service: Service, tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from geomap.resolution.geocoding import CachedGeocoder\n"
        "name, url, folder = sys.argv[1:]\n"
        "geocoder = CachedGeocoder('nominatim', user_agent='geomap/test', url=url,\n"
        "    cache_folder=Path(folder), seconds_between=0.4)\n"
        "for item in (name, 'Tell X'):\n"
        "    geocoder.geocode(item, 'de')\n"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code, name, service.url, str(tmp_path)])
        for name in ("A", "B")
    ]
    assert [process.wait(timeout=60) for process in running] == [0, 0]
    times = [moment for moment, *_ in service.requests]
    assert sorted(name for _, name, _ in service.requests) == ["A", "B", "Tell X"]
    assert min(later - earlier for earlier, later in pairwise(times)) >= 0.35


def test_a_failing_service_is_named(make, service: Service) -> None:
    service.broken = True
    with pytest.raises(GeocodingError, match="nominatim could not be asked"):
        make().geocode("A", "de")


def test_a_failing_service_is_told_once_and_soon_left_alone(
    make, service: Service, capfd: pytest.CaptureFixture[str]
) -> None:
    service.broken = True
    set_up_logging()
    resolver = Resolver(make_world(), min_confidence=0.0, geocoder=make())
    text = "Chirbet A, Chirbet B, Chirbet C, Chirbet D, Homs."
    names = [f"Chirbet {letter}" for letter in "ABCD"]
    found = resolver.resolve(Article("a", text, "de"), recognition(text, *names, "Homs"))
    assert [r.place.name if r.place else None for r in found] == [None] * 4 + ["Homs"]
    assert "nominatim konnte nicht gefragt werden" in found[0].reason
    assert len(service.requests) == 3
    err = capfd.readouterr().err
    assert err.startswith("geomap: nominatim could not be asked for 'Chirbet A'")
    assert err.count("\n") == 1


def test_a_cache_that_fails_is_named(make, service: Service, tmp_path: Path) -> None:
    geocoder = make()
    geocoder.geocode("A", "de")
    geocoder.close()
    with pytest.raises(GeocodingError, match="cache cannot be used"):
        geocoder.geocode("B", "de")


def test_an_unknown_service_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GeocodingError, match="choose one of"):
        CachedGeocoder("google", user_agent="x", cache_folder=tmp_path)
