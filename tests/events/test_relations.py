"""Phrases of space, German and English: relation, exactness, and where the event lies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
import shapely
from shapely.geometry import shape

from geomap.gazetteer import Gazetteer
from geomap.models import Article, Event, Lang
from geomap.pipeline import Geoparser
from geomap.records import record_of


@pytest.fixture(scope="module")
def parser(shipped_gazetteer: Gazetteer) -> Geoparser:
    return Geoparser(index=shipped_gazetteer)


def told(parser: Geoparser, lang: Lang, text: str) -> list[Event]:
    return [e for e in parser.parse(Article("a", text, lang)).events if e.acled_scope]


def shown(event: Event) -> dict[str, Any] | None:
    relation = event.relation
    if relation is None:
        return None
    names = ("bearing", "distance_km", "heading_deg")
    given = {name: getattr(relation, name) for name in names}
    return {"kind": relation.kind} | {k: v for k, v in given.items() if v is not None}


NEAR = {"kind": "near"}
BETWEEN = {"kind": "between"}
AROUND_TOWNS: list[tuple[Lang, str, Mapping[str, Any] | None, int]] = [
    ("de", "Raketen schlugen in Homs ein.", None, 1),
    ("de", "Im Zentrum von Homs schlugen Raketen ein.", None, 1),
    ("de", "Bei Kämpfen im Süden von Homs starben zwölf Soldaten.", {"kind": "sector", "bearing": 180}, 2),
    ("de", "Bei Gefechten im Norden der Stadt Aleppo starben drei Soldaten.", {"kind": "sector", "bearing": 0}, 2),
    ("de", "Im südlichen Aleppo starben bei einem Angriff drei Menschen.", {"kind": "sector", "bearing": 180}, 2),
    ("en", "Clashes in southern Aleppo killed three civilians.", {"kind": "sector", "bearing": 180}, 2),
    ("en", "Clashes in the south of Aleppo killed three civilians.", {"kind": "sector", "bearing": 180}, 2),
    ("de", "Südlich von Homs beschoss die Armee Stellungen.", {"kind": "offset", "bearing": 180}, 2),
    ("en", "Rebels shelled a convoy south of Homs.", {"kind": "offset", "bearing": 180}, 2),
    ("de", "Zwanzig Kilometer nordöstlich von Homs beschossen Rebellen einen Konvoi.", {"kind": "offset", "bearing": 45, "distance_km": 20}, 2),
    ("de", "Fünfzig Kilometer westlich von Bagdad wurde ein Konvoi überfallen.", {"kind": "offset", "bearing": 270, "distance_km": 50}, 5),
    ("en", "Rebels shelled a convoy 12 miles (20 kilometers) northeast of Homs.", {"kind": "offset", "bearing": 45, "distance_km": 19.3}, 2),
    ("en", "Twenty miles south of Mosul fighters attacked a checkpoint.", {"kind": "offset", "bearing": 180, "distance_km": 32.2}, 5),
    ("de", "In der Nähe von Idlib wurden zwei Soldaten getötet.", NEAR, 2),
    ("de", "In einem Vorort von Damaskus explodierte eine Autobombe.", NEAR, 2),
    ("de", "In den Vororten von Damaskus gab es schwere Gefechte.", NEAR, 2),
    ("de", "Am Stadtrand von Aleppo schlugen Raketen ein.", NEAR, 2),
    ("de", "Am Rande von Aleppo kam es zu Gefechten.", NEAR, 2),
    ("de", "Rund um Aleppo wird gekämpft.", NEAR, 2),
    ("en", "A car bomb exploded in a suburb of Damascus.", NEAR, 2),
    ("en", "Rockets landed on the outskirts of Aleppo.", NEAR, 2),
    ("en", "The Damascus suburb of Douma was shelled.", None, 1),
    ("de", "Wenige Kilometer vor Mossul griffen Kämpfer einen Kontrollpunkt an.", NEAR, 2),
    ("de", "Wenige Kilometer von Mossul entfernt griffen Kämpfer einen Posten an.", NEAR, 2),
    ("de", "20 Kilometer vor Mossul griffen Kämpfer einen Kontrollpunkt an.", NEAR | {"distance_km": 20}, 2),
    ("en", "Fighters attacked a checkpoint a few miles outside Mosul.", NEAR, 2),
    ("en", "Fighters attacked a checkpoint a few kilometers from Mosul.", NEAR, 2),
    ("en", "Fighters attacked a checkpoint 20 km from Mosul.", NEAR | {"distance_km": 20}, 2),
    ("de", "Zwischen Rakka und Deir al-Sor sprengten Kämpfer eine Brücke.", BETWEEN, 5),
    ("de", "Auf der Straße von Homs nach Palmyra griffen Kämpfer einen Konvoi an.", BETWEEN, 5),
    ("en", "Militants attacked a convoy on the road from Homs to Palmyra.", BETWEEN, 5),
    ("en", "Militants attacked a convoy on the road between Homs and Palmyra.", BETWEEN, 5),
    ("de", "Die Truppen haben Aleppo umzingelt.", None, 1),
    ("de", "Die Armee hat die Stadt Aleppo eingekesselt.", None, 1),
    ("de", "Aleppo ist von Regierungstruppen eingeschlossen.", None, 1),
    ("en", "Troops have surrounded Aleppo.", None, 1),
    ("en", "Aleppo is surrounded by government troops.", None, 1),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "relation", "prec"), AROUND_TOWNS)
def test_around_towns(
    parser: Geoparser, lang: Lang, text: str, relation: Mapping[str, Any] | None, prec: int
) -> None:
    (event,) = told(parser, lang, text)
    assert (shown(event), event.where_prec) == (relation, prec)


@pytest.mark.parametrize(
    ("lang", "text", "heading"),
    [
        ("de", "Von Süden her rücken Peschmerga auf Mossul zu.", 0),
        ("de", "Die Armee rückte von Norden auf Mossul vor.", 180),
        ("en", "Peshmerga advanced on Mosul from the south.", 0),
    ],
)
def test_who_approaches_stands_nowhere(
    parser: Geoparser, lang: Lang, text: str, heading: float
) -> None:
    (event,) = parser.parse(Article("a", text, lang)).events
    assert event.relation is not None
    assert (event.relation.kind, event.relation.heading_deg) == ("approach", heading)
    assert (event.lat, event.lon) == (
        pytest.approx(36.34, abs=0.01),
        pytest.approx(43.12, abs=0.01),
    )
    assert event.geometry is None


BOUNDARIES: list[tuple[Lang, str, str, tuple[str, ...], str | None]] = [
    ("de", "An der Grenze zu Jordanien beschoss die Armee Schmuggler.", "border", ("JO",), "Jordanien"),
    ("de", "An der syrisch-türkischen Grenze beschoss die Armee ein Dorf.", "border", ("SY", "TR"), None),
    ("de", "Im Grenzgebiet zwischen Syrien und Irak griffen Kampfjets Stellungen an.", "border", ("SY", "IQ"), "Syrien"),
    ("de", "An der Grenze zwischen Syrien und der Türkei explodierte eine Bombe.", "border", ("SY", "TR"), "Syrien"),
    ("de", "An der türkischen Grenze explodierte eine Bombe.", "border", ("TR",), None),
    ("de", "Nahe der Grenze zur Türkei griffen Kampfjets in Syrien einen Konvoi an.", "border", ("SY", "TR"), "Syrien"),
    ("de", "In der Provinz Hasaka an der Grenze zur Türkei griffen Kämpfer einen Konvoi an.", "border", ("SY", "TR"), "Hasaka"),
    ("en", "Soldiers shelled smugglers near the border with Jordan.", "border", ("JO",), "Jordan"),
    ("en", "A bomb exploded on the Syrian-Turkish border.", "border", ("SY", "TR"), None),
    ("en", "A bomb exploded on the border between Syria and Turkey.", "border", ("SY", "TR"), "Syria"),
    ("en", "A bomb exploded on the Afghanistan-Pakistan border.", "border", ("AF", "PK"), "Afghanistan"),
    ("en", "A bomb exploded near Syria's border with Turkey.", "border", ("SY", "TR"), "Syria's"),
    ("en", "Rebels attacked soldiers in the border area between Mali and Niger.", "border", ("ML", "NE"), "Mali"),
    ("de", "An der Küste von Syrien beschossen Rebellen ein Dorf.", "coast", ("SY",), "Syrien"),
    ("de", "Vor der Küste des Jemen griffen Kämpfer einen Frachter an.", "coast", ("YE",), "Jemen"),
    ("en", "Rebels attacked a ship off the coast of Yemen.", "coast", ("YE",), "Yemen"),
    ("en", "Fighters attacked a ship off Yemen's coast.", "coast", ("YE",), "Yemen's"),
    ("en", "Airstrikes hit positions along the Syrian coast.", "coast", ("SY",), None),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "kind", "codes", "name"), BOUNDARIES)
def test_borders_and_coasts(
    parser: Geoparser,
    shipped_gazetteer: Gazetteer,
    lang: Lang,
    text: str,
    kind: str,
    codes: tuple[str, ...],
    name: str | None,
) -> None:
    read = parser.parse(Article("a", text, lang))
    (event,) = read.events
    assert event.relation is not None
    at_sea = kind == "coast" and ("Vor der" in text or " off " in text)
    assert (event.relation.kind, event.where_prec) == (kind, 7 if at_sea else 5)
    assert event.geometry is not None
    strip = shape(event.geometry)
    assert strip.intersects(shapely.Point(event.lon, event.lat))
    for code in codes:
        place = shipped_gazetteer.country(code)
        assert place is not None
        assert strip.distance(shape(shipped_gazetteer.area(place))) < 0.01
    assert (event.location is None) == (name is None)
    if event.location is not None:
        assert read.resolutions[event.location].toponym.text == name
    (record,) = record_of(read).events
    assert record.geo_precision == 3
    assert record.name
    assert all(text[m.start : m.end] == m.text for m in event.mentions)


@pytest.mark.parametrize(
    ("lang", "text", "inside", "outside"),
    [
        (
            "de",
            "Vor der Küste von Odessa griffen Drohnen ein Schiff an.",
            (30.9, 46.4),
            (30.7, 46.48),
        ),
        ("en", "Drones attacked a ship off the coast of Odesa.", (30.9, 46.4), (30.7, 46.48)),
        (
            "de",
            "Vor der Küste von Latakia griffen Drohnen ein Schiff an.",
            (35.65, 35.5),
            (35.85, 35.55),
        ),
    ],
)
def test_off_a_town_is_the_sea_beside_it(
    parser: Geoparser,
    lang: Lang,
    text: str,
    inside: tuple[float, float],
    outside: tuple[float, float],
) -> None:
    (event,) = told(parser, lang, text)
    assert (shown(event), event.where_prec) == ({"kind": "coast"}, 7)
    area = shape(event.geometry)
    assert area.contains(shapely.Point(inside))
    assert not area.contains(shapely.Point(outside))
    assert area.contains(shapely.Point(event.lon, event.lat))


def test_off_a_town_inland_is_near_it(parser: Geoparser) -> None:
    (event,) = told(parser, "de", "Vor der Küste von Homs griffen Drohnen ein Schiff an.")
    assert (shown(event), event.where_prec) == (NEAR, 2)


@pytest.mark.parametrize(
    ("text", "code", "inside", "outside"),
    [
        ("In Nordsyrien beschoss die Armee ein Dorf.", "SY", (38.0, 36.4), (36.3, 33.5)),
        ("In der Ostukraine schlugen Raketen ein.", "UA", (38.0, 48.6), (24.0, 49.8)),
    ],
)
def test_a_part_of_a_country_with_a_name_is_its_area(
    parser: Geoparser,
    shipped_gazetteer: Gazetteer,
    text: str,
    code: str,
    inside: tuple[float, float],
    outside: tuple[float, float],
) -> None:
    (event,) = told(parser, "de", text)
    area = shape(event.geometry)
    country = shipped_gazetteer.country(code)
    assert country is not None
    assert area.contains(shapely.Point(inside))
    assert not area.contains(shapely.Point(outside))
    assert shape(shipped_gazetteer.area(country)).buffer(0.01).contains(area)


@pytest.mark.parametrize(
    ("lang", "text", "inside", "relation"),
    [
        ("de", "Im Golf von Aden wurde ein Frachter beschossen.", (48.0, 12.5), None),
        ("en", "A missile struck a tanker in the Red Sea.", (38.0, 20.0), None),
        ("de", "Im Persischen Golf griffen Schnellboote einen Tanker an.", (52.0, 26.5), None),
        ("de", "Im südlichen Roten Meer beschossen Huthi-Rebellen einen Frachter.", (41.0, 16.0),
         {"kind": "sector", "bearing": 180}),
    ],
)  # fmt: skip
def test_at_sea_is_the_water(
    parser: Geoparser,
    lang: Lang,
    text: str,
    inside: tuple[float, float],
    relation: dict[str, Any] | None,
) -> None:
    (event,) = told(parser, lang, text)
    assert event.where_prec == 7
    assert shown(event) == relation
    area = shape(event.geometry)
    assert area.contains(shapely.Point(inside))
    country = parser.index.country_at(area.representative_point().y, area.representative_point().x)
    assert country is None


def test_words_stand_for_a_border_that_no_name_tells_of(parser: Geoparser) -> None:
    text = "An der syrisch-türkischen Grenze beschoss die Armee ein Dorf."
    read = parser.parse(Article("a", text, "de"))
    (event,) = record_of(read).events
    assert (event.name, event.country, event.location_start) == (
        "syrisch-türkischen Grenze", None, None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "In Kobane an der Grenze zur Türkei schlugen Raketen ein."),
        ("de", "In Latakia an der Küste schlugen Raketen ein."),
        ("en", "Rockets hit the Syrian town of Kobani near the Turkish border."),
    ],
)
def test_a_town_at_a_border_is_the_place(parser: Geoparser, lang: Lang, text: str) -> None:
    (event,) = told(parser, lang, text)
    assert (event.relation, event.where_prec) == (None, 1)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Kämpfer überfielen nahe der Grenze einen Konvoi."),
        ("de", "Die Grenze zu Jordanien ist geschlossen."),
        ("de", "Grenzsoldaten der Türkei griffen an."),
        ("en", "Rebels attacked a border post."),
        ("en", "The border with Jordan is closed."),
    ],
)
def test_a_border_of_nobody_is_nowhere(parser: Geoparser, lang: Lang, text: str) -> None:
    assert [e for e in told(parser, lang, text) if e.relation is not None] == []


def test_the_neighbour_is_the_country_spoken_of(parser: Geoparser) -> None:
    text = (
        "In Homs und Aleppo schlugen Raketen ein. An der türkischen Grenze explodierte eine Bombe."
    )
    *_, event = told(parser, "de", text)
    assert event.geometry is not None
    assert event.lon == pytest.approx(38.6, abs=0.5)
    assert shape(event.geometry).bounds[2] < 43


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "An der Grenze zum Libanon beschoss die israelische Armee ein Dorf."),
        ("en", "Israeli troops clashed with Hezbollah fighters along the Lebanese border."),
    ],
)
def test_whose_army_is_there_is_the_neighbour(parser: Geoparser, lang: Lang, text: str) -> None:
    (event,) = told(parser, lang, text)
    assert (event.lat, event.lon) == (pytest.approx(33.1, abs=0.1), pytest.approx(35.4, abs=0.1))


def test_two_borders_of_one_country_are_two_events(parser: Geoparser) -> None:
    text = (
        "An der Grenze zwischen Syrien und der Türkei explodierte eine Bombe. "
        "An der Grenze zwischen Syrien und dem Irak explodierte eine Bombe."
    )
    assert len(told(parser, "de", text)) == 2


def test_a_denied_strike_at_a_border_is_denied(parser: Geoparser) -> None:
    text = "Moskau dementierte, dass Kampfjets an der türkisch-syrischen Grenze Ziele bombardiert hätten."
    (event,) = told(parser, "de", text)
    assert event.modality == "negation"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Seit Jahren herrscht in Syrien Krieg. Im Nordosten des Landes explodierte eine Autobombe."),
        ("en", "The war in Syria goes on. In the northeast of the country a car bomb exploded."),
        ("en", "Airstrikes in northeastern Syria killed five people."),
    ],
)  # fmt: skip
def test_a_part_of_the_country_spoken_of(parser: Geoparser, lang: Lang, text: str) -> None:
    *_, event = told(parser, lang, text)
    assert (shown(event), event.where_prec) == ({"kind": "sector", "bearing": 45}, 5)
    assert event.lat is not None
    assert event.lon is not None
    assert event.lat > 35
    assert event.lon > 38


@pytest.mark.parametrize(
    ("lang", "text", "dead"),
    [
        ("de", "Niemand wurde getötet, als Raketen in Homs einschlugen.", 0),
        ("de", "Zwei Menschen starben, nachdem in Homs eine Bombe explodierte.", 2),
        ("en", "Three people were killed, police said, when rockets hit Homs.", 3),
    ],
)
def test_the_dead_stand_before_when(parser: Geoparser, lang: Lang, text: str, dead: int) -> None:
    (event,) = told(parser, lang, text)
    assert event.deaths.best == dead


def test_the_dead_of_one_place_are_not_those_of_the_next(parser: Geoparser) -> None:
    text = "In Aleppo starben zwei Menschen, als Raketen in Homs einschlugen."
    first, second = told(parser, "de", text)
    assert (first.deaths.best, second.deaths.best) == (2, None)
