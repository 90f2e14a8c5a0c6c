from __future__ import annotations

import json
from importlib.resources import files

import numpy as np
import pytest
from fake_index import FakeIndex, place

from geomap.models import Article, Toponym
from geomap.resolution.evidence import lay_out
from geomap.resolution.ranking import (
    FEATURES,
    NIL_FEATURES,
    RankingModel,
    load_ranking,
    rank,
    score,
)
from geomap.resolution.slates import STATIC_FEATURES, Slates, contained, kilometres
from geomap.resolution.windows import Window, cut_windows


def index() -> FakeIndex:
    return (
        FakeIndex()
        .add(
            place(1, "Tripoli", 32.89, 13.19, "P/PPLC", "LY", importance=0.7),
            place(2, "Tripoli", 34.44, 35.85, "P/PPLA", "LB", importance=0.6),
        )
        .add(
            place(3, "Beirut", 33.89, 35.5, "P/PPLC", "LB", importance=0.8),
        )
        .add(
            place(4, "Benghazi", 32.1, 20.1, "P/PPLA", "LY", importance=0.6),
        )
        .add(
            place(5, "Lebanon", 33.8, 35.8, "A/PCLI", "LB", importance=0.8),
        )
    )


def windows(text: str, *names: str, repeat: int = 1) -> list[Window]:
    toponyms, begin = [], 0
    for name in names * repeat:
        start = text.index(name, begin)
        begin = start + len(name)
        toponyms.append(Toponym(name, start, begin))
    return list(cut_windows(Article("a", text, "en"), toponyms, (), Slates(index())))


def test_the_shipped_model_is_whole_and_its_curve_rises() -> None:
    text = files("geomap.resolution").joinpath("ranking.json").read_text(encoding="utf-8")
    content = json.loads(text)
    assert set(content["weights"]) == {*FEATURES, *NIL_FEATURES}
    for axis in ("probability", "right"):
        values = content["calibration"][axis]
        assert values == sorted(values)
        assert 0 <= values[0] <= values[-1] <= 1
    assert load_ranking().weights[FEATURES.index("importance")] > 0


def test_probabilities_of_a_name_and_of_no_place_add_up() -> None:
    (window,) = windows("Tripoli and Beirut", "Tripoli", "Beirut")
    board = lay_out(window)
    scores = score(board, load_ranking())
    sums = np.add.reduceat(scores.probabilities, board.starts) + scores.nil
    assert sums == pytest.approx(np.ones(2))


def test_contributions_explain_the_order() -> None:
    (window,) = windows("Tripoli and Beirut", "Tripoli", "Beirut")
    tripoli, _ = rank(lay_out(window), load_ranking())
    totals = [sum(value for _, value in candidate.features) for candidate in tripoli]
    assert [c.place.country for c in tripoli] == ["LB", "LY"]
    assert totals == sorted(totals, reverse=True)
    assert dict(tripoli[0].features)["country"] > dict(tripoli[1].features).get("country", 0)


def test_confidence_is_read_off_the_curve() -> None:
    weights = load_ranking()
    curve = (np.array([0.0, 1.0]), np.array([0.0, 0.5]))
    halved = RankingModel(weights.weights, weights.nil_weights, curve)
    (window,) = windows("Beirut", "Beirut")
    ((beirut,),) = rank(lay_out(window), halved)
    assert beirut.score <= 0.5


def test_paragraphs_far_apart_are_decided_apart() -> None:
    libya = "Tripoli and Benghazi. " * 30
    lebanon = "Tripoli and Beirut in Lebanon. " * 30
    filler = "\n\n" + "Nothing happened anywhere that day. " * 60 + "\n\n"
    text = libya + filler + lebanon
    names = [w.strip(".,") for w in text.split() if w[0].isupper() and w.strip(".,") != "Nothing"]
    many = windows(text, *names)
    assert sum(len(sense.toponyms) for window in many for sense in window.senses) == len(names)


def test_long_articles_are_cut_into_windows_and_keep_every_toponym() -> None:
    names = [f"Town{number:03}" for number in range(300)]
    gazetteer = FakeIndex()
    for number, name in enumerate(names):
        gazetteer.add(place(number + 1, name, number / 10, number / 10, country="SY"))
    text = "\n\n".join(f"Fighting in {name} again." for name in names)
    toponyms = []
    for name in names:
        toponyms.append(Toponym(name, text.index(name), text.index(name) + len(name)))
    cut = list(cut_windows(Article("a", text, "en"), toponyms, (), Slates(gazetteer)))
    assert len(cut) > 4
    assert max(len(window.senses) for window in cut) <= 48
    assert sorted(i for w in cut for s in w.senses for i in s.toponyms) == list(range(300))


def test_what_lies_in_what() -> None:
    slates = Slates(index())
    tripoli, lebanon = slates.slate("Tripoli", "en", False), slates.slate("Lebanon", "en", False)
    assert contained(tripoli, lebanon).tolist() == [[0.0], [1.0]]
    assert contained(lebanon, lebanon).tolist() == [[0.0]]


def test_kilometres() -> None:
    slates = Slates(index())
    beirut, benghazi = slates.slate("Beirut", "en", False), slates.slate("Benghazi", "en", False)
    assert kilometres(beirut.units, benghazi.units)[0, 0] == pytest.approx(1446, abs=10)


def test_features_of_a_slate() -> None:
    slate = Slates(index()).slate("Tripoli", "en", False)
    assert slate.features.shape == (2, len(STATIC_FEATURES))
    assert slate.features[:, STATIC_FEATURES.index("importance")].tolist() == [0.7, 0.6]
    assert Slates(index()).slate("Nowhere", "en", False).features.shape == (0, len(STATIC_FEATURES))
