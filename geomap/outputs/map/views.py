"""Records as the page shows them: what is drawn how, what is only listed and why, in words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from geomap.models import GeoJSON, Lang
from geomap.outputs.map.basemap import name_country
from geomap.outputs.map.facets import list_values
from geomap.outputs.map.kinds import Kind, classify
from geomap.outputs.map.names import name_place, name_region, own_name
from geomap.outputs.map.phrases import (
    grade,
    isolate,
    say_casualties,
    say_confidence,
    say_number,
    say_precision,
    say_share,
    say_when,
    shorten,
)
from geomap.outputs.map.relations import (
    AT_SEA,
    lies_along_two,
    say_heading,
    say_relation,
    say_strip,
)
from geomap.outputs.map.shapes import clean_geometry
from geomap.outputs.map.wording import say
from geomap.reasons import translate_reason
from geomap.records import AlternativeRecord, ArticleRecord, EventRecord, ToponymRecord

Mode = Literal["point", "area", "circle"]

POINT_PRECISION = 2
MARKER_CIRCLE_KM = 3.0
LOOSE_KM = 25.0
_SAFE_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")
_NOT_DRAWN = ("negation", "hypothetical", "historical")
_WORTH_NAMING = 0.1
_PROVINCE = 4
_WITHIN = re.compile(r"(?P<name>.+?) \((?:(?P<admin1>.+), )?(?P<country>[A-Z]{2})\)")
# Nobody names a place or tells an event at such length but to freeze the page.
_LONGEST_NAME = 300
_LONGEST_WORDS = 3000


@dataclass(frozen=True, slots=True)
class EventView:
    """An event of the page.

    ``mode`` says how it is drawn: a marker, the ``shape``, a circle of ``km``, or None: only
    listed, for ``why_not``. ``lang`` is its article's, ``quote`` the description before, at and
    after the place's name, ``rows`` what is known, under wording keys, ``facets`` its values for
    the legend's filters.
    """

    id: str
    record: EventRecord
    lang: Lang
    kind: Kind
    mode: Mode | None
    why_not: str | None
    shape: GeoJSON | None
    km: float | None
    quote: tuple[str, str, str]
    title: str
    badges: tuple[str, ...]
    rows: dict[str, str]
    facets: list[list[str]]

    @property
    def planned(self) -> bool:
        """Whether it has yet to happen."""
        return self.record.modality == "future"

    @property
    def claim(self) -> bool:
        """Whether only a warring party says so."""
        return self.record.attribution == "belligerent"


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place name that is no scene of an event: how often, and its role or why unresolved.

    ``start`` is where the article names it first, ``alternatives`` what else it may mean.
    """

    name: str
    start: int
    role: str
    detail: str
    alternatives: str | None
    count: int
    resolved: bool


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article of the page, its events in text order, its other places."""

    number: int
    record: ArticleRecord
    events: tuple[EventView, ...]
    places: tuple[PlaceView, ...]


def view_articles(records: Sequence[ArticleRecord], lang: Lang) -> list[ArticleView]:
    """Put the records into words of ``lang``; every event gets an id unique on the page."""
    own = _have_own_ids(records)
    return [_view_article(n, record, lang, own_ids=own) for n, record in enumerate(records)]


def _view_article(number: int, record: ArticleRecord, lang: Lang, *, own_ids: bool) -> ArticleView:
    ids = [
        event.event_id if own_ids else f"a{number + 1}-e{i + 1}"
        for i, event in enumerate(record.events)
    ]
    places = {t.start: t for t in record.toponyms}
    events = tuple(
        _view_event(event_id, event, record, places, lang)
        for event_id, event in zip(ids, record.events, strict=True)
    )
    return ArticleView(number, record, events, tuple(_list_places(record, lang)))


def _have_own_ids(records: Sequence[ArticleRecord]) -> bool:
    """Whether the events' own ids can stand in addresses, each for one event."""
    given = [event.event_id for record in records for event in record.events]
    return len(set(given)) == len(given) and all(map(_SAFE_ID.fullmatch, given))


