"""Drives geonames-tagger: normalised names with the GeoNames ids of every place so named.

The text is tagged line by line, as the tool's own command does. It gives no offsets: words whose
normalised form is the name count as found. Of several ids the most populous place is taken, with
the point that the list of places has for the id.
"""

from __future__ import annotations

import csv
import io
import os
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from protocol import Article, Finder, Toponyms, data_folder, serve

_POINTS = "points.tsv"
Points = dict[int, tuple[float, float, int]]
Word = tuple[int, int, str]


def prepare(places: Path) -> None:
    """Build the tool's list of names, and a list of points by id."""
    from geonames_tagger.generate import build_places_db

    build_places_db(str(places), os.environ["GEONAMES_PLACES"])
    with zipfile.ZipFile(places) as archive, archive.open("allCountries.txt") as lines:
        rows = csv.reader(io.TextIOWrapper(lines, encoding="utf-8"), delimiter="\t")
        text = "".join(f"{row[0]}\t{row[4]}\t{row[5]}\t{row[14]}\n" for row in rows)
    (data_folder() / _POINTS).write_text(text, encoding="utf-8")


def read_points() -> Points:
    """Return (latitude, longitude, population) by GeoNames id."""
    with (data_folder() / _POINTS).open(encoding="utf-8") as lines:
        rows = (line.split("\t") for line in lines)
        return {int(i): (float(lat), float(lon), int(people)) for i, lat, lon, people in rows}


def load(_variant: str) -> Finder:
    """Return a finder; reading the points counts in its time to be ready."""
    from geonames_tagger import tag_locations
    from geonames_tagger.util import text_norm

    points = read_points()

    def find(articles: list[Article]) -> Iterator[Toponyms]:
        for article in articles:
            found: Toponyms = []
            for line in re.finditer(r"[^\n]+", article["text"]):
                places = {place.name: place.id for place in tag_locations(line.group())}
                if places:
                    words = list(split_words(line.group(), line.start(), text_norm))
                    found += occurrences(words, places, points)
            yield found

    return find


def split_words(line: str, offset: int, normalise: object) -> Iterator[Word]:
    """Yield start, end and normalised form of the words of a line."""
    for word in re.finditer(r"\w+", line):
        yield offset + word.start(), offset + word.end(), normalise(word.group()) or ""


def occurrences(words: list[Word], places: dict[str, list[int]], points: Points) -> Toponyms:
    """Return where the names stand, longer names first, no word twice."""
    found: Toponyms = []
    used: set[int] = set()
    for name in sorted(places, key=len, reverse=True):
        length = name.count(" ") + 1
        for i in range(len(words) - length + 1):
            span = range(i, i + length)
            if used.isdisjoint(span) and " ".join(words[k][2] for k in span) == name:
                used.update(span)
                point = most_populous(places[name], points)
                found.append({"start": words[i][0], "end": words[span[-1]][1], **point})
    return found


def most_populous(ids: Iterable[int], points: Points) -> dict[str, float]:
    """Return the point of the most populous of these places."""
    known = [points[i] for i in ids if i in points]
    if not known:
        return {}
    lat, lon, _ = max(known, key=lambda point: point[2])
    return {"lat": lat, "lon": lon}


if __name__ == "__main__":
    serve("geonames_tagger", load, prepare)
