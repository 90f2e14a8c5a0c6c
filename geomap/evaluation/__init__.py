"""Measures the pipeline against gold annotations: recognition, resolution, roles and events."""

from geomap.evaluation.candidates import CandidateScore, score_candidates
from geomap.evaluation.gold import GoldArticle, read_gold
from geomap.evaluation.report import Report, evaluate

__all__ = [
    "CandidateScore",
    "GoldArticle",
    "Report",
    "evaluate",
    "read_gold",
    "score_candidates",
]
