"""Files that outlast a power cut: what is written is on the disk before anything counts on it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def fsync(path: Path) -> None:
    """Have the disk write what it holds back of a file, or of a folder: the names in it."""
    with suppress(OSError):  # Windows opens no folders.
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
