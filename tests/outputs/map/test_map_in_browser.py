"""The page in a real browser, from disk, with the network off.

Needs Playwright and a Chromium ($GEOMAP_CHROMIUM, else one on the path); the accessibility check
also axe-core ($GEOMAP_AXE: the path of axe.min.js).
"""

from __future__ import annotations

import base64
import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import folium
import pytest
from hostile_texts import HOSTILE, HUGE, NUL, SURROGATE
from sample_records import EVENTS, syria, village
from test_map_page import dressed

from geomap.outputs.map import build_map, find_tiles, write_map
from geomap.outputs.vector import export
from geomap.records import ArticleRecord

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
pytestmark = pytest.mark.browser

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = os.environ.get("GEOMAP_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
AXE = os.environ.get("GEOMAP_AXE")
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
LISTED = "selector => [...document.querySelectorAll(selector)].map(node => node.id.slice(3))"

Open = Callable[..., "Visit"]


class Visit:
    """A page that was opened, with all it asked for and complained about."""

    def __init__(self, context: Any, path: Path, fragment: str) -> None:
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page = context.new_page()
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(path.as_uri() + fragment)
        self.page.wait_for_selector("html[data-ready]")

    def popup(self) -> str:
        """Return the id of the event whose popup is open."""
        self.page.wait_for_selector(".leaflet-popup .popup")
        return str(self.page.get_attribute(".popup", "data-event"))

    def run(self, script: str, argument: Any = None) -> Any:
        return self.page.evaluate(script, argument)

    def shown_entries(self) -> set[str]:
        """Return the ids of the events that the lists show."""
        return {str(i) for i in self.run(LISTED, "[id^=ev-]:not([hidden])")}

    def hidden_entries(self) -> set[str]:
        """Return the ids of the events that filters hide from the lists."""
        return {str(i) for i in self.run(LISTED, "[id^=ev-][hidden]")}

    def in_view(self, selector: str) -> bool:
        """Tell whether an element lies within the visible part of the panel."""
        script = """selector => {
            const panel = document.getElementById('panel').getBoundingClientRect();
            const box = document.querySelector(selector).getBoundingClientRect();
            return box.top >= panel.top - 1 && box.bottom <= panel.bottom + 1;
        }"""
        return bool(self.run(script, selector))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("no Chromium found: install one or set GEOMAP_CHROMIUM")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Any, tmp_path: Path) -> Iterator[Open]:
    contexts = []

    def open_map(
        *records: ArticleRecord,
        fragment: str = "",
        size: dict[str, int] = DESK,
        theme: str = "light",
        path: Path | None = None,
        **made: Any,
    ) -> Visit:
        if path is None:
            path = tmp_path / "map.html"
            write_map(records or [syria()], path, **made)
        options = {"viewport": size, "color_scheme": theme, "reduced_motion": "reduce"}
        contexts.append(browser.new_context(offline=True, **options))
        return Visit(contexts[-1], path, fragment)

    yield open_map
    for context in contexts:
        context.close()


def test_opens_from_disk_with_one_request_and_no_complaint(visit: Open) -> None:
    opened = visit()
    opened.page.click("[data-ev=e1]")
    opened.popup()
    assert len(opened.requests) == 1
    assert opened.requests[0].startswith("file:")
    assert opened.complaints == []


@pytest.mark.parametrize("event", ["e1", "e2", "e3", "e4", "e5", "e7", "e8"])
def test_a_mention_opens_its_event(visit: Open, event: str) -> None:
    opened = visit()
    opened.page.click(f'.text a[href="#{event}"]')
    assert opened.popup() == event
    assert opened.run("location.hash") == f"#{event}"


def test_a_marker_shows_its_clause_in_the_text(visit: Open) -> None:
    opened = visit(size={"width": 1440, "height": 500})
    opened.run("document.getElementById('panel').scrollTop = 1e6")
    assert not opened.in_view("#m-e3 + a")
    opened.page.click('.marker:has([aria-label^="Latakia"])')
    assert opened.popup() == "e3"
    assert opened.in_view("#m-e3 + a")
    marked = opened.run(
        "[...document.querySelectorAll('.text .on')].map(n => n.textContent).join('')"
    )
    assert marked == "rückte ein Bündnis von Rebellen von Norden her auf Latakia vor"


