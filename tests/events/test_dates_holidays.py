"""Feasts by name, against the calendars of 2014 and 2015."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from geomap.events.dates import find_date
from geomap.models import Lang

PUBLISHED = date(2015, 9, 1)


@pytest.mark.parametrize(
    ("lang", "text", "start", "end", "prec"),
    [
        ("de", "am Karfreitag", "2015-04-03", "2015-04-03", 1),
        ("de", "am Ostersonntag", "2015-04-05", "2015-04-05", 1),
        ("de", "am Ostermontag 2014", "2014-04-21", "2014-04-21", 1),
        ("de", "an Ostern", "2015-04-03", "2015-04-06", 2),
        ("de", "zu Pfingsten", "2015-05-23", "2015-05-25", 2),
        ("de", "an Christi Himmelfahrt", "2015-05-14", "2015-05-14", 1),
        ("de", "an Fronleichnam", "2015-06-04", "2015-06-04", 1),
        ("de", "am orthodoxen Ostersonntag", "2015-04-12", "2015-04-12", 1),
        ("de", "zum orthodoxen Weihnachtsfest", "2015-01-07", "2015-01-07", 1),
        ("de", "an Heiligabend", "2014-12-24", "2014-12-24", 1),
        ("de", "an Weihnachten", "2014-12-24", "2014-12-26", 2),
        ("de", "an Silvester", "2014-12-31", "2014-12-31", 1),
        ("de", "in der Silvesternacht", "2014-12-31", "2015-01-01", 2),
        ("de", "in der Nacht zum Ostersonntag", "2015-04-04", "2015-04-05", 2),
        ("de", "an Neujahr", "2015-01-01", "2015-01-01", 1),
        ("de", "seit Ostern", "2015-04-03", "2015-09-01", 5),
        ("de", "im Ramadan", "2015-06-17", "2015-07-17", 4),
        ("de", "im Ramadan 2014", "2014-06-27", "2014-07-28", 4),
        ("de", "zu Beginn des Ramadan", "2015-06-17", "2015-06-19", 2),
        ("de", "zum Ende des Fastenmonats Ramadan", "2015-07-15", "2015-07-17", 2),
        ("de", "zum Zuckerfest", "2015-07-16", "2015-07-20", 2),
        ("de", "während des Opferfests", "2014-10-03", "2014-10-08", 2),
        ("de", "an Jom Kippur", "2014-10-03", "2014-10-04", 2),
        ("de", "an Purim", "2015-03-04", "2015-03-05", 2),
        ("de", "an Purim 2014", "2014-03-15", "2014-03-16", 2),
        ("de", "zu Pessach", "2015-04-03", "2015-04-11", 4),
        ("de", "am Newroz-Fest", "2015-03-20", "2015-03-21", 2),
        ("de", "an Nowruz", "2015-03-20", "2015-03-21", 2),
        ("de", "zum Id al-Adha", "2014-10-03", "2014-10-08", 2),
        ("en", "on Good Friday", "2015-04-03", "2015-04-03", 1),
        ("en", "on Easter Sunday", "2015-04-05", "2015-04-05", 1),
        ("en", "on Orthodox Easter", "2015-04-12", "2015-04-12", 1),
        ("en", "on Christmas Eve", "2014-12-24", "2014-12-24", 1),
        ("en", "on New Year's Eve", "2014-12-31", "2014-12-31", 1),
        ("en", "on Thanksgiving", "2014-11-27", "2014-11-27", 1),
        ("en", "during Ramadan", "2015-06-17", "2015-07-17", 4),
        ("en", "at the start of Ramadan", "2015-06-17", "2015-06-19", 2),
        ("en", "at the end of Ramadan", "2015-07-15", "2015-07-17", 2),
        ("en", "on Eid al-Adha", "2014-10-03", "2014-10-08", 2),
        ("en", "on Yom Kippur", "2014-10-03", "2014-10-04", 2),
        ("en", "during Hanukkah", "2014-12-16", "2014-12-24", 4),
        ("en", "at Nowruz", "2015-03-20", "2015-03-21", 2),
    ],
)
def test_feasts(lang: Lang, text: str, start: str, end: str, prec: int) -> None:
    found = find_date((f"x {text} y",), lang, PUBLISHED, "asserted")
    assert (str(found.start), str(found.end), found.prec) == (start, end, prec)


@pytest.mark.parametrize(
    ("lang", "text", "start"),
    [
        ("de", "an Weihnachten", "2015-12-24"),
        ("de", "am Karfreitag", "2016-03-25"),
        ("de", "zum Opferfest", "2015-09-22"),
        ("en", "on Thanksgiving", "2015-11-26"),
    ],
)
def test_a_feast_to_come(lang: Lang, text: str, start: str) -> None:
    assert str(find_date((text,), lang, PUBLISHED, "future").start) == start


def test_a_feast_beyond_the_calendars_is_no_date() -> None:
    assert find_date(("im Ramadan 1910",), "de", PUBLISHED, "asserted").source == "publication"
    assert find_date(("im Ramadan",), "de", date(1910, 1, 1), "asserted").source == "publication"


@pytest.mark.parametrize("text", ["Osterode am Montag", "Jom-Kippur-Krieg", "Ramadan Kadyrow"])
def test_names_with_feasts_in_them(text: str) -> None:
    found = find_date((text,), "de", PUBLISHED, "asserted")
    assert (found.text or "am Montag") == "am Montag"


def test_the_calendars_are_imported_only_for_their_feasts() -> None:
    code = (
        "import sys, datetime\n"
        "from geomap.events.dates import find_date\n"
        "find_date(('Am Montag fiel Homs.',), 'de', datetime.date(2015, 9, 1), 'asserted')\n"
        "print([n for n in ('hijridate', 'pyluach', 'dateutil') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
