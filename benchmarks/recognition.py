"""Recognition of place names, system by system: precision, recall and F1 of exact spans.

    python benchmarks/recognition.py --corpora $GEOMAP_CORPORA [--articles corpus.jsonl]
        [--de NAME=MODEL …] [--en NAME=MODEL …]

Corpora are JSON Lines with gold "toponyms", or with "entities", of which LOC counts. Each system is
measured as a whole (tagger, rules, gazetteer) and, where it says so, as the bare tagger. Further
models can be named; a spaCy package is measured bare as well as in geomap. Prints a Markdown table.
With --by style or --by conflict: geomap on the held-out texts of our corpus, by what they are.
With --speed: words a second of processor time in one process, over all texts of our corpus, by a
recogniser and a gazetteer that have seen none of them.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import spacy

from geomap.gazetteer import open_gazetteer
from geomap.models import Lang, PlaceIndex
from geomap.recognition import load_recogniser
from geomap.recognition.pipelines import LABELS

IGNORED = {"LOCderiv", "LOCpart"}
EVERY_FIFTH = 5
Spans = set[tuple[int, int]]
Finder = Callable[[str], Spans]


@dataclass(frozen=True)
class Sample:
    """A text, its gold spans, and spans that are neither wanted nor wrong."""

    text: str
    gold: Spans
    ignored: Spans


def read_samples(
    path: Path, lang: Lang, *, held_out: bool = False, fifth: bool = False
) -> list[Sample]:
    """Return the samples of a corpus: of one language, of a split, or every fifth."""
    samples = []
    with path.open(encoding="utf-8") as lines:
        for number, record in enumerate(map(json.loads, lines)):
            if record["lang"] != lang or (fifth and number % EVERY_FIFTH):
                continue
            if held_out and record["split"] != "held_out":
                continue
            samples.append(read_sample(record))
    return samples


def read_sample(record: dict) -> Sample:
    """Return the gold spans of a record."""
    if "toponyms" in record:
        return Sample(record["text"], {(t["start"], t["end"]) for t in record["toponyms"]}, set())
    outer = [e for e in record["entities"] if e.get("layer") != "inner"]
    return Sample(
        record["text"],
        {(e["start"], e["end"]) for e in outer if e["label"] == "LOC"},
        {(e["start"], e["end"]) for e in outer if e["label"] in IGNORED},
    )


def score(samples: Iterable[Sample], find: Finder) -> tuple[float, float, float]:
    """Return precision, recall and F1 of exact spans over all samples."""
    right = found = wanted = 0
    for sample in samples:
        spans = {span for span in find(sample.text) if counts(span, sample)}
        right += len(spans & sample.gold)
        found += len(spans)
        wanted += len(sample.gold)
    precision, recall = right / max(1, found), right / max(1, wanted)
    return precision, recall, 2 * right / max(1, found + wanted)


def counts(span: tuple[int, int], sample: Sample) -> bool:
    """Tell whether a prediction is right or wrong, not one that overlaps ignored spans only."""
    overlaps = [
        {s for s in spans if s[0] < span[1] and span[0] < s[1]}
        for spans in (sample.gold, sample.ignored)
    ]
    return bool(overlaps[0]) or not overlaps[1]


def whole(lang: Lang, model: str | None, places: PlaceIndex | None) -> Finder:
    """Return geomap's recogniser with a model (None: the shipped one)."""
    recogniser = load_recogniser(lang, model, places)
    return lambda text: {(t.start, t.end) for t in recogniser.recognise(text).toponyms}


def bare(model: str) -> Finder:
    """Return a spaCy pipeline as it is; GPE, LOC and FAC count as places."""
    nlp = spacy.load(model)
    return lambda text: {
        (e.start_char, e.end_char) for e in nlp(text).ents if LABELS.get(e.label_) == "LOC"
    }


def list_corpora(
    lang: Lang, corpora: Path | None, articles: Path
) -> Iterator[tuple[str, list[Sample]]]:
    """Yield (name, samples) of the corpora that are there."""
    yield "own, held out", read_samples(articles, lang, held_out=True)
    if corpora is None:
        return
    yield "conflict_news_dev", read_samples(corpora / "conflict_news_dev.jsonl", lang)
    if lang == "de":
        germeval = corpora / "germeval2014_train.jsonl"
        yield "germeval2014, a fifth", read_samples(germeval, lang, fifth=True)
    else:
        for name in ("geovirus", "lgl", "geowebnews_dev"):
            yield name, read_samples(corpora / f"{name}.jsonl", lang)
    silver = corpora / "noncommercial" / f"wikineural_{lang}_val.jsonl"
    if silver.exists():
        yield "wikineural (silver)", read_samples(silver, lang)


