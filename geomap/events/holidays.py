"""Feasts and fasts by name: Karfreitag, Orthodox Easter, Ramadan, Yom Kippur, Nowruz.

Movable ones come from the calendars' own libraries, imported only where such a name stands in the
text. Islamic months begin when the moon is sighted, so their dates have a day of doubt on each side;
Jewish holidays begin on the evening before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from geomap.events.date_reference import Days, Reference, Span, complete, stated_year
from geomap.models import Lang

# How a calendar finds a feast: from a year to the days of the feasts that begin in it.
_Occurrences = Callable[[int], Iterator[Days]]


def _easter(first: int, last: int | None = None, *, orthodox: bool = False) -> _Occurrences:
    """Count from Easter Sunday, western or orthodox."""

    def occur(year: int) -> Iterator[Days]:
        from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter

        sunday = easter(year, EASTER_ORTHODOX if orthodox else EASTER_WESTERN)
        yield (
            sunday + timedelta(days=first),
            sunday + timedelta(days=first if last is None else last),
        )

    return occur


def _fixed(month: int, day: int, days: int = 1) -> _Occurrences:
    def occur(year: int) -> Iterator[Days]:
        first = date(year, month, day)
        yield first, first + timedelta(days=days - 1)

    return occur


def _thanksgiving(year: int) -> Iterator[Days]:
    """Yield the fourth Thursday of November, as in the United States."""
    first = date(year, 11, 1)
    day = first + timedelta(days=(3 - first.weekday()) % 7 + 21)
    yield day, day


def _islamic(month: int, day: int, days: int = 1) -> _Occurrences:
    """Count in the Umm al-Qura calendar, with a day of doubt on each side; 0 days: the month."""

    def occur(year: int) -> Iterator[Days]:
        from hijridate import Hijri

        doubt = timedelta(days=1)
        for hijri in range(year - 580, year - 576):
            begin = Hijri(hijri, month, day)
            gregorian = begin.to_gregorian()
            if gregorian.year - hijri and gregorian.year == year:
                first = date(gregorian.year, gregorian.month, gregorian.day)
                length = days or begin.month_length()
                yield first - doubt, first + timedelta(days=length - 1) + doubt

    return occur


def _islamic_month_end(month: int) -> _Occurrences:
    def occur(year: int) -> Iterator[Days]:
        for _, last in _islamic(month, 1, 0)(year):
            yield last - timedelta(days=2), last

    return occur


def _jewish(month: int, day: int, days: int = 1) -> _Occurrences:
    """Count in the Hebrew calendar from the evening before; Purim's month is Adar II in leap years."""

    def occur(year: int) -> Iterator[Days]:
        from pyluach.dates import HebrewDate

        for hebrew in (year + 3760, year + 3761):
            leap = month == 12 and (7 * hebrew + 1) % 19 < 7
            first = HebrewDate(hebrew, month + leap, day).to_pydate()
            if first.year == year:
                yield first - timedelta(days=1), first + timedelta(days=days - 1)

    return occur


