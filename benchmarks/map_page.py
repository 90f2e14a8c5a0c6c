"""Measures the map's page: size, time to build, time until its markers can be used.

    python benchmarks/map_page.py [--events 2000] [--archive 20000] [--runs 3]

Needs Playwright and a Chromium ($GEOMAP_CHROMIUM, else /usr/bin/chromium). The large map repeats
the sample articles of seeds/, the archive some hundred texts of seeds/corpus, each event moved a
little and given a day. Prints a Markdown table, and for the archive how its page answers: a filter,
a search, frames while the map is dragged.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from geomap.articles import read_inputs
from geomap.models import Article
from geomap.outputs.map import render_map
from geomap.pipeline import Geoparser
from geomap.records import ArticleRecord, record_of
from geomap.settings import Settings

ROOT = Path(__file__).parents[1]
SPREAD_DEG = 1.5
MOST_TEXTS = 240
# Tells when the page says that it is ready, by its own clock.
WATCH = """new MutationObserver((_, watch) => {
    if (document.documentElement.dataset.ready === undefined) return;
    window.readyAfter = performance.now();
    watch.disconnect();
}).observe(document, { attributes: true, subtree: true })"""


def parse_seeds() -> list[ArticleRecord]:
    """Return the records of the sample articles."""
    geoparser = Geoparser(Settings())
    paths = [str(path) for path in sorted((ROOT / "seeds").glob("*.txt"))]
    articles = read_inputs(paths, Settings(), print)
    return [record_of(geoparser.parse(article)) for article in articles]


def parse_corpus(texts: int) -> list[ArticleRecord]:
    """Return the records of so many texts of the corpus, of all its parts."""
    lines = (ROOT / "seeds" / "corpus" / "corpus.jsonl").read_text("utf-8").splitlines()
    every = max(1, len(lines) // texts)
    geoparser = Geoparser(Settings())
    items = map(json.loads, lines[::every])
    articles = (Article(item["id"], item["text"], item["lang"]) for item in items)
    records = [record_of(parsed) for parsed in geoparser.parse_many(articles, print)]
    return [record for record in records if record.events]


def multiply(records: list[ArticleRecord], events: int) -> list[ArticleRecord]:
    """Return copies of the records with so many events at least, each elsewhere and another day."""
    chance = random.Random(1)
    made: list[ArticleRecord] = []
    while sum(len(record.events) for record in made) < events:
        original = records[len(made) % len(records)].model_dump(by_alias=True)
        made.append(ArticleRecord.model_validate(original | {"id": f"article-{len(made)}"}))
        for event in made[-1].events:
            shift_event(event, chance)
    return made


def trim(records: list[ArticleRecord], events: int) -> list[ArticleRecord]:
    """Return as many of the records as have at most so many events."""
    sums = itertools.accumulate(len(record.events) for record in records)
    return [record for record, total in zip(records, sums, strict=True) if total <= events]


def shift_event(event: Any, chance: random.Random) -> None:
    """Move an exact event and date it."""
    changes: dict[str, Any] = {
        "date_start": f"2024-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    }
    if event.lat is not None and event.geometry is None:
        changes["lat"] = max(-85.0, min(85.0, event.lat + chance.gauss(0, SPREAD_DEG)))
        changes["lon"] = max(-180.0, min(180.0, event.lon + chance.gauss(0, SPREAD_DEG)))
    for name, value in changes.items():
        object.__setattr__(event, name, value)


def time_ready(browser: Any, path: Path, slowdown: int, runs: int) -> float:
    """Return the median of the milliseconds until the page is ready."""
    times = []
    for _ in range(runs):
        context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
        page.add_init_script(WATCH)
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-ready]", timeout=120_000)
        times.append(page.evaluate("readyAfter"))
        context.close()
    return statistics.median(times)


CLICK = """async () => {
    const box = document.querySelector("#kinds input");
    const start = performance.now();
    box.click();
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    return performance.now() - start;
}"""
SEARCH = """async () => {
    const field = document.getElementById("search");
    field.value = "kiew";
    const start = performance.now();
    field.dispatchEvent(new Event("input"));
    const shown = document.getElementById("shown");
    while (shown.hidden) await new Promise((done) => requestAnimationFrame(done));
    return performance.now() - start;
}"""
FRAMES = """() => {
    window.frames_ = [];
    let last = performance.now();
    const note = (now) => { frames_.push(now - last); last = now; requestAnimationFrame(note); };
    requestAnimationFrame(note);
}"""


def time_answers(browser: Any, path: Path) -> dict[str, float]:
    """Return the milliseconds that a page takes to filter, to search, and between frames."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    page = context.new_page()
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]", timeout=120_000)
    found = {"filter": statistics.median(page.evaluate(CLICK) for _ in range(4))}
    found["search"] = page.evaluate(SEARCH)
    page.click("#show-all")
    x, y = 950, 500
    page.evaluate(FRAMES)
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(60):
        page.mouse.move(x - 4 * step, y + 2 * step)
        page.wait_for_timeout(16)
    page.mouse.up()
    frames = sorted(page.evaluate("frames_.slice(5)"))
    found |= {
        "frame, median": statistics.median(frames),
        "frame, 95 %": frames[len(frames) * 95 // 100],
    }
    context.close()
    return found


def main() -> None:
    """Measure the maps, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=2000)
    parser.add_argument("--archive", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    seeds = parse_seeds()
    maps = {"one article": seeds[:1], "many, with texts": multiply(seeds, arguments.events)}
    if arguments.archive:
        texts = max(10, min(MOST_TEXTS, arguments.archive // 20))
        maps["archive"] = trim(multiply(parse_corpus(texts), arguments.archive), arguments.archive)
    render_map(seeds[:1])  # Imports folium, geopandas and the basemap.
    print("| map | articles | events | MB | build ms | ready ms | ready ms, CPU ×6 |")
    print("|---|---|---|---|---|---|---|")
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as folder:
        chromium = os.environ.get("GEOMAP_CHROMIUM", "/usr/bin/chromium")
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, records in maps.items():
            path = Path(folder) / "map.html"
            start = time.perf_counter()
            page = render_map(records, with_text=None if name == "archive" else True)
            built = (time.perf_counter() - start) * 1000
            path.write_text(page, "utf-8")
            ready = [time_ready(browser, path, slowdown, arguments.runs) for slowdown in (1, 6)]
            events = sum(len(record.events) for record in records)
            size = path.stat().st_size / 1e6
            figures = f"{size:.2f} | {built:.0f} | {ready[0]:.0f} | {ready[1]:.0f}"
            print(f"| {name} | {len(records)} | {events} | {figures} |")
        if arguments.archive:
            answers = time_answers(browser, path)
            told = ", ".join(f"{what} {ms:.0f}" for what, ms in answers.items())
            print(f"\nHow the archive answers, in ms: {told}.")
        browser.close()


if __name__ == "__main__":
    main()
