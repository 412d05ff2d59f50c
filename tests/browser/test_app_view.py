"""Which part of the world the app shows, and that its address always says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from browser.visiting import IDLE, Visit
from fixed_records import incident
from playwright.sync_api import expect
from served import Server

from geodata import Filter, Records, Store, load
from geodata.formats.geojson import write_geojson

Open = Callable[..., Visit]
CROCUS = "krasnogorsk-2024-03-22"
SEEN = """() => {
  const {x, y} = mapviewMap.map.getSize();
  const inside = (mark) => mark.x >= 0 && mark.y >= 0 && mark.x <= x && mark.y <= y;
  return mapviewMap.painted().filter(inside).flatMap((mark) => mark.ids);
}"""
# The address says what the map shows, as the frame in the page sees it.
TRUE_ADDRESS = """() => {
  const {lon, lat, zoom} = mapviewMap.mapView();
  const text = `${lon.toFixed(4)},${lat.toFixed(4)},${zoom}`;
  return new URLSearchParams(window.parent.location.search).get("view") === text;
}"""


@pytest.fixture(scope="module")
def store() -> Store:
    return Store.of(load())


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app with records of its own, on both sides of the date line."""
    folder = tmp_path_factory.mktemp("elsewhere")
    places = {"suva": (178.44, -18.14), "labasa": (179.37, -16.43), "nukualofa": (-175.2, -21.14)}
    records = [
        incident(name, points=[at], country="", admin1="", admin1_code="")
        for name, at in places.items()
    ]
    write_geojson(folder / "own.geojson", Records(incidents=tuple(records)))
    server = Server(log=folder / "log.txt", data=folder / "own.geojson")
    try:
        server.wait()
        yield server
    finally:
        server.stop()


def seen(one: Visit) -> set[str]:
    return set(one.frame().evaluate(SEEN))


def wait_seen(one: Visit, ids: set[str]) -> None:
    """Wait until the map stands still and shows just these incidents."""
    one.frame().wait_for_function(
        f"(ids) => {{ const now = ({SEEN})(); return ids.length === new Set(now).size"
        " && ids.every((id) => now.includes(id)); }",
        arg=sorted(ids),
    )
    wait_true(one)


def wait_true(one: Visit) -> None:
    one.frame().wait_for_function(TRUE_ADDRESS)


def settle(one: Visit) -> None:
    """Let all follow that a change brings: the script ends, and the address is as it will stay."""
    one.page.wait_for_selector(IDLE)
    one.page.wait_for_timeout(600)


def placed(store: Store, query: str) -> set[str]:
    rows = store.table(Filter.from_query(query), limit=1_000)
    return {row.id for row in rows if row.is_mappable}


def choose_country(one: Visit, name: str) -> None:
    one.page.get_by_role("combobox", name="Country").fill(name)
    one.page.keyboard.press("Enter")
    # The field shrinks as it loses the keyboard, and would move a button away from under the mouse.
    one.page.locator(".mv-head h1").click()


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (768, 1024), (390, 844)])
def test_opens_on_where_most_lies_and_counts_the_rest(
    visit: Open, store: Store, width: int, height: int
) -> None:
    one = visit(viewport={"width": width, "height": height})
    wait_true(one)
    everything = placed(store, "")
    assert len(everything) * 0.85 <= len(seen(one)) < len(everything)
    outside = one.frame().locator(".mapview-outside")
    left = len(everything - seen(one))
    expect(outside).to_contain_text(f"{left} incidents lie outside this part of the map.")
    outside.get_by_role("button", name="Show them").click()
    wait_seen(one, everything)
    expect(outside).to_be_hidden()
    one.frame().get_by_role("button", name="Show what was found").click()
    expect(outside).to_contain_text(f"{left} incidents lie")


def test_follows_its_own_size_until_somebody_takes_the_map_over(visit: Open) -> None:
    one = visit(viewport={"width": 1440, "height": 900})
    zoom = one.frame().evaluate("mapviewMap.map.getZoom()")
    for width, height in ((390, 844), (1440, 900)):
        one.page.set_viewport_size({"width": width, "height": height})
        settle(one)
    assert one.frame().evaluate("mapviewMap.map.getZoom()") == zoom
    home = one.frame().evaluate("mapviewMap.map.getCenter()")
    one.frame().locator("#map_div").press("ArrowUp")
    one.frame().wait_for_function("(lat) => mapviewMap.map.getCenter().lat > lat", arg=home["lat"])
    settle(one)
    moved = one.frame().evaluate("mapviewMap.map.getCenter().lat")
    one.page.set_viewport_size({"width": 1300, "height": 900})
    settle(one)
    assert abs(one.frame().evaluate("mapviewMap.map.getCenter().lat") - moved) < 1


def test_a_great_attack_is_not_cut_off_by_the_edge(visit: Open) -> None:
    assert CROCUS in seen(visit())


def test_own_records_anywhere_in_the_world_are_in_sight(visit: Open, elsewhere: Server) -> None:
    one = visit(url=elsewhere.url)
    wait_seen(one, {"suva", "labasa", "nukualofa"})
    assert one.frame().evaluate("mapviewMap.map.getZoom()") >= 5


@pytest.mark.parametrize("query", ["country=US", "country=FR", "q=Dushanbe", "status=disputed"])
def test_opens_on_what_the_filter_of_its_address_finds(
    visit: Open, store: Store, query: str
) -> None:
    wait_seen(visit(f"?{query}"), placed(store, query))


