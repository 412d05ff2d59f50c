"""The legend is the list of what is on the map: pressing filters, pointing hatches a group."""

from __future__ import annotations

from browser.offline import Open, wait_for_filter
from playwright.sync_api import Page, expect

from mapview.cartography.legend import TYPES
from mapview.cartography.style import KINDS

POINTED = "(group) => mapviewMap.pointed.legend === group"


def open_legend(page: Page) -> None:
    button = page.locator(".mapview-legend-button")
    if button.get_attribute("aria-expanded") == "false":
        button.click()


def test_pressing_an_entry_asks_for_its_types_and_again_for_them_no_longer(open_file: Open) -> None:
    page = open_file("all", "#type=bombing")
    open_legend(page)
    entry = page.locator(".mapview-legend").get_by_role(
        "button", name="Rocket attack, shelling", exact=True
    )
    expect(entry).to_have_attribute("aria-pressed", "false")
    entry.focus()
    page.keyboard.press("Enter")
    wait_for_filter(page, "type=bombing&type=rocket+attack&type=shelling")
    expect(entry).to_have_attribute("aria-pressed", "true")
    expect(entry).to_be_focused()
    page.keyboard.press("Enter")
    wait_for_filter(page, "type=bombing")


def test_types_of_sources_are_in_the_legend_pressed_and_hidden(open_file: Open) -> None:
    page = open_file("typed")
    open_legend(page)
    legend = page.locator(".mapview-legend")
    assert legend.locator("h2").first.text_content() == TYPES
    named = legend.locator("ul").first.locator("bdi").all_text_contents()
    assert named == ["Theft", "Fraud x", "Other types"]
    # Of ours those that the data have, and no other.
    assert legend.get_by_role("button", name="Bombing", exact=True).count() == 1
    assert legend.get_by_role("button", name="Airstrike", exact=True).count() == 0
    own = len(KINDS)
    looks = "JSON.stringify([...new Set(mapviewMap.data.answer.kind)].sort((a, b) => a - b))"
    assert page.evaluate(looks) == f"[0,6,9,{own},{own + 1}]"
    legend.get_by_role("button", name="Fraud x", exact=True).click()
    wait_for_filter(page, "source_type=Fraud+x")
    # Its look is that of all the data.
    assert page.evaluate(looks) == f"[{own + 1}]"
    legend.get_by_role("button", name="Hide on the map: Fraud x").click()
    page.wait_for_function("() => mapviewMap.data.answer.kind.length === 0")
    expect(page.locator(".mapview-legend-button")).to_have_text("Legend, 1 hidden")


def test_pointing_at_a_group_hatches_it_and_pressing_asks_for_it(open_file: Open) -> None:
    page = open_file("all")
    open_legend(page)
    entry = page.locator(".mapview-legend").get_by_role("button", name="Taliban", exact=True)
    entry.hover()
    page.wait_for_function(POINTED, arg="taliban")
    page.locator("#words").hover()
    page.wait_for_function("() => mapviewMap.pointed.legend === null")
    entry.click()
    wait_for_filter(page, "group=taliban")
    expect(page.locator("#chips")).to_contain_text("Taliban")


def test_the_eye_keeps_the_filter_and_says_on_pictures_what_is_off(open_file: Open) -> None:
    page = open_file("all", "#type=bombing&type=airstrike")
    open_legend(page)
    eye = page.locator(".mapview-legend").get_by_role("button", name="Hide on the map: Airstrike")
    eye.click()
    expect(page.locator(".mapview-legend-button")).to_have_text("Legend, 1 hidden")
    kinds = "[...new Set(mapviewMap.data.answer.kind)].join()"
    assert page.evaluate(kinds) == "0"
    expect(page.locator("#chips")).to_have_text("Bombing, airstrike×")
    shown = page.locator(".mapview-legend").get_by_role("button", name="Show on the map: Airstrike")
    expect(shown).to_be_focused()
    shown.click()
    expect(page.locator(".mapview-legend-button")).to_have_text("Legend")


