"""What each part of the training is worth: models trained without it, and with other seeds.

    python benchmarks/ablations.py de --corpora $GEOMAP_CORPORA [VARIANT …]

Trains each variant (some five minutes each on one core) and prints exact F1 of the whole recogniser
on the held-out texts of our corpus, on conflict_news_dev and (German) on the held-out fifth of
germeval2014_train. "without gazetteer" trains and recognises without one.
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import replace
from pathlib import Path

from recognition import read_samples, score, whole

from geomap.gazetteer import Gazetteer, open_gazetteer
from geomap.models import Lang
from geomap.training.trainer import Recipe, train_model

ROOT = Path(__file__).parents[1]
ARTICLES = ROOT / "seeds" / "corpus" / "corpus.jsonl"
VARIANTS = {
    "seed 1": {},
    "seed 2": {"seed": 2},
    "seed 3": {"seed": 3},
    "without clusters": {"vector_words": 0},
    "without gazetteer": {"places": None},
    "without own corpus": {"articles": None},
    "without Europeana": {"pages": False},
}


def measure(lang: Lang, model: Path, corpora: Path, places: Gazetteer | None) -> list[float]:
    """Return the F1 on each of the language's corpora."""
    find = whole(lang, str(model), places)
    samples = [
        read_samples(ARTICLES, lang, held_out=True),
        read_samples(corpora / "conflict_news_dev.jsonl", lang),
    ]
    if lang == "de":
        samples.append(read_samples(corpora / "germeval2014_train.jsonl", lang, fifth=True))
    return [score(chosen, find)[2] for chosen in samples]


def main() -> None:
    """Train, measure and print, variant by variant."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lang", choices=("de", "en"))
    parser.add_argument("variants", nargs="*", metavar="VARIANT", help=", ".join(VARIANTS))
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--keep", type=Path, help="keep the models in this folder")
    options = parser.parse_intermixed_args()
    if unknown := set(options.variants) - set(VARIANTS):
        parser.error(f"no such variant: {', '.join(sorted(unknown))}")
    with open_gazetteer() as gazetteer, tempfile.TemporaryDirectory() as folder:
        recipe = Recipe(
            lang=options.lang,
            corpora=options.corpora,
            seeds=ROOT / "seeds" / "training",
            articles=ARTICLES,
            places=gazetteer,
        )
        for name in options.variants or VARIANTS:
            if options.lang == "en" and name == "without Europeana":
                continue
            varied = replace(recipe, **VARIANTS[name])
            model = (options.keep or Path(folder)) / f"{options.lang}-{name.replace(' ', '-')}"
            train_model(varied, model)
            known = gazetteer if varied.places else None
            figures = measure(options.lang, model, options.corpora, known)
            row = " | ".join(f"{figure:.3f}" for figure in figures)
            print(f"| {options.lang} | {name} | {row} |", flush=True)


if __name__ == "__main__":
    main()
