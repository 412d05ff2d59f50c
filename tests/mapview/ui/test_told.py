"""What the stage tells is taken once, and nothing that it tells is taken on trust."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from page_parts import message
from samples import HOSTILE

from geodata import Filter
from geodata.errors import GeodataError
from mapview.ui import told
from mapview.ui.told import WISHES, Told, last_told, take_message
from mapview.web.addresses import MapView


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    state: dict[str, Any] = {}
    monkeypatch.setattr(told, "st", SimpleNamespace(session_state=state))
    return state


def test_at_first_everything_is_shown_and_nothing_known_of_the_map() -> None:
    assert last_told() == Told(Filter(), None, None)
    assert last_told().bounds is None


@pytest.mark.parametrize("wish", WISHES)
def test_a_message_is_taken_once(wish: str) -> None:
    value = message("country=TJ", wish)
    assert take_message(value) == wish
    # The component has the same value in every run after it.
    assert take_message(value) == ""
    assert take_message(message("country=TJ", wish)) == wish


def test_what_the_stage_shows_is_known_from_then_on() -> None:
    text = "country=TJ&areas=off&panel=placed&sort=-killed&id=a&view=69,38,6"
    take_message(message(text, "about"))
    chosen = Filter.from_query("country=TJ&areas=off")
    assert last_told() == Told(chosen, MapView(69, 38, 6), (960, 600), text=text)
    take_message(message("", "about"))
    assert last_told() == Told(size=(960, 600))


def test_the_part_of_the_map_is_that_of_its_size() -> None:
    take_message(message("view=69,38,6", size=[512, 256]))
    west, south, east, north = last_told().bounds or (0, 0, 0, 0)
    assert (west, east) == pytest.approx((69 - 5.625, 69 + 5.625))
    assert south < 38 < north
    take_message(message("view=69,38,6", size=None))
    assert last_told().bounds == MapView(69, 38, 6).bounds()


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        "x",
        {},
        {"last_object_clicked": None},
        {"last_object_clicked": {"lat": 1, "lng": 2}},
    ],
)
def test_what_is_no_message_opens_nothing(value: object) -> None:
    assert take_message(value) == ""
    assert last_told() == Told()


@pytest.mark.parametrize(
    "wish", ["", "map", None, 7, ["briefing"], {"briefing": 1}, *HOSTILE.values()]
)
def test_only_what_can_be_opened_is_opened(wish: object) -> None:
    assert take_message(message("country=TJ", wish=wish)) == ""  # type: ignore[arg-type]
    assert last_told().chosen == Filter(countries=("TJ",))


@pytest.mark.parametrize(
    "size", [None, 5, "ab", [1], [1, 2, 3], [0, 5], [5, -1], [5, 10**9], [1.5, 2]]
)
def test_a_size_that_no_map_has_is_not_known(size: object) -> None:
    take_message(message("view=69,38,6", size=size))
    assert last_told().size is None


@pytest.mark.parametrize(
    "state", ["type=picnic", "view=1,2", "from=2020&to=2019", "q=" + "x" * 201]
)
def test_a_state_that_makes_no_sense_is_refused_once(state: str) -> None:
    value = message(state, "briefing")
    with pytest.raises(GeodataError, match="must"):
        take_message(value)
    assert take_message(value) == ""
    assert last_told() == Told()