def _view_event(
    event_id: str,
    event: EventRecord,
    record: ArticleRecord,
    places: dict[int, ToponymRecord],
    lang: Lang,
) -> EventView:
    toponym = places.get(event.location_start) if event.location_start is not None else None
    named = _name_event(event, places, lang)
    shape = clean_geometry(event.geometry)
    mode, why_not = choose_mode(event, shape)
    return EventView(
        id=event_id,
        record=event,
        lang=record.lang,
        kind=classify(event),
        mode=mode,
        why_not=None if why_not is None else say(why_not, lang),
        shape=shape,
        km=_choose_km(event, mode, shape),
        quote=_quote(event, toponym),
        title=shorten(named.title, _LONGEST_NAME),
        badges=tuple(shorten(badge, _LONGEST_NAME) for badge in _badges(event, lang)),
        rows=_list_rows(event, named, toponym, lang),
        facets=list_values(event, toponym),
    )


def choose_mode(event: EventRecord, shape: GeoJSON | None) -> tuple[Mode | None, str | None]:
    """Return how to draw an event, or None and the wording key that says why not.

    From ``where_prec`` 3 on there is no point on the map that would be true: an area, a circle,
    or nothing.
    """
    if event.modality in _NOT_DRAWN:
        return None, event.modality
    located = event.lat is not None and event.lon is not None
    if located and _is_exact(event, shape):
        return "point", None
    if shape is not None:
        return "area", None
    if not located:
        return None, "not_located"
    if event.where_prec == 6:
        return None, "country_only"
    return ("circle", None) if event.uncertainty_km else (None, "no_area")


def _is_exact(event: EventRecord, shape: GeoJSON | None) -> bool:
    if event.where_prec is None:
        return shape is None and (event.uncertainty_km or 0) <= LOOSE_KM
    return event.where_prec <= POINT_PRECISION


def _choose_km(event: EventRecord, mode: Mode | None, shape: GeoJSON | None) -> float | None:
    km = event.uncertainty_km
    if km is None or (mode == "point" and (km < MARKER_CIRCLE_KM or shape)):
        return None
    return round(km, 1)


def _quote(event: EventRecord, toponym: ToponymRecord | None) -> tuple[str, str, str]:
    words = event.description
    at, end = _find_name(event, toponym)
    parts = (words[:at], words[at:end], words[end:])
    before, name, after = (shorten(part, _LONGEST_WORDS) for part in parts)
    return before, name, after


def _find_name(event: EventRecord, toponym: ToponymRecord | None) -> tuple[int, int]:
    """Return where the description names the place; its end twice where it does not."""
    words = event.description
    if toponym is None:
        return len(words), len(words)
    at = toponym.start - event.desc_start
    if words[max(at, 0) : at + len(toponym.text)] != toponym.text or at < 0:
        at = words.find(toponym.text)
    return (at, at + len(toponym.text)) if at >= 0 else (len(words), len(words))


def _badges(event: EventRecord, lang: Lang) -> Iterator[str]:
    if event.modality == "future":
        yield say("planned", lang)
    if event.attribution == "belligerent":
        who = event.reported_by
        yield say("claim_by", lang, who=isolate(who)) if who else say("claim", lang)
    if event.disputed_by:
        yield say("disputed", lang)
    if event.verification:
        yield say(event.verification, lang)


def _list_rows(
    event: EventRecord, named: _Named, toponym: ToponymRecord | None, lang: Lang
) -> dict[str, str]:
    actors = " – ".join(isolate(actor) for actor in (event.actor1, event.actor2) if actor)
    found: dict[str, str | None] = {
        "position": None if named.position == named.title else named.position,
        "when": say_when(event, lang),
        "casualties": say_casualties(event, lang),
        "actors": actors,
        "status": say(f"modality_{event.modality or 'asserted'}", lang),
        "told": _say_told(event, lang),
        "disputed_by": event.disputed_by,
        "place": _say_place(event, named.place, lang),
        "precision": say_strip(event, lang) or _say_precision(event, toponym, lang),
        "confidence": say_confidence(event.confidence, lang),
        "reason": translate_reason(toponym.reason, lang) if toponym else None,
        "alternatives": _say_alternatives(toponym, lang),
    }
    return {key: shorten(value, _LONGEST_NAME) for key, value in found.items() if value}


def _say_precision(event: EventRecord, toponym: ToponymRecord | None, lang: Lang) -> str:
    exact_km = event.uncertainty_km if event.where_prec == 1 else None
    if exact_km and round(exact_km) >= MARKER_CIRCLE_KM:
        town = toponym is None or toponym.feature_class in (None, "P")
        return say("in_town" if town else "on_site", lang, n=say_number(round(exact_km), lang))
    return say_precision(event.where_prec, event.uncertainty_km, lang)