def test_an_area_opens_like_a_marker(visit: Open) -> None:
    opened = visit()
    opened.page.click("path.area.own.k-blast")
    assert opened.popup() == "e5"
    assert opened.page.locator('.marker:has([aria-label^="Idlib"])').count() == 0


def test_the_popup_leads_to_the_text(visit: Open) -> None:
    opened = visit(fragment="#e8")
    opened.popup()
    opened.run("document.getElementById('panel').scrollTop = 0")
    opened.page.click(".popup button")
    assert opened.in_view("#m-e8 + a")
    assert opened.run("document.activeElement.textContent") == "Washington"


def test_permalinks_open_their_event(visit: Open) -> None:
    assert visit(fragment="#e2").popup() == "e2"


@pytest.mark.parametrize("fragment", ["#nothing", "#%E0"])
def test_a_permalink_to_what_is_not_there_is_told(visit: Open, fragment: str) -> None:
    opened = visit(fragment=fragment)
    assert opened.complaints == []
    assert opened.page.locator(".popup").count() == 0
    assert (
        opened.page.inner_text("#note") == "Das Ereignis dieses Links ist nicht auf dieser Seite."
    )
    opened.page.click("a.entry >> nth=0")
    assert opened.page.locator("#note").is_hidden()


def test_events_of_the_same_place_can_all_be_reached(visit: Open) -> None:
    opened = visit(*(village(number) for number in range(1, 6)))
    opened.page.click('.marker:has(.ring[aria-label^="5"])')
    opened.page.locator(".marker:has(.glyph)").nth(4).wait_for()
    seen = set()
    for index in range(5):
        opened.page.locator(".marker:has(.glyph)").nth(index).click(force=True)
        seen.add(opened.popup())
        opened.page.keyboard.press("Escape")
        opened.page.wait_for_selector(".popup", state="detached")
    assert len(seen) == 5


def test_very_many_events_of_a_place_are_leafed_through(visit: Open) -> None:
    opened = visit(*(village(number) for number in range(1, 41)))
    opened.page.click('.marker:has(.ring[aria-label^="40"])')
    assert opened.popup() == "a1-e1"
    assert opened.page.inner_text(".pager span") == "1 / 40"
    assert opened.page.locator(".marker").count() == 1
    opened.page.click(".pager button:last-child")
    opened.page.wait_for_selector('.popup[data-event="a2-e1"]')
    opened.page.keyboard.press("p")
    opened.page.wait_for_selector('.popup[data-event="a1-e1"]')
    opened.page.click(".pager button:first-child")
    opened.page.wait_for_selector('.popup[data-event="a40-e1"]')


def test_the_filter_hides_markers_and_areas(visit: Open) -> None:
    opened = visit()
    paths = "path.area.k-blast, .marker .glyph.k-blast, .ring .k-blast"
    assert opened.page.locator(paths).count() >= 3
    opened.page.uncheck('#kinds input[data-kind="blast"]')
    assert opened.page.locator(paths).count() == 0
    assert opened.page.locator("path.area.k-battle").count() == 2
    opened.page.check('#kinds input[data-kind="blast"]')
    assert opened.page.locator(paths).count() >= 3


def test_a_hidden_event_shows_itself_when_chosen(visit: Open) -> None:
    opened = visit()
    opened.page.uncheck('#kinds input[data-kind="meeting"]')
    opened.page.click('.text a[href="#e7"]')
    assert opened.popup() == "e7"
    assert opened.page.is_checked('#kinds input[data-kind="meeting"]')


def test_all_works_from_the_keyboard(visit: Open) -> None:
    opened = visit()
    opened.page.focus('.marker:has([aria-label^="Palmyra"])')
    for key in ("Enter", " "):
        opened.page.keyboard.press(key)
        assert opened.popup() == "e2"
        assert opened.run("document.activeElement.closest('.leaflet-popup') !== null")
        opened.page.keyboard.press("Escape")
        opened.page.wait_for_selector(".popup", state="detached")
    opened.page.focus("path.area.own.k-blast")
    opened.page.keyboard.press("Enter")
    assert opened.popup() == "e5"
    opened.page.keyboard.press("n")
    assert opened.popup() == "e7"
    opened.page.keyboard.press("p")
    opened.page.keyboard.press("p")
    assert opened.popup() == "e4"


