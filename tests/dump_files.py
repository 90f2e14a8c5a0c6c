"""Small GeoNames dump files in the real formats, for tests of updates."""

from __future__ import annotations

import zipfile
from pathlib import Path

from geomap.gazetteer import Gazetteer

NEW_ID = 13_900_001
RENAMED_ID = 169577
"""Homs."""
MOVED_ID = 170063
"""Aleppo."""
DELETED_ID = 174018
"""Al Bab."""


def geoname(
    number: int,
    name: str,
    lat: float,
    lon: float,
    *,
    alternates: str = "",
    feature: str = "P.PPL",
    country: str = "SY",
    admin1: str = "",
    population: int = 0,
    modified: str = "2026-11-20",
) -> str:
    feature_class, _, code = feature.partition(".")
    columns = [number, name, name, alternates, lat, lon, feature_class, code, country, ""]
    columns += [admin1, "", "", "", population, "", 400, "Asia/Damascus", modified]
    return "\t".join(map(str, columns))


def alternate(number: int, place: int, lang: str, name: str) -> str:
    return f"{number}\t{place}\t{lang}\t{name}\t1\t\t\t\t\t"


def country_rows(path: Path, country: str = "SY") -> list[str]:
    """The excerpt's own places of a country as a dump would have them."""
    rows = []
    with Gazetteer(path) as gazetteer:
        for (number,) in gazetteer._db.execute(
            "SELECT id FROM place WHERE geonameid = id AND country = ? ORDER BY id", (country,)
        ):
            place = gazetteer.place(number)
            assert place is not None
            feature = f"{place.feature_class}.{place.feature_code}"
            rows.append(
                geoname(
                    number,
                    place.name,
                    place.lat,
                    place.lon,
                    feature=feature,
                    country=country,
                    population=place.population,
                )
            )
    return rows


def syria_rows(path: Path) -> list[str]:
    """Syria as the excerpt has it: one town moved, one renamed, one gone, one new."""
    changed = []
    for row in country_rows(path):
        columns = row.split("\t")
        match int(columns[0]):
            case number if number == MOVED_ID:
                columns[4] = str(float(columns[4]) + 0.1)
            case number if number == RENAMED_ID:
                columns[1] = "Emesa"
            case number if number == DELETED_ID:
                continue
        changed.append("\t".join(columns))
    return [*changed, geoname(NEW_ID, "Tall Qabr", 36.4, 37.9, admin1="09", population=120)]


def write_zip(path: Path, rows: list[str]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "not the data")
        archive.writestr(f"{path.stem}.txt", "\n".join(rows) + "\n")
    return path


def write_syria(folder: Path, gazetteer: Path) -> Path:
    """All files of an update of Syria."""
    write_zip(folder / "SY.zip", syria_rows(gazetteer))
    names = [
        alternate(1, NEW_ID, "de", "Tell Kabr"),
        alternate(2, NEW_ID, "uk", "Телль-Кабр"),
        alternate(3, NEW_ID, "wkdt", "Q123456"),
        alternate(4, NEW_ID, "link", "https://en.wikipedia.org/wiki/Tall_Qabr"),
        alternate(5, NEW_ID, "zh", "泰勒"),
        alternate(6, 999_999_998, "de", "Nirgendwo"),
    ]
    write_zip(folder / "alternatenames" / "SY.zip", names)
    codes = "SY.09\tAleppo\tAleppo\t170062\n"
    (folder / "admin1CodesASCII.txt").write_text(codes, encoding="utf-8")
    return folder
