"""One event is told once: headlines repeat the body, sentences repeat each other."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from geomap.coordinates import distance_km
from geomap.models import Article, Count, Event, Mention, Place, Resolution

_SAME_TOWN_KM = 15.0
_QUARTERS = ("PPLX", "ADM3", "ADM4", "ADM5")
_MUCH_SMALLER = 0.2
_LIST_CHARS = 8
_ID_BYTES = 4


def drop_headline_repeats(
    events: Sequence[Event], article: Article, resolutions: Sequence[Resolution]
) -> list[Event]:
    """Drop what the headline says of a place, or around it, that the body tells in full."""
    if not article.title or not article.text.lstrip().startswith(article.title):
        return list(events)
    end = article.text.index(article.title) + len(article.title)
    body = [event for event in events if event.desc_start >= end]
    return [
        event
        for event in events
        if event.desc_start >= end or not any(_tells_of(told, event, resolutions) for told in body)
    ]


def _tells_of(told: Event, headline: Event, resolutions: Sequence[Resolution]) -> bool:
    place, finer = _place(headline, resolutions), _place(told, resolutions)
    if place is None or finer is None:
        return False
    if place.id == finer.id:
        return True
    if (told.event_type, told.modality) != (headline.event_type, headline.modality):
        return False
    within = place.kind == "country" and place.country == finer.country
    within |= place.kind == "admin1" and finer.admin1 == (place.admin1 or place.name)
    return within or distance_km(place.lat, place.lon, finer.lat, finer.lon) <= _SAME_TOWN_KM


def _place(event: Event, resolutions: Sequence[Resolution]) -> Place | None:
    return resolutions[event.location].place if event.location is not None else None


def _place_id(event: Event, resolutions: Sequence[Resolution]) -> int | None:
    place = _place(event, resolutions)
    return place.id if place else None


def merge(events: Sequence[Event], resolutions: Sequence[Resolution]) -> list[Event]:
    """Tell an event once: same place, type, mode and no differing date; the fuller telling stays.

    Where one place is a part of the other ("in Kiew … im Bezirk Solomjanskyj"), an equally full
    telling of the part stays. ``mentions`` keeps where else the event's place is spoken of.
    """
    merged: list[Event] = []
    for event in events:
        twin = next((i for i, m in enumerate(merged) if _same(m, event, resolutions)), None)
        if twin is None:
            merged.append(event)
            continue
        first = merged[twin]
        fuller = _rank(event, first, resolutions) > _rank(first, event, resolutions)
        kept, other = (event, first) if fuller else (first, event)
        told = first.event_id or _told(first, resolutions)
        merged[twin] = replace(_mentioning(kept, other, resolutions), event_id=told)
    return sorted(merged, key=lambda e: (e.desc_start, e.location or 0))


def _rank(event: Event, other: Event, resolutions: Sequence[Resolution]) -> tuple[int, bool]:
    place, wider = _place(event, resolutions), _place(other, resolutions)
    finer = place is not None and wider is not None and place.importance < wider.importance
    return _fullness(event), finer


def _mentioning(event: Event, other: Event, resolutions: Sequence[Resolution]) -> Event:
    if other.location is None or other.location == event.location:
        return replace(event, mentions=(*event.mentions, *other.mentions))
    name = resolutions[other.location].toponym
    again = Mention(name.text, name.start, name.end)
    mentions = sorted({*event.mentions, *other.mentions, again}, key=lambda m: m.start)
    return replace(event, mentions=tuple(mentions))


def _same(a: Event, b: Event, resolutions: Sequence[Resolution]) -> bool:
    if _boundary(a) != _boundary(b) or not _at_one_place(a, b, resolutions):
        return False
    if (a.event_type, a.sub_event_type, a.geomap_type, a.modality) != (
        b.event_type,
        b.sub_event_type,
        b.geomap_type,
        b.modality,
    ):
        return False
    dated = a.when.source == b.when.source == "text"
    return not dated or (a.when.start, a.when.end) == (b.when.start, b.when.end)


def _at_one_place(a: Event, b: Event, resolutions: Sequence[Resolution]) -> bool:
    first, second = _place(a, resolutions), _place(b, resolutions)
    if first is None or second is None:
        return False
    if first.id == second.id or _is_part(first, second) or _is_part(second, first):
        return True
    if a.trigger_start != b.trigger_start or not _are_apart(a, b, resolutions):
        return False
    large, small = sorted((first, second), key=lambda place: -place.importance)
    near = distance_km(small.lat, small.lon, large.lat, large.lon) <= _SAME_TOWN_KM
    return near and large.importance - small.importance >= _MUCH_SMALLER


def _are_apart(a: Event, b: Event, resolutions: Sequence[Resolution]) -> bool:
    """Tell whether more stands between the places' names than joins a list."""
    if a.location is None or b.location is None:
        return False
    names = sorted(
        (resolutions[e.location].toponym for e in (a, b) if e.location is not None),
        key=lambda name: name.start,
    )
    return names[1].start - names[0].end > _LIST_CHARS


def _boundary(event: Event) -> tuple[float | None, float | None] | None:
    """Return what tells the borders and coasts of a country apart, None where it is elsewhere."""
    along = event.relation is not None and event.relation.kind in ("border", "coast")
    return (event.lat, event.lon) if along else None


def _is_part(part: Place | None, whole: Place | None) -> bool:
    """Tell whether a place is a quarter, street or building of a town."""
    if part is None or whole is None or whole.kind != "city" or part.country != whole.country:
        return False
    if part.kind != "landmark" and part.feature_code not in _QUARTERS:
        return False
    return distance_km(part.lat, part.lon, whole.lat, whole.lon) <= _SAME_TOWN_KM


def _fullness(event: Event) -> int:
    told = (event.deaths != Count(), event.injured != Count(), event.actor1, event.actor2)
    return (event.when.source == "text") + sum(map(bool, told))


def _told(event: Event, resolutions: Sequence[Resolution]) -> str:
    place = _place_id(event, resolutions)
    return repr((place, event.event_type, event.modality, event.description))


def identify(
    events: Sequence[Event], article: Article, resolutions: Sequence[Resolution]
) -> list[Event]:
    """Return the events with ids made of what they tell, told again of what the first telling said.

    So neither more events nor a fuller telling further down change an id.
    """
    seen: Counter[str] = Counter()
    identified = []
    for event in events:
        told = event.event_id or _told(event, resolutions)
        digest = hashlib.blake2s(told.encode(), digest_size=_ID_BYTES).hexdigest()
        seen[digest] += 1
        again = f"-{seen[digest]}" if seen[digest] > 1 else ""
        identified.append(replace(event, event_id=f"{article.id}-e{digest}{again}"))
    return identified
