"""Scores recognition and resolution of toponyms.

A toponym is resolved right when the predicted point lies within 161 km (100 miles) of the gold
point, the field's customary limit; the strict ``place`` figures ask for the exact span and a point
within the radius the annotator gave.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from geomap.coordinates import distance_km
from geomap.evaluation.calibration import Judgement
from geomap.evaluation.gold import GoldArticle, GoldToponym
from geomap.evaluation.spans import (
    NOTHING,
    Ratio,
    error_curve_area,
    pair_spans,
    shared_characters,
)
from geomap.records import ToponymRecord

LIMIT_KM = 161.0
_LEAST_RADIUS_KM = 5.0


@dataclass(frozen=True, slots=True)
class ToponymScore:
    """Counts of one article or a corpus; add them up, then read the figures."""

    exact: Ratio = NOTHING
    overlap: Ratio = NOTHING
    end_to_end: Ratio = NOTHING
    place: Ratio = NOTHING
    errors_km: tuple[float, ...] = ()
    found_without_point: int = 0
    judged: tuple[Judgement, ...] = ()

    def __add__(self, other: ToponymScore) -> ToponymScore:
        return ToponymScore(
            exact=self.exact + other.exact,
            overlap=self.overlap + other.overlap,
            end_to_end=self.end_to_end + other.end_to_end,
            place=self.place + other.place,
            errors_km=self.errors_km + other.errors_km,
            found_without_point=self.found_without_point + other.found_without_point,
            judged=self.judged + other.judged,
        )

    @property
    def accuracy(self) -> float | None:
        """Share of found and resolved toponyms within 161 km."""
        return self._share_near(len(self.errors_km))

    @property
    def accuracy_of_all(self) -> float | None:
        """The same with those left unresolved counted as wrong."""
        return self._share_near(len(self.errors_km) + self.found_without_point)

    @property
    def mean_km(self) -> float | None:
        """Mean error in kilometres."""
        return sum(self.errors_km) / len(self.errors_km) if self.errors_km else None

    @property
    def median_km(self) -> float | None:
        """Median error in kilometres."""
        return median(self.errors_km) if self.errors_km else None

    @property
    def auc(self) -> float | None:
        """Area under the error curve, 0 perfect."""
        return error_curve_area(self.errors_km)

    def _share_near(self, total: int) -> float | None:
        return sum(error <= LIMIT_KM for error in self.errors_km) / total if total else None


def score_toponyms(gold: GoldArticle, predicted: Sequence[ToponymRecord]) -> ToponymScore:
    """Score one article's toponyms; a span predicted twice counts once."""
    spans = {(t.start, t.end): t for t in reversed(predicted)}
    found = [spans[key] for key in sorted(spans) if not _is_ignored(spans[key], gold)]
    exact = pair_spans(gold.toponyms, found, exact=True)
    overlap = pair_spans(gold.toponyms, found, exact=False)
    located = sum(t.lat is not None for t in found)
    errors = _errors(gold.toponyms, found, overlap)
    unanswerable = sum(
        gold.toponyms[i].lat is None and found[j].lat is not None for i, j in overlap.items()
    )
    unplaced = sum(
        gold.toponyms[i].lat is not None and found[j].lat is None for i, j in overlap.items()
    )
    return ToponymScore(
        exact=Ratio(len(exact), len(found), len(gold.toponyms)),
        overlap=Ratio(len(overlap), len(found), len(gold.toponyms)),
        end_to_end=Ratio(
            sum(error <= LIMIT_KM for error in errors),
            located - unanswerable,
            sum(t.lat is not None for t in gold.toponyms),
        ),
        place=Ratio(_placed_right(gold, spans), located, len(gold.toponyms)),
        errors_km=errors,
        found_without_point=unplaced,
        judged=_judge(gold.toponyms, found, overlap),
    )


def _is_ignored(found: ToponymRecord, gold: GoldArticle) -> bool:
    """Tell whether a span touches toponyms that are left out and no other."""
    touches_ignored = any(shared_characters(found, toponym) for toponym in gold.ignored)
    return touches_ignored and not any(shared_characters(found, t) for t in gold.toponyms)


def _judge(
    gold: Sequence[GoldToponym], found: Sequence[ToponymRecord], pairs: dict[int, int]
) -> tuple[Judgement, ...]:
    judged = []
    for i, j in pairs.items():
        error = error_km(gold[i], found[j])
        if error is not None:
            reach = max(gold[i].radius_km, LIMIT_KM)
            judged.append(Judgement(found[j].confidence, error <= reach))
    return tuple(judged)


def _errors(
    gold: Sequence[GoldToponym], found: Sequence[ToponymRecord], pairs: dict[int, int]
) -> tuple[float, ...]:
    errors = (error_km(gold[i], found[j]) for i, j in pairs.items())
    return tuple(error for error in errors if error is not None)


def error_km(gold: GoldToponym, found: ToponymRecord) -> float | None:
    """Return the distance between gold and predicted point, None where one is missing."""
    if gold.lat is None or gold.lon is None or found.lat is None or found.lon is None:
        return None
    return distance_km(gold.lat, gold.lon, found.lat, found.lon)


def _placed_right(gold: GoldArticle, spans: dict[tuple[int, int], ToponymRecord]) -> int:
    right = 0
    for toponym in gold.toponyms:
        found = spans.get((toponym.start, toponym.end))
        error = error_km(toponym, found) if found else None
        right += error is not None and error <= max(toponym.radius_km, _LEAST_RADIUS_KM)
    return right