def visit_every_part(opened: Visit) -> None:
    """Use the page as a reader would, all of it."""
    page = opened.page
    page.click("#more summary")
    page.click("#as-table")
    for column in ("place", "when", "told", "casualties", "kind", "confidence", "number"):
        page.click(f"th.{column} button")
    page.click("#as-text")
    page.fill("#search", "<img ${ {{")
    page.fill("#search", "")
    page.mouse.move(200, 300)
    page.emulate_media(media="print")
    page.emulate_media(media="screen")


def test_nothing_of_an_article_is_executed(visit: Open) -> None:
    opened = visit(*(dressed(words) for words in HOSTILE))
    visit_every_part(opened)
    for number, words in enumerate(HOSTILE):
        opened.run("id => { location.hash = id; }", f"a{number + 1}-e1")
        opened.page.wait_for_selector(f'.popup[data-event="a{number + 1}-e1"]')
        read = "selector => document.querySelector(selector).textContent"
        assert opened.run(read, ".popup blockquote") == words
        assert opened.run(read, ".popup-title") == words
    for fmt in ("GeoJSON", "CSV", "Picture (PNG)"):
        opened.page.click("#save summary")
        with opened.page.expect_download():
            opened.page.click(f"#save button:text-is('{fmt}')")
    assert opened.run("typeof top.hacked") == "undefined"
    assert opened.complaints == []
    assert len(opened.requests) <= 5  # The file, and what it saves.
    assert all(url.startswith(("file:", "blob:", "data:")) for url in opened.requests)


@pytest.mark.parametrize("words", [HOSTILE[0], HOSTILE[5], HOSTILE[29], NUL, SURROGATE, HUGE])
def test_one_hostile_article_alone(visit: Open, words: str) -> None:
    opened = visit(dressed(words), fragment="#a1-e1")
    visit_every_part(opened)
    opened.page.focus(".events a.entry")
    opened.page.keyboard.press("Enter")
    opened.popup()
    assert opened.run("typeof top.hacked") == "undefined"
    assert opened.complaints == []
    assert len(opened.requests) == 1
    assert opened.run("document.documentElement.scrollWidth") <= DESK["width"]


def test_what_slips_through_would_be_stopped_by_the_policy(visit: Open) -> None:
    opened = visit()
    slip = "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=top.hacked=1>')"
    with opened.page.expect_console_message(lambda told: "inline event handler" in told.text):
        opened.run(slip)
    assert opened.run("typeof top.hacked") == "undefined"


def test_fits_a_phone(visit: Open) -> None:
    opened = visit(size=PHONE, fragment="#e1")
    opened.popup()
    assert opened.run("document.documentElement.scrollWidth") <= PHONE["width"]
    assert opened.run("document.getElementById('panel').scrollWidth") <= PHONE["width"]
    close = opened.page.locator(".leaflet-popup-close-button")
    box = close.bounding_box()
    assert box["width"] >= 44
    assert box["y"] >= 0
    close.click()
    opened.page.wait_for_selector(".popup", state="detached")


def test_a_phone_shows_what_a_popup_offers_without_scrolling(visit: Open) -> None:
    opened = visit(size=PHONE, fragment="#e1")
    opened.popup()
    scrolled = opened.page.wait_for_selector(".leaflet-popup-scrolled").bounding_box()
    for button in opened.page.query_selector_all(".popup-foot button"):
        box = button.bounding_box()
        assert box["height"] >= 44
        assert box["y"] >= scrolled["y"]
        assert box["y"] + box["height"] <= scrolled["y"] + scrolled["height"] + 1


def test_the_chooser_shows_one_article(visit: Open) -> None:
    opened = visit(syria(), village())
    opened.page.select_option("#chooser", "1")
    assert opened.page.locator(".article:visible").count() == 1
    assert opened.page.locator("path.area").count() == 0
    opened.page.wait_for_selector('.marker:has([aria-label^="Bakhmut"])')


