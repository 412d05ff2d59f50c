"""The state of the page, to its address and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from geodata import Filter
from geodata.errors import RequestError
from geodata.records.vocabulary import EventType
from mapview.ui.state import Panel, ViewState

names = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=30)
filters = st.builds(
    Filter,
    event_types=st.lists(st.sampled_from(EventType), max_size=3).map(tuple),
    groups=st.lists(names, max_size=3).map(tuple),
    text=st.text(st.characters(codec="utf-8"), max_size=40),
    base_areas=st.booleans(),
)
states = st.builds(
    ViewState,
    chosen=filters,
    selected=st.none() | names,
    panel=st.sampled_from(Panel),
) | st.builds(ViewState, chosen=filters, areas=st.lists(names, max_size=3, unique=True).map(tuple))


@given(states)
def test_state_survives_its_address(state: ViewState) -> None:
    assert ViewState.from_params(state.to_params()) == state


def test_plain_state_has_an_empty_address() -> None:
    assert ViewState().to_params() == {}
    assert ViewState.from_params({}) == ViewState()


def test_address_says_only_what_is_not_the_default() -> None:
    state = ViewState(Filter(countries=("IR", "TJ")), selected="a", panel=Panel.UNPLACED)
    assert state.to_params() == {"country": ["IR", "TJ"], "id": ["a"], "panel": ["unplaced"]}


def test_last_of_repeated_values_counts() -> None:
    params = {"id": ["a", "b"], "panel": ["table", "unplaced"]}
    state = ViewState.from_params(params)
    assert (state.selected, state.panel) == ("b", Panel.UNPLACED)
    assert ViewState.from_params({"area": ["a", "b", "b", "a"]}).areas == ("a", "b")


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"panel": ["cellar"]}, "panel must be one of details, table, unplaced, got 'cellar'"),
        ({"from": ["x"]}, "from must be a date"),
        ({"from": ["2018", "2019"]}, "from must be given once, got 2018, 2019"),
    ],
)
def test_what_cannot_be_understood(params: dict[str, list[str]], words: str) -> None:
    with pytest.raises(RequestError, match=words):
        ViewState.from_params(params)


def draw_page(page: AppTest, *, leave: bool = False, **address: str) -> ViewState:
    """Draw the page at an address, or another one, and return the state of ours."""
    page.query_params.clear()
    page.query_params.update(address)
    page.session_state["leave"] = leave
    page.run()
    assert not page.exception
    state: ViewState = page.session_state["drawn"]
    return state


@pytest.fixture
def page() -> AppTest:
    def script() -> None:
        import streamlit as st

        from mapview.ui.state import current, leave_page, save_address

        if st.session_state["leave"]:
            leave_page()
        else:
            st.session_state["drawn"] = current()
            save_address(current())

    return AppTest.from_function(script)


def test_coming_back_from_another_page_keeps_the_state(page: AppTest) -> None:
    chosen = draw_page(page, country="IR", id="kerman-2024-01-03")
    assert chosen == ViewState(Filter(countries=("IR",)), "kerman-2024-01-03")
    draw_page(page, leave=True)
    assert draw_page(page) == chosen
    assert dict(page.query_params) == {"country": "IR", "id": "kerman-2024-01-03"}


def test_coming_back_with_an_address_goes_there(page: AppTest) -> None:
    draw_page(page, country="IR")
    draw_page(page, leave=True)
    assert draw_page(page, country="TJ") == ViewState(Filter(countries=("TJ",)))


def test_an_address_without_anything_is_followed_by_those_who_were_not_away(page: AppTest) -> None:
    draw_page(page, country="IR")
    assert draw_page(page) == ViewState()
    draw_page(page, country="IR")
    draw_page(page, leave=True)
    draw_page(page)
    assert draw_page(page) == ViewState()
