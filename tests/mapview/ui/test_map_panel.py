"""What the map is told, and what is made of its messages."""

from __future__ import annotations

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from geodata import Filter, Records, Store, load
from geodata.queries import WORLD
from mapview.ui.map_panel import map_state
from mapview.ui.state import ViewState
from mapview.web.addresses import MapView

KERMAN = "kerman-2024-01-03"


def take(
    message: dict[str, Any],
    query: dict[str, str] | None = None,
    session: dict[str, object] | None = None,
) -> AppTest:
    """Let the page's state take a message, as after a click on the map."""

    def script() -> None:
        import streamlit as st

        from mapview.ui.map_panel import current_view, shown_bounds, take_message
        from mapview.ui.state import current, save_address, take_report

        current()
        if "message" in st.session_state:
            take_message(st.session_state.pop("message"))
        st.text(take_report())
        st.text(str(current_view()))
        st.text(str(shown_bounds()))
        save_address(current())

    page = AppTest.from_function(script)
    for key, value in (query or {}).items():
        page.query_params[key] = value
    for key, value in (session or {}).items():
        page.session_state[key] = value
    page.session_state["message"] = message
    page.run()
    assert not page.exception
    return page


def tell(page: AppTest, frame: str, message: dict[str, Any]) -> dict[str, Any]:
    """Let a frame's component tell a message once more, and return the page's address."""
    page.session_state["component"] = (frame, {"last_object_clicked": message})
    page.run()
    assert not page.exception
    return address(page)


@pytest.fixture
def told() -> AppTest:
    def script() -> None:
        import streamlit as st

        from mapview.ui import map_panel
        from mapview.ui.state import change, current, save_address

        current()
        key, value = st.session_state["component"]
        # Streamlit drops what a frame said that is no longer drawn.
        for frame in ("incident_map_offline", "incident_map_tiles"):
            st.session_state[frame] = value if frame == key else None
        map_panel._take_message()
        save_address(current())
        # What somebody does elsewhere on the page before the component tells the same again.
        change(selected="elsewhere")

    return AppTest.from_function(script)


def address(page: AppTest) -> dict[str, Any]:
    return dict(page.query_params)


def test_state_is_plain_and_complete() -> None:
    store = Store.of(load())
    chosen = Filter.from_query("from=2018&to=2019-06&country=IR")
    state = map_state(ViewState(chosen, selected=KERMAN), store, None)
    assert state == {
        "filter": "from=2018-01-01&to=2019-06-30&country=IR",
        "version": load().version,
        "selected": KERMAN,
        "area": None,
        "go": None,
        "ask": 0,
        "fit": 0,
        "home": store.extent(chosen)._asdict(),
    }
    assert map_state(ViewState(areas=("a", "b")), store, None)["area"] == "a"
    assert map_state(ViewState(), store, {"lon": 1.0})["go"] == {"lon": 1.0}


def test_home_is_where_the_filter_finds_something_and_else_where_anything_is() -> None:
    store = Store.of(load())

    def home(query: str, asked: Store = store) -> dict[str, Any]:
        chosen = Filter.from_query(query)
        found: dict[str, Any] = map_state(ViewState(chosen), asked, None)["home"]
        return found

    west, south, east, north = home("country=US")["whole"]
    assert -125 < west < east < -66
    assert 24 < south < north < 50
    assert home("q=zzzzzz") == home("")
    assert home("", Store.of(Records()))["near"] == WORLD


def test_only_a_change_of_the_filter_by_hand_lets_the_map_follow() -> None:
    def fit(message: dict[str, Any]) -> object:
        page = take(message, {"country": "IR"})
        return "view_filtered" in page.session_state and page.session_state["view_filtered"]

    assert not fit({"id": KERMAN, "n": 1})
    assert fit({"bounds": "60,25,70,40", "n": 1})


def test_click_selects_an_incident_and_opens_its_details() -> None:
    page = take({"id": KERMAN, "n": 1}, {"panel": "table", "country": "IR"})
    assert address(page) == {"country": "IR", "id": KERMAN}


