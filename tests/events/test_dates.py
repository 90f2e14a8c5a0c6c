from __future__ import annotations

from datetime import date

import pytest

from geomap.events.dates import find_date, last_day
from geomap.models import EventDate, Lang, Modality

PUBLISHED = date(2015, 9, 1)  # a Tuesday


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("lang", "text", "start", "end", "prec"),
    [
        ("de", "am 21. August", "2015-08-21", "2015-08-21", 1),
        ("de", "am 21. Juli 2012", "2012-07-21", "2012-07-21", 1),
        ("de", "am 24.12.2014", "2014-12-24", "2014-12-24", 1),
        ("de", "am 30. Dezember", "2014-12-30", "2014-12-30", 1),
        ("de", "am Sonntag", "2015-08-30", "2015-08-30", 1),
        ("de", "am Dienstagabend", "2015-09-01", "2015-09-01", 1),
        ("de", "in der Nacht auf Montag", "2015-08-30", "2015-08-31", 2),
        ("de", "in der Nacht zum 21. Juli 2012", "2012-07-20", "2012-07-21", 2),
        ("de", "seit Freitag", "2015-08-28", "2015-09-01", 2),
        ("de", "Anfang Juli", "2015-07-01", "2015-07-10", 4),
        ("de", "im Juli", "2015-07-01", "2015-07-31", 4),
        ("de", "vor drei Tagen", "2015-08-29", "2015-08-29", 1),
        ("de", "gestern", "2015-08-31", "2015-08-31", 1),
        ("de", "letzte Woche", "2015-08-24", "2015-08-30", 3),
        ("de", "am Wochenende", "2015-08-29", "2015-08-30", 2),
        ("en", "on Friday", "2015-08-28", "2015-08-28", 1),
        ("en", "August 21, 2014", "2014-08-21", "2014-08-21", 1),
        ("en", "on 21 August", "2015-08-21", "2015-08-21", 1),
        ("en", "overnight into Monday", "2015-08-30", "2015-08-31", 2),
        ("en", "in late July", "2015-07-21", "2015-07-31", 4),
        ("en", "two days ago", "2015-08-30", "2015-08-30", 1),
    ],
)
def test_expressions(lang: Lang, text: str, start: str, end: str, prec: int) -> None:
    found = find_date((f"x {text} y",), lang, PUBLISHED, "asserted")
    assert (found.start, found.end, found.prec) == (day(start), day(end), prec)
    assert found.source == "text"


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("am Freitag", "2015-09-04"),
        ("am kommenden Dienstag", "2015-09-08"),
        ("am 3. Oktober", "2015-10-03"),
    ],
)
def test_what_is_planned_lies_ahead(text: str, start: str) -> None:
    assert find_date((text,), "de", PUBLISHED, "future").start == day(start)


def test_without_a_date_the_publication_bounds_it() -> None:
    assert find_date(("nichts",), "de", PUBLISHED, "asserted") == EventDate(
        end=PUBLISHED, source="publication"
    )
    assert find_date(("nichts",), "de", PUBLISHED, "future").start == PUBLISHED


@pytest.mark.parametrize("modality", ["historical", "negation", "hypothetical"])
def test_what_did_not_happen_gets_no_publication_date(modality: Modality) -> None:
    assert find_date(("nichts",), "de", PUBLISHED, modality) == EventDate()


def test_without_publication_only_full_dates_count() -> None:
    assert find_date(("am Montag",), "de", None, "asserted") == EventDate()
    assert find_date(("am 21. Juli 2012",), "de", None, "asserted").start == day("2012-07-21")


@pytest.mark.parametrize("text", ["am 31. Februar", "am 99. Juli", "der Westen", "vor langer Zeit"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert find_date((text,), "de", PUBLISHED, "asserted").source == "publication"


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("vor zwölf Tagen", "de", date(2015, 8, 20)),
        ("vor wenigen Tagen", "de", None),
        ("some days ago", "en", None),
        ("twelve days ago", "en", date(2015, 8, 20)),
    ],
)
def test_counts_in_words(text: str, lang: Lang, expected: date | None) -> None:
    assert find_date((text,), lang, date(2015, 9, 1), "asserted").start == expected


