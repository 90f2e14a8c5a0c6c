"""Inputs in, articles out, one at a time; an input that cannot be used is reported, not fatal."""

from __future__ import annotations

import glob
import hashlib
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, get_args

from geomap.articles.decoding import decode_text
from geomap.articles.html import declared_encoding, extract_page, looks_like_html
from geomap.articles.jsonlines import iter_objects, read_date, read_source, read_spans, read_string
from geomap.articles.language import detect_language
from geomap.errors import (
    EmptyInputError,
    GeomapError,
    InputError,
    InputTooLongError,
    RecordError,
    UnsupportedLanguageError,
)
from geomap.models import Article, Lang, Source
from geomap.settings import Settings

SUFFIXES = (".txt", ".md", ".html", ".htm", ".xhtml", ".jsonl", ".ndjson")
_LINES_SUFFIXES = (".jsonl", ".ndjson")
_MAX_TITLE = 160

ErrorHandler = Callable[[GeomapError], None]


def expand_inputs(inputs: Sequence[str]) -> list[str]:
    """Return the files that files, folders, glob patterns and ``-`` stand for, in a stable order.

    Raises InputError for what does not exist and for a folder without readable files.
    """
    files: list[str] = []
    for item in inputs:
        files.extend(["-"] if item == "-" else _expand(item))
    return list(dict.fromkeys(files))


def _expand(item: str) -> list[str]:
    path = Path(item)
    if path.is_dir():
        found = sorted(str(p) for p in path.rglob("*") if p.suffix.lower() in SUFFIXES)
        if not found:
            raise InputError(f"folder holds no {', '.join(SUFFIXES)} file", source=item)
        return found
    if path.exists():
        return [item]
    found = sorted(match for match in glob.glob(item, recursive=True) if Path(match).is_file())  # noqa: PTH207
    if not found:
        raise InputError("no such file or folder", source=item)
    return found


def read_articles(
    inputs: Sequence[str], settings: Settings, on_error: ErrorHandler
) -> Iterator[Article]:
    """Yield the articles of ``inputs``; errors go to ``on_error`` and the rest goes on.

    Ids are made unique: a second ``report`` becomes ``report-2``.
    """
    seen: set[str] = set()
    for source in expand_inputs(inputs):
        try:
            for article in _read_input(source, settings, on_error):
                yield _with_unique_id(article, seen)
        except GeomapError as error:
            on_error(error)


def _with_unique_id(article: Article, seen: set[str]) -> Article:
    candidate, number = article.id, 1
    while candidate in seen:
        number += 1
        candidate = f"{article.id}-{number}"
    seen.add(candidate)
    return article if candidate == article.id else replace(article, id=candidate)


def read_text(source: str, max_bytes: int | None = None) -> str:
    """Return the decoded text of a file or of standard input (``-``)."""
    return decode_text(_read_bytes(source, max_bytes), _display(source))


def _display(source: str) -> str:
    return "standard input" if source == "-" else source


def _read_bytes(source: str, max_bytes: int | None) -> bytes:
    wanted = -1 if max_bytes is None else max_bytes + 1
    try:
        if source == "-":
            data = sys.stdin.buffer.read(wanted)
        else:
            with Path(source).open("rb") as stream:
                data = stream.read(wanted)
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", source=_display(source)) from error
    if max_bytes is not None and len(data) > max_bytes:
        raise _too_long(_display(source), max_bytes)
    return data


def _too_long(source: str, limit: int) -> InputTooLongError:
    message = f"is longer than {limit:,} bytes; split it, or raise the limit with --max-bytes"
    return InputTooLongError(message, source=source, limit=limit)


