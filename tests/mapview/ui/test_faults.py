"""A fault in one part of the page leaves all others, and a sentence in its place."""

from __future__ import annotations

import logging
from types import ModuleType
from typing import Any

import pytest
from page_parts import html_of, message
from served import FAULT
from streamlit.testing.v1 import AppTest

from geodata.errors import RequestError
from mapview import data
from mapview.ui import about, briefing_panel, group_page, map_page
from mapview.ui.faults import kept_apart

PAGE = data.__file__.replace("data.py", "ui/main.py")
UNTOLD = "the file somewhere.geojson"

PARTS: list[tuple[tuple[ModuleType, str], str, str]] = [
    ((map_page, "_config"), "briefing", "The map"),
    ((map_page, "draw_map"), "briefing", "The map"),
    ((briefing_panel, "show"), "briefing", "The dialog"),
    ((about, "show"), "about", "This page"),
    ((group_page, "show"), "groups", "This page"),
]


def fail(*_: Any, **__: Any) -> None:
    raise OverflowError(UNTOLD)


def drawn(told: Any) -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=60)
    page.run()
    map_page.st_folium = lambda *_, **__: told
    page.run()
    assert not page.exception
    return page


@pytest.fixture(autouse=True)
def own_component(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever stands in for the map's component is taken away at the end."""
    monkeypatch.setattr(map_page, "st_folium", map_page.st_folium)


def parts_of(page: AppTest) -> set[str]:
    """Which parts of the page are there."""
    parts = {
        "dialog": any(one.key == "briefing_make" for one in page.button),
        "ways": bool(page.get("page_link")),
        "page": bool(html_of(page)),
    }
    return {name for name, is_there in parts.items() if is_there}


@pytest.mark.parametrize(("broken", "wish", "words"), PARTS)
def test_a_fault_in_a_part_leaves_the_others(
    broken: tuple[ModuleType, str],
    wish: str,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    whole = parts_of(drawn(message("", wish)))
    assert whole == ({"dialog"} if wish == "briefing" else {"ways", "page"})
    assert FAULT not in caplog.text
    monkeypatch.setattr(*broken, fail)
    page = drawn(message("", wish))
    [said] = {one.value for one in page.warning if FAULT in one.value}
    assert said.startswith(words)
    assert UNTOLD not in said
    assert UNTOLD in caplog.text
    # The ways to the other pages stay whatever fails, and the map leaves nothing else behind.
    assert whole - parts_of(page) <= ({"dialog"} if wish == "briefing" else {"page"})


def test_description_of_the_record_fails_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def script() -> None:
        from mapview.ui import about
        from mapview.ui.faults import kept_apart

        with kept_apart("This page cannot be shown"):
            about.show(None)  # type: ignore[arg-type]

    monkeypatch.setattr(about, "show", fail)
    page = AppTest.from_function(script).run()
    assert not page.exception
    assert FAULT in page.warning[0].value


def test_our_own_errors_are_said_and_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    def script() -> None:
        from geodata.errors import RequestError
        from mapview.ui.faults import kept_apart

        with kept_apart("The chart cannot be shown"):
            raise RequestError("z must be *small*")

    with caplog.at_level(logging.ERROR):
        page = AppTest.from_function(script).run()
    assert page.warning[0].value == r"The chart cannot be shown: z must be \*small\*."
    assert not caplog.records


def test_what_ends_a_run_goes_through() -> None:
    with pytest.raises(KeyboardInterrupt), kept_apart("A part cannot be shown"):
        raise KeyboardInterrupt
    assert issubclass(RequestError, Exception)
