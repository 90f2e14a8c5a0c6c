"""A static picture of the map for reports: the same basemap, signs and areas, without a browser.

Needs matplotlib (``pip install geomap[png]``). Text of articles is drawn as it is: matplotlib's
own formula language is switched off.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from geomap.errors import OutputError
from geomap.models import GeoJSON, Lang
from geomap.outputs.files import path_beside
from geomap.outputs.map.basemap import Basemap
from geomap.outputs.map.kinds import KINDS, Kind
from geomap.outputs.map.payload import KM_PER_DEGREE, find_bounds
from geomap.outputs.map.views import ArticleView, EventView
from geomap.outputs.map.wording import say

PICTURE_FORMATS = ("png", "svg", "pdf")
"""What ``write_picture`` writes, by the name's suffix."""

# Without time and program's version, the same records give the same bytes.
_UNSAID = {
    "png": ("Software",),
    "svg": ("Date", "Creator"),
    "pdf": ("CreationDate", "Producer", "Creator"),
}
_SALT = "geomap"
SIZE_INCHES = (12.0, 8.0)
DPI = 160
_MARGIN = 0.14
_MAX_LAT = 85.0
_SIGN_SHARE = 0.022
_COLOURS = {
    "battle": "#b43c06",
    "blast": "#96124f",
    "civilians": "#633a97",
    "riot": "#7a5900",
    "protest": "#00705a",
    "strategic": "#48535d",
    "meeting": "#0a5fa5",
    "statement": "#0b6c7b",
    "other": "#5c5c5c",
}
# Corners of a star (pairs, outer and inner radius) as on the page, or a sign of matplotlib's.
_SHAPES: dict[str, tuple[float, float, float] | str] = {
    "battle": "o",
    "blast": (8, 14, 10.5),
    "civilians": (3, 13.5, 13.5),
    "riot": "^",
    "protest": (2.5, 14, 14),
    "strategic": "D",
    "meeting": "s",
    "statement": (2, 15, 15),
    "other": "s",
}
_SEA, _LAND, _BORDER, _PROVINCE, _DISPUTED = "#dbe6ec", "#f6f3ec", "#b3aba0", "#d8d1c6", "#a8604f"
_RIVER = "#a9c3d1"
_DARK, _MUTED = "#1b2025", "#565f69"
_LABELS = ("country", "city", "water")
_INKS = {"country": _MUTED, "city": _DARK, "water": "#47697f"}


def draw_picture(
    articles: Sequence[ArticleView],
    basemap: Basemap,
    path: Path,
    *,
    title: str,
    lang: Lang,
) -> None:
    """Write a picture of the drawn events, in the format that the name's suffix says.

    As on the page, an event known no better than to an area is that area, never a sign. Raises
    OutputError without matplotlib, for another format or where the file cannot be written.
    """
    fmt = path.suffix.lower().lstrip(".")
    if fmt not in PICTURE_FORMATS:
        raise OutputError(f"{path}: name pictures .{', .'.join(PICTURE_FORMATS)}", path=path)
    try:
        from matplotlib import rc_context
        from matplotlib.figure import Figure
    except ImportError as error:
        message = f"{path}: pictures need matplotlib; pip install 'geomap[png]'"
        raise OutputError(message, path=path) from error
    with rc_context({"text.parse_math": False, "font.size": 9, "svg.hashsalt": _SALT}):
        figure = Figure(figsize=SIZE_INCHES, dpi=DPI, facecolor="white")
        axes = figure.add_axes((0.0, 0.05, 1.0, 0.88))
        _frame(axes, find_bounds(articles) or [[-55.0, -170.0], [75.0, 170.0]])
        _draw_basemap(axes, basemap)
        events = [event for article in articles for event in article.events if event.mode]
        taken = _draw_events(axes, events, lang)
        _draw_labels(axes, basemap.labels, taken)
        _draw_legend(axes, events, lang)
        figure.text(0.012, 0.955, _plain(title), fontsize=15, weight="bold", color=_DARK)
        figure.text(0.012, 0.018, _say_credits(lang), fontsize=7.5, color=_MUTED)
        with path_beside(path) as temporary:
            figure.savefig(temporary, format=fmt, metadata=dict.fromkeys(_UNSAID[fmt]))


