"""The records that travel through the pipeline, and the protocols between its stages.

Standard library only. All records are frozen, slotted and picklable. Offsets are half-open ranges
of Unicode code points into ``Article.text``, and ``text[start:end] == record.text`` always holds.
Latitudes and longitudes are WGS84 degrees.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Literal, Protocol, TypeAlias

Lang: TypeAlias = Literal["de", "en"]
"""Languages geomap reads, ISO 639-1."""

Role: TypeAlias = Literal[
    "event",
    "background",
    "actor",
    "origin",
    "destination",
    "meeting",
    "dateline",
    "other",
    "demonym",
]
"""What a place is in the text: the scene of an event, a government that speaks, an origin …"""

Modality: TypeAlias = Literal["asserted", "negation", "hypothetical", "future", "historical"]
"""PLOVER's auxiliary modes; only asserted events are drawn as having happened."""

FoundBy: TypeAlias = Literal[
    "tagger", "context", "compound", "dateline", "gazetteer", "text", "coordinates", "given"
]
"""What saw a name: the tagger; the words around it; a compound that holds it ("Homs-Offensive"); a
dateline; the gazetteer, where the tagger cut it short; the rest of the text, where it is clearer;
its form as coordinates; the input, which gave the span."""

Worldview: TypeAlias = Literal["un", "de-facto"]
"""Whose disputed land is: the United Nations' and Germany's view, or that of who holds it."""

MatchKind: TypeAlias = Literal["exact", "variant", "fold", "part", "coordinates", "geocoder"]
"""How a name met a gazetteer entry: as it stands (after normalisation), by a spelling variant
(umlauts written out, article dropped, words joined), by its romanisation key, by some of its words
("Universität Bengasi"), or not by name."""

GeoJSON: TypeAlias = dict[str, Any]
"""A GeoJSON geometry object (RFC 7946)."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where an article comes from; every field may be unknown."""

    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    retrieved: str | None = None
    archive_url: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """A text to be parsed. ``text`` is what all offsets count in; the title is not part of it."""

    id: str
    text: str
    lang: Lang
    title: str | None = None
    published: date | None = None
    source: Source = Source()
    given_spans: tuple[tuple[int, int], ...] | None = None
    """Toponym offsets supplied with the text (``--given-spans``); None: recognise them."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word or punctuation mark."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its tokens; sentences are in text order and do not overlap."""

    start: int
    end: int
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name found in the text, or another name that explains why something is not one.

    ``label`` is ``LOC`` for toponyms (``COORD`` for written coordinates); the recogniser's other
    names carry ``PER``, ``ORG``, ``MISC`` or ``DEMONYM``. ``score`` is 0–1; ``found_by`` says what
    saw the name.
    """

    text: str
    start: int
    end: int
    label: str = "LOC"
    score: float = 1.0
    found_by: FoundBy = "tagger"


@dataclass(frozen=True, slots=True)
class Recognition:
    """What the recogniser read: sentences, toponyms (in order, not overlapping), other names."""

    sentences: tuple[Sentence, ...]
    toponyms: tuple[Toponym, ...]
    other_names: tuple[Toponym, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A gazetteer entry.

    ``feature_class`` and ``feature_code`` are GeoNames' (P/PPLC, A/PCLI, A/ADM1, H/SEA, L/RGN …),
    ``country`` is ISO 3166-1 alpha-2 (XK for Kosovo) or None for what lies in several or none,
    ``admin1``/``admin2`` are names, ``radius_km`` is the extent around the point.
    """

    id: int
    name: str
    lat: float
    lon: float
    feature_class: str
    feature_code: str
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    population: int = 0
    radius_km: float = 5.0
    geonameid: int | None = None
    wikidata: str | None = None
    source: str = ""
    importance: float = 0.0
    """Prior prominence 0–1 (curated entries, capitals and large places are high)."""

    licence: str = ""
    """Whom to credit, and on what terms; empty: as all of the gazetteer (``source`` says more)."""

    @property
    def kind(self) -> str:
        """country, admin1, admin2, city, water, region or landmark, from the feature code."""
        return _kind(self.feature_class, self.feature_code)


