"""Names of places as the page writes them: the article's own, or those of the page's language."""

from __future__ import annotations

import gzip
import json
import re
from functools import cache

from geomap.models import Lang
from geomap.outputs.map.basemap import list_cities, list_waters, name_country
from geomap.outputs.map.phrases import isolate
from geomap.outputs.map.vendored import read_bytes
from geomap.records import EventRecord, ToponymRecord

_LONGEST_ACRONYM = 3
# A town's namesake lies farther from a place of this name than a province's middle does.
_SAME_DEG = 2.5
_KINDS = {
    "Governorate": "Gouvernement",
    "Oblast": "Oblast",
    "Province": "Provinz",
    "Region": "Region",
    "District": "Bezirk",
    "Krai": "Region",
}
_DIVISION = re.compile(rf"(?P<core>.+) (?P<kind>{'|'.join(_KINDS)})")
_SAYS_KIND = re.compile(
    rf"\b(?:{'|'.join(sorted(set(_KINDS.values())))}|Governorat|Woiwodschaft|Stadt)\b"
    r"|(?:staat|bezirk)$"
)
_PART_OF = re.compile(r"(?:Nord|Süd)?(?:[Nn]orden|[Ss]üden|[Oo]sten|[Ww]esten)\s")
# "Donetska Oblast" is the oblast of Donetsk, "Kharkivska Oblast" that of Kharkiv.
_ADJECTIVE = "ska"

At = tuple[float | None, float | None]
"""Latitude and longitude, None where unknown."""


def own_name(toponym: ToponymRecord, lang: Lang) -> str:
    """Return the place's name as the article has it ("Palmyra", where the gazetteer says Tadmur).

    Without a genitive -s and not in capitals; countries and waters, which are inflected ("im Roten
    Meer"), by their name in the page's language.
    """
    if (toponym.feature_code or "").startswith("PCL") and toponym.country:
        return name_country(toponym.country, lang) or toponym.text
    if toponym.feature_class == "H" and (name := _name_water(toponym, lang)):
        return name
    text = toponym.text.removesuffix("’s").removesuffix("'s")
    if _PART_OF.match(text):
        return text  # "Norden Syriens" is what it is called.
    inflected = toponym.method != "gazetteer-exact"  # "Kundus" is no genitive
    if inflected and text.endswith("s") and toponym.name and not toponym.name.endswith("s"):
        text = text[:-1]
    return text.title() if text.isupper() and len(text) > _LONGEST_ACRONYM else text


def _name_water(water: ToponymRecord, lang: Lang) -> str | None:
    if lang == "en" or water.name is None:
        return water.name
    return _name_town(water.name, (water.lat, water.lon))


def name_place(
    name: str, country: str | None, at: At, lang: Lang, *, is_division: bool = False
) -> str:
    """Return the gazetteer's name of a place in the page's language, where that is known.

    German has names for countries, for towns and waters of the basemap near ``at``, for provinces
    (``is_division``) and whatever is called after its town ("Oblast Cherson"); all else keeps its
    name.
    """
    if country and name == name_country(country, "en"):
        return name_country(country, lang)
    if lang != "de":
        return name
    german = _read_divisions().get(country or "", {}).get(name)
    division = _DIVISION.fullmatch(name)
    if division is None:
        return (german if is_division else None) or _name_town(name, at) or name
    core, kind = division["core"], _KINDS[division["kind"]]
    adjective = core.endswith(_ADJECTIVE)
    towns = (core[:-1], core.removesuffix(_ADJECTIVE)) if adjective else (core,)
    town = next(filter(None, (_name_town(town, at) for town in towns)), None)
    if town is None and german is not None:
        return german if _SAYS_KIND.search(german) else f"{kind} {german}"
    if adjective and town is None:
        return name
    return f"{kind} {town or core}"


def name_region(where: EventRecord | ToponymRecord, lang: Lang) -> str:
    """Return province and country in the page's language, what the place itself is left out."""
    country = name_country(where.country, lang) if where.country else None
    own = {where.name, where.text if isinstance(where, ToponymRecord) else None}
    admin1 = where.admin1
    if admin1 and admin1 not in own:
        at = (where.lat, where.lon)
        admin1 = name_place(admin1, where.country, at, lang, is_division=True)
    return ", ".join(isolate(p) for p in (admin1, country) if p and p not in own)


def _name_town(english: str, at: At) -> str | None:
    lat, lon = at
    if lat is None or lon is None:
        return None
    near = (
        german
        for there, here, german in _read_german_names().get(english, ())
        if abs(here - lat) < _SAME_DEG and abs(there - lon) < _SAME_DEG
    )
    return next(near, None)


@cache
def _read_german_names() -> dict[str, list[tuple[float, float, str]]]:
    """Return longitude, latitude and German name of towns and waters by their English name."""
    found: dict[str, list[tuple[float, float, str]]] = {}
    for lon, lat, _, german, english in [*list_cities(), *list_waters()]:
        found.setdefault(english, []).append((lon, lat, german))
    return found


@cache
def _read_divisions() -> dict[str, dict[str, str]]:
    """Return the German names of provinces by country and by the gazetteer's name."""
    names: dict[str, dict[str, str]] = json.loads(gzip.decompress(read_bytes("divisions.json.gz")))
    return names