@pytest.mark.parametrize("fmt", ["geojson", "csv"])
def test_downloads_are_the_files_of_the_exporters(visit: Open, tmp_path: Path, fmt: Any) -> None:
    opened = visit()
    opened.page.click("#save summary")
    with opened.page.expect_download() as waiting:
        opened.page.click(f"#save button:text-is('{'CSV' if fmt == 'csv' else 'GeoJSON'}')")
    assert waiting.value.suggested_filename == f"events.{fmt}"
    waiting.value.save_as(tmp_path / "saved")
    export([syria()], tmp_path / f"events.{fmt}", fmt)
    assert (tmp_path / "saved").read_bytes() == (tmp_path / f"events.{fmt}").read_bytes()
    assert not opened.complaints


def test_the_view_can_be_saved_as_a_picture(visit: Open, tmp_path: Path) -> None:
    opened = visit()
    opened.page.click("#save summary")
    with opened.page.expect_download() as waiting:
        opened.page.click("#save button:has-text('PNG')")
    assert waiting.value.suggested_filename == "map.png"
    waiting.value.save_as(tmp_path / "map.png")
    png = (tmp_path / "map.png").read_bytes()
    box = opened.page.locator(".folium-map").bounding_box()
    assert [int.from_bytes(png[at : at + 4]) for at in (16, 20)] == [
        2 * round(box[side]) for side in ("width", "height")
    ]
    assert len(png) > 40_000
    assert opened.complaints == []


@pytest.mark.parametrize(
    ("facet", "value", "gone"),
    [
        ("modality", "future", {"e8"}),
        ("told", "belligerent", {"e2"}),
        ("told", "disputed", {"e2"}),
        ("role", "meeting", {"e7", "e8"}),
        ("grade", "low", {"e4"}),
    ],
)
def test_every_facet_filters_markers_areas_and_lists(
    visit: Open, facet: str, value: str, gone: set[str]
) -> None:
    events = [e | ({"confidence": 0.2} if e["event_id"] == "e4" else {}) for e in EVENTS]
    opened = visit(syria(events=events))
    opened.page.click("#more summary")
    opened.page.uncheck(f'#more input[data-{facet}="{value}"]')
    assert opened.hidden_entries() - {"e6"} == gone
    assert opened.page.text_content("#status").startswith(f"{7 - len(gone)} von 7")
    opened.page.click("#show-all")
    assert opened.hidden_entries() == set()


def test_a_facet_counts_what_the_others_leave(visit: Open) -> None:
    opened = visit()
    opened.page.uncheck('#kinds input[data-kind="blast"]')
    opened.page.click("#more summary")
    row = opened.page.locator('#more label:has(input[data-told="belligerent"]) .count')
    assert row.inner_text() == "0"
    assert opened.page.locator('#kinds label:has([data-kind="blast"]) .count').inner_text() == "3"


def test_a_period_hides_what_lies_outside_and_what_has_no_date(visit: Open) -> None:
    opened = visit()
    opened.page.click("#more summary")
    first = opened.page.get_by_label("von (TT.MM.JJJJ)")
    for day in ("2.7.2015", "2015-07-02"):
        first.fill(day)
        first.press("Tab")
        assert opened.hidden_entries() == {"e1", "e2", "e3", "e4", "e5", "e6", "e8"}
        assert opened.page.locator("path.area").count() == 1
        assert first.input_value() == "02.07.2015"
        opened.page.click("#whole")
        assert opened.hidden_entries() == set()


@pytest.mark.parametrize("day", ["31.2.2015", "gestern", "2015-13-01"])
def test_what_is_no_day_is_told_and_filters_nothing(visit: Open, day: str) -> None:
    opened = visit()
    opened.page.click("#more summary")
    last = opened.page.get_by_label("bis (TT.MM.JJJJ)")
    last.fill(day)
    last.press("Tab")
    assert last.get_attribute("aria-invalid") == "true"
    assert opened.page.inner_text("#status").startswith("Kein Datum wie ")
    assert opened.hidden_entries() == set()
    last.fill("")
    last.press("Tab")
    assert last.get_attribute("aria-invalid") == "false"


def test_an_english_page_writes_days_as_iso_8601(visit: Open) -> None:
    opened = visit(ui_lang="en")
    opened.page.click("#more summary")
    first = opened.page.get_by_label("from (YYYY-MM-DD)")
    first.fill("2015-07-02")
    first.press("Tab")
    assert first.input_value() == "2015-07-02"
    assert "e1" in opened.hidden_entries()


