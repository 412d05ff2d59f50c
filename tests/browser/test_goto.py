"""The field on the map that goes to what it finds, in the app and in a page on disk."""

from __future__ import annotations

import re
from collections.abc import Callable

from browser.offline import Open
from browser.visiting import Visit
from playwright.sync_api import Locator, Page, expect

KERMAN = "kerman-2024-01-03"
IS_NEAR = """([lon, lat, km]) => {
  const {lat: y, lng: x} = mapviewMap.map.getCenter();
  return Math.hypot((x - lon) * Math.cos(lat * Math.PI / 180), y - lat) * 111 < km;
}"""


def options(one: Visit) -> Locator:
    return one.at("#goto-list [role=option]")


def test_a_place_in_any_script_is_gone_to_without_a_mark(stage: Callable[..., Visit]) -> None:
    one = stage(reduced_motion="reduce")
    before = one.painted_ids()
    one.at("#goto-words").fill("Кандагар")
    expect(options(one).first).to_contain_text("Afghanistan")
    one.page.keyboard.press("Enter")
    one.frame().wait_for_function(IS_NEAR, arg=[65.71, 31.61, 20])
    expect(one.at("#goto-list")).to_be_hidden()
    expect(one.map()).to_be_focused()
    expect(one.at(".mapview-live")).to_contain_text("The map shows Kandah")
    assert one.words() == ["All incidents and base areas, all dates"]
    assert one.painted_ids() <= before
    expect(one.sheet()).to_be_hidden()


def test_arrows_choose_and_escape_gives_the_keyboard_back(stage: Callable[..., Visit]) -> None:
    one = stage()
    table = one.at("#table-button")
    table.focus()
    one.page.keyboard.press("/")
    field = one.at("#goto-words")
    expect(field).to_be_focused()
    field.fill("kerman")
    expect(options(one).nth(1)).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    n = options(one).count()
    for key, at in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", n - 1)):
        one.page.keyboard.press(key)
        active = field.get_attribute("aria-activedescendant")
        assert active == options(one).nth(at).get_attribute("id")
        expect(one.at("#goto-list [aria-selected=true]")).to_have_count(1)
        expect(one.at(f"#{active}")).to_have_attribute("aria-selected", "true")
    one.page.keyboard.press("Escape")
    expect(one.at("#goto-list")).to_be_hidden()
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("")
    expect(table).to_be_focused()
    # In a field a stroke is a stroke.
    one.open_filters()
    one.at("#words").focus()
    one.page.keyboard.press("/")
    expect(one.at("#words")).to_have_value("/")


def test_the_key_works_from_the_page_around(visit: Callable[..., Visit]) -> None:
    one = visit()
    one.page.evaluate("document.activeElement.blur()")
    one.page.keyboard.press("/")
    expect(one.at("#goto-words")).to_be_focused()


def test_an_incident_is_opened_and_a_group_shown_alone(stage: Callable[..., Visit]) -> None:
    one = stage("?country=AF&areas=off", reduced_motion="reduce")
    one.at("#goto-words").fill("commemoration kerman")
    found = options(one).filter(has_text="outside the filters").first
    found.click()
    one.page.wait_for_url(f"**id={KERMAN}*")
    expect(one.sheet()).to_be_focused()
    one.frame().wait_for_function(IS_NEAR, arg=[57.08, 30.28, 300])
    one.at("#goto-words").fill("ISIS-K")
    options(one).first.click()
    one.page.wait_for_url("**group=iskp*")
    assert "country=AF" in one.page.url


def test_what_is_nowhere_is_said(stage: Callable[..., Visit]) -> None:
    one = stage()
    one.at("#goto-words").fill("no such thing at all")
    expect(one.at("#goto-said")).to_have_text("Nothing is called that here.")


def test_a_page_on_disk_finds_the_names_of_its_map(open_file: Open) -> None:
    page: Page = open_file("all", reduced_motion="reduce")
    field = page.locator("#goto-words")
    expect(field).to_have_attribute("title", re.compile("towns that the map names"))
    field.fill("dhaka")
    page.locator("#goto-list [role=option]").first.click()
    page.wait_for_function(IS_NEAR, arg=[90.41, 23.72, 20])
    field.fill("tajikistan")
    page.locator("#goto-list [role=option]", has_text="country").click()
    page.wait_for_function(IS_NEAR, arg=[71.0, 38.6, 300])
    assert page.evaluate("mapviewMap.map.getBounds().contains([[36.8, 67.5], [40.9, 74.8]])")