def _read_input(source: str, settings: Settings, on_error: ErrorHandler) -> Iterator[Article]:
    suffix = Path(source).suffix.lower()
    by_line = suffix in _LINES_SUFFIXES
    # A .jsonl may hold a whole archive: there the limit counts for each article.
    data = _read_bytes(source, None if by_line or source == "-" else settings.max_bytes)
    if by_line or (source == "-" and data.lstrip()[:1] == b"{"):
        yield from _read_lines(decode_text(data, _display(source)), source, settings, on_error)
        return
    if len(data) > settings.max_bytes:
        raise _too_long(_display(source), settings.max_bytes)
    if looks_like_html(data) or suffix in (".html", ".htm", ".xhtml"):
        yield _read_html(data, source, settings)
    else:
        yield _read_plain(data, source, settings)


def _stem(source: str) -> str:
    return "stdin" if source == "-" else Path(source).stem


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _read_plain(data: bytes, source: str, settings: Settings) -> Article:
    text = decode_text(data, _display(source))
    return Article(
        id=_stem(source),
        text=text,
        lang=settings.lang or detect_language(text, _display(source)),
        title=_headline(text),
        published=settings.published,
        source=Source(sha256=_digest(data)),
    )


def _headline(text: str) -> str | None:
    """Return the first line where it reads as a headline: short, apart, no full stop."""
    first, _, rest = text.lstrip("\n").partition("\n")
    first = first.strip()
    apart = rest.startswith("\n") and rest.strip()
    fits = 0 < len(first) <= _MAX_TITLE and not first.endswith((".", ":", ",", ";"))
    return first if apart and fits else None


def _read_html(data: bytes, source: str, settings: Settings) -> Article:
    name = _display(source)
    page = extract_page(decode_text(data, name, declared_encoding(data)), name)
    return Article(
        id=_stem(source),
        text=page.text,
        lang=settings.lang or detect_language(page.text, name),
        title=page.title,
        published=settings.published or page.published,
        source=replace(page.source, sha256=_digest(data)),
    )


def _read_lines(
    text: str, source: str, settings: Settings, on_error: ErrorHandler
) -> Iterator[Article]:
    for number, item in iter_objects(text, _display(source)):
        try:
            if isinstance(item, RecordError):
                raise item
            yield _read_object(item, source, number, settings)
        except GeomapError as error:
            on_error(error)


def _read_object(item: dict[str, Any], source: str, line: int, settings: Settings) -> Article:
    name = _display(source)
    text = read_string(item, "text", name, line)
    if text is None:
        raise RecordError("has no 'text'", source=name, line=line)
    if not text.strip():
        raise EmptyInputError(f"line {line}: 'text' is empty", source=name)
    if len(text.encode("utf-8", "surrogatepass")) > settings.max_bytes:
        raise _too_long(f"{name}, line {line}", settings.max_bytes)
    return Article(
        id=str(item.get("id") or f"{_stem(source)}-{line}"),
        text=_without_surrogates(text),
        lang=settings.lang or _language_of(item, text, name, line),
        title=read_string(item, "title", name, line),
        published=settings.published or read_date(item, name, line),
        source=replace(
            read_source(item, name, line), sha256=_digest(text.encode("utf-8", "replace"))
        ),
        given_spans=read_spans(item, name, line) if settings.given_spans else None,
    )


def _without_surrogates(text: str) -> str:
    """Replace lone surrogates one for one (offsets stay), as no output encoding can hold them."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _language_of(item: dict[str, Any], text: str, source: str, line: int) -> Lang:
    stated = read_string(item, "lang", source, line)
    if stated is None:
        return detect_language(text, f"{source}, line {line}")
    for lang in get_args(Lang):
        if stated.lower().split("-")[0] == lang:
            return "de" if lang == "de" else "en"
    message = (
        f"line {line}: language {stated!r} is not read; geomap reads German and English (--lang)"
    )
    raise UnsupportedLanguageError(message, source=source, lang=stated)


def parse_date(value: str) -> date:
    """Return an ISO date; raises ValueError with the form wanted."""
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ValueError(f"{value!r} is not a date like 2015-09-01") from error