def _plain(text: str) -> str:
    """Leave out what no font can draw: control characters and lone surrogates."""
    return "".join(letter for letter in text if letter.isprintable())


def _say_credits(lang: Lang) -> str:
    parts = ("notice", "boundaries")
    return f"Natural Earth · GeoNames (CC BY 4.0) · {' · '.join(say(key, lang) for key in parts)}"


def _project(lon: float, lat: float) -> tuple[float, float]:
    """Return Mercator's x and y, in degrees at the equator."""
    lat = max(-_MAX_LAT, min(_MAX_LAT, lat))
    return lon, math.degrees(math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)))


def _frame(axes: Any, bounds: list[list[float]]) -> None:
    """Show the bounds with a margin, as wide as the picture, never squeezed."""
    (south, west), (north, east) = bounds
    (left, low), (right, high) = _project(west, south), _project(east, north)
    width, height = (right - left) * (1 + 2 * _MARGIN), (high - low) * (1 + 2 * _MARGIN)
    ratio = SIZE_INCHES[0] / (SIZE_INCHES[1] * 0.88)
    width, height = max(width, height * ratio), max(height, width / ratio)
    middle = ((left + right) / 2, (low + high) / 2)
    axes.set_xlim(middle[0] - width / 2, middle[0] + width / 2)
    axes.set_ylim(middle[1] - height / 2, middle[1] + height / 2)
    axes.set_facecolor(_SEA)
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_visible(False)


def _draw_basemap(axes: Any, basemap: Basemap) -> None:
    for feature in basemap.land["features"]:
        _fill(axes, feature["geometry"], facecolor=_LAND, edgecolor=_BORDER, linewidth=0.6)
    for feature in basemap.unassigned["features"]:
        _fill(axes, feature["geometry"], facecolor="#eadfd0", edgecolor="none")
    for feature in basemap.rivers["features"]:
        for line in _lines(feature["geometry"]):
            axes.plot(*zip(*(_project(*p) for p in line), strict=True), color=_RIVER, linewidth=0.6)
    for feature in basemap.lakes["features"]:
        _fill(axes, feature["geometry"], facecolor=_SEA, edgecolor=_BORDER, linewidth=0.3)
    provinces: dict[str, Any] = {"color": _PROVINCE, "linewidth": 0.5}
    disputed: dict[str, Any] = {"color": _DISPUTED, "linewidth": 0.9, "dashes": (4, 3)}
    for layer, style in ((basemap.provinces, provinces), (basemap.disputed, disputed)):
        for feature in layer["features"]:
            for line in _lines(feature["geometry"]):
                axes.plot(*zip(*(_project(*p[:2]) for p in line), strict=True), **style)


def _lines(geometry: GeoJSON) -> Iterator[Sequence[Sequence[float]]]:
    coordinates = geometry["coordinates"]
    if geometry["type"] == "LineString":
        yield coordinates
    elif geometry["type"] in ("MultiLineString", "Polygon"):
        yield from coordinates
    else:
        for polygon in coordinates:
            yield from polygon


def _fill(axes: Any, geometry: GeoJSON, **style: Any) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path as Outline

    outlines = [Outline([_project(*p[:2]) for p in ring]) for ring in _lines(geometry)]
    if outlines:
        axes.add_patch(PathPatch(Outline.make_compound_path(*outlines), **style))


def _sign_width(axes: Any) -> float:
    left, right = axes.get_xlim()
    return float(right - left) * _SIGN_SHARE


def _shape(kind: str) -> Any:
    from matplotlib.path import Path as Outline

    shape = _SHAPES[kind]
    if isinstance(shape, str):
        return shape
    pairs, outer, inner = shape
    count = round(pairs * 2)
    angles = [i / count * 2 * math.pi + math.pi / 2 for i in range(count)]
    reach = [inner if i % 2 else outer for i in range(count)]
    corners = [(r * math.cos(a), r * math.sin(a)) for r, a in zip(reach, angles, strict=True)]
    return Outline([*corners, corners[0]], closed=True)


