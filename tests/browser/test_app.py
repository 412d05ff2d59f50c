"""The app as its users meet it: filter, click, read, download, share."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import geopandas
import pytest
from browser.visiting import PAINT_MS, Visit
from playwright.sync_api import expect
from pypdf import PdfReader

import geodata
from geodata import Filter, Store
from geodata.scope import describe_scope

Open = Callable[..., Visit]
KERMAN = "kerman-2024-01-03"


@pytest.fixture(scope="module")
def store() -> Store:
    return Store.of(geodata.load())


def test_paints_incidents_without_asking_another_host(visit: Open, store: Store) -> None:
    one = visit()
    totals = store.totals(Filter())
    assert one.count() == describe_scope(totals)
    assert one.words() == "All incidents and base areas, all dates"
    assert KERMAN in one.painted_ids()
    assert one.frame().evaluate("window.mapviewMap.lastPaint.areas") > 0


def test_filters_by_status_in_place(visit: Open, store: Store) -> None:
    one = visit("?view=60,36,4")
    one.frame().evaluate("window.stillHere = true")
    before = one.frame().evaluate("window.mapviewMap.map.getCenter()")
    one.page.get_by_role("button", name="Disputed").click()
    one.wait_painted("status=disputed")
    expected = {row.id for row in store.table(Filter.from_query("status=disputed"))}
    assert one.painted_ids() == expected
    assert one.words().startswith("Disputed incidents")
    # The frame was not rebuilt and the view was kept.
    assert one.frame().evaluate("window.stillHere") is True
    assert one.frame().evaluate("window.mapviewMap.map.getCenter()") == before


def test_filters_by_type_and_by_typed_dates(visit: Open, store: Store) -> None:
    one = visit()
    one.page.get_by_role("combobox", name="Type").fill("Rocket")
    one.page.keyboard.press("Enter")
    one.wait_painted("type=rocket+attack")
    one.page.keyboard.press("Escape")
    one.page.get_by_role("textbox", name="From").fill("2022-05")
    one.page.keyboard.press("Enter")
    one.wait_painted("from=2022-05-01&type=rocket+attack")
    expected = store.totals(Filter.from_query("from=2022-05-01&type=rocket attack"))
    expect(one.page.locator(".mv-count")).to_contain_text(describe_scope(expected))
    one.page.wait_for_url("**from=2022-05-01*")
    assert one.words() == "Rocket attacks, from 1 May 2022 on"


def test_quick_changes_all_count_and_the_way_back_is_kept(visit: Open) -> None:
    one = visit()
    for name in ("Disputed (", "Foiled (", "Claimed ("):
        one.page.get_by_role("button", name=name).click()
    one.wait_painted("status=disputed&status=foiled&attribution=claimed")
    one.page.wait_for_url("**attribution=claimed*")
    one.page.get_by_role("textbox", name="Search").fill("kabul")
    one.page.keyboard.press("Enter")
    one.page.wait_for_url("**q=kabul*")
    one.page.go_back()
    one.wait_painted("status=disputed&status=foiled&attribution=claimed")
    expect(one.page.get_by_role("textbox", name="Search")).to_have_value("")


def test_brush_sets_the_period(visit: Open) -> None:
    one = visit()
    chart = one.page.locator(".stVegaLiteChart canvas, .stVegaLiteChart svg").first
    box = chart.bounding_box()
    assert box is not None
    y = box["y"] + box["height"] * 0.4
    one.page.mouse.move(box["x"] + box["width"] * 0.6, y)
    one.page.mouse.down()
    one.page.mouse.move(box["x"] + box["width"] * 0.8, y, steps=8)
    one.page.mouse.up()
    expect(one.page.locator("[data-testid=filter-words]")).not_to_contain_text("all dates")
    one.page.wait_for_url("**from=*to=*")
    one.wait_painted()
    assert "from=" in one.page.url
    assert "to=" in one.page.url


def test_opens_the_claims_of_kerman_from_the_map(visit: Open) -> None:
    one = visit("?view=57.08,30.28,9&areas=off")
    one.click_mark(KERMAN)
    detail = one.page.locator(".mv-detail")
    expect(detail).to_contain_text("Kerman")
    killed = one.page.locator(".mv-claims", has_text="Killed")
    values = [text.strip() for text in killed.locator(".mv-value").all_inner_texts()]
    assert {"94", "96", "nearly 100"} <= set(values)
    expect(killed.locator(".mv-cite").first).to_contain_text("paragraph")
    one.page.wait_for_url(f"**id={KERMAN}*")


def test_opens_the_claims_of_a_base_area_from_the_map(visit: Open) -> None:
    one = visit("?view=70.71,34.13,11&q=achin")
    one.frame().evaluate(
        """() => {
          const {map, data} = window.mapviewMap;
          const area = data.areas.find(a => a.id.startsWith("iskp-achin"));
          const at = map.latLngToContainerPoint([area.lat + 0.02, area.lon + 0.03]);
          window.areaAt = {x: at.x, y: at.y};
        }"""
    )
    one.frame().locator("#map_div").click(position=one.frame().evaluate("window.areaAt"))
    detail = one.page.locator(".mv-detail")
    expect(detail).to_contain_text("Achin")
    expect(detail.locator(".mv-cite").first).to_contain_text("Khorasan Province")
    one.page.wait_for_url("**area=iskp-achin*")


def test_downloads_geojson_that_geopandas_reads(visit: Open, store: Store, tmp_path: Path) -> None:
    one = visit("?type=suicide+bombing&areas=off")
    one.page.get_by_role("button", name="Download", exact=True).click()
    with one.page.expect_download() as download:
        one.page.get_by_role("button", name="GeoJSON").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    frame = geopandas.read_file(path)
    expected = store.table(Filter.from_query("type=suicide bombing"))
    assert set(frame["id"]) == {row.id for row in expected}
    assert "94" in str(frame.set_index("id").loc[KERMAN, "claims"])


def test_panning_runs_no_script(visit: Open) -> None:
    one = visit("?view=66,34,5")
    sent: list[str] = []
    one.page.on("request", lambda request: sent.append(request.url))
    one.page.evaluate("document.querySelector('.mv-head').dataset.mark = 'kept'")
    one.frame().evaluate("window.mapviewMap.map.panBy([900, 0], {animate: false})")
    one.page.wait_for_function("() => !location.search.includes('view=66,34')")
    assert any("/api/view" in url for url in sent)
    assert one.page.locator(".mv-head").get_attribute("data-mark") == "kept"


def test_address_restores_view_filter_and_selection(visit: Open) -> None:
    first = visit(f"?type=suicide+bombing&id={KERMAN}&view=58.5,31.25,7")
    first.page.get_by_role("button", name="Contested").click()
    first.wait_painted("type=suicide+bombing&attribution=contested")
    # The map is told first; the address follows at the end of the script.
    first.page.wait_for_function(
        "() => ['view=58.5', 'attribution=contested'].every((one) => location.search.includes(one))"
    )
    second = visit(first.page.url.partition("?")[1] + first.page.url.partition("?")[2])
    center = second.frame().evaluate("window.mapviewMap.map.getCenter()")
    assert (center["lng"], center["lat"]) == pytest.approx((58.5, 31.25), abs=0.02)
    assert second.frame().evaluate("window.mapviewMap.map.getZoom()") == 7
    expect(second.page.locator(".mv-detail")).to_contain_text("Kerman")
    assert second.words() == first.words()


def test_an_address_with_an_incident_alone_goes_there(visit: Open) -> None:
    one = visit(f"?id={KERMAN}")
    one.frame().wait_for_function(
        """() => {
          const {map} = window.mapviewMap;
          const {lat, lng} = map.getCenter();
          return Math.hypot(lat - 30.28, lng - 57.08) < 0.2 && map.getZoom() === 7;
        }"""
    )


def test_a_bad_address_is_explained(visit: Open) -> None:
    one = visit("?from=yesterday")
    expect(one.page.get_by_test_id("stAlert")).to_contain_text("from must be a date")
    assert one.words() == "All incidents and base areas, all dates"


def test_a_bad_date_is_refused_with_a_sentence(visit: Open) -> None:
    one = visit("?from=2018-01-01")
    one.page.get_by_role("textbox", name="From").fill("June")
    one.page.keyboard.press("Enter")
    expect(one.page.get_by_test_id("stAlert")).to_contain_text("From must be a date")
    expect(one.page.get_by_role("textbox", name="From")).to_have_value("2018-01-01")


def test_an_empty_result_says_what_to_loosen(visit: Open) -> None:
    one = visit("?q=zzzzzz&country=TJ")
    expect(one.page.get_by_text("No incident matches all of the filters.")).to_be_visible()
    one.page.get_by_role("button", name="Without the search words").click()
    one.wait_painted("country=TJ")
    assert not one.count().startswith("0 of")


def test_limits_to_the_view_and_resets(visit: Open) -> None:
    one = visit("?view=57.08,30.28,8")
    one.frame().get_by_role("button", name="Limit to this view").click()
    expect(one.page.locator("[data-testid=filter-words]")).to_contain_text("within")
    one.page.get_by_role("button", name="Reset all filters").click()
    one.wait_painted("")
    words = one.page.locator("[data-testid=filter-words]")
    expect(words).to_have_text("All incidents and base areas, all dates")


def test_chooses_by_keyboard(visit: Open) -> None:
    one = visit("?view=57.08,30.28,7&areas=off&type=suicide+bombing")
    one.frame().locator("#map_div").focus()
    one.page.keyboard.press("n")
    one.page.keyboard.press("Enter")
    expect(one.page.locator(".mv-detail")).to_contain_text("Kerman")


def test_a_related_incident_is_two_clicks_away(visit: Open) -> None:
    one = visit("?id=shiraz-2022-10")
    one.page.get_by_role("button", name="August 2023").click()
    expect(one.page.locator(".mv-title")).to_contain_text("2023")
    one.page.wait_for_url("**id=shiraz-2023-08*")


def test_table_and_unplaced_are_one_click_away(visit: Open, store: Store) -> None:
    one = visit()
    one.page.get_by_role("radio", name="Table").click()
    expect(one.page.get_by_test_id("stDataFrame")).to_be_visible()
    one.page.get_by_role("radio", name="Not on the map").click()
    expect(one.page.get_by_text("Events that no source places")).to_be_visible()
    one.page.wait_for_url("**panel=unplaced*")


def test_about_the_record_and_back_keeps_the_filter(visit: Open) -> None:
    one = visit("?status=disputed")
    one.page.get_by_role("link", name="About the record").click()
    expect(one.page.get_by_role("heading", name="About the record")).to_be_visible()
    one.page.wait_for_url("**/about*")
    one.page.get_by_role("link", name="Back to the map").click()
    one.wait_painted("status=disputed")
    assert one.words().startswith("Disputed incidents")
    one.page.wait_for_url("**status=disputed*")


def test_two_users_do_not_meet(visit: Open) -> None:
    first, second = visit("?status=disputed"), visit("?status=foiled")
    first.page.get_by_role("button", name="Contested").click()
    first.wait_painted("status=disputed&attribution=contested")
    assert second.words().startswith("Foiled incidents")
    assert first.words().startswith("Disputed incidents")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_works_at_phone_width(visit: Open, scheme: str) -> None:
    one = visit(
        "?view=57.08,30.28,7&areas=off",
        viewport={"width": 390, "height": 844},
        has_touch=True,
        color_scheme=scheme,
    )
    width = one.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
    assert one.words() == "All incidents, all dates"
    one.click_mark(KERMAN)
    expect(one.page.locator(".mv-detail")).to_contain_text("Kerman")
    theme = one.frame().evaluate("document.querySelector('#map_div').dataset.mapviewTheme")
    assert theme == scheme


def test_prints_all_that_the_page_shows(visit: Open) -> None:
    one = visit("?q=kerman&id=kerman-2024-01-03")
    last = one.page.get_by_role("button", name="Killing of General Qasem Soleimani")
    expect(last).to_be_attached(timeout=PAINT_MS)
    text = "".join(
        page.extract_text() for page in PdfReader(io.BytesIO(one.page.pdf(format="A4"))).pages
    )
    for part in ("Bombings at a commemoration in Kerman", "Amaq", "Related", "Killing of General"):
        assert part in text
    assert "Reset all filters" not in text
