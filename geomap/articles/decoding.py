"""From bytes to text: refuses what is not text, finds the encoding of what is."""

from __future__ import annotations

import re
from contextlib import suppress

from geomap.articles.characters import blank_controls
from geomap.errors import BinaryInputError, EmptyInputError, UndecodableInputError

# Formats that hold text but are not text, by their first bytes, with the way out.
_CONVERTIBLE = (
    (b"%PDF", "is a PDF; turn it into text first: pdftotext -layout IN.pdf OUT.txt"),
    (b"{\\rtf", "is RTF; save it as plain text (UTF-8) from your word processor"),
    (b"\xd0\xcf\x11\xe0", "is an old Word file; save it as plain text (UTF-8) from Word"),
    (b"\x1f\x8b", "is gzip-compressed; unpack it first: gunzip FILE.gz"),
)
_OFFICE = {
    b"word/": "is a Word document; save it as plain text, or: pandoc IN.docx -t plain -o OUT.txt",
    b"opendocument": "is an OpenDocument file; save it as plain text (UTF-8)",
}
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# Tried by charset-normalizer when a file is not UTF-8: what German and English texts come in.
_LEGACY = [
    "cp1252",
    "latin_1",
    "iso8859_15",
    "mac_roman",
    "cp850",
    "cp437",
    "utf_16_le",
    "utf_16_be",
]
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MAX_CONTROL_SHARE = 0.002


def decode_text(data: bytes, source: str, declared: str | None = None) -> str:
    """Decode ``data``; every line end becomes a line feed, a byte order mark goes.

    Other control characters (form feeds, escape codes) become spaces. ``declared`` is the encoding
    the document itself names, tried when it is not UTF-8. Raises EmptyInputError, BinaryInputError
    (with how to convert PDF, DOCX …) or UndecodableInputError.
    """
    if not data.strip():
        raise EmptyInputError("is empty; give a file with the article's text", source=source)
    _refuse_binary(data, source)
    text = _decode(data, source, declared)
    if len(_CONTROL.findall(text)) > _MAX_CONTROL_SHARE * len(text):
        raise BinaryInputError("looks binary, not text; give plain text or HTML", source=source)
    text = blank_controls(text.replace("\r\n", "\n").replace("\r", "\n"))
    if not text.strip():
        raise EmptyInputError("holds only white space", source=source)
    return text


def _refuse_binary(data: bytes, source: str) -> None:
    for magic, advice in _CONVERTIBLE:
        if data.startswith(magic):
            raise BinaryInputError(advice, source=source)
    if data.startswith(b"PK\x03\x04"):
        advice = next(
            (a for mark, a in _OFFICE.items() if mark in data), "is a ZIP archive; unpack it"
        )
        raise BinaryInputError(advice, source=source)


def _decode(data: bytes, source: str, declared: str | None) -> str:
    for bom, marked in _BOMS:
        if data.startswith(bom):
            return _decode_as(data, marked, source)
    encodings: tuple[str | None, ...] = ("utf-8", declared)
    for encoding in encodings:
        with suppress(UnicodeDecodeError, LookupError):
            if encoding:
                return data.decode(encoding)
    return _decode_legacy(data, source)


def _decode_as(data: bytes, encoding: str, source: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UndecodableInputError(
            f"starts like {encoding} but breaks at byte {error.start}; save it as UTF-8",
            source=source,
        ) from error


def _decode_legacy(data: bytes, source: str) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=_LEGACY).best()
    if best is None:
        raise UndecodableInputError("fits no known text encoding; save it as UTF-8", source=source)
    return str(best)
