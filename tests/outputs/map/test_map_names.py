"""What events and places are called, and how strips along borders and coasts are told."""

from __future__ import annotations

from typing import Any

import pytest
from sample_records import IDLIB

from geomap.models import Lang
from geomap.outputs.map import render_map
from geomap.outputs.map.names import name_place, own_name
from geomap.outputs.map.relations import say_relation
from geomap.outputs.map.views import EventView, view_articles
from geomap.records import ArticleRecord, RelationRecord, ToponymRecord

TEXT = "Fighting continued along the border between Syria and Turkey near there."
SYRIA, TURKEY = TEXT.index("Syria"), TEXT.index("Turkey")


def place(name: str, start: int, country: str) -> dict[str, Any]:
    given = {"start": start, "end": start + len(name), "text": name, "name": name}
    return given | {"lat": 35.0, "lon": 38.0, "country": country, "feature_code": "PCLI"}


def article(**fields: Any) -> ArticleRecord:
    """Return an article with one event, in a strip between Syria and Turkey."""
    event = {
        "event_id": "e1", "location_start": SYRIA, "location_end": SYRIA + 5, "name": "Syria",
        "country": "SY", "lat": 36.6, "lon": 38.0, "where_prec": 5, "uncertainty_km": 400.0,
        "geometry": IDLIB, "relation": {"kind": "border", "other_start": TURKEY},
        "event_type": "Battles", "description": TEXT, "desc_start": 0, "desc_end": len(TEXT),
    }  # fmt: skip
    toponyms = [place("Syria", SYRIA, "SY"), place("Turkey", TURKEY, "TR")]
    return ArticleRecord.model_validate(
        {"id": "a", "lang": "en", "text": TEXT, "toponyms": toponyms, "events": [event | fields]}
    )


def view(lang: Lang, **fields: Any) -> EventView:
    return view_articles([article(**fields)], lang)[0].events[0]


def test_an_event_on_a_border_is_an_area_called_after_it() -> None:
    german, english = view("de"), view("en")
    assert german.mode == english.mode == "area"
    assert german.title == "Grenze Syrien – Türkei"
    assert german.rows["precision"] == "Streifen entlang der Grenze"
    assert english.title == "Border Syria – Turkey"
    assert english.rows["precision"] == "strip along the border"
    assert "place" not in german.rows  # It lies in neither.


def test_either_side_of_a_border_leads_to_its_event_and_is_no_place_without_one() -> None:
    assert view_articles([article()], "en")[0].places == ()
    assert render_map([article()]).count('<a class="scene') == 2


def test_an_event_on_a_coast_is_an_area_called_after_it() -> None:
    on_coast = view("de", relation={"kind": "coast"})
    assert on_coast.mode == "area"
    assert on_coast.title == "Küste: Syrien"
    assert on_coast.rows["precision"] == "Streifen entlang der Küste"


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("syrisch-türkischen Grenze", "syrisch-türkische Grenze"),
        ("libyschen Küste", "libysche Küste"),
        ("Syrian-Turkish border", "Syrian-Turkish border"),
    ],
)
def test_a_border_that_only_words_stand_for_is_called_so(words: str, title: str) -> None:
    kind = "coast" if "Küste" in words else "border"
    unnamed = view("de", name=words, location_start=None, location_end=None,
                   relation={"kind": kind})  # fmt: skip
    assert unnamed.title == title


@pytest.mark.parametrize(
    ("text", "fields", "german", "english"),
    [
        ("Roten Meer", {"name": "Red Sea", "feature_class": "H", "lat": 20.0, "lon": 38.5},
         "Rotes Meer", "Red Sea"),
        ("Wadi Sowieso", {"name": "Wadi Nowhere", "feature_class": "H", "lat": 1.0, "lon": 1.0},
         "Wadi Sowieso", "Wadi Nowhere"),
        ("Norden Syriens", {"name": "Northern Syria", "method": "gazetteer-variant"},
         "Norden Syriens", "Norden Syriens"),
        ("Idlibs", {"name": "Idlib", "method": "gazetteer-variant"}, "Idlib", "Idlib"),
    ],
)  # fmt: skip
def test_inflected_names_are_put_right(
    text: str, fields: dict[str, Any], german: str, english: str
) -> None:
    toponym = ToponymRecord.model_validate({"start": 0, "end": len(text), "text": text} | fields)
    assert own_name(toponym, "de") == german
    assert own_name(toponym, "en") == english


