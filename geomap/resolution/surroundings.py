"""Streets, squares and buildings that the gazetteer lacks: they stand in the town spoken of.

Human coders do the same (UCDP's ``where_prec`` 2: near a known place). A name of any other kind
that the gazetteer lacks stays unresolved: an unknown village may be anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from geomap.models import Lang, Resolution, Toponym
from geomap.resolution.reasons import explain_surroundings

_SITES: dict[Lang, re.Pattern[str]] = {
    "de": re.compile(
        r"(?:(?<=\w\w)|(?<=[\s-]))(?:stra(?:ß|ss)e|str\.|platz(?:es)?|allee|gasse|brücke|ufer|chaussee|promenade|"
        r"viertel|bahnhof|hbf|stadion|halle|arena|park|markt|turm|friedhof|museum|theater|schule|"
        r"krankenhaus|klinik(?:um)?|gymnasium|universität|kirche|moschee|synagoge|kaserne|gefängnis|"
        r"rathaus|hotel|werk|kraftwerk|depot|lager)s?$"
        r"|^(?:Platz|Straße|Flughafen|Universität|Hotel|Krankenhaus|Kirche|Moschee)\b",
        re.I,
    ),
    "en": re.compile(
        r"(?<!\bnational )(?<!\bstate )(?<=\s)"
        r"(?:street|st\.|road|rd\.?|avenue|ave\.?|boulevard|blvd\.?|lane|drive|square|bridge|"
        r"hospital|cent(?:er|re)|clinic|school|high|elementary|middle|university|college|academy|"
        r"institute|church|cathedral|mosque|synagogue|temple|station|stadium|arena|park|hall|"
        r"courts?|courthouse|library|museum|hotel|inn|resort|plaza|market|mall|building|tower|"
        r"house|prison|jail|theat(?:re|er)|cemetery|barracks|depot|factory|plant|camp|club|"
        r"quarter|neighbou?rhood)$"
        r"|^(?:hotel|university of|church of|cathedral of|bank of|highway|route|interstate|i-\d)\b",
        re.I,
    ),
}
_ELSEWHERE = re.compile(
    r"^(?:rue|calle|avenida|av\.|plaza|piazza|parque|place|via|ulica|ul\.|prospekt|maidan)\b"
    r"|\b(?:caddesi|meydanı|prospekt|chowk|bazaa?r|souk)$",
    re.I,
)
_TOWNS = frozenset({"city", "admin2"})
_LANGUAGES: tuple[Lang, ...] = ("de", "en")
_SURE = 0.75
_CONFIDENCE = 0.75
_REACH_CHARS = 300
_LEAST_UNCERTAINTY_KM = 10.0


def is_site(name: str, lang: Lang) -> bool:
    """Tell whether a name is that of a street, a square or a building."""
    return bool(_SITES[lang].search(name) or _ELSEWHERE.search(name))


def place_sites(resolutions: Sequence[Resolution], lang: Lang) -> tuple[Resolution, ...]:
    """Return the resolutions, with unresolved sites put into the town that is named nearest."""
    towns = [r for r in resolutions if _is_sure_town(r)]
    return tuple(
        _within(r, town, lang)
        if r.place is None
        and is_site(r.toponym.text, lang)
        and (town := _nearest(r.toponym, towns))
        else r
        for r in resolutions
    )


def _is_sure_town(resolution: Resolution) -> bool:
    place = resolution.place
    return (
        place is not None
        and place.kind in _TOWNS
        and resolution.confidence >= _SURE
        and not any(is_site(resolution.toponym.text, lang) for lang in _LANGUAGES)
    )


def _nearest(toponym: Toponym, towns: Sequence[Resolution]) -> Resolution | None:
    near = [town for town in towns if abs(town.toponym.start - toponym.start) <= _REACH_CHARS]
    return min(near, key=lambda town: _gap(town.toponym, toponym), default=None)


def _gap(town: Toponym, toponym: Toponym) -> tuple[int, int]:
    """Return the distance in characters; towns named later count double."""
    if town.start < toponym.start:
        return toponym.start - town.end, town.start
    return 2 * (town.start - toponym.end), town.start


def _within(resolution: Resolution, town: Resolution, lang: Lang) -> Resolution:
    name = town.place.name if town.place else town.toponym.text
    return replace(
        resolution,
        place=town.place,
        confidence=round(_CONFIDENCE * town.confidence, 3),
        method="surroundings",
        reason=explain_surroundings(name, lang),
        where_prec=2,
        uncertainty_km=max(town.uncertainty_km or 0.0, _LEAST_UNCERTAINTY_KM),
    )
