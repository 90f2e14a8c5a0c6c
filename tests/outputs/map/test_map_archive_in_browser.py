"""The page of an archive in a real browser: unpacked, listed page by page, searched, filtered."""

from __future__ import annotations

from typing import Any

import pytest
from hostile_texts import HOSTILE
from sample_records import village
from test_map_archive import spread
from test_map_in_browser import Open, browser, visit  # noqa: F401
from test_map_page import dressed

from geomap.records import ArticleRecord

pytestmark = pytest.mark.browser

ARTICLES = 460


def archive() -> list[ArticleRecord]:
    records = spread(ARTICLES)
    source = {"publisher": "Beispielblatt", "url": "https://example.org/7"}
    fields: dict[str, Any] = {"title": "Seven shells", "source": source}
    records[6] = ArticleRecord.model_validate(records[6].model_dump(by_alias=True) | fields)
    return records


def test_lists_are_turned_page_by_page(visit: Open) -> None:  # noqa: F811
    opened = visit(*archive())
    assert opened.complaints == []
    assert opened.requests[0].startswith("file:")
    assert len(opened.requests) == 1
    assert len(opened.shown_entries()) == 50
    assert opened.page.inner_text(".leaves span") == "1–50 of 460"
    opened.page.click(".leaves button[aria-label='Next page']")
    assert opened.page.inner_text(".leaves span") == "51–100 of 460"
    assert "v51" in opened.shown_entries()


def test_an_address_opens_an_event_on_its_page(visit: Open) -> None:  # noqa: F811
    opened = visit(*archive(), fragment="#v333")
    assert opened.popup() == "v333"
    assert opened.page.inner_text(".leaves span") == "301–350 of 460"
    assert opened.page.locator("#ev-v333.on").count() == 1
    opened.page.keyboard.press("n")
    opened.page.wait_for_selector('.popup[data-event="v334"]')
    opened.page.go_back()
    opened.page.wait_for_selector('.popup[data-event="v333"]')


def test_search_finds_articles_and_shows_their_source(visit: Open) -> None:  # noqa: F811
    opened = visit(*archive())
    opened.page.fill("#search", "seven")
    opened.page.wait_for_selector("#shown:not([hidden])")
    assert opened.shown_entries() == {"v7"}
    assert opened.page.inner_text("#ev-v7 .from") == "Seven shells · Beispielblatt · example.org"
    opened.page.click("#ev-v7 .entry")
    assert opened.popup() == "v7"
    opened.page.click("#show-all")
    assert opened.page.inner_text(".leaves span") == "1–50 of 460"


def test_filters_and_table(visit: Open) -> None:  # noqa: F811
    opened = visit(*archive())
    opened.page.click("#as-table")
    assert opened.page.locator("#table tbody tr").count() == 200
    opened.page.click("#table th.when button")
    dates = opened.page.locator("#table tbody td.when").all_inner_texts()
    assert dates[0].endswith("January 2024")
    opened.page.click("#table .leaves button[aria-label='Next page']")
    assert opened.page.inner_text("#table .leaves span") == "201–400 of 460"
    opened.page.click("#legend input[data-kind=blast]")
    assert opened.page.locator("#table tbody tr").count() == 0
    assert opened.page.locator(".marker").count() == 0
    opened.page.click("#show-all")
    assert opened.page.locator("#table tbody tr").count() == 200


def test_a_date_far_off_does_not_press_the_others_together(visit: Open) -> None:  # noqa: F811
    records = spread(300)
    records[9] = village(10, event_id="v10", date_start="1885-01-01", date_end="2024-03-01")
    records[10] = village(11, event_id="v11", date_start="1890-01-01")
    opened = visit(*records)
    assert opened.complaints == []
    span = opened.page.inner_text("#span")
    assert "– 28 December 2024 (2 reach beyond)" in span
    assert "January 2024" in span
    assert opened.page.locator("#bars .bin .part").count() > 50
    opened.page.focus("#timeline .from")
    opened.page.keyboard.press("ArrowRight")
    opened.page.wait_for_selector("#timeline .window:not([hidden])")
    opened.page.click("#whole")
    opened.page.wait_for_selector("#timeline .window", state="hidden")
    assert len(opened.shown_entries()) == 50


def test_what_the_strip_says_fits_a_phone(visit: Open) -> None:  # noqa: F811
    records = spread(300)
    records[9] = village(10, event_id="v10", date_start="1885-01-01")
    opened = visit(*records, size={"width": 390, "height": 844}, ui_lang="de")
    assert "1 reichen darüber hinaus" in opened.page.inner_text("#span")
    strip = opened.page.locator("#timeline").bounding_box()
    credit = opened.page.locator(".leaflet-control-attribution").bounding_box()
    assert strip is not None
    assert credit is not None
    assert credit["y"] + credit["height"] <= strip["y"] + 1


def test_each_file_to_save_is_named_on_one_line(visit: Open) -> None:  # noqa: F811
    opened = visit(*spread(3))
    opened.page.click("#save summary")
    buttons = opened.page.locator("#save .menu button, #save .menu a")
    assert buttons.count() == 3
    for words in buttons.element_handles():
        lines = "n => n.getBoundingClientRect().height / parseFloat(getComputedStyle(n).fontSize)"
        assert words.evaluate(lines) < 3


@pytest.mark.parametrize("words", HOSTILE[::12])
def test_hostile_archives_stay_words(visit: Open, words: str) -> None:  # noqa: F811
    opened = visit(*([dressed(words)] * 201), fragment="#a1-e1")
    opened.popup()
    assert opened.page.locator("#ev-a1-e1 .name").text_content() == words
    opened.page.click("#as-table")
    opened.page.wait_for_selector("#table tbody tr")
    assert opened.run("top.__x") is None
    assert opened.complaints == []
