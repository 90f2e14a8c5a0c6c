"""Every text that a pattern with stems matches has one of the stems."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geomap.events import actor_patterns, boundaries, casualties, claim_names, claims
from geomap.events.stemmed import Stemmed, stemmed

MODULES = (actor_patterns, boundaries, casualties, claim_names, claims)
LETTERS = st.characters(codec="latin-1")


def stemmed_in(value: Any) -> Iterator[Stemmed]:
    if isinstance(value, Stemmed):
        yield value
    elif isinstance(value, Mapping):
        yield from stemmed_in(list(value.values()))
    elif isinstance(value, (list, tuple)):
        yield from (found for item in value for found in stemmed_in(item))


def all_stemmed() -> Iterable[Stemmed]:
    found = {words for module in MODULES for words in stemmed_in(list(vars(module).values()))}
    return sorted(found, key=lambda words: words.pattern.pattern)


@pytest.mark.parametrize("words", all_stemmed(), ids=lambda words: words.stems[0])
def test_no_match_without_a_stem(words: Stemmed) -> None:
    @settings(
        max_examples=20,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.from_regex(words.pattern, alphabet=LETTERS))
    def has_a_stem(text: str) -> None:
        assert words.may_match(text)

    has_a_stem()


def test_all_are_found() -> None:
    assert len(list(all_stemmed())) > 30


def test_case_is_ignored_where_the_pattern_ignores_it() -> None:
    assert stemmed("küste", "küste", re.I).search("KÜSTE")
    assert stemmed("küste", "küste").search("KÜSTE") is None
