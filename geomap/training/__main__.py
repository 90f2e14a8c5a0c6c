"""Command line of the training: ``python -m geomap.training de --out MODEL``."""

from __future__ import annotations

import argparse
import json
import os
import sys
from contextlib import nullcontext
from pathlib import Path

from geomap.gazetteer import open_gazetteer
from geomap.training.trainer import (
    DEFAULT_STEPS,
    DEFAULT_VARIANTS,
    DEFAULT_VECTOR_WORDS,
    Recipe,
    train_model,
)

_SEEDS = Path(__file__).parents[2] / "seeds"


def main() -> None:
    """Train one model and print its scores on what was held out as JSON."""
    options = _parse_arguments()
    with nullcontext() if options.without_gazetteer else open_gazetteer() as gazetteer:
        recipe = Recipe(
            lang=options.lang,
            corpora=options.corpora,
            seeds=_SEEDS / "training",
            articles=None if options.without_articles else options.articles,
            places=gazetteer,
            vector_words=0 if options.without_clusters else DEFAULT_VECTOR_WORDS,
            steps=options.steps,
            variants=options.variants,
            seed=options.seed,
        )
        scores = train_model(recipe, options.out)
    json.dump(scores, sys.stdout, indent=1, default=str)
    sys.stdout.write("\n")


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m geomap.training")
    corpora = os.environ.get("GEOMAP_CORPORA")
    parser.add_argument("lang", choices=("de", "en"))
    parser.add_argument("--out", type=Path, required=True, help="folder to write the model to")
    parser.add_argument("--corpora", type=Path, default=Path(corpora) if corpora else None)
    parser.add_argument("--articles", type=Path, default=_SEEDS / "corpus" / "corpus.jsonl")
    parser.add_argument("--without-articles", action="store_true", help="for ablations")
    parser.add_argument("--without-gazetteer", action="store_true", help="for ablations")
    parser.add_argument("--without-clusters", action="store_true", help="for ablations")
    parser.add_argument("--steps", type=int, default=DEFAULT_STEPS)
    parser.add_argument("--variants", type=int, default=DEFAULT_VARIANTS)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
