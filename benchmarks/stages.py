"""Where the time goes: each stage of the pipeline by itself, on generated articles.

    OPENBLAS_NUM_THREADS=1 python benchmarks/stages.py [--articles 200] [--words 480] [--lang de]

Processor time in one process, which has first worked through as many other articles (``warm``); for
"names not seen" gazetteer and models are opened anew and only a sentence goes before. Prints a
Markdown table; with --json the figures.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from generated import make_articles

from geomap.articles import read_articles
from geomap.events import EventExtractor
from geomap.gazetteer import open_gazetteer
from geomap.models import Article, GeoparsedArticle, Lang, MadeBy
from geomap.outputs.parts import write_part
from geomap.recognition import BATCH_TEXTS, load_recogniser
from geomap.records import record_of
from geomap.resolution import Resolver, place_sites
from geomap.settings import Settings

T = TypeVar("T")


class Stages:
    """The pipeline, stage by stage, and the seconds that each has taken."""

    def __init__(self, lang: Lang) -> None:
        self._index = open_gazetteer()
        self._recogniser = load_recogniser(lang, None, self._index)
        self._resolver = Resolver(self._index, min_confidence=Settings().min_confidence)
        self._extractor = EventExtractor(self._index)
        self._lang = lang
        self.seconds: dict[str, float] = {}

    def run(self, articles: Path, folder: Path) -> int:
        """Work through the articles; return how many there were."""
        self.seconds = {}
        read = self._timed("reading", lambda: _read(articles))
        recognitions = self._timed("recognition", lambda: self._recognise(read))
        rows = list(zip(read, recognitions, strict=True))
        resolved = self._timed(
            "resolution",
            lambda: [place_sites(self._resolver.resolve(a, r), self._lang) for a, r in rows],
        )
        findings = self._timed(
            "events",
            lambda: [
                self._extractor.extract(article, recognition, resolutions)
                for (article, recognition), resolutions in zip(rows, resolved, strict=True)
            ],
        )
        made_by = MadeBy("", "", "")
        parsed = [
            GeoparsedArticle(article, resolutions, found.roles, found.events, made_by)
            for article, resolutions, found in zip(read, resolved, findings, strict=True)
        ]
        records = self._timed("records", lambda: [record_of(article) for article in parsed])
        part = [folder / "part.jsonl.zst"]
        self._timed("writing", lambda: write_part(records, part, "jsonl.zst"))
        return len(read)

    def _recognise(self, articles: Sequence[Article]) -> list[Any]:
        found: list[Any] = []
        waiting = iter(articles)
        while some := list(islice(waiting, BATCH_TEXTS)):
            found += self._recogniser.recognise_many([article.text for article in some])
        return found

    def _timed(self, stage: str, work: Callable[[], T]) -> T:
        start = time.process_time()
        result = work()
        self.seconds[stage] = time.process_time() - start
        return result


def _read(path: Path) -> list[Article]:
    errors: list[Exception] = []
    articles = list(read_articles([str(path)], Settings(), errors.append))
    if errors:
        raise errors[0]
    return articles


def write_samples(folder: Path, number: int, words: int, lang: Lang) -> tuple[list[Path], float]:
    """Write a sentence, and two archives of different articles; return them and the mean words."""
    made = list(islice(make_articles(words=words, lang=lang), 2 * number))
    groups = [[made[0] | {"text": "Homs. In Aleppo."}], made[:number], made[number:]]
    paths = []
    for name, group in zip(("first", "warm-up", "timed"), groups, strict=True):
        paths.append(folder / f"{name}.jsonl")
        lines = (json.dumps(article) + "\n" for article in group)
        paths[-1].write_text("".join(lines), encoding="utf-8")
    return paths, sum(len(article["text"].split()) for article in groups[2]) / number


def main() -> None:
    """Time the stages cold and warm, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--words", type=int, default=480)
    parser.add_argument("--lang", choices=("de", "en"), default="de")
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        paths, words = write_samples(folder, chosen.articles, chosen.words, chosen.lang)
        first, warm_up, timed = paths
        stages = Stages(chosen.lang)
        stages.run(first, folder)
        count = stages.run(timed, folder)
        cold = stages.seconds
        stages = Stages(chosen.lang)
        stages.run(warm_up, folder)
        stages.run(timed, folder)
        warm = stages.seconds
    print(f"{count} articles of {words:.0f} words on average ({chosen.lang}), one core.\n")
    print("| stage | ms an article, warm | share | ms, names not seen |\n|---|---|---|---|")
    totals = sum(warm.values()), sum(cold.values())
    for stage in warm:
        share = warm[stage] / totals[0]
        times = f"{warm[stage] / count * 1000:.2f} | {share:.0%} | {cold[stage] / count * 1000:.2f}"
        print(f"| {stage} | {times} |")
    print(f"| all | {totals[0] / count * 1000:.2f} | | {totals[1] / count * 1000:.2f} |")
    rates = [f"{count / t:.1f} articles, {count * words / t:,.0f} words" for t in totals]
    print(f"\nA second of processor time: {rates[0]} (warm); {rates[1]} (names not seen).")
    if chosen.json:
        figures = {stage: seconds / count * 1000 for stage, seconds in warm.items()}
        chosen.json.write_text(json.dumps(figures), encoding="utf-8")


if __name__ == "__main__":
    main()
