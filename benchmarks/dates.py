"""Date expressions beside the gold of KRAUTS and WikiWarsDE, with TempEval-3's figures.

    python benchmarks/dates.py $GEOMAP_CORPORA/krauts.jsonl $GEOMAP_CORPORA/wikiwars_de.jsonl

Each line of a corpus is a document: ``id``, ``lang``, ``text``, ``meta.dct`` (when it was made) and
``entities`` with ``start``, ``end``, ``value`` and ``label``: DATE, TIME, DURATION, SET, or TIMEX2
without a type. Half of the documents, by a hash of their id, were looked at while the rules were
written; both halves are reported. A sentence with one of geomap's cues of the future looks ahead. A
corpus of TIMEX2 tells stories: its documents are read as texts without a day of publication.

Three sets of expressions: all; those of type DATE, where finds on other types count neither way;
and those of DATE with a value in the calendar ("jetzt" has none), where finds on the others are
wrong. Value F1 counts overlapping finds whose days are those of the gold's value; a part ("Anfang
Mai"), which TimeML leaves out of the value, must lie in them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from geomap.events.cues_english import ENGLISH
from geomap.events.cues_german import GERMAN
from geomap.events.date_reference import Reference, Span
from geomap.events.date_scan import scan
from geomap.events.lower_case import lower
from geomap.models import Lang

SENTENCE_END = re.compile(r"(?<=[.!?])(?<!\d\.)\s+(?=[\"„“»A-ZÄÖÜ])|\n+")
PART = re.compile(
    r"(?:jahres|wochen)?(?:anfang|mitte|ende|beginn)|early|mid|late|(?:the )?(?:start|end)"
)
SEASONS = {"SP": 3, "SU": 6, "FA": 9}


def months(year: str, month: int, length: int) -> Span:
    """Return the first day of a month and the last of so many."""
    last = month + length - 1
    end = monthrange(int(year), last)[1]
    return date(int(year), month, 1), date(int(year), last, end)


def week(year: str, number: str, weekend: str | None) -> Span:
    """Return the days of a week or of its weekend."""
    monday = date.fromisocalendar(int(year), int(number), 1)
    return monday + timedelta(days=5 if weekend else 0), monday + timedelta(days=6)


def years(first: str) -> Span:
    """Return the days of a year, a decade or a century."""
    return date(int(first.ljust(4, "0")), 1, 1), date(int(first.ljust(4, "9")), 12, 31)


# A value's form, and the days it stands for.
VALUES: list[tuple[str, Callable[..., Span]]] = [
    (r"(\d{4}-\d\d-\d\d)(?:T.*)?", lambda day: (date.fromisoformat(day),) * 2),
    (r"(\d{4})-(\d\d)", lambda year, month: months(year, int(month), 1)),
    (r"(\d{4})-W(\d\d)(-WE)?", week),
    (r"(\d{4})-Q(\d)", lambda year, number: months(year, int(number) * 3 - 2, 3)),
    (r"(\d{4})-H(\d)", lambda year, number: months(year, int(number) * 6 - 5, 6)),
    (r"(\d{4})-(SP|SU|FA)", lambda year, season: months(year, SEASONS[season], 3)),
    (r"(\d{2,4})", years),
]


@dataclass(frozen=True)
class Timex:
    """An expression, gold or found: its span, TimeML type and days."""

    start: int
    end: int
    type: str
    days: Span | None

    def overlaps(self, other: Timex) -> bool:
        """Tell whether the two share a character."""
        return self.start < other.end and other.start < self.end


def days_of(value: str | None) -> Span | None:
    """Return the days of a TIMEX value; None where it names none ("PRESENT_REF", "P3D")."""
    for form, days in VALUES:
        if found := re.fullmatch(form, value or ""):
            return days(*found.groups())
    return None


def type_of(entity: dict[str, Any]) -> str:
    """Return the TimeML type; that of a TIMEX2 shows in its value."""
    if entity["label"] != "TIMEX2":
        return str(entity["label"])
    value = entity["value"] or ""
    return (
        "DURATION"
        if value.startswith("P") and "_" not in value
        else ("TIME" if re.search(r"\dT", value) else "DATE")
    )


def gold_of(document: dict[str, Any]) -> list[Timex]:
    """Return the gold expressions."""
    return [
        Timex(entity["start"], entity["end"], type_of(entity), days_of(entity["value"]))
        for entity in document["entities"]
    ]


def found_in(document: dict[str, Any]) -> Iterator[Timex]:
    """Yield what geomap finds."""
    lang: Lang = document["lang"]
    text = document["text"]
    if any(entity["label"] == "TIMEX2" for entity in document["entities"]):
        stretches = [(0, len(text), Reference(None, told=True))]
    else:
        stretches = list(_sentences(text, lang, date.fromisoformat(document["meta"]["dct"][:10])))
    last = None
    for start, end, ref in stretches:
        for found in scan(lower(text[start:end]), lang, ref, last or ref.day):
            yield Timex(start + found.start, start + found.end, "", found.days)
            first, final = found.days
            if first is not None and final is not None and (final - first).days <= 1:
                last = final


def _sentences(text: str, lang: Lang, published: date) -> Iterator[tuple[int, int, Reference]]:
    cues = GERMAN if lang == "de" else ENGLISH
    ends = [match.start() for match in SENTENCE_END.finditer(text)] + [len(text)]
    start = 0
    for end in ends:
        said = lower(text[start:end])
        ahead = bool(cues.will.search(said) or cues.scheduled.search(said))
        yield start, end, Reference(published, ahead)
        start = end


def compare(gold: list[Timex], found: list[Timex], text: str) -> Counter[str]:
    """Count gold, found, and those that agree; each gold expression is found once at most."""
    counts = Counter(gold=len(gold), found=len(found))
    free = list(found)
    for one in gold:
        same = [f for f in free if (f.start, f.end) == (one.start, one.end)]
        near = same or [f for f in free if f.overlaps(one)]
        if near:
            free.remove(near[0])
            counts["relaxed"] += 1
            counts["strict"] += bool(same)
            counts["value"] += means(near[0], one, text)
    return counts


def means(found: Timex, gold: Timex, text: str) -> bool:
    """Tell whether the days found are those of the gold's value."""
    if gold.days is None or found.days is None:
        return False
    first, last = found.days
    if PART.match(text[found.start : found.end].lower()) and first and last:
        begin, end = gold.days
        return bool(begin and end and begin <= first <= last <= end)
    return found.days == gold.days


