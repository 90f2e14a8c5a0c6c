from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from geomap.errors import ModelError
from geomap.models import Lang
from geomap.recognition import load_recogniser


def save_ruler(path: Path, label: str, name: str) -> str:
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": label, "pattern": name}])
    nlp.to_disk(path)
    return str(path)


@pytest.mark.parametrize("label", ["GPE", "LOC"])
def test_any_pipeline_with_places_can_be_plugged_in(tmp_path: Path, label: str) -> None:
    recogniser = load_recogniser("en", save_ruler(tmp_path / "model", label, "Aleppo"))
    (toponym,) = recogniser.recognise("Shells fell on Aleppo again.").toponyms
    assert (toponym.text, toponym.label) == ("Aleppo", "LOC")


@pytest.mark.parametrize(
    ("model", "advice"),
    [("no_such_model_xx", "python -m spacy download"), ("/no/such/folder", "leave --model out")],
)
def test_missing_model_says_what_to_do(model: str, advice: str) -> None:
    with pytest.raises(ModelError, match=advice) as caught:
        load_recogniser("de", model)
    assert caught.value.model == model
    assert "\n" not in str(caught.value)


def test_pipeline_without_places_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="marks no places"):
        load_recogniser("en", save_ruler(tmp_path / "model", "DATE", "Monday"))


def test_damaged_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text("{", encoding="utf-8")
    with pytest.raises(ModelError, match="leave --model out"):
        load_recogniser("de", str(tmp_path))


@pytest.mark.parametrize("lang", ["de", "en"])
def test_shipped_models_are_named(lang: Lang) -> None:
    assert load_recogniser(lang).name == f"{lang}_geomap_toponyms 1.1.0"
