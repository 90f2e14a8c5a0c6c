"""Where an article comes from: named, linked where the address is safe to open, cited."""

from __future__ import annotations

from urllib.parse import urlsplit

from geomap.models import Lang
from geomap.outputs.map.phrases import say_day
from geomap.outputs.map.wording import say
from geomap.records import ArticleRecord


def find_host(url: str | None) -> str | None:
    """Return the host of a web address; None for whatever is none and shall not be a link."""
    try:
        address = urlsplit(url or "")
        host = address.hostname
    except ValueError:
        return None
    return host if address.scheme in ("http", "https") else None


def name_article(record: ArticleRecord) -> str:
    """Return the headline, or the id of an article without one."""
    return record.title or record.id


def name_source(record: ArticleRecord, lang: Lang) -> list[str]:
    """Return publisher, author and day, as far as known."""
    source = record.source
    day = say("published", lang, date=say_day(record.published, lang)) if record.published else None
    return [part for part in (source.publisher, source.author, day) if part]


def cite(record: ArticleRecord, lang: Lang) -> str:
    """Return a line to quote the article by: author, headline, publisher, day, address."""
    source = record.source
    headline = f"„{record.title}“" if lang == "de" else f"“{record.title}”"
    parts = [
        f"{source.author}:" if source.author else None,
        f"{headline}," if record.title else f"{record.id},",
        f"{source.publisher}," if source.publisher else None,
        say_day(record.published, lang),
    ]
    words = " ".join(part for part in parts if part).rstrip(",") + "."
    if source.url:
        words += f" {source.url}"
    if source.retrieved:
        words += f" ({say('retrieved', lang, date=say_day(source.retrieved[:10], lang))})"
    return words
