"""Events with and without the classifier, and how long they take beside recognition.

    python benchmarks/events.py --corpora $GEOMAP_CORPORA

For conflict_news_dev (left out without ``--corpora``) and the held-out texts of our corpus: event
F1, unsupported events, overclaims and role accuracy by the rules alone, with the classifiers of
roles and types, and with that of links too. Then, given the names, precision, recall and F1 of the
links alone: (place, trigger in its sentence) pairs of which an annotated event is told, by the
rules, by the classifier of links alone (probability .5 or more), and by what ships, the rules less
what it doubts. Then the processor time of events as a share of recognition's, with names that it
has not seen before and with names seen.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from geomap.evaluation import GoldArticle, evaluate, read_gold
from geomap.events import EventExtractor
from geomap.events.classifier import LINKED, load_event_model
from geomap.gazetteer import Gazetteer, open_gazetteer
from geomap.models import Article, GeoparsedArticle, Lang, MadeBy, Recognition, Resolution
from geomap.pipeline import with_given_spans
from geomap.recognition import load_recogniser
from geomap.records import record_of
from geomap.resolution import Resolver, place_sites
from geomap.settings import Settings

OWN = Path(__file__).parents[1] / "seeds" / "corpus" / "corpus.jsonl"
LANGUAGES: tuple[Lang, ...] = ("de", "en")
Link = tuple[str, int]
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
    cells = (events["f1"], events["unsupported"], events["overclaims"], roles["role_accuracy"])
    return " | ".join(map(str, cells))


def given(
    gold: Sequence[GoldArticle], lang: Lang, index: Gazetteer
) -> Iterator[tuple[GoldArticle, Article, Recognition, tuple[Resolution, ...]]]:
    """Yield the articles with their gold names, resolved."""
    recogniser = load_recogniser(lang, None, index)
    resolver = Resolver(index, min_confidence=0.0)
    articles = [article.article(given_spans=True) for article in gold]
    recognitions = recogniser.recognise_many([article.text for article in articles])
    for annotated, article, recognition in zip(gold, articles, recognitions, strict=True):
        spanned = with_given_spans(article, recognition)
        yield annotated, article, spanned, place_sites(resolver.resolve(article, spanned), lang)


def compare_links(gold: Sequence[GoldArticle], lang: Lang, index: Gazetteer) -> str:
    """Return precision, recall and F1 of links by rules, by classifier, by both, as cells."""
    open_to_all = EventExtractor(index, least_link=0.0)
    both = EventExtractor(index)
    model = load_event_model(lang).links
    told: set[Link] = set()
    found: dict[str, set[Link]] = {"rules": set(), "alone": set(), "both": set()}
    for annotated, article, recognition, resolutions in given(gold, lang, index):
        ruled = open_to_all.extract(article, recognition, resolutions)
        kept = both.extract(article, recognition, resolutions)
        pairs = list(open_to_all.links(article, recognition, resolutions, ruled.roles))
        known = {(trigger.start, position) for trigger, position, _ in pairs}
        for name, findings in (("rules", ruled), ("both", kept)):
            made = {(e.trigger_start, e.location) for e in findings.events} & known
            found[name] |= {(article.id, position) for _, position in made}
        for trigger, position, features in pairs:
            link = (article.id, position)
            if is_annotated(annotated, trigger.start, resolutions[position].toponym.start):
                told.add(link)
            if model.probabilities(features)[LINKED] >= 0.5:
                found["alone"].add(link)
    return " | ".join(
        " / ".join(map("{:.3f}".format, score(links, told))) for links in found.values()
    )


def is_annotated(gold: GoldArticle, trigger: int, name: int) -> bool:
    """Tell whether an event of the gold article is told at an offset, and happens at a name."""
    return any(
        event.description_start <= trigger < event.description_end
        and name in {event.location_start, *(place.start for place in event.other_locations)}
        for event in gold.events
    )


def score(found: set[Link], told: set[Link]) -> tuple[float, float, float]:
    """Return precision, recall and F1."""
    right = len(found & told)
    return right / len(found), right / len(told), 2 * right / (len(found) + len(told))


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path)
    corpora = parser.parse_args().corpora
    columns = ("F1", "unsupported", "overclaims", "roles")
    heads = [
        f"{kind}: {column}" for kind in ("rules", "classifiers", "with links") for column in columns
    ]
    print(f"| | {' | '.join(heads)} |")
    print("|---" * (len(heads) + 1) + "|")
    shares, links = [], []
    with open_gazetteer() as index:
        ruled, learnt = EventExtractor(index, learned=False), EventExtractor(index)
        unlinked = EventExtractor(index, least_link=0.0)
        for lang in LANGUAGES:
            for name, gold in read_sets(corpora, lang):
                rows, seconds = read(gold, lang, index)
                kinds = (figures(gold, rows, kind) for kind in (ruled, unlinked, learnt))
                print(f"| {name}, {lang} | {' | '.join(kinds)} |", flush=True)
                links.append((f"{name}, {lang}", compare_links(gold, lang, index)))
                start = time.process_time()
                parse(rows, learnt)
                spent = time.process_time() - start
                shares.append((f"{name}, {lang}", spent / seconds[0], spent / seconds[1]))
    print("\n| links: precision / recall / F1 | rules | classifier alone | rules less doubted |")
    print("|---|---|---|---|")
    for name, row in links:
        print(f"| {name} | {row} |")
    print("\nTime of events as a share of recognition's, names not seen / seen before:")
    for name, cold, warm in shares:
        print(f"{name}: {cold:.2f} / {warm:.2f}")


if __name__ == "__main__":
    main()
