"""The corpus as it lies in the project: built from its texts, varied, and parted."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from geomap.corpus.__main__ import build, read_folder
from geomap.corpus.annotation import HELD_OUT_CONFLICTS, HELD_OUT_STYLES
from geomap.corpus.markup import MarkedText
from geomap.corpus.omissions import find_omissions
from geomap.corpus.variety import measure_variety
from geomap.gazetteer import Gazetteer

CORPUS = Path(__file__).parents[2] / "seeds" / "corpus"


@pytest.fixture(scope="module")
def texts() -> list[MarkedText]:
    return list(read_folder(CORPUS))


@pytest.fixture(scope="module")
def records() -> list[dict[str, Any]]:
    lines = (CORPUS / "corpus.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_the_built_file_is_that_of_the_texts(
    records: list[dict[str, Any]], shipped_gazetteer: Gazetteer
) -> None:
    built = {record["id"]: record for record in build(CORPUS, shipped_gazetteer)}
    assert list(built) == [record["id"] for record in records]
    assert [r["id"] for r in records if r != built[r["id"]]] == []


def test_size_and_share_without_conflict(texts: list[MarkedText]) -> None:
    counts = Counter(text.lang for text in texts)
    assert counts["de"] >= 500
    assert counts["en"] >= 300
    for lang in counts:
        chosen = [text for text in texts if text.lang == lang]
        assert sum(text.conflict == "none" for text in chosen) / len(chosen) >= 0.25
        assert all(50 <= len(text.text.split()) <= 220 for text in chosen)


def test_held_out_are_whole_conflicts_and_styles(records: list[dict[str, Any]]) -> None:
    train = [record for record in records if record["split"] == "train"]
    assert not {record["conflict"] for record in train} & HELD_OUT_CONFLICTS
    assert not {record["style"] for record in train} & HELD_OUT_STYLES
    for lang in ("de", "en"):
        splits = Counter(record["split"] for record in records if record["lang"] == lang)
        assert 0.08 <= splits["held_out"] / splits.total() <= 0.16


def test_no_name_is_marked_here_and_not_there(texts: list[MarkedText]) -> None:
    assert [f"{text.id}: {word}" for text in texts for word in find_omissions(text)] == []


def test_almost_every_toponym_has_a_place(records: list[dict[str, Any]]) -> None:
    toponyms = [toponym for record in records for toponym in record["toponyms"]]
    assert sum(toponym["lat"] is None for toponym in toponyms) < 0.04 * len(toponyms)


def test_texts_are_varied(texts: list[MarkedText]) -> None:
    pytest.importorskip("datasketch", reason="comes with geomap[maintain]")
    for lang in ("de", "en"):
        found = measure_variety([text for text in texts if text.lang == lang])
        assert found.near_duplicates == ()
        assert found.names_once > 0.8
        assert found.ten_commonest < 0.06
