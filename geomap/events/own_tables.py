"""Tables of one's own that add to the lists geomap ships: CSV, refused as a whole where one line errs."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from geomap.errors import InputError


def own_table(given: Path | None, variable: str) -> str:
    """Return the path of the user's table: that given, else the environment's; "" for none."""
    return str(given) if given else os.environ.get(variable, "").strip()


def read_table(path: str, named_by: str) -> str:
    """Return the text of a table in UTF-8; InputError, which tells what named it, if there is none."""
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 ({named_by})", source=path) from error
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise InputError(f"{reason} ({named_by})", source=path) from error


def read_rows(
    text: str, columns: Sequence[str], source: str
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line, cells by column) of a CSV table; InputError names the line that is not as it must be."""
    reader = csv.DictReader(text.splitlines(), strict=True)
    try:
        missing = [name for name in columns if name not in (reader.fieldnames or ())]
        if missing:
            message = f"line 1: no column {', '.join(missing)} (columns: {','.join(columns)})"
            raise InputError(message, source=source)
        for row in reader:
            line = reader.line_num
            if None in row:
                raise InputError(f"line {line}: more cells than columns", source=source)
            yield line, {name: (row.get(name) or "").strip() for name in columns}
    except csv.Error as error:
        raise InputError(f"line {reader.line_num}: {error}", source=source) from error


def split_cell(cell: str) -> tuple[str, ...]:
    """Return the parts of a cell that a bar separates."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())
