"""Command line of the training: ``python -m geomap.recognition.training de --out MODEL``."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from geomap.recognition.training.trainer import DEFAULT_STEPS, DEFAULT_VARIANTS, Recipe, train_model

_SEEDS = Path(__file__).parents[3] / "seeds" / "training"


def main() -> None:
    """Train one model and print its scores on the held-out tenth as JSON."""
    options = _parse_arguments()
    recipe = Recipe(
        lang=options.lang,
        corpora=options.corpora,
        seeds=options.seeds,
        steps=options.steps,
        variants=options.variants,
        seed=options.seed,
    )
    scores = train_model(recipe, options.out)
    json.dump(scores, sys.stdout, indent=1, default=str)
    sys.stdout.write("\n")


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m geomap.recognition.training")
    corpora = os.environ.get("GEOMAP_CORPORA")
    parser.add_argument("lang", choices=("de", "en"))
    parser.add_argument("--out", type=Path, required=True, help="folder to write the model to")
    parser.add_argument("--corpora", type=Path, default=Path(corpora) if corpora else None)
    parser.add_argument("--seeds", type=Path, default=_SEEDS, help="our own marked-up sentences")
    parser.add_argument("--steps", type=int, default=DEFAULT_STEPS)
    parser.add_argument("--variants", type=int, default=DEFAULT_VARIANTS)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
