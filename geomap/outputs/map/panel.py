"""The part of the page that is no map: headline, text, lists. Escaped HTML, readable as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from geomap.models import Lang
from geomap.outputs.map.passage import anchor_of, opens_with_title, write_passage
from geomap.outputs.map.phrases import say_day, say_number
from geomap.outputs.map.sources import find_host, name_article, name_source
from geomap.outputs.map.views import ArticleView, EventView, PlaceView
from geomap.outputs.map.wording import say
from geomap.outputs.tables import list_licences
from geomap.records import ArticleRecord

OPEN_ARTICLES = 3
"""Up to so many articles are all open; more are a list to open them from."""


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
        _write_article(a, len(articles), alone=own_heading, with_text=with_text, lang=lang)
        for a in articles
    )
    heading = "" if own_heading else title
    header = _write_header(articles, heading, _write_chooser(articles, lang), lang)
    return _write_frame(articles, header, sections, lang)


def write_archive(articles: Sequence[ArticleView], *, title: str, lang: Lang) -> str:
    """Return the body of the page of an archive, whose lists its script fills."""
    count = say("archive", lang, n=say_number(len(articles), lang))
    header = _write_header(articles, title, f'<p class="source">{escape(count)}</p>', lang)
    listed = f'<section id="entries" aria-label="{say("events", lang)}"></section>'
    return _write_frame(articles, header, listed, lang)


def _write_frame(articles: Sequence[ArticleView], header: str, texts: str, lang: Lang) -> str:
    return (
        f'<a class="skip" href="#panel">{say("skip", lang)}</a>\n'
        f'<main id="stage" aria-label="{say("map", lang)}"><div id="mapbox"><!--map-->\n'
        f'<details id="legend" open><summary>{say("legend", lang)}</summary>'
        '<ul id="kinds"></ul><ul id="signs"></ul></details>'
        '<p id="note" role="status" hidden></p></div>\n'
        f'<section id="timeline" aria-label="{say("timeline", lang)}" hidden></section></main>\n'
        f'<aside id="panel" tabindex="-1" aria-label="{say("articles", lang)}">\n'
        f"{header}\n"
        f'<div id="table" hidden></div>\n<div id="texts">\n{texts}\n</div>\n'
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


def _write_header(articles: Sequence[ArticleView], title: str, below: str, lang: Lang) -> str:
    theme = say("theme", lang)
    heading = f'<h1 dir="auto">{escape(title)}</h1>' if title else ""
    return (
        '<header><div class="tools">'
        f'<p class="notice">{say("notice", lang)}</p>'
        f'<button type="button" id="theme" aria-label="{theme}" title="{theme}">◐</button>'
        f'<details id="save"><summary>{say("save", lang)}</summary></details></div>\n'
        f"{heading}{below}</header>\n{_write_finder(articles, lang)}"
    )


def _write_finder(articles: Sequence[ArticleView], lang: Lang) -> str:
    """Return search and the switch between text and table; nothing where no event is."""
    if not any(article.events for article in articles):
        return ""
    return (
        '<div class="finder"><div class="row" role="search">'
        f'<input type="search" id="search" aria-label="{say("search", lang)}" '
        f'placeholder="{say("search_hint", lang)}" autocomplete="off">'
        f'<div class="switch" role="group" aria-label="{say("view", lang)}">'
        f'<button type="button" id="as-text" aria-pressed="true">{say("view_text", lang)}</button>'
        '<button type="button" id="as-table" aria-pressed="false">'
        f"{say('view_table', lang)}</button></div></div>"
        '<p id="shown" hidden><span></span> '
        f'<button type="button" id="show-all">{say("show_all", lang)}</button></p></div>'
    )


def _write_chooser(articles: Sequence[ArticleView], lang: Lang) -> str:
    if len(articles) == 1:
        return ""
    options = "".join(
        f'<option value="{a.number}">{escape(name_article(a.record))}</option>' for a in articles
    )
    every = f'<option value="">{say("all_articles", lang)} ({len(articles)})</option>'
    label = say("article", lang)
    return f'<select id="chooser" aria-label="{label}">{every}{options}</select>'


def _write_article(
    article: ArticleView, count: int, *, alone: bool, with_text: bool, lang: Lang
) -> str:
    record = article.record
    single = count == 1
    level = 2 if single else 3
    text = ""
    if with_text:
        # On its own the text's headline is the page's; else it ranks below the page's title.
        passage = write_passage(article, lang, "h1" if alone else "h3" if not single else "h2")
        text = f'<div class="text" lang="{record.lang}" dir="auto">\n{passage}\n</div>'
    parts = [_write_source(record, lang), text, _write_events(article, level, lang)]
    parts.append(_write_off_map(article, level, with_text, lang))
    content = "\n".join(part for part in parts if part)
    if not single:
        opened = " open" if count <= OPEN_ARTICLES else ""
        content = f"<details{opened}>{_write_summary(article, lang)}\n{content}\n</details>"
    return f'<section class="article" id="article-{article.number}">\n{content}\n</section>'


def _write_summary(article: ArticleView, lang: Lang) -> str:
    """Return an article's line in the list of sources, which opens the article."""
    count = sum(event.mode is not None for event in article.events)
    facts = [article.record.source.publisher, say_day(article.record.published, lang)]
    facts.append(f"{say('events', lang)}: {count}")
    meta = " · ".join(f"<bdi>{escape(fact)}</bdi>" for fact in facts if fact)
    headline = escape(name_article(article.record))
    return f'<summary><h2 dir="auto">{headline}</h2><span class="meta">{meta}</span></summary>'


