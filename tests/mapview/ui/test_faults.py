"""A fault in one part of the page leaves all others, and a sentence in its place."""

from __future__ import annotations

import logging
from types import ModuleType
from typing import Any

import pytest
from served import FAULT
from streamlit.testing.v1 import AppTest

from geodata.errors import RequestError
from mapview import data
from mapview.ui import about, map_page, map_panel, panel, sharing, sidebar, timeline
from mapview.ui.faults import kept_apart

PAGE = data.__file__.replace("data.py", "ui/main.py")
UNTOLD = "the file somewhere.geojson"

PARTS: list[tuple[ModuleType, str, str]] = [
    (map_panel, "show", "The map"),
    (sharing, "notice", "What is to be known first"),
    (map_page, "_head", "The head of the page"),
    (panel, "show", "What stands beside the map"),
    (timeline, "show", "The timeline"),
    (timeline, "_histogram", "The chart over time"),
    (sidebar, "show", "The filters"),
]


def fail(*_: Any, **__: Any) -> None:
    raise OverflowError(UNTOLD)


def drawn() -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=60)
    page.run()
    assert not page.exception
    return page


def parts_of(page: AppTest) -> dict[str, bool]:
    """Which parts of the page are there."""
    labels = [one.label for one in page.button]
    return {
        "head": "Briefing" in labels,
        "beside": any(one.key == "panel" for one in page.get("button_group")),
        "dates": any(one.key == "period_start" for one in page.text_input),
        "filters": "Reset all filters" in labels,
    }


@pytest.mark.parametrize(("module", "name", "words"), PARTS)
def test_a_fault_in_a_part_leaves_the_others(
    module: ModuleType,
    name: str,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    whole = parts_of(drawn())
    assert all(whole.values())
    monkeypatch.setattr(module, name, fail)
    page = drawn()
    [said] = [one.value for one in page.warning if FAULT in one.value]
    assert said.startswith(words)
    assert UNTOLD not in said
    assert UNTOLD in caplog.text
    missing = {part for part, is_there in parts_of(page).items() if not is_there}
    assert len(missing) <= 1
    assert missing <= {"head", "beside", "dates", "filters"}


def test_description_of_the_record_fails_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def script() -> None:
        from mapview.ui import about
        from mapview.ui.faults import kept_apart

        with kept_apart("the description of the record"):
            about.show(None)  # type: ignore[arg-type]

    monkeypatch.setattr(about, "show", fail)
    page = AppTest.from_function(script).run()
    assert not page.exception
    assert FAULT in page.warning[0].value


def test_our_own_errors_are_said_and_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    def script() -> None:
        from geodata.errors import RequestError
        from mapview.ui.faults import kept_apart

        with kept_apart("the chart"):
            raise RequestError("z must be *small*")

    with caplog.at_level(logging.ERROR):
        page = AppTest.from_function(script).run()
    assert page.warning[0].value == r"The chart cannot be shown: z must be \*small\*."
    assert not caplog.records


def test_what_ends_a_run_goes_through() -> None:
    with pytest.raises(KeyboardInterrupt), kept_apart("a part"):
        raise KeyboardInterrupt
    assert issubclass(RequestError, Exception)
