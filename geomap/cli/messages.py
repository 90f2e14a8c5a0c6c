"""What the user is told on stderr: one line a message, through the ``geomap`` logger."""

from __future__ import annotations

import logging
import re

import click

# Escape codes repaint a terminal, and bidirectional controls reorder what is read on it; articles,
# ids and file names may hold either. Lone surrogates cannot be printed at all.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
# An address may turn up in any message, where a file was expected for one.
_PASSWORD = re.compile(r"(:/+[^\s:/@]*):\S+@")
_LEVELS = {-2: logging.ERROR, -1: logging.WARNING, 0: logging.INFO, 1: logging.DEBUG}

log = logging.getLogger("geomap.cli")


def printable(text: str) -> str:
    r"""Return ``text`` with control characters made visible, as ``\x1b`` or ``\u202e``."""
    return _UNSAFE.sub(_make_visible, text)


def without_passwords(text: str) -> str:
    """Return ``text`` with the passwords in addresses (``x://user:password@host``) left out."""
    return _PASSWORD.sub(r"\1@", text)


def _make_visible(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


class _OneLine(logging.Handler):
    """Writes each message as one line; what went wrong begins with the program's name."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write ``record`` to whatever stderr is now."""
        prefix = "geomap: " if record.levelno >= logging.WARNING else ""
        click.echo(prefix + without_passwords(printable(record.getMessage())), err=True)


def set_up_logging(verbosity: int = 0) -> None:
    """Send geomap's own messages to stderr: -2 errors, -1 warnings, 0 summaries, 1 remarks.

    Messages of other libraries are dropped.
    """
    logger = logging.getLogger("geomap")
    logger.setLevel(_LEVELS[max(-2, min(1, verbosity))])
    if not any(isinstance(handler, _OneLine) for handler in logger.handlers):
        logger.addHandler(_OneLine())
        # Without any handler, Python writes the warnings of every library to stderr.
        logging.getLogger().addHandler(logging.NullHandler())
