"""What every adapter does: reads articles, has its tool find places in them, takes the time.

Runs in the tool's own virtual environment, so it needs the standard library only::

    python ADAPTER.py prepare PLACES.zip  # once: what the tool needs before it can run
    python ADAPTER.py find [VARIANT]      # articles as JSON Lines on stdin

Articles have ``id``, ``lang``, ``text`` and ``given_spans``; those with ``warm_up`` are read first
and neither timed nor answered. ``find`` writes one line an article with its ``id`` and ``toponyms``
(``start``, ``end`` and, where the tool gives them, ``lat`` and ``lon``), and a last line with
``figures``. Processor seconds are of all threads.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

Article = dict[str, Any]
Toponyms = list[dict[str, Any]]
Finder = Callable[[list[Article]], Iterable[Toponyms]]

FIRST_ARTICLES: list[Article] = [
    {
        "id": "first-de",
        "lang": "de",
        "text": "In Damaskus fielen Schüsse.",
        "given_spans": [[3, 11]],
    },
    {"id": "first-en", "lang": "en", "text": "Shots fell in Damascus.", "given_spans": [[14, 22]]},
]


def data_folder() -> Path:
    """Return the folder for what the tool unpacks or builds."""
    return Path(os.environ["XDG_DATA_HOME"])


def serve(
    module: str,
    load: Callable[[str], Finder],
    prepare: Callable[[Path], None] = lambda _places: None,
) -> None:
    """Answer the command line with a tool whose ``module`` is imported first."""
    command, *arguments = sys.argv[1:]
    # A tool that prints must not disturb the lines.
    out, sys.stdout = sys.stdout, sys.stderr
    if command == "prepare":
        prepare(Path(arguments[0]))
        return
    articles = [json.loads(line) for line in sys.stdin]
    warm_up = [article for article in articles if article.get("warm_up")]
    wanted = [article for article in articles if not article.get("warm_up")]
    figures, found = measure(module, lambda: load("".join(arguments)), warm_up, wanted)
    for article, toponyms in zip(wanted, found, strict=True):
        print(json.dumps({"id": article["id"], "toponyms": toponyms}), file=out)
    print(json.dumps({"figures": figures}), file=out)


def measure(
    module: str, load: Callable[[], Finder], warm_up: list[Article], articles: list[Article]
) -> tuple[dict[str, float], list[Toponyms]]:
    """Return processor seconds and peak megabytes, and what was found.

    A finder with a method ``read_ahead`` reads with it what it is given beside the text, untimed.
    """
    start = time.process_time()
    import_module(module)
    imported = time.process_time()
    find = load()
    list(find(FIRST_ARTICLES))
    ready = time.process_time()
    list(find(warm_up))
    if hasattr(find, "read_ahead"):
        find.read_ahead(articles)
    begin = time.process_time()
    found = list(find(articles))
    figures = {
        "import_s": imported - start,
        "ready_s": ready - start,
        "articles_s": time.process_time() - begin,
        "peak_mb": peak_mb(),
    }
    return figures, found


def peak_mb() -> float:
    """Return the most memory this process held resident, in MB (Linux)."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0
