"""What the benchmarks measure has its place in RESULTS.md, and nothing else there changes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks" / "RESULTS.md"


@pytest.fixture(autouse=True)
def _scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    if not RESULTS.exists():
        pytest.skip("the benchmarks are not part of this copy")
    monkeypatch.setattr(sys, "path", [str(RESULTS.parent), *sys.path])


def test_each_section_has_its_place() -> None:
    from sections import SECTIONS

    text = RESULTS.read_text(encoding="utf-8")
    begun = re.findall(r"<!-- begin: ([a-z-]+) -->", text)
    assert begun == re.findall(r"<!-- end: ([a-z-]+) -->", text)
    assert sorted(begun) == sorted(section.name for section in SECTIONS)


def test_each_script_is_there(tmp_path: Path) -> None:
    from sections import SECTIONS, Context

    context = Context(tmp_path, corpora=tmp_path, cache=tmp_path, quick=True)
    scripts = {command[0] for section in SECTIONS for command in section.commands(context)}
    assert not [name for name in scripts if not (RESULTS.parent / name).is_file()]


IMPORT_ALL = """
import runpy, sys
from pathlib import Path
scripts = {path.stem: path for path in sorted(Path(sys.argv[1]).glob("*.py"))}
for script in scripts.values():
    try:
        runpy.run_path(str(script), run_name="imported")
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in {"geomap", *scripts}:
            raise
"""


def test_each_script_finds_what_it_imports() -> None:
    # In a process of its own: some are called like folders of tests.
    command = [sys.executable, "-c", IMPORT_ALL, str(RESULTS.parent)]
    environment = os.environ | {"PYTHONPATH": str(RESULTS.parent)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr


def test_plots_that_are_shown_are_there() -> None:
    shown = re.findall(r"!\[[^]]*\]\(([^)]+)\)", RESULTS.read_text(encoding="utf-8"))
    assert not [name for name in shown if not (RESULTS.parent / name).is_file()]


def test_only_what_stands_between_the_markers_changes() -> None:
    from run import put

    text = "a\n<!-- begin: x -->\nold\n<!-- end: x -->\nb\n<!-- begin: y -->\n<!-- end: y -->\n"
    changed = put(text, "x", r"new \1")
    assert changed == text.replace("old\n", "\nnew \\1\n\n")
    assert put(changed, "x", "old").replace("\nold\n\n", "old\n") == text
    with pytest.raises(SystemExit, match="no markers for z"):
        put(text, "z", "new")


def test_commands_are_shown_without_folders_of_this_machine(tmp_path: Path) -> None:
    from run import shown
    from sections import SECTIONS, Context

    context = Context(tmp_path / "made", tmp_path / "corpora", tmp_path / "cache")
    for section in SECTIONS:
        for command in section.commands(context):
            text = shown(command, context)
            assert text.startswith("    OPENBLAS_NUM_THREADS=1 python benchmarks/")
            assert str(tmp_path) not in text
            assert "{" not in text


def test_what_is_lacking_is_named(tmp_path: Path) -> None:
    from run import lacks
    from sections import SECTIONS, Context

    by_name = {section.name: section for section in SECTIONS}
    assert lacks(by_name["dates"], Context(tmp_path)) == "--corpora FOLDER"
    assert lacks(by_name["dates"], Context(tmp_path, corpora=tmp_path)) is None
    assert lacks(by_name["peers"], Context(tmp_path)) == "--cache FOLDER"


def test_generated_articles_are_the_same_each_time_and_all_different() -> None:
    from generated import make_articles

    first, again = (list(islice(make_articles(paragraphs=1), 300)) for _ in range(2))
    assert first == again
    assert len({article["text"] for article in first}) == 300
    assert len({article["id"] for article in first}) == 300
    assert {article["lang"] for article in first} == {"de", "en"}
    long = next(make_articles(words=480, lang="de"))
    assert len(long["text"].split()) >= 480
    assert long["lang"] == "de"


def test_plots_are_the_same_bytes_for_the_same_figures(tmp_path: Path) -> None:
    from plots import plot_scaling, plot_stages

    figures = tmp_path / "figures.json"
    figures.write_text(json.dumps({"reading": 0.1, "events": 30.0}), encoding="utf-8")
    for name in ("a.svg", "b.svg"):
        plot_stages(figures, tmp_path / name)
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()
    ways = [{"run": f"{n}", "workers": n, "articles_per_s": 9.0 * n} for n in (1, 2)]
    figures.write_text(json.dumps(ways), encoding="utf-8")
    plot_scaling(figures, tmp_path / "c.svg")
    assert "as many times what one worker does" in (tmp_path / "c.svg").read_text("utf-8")
