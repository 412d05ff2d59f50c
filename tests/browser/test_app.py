"""The app as its users meet it: filter, play, click, read, download."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import geopandas
import pytest
from browser.visiting import Visit
from playwright.sync_api import expect
from pypdf import PdfReader

import geodata
from geodata import Filter, Store
from geodata.scope import describe_scope

Open = Callable[..., Visit]
KERMAN = "kerman-2024-01-03"
SHADES = (".mp-exact", ".mp-inexact")
# Contrast of a part with the paper around it.
AGAINST_PAPER = """(node) => {
  const pen = document.createElement("canvas").getContext("2d");
  const light = (color) => {
    pen.fillStyle = color;
    pen.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...pen.getImageData(0, 0, 1, 1).data].map((one) => (one / 255) ** 2.2);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  const [part, paper] = [node, document.body].map(
    (one) => light(getComputedStyle(one).backgroundColor));
  return Math.max(part, paper) / Math.min(part, paper);
}"""
KERMAN_AT = (57.0788, 30.2832)
EVERYTHING = ["All incidents and base areas, all dates"]


@pytest.fixture(scope="module")
def store() -> Store:
    return Store.of(geodata.load())


def test_paints_incidents_without_asking_another_host(visit: Open, store: Store) -> None:
    one = visit()
    totals = store.totals(Filter())
    assert one.count().startswith(f"{describe_scope(totals)}; 168 base areas, ")
    assert one.words() == EVERYTHING
    # The first view is fitted once all that stands beside the map is there.
    one.frame().wait_for_function(
        "(id) => mapviewMap.painted().some((mark) => mark.ids.includes(id))", arg=KERMAN
    )
    assert one.frame().evaluate("mapviewMap.lastPaint.areas") > 0


def test_filters_by_status_in_place(stage: Open, store: Store) -> None:
    one = stage("?view=60,36,4")
    one.frame().evaluate("window.stillHere = true")
    center = "mapviewMap.map.getCenter()"
    before = one.frame().evaluate(center)
    one.tick("statuses", "disputed")
    one.wait_painted("status=disputed")
    expected = {row.id for row in store.table(Filter.from_query("status=disputed"))}
    assert one.painted_ids() == expected
    assert one.words() == ["Disputed"]
    # The frame was not rebuilt and the view was kept.
    assert one.frame().evaluate("window.stillHere") is True
    assert one.frame().evaluate(center) == before
    one.tick("statuses", "disputed")
    one.wait_painted("")
    assert one.words() == EVERYTHING


def test_filters_by_type_and_by_typed_dates(stage: Open, store: Store) -> None:
    one = stage()
    one.tick("types", "rocket attack")
    one.wait_painted("type=rocket+attack")
    one.at("#from").fill("2022-05")
    one.page.keyboard.press("Enter")
    one.wait_painted("from=2022-05-01&type=rocket+attack")
    expected = store.totals(Filter.from_query("from=2022-05-01&type=rocket attack"))
    expect(one.at("#count")).to_contain_text(describe_scope(expected, ""))
    one.page.wait_for_url("**from=2022-05-01*")
    assert one.words() == ["From 1 May 2022 on", "Rocket attack"]


def test_each_part_of_a_filter_can_be_taken_away(stage: Open) -> None:
    one = stage("?status=disputed&attribution=claimed&q=kabul&from=2014")
    one.frame().get_by_role("button", name="Without: “kabul”").click()
    one.wait_painted("from=2014-01-01&status=disputed&attribution=claimed")
    one.open_filters()
    expect(one.at("#words")).to_have_value("")
    expect(one.page).to_have_title(
        "From 1 January 2014 on, Disputed, Attribution claimed – Mapview"
    )
    one.button("Reset all filters").click()
    one.wait_painted("")
    expect(one.page).to_have_title("Mapview")
    expect(one.at("#from")).to_have_value("")


def test_quick_changes_all_count_and_the_way_back_is_kept(stage: Open) -> None:
    one = stage()
    one.tick("statuses", "disputed")
    one.tick("statuses", "foiled")
    one.tick("attributions", "claimed")
    one.wait_painted("status=disputed&status=foiled&attribution=claimed")
    one.page.wait_for_timeout(1_100)  # what comes sooner belongs to the same step
    one.search("kabul")
    one.page.wait_for_url("**q=kabul*")
    one.page.go_back()
    one.wait_painted("status=disputed&status=foiled&attribution=claimed")
    expect(one.at("#words")).to_have_value("")
    boxes = one.at("#statuses input:checked, #attributions input:checked")
    assert {box.input_value() for box in boxes.all()} == {"disputed", "foiled", "claimed"}


def test_brush_filters_while_it_is_drawn_and_asks_nobody(stage: Open) -> None:
    one = stage()
    told: list[object] = []
    one.page.on("request", lambda asked: told.append(asked.url))
    box = one.at("#bars").bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    width = box["width"] / 35
    one.page.mouse.move(box["x"] + width * 25.5, y)
    one.page.mouse.down()
    one.page.mouse.move(box["x"] + width * 28.5, y, steps=8)
    # The button is still held: map, counts and words follow.
    one.wait_painted("from=2015-01-01&to=2018-12-31")
    expect(one.at("#count")).to_contain_text("of 82 events")
    # So do the words of the filter and the fields, if not in each frame.
    expect(one.at("#chips li span").first).to_have_text("1 January 2015 – 31 December 2018")
    expect(one.at("#from")).to_have_value("2015-01-01")
    one.page.mouse.up()
    one.page.wait_for_url("**from=2015-01-01&to=2018-12-31*")
    # Where what is found lies is asked for behind what is shown, and the ground if that is near.
    behind = ("/api/extent", "/assets/basemap/provinces.topojson")
    assert [url for url in told if not any(one in str(url) for one in behind)] == []


def test_a_year_before_all_base_areas_has_none_and_says_what_may_lie_in_it(stage: Open) -> None:
    one = stage("?from=1994-01-01&to=1994-12-31")
    # Neither is a base area without a date one of every year, nor such an incident one of this.
    expect(one.at("#count")).to_contain_text("0 to 2 of 82 events")
    assert one.frame().evaluate("mapviewMap.data.areas.length") == 0
    one.open_filters()
    one.at("#certain").check()
    one.wait_painted("from=1994-01-01&to=1994-12-31&when=certain")
    expect(one.at("#count")).to_contain_text("None of")
    assert one.painted() == []


def of_year(year: int) -> str:
    return f"from={year}-01-01&to={year}-12-31&areas=off"


def test_play_goes_through_time_and_back_is_one_step(stage: Open) -> None:
    one = stage("?areas=off")
    count = one.at("#count")
    painted = one.frame().evaluate_handle(
        """() => {
          const root = document.documentElement;
          const seen = [];
          const see = () => seen.push(root.dataset.mapviewFilter);
          new MutationObserver(see).observe(root, {attributeFilter: ["data-mapview-filter"]});
          return seen;
        }"""
    )
    one.button("Play through time").click()
    expect(count).to_have_attribute("aria-live", "off")
    # However late it is asked: on a busy machine years pass meanwhile.
    one.frame().wait_for_function(
        "([seen, years]) => years.every((one) => seen.includes(one))",
        arg=[painted, [of_year(year) for year in (1990, 1991, 1992)]],
    )
    one.button("Pause").click()
    expect(count).to_have_attribute("aria-live", "polite")
    stopped = one.frame().evaluate("mapviewPage.state.text")
    one.page.wait_for_timeout(1_200)
    assert one.frame().evaluate("mapviewPage.state.text") == stopped
    one.page.go_back()
    one.wait_painted("areas=off")
    one.page.go_forward()
    one.wait_painted(stopped)
    year = int(stopped.removeprefix("from=")[:4])
    assert stopped == of_year(year)
    one.button("On one step").click()
    one.wait_painted(of_year(year + 1))
    one.button("Back one step").click()
    one.wait_painted(stopped)


def test_opens_the_claims_of_kerman_from_the_map(stage: Open) -> None:
    one = stage("?view=57.08,30.28,9&areas=off")
    one.click_mark(KERMAN)
    expect(one.sheet()).to_contain_text("Kerman")
    killed = one.sheet().locator(".mp-claims", has_text="Killed")
    values = [text.strip() for text in killed.locator(".mp-value").all_inner_texts()]
    assert {"94", "96", "nearly 100"} <= set(values)
    expect(killed.locator(".mp-cite").first).to_contain_text("paragraph")
    one.page.wait_for_url(f"**id={KERMAN}*")
    # A number leads to its source.
    killed.locator(".mp-chip").first.click()
    expect(one.sheet().locator(".mp-sources li:focus")).to_have_attribute("data-source", "1")
    # What is told of it is the choice of the map, so Escape leads back there.
    one.page.keyboard.press("Escape")
    expect(one.sheet()).to_be_hidden()
    expect(one.map()).to_be_focused()
    assert f"id={KERMAN}" not in one.page.url


def test_opens_the_claims_of_a_base_area_from_the_map(stage: Open) -> None:
    one = stage("?view=70.71,34.13,11&q=achin")
    at = one.frame().evaluate(
        """() => {
          const {map, data} = window.mapviewMap;
          const area = data.areas.find(a => a.id.startsWith("iskp-achin"));
          const at = map.latLngToContainerPoint([area.lat + 0.02, area.lon + 0.03]);
          return {x: at.x, y: at.y};
        }"""
    )
    one.map().click(position=at)
    expect(one.sheet()).to_contain_text("Achin")
    expect(one.sheet().locator(".mp-sources")).to_contain_text("Khorasan Province")
    one.page.wait_for_url("**area=iskp-achin*")


def test_downloads_geojson_that_geopandas_reads(stage: Open, store: Store, tmp_path: Path) -> None:
    one = stage("?type=suicide+bombing&areas=off")
    one.at("#download summary").click()
    with one.page.expect_download() as download:
        one.at("#download").get_by_role("link", name="GeoJSON", exact=True).click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    frame = geopandas.read_file(path)
    expected = store.table(Filter.from_query("type=suicide bombing"))
    assert set(frame["id"]) == {row.id for row in expected}
    assert "94" in str(frame.set_index("id").loc[KERMAN, "claims"])


def test_a_bad_address_is_explained(visit: Open) -> None:
    one = visit("?from=yesterday&status=disputed")
    expect(one.at("#fault")).to_contain_text("from must be a date")
    assert one.words() == ["Disputed"]


def test_a_bad_date_is_refused_with_a_sentence(stage: Open) -> None:
    one = stage("?from=2018-01-01")
    one.at("#from").fill("June")
    one.page.keyboard.press("Enter")
    fault = one.at("#date-fault")
    expect(fault).to_contain_text("From must be a date")
    expect(fault).to_contain_text("Nothing was changed.")
    # What was typed stays, to be put right, and is marked as wrong.
    expect(one.at("#from")).to_have_value("June")
    expect(one.at("#from")).to_have_attribute("aria-invalid", "true")
    assert one.words() == ["From 1 January 2018 on"]
    one.at("#from").fill("2019")
    one.page.keyboard.press("Enter")
    one.wait_painted("from=2019-01-01")
    expect(fault).to_be_hidden()


def test_an_empty_result_says_what_to_loosen(stage: Open) -> None:
    one = stage("?q=zzzzzz&country=TJ")
    empty = one.at("#empty")
    expect(empty).to_contain_text("No incident fits all of the filters.")
    empty.get_by_role("button", name="“zzzzzz”").click()
    one.wait_painted("country=TJ")
    expect(empty).to_be_hidden()
    assert not one.count().startswith("None of")


def test_about_the_record_and_back_keeps_the_filter(visit: Open) -> None:
    one = visit("?status=disputed")
    one.button("About").click()
    expect(one.page.get_by_role("heading", name="About the record")).to_be_visible()
    one.page.wait_for_url("**/about*")
    expect(one.page).to_have_title("About the record – Mapview")
    left = "node => Math.round(node.getBoundingClientRect().left)"
    words = one.page.get_by_text("Back to the map", exact=True)
    assert one.page.locator("h1").first.evaluate(left) == words.evaluate(left)
    one.page.get_by_role("link", name="Back to the map").click()
    one.wait_painted("status=disputed")
    assert one.words() == ["Disputed"]
    one.page.wait_for_url("**status=disputed*")
    expect(one.page).to_have_title("Disputed – Mapview")


def test_two_users_do_not_meet(visit: Open) -> None:
    first, second = visit("?status=disputed"), visit("?status=foiled")
    first.tick("attributions", "contested")
    first.wait_painted("status=disputed&attribution=contested")
    assert second.words() == ["Foiled"]
    assert first.words() == ["Disputed", "Attribution contested"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_works_at_phone_width(visit: Open, scheme: str) -> None:
    one = visit(
        "?view=57.08,30.28,7&areas=off",
        viewport={"width": 390, "height": 844},
        has_touch=True,
        color_scheme=scheme,
    )
    for frame in one.page.frames:
        assert frame.evaluate("document.documentElement.scrollWidth") <= 390
    assert one.words() == ["Without base areas"]
    assert one.map().get_attribute("data-mapview-theme") == scheme
    # What is certain stands out more than what is possible; no letters have another theme's halo.
    exact, inexact = (one.at(f".mp-key {name}").evaluate(AGAINST_PAPER) for name in SHADES)
    assert exact > inexact * 1.5 > 1.5
    assert (
        one.at(".leaflet-control-scale-line").evaluate("node => getComputedStyle(node).textShadow")
        == "none"
    )
    one.click_mark(KERMAN)
    expect(one.sheet()).to_contain_text("Kerman")
    one.sheet().get_by_role("button", name="Close").click()
    one.tick("statuses", "disputed")
    one.wait_painted("status=disputed&areas=off")
    one.page.keyboard.press("Escape")
    expect(one.at("#drawer")).to_be_hidden()
    one.at("#table-button").click()
    expect(one.at("#incident-table tbody tr").first).to_be_visible()
    assert one.frame().evaluate("document.documentElement.scrollWidth") <= 390


def test_prints_all_that_the_page_shows(visit: Open) -> None:
    one = visit(f"?q=kerman&id={KERMAN}", color_scheme="dark")
    expect(one.sheet().get_by_role("button", name="Killing of General")).to_be_attached()
    reader = PdfReader(io.BytesIO(one.page.pdf(format="A4")))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for part in (
        "“kerman”",  # how it was filtered
        "of 82 events",
        "Bombings at a commemoration in Kerman",
        "nearly 100",
        "Amaq",
        "Sources",
        "Related",
        "Killing of General",
    ):
        assert part in text, part
    assert "Reset all filters" not in text
    assert reader.pages[0].images
    # Afterwards the page is as it was.
    assert one.map().get_attribute("data-mapview-theme") == "dark"
    expect(one.sheet()).to_be_visible()


# Fit a part of the world whose upper left corner is a place, at the height of a button; what lies
# over it.
FIT_BESIDE = """([lon, lat, button]) => {
    const { map, extent } = mapviewMap;
    const frame = map.getContainer().getBoundingClientRect();
    const { top, height } = document.querySelector(button).getBoundingClientRect();
    const { upperLeft, lowerRight } = extent.padding();
    const free = map.getSize().subtract(upperLeft).subtract(lowerRight);
    const lower = upperLeft.y + free.y / 2 - (top + height / 2 - frame.top);
    const corner = map.project([lat, lon], 7);
    const { lat: south, lng: east } = map.unproject(corner.add([free.x - 1, 2 * lower]), 7);
    extent.fit([lon, south, east, lat], { animate: false });
    const { x, y } = map.latLngToContainerPoint([lat, lon]);
    const covering = [-12, 0, 12].map((by) => (
        document.elementFromPoint(frame.left + x + by, frame.top + y).closest("button, a")?.title));
    return { zoom: map.getZoom(), off: Math.round(y + frame.top - top - height / 2), covering };
}"""


@pytest.mark.parametrize("button", [".mapview-bar button", ".mapview-limit"])
def test_what_is_fitted_lies_under_no_button(stage: Open, button: str) -> None:
    one = stage("?areas=off")
    found = one.frame().evaluate(FIT_BESIDE, [*KERMAN_AT, button])
    # The place stands where it was to stand, within a pixel.
    assert found["zoom"] == 7
    assert abs(found["off"]) <= 1
    assert found["covering"] == [None, None, None]


def test_symbols_of_the_filters_are_images(stage: Open) -> None:
    # A canvas is a layer of its own, which the browser hands on anew in each frame of a drag.
    drawn = (
        stage()
        .frame()
        .evaluate(
            """() => ({
          widths: Array.from(
            document.querySelectorAll("#types .mp-icon img"), (one) => one.naturalWidth),
          canvases: document.querySelectorAll("#drawer canvas").length,
        })"""
        )
    )
    assert drawn["canvases"] == 0
    assert drawn["widths"]
    assert set(drawn["widths"]) == {60}
