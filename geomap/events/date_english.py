"""English dates: "on 21 August", "Friday last week", "overnight into Monday"."""

from __future__ import annotations

import re

import geomap.events.date_readers as read
from geomap.events.date_rules import BARE_YEAR, DIGITS, SECOND_YEAR, YEAR, Grammar, rule
from geomap.events.date_words import (
    COUNT,
    ENGLISH_DECADES,
    ENGLISH_MONTHS,
    ENGLISH_ORDINALS,
    ENGLISH_SEASONS,
    ENGLISH_WEEKDAYS,
    pattern,
)
from geomap.events.holidays import HOLIDAY, HOLIDAY_STEMS, read_holiday

_DAY, _MONTH, _SEASON = pattern(ENGLISH_WEEKDAYS), pattern(ENGLISH_MONTHS), pattern(ENGLISH_SEASONS)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"
_SEASONS = "spring summer autumn fall winter"
_WHICH = r"(?P<which>last|past|previous|next|coming|this)"
_OF_YEAR = r"(?:of )?(?:the )?(?P<year_word>last|this|next|previous|that|same|following) year"
_OPEN_YEAR = rf"(?:,?\s+(?:of |in )?(?P<year>{YEAR})|\s+{_OF_YEAR})"
_PART = r"(?:early|mid|late|start of|beginning of|middle of|end of)"
_COUNT = rf"(?:(?P<about>about|around|nearly|almost|roughly|some|over)\s+)?(?P<count>{COUNT})"
_UNIT = r"(?P<unit>days?|weeks?|months?|years?|decades?)"
_DOM = r"(?P<dom>[0-3]?\d)(?:st|nd|rd|th)?"
_HOURS = r"(?:morning|afternoon|evening|night)"
# What stands after a number that counts things, not years.
_COUNTED = r"(?!s\b|\s*(?:people|persons|soldiers|fighters|troops|rebels|men|women|dead|tons|tonnes|euros|dollars|miles|kilomet|km\b|m\b|feet|times|civilians|refugees|houses|tanks|hours|percent|%))"
# "May" and "March" are verbs, "August" is a name: without a day or year they need one of these.
_MONTH_LEAD = (
    rf"(?:\b(?:in|since|by|until|till|from|between|during|throughout|week of|{_PART})\s+|\bmid-)"
)

