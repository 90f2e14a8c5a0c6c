"""Statistics as a picture: a panel of bars for each facet. Needs matplotlib (``geomap[png]``)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from geomap.errors import OutputError
from geomap.models import Lang
from geomap.outputs.files import path_beside
from geomap.outputs.map.phrases import say_number
from geomap.outputs.statistics import Facet, Statistics
from geomap.outputs.statistics_words import Section, say_months, say_section, say_totals

SIZE_INCHES = (13.0, 9.0)
DPI = 120
_PANELS: tuple[Facet, ...] = (
    "country", "sub_event_type", "month", "where_prec", "attribution", "modality",
)  # fmt: skip
_COLUMNS, _FEWEST, _MOST, _MOST_MONTHS = 3, 6, 12, 36
_LONGEST_LABEL = 34
_COLOUR, _MUTED = "#0a5fa5", "#565f69"
_CREDIT = {
    "de": "Automatisch erstellt mit geomap, nicht geprüft. Gezählt wird, was erzählt wird: ein"
    " Ereignis in zehn Artikeln zählt zehnmal.",
    "en": "Automatically made by geomap, not reviewed. What is told is counted: an event in ten"
    " articles counts ten times.",
}


def need_matplotlib(path: Path) -> None:
    """Raise OutputError without matplotlib, for whoever would count an archive in vain."""
    try:
        import matplotlib.figure  # noqa: F401 - to see whether it is there
    except ImportError as error:
        message = f"{path}: plots need matplotlib; pip install 'geomap[png]'"
        raise OutputError(message, path=path) from error


def draw_statistics(found: Statistics, path: Path, lang: Lang) -> None:
    """Write a PNG; raises OutputError without matplotlib or where it cannot be written."""
    need_matplotlib(path)
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context({"text.parse_math": False, "font.size": 9}):
        figure = Figure(figsize=SIZE_INCHES, dpi=DPI, facecolor="white", layout="constrained")
        figure.suptitle(
            " · ".join(f"{name}: {say_number(n, lang)}" for name, n in say_totals(found, lang))
        )
        figure.text(0.01, -0.025, _CREDIT[lang], fontsize=7.5, color=_MUTED)
        rows = figure.subplots(len(_PANELS) // _COLUMNS, _COLUMNS)
        for axes, facet in zip((axes for row in rows for axes in row), _PANELS, strict=True):
            if facet == "month":
                _draw_months(axes, say_months(found, lang, _MOST_MONTHS))
            else:
                _draw_bars(axes, say_section(found, facet, lang, _MOST), lang)
        with path_beside(path) as temporary:
            # Without the program's version, the same records give the same bytes.
            figure.savefig(
                temporary, format="png", metadata={"Software": None}, bbox_inches="tight"
            )


def _draw_bars(axes: Any, section: Section, lang: Lang) -> None:
    places, counts = _prepare(axes, section)
    bars = axes.barh(places, counts, color=_COLOUR)
    axes.bar_label(
        bars, labels=[say_number(count, lang) for count in counts], padding=2, fontsize=8
    )
    axes.set_yticks(places, [_fit(label) for label, _ in section.rows])
    axes.set_ylim(max(len(counts), _FEWEST) - 0.5, -0.5)
    axes.set_xticks([])
    axes.margins(x=0.15)


def _draw_months(axes: Any, section: Section) -> None:
    places, counts = _prepare(axes, section)
    axes.bar(places, counts, color=_COLOUR)
    # So many labels as can be read beside each other.
    step = 1 + len(counts) // 13
    labels = [_fit(label) for label, _ in section.rows]
    axes.set_xticks(places[::step], labels[::step], rotation=60, ha="right")
    axes.set_xlim(-0.5, max(len(counts), _FEWEST) - 0.5)
    axes.set_ylim(bottom=0)


def _prepare(axes: Any, section: Section) -> tuple[range, list[int]]:
    axes.set_title(section.heading, loc="left", fontsize=10, weight="bold")
    axes.spines[["top", "right"]].set_visible(False)
    counts = [count for _, count in section.rows]
    return range(len(counts)), counts


def _fit(label: str) -> str:
    """Leave out what no font can draw, and what is too long."""
    label = "".join(letter for letter in label if letter.isprintable())
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1]}…"
