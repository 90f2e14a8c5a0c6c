"""Inputs in, articles out, one at a time; an input that cannot be used is reported, not fatal."""

from __future__ import annotations

import hashlib
import logging
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any, get_args

from geomap.articles.archives import (
    LINES_SUFFIXES,
    LONGEST_LINE,
    Kind,
    Tell,
    archive_kind,
    bounded_lines,
    is_packed,
    iter_archive,
    iter_lines,
    open_binary,
    starts_with_line,
)
from geomap.articles.characters import clean_strings
from geomap.articles.decoding import decode_text
from geomap.articles.files import open_file
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
from geomap.articles.language import detect_language, name_way_out
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

_JSON_SUFFIXES = (*LINES_SUFFIXES, ".json")
_JSON_START = re.compile(rb"""(?:\xef\xbb\xbf)?\s*\{\s*["}]""")
_MAX_TITLE = 160
_SPANS_NEED_LINES = "--given-spans asks for JSON Lines whose objects list 'toponyms'"

ErrorHandler = Callable[[GeomapError], None]
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RecordObject:
    """A JSON object that is no article to be parsed but a record that geomap made of one."""

    content: dict[str, Any]
    source: str
    line: int


def read_articles(
    files: Iterable[str],
    settings: Settings,
    on_error: ErrorHandler,
    *,
    take_id: Callable[[str], str] | None = None,
    tell: Tell = lambda _: None,
) -> Iterator[Article]:
    """Yield the articles of ``files``, records as the articles they were made of.

    Errors go to ``on_error`` and the rest goes on. Ids are made unique, by ``take_id`` if given: a
    second ``report`` becomes ``report-2``. ``tell`` is told the position in the archive being read.
    """
    take = take_id or UniqueIds().take
    for item in _read_files(files, settings, on_error, keep_records=False, tell=tell):
        if isinstance(item, Article):
            yield replace(item, id=take(item.id))


def read_inputs(
    files: Iterable[str], settings: Settings, on_error: ErrorHandler
) -> Iterator[Article | RecordObject]:
    """Yield the articles and records of ``files`` with the ids they have."""
    return _read_files(files, settings, on_error, keep_records=True)


def read_objects(source: str, on_error: ErrorHandler) -> Iterator[RecordObject]:
    """Yield every JSON object of a file or of standard input (``-``) as a record."""
    return _read_json(_read_bytes(source, None), source, on_error)


def _read_files(
    files: Iterable[str],
    settings: Settings,
    on_error: ErrorHandler,
    *,
    keep_records: bool,
    tell: Tell = lambda _: None,
) -> Iterator[Article | RecordObject]:
    for source in files:
        _log.debug("reading %s", _display(source))
        try:
            if source == "-":
                yield from _read_stdin(settings, on_error, keep_records)
            elif found := _open_archive(source, settings, on_error, tell):
                yield from _read_items(found, settings, _stem(source), on_error, keep_records)
            else:
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
            with open_file(source) as stream:
                data = stream.read(wanted)
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", source=_display(source)) from error
    if max_bytes is not None and len(data) > max_bytes:
        raise _too_long(_display(source), max_bytes)
    return data


def _too_long(source: str, limit: int) -> InputTooLongError:
    message = f"is longer than {limit:,} bytes; split it, or raise the limit with --max-bytes"
    return InputTooLongError(message, source=source, limit=limit)


def _open_archive(
    source: str, settings: Settings, on_error: ErrorHandler, tell: Tell
) -> Iterator[RecordObject] | None:
    """Return the objects of an archive one by one; None for what is read as a whole."""
    kind = archive_kind(source)
    if kind == "lines" and not is_packed(source) and not _is_by_line(source):
        return None
    return _read_archive(source, kind, settings, on_error, tell) if kind else None


def _read_stdin(
    settings: Settings, on_error: ErrorHandler, keep_records: bool
) -> Iterator[Article | RecordObject]:
    """Read JSON Lines line by line, anything else as a whole."""
    name, stream = _display("-"), sys.stdin.buffer
    head = stream.readline(LONGEST_LINE)
    if _JSON_START.match(head) and starts_with_line([head]):
        items = iter_lines(chain([head], bounded_lines(stream)), name)
        found = _as_records(items, name, on_error)
        yield from _read_items(found, settings, _stem("-"), on_error, keep_records)
    else:
        wanted = -1 if _JSON_START.match(head) else settings.max_bytes + 1
        data = head + stream.read(wanted)
        yield from _read_data(data, "-", settings, on_error, keep_records)


def _is_by_line(source: str) -> bool:
    """Return False for what one object fills, and for what is not UTF-8."""
    try:
        with open_binary(source) as (stream, _):
            return starts_with_line(bounded_lines(stream))
    except OSError:
        return False


def _read_archive(
    source: str, kind: Kind, settings: Settings, on_error: ErrorHandler, tell: Tell
) -> Iterator[RecordObject]:
    if settings.given_spans and kind != "lines":
        raise InputError(_SPANS_NEED_LINES, source=source)
    yield from _as_records(iter_archive(source, kind, settings, tell), source, on_error)


def _as_records(
    items: Iterable[tuple[int, dict[str, Any] | GeomapError]], source: str, on_error: ErrorHandler
) -> Iterator[RecordObject]:
    for number, item in items:
        if isinstance(item, GeomapError):
            on_error(item)
        else:
            yield RecordObject(item, source, number)


def _read_input(
    source: str, settings: Settings, on_error: ErrorHandler, keep_records: bool
) -> Iterator[Article | RecordObject]:
    is_json = Path(source).suffix.lower() in _JSON_SUFFIXES
    # A .jsonl may hold a whole archive: there the limit counts for each article.
    data = _read_bytes(source, None if is_json else settings.max_bytes)
    yield from _read_data(data, source, settings, on_error, keep_records)


def _read_data(
    data: bytes, source: str, settings: Settings, on_error: ErrorHandler, keep_records: bool
) -> Iterator[Article | RecordObject]:
    suffix = Path(source).suffix.lower()
    if suffix in _JSON_SUFFIXES or (source == "-" and _JSON_START.match(data)):
        found = _read_json(data, source, on_error)
        yield from _read_items(found, settings, _stem(source), on_error, keep_records)
        return
    if len(data) > settings.max_bytes:
        raise _too_long(_display(source), settings.max_bytes)
    if settings.given_spans:
        raise InputError(_SPANS_NEED_LINES, source=_display(source))
    if looks_like_html(data) or suffix in (".html", ".htm", ".xhtml"):
        yield _read_html(data, source, settings)
    else:
        yield _read_plain(data, source, settings)


def _stem(source: str) -> str:
    if source == "-":
        return "stdin"
    path = Path(source)
    if is_packed(source) and archive_kind(source):
        path = Path(path.stem)
    return str(clean_strings(path.stem))


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
    by_line = Path(source).suffix.lower() in LINES_SUFFIXES
    items = iter_objects(decode_text(data, name), name, by_line=by_line)
    yield from _as_records(items, name, on_error)


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
        f"line {line}: language {stated!r} is not read; geomap reads German and English"
        f"{name_way_out(stated.lower().split('-')[0])}"
    )
    raise UnsupportedLanguageError(message, source=source, lang=stated)


def parse_date(value: str) -> date:
    """Return an ISO date; raises ValueError with the form wanted."""
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ValueError(f"{value!r} is not a date like 2015-09-01") from error
