"""spaCy pipelines: the shipped ones, and any other that marks places."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from thinc.api import NumpyOps

from geomap.errors import ModelError
from geomap.models import Lang
from geomap.recognition.embedding import remember_words

LABELS = {
    "LOC": "LOC",
    "GPE": "LOC",
    "FAC": "LOC",
    "PER": "PER",
    "PERSON": "PER",
    "ORG": "ORG",
    "MISC": "MISC",
    "EVENT": "MISC",
    "PRODUCT": "MISC",
    "WORK_OF_ART": "MISC",
    "LAW": "MISC",
    "NORP": "DEMONYM",
    "DEMONYM": "DEMONYM",
    "PART": "PART",
}
"""Entity labels of spaCy's pipelines (OntoNotes, WikiNER, our own) and what we call them.

Labels not listed (DATE, CARDINAL …) are no names and are left out.
"""

_MOST_SPLIT_WORDS = 50_000
"""The tokeniser knows how to split them; the 10,000 of spaCy are met within 200 articles."""

_UNNEEDED = ("parser", "senter", "tagger", "morphologizer", "lemmatizer", "attribute_ruler")


def load_pipeline(lang: Lang, model: str | None = None) -> Any:
    """Load a spaCy ``Language``: the one shipped for ``lang``, or ``model`` (name or path).

    Raises ModelError where there is none of that name, or where it marks no places.
    """
    import spacy

    source = str(_find_shipped(lang)) if model is None else model
    try:
        nlp = spacy.load(source, exclude=_UNNEEDED)
    except (OSError, ValueError, ImportError) as error:
        raise ModelError(_explain(source, error), model=source) from error
    if not {"LOC", "GPE"} & set(_find_labels(nlp)):
        message = f"model {source} marks no places: it needs a component with LOC or GPE entities"
        raise ModelError(message, model=source)
    _compute_with_numpy(nlp)
    remember_words(nlp)
    if hasattr(nlp.tokenizer, "max_cache_size"):
        nlp.tokenizer.max_cache_size = _MOST_SPLIT_WORDS
    return nlp


class _ReadingOps(NumpyOps):  # type: ignore[misc]
    """Thinc's operations for models that only read.

    NumPy's BLAS multiplies in a third of the time of the one thinc brings, and the greatest of a
    few pieces is found in as much where nothing is to be learnt from which it was.
    """

    def __init__(self) -> None:
        super().__init__(use_blis=False)

    def maxout(self, X: Any) -> tuple[Any, None]:  # noqa: N803
        """Return the greatest piece of each unit (last axis of ``X``), and not which it is."""
        best = X[:, :, 0]
        for piece in range(1, X.shape[2]):
            best = np.maximum(best, X[:, :, piece])
        return best, None


def _compute_with_numpy(nlp: Any) -> None:
    ops = _ReadingOps()
    for _, pipe in nlp.pipeline:
        for layer in pipe.model.walk() if hasattr(pipe, "model") else ():
            layer.ops = ops


def _find_shipped(lang: Lang) -> Path:
    path = Path(str(files("geomap.recognition") / "models" / lang))
    if not (path / "meta.json").is_file():
        message = f"the model for {lang!r} is missing from this installation: install geomap again"
        raise ModelError(message, model=str(path))
    return path


def _find_labels(nlp: Any) -> list[str]:
    return [label for name in nlp.pipe_names for label in nlp.pipe_labels.get(name, ())]


def _explain(source: str, error: Exception) -> str:
    if isinstance(error, OSError) and "[E050]" in str(error):
        how = f"python -m spacy download {source}"
        return f"no model {source}: install it ({how}), name a folder, or leave --model out"
    first_line = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    return f"model {source} cannot be loaded ({first_line}): leave --model out for the shipped one"
