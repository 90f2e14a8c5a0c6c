"""How an event lies to the place it is told by, in words: on a border, off a coast, between."""

from __future__ import annotations

import re

from geomap.models import Lang
from geomap.outputs.map.phrases import isolate, say_number
from geomap.outputs.map.wording import say
from geomap.records import EventRecord, RelationRecord

AT_SEA = 7
"""UCDP's ``where_prec`` of what happens at sea."""

_BOUNDARY = re.compile(
    r"(?:(?P<country>.*\w)en|.+) (?P<noun>\w*[Gg]renze|\w*[Kk]üste|\w*border|\w*coast)"
)
_WINDS = 8
# Strips and bands are named by what they lie along; all else by its place.
_NAMED_BY = ("border", "coast", "between")


def say_relation(
    relation: RelationRecord | None,
    name: str,
    other: str | None,
    lang: Lang,
    *,
    at_sea: bool = False,
) -> str | None:
    """Say where an event lies, seen from ``name`` and ``other``; None where the name says it."""
    if relation is None:
        return None
    if relation.kind in _NAMED_BY or relation.kind == "approach":
        return _say_strip(relation.kind, name, other, lang, at_sea=at_sea)
    name = isolate(name)
    if relation.bearing is None or relation.kind not in ("sector", "offset"):
        return None
    wind = round(relation.bearing % 360 / (360 / _WINDS)) % _WINDS
    part = say(f"{relation.kind}_{wind}", lang, name=name)
    if relation.kind == "sector" or not relation.distance_km:
        return part
    return f"{say_number(round(relation.distance_km, 1), lang)} km {part}"


def _say_strip(kind: str, name: str, other: str | None, lang: Lang, *, at_sea: bool) -> str:
    words = _BOUNDARY.fullmatch(name)
    if other is None and words:
        # No place name, only words stand for it: "an der syrisch-türkischen Grenze".
        return isolate(f"{words['country']}e {words['noun']}" if words["country"] else name)
    key = "off_coast" if kind == "coast" and at_sea else kind
    if kind in ("border", "between") and not other:
        key = f"{kind}_alone"
    return say(key, lang, name=isolate(name), other=isolate(other or ""))


def say_heading(relation: RelationRecord | None, words: str | None, name: str) -> str:
    """Return what an event is called by: its place, or the strip in ``words`` it is known to."""
    return words if words and relation and relation.kind in _NAMED_BY else name


def say_strip(event: EventRecord, lang: Lang) -> str | None:
    """Say how exact a strip is, whose middle and length tell nothing; None for other events."""
    relation = event.relation
    if relation is None or relation.kind not in _NAMED_BY or event.geometry is None:
        return None
    off_coast = relation.kind == "coast" and event.where_prec == AT_SEA
    return say("along_off_coast" if off_coast else f"along_{relation.kind}", lang)


def lies_along_two(event: EventRecord) -> bool:
    """Whether an event lies between two places and so in neither."""
    relation = event.relation
    return relation is not None and relation.kind in ("border", "between")