def print_groups(lang: Lang, articles: Path, key: str, find: Finder) -> None:
    """Print how well a system does on the held-out articles, by their style or conflict."""
    groups: dict[str, list[Sample]] = {}
    with articles.open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if (record["lang"], record["split"]) == (lang, "held_out"):
                groups.setdefault(record[key], []).append(read_sample(record))
    for group, samples in sorted(groups.items(), key=lambda entry: (-len(entry[1]), entry[0])):
        names = sum(len(sample.gold) for sample in samples)
        figures = " | ".join(f"{figure:.3f}" for figure in score(samples, find))
        print(f"| {lang} | {group} | {len(samples)} | {names} | {figures} |", flush=True)


def measure_speed(lang: Lang, texts: list[str], *, hinted: bool) -> float:
    """Return words a second of processor time for the shipped model, with nothing remembered."""
    words = sum(len(text.split()) for text in texts)
    with open_gazetteer() if hinted else nullcontext() as places:
        recogniser = load_recogniser(lang, None, places)
        recogniser.recognise("Damaskus")
        start = time.process_time()
        for _ in recogniser.recognise_many(texts):
            pass
        return words / (time.process_time() - start)


def list_systems(
    lang: Lang, named: list[str], places: PlaceIndex | None
) -> Iterator[tuple[str, Finder]]:
    """Yield (name, system): the shipped model, and the named ones whole and, if packages, bare."""
    yield "geomap", whole(lang, None, places)
    yield "geomap, no gazetteer", whole(lang, None, None)
    for entry in named:
        name, _, model = entry.partition("=")
        yield f"{name} in geomap", whole(lang, model, places)
        if not Path(model).exists():
            yield f"{name} bare", bare(model)


def print_speed(articles: Path) -> None:
    """Print the speed on all texts of our corpus."""
    print("| language | gazetteer | words/s |\n|---|---|---|")
    for lang in ("de", "en"):
        texts = [sample.text for sample in read_samples(articles, lang)]
        for hinted in (True, False):
            speed = measure_speed(lang, texts, hinted=hinted)
            print(f"| {lang} | {'with' if hinted else 'without'} | {speed:,.0f} |", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path)
    parser.add_argument("--articles", type=Path, default=Path("seeds/corpus/corpus.jsonl"))
    parser.add_argument("--de", nargs="*", default=[], metavar="NAME=MODEL")
    parser.add_argument("--en", nargs="*", default=[], metavar="NAME=MODEL")
    parser.add_argument("--lang", choices=("de", "en"))
    parser.add_argument("--without-gazetteer", action="store_true")
    parser.add_argument("--by", choices=("style", "conflict"), help="only the held-out articles")
    parser.add_argument("--speed", action="store_true", help="only the speed, on our corpus")
    options = parser.parse_args()
    if options.speed:
        print_speed(options.articles)
        return
    langs: list[Lang] = [options.lang] if options.lang else ["de", "en"]
    if options.by:
        print(f"| language | {options.by} | texts | names | precision | recall | F1 |")
        print("|---|---|---|---|---|---|---|")
        with open_gazetteer() as places:
            for lang in langs:
                print_groups(lang, options.articles, options.by, whole(lang, None, places))
        return
    print("| language | corpus | system | precision | recall | F1 |\n|---|---|---|---|---|---|")
    with nullcontext() if options.without_gazetteer else open_gazetteer() as places:
        for lang in langs:
            corpora = list(list_corpora(lang, options.corpora, options.articles))
            for name, find in list_systems(lang, getattr(options, lang), places):
                for corpus, samples in corpora:
                    precision, recall, f1 = score(samples, find)
                    row = f"{lang} | {corpus} | {name} | {precision:.3f} | {recall:.3f} | {f1:.3f}"
                    print(f"| {row} |", flush=True)


if __name__ == "__main__":
    main()