def test_a_message_is_taken_once(told: AppTest) -> None:
    offline, tiles = "incident_map_offline", "incident_map_tiles"
    assert tell(told, offline, {"id": KERMAN, "n": 1}) == {"id": KERMAN}
    assert tell(told, offline, {"id": KERMAN, "n": 1}) == {"id": "elsewhere"}
    assert tell(told, offline, {"id": KERMAN, "n": 2}) == {"id": KERMAN}
    assert tell(told, tiles, {"id": "other", "n": 3}) == {"id": "other"}
    assert tell(told, tiles, {"id": "other", "n": 3}) == {"id": "elsewhere"}


@pytest.mark.parametrize("message", [None, "text", [], {}, {"id": KERMAN}, {"n": None}])
def test_what_is_no_message_is_left_aside(message: Any, told: AppTest) -> None:
    told.query_params["id"] = "kept"
    assert tell(told, "incident_map_offline", message) == {"id": "kept"}


def test_click_on_an_area_shows_all_that_lie_there() -> None:
    page = take({"areas": ["a", "b"], "n": 1}, {"id": KERMAN})
    assert address(page) == {"area": ["a", "b"]}


def test_click_beside_everything_selects_nothing() -> None:
    assert address(take({"id": None, "n": 1}, {"id": KERMAN})) == {}


def test_bounds_limit_the_filter() -> None:
    page = take({"bounds": "60.0000,25.5000,70.0000,40.0000", "n": 1}, {"id": KERMAN})
    assert address(page) == {"bounds": "60,25.5,70,40", "id": KERMAN}


@pytest.mark.parametrize(
    "bounds",
    ["", "1,2,3", "0,50,1,40", "-200,0,0,1", "nan,0,1,1", "<script>", None, ["1"], 7],
)
def test_bounds_that_cannot_be_are_refused(bounds: object) -> None:
    page = take({"bounds": bounds, "n": 1}, {"country": "IR"})
    assert address(page) == {"country": "IR"}
    if bounds != "":
        assert re.match(r"The view could not be used as a limit: bounds must ", page.text[0].value)


@pytest.mark.parametrize("identifier", ["nobody", "<script>", 7, ["x"], {"a": 1}, "a\x00b"])
def test_id_of_any_kind_becomes_text(identifier: object) -> None:
    assert address(take({"id": identifier, "n": 1})) == {"id": str(identifier)}


def test_answer_with_the_view_changes_nothing_else() -> None:
    page = take({"view": "57.0800,30.2800,7", "ask": 1, "n": 1}, {"id": KERMAN, "view": "1,2,3"})
    assert address(page) == {"id": KERMAN, "view": "1,2,3"}
    assert page.text[1].value == "57.0800,30.2800,7"


@pytest.mark.parametrize("view", [None, "nonsense", "1e9,0,5", "<script>", "1," * 9_999, ["1"], 7])
def test_view_that_cannot_be_is_left_aside(view: object) -> None:
    assert take({"view": view, "ask": 1, "n": 1}).text[1].value == "None"


def test_what_is_shown_follows_the_size_that_the_frame_tells() -> None:
    page = take({"view": "60,0,0", "size": [128, 128], "ask": 1, "n": 1})
    assert page.text[2].value == "(-30.0, -66.5133, 150.0, 66.5133)"
    assert take({"n": 1}, {"view": "60,0,0"}).text[2].value == str(MapView(60, 0, 0).bounds())
    assert take({"n": 1}).text[2].value == "None"


@pytest.mark.parametrize(
    "size", [None, 7, "ab", [1], [0, 9], [9, -1], [9, 1e9], [9, "9"], [9, 9, 9]]
)
def test_size_that_cannot_be_is_left_aside(size: object) -> None:
    page = take({"view": "60,30,7", "size": size, "ask": 1, "n": 1})
    assert page.text[2].value == str(MapView(60, 30, 7).bounds())


@pytest.mark.parametrize(("ask", "due"), [(3, {"dialog"}), (2, set()), (None, set())])
def test_only_the_last_answer_draws_the_dialog(ask: object, due: set[str]) -> None:
    before = {"map_view_asked": 3, "map_view_then": "dialog"}
    page = take({"view": "1,2,3", "ask": ask, "n": 1}, session=before)
    assert {key for key in ("dialog",) if key in page.session_state} == due
