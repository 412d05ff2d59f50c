"""The standalone page at small widths, on paper, with hostile text, and in a frame."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from browser.offline import KERMAN, Open, open_drawer, wait_for_filter
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from samples import HOSTILE

from geodata import Store


def injected(page: Page) -> list[str]:
    script = """() => [...document.querySelectorAll(
        'img[src="x"], [onerror], [onmouseover], article script, td script')]
        .map(e => e.outerHTML)"""
    found: list[str] = page.evaluate(script)
    return found


def test_every_hostile_text_stays_text(open_file: Open) -> None:
    page = open_file("hostile", "#id=hostile-0")
    title = page.locator("#side .mp-title")
    for number, text in enumerate(HOSTILE.values()):
        page.evaluate(f"location.hash = 'id=hostile-{number}'")
        expect(title).to_have_text(text)
        shown = title.evaluate("element => element.textContent")
        assert " ".join(shown.split()) == " ".join(text.split())
        assert injected(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 1440, text
        page.evaluate(f"location.hash = 'area=hostile-area-{number}'")
        expect(page.locator("#side")).to_contain_text("last attested")
        assert injected(page) == []
        assert '– "><img' in page.evaluate("document.title")


def test_hostile_text_on_a_phone(open_file: Open) -> None:
    page = open_file("hostile", viewport={"width": 390, "height": 844}, color_scheme="dark")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 768])
def test_works_at_small_widths(open_file: Open, width: int, scheme: str) -> None:
    page = open_file("all", viewport={"width": width, "height": 844}, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("#canvas").get_attribute("data-mapview-theme") == scheme
    open_drawer(page)
    expect(page.locator("#types-boxes")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.press("Escape")
    expect(page.locator("#drawer-button")).to_be_focused()
    page.locator("#table-button").click()
    expect(page.locator("#incident-table tbody tr").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.querySelector('#rows').scrollWidth") <= width


def test_the_document_under_the_stage_is_found(open_file: Open) -> None:
    for width in (320, 1440):
        page = open_file("all", f"#id={KERMAN}", viewport={"width": width, "height": 800})
        expect(page.locator("h1")).to_have_text("A briefing")
        expect(page.locator("h1")).to_be_visible()
        page.get_by_role("link", name="About", exact=True).click()
        expect(page.locator("#document h2").first).to_be_in_viewport()
        expect(page.locator("#document")).to_contain_text("Data version")
        page.get_by_role("link", name="Sources", exact=True).click()
        expect(page.locator("#sources")).to_be_in_viewport()
        assert f"id={KERMAN}" in page.url


def test_a_finger_scrolls_past_the_map_until_it_was_tapped(open_file: Open) -> None:
    options = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    page = open_file("all", **options)
    moves = "mapviewMap.map.dragging.enabled()"
    assert page.evaluate(moves) is False
    page.locator("#canvas").tap(position={"x": 150, "y": 400})
    assert page.evaluate(moves) is True


def test_scrolling_goes_past_the_map_until_it_is_used(open_file: Open) -> None:
    page = open_file("all")
    zoom = page.evaluate("mapviewMap.map.getZoom()")
    box = page.locator("#canvas").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 200, box["y"] + 100)
    page.mouse.wheel(0, 300)
    page.wait_for_function("() => scrollY > 100")
    assert page.evaluate("mapviewMap.map.getZoom()") == zoom


def test_on_paper_it_has_everything(open_file: Open, shipped: Store, tmp_path: Path) -> None:
    page = open_file("all", color_scheme="dark")
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    reader = PdfReader(tmp_path / "page.pdf")
    pages = [sheet.extract_text() for sheet in reader.pages]
    # Fonts draw some pairs of letters as one.
    text = " ".join(unicodedata.normalize("NFKC", " ".join(pages)).split())
    size = reader.pages[0].mediabox
    assert (round(size.width), round(size.height)) == (595, 842)
    for said in ("A briefing", "Author’s note", "Legend", "Sources", "Credits", "Data version"):
        assert said in text
    assert "Play through time" not in text
    assert "any date" not in text
    assert all("Responsibility" in one for one in pages[2:6])
    assert "Stated period" in text
    for area in shipped.everything().base_areas:
        # A line may end at a hyphen.
        assert area.place.split(" ")[0] in text.replace("- ", "-")
    for incident in shipped.everything().incidents:
        words = incident.title.split()
        assert words[0] in text.replace("- ", "-")
    # The first page has the map, and is not cut in half by it.
    assert reader.pages[0].images
    assert "Legend" in pages[0]
    # Afterwards the page is as it was.
    expect(page.locator("#canvas")).to_have_attribute("data-mapview-theme", "dark")
    assert page.evaluate("document.querySelectorAll('#print-map canvas').length") == 0


def test_an_old_browser_is_told_so(open_file: Open) -> None:
    page = open_file("all", script="delete window.DecompressionStream")
    expect(page.locator("#fault")).to_contain_text("This browser is too old")


@pytest.mark.parametrize("size", [(280, 300), (340, 480), (640, 360), (1200, 600)])
def test_an_embedded_map_fits_its_frame(open_file: Open, size: tuple[int, int]) -> None:
    page = open_file("embedded", viewport={"width": size[0], "height": size[1]})
    root = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    )
    assert root[0] <= size[0]
    assert root[1] <= size[1]
    box = page.locator("#canvas").bounding_box()
    assert box is not None
    assert box["height"] >= size[1] * 0.5
    expect(page.get_by_role("link", name="Open the whole map")).to_be_visible()
    expect(page.locator("h1")).to_be_visible()
    open_drawer(page)
    page.locator("#from").fill("2020")
    page.keyboard.press("Enter")
    wait_for_filter(page, "from=2020-01-01")
    page.get_by_text("About this map").click()
    expect(page.get_by_text("Shows", exact=True)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_long_words_do_not_make_paper_smaller(open_file: Open) -> None:
    page = open_file("hostile", viewport={"width": 718, "height": 1000})
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") == 718


@pytest.mark.parametrize("size", [(640, 480), (320, 480)])
def test_a_place_is_seen_beside_its_details_in_a_frame(
    open_file: Open, size: tuple[int, int]
) -> None:
    options = {"viewport": {"width": size[0], "height": size[1]}, "reduced_motion": "reduce"}
    page = open_file("embedded", f"#id={KERMAN}&areas=off", **options)
    title = page.locator("#side .mp-title")
    expect(title).to_contain_text("Kerman")
    page.wait_for_function("() => mapviewMap.map.getZoom() >= 7")
    wait_beside(page)
    # While the map sleeps, the words that say so leave the details readable.
    words = page.locator("#wake span").bounding_box()
    details = page.locator("#side").bounding_box()
    assert words is not None
    assert details is not None
    aside = (
        words["x"] >= details["x"] + details["width"] or words["x"] + words["width"] <= details["x"]
    )
    assert aside or words["y"] + words["height"] <= details["y"]


def wait_beside(page: Page) -> None:
    """Wait until the place of Kerman is seen on the map, and not under the details."""
    script = """() => {
      const {map} = mapviewMap;
      const at = map.latLngToContainerPoint([30.28, 57.08]);
      const size = map.getSize();
      const box = map.getContainer().getBoundingClientRect();
      const side = document.getElementById("side").getBoundingClientRect();
      const [x, y] = [box.left + at.x, box.top + at.y];
      const under = x >= side.left && x <= side.right && y >= side.top && y <= side.bottom;
      return !under && at.x >= 0 && at.x <= size.x && at.y >= 0 && at.y <= size.y;
    }"""
    page.wait_for_function(script)


def test_choosing_on_the_map_does_not_hide_it(open_file: Open) -> None:
    options = {"viewport": {"width": 640, "height": 480}, "reduced_motion": "reduce"}
    page = open_file("embedded", "#view=55.5,30.28,7&areas=off", **options)
    page.locator("#wake").click()
    at = page.evaluate(
        "(({x, y}) => ({x, y}))(mapviewMap.map.latLngToContainerPoint([30.28, 57.08]))"
    )
    assert at["x"] > 340
    page.locator("#canvas").click(position=at)
    expect(page.locator("#side .mp-title")).to_contain_text("Kerman")
    wait_beside(page)
