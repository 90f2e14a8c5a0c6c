"""The files that the inputs named on a command line stand for."""

from __future__ import annotations

import glob
from collections.abc import Callable, Sequence
from pathlib import Path

from geomap.articles.archives import TABLE_SUFFIXES, archive_kind, is_packed
from geomap.articles.files import expand_url, is_url
from geomap.errors import GeomapError, InputError

SUFFIXES = (".txt", ".md", ".html", ".htm", ".xhtml", ".jsonl", ".ndjson")
"""What is read of a folder; a .json must be named, as too many of them are something else."""

ErrorHandler = Callable[[GeomapError], None]


def expand_inputs(
    inputs: Sequence[str], on_error: ErrorHandler, *, archives: bool = False
) -> list[str]:
    """Return the files that files, folders, glob patterns and ``-`` stand for, in a stable order.

    ``archives``: of a folder, tables and compressed JSON Lines are taken too. What does not exist
    and a folder without readable files go to ``on_error``.
    """
    files: list[str] = []
    for item in inputs:
        try:
            files.extend(["-"] if item == "-" else _expand(item, archives))
        except InputError as error:
            on_error(error)
    return list(dict.fromkeys(files))


def _expand(item: str, archives: bool) -> list[str]:
    if is_url(item):
        return expand_url(item, lambda name: _is_taken(Path(name), archives))
    path = Path(item)
    try:
        if path.is_dir():
            return _list_folder(path, archives)
        if path.exists():
            return [item]
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", source=item) from error
    found = sorted(match for match in glob.glob(item, recursive=True) if Path(match).is_file())  # noqa: PTH207
    if not found:
        raise InputError("no such file or folder", source=item)
    return found


def _list_folder(path: Path, archives: bool) -> list[str]:
    found = sorted(str(p) for p in path.rglob("*") if _is_taken(p, archives))
    if not found:
        suffixes = _suffixes(archives)
        raise InputError(f"folder holds no {', '.join(suffixes)} file", source=str(path))
    return found


def _suffixes(archives: bool) -> tuple[str, ...]:
    return (*SUFFIXES, *TABLE_SUFFIXES) if archives else SUFFIXES


def _is_taken(path: Path, archives: bool) -> bool:
    """Tell whether a file of a folder is one to read."""
    if path.suffix.lower() in _suffixes(archives):
        return True
    return archives and is_packed(path.name) and archive_kind(path.name) is not None
