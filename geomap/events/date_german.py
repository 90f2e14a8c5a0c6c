"""German dates: "am 21. August", "Freitag voriger Woche", "in der Nacht zum Dienstag"."""

from __future__ import annotations

import re

import geomap.events.date_readers as read
from geomap.events.date_rules import BARE_YEAR, DIGITS, SECOND_YEAR, YEAR, Grammar, rule
from geomap.events.date_words import (
    COUNT,
    GERMAN_DECADES,
    GERMAN_MONTHS,
    GERMAN_ORDINALS,
    GERMAN_SEASONS,
    GERMAN_WEEKDAYS,
    pattern,
)
from geomap.events.holidays import HOLIDAY, HOLIDAY_STEMS, read_holiday

_DAY, _MONTH, _SEASON = pattern(GERMAN_WEEKDAYS), pattern(GERMAN_MONTHS), pattern(GERMAN_SEASONS)
_MONTHS = "jan jän feb mär apr mai jun jul aug sep okt nov dez"
_WHICH = r"(?P<which>(?:vorletzt|vorvergangen|letzt|vergangen|vorig|vorangegangen|kommend|nächst|dies|laufend)e[nmrs]?)"
_OF_YEAR = r"(?:des )?(?P<year_word>(?:vergangenen|letzten|vorigen|vorangegangenen|kommenden|nächsten|laufenden|selben|gleichen|dieses|desselben|folgenden|darauffolgenden)) jahres"
_OPEN_YEAR = rf"(?:,?\s+(?:(?:des|im)\s+jahre?s?\s+)?(?P<year>{YEAR})|\s+{_OF_YEAR})"
_PART = r"(?:anfang|mitte|ende|beginn)"
_HOURS = r"(?:früh|morgen|vormittag|mittag|nachmittag|abend|nacht)"
_COUNT = rf"(?:(?P<about>etwa|rund|knapp|gut|fast|ungefähr|circa|ca\.)\s+)?(?P<count>{COUNT})"
_UNIT = r"(?P<unit>tage?n?|wochen?|monate?n?|jahre?n?|jahrzehnte?n?)"
_UNITS = "tag woche monat jahr"
_LATER = r"(?:später|danach|darauf|darauffolgend)"
_EARLIER = r"(?:zuvor|davor|vorher|früher)"
_LATER_STEMS = "später danach darauf"
# What stands after a number that counts things, not years.
_COUNTED = r"(?!er\b|\s*(?:menschen|personen|soldaten|kämpfer|rebellen|mann|tote|tonnen|euro|dollar|mark|meter|kilometer|km\b|m\b|stück|zivilisten|flüchtlinge|häuser|panzer|uhr|prozent|%|°))"
# A month without a year is one after these words; "August" and "Mai" are also people.
_MONTH_LEAD = rf"(?:\b(?:im|in|seit|ab|bis|zum|vom|von|zwischen|und|des|monats?|(?:früh|spät)en|{_PART})\s+|/)"

