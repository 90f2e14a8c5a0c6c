"""Scores events, roles and traps.

An event is found when an asserted prediction overlaps its description and lies within its radius
(at least 20 km). A prediction asserted where the gold says denied, feared or planned is an
overclaim, the gravest fault of a map.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from geomap.coordinates import distance_km
from geomap.evaluation.gold import GoldArticle, GoldEvent
from geomap.evaluation.spans import take_pairs
from geomap.records import ArticleRecord, EventRecord

_LEAST_REACH_KM = 20.0


def score_events(gold: GoldArticle, record: ArticleRecord) -> Counter[str]:
    """Return the counts of one article; add them up over a corpus."""
    counts: Counter[str] = Counter()
    predicted = [event for event in record.events if event.acled_scope]
    pairs = _pair_events(gold.events, predicted)
    elsewhere = {place.start for event in gold.events for place in event.other_locations}
    paired = set(pairs.values())
    outside = {j for i, j in pairs.items() if not gold.events[i].acled_scope}
    asserted = {
        j
        for j, event in enumerate(predicted)
        if _is_asserted(event)
        and j not in outside
        and (j in paired or event.location_start not in elsewhere)
    }
    counts["asserted"] += len(asserted)
    counts["unsupported"] += len(asserted - paired)
    for i, event in enumerate(gold.events):
        if not event.acled_scope:
            continue
        happened = event.status == "happened"
        counts["happened" if happened else "not_happened"] += 1
        if i not in pairs:
            continue
        claimed = pairs[i] in asserted
        if not happened:
            counts["overclaims"] += claimed
        elif claimed:
            counts.update(_score_fields(event, predicted[pairs[i]]))
    counts.update(_score_roles(gold, record))
    counts.update(_score_traps(gold, record))
    return counts


def _is_asserted(event: EventRecord) -> bool:
    return event.modality in (None, "asserted")


def _pair_events(gold: Sequence[GoldEvent], predicted: Sequence[EventRecord]) -> dict[int, int]:
    options = []
    for i, g in enumerate(gold):
        for j, p in enumerate(predicted):
            shared = min(g.description_end, p.desc_end) - max(g.description_start, p.desc_start)
            if shared <= 0 or p.lat is None or p.lon is None:
                continue
            distance = distance_km(g.lat, g.lon, p.lat, p.lon)
            if distance <= max(g.radius_km, _LEAST_REACH_KM):
                options.append((-shared, distance, i, j))
    return take_pairs((i, j) for *_, i, j in sorted(options))


def _score_fields(gold: GoldEvent, found: EventRecord) -> Counter[str]:
    counts = Counter(found=1, type_right=int(found.event_type == gold.type))
    if gold.date_start:
        counts["dated"] += 1
        same = (gold.date_start, gold.date_end) == (found.date_start, found.date_end)
        counts["date_right"] += same
    if gold.fatalities_low is not None or gold.fatalities_high is not None:
        counts["deaths_stated"] += 1
        same = (gold.fatalities_low, gold.fatalities_high) == (found.deaths_low, found.deaths_high)
        counts["deaths_right"] += same
    return counts


def _score_roles(gold: GoldArticle, record: ArticleRecord) -> Counter[str]:
    roles = {(t.start, t.end): t.role for t in record.toponyms}
    counts: Counter[str] = Counter()
    for toponym in gold.toponyms:
        role = roles.get((toponym.start, toponym.end))
        if role and toponym.role:
            counts["roles"] += 1
            counts["roles_right"] += role == toponym.role
    return counts


def _score_traps(gold: GoldArticle, record: ArticleRecord) -> Counter[str]:
    spans = {(t.start, t.end) for t in record.toponyms}
    counts: Counter[str] = Counter()
    for trap in gold.not_toponyms:
        hit = any(min(trap.end, end) > max(trap.start, start) for start, end in spans)
        kind = "demonyms" if trap.why.startswith("demonym") else "traps"
        counts[kind] += 1
        counts[f"{kind}_hit"] += hit
    return counts