def _say_told(event: EventRecord, lang: Lang) -> str:
    teller = say(f"teller_{event.attribution or 'narrator'}", lang)
    if not event.reported_by:
        return teller
    return f"{isolate(event.reported_by)} ({teller})" if event.attribution else event.reported_by


@dataclass(frozen=True, slots=True)
class _Named:
    """What an event's place is called, how the event lies to it, and what heads the event."""

    place: str
    position: str | None
    title: str


def _name_event(event: EventRecord, places: dict[int, ToponymRecord], lang: Lang) -> _Named:
    place = _name_scene(event, places, lang)
    relation = event.relation
    start = relation.other_start if relation else None
    other = own_name(places[start], lang) if start in places else None
    at_sea = event.where_prec == AT_SEA
    position = say_relation(relation, place, other, lang, at_sea=at_sea)
    return _Named(place, position, say_heading(relation, position, place))


def _name_scene(event: EventRecord, places: dict[int, ToponymRecord], lang: Lang) -> str:
    """Return what the text calls the place, or its name where the text only points to it."""
    if event.location_start in places:
        return own_name(places[event.location_start], lang)
    if event.name is None:
        return say("not_located", lang)
    return _gazetteer_name(event, event.name, lang)


def _gazetteer_name(event: EventRecord, name: str, lang: Lang) -> str:
    at, is_division = (event.lat, event.lon), event.where_prec == _PROVINCE
    return name_place(name, event.country, at, lang, is_division=is_division)


def _say_place(event: EventRecord, title: str, lang: Lang) -> str | None:
    if lies_along_two(event):
        return None
    name = _gazetteer_name(event, event.name, lang) if event.name else None
    parts = (isolate(name) if name else None, name_region(event, lang))
    return ", ".join(part for part in parts if part and part not in (title, isolate(title)))


def _say_alternatives(toponym: ToponymRecord | None, lang: Lang) -> str | None:
    if toponym is None or not toponym.alternatives:
        return None
    likely = [a for a in toponym.alternatives if a.confidence >= _WORTH_NAMING]
    named = (f"{_name_alternative(a, lang)} ({say_share(a.confidence, lang)})" for a in likely)
    return "; ".join(named) or None


def _name_alternative(place: AlternativeRecord, lang: Lang) -> str:
    """Return "Homs (LY)" and "Salem (Oregon, US)" in the page's language."""
    told = _WITHIN.fullmatch(place.name[:_LONGEST_NAME])
    if told is None:
        return isolate(place.name)
    country, at = told["country"], (place.lat, place.lon)
    admin1 = told["admin1"]
    within = [name_place(admin1, country, at, lang, is_division=True)] if admin1 else []
    within.append(name_country(country, lang))
    return f"{isolate(name_place(told['name'], country, at, lang))}, {isolate(', '.join(within))}"


def _list_places(record: ArticleRecord, lang: Lang) -> Iterator[PlaceView]:
    scenes = {event.location_start for event in record.events}
    scenes |= {event.relation.other_start for event in record.events if event.relation}
    others = [t for t in record.toponyms if t.start not in scenes]
    counts = Counter(_place_key(t) for t in others)
    for toponym in others:
        count = counts.pop(_place_key(toponym), 0)
        if count:
            yield _view_place(toponym, count, lang)


def _place_key(toponym: ToponymRecord) -> tuple[str, str, bool]:
    return toponym.name or toponym.text, toponym.role, is_resolved(toponym)


def _view_place(toponym: ToponymRecord, count: int, lang: Lang) -> PlaceView:
    resolved = is_resolved(toponym)
    return PlaceView(
        name=shorten(own_name(toponym, lang) if resolved else toponym.text, _LONGEST_NAME),
        start=toponym.start,
        role=say(f"role_{toponym.role}", lang),
        detail=_say_detail(toponym, lang) if resolved else translate_reason(toponym.reason, lang),
        alternatives=_say_alternatives(toponym, lang),
        count=count,
        resolved=resolved,
    )


def _say_detail(toponym: ToponymRecord, lang: Lang) -> str:
    region = name_region(toponym, lang)
    if grade(toponym.confidence) != "low":
        return region
    unsure = f"{say('confidence', lang)}: {say_confidence(toponym.confidence, lang)}"
    return f"{region} · {unsure}" if region else unsure


def is_resolved(toponym: ToponymRecord) -> bool:
    """Whether the gazetteer gave the name a place."""
    return toponym.lat is not None and toponym.lon is not None
