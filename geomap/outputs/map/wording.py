"""Every word of the page, German and English, and records put into words."""

from __future__ import annotations

from datetime import date

from geomap.models import Lang
from geomap.records import EventRecord

UI: dict[str, tuple[str, str]] = {
    "title": ("Karte der Ereignisse", "Map of events"),
    "notice": (
        "Automatisch erstellt, nicht redaktionell geprüft.",
        "Automatically made, not reviewed by an editor.",
    ),
    "article": ("Artikel", "Article"),
    "articles": ("Artikel", "Articles"),
    "all_articles": ("Alle Artikel", "All articles"),
    "events": ("Ereignisse", "Events"),
    "no_events": ("Keine Ereignisse gefunden.", "No events found."),
    "off_map": ("Nicht auf der Karte", "Not on the map"),
    "off_map_events": ("Ereignisse, die nicht gezeichnet sind", "Events that are not drawn"),
    "off_map_places": ("Orte, die kein Schauplatz sind", "Places that are no scene of an event"),
    "unresolved_places": ("Nicht zugeordnete Ortsnamen", "Place names not resolved"),
    "unresolved": ("nicht zugeordnet", "not resolved"),
    "legend": ("Legende und Filter", "Legend and filter"),
    "theme": ("Hell oder dunkel", "Light or dark"),
    "download": ("Ereignisse als GeoJSON speichern", "Save the events as GeoJSON"),
    "map": ("Karte", "Map"),
    "skip": ("Zum Text springen", "Skip to the text"),
    "keys": (
        "n / p: nächstes / voriges Ereignis · Esc: schließen",
        "n / p: next / previous event · Esc: close",
    ),
    "show_in_text": ("Im Text zeigen", "Show in the text"),
    "permalink": ("Link hierher", "Link to this"),
    "close": ("Schließen", "Close"),
    "zoom_in": ("Vergrößern", "Zoom in"),
    "zoom_out": ("Verkleinern", "Zoom out"),
    "layers": ("Ebenen", "Layers"),
    "layer_provinces": ("Provinzgrenzen", "Provincial borders"),
    "layer_disputed": ("Umstrittene Grenzen", "Disputed borders"),
    "layer_labels": ("Ortsnamen", "Place names"),
    "layer_areas": ("Unsicherheit und Gebiete", "Uncertainty and areas"),
    "cluster": ("{n} Ereignisse an dieser Stelle", "{n} events here"),
    "boundaries": ("Grenzen sind keine politische Aussage", "Borders are no political statement"),
    "geocoded": ("Online gefundene Orte", "Places found online"),
    "place": ("Ort", "Place"),
    "when": ("Wann", "When"),
    "casualties": ("Opfer", "Casualties"),
    "actors": ("Beteiligte", "Involved"),
    "reported_by": ("Quelle", "Reported by"),
    "precision": ("Genauigkeit", "Precision"),
    "confidence": ("Verlässlichkeit", "Confidence"),
    "reason": ("Warum hier", "Why here"),
    "alternatives": ("Oder gemeint", "Or meant"),
    "disputed_by": ("Bestritten von", "Disputed by"),
    "claim": ("Angabe einer Kriegspartei", "Claim by a warring party"),
    "claim_by": ("laut {who}", "according to {who}"),
    "planned": ("geplant", "planned"),
    "disputed": ("bestritten", "disputed"),
    "unverified": ("nicht unabhängig überprüft", "not independently verified"),
    "verified": ("unabhängig bestätigt", "independently verified"),
    "uncertain": ("Unsicherheitsbereich, Gebiet", "Uncertainty, area"),
    "heading": ("Vorstoß auf den Ort", "Heading for the place"),
    "position": ("Lage", "Position"),
    "approach": ("Vorstoß auf {name}, noch nicht dort", "Heading for {name}, not there yet"),
    "published": ("erschienen {date}", "published {date}"),
    "retrieved": ("abgerufen {date}", "retrieved {date}"),
    "not_located": ("kein Ort bekannt", "place unknown"),
    "country_only": ("nur das Land ist bekannt", "only the country is known"),
    "no_area": ("nur ungefähres Gebiet bekannt", "only a rough area is known"),
    "negation": ("laut Text nicht geschehen", "did not happen, says the text"),
    "hypothetical": ("nur möglich oder befürchtet", "only possible or feared"),
    "historical": ("früheres Ereignis", "earlier event"),
    "future": ("geplant oder angekündigt", "planned or announced"),
    "role_event": ("Schauplatz", "scene"),
    "role_background": ("Hintergrund", "background"),
    "role_actor": ("handelt oder spricht", "acts or speaks"),
    "role_origin": ("Herkunft", "origin"),
    "role_destination": ("Ziel einer Bewegung", "destination"),
    "role_meeting": ("Treffpunkt", "meeting place"),
    "role_dateline": ("Ort der Meldung", "dateline"),
    "role_other": ("erwähnt", "mentioned"),
    "role_demonym": ("Herkunftsbezeichnung", "demonym"),
    "deaths": ("{n} Tote", "{n} killed"),
    "injured": ("{n} Verletzte", "{n} injured"),
    "at_least": ("mindestens {n}", "at least {n}"),
    "at_most": ("bis zu {n}", "up to {n}"),
    "high": ("hoch", "high"),
    "medium": ("mittel", "medium"),
    "low": ("gering", "low"),
    "at_latest": ("spätestens am {day}", "{day} at the latest"),
    "at_earliest": ("frühestens am {day}", "{day} at the earliest"),
    "by_publication": ("nach dem Erscheinungsdatum", "by date of publication"),
    "about_km": ("± {n} km", "± {n} km"),
    "prec_1": ("genauer Ort", "exact place"),
    "prec_2": ("in der Nähe des Ortes", "near the place"),
    "prec_3": ("Bezirk", "district"),
    "prec_4": ("Provinz", "province"),
    "prec_5": ("Region oder Teil eines Landes", "region or part of a country"),
    "prec_6": ("nur das Land", "country only"),
    "prec_7": ("Meer oder Luftraum", "sea or airspace"),
    "prec_unknown": ("Genauigkeit unbekannt", "precision unknown"),
    "months": (
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "January February March April May June July August September October November December",
    ),
}

