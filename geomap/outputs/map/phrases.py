"""Records put into words of the page's language."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import cache

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton
from babel.numbers import format_decimal, format_percent

from geomap.models import Lang
from geomap.outputs.map.spans import parse_day
from geomap.outputs.map.wording import say
from geomap.records import EventRecord

# Of UCDP's ``where_prec``, from here on an area is known.
_AREA = 3
# Of UCDP's ``date_prec``, from here on the day is not known.
_MONTH = 4
# The dash between the days of one month: "1 – 10 Jul 2015".
_DASH_OF_DAYS = re.compile(r"(?<=^\d) – |(?<=^\d\d) – ")


@cache
def _locale(lang: Lang) -> Locale:
    # British dates: no reader takes "1 July 2015" for another day.
    return Locale("de") if lang == "de" else Locale("en", "GB")


def say_day(iso: str | None, lang: Lang) -> str | None:
    """Put an ISO date into words; other text comes back as it is."""
    day = parse_day(iso)
    return iso if day is None else format_date(day, "long", locale=_locale(lang))


def say_when(event: EventRecord, lang: Lang) -> str | None:
    """Put an event's date into words as exact as UCDP's ``date_prec``; None where unknown."""
    words = _say_span(event, lang)
    if words is None:
        return event.date_text
    notes = []
    if event.date_text and not _repeats(event, event.date_text):
        notes.append(f"„{event.date_text}“" if lang == "de" else f"“{event.date_text}”")
    if event.date_source == "publication":
        notes.append(say("by_publication", lang))
    if event.date_prec in (2, 3):  # A month and a year say themselves how exact they are.
        notes.append(say(f"date_prec_{event.date_prec}", lang))
    return f"{words} ({', '.join(notes)})" if notes else words


def _repeats(event: EventRecord, words: str) -> bool:
    """Tell whether the text names the very date, in either language."""
    spans = (_say_span(event, "de"), _say_span(event, "en"))
    return any(span is not None and words.endswith(span) for span in spans)


def _say_span(event: EventRecord, lang: Lang) -> str | None:
    start, end = parse_day(event.date_start), parse_day(event.date_end)
    if start is None or (event.date_prec or 1) < _MONTH:
        return _say_days(event, start, end, lang)
    end = max(end or start, start)
    if _is_years(start, end) or (event.date_prec != _MONTH and start == end):
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    first, last = (str(format_skeleton("yMMMM", day, locale=_locale(lang))) for day in (start, end))
    if first == last:
        return first
    if start.year == end.year:
        first = format_date(start, "LLLL", locale=_locale(lang))
    return say("months", lang, first=first, last=last)


def _is_years(start: date, end: date) -> bool:
    return (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)


def _say_days(event: EventRecord, start: date | None, end: date | None, lang: Lang) -> str | None:
    first, last = say_day(event.date_start, lang), say_day(event.date_end, lang)
    if not first and last:
        return say("at_latest", lang, day=last)
    if not last or first == last:
        planned = event.modality == "future" and event.date_source == "publication"
        return say("at_earliest", lang, day=first) if planned else first
    if start and end:
        words: str = format_interval(start, end, "yMMMMd", locale=_locale(lang))
        # Some releases of Babel set the days of one month apart, some do not.
        return _DASH_OF_DAYS.sub("–", words.replace("\N{THIN SPACE}", " "))
    return f"{first} – {last}"


def say_casualties(event: EventRecord, lang: Lang) -> str | None:
    """Put the dead and injured into words; vague numbers stay the words of the text.

    Where a text tells of injured only, no dead are counted: nobody says that there were none.
    """
    dead = (event.deaths_low, event.deaths_best, event.deaths_high)
    hurt = (event.injured_low, event.injured_best, event.injured_high)
    deaths = _say_people(dead, ("no_deaths", "one_dead", "deaths"), lang) or event.deaths_text
    injured = _say_people(hurt, ("no_injured", "one_injured", "injured"), lang)
    if event.deaths_best == 0 and injured:
        return injured
    attackers = event.deaths_attackers
    also = (
        say("dead_attackers", lang, n=say_count(attackers, attackers, attackers, lang))
        if attackers
        else None
    )
    return ", ".join(part for part in (deaths, also, injured) if part) or None


def _say_people(
    counts: tuple[int | None, int | None, int | None], keys: tuple[str, str, str], lang: Lang
) -> str | None:
    """Return the words of ``keys`` for nobody, one or more; None where nothing is known."""
    low, best, high = counts
    known = {count for count in counts if count is not None}
    nobody, one, more = keys
    if known == {0}:  # "At least none" says nothing.
        return None if best is None and high is None else say(nobody, lang)
    number = say_count(low or None, best, high, lang)
    return number and say(one if known <= {0, 1} else more, lang, n=number)


def say_count(low: int | None, best: int | None, high: int | None, lang: Lang) -> str | None:
    """Return "12", "12–15", "mindestens 12" …; None where nothing is known."""
    if best is not None and high in (low, best) and low in (None, best):
        return say_number(best, lang)
    if low is not None and high is not None:
        return "–".join(say_number(n, lang) for n in sorted({low, high}))
    if low is not None:
        return say("at_least", lang, n=say_number(low, lang))
    if high is not None:
        return say("at_most", lang, n=say_number(high, lang))
    return None if best is None else say_number(best, lang)


def say_number(number: float, lang: Lang) -> str:
    """Return a number as the page's language writes it."""
    return format_decimal(number, locale=_locale(lang))


def say_share(share: float, lang: Lang) -> str:
    """Return 0–1 as per cent."""
    return format_percent(share, locale=_locale(lang))


def say_precision(where_prec: int | None, uncertainty_km: float | None, lang: Lang) -> str:
    """Put UCDP's ``where_prec`` and the uncertainty into words."""
    words = say(f"prec_{where_prec}" if where_prec else "prec_unknown", lang)
    if uncertainty_km and uncertainty_km >= 1 and where_prec not in (6, 7):
        key = "extent_km" if (where_prec or 0) >= _AREA else "about_km"
        words += f" ({say(key, lang, n=say_number(round(uncertainty_km), lang))})"
    return words


def grade(confidence: float) -> str:
    """Return ``high``, ``medium`` or ``low`` for a confidence of 0–1."""
    return "high" if confidence >= 0.75 else "medium" if confidence >= 0.45 else "low"


def say_confidence(confidence: float, lang: Lang) -> str:
    """Put a confidence of 0–1 into a word and per cent."""
    return f"{say(f'grade_{grade(confidence)}', lang)} ({say_share(confidence, lang)})"


def isolate(name: str) -> str:
    """Keep a right-to-left name inside a sentence from turning what stands around it."""
    turned = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in name)
    return f"\N{FIRST STRONG ISOLATE}{name}\N{POP DIRECTIONAL ISOLATE}" if turned else name


def shorten(text: str, most: int) -> str:
    """Cut what no name and no sentence is as long as; the ellipsis says so."""
    return text if len(text) <= most else f"{text[:most]}…"
