"""A million incidents in the real app: each step is answered, nothing fails, and nothing piles up.

It takes minutes, so it runs with `make soak`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser.visiting import Visit
from playwright.sync_api import expect
from served import Server

from geodata.workspace import WORKSPACE_VARIABLE

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))

from made import write_dataset
from walk import walk

pytestmark = pytest.mark.soak

MILLION = 1_000_000
STEPS = 200
MOVES = 500
# What a browser keeps of views that it saw, so that going back asks nobody; 0.5 MB were measured.
KEPT_BYTES = 5_000_000


@pytest.fixture(scope="module")
def million(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("million")
    write_dataset(folder / "datasets" / "made", MILLION)
    environment = {WORKSPACE_VARIABLE: str(folder), "MAPVIEW_DATA": str(folder / "datasets/made")}
    with Server(log=folder / "log.txt", environment=environment) as server:
        yield server


@pytest.fixture
def one(million: Server, visit: Callable[..., Visit]) -> Visit:
    found = visit("?areas=off", url=million.url)
    found.page.set_default_timeout(60_000)
    return found


def test_a_walk_over_a_million_meets_no_fault(million: Server, one: Visit) -> None:
    assert one.count().startswith("1,000,000 events")
    walk(one.page, one.frame(), STEPS)
    expect(one.at("#fault")).to_be_hidden()
    expect(one.at(".mapview-notice-open")).to_have_count(0)
    assert "Traceback" not in million.log.read_text("utf-8")


def test_filter_table_search_and_record_answer(one: Visit) -> None:
    one.tick("countries", "TJ")
    one.wait_painted("country=TJ&areas=off")
    expect(one.at("#count")).to_contain_text("of 1,000,000 events")
    found = re.match(r"([\d,]+)", one.count())
    assert found is not None
    one.at("#table-button").click()
    rows = one.at("#incident-table tbody tr")
    expect(rows).to_have_count(100, timeout=60_000)
    one.at("#incident-table th").filter(has_text="Killed").get_by_role("button").click()
    one.page.wait_for_url("**sort=*killed*")
    expect(rows).to_have_count(100, timeout=60_000)
    rows.first.get_by_role("button").first.click()
    expect(one.sheet()).to_be_visible()
    expect(one.sheet().locator(".mp-title")).not_to_be_empty()


def test_five_hundred_moves_leave_no_more_behind_than_is_kept_of_views(one: Visit) -> None:
    devtools = one.page.context.new_cdp_session(one.page)

    def used() -> int:
        devtools.send("HeapProfiler.collectGarbage")
        found: int = devtools.send("Runtime.getHeapUsage")["usedSize"]
        return found

    def move(times: int) -> None:
        for number in range(times):
            keys = ("ArrowRight", "ArrowUp", "ArrowLeft", "ArrowDown", "+", "-")
            one.map().press(keys[number % len(keys)])
            one.page.wait_for_timeout(60)

    one.map().focus()
    move(60)
    before = used()
    move(MOVES)
    assert used() - before < KEPT_BYTES
    expect(one.at("#fault")).to_be_hidden()
