"""Input files by path, or by URL: those go through fsspec, where it is installed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from geomap.errors import InputError

_PASSWORD = re.compile(r"(?<=://)[^/]*@")


def is_url(name: str) -> bool:
    """Tell whether a name is a URL, and not a path on this machine."""
    return "://" in name


def without_password(url: str) -> str:
    """Return a URL as it may be shown."""
    return _PASSWORD.sub("", url)


def open_file(source: str) -> IO[bytes]:
    """Open a file to read its bytes. Raises OSError, for URLs also InputError."""
    if not is_url(source):
        return Path(source).open("rb")
    with _telling(source):
        files, path = _find(source)
        stream: IO[bytes] = files.open(path, "rb")
        return stream


def size_of(source: str) -> int:
    """Return the bytes of a file, 0 where that cannot be told."""
    try:
        if not is_url(source):
            return Path(source).stat().st_size
        with _telling(source):
            files, path = _find(source)
            return int(files.size(path) or 0)
    except (OSError, InputError):
        return 0


def expand_url(url: str, is_wanted: Callable[[str], bool]) -> list[str]:
    """Return the URLs that a URL of a file or folder, or a glob pattern, stands for, sorted.

    Of a folder, the files whose names are wanted are taken. Raises InputError if there are none.
    """
    with _telling(url):
        files, path = _find(url)
        if "*" in path or "?" in path:
            found = [match for match in files.glob(path) if files.isfile(match)]
        elif files.isfile(path):
            return [url]
        else:
            found = [match for match in files.find(path) if is_wanted(match)]
        names = [files.unstrip_protocol(match) for match in sorted(found)]
    if not names:
        raise InputError("no such file, and no folder with files", source=without_password(url))
    return names


def _find(url: str) -> tuple[Any, str]:
    """Return the file system of a URL, and its path there."""
    try:
        import fsspec
    except ImportError as error:
        message = "a URL needs more than is installed: pip install 'geomap[cluster]'"
        raise InputError(message, source=without_password(url)) from error
    files, path = fsspec.core.url_to_fs(url)
    return files, str(path)


@contextmanager
def _telling(url: str) -> Iterator[None]:
    """Turn what a file system's library raises, each its own, into InputError."""
    try:
        yield
    except InputError:
        raise
    except Exception as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        message = f"cannot be read ({reason})"
        raise InputError(message, source=without_password(url)) from error