_RAMADAN = r"(?:fastenmonats? )?ramadans?"
_ORTHODOX = r"orthodoxe[nmrs]? "
# Beside each pattern what it means; longer names first, for the first that matches counts.
_GERMAN: list[tuple[str, _Occurrences]] = [
    (rf"{_ORTHODOX}karfreitags?", _easter(-2, orthodox=True)),
    (rf"{_ORTHODOX}oster(?:n|fest(?:e?s)?|sonntags?)", _easter(0, orthodox=True)),
    (rf"{_ORTHODOX}ostermontags?", _easter(1, orthodox=True)),
    (rf"{_ORTHODOX}heilig(?:er |en )?abends?", _fixed(1, 6)),
    (rf"{_ORTHODOX}weihnacht(?:en|sfest(?:e?s)?)", _fixed(1, 7)),
    (r"rosenmontags?", _easter(-48)),
    (r"aschermittwochs?", _easter(-46)),
    (r"palmsonntags?", _easter(-7)),
    (r"karwoche", _easter(-6, -1)),
    (r"gründonnerstags?", _easter(-3)),
    (r"karfreitags?", _easter(-2)),
    (r"karsamstags?|ostersamstags?", _easter(-1)),
    (r"ostersonntags?", _easter(0)),
    (r"ostermontags?", _easter(1)),
    (r"oster(?:n|fest(?:e?s)?|feiertage[ns]?|tage[ns]?|wochenendes?)", _easter(-2, 1)),
    (r"(?:christi )?himmelfahrt(?:stage?s?)?", _easter(39)),
    (r"pfingstsonntags?", _easter(49)),
    (r"pfingstmontags?", _easter(50)),
    (r"pfingst(?:en|fest(?:e?s)?|feiertage[ns]?|wochenendes?)", _easter(48, 50)),
    (r"fronleichnams?(?:tage?s?)?", _easter(60)),
    (r"heilig(?:er |en )?abends?", _fixed(12, 24)),
    (r"erste[rn]? weihnachts(?:feier)?tage?s?", _fixed(12, 25)),
    (r"zweite[rn]? weihnachts(?:feier)?tage?s?", _fixed(12, 26)),
    (r"weihnacht(?:en|sfest(?:e?s)?|s(?:feier)?tage[ns]?)", _fixed(12, 24, 3)),
    (r"silvesternacht|neujahrsnacht|jahreswechsels?", _fixed(12, 31, 2)),
    (r"silvester(?:abends?|tage?s?)?", _fixed(12, 31)),
    (r"neujahr(?:s(?:tage?s?)?)?", _fixed(1, 1)),
    (r"dreikönigs(?:tage?s?|fest(?:e?s)?)", _fixed(1, 6)),
    (r"tage?s? der deutschen einheit", _fixed(10, 3)),
    (r"allerheiligen", _fixed(11, 1)),
    (rf"(?:beginn|anfang|auftakt)s? (?:des |vom )?{_RAMADAN}|ramadan-?beginns?|(?:ersten? tage?s?) des {_RAMADAN}", _islamic(9, 1)),
    (rf"endes? (?:des |vom )?{_RAMADAN}|ramadan-?endes?", _islamic_month_end(9)),
    (rf"(?:(?<=im )|(?<=des )|(?<=während )|(?<=am )|(?<=heiligen )|(?<=islamischen )|(?<=muslimischen )|(?<=diesjährigen )){_RAMADAN}|fastenmonats? ramadans?", _islamic(9, 1, 0)),
    (r"zuckerfest(?:e?s)?|(?:fest(?:e?s)? des )?fastenbrechens|e?id (?:al|ul)-fitr", _islamic(10, 1, 3)),
    (r"opferfest(?:e?s)?|e?id (?:al|ul)-adha", _islamic(12, 10, 4)),
    (r"asch?ura(?:-(?:fest(?:e?s)?|tage?s?))?", _islamic(1, 10)),
    (r"rosch ha-?schana(?:h)?|jüdische[ns]? neujahr(?:sfest(?:e?s)?)?", _jewish(7, 1, 2)),
    (r"jom[ -]kippur(?:-(?:fest(?:e?s)?|tage?s?))?", _jewish(7, 10)),
    (r"laubhüttenfest(?:e?s)?|sukkot", _jewish(7, 15, 7)),
    (r"simchat tora", _jewish(7, 22, 2)),
    (r"chanukka(?:-?fest(?:e?s)?)?", _jewish(9, 25, 8)),
    (r"purim(?:-?fest(?:e?s)?)?", _jewish(12, 14)),
    (r"pess?ach(?:-?fest(?:e?s)?)?", _jewish(1, 15, 8)),
    (r"n(?:ou?|ow|ew|eu)r(?:ou?|u|oo)z(?:-?fest(?:e?s)?)?|persische[ns]? neujahr(?:sfest(?:e?s)?)?", _fixed(3, 20, 2)),
]  # fmt: skip
_ENGLISH: list[tuple[str, _Occurrences]] = [
    (r"orthodox good friday", _easter(-2, orthodox=True)),
    (r"orthodox easter(?: sunday)?", _easter(0, orthodox=True)),
    (r"orthodox christmas eve", _fixed(1, 6)),
    (r"orthodox christmas(?: day)?", _fixed(1, 7)),
    (r"ash wednesday", _easter(-46)),
    (r"palm sunday", _easter(-7)),
    (r"holy week", _easter(-7, -1)),
    (r"maundy thursday", _easter(-3)),
    (r"good friday", _easter(-2)),
    (r"holy saturday", _easter(-1)),
    (r"easter (?:sunday|day)", _easter(0)),
    (r"easter monday", _easter(1)),
    (r"easter(?: weekend)?(?! (?:rising|egg|island))", _easter(-2, 1)),
    (r"ascension day", _easter(39)),
    (r"whit sunday|pentecost(?: sunday)?", _easter(49)),
    (r"whit monday|pentecost monday", _easter(50)),
    (r"corpus christi day|feast of corpus christi", _easter(60)),
    (r"christmas eve", _fixed(12, 24)),
    (r"christmas day", _fixed(12, 25)),
    (r"boxing day", _fixed(12, 26)),
    (r"christmas", _fixed(12, 24, 3)),
    (r"new year['’]s eve", _fixed(12, 31)),
    (r"new year['’]s(?: day)?", _fixed(1, 1)),
    (r"all saints['’]? day", _fixed(11, 1)),
    (r"thanksgiving(?: day)?", _thanksgiving),
    (r"(?:start|beginning|first day) of (?:the (?:holy |fasting )?month of )?ramadan", _islamic(9, 1)),
    (r"end of (?:the (?:holy |fasting )?month of )?ramadan", _islamic_month_end(9)),
    (r"(?:(?<=during )|(?<=of )|(?<=in )|(?<=holy )|(?<=this )|(?<=since )|(?<=throughout ))ramadan", _islamic(9, 1, 0)),
    (r"eid (?:al|ul)-fitr", _islamic(10, 1, 3)),
    (r"eid (?:al|ul)-adha|feast of (?:the )?sacrifice", _islamic(12, 10, 4)),
    (r"ashura|ashoura", _islamic(1, 10)),
    (r"rosh ha-?shanah?|jewish new year", _jewish(7, 1, 2)),
    (r"yom kippur(?! war)", _jewish(7, 10)),
    (r"sukkot|feast of tabernacles", _jewish(7, 15, 7)),
    (r"simchat torah", _jewish(7, 22, 2)),
    (r"hanukkah|chanukah", _jewish(9, 25, 8)),
    (r"purim", _jewish(12, 14)),
    (r"passover", _jewish(1, 15, 8)),
    (r"n(?:ou?|ow|ew|eu)r(?:ou?|u|oo)z|persian new year", _fixed(3, 20, 2)),
]  # fmt: skip
_NAMES: dict[Lang, list[tuple[str, _Occurrences]]] = {"de": _GERMAN, "en": _ENGLISH}
# One of these stands in every text that names a feast.
HOLIDAY_STEMS: dict[Lang, tuple[str, ...]] = {
    "de": tuple(
        "oster,karfreitag,karwoche,karsamstag,gründonnerstag,rosenmontag,aschermittwoch,palmsonntag,pfingst,weihnacht,heilig,"
        "himmelfahrt,silvester,jahreswechsel,neujahr,dreikönig,einheit,fronleichnam,ramadan,fasten,fitr,adha,zuckerfest,"
        "opferfest,schura,ashura,asura,schana,kippur,laubhütten,sukkot,simchat,chanukka,purim,pesach,pessach,"
        "nour,noru,noro,nowr,neur,newr".split(",")
    ),
    "en": tuple(
        "easter,good friday,holy week,holy saturday,palm sunday,maundy,ash wednesday,whit ,pentecost,ascension,"
        "corpus christi,christmas,boxing,new year,all saints,thanksgiving,ramadan,eid ,ashura,ashoura,sacrifice,"
        "rosh ha,kippur,sukkot,tabernacles,simchat,hanukkah,chanukah,purim,passover,nour,noru,noro,nowr,neur,newr".split(
            ","
        )
    ),
}
# Each name is a group of its own, numbered by its place in the list.
HOLIDAY: dict[Lang, str] = {
    lang: "|".join(f"(?P<h{number}>{name})" for number, (name, _) in enumerate(names))
    for lang, names in _NAMES.items()
}


def read_holiday(lang: Lang) -> Callable[[re.Match[str], Reference], Span]:
    """Make a reader for a match of ``HOLIDAY``."""
    names = _NAMES[lang]

    def read(match: re.Match[str], ref: Reference) -> Span:
        found = next(number for number in range(len(names)) if match[f"h{number}"] is not None)
        occurrences = names[found][1]
        year = stated_year(match, ref)
        if year is None:
            return complete(occurrences, ref)
        days = next(iter(occurrences(year)), None)
        if days is None:
            raise ValueError("does not occur in that year")
        return days

    return read
