"""Accuracy by ``geomap evaluate``: each set of gold articles a column, each figure a row.

    python benchmarks/accuracy.py own
    python benchmarks/accuracy.py dev --corpora $GEOMAP_CORPORA

``own`` are the held-out texts of our corpus, ``seeds`` the sample articles, ``dev``
conflict_news_dev; ``candidates`` asks of the latter whether the right place is among what the
gazetteer offers for the gold spans. Prints a Markdown table; what the figures mean tells
docs/evaluation.md.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SEEDS = Path(__file__).parents[1] / "seeds"
OWN = (str(SEEDS / "corpus" / "corpus.jsonl"), "--split", "held_out")
LANGUAGES = {"German": "de", "English": "en"}

Report = dict[str, Any]


def evaluate(*arguments: str) -> Report:
    """Return the figures that ``geomap evaluate`` prints."""
    command = [sys.executable, "-m", "geomap", "evaluate", *arguments, "--json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    report: Report = json.loads(done.stdout)
    return report


def read_columns(name: str, corpora: Path | None) -> dict[str, Report]:
    """Return the columns of a table by their heads."""
    if name == "seeds":
        return {"all four together": evaluate(*map(str, sorted(SEEDS.glob("*.gold.json"))))}
    gold = OWN if name == "own" else (str(corpora / "conflict_news_dev.jsonl"),)
    return {head: evaluate(*gold, "--lang", lang) for head, lang in LANGUAGES.items()}


def cell(*figures: Any) -> str:
    """Return figures as they are written in tables: no zero before the point."""
    shown = ("–" if f is None else f"{f:.3f}" if isinstance(f, float) else str(f) for f in figures)
    return " / ".join(text.removeprefix("0") or "0" for text in shown)


def rows(report: Report) -> Iterator[tuple[str, str]]:
    """Yield the name and the cell of each row."""
    for name, key in (("exact", "recognition_exact"), ("overlap", "recognition_overlap")):
        found = report[key]
        cells = cell(found["precision"], found["recall"], found["f1"])
        yield f"recognition, {name}: precision / recall / F1", cells
    yield "resolved within 161 km, of those resolved", cell(report["resolution"]["accuracy_161km"])
    yield "end to end within 161 km: F1", cell(report["end_to_end_161km"]["f1"])
    place = cell(report["place_strict"]["f1"])
    yield "place, strict (exact span, within the gold radius): F1", place
    events = report["events"]
    cells = cell(events["precision"], events["recall"], events["f1"])
    yield "events: precision / recall / F1 (target F1 .75)", cells
    overclaims = cell(events["overclaims"], events["overclaim_rate"])
    yield "denied, feared or planned events asserted: number / share", overclaims
    unheard = round(events["unsupported"] / events["predicted"], 3)
    yield "asserted events that the gold does not have, share", cell(unheard)
    kinds = (events[f"{kind}_accuracy"] for kind in ("type", "date", "deaths"))
    yield "event type / date / deaths, of the found (targets .88 / .85 / .85)", cell(*kinds)
    roles = report["roles_and_traps"]
    yield "role of the toponym (target .88)", cell(roles["role_accuracy"])
    traps = cell(roles["trap_hit_rate"], roles["demonym_hit_rate"])
    yield "traps / demonyms taken for places (target .03)", traps


def print_candidates(corpora: Path) -> None:
    """Print how often the right place is among the candidates."""
    gold = str(corpora / "conflict_news_dev.jsonl")
    reports = [evaluate(gold, "--candidates", "--lang", lang) for lang in LANGUAGES.values()]
    reports.append(evaluate(gold, "--candidates"))
    cells = [cell(r["right_among_first_20"], r["right_first"]) for r in reports]
    print(f"| | {' | '.join(LANGUAGES)} | all |\n|---|---|---|---|")
    print(f"| right among the first 20 / first | {' | '.join(cells)} |")


def main() -> None:
    """Evaluate, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", choices=("own", "dev", "seeds", "candidates"))
    parser.add_argument("--corpora", type=Path, help="the folder with conflict_news_dev.jsonl")
    chosen = parser.parse_args()
    if chosen.gold in ("dev", "candidates") and not chosen.corpora:
        parser.error(f"{chosen.gold} needs --corpora")
    if chosen.gold == "candidates":
        print_candidates(chosen.corpora)
        return
    columns = read_columns(chosen.gold, chosen.corpora)
    print(f"| | {' | '.join(columns)} |")
    print("|---" * (len(columns) + 1) + "|")
    for row in zip(*map(rows, columns.values()), strict=True):
        print(f"| {row[0][0]} | {' | '.join(figures for _, figures in row)} |")


if __name__ == "__main__":
    main()