def test_search_narrows_map_lists_and_table(visit: Open) -> None:
    opened = visit()
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("damaskus granate")
    assert opened.hidden_entries() == {"e1", "e2", "e3", "e5", "e6", "e7", "e8"}
    assert opened.page.locator("path.area").count() == 0
    opened.page.keyboard.press("Enter")
    assert opened.popup() == "e4"
    opened.page.focus("#search")
    opened.page.keyboard.press("Escape")
    assert opened.hidden_entries() == set()
    assert opened.page.input_value("#search") == ""


def test_search_finds_places_off_the_map_whatever_their_accents(visit: Open) -> None:
    opened = visit()
    opened.page.fill("#search", "kardàha")
    listed = opened.page.locator(".off li:not(.undrawn):visible")
    assert listed.count() == 1
    opened.page.click(".off .to-text:visible")
    assert opened.page.locator(".place.on").inner_text() == "Kardaha-Oberdorf"
    assert opened.in_view(".place.on")


def test_arrows_step_but_move_the_map_while_it_has_the_focus(visit: Open) -> None:
    opened = visit()
    opened.page.keyboard.press("ArrowRight")
    assert opened.popup() == "e1"
    opened.page.keyboard.press("ArrowLeft")
    assert opened.popup() == "e8"
    opened.page.focus(".folium-map")
    opened.page.keyboard.press("ArrowLeft")
    assert opened.popup() == "e8"


def test_the_way_back_leads_through_the_events_seen(visit: Open) -> None:
    opened = visit()
    opened.page.keyboard.press("n")
    opened.page.keyboard.press("n")
    assert opened.popup() == "e2"
    opened.page.go_back()
    opened.page.wait_for_selector('.popup[data-event="e1"]')
    opened.page.go_back()
    opened.page.wait_for_selector(".popup", state="detached")
    opened.page.go_forward()
    opened.page.wait_for_selector('.popup[data-event="e1"]')


def test_what_is_not_drawn_has_a_permalink_too(visit: Open) -> None:
    opened = visit(fragment="#e6")
    assert opened.page.locator(".popup").count() == 0
    assert opened.in_view("#ev-e6.on")


@pytest.mark.parametrize("width", [1024, 1280, 1440, 1920])
def test_the_table_is_no_wider_than_its_pane(visit: Open, width: int) -> None:
    wordy = village(
        date_end="2015-09-22",
        date_source="publication",
        attribution="belligerent",
        reported_by="police spokeswoman Marie-Michelle Verrier",
        deaths_low=1234,
    )
    opened = visit(wordy)
    opened.page.set_viewport_size({"width": width, "height": 900})
    opened.page.click("#as-table")
    wide, pane = opened.run("(({scrollWidth, clientWidth}) => [scrollWidth, clientWidth])(table)")
    assert wide <= pane


def test_the_table_lists_all_events_and_sorts(visit: Open) -> None:
    opened = visit()
    opened.page.click("#as-table")
    places = opened.page.locator("td.place .name")
    assert places.count() == 8
    opened.page.click("th.place button")
    assert places.all_inner_texts() == sorted(places.all_inner_texts())
    assert opened.page.get_attribute("th.place", "aria-sort") == "ascending"
    opened.page.click("th.place button")
    assert places.first.inner_text() == "Washington"
    opened.page.click("th.casualties button")
    assert opened.page.locator("tbody tr >> nth=0").get_attribute("id") == "row-e1"
    opened.page.click("#row-e2 a")
    assert opened.popup() == "e2"
    assert opened.page.locator("#row-e2.on").count() == 1
    opened.page.uncheck('#kinds input[data-kind="meeting"]')
    assert places.count() == 6


def test_the_timeline_shows_how_exact_a_date_is(visit: Open) -> None:
    opened = visit()
    bars = opened.page.locator(".bar")
    assert bars.count() == 3
    widths = sorted(bars.evaluate_all("bars => bars.map(bar => bar.getBoundingClientRect().width)"))
    assert widths[2] > 5 * widths[0]


