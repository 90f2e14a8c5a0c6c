"""The plots beside the tables of RESULTS.md, from the figures that scripts write as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("svg")
from matplotlib import pyplot as plt

COLOUR, MUTED = "#1f5f8b", "#9aa5ad"
SIZE_IN = (6.0, 2.4)


@contextmanager
def drawing(target: Path) -> Iterator[Any]:
    """Yield axes; write them as a small SVG, the same bytes for the same figures."""
    style = {"svg.hashsalt": "geomap", "svg.fonttype": "none", "font.size": 9}
    with mpl.rc_context(style):
        figure, axes = plt.subplots(figsize=SIZE_IN, layout="constrained")
        axes.spines[["top", "right"]].set_visible(False)
        yield axes
        figure.savefig(target, metadata={"Date": None})
        plt.close(figure)


def plot_stages(figures: Path, target: Path) -> None:
    """Draw the milliseconds an article that each stage takes."""
    stages = json.loads(figures.read_text(encoding="utf-8"))
    with drawing(target) as axes:
        bars = axes.barh(list(stages)[::-1], list(stages.values())[::-1], color=COLOUR)
        axes.bar_label(bars, fmt="%.1f", padding=3)
        axes.set_xlabel("milliseconds of processor time an article, warm")


def plot_scaling(figures: Path, target: Path) -> None:
    """Draw the articles a second of each way to run, beside as many times one worker."""
    ways = json.loads(figures.read_text(encoding="utf-8"))
    names = [way["run"] for way in ways]
    alone = ways[0]["articles_per_s"] / ways[0]["workers"]
    with drawing(target) as axes:
        axes.barh(names, [alone * way["workers"] for way in ways], color="none", edgecolor=MUTED)
        bars = axes.barh(names, [way["articles_per_s"] for way in ways], color=COLOUR, height=0.5)
        axes.bar_label(bars, fmt="%.1f", padding=3)
        axes.invert_yaxis()
        axes.set_xlabel("articles a second; outlined: as many times what one worker does")


def plot_memory(figures: Path, target: Path) -> None:
    """Draw the memory of the worker and of the reading process over the articles done."""
    seen = json.loads(figures.read_text(encoding="utf-8"))
    articles = [look["articles"] for look in seen]
    with drawing(target) as axes:
        for key, label, colour in (
            ("worker_mb", "worker", COLOUR),
            ("worker_own_mb", "of it not shared", MUTED),
            ("parent_mb", "reading process", "#c26a1b"),
        ):
            axes.plot(articles, [look[key] for look in seen], label=label, color=colour)
        axes.set_ylim(bottom=0)
        axes.set_xlabel("articles done")
        axes.set_ylabel("resident MB")
        axes.legend(frameon=False, loc="center right")
