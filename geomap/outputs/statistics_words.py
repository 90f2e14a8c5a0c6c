"""Statistics in words, German or English: the headings, values and totals of table and plot."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from babel.numbers import format_percent

from geomap.models import Lang
from geomap.outputs.map.basemap import name_country
from geomap.outputs.map.wording import say
from geomap.outputs.statistics import UNKNOWN, Facet, Statistics


class Section(NamedTuple):
    """A heading, and what stands under it: label and count."""

    heading: str
    rows: list[tuple[str, int]]


_HEADINGS: dict[Facet, tuple[str, str]] = {
    "country": ("Land", "Country"),
    "event_type": ("Art", "Type"),
    "sub_event_type": ("Unterart", "Sub-type"),
    "month": ("Monat", "Month"),
    "where_prec": ("Genauigkeit des Ortes", "Precision of the place"),
    "attribution": ("Wer sagt es?", "Who says so?"),
    "verification": ("Überprüft?", "Verified?"),
    "disputed": ("Bestritten?", "Disputed?"),
    "modality": ("Geschehen?", "Did it happen?"),
}
_TOTALS = (
    ("articles", "Artikel", "Articles"),
    ("articles_with_events", "davon mit Ereignissen", "of them with events"),
    ("toponyms", "Ortsnamen", "Toponyms"),
    ("resolved", "davon zugeordnet", "of them resolved"),
    ("events", "Ereignisse", "Events"),
    ("drawn", "davon gezeichnet", "of them drawn"),
)
_UNKNOWN: dict[Facet, tuple[str, str]] = {
    "country": ("kein Land bekannt", "country unknown"),
    "month": ("ohne Datum", "without a date"),
    "verification": ("nichts gesagt", "nothing said"),
}
_BEFORE, _AFTER = ("davor", "before"), ("danach", "after")
_DISPUTED = {"yes": ("ja", "yes"), "no": ("nein", "no")}
# ACLED's types and sub-types and geomap's own. Types are called as on the map, which however draws
# advances as fights, and meetings apart. English has the names that --event-type takes.
_GERMAN_TYPES = {
    "Battles": "Kämpfe",
    "Explosions/Remote violence": "Beschuss, Explosion",
    "Violence against civilians": "Gewalt gegen Zivilisten",
    "Riots": "Unruhen",
    "Protests": "Protest",
    "Strategic developments": "Strategische Entwicklung",
    "Armed clash": "Bewaffneter Zusammenstoß",
    "Government regains territory": "Rückeroberung durch den Staat",
    "Non-state actor overtakes territory": "Einnahme durch Nichtstaatliche",
    "Chemical weapon": "Chemiewaffen",
    "Air/drone strike": "Luft- oder Drohnenangriff",
    "Suicide bomb": "Selbstmordanschlag",
    "Shelling/artillery/missile attack": "Beschuss, Artillerie, Raketen",
    "Remote explosive/landmine/IED": "Sprengsatz, Mine",
    "Grenade": "Handgranate",
    "Sexual violence": "Sexuelle Gewalt",
    "Attack": "Angriff auf Zivilisten",
    "Abduction/forced disappearance": "Entführung, Verschleppung",
    "Peaceful protest": "Friedlicher Protest",
    "Protest with intervention": "Protest, gegen den eingeschritten wird",
    "Excessive force against protesters": "Übermäßige Gewalt gegen Proteste",
    "Violent demonstration": "Gewaltsame Demonstration",
    "Mob violence": "Gewalt einer Menge",
    "Agreement": "Abkommen",
    "Arrests": "Festnahmen",
    "Change to group/activity": "Veränderung einer Gruppe",
    "Disrupted weapons use": "Vereitelter Waffeneinsatz",
    "Headquarters or base established": "Neuer Stützpunkt",
    "Looting/property destruction": "Plünderung, Zerstörung",
    "Non-violent transfer of territory": "Kampflose Übergabe von Gebiet",
    "Other": "Anderes",
    "advance": "Vormarsch",
    "meeting": "Treffen",
    "visit": "Besuch",
    "aid": "Hilfe",
    "displacement": "Flucht, Vertreibung",
    "accident": "Unfall",
    "disaster": "Katastrophe",
    "statement": "Äußerung",
}


def say_totals(found: Statistics, lang: Lang) -> list[tuple[str, int]]:
    """Return the totals with their names."""
    return [(_pick(names, lang), getattr(found, field)) for field, *names in _TOTALS]


def say_share(count: int, total: int, lang: Lang) -> str:
    """Return how many per cent a count is, to a tenth."""
    return format_percent(count / total, "0.0\xa0%" if lang == "de" else "0.0%", locale=lang)


def say_section(found: Statistics, facet: Facet, lang: Lang, most: int = 0) -> Section:
    """Return a facet in words, shortened to ``most`` rows (0: all).

    Of months the last are kept, of all else the most frequent; the others are one row.
    """
    rows = [(_say_value(facet, value, lang), count) for value, count in found.ranked(facet)]
    if most and len(rows) > most:
        rows = _shorten(rows, most, lang, by_time=facet == "month")
    return Section(_pick(_HEADINGS[facet], lang), rows)


def say_months(found: Statistics, lang: Lang, most: int) -> Section:
    """Return up to ``most`` months one after the other, those that hold the most events.

    Months without any are there too; what lies before and after is one row each.
    """
    counts = {_number(month): n for month, n in found.by["month"].items() if month != UNKNOWN}
    rows: list[tuple[str, int]] = []
    if counts:
        first, last = _busiest(counts, most)
        before = sum(n for month, n in counts.items() if month < first)
        after = sum(n for month, n in counts.items() if month > last)
        months = [(_name(month), counts.get(month, 0)) for month in range(first, last + 1)]
        rows = [
            *([(_pick(_BEFORE, lang), before)] if before else []),
            *months,
            *([(_pick(_AFTER, lang), after)] if after else []),
        ]
    if undated := found.by["month"][UNKNOWN]:
        rows.append((_say_value("month", UNKNOWN, lang), undated))
    return Section(_pick(_HEADINGS["month"], lang), rows)


def _busiest(counts: dict[int, int], most: int) -> tuple[int, int]:
    """Return the first and last of ``most`` months in a row with most in them, none at its ends."""
    starts = sorted(counts)
    first = max(starts, key=lambda start: sum(counts.get(start + step, 0) for step in range(most)))
    return first, max(month for month in starts if month < first + most)


def _number(month: str) -> int:
    year, _, number = month.partition("-")
    return int(year) * 12 + int(number) - 1


def _name(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"


def _shorten(
    rows: list[tuple[str, int]], most: int, lang: Lang, *, by_time: bool
) -> list[tuple[str, int]]:
    left = rows[:-most] if by_time else rows[most:]
    count = sum(number for _, number in left)
    if by_time:
        return [(_pick(_BEFORE, lang), count), *rows[-most:]]
    return [*rows[:most], (_pick((f"{len(left)} weitere", f"{len(left)} more"), lang), count)]


def _say_value(facet: Facet, value: str, lang: Lang) -> str:
    words: dict[Facet, Callable[[], str]] = {
        "country": lambda: _say_country(value, lang),
        "event_type": lambda: _say_type(value, lang),
        "sub_event_type": lambda: _say_type(value, lang),
        "where_prec": lambda: say(f"prec_{value}", lang),
        "attribution": lambda: say(f"told_{value}", lang),
        "verification": lambda: say(f"told_{value}", lang),
        "disputed": lambda: _pick(_DISPUTED[value], lang),
        "modality": lambda: say(f"modality_{value}", lang),
    }
    if value == UNKNOWN and facet != "where_prec":
        return _pick(_UNKNOWN.get(facet, ("unbekannt", "unknown")), lang)
    return words[facet]() if facet in words else value


def _say_type(name: str, lang: Lang) -> str:
    return _GERMAN_TYPES.get(name, name) if lang == "de" else name


def _say_country(code: str, lang: Lang) -> str:
    name = name_country(code, lang)
    return code if name == code else f"{name} ({code})"


def _pick(words: tuple[str, ...] | list[str], lang: Lang) -> str:
    return words[0 if lang == "de" else 1]
