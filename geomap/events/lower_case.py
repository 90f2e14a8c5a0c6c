"""Text in lower case whose offsets stay those of the article."""

from __future__ import annotations


def lower(text: str) -> str:
    """Return ``text`` in lower case, and as long as it was."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    # "İ" becomes two characters: those that do are left as they are.
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