def _draw_events(
    axes: Any, events: Sequence[EventView], lang: Lang
) -> list[tuple[float, float, str]]:
    """Draw areas, then signs; return where signs stand, with the names of their places.

    Signs that would cover each other are one ring with their number.
    """
    for event in _one_an_area(events):
        _draw_area(axes, event)
    reach = _sign_width(axes)
    groups: list[tuple[float, float, list[EventView]]] = []
    for event in (event for event in events if event.mode == "point"):
        x, y = _project(event.record.lon or 0.0, event.record.lat or 0.0)
        near = next((g for g in groups if abs(g[0] - x) < reach and abs(g[1] - y) < reach), None)
        if near:
            near[2].append(event)
        else:
            groups.append((x, y, [event]))
    for x, y, group in groups:
        if len(group) == 1:
            _draw_sign(axes, (x, y), group[0], lang)
        else:
            _draw_ring(axes, (x, y), group)
    return [(x, y, _plain(group[0].title)) for x, y, group in groups]


def _one_an_area(events: Sequence[EventView]) -> list[EventView]:
    """Return the first event of each area and kind: many would paint it over and over."""
    first: dict[tuple[object, ...], EventView] = {}
    for event in events:
        at = (event.record.lat, event.record.lon, event.km)
        where = str(event.shape) if event.shape else at
        first.setdefault((event.kind.id, event.mode, where), event)
    return list(first.values())


def _draw_ring(axes: Any, at: tuple[float, float], group: Sequence[EventView]) -> None:
    colour = _COLOURS[group[0].kind.id]
    colour = colour if all(event.kind is group[0].kind for event in group) else _DARK
    edge = {"markeredgecolor": colour, "markeredgewidth": 3.0}
    axes.plot(*at, marker="o", markersize=16, markerfacecolor="white", clip_on=True, **edge)
    _write_letter(axes, at, str(len(group)), _DARK)


def _write_letter(axes: Any, at: tuple[float, float], letter: str, ink: str) -> None:
    style = {"ha": "center", "va": "center_baseline", "weight": "bold", "fontsize": 7}
    axes.text(*at, letter, color=ink, clip_on=True, **style)


def _draw_area(axes: Any, event: EventView) -> None:
    from matplotlib.patches import Ellipse

    colour = _COLOURS[event.kind.id]
    style: dict[str, Any] = {"edgecolor": colour, "linewidth": 1.2, "linestyle": (0, (4, 3))}
    if event.shape is not None:
        face = "none" if "Line" in event.shape["type"] else (colour, 0.14)
        _fill(axes, event.shape, facecolor=face, **style)
    elif event.km and event.record.lat is not None and event.record.lon is not None:
        centre = _project(event.record.lon, event.record.lat)
        wide = 2 * event.km / KM_PER_DEGREE / math.cos(math.radians(event.record.lat))
        if event.mode == "point" and wide < _sign_width(axes):
            return  # Its sign covers it.
        axes.add_patch(Ellipse(centre, wide, wide, facecolor=(colour, 0.09), **style))


def _draw_sign(axes: Any, at: tuple[float, float], event: EventView, lang: Lang) -> None:
    colour = _COLOURS[event.kind.id]
    hollow = event.claim or event.planned
    relation = event.record.relation
    if relation and relation.kind == "approach" and relation.heading_deg is not None:
        _draw_wedge(axes, at, relation.heading_deg, colour)
    axes.plot(*at, markersize=15, clip_on=True, **_sign_style(event.kind, hollow))
    _write_letter(axes, at, event.kind.letters[lang], colour if hollow else "white")
    if event.record.disputed_by:
        strike = {"marker": (2, 0, -45), "markersize": 20, "markeredgewidth": 1.8}
        axes.plot(*at, color=_DARK, clip_on=True, **strike)


