"""Which part of the world the app shows, and that its address always says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from browser.visiting import Visit
from fixed_records import incident
from playwright.sync_api import expect
from served import Server

from geodata import Filter, Records, Store, load
from geodata.formats.geojson import write_geojson
from geodata.queries import DateMatch
from geodata.scope import Count

Open = Callable[..., Visit]
KERMAN = "kerman-2024-01-03"
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
    """Let all follow that a change brings, until the address is as it will stay."""
    one.page.wait_for_timeout(1_100)  # what comes sooner is the same step to go back over


def placed(store: Store, query: str) -> set[str]:
    rows = store.table(Filter.from_query(query), limit=1_000)
    return {row.id for row in rows if row.is_mappable}


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (768, 1024), (390, 844)])
def test_opens_on_where_most_lies_and_counts_the_rest(
    stage: Open, store: Store, width: int, height: int
) -> None:
    one = stage(viewport={"width": width, "height": height})
    wait_true(one)
    everything = placed(store, "")
    assert len(everything) * 0.85 <= len(seen(one)) < len(everything)
    outside = one.at(".mapview-outside")
    left = len(everything - seen(one))
    expect(outside).to_contain_text(f"{left} incidents lie outside this part of the map.")
    outside.get_by_role("button", name="Show them").click()
    wait_seen(one, everything)
    expect(outside).to_be_hidden()
    one.button("Show what was found").click()
    expect(outside).to_contain_text(f"{left} incidents lie")


def test_follows_its_own_size_until_somebody_takes_the_map_over(stage: Open) -> None:
    one = stage(viewport={"width": 1440, "height": 900})
    zoom = one.frame().evaluate("mapviewMap.map.getZoom()")
    for width, height in ((390, 844), (1440, 900)):
        one.page.set_viewport_size({"width": width, "height": height})
        settle(one)
    assert one.frame().evaluate("mapviewMap.map.getZoom()") == zoom
    home = one.frame().evaluate("mapviewMap.map.getCenter()")
    one.map().press("ArrowUp")
    one.frame().wait_for_function("(lat) => mapviewMap.map.getCenter().lat > lat", arg=home["lat"])
    settle(one)
    moved = one.frame().evaluate("mapviewMap.map.getCenter().lat")
    one.page.set_viewport_size({"width": 1300, "height": 900})
    settle(one)
    assert abs(one.frame().evaluate("mapviewMap.map.getCenter().lat") - moved) < 1


def test_own_records_anywhere_in_the_world_are_in_sight(visit: Open, elsewhere: Server) -> None:
    one = visit(url=elsewhere.url)
    wait_seen(one, {"suva", "labasa", "nukualofa"})
    assert one.frame().evaluate("mapviewMap.map.getZoom()") >= 5


@pytest.mark.parametrize("query", ["country=US", "country=FR", "q=Dushanbe", "status=disputed"])
def test_opens_on_what_the_filter_of_its_address_finds(
    visit: Open, store: Store, query: str
) -> None:
    wait_seen(visit(f"?{query}"), placed(store, query))


def test_follows_the_filter_until_somebody_moves_the_map(stage: Open, store: Store) -> None:
    one = stage()
    wait_true(one)
    one.tick("countries", "US")
    wait_seen(one, placed(store, "country=US"))
    one.button("Reset all filters").click()
    one.wait_painted("")
    one.frame().wait_for_function(f"(id) => ({SEEN})().includes(id)", arg=KERMAN)
    wait_true(one)
    one.frame().evaluate("void mapviewMap.map.setView([34.5, 69.2], 7, {animate: false})")
    wait_true(one)
    one.tick("attributions", "contested")
    one.wait_painted("attribution=contested")
    settle(one)
    assert "view=69.2000,34.5000,7" in one.page.url
    expect(one.at(".mapview-outside")).to_contain_text("outside this part of the map")


def test_leaves_a_view_in_which_a_filter_finds_nothing(stage: Open, store: Store) -> None:
    one = stage("?view=69.2,34.5,7")
    one.tick("countries", "FR")
    wait_seen(one, placed(store, "country=FR"))


def test_the_address_holds_the_view_whatever_is_done(stage: Open) -> None:
    one = stage()
    one.at("#table-button").click()
    row = one.at("#incident-table tbody button").filter(has_text="Crocus City Hall")
    row.first.click()
    one.frame().wait_for_function("mapviewMap.map.getZoom() === 7")
    settle(one)
    assert one.frame().evaluate(TRUE_ADDRESS), one.page.url
    assert f"id={CROCUS}" in one.page.url
    one.frame().evaluate("void mapviewMap.map.panBy([300, 200], {animate: false})")
    one.button("Not on the map").click()
    one.page.wait_for_url("**panel=unplaced*")
    one.at("#table-close").click()
    settle(one)
    assert one.frame().evaluate(TRUE_ADDRESS), one.page.url
    assert "panel" not in one.page.url
    one.button("Zoom out").click()
    one.button("Show what was found").click()
    settle(one)
    assert one.frame().evaluate(TRUE_ADDRESS), one.page.url


def test_another_size_leaves_the_address_as_it_is(stage: Open) -> None:
    one = stage("?view=57.08,30.28,7")
    wait_true(one)
    settle(one)
    before = one.page.url
    for width, height in ((1439, 899), (1437, 898), (1434, 895), (1440, 900)):
        one.page.set_viewport_size({"width": width, "height": height})
        settle(one)
        assert one.page.url == before
    one.frame().evaluate("void mapviewMap.map.panBy([3, 0], {animate: false})")
    settle(one)
    assert one.page.url != before
    assert one.frame().evaluate(TRUE_ADDRESS)


def test_moving_the_map_asks_the_program_nothing(stage: Open) -> None:
    one = stage("?view=66,34,5")
    settle(one)
    asked: list[str] = []
    one.page.on("request", lambda request: asked.append(request.url))
    one.page.on("websocket", lambda socket: asked.append(socket.url))
    one.frame().evaluate("void mapviewMap.map.panBy([900, 0], {animate: false})")
    one.page.wait_for_function("() => !location.search.includes('view=66,34')")
    settle(one)
    assert one.frame().evaluate(TRUE_ADDRESS)
    # But whether the program still has the data that are shown, every 20 seconds.
    assert [url for url in asked if "/api/version" not in url] == []


def test_an_address_restores_all_of_it(visit: Open) -> None:
    first = visit(f"?type=suicide+bombing&id={KERMAN}&view=58.5,31.25,7&panel=table&sort=-killed")
    first.tick("attributions", "contested")
    first.wait_painted("type=suicide+bombing&attribution=contested")
    first.page.wait_for_url("**attribution=contested*")
    second = visit(f"?{first.page.url.partition('?')[2]}")
    center = second.frame().evaluate("mapviewMap.map.getCenter()")
    assert (center["lng"], center["lat"]) == pytest.approx((58.5, 31.25), abs=0.02)
    assert second.frame().evaluate("mapviewMap.map.getZoom()") == 7
    expect(second.sheet()).to_contain_text("Kerman")
    expect(second.at("#table th[data-column=killed]")).to_have_attribute("aria-sort", "descending")
    assert second.words() == first.words()
    assert second.count() == first.count()


def test_an_address_with_an_incident_alone_goes_there(visit: Open) -> None:
    one = visit(f"?id={KERMAN}")
    one.frame().wait_for_function(
        """() => {
          const {map} = window.mapviewMap;
          const {lat, lng} = map.getCenter();
          return Math.hypot(lat - 30.28, lng - 57.08) < 0.2 && map.getZoom() === 7;
        }"""
    )


def test_back_and_forward_bring_all_of_it(stage: Open) -> None:
    one = stage("?view=69.2000,34.5000,6")
    settle(one)
    assert "view=69.2000,34.5000,6" in one.page.url
    shown = []
    for status, at in (("disputed", [30, 57]), ("foiled", [55, 37]), ("carried out", [41, 29])):
        shown.append((one.page.url, one.words(), one.count()))
        one.tick("statuses", status)
        settle(one)
        one.frame().evaluate("(at) => void mapviewMap.map.setView(at, 6, {animate: false})", at)
        wait_true(one)
        settle(one)
    # A record that was chosen is a step, too.
    shown.append((one.page.url, one.words(), one.count()))
    one.frame().evaluate("(id) => mapviewPage.choose(id)", KERMAN)
    one.page.wait_for_url(f"**id={KERMAN}*")
    one.frame().wait_for_function("mapviewMap.map.getZoom() === 7")
    wait_true(one)
    settle(one)
    last = (one.page.url, one.words(), one.count())
    for url, words, count in reversed(shown):
        one.page.go_back()
        settle(one)
        assert one.page.url == url
        assert one.frame().evaluate(TRUE_ADDRESS)
        assert one.words() == words
        assert one.count() == count
        expect(one.sheet()).to_be_hidden()
    for url, words, count in (*shown[1:], last):
        one.page.go_forward()
        settle(one)
        assert one.page.url == url
        assert one.frame().evaluate(TRUE_ADDRESS)
        assert one.words() == words
        assert one.count() == count
    expect(one.sheet()).to_contain_text("Kerman")


def test_what_is_off_the_map_comes_back_and_is_handed_on(stage: Open) -> None:
    one = stage("?hide=kind:bombing&hide=group:nobody&compare=all")
    legend = one.at(".mapview-legend-button").first
    expect(legend).to_have_text("Legend, 1 hidden")
    # Both maps of a comparison are without it.
    one.frame().wait_for_function(
        "() => [mapviewMap, mapviewPage.beside.twin.layer].every(({data}) =>"
        " data.answer && [...data.hidden].join() === 'kind:0')"
    )
    settle(one)
    one.at("#share summary").click()
    expect(one.at("#share code").last).to_contain_text("/embed?")
    assert all("hide=kind" in text for text in one.at("#share code").all_text_contents())
    one.frame().evaluate("mapviewMap.data.toggle('kind:0')")
    expect(legend).to_have_text("Legend")
    one.page.wait_for_function("() => !location.search.includes('hide')")
    one.page.go_back()
    expect(legend).to_have_text("Legend, 1 hidden")


def test_back_from_the_page_about_the_record_shows_the_same_view(visit: Open) -> None:
    one = visit("?view=57.08,30.28,7")
    wait_true(one)
    before = one.page.url
    one.button("About").click()
    expect(one.page.get_by_role("heading", name="About the record")).to_be_visible()
    one.page.wait_for_timeout(600)
    assert "/about" in one.page.url
    one.page.get_by_role("link", name="Back to the map").click()
    one.wait_painted("")
    settle(one)
    assert one.frame().evaluate(TRUE_ADDRESS), one.page.url
    assert one.page.url == before


def test_the_limit_says_what_it_does_and_can_be_lifted(stage: Open) -> None:
    one = stage("?view=57.08,30.28,8")
    wait_true(one)
    before = one.page.url
    limit = one.button("Limit to this view")
    assert "what has no known place is left out" in (limit.get_attribute("title") or "")
    limit.click()
    one.page.wait_for_url("**bounds=*")
    assert one.words() == ["Within a part of the map"]
    settle(one)
    one.button("Lift the limit").click()
    one.wait_painted("")
    settle(one)
    assert one.words() == ["All incidents and base areas, all dates"]
    assert one.page.url == before


def test_the_map_fills_the_screen_and_a_choice_leads_back(stage: Open) -> None:
    one = stage("?view=57.08,30.28,9&areas=off")
    one.button("Full screen").click()
    one.frame().wait_for_function(
        "document.fullscreenElement && mapviewMap.map.getSize().x === window.innerWidth"
    )
    assert one.frame().evaluate("[innerWidth, innerHeight]") == [1440, 900]
    one.frame().wait_for_function(TRUE_ADDRESS)
    one.click_mark(KERMAN)
    one.frame().wait_for_function("!document.fullscreenElement")
    expect(one.sheet()).to_contain_text("Kerman")


def test_discs_say_what_certainly_fits_and_what_may(stage: Open, store: Store) -> None:
    query = "from=2015-03-10&to=2018-07-31"
    one = stage(f"?{query}&view=68,33,5", viewport={"width": 1440, "height": 900})
    chosen = Filter.from_query(query)
    sure = store.ids(chosen.matching(DateMatch.CERTAIN))
    wait_true(one)
    marks = one.frame().evaluate("mapviewMap.painted()")
    for mark in marks:
        assert (mark["certain"], mark["n"]) == (len(sure & {*mark["ids"]}), len(mark["ids"]))
    disc = next(mark for mark in marks if 1 < mark["n"] > mark["certain"])
    words = f"{disc['certain']} to {disc['n']} incidents"
    one.map().hover(position={"x": disc["x"], "y": disc["y"]})
    expect(one.at(".mapview-tooltip-title")).to_have_text(words)
    one.map().click(position={"x": disc["x"], "y": disc["y"]})
    panel = one.frame().get_by_role("dialog", name=f"{words} in this area")
    may_fit = panel.get_by_role("button").filter(has_text="may fit the filter")
    expect(may_fit).to_have_count(disc["n"] - disc["certain"])
    outside = placed(store, query) - seen(one)
    count = Count(len(outside & sure), len(outside))
    assert count.certain < count.possible
    expect(one.at(".mapview-outside")).to_contain_text(f"{count.words} incidents lie outside")


def test_the_last_change_of_the_filters_is_taken_back(stage: Open) -> None:
    one = stage(viewport={"width": 1440, "height": 900})
    expect(one.at(".mp-undo")).to_have_count(0)
    one.tick("countries", "AF")
    one.wait_painted("country=AF")
    one.tick("types", "bombing")
    one.wait_painted("type=bombing&country=AF")
    one.button("Undo").press("Enter")
    one.wait_painted("country=AF")
    # The keyboard stays among what the filters ask for.
    assert one.at("#chips button:focus").count() == 1
    one.map().focus()
    one.page.keyboard.press("Control+z")
    one.wait_painted("")
    expect(one.at(".mp-undo")).to_have_count(0)
    # In a field the key is the field's own.
    one.tick("countries", "IR")
    one.wait_painted("country=IR")
    one.at("#words").focus()
    one.page.keyboard.press("Control+z")
    one.page.wait_for_timeout(200)
    assert one.words() == ["Iran"]
    one.at("#chips button").first.press("Enter")
    one.wait_painted("")
    expect(one.at("#chips button:focus")).to_have_text("Undo")


def test_a_page_whose_title_comes_before_its_address_has_it_back(visit: Open) -> None:
    one = visit("?status=disputed")
    expect(one.page).to_have_title("Disputed – Mapview")
    one.page.evaluate("() => { document.title = 'About'; }")
    # The frame takes it for what others write over the title of the map.
    expect(one.page).to_have_title("Disputed – Mapview")
    one.page.evaluate("() => history.replaceState(null, '', '/about')")
    expect(one.page).to_have_title("About")


def test_a_page_whose_title_comes_before_the_map_is_gone_has_it_back(visit: Open) -> None:
    one = visit("?status=disputed")
    one.page.evaluate("() => { document.title = 'About'; }")
    expect(one.page).to_have_title("Disputed – Mapview")
    one.page.evaluate("() => document.querySelectorAll('iframe').forEach((one) => one.remove())")
    expect(one.page).to_have_title("About")
