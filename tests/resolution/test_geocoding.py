"""Asking a service: whom and how, in turn, again after hiccups, and what its answers are worth."""

from __future__ import annotations

import base64
import json
import logging
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import formatdate
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from geocoding_service import (
    Reply,
    Service,
    body,
    drip,
    flood,
    hang,
    hang_up,
    nominatim,
    redirect,
    result,
    serve,
    status,
)

from geomap.cli.messages import set_up_logging
from geomap.errors import GeocodingError
from geomap.gazetteer.names import same_name
from geomap.models import Candidate, Lang, Place, Resolution, Toponym
from geomap.resolution.geocoding.asking import Clock, PoliteGeocoder
from geomap.resolution.geocoding.cache import AnswerCache
from geomap.resolution.geocoding.fallback import Fallback
from geomap.resolution.geocoding.features import feature_of
from geomap.resolution.geocoding.providers import Connection
from geomap.resolution.geocoding.providers import Service as Client

DAY = 86400.0
KEY = "s3cret-key-0815"


class Time:
    """A clock that only waiting moves."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0
        self.waits: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.now, self.sleep)


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GEOMAP_CONTACT", "GEOMAP_GEOCODER_API_KEY", "GEOMAP_GEOCODER_DOMAIN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GEOMAP_GEOCODER_TIMEOUT", "20")


@pytest.fixture
def service() -> Iterator[Service]:
    with serve(nominatim) as running:
        yield running


@dataclass
class Maker:
    url: str
    cache: AnswerCache
    time: Time

    def __call__(self, provider: str = "nominatim", days: float = 180, **args: str) -> Any:
        connection = Connection(provider, "geomap/test", url=self.url, arguments=args)
        client = Client(connection)
        return PoliteGeocoder(client, self.cache, max_age_days=days, clock=self.time.clock)


@pytest.fixture
def make(service: Service, tmp_path: Path) -> Maker:
    return Maker(service.url, AnswerCache(tmp_path / "cache" / "g.sqlite"), Time())


def unresolved(name: str, start: int = 0) -> Resolution:
    return Resolution(Toponym(name, start, start + len(name)), None, 0.0, "none", "unbekannt")


def resolved(name: str, country: str, confidence: float = 0.9) -> Resolution:
    place = Place(7, name, 34.0, 37.0, "P", "PPL", country, source="cities")
    toponym = Toponym(name, 0, len(name))
    return Resolution(toponym, place, confidence, "gazetteer-exact", "steht da")


def fallback(geocoder: PoliteGeocoder, **more: Any) -> Fallback:
    return Fallback(geocoder, same_name=same_name, country_at=lambda lat, lon: None, **more)


def complete(geocoder: PoliteGeocoder, *resolutions: Resolution, **more: Any) -> list[Resolution]:
    return list(fallback(geocoder, **more).complete(resolutions, "de"))


# ---------------------------------------------------------------- whom, and how


def test_the_user_agent_names_program_and_contact(service: Service, make: Maker) -> None:
    make().ask("Tell X", "de", ())
    connection = Connection("nominatim", "geomap/test", "desk@example.org", service.url)
    PoliteGeocoder(Client(connection), make.cache, clock=make.time.clock).ask("Tell Y", "de", ())
    assert service.agents == ["geomap/test", "geomap/test (desk@example.org)"]
    assert service.queries[0]["accept-language"] == "de"


MISTAKES: list[tuple[Connection, dict[str, str], str]] = [
    (Connection("nowhere", "x"), {}, "unknown geocoder 'nowhere'; choose one of arcgis, azure"),
    (Connection("nominatim", "x"), {}, "--geocode-contact, or set GEOMAP_CONTACT"),
    (Connection("photon", "x", "nobody"), {}, "'nobody' is no contact"),
    (Connection("photon", "x", "a@b.org\r\nX: y"), {}, "is no contact"),
    (Connection("geonames", "x", "a@b.org"), {}, "geonames needs username: set GEOMAP_GEOCODER_U"),
    (Connection("pelias", "x", "a@b.org"), {}, "set GEOMAP_GEOCODER_DOMAIN or give --geocode-url"),
    (Connection("google", "x", "a@b.org"), {}, "set GEOMAP_GEOCODER_API_KEY, "),
    (Connection("nominatim", "x", "a@b.org"), {"API_KEY": KEY}, "unset GEOMAP_GEOCODER_API_KEY"),
    (
        Connection("nominatim", "x", "a@b.org", arguments={"colour": "red"}),
        {},
        "nominatim takes no argument 'colour' (it takes ",
    ),
    (Connection("nominatim", "x", "a@b.org"), {"TIMEOUT": "soon"}, "TIMEOUT is to be a number"),
    (Connection("nominatim", "x", "a@b.org"), {"TIMEOUT": "0"}, "TIMEOUT is to be a number above"),
    (Connection("nominatim", "x", "a@b.org"), {"TIMEOUT": "nan"}, "TIMEOUT is to be a number"),
    (Connection("nominatim", "x", url="ftp://localhost"), {}, "is given like https://"),
    (Connection("nominatim", "x", url=f"https://{KEY}@localhost"), {}, "without a key"),
    (
        Connection("here", "x", "a@b.org", "http://localhost", {"apikey": KEY}),
        {},
        "here has only its own server",
    ),
    (Connection("nominatim", "x", "a@b.org"), {"SCHEME": "gopher"}, "set GEOMAP_GEOCODER_DOMAIN"),
]


@pytest.mark.parametrize(("connection", "variables", "says"), MISTAKES, ids=range(len(MISTAKES)))
def test_mistakes_in_the_settings_are_named(
    monkeypatch: pytest.MonkeyPatch, connection: Connection, variables: dict[str, str], says: str
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(f"GEOMAP_GEOCODER_{name}", value)
    with pytest.raises(GeocodingError) as raised:
        Client(connection)
    assert says in str(raised.value)
    assert KEY not in str(raised.value)
    assert "\n" not in str(raised.value)


def test_arguments_come_from_settings_before_the_environment(
    service: Service, make: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.answer = lambda query: {"features": []}
    monkeypatch.setenv("GEOMAP_GEOCODER_API_KEY", "from-environment")
    make("pelias").ask("Tell X", "de", ())
    make("pelias", api_key="from-settings").ask("Tell Y", "de", ())
    assert [q["api_key"] for q in service.queries] == ["from-environment", "from-settings"]


GEOJSON = {
    "geometry": {"coordinates": [38.3, 34.5]},
    "properties": {"name": "Tell X", "label": "Tell X, Homs, Syria"},
}
PROVIDERS: dict[str, tuple[dict[str, str], Any, dict[str, str]]] = {
    "photon": (
        {},
        {
            "features": [
                GEOJSON
                | {
                    "properties": {
                        "name": "Tell X",
                        "countrycode": "SY",
                        "osm_key": "place",
                        "osm_value": "village",
                    }
                }
            ]
        },
        {"lang": "de"},
    ),
    "pelias": (
        {"api_key": KEY},
        {
            "features": [
                GEOJSON
                | {
                    "properties": GEOJSON["properties"]
                    | {"country_code": "SY", "layer": "locality"}
                }
            ]
        },
        {"boundary.country": "SY,IQ"},
    ),
    "geonames": (
        {"username": KEY},
        {
            "geonames": [
                {
                    "name": "Tell X",
                    "lat": "34.5",
                    "lng": "38.3",
                    "countryCode": "SY",
                    "fcl": "P",
                    "fcode": "PPL",
                    "geonameId": 12,
                }
            ]
        },
        {"country": "SY,IQ"},
    ),
    "google": (
        {"api_key": KEY},
        {
            "status": "OK",
            "results": [
                {
                    "formatted_address": "Tell X, Syria",
                    "types": ["locality", "political"],
                    "address_components": [
                        {"long_name": "Tell X", "short_name": "Tell X", "types": ["locality"]},
                        {"long_name": "Syria", "short_name": "SY", "types": ["country"]},
                    ],
                    "geometry": {"location": {"lat": 34.5, "lng": 38.3}},
                }
            ],
        },
        {"language": "de"},
    ),
    "nominatim": ({}, [result("Tell X")], {"countrycodes": "SY,IQ", "namedetails": "1"}),
}


@pytest.mark.parametrize("provider", PROVIDERS)
def test_services_are_asked_by_geopys_names_and_arguments(
    service: Service, make: Maker, provider: str
) -> None:
    arguments, reply, asked = PROVIDERS[provider]
    service.answer = lambda query: reply
    (answer,) = make(provider, **arguments).ask("Tell X", "de", ("SY", "IQ"))
    assert (answer.name, answer.lat, answer.lon) == ("Tell X", 34.5, 38.3)
    assert (answer.feature, answer.country) == ("P/PPL", "SY")
    assert asked.items() <= service.queries[0].items()
    if provider == "google":
        assert answer.licence == "see the terms of google"
    else:
        expected = {"geonames": "CC BY 4.0", "pelias": "terms of pelias"}
        assert expected.get(provider, "OpenStreetMap contributors, ODbL 1.0") in answer.licence


def test_keys_are_in_no_cache_no_log_and_no_error(
    service: Service, make: Maker, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    service.replies = [
        body(json.dumps({"status": {"value": 10, "message": f"user {KEY} does not exist"}}))
    ]
    with pytest.raises(GeocodingError) as raised:
        make("geonames", username=KEY).ask("Tell X", "de", ())
    assert "user … does not exist" in str(raised.value)
    service.answer = lambda query: PROVIDERS["geonames"][1]
    assert make("geonames", username=KEY).ask("Tell Y", "de", ())
    service.always = status(500)
    with pytest.raises(GeocodingError):
        make("geonames", username=KEY).ask("Tell Z", "de", ())
    assert service.queries[0]["username"] == KEY
    assert KEY.encode() not in make.cache.path.read_bytes()
    assert KEY not in caplog.text


# ---------------------------------------------------------------- cache and turns


def test_answers_are_kept_until_they_are_too_old(service: Service, make: Maker) -> None:
    for _ in range(2):
        assert make().ask("Nirgendwo", "de", ()) == ()
        assert make().ask("Tell X", "de", ())
    assert service.names == ["Nirgendwo", "Tell X"]
    make.time.now += 15 * DAY
    make().ask("Tell X", "de", ())
    make().ask("Nirgendwo", "de", ())
    assert service.names[2:] == ["Nirgendwo"]
    make.time.now += 15 * DAY
    make(days=29).ask("Tell X", "de", ())
    assert service.names[3:] == ["Tell X"]


def test_the_same_name_elsewhere_is_another_question(service: Service, make: Maker) -> None:
    for countries in ((), ("SY",), ("IQ", "SY"), ("SY", "IQ")):
        make().ask("Tell X", "de", countries)
    make().ask("Tell X", "en", ())
    assert [q.get("countrycodes") for q in service.queries] == [None, "SY", "IQ,SY", None]


def test_failures_are_not_kept(service: Service, make: Maker) -> None:
    service.replies = [body("[1]"), body("not json")]
    for _ in range(2):
        with pytest.raises(GeocodingError):
            make().ask("Tell X", "de", ())
    assert make().ask("Tell X", "de", ())


def test_a_second_passes_between_requests(service: Service, make: Maker) -> None:
    for name in ("Tell X", "Tell Y", "Tell Z"):
        make().ask(name, "de", ())
    assert make.time.waits == [1.0, 1.0]
    make.time.now += 5
    make().ask("Tell A", "de", ())
    assert make.time.waits == [1.0, 1.0]


def test_a_clock_set_back_makes_nobody_wait_for_hours(service: Service, make: Maker) -> None:
    make().ask("Tell X", "de", ())
    make.time.now -= 10 * DAY
    make().ask("Tell Y", "de", ())
    assert make.time.waits == [1.0]


def test_processes_take_turns(service: Service, tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from geomap.resolution.geocoding.asking import PoliteGeocoder\n"
        "from geomap.resolution.geocoding.cache import AnswerCache\n"
        "from geomap.resolution.geocoding.providers import Connection, Service\n"
        "name, url, path = sys.argv[1:]\n"
        "service = Service(Connection('nominatim', 'geomap/test', url=url))\n"
        "geocoder = PoliteGeocoder(service, AnswerCache(Path(path)))\n"
        "for item in (name, 'Tell X'):\n"
        "    geocoder.ask(item, 'de', ())\n"
    )
    path = tmp_path / "g.sqlite"
    running = [
        subprocess.Popen([sys.executable, "-c", code, name, service.url, str(path)])
        for name in ("A1", "B1")
    ]
    assert [process.wait(timeout=120) for process in running] == [0, 0]
    assert sorted(service.names) == ["A1", "B1", "Tell X"]
    # A slow machine only makes the pauses longer.
    assert min(later - earlier for earlier, later in pairwise(service.times)) >= 0.9


@pytest.mark.parametrize("content", [b"no database " * 200, b""])
def test_a_damaged_cache_is_named_and_can_be_cleared(make: Maker, content: bytes) -> None:
    make.cache.path.parent.mkdir()
    make.cache.path.write_bytes(content)
    if content:
        with pytest.raises(GeocodingError, match="geomap geocode-cache clear"):
            make().ask("Tell X", "de", ())
    make.cache.clear()
    assert make().ask("Tell X", "de", ())


def test_the_cache_of_an_earlier_version_is_made_anew(make: Maker) -> None:
    make.cache.path.parent.mkdir()
    db = sqlite3.connect(make.cache.path)
    db.execute("CREATE TABLE answer (provider TEXT, name TEXT)")
    db.close()
    assert make().ask("Tell X", "de", ())
    assert [stats.entries for stats in make.cache.stats()] == [1]


# ---------------------------------------------------------------- a service that misbehaves


@pytest.mark.parametrize("reply", [status(429), status(500), status(503), hang_up])
def test_hiccups_are_tried_again_after_a_pause(service: Service, make: Maker, reply: Reply) -> None:
    service.replies = [reply, reply]
    assert make().ask("Tell X", "de", ())
    assert len(service.queries) == 3
    assert sum(make.time.waits) >= 3.0  # one second, then two, and some jitter


@pytest.mark.parametrize("code", [429, 503])
@pytest.mark.parametrize("dated", [False, True])
def test_retry_after_is_minded(service: Service, make: Maker, code: int, dated: bool) -> None:
    # An HTTP date is compared with the machine's own clock.
    make.time.now = time.time()
    after = formatdate(time.time() + 50, usegmt=True) if dated else "40"
    service.replies = [status(code, Retry_After=after)]
    begun = make.time.now
    assert make().ask("Tell X", "de", ())
    assert 20 <= make.time.now - begun <= 55


@pytest.mark.parametrize("code", [429, 503])
@pytest.mark.parametrize("after", ["soon", "-5", "", "Fri, 31 Dec 99999999999 23:59:59 GMT"])
def test_an_odd_retry_after_counts_as_none(
    service: Service, make: Maker, code: int, after: str
) -> None:
    service.replies = [status(code, Retry_After=after)]
    assert make().ask("Tell X", "de", ())


@pytest.mark.parametrize("after", ["9" * 400, "9" * 5000])
def test_no_pause_is_too_long_to_be_understood(service: Service, make: Maker, after: str) -> None:
    service.always = status(503, Retry_After=after)
    with pytest.raises(GeocodingError):
        make().ask("Tell X", "de", ())


def test_characters_that_no_address_can_hold_are_left_out(service: Service, make: Maker) -> None:
    assert make().ask("Tell\ud800 X", "de", ())
    assert service.names == ["Tell X"]


def test_a_proxy_is_asked_instead_and_gets_its_password(
    service: Service, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GEOMAP_GEOCODER_PROXIES", service.url.replace("//", f"//me:{KEY}@"))
    connection = Connection("nominatim", "geomap/test", url="http://nominatim.invalid")
    geocoder = PoliteGeocoder(Client(connection), AnswerCache(tmp_path / "g"), clock=Time().clock)
    assert geocoder.ask("Tell X", "de", ())
    assert service.credentials == ["Basic " + base64.b64encode(f"me:{KEY}".encode()).decode()]


def test_who_asks_for_a_long_pause_gets_it_from_all_runs(service: Service, make: Maker) -> None:
    service.replies = [status(429, Retry_After="7200")]
    first = make()
    for name in ("Tell X", "Tell Y"):
        with pytest.raises(GeocodingError):
            first.ask(name, "de", ())
    with pytest.raises(GeocodingError, match="7200 s"):
        make().ask("Tell Z", "de", ())
    assert len(service.queries) == 1
    assert sum(make.time.waits) == 0
    make.time.now += 7201
    assert make().ask("Tell Z", "de", ())


MISBEHAVIOUR: dict[str, tuple[Reply, str, int]] = {
    "bad request": (status(400), "HTTP 400", 3),
    "unauthorised": (status(401), "it refused: HTTP 401", 1),
    "quota": (status(402), "it refused: HTTP 402", 1),
    "forbidden": (status(403), "it refused: HTTP 403", 1),
    "not found": (status(404), "HTTP 404", 3),
    "too many": (status(429), "HTTP 429", 9),
    "server error": (status(500), "HTTP 500", 9),
    "unavailable": (status(503), "HTTP 503", 9),
    "html": (body("<html>Wartung</html>", "text/html"), "it answered HTML instead of JSON", 3),
    "text": (body("Hallo"), "it answered something else instead of JSON", 3),
    "nested": (body("[" * 100_000), "something else instead of JSON", 3),
    "nothing": (body(""), "something else instead of JSON", 3),
    "other shape": (body('{"weather": "fine"}'), "its answer is not of its form", 3),
    "list of numbers": (body("[1, 2]"), "its answer is not of its form", 3),
    "null": (body('[{"lat": null}]'), "its answer is not of its form", 3),
    "nan": (body(json.dumps([result("Tell", lat="nan")])), "its answer is not of its form", 3),
    "bare nan": (body('[{"lat": NaN, "lon": NaN, "display_name": "x"}]'), "not of its form", 3),
    "latitude": (body(json.dumps([result("T", lat="95")])), "its answer is not of its form", 3),
    "longitude": (body(json.dumps([result("T", lon="200")])), "its answer is not of its form", 3),
    "flood": (flood, "it answered more than 2000000 bytes", 3),
    "silence": (hang, "it did not answer in time", 9),
    "drip": (drip, "it did not answer in time", 9),
    "hang up": (hang_up, "the connection failed", 9),
    "redirect": (redirect, "it redirects to 127.0.0.1", 3),
}


@pytest.mark.parametrize("kind", MISBEHAVIOUR)
def test_the_article_is_done_with_one_warning_whatever_the_service_does(
    service: Service,
    make: Maker,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
) -> None:
    service.always, says, requests = MISBEHAVIOUR[kind]
    if kind in ("silence", "drip"):
        monkeypatch.setenv("GEOMAP_GEOCODER_TIMEOUT", "0.3")
    set_up_logging()
    names = [unresolved(f"Chirbet {letter}") for letter in "ABCDE"]
    found = complete(make(), *names, resolved("Homs", "SY"))
    assert [r.place.name if r.place else None for r in found] == [None] * 5 + ["Homs"]
    assert found[0].reason == "unbekannt; nominatim konnte nicht gefragt werden"
    assert found[4].reason == found[0].reason
    err = capfd.readouterr().err
    assert err.startswith("geomap: nominatim cannot be asked (")
    assert says in err
    assert err.count("\n") == 1
    assert len(service.queries) == requests
    assert make.cache.stats() == []


def test_nobody_at_the_address(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with serve(nominatim) as gone:
        url = gone.url
    set_up_logging()
    make = Maker(url, AnswerCache(tmp_path / "g.sqlite"), Time())
    (found,) = complete(make(), unresolved("Chirbet A"))
    assert found.place is None
    assert "the connection failed" in capfd.readouterr().err


def test_success_starts_the_count_of_failures_anew(service: Service, make: Maker) -> None:
    geocoder = make()
    for name in ("A1", "A2", "A3"):
        service.replies = [status(404), status(404)]
        for other in (f"{name}x", f"{name}y"):
            with pytest.raises(GeocodingError):
                geocoder.ask(other, "de", ())
        assert geocoder.ask(name, "de", ())


# ---------------------------------------------------------------- what an answer is worth


def test_an_answer_says_where_it_is_from(service: Service, make: Maker) -> None:
    service.answer = lambda query: [
        result(
            "Dschabal Irgendwas",
            **{"class": "boundary", "type": "administrative", "addresstype": "state"},
            boundingbox=["34.0", "35.0", "38.0", "39.0"],
        )
    ]
    (found,) = complete(make(), unresolved("Dschabal Irgendwas"))
    assert found.place is not None
    assert found.place.kind == "admin1"
    assert found.where_prec == 4
    assert 60 < found.place.radius_km < 80
    assert found.uncertainty_km == found.place.radius_km
    assert found.place.source == "nominatim"
    assert "ODbL 1.0" in found.place.licence
    assert (found.method, found.confidence) == ("geocoder", 0.5)
    assert found.reason.startswith("nicht im Ortsverzeichnis, von nominatim gefunden")


def test_the_other_places_say_in_which_countries_to_look(service: Service, make: Maker) -> None:
    others = [resolved("Homs", "SY"), resolved("Idlib", "SY"), resolved("Mossul", "IQ")]
    complete(make(), unresolved("Tell X"), *others)
    assert [q.get("countrycodes") for q in service.queries] == ["SY,IQ"]


def test_without_a_hit_there_it_looks_anywhere(service: Service, make: Maker) -> None:
    service.answer = lambda q: [] if "countrycodes" in q else [result(q["q"], "de")]
    (found, _) = complete(make(), unresolved("Tell X"), resolved("Homs", "SY"))
    assert [q.get("countrycodes") for q in service.queries] == ["SY", None]
    assert found.place is not None
    assert (found.place.country, found.confidence) == ("DE", 0.3)


def test_a_service_that_cannot_be_confined_is_sorted(service: Service, make: Maker) -> None:
    def feature(country: str, lon: float) -> dict[str, Any]:
        properties = {"name": "Tell X", "countrycode": country}
        return {"geometry": {"coordinates": [lon, 34.5]}, "properties": properties}

    service.answer = lambda q: {"features": [feature("DE", 9.0), feature("SY", 38.0)]}
    (found, _) = complete(make("photon"), unresolved("Tell X"), resolved("Homs", "SY"))
    assert found.place is not None
    assert (found.place.country, found.place.lon) == ("SY", 38.0)
    assert len(service.queries) == 1


def test_another_name_is_no_answer(service: Service, make: Maker) -> None:
    service.answer = lambda q: [result("Berlin", "de"), result("Homs Street")]
    for name in ("Chirbet X", "Homs"):
        (found,) = complete(make(), unresolved(name))
        assert (found.place, found.reason) == (None, "unbekannt")


@pytest.mark.parametrize("named", [{"name:uk": "Часів Яр", "name:en": "Chasiv Yar"}, {}])
def test_any_name_of_the_place_counts(service: Service, make: Maker, named: dict[str, str]) -> None:
    service.answer = lambda q: [result("Часів Яр", "ua", namedetails=named)]
    (found,) = complete(make(), unresolved("Tschassiw Jar"))
    assert (found.place is not None) == bool(named)


def test_the_genitive_is_asked_second(service: Service, make: Maker) -> None:
    service.answer = lambda q: [] if q["q"].endswith("s") else [result(q["q"])]
    (found,) = complete(make(), unresolved("Tell Xaras"))
    assert service.names == ["Tell Xaras", "Tell Xara"]
    assert found.place is not None


def test_control_characters_in_answers_are_dropped(service: Service, make: Maker) -> None:
    service.answer = lambda q: [result("Tell\u202e X\x1b", licence="© A\nB \x00")]
    (found,) = complete(make(), unresolved("Tell X"))
    assert found.place is not None
    assert (found.place.name, found.place.licence) == ("Tell X", "© AB")


FEATURES: list[tuple[dict[str, Any], str | None]] = [
    ({"class": "place", "type": "city"}, "P/PPL"),
    ({"class": "place", "type": "suburb"}, "P/PPLX"),
    ({"class": "boundary", "type": "administrative", "place_rank": 8}, "A/ADM1"),
    ({"class": "boundary", "type": "administrative", "place_rank": 4}, "A/PCLI"),
    ({"class": "boundary", "type": "administrative", "place_rank": 12}, "A/ADM2"),
    ({"category": "boundary", "type": "administrative", "addresstype": "city"}, "P/PPL"),
    ({"class": "waterway", "type": "river"}, "H/STM"),
    ({"class": "natural", "type": "peak"}, "T/MT"),
    ({"class": "military", "type": "airfield"}, "S/AIRB"),
    ({"class": "highway", "type": "residential"}, None),
    ({"class": "shop", "type": "bakery"}, None),
    ({"class": "amenity", "type": "restaurant"}, None),
    ({"properties": {"osm_key": "place", "osm_value": "state"}}, "A/ADM1"),
    ({"properties": {"osm_key": "office", "osm_value": "company"}}, None),
    ({"properties": {"layer": "region"}}, "A/ADM1"),
    ({"properties": {"layer": "venue"}}, None),
    ({"types": ["administrative_area_level_1", "political"]}, "A/ADM1"),
    ({"types": ["street_address"]}, None),
    ({"place_type": ["district"]}, "A/ADM2"),
    ({"resultType": "houseNumber"}, None),
    ({"attributes": {"Addr_type": "POI"}}, None),
    ({"fcl": "A", "fcode": "ADM2"}, "A/ADM2"),
    ({"fcl": "A; DROP", "fcode": "ADM2"}, "P/PPL"),
    ({"anything": "else"}, "P/PPL"),
]


@pytest.mark.parametrize(("raw", "feature"), FEATURES, ids=range(len(FEATURES)))
def test_kinds_of_places(raw: dict[str, Any], feature: str | None) -> None:
    assert feature_of(raw) == feature


# ---------------------------------------------------------------- which names are asked


def test_only_names_without_any_candidate_are_asked(service: Service, make: Maker) -> None:
    unsure = Resolution(
        Toponym("Tell Y", 0, 6),
        *(None, 0.1, "gazetteer", "unsicher"),
        (Candidate(Place(1, "Tell Y", 1.0, 2.0, "P", "PPL"), "Tell Y", "exact"),),
    )
    point = Resolution(Toponym("33.5, 36.2", 0, 10, "COORD"), None, 0.0, "coordinates", "")
    given = (resolved("Homs", "SY"), unsure, point)
    assert complete(make(), *given) == list(given)
    assert service.names == []


def test_asking_for_all_leaves_local_decisions(service: Service, make: Maker) -> None:
    service.answer = lambda q: [result(q["q"], lat="50.0", lon="8.0")]
    kept: list[tuple[str, Lang, Place]] = []
    here, unknown = complete(
        make(),
        resolved("Homs", "SY"),
        unresolved("Tell X"),
        ask_all=True,
        keep=lambda *found: kept.append(found),
    )
    assert sorted(set(service.names)) == ["Homs", "Tell X"]
    assert here.place == resolved("Homs", "SY").place
    (other,) = here.alternatives
    assert (other.place.lat, other.place.source) == (50.0, "nominatim")
    assert other.score <= 1 - here.confidence + 0.001
    assert unknown.place is not None
    assert [name for name, *_ in kept] == ["Tell X"]


def test_the_same_place_is_no_alternative(service: Service, make: Maker) -> None:
    service.answer = lambda q: [result(q["q"], lat="34.01", lon="37.01")]
    (found,) = complete(make(), resolved("Homs", "SY"), ask_all=True)
    assert found.alternatives == ()


def test_a_failing_service_changes_no_local_decision(service: Service, make: Maker) -> None:
    service.always = status(403)
    given = resolved("Homs", "SY")
    assert complete(make(), given, ask_all=True) == [given]
