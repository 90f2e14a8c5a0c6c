"""Gold annotations: one JSON object an article, as described in ``docs/evaluation.md``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from geomap.corrections import describe_slip
from geomap.errors import InputError, RecordError
from geomap.models import Article, Lang


class _Lenient(BaseModel):
    # Gold files carry more than is scored (keys, notes, sources of coordinates).
    model_config = ConfigDict(extra="ignore", frozen=True)


class GoldToponym(_Lenient):
    """A toponym as the annotator reads it; a correct answer lies within ``radius_km``."""

    start: int = Field(ge=0)
    end: int
    lat: float | None = Field(default=None, ge=-90, le=90, allow_inf_nan=False)
    lon: float | None = Field(default=None, ge=-180, le=180, allow_inf_nan=False)
    radius_km: float = 0.0
    role: str | None = None
    kind: str | None = None
    """The corpus' own class of toponym ("Literal", "Demonym", …); see ``leave_out``."""


class GoldTrap(_Lenient):
    """A word that looks like a toponym and is none; ``why`` says so."""

    start: int
    end: int
    why: str = ""


class GoldLocation(_Lenient):
    """Another place of the same clause's event."""

    start: int


class GoldEvent(_Lenient):
    """An event; ``status`` tells whether it happened."""

    location_start: int | None = None
    lat: float
    lon: float
    radius_km: float = 0.0
    type: str
    description_start: int
    description_end: int
    status: Literal["happened", "negated", "hypothetical", "planned"]
    acled_scope: bool = True
    date_start: str | None = None
    date_end: str | None = None
    fatalities_low: int | None = None
    fatalities_high: int | None = None
    other_locations: list[GoldLocation] = []


class GoldArticle(_Lenient):
    """An annotated article."""

    id: str
    lang: Lang
    text: str
    title: str | None = None
    published: date | None = None
    split: str | None = None
    toponyms: list[GoldToponym] = []
    ignored: list[GoldToponym] = []
    """Toponyms that are neither searched for nor wrong to find."""
    not_toponyms: list[GoldTrap] = []
    events: list[GoldEvent] = []

    @model_validator(mode="after")
    def _spans_fit(self) -> GoldArticle:
        for toponym in self.toponyms:
            if not toponym.start < toponym.end <= len(self.text):
                raise ValueError(f"toponym at {toponym.start}–{toponym.end} lies outside the text")
        return self

    def leave_out(self, kinds: frozenset[str]) -> GoldArticle:
        """Return the article with the toponyms of these kinds ignored."""
        if not kinds:
            return self
        kept = [toponym for toponym in self.toponyms if toponym.kind not in kinds]
        out = [toponym for toponym in self.toponyms if toponym.kind in kinds]
        return self.model_copy(update={"toponyms": kept, "ignored": [*self.ignored, *out]})

    def article(self, *, given_spans: bool) -> Article:
        """Return the bare article: the text, and with ``given_spans`` where toponyms stand."""
        spans = tuple(sorted((t.start, t.end) for t in self.toponyms)) if given_spans else None
        return Article(
            id=self.id,
            text=self.text,
            lang=self.lang,
            title=self.title,
            published=self.published,
            given_spans=spans,
        )


def read_gold(path: Path, lang: Lang | None = None, split: str | None = None) -> list[GoldArticle]:
    """Return the gold articles of a JSON or JSON Lines file, of a language and split if asked.

    Raises RecordError naming the line, and InputError for a file without any.
    """
    articles: dict[str, GoldArticle] = {}
    for number, line in enumerate(_lines(path), start=1):
        if line.strip():
            article = _parse(line, str(path), number)
            if article.id in articles:
                raise RecordError(f"id {article.id!r} a second time", source=str(path), line=number)
            articles[article.id] = article
    chosen = [
        article
        for article in articles.values()
        if lang in (None, article.lang) and split in (None, article.split)
    ]
    if not chosen:
        wanted = (f" in {lang}" if lang else "") + (f" of split {split!r}" if split else "")
        raise InputError(f"holds no gold articles{wanted}", source=str(path))
    return chosen


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", source=str(path)) from error
    except UnicodeDecodeError as error:
        raise InputError("is not UTF-8; save it as UTF-8", source=str(path)) from error
    return [text] if path.suffix.lower() == ".json" else text.split("\n")


def _parse(line: str, source: str, number: int) -> GoldArticle:
    try:
        return GoldArticle.model_validate_json(line)
    except ValidationError as error:
        message = describe_slip(error, "gold article")
        raise RecordError(message, source=source, line=number) from error