def test_the_timeline_filters_by_drag_keys_and_steps(visit: Open) -> None:
    opened = visit()
    track = opened.page.locator(".track").bounding_box()
    x, y = track["x"], track["y"] + 20
    opened.page.mouse.move(x + 4, y)
    opened.page.mouse.down()
    opened.page.mouse.move(x + 12, y, steps=2)
    opened.page.mouse.move(x + track["width"] * 0.2, y, steps=2)
    opened.page.mouse.up()
    assert opened.shown_entries() == {"e1", "e2"}
    assert "4 ohne Datum" in opened.page.inner_text("#span")
    opened.page.mouse.move(x + track["width"] * 0.1, y)
    opened.page.mouse.down()
    opened.page.mouse.move(x + track["width"], y, steps=4)
    opened.page.mouse.up()
    assert opened.shown_entries() == {"e7"}
    opened.page.click("#whole")
    opened.page.click("button.on-ward")
    assert opened.shown_entries() == {"e1", "e2"}
    opened.page.focus(".track .from")
    opened.page.click("#whole")
    opened.page.focus(".track .from")
    opened.page.keyboard.press("ArrowRight")
    assert opened.shown_entries() == {"e7"}
    assert opened.page.get_attribute(".track .from", "aria-valuetext") == "24. Juni 2015"


def test_playing_moves_the_window_and_stops(visit: Open) -> None:
    opened = visit()
    opened.page.click("#play")
    first = opened.page.inner_text("#span")
    opened.page.wait_for_function(
        "first => document.getElementById('span').textContent !== first", arg=first
    )
    opened.page.click("#play")
    assert opened.page.get_attribute("#play", "aria-label") == "Abspielen"


def test_two_dates_need_no_timeline(visit: Open) -> None:
    opened = visit(syria(events=EVENTS[:2]))
    assert not opened.page.is_visible("#timeline")


def test_the_popup_says_all_and_links_its_source(visit: Open) -> None:
    opened = visit(fragment="#e1")
    opened.popup()
    words = opened.page.inner_text(".popup dl")
    for part in ("23. Juni 2015", "mindestens 12 Tote", "geschehen", "Beobachter", "Hauptstadt",
                 "in der Nähe des Ortes", "hoch (86", "Beispielblatt"):  # fmt: skip
        assert part in words
    assert opened.page.get_attribute(".popup dd a", "href") == "https://example.org/syrien"


def test_link_and_citation_can_be_copied(visit: Open) -> None:
    opened = visit(fragment="#e3")
    opened.popup()
    opened.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for label, end in (("Link kopieren", "map.html#e3"), ("Beleg", "https://example.org/syrien")):
        opened.page.click(f".popup button:has-text('{label}')")
        opened.page.wait_for_selector(".popup button:has-text('Kopiert')")
        copied = opened.run("navigator.clipboard.readText()")
        assert copied.endswith(end)
    assert copied.startswith("„rückte ein Bündnis von Rebellen von Norden her auf Latakia vor“ – ")
    assert "Beispielblatt, 25. Juni 2015." in copied


def test_the_theme_follows_the_system_and_the_button(visit: Open) -> None:
    opened = visit(theme="dark")
    assert opened.run("document.documentElement.dataset.theme") == "dark"
    opened.page.click("#theme")
    assert opened.run("document.documentElement.dataset.theme") == "light"


def test_paper_shows_numbers_beside_signs_and_entries(visit: Open) -> None:
    opened = visit()
    opened.page.emulate_media(media="print")
    assert opened.page.locator(".marker .number:visible").count() == 3
    numbers = opened.page.locator(".marker .number").all_text_contents()
    assert set(numbers) == {"1, 4", "2", "3"}
    entry = "getComputedStyle(document.querySelector('#ev-e2'), '::before').content"
    assert opened.run(entry) in ('"2"', "attr(data-number)")
    for hidden in ("#save", "#search", ".controls button", ".leaflet-control-zoom"):
        assert opened.page.locator(hidden).first.is_hidden()


def test_paper_lists_the_events_of_folded_articles(visit: Open) -> None:
    opened = visit(*(village(number) for number in range(1, 6)))
    entries = opened.page.locator(".events > li:visible")
    assert entries.count() == 0
    opened.page.emulate_media(media="print")
    opened.page.locator(".article details[open] .events").nth(4).wait_for()
    assert entries.count() == 5
    assert entries.last.get_attribute("data-number") == "5"
    opened.page.emulate_media(media="screen")
    opened.page.wait_for_selector(".article details[open]", state="detached")


