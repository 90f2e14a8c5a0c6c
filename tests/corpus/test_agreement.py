"""Two annotators: where they agree, and how much that is worth."""

from __future__ import annotations

import pytest

from geomap.corpus.agreement import measure_agreement
from geomap.corpus.markup import MarkedText, read_marked_texts

HEAD = "=== x-01\npublished: 2016-03-14\nconflict: syria\nstyle: wire\nwhere: SY LB\n\nTitel\n\n"


def read(body: str) -> MarkedText:
    (text,) = read_marked_texts(HEAD + body, "de")
    assert isinstance(text, MarkedText), text
    return text


ONE = read(
    "{In [Homs|e] starben zwei}(bomb; dead 2). {In [Hama|e] wurde gekämpft}(battle). [Moskau|a] und"
    " [Assad|PER] schweigen."
)


def test_the_same_annotation_agrees_in_everything() -> None:
    found = measure_agreement([(ONE, ONE)])
    assert found.texts == 1
    assert (found.toponyms, found.names, found.roles, found.roles_kappa) == (1, 1, 1, 1)
    assert (found.events, found.event_types, found.event_statuses) == (1, 1, 1)


def test_differences_are_counted_where_they_are() -> None:
    other = read(
        "{In [Homs|e] starben zwei}(shelling; planned; dead 2). In [Hama|b] wurde gekämpft."
        " [Moskau|a] und [Assad|ORG] schweigen."
    )
    found = measure_agreement([(ONE, other)])
    assert (found.toponyms, found.names) == (1, pytest.approx(0.75))
    assert found.roles == pytest.approx(2 / 3)
    # Margins e2 a1 and e1 b1 a1: chance (2 * 1 + 1 * 1) / 9.
    assert found.roles_kappa == pytest.approx((2 / 3 - 1 / 3) / (1 - 1 / 3))
    assert found.events == pytest.approx(2 / 3)
    assert (found.event_types, found.event_statuses) == (0, 0)


def test_a_toponym_only_one_has_costs() -> None:
    other = read(
        "{In [Homs|e] starben zwei}(bomb). {In [Hama|e] wurde gekämpft}(battle). Moskau und"
        " [Assad|PER] schweigen."
    )
    assert measure_agreement([(ONE, other)]).toponyms == pytest.approx(0.8)


def test_other_words_are_refused() -> None:
    with pytest.raises(ValueError, match="different words"):
        measure_agreement([(ONE, read("[Homs|e]."))])
