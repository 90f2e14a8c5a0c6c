"""Scores the gazetteer by itself: whether the right place is among the candidates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from geomap.coordinates import distance_km
from geomap.evaluation.gold import GoldArticle, GoldToponym
from geomap.models import Candidate, Toponym

FIRST = 20
_LEAST_RADIUS_KM = 5.0

Offer = tuple[Toponym, tuple[Candidate, ...]]


@dataclass(frozen=True, slots=True)
class CandidateScore:
    """Counts of toponyms; ``missed`` names those without a right candidate."""

    toponyms: int
    right: int
    right_first: int
    missed: tuple[str, ...]

    def figures(self) -> dict[str, float | int]:
        """Return the shares (0–1) of toponyms with a right candidate."""
        total = max(1, self.toponyms)
        return {
            "toponyms": self.toponyms,
            f"right_among_first_{FIRST}": round(self.right / total, 3),
            "right_first": round(self.right_first / total, 3),
        }


def score_candidates(
    gold: Sequence[GoldArticle], offers: Iterable[Sequence[Offer]]
) -> CandidateScore:
    """Score the ``offers`` of each gold article; a toponym without gold coordinates is left out."""
    ranks = [
        (toponym, article, _rank_of_right(toponym, candidates))
        for article, offered in zip(gold, offers, strict=True)
        for toponym, candidates in _judged(article, offered)
    ]
    missed = tuple(a.text[t.start : t.end] for t, a, rank in ranks if rank is None)
    return CandidateScore(
        toponyms=len(ranks),
        right=len(ranks) - len(missed),
        right_first=sum(rank == 0 for *_, rank in ranks),
        missed=missed,
    )


def _judged(
    article: GoldArticle, offered: Sequence[Offer]
) -> Iterator[tuple[GoldToponym, tuple[Candidate, ...]]]:
    by_span = {(toponym.start, toponym.end): candidates for toponym, candidates in offered}
    for toponym in article.toponyms:
        if toponym.lat is not None:
            yield toponym, by_span.get((toponym.start, toponym.end), ())


def _rank_of_right(toponym: GoldToponym, candidates: Sequence[Candidate]) -> int | None:
    if toponym.lat is None or toponym.lon is None:
        return None
    reach = max(toponym.radius_km, _LEAST_RADIUS_KM)
    for rank, candidate in enumerate(candidates[:FIRST]):
        place = candidate.place
        if distance_km(toponym.lat, toponym.lon, place.lat, place.lon) <= reach:
            return rank
    return None
