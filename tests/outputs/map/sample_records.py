"""Records for the tests of the map, put together by hand from articles in own words."""

from __future__ import annotations

from typing import Any

from geomap.records import ArticleRecord

TEXT = """\
Damaskus. Bei neuen Gefechten im Süden von Damaskus sind am Dienstag nach Angaben von \
Beobachtern mindestens zwölf Menschen getötet worden. Die Armee meldete, sie habe in Palmyra ein \
Munitionslager der Dschihadisten zerstört; die Gegenseite bestreitet das. Zugleich rückte ein \
Bündnis von Rebellen von Norden her auf Latakia vor.

In Damaskus schlug außerdem eine Granate auf einem Markt ein. In der Provinz Idlib flohen \
Tausende vor Luftangriffen. Aus dem Westen des Landes, nahe Kardaha-Oberdorf, gab es keine \
Nachrichten. In Homs blieb es, anders als befürchtet, ruhig.

Washington warnte vor einer weiteren Eskalation, auch Moskau und Teheran äußerten sich besorgt. \
In Katar trafen sich Anfang Juli die Außenminister; am Freitag wird der saudische König zu \
Gesprächen in Washington erwartet. Viele Kämpfer stammen aus Tunesien und Jordanien.
"""

IDLIB = {
    "type": "Polygon",
    "coordinates": [
        [
            [36.4, 36.2], [36.9, 36.2], [37.1, 35.9], [37.0, 35.5],
            [36.6, 35.3], [36.3, 35.5], [36.4, 36.2],
        ]
    ],
}  # fmt: skip


def find(words: str, text: str = TEXT, nth: int = 0) -> int:
    """Return where ``words`` stand in the text, the nth time."""
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return at


def toponym(words: str, nth: int = 0, **fields: Any) -> dict[str, Any]:
    start = find(words, nth=nth)
    given = {"start": start, "end": start + len(words), "text": words, "confidence": 0.9}
    return given | fields


def event(event_id: str, place: str, clause: str, nth: int = 0, **fields: Any) -> dict[str, Any]:
    start, begin = find(place, nth=nth), find(clause)
    given = {
        "event_id": event_id,
        "location_start": start,
        "location_end": start + len(place),
        "name": place,
        "description": clause,
        "desc_start": begin,
        "desc_end": begin + len(clause),
        "event_type": "Battles",
        "where_prec": 1,
        "confidence": 0.86,
    }
    return given | fields


SYRIA: dict[str, Any] = {"country": "SY", "feature_class": "P", "method": "exact"}
DAMASCUS = {"lat": 33.5102, "lon": 36.2913, **SYRIA}
PALMYRA = {"lat": 34.5604, "lon": 38.2672, **SYRIA}
LATAKIA = {"lat": 35.5312, "lon": 35.7909, **SYRIA}
WASHINGTON = {"lat": 38.8951, "lon": -77.0364, "country": "US"}


def point(place: dict[str, Any]) -> dict[str, Any]:
    return {"lat": place["lat"], "lon": place["lon"], "country": place["country"]}


TOPONYMS = [
    toponym(
        "Damaskus", role="dateline", reason="Hauptstadt Syriens, 1,6 Mio. Einwohner", **DAMASCUS
    ),
    toponym("Damaskus", nth=1, role="event", reason="Hauptstadt Syriens", **DAMASCUS),
    toponym("Palmyra", role="event", reason="einziger Ort dieses Namens in Syrien", **PALMYRA),
    toponym("Latakia", role="event", reason="Hafenstadt, vom Text gestützt", **LATAKIA),
    toponym("Damaskus", nth=2, role="event", reason="Hauptstadt Syriens", **DAMASCUS),
    toponym("Idlib", role="event", name="Gouvernement Idlib", lat=35.8, lon=36.7, where_prec=4),
    toponym("Kardaha-Oberdorf", reason="steht in keinem Verzeichnis"),
    toponym("Homs", role="event", lat=34.72, lon=36.73),
    toponym("Washington", role="actor", **WASHINGTON),
    toponym("Moskau", role="actor", lat=55.75, lon=37.62, country="RU"),
    toponym("Teheran", role="actor", lat=35.69, lon=51.42, country="IR"),
    toponym("Katar", role="meeting", lat=25.3, lon=51.2, country="QA"),
    toponym("Washington", nth=1, role="meeting", **WASHINGTON),
    toponym("Tunesien", role="origin", lat=34.0, lon=9.0, country="TN"),
    toponym("Jordanien", role="origin", lat=31.0, lon=36.0, country="JO"),
]

