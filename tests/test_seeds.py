"""The sample articles end to end: what they say must be on the map, and nothing else."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from geomap.articles import read_articles
from geomap.evaluation import evaluate, read_gold
from geomap.gazetteer import Gazetteer
from geomap.pipeline import Geoparser
from geomap.records import ArticleRecord, record_of
from geomap.settings import Settings

SEEDS = Path(__file__).parents[1] / "seeds"
NAMES = sorted(path.name.removesuffix(".gold.json") for path in SEEDS.glob("*.gold.json"))


@pytest.fixture(scope="module")
def records(shipped_gazetteer: Gazetteer) -> dict[str, ArticleRecord]:
    geoparser = Geoparser(Settings(), index=shipped_gazetteer)
    gold = [read_gold(SEEDS / f"{name}.gold.json")[0] for name in NAMES]
    return {g.id: record_of(geoparser.parse(g.article(given_spans=False))) for g in gold}


def test_there_are_three_german_and_one_english() -> None:
    langs = Counter(read_gold(SEEDS / f"{name}.gold.json")[0].lang for name in NAMES)
    assert langs == {"de": 3, "en": 1}


@pytest.mark.parametrize("name", NAMES)
def test_gold_belongs_to_the_text(name: str) -> None:
    (gold,) = read_gold(SEEDS / f"{name}.gold.json")
    (article,) = read_articles([str(SEEDS / f"{name}.txt")], Settings(), pytest.fail)
    assert article.text == gold.text
    assert (article.lang, article.title) == (gold.lang, gold.title)


@pytest.mark.parametrize("name", NAMES)
def test_figures_hold(name: str, records: dict[str, ArticleRecord]) -> None:
    gold = read_gold(SEEDS / f"{name}.gold.json")
    figures = evaluate(gold, [records[gold[0].id]]).figures()
    place, events = figures["place_strict"]["f1"], figures["events"]["f1"]
    assert place is not None
    assert place >= 0.9
    assert events is not None
    assert events >= 0.7
    assert figures["events"]["overclaims"] == 0
    roles = figures["roles_and_traps"]["role_accuracy"]
    assert roles is not None
    assert roles >= 0.7


def test_the_syrian_map(records: dict[str, ArticleRecord]) -> None:
    record = records["syrien-2015"]
    drawn = {(e.name, e.modality) for e in record.events if e.acled_scope}
    assert {("Damascus", "asserted"), ("Tadmur", "asserted")} <= drawn
    beside = {(e.name, e.geomap_type, e.modality) for e in record.events if not e.acled_scope}
    assert {("Qatar", "meeting", "asserted"), ("Moscow", "visit", "future")} <= beside
    assert ("Latakia", "advance", "asserted") in beside
    silent = {"Washington", "Teheran", "Tunesien", "Jordanien", "BEIRUT"}
    places = {t.start: t.text for t in record.toponyms}
    told = {places[e.location_start] for e in record.events if e.location_start is not None}
    assert not told & silent


def test_one_article_makes_one_map_under_a_megabyte(
    records: dict[str, ArticleRecord], tmp_path: Path
) -> None:
    from geomap.outputs.map import write_map

    for name, record in records.items():
        path = tmp_path / f"{name}.html"
        write_map([record], path)
        assert 100_000 < path.stat().st_size < 1_000_000