_RULES = [
    # Counted from what was told before.
    rule(rf"\b(?:tags|am tag|einen tag|am morgen|am abend) {_LATER}\b|\bam (?:nächsten|folgenden|darauffolgenden) (?:tage?|morgen|abend|nachmittag)\b|\bam folgetag\b", read.days_from(1), "tag morgen abend nachmittag", spoken=True),
    rule(rf"\b(?:tags|am tag|einen tag|am abend) {_EARLIER}\b|\bam vor(?:tag|abend)\b", read.days_from(-1), "tag abend", spoken=True),
    rule(rf"\bin der (?:folgenden nacht|nacht {_LATER})\b", read.days_from(0, 2), "nacht", spoken=True),
    rule(r"\bstunden? (?:später|danach|darauf|zuvor|vorher)\b|\b(?:am|an) (?:(?:dem)?selben|gleichen|diesem) (?:tage?|morgen|abend|nachmittag)\b|\b(?:morgen|abend|nacht|mittag|nachmittag) desselben tages\b", read.read_same_day, "stunde selben gleichen diesem", spoken=True),
    rule(rf"\b{_COUNT}\s+{_UNIT} {_LATER}\b", read.read_later, _LATER_STEMS, spoken=True),
    rule(rf"\b{_COUNT}\s+{_UNIT} {_EARLIER}\b", read.read_earlier, "zuvor davor vorher früher", spoken=True),
    rule(rf"\b(?:in der|im) (?P<core>(?P<unit>woche|monat|jahr) {_LATER})\b", read.read_later, _LATER_STEMS, spoken=True),
    rule(r"\b(?:1\d|20)\d\d-\d\d-\d\d\b", read.read_iso, DIGITS),
    # The first day of "vom 3. bis 5. Mai", which leaves the month to the last.
    rule(rf"(?<![\d.,])(?P<dom>[0-3]?\d)\.(?=\s*(?:bis|und|oder|auf|zum|/|[–-]|,)\s*(?:zum |de[nmr] )?(?:[0-3]?\d\.\s*(?:bis|und|auf|/|[–-])\s*)?[0-3]?\d\.\s*(?P<month>{_MONTH})(?![\w-]){_OPEN_YEAR}?)", read.read_date, _MONTHS, open_year=True),
    rule(rf"(?<![\d.,])(?:\b(?:{_DAY})(?:{_HOURS})?,?\s+(?:de[mn]\s+)?)?(?P<dom>[0-3]?\d)\.\s*(?P<month>{_MONTH})(?![\w-]){_OPEN_YEAR}?", read.read_date, _MONTHS, open_year=True),
    rule(r"(?<![\d.,])(?P<dom>[0-3]?\d)\.\s?(?P<month>[01]?\d)\.\s?(?P<year>(?:1\d|20)\d\d|\d\d)\b(?![.:]\d| uhr)", read.read_date, DIGITS),
    rule(r"(?<=\bam )(?P<dom>[0-3]?\d)\.(?P<month>[01]?\d)\.(?!\d)", read.read_date, DIGITS, open_year=True),
    rule(r"^(?P<dom>[0-3]?\d)\. ?(?P<month>[01]?\d)\.(?! ?\d)", read.read_date, DIGITS, open_year=True),
    rule(r"\b(?:abend|morgen|nacht|nachmittag|mittag|vormittag|nacht zum|nacht auf den) (?:des )?(?P<core>(?P<dom>[0-3]?\d)\.)(?! ?\d)", read.read_day_of_month, DIGITS),
    rule(rf"\b(?:{HOLIDAY['de']})(?![\w-]){_OPEN_YEAR}?", read_holiday("de"), HOLIDAY_STEMS["de"], open_year=True),
    rule(rf"\b(?P<core>(?:{_WHICH} )?(?:späten |frühen )?(?P<day>{_DAY})(?:{_HOURS})?(?: {_HOURS})?(?:,? (?:der )?(?P<week>(?:vergangene|letzte|vorige|kommende|nächste|diese)[rn]?) woche)?)\b(?!-)", read.read_weekday, "tag mittwoch sonnabend", open_year=True),
    rule(r"\bvorgestern\b", read.relative_day(-2), "vorgestern"),
    rule(rf"\bgestern\b(?: {_HOURS}\b)?|\bgestrige[nr] (?:tag|abend|morgen|nacht)\b", read.relative_day(-1), "gestern gestrig"),
    rule(r"\bübermorgen\b", read.relative_day(2), "übermorgen"),
    rule(r"\b(?:letzten|vergangenen) 24 stunden\b", read.relative_day(-1, 2), "24"),
    rule(rf"\bheute\b(?! vor\b)(?: {_HOURS}\b)?|\bheutigen (?:tag|abend|morgen)s?\b|\bseit dem morgen\b", read.relative_day(0), "heut morgen"),
    rule(r"\bam (?P<core>(?:frühen |späten )?(?:morgen|vormittag|mittag|nachmittag|abend))\b(?! de[sr] | vor| darauf| danach| zuvor)", read.days_from(0), "morgen mittag abend", spoken=True),
    rule(rf"(?<!am )(?<!dem )(?<!den )(?<!jeden )(?<!frühen )(?<!späten )(?<!guten )(?<!zum )(?<!nächsten )(?<!eines )\bmorgen\b(?! de[sr] | darauf)(?: {_HOURS}\b)?", read.relative_day(1), "morgen"),
    rule(r"\bin der (?:vergangenen |letzten )?nacht\b(?! (?:vom|zu|auf|des|von|darauf|danach))|\b(?:die|letzte|vergangene) nacht\b(?: über)?|\bin den frühen morgenstunden\b(?! de[sr] )", read.relative_day(-1, 2), "nacht morgenstunden"),
    rule(rf"\bvor (?:genau |nur |erst )?(?P<core>{_COUNT}\s+{_UNIT})\b(?! (?:de[rsmn]|beginn|ende|ihre[rmn]?|seine[rmn]?)\b)", read.read_ago, "vor"),
    rule(rf"\b(?:seit|vergangenen|letzten) (?P<core>{_COUNT}\s+{_UNIT})\b", read.read_last, "seit vergangenen letzten"),
    rule(rf"\bin (?P<core>{_COUNT}\s+{_UNIT})\b", read.read_from_now, _UNITS),
    rule(rf"\b(?:{_WHICH} )?wochenendes?\b", read.read_weekend, "wochenend"),
    rule(rf"\b{_WHICH} woche\b(?! (?:de[rs]|im|vor|nach|{_MONTH})\b)", read.read_week, "woche"),
    rule(rf"\b(?P<which>vor)woche\b|\b{_PART} (?P<core>der woche)\b", read.read_week, "woche"),
    rule(r"\bwochenbeginn\b", read.within("beginn", read.read_week), "wochenbeginn"),
    rule(rf"\b{_WHICH} monate?s?\b", read.read_this_month, "monat"),
    rule(rf"\b(?P<which>vor)monate?s?\b|\b{_PART} (?P<core>des monats)\b", read.read_this_month, "monat"),
    rule(rf"(?<![\w-])(?:{_WHICH} )?(?P<month>{_MONTH})s?(?![\w-]){_OPEN_YEAR}", read.read_month, _MONTHS, open_year=True),
    rule(rf"(?:{_MONTH_LEAD}|\b{_WHICH} )(?P<core>(?P<month>{_MONTH})s?)(?![\w-])", read.read_month, _MONTHS, open_year=True),
    rule(rf"(?<![\w-])(?P<month>{_MONTH})(?=\s*(?:/|–|-|bis|und)\s*(?:{_PART} )?(?:{_MONTH})\b)", read.read_month, _MONTHS, open_year=True),
    rule(rf"\b(?:{_WHICH} )?(?P<season>{_SEASON})s?(?:,?\s+(?:des\s+jahres\s+)?(?P<year>{YEAR}|\d{{4}}(?=/\d\d))(?P<to_year>/\d\d(?:\d\d)?\b)?|\s+{_OF_YEAR})", read.read_season, "frühling jahr sommer herbst winter", open_year=True),
    rule(rf"(?:(?<=im )|(?<=zum )|(?<=seit )|(?<=dem )|(?<=des )|(?<=und )|(?<=späten )|(?<=frühen )|\b{_WHICH} )(?P<season>{_SEASON})s?\b(?!-)", read.read_season, "frühling jahr sommer herbst winter", open_year=True),
    rule(rf"\b(?P<ordinal>{pattern(GERMAN_ORDINALS)})[nrs]? (?P<fraction>quartal|halbjahr|jahreshälfte|hälfte(?= des (?:jahres|laufenden|vergangenen)))s?(?:(?: des jahres)? (?P<year>{YEAR})| {_OF_YEAR}| des jahres)?", read.read_fraction, "quartal halbjahr hälfte", open_year=True),
    rule(r"\b(?P<year_word>(?:vorletzt|vorvergangen|letzt|vergangen|vorig|vorangegangen|kommend|nächst|dies|laufend)e[nmrs]?) jahr(?:es)?\b", read.read_year, "jahr"),
    rule(r"\bheuer\b|\b(?P<year_word>vor)jahr(?:es)?\b", read.read_year, "heuer jahr"),
    rule(rf"\b(?:{_PART}|laufe) (?P<core>des jahres)\b(?! {YEAR})", read.read_that_year, "jahres"),
    rule(r"\b(?:darauf)?folgenden (?P<unit>woche|monate?s?|jahre?s?)\b", read.read_later, "folgenden", spoken=True),
    rule(r"\bfolge(?P<unit>woche|monate?s?|jahre?s?)\b", read.read_later, "folge", spoken=True),
    rule(r"\b(?:de[rsm]?selben|selben|gleichen) (?P<unit>woche|monate?s?|jahre?s?)\b", read.read_same, "selben gleichen", spoken=True),
    rule(rf"\bjahresende\b(?: (?P<year>{YEAR}))?", read.within("ende", read.read_that_year), "jahresende"),
    rule(rf"\bjahres(?:beginn|anfang)\b(?: (?P<year>{YEAR}))?", read.within("beginn", read.read_that_year), "jahresbeginn jahresanfang"),
    rule(rf"\b(?:des )?jahre?[sn]? (?P<year>{YEAR})", read.read_year, "jahr"),
    rule(rf"\b(?:seit|anfang|mitte|ende|bis|ab|in|um) (?P<core>(?P<year>{YEAR})){_COUNTED}", read.read_year, DIGITS),
    rule(rf"(?<![\d.,:/§$€-])(?<!rund )(?<!etwa )(?<!über )(?<!unter )(?<!davon )(?<!knapp )(?<!fast )(?<!die )(?<!auf )(?<!als )(?<!bis zu )(?<!weitere )\b(?P<year>{BARE_YEAR}){_COUNTED}", read.read_year, DIGITS),
    rule(SECOND_YEAR, read.read_year, ("/",)),
    rule(rf"\b(?P<decade>\d\d(?:\d\d)?)er[- ]jahren?\b|\b(?P<decade_word>{pattern(GERMAN_DECADES)})[- ]?jahren?\b", read.read_decade, "jahr"),
    rule(r"\b(?P<number>\d\d?)\. jahrhunderts?\b", read.read_century, "jahrhundert"),
]  # fmt: skip
GERMAN = Grammar(
    rules=_RULES,
    stems=frozenset().union(*(rule.stems for rule in _RULES)),
    part=re.compile(r"\b(?P<part>anfang|mitte|ende|beginn)\s+(?:de[rs] |von )?$"),
    night_before=re.compile(r"\bnacht (?:zum|zur|zu|auf(?: den| de[nm])?)\s+$"),
    night_after=re.compile(r"\bnacht (?:des|vom|von)\s+$"),
    since=re.compile(r"\bseit(?: am| dem| der| den| dem (?:späten|frühen))?\s+$"),
    until=re.compile(r"\bbis(?: zum| zur| einschließlich| in den| spät in den)?\s+$"),
    beside=re.compile(r"\b(?:vor|nach)(?: dem| der| den)?\s+$"),
    to_come=re.compile(
        r"\b(?:berät|beraten|tagt|tagen|will|wollen|reist|reisen)(?:\s+(?:die|der|das|sich)(?:\s+\w+)?)?\s+(?:am\s+)?$"
    ),
    to_come_after=re.compile(r"\s+(?:berät|beraten|tagt|tagen|will|wollen|reist|reisen)\b"),
    first_since=re.compile(
        r"\b(?:erst(?:mals|en? mal|en?|e[rs])|(?:schwer|größ|höch|tief|blutig|schlimm|heftig|stärk|tödlich|läng|niedrig|schnell|mei|wenig)(?:s|es)?te[nrs]?)\b"
        r"[^.;:!?]*\bseit(?: dem| der| den)?\s+$"
    ),
    of=re.compile(r"(?<!nacht )\b(?:vom|von)\s+$"),
    reported=re.compile(
        r"\b(?:sagten?|teilten?|meldeten?|erklärten?|berichteten?|bestätigten?|hieß es|gab(?:en)?(?! es\b))\b[^,.;:!?\n]*$"
        r"|\b(?:verurteilten?|kritisierten?|begrüßten?|bedauerten?|rügten?)\s+(?:\w+\s+)?(?:am\s+)?$"
    ),
    reported_after=re.compile(
        r"\s+(?:mit(?=\s*[,.:;!?]|\s*$)|mitteil|bekannt\b|bekanntg|sagten?\b|erklärten?\b|meldeten?\b|berichteten?\b|bestätigten?\b|verurteilten?\b|kritisierten?\b|begrüßten?\b|bedauerten?\b)"
    ),
    reported_then=re.compile(
        r"\s+(?:gab|teilten?)\b[^,.;:!?\n]* (?:bekannt|mit)\b|\s+(?:verurteilten?|kritisierten?|begrüßten?|bedauerten?)\b"
    ),
    between=re.compile(r"\bzwischen(?: dem)?\s+$"),
    lead=re.compile(
        r"(?:\b(?:seit|bis|ab|während|in der nacht|nacht) (?:de[mnrs] )?)?(?:\b(?:am|an|im|in|zum|zur|zu|vom|von|auf) (?:de[nmr] |diese[nmr] )?)?"
        r"(?:\b(?:späten|frühen|letzten|vergangenen|kommenden|nächsten) )?$"
    ),
    to=re.compile(
        r"\s*(?:[–—/-]|,? (?:und )?bis(?: zum| zur| in den| einschließlich)?|auf(?: den)?|zum)\s*"
    ),
    and_=re.compile(r"\s*und(?: dem)?\s*"),
)
