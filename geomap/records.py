"""The stable record of ``geomap parse``: one JSON object an article, one a line.

The outputs and the evaluation read nothing but this, so a record corrected by hand can be mapped
and exported again. Field order is the order in the file; see ``docs/schema.md``.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from geomap.models import (
    Candidate,
    Event,
    FoundBy,
    GeoparsedArticle,
    Lang,
    Modality,
    Relation,
    Resolution,
    Role,
    RoleDecision,
)

SCHEMA: Literal["geomap/1"] = "geomap/1"

# ACLED's precision codes from UCDP's (see docs/schema.md).
GEO_PRECISION = {1: 1, 2: 2, 3: 2, 4: 3, 5: 3, 6: 3, 7: 3}
TIME_PRECISION = {1: 1, 2: 2, 3: 2, 4: 3, 5: 3}

Latitude = Field(default=None, ge=-90, le=90)
Longitude = Field(default=None, ge=-180, le=180)
Share = Field(default=0.0, ge=0, le=1)
Precision = Field(default=None, ge=1, le=7)
# No place on Earth is farther from another than half its circumference.
Uncertainty = Field(default=None, ge=0, le=20040)
# No table can hold a larger number.
_LARGEST = 2**63 - 1
Count = Field(default=None, ge=0, le=_LARGEST)
Whole = Field(ge=-_LARGEST, le=_LARGEST)
Integer = Field(default=None, ge=-_LARGEST, le=_LARGEST)
Offset = Field(ge=0, le=_LARGEST)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class SourceRecord(_Strict):
    """Where the article comes from."""

    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    retrieved: str | None = None
    archive_url: str | None = None
    sha256: str | None = None


class MadeByRecord(_Strict):
    """Versions of program, model and gazetteer."""

    geomap: str = ""
    model: str = ""
    gazetteer: str = ""


class AlternativeRecord(_Strict):
    """A place that was considered and not chosen."""

    name: str
    lat: float | None = Latitude
    lon: float | None = Longitude
    confidence: float = Share
    source: str | None = None
    licence: str | None = None


class ToponymRecord(_Strict):
    """A place name in the text and the place it was resolved to."""

    start: int = Offset
    end: int = Offset
    text: str
    name: str | None = None
    lat: float | None = Latitude
    lon: float | None = Longitude
    geonameid: int | None = Integer
    wikidata: str | None = None
    country: str | None = None
    admin1: str | None = None
    feature_class: str | None = None
    feature_code: str | None = None
    source: str | None = None
    licence: str | None = None
    score: float = Field(default=1.0, ge=0, le=1)
    found_by: FoundBy | None = None
    role: Role = "other"
    where_prec: int | None = Precision
    uncertainty_km: float | None = Uncertainty
    confidence: float = Share
    method: str = ""
    reason: str = ""
    alternatives: list[AlternativeRecord] = []


class RelationRecord(_Strict):
    """How the event lies to the place it is told by."""

    kind: Literal["in", "near", "offset", "sector", "between", "coast", "border", "approach"]
    bearing: float | None = None
    distance_km: float | None = None
    other_start: int | None = Integer
    heading_deg: float | None = None


class MentionRecord(_Strict):
    """A word standing for the event's place without naming it."""

    text: str
    start: int = Whole
    end: int = Whole


class EventRecord(_Strict):
    """An event: what, where, when, how sure."""

    event_id: str
    location_start: int | None = Integer
    location_end: int | None = Integer
    name: str | None = None
    country: str | None = None
    admin1: str | None = None
    lat: float | None = Latitude
    lon: float | None = Longitude
    geometry: dict[str, Any] | None = None
    relation: RelationRecord | None = None
    uncertainty_km: float | None = Uncertainty
    where_prec: int | None = Precision
    geo_precision: int | None = Integer
    event_type: str
    sub_event_type: str | None = None
    geomap_type: str | None = None
    plover: str | None = None
    acled_scope: bool = True
    description: str
    desc_start: int = Whole
    desc_end: int = Whole
    mentions: list[MentionRecord] = []
    trigger_start: int | None = Integer
    trigger_end: int | None = Integer
    modality: Modality | None = "asserted"
    attribution: Literal["narrator", "third-party", "belligerent"] | None = None
    reported_by: str | None = None
    verification: Literal["unverified", "verified"] | None = None
    disputed_by: str | None = None
    actor1: str | None = None
    actor2: str | None = None
    inter1: int | None = Integer
    inter2: int | None = Integer
    date_start: str | None = None
    date_end: str | None = None
    date_text: str | None = None
    date_prec: int | None = Integer
    time_precision: int | None = Integer
    date_source: Literal["text", "publication"] | None = None
    deaths_low: int | None = Count
    deaths_best: int | None = Count
    deaths_high: int | None = Count
    deaths_text: str | None = None
    deaths_attackers: int | None = Count
    injured_low: int | None = Count
    injured_best: int | None = Count
    injured_high: int | None = Count
    confidence: float = Share
    evidence: list[str] = []


class ArticleRecord(_Strict):
    """Everything ``geomap parse`` says about one article."""

    schema_: Literal["geomap/1"] = Field(default=SCHEMA, alias="schema")
    id: str
    lang: Lang
    published: str | None = None
    title: str | None = None
    text: str
    source: SourceRecord = SourceRecord()
    made_by: MadeByRecord = MadeByRecord()
    focus_country: str | None = None
    toponyms: list[ToponymRecord] = []
    events: list[EventRecord] = []
    diagnostics: list[str] = []

    @model_validator(mode="after")
    def _offsets_fit_the_text(self) -> ArticleRecord:
        for toponym in self.toponyms:
            if self.text[toponym.start : toponym.end] != toponym.text:
                where = f"{toponym.start}–{toponym.end}"
                raise ValueError(f"toponym {toponym.text!r} does not stand at {where} of the text")
        return self

    def to_json(self) -> str:
        """Return the record as one line of JSON, the same bytes for the same record."""
        return self.model_dump_json(by_alias=True)


