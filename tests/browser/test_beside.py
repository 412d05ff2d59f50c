"""What stands beside the map on demand: charts that filter, and a comparison with bounds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from browser.offline import Open, wait_for_filter
from browser.visiting import Visit
from playwright.sync_api import Locator, Page, expect

from geodata import Filter, Store
from geodata.records import ClaimAbout

ONE, OTHER = "from=2021-01-01&to=2021-12-31", "from=2020-01-01&to=2020-12-31"


def bounds(least: int, most: int) -> str:
    return f"{least:,}" if least == most else f"{least:,} to {most:,}"


def against(one: tuple[int, int], other: tuple[int, int]) -> str:
    """How a difference is said, by trying all that may be true."""
    found = [a - b for a in one for b in other]
    low, high = min(found), max(found)
    if low == high == 0:
        return "as many"
    if low >= 0:
        return f"{bounds(low, high)} more"
    return f"{bounds(-high, -low)} fewer" if high <= 0 else f"{-low} fewer to {high} more"


def row(root: Any, words: str) -> list[str]:
    cells: Locator = root.locator("#compared tr").filter(has_text=words).locator("td")
    expect(cells).to_have_count(3)
    return cells.all_inner_texts()


def test_two_periods_are_held_against_each_other(
    stage: Callable[..., Visit], shipped: Store
) -> None:
    one = stage(f"?{ONE}", reduced_motion="reduce")
    one.at("#table-button").focus()
    one.page.keyboard.press("c")
    choice = one.at("#compare")
    expect(choice).to_be_focused()
    choice.select_option(label="The period before")
    one.page.wait_for_url("**compare=before*")
    expect(one.at("#compared tr")).to_have_count(6)
    # What is held against itself does not differ, however far its tolls are known.
    choice.select_option(value="all")
    one.page.wait_for_url("**compare=all*")
    one.open_filters()
    one.page.wait_for_timeout(1_100)  # what comes sooner is the same step to go back over
    one.button("Reset all filters").click()
    expect(one.at("#compared tbody td:last-child")).to_have_text(["as many"] * 5)
    one.page.go_back()
    choice.select_option(label="The period before")
    one.page.wait_for_url("**compare=before*")
    sums = [shipped.toll(Filter.from_query(f), ClaimAbout.FATALITIES) for f in (ONE, OTHER)]
    killed = [toll.everybody for toll in sums]
    assert all(toll.is_open for toll in killed)
    # Either may be more than the highest figure, so that nobody knows by how much they differ.
    differ = "as many, more or fewer"
    assert row(one.frame(), "Killed") == [*(toll.bounds for toll in killed), differ]
    totals = [shipped.totals(Filter.from_query(f)) for f in (ONE, OTHER)]
    events = [(some.events - some.uncertain_events, some.events) for some in totals]
    assert row(one.frame(), "Events") == [*(bounds(*two) for two in events), against(*events)]
    # The other map has the other period, and goes along.
    expect(one.at("#name-b")).to_have_text("B 2020")
    of_other = "mapviewPage.beside.twin.layer"
    one.frame().wait_for_function(f"f => {of_other}.lastPaint?.filter === f", arg=OTHER)
    one.frame().evaluate("void mapviewMap.map.setView([34.5, 69.2], 8)")
    assert one.frame().evaluate(f"{of_other}.map.getZoom()") == 8
    # What is chosen there is chosen, and the charts come back after it.
    one.frame().evaluate(f"{of_other}.select([...{of_other}.marks()[0].ids][0])")
    expect(one.sheet()).to_be_visible()
    expect(one.at("#charts")).to_be_hidden()
    one.at("#charts-button").click()
    expect(one.sheet()).to_be_hidden()
    expect(one.at("#charts")).to_be_focused()
    one.page.keyboard.press("Escape")
    expect(one.at("#charts-button")).to_be_focused()
    expect(one.at("#charts")).to_be_hidden()


def test_back_and_forward_restore_a_comparison(stage: Callable[..., Visit]) -> None:
    one = stage("?country=AF&compare=country%3DPK")
    expect(one.at("#name-b")).to_have_text("B Pakistan")
    one.at("#compare-button").click()
    one.at("#swap").click()
    expect(one.at("#name-b")).to_have_text("B Afghanistan")
    one.wait_painted("country=PK")
    one.at("#chips").get_by_role("button", name="Compared with").click()
    expect(one.at("#canvas-beside")).to_have_count(0)
    one.page.go_back()
    expect(one.at("#canvas-beside")).to_have_count(1)
    one.page.go_forward()
    expect(one.at("#canvas-beside")).to_have_count(0)


def chart(page: Page, name: str) -> Locator:
    return page.get_by_role("table", name=name, exact=True)


@pytest.mark.parametrize("name", ["all", "embedded"])
def test_bars_filter_and_pressed_again_no_longer(
    open_file: Open, name: str, shipped: Store
) -> None:
    page = open_file(name, "#charts=on")
    page.mouse.click(2, 2)
    types = chart(page, "By type")
    bar = types.get_by_role("button", name="Airstrike", exact=True)
    least, most = shipped.facets(Filter())["type"]["airstrike"]
    airstrikes = types.get_by_role("row").filter(has_text="Airstrike")
    expect(airstrikes.get_by_role("cell")).to_have_text(bounds(least, most))
    bar.click()
    wait_for_filter(page, "type=airstrike")
    expect(bar).to_have_attribute("aria-pressed", "true")
    expect(bar).to_be_focused()
    page.keyboard.press("Enter")
    wait_for_filter(page, "")
    year = chart(page, "By year").get_by_role("button", name="2021", exact=True)
    year.press("ArrowLeft")
    page.keyboard.press("Enter")
    wait_for_filter(page, OTHER)
    page.locator("#compare").select_option("year")
    expect(page.locator("#name-b")).to_contain_text("2019")
    expect(page.locator("#compare-note")).to_contain_text("told in the app alone")
    assert "compare=year" in page.evaluate("location.hash")
