"""Gold records out of marked-up texts, in the form that ``geomap evaluate`` reads."""

from __future__ import annotations

import hashlib
from typing import Any

from pyproj import Geod

from geomap.corpus.clauses import TYPES
from geomap.corpus.markup import ROLES, MarkedClause, MarkedName, MarkedText, MarkupError
from geomap.corpus.placing import Placing, Spot
from geomap.models import PlaceIndex

_TRAPS = {
    "PER": "person name",
    "ORG": "organisation name",
    "MISC": "vessel/weapon/operation name",
    "DEM": "demonym/adjective",
    "WORD": "common noun/homograph",
}
_BEARINGS = {"N": 0, "NE": 45, "E": 90, "SE": 135, "S": 180, "SW": 225, "W": 270, "NW": 315}
_GEOD = Geod(ellps="WGS84")
_EVENT_ROLES = ("e", "m", "d")
_FEATURES = {"water": "sea", "landmark": "facility"}

Record = dict[str, Any]


def annotate(text: MarkedText, placings: list[Placing], index: PlaceIndex, split: str) -> Record:
    """Return the gold record of a text; raise MarkupError where an event has no place."""
    spots = {placing.name.start: placing.spot for placing in placings}
    record = {
        "id": text.id,
        "lang": text.lang,
        "published": text.published.isoformat(),
        "conflict": text.conflict,
        "style": text.style,
        "split": split,
        "title": text.title,
        "text": text.text,
        "toponyms": [_toponym(placing) for placing in placings],
        "not_toponyms": [_trap(n) for n in text.names if n.code in _TRAPS and _tempts(n, index)],
        "names": [
            {"start": n.start, "end": n.end, "label": n.code}
            for n in text.names
            if n.code in _TRAPS
        ],
        "events": [
            event
            for number, clause in enumerate(text.clauses, 1)
            if (event := _event(number, clause, text, spots)) is not None
        ],
    }
    _assert_offsets(record)
    return record


def _tempts(name: MarkedName, index: PlaceIndex) -> bool:
    """Tell whether a careless reader of names would see a place: only such words are traps."""
    if name.code in {"DEM", "WORD"}:
        return True
    return any(index.knows(word) for word in (name.text, *name.text.split()) if len(word) > 3)


def _trap(name: MarkedName) -> Record:
    return {"start": name.start, "end": name.end, "text": name.text, "why": _TRAPS[name.code]}


def _toponym(placing: Placing) -> Record:
    name, spot = placing.name, placing.spot
    place = spot.place if spot else None
    return {
        "start": name.start,
        "end": name.end,
        "text": name.text,
        "name": place.name if place else None,
        "lat": round(spot.lat, 4) if spot else None,
        "lon": round(spot.lon, 4) if spot else None,
        "geonameid": place.geonameid if place else None,
        "country": place.country if place else None,
        "feature": _FEATURES.get(place.kind, place.kind) if place else None,
        "radius_km": spot.radius_km if spot else 0.0,
        "role": ROLES[name.code],
    }


def _event(
    number: int, clause: MarkedClause, text: MarkedText, spots: dict[int, Spot | None]
) -> Record | None:
    notes = clause.notes
    anchor = _find_anchor(clause, text)
    spot = spots[anchor.start]
    if spot is None:
        return None
    event_type, sub_type = TYPES.get(notes.type, (None, None))
    lat, lon, relation = _locate(clause, text, spots, spot)
    others = [
        name
        for name in text.toponyms
        if clause.start <= name.start < clause.end and name.code == "e" and name is not anchor
    ]
    return {
        "id": number,
        "location_text": anchor.text,
        "location_start": anchor.start,
        "lat": round(lat, 4),
        "lon": round(lon, 4),
        "radius_km": spot.radius_km,
        "other_locations": [{"text": name.text, "start": name.start} for name in others],
        "type": event_type or notes.type.capitalize(),
        "subtype": sub_type,
        "acled_scope": event_type is not None,
        "description": text.text[clause.start : clause.end],
        "description_start": clause.start,
        "description_end": clause.end,
        "date_start": notes.date_start.isoformat() if notes.date_start else None,
        "date_end": notes.date_end.isoformat() if notes.date_end else None,
        "status": notes.status,
        "fatalities_low": notes.dead_low,
        "fatalities_high": notes.dead_high,
        "relation": relation,
    }


def _find_anchor(clause: MarkedClause, text: MarkedText) -> MarkedName:
    inside = [name for name in text.toponyms if clause.start <= name.start < clause.end]
    if clause.notes.place:
        named = [n for n in text.toponyms if n.text == clause.notes.place and n.start < clause.end]
        if not named:
            raise MarkupError(f"at {clause.notes.place}: no such toponym before")
        return named[-1]
    scenes = [name for code in _EVENT_ROLES for name in inside if name.code == code]
    if not (scenes or inside):
        words = text.text[clause.start : clause.end][:50]
        raise MarkupError(f"no toponym in the clause {words!r}: at NAME?")
    return (scenes or inside)[0]


def _locate(
    clause: MarkedClause, text: MarkedText, spots: dict[int, Spot | None], spot: Spot
) -> tuple[float, float, Record | None]:
    notes = clause.notes
    if notes.relation is None:
        return spot.lat, spot.lon, None
    if notes.relation == "between":
        return _between(clause, text, spots, spot)
    relation: Record = {"kind": notes.relation}
    if notes.bearing:
        relation["bearing"] = notes.bearing
    if notes.relation == "offset":
        relation["distance_km"] = notes.distance_km
        if notes.distance_km is not None and notes.bearing:
            metres = notes.distance_km * 1000
            lon, lat, _ = _GEOD.fwd(spot.lon, spot.lat, _BEARINGS[notes.bearing], metres)
            return lat, lon, relation
    return spot.lat, spot.lon, relation


def _between(
    clause: MarkedClause, text: MarkedText, spots: dict[int, Spot | None], spot: Spot
) -> tuple[float, float, Record]:
    named = [n for n in text.toponyms if n.text == clause.notes.other and n.start < clause.end]
    if not named:
        raise MarkupError(f"between {clause.notes.other}: no such toponym")
    other = spots[named[-1].start] or spot
    relation = {"kind": "between", "other": named[-1].text, "other_start": named[-1].start}
    return (spot.lat + other.lat) / 2, (spot.lon + other.lon) / 2, relation


def _assert_offsets(record: Record) -> None:
    text = record["text"]
    for key in ("toponyms", "not_toponyms"):
        for item in record[key]:
            if text[item["start"] : item["end"]] != item["text"]:
                raise AssertionError(f"{record['id']}: offsets of {item['text']!r}")


HELD_OUT_CONFLICTS = frozenset({"yemen", "karabakh", "myanmar"})
HELD_OUT_STYLES = frozenset({"interview", "weather"})


def choose_split(text: MarkedText) -> str:
    """Return ``held_out`` for whole conflicts and styles, and for a few texts of every other."""
    if text.conflict in HELD_OUT_CONFLICTS or text.style in HELD_OUT_STYLES:
        return "held_out"
    digest = hashlib.sha256(text.id.encode()).digest()
    return "held_out" if digest[0] < 6 else "train"