EVENTS = [
    event(
        "e1", "Damaskus", "Gefechten im Süden von Damaskus sind am Dienstag nach Angaben von "
        "Beobachtern mindestens zwölf Menschen getötet worden", nth=1,
        **point(DAMASCUS), where_prec=2, uncertainty_km=12.0,
        relation={"kind": "sector", "bearing": 180.0}, sub_event_type="Armed clash",
        date_start="2015-06-23", date_end="2015-06-23", date_text="am Dienstag", date_prec=1,
        date_source="text", deaths_low=12, attribution="third-party", reported_by="Beobachter",
        verification="unverified",
    ),
    event(
        "e2", "Palmyra", "sie habe in Palmyra ein Munitionslager der Dschihadisten zerstört",
        **point(PALMYRA), event_type="Explosions/Remote violence", attribution="belligerent",
        reported_by="die Armee", disputed_by="die Gegenseite", date_start="2015-06-23", date_prec=1,
    ),
    event(
        "e3", "Latakia", "rückte ein Bündnis von Rebellen von Norden her auf Latakia vor",
        **point(LATAKIA), where_prec=2, uncertainty_km=25.0, geomap_type="advance",
        relation={"kind": "approach", "heading_deg": 180.0, "bearing": 0.0}, actor1="Rebellen",
    ),
    event(
        "e4", "Damaskus", "In Damaskus schlug außerdem eine Granate auf einem Markt ein", nth=2,
        **point(DAMASCUS), event_type="Explosions/Remote violence", deaths_text="Dutzende Tote",
    ),
    event(
        "e5", "Idlib", "In der Provinz Idlib flohen Tausende vor Luftangriffen", name="Idlib",
        lat=35.8, lon=36.7, where_prec=4, geometry=IDLIB, event_type="Explosions/Remote violence",
        sub_event_type="Air/drone strike", country="SY",
    ),
    event(
        "e6", "Homs", "In Homs blieb es, anders als befürchtet, ruhig", lat=34.72, lon=36.73,
        modality="negation",
    ),
    event(
        "e7", "Katar", "In Katar trafen sich Anfang Juli die Außenminister", lat=25.3, lon=51.2,
        where_prec=6, uncertainty_km=80.0, geomap_type="meeting", acled_scope=False, event_type="",
        geometry={"type": "Polygon", "coordinates": [[[50.8, 24.7], [51.4, 24.6], [51.6, 25.3],
            [51.3, 26.1], [51.0, 25.9], [50.8, 25.2], [50.8, 24.7]]]},
        date_start="2015-07-01", date_end="2015-07-10", date_text="Anfang Juli", date_prec=3,
    ),
    event(
        "e8", "Washington", "am Freitag wird der saudische König zu Gesprächen in Washington "
        "erwartet", nth=1, **point(WASHINGTON), geomap_type="visit", acled_scope=False,
        event_type="", modality="future",
    ),
]  # fmt: skip


def syria(**fields: Any) -> ArticleRecord:
    """Return the Syrian article of 2015: eight events, seven of them drawn."""
    given: dict[str, Any] = {
        "schema": "geomap/1",
        "id": "syrien-2015",
        "lang": "de",
        "published": "2015-06-25",
        "title": "Kämpfe rücken an die Hauptstadt heran",
        "text": TEXT,
        "source": {"publisher": "Beispielblatt", "url": "https://example.org/syrien"},
        "toponyms": TOPONYMS,
        "events": EVENTS,
    }
    return ArticleRecord.model_validate(given | fields)


def village(number: int = 1, **fields: Any) -> ArticleRecord:
    """Return a short English article with one event, which ``fields`` change."""
    text = f"Shells hit Bakhmut on Monday, the {number}th attack."
    event_fields: dict[str, Any] = {
        "event_id": "e1",
        "location_start": 11,
        "location_end": 18,
        "name": "Bakhmut",
        "lat": 48.59,
        "lon": 38.0,
        "where_prec": 1,
        "event_type": "Explosions/Remote violence",
        "description": "Shells hit Bakhmut",
        "desc_start": 0,
        "desc_end": 18,
    }
    found = {"start": 11, "end": 18, "text": "Bakhmut", "lat": 48.59, "lon": 38.0, "role": "event"}
    return ArticleRecord.model_validate(
        {
            "id": f"village-{number}",
            "lang": "en",
            "text": text,
            "toponyms": [found],
            "events": [event_fields | fields],
        }
    )