@cache
def _kind(feature_class: str, feature_code: str) -> str:
    if feature_code.startswith("PCL") or feature_code == "TERR":
        return "country"
    if feature_code in ("ADM1", "ADM2"):
        return feature_code.lower().replace("adm", "admin")
    by_class = {"A": "region", "P": "city", "H": "water", "S": "landmark", "R": "landmark"}
    return by_class.get(feature_class, "region")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean. ``lang`` is the language of ``matched_name`` where known.

    ``features`` says what each piece of evidence adds to its score, in log-odds.
    """

    place: Place
    matched_name: str
    match_kind: MatchKind
    lang: str | None = None
    score: float = 0.0
    features: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """The decision on one toponym.

    ``place`` is None when nothing fits; ``reason`` says why in words in every case.
    ``alternatives`` are the other candidates considered, best first, their ``score`` a probability.
    ``features`` says what each piece of evidence adds to the place chosen, in log-odds.
    ``where_prec`` is UCDP's 1–7, ``uncertainty_km`` how far the true place may lie from the point.
    """

    toponym: Toponym
    place: Place | None
    confidence: float
    method: str
    reason: str
    alternatives: tuple[Candidate, ...] = ()
    where_prec: int | None = None
    uncertainty_km: float | None = None
    features: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class RoleDecision:
    """The role of one toponym in the text and the id of the rule that decided it."""

    role: Role
    evidence: str


@dataclass(frozen=True, slots=True)
class Relation:
    """How an event lies to its anchor place: offset, between, at a coast, heading for it.

    ``bearing`` and ``heading_deg`` are degrees from north; ``other_start`` is the offset of the
    second place's name, of two that the event lies between or at whose border it lies.
    """

    kind: Literal["in", "near", "offset", "sector", "between", "coast", "border", "approach"]
    bearing: float | None = None
    distance_km: float | None = None
    other_start: int | None = None
    heading_deg: float | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people as stated: bounds where given, the words themselves where vague."""

    low: int | None = None
    best: int | None = None
    high: int | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class EventDate:
    """When: inclusive bounds, the words, UCDP's ``date_prec`` 1–5, and where it comes from."""

    start: date | None = None
    end: date | None = None
    text: str | None = None
    prec: int | None = None
    source: Literal["text", "publication"] | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """Another word for an event's place: a stand-in ("dort"), or its name when told again."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened (or is denied, planned, feared) at a place.

    ``location`` indexes the article's resolutions; None where the text does not name the place,
    which then is ``place`` ("die syrische Hauptstadt"). ``lat`` and ``lon`` are a representative
    point; ``geometry``, ``where_prec`` and ``uncertainty_km`` say how exact it is. Types are
    ACLED's; ``geomap_type`` names what ACLED does not code. ``deaths_attackers`` are the dead
    attackers that the text counts apart; ``deaths`` are the others.
    """

    event_id: str
    description: str
    desc_start: int
    desc_end: int
    event_type: str
    sub_event_type: str | None
    location: int | None = None
    lat: float | None = None
    lon: float | None = None
    geometry: GeoJSON | None = None
    relation: Relation | None = None
    where_prec: int | None = None
    uncertainty_km: float | None = None
    geomap_type: str | None = None
    plover: str | None = None
    acled_scope: bool = True
    mentions: tuple[Mention, ...] = ()
    place: Place | None = None
    trigger_start: int | None = None
    trigger_end: int | None = None
    modality: Modality = "asserted"
    attribution: Literal["narrator", "third-party", "belligerent"] | None = None
    reported_by: str | None = None
    verification: Literal["unverified", "verified"] | None = None
    disputed_by: str | None = None
    actor1: str | None = None
    actor2: str | None = None
    inter1: int | None = None
    inter2: int | None = None
    when: EventDate = EventDate()
    deaths: Count = Count()
    deaths_attackers: int | None = None
    injured: Count = Count()
    confidence: float = 0.5
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MadeBy:
    """Which versions made a result."""

    geomap: str
    model: str
    gazetteer: str


@dataclass(frozen=True, slots=True)
class GeoparsedArticle:
    """All that was found in an article.

    ``resolutions`` and ``roles`` run in parallel, one per toponym, in text order. ``focus_country``
    is the ISO code of the country that at least half of the places lie in.
    """

    article: Article
    resolutions: tuple[Resolution, ...]
    roles: tuple[RoleDecision, ...]
    events: tuple[Event, ...]
    made_by: MadeBy
    focus_country: str | None = None
    diagnostics: tuple[str, ...] = field(default=())


class Recogniser(Protocol):
    """Stage 2: finds toponyms in a text."""

    @property
    def name(self) -> str:
        """Name and version of the model, as written to ``made_by``."""

    def recognise(self, text: str) -> Recognition:
        """Return sentences, toponyms and other names of ``text``."""

    def recognise_many(self, texts: Iterable[str]) -> Iterator[Recognition]:
        """Yield what ``recognise`` returns for each of the texts, in order, for less time each."""


class PlaceIndex(Protocol):
    """Stage 3: names in, candidate places out. Read-only and safe to share between stages."""

    @property
    def version(self) -> str:
        """Name and date of the data, as written to ``made_by``."""

    def lookup(self, name: str, lang: str | None = None) -> Sequence[Candidate]:
        """Return the places of that name: exact matches, else variants, else romanisation keys.

        Most prominent first; empty when the gazetteer knows none. ``lang`` puts names of that
        language first. Never raises for odd names.
        """

    def knows(self, name: str) -> bool:
        """Tell whether any place bears that name (exact or variant; the cheap half of lookup)."""

    def country(self, code: str) -> Place | None:
        """Return the country of an ISO 3166-1 alpha-2 code."""

    def capital(self, code: str) -> Place | None:
        """Return the seat of government of a country."""

    def demonym(self, word: str) -> str | None:
        """Return the country code an adjective or demonym points to ("syrische" → SY)."""

    def area(self, place: Place) -> GeoJSON | None:
        """Return the polygon of a country, admin1 or sea (simplified), None where there is none."""

    def border(self, place: Place, other: Place | None = None) -> GeoJSON | None:
        """Return the line at which two countries or divisions meet, None if they do not.

        Without ``other``, all that the place shares with other land.
        """

    def coast(self, place: Place) -> GeoJSON | None:
        """Return where a country or division meets the sea, None if it is landlocked."""

    def country_at(self, lat: float, lon: float) -> str | None:
        """Return the country code at a point on land, None at sea or where disputed."""