@pytest.mark.parametrize(
    ("lang", "before", "text", "said"),
    [
        ("de", "Am Freitag fiel Mossul, ", "tags darauf Tikrit", "2015-08-29"),
        ("de", "Am Freitag fiel Mossul. ", "Zwei Stunden später brannte Tikrit", "2015-08-28"),
        ("de", "Am Freitag fiel Mossul. ", "Drei Tage zuvor brannte Tikrit", "2015-08-25"),
        ("de", "Am Freitag fiel Mossul. ", "Auch Tikrit brannte", "2015-08-28"),
        ("de", "", "Tags zuvor brannte Tikrit", "2015-08-31"),
        ("en", "On Friday Mosul fell. ", "The next day Tikrit burned", "2015-08-29"),
        ("en", "On Friday Mosul fell. ", "Two days earlier Tikrit burned", "2015-08-26"),
        ("en", "On 21 August Mosul fell on Friday. ", "Tikrit burned too", "2015-08-28"),
    ],
)
def test_the_day_spoken_of_before_counts(lang: Lang, before: str, text: str, said: str) -> None:
    anchor = last_day(before, lang, PUBLISHED)
    found = find_date((text,), lang, PUBLISHED, "asserted", anchor)
    assert (found.start, found.end, found.source) == (day(said), day(said), "text")


def test_only_what_happened_goes_on_with_the_day_before() -> None:
    anchor = last_day("Am Freitag fiel Mossul. ", "de", PUBLISHED)
    assert (
        find_date(("Tikrit könnte fallen",), "de", PUBLISHED, "hypothetical", anchor) == EventDate()
    )


def test_weeks_and_months_are_no_days_to_count_from() -> None:
    assert last_day("Im Juli und letzte Woche wurde gekämpft. ", "de", PUBLISHED) is None
    assert last_day("Am Freitag wurde gekämpft. ", "de", None) is None


@pytest.mark.parametrize(
    ("lang", "text", "start", "end"),
    [
        ("de", "in der Nacht brannte es", "2015-08-31", "2015-09-01"),
        ("en", "it burned overnight", "2015-08-31", "2015-09-01"),
        ("en", "last Tuesday", "2015-08-25", "2015-08-25"),
        ("de", "am vergangenen Dienstag", "2015-08-25", "2015-08-25"),
    ],
)
def test_nights_and_the_weekday_of_today(lang: Lang, text: str, start: str, end: str) -> None:
    found = find_date((text,), lang, PUBLISHED, "asserted")
    assert (found.start, found.end) == (day(start), day(end))


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Die Armee teilte am Freitag mit, dass Homs gefallen sei."),
        ("de", "Wie die Armee am Freitag mitteilte, wurde Homs erobert."),
        ("de", "Am Freitag meldete die Armee die Einnahme von Homs."),
        ("en", "The army said on Friday that it had captured Homs."),
        ("en", "On Friday, the army said it had captured Homs."),
    ],
)
def test_what_was_told_on_a_day_had_happened_by_then(lang: Lang, text: str) -> None:
    found = find_date((text,), lang, PUBLISHED, "asserted")
    assert (found.start, found.end, found.prec, found.source) == (
        None,
        day("2015-08-28"),
        5,
        "text",
    )
    ahead = find_date((text,), lang, PUBLISHED, "future")
    assert ahead == EventDate(start=PUBLISHED, source="publication")


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Die Armee hat am Freitag mit Artillerie Homs beschossen."),
        ("de", "In Homs gab es am Freitag Kämpfe."),
        ("de", "Truppen räumten am Freitag Homs."),
        ("en", "Ten people were killed in Homs on Friday, police said."),
    ],
)
def test_the_day_of_an_event_is_no_day_of_a_report(lang: Lang, text: str) -> None:
    found = find_date((text,), lang, PUBLISHED, "asserted")
    assert (found.start, found.end) == (day("2015-08-28"), day("2015-08-28"))
