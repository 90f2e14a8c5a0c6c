"""From marked-up texts to gold records: places by hint and country, events at their anchors."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from geomap.corpus.annotation import Record, annotate
from geomap.corpus.markup import MarkedText, MarkupError, read_marked_texts
from geomap.corpus.placing import place_toponyms
from geomap.evaluation import read_gold
from geomap.gazetteer import Gazetteer

HEAD = "=== x-01\npublished: 2016-03-14\nconflict: syria\nstyle: wire\nwhere: SY LB\n\nTitel\n\n"


def read(body: str) -> MarkedText:
    (text,) = read_marked_texts(HEAD + body, "de")
    assert isinstance(text, MarkedText), text
    return text


def build(body: str, gazetteer: Gazetteer) -> Record:
    text = read(body)
    return annotate(text, place_toponyms(text, gazetteer), gazetteer, "train")


@pytest.mark.parametrize(
    ("body", "country", "feature"),
    [
        ("[Tripoli|e]", "LB", "city"),
        ("[Tripoli|e|LY]", "LY", "city"),
        ("[Idlib|e]", "SY", "city"),
        ("[Idlib|e|admin1]", "SY", "admin1"),
        ("[Syriens|a]", "SY", "country"),
        ("[Moskau|a]", "RU", "city"),
    ],
)
def test_the_place_meant(
    body: str, country: str, feature: str, shipped_gazetteer: Gazetteer
) -> None:
    (toponym,) = build(body, shipped_gazetteer)["toponyms"]
    assert (toponym["country"], toponym["feature"]) == (country, feature)


def test_a_hint_holds_for_later_mentions(shipped_gazetteer: Gazetteer) -> None:
    toponyms = build("[Tripoli|e|LY] und [Tripoli|b]", shipped_gazetteer)["toponyms"]
    assert {toponym["country"] for toponym in toponyms} == {"LY"}


def test_points_by_hand_and_unknowable_places(shipped_gazetteer: Gazetteer) -> None:
    given, unknown = build("[Qwxdorf|e|@35.1,36.2,7] [Zzort|b|?]", shipped_gazetteer)["toponyms"]
    assert (given["lat"], given["lon"], given["radius_km"]) == (35.1, 36.2, 7.0)
    assert unknown["lat"] is None


@pytest.mark.parametrize(
    ("body", "question"),
    [
        ("[Qwxzdorf|e]", "not in the gazetteer"),
        ("in der Provinz [Damaskus|e]", "division"),
        ("[Homs|e|IT water]", "nothing fits"),
        ("[Homs|e|nirgends]", "cannot read the hint"),
    ],
)
def test_questions(body: str, question: str, shipped_gazetteer: Gazetteer) -> None:
    (placing,) = place_toponyms(read(body), shipped_gazetteer)
    assert question in placing.question


def test_events(shipped_gazetteer: Gazetteer) -> None:
    record = build(
        "Aus [Homs|o] kamen Busse. {Rund 20 Kilometer nördlich von [Hama|e] starben zwei}"
        "(shelling; offset N 20; dead 2). {Dort wurde gekämpft}(battle; at Homs)."
        " {In [Genf|m] wird verhandelt}(meeting; planned). {Zwischen [Homs|e] und [Hama|e] fuhr"
        " ein Bus auf eine Mine}(bomb; between Hama)",
        shipped_gazetteer,
    )
    shelling, battle, meeting, bomb = record["events"]
    homs, hama = record["toponyms"][0], record["toponyms"][1]
    assert shelling["lat"] == pytest.approx(hama["lat"] + 0.18, abs=0.01)
    assert (shelling["fatalities_low"], shelling["fatalities_high"]) == (2, 2)
    assert battle["location_start"] == homs["start"]
    assert (meeting["acled_scope"], meeting["status"]) == (False, "planned")
    assert bomb["lat"] == pytest.approx((homs["lat"] + hama["lat"]) / 2, abs=0.001)


@pytest.mark.parametrize(
    "body",
    ["{Dort starben zwei}(bomb)", "{Dort}(bomb; at Homs)", "{In [Homs|e]}(bomb; between Hama)"],
)
def test_events_without_a_place_are_refused(body: str, shipped_gazetteer: Gazetteer) -> None:
    with pytest.raises(MarkupError):
        build(body, shipped_gazetteer)


def test_traps_are_names_that_tempt(shipped_gazetteer: Gazetteer) -> None:
    body = "[Peter Hamm|PER] vom [Xyqw|ORG] lobt das [Essen|WORD] und [syrische|DEM] Musik."
    record = build(body, shipped_gazetteer)
    assert [t["text"] for t in record["not_toponyms"]] == ["Peter Hamm", "Essen", "syrische"]
    assert len(record["names"]) == 4


def test_the_command_builds_what_evaluate_reads(tmp_path: Path) -> None:
    for lang in ("de", "en"):
        (tmp_path / lang).mkdir()
        body = "{In [Homs|e] starben zwei}(bomb; dead 2)."
        (tmp_path / lang / "a.txt").write_text(HEAD + body, encoding="utf-8")
    command = [sys.executable, "-m", "geomap.corpus"]
    subprocess.run([*command, "build", tmp_path], check=True, capture_output=True)
    gold = read_gold(tmp_path / "corpus.jsonl")
    assert [article.id for article in gold] == ["de-x-01", "en-x-01"]
    broken = tmp_path / "de" / "b.txt"
    broken.write_text(HEAD + "[Homs|q]", encoding="utf-8")
    done = subprocess.run([*command, "check", broken], check=False, capture_output=True, text=True)
    assert done.returncode == 1
    assert "ERROR" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check", "nope.txt"], "nope.txt"),
        (["check", "other.md"], "no marked-up texts"),
        (["report", "."], "no texts in de/*.txt and en/*.txt"),
        (["agree", ".", "."], "no texts in de/*.txt and en/*.txt"),
    ],
)
def test_slips_of_the_command_are_one_line(
    tmp_path: Path, arguments: list[str], message: str
) -> None:
    (tmp_path / "other.md").write_text("# Title\n", encoding="utf-8")
    command = [sys.executable, "-m", "geomap.corpus", *arguments]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr
