"""Measures everything and writes it into RESULTS.md: tables and plots, between their markers.

    python benchmarks/run.py --corpora $GEOMAP_CORPORA --cache FOLDER [--slow]
    python benchmarks/run.py --only stages scaling
    python benchmarks/run.py --quick            # small inputs, into output/RESULTS.md

What stands outside the markers is written by hand and stays. Sections that lack something (the
corpora, Chromium, a folder for the peers' environments) or fail keep what they had, and are named
at the end; if any failed, the exit code is 1. Those that take half an hour or more (--list tells
which) run with --slow, or when named. Figures are only worth something on a machine that has
nothing else to do: each section says how busy it was.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

from generated import make_articles
from sections import BROWSER, CACHE, CORPORA, SECTIONS, Command, Context, Section

from geomap import __version__

HERE = Path(__file__).parent
RESULTS = HERE / "RESULTS.md"
# As geomap's command line does: threads of the matrix library wait for each other, busily.
ONE_THREAD = "OPENBLAS_NUM_THREADS"
QUICK = HERE.parent / "output" / "RESULTS.md"
LACKING = {
    CORPORA: "--corpora FOLDER",
    CACHE: "--cache FOLDER",
    BROWSER: "Playwright and Chromium",
}


class SectionError(Exception):
    """A section has nothing to show; the message says why."""


def say(text: str) -> None:
    """Tell how far it is, on stderr."""
    print(text, file=sys.stderr, flush=True)


def lacks(section: Section, context: Context) -> str | None:
    """Return what a section needs and does not have."""
    there = {
        CORPORA: context.corpora is not None,
        CACHE: context.cache is not None,
        BROWSER: find_spec("playwright") is not None and chromium().exists(),
    }
    missing = [LACKING[need] for need in section.needs if not there[need]]
    return ", ".join(missing) or None


def chromium() -> Path:
    """Return where the browser should be."""
    return Path(os.environ.get("GEOMAP_CHROMIUM", "/usr/bin/chromium"))


def write_article(folder: Path) -> Path:
    """Write one generated article of some 500 words as text."""
    (article,) = islice(make_articles(words=480, lang="de"), 1)
    path = folder / "article.txt"
    path.write_text(article["text"], encoding="utf-8")
    return path


def call(command: Command, places: dict[str, Path]) -> str:
    """Run a script; return what it prints. Raises SectionError."""
    filled = [part.format_map(places) if part.startswith("{") else part for part in command]
    script, *arguments = filled
    run = [sys.executable, str(HERE / script), *arguments]
    done = subprocess.run(
        run,
        stdout=subprocess.PIPE,
        text=True,
        cwd=HERE.parent,
        env=os.environ | {ONE_THREAD: "1"},
        check=False,
    )
    if done.returncode:
        raise SectionError(f"{script} ended with {done.returncode}")
    return done.stdout.strip()


def shown(command: Command, context: Context) -> str:
    """Return a command as a reader would write it: with none of this machine's folders."""
    text = " ".join(f"'{part}'" if " " in part else part for part in command)
    for folder, name in (
        (context.corpora, "$GEOMAP_CORPORA"),
        (context.cache, "FOLDER"),
        (context.made, "FOLDER"),
    ):
        text = text.replace(str(folder), name) if folder else text
    text = re.sub(r" --json \{figures\}", "", text).replace("{article}", "ARTICLE")
    return f"    {ONE_THREAD}=1 python benchmarks/{text}"


def measure(section: Section, context: Context, results: Path) -> str:
    """Return the text of a section; its plot is drawn beside ``results``. Raises SectionError."""
    places = {"figures": context.made / f"{section.name}.json"}
    places["article"] = context.made / "article.txt"
    busy, start = os.getloadavg()[0], time.monotonic()
    commands = section.commands(context)
    outputs = [call(command, places) for command in commands]
    if section.plain:
        outputs = [f"```\n{output}\n```" for output in outputs]
    blocks = ["\n".join(shown(command, context) for command in commands), *outputs]
    if section.plot:
        section.plot(places["figures"], results.with_name(f"{section.name}.svg"))
        blocks.append(f"![The figures of the table]({section.name}.svg)")
    seconds = time.monotonic() - start
    return "\n\n".join([*blocks, stamp(context, busy, seconds)])


