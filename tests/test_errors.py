"""Errors cross process boundaries whole: pools and clusters pickle them."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from geomap import errors

EXAMPLES = [
    errors.GeomapError("plain"),
    errors.InputError("is no text", source="a.txt"),
    errors.EmptyInputError("holds nothing", source="a.txt"),
    errors.BinaryInputError("is a PDF", source="a.pdf"),
    errors.UndecodableInputError("fits no encoding", source="a.txt"),
    errors.InputTooLongError("is too long", source="a.txt", limit=10),
    errors.UnsupportedLanguageError("is French", source="a.txt", lang="fr"),
    errors.RecordError("is no JSON", source="a.jsonl", line=3),
    errors.GazetteerError("is damaged", path=Path("g.sqlite")),
    errors.ModelError("is missing", model="de_x"),
    errors.GeocodingError("refused", provider="photon"),
    errors.OutputError("is full", path=Path("out")),
    errors.DatabaseError("refuses"),
]


def test_there_is_an_example_of_each() -> None:
    def below(kind: type[errors.GeomapError]) -> set[type[errors.GeomapError]]:
        return {kind}.union(*(below(sub) for sub in kind.__subclasses__()))

    ours = {kind for kind in below(errors.GeomapError) if kind.__module__ == errors.__name__}
    assert {type(example) for example in EXAMPLES} == ours


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("over", [lambda e: pickle.loads(pickle.dumps(e)), copy.copy])  # noqa: S301
def test_an_error_comes_over_whole(
    error: errors.GeomapError, over: Callable[[errors.GeomapError], errors.GeomapError]
) -> None:
    again = over(error)
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert again.args == error.args
    assert again.__dict__ == error.__dict__