def test_all_of_it_lies_within_the_map(open_file: Open) -> None:
    page = open_file("all")
    open_legend(page)
    frame = page.locator("#canvas").bounding_box()
    legend = page.locator(".mapview-legend").bounding_box()
    assert frame
    assert legend
    assert legend["y"] + legend["height"] <= frame["y"] + frame["height"]
    credit = page.locator(".mapview-credits").bounding_box()
    assert credit
    assert legend["y"] + legend["height"] <= credit["y"]
    # Where the map is narrow, no note covers what the legend says.
    page.set_viewport_size({"width": 660, "height": 800})
    page.evaluate("void mapviewMap.map.setView([34.5, 69.2], 9, {animate: false})")
    note = page.locator(".mapview-outside")
    expect(note).to_be_visible()
    assert page.locator(".mapview-credits").evaluate(
        """node => {
          const {left, top, bottom} = node.getBoundingClientRect();
          return node.contains(document.elementFromPoint(left + 20, (top + bottom) / 2));
        }"""
    )
    assert page.locator(".mapview-legend").evaluate(
        """node => {
          const {left, right, bottom} = node.getBoundingClientRect();
          return node.contains(document.elementFromPoint((left + right) / 2, bottom - 4));
        }"""
    )


def test_it_stands_open_on_a_wide_map_and_not_on_half_of_one(open_file: Open) -> None:
    page = open_file("all", viewport={"width": 1920, "height": 1080})
    button = page.locator("#canvas .mapview-legend-button")
    expect(button).to_have_attribute("aria-expanded", "true")
    page.locator("#charts-button").click()
    page.locator("#compare").select_option(value="all")
    expect(page.locator("#canvas-beside")).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "false")


def test_what_stands_for_no_part_of_the_filter_is_no_button(open_file: Open) -> None:
    page = open_file("all")
    open_legend(page)
    legend = page.locator(".mapview-legend-body")
    expect(legend.get_by_text("Several incidents")).to_be_visible()
    assert legend.get_by_role("button", name="Several incidents").count() == 0
    assert legend.get_by_role("button", name="Dotted").count() == 0


def test_what_is_taken_off_stays_in_the_address(open_file: Open) -> None:
    page = open_file("all", "#type=bombing&type=airstrike&hide=kind:airstrike&hide=kind:nothing")
    button = page.locator(".mapview-legend-button")
    expect(button).to_have_text("Legend, 1 hidden")
    kinds = "[...new Set(mapviewMap.data.answer.kind)].sort().join()"
    assert page.evaluate(kinds) == "0"
    expect(page.locator("#fault")).to_be_hidden()
    open_legend(page)
    page.wait_for_timeout(1_100)  # what comes sooner is the same step to go back over
    legend = page.locator(".mapview-legend")
    legend.get_by_role("button", name="Hide on the map: Taliban", exact=True).click()
    expect(button).to_have_text("Legend, 2 hidden")
    # What these data do not have is no longer said.
    page.wait_for_function(
        "() => new URLSearchParams(location.hash.slice(1)).getAll('hide').join()"
        " === 'group:taliban,kind:airstrike'"
    )
    page.reload()
    expect(button).to_have_text("Legend, 2 hidden")
    assert page.evaluate("mapviewMap.data.areas.every((one) => one.group !== 'taliban')")
    page.go_back()
    expect(button).to_have_text("Legend, 1 hidden")
    assert page.evaluate("mapviewMap.data.areas.some((one) => one.group === 'taliban')")
    page.go_forward()
    expect(button).to_have_text("Legend, 2 hidden")


def test_types_of_sources_are_taken_off_by_their_words(open_file: Open) -> None:
    page = open_file("typed", "#hide=type:Fraud+x&hide=type:Nothing&hide=was:nothing&hide=")
    expect(page.locator(".mapview-legend-button")).to_have_text("Legend, 1 hidden")
    assert not page.evaluate(f"mapviewMap.data.answer.kind.includes({len(KINDS) + 1})")
    open_legend(page)
    page.locator(".mapview-legend").get_by_role("button", name="Show on the map: Fraud x").click()
    page.wait_for_function("() => !location.hash.includes('hide')")
