"""Records of strangers in the real app: their text is shown, and never runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import geopandas
import pytest
from browser.visiting import Visit
from playwright.sync_api import expect
from samples import HOSTILE, all_hostile_records, write_records
from served import Server

Open = Callable[..., Visit]
TEXTS = "nodes => nodes.map(node => node.textContent)"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("hostile")
    data = write_records(folder / "hostile.geojson", all_hostile_records())
    server = Server(log=folder / "log.txt", data=data)
    try:
        server.wait()
        yield server
    finally:
        server.stop()


def injected(one: Visit) -> list[str]:
    """Return elements that only a text that ran could have made."""
    script = """() => [...document.querySelectorAll(
        'img[src="x"], [onerror], [onmouseover], script:not([src])')]
        .map(e => e.outerHTML).filter(html => html.includes("alert("))"""
    return [found for frame in one.page.frames for found in frame.evaluate(script)]


def is_wider(one: Visit) -> bool:
    """Whether a text makes the page, the stage or its sheet wider than it is."""
    script = """() => [document.documentElement, document.getElementById("side")]
        .some((node) => node && node.scrollWidth > node.clientWidth)"""
    return any(frame.evaluate(script) for frame in one.page.frames)


def test_map_list_and_details_show_every_text_as_text(visit: Open, hostile: Server) -> None:
    one = visit("?view=69,34,9", url=hostile.url)
    some = len(HOSTILE)
    assert one.count().startswith(
        f"{2 * some} events: {some} on the map, {some} without a known place; "
    )
    mark = next(m for m in one.painted() if m["n"] == len(HOSTILE))
    position = {"x": float(mark["x"]), "y": float(mark["y"])}  # type: ignore[arg-type]
    one.map().click(position=position)  # type: ignore[arg-type]
    entries = one.at(".mapview-entry")
    expect(entries).to_have_count(len(HOSTILE))
    title = one.sheet().locator(".mp-title")
    texts = {f"hostile-{number}": text for number, text in enumerate(HOSTILE.values())}
    for place, identifier in enumerate(sorted(texts)):
        entries.nth(place).click()
        one.page.wait_for_url(re.compile(rf"id={identifier}(&|$)"))
        expect(title).to_have_text(texts[identifier])
        shown = title.evaluate("element => element.textContent")
        assert " ".join(shown.split()) == " ".join(texts[identifier].split())
        assert not is_wider(one), identifier
        assert injected(one) == []


@pytest.mark.parametrize("key", ["attribute", "long"])
def test_an_address_opens_its_details(visit: Open, hostile: Server, key: str) -> None:
    one = visit(f"?view=69,34,9&id=hostile-{list(HOSTILE).index(key)}", url=hostile.url)
    expect(one.sheet().locator(".mp-title")).to_contain_text(HOSTILE[key][:99])
    assert not is_wider(one)
    assert injected(one) == []


def test_base_areas_table_and_about_page_show_it_as_text(visit: Open, hostile: Server) -> None:
    one = visit("?view=69,34,9&area=hostile-area-1&area=hostile-area-0", url=hostile.url)
    expect(one.sheet()).to_contain_text("onerror=alert(1)")
    one.at("#table-button").click()
    texts = {" ".join(text.split()) for text in HOSTILE.values()}
    titles = one.at("#incident-table .mp-what button")
    expect(titles.first).to_be_visible()
    shown = {" ".join(text.split()) for text in titles.evaluate_all(TEXTS)}
    assert {text[:99] for text in texts} <= {text[:99] for text in shown}
    one.button("Base areas").click()
    expect(one.at("#area-table tbody button").first).to_be_visible()
    assert injected(one) == []
    one.button("About").click()
    expect(one.page.get_by_role("heading", name="About the record")).to_be_visible()
    assert injected(one) == []


def test_it_is_filtered_and_exported(visit: Open, hostile: Server, tmp_path: Path) -> None:
    one = visit("?view=69,34,9&q=%3Cscript%3E", url=hostile.url)
    assert not one.count().startswith("None of")
    assert one.words() == ["“<script>”"]
    for label, ending in (("GeoJSON", "geojson"), ("CSV", "csv")):
        one.at("#download").evaluate("menu => { menu.open = true; }")
        with one.page.expect_download() as download:
            one.at("#download").get_by_role("link", name=label, exact=True).click()
        assert download.value.suggested_filename.endswith(f".{ending}")
        download.value.save_as(tmp_path / f"out.{ending}")
    assert len(geopandas.read_file(tmp_path / "out.geojson")) > 0
    cells = (tmp_path / "out.csv").read_text("utf-8-sig").split(",")
    assert not any(cell.lstrip('"').startswith("=") for cell in cells)
    assert injected(one) == []
