"""Runs the pipeline over gold articles and sums up how well it did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geomap.evaluation.calibration import calibration_error, kept_and_right
from geomap.evaluation.events import score_events
from geomap.evaluation.gold import GoldArticle
from geomap.evaluation.spans import Ratio
from geomap.evaluation.toponyms import ToponymScore, score_toponyms
from geomap.records import ArticleRecord

Figures = dict[str, float | int | None]
_THRESHOLDS = (0.5, 0.7, 0.9)


@dataclass(frozen=True, slots=True)
class Report:
    """The counts of a corpus, and the figures made of them."""

    articles: int
    toponyms: ToponymScore
    events: Counter[str]

    def figures(self) -> dict[str, Figures]:
        """Return all figures by group; shares lie in 0–1, None where there is nothing to score."""
        score = self.toponyms
        return {
            "recognition_exact": _ratio(score.exact),
            "recognition_overlap": _ratio(score.overlap),
            "resolution": {
                "accuracy_161km": _rounded(score.accuracy),
                "accuracy_161km_of_all_found": _rounded(score.accuracy_of_all),
                "mean_km": _rounded(score.mean_km, 1),
                "median_km": _rounded(score.median_km, 1),
                "auc": _rounded(score.auc),
                "resolved": len(score.errors_km),
                "unresolved": score.found_without_point,
            },
            "confidence": _confidence_figures(score),
            "end_to_end_161km": _ratio(score.end_to_end),
            "place_strict": _ratio(score.place),
            "events": self._event_figures(),
            "roles_and_traps": self._role_figures(),
        }

    def _event_figures(self) -> Figures:
        counts = self.events
        ratio = Ratio(counts["found"], counts["asserted"], counts["happened"])
        return _ratio(ratio) | {
            "unsupported": counts["unsupported"],
            "overclaims": counts["overclaims"],
            "overclaim_rate": _share(counts["overclaims"], counts["not_happened"]),
            "type_accuracy": _share(counts["type_right"], counts["found"]),
            "date_accuracy": _share(counts["date_right"], counts["dated"]),
            "deaths_accuracy": _share(counts["deaths_right"], counts["deaths_stated"]),
        }

    def _role_figures(self) -> Figures:
        counts = self.events
        return {
            "role_accuracy": _share(counts["roles_right"], counts["roles"]),
            "trap_hit_rate": _share(counts["traps_hit"], counts["traps"]),
            "demonym_hit_rate": _share(counts["demonyms_hit"], counts["demonyms"]),
        }


def evaluate(gold: Sequence[GoldArticle], records: Iterable[ArticleRecord]) -> Report:
    """Score ``records`` against ``gold``, joined by id; a missing record counts as empty."""
    by_id: Mapping[str, ArticleRecord] = {record.id: record for record in records}
    toponyms, events = ToponymScore(), Counter[str]()
    for article in gold:
        record = by_id.get(article.id) or ArticleRecord(
            id=article.id, lang=article.lang, text=article.text
        )
        toponyms += score_toponyms(article, record.toponyms)
        events.update(score_events(article, record))
    return Report(len(gold), toponyms, events)


def _confidence_figures(score: ToponymScore) -> Figures:
    figures: Figures = {"calibration_error": _rounded(calibration_error(score.judged))}
    for threshold in _THRESHOLDS:
        kept, right = kept_and_right(score.judged, threshold)
        figures[f"kept_{threshold}"] = _rounded(kept)
        figures[f"right_{threshold}"] = _rounded(right)
    return figures


def _ratio(ratio: Ratio) -> dict[str, Any]:
    return {
        "precision": _rounded(ratio.precision),
        "recall": _rounded(ratio.recall),
        "f1": _rounded(ratio.f1),
        "correct": ratio.correct,
        "predicted": ratio.predicted,
        "gold": ratio.gold,
    }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None


def _rounded(value: float | None, digits: int = 3) -> float | None:
    return None if value is None else round(value, digits)
