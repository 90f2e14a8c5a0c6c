from __future__ import annotations

import json
from pathlib import Path

import pytest
import spacy

from geomap.models import Lang
from geomap.training.augmentation import Augmenter, collect_names, merge_names, read_names
from geomap.training.sentences import (
    Span,
    parse_marked,
    read_entity_corpus,
    read_marked_sentences,
)

SEEDS = Path(__file__).parents[2] / "seeds" / "training"


def test_markup_gives_words_and_spans() -> None:
    sentence = parse_marked("In [Deir ez-Zor|LOC] sprach [Omar Homs|PER] .", str.split)
    assert sentence.words == ("In", "Deir", "ez-Zor", "sprach", "Omar", "Homs", ".")
    assert sentence.spans == (Span(1, 3, "LOC"), Span(4, 6, "PER"))


def test_place_inside_a_word_marks_a_compound() -> None:
    assert parse_marked("Die [Homs|LOC]-Offensive", str.split).spans == (Span(1, 2, "PART"),)
    assert parse_marked("Die [EU|ORG]-Kommission", str.split).spans == ()


@pytest.mark.parametrize("line", ["[Homs|CITY]", "[Homs", "Homs|LOC]", "Ost[Homs|LOC]"])
def test_faulty_markup_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"unknown label|stray mark-up|does not start"):
        parse_marked(line, str.split)


def test_entity_corpus_keeps_the_outer_layer(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text(
        '{"text": "Die Universität Wien liegt in Wien .", "entities": ['
        '{"start": 4, "end": 20, "label": "ORG"},'
        '{"start": 16, "end": 20, "label": "LOC", "layer": "inner"},'
        '{"start": 30, "end": 34, "label": "LOC"}]}\n',
        encoding="utf-8",
    )
    (sentence,) = read_entity_corpus(corpus)
    assert sentence.spans == (Span(1, 3, "ORG"), Span(5, 6, "LOC"))


@pytest.mark.parametrize(("lang", "least"), [("de", 200), ("en", 350)])
def test_our_sentences_are_well_formed_and_distinct(lang: Lang, least: int) -> None:
    nlp = spacy.blank(lang)
    sentences = read_marked_sentences(
        SEEDS / f"{lang}.txt", lambda text: [token.text for token in nlp(text)]
    )
    assert len(sentences) >= least
    assert len({sentence.words for sentence in sentences}) == len(sentences)


def test_variants_keep_labels_and_are_the_same_for_the_same_seed() -> None:
    names = read_names(SEEDS / "names_de.txt")
    sentence = parse_marked("[Peter Müller|PER] floh aus [Aleppo|LOC] .", str.split)
    first, again = (list(Augmenter(names, "de", 7).vary(sentence, 20)) for _ in range(2))
    assert first == again
    assert len({variant.words for variant in first}) > 10
    for variant in first:
        assert [span.label for span in variant.spans][-2:] == ["PER", "LOC"]
        place = variant.spans[-1]
        assert " ".join(variant.words[place.first : place.last]) in names["city"]


def test_genitives_stay_genitives() -> None:
    names = read_names(SEEDS / "names_de.txt")
    sentence = parse_marked("[Jordaniens|LOC] König schwieg .", str.split)
    for variant in Augmenter(names, "de", 3).vary(sentence, 20):
        assert variant.words[-4].endswith("s")


def test_names_of_articles_join_the_lists(tmp_path: Path) -> None:
    text = "Peter Gerasdorf flog von Homs nach Jordanien."
    toponyms = [
        {"text": "Homs", "feature": "city"},
        {"text": "Jordanien", "feature": "country"},
        {"text": "Rakka", "feature": None},
        {"text": "Rakka", "feature": None},
        {"text": "IDLIB", "feature": "admin1"},
        {"text": "Idlib", "feature": "admin1"},
    ]
    record = {"lang": "de", "split": "train", "text": text, "toponyms": toponyms}
    names = [{"start": 0, "end": 16, "label": "PER"}, {"start": 0, "end": 5, "label": "ORG"}]
    other = record | {"split": "held_out", "toponyms": [{"text": "Aden", "feature": "city"}]}
    path = tmp_path / "corpus.jsonl"
    lines = [json.dumps(r | {"names": names}) for r in (record, other)]
    path.write_text("\n".join(lines), encoding="utf-8")
    found = collect_names(path, "de", "train")
    assert found == {
        "city": ("Rakka",),
        "area": ("Idlib",),
        "given": ("Peter",),
        "surname": ("Gerasdorf",),
    }
    assert merge_names({"city": ("Homs", "Rakka")}, found)["city"] == ("Homs", "Rakka")
