"""What German and English time expressions mean for an article of Tuesday, 1 September 2015."""

from __future__ import annotations

from datetime import date

import pytest

from geomap.events.date_reference import Reference
from geomap.events.date_scan import scan
from geomap.events.dates import find_date, last_day
from geomap.events.lower_case import lower
from geomap.models import EventDate, Lang

PUBLISHED = date(2015, 9, 1)

GERMAN = [
    # dates, written out and in numbers, and ranges of them
    ("am Freitag, dem 21. August 2015", "2015-08-21", "2015-08-21", 1),
    ("am 3.5.14", "2014-05-03", "2014-05-03", 1),
    ("am 3.5. kurz vor Mittag", "2015-05-03", "2015-05-03", 1),
    ("vom 3. bis 5. Mai", "2015-05-03", "2015-05-05", 2),
    ("vom 3. bis zum 5. Mai 2014", "2014-05-03", "2014-05-05", 2),
    ("am 3./4. Mai", "2015-05-03", "2015-05-04", 2),
    ("zwischen dem 30. Juli und dem 2. August", "2015-07-30", "2015-08-02", 2),
    ("vom 28. Dezember bis 2. Januar 2015", "2014-12-28", "2015-01-02", 2),
    ("am 8. Mai des vergangenen Jahres", "2014-05-08", "2014-05-08", 1),
    ("am 8. Mai dieses Jahres", "2015-05-08", "2015-05-08", 1),
    # days of the week
    ("am vergangenen Freitag", "2015-08-28", "2015-08-28", 1),
    ("am vorvergangenen Sonntag", "2015-08-23", "2015-08-23", 1),
    ("am Freitag voriger Woche", "2015-08-28", "2015-08-28", 1),
    ("am Montag dieser Woche", "2015-08-31", "2015-08-31", 1),
    ("am Sonntag früh", "2015-08-30", "2015-08-30", 1),
    ("von Freitag bis Sonntag", "2015-08-28", "2015-08-30", 2),
    ("von Donnerstag bis Mittwoch", "2015-08-20", "2015-08-26", 3),
    ("DIENSTAG war Ruhe", "2015-09-01", "2015-09-01", 1),
    # nights
    ("in der Nacht zum Dienstag", "2015-08-31", "2015-09-01", 2),
    ("in der Nacht zu Sonntag", "2015-08-29", "2015-08-30", 2),
    ("in der Nacht des 20. Juni", "2015-06-20", "2015-06-21", 2),
    ("in der Nacht vom 3. auf den 4. Mai", "2015-05-03", "2015-05-04", 2),
    ("in der vergangenen Nacht", "2015-08-31", "2015-09-01", 2),
    ("am Abend des 4.", "2015-08-04", "2015-08-04", 1),
    # counted from today
    ("vorgestern", "2015-08-30", "2015-08-30", 1),
    ("gestern Abend", "2015-08-31", "2015-08-31", 1),
    ("am Abend", "2015-09-01", "2015-09-01", 1),
    ("vor etwa zehn Tagen", "2015-08-21", "2015-08-23", 2),
    ("vor zwei Wochen", "2015-08-17", "2015-08-23", 3),
    ("vor drei Monaten", "2015-06-01", "2015-06-30", 4),
    ("vor zwei Jahren", "2013-01-01", "2013-12-31", 5),
    ("in den letzten 24 Stunden", "2015-08-31", "2015-09-01", 2),
    ("in den vergangenen drei Tagen", "2015-08-29", "2015-09-01", 2),
    ("seit zwei Wochen", "2015-08-18", "2015-09-01", 4),
    ("seit drei Monaten", "2015-06-01", "2015-09-01", 5),
    ("am vergangenen Wochenende", "2015-08-29", "2015-08-30", 2),
    ("vorletzte Woche", "2015-08-17", "2015-08-23", 3),
    ("diese Woche", "2015-08-31", "2015-09-01", 2),
    ("Anfang vergangener Woche", "2015-08-24", "2015-08-26", 2),
    ("im vergangenen Monat", "2015-08-01", "2015-08-31", 4),
    ("Ende vergangenen Monats", "2015-08-21", "2015-08-31", 4),
    # months, seasons, years
    ("Anfang August", "2015-08-01", "2015-08-10", 4),
    ("Mitte Oktober 2014", "2014-10-11", "2014-10-20", 4),
    ("im September", "2015-09-01", "2015-09-01", 1),
    ("im August 2014", "2014-08-01", "2014-08-31", 4),
    ("im vergangenen Oktober", "2014-10-01", "2014-10-31", 4),
    ("im August vergangenen Jahres", "2014-08-01", "2014-08-31", 4),
    ("seit Februar", "2015-02-01", "2015-09-01", 5),
    ("von Mai bis Juli 2014", "2014-05-01", "2014-07-31", 5),
    ("von November bis Februar 2015", "2014-11-01", "2015-02-28", 5),
    ("im Frühjahr 2014", "2014-03-01", "2014-05-31", 5),
    ("im Sommer", "2015-06-01", "2015-08-31", 5),
    ("im vergangenen Winter", "2014-12-01", "2015-02-28", 5),
    ("im Winter 2013/14", "2013-12-01", "2014-02-28", 5),
    ("im Winter 2013", "2013-01-01", "2014-02-28", 5),
    ("im ersten Quartal 2014", "2014-01-01", "2014-03-31", 5),
    ("2014", "2014-01-01", "2014-12-31", 5),
    ("Anfang 2014", "2014-01-01", "2014-04-30", 5),
    ("Ende 2014", "2014-09-01", "2014-12-31", 5),
    ("Mitte der siebziger Jahre", "1973-05-01", "1976-08-31", 5),
    ("Ende Weihnachten", "2014-12-24", "2014-12-26", 2),
    ("Ende des Winters 2013/14", "2014-01-30", "2014-02-28", 4),
    ("im vergangenen Jahr", "2014-01-01", "2014-12-31", 5),
    ("im vorletzten Jahr", "2013-01-01", "2013-12-31", 5),
    ("im Jahr 1916", "1916-01-01", "1916-12-31", 5),
    ("von 2011 bis 2013", "2011-01-01", "2013-12-31", 5),
    ("in den 1990er-Jahren", "1990-01-01", "1999-12-31", 5),
    ("in den siebziger Jahren", "1970-01-01", "1979-12-31", 5),
    ("im 19. Jahrhundert", "1800-01-01", "1899-12-31", 5),
]
ENGLISH = [
    ("on Friday, August 21, 2015", "2015-08-21", "2015-08-21", 1),
    ("on the 3rd of May", "2015-05-03", "2015-05-03", 1),
    ("on Aug. 21", "2015-08-21", "2015-08-21", 1),
    ("from 3 to 5 May", "2015-05-03", "2015-05-05", 2),
    ("between July 30 and August 2", "2015-07-30", "2015-08-02", 2),
    ("from December 28 to January 2, 2015", "2014-12-28", "2015-01-02", 2),
    ("on 8 May last year", "2014-05-08", "2014-05-08", 1),
    ("last Friday", "2015-08-28", "2015-08-28", 1),
    ("on Friday last week", "2015-08-28", "2015-08-28", 1),
    ("Sunday night", "2015-08-30", "2015-08-30", 1),
    ("from Friday to Sunday", "2015-08-28", "2015-08-30", 2),
    ("on the night of 20 June", "2015-06-20", "2015-06-21", 2),
    ("during the night of 7/8 May", "2015-05-07", "2015-05-08", 2),
    ("overnight", "2015-08-31", "2015-09-01", 2),
    ("the day before yesterday", "2015-08-30", "2015-08-30", 1),
    ("yesterday evening", "2015-08-31", "2015-08-31", 1),
    ("about ten days ago", "2015-08-21", "2015-08-23", 2),
    ("two weeks ago", "2015-08-17", "2015-08-23", 3),
    ("three months ago", "2015-06-01", "2015-06-30", 4),
    ("two years ago", "2013-01-01", "2013-12-31", 5),
    ("in the past 24 hours", "2015-08-31", "2015-09-01", 2),
    ("over the last three days", "2015-08-29", "2015-09-01", 2),
    ("in the past week", "2015-08-25", "2015-09-01", 4),
    ("last week", "2015-08-24", "2015-08-30", 3),
    ("the week before last", "2015-08-17", "2015-08-23", 3),
    ("early last week", "2015-08-24", "2015-08-26", 2),
    ("this week", "2015-08-31", "2015-09-01", 2),
    ("last weekend", "2015-08-29", "2015-08-30", 2),
    ("last month", "2015-08-01", "2015-08-31", 4),
    ("since February", "2015-02-01", "2015-09-01", 5),
    ("at the end of July", "2015-07-21", "2015-07-31", 4),
    ("in mid-July", "2015-07-11", "2015-07-20", 4),
    ("last May", "2015-05-01", "2015-05-31", 4),
    ("in May last year", "2014-05-01", "2014-05-31", 4),
    ("from May to July 2014", "2014-05-01", "2014-07-31", 5),
    ("in the spring of 2014", "2014-03-01", "2014-05-31", 5),
    ("last summer", "2015-06-01", "2015-08-31", 5),
    ("in the first half of 2014", "2014-01-01", "2014-06-30", 5),
    ("in 2014", "2014-01-01", "2014-12-31", 5),
    ("in late 2014", "2014-09-01", "2014-12-31", 5),
    ("last year", "2014-01-01", "2014-12-31", 5),
    ("in the 1990s", "1990-01-01", "1999-12-31", 5),
    ("in the nineties", "1990-01-01", "1999-12-31", 5),
    ("in the 19th century", "1800-01-01", "1899-12-31", 5),
]
CASES = [("de", *case) for case in GERMAN] + [("en", *case) for case in ENGLISH]


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


