"""The stable record of ``geomap parse``: one JSON object an article, one a line.

The outputs and the evaluation read nothing but this, so a record corrected by hand can be mapped
and exported again. Field order is the order in the file; see ``docs/schema.md``.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from geomap.models import Lang, Modality, Role

SCHEMA = "geomap/1"

Latitude = Field(default=None, ge=-90, le=90, allow_inf_nan=False)
Longitude = Field(default=None, ge=-180, le=180, allow_inf_nan=False)
Share = Field(default=0.0, ge=0, le=1, allow_inf_nan=False)
Precision = Field(default=None, ge=1, le=7)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


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


class ToponymRecord(_Strict):
    """A place name in the text and the place it was resolved to."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str
    name: str | None = None
    lat: float | None = Latitude
    lon: float | None = Longitude
    geonameid: int | None = None
    wikidata: str | None = None
    country: str | None = None
    admin1: str | None = None
    feature_class: str | None = None
    feature_code: str | None = None
    role: Role = "other"
    where_prec: int | None = Precision
    uncertainty_km: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    confidence: float = Share
    method: str = ""
    reason: str = ""
    alternatives: list[AlternativeRecord] = []


class RelationRecord(_Strict):
    """How the event lies to the place it is told by."""

    kind: Literal["in", "near", "offset", "sector", "between", "coast", "border", "approach"]
    bearing: float | None = None
    distance_km: float | None = None
    other_start: int | None = None
    heading_deg: float | None = None


class MentionRecord(_Strict):
    """A word standing for the event's place without naming it."""

    text: str
    start: int
    end: int


class EventRecord(_Strict):
    """An event: what, where, when, how sure."""

    event_id: str
    location_start: int | None = None
    location_end: int | None = None
    name: str | None = None
    country: str | None = None
    admin1: str | None = None
    lat: float | None = Latitude
    lon: float | None = Longitude
    geometry: dict[str, Any] | None = None
    relation: RelationRecord | None = None
    uncertainty_km: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    where_prec: int | None = Precision
    geo_precision: int | None = None
    event_type: str
    sub_event_type: str | None = None
    geomap_type: str | None = None
    plover: str | None = None
    acled_scope: bool = True
    description: str
    desc_start: int
    desc_end: int
    mentions: list[MentionRecord] = []
    trigger_start: int | None = None
    trigger_end: int | None = None
    modality: Modality | None = "asserted"
    attribution: Literal["narrator", "third-party", "belligerent"] | None = None
    reported_by: str | None = None
    verification: Literal["unverified", "verified"] | None = None
    disputed_by: str | None = None
    actor1: str | None = None
    actor2: str | None = None
    inter1: int | None = None
    inter2: int | None = None
    date_start: str | None = None
    date_end: str | None = None
    date_text: str | None = None
    date_prec: int | None = None
    time_precision: int | None = None
    date_source: Literal["text", "publication"] | None = None
    deaths_low: int | None = None
    deaths_best: int | None = None
    deaths_high: int | None = None
    deaths_text: str | None = None
    injured_low: int | None = None
    injured_best: int | None = None
    injured_high: int | None = None
    confidence: float = Share
    evidence: list[str] = []


class ArticleRecord(_Strict):
    """Everything ``geomap parse`` says about one article."""

    schema_: str = Field(default=SCHEMA, alias="schema")
    id: str
    lang: Lang
    published: str | None = None
    title: str | None = None
    text: str
    source: SourceRecord = SourceRecord()
    made_by: MadeByRecord = MadeByRecord()
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
