"""Resolution on the corpora: accuracy given the names, end to end, ablations, speed.

    python benchmarks/resolution.py --corpora $GEOMAP_CORPORA
    python benchmarks/resolution.py --corpora $GEOMAP_CORPORA --ablations
    python benchmarks/resolution.py --corpora $GEOMAP_CORPORA --speed

The first prints, for each corpus: the share of all gold toponyms with a point that land within
161 km given their spans, whatever the confidence; the same of those resolved; F1 end to end within
161 km, without and with demonyms; the calibration error end to end. Corpora that are not there are
left out. ``--ablations`` refits the ranking without a group of features each and prints the first
kind of figure. ``--speed`` times resolution alone, toponyms a second and core, on names never seen
and seen before.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import add
from pathlib import Path

from geomap.evaluation import GoldArticle, read_gold
from geomap.evaluation.calibration import calibration_error, kept_and_right
from geomap.evaluation.toponyms import ToponymScore, score_toponyms
from geomap.gazetteer import Gazetteer, open_gazetteer
from geomap.models import Article, Lang, Recognition, Resolution
from geomap.pipeline import Geoparser, with_given_spans
from geomap.recognition import load_recogniser
from geomap.records import ToponymRecord, record_of
from geomap.resolution import Resolver, place_sites
from geomap.resolution.ranking import FEATURES, RankingModel
from geomap.resolution.slates import Slates
from geomap.settings import Settings
from geomap.training.ranking import RIDGE, annotated, fit, invent

ROOT = Path(__file__).parents[1]
OWN = ROOT / "seeds" / "corpus" / "corpus.jsonl"
NOT_LITERAL = frozenset(
    ("Demonym", "Language", "Homonym", "Non_Literal_Modifier", "Embedded_Non_Lit")
)
SETS: tuple[tuple[str, str, Lang, str | None, frozenset[str]], ...] = (
    ("conflict_news_dev, German", "conflict_news_dev", "de", None, frozenset()),
    ("conflict_news_dev, English", "conflict_news_dev", "en", None, frozenset()),
    ("own, held out, German", "own", "de", "held_out", frozenset()),
    ("own, held out, English", "own", "en", "held_out", frozenset()),
    ("LGL", "lgl", "en", None, frozenset()),
    ("GeoVirus", "geovirus", "en", None, frozenset()),
    ("GeoWebNews dev", "geowebnews_dev", "en", None, frozenset()),
    ("GeoWebNews dev, literal", "geowebnews_dev", "en", None, NOT_LITERAL),
    ("TUD-Loc 2013", "noncommercial/tudloc2013", "en", None, frozenset()),
    ("HIPE-2020 German dev", "noncommercial/hipe_hipe2020_de_dev", "de", None, frozenset()),
    ("newseye German dev", "hipe_newseye_de_dev", "de", None, frozenset()),
    ("sonar German dev", "hipe_sonar_de_dev", "de", None, frozenset()),
    ("MobIE dev", "mobie_dev_clean", "de", None, frozenset()),
)
GROUPS = {
    "everything": (),
    "without prominence": ("importance", "population"),
    "without kind of match": ("variant", "fold", "part", "altered", "own_language", "alias"),
    "without kind of place": tuple(name for name in FEATURES if name.startswith("is_")),
    "without words beside the name": ("hint", "hint_clash", "article", "full_name"),
    "without containers, distances": ("inside", "outside", "stated_distance", "nil_away"),
    "without other mentions": ("namesake", "earlier"),
    "without countries and divisions": ("country", "against", "division"),
    "without nearness": ("near", "close"),
    "without invented company": None,
}


def read_sets(corpora: Path) -> Iterator[tuple[str, Lang, list[GoldArticle]]]:
    """Yield (name, language, gold articles) of each corpus that is there."""
    for name, stem, lang, split, left_out in SETS:
        path = OWN if stem == "own" else corpora / f"{stem}.jsonl"
        if path.exists():
            gold = [article.leave_out(left_out) for article in read_gold(path, lang, split)]
            yield name, lang, gold


def score(gold: Sequence[GoldArticle], settings: Settings) -> ToponymScore:
    """Return the score of the whole pipeline (up to resolution) on a corpus."""
    geoparser = Geoparser(settings)
    articles = (article.article(given_spans=settings.given_spans) for article in gold)
    records = map(record_of, geoparser.parse_many(articles, lambda error: None))
    scores = (score_toponyms(g, r.toponyms) for g, r in zip(gold, records, strict=True))
    return reduce(add, scores, ToponymScore())


def print_accuracy(corpora: Path) -> None:
    """Print the table of all corpora, and how far confidence can be trusted."""
    print("| corpus | given spans: of all | of resolved | end to end F1 | with demonyms | ECE |")
    print("|---|---|---|---|---|---|")
    judged = []
    for name, lang, gold in read_sets(corpora):
        given = score(gold, Settings(lang=lang, given_spans=True, min_confidence=0.0))
        whole = score(gold, Settings(lang=lang))
        wide = score(gold, Settings(lang=lang, demonyms=True))
        figures = (
            given.accuracy_of_all,
            given.accuracy,
            whole.end_to_end.f1,
            wide.end_to_end.f1,
            calibration_error(whole.judged),
        )
        print(f"| {name} | {' | '.join(f'{figure:.3f}' for figure in figures)} |", flush=True)
        if name in ("conflict_news_dev, German", "conflict_news_dev, English", "GeoWebNews dev"):
            judged += score(gold, Settings(lang=lang, min_confidence=0.0)).judged
    print(f"\nECE of conflict_news_dev and GeoWebNews dev: {calibration_error(judged):.3f}\n")
    print("| confidence at least | kept | right |\n|---|---|---|")
    for threshold in (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95):
        kept, right = kept_and_right(judged, threshold)
        print(f"| {threshold} | {kept:.3f} | {right:.3f} |")


def given(
    corpora: Path, index: Gazetteer
) -> list[tuple[str, list[tuple[GoldArticle, Article, Recognition]]]]:
    """Return the corpora with their gold spans as what was recognised."""
    sets = []
    for name, lang, gold in read_sets(corpora):
        recogniser = load_recogniser(lang, None, index)
        articles = [article.article(given_spans=True) for article in gold]
        recognitions = recogniser.recognise_many([article.text for article in articles])
        spanned = (with_given_spans(a, r) for a, r in zip(articles, recognitions, strict=True))
        sets.append((name, list(zip(gold, articles, spanned, strict=True))))
    return sets


def print_ablations(corpora: Path) -> None:
    """Refit without each group of features; print shares of all within 161 km, given spans."""
    with open_gazetteer() as index:
        sets = given(corpora, index)
        slates = Slates(index)
        examples, invented = annotated(OWN, index, slates), invent(index, slates)
        print(f"| given spans | {' | '.join(name for name, _ in sets)} |")
        print("|---" * (len(sets) + 1) + "|")
        for group, names in GROUPS.items():
            used = examples if names is None else [*examples, *invented]
            model = fit(used, RIDGE, without=names or ())
            cells = [f"{accuracy(index, model, rows):.3f}" for _, rows in sets]
            print(f"| {group} | {' | '.join(cells)} |", flush=True)


def accuracy(
    index: Gazetteer, model: RankingModel, rows: Iterable[tuple[GoldArticle, Article, Recognition]]
) -> float:
    """Return the share of gold toponyms within 161 km by a model, all resolved."""
    resolver = Resolver(index, min_confidence=0.0, model=model)
    total = ToponymScore()
    for gold, article, recognition in rows:
        resolutions = place_sites(resolver.resolve(article, recognition), article.lang)
        total += score_toponyms(gold, [_bare(resolution) for resolution in resolutions])
    return total.accuracy_of_all or 0.0


def _bare(resolution: Resolution) -> ToponymRecord:
    place = resolution.place
    return ToponymRecord(
        start=resolution.toponym.start,
        end=resolution.toponym.end,
        text=resolution.toponym.text,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        confidence=resolution.confidence,
    )


def print_speed(corpora: Path) -> None:
    """Print toponyms resolved a second of processor time, cold and warm."""
    print("| corpus | toponyms | cold, a second | warm, a second |\n|---|---|---|---|")
    with open_gazetteer() as index:
        sets = given(corpora, index)
    for name, rows in sets:
        count = sum(len(recognition.toponyms) for _, _, recognition in rows)
        with open_gazetteer() as index:
            resolver = Resolver(index, min_confidence=0.5)
            speeds = [count / _seconds(resolver, rows) for _ in range(4)]
        print(f"| {name} | {count} | {speeds[0]:,.0f} | {max(speeds[1:]):,.0f} |", flush=True)


def _seconds(resolver: Resolver, rows: Iterable[tuple[GoldArticle, Article, Recognition]]) -> float:
    start = time.process_time()
    for _, article, recognition in rows:
        resolver.resolve(article, recognition)
    return time.process_time() - start


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--ablations", action="store_true")
    parser.add_argument("--speed", action="store_true")
    options = parser.parse_args()
    if options.ablations:
        print_ablations(options.corpora)
    elif options.speed:
        print_speed(options.corpora)
    else:
        print_accuracy(options.corpora)


if __name__ == "__main__":
    main()
