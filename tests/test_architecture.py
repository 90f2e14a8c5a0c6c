"""The house rules that no linter knows: imports go one way, heavy libraries stay in one place."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import geomap

ROOT = Path(geomap.__file__).parent
BASE = {
    "models",
    "errors",
    "settings",
    "coordinates",
    "durability",
    "records",
    "corrections",
    "reasons",
}
STAGES = {"articles", "recognition", "gazetteer", "resolution", "events"}

# Who may import whom, besides themselves. Packages not named here are free to use BASE only.
ALLOWED = {
    "models": set(),
    "errors": set(),
    "settings": {"models"},
    "coordinates": set(),
    "durability": set(),
    "records": {"models"},
    "reasons": {"models"},
    "corrections": {"errors", "records"},
    **{
        stage: {"models", "errors", "settings", "coordinates", "durability", "reasons"}
        for stage in STAGES
    },
    "outputs": BASE,
    "pipeline": BASE | STAGES | {"__init__"},
    "batch": BASE | STAGES | {"outputs", "pipeline", "__init__"},
    "evaluation": BASE | {"pipeline"},
    "corpus": {"models", "gazetteer"},
    "training": {"models", "coordinates", "recognition", "gazetteer", "resolution", "events"},
    "cli": BASE | STAGES | {"outputs", "pipeline", "batch", "evaluation", "__init__"},
    "__main__": {"cli"},
    "__init__": BASE | STAGES | {"pipeline", "outputs", "evaluation"},
}
# The one place each heavy library may be imported from.
CONFINED = {
    "spacy": {"recognition", "training"},
    "thinc": {"recognition"},
    "geopy": {"resolution"},
    "folium": {"outputs"},
    "branca": {"outputs"},
    "matplotlib": {"outputs"},
    "xyzservices": {"outputs"},
    "geopandas": {"outputs"},
    "pandas": {"outputs"},
    "pyogrio": {"outputs", "gazetteer"},
    "trafilatura": {"articles"},
    "py3langid": {"articles"},
    "zstandard": {"articles", "outputs"},
    "filelock": {"batch"},
    "sqlalchemy": {"outputs"},
    "geoalchemy2": {"outputs"},
    "pg8000": {"outputs"},
    "distributed": {"batch"},
    "dask": {"batch"},
    "fsspec": {"articles", "batch"},
}
HEAVY = (
    "spacy",
    "folium",
    "matplotlib",
    "geopandas",
    "geopy",
    "pandas",
    "pyarrow",
    "trafilatura",
    "shapely",
    "sqlalchemy",
)


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(ROOT.rglob("*.py")):
        yield ".".join(path.relative_to(ROOT).with_suffix("").parts), path


def room_of(module: str) -> str:
    return module.split(".", maxsplit=1)[0]


def imports_of(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            assert node.module is not None
            yield node.module
            if node.module == "geomap":
                yield from (f"geomap.{alias.name}" for alias in node.names)


MODULES = list(modules())


@pytest.mark.parametrize(("module", "path"), MODULES, ids=[m for m, _ in MODULES])
def test_imports_go_one_way(module: str, path: Path) -> None:
    room = room_of(module)
    assert room in ALLOWED, f"new room {room!r}: say in ALLOWED whom it may import"
    for name in imports_of(path):
        if name.startswith("geomap."):
            target = name.split(".")[1]
            if target != "__version__":
                assert target == room or target in ALLOWED[room], f"{module} imports {name}"


@pytest.mark.parametrize(("module", "path"), MODULES, ids=[m for m, _ in MODULES])
def test_heavy_libraries_stay_in_their_room(module: str, path: Path) -> None:
    for name in imports_of(path):
        library = name.split(".")[0]
        if library in CONFINED:
            assert room_of(module) in CONFINED[library], f"{module} imports {library}"


def test_no_import_cycles() -> None:
    known = {f"geomap.{module.removesuffix('.__init__')}" for module, _ in MODULES}
    graph = {
        f"geomap.{module.removesuffix('.__init__')}": {
            name for name in imports_of_top_level(path) if name in known
        }
        for module, path in MODULES
    }
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, "import cycle: " + " → ".join((*trail, name))
        if name not in done:
            for target in graph.get(name, ()):
                if target != name:
                    visit(target, (*trail, name))
            done.add(name)

    for name in graph:
        visit(name, ())


def imports_of_top_level(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_models_need_only_the_standard_library() -> None:
    names = {name.split(".")[0] for name in imports_of(ROOT / "models.py")}
    assert names <= sys.stdlib_module_names


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["gazetteer", "--help"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys\n"
        "from geomap.cli import main\n"
        "try:\n"
        f"    main({arguments!r})\n"
        "except SystemExit:\n"
        "    pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip().endswith("[]"), done.stdout[-200:]


def test_functions_are_short() -> None:
    lengths = [
        (node.end_lineno - node.lineno + 1, f"{module}:{node.name}")
        for module, path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.end_lineno is not None
    ]
    lengths.sort()
    assert lengths[len(lengths) // 2][0] <= 12
    long = [name for length, name in lengths if length > 60]
    # The two record builders list the fields of the contract, one a line.
    assert set(long) <= {"records:_event_record"}, long


def test_modules_are_short() -> None:
    sizes = {m: len(p.read_text(encoding="utf-8").splitlines()) for m, p in MODULES}
    assert {m: n for m, n in sizes.items() if n > 400} == {}


def test_no_module_is_a_drawer() -> None:
    drawers = {"utils", "util", "helpers", "common", "misc"}
    assert not [m for m, _ in MODULES if m.split(".")[-1] in drawers]