@pytest.mark.parametrize(("lang", "text", "start", "end", "prec"), CASES)
def test_what_happened(lang: Lang, text: str, start: str, end: str, prec: int) -> None:
    found = find_date((f"x {text} y",), lang, PUBLISHED, "asserted")
    assert (iso(found.start), iso(found.end), found.prec) == (start, end, prec)
    assert found.source == "text"


@pytest.mark.parametrize(
    ("lang", "text", "start", "end"),
    [
        ("de", "morgen Abend", "2015-09-02", "2015-09-02"),
        ("de", "übermorgen", "2015-09-03", "2015-09-03"),
        ("de", "am Sonntag", "2015-09-06", "2015-09-06"),
        ("de", "am Wochenende", "2015-09-05", "2015-09-06"),
        ("de", "in zwei Wochen", "2015-09-14", "2015-09-20"),
        ("de", "nächsten Monat", "2015-10-01", "2015-10-31"),
        ("de", "im Oktober", "2015-10-01", "2015-10-31"),
        ("de", "am 3. und 4. Januar", "2016-01-03", "2016-01-03"),
        ("de", "bis Freitag", "2015-09-01", "2015-09-04"),
        ("de", "im nächsten Jahr", "2016-01-01", "2016-12-31"),
        ("en", "tomorrow morning", "2015-09-02", "2015-09-02"),
        ("en", "next Friday", "2015-09-04", "2015-09-04"),
        ("en", "in two weeks", "2015-09-14", "2015-09-20"),
        ("en", "next year", "2016-01-01", "2016-12-31"),
        ("en", "until Friday", "2015-09-01", "2015-09-04"),
    ],
)
def test_what_is_planned(lang: Lang, text: str, start: str, end: str) -> None:
    found = find_date((f"x {text} y",), lang, PUBLISHED, "future")
    assert (iso(found.start), iso(found.end)) == (start, end)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "kurz vor Ostern"),
        ("de", "nach dem 3. Mai"),
        ("de", "freitags"),
        ("de", "am kommenden Freitag"),
        ("de", "der schwerste Angriff seit 2006"),
        ("de", "erstmals seit März"),
        ("de", "rund 2000 Menschen"),
        ("de", "in zwei Wochen"),
        ("de", "Taha Yassin Ramadan"),
        ("de", "Am selben Tag brannte es"),
        ("de", "Guten Morgen"),
        ("de", "am 8. Mai desselben Jahres"),
        ("en", "a day after the attack"),
        ("en", "two days before the vote"),
        ("en", "ahead of Ramadan"),
        ("en", "the first raid since 1991"),
        ("en", "the march may fall short"),
        ("en", "some 1900 fighters"),
        ("en", "the fall of Mosul"),
        ("en", "in two weeks"),
        ("en", "the same night"),
    ],
)
def test_what_tells_no_date(lang: Lang, text: str) -> None:
    assert find_date((text,), lang, PUBLISHED, "asserted").source == "publication"


