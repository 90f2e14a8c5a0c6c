"""``python -m geomap.corpus build|check|report|blank|agree``: makes and looks at the corpus."""

from __future__ import annotations

import argparse
import dataclasses
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from geomap.corpus.agreement import measure_agreement
from geomap.corpus.annotation import Record, annotate, choose_split
from geomap.corpus.markup import MarkedText, MarkupError, read_marked_texts
from geomap.corpus.omissions import find_omissions
from geomap.corpus.placing import place_toponyms
from geomap.corpus.variety import measure_variety
from geomap.gazetteer import Gazetteer, open_gazetteer
from geomap.models import Lang

LANGS: tuple[Lang, ...] = ("de", "en")
_MARK = re.compile(r"\[([^\[\]|]+)\|[^\[\]]+\]|\}\([^()]*\)|\{")


def main() -> None:
    """Run one of the commands; exit with 1 after errors."""
    parser = argparse.ArgumentParser(prog="python -m geomap.corpus", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, help_text in (
        ("build", "write corpus.jsonl of a folder with de/*.txt and en/*.txt"),
        ("check", "print errors of some files, and questions about places"),
        ("report", "print how varied the texts of a folder are"),
        ("blank", "print some files without their marks, to be annotated again"),
    ):
        command = commands.add_parser(name, help=help_text)
        command.add_argument("paths", nargs="+", type=Path)
    agree = commands.add_parser("agree", help="compare files with a second annotation of them")
    agree.add_argument("paths", nargs=2, type=Path, help="two folders with de/*.txt and en/*.txt")
    options = parser.parse_args()
    try:
        sys.exit(_COMMANDS[options.command](options.paths))
    except ModuleNotFoundError as error:
        sys.exit(f"{error.name} is missing: pip install 'geomap[maintain]'")
    except (OSError, ValueError) as error:
        sys.exit(str(error))


def run_build(paths: list[Path]) -> int:
    """Write ``corpus.jsonl``; it takes its place when it is whole."""
    (folder,) = paths
    with open_gazetteer() as gazetteer:
        records = list(build(folder, gazetteer))
    target = folder / "corpus.jsonl"
    partial = target.with_suffix(".part")
    with partial.open("w", encoding="utf-8") as stream:
        for record in records:
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")
    partial.replace(target)
    counts = Counter((record["lang"], record["split"]) for record in records)
    sys.stdout.write(f"{target}: {len(records)} texts {dict(counts)}\n")
    return 0


def build(folder: Path, gazetteer: Gazetteer) -> Iterator[Record]:
    """Yield the gold records of all texts of a folder; raise MarkupError naming file and line."""
    for text in read_folder(folder):
        yield annotate(text, place_toponyms(text, gazetteer), gazetteer, choose_split(text))


def read_folder(folder: Path) -> Iterator[MarkedText]:
    """Yield all texts of a folder; raise MarkupError naming file and line of the first slip.

    Raises FileNotFoundError for a folder without any.
    """
    seen: set[str] = set()
    for lang in LANGS:
        for path in sorted((folder / lang).glob("*.txt")):
            for text in read_marked_texts(path.read_text(encoding="utf-8"), lang):
                if isinstance(text, MarkupError):
                    raise MarkupError(f"{path}, {text}")
                if text.id in seen:
                    raise MarkupError(f"{path}, line {text.line}: {text.id} a second time")
                seen.add(text.id)
                yield text
    if not seen:
        raise FileNotFoundError(f"{folder}: no texts in de/*.txt and en/*.txt")


def run_check(paths: list[Path]) -> int:
    """Print what is wrong or doubtful in files; return 1 if something is wrong."""
    failed = 0
    with open_gazetteer() as gazetteer:
        for path in paths:
            source = path.read_text(encoding="utf-8")
            if "\n=== " not in f"\n{source}":
                raise MarkupError(f"{path}: no marked-up texts (they begin with '=== ID')")
            count = 0
            for text in read_marked_texts(source, _lang_of(path)):
                count += 1
                error = text if isinstance(text, MarkupError) else _report(text, gazetteer)
                if error is not None:
                    failed = 1
                    sys.stdout.write(f"{path.name}: ERROR: {error}\n")
            sys.stdout.write(f"{path.name}: {count} texts\n")
    return failed


def _lang_of(path: Path) -> Lang:
    return "en" if path.parent.name == "en" else "de"


def _report(text: MarkedText, gazetteer: Gazetteer) -> MarkupError | None:
    placings = place_toponyms(text, gazetteer)
    asked = set()
    for placing in placings:
        if placing.question and placing.name.text not in asked:
            asked.add(placing.name.text)
            sys.stdout.write(f"  {text.id}: {placing.name.text}: {placing.question}\n")
    for omission in find_omissions(text):
        sys.stdout.write(f"  {text.id}: {omission}\n")
    try:
        annotate(text, placings, gazetteer, "train")
    except MarkupError as error:
        return MarkupError(f"line {text.line}: {text.id}: {error}")
    return None


def run_report(paths: list[Path]) -> int:
    """Print figures on the variety of a folder's texts, by language."""
    (folder,) = paths
    texts = list(read_folder(folder))
    for lang in LANGS:
        if chosen := [text for text in texts if text.lang == lang]:
            variety = dataclasses.asdict(measure_variety(chosen))
            splits = Counter(choose_split(text) for text in chosen)
            sys.stdout.write(f"{lang}\n")
            for key, value in {**variety, "splits": dict(splits)}.items():
                sys.stdout.write(f"  {key:16}{_show(value)}\n")
    return 0


def _show(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def run_blank(paths: list[Path]) -> int:
    """Print files with their heads but without any mark."""
    for path in paths:
        sys.stdout.write(_MARK.sub(r"\1", path.read_text(encoding="utf-8")))
    return 0


def run_agree(paths: list[Path]) -> int:
    """Print how far two folders agree on the texts that both have, by language and in all."""
    first, second = ({text.id: text for text in read_folder(path)} for path in paths)
    shared = [(first[i], second[i]) for i in first if i in second]
    for name, pairs in (
        *((lang, [pair for pair in shared if pair[0].lang == lang]) for lang in LANGS),
        ("all", shared),
    ):
        if pairs:
            figures = dataclasses.asdict(measure_agreement(pairs))
            line = "  ".join(f"{key} {_show(value)}" for key, value in figures.items())
            sys.stdout.write(f"{name:4}{line}\n")
    return 0


_COMMANDS = {
    "build": run_build,
    "check": run_check,
    "report": run_report,
    "blank": run_blank,
    "agree": run_agree,
}


if __name__ == "__main__":
    main()
