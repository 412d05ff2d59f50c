"""The stage in other languages, from left and from right: words, address, chooser, barriers."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from browser.offline import Open, open_drawer
from browser.test_axe import barriers
from browser.test_briefing import settle
from browser.test_group_page import forgive
from browser.visiting import Visit
from playwright.sync_api import Frame, FrameLocator, Page, expect

import geodata

KERMAN = "kerman-2024-01-03"
# Names of programs, formats and keys, and what an address and a setting are called.
NAMES = {
    "geojson", "json", "png", "natural", "earth", "geoboundaries", "geonames", "org", "cc", "by",
    "lon", "lat", "km", "polygon", "leaflet", "escape", "enter", "ctrl", "mapview", "circle",
    "html", "csv",
}  # fmt: skip
# What is seen or read aloud and is not marked as of another language.
FURNITURE = """() => {
  const marked = (node) => {
    const one = node.closest('[lang]');
    return one !== null && one.lang !== document.documentElement.lang;
  };
  const out = [];
  for (const node of document.querySelectorAll('body *')) {
    if (['SCRIPT', 'STYLE', 'CODE', 'NOSCRIPT'].includes(node.tagName) || marked(node)) continue;
    for (const name of ['aria-label', 'title', 'placeholder']) {
      // How a source is cited stays in its letters.
      const isCited = name === 'title' && node.matches('.mp-chip');
      if (node.hasAttribute(name) && !isCited) out.push(node.getAttribute(name));
    }
    for (const part of node.childNodes) if (part.nodeType === 3) out.push(part.data);
  }
  return out;
}"""


def of_records() -> set[str]:
    """Return the words of names of groups, of who is quoted, and of titles."""
    records = geodata.load()
    said = [one.title for one in records.incidents] + [one.name for one in records.groups]
    said += [f"{one.title} {one.publisher} {one.author}" for one in records.sources]
    said += [alias for one in records.groups for alias in (*one.aliases, one.short_name)]
    for one in (*records.incidents, *records.base_areas):
        said += [f"{claim.by} {claim.caveat} {claim.part}" for claim in one.claims]
        said += [*one.place_names]
    return {word for text in said for word in re.findall("[a-z]{2,}", text.casefold())}


def english_left(stage: Page | Frame) -> set[str]:
    """Return Latin words of the furniture, but for names."""
    texts: list[str] = stage.evaluate(FURNITURE)
    words = {word for text in texts for word in re.findall("[A-Za-z]{2,}", text)}
    return {one for one in words if one.casefold() not in NAMES | of_records()}


@pytest.mark.parametrize(
    ("code", "way", "words"),
    [("ru", "ltr", "Фильтры"), ("fa", "rtl", "فیلترها")],
)
def test_a_page_on_disk_speaks_its_language(
    open_file: Open, code: str, way: str, words: str
) -> None:
    page = open_file(f"in {code}", f"#id={KERMAN}&panel=table&country=IR")
    root = page.locator("html")
    expect(root).to_have_attribute("lang", code)
    expect(root).to_have_attribute("dir", way)
    expect(page.locator("#drawer-button")).to_contain_text(words)
    # The record stays in its language, and says so.
    expect(page.locator("#side .mp-title")).to_have_attribute("lang", "en")
    assert english_left(page) == set()
    assert barriers(page) == []
    page.locator("#side .mp-close").click()
    page.locator("#compare-button").click()
    page.locator("#compare").select_option("all")
    page.locator(".mapview-legend-button").first.click()
    expect(page.locator("#compared tr").last).to_be_visible()
    assert english_left(page) == set()
    assert barriers(page) == []


def test_from_right_to_left_filters_stand_at_the_right_and_time_goes_on_as_in_figures(
    open_file: Open,
) -> None:
    page = open_file("in fa", f"#id={KERMAN}")
    left = {
        name: page.locator(f"#{name}").evaluate("node => node.getBoundingClientRect().left")
        for name in ("drawer", "canvas", "side", "first-date", "last-date", "step-back", "step-on")
    }
    assert left["side"] < left["canvas"] < left["drawer"]
    assert left["first-date"] < left["last-date"]
    assert left["step-back"] < left["step-on"]
    # Nothing that is chosen lies under its sheet.
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440


@pytest.mark.parametrize("code", ["ru", "fa"])
def test_a_narrow_page_holds_its_words(open_file: Open, code: str) -> None:
    page = open_file(f"in {code}", "#panel=table", viewport={"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("#table-close").click()
    field, legend, scale, words = (
        page.locator(f"#canvas {name}").bounding_box() or {}
        for name in (
            "#goto",
            ".mapview-legend",
            ".leaflet-control-scale-line",
            ".leaflet-control-scale bdi",
        )
    )
    # None lies over another, and what is longer than its line begins where that does.
    assert field["x"] + field["width"] < legend["x"]
    assert words["x"] >= scale["x"] >= 0
    open_drawer(page)
    assert barriers(page) == []


def stage(page: Page) -> FrameLocator:
    # For a moment there are two, where one takes the place of another.
    return page.locator("iframe[title*='streamlit_folium']").last.content_frame


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


@pytest.mark.parametrize(("code", "words"), [("ru", "Фильтры"), ("fa", "فیلترها")])
def test_the_app_speaks_what_its_address_asks_for(
    visit: Callable[..., Visit], code: str, words: str
) -> None:
    one = visit(f"?lang={code}&country=IR&panel=table")
    expect(one.at("#drawer-button")).to_contain_text(words)
    expect(one.at("#incident-table tbody tr").first).to_be_visible()
    assert english_left(one.frame()) == set()
    assert barriers(one.frame()) == []
    expect(one.page.locator("html")).to_have_attribute("lang", code)
    # The language stays, whatever is chosen, and on the way back.
    one.search("kerman")
    expect(one.at("#incident-table tbody tr")).to_have_count(3)
    assert asked(one.page) == {
        "lang": [code], "country": ["IR"], "panel": ["table"], "q": ["kerman"],
        "view": asked(one.page)["view"],
    }  # fmt: skip
    one.page.go_back()
    expect(one.at("#words")).to_have_value("")
    assert asked(one.page)["lang"] == [code]
    expect(one.at("#drawer-button")).to_contain_text(words)


def test_another_language_keeps_the_rest_of_the_address(visit: Callable[..., Visit]) -> None:
    page = visit("?country=IR&panel=table").page
    one = stage(page)
    expect(one.locator("#languages summary")).to_have_text("English")
    one.locator("#languages summary").click()
    one.locator("#languages button[lang=fr]").click()
    expect(stage(page).locator("#drawer-button")).to_contain_text("Filtres")
    expect(stage(page).locator("#incident-table tbody tr").first).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    now = asked(page)
    assert (now["lang"], now["country"], now["panel"]) == (["fr"], ["IR"], ["table"])
    stage(page).locator("#languages summary").click()
    stage(page).locator("#languages button[lang=en]").click()
    expect(stage(page).locator("#drawer-button")).to_contain_text("Filters")
    assert "lang" not in asked(page)
    assert asked(page)["country"] == ["IR"]


def test_code_and_numbers_keep_their_order_from_right_to_left(visit: Callable[..., Visit]) -> None:
    one = visit("?lang=ar&panel=table&id=crocus-city-hall&q=crocus")
    one.at("#share summary").click()
    for code in (*one.at("#share code").all(), *one.at("#side code").all()):
        assert code.evaluate("node => getComputedStyle(node).direction") == "ltr"
    # A range of numbers is read as the text around it is, in the table and the sheet.
    ranges = (*one.at("#incident-table .mp-toll > span").all(), *one.at("#side .mp-tolls dd").all())
    told = [
        (n.inner_text(), n.evaluate("node => getComputedStyle(node).direction")) for n in ranges
    ]
    assert "145" in told[0][0]
    assert {way for text, way in told if not re.search("[A-Za-z]", text)} == {"rtl"}


def test_what_is_written_from_the_right_is_under_no_counter(visit: Callable[..., Visit]) -> None:
    one = visit("?lang=fa&q=kerman")
    stage(one.page).locator("#to-briefing").click()
    field = one.page.get_by_role("dialog").locator("[data-testid=stTextArea]").first
    box = field.locator("textarea")
    expect(box).to_be_visible(timeout=60_000)
    settle(one)
    box.fill("در کرمان چه شد؟ " * 40)
    told = field.locator("[data-testid=InputInstructions]")
    expect(told).to_contain_text("5000")
    written, counted = box.bounding_box(), told.bounding_box()
    assert written
    assert counted
    assert written["y"] + written["height"] <= counted["y"] + 1


def test_a_badge_stands_apart_from_the_name_before_it(visit: Callable[..., Visit]) -> None:
    one = visit("?lang=fa&panel=areas")
    cell = one.at("#area-table td.mp-what:has(.mp-badge)").first
    name, badge = cell.locator(".mp-line").bounding_box(), cell.locator(".mp-badge").bounding_box()
    assert name
    assert badge
    assert badge["x"] + badge["width"] + 6 < name["x"]


@pytest.mark.parametrize("code", ["fr", "tg"])
def test_how_many_there_are_is_told_to_its_end(visit: Callable[..., Visit], code: str) -> None:
    count = visit(f"?lang={code}").at("#count")
    expect(count).to_contain_text("97")
    assert count.evaluate("node => node.scrollHeight <= node.clientHeight + 1")


@pytest.mark.parametrize("way", ["link", "back"])
def test_the_language_stays_on_the_way_back_from_a_page_beside_the_map(
    visit: Callable[..., Visit], way: str
) -> None:
    page = visit("?lang=fa&country=IR").page
    stage(page).locator("#to-groups").click()
    # The first of the ways between pages leads back to the map.
    link = page.get_by_test_id("stPageLink-NavLink").first
    expect(link).to_have_text("بازگشت به نقشه")
    if way == "link":
        link.click()
    else:
        page.go_back()
    expect(link).to_have_count(0)
    expect(stage(page).locator("#drawer-button")).to_contain_text("فیلترها")
    expect(stage(page).locator("html")).to_have_attribute("dir", "rtl")
    expect(stage(page).locator("#chips")).to_contain_text("ایران")
    # The stage writes the address anew when it is there, with the filter that it found again.
    expect(page).to_have_url(re.compile("country=IR"))
    assert asked(page)["lang"] == ["fa"]
    # Another choice is kept as well.
    stage(page).locator("#languages summary").click()
    stage(page).locator("#languages button[lang=en]").click()
    expect(stage(page).locator("#drawer-button")).to_contain_text("Filters")
    stage(page).locator("#to-groups").click()
    link.click()
    expect(link).to_have_count(0)
    expect(stage(page).locator("#drawer-button")).to_contain_text("Filters")


def test_a_language_that_is_none_is_english_and_said(visit: Callable[..., Visit]) -> None:
    one = visit("?lang=xx&country=IR")
    expect(one.at("#fault")).to_contain_text("lang must be one of en, ru, fa, tg, ar, fr, got “xx”")
    expect(one.at("#drawer-button")).to_contain_text("Filters")
    expect(one.at("#chips")).to_contain_text("Iran")


WAYS = {
    "ru": ("ltr", "Группы", "Данные", "О данных"),
    "fa": ("rtl", "گروه‌ها", "داده‌ها", "دربارهٔ داده‌ها"),
}


@pytest.mark.parametrize("code", WAYS)
def test_the_language_stays_from_page_to_page(visit: Callable[..., Visit], code: str) -> None:
    way, groups, data, about = WAYS[code]
    page = visit(f"?lang={code}&country=TJ").page
    stage(page).locator("#to-groups").click()
    heading = page.locator(".stMain h1")
    expect(heading).to_have_text(groups)
    assert asked(page)["lang"] == [code]
    main = page.locator(".stMainBlockContainer")
    assert main.evaluate("node => getComputedStyle(node).direction") == way
    for name in (data, about):
        page.get_by_test_id("stPageLink-NavLink").filter(has_text=re.compile(f"^{name}$")).click()
        if name == data:
            expect(heading).to_have_text(data)
            field = page.frame_locator("iframe[title*=mapview_drop]")
            expect(field.locator("html")).to_have_attribute("lang", code)
        else:
            expect(page.locator(".mv-about")).to_have_attribute("lang", code)
        assert asked(page)["lang"] == [code]
    # Another one is chosen here; all else that the stage showed is there again, in it.
    page.get_by_test_id("stSelectbox").locator("input").click()
    page.get_by_role("option", name="français").click()
    link = page.get_by_test_id("stPageLink-NavLink").first
    expect(link).to_have_text("Retour à la carte")
    link.click()
    expect(stage(page).locator("#drawer-button")).to_contain_text("Filtres")
    expect(stage(page).locator("#chips")).to_contain_text("Tadjikistan")
    expect(page).to_have_url(re.compile("country=TJ.*lang=fr"))


def test_bars_lie_under_their_axis_and_fields_begin_at_the_right(
    visit: Callable[..., Visit],
) -> None:
    one = visit("?lang=fa")
    stage(one.page).locator("#to-briefing").click()
    words = one.page.locator("[role=dialog] [data-testid=stCaptionContainer]").first
    expect(words).to_be_visible()
    assert words.evaluate("node => getComputedStyle(node).textAlign") == "start"
    one.page.get_by_role("button", name="Close").click()
    stage(one.page).locator("#to-groups").click()
    one.page.get_by_role("link", name="Jamaat Ansarullah", exact=True).click()
    axis = one.page.locator(".mg-axis").bounding_box()
    bar = one.page.locator(".mg-time .mg-bar").first.bounding_box()
    assert axis
    assert bar
    assert abs(axis["x"] - bar["x"]) < 2
    assert abs(axis["width"] - bar["width"]) < 2
    assert asked(one.page)["lang"] == ["fa"]
    forgive(one)
