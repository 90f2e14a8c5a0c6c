"""From labelled sentences to a spaCy pipeline on disk."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from geomap.models import Lang, PlaceIndex
from geomap.recognition.forms import Forms
from geomap.recognition.hints import add_hints
from geomap.recognition.knowledge import Knowledge
from geomap.recognition.lexicon import load_lexicon
from geomap.training.augmentation import Augmenter, Names, collect_names, merge_names, read_names
from geomap.training.sentences import (
    LABELS,
    LabelledSentence,
    Tokeniser,
    read_annotated_texts,
    read_entity_corpus,
    read_marked_sentences,
)
from geomap.training.vectors import add_cluster_vectors, key_vectors_by_form

DEFAULT_STEPS = 1600
DEFAULT_VARIANTS = 12
DEFAULT_VECTOR_WORDS = 400_000
_CONFIG = Path(__file__).with_name("config.cfg")
_ENTITY_CORPORA: dict[Lang, tuple[str, ...]] = {
    "de": ("germeval2014_dev.jsonl", "germeval2014_train.jsonl"),
    "en": (),
}
_PAGES: dict[Lang, tuple[str, ...]] = {
    "de": ("europeana_de_lft.jsonl", "europeana_de_onb.jsonl", "europeana_de_sbb.jsonl"),
    "en": (),
}
_MEASURED = "germeval2014_train.jsonl"
_FIFTH, _TENTH = 5, 10
_SHARE_WITHOUT_HINTS = 0.2
_CORPUS_VARIANTS = 3


@dataclass(frozen=True, slots=True)
class Recipe:
    """What goes into a model.

    ``vector_words`` is the size of the vector table (0: no cluster vectors), ``variants`` how many
    times each of our own sentences is used with other names in it, ``steps`` the length of training
    in batches. ``places`` gives the hints; without it the tagger learns without a gazetteer.
    ``articles`` is the corpus of annotated articles, None to leave it out; ``pages`` says whether
    to take in pages of old newspapers, which only German has.
    """

    lang: Lang
    corpora: Path | None
    seeds: Path
    articles: Path | None = None
    pages: bool = True
    places: PlaceIndex | None = None
    vector_words: int = DEFAULT_VECTOR_WORDS
    variants: int = DEFAULT_VARIANTS
    steps: int = DEFAULT_STEPS
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Split:
    """Sentences to learn from, to choose the best step by, and to measure on (by source)."""

    train: tuple[LabelledSentence, ...]
    choice: tuple[LabelledSentence, ...]
    held_out: dict[str, tuple[LabelledSentence, ...]]


def train_model(recipe: Recipe, out: Path) -> dict[str, Any]:
    """Train a pipeline, write it to ``out`` and return its scores on what was held out."""
    import spacy
    from spacy.training.initialize import init_nlp
    from spacy.training.loop import train
    from spacy.util import load_config

    _register_reader()
    blank = spacy.blank(recipe.lang)
    split = split_sentences(recipe, lambda text: [token.text for token in blank(text)])
    with TemporaryDirectory() as folder:
        work = Path(folder)
        if recipe.vector_words:
            add_cluster_vectors(blank.vocab, recipe.lang, recipe.vector_words)
        writer = _Writer(blank, recipe)
        writer.write(split.train, work / "train.spacy", share_without_hints=_SHARE_WITHOUT_HINTS)
        writer.write(split.choice, work / "dev.spacy")
        blank.to_disk(work / "vectors")
        key_vectors_by_form(work / "vectors")
        (work / "out").mkdir()
        nlp = init_nlp(load_config(_CONFIG, overrides=_override(recipe, work)))
        train(nlp, work / "out")
        key_vectors_by_form(work / "out" / "model-best")
        best = spacy.load(work / "out" / "model-best")
        scores = {
            name: best.evaluate(list(writer.examples(sentences)))
            for name, sentences in split.held_out.items()
            if sentences
        }
        _save(best, scores, out)
    return scores


def split_sentences(recipe: Recipe, tokenise: Tokeniser) -> Split:
    """Read the corpora and our own texts; part what is held out before any augmentation.

    Held out are every fifth sentence of the measured entity corpus and the articles so marked. The
    best step is chosen on a tenth of what else there is.
    """
    chance = random.Random(recipe.seed)  # noqa: S311
    measured, gold = _read_corpora(recipe)
    own = read_marked_sentences(recipe.seeds / f"{recipe.lang}.txt", tokenise)
    articles = _read_articles(recipe, "train", tokenise)
    choice: list[LabelledSentence] = []
    for sentences in (gold, own, articles):
        chance.shuffle(sentences)
        tenth = len(sentences) // _TENTH
        choice += sentences[:tenth]
        del sentences[:tenth]
    augmenter = Augmenter(_read_names(recipe), recipe.lang, recipe.seed)
    train = [variant for s in own for variant in augmenter.vary(s, recipe.variants)]
    train += [variant for s in articles for variant in augmenter.vary(s, _CORPUS_VARIANTS)]
    train += [*gold, *(augmenter.substitute(sentence) for sentence in gold)]
    chance.shuffle(train)
    held_out = {
        "entity corpus": tuple(measured),
        "articles": tuple(_read_articles(recipe, "held_out", tokenise)),
    }
    return Split(tuple(train), tuple(choice), held_out)


def _read_names(recipe: Recipe) -> Names:
    listed = read_names(recipe.seeds / f"names_{recipe.lang}.txt")
    if recipe.articles is None:
        return listed
    return merge_names(listed, collect_names(recipe.articles, recipe.lang, "train"))


def _read_articles(recipe: Recipe, split: str, tokenise: Tokeniser) -> list[LabelledSentence]:
    if recipe.articles is None:
        return []
    return list(read_annotated_texts(recipe.articles, recipe.lang, split, tokenise))


def _read_corpora(recipe: Recipe) -> tuple[list[LabelledSentence], list[LabelledSentence]]:
    """Return the sentences held out and the others."""
    measured: list[LabelledSentence] = []
    gold: list[LabelledSentence] = []
    for name in _ENTITY_CORPORA[recipe.lang] + (_PAGES[recipe.lang] if recipe.pages else ()):
        if recipe.corpora is None:
            raise FileNotFoundError(f"{name} is needed: say where the corpora are with --corpora")
        for number, sentence in enumerate(read_entity_corpus(recipe.corpora / name)):
            held_out = name == _MEASURED and number % _FIFTH == 0
            (measured if held_out else gold).append(sentence)
    return measured, gold


def _override(recipe: Recipe, work: Path) -> dict[str, Any]:
    settings = {
        "nlp.lang": recipe.lang,
        "paths.train": str(work / "train.spacy"),
        "paths.dev": str(work / "dev.spacy"),
        "paths.vectors": str(work / "vectors"),
        "system.seed": recipe.seed,
        "training.max_steps": recipe.steps,
    }
    if not recipe.vector_words:
        settings["components.tok2vec.model.embed.include_static_vectors"] = False
    return settings


class _Writer:
    """Turns labelled sentences into spaCy docs with hints."""

    def __init__(self, nlp: Any, recipe: Recipe) -> None:
        self._nlp = nlp
        self._knowledge = Knowledge(recipe.lang, load_lexicon(recipe.lang), recipe.places)
        self._random = random.Random(recipe.seed)  # noqa: S311
        self._forms = Forms(nlp.vocab)

    def write(
        self, sentences: Iterable[LabelledSentence], path: Path, share_without_hints: float = 0.0
    ) -> None:
        """Write a DocBin; a share of sentences gets no hints, as if nobody knew its places."""
        from spacy.tokens import DocBin

        docs = DocBin(attrs=["ORTH", "LEMMA", "TAG", "ENT_IOB", "ENT_TYPE", "SPACY"])
        for sentence in sentences:
            docs.add(self._make(sentence, hinted=self._random.random() >= share_without_hints))
        docs.to_disk(path)

    def examples(self, sentences: Iterable[LabelledSentence]) -> Iterator[Any]:
        """Yield spaCy examples to measure on."""
        for sentence in sentences:
            yield _example(self._nlp.vocab, self._make(sentence, hinted=True))

    def _make(self, sentence: LabelledSentence, *, hinted: bool) -> Any:
        from spacy.tokens import Doc, Span

        words = list(sentence.words)
        doc = Doc(self._nlp.vocab, words=words, spaces=_guess_spaces(words, self._knowledge.lang))
        self._forms.add(doc)
        if hinted and self._knowledge.places is not None:
            add_hints(doc, self._knowledge)
        doc.set_ents([Span(doc, span.first, span.last, span.label) for span in sentence.spans])
        return doc


def _guess_spaces(words: list[str], lang: Lang) -> list[bool]:
    """Tell after which words a space stands: not around the hyphens that English words part at."""
    if lang == "de":
        return [True] * len(words)
    return [
        word != "-" and following not in {"-", "'s", "’s"}
        for word, following in zip(words, [*words[1:], ""], strict=True)
    ]


def _example(vocab: Any, reference: Any) -> Any:
    from spacy.tokens import Doc
    from spacy.training import Example

    predicted = Doc(
        vocab,
        words=[token.text for token in reference],
        spaces=[bool(token.whitespace_) for token in reference],
        tags=[token.tag_ for token in reference],
    )
    predicted.from_array(["LEMMA"], reference.to_array(["LEMMA"]).reshape(-1, 1))
    return Example(predicted, reference)


def _register_reader() -> None:
    """Make ``geomap.HintedCorpus.v1`` known: spaCy's own reader drops the tags of its docs."""
    from spacy.tokens import DocBin
    from spacy.util import registry

    def hinted_corpus(path: Path) -> Any:
        def read(nlp: Any) -> Iterator[Any]:
            for doc in DocBin().from_disk(path).get_docs(nlp.vocab):
                yield _example(nlp.vocab, doc)

        return read

    registry.readers.register("geomap.HintedCorpus.v1", func=hinted_corpus)


def _save(nlp: Any, scores: dict[str, Any], out: Path) -> None:
    """Write the pipeline without the strings and paths that training left in it."""
    nlp.meta.update(
        name="geomap_toponyms",
        version="1.1.0",
        description="Place names in news; trained by geomap.training",
        license="Apache-2.0",
        performance={
            name: {key: found[key] for key in ("ents_p", "ents_r", "ents_f", "ents_per_type")}
            for name, found in scores.items()
        },
    )
    for key in ("train", "dev", "vectors"):
        nlp.config["paths"][key] = None
    nlp.config["initialize"]["vectors"] = None
    nlp.to_disk(out)
    key_vectors_by_form(out)
    # Words of the corpora stay out of the model: it finds vectors by hash, labels in the tagger.
    (out / "vocab" / "strings.json").write_text(json.dumps(sorted(LABELS)), encoding="utf-8")