def record_of(parsed: GeoparsedArticle) -> ArticleRecord:
    """Return the record of a parsed article."""
    article = parsed.article
    toponyms = [
        _toponym_record(resolution, role)
        for resolution, role in zip(parsed.resolutions, parsed.roles, strict=True)
    ]
    return ArticleRecord(
        schema=SCHEMA,
        id=article.id,
        lang=article.lang,
        published=article.published.isoformat() if article.published else None,
        title=article.title,
        text=article.text,
        source=SourceRecord(**asdict(article.source)),
        made_by=MadeByRecord(**asdict(parsed.made_by)),
        focus_country=parsed.focus_country,
        toponyms=toponyms,
        events=[_event_record(event, parsed.resolutions) for event in parsed.events],
        diagnostics=list(parsed.diagnostics),
    )


def _toponym_record(resolution: Resolution, role: RoleDecision) -> ToponymRecord:
    toponym, place = resolution.toponym, resolution.place
    return ToponymRecord(
        start=toponym.start,
        end=toponym.end,
        text=toponym.text,
        name=place.name if place else None,
        lat=_degrees(place.lat) if place else None,
        lon=_degrees(place.lon) if place else None,
        geonameid=place.geonameid if place else None,
        wikidata=place.wikidata if place else None,
        country=place.country if place else None,
        admin1=place.admin1 if place else None,
        feature_class=place.feature_class if place else None,
        feature_code=place.feature_code if place else None,
        source=(place.source or None) if place else None,
        licence=(place.licence or None) if place else None,
        score=round(toponym.score, 3),
        found_by=toponym.found_by,
        role=role.role,
        where_prec=resolution.where_prec,
        uncertainty_km=resolution.uncertainty_km,
        confidence=resolution.confidence,
        method=resolution.method,
        reason=resolution.reason,
        alternatives=[_alternative_record(candidate) for candidate in resolution.alternatives],
    )


def _alternative_record(candidate: Candidate) -> AlternativeRecord:
    place = candidate.place
    within = ", ".join(
        part for part in (place.admin1, place.country) if part and part != place.name
    )
    return AlternativeRecord(
        name=f"{place.name} ({within})" if within else place.name,
        lat=_degrees(place.lat),
        lon=_degrees(place.lon),
        confidence=min(1.0, max(0.0, candidate.score)),
        source=place.source or None,
        licence=place.licence or None,
    )


def _degrees(value: float) -> float:
    """Round to a metre; more digits than that would pretend."""
    return round(value, 5)


def _event_record(event: Event, resolutions: tuple[Resolution, ...]) -> EventRecord:
    resolution = resolutions[event.location] if event.location is not None else None
    place = resolution.place if resolution else event.place
    when = event.when
    return EventRecord(
        event_id=event.event_id,
        location_start=resolution.toponym.start if resolution else None,
        location_end=resolution.toponym.end if resolution else None,
        name=place.name if place else _words_for(event),
        country=place.country if place else None,
        admin1=place.admin1 if place else None,
        lat=_degrees(event.lat) if event.lat is not None else None,
        lon=_degrees(event.lon) if event.lon is not None else None,
        geometry=event.geometry,
        relation=_relation_record(event.relation) if event.relation else None,
        uncertainty_km=event.uncertainty_km,
        where_prec=event.where_prec,
        geo_precision=GEO_PRECISION.get(event.where_prec or 0),
        event_type=event.event_type,
        sub_event_type=event.sub_event_type,
        geomap_type=event.geomap_type,
        plover=event.plover,
        acled_scope=event.acled_scope,
        description=event.description,
        desc_start=event.desc_start,
        desc_end=event.desc_end,
        mentions=[MentionRecord(text=m.text, start=m.start, end=m.end) for m in event.mentions],
        trigger_start=event.trigger_start,
        trigger_end=event.trigger_end,
        modality=event.modality,
        attribution=event.attribution,
        reported_by=event.reported_by,
        verification=event.verification,
        disputed_by=event.disputed_by,
        actor1=event.actor1,
        actor2=event.actor2,
        inter1=event.inter1,
        inter2=event.inter2,
        date_start=when.start.isoformat() if when.start else None,
        date_end=when.end.isoformat() if when.end else None,
        date_text=when.text,
        date_prec=when.prec,
        time_precision=TIME_PRECISION.get(when.prec or 0),
        date_source=when.source,
        deaths_low=event.deaths.low,
        deaths_best=event.deaths.best,
        deaths_high=event.deaths.high,
        deaths_text=event.deaths.text,
        deaths_attackers=event.deaths_attackers,
        injured_low=event.injured.low,
        injured_best=event.injured.best,
        injured_high=event.injured.high,
        confidence=event.confidence,
        evidence=list(event.evidence),
    )


def _words_for(event: Event) -> str | None:
    """Return the words for a border or coast that no place name stands for."""
    return event.mentions[0].text if event.mentions else None


def _relation_record(relation: Relation) -> RelationRecord:
    return RelationRecord(**asdict(relation))
