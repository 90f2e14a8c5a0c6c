"""The mark-up of the corpus: what is read from it, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest

from geomap.corpus.clauses import ClauseNotes, read_notes
from geomap.corpus.markup import MarkedText, MarkupError, read_marked_texts

HEAD = "=== x-01\npublished: 2016-03-14\nconflict: syria\nstyle: wire\nwhere: SY LB\n\n"


def read(body: str) -> MarkedText:
    (text,) = read_marked_texts(HEAD + "Titel\n\n" + body, "de")
    assert isinstance(text, MarkedText), text
    return text


def slip(source: str) -> str:
    (text,) = read_marked_texts(source, "de")
    assert isinstance(text, MarkupError)
    return str(text)


def test_marks_leave_the_text_and_point_into_it() -> None:
    text = read("{In [Homs|e] starben am\nSonntag neun [syrische|DEM] Soldaten}(battle; dead 9).")
    assert text.text == "Titel\n\nIn Homs starben am Sonntag neun syrische Soldaten."
    assert [(text.text[n.start : n.end], n.code) for n in text.names] == [
        ("Homs", "e"),
        ("syrische", "DEM"),
    ]
    (clause,) = text.clauses
    assert text.text[clause.start : clause.end].startswith("In Homs")
    assert (text.id, text.published, text.where) == ("de-x-01", date(2016, 3, 14), ("SY", "LB"))


def test_lines_of_a_ticker_stay_lines() -> None:
    assert read("| 9.30 Uhr: [Homs|b]\n| 9.40 Uhr\n\nEnde").text == (
        "Titel\n\n9.30 Uhr: Homs\n9.40 Uhr\n\nEnde"
    )


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        ("battle", ClauseNotes("battle")),
        ("bomb; dead 9", ClauseNotes("bomb", dead_low=9, dead_high=9)),
        ("bomb; dead 12-", ClauseNotes("bomb", dead_low=12)),
        ("bomb; dead -40", ClauseNotes("bomb", dead_high=40)),
        ("bomb; dead 9-11", ClauseNotes("bomb", dead_low=9, dead_high=11)),
        ("bomb; dead 0", ClauseNotes("bomb", dead_low=0, dead_high=0)),
        ("visit; planned; at Genf", ClauseNotes("visit", status="planned", place="Genf")),
        (
            "shelling; offset NE 20",
            ClauseNotes("shelling", relation="offset", bearing="NE", distance_km=20.0),
        ),
        ("battle; offset S", ClauseNotes("battle", relation="offset", bearing="S")),
        ("battle; between Homs", ClauseNotes("battle", relation="between", other="Homs")),
        (
            "airstrike; 2016-03-12/2016-03-13",
            ClauseNotes("airstrike", date_start=date(2016, 3, 12), date_end=date(2016, 3, 13)),
        ),
    ],
)
def test_notes(notes: str, expected: ClauseNotes) -> None:
    assert read_notes(notes) == expected


@pytest.mark.parametrize(
    "notes",
    [
        "boom",
        "bomb; dead",
        "bomb; dead 9-3",
        "bomb; dead nine",
        "bomb; offset XX 4",
        "bomb; offset N far",
        "bomb; 2016-13-01",
        "bomb; 2016-03-02/2016-03-01",
        "bomb; at",
        "bomb; near Homs",
        "bomb; sector Q",
    ],
)
def test_unknown_notes_are_refused(notes: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        read_notes(notes)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("[Homs|q]", "unknown code"),
        ("[Homs |e]", "space"),
        ("[Homs", "cannot read the mark"),
        ("{In [Homs|e]", "not closed"),
        ("{In [Homs|e]} starben", "no (type"),
        ("Homs]", "stray"),
        ("{In [Homs|e]}(boom)", "unknown type"),
    ],
)
def test_slips_say_where(body: str, message: str) -> None:
    said = slip(HEAD + "Titel\n\n" + body)
    assert said.startswith("line 1: ")
    assert message in said


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("2016-03-14", "gestern", "not a date"),
        ("style: wire", "style: poem", "not in the list"),
        ("where: SY LB", "where: Syria", "country codes"),
        ("conflict: syria\n", "", "lacks conflict"),
        ("conflict: syria", "konflikt: syria", "no line of a head"),
    ],
)
def test_slips_in_the_head(old: str, new: str, message: str) -> None:
    assert message in slip(HEAD.replace(old, new) + "Titel\n\nText")


def test_a_slip_in_one_text_spares_the_next() -> None:
    source = HEAD + "Titel\n\n[Homs|q]\n\n" + HEAD.replace("x-01", "x-02") + "Titel\n\n[Homs|e]"
    first, second = read_marked_texts(source, "de")
    assert isinstance(first, MarkupError)
    assert isinstance(second, MarkedText)
