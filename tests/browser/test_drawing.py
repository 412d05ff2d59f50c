"""Choosing by a circle or polygon that is drawn on the map, or typed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from browser.offline import Open
from browser.visiting import Visit
from playwright.sync_api import expect

from geodata import Filter, Store, load

Visits = Callable[..., Visit]


@pytest.fixture(scope="module")
def store() -> Store:
    return Store.of(load())


# The map's canvas, and the same drawn anew in a view that nothing was drawn in before: the greatest
# difference of a pixel, how many are set, and how many parts of a picture were put on the first.
ANEW = """() => {
  const {overlay} = mapviewMap;
  const canvas = overlay._canvas;
  const pixels = () => canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  // As it is seen: of what is nearly clear, colours say little.
  const seen = (data, i) => i % 4 === 3 ? data[i] : data[i] * data[i | 3] / 255;
  const proto = CanvasRenderingContext2D.prototype;
  const {drawImage} = proto;
  let parts = 0;
  proto.drawImage = function (...of) {
    parts += of.length === 9;
    return drawImage.apply(this, of);
  };
  const view = overlay._view;
  overlay.repaint();
  proto.drawImage = drawImage;
  const now = pixels();
  overlay._view = {...view};
  overlay.repaint();
  const anew = pixels();
  overlay._view = view;
  let [difference, filled] = [0, 0];
  for (let i = 0; i < now.length; i += 1) {
    const one = seen(now, i);
    difference = Math.max(difference, Math.abs(one - seen(anew, i)));
    filled += one > 0;
  }
  return [difference, filled, parts];
}"""


def corner(one: Visit, x: float, y: float) -> tuple[float, float]:
    """A point of the map, from its middle, on the page."""
    box = one.map().bounding_box()
    assert box
    return box["x"] + box["width"] / 2 + x, box["y"] + box["height"] / 2 + y


def within(one: Visit) -> str:
    one.page.wait_for_url("**within=*")
    text: str = one.frame().evaluate("mapviewPage.state.text")
    one.wait_painted(text)
    return text


def test_a_circle_is_dragged_and_finds_what_the_store_finds(stage: Visits, store: Store) -> None:
    one = stage("?view=69.2,34.5,6&areas=off", reduced_motion="reduce")
    button = one.button("Choose by a circle")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(one.at(".mp-draw-hint")).to_be_visible()
    mouse = one.page.mouse
    mouse.move(*corner(one, 0, 0))
    mouse.down()
    mouse.move(*corner(one, 60, 0))
    mouse.move(*corner(one, 120, 0))
    mouse.up()
    text = within(one)
    lon, lat, km = map(
        float, re.findall(r"-?[\d.]+", text.split("circle")[1].replace("%2C", ","))[1:]
    )
    assert abs(lon - 69.2) < 0.05
    assert abs(lat - 34.5) < 0.05
    assert 180 < km < 300
    totals = store.totals(Filter.from_query(text))
    assert totals.events > 0
    assert str(totals.events) in one.count()
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(one.at(".mp-draw-hint")).to_be_hidden()
    # The press that drew chose nothing that lies there.
    expect(one.sheet()).to_be_hidden()
    expect(one.at("#chips")).to_contain_text("Within")
    one.button("Undo").click()
    one.wait_painted("areas=off")


def test_a_polygon_is_set_corner_by_corner_and_given_up_by_escape(stage: Visits) -> None:
    one = stage("?view=69.2,34.5,6&areas=off")
    button = one.button("Choose by a polygon")
    for is_given_up in (True, False):
        button.click()
        for x, y in ((-80, -80), (90, -80), (90, 90)):
            one.page.mouse.click(*corner(one, x, y))
        expect(one.at(".mp-draw-hint")).to_contain_text("3 set")
        one.page.keyboard.press("Escape" if is_given_up else "Enter")
        expect(one.at(".mp-draw-hint")).to_be_hidden()
        if is_given_up:
            assert "within" not in one.page.url
    assert within(one).count("%3B") == 2
    expect(one.sheet()).to_be_hidden()


def test_a_shape_is_typed_and_what_is_none_is_told(stage: Visits) -> None:
    one = stage("?areas=off")
    one.open_filters()
    field = one.at("#within")
    field.fill("circle:57,30")
    field.press("Enter")
    expect(one.at("#filter-fault")).to_contain_text("Within must be circle:lon,lat,km")
    assert "within" not in one.page.url
    field.fill("circle:57.080,30.28,50")
    field.press("Enter")
    one.wait_painted("within=circle%3A57.08%2C30.28%2C50&areas=off")
    expect(field).to_have_value("circle:57.08,30.28,50")
    expect(one.at("#filter-fault")).to_be_empty()
    assert one.painted_ids() == {"kerman-2024-01-03"}


def test_a_page_on_disk_has_it_from_its_address(open_file: Open) -> None:
    page = open_file("all", "#within=circle:57.08,30.28,50&areas=off")
    expect(page.locator("#count")).to_contain_text("1 of 82 events")
    expect(page.locator("#chips")).to_contain_text("Within 50 km of 30.28, 57.08")


@pytest.mark.parametrize("ratio", [1, 1.5])
def test_a_canvas_in_a_drag_over_time_is_as_it_is_drawn_anew(visit: Visits, ratio: float) -> None:
    one = visit("?areas=off&view=66,34,5", device_scale_factor=ratio)
    box = one.at("#bars").bounding_box()
    assert box
    mouse = one.page.mouse
    mouse.move(box["x"] + box["width"] * 0.95, box["y"] + 5)
    mouse.down()
    found = []
    for share in (0.8, 0.6, 0.2, 0.7):
        mouse.move(box["x"] + box["width"] * share, box["y"] + 5)
        one.wait_painted(one.frame().evaluate("mapviewPage.state.text"))
        found.append(one.frame().evaluate(ANEW))
    mouse.up()
    assert all(difference < 3 for difference, _, _ in found)  # of 255, as blending rounds
    assert all(filled > 1_000 for _, filled, _ in found)
    assert all(parts > 5 for _, _, parts in found)  # rings of districts and towns
