from __future__ import annotations

import numpy as np
import pytest
from fake_index import FakeIndex, place

from geomap.gazetteer import open_gazetteer
from geomap.models import Article, Toponym
from geomap.resolution.evidence import lay_out
from geomap.resolution.ranking import FEATURES, NIL_FEATURES
from geomap.resolution.slates import Slates
from geomap.resolution.windows import cut_windows
from geomap.training.company import invent_windows
from geomap.training.ranking import PRIOR, Example, calibrate, fit, judged


def test_the_prior_names_features() -> None:
    assert set(PRIOR) <= {*FEATURES, *NIL_FEATURES}


def examples(count: int = 20) -> list[Example]:
    """Articles in which the small town, next to its neighbour, is always meant."""
    index = FakeIndex().add(
        place(1, "Twin", 50.0, 10.0, country="DE", importance=0.9),
        place(2, "Twin", 34.0, 36.0, country="SY", importance=0.1),
    )
    index.add(place(3, "Near", 34.1, 36.1, country="SY", importance=0.5))
    slates = Slates(index)
    text = "Twin and Near"
    toponyms = [Toponym("Twin", 0, 4), Toponym("Near", 9, 13)]
    (window,) = cut_windows(Article("a", text, "en"), toponyms, (), slates)
    right = np.array([0.0, 1.0, 1.0])
    return [Example(f"a{i}", lay_out(window), right, np.ones(2), 1.0) for i in range(count)]


def test_fitting_learns_what_the_examples_say() -> None:
    pytest.importorskip("scipy", reason="comes with geomap[maintain]")
    given = examples()
    prominent = fit([], 1.0, rounds=0)
    assert judged(given, prominent)[1].mean() < 1.0
    learnt = fit(given, 0.01)
    p, right = judged(given, learnt)
    assert right.mean() == 1.0
    assert p.mean() > judged(given, prominent)[0].mean()


def test_calibration_rises_and_meets_the_shares() -> None:
    dice = np.random.default_rng(1)
    p = dice.random(20_000)
    right = (dice.random(20_000) < p**2).astype(float)
    x, y = calibrate(p, right)
    assert x == sorted(x)
    assert y == sorted(y)
    assert np.interp(0.5, x, y) == pytest.approx(0.25, abs=0.03)


def test_invented_company_is_the_same_each_time_and_has_answers() -> None:
    with open_gazetteer() as index:
        first, second = (list(invent_windows(index, Slates(index), "en", 12)) for _ in range(2))
    assert len(first) > 6
    names = [[sense.name for sense in window.senses] for window, _, _ in first]
    assert names == [[sense.name for sense in window.senses] for window, _, _ in second]
    found = np.concatenate([right for _, right, _ in first]).sum()
    assert found >= 0.9 * sum(len(window.senses) for window, _, _ in first)
