"""A walk over the stage, as somebody may take it: the same seed takes the same steps."""

from __future__ import annotations

import random
from collections.abc import Callable

from playwright.sync_api import Frame, Page

__all__ = ["walk"]

_TYPED_MS = 250  # after which what was typed is taken
_Step = Callable[[Page, Frame, random.Random], object]


def _press(selector: str) -> _Step:
    """Press one of the elements in sight, any of them."""

    def step(_: Page, frame: Frame, chance: random.Random) -> None:
        seen = frame.locator(selector).locator("visible=true")
        seen.nth(chance.randrange(seen.count())).click()

    return step


def _key(*keys: str) -> _Step:
    def step(page: Page, frame: Frame, chance: random.Random) -> None:
        frame.locator("#canvas .leaflet-container").focus()
        page.keyboard.press(chance.choice(keys))

    return step


def _brush(page: Page, frame: Frame, chance: random.Random) -> None:
    box = frame.locator("#bars").bounding_box()
    assert box, "the bars of the timeline must be seen"
    one, other = (box["x"] + box["width"] * chance.random() for _ in range(2))
    y = box["y"] + box["height"] / 2
    page.mouse.move(one, y)
    page.mouse.down()
    page.mouse.move((one + other) / 2, y)
    page.mouse.move(other, y)
    page.mouse.up()


def _compare(_: Page, frame: Frame, chance: random.Random) -> None:
    if frame.locator("#charts").is_hidden():
        frame.locator("#charts-button").click()
    frame.locator("#compare").select_option(chance.choice(["", "before", "year", "all"]))


def _search(page: Page, frame: Frame, chance: random.Random) -> None:
    field = frame.locator("#words")
    field.fill("")
    field.press_sequentially(chance.choice(["kab", "raid", "market"]))
    page.wait_for_timeout(_TYPED_MS)
    field.fill("")
    page.wait_for_timeout(_TYPED_MS)


def _start_over(_: Page, frame: Frame, __: random.Random) -> None:
    if frame.locator("#reset").is_enabled():
        frame.locator("#reset").click()


# Each as often as it stands here.
_STEPS: tuple[_Step, ...] = (
    *[_press("#types label, #groups label, #countries label")] * 6,
    *[_press("#step-on, #step-back")] * 3,
    *[_key("n", "p", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown")] * 6,
    *[_key("+", "-")] * 3,
    *[_key("Enter")] * 2,
    *[_brush] * 3,
    *[_press("#table-button")] * 2,
    *[_press("#charts-button")] * 2,
    _press(".mapview-legend-button"),
    _compare,
    _search,
    *[_start_over] * 5,
)


def walk(page: Page, frame: Frame, steps: int, *, seed: int = 2024) -> None:
    """Take so many steps."""
    chance = random.Random(seed)
    for _ in range(steps):
        chance.choice(_STEPS)(page, frame, chance)
        page.wait_for_timeout(50)
