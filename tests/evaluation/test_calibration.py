from __future__ import annotations

import pytest

from geomap.evaluation.calibration import Judgement, calibration_error, kept_and_right
from geomap.evaluation.gold import GoldArticle
from geomap.evaluation.toponyms import score_toponyms
from geomap.records import ToponymRecord


def test_calibration_error() -> None:
    honest = [Judgement(0.75, i < 3) for i in range(4)]
    boastful = [Judgement(0.95, i < 5) for i in range(10)]
    assert calibration_error(honest) == pytest.approx(0.0)
    assert calibration_error(boastful) == pytest.approx(0.45)
    assert calibration_error([*honest, *boastful]) == pytest.approx(0.45 * 10 / 14)
    assert calibration_error([]) is None


def test_kept_and_right() -> None:
    judged = [
        Judgement(0.9, True),
        Judgement(0.8, True),
        Judgement(0.6, False),
        Judgement(0.3, False),
    ]
    assert kept_and_right(judged, 0.7) == (0.5, 1.0)
    assert kept_and_right(judged, 0.5) == (0.75, pytest.approx(2 / 3))
    assert kept_and_right(judged, 0.95) == (0.0, None)
    assert kept_and_right([], 0.5) == (None, None)


def article() -> GoldArticle:
    return GoldArticle.model_validate(
        {
            "id": "a",
            "lang": "en",
            "text": "British troops in Homs",
            "toponyms": [
                {"start": 0, "end": 7, "lat": 54, "lon": -2, "kind": "Demonym"},
                {"start": 18, "end": 22, "lat": 34.73, "lon": 36.72, "kind": "Literal"},
            ],
        }
    )


def found(start: int, end: int, confidence: float = 0.9) -> ToponymRecord:
    return ToponymRecord(
        start=start, end=end, text="x", lat=34.73, lon=36.72, confidence=confidence
    )


def test_left_out_kinds_are_neither_missed_nor_wrong() -> None:
    without = article().leave_out(frozenset({"Demonym"}))
    missed = score_toponyms(without, [found(18, 22)])
    assert (missed.exact.precision, missed.exact.recall) == (1.0, 1.0)
    hit = score_toponyms(without, [found(0, 7), found(18, 22)])
    assert (hit.exact.precision, hit.exact.recall) == (1.0, 1.0)
    elsewhere = score_toponyms(without, [found(8, 14), found(18, 22)])
    assert elsewhere.exact.precision == 0.5
    assert score_toponyms(article(), [found(18, 22)]).exact.recall == 0.5


def test_confidence_is_judged_of_placed_toponyms() -> None:
    score = score_toponyms(article(), [found(0, 7, 0.4), found(18, 22, 0.8)])
    assert sorted(score.judged) == [Judgement(0.4, False), Judgement(0.8, True)]