def find_commit() -> str:
    """Return the commit that is measured, before results are written into the working tree."""
    git = ["git", "describe", "--always", "--dirty", "--abbrev=7", "--exclude=*"]
    done = subprocess.run(git, capture_output=True, text=True, cwd=HERE, check=False)
    return done.stdout.strip() or "no commit"


def stamp(context: Context, busy: float, seconds: float) -> str:
    """Return the line that says when, where and with what was measured."""
    day = datetime.now(UTC).date().isoformat()
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}"
    kind = "small inputs: figures without meaning; " if context.quick else ""
    return (
        f"*{kind}{day}, geomap {__version__} ({context.commit}), {machine},"
        f" load {busy:.1f} at the start, {seconds:.0f} s.*"
    )


def put(text: str, name: str, block: str) -> str:
    """Return RESULTS.md with another text between the markers of a section."""
    pattern = re.compile(
        rf"(<!-- begin: {re.escape(name)} -->\n).*?(<!-- end: {re.escape(name)} -->)", re.S
    )
    if not pattern.search(text):
        sys.exit(f"RESULTS.md has no markers for {name}")
    return pattern.sub(lambda found: f"{found[1]}\n{block}\n\n{found[2]}", text)


def choose(options: argparse.Namespace) -> list[Section]:
    """Return the sections to measure."""
    if options.only:
        return [section for section in SECTIONS if section.name in options.only]
    return [section for section in SECTIONS if options.slow or not section.slow]


def run(chosen: list[Section], context: Context, results: Path) -> None:
    """Measure, write after each section; say which kept what they had, and why."""
    before = RESULTS
    kept: dict[str, str] = {}
    failed = False
    for number, section in enumerate(chosen, 1):
        if missing := lacks(section, context):
            kept[section.name] = f"needs {missing}"
            continue
        say(f"{number}/{len(chosen)} {section.name}")
        try:
            block = measure(section, context, results)
        except (SectionError, OSError, json.JSONDecodeError) as error:
            kept[section.name] = f"failed: {error}"
            failed = True
            continue
        # Read only now: somebody may have written something meanwhile.
        text = put(before.read_text(encoding="utf-8"), section.name, block)
        temporary = results.with_suffix(".new")
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(results)
        before = results
    for name, reason in kept.items():
        say(f"{name}: kept as it was ({reason})")
    if failed:
        sys.exit(1)


def list_sections() -> None:
    """Print the sections and what they need."""
    for section in SECTIONS:
        needs = [LACKING[need] for need in section.needs] + ["--slow"] * section.slow
        print(f"{section.name:24}{', '.join(needs)}")


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    names = [section.name for section in SECTIONS]
    parser.add_argument("--only", nargs="+", choices=names, metavar="NAME", help="these sections")
    parser.add_argument(
        "--slow", action="store_true", help="also those that take half an hour or more"
    )
    parser.add_argument("--quick", action="store_true", help=f"small inputs, into {QUICK.name}")
    parser.add_argument("--corpora", type=Path, help="the folder with the evaluation corpora")
    parser.add_argument("--cache", type=Path, help="a folder for the peers' environments")
    parser.add_argument("--list", action="store_true", help="name the sections and end")
    options = parser.parse_args()
    if options.list:
        list_sections()
        return
    with tempfile.TemporaryDirectory(prefix="geomap-benchmarks-") as made:
        context = Context(Path(made), options.corpora, options.cache, options.quick, find_commit())
        write_article(context.made)
        results = QUICK if options.quick else RESULTS
        run(choose(options), context, results)
        say(f"written: {results}")


if __name__ == "__main__":
    main()