def test_follows_the_filter_until_somebody_moves_the_map(visit: Open, store: Store) -> None:
    one = visit()
    wait_true(one)
    choose_country(one, "United States")
    wait_seen(one, placed(store, "country=US"))
    one.page.get_by_role("button", name="Reset all filters").click()
    one.wait_painted("")
    one.frame().wait_for_function(f"(id) => ({SEEN})().includes(id)", arg=CROCUS)
    wait_true(one)
    one.frame().evaluate("mapviewMap.map.setView([34.5, 69.2], 7, {animate: false})")
    wait_true(one)
    one.page.get_by_role("button", name="Contested").click()
    one.wait_painted("attribution=contested")
    settle(one)
    assert "view=69.2000,34.5000,7" in one.page.url
    expect(one.frame().locator(".mapview-outside")).to_contain_text("outside this part of the map")


def test_leaves_a_view_in_which_a_filter_finds_nothing(visit: Open, store: Store) -> None:
    one = visit("?view=69.2,34.5,7")
    choose_country(one, "France")
    wait_seen(one, placed(store, "country=FR"))


def test_the_address_holds_the_view_whatever_is_done(visit: Open) -> None:
    one = visit()
    one.page.get_by_role("button", name="Attack on Crocus City Hall").click()
    one.frame().wait_for_function("mapviewMap.map.getZoom() === 7")
    one.page.get_by_role("radio", name="Not on the map").click()
    one.page.wait_for_url("**panel=unplaced*")
    settle(one)
    assert one.frame().evaluate(TRUE_ADDRESS), one.page.url
    one.page.get_by_role("radio", name="Table").click()
    one.page.wait_for_url("**panel=table*")
    one.frame().evaluate("mapviewMap.map.panBy([300, 200], {animate: false})")
    one.page.get_by_role("radio", name="Not on the map").click()
    one.page.wait_for_url("**panel=unplaced*")
    settle(one)
    assert one.frame().evaluate(TRUE_ADDRESS), one.page.url
    one.frame().get_by_role("button", name="Zoom out").click()
    one.frame().get_by_role("button", name="Show what was found").click()
    settle(one)
    assert one.frame().evaluate(TRUE_ADDRESS), one.page.url


def test_back_and_forward_bring_the_view_too(visit: Open) -> None:
    one = visit("?view=69.2,34.5,6")
    wait_true(one)
    views = []
    for name, at in (("Disputed (", [30, 57]), ("Foiled (", [55, 37]), ("Claimed (", [41, 29])):
        views.append(one.page.url)
        one.page.get_by_role("button", name=name).click()
        one.page.wait_for_function("(url) => location.href !== url", arg=views[-1])
        settle(one)
        one.frame().evaluate("(at) => mapviewMap.map.setView(at, 6, {animate: false})", at)
        wait_true(one)
        settle(one)
    last = one.page.url
    for url in reversed(views):
        one.page.go_back()
        settle(one)
        assert one.page.url == url
        assert one.frame().evaluate(TRUE_ADDRESS)
    for url in (*views[1:], last):
        one.page.go_forward()
        settle(one)
        assert one.page.url == url
        assert one.frame().evaluate(TRUE_ADDRESS)
    assert one.words().startswith("Disputed or foiled incidents")


def test_back_from_the_page_about_the_record_shows_the_same_view(visit: Open) -> None:
    one = visit("?view=57.08,30.28,7")
    wait_true(one)
    before = one.page.url
    one.page.get_by_role("link", name="About the record").click()
    expect(one.page.get_by_role("heading", name="About the record")).to_be_visible()
    one.page.wait_for_timeout(600)
    assert "/about" in one.page.url
    one.page.get_by_role("link", name="Back to the map").click()
    one.wait_painted("")
    settle(one)
    assert one.frame().evaluate(TRUE_ADDRESS), one.page.url
    assert one.page.url == before


def test_the_limit_says_what_it_does_and_can_be_lifted(visit: Open) -> None:
    one = visit("?view=57.08,30.28,8")
    wait_true(one)
    before = one.page.url
    one.frame().get_by_role("button", name="Limit to this view").click()
    expect(one.page.locator("[data-testid=filter-words]")).to_contain_text("within")
    expect(one.page.get_by_text("what has no known place is left out")).to_be_visible()
    one.frame().get_by_role("button", name="Lift the limit").click()
    one.wait_painted("")
    settle(one)
    words = one.page.locator("[data-testid=filter-words]")
    expect(words).to_have_text("All incidents and base areas, all dates")
    assert one.page.url == before


def test_the_map_fills_the_screen_and_a_choice_leads_back(visit: Open) -> None:
    one = visit("?view=57.08,30.28,9&areas=off")
    one.frame().get_by_role("button", name="Full screen").click()
    one.frame().wait_for_function(
        "document.fullscreenElement && mapviewMap.map.getSize().x === window.innerWidth"
    )
    assert one.frame().evaluate("[innerWidth, innerHeight]") == [1440, 900]
    one.frame().wait_for_function(TRUE_ADDRESS)
    one.click_mark("kerman-2024-01-03")
    one.frame().wait_for_function("!document.fullscreenElement")
    expect(one.page.locator(".mv-detail")).to_contain_text("Kerman")
