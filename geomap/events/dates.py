"""When an event happened, from the words of its clause and the day of publication.

UCDP's ``date_prec``: 1 a day, 2 two to six days, 3 a week, 4 a month, 5 a year or more.
A bare weekday is the last one up to publication, or the next one for what is yet to come.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from geomap.models import EventDate, Lang, Modality

Span = tuple[date | None, date | None]
_Reader = Callable[[re.Match[str], date, bool], Span | None]

_WEEKDAYS = {
    "montag": 0, "dienstag": 1, "mittwoch": 2, "donnerstag": 3, "freitag": 4, "samstag": 5, "sonnabend": 5, "sonntag": 6,
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
}  # fmt: skip
_MONTHS = {
    "januar": 1, "jänner": 1, "februar": 2, "märz": 3, "april": 4, "mai": 5, "juni": 6, "juli": 7, "august": 8, "september": 9,
    "oktober": 10, "november": 11, "dezember": 12,
    "january": 1, "february": 2, "march": 3, "may": 5, "june": 6, "july": 7, "october": 10, "december": 12,
}  # fmt: skip
_COUNTS = {
    "einem": 1, "einer": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10,
    "elf": 11, "zwölf": 12, "vierzehn": 14, "eleven": 11, "twelve": 12, "fourteen": 14,
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_DAY = "|".join(_WEEKDAYS)
_MONTH = "|".join(_MONTHS)
_PART = r"(?:morgen|vormittag|mittag|nachmittag|abend|nacht|früh)?"
_DAY_PREC, _DAYS_PREC, _WEEK_PREC, _MONTH_PREC, _YEAR_PREC = 1, 2, 3, 4, 5


def find_date(
    stretches: tuple[str, ...],
    lang: Lang,
    published: date | None,
    modality: Modality,
    anchor: EventDate | None = None,
) -> EventDate:
    """Return the date said in the first of ``stretches`` (clause, then sentence) that says one.

    ``anchor`` is the day that the text before spoke of (see ``last_day``): "tags darauf" counts from
    it, and what tells no date of its own goes on with it. Without any, an event known from an
    article happened at the latest when it was published: the end is the publication date, the
    start unknown.
    """
    ahead = modality == "future"
    from_day = anchor.end if anchor else published
    for stretch in stretches:
        lowered = stretch.lower()
        found = _shifted(lowered, lang, from_day) or _search(lowered, lang, published, ahead)
        if found is not None:
            return replace(found, text=_as_written(found.text or "", lowered, stretch))
    if anchor is not None and modality == "asserted":
        return anchor
    if published is None or modality in ("historical", "hypothetical", "negation"):
        return EventDate()
    if ahead:
        return EventDate(start=published, source="publication")
    return EventDate(end=published, source="publication")


def _as_written(words: str, lowered: str, stretch: str) -> str:
    """Return the words as the text has them; lower case may be longer than what it was."""
    start = lowered.find(words)
    same = len(lowered) == len(stretch) and start >= 0
    return stretch[start : start + len(words)] if same else words


@lru_cache(maxsize=256)
def last_day(text: str, lang: Lang, published: date | None) -> EventDate | None:
    """Return the last day (or night) said in ``text``, None when it says none."""
    if published is None:
        return None
    latest: tuple[int, EventDate] | None = None
    for pattern, reader in _PATTERNS[lang]:
        for match in pattern.finditer(text.lower()):
            try:
                span = reader(match, published, False)
            except (ValueError, OverflowError):
                continue
            if (
                span is None
                or _precision(span) > _DAYS_PREC
                or (latest and match.start() <= latest[0])
            ):
                continue
            first, last = span
            if first is not None and last is not None and (last - first).days <= 1:
                words = _as_written(match[0].strip(), text.lower(), text)
                said = EventDate(first, last, words, _precision(span), "text")
                latest = match.start(), said
    return latest[1] if latest else None


def _shifted(text: str, lang: Lang, day: date | None) -> EventDate | None:
    """Return the day that "tags darauf" or "two days earlier" means, counted from ``day``."""
    if day is None:
        return None
    for pattern, sign in _SHIFTS[lang]:
        if match := pattern.search(text):
            stated = match.groupdict().get("count")
            count = 1 if stated is None else _count(stated)
            if count is not None:
                shifted = day + timedelta(days=sign * count)
                return EventDate(shifted, shifted, match[0].strip(), _DAY_PREC, "text")
    return None


def _count(stated: str) -> int | None:
    return int(stated) if stated.isdecimal() else _COUNTS.get(stated)


@lru_cache(maxsize=128)
def _search(text: str, lang: Lang, published: date | None, ahead: bool) -> EventDate | None:
    for pattern, reader in _PATTERNS[lang]:
        for match in pattern.finditer(text):
            try:
                span = reader(match, published or date.max, ahead)
            except (ValueError, OverflowError):
                continue
            if span is not None and (published is not None or _is_absolute(match)):
                return EventDate(*span, match[0].strip(), _precision(span), "text")
    return None


def _is_absolute(match: re.Match[str]) -> bool:
    return bool(match.groupdict().get("year"))


def _precision(span: Span) -> int:
    start, end = span
    if start is None or end is None:
        return _YEAR_PREC
    days = (end - start).days + 1
    bounds = ((1, _DAY_PREC), (6, _DAYS_PREC), (7, _WEEK_PREC), (31, _MONTH_PREC))
    return next((prec for most, prec in bounds if days <= most), _YEAR_PREC)


def _weekday(name: str, published: date, ahead: bool) -> date:
    wanted = _WEEKDAYS[name]
    if ahead:
        return published + timedelta(days=(wanted - published.weekday() - 1) % 7 + 1)
    return published - timedelta(days=(published.weekday() - wanted) % 7)


def _day(match: re.Match[str], published: date, ahead: bool) -> Span:
    day = _weekday(match["day"], published, ahead)
    if day == published and _BEFORE_THIS.search(match[0]):
        day -= timedelta(days=7)
    return day, day


def _night_before(match: re.Match[str], published: date, ahead: bool) -> Span:
    day = _weekday(match["day"], published, ahead)
    return day - timedelta(days=1), day


def _night_before_date(match: re.Match[str], published: date, ahead: bool) -> Span:
    day = _calendar_day(match, published, ahead)
    return day - timedelta(days=1), day


def _since_day(match: re.Match[str], published: date, ahead: bool) -> Span | None:
    return None if ahead else (_weekday(match["day"], published, ahead=False), published)


def _calendar_day(match: re.Match[str], published: date, ahead: bool) -> date:
    month_text = match["month"]
    month = int(month_text) if month_text.isdigit() else _MONTHS[month_text]
    return _with_year(match, month, int(match["dom"]), published, ahead)


def _with_year(match: re.Match[str], month: int, day: int, published: date, ahead: bool) -> date:
    stated = match.groupdict().get("year")
    if stated:
        return date(int(stated), month, day)
    guess = date(published.year, month, day)
    if ahead:
        return guess if guess >= published else date(published.year + 1, month, day)
    return guess if guess <= published else date(published.year - 1, month, day)


def _date(match: re.Match[str], published: date, ahead: bool) -> Span:
    day = _calendar_day(match, published, ahead)
    return day, day


def _month(match: re.Match[str], published: date, ahead: bool) -> Span:
    first = _with_year(match, _MONTHS[match["month"]], 1, published, ahead)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    part = match.groupdict().get("part") or ""
    if part in ("anfang", "early"):
        return first, first.replace(day=10)
    if part in ("mitte", "mid-", "mid"):
        return first.replace(day=11), first.replace(day=20)
    if part in ("ende", "late"):
        return first.replace(day=21), last
    if match.groupdict().get("since"):
        return (first, published) if not ahead else (first, last)
    return (first, min(last, published)) if not ahead and first <= published else (first, last)


def _iso(match: re.Match[str], published: date, ahead: bool) -> Span:
    day = date.fromisoformat(match["year"] + match[0][4:])
    return day, day


def _relative_day(shift: int) -> _Reader:
    def read(match: re.Match[str], published: date, ahead: bool) -> Span:
        day = published + timedelta(days=shift)
        return day, day

    return read


def _ago(match: re.Match[str], published: date, ahead: bool) -> Span | None:
    count = _count(match["count"])
    if count is None:
        return None  # "vor wenigen Tagen"
    if match["unit"].startswith(("tag", "day")):
        day = published - timedelta(days=count)
        return day, day
    week = published - timedelta(weeks=count)
    monday = week - timedelta(days=week.weekday())
    return monday, monday + timedelta(days=6)


def _week(match: re.Match[str], published: date, ahead: bool) -> Span:
    shift = 7 if match["which"].startswith(("kommend", "nächst", "next", "coming")) else -7
    if match["which"].startswith(("dies", "this")):
        shift = 0
    monday = published + timedelta(days=shift - published.weekday())
    return monday, monday + timedelta(days=6)


def _weekend(match: re.Match[str], published: date, ahead: bool) -> Span:
    saturday = _weekday("samstag", published, ahead)
    return saturday, saturday + timedelta(days=1)


def _last_night(match: re.Match[str], published: date, ahead: bool) -> Span:
    return published - timedelta(days=1), published


_BEFORE_THIS = re.compile(r"\b(?:letzt|vergangen|vorig|last)")
# Days counted from the day that the text spoke of before, and which way.
_SHIFTS: dict[Lang, list[tuple[re.Pattern[str], int]]] = {
    "de": [
        (re.compile(r"\b(?:tags|am tag|einen tag) (?:darauf|danach|später)\b|\bam (?:nächsten|folgenden) (?:tag|morgen|abend)\b"), 1),
        (re.compile(r"\b(?:tags|am tag|einen tag) (?:zuvor|davor|vorher)\b|\bam vortag\b"), -1),
        (re.compile(r"\b(?P<count>\w+) tage (?:später|danach|darauf)\b"), 1),
        (re.compile(r"\b(?P<count>\w+) tage (?:zuvor|davor|vorher)\b"), -1),
        (re.compile(r"\bstunden? (?:später|danach|darauf|zuvor|vorher)\b|\bam (?:selben|gleichen) (?:tag|morgen|abend|nachmittag)\b"), 0),
    ],
    "en": [
        (re.compile(r"\b(?:the (?:next|following) (?:day|morning|evening)|(?:a|one) day later)\b"), 1),
        (re.compile(r"\b(?:the day before|the previous day|(?:a|one) day earlier)\b"), -1),
        (re.compile(r"\b(?P<count>\w+) days later\b"), 1),
        (re.compile(r"\b(?P<count>\w+) days (?:earlier|before)\b"), -1),
        (re.compile(r"\bhours? (?:later|earlier|before)\b|\bthe same (?:day|morning|afternoon|evening|night)\b|\bby nightfall\b"), 0),
    ],
}  # fmt: skip
_ISO = (re.compile(r"\b(?P<year>\d{4})-\d{2}-\d{2}\b"), _iso)
_PATTERNS: dict[Lang, list[tuple[re.Pattern[str], _Reader]]] = {
    "de": [
        _ISO,
        (re.compile(rf"\bin der nacht (?:zum|auf den|auf)\s+(?P<dom>\d{{1,2}})\.\s*(?P<month>{_MONTH})(?:\s+(?P<year>\d{{4}}))?"), _night_before_date),
        (re.compile(rf"\b(?P<dom>\d{{1,2}})\.\s*(?P<month>{_MONTH})(?:\s+(?P<year>\d{{4}}))?"), _date),
        (re.compile(r"\b(?P<dom>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})\b"), _date),
        (re.compile(rf"\bin der nacht (?:zum|zu|auf(?: den)?)\s+(?P<day>{_DAY})\b"), _night_before),
        (re.compile(rf"\bseit(?: dem)?\s+(?P<day>{_DAY}){_PART}s?\b"), _since_day),
        (re.compile(rf"\b(?:am|vom|bis|ab|auf|an diesem|vergangenen|letzten|kommenden|nächsten)\s+(?:späten |frühen |vergangenen |letzten |kommenden |nächsten )?(?P<day>{_DAY}){_PART}\b"), _day),
        (re.compile(rf"\b(?P<day>{_DAY})(?:morgen|vormittag|mittag|nachmittag|abend|nacht)\b"), _day),
        (re.compile(r"\bvorgestern\b"), _relative_day(-2)),
        (re.compile(r"\bgestern\b"), _relative_day(-1)),
        (re.compile(r"\b(?:heute|seit dem morgen|am morgen|am abend)\b"), _relative_day(0)),
        (re.compile(r"\bübermorgen\b"), _relative_day(2)),
        (re.compile(r"(?<!am )(?<!dem )\bmorgen\b(?! des)"), _relative_day(1)),
        (re.compile(r"\bin der (?:vergangenen |letzten )?nacht\b|\b(?:die|letzte|vergangene) nacht(?: über)?\b"), _last_night),
        (re.compile(r"\bvor (?P<count>\w+) (?P<unit>tagen|tag|wochen|woche)\b"), _ago),
        (re.compile(r"\b(?:am|vom|dieses) (?:vergangenen |letzten |kommenden )?wochenendes?\b"), _weekend),
        (re.compile(r"\b(?P<which>letzte|vergangene|vorige|kommende|nächste|diese)[rn]? woche\b"), _week),
        (re.compile(rf"\b(?:(?P<part>anfang|mitte|ende)|(?P<since>seit)|im|in)\s+(?:des\s+)?(?P<month>{_MONTH})s?(?:\s+(?P<year>\d{{4}}))?\b"), _month),
    ],
    "en": [
        _ISO,
        (re.compile(rf"\b(?P<dom>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})(?:,?\s+(?P<year>\d{{4}}))?\b"), _date),
        (re.compile(rf"\b(?P<month>{_MONTH})\s+(?P<dom>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,?\d)(?:,?\s+(?P<year>\d{{4}}))?"), _date),
        (re.compile(rf"\bovernight (?:in)?to (?P<day>{_DAY})\b"), _night_before),
        (re.compile(rf"\bsince (?P<day>{_DAY})\b"), _since_day),
        (re.compile(rf"\b(?:on|late|early|last|next|this|by|until)\s+(?P<day>{_DAY})\b"), _day),
        (re.compile(rf"\b(?P<day>{_DAY})(?:\s+(?:morning|afternoon|evening|night))?\b"), _day),
        (re.compile(r"\byesterday\b"), _relative_day(-1)),
        (re.compile(r"\b(?:today|this morning|this evening)\b"), _relative_day(0)),
        (re.compile(r"\b(?:overnight|last night)\b"), _last_night),
        (re.compile(r"\btomorrow\b"), _relative_day(1)),
        (re.compile(r"\b(?P<count>\w+) (?P<unit>days?|weeks?) ago\b"), _ago),
        (re.compile(r"\b(?:at|over|on) the weekend\b"), _weekend),
        (re.compile(r"\b(?P<which>last|next|this|coming) week\b"), _week),
        (re.compile(rf"\b(?:(?P<part>early|mid-?|late)\s*|(?P<since>since)\s+|in\s+)(?P<month>{_MONTH})(?:\s+(?P<year>\d{{4}}))?\b"), _month),
    ],
}  # fmt: skip
