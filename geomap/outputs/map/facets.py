"""By what the legend filters besides the kind: each facet with its values, in order."""

from __future__ import annotations

from geomap.models import Lang
from geomap.outputs.map.phrases import grade
from geomap.outputs.map.wording import say
from geomap.records import EventRecord, ToponymRecord

# Facet → its values. An event may have several of one facet: a claim that is disputed too.
FACETS: dict[str, tuple[str, ...]] = {
    "modality": ("asserted", "future", "historical", "hypothetical", "negation"),
    "told": ("narrator", "third-party", "belligerent", "disputed", "unverified", "verified"),
    "role": ("event", "meeting", "destination", "origin", "background", "actor", "other"),
    "grade": ("high", "medium", "low"),
}


def describe_facets(lang: Lang) -> list[dict[str, object]]:
    """Return id, name and ``[value, words]`` of each facet."""
    return [
        {
            "id": facet,
            "name": say(f"facet_{facet}", lang),
            "values": [[value, say(f"{facet}_{value}", lang)] for value in values],
        }
        for facet, values in FACETS.items()
    ]


def list_values(event: EventRecord, toponym: ToponymRecord | None) -> list[list[str]]:
    """Return an event's values, facet by facet in the order of `FACETS`."""
    role = toponym.role if toponym else "event"
    return [
        [event.modality or "asserted"],
        _list_told(event),
        [role if role in FACETS["role"] else "other"],
        [grade(event.confidence)],
    ]


def _list_told(event: EventRecord) -> list[str]:
    told: list[str] = [event.attribution or "narrator"]
    if event.disputed_by:
        told.append("disputed")
    if event.verification:
        told.append(event.verification)
    return told
