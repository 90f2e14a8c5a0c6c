"""Rebuild the German names of provinces that the map shows: a maintainer's program.

::

    python -m geomap.gazetteer.build.german_divisions geomap/outputs/map/assets/divisions.json.gz

Writes, by country, the gazetteer's name of a first-order division and its German one where the
gazetteer has one that differs.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from pathlib import Path

from geomap.gazetteer.names import normalise
from geomap.gazetteer.store import open_gazetteer
from geomap.models import Place

_KINDS = (
    r"\b(?:Gouvernement|Oblast|Woiwodschaft|Provinz|Region|Bezirk|Bundesstaat|Teilrepublik|Kanton"
    r"|Departamento|Departement|Gespanschaft|Präfektur|Stadt)\b|(?:staat|bezirk|streifen|land)$"
)
_GERMAN = re.compile(_KINDS)
# Made of two languages, and genitives.
_MIXED = re.compile(
    r"[Pp]rovince|[Gg]overnorate|[Dd]istrict|[Ss]tate\b|[Aa]reas|[Rr]egions|[Vv]oivodeship|[Ll]ebanon"
    r"|[Dd]esert|Silesia|taates$|West[ -]?[Bb]ank|Unter-|Soudan|Westufer|Normandy|Azerbaijan"
)
_KIND_IN_ENGLISH = re.compile(r" (?:Governorate|Oblast|Province|Region|Voivodeship|District)$")
_ALIKE = 50.0


def choose_german(place: Place, names: list[str]) -> str | None:
    """Return the name a German page has for a division, None where its own is as good.

    Not every name tagged German is: towns stand there that only lie in the division, so that one
    without a German word for divisions in it must look like the division's own.
    """
    from rapidfuzz.fuzz import ratio

    core = normalise(_KIND_IN_ENGLISH.sub("", place.name))
    usable = [name for name in names if not _MIXED.search(name)]
    told = [name for name in usable if _GERMAN.search(name)]
    alike = [name for name in usable if ratio(core, normalise(name)) >= _ALIKE]
    nearest = max(alike, key=lambda name: ratio(core, normalise(name)), default=None)
    best = min(told, key=len) if told else nearest
    return best if best and best != place.name else None


def main() -> None:
    """Read the gazetteer, choose, write."""
    with open_gazetteer() as gazetteer:
        divisions = [place for place in gazetteer.places() if place.feature_code == "ADM1"]
        names = gazetteer.names([place.id for place in divisions])
    found: dict[str, dict[str, str]] = {}
    for place in sorted(divisions, key=lambda place: (place.country or "", place.name)):
        german = choose_german(place, names[place.id].get("de", []))
        if german and place.country:
            found.setdefault(place.country, {})[place.name] = german
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    Path(sys.argv[1]).write_bytes(gzip.compress(text.encode(), mtime=0))


if __name__ == "__main__":
    main()
