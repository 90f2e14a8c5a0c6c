"""``python -m geomap.corpus``: builds ``corpus.jsonl``, or with ``--check`` looks at files only."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from geomap.corpus.annotation import Record, annotate, choose_split
from geomap.corpus.markup import MarkedText, MarkupError, read_marked_texts
from geomap.corpus.placing import place_toponyms
from geomap.gazetteer import Gazetteer, open_gazetteer
from geomap.models import Lang

LANGS: tuple[Lang, ...] = ("de", "en")


def main() -> None:
    """Build the corpus or check files; exit with 1 after errors."""
    parser = argparse.ArgumentParser(prog="python -m geomap.corpus", description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path, help="the corpus' folder; its files")
    parser.add_argument("--check", action="store_true", help="print errors and questions only")
    options = parser.parse_args()
    with open_gazetteer() as gazetteer:
        if options.check:
            sys.exit(check(options.paths, gazetteer))
        (folder,) = options.paths
        records = list(build(folder, gazetteer))
    target = folder / "corpus.jsonl"
    partial = target.with_suffix(".part")
    with partial.open("w", encoding="utf-8") as stream:
        for record in records:
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")
    partial.replace(target)
    counts = Counter((record["lang"], record["split"]) for record in records)
    sys.stdout.write(f"{target}: {len(records)} texts {dict(counts)}\n")


def build(folder: Path, gazetteer: Gazetteer) -> Iterator[Record]:
    """Yield the gold records of all texts of a folder; raise MarkupError naming file and line."""
    seen: set[str] = set()
    for lang in LANGS:
        for path in sorted((folder / lang).glob("*.txt")):
            for text in read_marked_texts(path.read_text(encoding="utf-8"), lang):
                if isinstance(text, MarkupError):
                    raise MarkupError(f"{path}, {text}")
                if text.id in seen:
                    raise MarkupError(f"{path}, line {text.line}: {text.id} a second time")
                seen.add(text.id)
                yield annotate(text, place_toponyms(text, gazetteer), gazetteer, choose_split(text))


def check(paths: list[Path], gazetteer: Gazetteer) -> int:
    """Print what is wrong or doubtful in files; return 1 if something is wrong."""
    failed = 0
    for path in paths:
        source = path.read_text(encoding="utf-8")
        lang: Lang = "en" if path.parent.name == "en" else "de"
        count = 0
        for text in read_marked_texts(source, lang):
            count += 1
            error = text if isinstance(text, MarkupError) else _report(text, gazetteer)
            if error is not None:
                failed = 1
                sys.stdout.write(f"{path.name}: ERROR: {error}\n")
        sys.stdout.write(f"{path.name}: {count} texts\n")
    return failed


def _report(text: MarkedText, gazetteer: Gazetteer) -> MarkupError | None:
    placings = place_toponyms(text, gazetteer)
    asked = set()
    for placing in placings:
        if placing.question and placing.name.text not in asked:
            asked.add(placing.name.text)
            sys.stdout.write(f"  {text.id}: {placing.name.text}: {placing.question}\n")
    try:
        annotate(text, placings, gazetteer, "train")
    except MarkupError as error:
        return MarkupError(f"line {text.line}: {text.id}: {error}")
    return None


if __name__ == "__main__":
    main()
