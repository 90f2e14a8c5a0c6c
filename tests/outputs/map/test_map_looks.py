"""The page of a fixed sample looks as it did, within a tolerance for fonts and anti-aliasing.

Screenshots are compared at a ninth of their size, where the fonts are those of the kept ones.
After a wanted change, look at the page and run with GEOMAP_LOOKS=write to keep the new looks.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sample_records import syria
from test_map_in_browser import CHROMIUM, DESK, PHONE

from geomap.outputs.map import write_map

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
pytestmark = pytest.mark.browser

LOOKS = Path(__file__).parent / "looks"
SHRINK = 9
# Of 255, on average; and how many of the small picture's points may be quite another shade.
MEAN, ODD_SHADE, ODD_SHARE = 4.0, 40, 0.02
SHRUNK = """async ([url, shrink]) => {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(image.width / shrink);
    canvas.height = Math.round(image.height / shrink);
    const brush = canvas.getContext('2d');
    brush.imageSmoothingQuality = 'high';
    brush.drawImage(image, 0, 0, canvas.width, canvas.height);
    const shades = [...brush.getImageData(0, 0, canvas.width, canvas.height).data];
    return [canvas.toDataURL('image/png'), shades];
}"""
WIDTHS = """() => ['.text, #panel', '.leaflet-container'].map(place => {
    const brush = document.createElement('canvas').getContext('2d');
    brush.font = `32px ${getComputedStyle(document.querySelector(place)).fontFamily}`;
    return Math.round(brush.measureText('Hamburgefonstiv 0123456789').width);
})"""
STATES = {
    "desk": (DESK, "light", "#e1", ""),
    "dark": (DESK, "dark", "", "document.getElementById('as-table').click()"),
    "phone": (PHONE, "light", "#e2", ""),
    "narrow": ({"width": 1024, "height": 768}, "light", "", ""),
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("no Chromium found: install one or set GEOMAP_CHROMIUM")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.mark.parametrize("name", STATES)
def test_the_page_looks_as_it_did(browser: Any, tmp_path: Path, name: str) -> None:
    size, theme, fragment, script = STATES[name]
    write_map([syria()], tmp_path / "map.html")
    options = {"viewport": size, "color_scheme": theme, "reduced_motion": "reduce"}
    page = browser.new_context(offline=True, **options).new_page()
    page.goto((tmp_path / "map.html").as_uri() + fragment)
    page.wait_for_selector("html[data-ready]")
    keep_or_compare_fonts(page.evaluate(WIDTHS))
    if script:
        page.evaluate(script)
    shot = page.screenshot(animations="disabled")
    blank = browser.new_page()
    small, now = blank.evaluate(SHRUNK, [to_url(shot), SHRINK])
    kept = LOOKS / f"{name}.png"
    if os.environ.get("GEOMAP_LOOKS") == "write":
        kept.parent.mkdir(exist_ok=True)
        kept.write_bytes(base64.b64decode(small.partition(",")[2]))
    _, then = blank.evaluate(SHRUNK, [to_url(kept.read_bytes()), 1])
    page.context.close()
    blank.close()
    assert len(now) == len(then)
    off = [abs(a - b) for a, b in zip(now, then, strict=True)]
    assert sum(off) / len(off) < MEAN
    assert sum(o > ODD_SHADE for o in off) / len(off) < ODD_SHARE


def keep_or_compare_fonts(widths: list[int]) -> None:
    kept = LOOKS / "fonts.json"
    if os.environ.get("GEOMAP_LOOKS") == "write":
        kept.write_text(f"{json.dumps(widths)}\n", encoding="utf-8")
    elif widths != json.loads(kept.read_text(encoding="utf-8")):
        pytest.skip("this machine has other fonts than the kept looks")


def to_url(png: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(png).decode("ascii")
