"""The app's table and sheet: order, rows, and where the keyboard goes."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from browser.visiting import IDLE, Visit
from playwright.sync_api import Locator, expect

import geodata
from geodata import Filter, Store

Open = Callable[..., Visit]
KERMAN = "kerman-2024-01-03"
ROWS = "#incident-table tbody tr"
WITH_STATUS = ["", "Date", "Incident", "Responsibility", "Status"]
# Whether one sees it, and not the table's head over it.
IN_SIGHT = """(node) => {
  const {left, top, bottom} = node.getBoundingClientRect();
  return [top + 2, bottom - 2].every((y) => node.contains(document.elementFromPoint(left + 4, y)));
}"""


@pytest.fixture(scope="module")
def store() -> Store:
    return Store.of(geodata.load())


def ids(one: Visit) -> list[str]:
    """The records of the rows, from the top."""
    found: list[str] = one.at(ROWS).evaluate_all("rows => rows.map(row => row.dataset.id)")
    return found


def row(one: Visit, identifier: str) -> Locator:
    return one.at(f'{ROWS}[data-id="{identifier}"]')


def sort_by(one: Visit, head: str, direction: str) -> list[str]:
    """Press the head of a column, and return the rows in the order that it then has."""
    column = one.at("#incident-table thead th").filter(has_text=head)
    column.get_by_role("button").click()
    expect(column).to_have_attribute("aria-sort", direction)
    expect(one.at("#incident-table thead th[aria-sort]")).to_have_count(1)
    one.at("#incident-more button").click()
    expect(one.at("#incident-more button")).to_have_count(0)
    return ids(one)


def test_sorts_by_real_dates_and_tolls(visit: Open, store: Store) -> None:
    one = visit("?panel=table")
    expect(one.at(ROWS).first).to_be_visible()
    rows = {found.id: found for found in store.table(Filter(), limit=1_000)}
    for head, direction in (
        ("Killed", "descending"),
        ("Killed", "ascending"),
        ("Date", "descending"),
        ("Date", "ascending"),
    ):
        shown = [rows[identifier] for identifier in sort_by(one, head, direction)]
        assert len(shown) == len(rows)
        if head == "Killed":
            keys = [-1 if a.fatalities_high is None else a.fatalities_high for a in shown]
        else:
            keys = [found.date_start.toordinal() for found in shown]
        assert keys == sorted(keys, reverse=direction == "descending"), (head, direction)
        assert len(set(keys)) > 10
    # As text, 1,000 would come before 94 and "nearly 100" after both.
    sort_by(one, "Killed", "descending")
    one.page.wait_for_url("**sort=-killed*")
    again = visit(f"?{one.page.url.partition('?')[2]}")
    expect(again.at(ROWS).first).to_be_visible()
    assert ids(again)[:20] == ids(one)[:20]


def test_the_rows_follow_the_filters_and_are_split_by_place(stage: Open, store: Store) -> None:
    one = stage("?country=AF")
    one.at("#table-button").click()
    expect(one.at("#table")).to_be_focused()
    tabs = one.at("#tabs")
    found = store.table(Filter.from_query("country=AF"), limit=1_000)
    for words, panel, wanted in (
        ("On the map", "placed", {a.id for a in found if a.is_mappable}),
        ("Not on the map", "unplaced", {a.id for a in found if not a.is_mappable}),
        ("All", "table", {a.id for a in found}),
    ):
        tab = tabs.get_by_role("button", name=words, exact=True)
        tab.click()
        expect(tab).to_have_attribute("aria-pressed", "true")
        one.page.wait_for_url(f"**panel={panel}*")
        expect(one.at(ROWS)).to_have_count(min(100, len(wanted)))
        assert set(ids(one)) <= wanted
    one.tick("types", "suicide bombing")
    wanted = {a.id for a in found if "suicide bombing" in a.event_types}
    expect(one.at(ROWS)).to_have_count(len(wanted))
    assert set(ids(one)) == wanted
    tabs.get_by_role("button", name="Base areas").click()
    one.page.wait_for_url("**panel=areas*")
    one.at("#area-table tbody button").first.click()
    one.page.wait_for_url("**area=*")
    expect(one.at("#area-table tr[aria-current]")).to_have_count(1)
    expect(one.sheet()).to_be_visible()


def test_a_row_opens_its_record_and_the_table_keeps_its_place(stage: Open) -> None:
    one = stage("?panel=table&sort=-killed", reduced_motion="reduce")
    expect(one.at(ROWS).first).to_be_visible()
    order = ids(one)
    chosen = row(one, order[30])
    chosen.scroll_into_view_if_needed()
    assert one.at("#rows").evaluate("node => node.scrollTop") > 0
    chosen.get_by_role("button").focus()
    one.page.keyboard.press("Enter")
    expect(one.sheet()).to_be_focused()
    title = chosen.locator(".mp-what button").inner_text()
    expect(one.sheet().locator(".mp-title")).to_have_text(title)
    # Who listens hears which it is, and tabs, bookmarks and steps back are called by it.
    expect(one.sheet()).to_have_accessible_name(f"Record: {title}")
    expect(one.page).to_have_title(f"{title} – Mapview")
    expect(one.at("#incident-table tr[aria-current]")).to_have_attribute("data-id", order[30])
    assert chosen.locator(".mp-what button").evaluate(IN_SIGHT)
    assert ids(one) == order
    # One after the other, in the order of the table, and back to the row.
    one.sheet().get_by_role("button", name="Next in the table").click()
    one.page.wait_for_url(f"**id={order[31]}*")
    one.sheet().get_by_role("button", name="Previous in the table").click()
    one.page.wait_for_url(f"**id={order[30]}*")
    expect(one.sheet()).to_be_focused()
    one.page.keyboard.press("Escape")
    expect(one.sheet()).to_be_hidden()
    expect(chosen.get_by_role("button")).to_be_focused()
    assert "panel=table" in one.page.url
    assert "sort=-killed" in one.page.url


def test_rows_that_are_selected_become_a_filter_an_export_and_a_briefing(visit: Open) -> None:
    one = visit("?panel=table")
    expect(one.at(ROWS).first).to_be_visible()
    chosen = ids(one)[2:4]
    boxes = [row(one, identifier).get_by_role("checkbox") for identifier in chosen]
    expect(one.at("#picked")).to_be_hidden()
    for box in boxes:
        box.focus()
        one.page.keyboard.press("Space")
    expect(one.at("#picked")).to_contain_text("2 rows selected")
    expect(one.sheet()).to_be_hidden()
    # Another order leaves them selected.
    sort_by(one, "Killed", "descending")
    expect(boxes[0]).to_be_checked()
    one.at("#picked summary").click()
    with one.page.expect_download() as download:
        one.at("#picked a[download]").filter(has_text="GeoJSON").click()
    exported = json.loads(download.value.path().read_text("utf-8"))
    assert {feature["id"] for feature in exported["features"]} == set(chosen)
    one.page.keyboard.press("Escape")
    expect(one.at("#picked a[download]").first).to_be_hidden()
    expect(one.at("#table")).to_be_visible()
    one.button("Show only these").click()
    expect(one.at(ROWS)).to_have_count(2)
    assert one.words() == ["2 chosen records"]
    assert one.page.url.count("record=") == 2
    one.at("#reset").evaluate("node => node.click()")
    expect(one.at("#incident-table tbody tr").nth(20)).to_be_visible()
    one.button("Briefing of selected …").click()
    dialog = one.page.get_by_role("dialog")
    expect(dialog).to_contain_text("2 chosen records")


def test_no_more_rows_are_selected_than_an_address_holds(stage: Open) -> None:
    one = stage("?panel=table")
    expect(one.at(ROWS).first).to_be_visible()
    one.at("#incident-more button").click()
    every = one.at("#incident-table thead").get_by_role("checkbox")
    expect(one.at("#incident-more button")).to_have_count(0)
    every.click()
    expect(one.at("#picked")).to_contain_text("100 rows selected; at most 100 can be selected")
    expect(one.at(f"{ROWS} input:checked")).to_have_count(100)
    expect(every).not_to_be_checked()
    one.button("Clear selection").click()
    expect(one.at("#picked")).to_be_hidden()
    expect(one.at(f"{ROWS} input:checked")).to_have_count(0)
    expect(one.at("#table")).to_be_focused()


def test_columns_are_chosen_and_stay_in_the_address(visit: Open) -> None:
    one = visit("?panel=table&columns=date,title,who")
    heads = one.at("#incident-table thead th")
    expect(heads).to_have_text(["", "Date", "Incident", "Responsibility"], use_inner_text=True)
    menu = one.at("#columns summary")
    menu.focus()
    one.page.keyboard.press("Enter")
    one.at("#columns").get_by_label("Status").focus()
    one.page.keyboard.press("Space")
    expect(heads).to_have_text(WITH_STATUS, use_inner_text=True)
    one.page.wait_for_url("**columns=date,title,who,status*")
    expect(one.at(f"{ROWS} td:last-child").first).to_have_text("foiled")
    one.page.keyboard.press("Escape")
    expect(menu).to_be_focused()
    expect(one.at("#table")).to_be_visible()
    one.page.reload()
    one.wait_painted()
    heads = one.at("#incident-table thead th")
    expect(heads).to_have_text(WITH_STATUS, use_inner_text=True)


def test_back_closes_the_table_and_restores_its_order(stage: Open) -> None:
    """Who opened it and goes back is on the map again, and has not left the program."""
    one = stage("?view=66.0000,34.0000,5")
    one.at("#table-button").click()
    expect(one.at(ROWS).first).to_be_visible()
    order = ids(one)
    one.page.wait_for_timeout(1_100)  # what comes sooner belongs to the same step
    one.at("#incident-table thead").get_by_role("button", name="Killed").click()
    one.page.wait_for_url("**sort=-killed*")
    expect(one.at(ROWS).first).not_to_have_attribute("data-id", order[0])
    one.page.go_back()
    expect(one.at(ROWS).first).to_have_attribute("data-id", order[0])
    one.page.go_back()
    expect(one.at("#table")).to_be_hidden()
    one.page.wait_for_url("**/?view=66.0000,34.0000,5")
    one.page.go_forward()
    expect(one.at("#table")).to_be_visible()


def test_a_row_goes_to_its_place(stage: Open) -> None:
    one = stage("?panel=table&q=kerman", reduced_motion="reduce")
    row(one, KERMAN).get_by_role("button").click()
    one.frame().wait_for_function(
        "() => Math.hypot(mapviewMap.map.getCenter().lat - 30.28,"
        " mapviewMap.map.getCenter().lng - 57.08) < 0.2"
    )


def test_chooses_on_the_map_by_keyboard(stage: Open) -> None:
    one = stage("?view=57.08,30.28,7&areas=off&type=suicide+bombing")
    one.map().focus()
    one.page.keyboard.press("n")
    one.page.keyboard.press("Enter")
    expect(one.sheet()).to_contain_text("Kerman")
    said = one.at("[aria-live]").filter(has_text="is shown beside the map")
    expect(said).to_contain_text("Kerman")


def test_what_opens_over_the_map_takes_the_keyboard_and_gives_it_back(visit: Open) -> None:
    one = visit(viewport={"width": 1000, "height": 800})
    expect(one.at("#drawer")).to_be_hidden()
    # The first stop leads past all others.
    one.at("#drawer-button").focus()
    one.page.keyboard.press("Shift+Tab")
    expect(one.button("Go to the map")).to_be_focused()
    expect(one.button("Go to the map")).to_be_in_viewport(ratio=1)
    one.page.keyboard.press("Enter")
    expect(one.map()).to_be_focused()
    one.at("#drawer-button").press("Enter")
    expect(one.at("#words")).to_be_focused()
    one.page.keyboard.press("Escape")
    expect(one.at("#drawer")).to_be_hidden()
    expect(one.at("#drawer-button")).to_be_focused()
    one.at("#table-button").press("Enter")
    expect(one.at("#table")).to_be_focused()
    one.page.keyboard.press("Escape")
    expect(one.at("#table")).to_be_hidden()
    expect(one.at("#table-button")).to_be_focused()
    for name in ("share", "download"):
        opener = one.at(f"#{name} summary")
        opener.press("Enter")
        inside = one.at(f"#{name} :is(a, button)").first
        expect(inside).to_be_visible()
        inside.focus()
        one.page.keyboard.press("Escape")
        expect(inside).to_be_hidden()
        expect(opener).to_be_focused()
    compare = one.button("Compare")
    compare.press("Enter")
    expect(one.at("#compare")).to_be_focused()
    # Charts are open, and nothing is compared with.
    expect(compare).to_have_attribute("aria-expanded", "false")
    expect(one.button("Charts")).to_have_attribute("aria-expanded", "true")
    one.page.keyboard.press("Escape")
    expect(compare).to_be_focused()
    one.button("Briefing").press("Enter")
    expect(one.page.get_by_role("dialog")).to_be_visible()
    one.page.wait_for_selector(IDLE)
    one.page.keyboard.press("Escape")
    expect(one.page.get_by_role("dialog")).to_be_hidden()
    expect(one.button("Briefing")).to_be_focused()


def test_the_period_is_moved_and_widened_by_keyboard(stage: Open) -> None:
    one = stage("?areas=off")
    slider = one.frame().get_by_role("slider", name="Period shown")
    slider.focus()
    one.page.keyboard.press("End")
    one.wait_painted("from=2024-01-01&to=2024-12-31&areas=off")
    one.page.keyboard.press("ArrowLeft")
    one.page.keyboard.press("Shift+ArrowRight")
    one.wait_painted("from=2023-01-01&to=2024-12-31&areas=off")
    expect(slider).to_have_attribute("aria-valuetext", "1 January 2023 – 31 December 2024")


def test_a_related_incident_is_one_click_away(stage: Open) -> None:
    one = stage("?id=shiraz-2022-10")
    one.sheet().get_by_role("button", name="August 2023").click()
    expect(one.sheet().locator(".mp-title")).to_contain_text("2023")
    one.page.wait_for_url("**id=shiraz-2023-08*")


def test_a_link_and_a_citation_are_copied(stage: Open) -> None:
    one = stage(f"?id={KERMAN}")
    for name, part in (("Copy link", f"?id={KERMAN}"), ("Copy citation", "Kerman")):
        one.button(name).click()
        expect(one.sheet().locator(".mp-copy:focus")).to_have_text("Copied")
        # Only a paste tells what was copied.
        one.open_filters()
        one.at("#words").fill("")
        one.at("#words").press("Control+V")
        assert part in one.at("#words").input_value()
        one.at("#words").fill("")