@pytest.mark.parametrize(("lang", "title"), [("de", "Syrien"), ("en", "Syria")])
def test_an_event_whose_place_the_text_does_not_name_is_drawn_and_titled(
    lang: Lang, title: str
) -> None:
    unnamed = view(lang, location_start=None, location_end=None, relation=None)
    assert unnamed.mode == "area"
    assert unnamed.title == title
    at_border = view(lang, location_start=None, location_end=None, relation={"kind": "border"})
    assert at_border.title.endswith(title)
    assert at_border.mode == "area"
    assert "e1" in render_map([article(location_start=None, location_end=None)])


@pytest.mark.parametrize(
    ("relation", "german", "english"),
    [
        ({"kind": "sector", "bearing": 200.0}, "südlicher Teil: Homs", "southern part: Homs"),
        (
            {"kind": "offset", "bearing": 350.0, "distance_km": 20.0},
            "20 km nördlich von Homs",
            "20 km north of Homs",
        ),
        ({"kind": "offset", "bearing": 90.0}, "östlich von Homs", "east of Homs"),
        ({"kind": "between"}, "zwischen Homs und Hama", "between Homs and Hama"),
        ({"kind": "near"}, None, None),
        ({"kind": "sector"}, None, None),
    ],
)
def test_relations_have_words(
    relation: dict[str, Any], german: str | None, english: str | None
) -> None:
    record = RelationRecord.model_validate(relation)
    assert say_relation(record, "Homs", "Hama", "de") == german
    assert say_relation(record, "Homs", "Hama", "en") == english


@pytest.mark.parametrize(
    ("name", "country", "at", "german"),
    [
        ("Kherson", "UA", (46.64, 32.61), "Cherson"),
        ("Kherson", "UA", (10.0, 10.0), "Kherson"),
        ("Kherson", "UA", (None, None), "Kherson"),
        ("Kherson Oblast", "UA", (46.64, 32.61), "Oblast Cherson"),
        ("Donetska Oblast", "UA", (48.59, 38.0), "Oblast Donezk"),
        ("Kharkivska Oblast", "UA", (49.98, 36.25), "Oblast Charkiw"),
        ("Volynska Oblast", "UA", (51.0, 25.0), "Oblast Wolhynien"),
        ("Isfahan Province", "IR", (None, None), "Provinz Isfahan"),
        ("Nowhereska Oblast", "UA", (51.0, 25.0), "Nowhereska Oblast"),
        ("Ibb", "YE", (13.97, 44.18), "Ibb"),
        ("Red Sea", None, (20.0, 38.5), "Rotes Meer"),
        ("Homs Governorate", "SY", (34.7, 36.7), "Gouvernement Homs"),
        ("Turkey", "TR", (39.0, 35.0), "Türkei"),
        ("Tadmur", "SY", (34.56, 38.27), "Tadmur"),
    ],
)
def test_a_german_page_names_places_in_german_where_it_can(
    name: str, country: str, at: tuple[float | None, float | None], german: str
) -> None:
    assert name_place(name, country, at, "de") == german
    english = "Turkey" if country == "TR" else name
    assert name_place(name, country, at, "en") == english


@pytest.mark.parametrize(
    ("name", "country", "german"),
    [
        ("Muḩāfaz̧at Ma’rib", "YE", "Gouvernement Ma'rib"),
        ("Masovian Voivodeship", "PL", "Woiwodschaft Masowien"),
        ("Lorraine", "FR", "Lothringen"),
        ("Ibb", "YE", "Gouvernement Ibb"),
        ("Elsewhere", "YE", "Elsewhere"),
    ],
)
def test_provinces_have_the_german_names_of_the_gazetteer(
    name: str, country: str, german: str
) -> None:
    at = (None, None)
    assert name_place(name, country, at, "de", is_division=True) == german
    assert name_place(name, country, at, "en", is_division=True) == name


def test_alternatives_are_named_in_the_language_of_the_page() -> None:
    start = TEXT.index("there")
    lead = {"start": start, "end": start + 5, "text": "there", "lat": 34.7, "lon": 36.7}
    others = [("Kherson (Kherson Oblast, UA)", 46.64, 32.61), ("Odd (name", 1.0, 1.0)]
    lead["alternatives"] = [
        {"name": name, "lat": lat, "lon": lon, "confidence": 0.3} for name, lat, lon in others
    ]
    record = article().model_copy(update={"toponyms": [ToponymRecord.model_validate(lead)]})
    german, english = (
        view_articles([record], lang)[0].places[0].alternatives for lang in ("de", "en")
    )
    assert german == "Cherson, Oblast Cherson, Ukraine (30\xa0%); Odd (name (30\xa0%)"
    assert english == "Kherson, Kherson Oblast, Ukraine (30%); Odd (name (30%)"
