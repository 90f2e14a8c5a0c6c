"""How many place names of coded conflict events the gazetteer knows, by UCDP's precision.

    python benchmarks/ucdp_places.py $GEOMAP_CORPORA/ucdp_ged_sample.jsonl [--misses]

A name like "Rami village" is looked up with its kind word understood ("village", "province") and
the country as a hint: the state of the year in question, so "Sudan" also stands for South Sudan. It
is found when one of the first twenty candidates lies within 25 km, and first when the first one
does.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from geomap.coordinates import distance_km
from geomap.gazetteer import Gazetteer, open_gazetteer
from geomap.models import Candidate

FIRST = 20
WITHIN_KM = 25.0
KINDS = {
    "city": r"village|town|city|settlement|neighbou?rhood|suburb|area|locality|(?:refugee )?camp|"
    r"base|hamlet",
    "admin1": r"province|governorate|state|region|oblast|department|division|prefecture|republic",
    "admin2": r"(?:sub-?)?district|county|municipality|woreda|territory|raion|commune|"
    r"local government area|lga|agency|cercle",
}
# States of earlier years, and those in which their places lie today.
TODAY = {
    "Sudan": ("SD", "SS"),
    "Israel": ("IL", "PS"),
    "Serbia (Yugoslavia)": ("RS", "XK", "ME", "BA", "HR", "MK"),
    "Russia (Soviet Union)": ("RU", "UA", "GE", "AZ", "AM", "TJ", "MD"),
    "Ethiopia": ("ET", "ER"),
    "Indonesia": ("ID", "TL"),
    "Morocco": ("MA", "EH"),
    "Yemen (North Yemen)": ("YE",),
    "DR Congo (Zaire)": ("CD",),
}
REMARK = re.compile(r"\s*\([^()]*\)$")
KIND_WORD = re.compile(rf"\s+(?P<word>{'|'.join(KINDS.values())})$", re.I)


def split_kind(place: str) -> tuple[str, str | None]:
    """Return the bare name and the kind its last word asks for."""
    place = REMARK.sub("", place)
    match = KIND_WORD.search(place)
    if match is None:
        return place, None
    kind = next(k for k, words in KINDS.items() if re.fullmatch(words, match["word"], re.I))
    return place[: match.start()], kind


def countries_of(gazetteer: Gazetteer, name: str) -> set[str]:
    """Return the codes of the countries that a state of the sample stands for, none if unknown."""
    if name in TODAY:
        return set(TODAY[name])
    found = gazetteer.lookup(REMARK.sub("", name), "en")
    codes = (c.place.country for c in found if c.place.kind == "country")
    return {code for code in [next(codes, None)] if code}


def candidates(gazetteer: Gazetteer, place: str, countries: set[str]) -> Iterator[Candidate]:
    """Yield the candidates of the full and the bare name, those of the right kind first."""
    bare, kind = split_kind(place)
    found = {c.place.id: c for name in (place, bare) for c in gazetteer.lookup(name, "en")}
    inside = [c for c in found.values() if not countries or c.place.country in {*countries, None}]
    yield from sorted(inside, key=lambda c: c.place.kind != kind if kind else False)


def main() -> None:
    """Look all places up and print the shares by precision."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sample")
    parser.add_argument("--misses", action="store_true")
    chosen = parser.parse_args()
    total: Counter[int] = Counter()
    any_near: Counter[int] = Counter()
    first_near: Counter[int] = Counter()
    with open_gazetteer(None) as gazetteer, Path(chosen.sample).open(encoding="utf-8") as sample:
        for row in map(json.loads, sample):
            countries = countries_of(gazetteer, row["country"])
            found = list(candidates(gazetteer, row["place"], countries))[:FIRST]
            near = [
                distance_km(c.place.lat, c.place.lon, row["lat"], row["lon"]) <= WITHIN_KM
                for c in found
            ]
            level = row["where_prec"]
            total[level] += 1
            any_near[level] += any(near)
            first_near[level] += bool(near and near[0])
            if chosen.misses and not any(near):
                print(
                    level, row["place"], "|", row["country"], "|", [c.place.name for c in found[:3]]
                )
    print("| where_prec | names | within 25 km among the first 20 | the first |\n|---|---|---|---|")
    for level in sorted(total):
        n = total[level]
        print(f"| {level} | {n} | {any_near[level] / n:.2f} | {first_near[level] / n:.2f} |")


if __name__ == "__main__":
    main()
