"""Characters that no article means and no output format can hold, replaced one for one."""

from __future__ import annotations

import re
from typing import Any

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def blank_controls(text: str) -> str:
    """Replace control characters (C0 and C1) other than tab and line feed by spaces.

    One for one, so that offsets into the text stay valid.
    """
    return _CONTROLS.sub(" ", text)


def clean_strings(value: Any) -> Any:
    """Return a JSON value whose strings hold neither control characters nor lone surrogates."""
    if isinstance(value, str):
        return blank_controls(_without_surrogates(value))
    if isinstance(value, list):
        return [clean_strings(item) for item in value]
    if isinstance(value, dict):
        return {clean_strings(key): clean_strings(item) for key, item in value.items()}
    return value


def _without_surrogates(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
