from __future__ import annotations

import json
import math
import re
from pathlib import Path
from typing import Any

import pytest

from geomap.coordinates import distance_km
from geomap.errors import GeomapError, InputError
from geomap.evaluation import GoldArticle, evaluate, read_gold, score_candidates
from geomap.evaluation.spans import error_curve_area
from geomap.models import Candidate, Place, Toponym
from geomap.records import ArticleRecord

TEXT = "Angriff auf Charkiw und Sumy, meldet Berlin. Die ukrainische Armee bei Kupjansk."
POINTS = {
    "Charkiw": (49.98, 36.25),
    "Sumy": (50.91, 34.8),
    "Berlin": (52.52, 13.41),
    "Kupjansk": (49.71, 37.61),
}


def span(word: str, **more: Any) -> dict[str, Any]:
    start = TEXT.index(word)
    return {"start": start, "end": start + len(word), **more}


def gold(**more: Any) -> GoldArticle:
    toponyms = [
        span(name, lat=lat, lon=lon, radius_km=10, role="event")
        for name, (lat, lon) in POINTS.items()
    ]
    return GoldArticle.model_validate(
        {"id": "a", "lang": "de", "text": TEXT, "toponyms": toponyms, **more}
    )


def record(*toponyms: dict[str, Any], events: tuple[dict[str, Any], ...] = ()) -> ArticleRecord:
    filled = [{"text": TEXT[t["start"] : t["end"]], "role": "event", **t} for t in toponyms]
    return ArticleRecord.model_validate(
        {"id": "a", "lang": "de", "text": TEXT, "toponyms": filled, "events": list(events)}
    )


def perfect() -> ArticleRecord:
    return record(*(span(n, lat=lat, lon=lon) for n, (lat, lon) in POINTS.items()))


def test_gold_against_itself_is_perfect() -> None:
    figures = evaluate([gold()], [perfect()]).figures()
    for group in ("recognition_exact", "recognition_overlap", "end_to_end_161km", "place_strict"):
        assert figures[group]["f1"] == 1
    assert figures["resolution"]["auc"] == 0
    assert figures["roles_and_traps"]["role_accuracy"] == 1


def test_counts_of_a_mixed_prediction() -> None:
    longer = span("Sumy", lat=50.9, lon=34.8)
    longer["end"] += 1
    predicted = record(
        span("Charkiw", lat=50.0, lon=36.2),  # 4 km off
        longer,  # right place, wrong span
        span("Berlin", lat=44.47, lon=-71.18),  # the one in New Hampshire
        span("Armee", lat=1.0, lon=1.0),  # no place at all
    )
    figures = evaluate([gold()], [predicted]).figures()
    exact, overlap = figures["recognition_exact"], figures["recognition_overlap"]
    assert (exact["correct"], exact["predicted"], exact["gold"]) == (2, 4, 4)
    assert (overlap["correct"], overlap["predicted"], overlap["gold"]) == (3, 4, 4)
    assert figures["resolution"]["accuracy_161km"] == pytest.approx(0.667)
    end = figures["end_to_end_161km"]
    assert (end["correct"], end["predicted"], end["gold"]) == (2, 4, 4)
    place = figures["place_strict"]
    assert (place["correct"], place["predicted"], place["gold"]) == (1, 4, 4)


def test_found_without_a_point_counts_as_unresolved() -> None:
    figures = evaluate([gold()], [record(span("Charkiw"))]).figures()
    assert figures["resolution"]["unresolved"] == 1
    assert figures["resolution"]["accuracy_161km"] is None
    assert figures["resolution"]["accuracy_161km_of_all_found"] == 0


def test_a_missing_record_counts_as_empty() -> None:
    figures = evaluate([gold()], []).figures()
    assert figures["recognition_exact"]["recall"] == 0
    assert figures["recognition_exact"]["gold"] == 4


GOLD_EVENT = {
    "lat": 49.98,
    "lon": 36.25,
    "radius_km": 10,
    "type": "Battles",
    "description_start": 0,
    "description_end": 28,
    "status": "happened",
    "date_start": "2024-01-01",
    "date_end": "2024-01-01",
    "fatalities_low": 3,
    "fatalities_high": None,
}


def event(**more: Any) -> dict[str, Any]:
    return {
        "event_id": "e",
        "lat": 50.0,
        "lon": 36.2,
        "event_type": "Battles",
        "description": TEXT[:28],
        "desc_start": 0,
        "desc_end": 28,
        "date_start": "2024-01-01",
        "date_end": "2024-01-01",
        "deaths_low": 3,
        "location_start": 12,
        **more,
    }


