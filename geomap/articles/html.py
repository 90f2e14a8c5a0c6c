"""Saved web pages: the article's text and what the page says about itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from geomap.articles.characters import blank_controls, clean_strings
from geomap.errors import EmptyInputError
from geomap.models import Source

_SNIFF = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
_CHARSET = re.compile(rb"""<meta[^>]+charset=["']?([\w-]+)""", re.I)
_ARCHIVE = re.compile(r"^https?://(?:web\.archive\.org/web/|archive\.(?:is|ph|today)/)")
_UNTRUSTED_URL = re.compile(r"^(?!https?://)", re.I)


@dataclass(frozen=True, slots=True)
class Page:
    """What was extracted from a page: the text in paragraphs, its metadata."""

    text: str
    title: str | None
    published: date | None
    source: Source


def looks_like_html(data: bytes) -> bool:
    """Tell whether the bytes open like an HTML document."""
    return bool(_SNIFF.match(data.removeprefix(b"\xef\xbb\xbf")[:4000]))


def declared_encoding(data: bytes) -> str | None:
    """Return the encoding a page names in its ``<meta>``, if any."""
    match = _CHARSET.search(data[:4000])
    return match[1].decode("ascii") if match else None


def extract_page(html: str, source: str) -> Page:
    """Extract article text and metadata; raises EmptyInputError when the page holds no article.

    Only dates the page states are taken: htmldate's extensive search guesses from navigation.
    """
    import trafilatura

    document = trafilatura.bare_extraction(
        html,
        include_comments=False,
        include_tables=False,
        include_images=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    # Numeric character references can bring controls back.
    text = blank_controls(str(getattr(document, "text", None) or "")).strip()
    if document is None or isinstance(document, dict) or not text:
        raise EmptyInputError(
            "has no article text that could be found; copy the text into a .txt file",
            source=source,
        )
    return Page(
        text=_paragraphs(text),
        title=clean_strings(document.title) or None,
        published=date.fromisoformat(document.date) if document.date else None,
        source=_page_source(document.url, document.sitename, document.author),
    )


def _paragraphs(text: str) -> str:
    return "\n\n".join(line.strip() for line in text.splitlines() if line.strip())


def _page_source(url: str | None, publisher: str | None, author: str | None) -> Source:
    if url and _UNTRUSTED_URL.match(url):
        url = None
    archived = url if url and _ARCHIVE.match(url) else None
    return Source(
        url=clean_strings(url),
        publisher=clean_strings(publisher) or None,
        author=clean_strings(author) or None,
        archive_url=clean_strings(archived),
    )
