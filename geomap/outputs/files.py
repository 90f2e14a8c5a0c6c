"""Files are written beside their target and renamed, so nothing already there is ever lost."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TextIO

from geomap.errors import OutputError


@contextmanager
def path_beside(target: Path) -> Iterator[Path]:
    """Yield a path beside ``target`` to write to; it replaces ``target`` if all goes well.

    Raises OutputError when the folder cannot be made or written to, and for a target that is no
    regular file: renaming over a device or a pipe would destroy it.
    """
    if target.exists() and not target.is_file():
        message = f"{target}: is not a regular file; name another"
        raise OutputError(message, path=target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(
            dir=target.parent, prefix=f".{target.stem}-", suffix=target.suffix, delete=False
        ) as stream:
            temporary = Path(stream.name)
    except OSError as error:
        raise _cannot_write(target, error) from error
    try:
        yield temporary
        # Temporary files are private; the result gets the rights any new file would.
        umask = os.umask(0)
        os.umask(umask)
        temporary.chmod(0o666 & ~umask)
        temporary.replace(target)
    except OutputError:
        raise
    except OSError as error:
        raise _cannot_write(target, error) from error
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def write_beside(target: Path) -> Iterator[TextIO]:
    """Yield a UTF-8 text stream whose contents become ``target`` if all goes well."""
    with (
        path_beside(target) as temporary,
        temporary.open("w", encoding="utf-8", newline="\n") as out,
    ):
        yield out


def _cannot_write(target: Path, error: OSError) -> OutputError:
    message = f"{target}: cannot be written ({error.strerror or error}); choose another place"
    return OutputError(message, path=target)
