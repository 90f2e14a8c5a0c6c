"""The geocoding options and the cache's commands, from the command line to the files written."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from geocoding_service import Service, nominatim, serve, status

from geomap.cli import main
from geomap.gazetteer.overlay import read_layer
from geomap.resolution.geocoding.cache import AnswerCache, Question

TEXT = "Bei Luftangriffen auf Chirbet Tamanna und Homs starben acht Menschen."
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def service() -> Iterator[Service]:
    with serve(nominatim) as running:
        yield running


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AnswerCache:
    path = tmp_path / "cache" / "answers.sqlite"
    monkeypatch.setenv("GEOMAP_GEOCODE_CACHE", str(path))
    return AnswerCache(path)


@pytest.fixture
def layer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "own.sqlite"
    monkeypatch.setenv("GEOMAP_OVERLAY", str(path))
    return path


@pytest.fixture
def run(
    cache: AnswerCache,
    layer: Path,
    tmp_path: Path,
    small_gazetteer_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> Run:
    monkeypatch.setenv("GEOMAP_GAZETTEER", str(small_gazetteer_path))
    monkeypatch.delenv("GEOMAP_CONTACT", raising=False)
    monkeypatch.chdir(tmp_path)
    spans = [{"start": TEXT.index(n), "end": TEXT.index(n) + len(n)} for n in NAMES]
    article = {"id": "a", "lang": "de", "text": TEXT, "toponyms": spans}
    Path("a.jsonl").write_text(json.dumps(article), encoding="utf-8")

    def invoke(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        out, err = capfd.readouterr()
        return int(ended.value.code or 0), out, err

    return invoke


NAMES = ("Chirbet Tamanna", "Homs")
PARSE = ("parse", "a.jsonl", "--given-spans", "--geocode", "nominatim")


def toponyms(out: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(out)["toponyms"]
    return found


def test_records_say_source_and_licence(run: Run, service: Service) -> None:
    code, out, err = run(*PARSE, "--geocode-url", service.url)
    unknown, homs = toponyms(out)
    assert (code, err) == (0, "")
    assert (unknown["method"], unknown["source"]) == ("geocoder", "nominatim")
    assert "ODbL 1.0" in unknown["licence"]
    assert homs["licence"] is None
    assert homs["source"] not in (None, "nominatim")
    assert service.names == ["Chirbet Tamanna"]
    assert service.queries[0]["countrycodes"] == "SY"


def test_a_failing_service_leaves_the_article_done(run: Run, service: Service) -> None:
    service.always = status(403)
    code, out, err = run(*PARSE, "--geocode-url", service.url)
    assert code == 0
    assert [t["name"] is None for t in toponyms(out)] == [True, False]
    assert err.startswith("geomap: nominatim cannot be asked (it refused: HTTP 403)")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--geocode", "nominatim"), "--geocode-contact"),
        (("--geocode", "geonames"), "GEOMAP_GEOCODER_USERNAME"),
        (("--geocode", "nowhere"), "choose one of"),
    ],
)
def test_a_service_set_up_wrongly_is_told_once(
    run: Run, arguments: tuple[str, str], says: str
) -> None:
    line = Path("a.jsonl").read_text("utf-8")
    Path("two.jsonl").write_text(f"{line}\n{line}\n", "utf-8")
    code, out, err = run("parse", "two.jsonl", *arguments)
    assert (code, out) == (1, "")
    assert says in err
    assert err.count("\n") == 1


def test_what_is_saved_is_found_without_a_network(run: Run, service: Service, layer: Path) -> None:
    save = (*PARSE, "--geocode-url", service.url, "--save-geocoded")
    first = toponyms(run(*save)[1])[0]
    (kept,) = read_layer(layer).places.values()
    assert (kept.name, kept.source, kept.country) == ("Chirbet Tamanna", "nominatim", "SY")
    assert "ODbL 1.0" in (kept.licence or "")
    assert kept.names == ()
    second = toponyms(run("parse", "a.jsonl", "--given-spans")[1])[0]
    assert second["method"] == "gazetteer-exact"
    for key in ("lat", "lon", "licence", "source"):
        assert second[key] == first[key]
    run(*save)
    assert len(read_layer(layer).places) == 1
    assert service.names == ["Chirbet Tamanna"]


def test_maps_and_tables_credit_the_service(run: Run, service: Service) -> None:
    options = ("--geocode-url", service.url)
    Path("r.jsonl").write_text(run(*PARSE, *options)[1], encoding="utf-8")
    assert run("map", "r.jsonl", "-o", "m.html")[0] == 0
    page = Path("m.html").read_text("utf-8")
    assert "Online gefundene Orte: <bdi>Data © OpenStreetMap contributors, ODbL 1.0" in page
    rows = json.loads(run("export", "r.jsonl", "-f", "geojson")[1])["features"]
    credited = {f["properties"]["name"]: f["properties"]["data_credit"] for f in rows}
    assert "ODbL" in credited["Chirbet Tamanna"]


def fill(cache: AnswerCache, provider: str, days_old: float) -> None:
    with cache.turn() as held:
        question = Question(provider, "public", "de", f"Tell {days_old:g}", "")
        held.keep(question, (), time.time() - days_old * 86400)


def test_stats_tell_what_is_kept(run: Run, cache: AnswerCache) -> None:
    assert run("geocode-cache", "stats")[1].endswith(": 0 answer(s), 0 bytes\n")
    fill(cache, "photon", 3)
    fill(cache, "photon", 90)
    fill(cache, "nominatim", 1)
    content = json.loads(run("geocode-cache", "stats", "--json")[1])
    assert content["path"] == str(cache.path)
    assert content["bytes"] == cache.path.stat().st_size
    found = {row["provider"]: row for row in content["providers"]}
    assert (found["photon"]["entries"], found["photon"]["empty"]) == (2, 2)
    assert found["photon"]["oldest"] < found["photon"]["newest"]
    assert "photon (public): 2 answer(s)" in run("geocode-cache", "stats")[1]


def test_clear_forgets_what_is_asked_for(run: Run, cache: AnswerCache) -> None:
    for provider, days in (("photon", 3), ("photon", 90), ("nominatim", 90)):
        fill(cache, provider, days)
    old = ("geocode-cache", "clear", "--provider", "Photon", "--older-than", "30", "--yes")
    assert run(*old)[1] == "1 answer(s) forgotten\n"
    assert {s.provider: s.entries for s in cache.stats()} == {"photon": 1, "nominatim": 1}
    assert run("geocode-cache", "clear", "--yes")[1] == "2 answer(s) forgotten\n"
    assert cache.stats() == []


def test_clear_names_the_services_there_are(run: Run, cache: AnswerCache) -> None:
    wrong = ("geocode-cache", "clear", "--provider", "nosuch", "--yes")
    code, _, err = run(*wrong)
    assert (code, "it is empty" in err) == (2, True)
    fill(cache, "photon", 3)
    code, _, err = run(*wrong)
    assert (code, "there are answers of photon" in err) == (2, True)
    assert [s.entries for s in cache.stats()] == [1]


def test_clear_asks_first(run: Run, cache: AnswerCache, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(cache, "photon", 3)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda prompt: "n")
    code, out, _ = run("geocode-cache", "clear")
    assert (code, out) == (1, "")
    assert [s.entries for s in cache.stats()] == [1]


def test_a_damaged_cache_is_told_and_cleared(run: Run, cache: AnswerCache) -> None:
    cache.path.parent.mkdir()
    cache.path.write_bytes(b"no database " * 200)
    code, out, err = run("geocode-cache", "stats")
    assert (code, out) == (1, "")
    assert "geocode-cache clear" in err
    assert run("geocode-cache", "clear", "--yes")[0] == 0
    assert run("geocode-cache", "stats")[0] == 0


@pytest.mark.parametrize("option", ["--geocode-all", "--save-geocoded"])
def test_options_of_geocoding_need_a_service(
    option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article = tmp_path / "a.txt"
    article.write_text("In Homs wurde gekämpft.", "utf-8")
    with pytest.raises(SystemExit) as stopped:
        main(["parse", str(article), "--lang", "de", option])
    assert stopped.value.code == 2
    assert f"{option} needs --geocode SERVICE" in capsys.readouterr().err