@pytest.mark.parametrize(
    ("lang", "text", "end"),
    [("de", "bis Sonntag", "2015-08-30"), ("en", "by Monday", "2015-08-31")],
)
def test_until_leaves_the_start_open(lang: Lang, text: str, end: str) -> None:
    found = find_date((text,), lang, PUBLISHED, "asserted")
    assert (found.start, iso(found.end), found.prec) == (None, end, 5)


@pytest.mark.parametrize(
    ("lang", "text", "said"),
    [
        ("de", "Nach dem Anschlag vom Freitag wurde am Montag demonstriert", "am Montag"),
        ("de", "Der Anschlag vom Freitag", "vom Freitag"),
        ("de", "Seit Mai wird gekämpft, am Montag fiel die Stadt", "am Montag"),
        ("de", "In der Nacht zum Sonntag", "In der Nacht zum Sonntag"),
        ("de", "Wie die Armee am Montag mitteilte, fiel die Stadt am Sonntag", "am Sonntag"),
        ("de", "Das teilte die Armee am Montag mit, am Sonntag fiel die Stadt", "am Sonntag"),
        ("de", "ein Mann, der gestern starb", "gestern"),
        ("en", "The army said on Monday that the town fell on Sunday", "on Sunday"),
        ("en", "After the attack of 21 August people marched on Monday", "on Monday"),
        ("en", "Late on Sunday", "Sunday"),
    ],
)
def test_the_words_of_the_event_itself(lang: Lang, text: str, said: str) -> None:
    assert (find_date((text,), lang, PUBLISHED, "asserted").text or "").endswith(said)