def on_set(name: str, gold: list[Timex], found: list[Timex]) -> tuple[list[Timex], list[Timex]]:
    """Narrow both to a set of expressions (see the top)."""
    if name == "all":
        return gold, found
    kept = [one for one in gold if one.type == "DATE"]
    others = [one for one in gold if one.type != "DATE"]
    found = [f for f in found if any(map(f.overlaps, kept)) or not any(map(f.overlaps, others))]
    return ([one for one in kept if one.days] if name == "in the calendar" else kept), found


def is_tuned_on(document: dict[str, Any]) -> bool:
    """Tell whether the document is of the half that was looked at."""
    return (
        int(hashlib.sha1(document["id"].encode(), usedforsecurity=False).hexdigest(), 16) % 2 == 0
    )


def report(documents: list[dict[str, Any]], half: str) -> None:
    """Print one row a set of expressions."""
    pairs = [(gold_of(d), list(found_in(d)), d["text"]) for d in documents]
    every = sum(len(gold) for gold, _, _ in pairs)
    for name in ("all", "DATE", "in the calendar"):
        counts: Counter[str] = Counter()
        for gold, found, text in pairs:
            counts += compare(*on_set(name, gold, found), text)
        cells = []
        for measure in ("strict", "relaxed"):
            precision, recall = counts[measure] / counts["found"], counts[measure] / counts["gold"]
            cells += [f"{precision:.3f} / {recall:.3f} / {f1(counts, measure):.3f}"]
        value = f1(counts, "value")
        cells += ["–" if name == "all" else f"{value:.3f}"]
        share = f"{counts['gold']} ({counts['gold'] / every:.2f})"
        print(f"| {half} | {name} | {share} | {' | '.join(cells)} |".replace(" 0.", " ."))


def f1(counts: Counter[str], measure: str) -> float:
    """Return the harmonic mean of precision and recall."""
    return 2 * counts[measure] / (counts["gold"] + counts["found"])


def main() -> None:
    """Print a table for each corpus."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="+", type=Path, metavar="CORPUS")
    for path in parser.parse_args().corpora:
        lines = path.read_text(encoding="utf-8").splitlines()
        documents = [json.loads(line) for line in lines if line.strip()]
        print(f"\n{path.stem}: {len(documents)} documents\n")
        print("| half | expressions | number (share) | strict P/R/F1 | relaxed P/R/F1 | value F1 |")
        print("|---|---|---|---|---|---|")
        report([d for d in documents if is_tuned_on(d)], "looked at")
        report([d for d in documents if not is_tuned_on(d)], "held out")


if __name__ == "__main__":
    main()
