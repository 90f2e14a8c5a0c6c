import json
import os
import re
import subprocess
import sys
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hostile_texts import CANARY, HOSTILE, HUGE, NUL, SURROGATE
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_records import TEXT, syria, village

from geomap.errors import OutputError
from geomap.outputs.map import render_map, write_map
from geomap.records import ArticleRecord

ALLOWED_URLS = {
    "https://leafletjs.com",
    "https://www.naturalearthdata.com",
    "https://www.geonames.org",
    "https://creativecommons.org/licenses/by/4.0/",
    "http://www.w3.org/2000/svg",
    "https://example.org/syrien",
    # In comments of Leaflet.
    "https://bugzilla.mozilla.org/show_bug.cgi?id=888319",
    "https://bugs.chromium.org/p/chromium/issues/detail?id=600120",
}


class Elements(HTMLParser):
    """Collects the elements of a page with their attributes' names, and the data block."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[str, ...]]] = []
        self.data = ""
        self._in_data = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, tuple(name for name, _ in attrs)))
        self._in_data = tag == "script" and ("type", "application/json") in attrs

    def handle_endtag(self, tag: str) -> None:
        self._in_data = False

    def handle_data(self, data: str) -> None:
        if self._in_data:
            self.data += data


def read_data(page: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(Elements(page).data)
    return data


def dressed(words: str) -> ArticleRecord:
    """Return a record whose every free text is ``words``."""
    toponym = {"start": 0, "end": len(words), "text": words, "name": words, "lat": 1.0, "lon": 2.0}
    toponym |= {"country": words, "admin1": words, "reason": words, "method": words}
    other = {"start": len(words) + 1, "end": 2 * len(words) + 1, "text": words, "reason": words}
    event = {
        "event_id": words, "location_start": 0, "location_end": len(words), "name": words,
        "country": words, "admin1": words, "lat": 1.0, "lon": 2.0, "where_prec": 1,
        "event_type": words, "sub_event_type": words, "geomap_type": words, "plover": words,
        "description": words, "desc_start": 0, "desc_end": len(words), "reported_by": words,
        "disputed_by": words, "actor1": words, "actor2": words, "date_start": words,
        "date_end": words, "date_text": words, "deaths_text": words, "evidence": [words],
        "attribution": "belligerent",
    }  # fmt: skip
    source = dict.fromkeys(("url", "publisher", "author", "retrieved", "archive_url"), words)
    return ArticleRecord.model_validate(
        {
            "id": words, "lang": "en", "published": words, "title": words,
            "text": f"{words} {words} ends.", "source": source, "toponyms": [toponym, other],
            "events": [event], "made_by": dict.fromkeys(("geomap", "model", "gazetteer"), words),
        }
    )  # fmt: skip


@cache
def list_calm_elements(copies: int) -> list[tuple[str, tuple[str, ...]]]:
    return Elements(render_map([dressed("calm")] * copies)).found


@pytest.fixture(scope="module")
def page() -> str:
    return render_map([syria()])


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("copies", [1, 2])
def test_hostile_words_stay_words(words: str, copies: int) -> None:
    os.environ.pop(CANARY, None)
    page = render_map([dressed(words)] * copies)
    assert CANARY not in os.environ
    # An address that is one becomes a link.
    found = [element for element in Elements(page).found if element != ("a", ("href", "rel"))]
    assert found == list_calm_elements(copies)
    event = read_data(page)["events"][0]
    assert event["title"] == words
    assert "".join(event["quote"]) == words
    assert words in unescape(re.sub(r"<[^>]*>", "", page))


def test_the_corpus_of_hostile_texts_is_large() -> None:
    assert len(set(HOSTILE)) >= 60


@pytest.mark.parametrize("words", [NUL, SURROGATE, HUGE])
def test_what_no_page_can_hold_stays_harmless(words: str) -> None:
    page = render_map([dressed(words)])
    assert Elements(page).found == list_calm_elements(1)
    (event,) = read_data(page)["events"]
    told = words.replace("\ud800", "?").replace("\udfff", "?")
    assert event["title"].removesuffix("…") == told[:300]
    assert len(json.dumps(event)) < 30_000


@settings(max_examples=20, deadline=None)
@given(st.text(min_size=1, max_size=40).filter(lambda words: "\n" not in words))
def test_any_words_come_back_from_the_data(words: str) -> None:
    data = read_data(render_map([dressed(words)]))
    assert "".join(data["events"][0]["quote"]) == words


def test_no_folium_object_sees_article_text(monkeypatch: pytest.MonkeyPatch) -> None:
    from jinja2 import Template

    seen: list[str] = []
    original = Template.render

    def spy(self: Template, *args: Any, **kwargs: Any) -> str:
        result = original(self, *args, **kwargs)
        seen.append(result)
        return result

    monkeypatch.setattr(Template, "render", spy)
    render_map([dressed("Unmistakable")])
    assert seen
    assert not any("Unmistakable" in text for text in seen)


def test_a_map_holds_no_address_but_its_credits(page: str) -> None:
    urls = set(re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}[^\s\"'<>)\\]*", page))
    urls = {url for url in urls if not url.startswith("//")}
    assert urls <= ALLOWED_URLS
    assert not re.search(r"<(link|iframe|object|base)\b", page)
    assert not re.search(r"<(script|img)[^>]* src=", page)


def test_policy_names_every_script_and_style(page: str) -> None:
    policy = re.search(r'Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'")
    assert "unsafe" not in policy[1]
    assert policy[1].count("'sha256-") == len(re.findall(r"<(?:script|style)>", page))


def test_same_records_give_the_same_bytes(page: str) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from sample_records import syria\n"
        "from geomap.outputs.map import render_map\n"
        "sys.stdout.buffer.write(render_map([syria()]).encode())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", code, str(Path(__file__).parent)]
    again = subprocess.run(command, capture_output=True, check=True, env=environment).stdout
    assert again.decode() == page


def test_a_map_of_one_article_is_small(page: str) -> None:
    assert len(page.encode()) <= 800_000


def test_a_map_of_events_all_over_the_world_is_bounded() -> None:
    spread = [village(n, lat=(n * 37) % 120 - 60.0, lon=(n * 73) % 340 - 170.0) for n in range(300)]
    assert len(render_map(spread).encode()) <= 1_500_000


def test_which_events_are_drawn_and_how(page: str) -> None:
    modes = {event["id"]: event.get("mode") for event in read_data(page)["events"]}
    assert modes == {
        "e1": "point", "e2": "point", "e3": "point", "e4": "point",
        "e5": "area", "e6": None, "e7": "area", "e8": "point",
    }  # fmt: skip


def test_looks_say_what_is_claimed_planned_and_not_violent(page: str) -> None:
    events = {event["id"]: event for event in read_data(page)["events"]}
    assert events["e2"]["claim"]
    assert events["e2"]["disputed"]
    assert "Angabe: die Armee" in events["e2"]["badges"]
    assert events["e3"]["heading"] == 180.0
    assert events["e7"]["kind"] == events["e8"]["kind"] == "meeting"
    assert events["e8"]["planned"]
    assert {events[key]["kind"] for key in ("e1", "e3")} == {"battle"}


def test_the_map_opens_on_the_violent_events(page: str) -> None:
    (south, west), (north, east) = read_data(page)["bounds"]
    assert 32 < south < 33.6
    assert 35 < west < 35.8
    assert 35.5 < north < 37
    assert 38.2 < east < 39.5


def test_what_is_not_drawn_is_listed_with_its_reason(page: str) -> None:
    words = unescape(re.sub(r"<[^>]+>", "", page[page.index("Nicht auf der Karte") :]))
    for line in (
        "Homs laut Text nicht geschehen",
        "Teheran handelt oder spricht",
        "Tunesien Herkunft",
        "Kardaha-Oberdorf steht in keinem Verzeichnis",
    ):
        assert line in words


SQUARE = {"type": "Polygon", "coordinates": [[[37, 48], [38, 48], [38, 49], [37, 48]]]}


@given(
    where_prec=st.integers(3, 7),
    km=st.none() | st.floats(0, 500),
    geometry=st.none() | st.just(SQUARE) | st.just({"type": "Point", "coordinates": [38, 48]}),
)
@settings(max_examples=25, deadline=None)
def test_a_vague_place_is_never_a_point(
    where_prec: int, km: float | None, geometry: dict[str, Any] | None
) -> None:
    page = render_map([village(where_prec=where_prec, uncertainty_km=km, geometry=geometry)])
    assert all(event.get("mode") != "point" for event in read_data(page)["events"])
    assert 'id="ev-e1"' in page


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Polygon", "coordinates": [[["</script>", 1], [1, 1], [2, 2], [0, 0]]]},
        {"type": "Polygon", "coordinates": [[[1e400, 1], [1, 1], [2, 2], [0, 0]]]},
        {"type": "Polygon", "coordinates": "x"},
        {"type": "Polygon"},
        {"type": ["Polygon"], "coordinates": []},
        {"type": "GeometryCollection", "geometries": []},
        {"type": "MultiPolygon", "coordinates": [[[]]]},
    ],
)
def test_a_broken_geometry_is_left_out(geometry: dict[str, Any]) -> None:
    page = render_map([village(where_prec=4, geometry=geometry)])
    assert read_data(page)["shapes"] == []
    assert "only a rough area is known" in page


@pytest.mark.parametrize(
    ("modality", "why"),
    [
        ("negation", "did not happen"),
        ("hypothetical", "only possible or feared"),
        ("historical", "earlier event"),
    ],
)
def test_what_did_not_happen_is_not_drawn(modality: str, why: str) -> None:
    (event,) = read_data(render_map([village(modality=modality)]))["events"]
    assert "mode" not in event
    assert why in event["why"]


def test_what_acled_does_not_code_is_never_violent() -> None:
    page = render_map([village(acled_scope=False, event_type="Battles")])
    assert read_data(page)["events"][0]["kind"] == "other"


def test_without_text_only_the_quoted_clauses_stay() -> None:
    page = render_map([syria()], with_text=False)
    plain = unescape(re.sub(r"<[^>]+>", "", page))
    assert "rückte ein Bündnis von Rebellen" in plain
    assert "warnte vor einer weiteren Eskalation" in unescape(render_map([syria()]))
    assert "Eskalation" not in plain
    assert TEXT[:40] not in plain


def test_the_language_of_the_page_can_be_chosen() -> None:
    assert '<html lang="en">' in render_map([syria()], ui_lang="en")
    assert "Syrien" not in {label[0] for label in read_data(render_map([village()]))["labels"]}
    with pytest.raises(ValueError, match="choose de or en"):
        render_map([syria()], ui_lang="fr")


def test_several_articles_share_a_map_without_sharing_ids() -> None:
    page = render_map([syria(), village(1), village(2)])
    ids = [event["id"] for event in read_data(page)["events"]]
    assert len(ids) == len(set(ids)) == 10
    anchors = re.findall(r' id="([^"]+)"', page[: page.index("<script type")])
    assert len(anchors) == len(set(anchors))


def test_a_record_without_events_still_makes_a_page() -> None:
    page = render_map([syria(events=[])])
    assert read_data(page)["bounds"] is None
    assert "Keine Ereignisse" in page


def test_every_mention_links_to_its_event(page: str) -> None:
    links = re.findall(r'<a class="scene named k-(\w+)" href="#(e\d)"[^>]*>([^<]+)</a>', page)
    assert ("battle", "e1", "Damaskus") in links
    assert ("blast", "e4", "Damaskus") in links
    assert ("meeting", "e8", "Washington") in links
    assert len(links) == 7


def test_a_map_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "new" / "map.html"
    write_map([village()], target)
    assert target.read_text("utf-8") == render_map([village()])
    assert [path.name for path in target.parent.iterdir()] == ["map.html"]
    with pytest.raises(OutputError, match="choose another place") as caught:
        write_map([village()], target / "below.html")
    assert caught.value.path == target / "below.html"


def test_the_list_says_when_and_how_many_died() -> None:
    page = render_map([village(deaths_low=2, deaths_best=2, date_start="2024-05-06")])
    listed = re.search(r'<p class="meta">(.*?)</p>', page)
    assert listed is not None
    words = unescape(re.sub(r"<[^>]*>", "", listed[1]))
    assert words == "Shelling, explosion · 6 May 2024 · at least 2 killed"


def test_quotes_are_marked_as_of_their_articles_language() -> None:
    page = render_map([syria(), village()], ui_lang="de")
    assert page.count('<blockquote lang="de"') == len(syria().events)
    assert page.count('<blockquote lang="en"') == len(village().events)
    assert [article["lang"] for article in read_data(page)["articles"]] == ["de", "en"]


@pytest.mark.parametrize(
    ("fields", "sorted_by"),
    [({"deaths_best": 0}, 0), ({"deaths_low": 3}, 3), ({"deaths_high": 0}, 0), ({}, None)],
)
def test_nobody_dead_is_not_unknown(fields: dict[str, Any], sorted_by: int | None) -> None:
    (event,) = read_data(render_map([village(**fields)]))["events"]
    assert event.get("deaths") == sorted_by
