"""The commands ``geomap gazetteer search`` and ``info``."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from geomap.cli.gazetteer import gazetteer


def run(path: Path, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(gazetteer, [*arguments, "--gazetteer", str(path)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output


def test_search_writes_json_lines(small_gazetteer_path: Path) -> None:
    code, output = run(small_gazetteer_path, "search", "Charkiw", "--lang", "de", "--json")
    first = json.loads(output.splitlines()[0])
    assert code == 0
    assert first["geonameid"] == 706483
    assert first["kind"] == "city"
    assert (first["country"], first["match_kind"]) == ("UA", "exact")


def test_search_writes_aligned_text_off_a_terminal(small_gazetteer_path: Path) -> None:
    code, output = run(small_gazetteer_path, "search", "Tripolis", "--limit", "2")
    lines = output.splitlines()
    assert code == 0
    assert len(lines) == 3
    assert lines[1].index("LY") == lines[2].index("LB") == lines[0].index("country")


def test_search_without_result(small_gazetteer_path: Path) -> None:
    code, output = run(small_gazetteer_path, "search", "Xyzzyburg")
    assert code == 1
    assert "no place called 'Xyzzyburg'" in output


def test_info(small_gazetteer_path: Path) -> None:
    code, output = run(small_gazetteer_path, "info", "--json")
    facts = json.loads(output)
    assert code == 0
    assert facts["version"].endswith("-excerpt")
    assert facts["age_days"] >= 0
    assert all(source["licence"] for source in facts["sources"])
    code, text = run(small_gazetteer_path, "info")
    assert code == 0
    assert "GeoNames" in text


@pytest.mark.parametrize("arguments", [["--help"], ["search", "--help"], ["info", "--help"]])
def test_help_ends_with_an_example(arguments: list[str]) -> None:
    result = CliRunner().invoke(gazetteer, arguments)
    assert result.exit_code == 0
    assert "Example: geomap gazetteer" in result.output


def test_importing_the_command_is_light() -> None:
    code = (
        "import sys, geomap.cli.gazetteer;"
        "print([m for m in ('shapely', 'spacy', 'folium', 'geopandas', 'pyogrio', 'rich')"
        " if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_old_data_is_warned_of(small_gazetteer_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "g.sqlite"
    path.write_bytes(small_gazetteer_path.read_bytes())
    with sqlite3.connect(path) as db:
        db.execute("INSERT INTO meta VALUES('as_of', '2020-01-01')")
    db.close()
    result = CliRunner().invoke(gazetteer, ["info", "--gazetteer", str(path)])
    assert result.exit_code == 0
    assert "days old: geomap gazetteer update" in result.stderr
