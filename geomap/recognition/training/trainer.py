"""From labelled sentences to a spaCy pipeline on disk."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from geomap.models import Lang
from geomap.recognition.training.augmentation import Augmenter, read_names
from geomap.recognition.training.sentences import (
    LABELS,
    LabelledSentence,
    read_entity_corpus,
    read_marked_sentences,
)
from geomap.recognition.training.vectors import add_cluster_vectors

DEFAULT_STEPS = 1200
DEFAULT_VARIANTS = 12
_CONFIG = Path(__file__).with_name("config.cfg")
_CORPORA: dict[Lang, tuple[str, ...]] = {
    "de": ("germeval2014_dev.jsonl", "germeval2014_train.jsonl"),
    "en": (),
}


@dataclass(frozen=True, slots=True)
class Recipe:
    """What goes into a model.

    ``vector_words`` is the size of the vector table, ``variants`` how many times each of our own
    sentences is used with other names in it, ``steps`` the length of training in batches.
    """

    lang: Lang
    corpora: Path | None
    seeds: Path
    vector_words: int = 250_000
    variants: int = DEFAULT_VARIANTS
    steps: int = DEFAULT_STEPS
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Split:
    """Sentences to learn from, and those kept aside to choose the best step and to measure on."""

    train: tuple[LabelledSentence, ...]
    held_out: tuple[LabelledSentence, ...]


def train_model(recipe: Recipe, out: Path) -> dict[str, Any]:
    """Train a pipeline, write it to ``out`` and return its scores on the held-out tenth."""
    import spacy
    from spacy.training.initialize import init_nlp
    from spacy.training.loop import train
    from spacy.util import load_config

    blank = spacy.blank(recipe.lang)
    split = split_sentences(recipe, lambda text: [token.text for token in blank(text)])
    with TemporaryDirectory() as folder:
        work = Path(folder)
        _write_docs(blank, split.train, work / "train.spacy")
        _write_docs(blank, split.held_out, work / "dev.spacy")
        add_cluster_vectors(blank.vocab, recipe.lang, recipe.vector_words)
        blank.to_disk(work / "vectors")
        (work / "out").mkdir()
        nlp = init_nlp(load_config(_CONFIG, overrides=_override(recipe, work)))
        train(nlp, work / "out")
        best = spacy.load(work / "out" / "model-best")
        scores: dict[str, Any] = best.evaluate(list(_read_examples(best, work / "dev.spacy")))
        _save(best, recipe, scores, out)
    return scores


def split_sentences(recipe: Recipe, tokenise: Any) -> Split:
    """Read the corpora and our own sentences; keep a tenth aside before any augmentation.

    Where there is a corpus, only its sentences are kept aside, so that figures are comparable.
    """
    own = read_marked_sentences(recipe.seeds / f"{recipe.lang}.txt", tokenise)
    gold = list(_read_corpora(recipe))
    shuffled = random.Random(recipe.seed)  # noqa: S311
    judged = gold or own
    shuffled.shuffle(judged)
    tenth = len(judged) // 10
    held_out, kept = judged[:tenth], judged[tenth:]
    augmenter = Augmenter(
        read_names(recipe.seeds / f"names_{recipe.lang}.txt"), recipe.lang, recipe.seed
    )
    varied = [
        variant
        for sentence in (own if gold else kept)
        for variant in augmenter.vary(sentence, recipe.variants)
    ]
    if gold:
        varied += [*kept, *(augmenter.substitute(sentence) for sentence in kept)]
    shuffled.shuffle(varied)
    return Split(tuple(varied), tuple(held_out))


def _read_corpora(recipe: Recipe) -> Iterable[LabelledSentence]:
    for name in _CORPORA[recipe.lang]:
        if recipe.corpora is None:
            raise FileNotFoundError(f"{name} is needed: say where the corpora are with --corpora")
        yield from read_entity_corpus(recipe.corpora / name)


def _override(recipe: Recipe, work: Path) -> dict[str, Any]:
    return {
        "nlp.lang": recipe.lang,
        "paths.train": str(work / "train.spacy"),
        "paths.dev": str(work / "dev.spacy"),
        "paths.vectors": str(work / "vectors"),
        "system.seed": recipe.seed,
        "training.max_steps": recipe.steps,
    }


def _write_docs(nlp: Any, sentences: Iterable[LabelledSentence], path: Path) -> None:
    from spacy.tokens import Doc, DocBin, Span

    docs = DocBin()
    for sentence in sentences:
        doc = Doc(nlp.vocab, words=list(sentence.words))
        doc.set_ents([Span(doc, span.first, span.last, span.label) for span in sentence.spans])
        docs.add(doc)
    docs.to_disk(path)


def _read_examples(nlp: Any, path: Path) -> Iterable[Any]:
    from spacy.training import Corpus

    yield from Corpus(path)(nlp)


def _save(nlp: Any, recipe: Recipe, scores: dict[str, Any], out: Path) -> None:
    """Write the pipeline without the strings and paths that training left in it."""
    nlp.meta.update(
        name="geomap_toponyms",
        version="1.0.0",
        description="Place names in news; trained by geomap.recognition.training",
        license="Apache-2.0",
        performance={key: scores[key] for key in ("ents_p", "ents_r", "ents_f", "ents_per_type")},
    )
    for key in ("train", "dev", "vectors"):
        nlp.config["paths"][key] = None
    nlp.config["initialize"]["vectors"] = None
    nlp.to_disk(out)
    # Words of the corpora stay out of the model: it finds vectors by hash, labels in the tagger.
    (out / "vocab" / "strings.json").write_text(json.dumps(sorted(LABELS)), encoding="utf-8")
