"""Files that are saved with one press: the map as it is seen, and one record."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browser.offline import Open
from browser.visiting import Visit
from PIL import Image
from playwright.sync_api import Locator, Page, expect

KERMAN = "kerman-2024-01-03"
PICTURE = "Save a picture of the map (PNG)"


def saved(page: Page, button: Locator) -> tuple[str, Path]:
    with page.expect_download() as download:
        button.click()
    return download.value.suggested_filename, download.value.path()


def colours(path: Path) -> int:
    with Image.open(path) as picture:
        return len(picture.convert("RGB").resize((200, 200)).getcolors(40_000) or [])


def test_the_map_is_saved_as_it_is_seen(stage: Callable[..., Visit]) -> None:
    one = stage("?from=2018&country=AF")
    name, path = saved(one.page, one.button(PICTURE))
    version = one.frame().evaluate("mapviewPage.answers.known.version")
    assert name == f"map-from-2018-01-01-country-AF-data-{version}.png"
    width, height = one.frame().evaluate("(({x, y}) => [x, y])(mapviewMap.map.getSize())")
    with Image.open(path) as picture:
        assert picture.width == 2 * width
        # Words above, legend and credit below.
        assert picture.height > 2 * (height + 200)
    assert colours(path) > 100
    expect(one.at("#chips")).to_contain_text("Afghanistan")


def test_a_record_is_saved_as_it_would_be_exported(stage: Callable[..., Visit]) -> None:
    one = stage(f"?id={KERMAN}&from=2025")
    name, path = saved(one.page, one.sheet().get_by_role("link", name="Data (GeoJSON)"))
    assert name.endswith(".geojson")
    data = json.loads(path.read_text("utf-8"))
    assert [feature["id"] for feature in data["features"]] == [KERMAN]
    whole = one.page.request.get(f"{one.url.rstrip('/')}/api/incidents.geojson").json()
    exported = next(feature for feature in whole["features"] if feature["id"] == KERMAN)
    assert data["features"][0]["properties"]["claims"] == exported["properties"]["claims"]
    name, path = saved(one.page, one.button("Picture (PNG)"))
    assert name.startswith(f"record-{KERMAN}-data-")
    assert colours(path) > 10


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_on_disk_saves_what_it_holds(open_file: Open, scheme: str) -> None:
    page = open_file("all", f"#id={KERMAN}", color_scheme=scheme)
    expect(page.locator("#side")).to_contain_text("nearly 100")
    _, path = saved(page, page.get_by_role("button", name="Data (JSON)"))
    data: dict[str, Any] = json.loads(path.read_text("utf-8"))
    assert data["id"] == KERMAN
    killed = next(group for group in data["claims"] if group["heading"] == "Killed")
    assert {claim["value"] for claim in killed["claims"]} == {"94", "96", "nearly 100"}
    assert all(claim["source"]["cited"] for claim in killed["claims"])
    name, path = saved(page, page.get_by_role("button", name=PICTURE))
    assert name.startswith("map-")
    with Image.open(path) as picture:
        corner = picture.convert("L").getpixel((2, 2))
    assert (corner < 128) == (scheme == "dark")


@pytest.mark.parametrize("width", [1440, 390])
def test_a_comparison_is_saved_with_both_maps(stage: Callable[..., Visit], width: int) -> None:
    one = stage(
        "?from=2021-01-01&to=2021-12-31&charts=on&compare=before",
        viewport={"width": width, "height": 900},
    )
    other = "mapviewPage.beside.twin.layer"
    one.frame().wait_for_function(f"() => {other}?.data.answer")
    expect(one.at("#compared tr")).to_have_count(6)
    expected = one.at("#compared tr").all_inner_texts()
    # All that is written on the picture, once for its height and once on it.
    one.frame().evaluate(
        """() => {
          window.written = [];
          const {fillText} = CanvasRenderingContext2D.prototype;
          CanvasRenderingContext2D.prototype.fillText = function (text, ...at) {
            if (!this.canvas.isConnected) window.written.push(text);
            return fillText.call(this, text, ...at);
          };
        }"""
    )
    name, path = saved(one.page, one.button("Save as a picture (PNG)"))
    version = one.frame().evaluate("mapviewPage.answers.known.version")
    assert name == (
        "comparison-from-2021-01-01-to-2021-12-31-against-from-2020-01-01-to-2020-12-31-"
        f"data-{version}.png"
    )
    sizes = one.frame().evaluate(
        f"[mapviewMap, {other}].map((one) => one.map.getContainer().getBoundingClientRect())"
        ".map(({width, height}) => [width, height])"
    )
    beside = width > 800
    with Image.open(path) as picture:
        across = sum(map_[0] for map_ in sizes) + 2 if beside else sizes[0][0]
        assert abs(picture.width - 2 * across) <= 1
        maps = max(map_[1] for map_ in sizes) if beside else sum(map_[1] for map_ in sizes)
        assert picture.height > 2 * (maps + 200)
    assert colours(path) > 100
    written = " ".join(one.frame().evaluate("window.written"))
    for words in ("A: 2021", "B: 2020", "A against B", "Natural Earth", f"Data version {version}."):
        assert words in written
    for line in expected[1:]:
        # Cells stand in lines of their own where they are narrow.
        for cell in line.split("\t"):
            assert all(word in written for word in cell.split()), cell
    # The camera of the map saves the same where it is seen.
    if beside:
        assert saved(one.page, one.button(PICTURE))[0] == name


def test_a_filter_that_changes_while_a_comparison_is_saved_has_its_own_figures(
    stage: Callable[..., Visit],
) -> None:
    one = stage("?from=2021-01-01&to=2021-12-31&charts=on&compare=before")
    one.frame().wait_for_function("() => mapviewPage.beside.twin.layer?.data.answer")
    one.frame().evaluate(
        """() => {
          const { beside, state } = mapviewPage;
          const told = beside.told.bind(beside);
          window.told = [];
          beside.told = async () => {
            const rows = await told();
            window.told.push(state.text);
            if (window.told.length === 1) state.change({ countries: ["AF"] });
            return rows;
          };
        }"""
    )
    name, _ = saved(one.page, one.button("Save as a picture (PNG)"))
    asked, again = one.frame().evaluate("window.told")
    assert "country" not in asked
    assert "country=AF" in again
    assert "country-AF" in name
