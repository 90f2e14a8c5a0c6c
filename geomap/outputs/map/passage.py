"""The article's text as HTML, with its place names and event clauses marked."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise

from geomap.models import Lang
from geomap.outputs.map.views import ArticleView, EventView, is_resolved
from geomap.outputs.map.wording import say
from geomap.reasons import translate_reason
from geomap.records import ArticleRecord, ToponymRecord

_PARAGRAPH = re.compile(r"[^\r\n]*\S[^\r\n]*")


@dataclass(slots=True)
class _Span:
    """A marked piece of text: a scene (``events`` drawn there), or another place name."""

    start: int
    end: int
    css: str
    title: str = ""
    anchor: str = ""
    events: list[str] = field(default_factory=list)


def write_passage(article: ArticleView, lang: Lang, heading: str) -> str:
    """Return the text in paragraphs; scenes link to their events, clauses carry ``data-c``.

    A first paragraph that is the article's title becomes its heading, marked as the others are.
    """
    text = article.record.text
    spans = list(_choose(_find_scenes(article), _find_others(article, lang)))
    clauses = [e for e in article.events if e.mode and e.record.desc_end > e.record.desc_start]
    anchored: set[str] = set()
    paragraphs: list[str] = []
    for match in _PARAGRAPH.finditer(text):
        tag = heading if not paragraphs and opens_with_title(article.record) else "p"
        pieces = "".join(_write_pieces(text, match.span(), spans, clauses, anchored))
        paragraphs.append(f"<{tag}>{pieces}</{tag}>")
    return "\n".join(paragraphs)


def opens_with_title(record: ArticleRecord) -> bool:
    """Tell whether the text's first paragraph repeats the title."""
    first = _PARAGRAPH.search(record.text)
    return first is not None and first[0].strip() == (record.title or "").strip()


def _find_scenes(article: ArticleView) -> list[_Span]:
    ends = {toponym.start: toponym.end for toponym in article.record.toponyms}
    scenes: dict[int, _Span] = {}
    for event in article.events:
        for start, end, css in _find_mentions(event, ends):
            span = scenes.setdefault(start, _Span(start, end, f"scene {css}"))
            if event.mode:
                if not span.events:
                    span.css = f"scene {css} k-{event.kind.id}"
                span.events.append(event.id)
            elif not span.events:
                span.css, span.title = "place undrawn", event.why_not or ""
    return list(scenes.values())


def _find_mentions(event: EventView, ends: dict[int, int]) -> Iterator[tuple[int, int, str]]:
    start = event.record.location_start
    if start is not None:
        yield start, ends.get(start, event.record.location_end or start), "named"
    relation = event.record.relation
    if relation and relation.other_start in ends:
        yield relation.other_start, ends[relation.other_start], "meant"
    for mention in event.record.mentions:
        yield mention.start, mention.end, "meant"


def _find_others(article: ArticleView, lang: Lang) -> list[_Span]:
    listed = {place.start for place in article.places}
    return [
        _mark_other(t, anchor_of(article, t.start) if t.start in listed else "", lang)
        for t in article.record.toponyms
    ]


def anchor_of(article: ArticleView, start: int) -> str:
    """Return the id of a place name in the text."""
    return f"t{article.number}-{start}"


def _mark_other(toponym: ToponymRecord, anchor: str, lang: Lang) -> _Span:
    if not is_resolved(toponym):
        reason = translate_reason(toponym.reason, lang)
        title = ": ".join(part for part in (say("unresolved", lang), reason) if part)
        return _Span(toponym.start, toponym.end, "place unresolved", title, anchor)
    title = f"{toponym.name or toponym.text}: {say(f'role_{toponym.role}', lang)}"
    return _Span(toponym.start, toponym.end, "place other", title, anchor)


def _choose(scenes: list[_Span], others: list[_Span]) -> Iterator[_Span]:
    """Yield spans in text order, none overlapping: scenes before other names."""
    taken: list[_Span] = []
    for span in [*scenes, *others]:
        at = bisect_left(taken, span.start, key=lambda t: t.start)
        clear_before = at == 0 or taken[at - 1].end <= span.start
        clear_after = at == len(taken) or taken[at].start >= span.end
        if span.start < span.end and clear_before and clear_after:
            taken.insert(at, span)
    yield from taken


def _write_pieces(
    text: str,
    paragraph: tuple[int, int],
    spans: list[_Span],
    clauses: list[EventView],
    anchored: set[str],
) -> Iterator[str]:
    first, last = paragraph
    inside = [s for s in spans if first <= s.start and s.end <= last]
    near = [c for c in clauses if c.record.desc_start < last and c.record.desc_end > first]
    starts = {span.start: span for span in inside}
    cuts = _cut(first, last, inside, near)
    for start, end in pairwise(cuts):
        covering = [c.id for c in near if c.record.desc_start < end and c.record.desc_end > start]
        yield _write_piece(escape(text[start:end]), starts.get(start), covering, anchored)


def _cut(first: int, last: int, spans: list[_Span], clauses: list[EventView]) -> list[int]:
    edges = {first, last}
    edges |= {edge for c in clauses for edge in (c.record.desc_start, c.record.desc_end)}
    edges = {e for e in edges if not any(s.start < e < s.end for s in spans)}
    edges |= {edge for span in spans for edge in (span.start, span.end)}
    return sorted(edge for edge in edges if first <= edge <= last)


def _write_piece(text: str, span: _Span | None, covering: list[str], anchored: set[str]) -> str:
    clause = f' data-c="{" ".join(covering)}"' if covering else ""
    if span is None:
        return f"<span{clause}>{text}</span>" if clause else text
    title = f' title="{escape(span.title)}"' if span.title else ""
    if not span.events:
        anchor = f' id="{span.anchor}"' if span.anchor else ""
        return f'<span class="{span.css}"{anchor}{title}{clause}>{text}</span>'
    anchor = "".join(f'<i id="m-{i}"></i>' for i in span.events if i not in anchored)
    anchored.update(span.events)
    events = " ".join(span.events)
    return (
        f'{anchor}<a class="{span.css}" href="#{span.events[0]}" data-ev="{events}"'
        f"{clause}>{text}</a>"
    )
