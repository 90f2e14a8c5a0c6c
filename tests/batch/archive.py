"""A small archive and what a run made of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import zstandard

from geomap.cli import main

PLACES = ("Idlib", "Homs", "Aleppo", "Hama", "Damaskus", "Palmyra", "Charkiw")


def article(number: int) -> dict[str, Any]:
    place = PLACES[number % len(PLACES)]
    text = f"Bei einem Luftangriff auf {place} sind am Montag {number + 2} Menschen getötet worden."
    return {"id": f"a{number}", "text": text, "published": "2015-09-01"}


def items(count: int) -> list[str]:
    """Lines of JSON Lines: ``count`` articles; one comes twice, one is French, one is no JSON."""
    lines = [json.dumps(article(number)) for number in range(count)]
    lines.insert(3, json.dumps(article(1) | {"id": "again"}))
    lines.insert(5, json.dumps(article(5) | {"id": "fr", "lang": "fr"}))
    lines.insert(count - 1, "{broken")
    return lines


def write_archive(path: Path, count: int = 12) -> Path:
    path.write_text("\n".join(items(count)) + "\n", encoding="utf-8")
    return path


def contents(folder: Path) -> dict[str, bytes]:
    """All that a run has written, but for the lock."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def records(folder: Path) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = []
    for part in sorted(folder.glob("part-*.jsonl.zst")):
        text = zstandard.ZstdDecompressor().decompressobj().decompress(part.read_bytes())
        lines.extend(json.loads(line) for line in text.decode("utf-8").splitlines())
    return lines


def listed(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def run(*arguments: object) -> int:
    """Call ``geomap batch`` in this process; return its exit code."""
    with pytest.raises(SystemExit) as ended:
        main(["batch", *(str(argument) for argument in arguments)])
    code = ended.value.code
    return code if isinstance(code, int) else 0
