"""Trigger words are looked for only where they can begin, and none is missed."""

from __future__ import annotations

import json
import re
import tomllib
from importlib import resources
from pathlib import Path
from typing import get_args

import pytest

from geomap.events.word_patterns import WordPatterns
from geomap.models import Lang

PAIRS = Path(__file__).with_name("minimal_pairs.jsonl")
ODD = "·luftangriff: …feuer-gefechte, un-soldaten\nfällt aleppo? kämpfe»um«homs; angriff"


def sources(lang: Lang) -> list[str]:
    lexicon = resources.files("geomap.events").joinpath("data/triggers.toml")
    entries = tomllib.loads(lexicon.read_text(encoding="utf-8"))["trigger"]
    return ["|".join(f"(?:{pattern})" for pattern in entry[lang]) for entry in entries]


@pytest.mark.parametrize("lang", get_args(Lang))
def test_nothing_is_missed(lang: Lang) -> None:
    pairs = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    texts = [pair[key].lower() for pair in pairs for key in ("happened", "variant")] + [ODD]
    patterns = WordPatterns(enumerate(sources(lang)))
    everywhere = [re.compile(rf"(?<!\w)(?:{source})") for source in sources(lang)]
    for text in texts:
        found = sorted((number, *match.span()) for number, match in patterns.finditer(text))
        assert found == [
            (number, *match.span())
            for number, pattern in enumerate(everywhere)
            for match in pattern.finditer(text)
        ]


@pytest.mark.parametrize("lang", get_args(Lang))
def test_trigger_words_begin_with_a_word(lang: Lang) -> None:
    for source in sources(lang):
        pattern = re.compile(source)
        assert not any(pattern.match(sign) for sign in " -,.·„\"'")


def test_matches_of_a_pattern_do_not_overlap() -> None:
    patterns = WordPatterns([("a", "in the city|city of homs"), ("b", "the city of")])
    found = [(label, match[0]) for label, match in patterns.finditer("in the city of homs")]
    assert found == [("a", "in the city"), ("b", "the city of")]


def test_signs_that_the_libraries_read_differently_hide_nothing() -> None:
    patterns = WordPatterns([("a", r"\w*angriff"), ("b", r"neue\s+kämpfe")])
    found = [(label, match[0]) for label, match in patterns.finditer("luft²angriff neue\x1ckämpfe")]
    assert found == [("a", "luft²angriff"), ("b", "neue\x1ckämpfe")]