def _write_source(record: ArticleRecord, lang: Lang) -> str:
    parts = [f"<bdi>{escape(part)}</bdi>" for part in name_source(record, lang)]
    if record.source.url:
        parts.append(_write_link(record.source.url))
    if record.source.retrieved:
        day = say_day(record.source.retrieved[:10], lang)
        parts.append(escape(say("retrieved", lang, date=day)))
    return f'<p class="source">{" · ".join(parts)}</p>' if parts else ""


def _write_link(url: str) -> str:
    host = find_host(url)
    if host is None:
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
    facts = [event.kind.names[lang], event.rows.get("when"), event.rows.get("casualties")]
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
    return f'<blockquote lang="{event.lang}" dir="auto">{before}{marked}{after}</blockquote>'


def _write_off_map(article: ArticleView, level: int, with_text: bool, lang: Lang) -> str:
    undrawn = [_write_undrawn(event) for event in article.events if not event.mode]
    resolved, unresolved = [
        [_write_place(p, article, with_text, lang) for p in article.places if p.resolved == known]
        for known in (True, False)
    ]
    count = len(undrawn) + len(article.places)
    if not count:
        return ""
    lists = [
        _write_list("off_map_events", undrawn, level, lang),
        _write_list("unresolved_places", unresolved, level, lang),
        _write_list("off_map_places", resolved, level, lang),
    ]
    heading = f"<h{level}>{say('off_map', lang)} <small>{count}</small></h{level}>"
    return heading + "\n" + "\n".join(part for part in lists if part)


def _write_list(key: str, items: Sequence[str], level: int, lang: Lang) -> str:
    if not items:
        return ""
    heading = f"<h{level + 1}>{say(key, lang)}</h{level + 1}>"
    return f'{heading}\n<ul class="off">\n' + "\n".join(items) + "\n</ul>"


def _write_undrawn(event: EventView) -> str:
    return (
        f'<li id="ev-{event.id}" class="undrawn"><bdi class="name">{escape(event.title)}</bdi> '
        f'<span class="why">{escape(event.why_not or "")}</span>{_write_quote(event)}</li>'
    )


def _write_place(place: PlaceView, article: ArticleView, linked: bool, lang: Lang) -> str:
    times = f" ×{place.count}" if place.count > 1 else ""
    why = [place.role, place.detail] if place.resolved else [place.detail or place.role]
    if place.alternatives:
        why.append(f"{say('alternatives', lang)}: {place.alternatives}")
    words = " · ".join(f"<bdi>{escape(part)}</bdi>" for part in why if part)
    name = f'<bdi class="name">{escape(place.name)}</bdi>'
    if linked:
        name = f'<a class="to-text" href="#{anchor_of(article, place.start)}">{name}</a>'
    return f'<li>{name}{times} <span class="why">{words}</span></li>'