@pytest.mark.parametrize(
    ("lang", "text", "start", "end"),
    [
        ("de", "zwei Wochen später", "2015-05-25", "2015-05-31"),
        ("de", "drei Tage danach", "2015-05-15", "2015-05-15"),
        ("de", "einen Monat zuvor", "2015-04-01", "2015-04-30"),
        ("de", "am Vortag", "2015-05-11", "2015-05-11"),
        ("de", "in der folgenden Nacht", "2015-05-12", "2015-05-13"),
        ("de", "im folgenden Jahr", "2016-01-01", "2016-12-31"),
        ("de", "in der Woche darauf", "2015-05-18", "2015-05-24"),
        ("de", "im selben Monat", "2015-05-01", "2015-05-31"),
        ("de", "am Abend", "2015-05-12", "2015-05-12"),
        ("en", "two weeks later", "2015-05-25", "2015-05-31"),
        ("en", "a month earlier", "2015-04-01", "2015-04-30"),
        ("en", "the following night", "2015-05-12", "2015-05-13"),
        ("en", "the same week", "2015-05-11", "2015-05-17"),
    ],
)
def test_counted_from_the_day_spoken_of(lang: Lang, text: str, start: str, end: str) -> None:
    anchor = EventDate(date(2015, 5, 12), date(2015, 5, 12), "am 12. Mai", 1, "text")
    found = find_date((f"x {text} y",), lang, date(2017, 9, 1), "asserted", anchor)
    assert (iso(found.start), iso(found.end)) == (start, end)


def test_a_text_without_publication_goes_on_from_its_years() -> None:
    text = lower(
        "Am 1. September 1939 fiel Danzig. Am 3. Oktober und im Frühjahr 1940/41. Am Montag."
    )
    found = [expression.days for expression in scan(text, "de", Reference(None, told=True))]
    assert [(iso(first), iso(last)) for first, last in found] == [
        ("1939-09-01", "1939-09-01"),
        ("1939-10-03", "1939-10-03"),
        ("1940-03-01", "1940-05-31"),
    ]
    anchor = last_day("Am 1. September 1939 fiel Danzig.", "de", None)
    assert find_date(("Am 3. Oktober",), "de", None, "asserted", anchor).start == date(1939, 10, 3)


def test_lower_case_is_as_long_as_the_text() -> None:
    assert lower("İSTANBUL am MONTAG") == "İstanbul am montag"
    assert find_date(("İstanbul am Montag",), "de", PUBLISHED, "asserted").text == "am Montag"
