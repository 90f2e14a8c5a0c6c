"""Every error geomap raises on purpose.

::

    GeomapError
    ├── InputError (ValueError)        an input cannot be used; ``.source`` says which one
    │   ├── EmptyInputError            nothing in it to read
    │   ├── BinaryInputError           not text, or a format to be converted first (PDF, DOCX …)
    │   ├── UndecodableInputError      no text encoding fits
    │   ├── InputTooLongError          over the limit; ``.limit``
    │   ├── UnsupportedLanguageError   neither German nor English; ``.lang``
    │   └── RecordError                a JSON Lines record is not of the documented form; ``.line``
    ├── GazetteerError (RuntimeError)  gazetteer missing, damaged or of another version; ``.path``
    ├── ModelError (RuntimeError)      a recognition model is missing or unfit; ``.model``
    ├── GeocodingError (ConnectionError)  an opt-in geocoding service failed; ``.provider``
    └── OutputError (OSError)          a result cannot be written; ``.path``
        └── DatabaseError              a database cannot be reached or refuses

A message is one line: what is wrong, and what to do about it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any


class GeomapError(Exception):
    """Root of all errors raised by geomap on purpose."""

    def __reduce__(self) -> tuple[Any, ...]:
        # Exceptions are pickled as a call with their positional arguments, which would not do here.
        return _rebuild, (type(self), self.args, self.__dict__)


def _rebuild(kind: type[GeomapError], args: tuple[Any, ...], state: dict[str, Any]) -> GeomapError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class InputError(GeomapError, ValueError):
    """An input cannot be used; ``source`` names the file or stream."""

    def __init__(self, message: str, *, source: str) -> None:
        super().__init__(f"{source}: {message}")
        self.source = source


class EmptyInputError(InputError):
    """The input holds no text."""


class BinaryInputError(InputError):
    """The input is not text, or is in a format that must be turned into text first."""


class UndecodableInputError(InputError):
    """No text encoding fits the input's bytes."""


class InputTooLongError(InputError):
    """The input is longer than ``limit`` bytes."""

    def __init__(self, message: str, *, source: str, limit: int) -> None:
        super().__init__(message, source=source)
        self.limit = limit


class UnsupportedLanguageError(InputError):
    """The text is in language ``lang`` (ISO 639-1), which geomap does not read."""

    def __init__(self, message: str, *, source: str, lang: str) -> None:
        super().__init__(message, source=source)
        self.lang = lang


class RecordError(InputError):
    """Line ``line`` (from 1) of a JSON Lines input is not of the documented form."""

    def __init__(self, message: str, *, source: str, line: int) -> None:
        super().__init__(f"line {line}: {message}", source=source)
        self.line = line


class GazetteerError(GeomapError, RuntimeError):
    """The gazetteer at ``path`` is missing, damaged or of another version."""

    def __init__(self, message: str, *, path: Path | None = None) -> None:
        super().__init__(message)
        self.path = path


class ModelError(GeomapError, RuntimeError):
    """The recognition model ``model`` is missing or unfit."""

    def __init__(self, message: str, *, model: str) -> None:
        super().__init__(message)
        self.model = model


class GeocodingError(GeomapError, ConnectionError):
    """The geocoding service ``provider`` failed or refused."""

    def __init__(self, message: str, *, provider: str) -> None:
        super().__init__(message)
        self.provider = provider


class OutputError(GeomapError, OSError):
    """A result cannot be written to ``path``."""

    def __init__(self, message: str, *, path: Path | None = None) -> None:
        super().__init__(message)
        self.path = path


class DatabaseError(OutputError):
    """A database cannot be reached, refuses, or went away; passwords are never told."""
