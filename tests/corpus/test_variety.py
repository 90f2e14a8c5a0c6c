"""Near duplicates, names that are everywhere, and names overlooked."""

from __future__ import annotations

import pytest

from geomap.corpus.markup import MarkedText, read_marked_texts
from geomap.corpus.omissions import find_omissions
from geomap.corpus.variety import measure_variety

FILLER = "Am Morgen kamen die Leute zurück und suchten in den Trümmern nach ihren Sachen."


def read(*bodies: str) -> list[MarkedText]:
    head = "published: 2016-03-14\nconflict: {}\nstyle: wire\nwhere: SY\n\nTitel\n\n"
    source = "\n".join(
        f"=== x-{i}\n{head.format('none' if i else 'syria')}{b}\n" for i, b in enumerate(bodies)
    )
    texts = list(read_marked_texts(source, "de"))
    assert all(isinstance(text, MarkedText) for text in texts)
    return [text for text in texts if isinstance(text, MarkedText)]


def test_figures() -> None:
    pytest.importorskip("datasketch", reason="comes with geomap[maintain]")
    texts = read("[Homs|b] und [Hama|b].", f"[Homs|b]: {FILLER}", f"[Rakka|b]: {FILLER}")
    found = measure_variety(texts)
    assert (found.texts, found.toponyms, found.distinct) == (3, 4, 3)
    assert found.commonest[0] == ("Homs", 2)
    assert (found.names_once, found.about_conflict) == (pytest.approx(2 / 3), pytest.approx(1 / 3))
    assert found.near_duplicates == (("de-x-1", "de-x-2"),)


def test_names_marked_once_and_not_again() -> None:
    (text,) = read("[Homs|b] und Homs, [Homs|b]er und Homser, [Ur|b] und Ur.")
    (omission,) = find_omissions(text)
    assert omission.startswith("Homs: marked elsewhere, not in ")
