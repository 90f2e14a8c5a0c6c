"""Events with and without the classifier, and how long they take beside recognition.

    python benchmarks/events.py --corpora $GEOMAP_CORPORA

For conflict_news_dev (left out without ``--corpora``) and the held-out texts of our corpus: event
F1, overclaims and role accuracy by the rules alone and with the classifier; then the processor time
of events as a share of recognition's, with names that it has not seen before and with names seen.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from geomap.evaluation import GoldArticle, evaluate, read_gold
from geomap.events import EventExtractor
from geomap.gazetteer import Gazetteer, open_gazetteer
from geomap.models import Article, GeoparsedArticle, Lang, MadeBy, Recognition, Resolution
from geomap.recognition import load_recogniser
from geomap.records import record_of
from geomap.resolution import Resolver, place_sites
from geomap.settings import Settings

OWN = Path(__file__).parents[1] / "seeds" / "corpus" / "corpus.jsonl"
LANGUAGES: tuple[Lang, ...] = ("de", "en")
Read = list[tuple[Article, Recognition, tuple[Resolution, ...]]]


def read_sets(corpora: Path | None, lang: Lang) -> Iterator[tuple[str, list[GoldArticle]]]:
    """Yield the name and gold articles of each set of a language."""
    yield "own, held out", read_gold(OWN, lang, "held_out")
    if corpora:
        yield "conflict_news_dev", read_gold(corpora / "conflict_news_dev.jsonl", lang)


def read(
    gold: Sequence[GoldArticle], lang: Lang, index: Gazetteer
) -> tuple[Read, tuple[float, float]]:
    """Return the articles up to resolution, and the seconds that recognition took, twice."""
    recogniser = load_recogniser(lang, None, index)
    resolver = Resolver(index, min_confidence=Settings().min_confidence)
    articles = [article.article(given_spans=False) for article in gold]
    texts = [article.text for article in articles]
    list(recogniser.recognise_many(["Homs."]))
    marks = [time.process_time()]
    for _ in range(2):
        recognitions = list(recogniser.recognise_many(texts))
        marks.append(time.process_time())
    seconds = (marks[1] - marks[0], marks[2] - marks[1])
    rows: Read = []
    for article, recognition in zip(articles, recognitions, strict=True):
        resolutions = place_sites(resolver.resolve(article, recognition), lang)
        rows.append((article, recognition, resolutions))
    return rows, seconds


def parse(rows: Read, extractor: EventExtractor) -> list[GeoparsedArticle]:
    """Return the articles with roles and events."""
    parsed = []
    for article, recognition, resolutions in rows:
        found = extractor.extract(article, recognition, resolutions)
        made_by = MadeBy("", "", "")
        parsed.append(GeoparsedArticle(article, resolutions, found.roles, found.events, made_by))
    return parsed


def figures(gold: Sequence[GoldArticle], rows: Read, extractor: EventExtractor) -> str:
    """Return F1, overclaims and role accuracy as cells."""
    report = evaluate(gold, map(record_of, parse(rows, extractor))).figures()
    events, roles = report["events"], report["roles_and_traps"]
    return f"{events['f1']} | {events['overclaims']} | {roles['role_accuracy']}"


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path)
    corpora = parser.parse_args().corpora
    print("| | rules: F1 | overclaims | roles | classifier: F1 | overclaims | roles |")
    print("|---|---|---|---|---|---|---|")
    shares = []
    with open_gazetteer() as index:
        ruled, learnt = EventExtractor(index, learned=False), EventExtractor(index)
        for lang in LANGUAGES:
            for name, gold in read_sets(corpora, lang):
                rows, seconds = read(gold, lang, index)
                cells = f"{figures(gold, rows, ruled)} | {figures(gold, rows, learnt)}"
                print(f"| {name}, {lang} | {cells} |", flush=True)
                start = time.process_time()
                parse(rows, learnt)
                spent = time.process_time() - start
                shares.append((f"{name}, {lang}", spent / seconds[0], spent / seconds[1]))
    print("\nTime of events as a share of recognition's, names not seen / seen before:")
    for name, cold, warm in shares:
        print(f"{name}: {cold:.2f} / {warm:.2f}")


if __name__ == "__main__":
    main()
