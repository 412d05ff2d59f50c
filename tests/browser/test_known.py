"""As known on a day, in the app: by address, chip, pages beside, Back and the page Data."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from browser.visiting import Visit
from playwright.sync_api import FrameLocator, Page, expect
from served import Server
from versioned import THEN, two_versions

from geodata.workspace import Workspace


@pytest.fixture(scope="module")
def versioned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that shows a dataset of two versions; tests only look at it."""
    tmp_path = tmp_path_factory.mktemp("versioned")
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path / "workspace"
        patch.setenv("MAPVIEW_WORKSPACE", str(folder))
        dataset = two_versions(Workspace(), patch)
    environment = {"MAPVIEW_WORKSPACE": str(folder), "MAPVIEW_DATA": str(dataset.folder)}
    with Server(log=tmp_path / "log.txt", environment=environment) as one:
        yield one


def stage(page: Page) -> FrameLocator:
    # For a moment there are two, where one takes the place of another.
    return page.locator("iframe[title*='streamlit_folium']").last.content_frame


def test_each_state_is_an_address_with_its_words(
    versioned: Server, visit: Callable[..., Visit]
) -> None:
    page = visit(f"?known={THEN}&panel=table", url=versioned.url).page
    chips, rows = stage(page).locator("#chips"), stage(page).locator("#rows tr[data-id]")
    expect(chips).to_contain_text("As known on 4 November 2021")
    expect(rows).to_have_count(2)
    # What is chosen keeps the day, and so does what is made of it.
    stage(page).locator("#words").fill("herat")
    expect(rows).to_have_count(1)
    expect(rows).to_have_attribute("data-id", "own:2")
    assert "q=herat" in page.url
    assert f"known={THEN}" in page.url
    stage(page).locator("#download summary").click()
    with page.expect_download() as download:
        stage(page).locator("#download a", has_text="CSV").click()
    assert "own:2" in download.value.path().read_text("utf-8-sig")
    stage(page).locator("#to-briefing").click()
    expect(page.get_by_role("dialog")).to_contain_text("as known on 4 November 2021")
    page.keyboard.press("Escape")
    stage(page).get_by_role("button", name="As known on 4 November 2021").click()
    expect(chips).not_to_contain_text("As known")
    expect(chips).to_contain_text("herat")
    expect(rows).to_have_count(1)
    expect(rows).to_have_attribute("data-id", "own:3")
    assert "known=" not in page.url
    page.go_back()
    expect(chips).to_contain_text("As known on 4 November 2021")
    expect(rows).to_have_count(1)
    expect(rows).to_have_attribute("data-id", "own:2")


def test_data_lists_the_days_and_tells_what_changed(
    versioned: Server, visit: Callable[..., Visit]
) -> None:
    page = visit(url=versioned.url).page
    stage(page).locator("#to-data").click()
    page.get_by_text("What changed").click()
    page.get_by_role("button", name="Compare").click()
    told = page.locator(".mv-between")
    expect(told).to_contain_text("2 records are new, 1 changed, 1 was withdrawn; none is the same.")
    expect(told).to_contain_text("fatalities: 3 [“own.csv”, own.csv, line 2] → 5 [")
    page.get_by_role("link", name="2 November 2021").click()
    expect(stage(page).locator("#chips")).to_contain_text("As known on 2 November 2021")
    stage(page).locator("#to-about").click()
    expect(page.get_by_text("Version of the data")).to_be_visible()
    assert "known=2021-11-02" in page.url
    page.get_by_role("link", name="Back to the map").click()
    expect(stage(page).locator("#chips")).to_contain_text("As known on 2 November 2021")
