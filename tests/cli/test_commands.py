"""The commands as a user calls them, with the shipped model and the small gazetteer."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from geomap.cli import cli, main
from geomap.cli.reference import reference
from geomap.records import ArticleRecord, EventRecord, ToponymRecord

ROOT = Path(__file__).parents[2]
GERMAN = (
    "Bei Luftangriffen auf Idlib sind am Montag mindestens acht Menschen getötet worden. "
    "Washington verurteilte den Angriff. Am Freitag reist der Außenminister nach Moskau."
)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "lage.txt"
    path.write_text(GERMAN, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def _offline_data(
    monkeypatch: pytest.MonkeyPatch, small_gazetteer_path: Path, tmp_path: Path
) -> None:
    monkeypatch.setenv("GEOMAP_GAZETTEER", str(small_gazetteer_path))
    monkeypatch.chdir(tmp_path)


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    code = ended.value.code
    return code if isinstance(code, int) else 0


def parse(path: Path, *more: object) -> list[ArticleRecord]:
    out = path.parent / "records.jsonl"
    assert run("parse", path, "--date", "2015-09-01", "-o", out, *more) == 0
    lines = out.read_text(encoding="utf-8").splitlines()
    return [ArticleRecord.model_validate_json(line) for line in lines]


def test_parse_writes_the_contract(article: Path) -> None:
    (record,) = parse(article)
    assert record.id == "lage"
    assert record.text == GERMAN
    assert {t.text: t.role for t in record.toponyms} == {
        "Idlib": "event",
        "Washington": "actor",
        "Moskau": "destination",
    }
    strike, visit = record.events
    assert strike.sub_event_type == "Air/drone strike"
    assert (strike.date_start, strike.deaths_low) == ("2015-08-31", 8)
    assert (visit.geomap_type, visit.modality, visit.acled_scope) == ("visit", "future", False)
    for toponym in record.toponyms:
        assert GERMAN[toponym.start : toponym.end] == toponym.text


def test_parse_is_deterministic(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outputs = []
    for _ in range(2):
        assert run("parse", article) == 0
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1]
    assert outputs[0].endswith("\n")


def test_given_spans_take_spans_and_nothing_else(article: Path, tmp_path: Path) -> None:
    start = GERMAN.index("Moskau")
    line = {
        "id": "x",
        "text": GERMAN,
        "toponyms": [{"start": start, "end": start + 6, "lat": 0, "lon": 0, "role": "event"}],
    }
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(line), encoding="utf-8")
    (record,) = parse(path, "--given-spans")
    assert [t.text for t in record.toponyms] == ["Moskau"]
    assert record.toponyms[0].lat == pytest.approx(55.75, abs=0.1)
    assert record.toponyms[0].role == "destination"


def test_map_goes_to_the_output_folder(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("map", article) == 0
    page = Path("output/lage.html").read_text(encoding="utf-8")
    assert "Luftangriffen" in page
    assert "output/lage.html" in capsys.readouterr().err


def test_map_of_a_record_mended_by_hand(article: Path, tmp_path: Path) -> None:
    (record,) = parse(article)
    mended = json.loads(record.to_json())
    mended["events"][0]["description"] = "von Hand berichtigt"
    path = tmp_path / "mended.jsonl"
    path.write_text(json.dumps(mended), encoding="utf-8")
    assert run("map", path, "-o", tmp_path / "m.html") == 0
    assert "von Hand berichtigt" in (tmp_path / "m.html").read_text(encoding="utf-8")


def test_a_slip_in_a_record_is_named(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (record,) = parse(article)
    broken = json.loads(record.to_json())
    broken["toponyms"][0]["lat"] = 95
    path = tmp_path / "broken.jsonl"
    path.write_text(json.dumps(broken) + "\n" + record.to_json(), encoding="utf-8")
    assert run("map", path, "-o", tmp_path / "m.html") == 3
    message = capsys.readouterr().err
    assert "line 1" in message
    assert "toponyms.0.lat" in message
    assert "Traceback" not in message


def test_export_to_stdout_and_file(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("export", article) == 0
    assert len(json.loads(capsys.readouterr().out)["features"]) == 2
    assert run("export", article, "-o", tmp_path / "e.gpkg") == 0
    assert "2 events from 1 article" in capsys.readouterr().err


def test_csv_on_stdout_keeps_its_line_ends(
    article: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run("export", article, "-f", "csv") == 0
    out = capfdbinary.readouterr().out
    assert out.count(b"\r\n") == out.count(b"\n") == 3


def test_explain(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("explain", article, "--toponym", "Idlib") == 0
    out = capsys.readouterr().out
    assert "Idlib" in out
    assert "why:" in out
    assert "role: event [scene]" in out
    assert "Washington [" not in out


def test_evaluate_agrees_with_itself(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (record,) = parse(article)
    toponyms = [
        t.model_dump(include={"start", "end", "lat", "lon", "role"}) for t in record.toponyms
    ]
    gold = {
        "id": "lage",
        "lang": "de",
        "text": GERMAN,
        "published": "2015-09-01",
        "toponyms": toponyms,
    }
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(gold), encoding="utf-8")
    capsys.readouterr()
    assert run("evaluate", path, "--json") == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["place_strict"]["f1"] == 1
    assert figures["roles_and_traps"]["role_accuracy"] == 1


@pytest.mark.parametrize("predictions", ["", "{}", '{"id": "x", "lang": "de", "text": "y"}'])
def test_predictions_without_use_are_an_error(
    article: Path, capsys: pytest.CaptureFixture[str], predictions: str
) -> None:
    gold = {"id": "lage", "lang": "de", "text": GERMAN, "toponyms": []}
    Path("gold.jsonl").write_text(json.dumps(gold), encoding="utf-8")
    Path("records.jsonl").write_text(predictions, encoding="utf-8")
    assert run("evaluate", "gold.jsonl", "--predictions", "records.jsonl") == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("geomap: records.jsonl: ")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["map", "nothing.txt"], 1, "no such file"),
        (["map"], 2, "Missing argument"),
        (["map", "lage.txt", "--date", "gestern"], 2, "is not a date like"),
        (["export", "lage.txt", "-f", "gpkg"], 2, "-o events.gpkg"),
        (["export", "lage.txt", "-o", "e.shp"], 2, "geojson, csv, gpkg, fgb, parquet, kml"),
        (["export", "lage.txt", "-o", "e.csv", "-f", "kml"], 2, "suffix of csv, not of kml"),
        (["parse", "lage.txt", "--model", "no_such_model"], 1, "no_such_model"),
        (["parse", "lage.txt", "--gazetteer", "lage.txt"], 1, "lage.txt"),
        (["parse", "lage.txt", "--geocode", "nowhere"], 1, "choose one of"),
        (["parse", "lage.txt", "--given-spans"], 1, "--given-spans asks for JSON Lines"),
        (["parse", "lage.txt", "--nonsense"], 2, "(see geomap parse --help)"),
        (["evaluate", "nothing.jsonl"], 1, "cannot be read (No such file or directory)"),
        (["evaluate", "lage.txt"], 1, "lage.txt: line 1: is not a gold article: Invalid JSON"),
        (["frobnicate"], 2, "No such command"),
    ],
)
def test_mistakes_get_one_clear_line(
    article: Path, capfd: pytest.CaptureFixture[str], arguments: list[str], code: int, says: str
) -> None:
    assert run(*arguments) == code
    out, err = capfd.readouterr()
    assert out == ""
    assert says in err
    assert err.startswith("geomap: ")
    assert err.count("\n") == 1
    assert err.endswith("\n")
    assert not Path("e.shp").exists()


def test_some_failed_is_3_and_the_rest_is_written(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "leer.txt").write_text("", encoding="utf-8")
    assert run("map", tmp_path / "leer.txt", article, "-o", "both.html") == 3
    assert Path("both.html").exists()
    assert "leer.txt: is empty" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["map", "export", "parse", "explain"])
def test_a_missing_input_does_not_stop_the_others(
    article: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    target = () if command == "explain" else ("-o", "out.json" if command == "export" else "out")
    assert run(command, "nothing.txt", article, *target) == 3
    out, err = capsys.readouterr()
    assert "Idlib" in (Path(target[1]).read_text(encoding="utf-8") if target else out)
    assert "geomap: nothing.txt: no such file" in err


def test_nothing_done_leaves_the_old_records(article: Path) -> None:
    Path("out.jsonl").write_text("old", encoding="utf-8")
    assert run("parse", "nothing.txt", "-o", "out.jsonl") == 1
    assert Path("out.jsonl").read_text(encoding="utf-8") == "old"


def test_a_closed_pipe_is_no_error(article: Path, small_gazetteer_path: Path) -> None:
    lines = "\n".join(json.dumps({"id": f"a{n}", "text": GERMAN}) for n in range(30))
    article.with_suffix(".jsonl").write_text(lines, encoding="utf-8")
    arguments = [sys.executable, "-m", "geomap", "parse", "lage.jsonl"]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        first = process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert json.loads(first)["id"] == "a0"
    assert process.returncode == 0


@pytest.mark.parametrize(
    ("arguments", "says"), [(["parse"], b"K\xc3\xa4mpfe"), (["explain"], "„".encode())]
)
def test_stdout_is_utf_8_whatever_the_locale(
    article: Path, arguments: list[str], says: bytes
) -> None:
    article.write_text(f"Kämpfe um „Idlib“. {GERMAN}", encoding="utf-8")
    (article.parent / "„Lage“.txt").write_bytes(article.read_bytes())
    done = subprocess.run(
        [sys.executable, "-m", "geomap", *arguments, "„Lage“.txt"],
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert says in done.stdout


def test_the_reference_tells_every_way_to_ask_for_help() -> None:
    assert reference().count("-h, --help") == reference().count("Usage:")


def commands() -> list[str]:
    return re.findall(r"^## geomap (.+)$", reference(), flags=re.MULTILINE)


def test_reference_is_up_to_date() -> None:
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == reference()


@pytest.mark.parametrize("command", commands())
def test_every_command_has_help_and_an_example(command: str) -> None:
    section = reference().split(f"## geomap {command}\n")[1].split("\n## ")[0]
    assert "Example: geomap" in section


def test_every_option_says_what_it_does() -> None:
    context = click.Context(cli)
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.help, f"{name} {option.opts}"


@pytest.mark.parametrize("model", [ArticleRecord, ToponymRecord, EventRecord])
def test_every_field_is_documented(model: type[ArticleRecord]) -> None:
    text = (ROOT / "docs" / "schema.md").read_text(encoding="utf-8")
    for name, info in model.model_fields.items():
        assert f"`{info.alias or name}`" in text, name


@pytest.mark.parametrize("command", ["map", "parse", "export"])
def test_an_input_is_never_written_over(article: Path, command: str) -> None:
    output = article.rename(article.with_suffix(".geojson" if command == "export" else ".html"))
    assert run(command, output, "-o", output) == 2
    assert output.read_text(encoding="utf-8") == GERMAN


def test_what_is_no_regular_file_is_left_alone(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("map", article, "-o", article.parent) == 1
    assert "is not a regular file" in capsys.readouterr().err
    assert article.parent.is_dir()
