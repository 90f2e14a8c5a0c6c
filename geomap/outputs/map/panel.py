"""The part of the page that is no map: headline, text, lists. Escaped HTML, readable as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import urlsplit

from geomap.models import Lang
from geomap.outputs.map.passage import opens_with_title, write_passage
from geomap.outputs.map.views import ArticleView, EventView, PlaceView
from geomap.outputs.map.wording import say, say_day, say_when
from geomap.outputs.tables import list_licences
from geomap.records import ArticleRecord


def write_body(articles: Sequence[ArticleView], *, title: str, with_text: bool, lang: Lang) -> str:
    """Return the body of the page, ``<!--map-->`` where the map goes."""
    single = len(articles) == 1
    # The text brings its own headline along, with the places in it marked.
    own_heading = (
        single
        and with_text
        and opens_with_title(articles[0].record)
        and title == articles[0].record.title
    )
    sections = "\n".join(
        _write_article(a, single=single, alone=own_heading, with_text=with_text, lang=lang)
        for a in articles
    )
    return (
        f'<a class="skip" href="#panel">{say("skip", lang)}</a>\n'
        f'<main id="stage" aria-label="{say("map", lang)}"><!--map-->\n'
        f'<details id="legend" open><summary>{say("legend", lang)}</summary>'
        '<ul id="kinds"></ul><ul id="signs"></ul></details></main>\n'
        f'<aside id="panel" tabindex="-1" aria-label="{say("articles", lang)}">\n'
        f"{_write_header(articles, '' if own_heading else title, lang)}\n{sections}\n"
        f'<footer>{_write_credits(articles, lang)}<p class="keys">{say("keys", lang)}</p>'
        "</footer>\n</aside>\n"
        '<div id="status" role="status" aria-live="polite"></div>'
    )


def _write_credits(articles: Sequence[ArticleView], lang: Lang) -> str:
    """Return whom to credit for places that no gazetteer of ours knew."""
    licences = list_licences(t for article in articles for t in article.record.toponyms)
    if not licences:
        return ""
    listed = "; ".join(f"<bdi>{escape(text)}</bdi>" for text in licences)
    return f'<p class="credits">{say("geocoded", lang)}: {listed}</p>'


def _write_header(articles: Sequence[ArticleView], title: str, lang: Lang) -> str:
    theme, download = say("theme", lang), say("download", lang)
    heading = f'<h1 dir="auto">{escape(title)}</h1>' if title else ""
    return (
        '<header><div class="tools">'
        f'<p class="notice">{say("notice", lang)}</p>'
        f'<button type="button" id="theme" aria-label="{theme}" title="{theme}">◐</button>'
        f'<button type="button" id="download" title="{download}">GeoJSON</button></div>\n'
        f"{heading}{_write_chooser(articles, lang)}</header>"
    )


def _write_chooser(articles: Sequence[ArticleView], lang: Lang) -> str:
    if len(articles) == 1:
        return ""
    options = "".join(
        f'<option value="{a.number}">{escape(_headline(a.record))}</option>' for a in articles
    )
    every = f'<option value="">{say("all_articles", lang)} ({len(articles)})</option>'
    label = say("article", lang)
    return f'<select id="chooser" aria-label="{label}">{every}{options}</select>'


def _headline(record: ArticleRecord) -> str:
    return record.title or record.id


def _write_article(
    article: ArticleView, *, single: bool, alone: bool, with_text: bool, lang: Lang
) -> str:
    record = article.record
    level = 2 if single else 3
    repeats = with_text and opens_with_title(record)
    headline = "" if single or repeats else f'<h2 dir="auto">{escape(_headline(record))}</h2>'
    text = ""
    if with_text:
        # On its own the text's headline is the page's; else it ranks below the page's title.
        passage = write_passage(article, lang, "h1" if alone else "h2")
        text = f'<div class="text" lang="{record.lang}" dir="auto">\n{passage}\n</div>'
    source = _write_source(record, lang)
    parts = [headline, source, text]
    parts += [_write_events(article, level, lang), _write_off_map(article, level, lang)]
    content = "\n".join(part for part in parts if part)
    return f'<section class="article" id="article-{article.number}">\n{content}\n</section>'


def _write_source(record: ArticleRecord, lang: Lang) -> str:
    source = record.source
    parts = [f"<bdi>{escape(name)}</bdi>" for name in (source.publisher, source.author) if name]
    if record.published:
        words = say("published", lang, date=say_day(record.published, lang))
        parts.append(escape(words))
    if source.url:
        parts.append(_write_link(source.url))
    if source.retrieved:
        day = say_day(source.retrieved[:10], lang)
        parts.append(escape(say("retrieved", lang, date=day)))
    return f'<p class="source">{" · ".join(parts)}</p>' if parts else ""


def _write_link(url: str) -> str:
    try:
        address = urlsplit(url)
        host = address.hostname
    except ValueError:
        return f"<bdi>{escape(url)}</bdi>"
    if address.scheme not in ("http", "https") or not host:
        return f"<bdi>{escape(url)}</bdi>"
    return f'<a href="{escape(url)}" rel="noreferrer noopener"><bdi>{escape(host)}</bdi></a>'


def _write_events(article: ArticleView, level: int, lang: Lang) -> str:
    drawn = [event for event in article.events if event.mode]
    heading = f"<h{level}>{say('events', lang)} <small>{len(drawn)}</small></h{level}>"
    if not drawn:
        return f"{heading}<p>{say('no_events', lang)}</p>"
    items = "\n".join(_write_event(event, lang) for event in drawn)
    return f'{heading}\n<ol class="events">\n{items}\n</ol>'


def _write_event(event: EventView, lang: Lang) -> str:
    struck = "s" if event.record.disputed_by else "span"
    facts = [event.kind.names[lang], say_when(event.record, lang)]
    meta = " · ".join(f"<bdi>{escape(fact)}</bdi>" for fact in facts if fact)
    return (
        f'<li id="ev-{event.id}" class="k-{event.kind.id}"><a class="entry" href="#{event.id}" '
        f'data-ev="{event.id}"><span class="glyph" aria-hidden="true">'
        f'{escape(event.kind.letters[lang])}</span><{struck} class="name" dir="auto">'
        f"{escape(event.title)}</{struck}></a>"
        f'<p class="meta">{meta}{"".join(_write_badges(event))}</p>{_write_quote(event)}</li>'
    )


def _write_badges(event: EventView) -> Iterator[str]:
    yield from (f' <span class="badge" dir="auto">{escape(b)}</span>' for b in event.badges)


def _write_quote(event: EventView) -> str:
    before, name, after = (escape(part) for part in event.quote)
    marked = f"<mark>{name}</mark>" if name else ""
    return f'<blockquote dir="auto">{before}{marked}{after}</blockquote>'


def _write_off_map(article: ArticleView, level: int, lang: Lang) -> str:
    undrawn = [event for event in article.events if not event.mode]
    resolved = [place for place in article.places if place.resolved]
    unresolved = [place for place in article.places if not place.resolved]
    lists = [
        _write_list("off_map_events", [_write_undrawn(e) for e in undrawn], level, lang),
        _write_list("off_map_places", [_write_place(p) for p in resolved], level, lang),
        _write_list("unresolved_places", [_write_place(p) for p in unresolved], level, lang),
    ]
    count = len(undrawn) + len(article.places)
    if not count:
        return ""
    heading = f"<h{level}>{say('off_map', lang)} <small>{count}</small></h{level}>"
    return heading + "\n" + "\n".join(part for part in lists if part)


def _write_list(key: str, items: Sequence[str], level: int, lang: Lang) -> str:
    if not items:
        return ""
    heading = f"<h{level + 1}>{say(key, lang)}</h{level + 1}>"
    return f'{heading}\n<ul class="off">\n' + "\n".join(items) + "\n</ul>"


def _write_undrawn(event: EventView) -> str:
    return (
        f'<li id="ev-{event.id}"><bdi class="name">{escape(event.title)}</bdi> '
        f'<span class="why">{escape(event.why_not or "")}</span>{_write_quote(event)}</li>'
    )


def _write_place(place: PlaceView) -> str:
    times = f" ×{place.count}" if place.count > 1 else ""
    why = [place.role, place.detail] if place.resolved else [place.detail or place.role]
    words = " · ".join(f"<bdi>{escape(part)}</bdi>" for part in why if part)
    name = f'<bdi class="name">{escape(place.name)}</bdi>{times}'
    return f'<li>{name} <span class="why">{words}</span></li>'
