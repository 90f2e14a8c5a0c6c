"""What happened against what was denied, feared, planned or is long past, in minimal pairs.

Each pair is a sentence that asserts an event at a place and its smallest change that does not, or
that leaves it to somebody to vouch for it. The whole pipeline reads them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from geomap.gazetteer import Gazetteer
from geomap.models import Article, Event, GeoparsedArticle
from geomap.pipeline import Geoparser

PAIRS: list[dict[str, Any]] = [
    json.loads(line)
    for line in Path(__file__)
    .with_name("minimal_pairs.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
NOT_HAPPENED = [i for i, pair in enumerate(PAIRS) if pair["expected"] != "asserted"]
CLAIMED = [i for i, pair in enumerate(PAIRS) if pair["expected"] == "asserted"]
# Variants drawn as having happened although they did not. May only shrink.
KNOWN_OVERCLAIMS: frozenset[str] = frozenset()
MOST_KNOWN_OVERCLAIMS = 0
LEAST_HAPPENED = 256
LEAST_RIGHT_MODES = 177

Parsed = Mapping[tuple[int, str], GeoparsedArticle]


@pytest.fixture(scope="module")
def parsed(shipped_gazetteer: Gazetteer) -> Parsed:
    articles = [
        Article(
            id=f"{number} {half}",
            text=pair[half],
            lang=pair["lang"],
            published=date.fromisoformat(pair["published"]),
        )
        for number, pair in enumerate(PAIRS)
        for half in ("happened", "variant")
    ]
    found: dict[tuple[int, str], GeoparsedArticle] = {}
    for read in Geoparser(index=shipped_gazetteer).parse_many(articles, pytest.fail):
        number, half = read.article.id.split()
        found[int(number), half] = read
    return found


def events_at_place(parsed: Parsed, number: int, half: str) -> list[Event]:
    read, place = parsed[number, half], PAIRS[number]["place"]
    return [
        event
        for event in read.events
        if event.location is not None
        and read.resolutions[event.location].toponym.text.startswith(place)
    ]


def is_asserted(parsed: Parsed, number: int, half: str) -> bool:
    return any(e.modality == "asserted" for e in events_at_place(parsed, number, half))


def test_there_are_300_different_pairs() -> None:
    assert len({pair["variant"] for pair in PAIRS}) == len(PAIRS) == 300
    assert all(pair["place"] in pair[half] for pair in PAIRS for half in ("happened", "variant"))


@pytest.mark.parametrize("number", NOT_HAPPENED, ids=lambda i: f"{i}-{PAIRS[i]['expected']}")
def test_what_did_not_happen_is_not_asserted(parsed: Parsed, number: int) -> None:
    known = PAIRS[number]["variant"] in KNOWN_OVERCLAIMS
    assert is_asserted(parsed, number, "variant") == known, PAIRS[number]["variant"]


def test_known_overclaims_only_shrink() -> None:
    assert len(KNOWN_OVERCLAIMS) <= MOST_KNOWN_OVERCLAIMS
    assert {pair["variant"] for pair in PAIRS} >= KNOWN_OVERCLAIMS


def test_what_happened_is_asserted(parsed: Parsed) -> None:
    found = sum(is_asserted(parsed, number, "happened") for number in range(len(PAIRS)))
    assert found >= LEAST_HAPPENED


def test_how_it_did_not_happen(parsed: Parsed) -> None:
    """Denied, feared, planned or past: right where an event is found at all."""
    right = sum(
        any(
            e.modality == PAIRS[number]["expected"]
            for e in events_at_place(parsed, number, "variant")
        )
        for number in NOT_HAPPENED
    )
    assert right >= LEAST_RIGHT_MODES


@pytest.mark.parametrize("number", CLAIMED, ids=lambda i: PAIRS[i]["place"])
def test_who_vouches_for_it(parsed: Parsed, number: int) -> None:
    claim = PAIRS[number].get("claim", {})
    events = [e for e in events_at_place(parsed, number, "variant") if e.modality == "asserted"]
    assert events, PAIRS[number]["variant"]
    assert claim in [{name: getattr(e, name) for name in claim} for e in events]