def test_an_area_of_several_events_shows_one_after_the_other(visit: Open) -> None:
    twice = [
        e | {"event_id": f"{e['event_id']}{i}"}
        for e in EVENTS
        if e["event_id"] == "e5"
        for i in (1, 2)
    ]
    opened = visit(syria(events=twice))
    assert opened.page.locator("path.area").count() == 1
    seen = set()
    for _ in range(2):
        opened.page.click("path.area", position={"x": 30, "y": 60})
        seen.add(opened.popup())
    assert seen == {"e51", "e52"}


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """Serve a folder with a map that has tiles, on this machine only."""
    write_map([syria()], tmp_path / "map.html", tiles=find_tiles("OpenStreetMap.Mapnik"))
    handler = partial(QuietHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/map.html"
        server.shutdown()


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


def test_tiles_are_not_fetched_from_disk(visit: Open) -> None:
    opened = visit(tiles=find_tiles("OpenStreetMap.Mapnik"))
    assert "von einem Server" in opened.page.inner_text("#note")
    assert len(opened.requests) == 1
    assert opened.complaints == []


def test_tiles_come_with_a_referrer_and_can_be_switched_off(browser: Any, served: str) -> None:
    page = browser.new_page(viewport=DESK)
    asked: list[Any] = []

    def answer(route: Any) -> None:
        asked.append(route.request.headers.get("referer"))
        route.fulfill(status=200, content_type="image/png", body=PIXEL)

    page.route("https://tile.openstreetmap.org/**", answer)
    page.goto(served)
    page.wait_for_selector(".folium-map.tiled img.leaflet-tile-loaded")
    assert asked[0] == served.removesuffix("map.html")
    assert "OpenStreetMap" in page.inner_text(".leaflet-control-attribution")
    page.hover(".leaflet-control-layers")
    page.uncheck(".leaflet-control-layers label:has-text('Mapnik') input")
    assert page.locator(".folium-map.tiled").count() == 0
    page.close()


def test_without_an_answer_the_embedded_map_stays(browser: Any, served: str) -> None:
    page = browser.new_page(viewport=DESK)
    page.route("https://tile.openstreetmap.org/**", lambda route: route.abort())
    page.goto(served)
    page.wait_for_selector("#note:not([hidden])")
    assert "antwortet nicht" in page.inner_text("#note")
    assert page.locator(".folium-map.tiled").count() == 0
    page.close()


def test_what_is_added_in_python_stands_beside_the_events(visit: Open, tmp_path: Path) -> None:
    page_map = build_map([syria()])
    folium.Marker([34.5, 36.5], popup="Own place", tooltip="own").add_to(page_map)
    page_map.save(str(tmp_path / "own.html"))
    opened = visit(path=tmp_path / "own.html")
    opened.page.click("img.leaflet-marker-icon")
    assert opened.page.inner_text(".leaflet-popup-content") == "Own place"
    opened.page.click('.text a[href="#e2"]')
    assert opened.popup() == "e2"
    assert opened.complaints == []


@pytest.mark.skipif(AXE is None, reason="GEOMAP_AXE does not name axe.min.js")
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE])
def test_no_barriers(visit: Open, theme: str, size: dict[str, int]) -> None:
    opened = visit(theme=theme, size=size, fragment="#e2")
    opened.popup()
    opened.run(Path(str(AXE)).read_text("utf-8"))
    assert find_barriers(opened) == []
    opened.page.keyboard.press("Escape")
    opened.run("document.getElementById('legend').open = true")
    opened.page.click("#more summary")
    opened.page.uncheck("#kinds input >> nth=0")
    assert find_barriers(opened) == []
    opened.run("document.getElementById('legend').open = false")
    opened.page.click("#as-table")
    opened.page.click("#save summary")
    assert find_barriers(opened) == []


@pytest.mark.skipif(AXE is None, reason="GEOMAP_AXE does not name axe.min.js")
def test_no_barriers_with_several_articles(visit: Open) -> None:
    opened = visit(syria(), village(1), village(2), village(3))
    opened.run(Path(str(AXE)).read_text("utf-8"))
    assert find_barriers(opened) == []


def find_barriers(opened: Visit) -> list[tuple[str, Any]]:
    found = opened.run("axe.run()")["violations"]
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]