_RULES = [
    # Counted from what was told before.
    rule(r"\b(?:the )?(?:next|following) (?:day|morning|evening)\b|\b(?:a|one) day later\b|\bthe day after(?=\s*(?:[.,;:]|$))", read.days_from(1), "day morning evening", spoken=True),
    rule(r"\bthe day before(?=\s*(?:[.,;:]|$))|\bthe previous (?:day|evening)\b|\b(?:a|one) day earlier\b", read.days_from(-1), "day evening", spoken=True),
    rule(r"\bthe (?:next|following) night\b", read.days_from(0, 2), "night", spoken=True),
    rule(r"\bhours? (?:later|earlier)\b|\b(?:the|that) same (?:day|morning|afternoon|evening|night)\b|\bby nightfall\b|\bthat (?:day|evening|morning|afternoon|night)\b", read.read_same_day, "hour same that nightfall", spoken=True),
    rule(rf"\b{_COUNT}\s+{_UNIT} later\b", read.read_later, "later", spoken=True),
    rule(rf"\b{_COUNT}\s+{_UNIT} (?:earlier\b|before(?=\s*(?:[.,;:]|$)))", read.read_earlier, "earlier before", spoken=True),
    rule(r"\b(?:1\d|20)\d\d-\d\d-\d\d\b", read.read_iso, DIGITS),
    # The first day of "3 to 5 May", which leaves the month to the last.
    rule(rf"(?<![\d.,])\b{_DOM}(?=\s*(?:to|and|or|until|through|[/–-])\s*[0-3]?\d(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})(?![\w-]){_OPEN_YEAR}?)", read.read_date, _MONTHS, open_year=True),
    rule(rf"(?<![\d.,])\b{_DOM}\s+(?:of\s+)?(?P<month>{_MONTH})(?![\w-]){_OPEN_YEAR}?", read.read_date, _MONTHS, open_year=True),
    rule(rf"(?<![\w-])(?P<month>{_MONTH})\s+{_DOM}\b(?!,?\d|:\d)(?:\s*(?:-|–|to|and|through)\s*[0-3]?\d(?:st|nd|rd|th)?\b(?=,?\s+{YEAR}))?{_OPEN_YEAR}?", read.read_date, _MONTHS, open_year=True),
    rule(rf"\b(?:{HOLIDAY['en']})(?![\w-]){_OPEN_YEAR}?", read_holiday("en"), HOLIDAY_STEMS["en"], open_year=True),
    rule(rf"\b(?:{_WHICH} )?(?P<core>(?P<day>{_DAY})(?:['’]s)?(?: {_HOURS})?(?:,? (?:of )?(?P<week>last|next|this|the previous|the following) week)?)\b(?!-)", read.read_weekday, "day", open_year=True),
    rule(r"\bthe day before yesterday\b", read.relative_day(-2), "yesterday"),
    rule(rf"\byesterday(?: {_HOURS})?\b", read.relative_day(-1), "yesterday"),
    rule(r"\bthe day after tomorrow\b", read.relative_day(2), "tomorrow"),
    rule(rf"\btomorrow(?: {_HOURS})?\b", read.relative_day(1), "tomorrow"),
    rule(r"\b(?:last|past|previous) 24 hours\b", read.relative_day(-1, 2), "24"),
    rule(r"\btoday\b|\btonight\b|\bthis (?:morning|afternoon|evening)\b|\bearlier in the day\b", read.relative_day(0), "today tonight this earlier"),
    rule(r"\bovernight\b(?! (?:in)?to\b)|\blast night\b", read.relative_day(-1, 2), "night"),
    rule(rf"\b{_COUNT}\s+{_UNIT} ago\b", read.read_ago, "ago"),
    rule(rf"\b(?:last|past|previous) (?P<core>{_COUNT}\s+{_UNIT})\b", read.read_last, "last past previous"),
    rule(rf"\bin (?P<core>{_COUNT}\s+{_UNIT})\b(?:['’]s? time)?", read.read_from_now, "day week month year"),
    rule(rf"\b(?:{_WHICH}|the) weekend\b", read.read_weekend, "weekend"),
    rule(r"\bpast week\b", read.read_past_week, "past week"),
    rule(r"\b(?P<which>the week before last)\b", read.read_week, "before last"),
    rule(rf"\b{_WHICH} week\b(?! of)|\b{_PART} (?P<core>the week)\b", read.read_week, "week"),
    rule(rf"\b{_WHICH} month\b|\b{_PART} (?P<core>the month)\b", read.read_this_month, "month"),
    rule(rf"(?<![\w-])(?:{_WHICH} )?(?P<month>{_MONTH})(?![\w-]){_OPEN_YEAR}", read.read_month, _MONTHS, open_year=True),
    rule(rf"(?:{_MONTH_LEAD}|\b{_WHICH} )(?P<core>(?P<month>{_MONTH}))(?![\w-]|\s+be\b)", read.read_month, _MONTHS, open_year=True),
    rule(rf"(?<![\w-])(?P<month>{_MONTH})(?=\s*(?:/|–|-|to|through)\s*(?:{_PART} )?(?:{_MONTH})\b)", read.read_month, _MONTHS, open_year=True),
    rule(rf"\b(?:{_WHICH} )?(?P<season>{_SEASON})(?:\s+(?:of\s+)?(?P<year>{YEAR}|\d{{4}}(?=[/–-]\d\d))(?P<to_year>[/–-]\d\d(?:\d\d)?\b)?|\s+{_OF_YEAR})", read.read_season, _SEASONS, open_year=True),
    rule(rf"(?:\b(?:in|during|since|throughout)(?: the)?(?: early| late)? |\b{_WHICH} )(?P<core>(?P<season>{_SEASON}))\b(?! of)(?!-)", read.read_season, _SEASONS, open_year=True),
    rule(rf"\b(?P<ordinal>{pattern(ENGLISH_ORDINALS)}) (?P<fraction>quarter|half) of (?:(?P<year>{YEAR})|{_OF_YEAR.removeprefix('(?:of )?')}|the year)", read.read_fraction, "quarter half", open_year=True),
    rule(r"\b(?P<year_word>last|past|previous|next|coming|this) year\b(?!['’]s)", read.read_year, "year"),
    rule(rf"\b(?:{_PART}|course of) (?P<core>the year)\b", read.read_that_year, "year"),
    rule(r"\b(?:the )following (?P<unit>week|month|year)\b", read.read_later, "following", spoken=True),
    rule(r"\b(?:the|that) same (?P<unit>week|month|year)\b", read.read_same, "same", spoken=True),
    rule(rf"\b(?:the )?year (?P<year>{YEAR})", read.read_year, "year"),
    rule(rf"\b(?:in|since|by|until|from|early|mid|late|around) (?P<core>(?P<year>{YEAR})){_COUNTED}", read.read_year, DIGITS),
    rule(rf"(?<![\d.,:/§$€-])(?<!about )(?<!some )(?<!over )(?<!under )(?<!than )(?<!nearly )(?<!almost )(?<!around )(?<!the )(?<!least )(?<!other )\b(?P<year>{BARE_YEAR}){_COUNTED}", read.read_year, DIGITS),
    rule(SECOND_YEAR, read.read_year, ("/",)),
    rule(rf"\b(?P<decade>\d\d(?:\d\d)?)s\b|\bthe (?P<decade_word>{pattern(ENGLISH_DECADES)})\b", read.read_decade, "0s twenties ties"),
    rule(r"\b(?P<number>\d\d?)(?:st|nd|rd|th)[- ]century\b", read.read_century, "century"),
]  # fmt: skip
ENGLISH = Grammar(
    rules=_RULES,
    stems=frozenset().union(*(rule.stems for rule in _RULES)),
    part=re.compile(
        r"\b(?:the )?(?P<part>early|mid|late|start|beginning|middle|end)(?:\s+|-)(?:of )?(?:in )?$"
    ),
    night_before=re.compile(r"\bovernight (?:in)?to\s+$|\bnight (?:in)?to\s+$"),
    night_after=re.compile(r"\bnight of\s+$"),
    since=re.compile(r"\bsince(?: the| late| early)?\s+$"),
    until=re.compile(r"\b(?:until|till|through|by)(?: the| late| early)?\s+$"),
    beside=re.compile(r"\b(?:before|after|ahead of)(?: the)?\s+$"),
    to_come=re.compile(r"(?!)"),
    to_come_after=re.compile(r"(?!)"),
    first_since=re.compile(
        r"\b(?:first(?: time)?|worst|most|deadliest|biggest|largest|heaviest|highest|lowest|bloodiest|longest|strongest|fiercest|greatest)\b"
        r"[^.;:!?]*\bsince(?: the)?\s+$"
    ),
    of=re.compile(r"(?<!night )\bof\s+$"),
    reported=re.compile(
        r"\b(?:said|told \w+|announced|reported|confirmed|stated|added|condemned|denounced|deplored|criticised|criticized|welcomed)(?: \w+)?(?: on| late| early| late on)?\s+$"
    ),
    reported_after=re.compile(
        r"\s+(?:said|announced|reported|confirmed|stated|condemned|denounced|deplored|criticised|criticized|welcomed)\b"
    ),
    reported_then=re.compile(
        r",?\s+(?:[\w'’-]+\s+){1,5}?(?:said|announced|reported|confirmed|stated|condemned|denounced|criticised|criticized|welcomed)\b"
    ),
    between=re.compile(r"\bbetween\s+$"),
    lead=re.compile(
        r"(?:\b(?:on|in|at|over|since|by|until|till|through|from|during|overnight(?: in)?to|(?:on |during |in )?the night of) (?:the )?)?"
        r"(?:\b(?:last|next|this|past|coming|late|early) )?$"
    ),
    to=re.compile(r"\s*(?:[–—/-]|to|until|till|through)\s*"),
    and_=re.compile(r"\s*and\s*"),
)