def _sign_style(kind: Kind, hollow: bool) -> dict[str, Any]:
    colour = _COLOURS[kind.id]
    return {
        "marker": _shape(kind.id),
        "markerfacecolor": "white" if hollow else colour,
        "markeredgecolor": colour if hollow else "white",
        "markeredgewidth": 1.7 if hollow else 1.0,
        "linestyle": "none",
    }


def _draw_wedge(axes: Any, at: tuple[float, float], heading: float, colour: str) -> None:
    """Draw the wedge of an advance beside its target, where it comes from."""
    turned = math.radians(heading % 360 + 180)
    reach = 0.6 * _sign_width(axes)
    x, y = at[0] + reach * math.sin(turned), at[1] + reach * math.cos(turned)
    style = {"marker": (3, 0, -(heading % 360)), "markersize": 8, "markeredgecolor": "white"}
    axes.plot(x, y, color=colour, clip_on=True, **style)


def _draw_labels(axes: Any, labels: list[list[Any]], signs: list[tuple[float, float, str]]) -> None:
    """Name the places of signs, then countries and towns, none on another."""
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    gap = _sign_width(axes)
    zoom = math.log2(360 * SIZE_INCHES[0] * 100 / 256 / (right - left))
    own = {name for _, _, name in signs}
    taken = [(x - gap / 2, y, gap) for x, y, _ in signs]
    places = [(name, x + gap * 0.75, y, "city") for x, y, name in signs]
    places += [
        (name, *_project(lon, lat), _LABELS[kind])
        for name, lat, lon, least, kind in labels
        if least <= zoom and name not in own
    ]
    seen: set[str] = set()
    for name, x, y, kind in places:
        wide = gap * 0.36 * len(name)
        city = kind == "city"
        start = x + (gap * 0.3 if city and name not in own else 0) - (0 if city else wide / 2)
        inside = left < start < right - wide and low < y < high
        clear = all(
            abs(y - v) > gap * 0.7 or start > u + w or start + wide < u for u, v, w in taken
        )
        if inside and name not in seen and (clear or name in own):
            seen.add(name)
            taken.append((start, y, wide))
            _write_label(axes, name, (start, y), kind)
            if city and name not in own:
                dot = {"markersize": 3.2, "markerfacecolor": "white", "markeredgecolor": _DARK}
                axes.plot(x, y, marker="o", markeredgewidth=0.8, **dot)


def _write_label(axes: Any, name: str, at: tuple[float, float], kind: str) -> None:
    from matplotlib.patheffects import withStroke

    style: dict[str, Any] = {"fontsize": 7.5, "color": _INKS[kind], "va": "center"}
    words = name.upper() if kind == "country" else name
    style["style"] = "italic" if kind == "water" else "normal"
    halo = [withStroke(linewidth=2.2, foreground=_SEA if kind == "water" else _LAND)]
    axes.text(*at, words, clip_on=True, path_effects=halo, **style)


def _draw_legend(axes: Any, events: Sequence[EventView], lang: Lang) -> None:
    from matplotlib.lines import Line2D

    def sample(kind: Kind, label: str, hollow: bool = False) -> Line2D:
        return Line2D([], [], label=label, markersize=11, **_sign_style(kind, hollow))

    counts = {kind.id: sum(event.kind is kind for event in events) for kind in KINDS}
    rows = [
        sample(kind, f"{kind.letters[lang]}  {kind.names[lang]} ({counts[kind.id]})")
        for kind in KINDS
        if counts[kind.id]
    ]
    for flag in ("claim", "planned"):
        shown = next((event for event in events if getattr(event, flag)), None)
        if shown:
            rows.append(sample(shown.kind, say(flag, lang), hollow=True))
    if any(event.shape or event.km for event in events):
        dashed: dict[str, Any] = {"color": _MUTED, "linewidth": 1.2, "linestyle": (0, (4, 3))}
        rows.append(Line2D([], [], label=say("uncertain", lang), **dashed))
    if rows:
        axes.legend(handles=rows, loc="upper left", framealpha=1, edgecolor="#d9dde1", fontsize=8.5)