# What the page's script says by itself.
SCRIPT_KEYS = (
    "cluster close zoom_in zoom_out layers map show_in_text permalink legend planned claim "
    "disputed uncertain heading"
).split()


def say(key: str, lang: Lang, **values: object) -> str:
    """Return a text of the page in ``lang``; KeyError where there is none."""
    return UI[key][0 if lang == "de" else 1].format(**values)


def script_strings(lang: Lang) -> dict[str, str]:
    """Return what the page's script needs, ``{n}`` left for it to fill."""
    return {key: UI[key][0 if lang == "de" else 1] for key in SCRIPT_KEYS}


def say_day(iso: str | None, lang: Lang) -> str | None:
    """Put an ISO date into words; other text comes back as it is."""
    day = _parse(iso)
    if day is None:
        return iso
    month = say("months", lang).split()[day.month - 1]
    return f"{day.day}. {month} {day.year}" if lang == "de" else f"{day.day} {month} {day.year}"


def say_when(event: EventRecord, lang: Lang) -> str | None:
    """Put an event's date into words as exact as UCDP's ``date_prec``; None where unknown."""
    words = _say_span(event, lang)
    if words is None:
        return event.date_text
    notes = [f"„{event.date_text}“" if lang == "de" else f"“{event.date_text}”"]
    notes = notes if event.date_text else []
    if event.date_source == "publication":
        notes.append(say("by_publication", lang))
    return f"{words} ({', '.join(notes)})" if notes else words


def _say_span(event: EventRecord, lang: Lang) -> str | None:
    start, end = _parse(event.date_start), _parse(event.date_end)
    if start is None or (event.date_prec or 1) < 4:
        return _say_days(event, start, end, lang)
    if event.date_prec == 5 or (end and end.month != start.month):
        return str(start.year) if end is None or end.year == start.year else None
    return f"{say('months', lang).split()[start.month - 1]} {start.year}"


def _say_days(event: EventRecord, start: date | None, end: date | None, lang: Lang) -> str | None:
    first, last = say_day(event.date_start, lang), say_day(event.date_end, lang)
    if not first and last:
        return say("at_latest", lang, day=last)
    if not last or first == last:
        planned = event.modality == "future" and event.date_source == "publication"
        return say("at_earliest", lang, day=first) if planned else first
    if start and end and (start.year, start.month) == (end.year, end.month):
        return f"{start.day}.–{last}" if lang == "de" else f"{start.day}–{last}"
    return f"{first} – {last}"


def _parse(iso: str | None) -> date | None:
    try:
        return date.fromisoformat(iso) if iso else None
    except ValueError:
        return None


def say_casualties(event: EventRecord, lang: Lang) -> str | None:
    """Put the dead and injured into words; vague numbers stay the words of the text."""
    deaths = say_count(event.deaths_low, event.deaths_best, event.deaths_high, lang)
    injured = say_count(event.injured_low, event.injured_best, event.injured_high, lang)
    parts = [say("deaths", lang, n=deaths)] if deaths else []
    if not deaths and event.deaths_text:
        parts = [event.deaths_text]
    parts += [say("injured", lang, n=injured)] if injured else []
    return ", ".join(parts) or None


def say_count(low: int | None, best: int | None, high: int | None, lang: Lang) -> str | None:
    """Return "12", "12–15", "mindestens 12" …; None where nothing is known."""
    if best is not None and low in (None, best) and high in (None, best):
        return str(best)
    if low is not None and high is not None:
        return f"{low}–{high}" if low != high else str(low)
    if low is not None:
        return say("at_least", lang, n=low)
    if high is not None:
        return say("at_most", lang, n=high)
    return None if best is None else str(best)


def say_precision(where_prec: int | None, uncertainty_km: float | None, lang: Lang) -> str:
    """Put UCDP's ``where_prec`` and the uncertainty into words."""
    words = say(f"prec_{where_prec}" if where_prec else "prec_unknown", lang)
    if uncertainty_km and uncertainty_km >= 1 and where_prec not in (6, 7):
        words += f" ({say('about_km', lang, n=round(uncertainty_km))})"
    return words


def say_confidence(confidence: float, lang: Lang) -> str:
    """Put a confidence of 0–1 into a word and per cent."""
    level = "high" if confidence >= 0.75 else "medium" if confidence >= 0.45 else "low"
    gap = "\N{NO-BREAK SPACE}" if lang == "de" else ""
    return f"{say(level, lang)} ({round(confidence * 100)}{gap}%)"