@pytest.mark.parametrize(
    ("status", "predicted", "expected"),
    [
        (
            "happened",
            event(),
            {
                "correct": 1,
                "f1": 1.0,
                "type_accuracy": 1.0,
                "date_accuracy": 1.0,
                "deaths_accuracy": 1.0,
            },
        ),
        ("happened", event(event_type="Riots"), {"correct": 1, "type_accuracy": 0.0}),
        ("happened", event(deaths_high=3), {"deaths_accuracy": 0.0}),
        ("happened", event(lat=40.0), {"correct": 0, "unsupported": 1}),
        ("happened", event(modality="negation"), {"correct": 0, "predicted": 0}),
        ("happened", event(modality=None), {"correct": 1}),
        ("happened", event(acled_scope=False), {"correct": 0, "predicted": 0}),
        ("negated", event(), {"overclaims": 1, "overclaim_rate": 1.0}),
        ("planned", event(modality="future"), {"overclaims": 0}),
    ],
)
def test_events(status: str, predicted: dict[str, Any], expected: dict[str, float]) -> None:
    article = gold(events=[GOLD_EVENT | {"status": status}])
    figures = evaluate([article], [record(events=(predicted,))]).figures()["events"]
    assert {name: figures[name] for name in expected} == expected


def test_a_second_place_of_the_same_event_is_no_fault() -> None:
    article = gold(events=[GOLD_EVENT | {"other_locations": [{"start": 24}]}])
    predicted = record(events=(event(), event(lat=50.91, lon=34.8, location_start=24)))
    figures = evaluate([article], [predicted]).figures()["events"]
    assert (figures["precision"], figures["unsupported"]) == (1.0, 0)


def test_traps() -> None:
    traps = [span("ukrainische", why="demonym/adjective"), span("Armee", why="organisation")]
    predicted = record(span("Armee"), span("Charkiw"))
    figures = evaluate([gold(not_toponyms=traps)], [predicted]).figures()["roles_and_traps"]
    assert figures["trap_hit_rate"] == 1.0
    assert figures["demonym_hit_rate"] == 0.0


def test_distance_and_error_curve() -> None:
    assert distance_km(52.52, 13.405, 48.8566, 2.3522) == pytest.approx(878, abs=3)
    assert distance_km(0, 0, 0, 180) == pytest.approx(math.pi * 6371.009)
    assert error_curve_area([]) is None
    assert error_curve_area([0, 0, 0]) == 0
    assert error_curve_area([20038.0] * 4) == pytest.approx(1)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "line 1: is not a gold article: Invalid JSON"),
        (
            json.dumps({"id": "a", "lang": "fr", "text": "x"}),
            "line 1: is not a gold article: lang:",
        ),
        (
            json.dumps(
                {"id": "a", "lang": "de", "text": "x", "toponyms": [{"start": 0, "end": 9}]}
            ),
            "is not a gold article: toponym at 0–9 lies outside the text",
        ),
        ("", "holds no gold articles"),
    ],
)
def test_unusable_gold_is_named(tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(
        GeomapError, match=f"^{re.escape(str(path))}: .*{re.escape(says)}"
    ) as caught:
        read_gold(path)
    assert "Value error" not in str(caught.value)


def test_gold_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(GeomapError, match=r"cannot be read \(No such file or directory\)$"):
        read_gold(tmp_path / "none.jsonl")
    (tmp_path / "latin.jsonl").write_bytes("{Kämpfe".encode("latin-1"))
    with pytest.raises(GeomapError, match=r"is not UTF-8; save it as UTF-8$"):
        read_gold(tmp_path / "latin.jsonl")


def test_candidates_are_scored_before_ranking() -> None:
    def offer(name: str, *points: tuple[float, float]) -> tuple[Toponym, tuple[Candidate, ...]]:
        found = tuple(
            Candidate(Place(i, name, lat, lon, "P", "PPL"), name, "exact")
            for i, (lat, lon) in enumerate(points)
        )
        where = span(name)
        return Toponym(name, where["start"], where["end"]), found

    offers = [
        offer("Charkiw", POINTS["Charkiw"]),
        offer("Sumy", (0.0, 0.0), POINTS["Sumy"]),
        offer("Berlin", (44.47, -71.18)),
    ]
    score = score_candidates([gold()], [offers])
    assert (score.toponyms, score.right, score.right_first) == (4, 2, 1)
    assert score.missed == ("Berlin", "Kupjansk")


def test_a_split_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    rows = [{"id": s, "lang": "de", "text": "Homs", "split": s} for s in ("train", "held_out")]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert [article.id for article in read_gold(path, split="held_out")] == ["held_out"]
    assert len(read_gold(path)) == 2
    with pytest.raises(InputError, match="in de of split 'none'"):
        read_gold(path, "de", "none")
