"""Inputs in, articles out, one at a time; an input that cannot be used is reported, not fatal."""

from __future__ import annotations

import glob
import hashlib
import logging
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, get_args

from geomap.articles.characters import clean_strings
from geomap.articles.decoding import decode_text
from geomap.articles.html import declared_encoding, extract_page, looks_like_html
from geomap.articles.identifiers import UniqueIds
from geomap.articles.jsonlines import (
    iter_objects,
    read_date,
    read_id,
    read_source,
    read_spans,
    read_string,
)
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
"""What is read of a folder; a .json must be named, as too many of them are something else."""

_LINES_SUFFIXES = (".jsonl", ".ndjson")
_JSON_SUFFIXES = (*_LINES_SUFFIXES, ".json")
_JSON_START = re.compile(rb"""(?:\xef\xbb\xbf)?\s*\{\s*["}]""")
_MAX_TITLE = 160

ErrorHandler = Callable[[GeomapError], None]
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RecordObject:
    """A JSON object that is no article to be parsed but a record that geomap made of one."""

    content: dict[str, Any]
    source: str
    line: int


def expand_inputs(inputs: Sequence[str], on_error: ErrorHandler) -> list[str]:
    """Return the files that files, folders, glob patterns and ``-`` stand for, in a stable order.

    What does not exist and a folder without readable files go to ``on_error``.
    """
    files: list[str] = []
    for item in inputs:
        try:
            files.extend(["-"] if item == "-" else _expand(item))
        except InputError as error:
            on_error(error)
    return list(dict.fromkeys(files))


def _expand(item: str) -> list[str]:
    path = Path(item)
    try:
        if path.is_dir():
            return _list_folder(path)
        if path.exists():
            return [item]
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", source=item) from error
    found = sorted(match for match in glob.glob(item, recursive=True) if Path(match).is_file())  # noqa: PTH207
    if not found:
        raise InputError("no such file or folder", source=item)
    return found


def _list_folder(path: Path) -> list[str]:
    found = sorted(str(p) for p in path.rglob("*") if p.suffix.lower() in SUFFIXES)
    if not found:
        raise InputError(f"folder holds no {', '.join(SUFFIXES)} file", source=str(path))
    return found


def read_articles(
    files: Iterable[str], settings: Settings, on_error: ErrorHandler
) -> Iterator[Article]:
    """Yield the articles of ``files``, records as the articles they were made of.

    Errors go to ``on_error`` and the rest goes on. Ids are made unique: a second ``report``
    becomes ``report-2``.
    """
    ids = UniqueIds()
    for item in _read_files(files, settings, on_error, keep_records=False):
        if isinstance(item, Article):
            yield replace(item, id=ids.take(item.id))


def read_inputs(
    files: Iterable[str], settings: Settings, on_error: ErrorHandler
) -> Iterator[Article | RecordObject]:
    """Yield the articles and records of ``files`` with the ids they have."""
    return _read_files(files, settings, on_error, keep_records=True)


def read_objects(source: str, on_error: ErrorHandler) -> Iterator[RecordObject]:
    """Yield every JSON object of a file or of standard input (``-``) as a record."""
    return _read_json(_read_bytes(source, None), source, on_error)


def _read_files(
    files: Iterable[str], settings: Settings, on_error: ErrorHandler, *, keep_records: bool
) -> Iterator[Article | RecordObject]:
    for source in files:
        _log.debug("reading %s", _display(source))
        try:
            yield from _read_input(source, settings, on_error, keep_records)
        except GeomapError as error:
            on_error(error)


def _is_record(item: dict[str, Any]) -> bool:
    # ``made_by`` tells a record whose schema was misspelt by hand: it must not pass for an article.
    return str(item.get("schema")).startswith("geomap/") or "made_by" in item


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


def _read_input(
    source: str, settings: Settings, on_error: ErrorHandler, keep_records: bool
) -> Iterator[Article | RecordObject]:
    suffix = Path(source).suffix.lower()
    is_json = suffix in _JSON_SUFFIXES
    # A .jsonl may hold a whole archive: there the limit counts for each article.
    data = _read_bytes(source, None if is_json or source == "-" else settings.max_bytes)
    if is_json or (source == "-" and _JSON_START.match(data)):
        found = _read_json(data, source, on_error)
        yield from _read_items(found, settings, _stem(source), on_error, keep_records)
        return
    if len(data) > settings.max_bytes:
        raise _too_long(_display(source), settings.max_bytes)
    if settings.given_spans:
        message = "--given-spans asks for JSON Lines whose objects list 'toponyms'"
        raise InputError(message, source=_display(source))
    if looks_like_html(data) or suffix in (".html", ".htm", ".xhtml"):
        yield _read_html(data, source, settings)
    else:
        yield _read_plain(data, source, settings)


def _stem(source: str) -> str:
    return "stdin" if source == "-" else str(clean_strings(Path(source).stem))


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


def _read_json(data: bytes, source: str, on_error: ErrorHandler) -> Iterator[RecordObject]:
    name = _display(source)
    by_line = Path(source).suffix.lower() in _LINES_SUFFIXES
    for number, item in iter_objects(decode_text(data, name), name, by_line=by_line):
        if isinstance(item, RecordError):
            on_error(item)
        else:
            yield RecordObject(item, name, number)


def _read_items(
    items: Iterable[RecordObject],
    settings: Settings,
    stem: str,
    on_error: ErrorHandler,
    keep_records: bool,
) -> Iterator[Article | RecordObject]:
    for item in items:
        if keep_records and _is_record(item.content):
            yield item
            continue
        try:
            article = _read_object(item, settings, stem)
        except GeomapError as error:
            on_error(error)
        else:
            yield article


def _read_object(found: RecordObject, settings: Settings, stem: str) -> Article:
    item, name, line = found.content, found.source, found.line
    text = read_string(item, "text", name, line)
    if text is None:
        raise RecordError("has no 'text'", source=name, line=line)
    if not text.strip():
        raise EmptyInputError(f"line {line}: 'text' is empty", source=name)
    if len(text.encode("utf-8")) > settings.max_bytes:
        raise _too_long(f"{name}, line {line}", settings.max_bytes)
    return Article(
        id=read_id(item, name, line) or f"{stem}-{line}",
        text=text,
        lang=settings.lang or _language_of(item, text, name, line),
        title=read_string(item, "title", name, line),
        published=settings.published or read_date(item, name, line),
        source=replace(read_source(item, name, line), sha256=_digest(text.encode("utf-8"))),
        given_spans=read_spans(item, name, line) if settings.given_spans else None,
    )


def _language_of(item: dict[str, Any], text: str, source: str, line: int) -> Lang:
    stated = read_string(item, "lang", source, line)
    if stated is None:
        return detect_language(text, f"{source}, line {line}")
    for lang in get_args(Lang):
        if stated.lower().split("-")[0] == lang:
            return "de" if lang == "de" else "en"
    message = (
        f"line {line}: language {stated!r} is not read; geomap reads German and English. To find"
        ' and place names in another language: "lang": "en" and --model fr_core_news_md'
    )
    raise UnsupportedLanguageError(message, source=source, lang=stated)


def parse_date(value: str) -> date:
    """Return an ISO date; raises ValueError with the form wanted."""
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ValueError(f"{value!r} is not a date like 2015-09-01") from error
