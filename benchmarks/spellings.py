"""How many German newspaper spellings of conflict places the gazetteer understands.

    python benchmarks/spellings.py [--misses]

`spellings.csv` was collected from general knowledge before any result was seen. A spelling counts
when one of the first five candidates lies within 25 km of the place; it is *wrong only* when there
are candidates and none does. The other side of a generous romanisation key is told too: how many of
the capitalised words of German news sentences that name no place it takes for one.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter
from pathlib import Path

from geomap.coordinates import distance_km
from geomap.gazetteer import open_gazetteer
from geomap.models import Candidate

ROOT = Path(__file__).parents[1]
FIRST = 5
WITHIN_KM = 25.0


def is_near(candidate: Candidate, row: dict[str, str]) -> bool:
    """Tell whether a candidate is the place a row means."""
    place = candidate.place
    error = distance_km(place.lat, place.lon, float(row["lat"]), float(row["lon"]))
    return error <= WITHIN_KM


def judge(found: list[Candidate], row: dict[str, str]) -> str:
    """Return first, first five, wrong only or nothing."""
    if not found:
        return "nothing found"
    if is_near(found[0], row):
        return "first"
    return "first five" if any(is_near(c, row) for c in found[:FIRST]) else "wrong only"


def other_words() -> set[str]:
    """Return the capitalised words of our own sentences that stand in no marked place name."""
    text = (ROOT / "seeds" / "training" / "de.txt").read_text(encoding="utf-8")
    bare = re.sub(r"\[[^\]|]+\|[A-Z]+\]", " ", text)
    return set(re.findall(r"\b[A-ZÄÖÜ][a-zäöüß]{3,}\b", bare))


def main() -> None:
    """Look all spellings up and print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="name the spellings not understood")
    chosen = parser.parse_args()
    counts: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    with open_gazetteer(None) as gazetteer:
        path = Path(__file__).with_name("spellings.csv")
        for row in csv.DictReader(path.open(encoding="utf-8")):
            found = list(gazetteer.lookup(row["spelling"], "de"))
            verdict = judge(found, row)
            counts[verdict] += 1
            kinds[found[0].match_kind if found else "none"] += 1
            if chosen.misses and verdict in ("wrong only", "nothing found"):
                names = ", ".join(f"{c.place.name} ({c.place.country})" for c in found[:FIRST])
                print(f"{row['spelling']} ({row['country']}): {names or 'nothing'}")
        words = sorted(other_words())
        taken = Counter(
            found[0].match_kind for word in words if (found := gazetteer.lookup(word, "de"))
        )
    total = counts.total()
    right = counts["first"] + counts["first five"]
    print(f"{total} spellings: {right / total:.1%} among the first {FIRST}, "
          f"{counts['first'] / total:.1%} first, {counts['wrong only'] / total:.1%} wrong only, "
          f"{counts['nothing found'] / total:.1%} nothing")  # fmt: skip
    print(f"{len(words)} words that are no places: {taken['fold'] / len(words):.1%} taken for one "
          f"by the romanisation key, {taken['variant'] / len(words):.1%} by a variant, "
          f"{taken['exact'] / len(words):.1%} are also the name of some place")  # fmt: skip
    print("matched by: " + ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))


if __name__ == "__main__":
    main()
