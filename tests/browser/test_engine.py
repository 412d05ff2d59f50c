"""The database of the records ends while somebody filters, and is back after a while."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from browser.visiting import Visit
from fixed_records import incident
from playwright.sync_api import Route
from postgres import Postgres
from served import Server

from geodata import Records
from geodata.engines import EngineAddress, push
from geodata.records import ReadResult
from geodata.workspace import parts_of
from mapview.settings import ENGINE_VARIABLE
from mapview.web.stage import MOST_IN_BROWSER

# A question is asked again after five seconds.
BACK_MS = 30_000


def many() -> Records:
    """More than a browser is given, half of them in another country."""
    return Records(
        tuple(
            incident(
                f"one-{n}",
                title="Near the lighthouse" if n % 2 else "Bombing",
                country="AF" if n % 2 else "TJ",
                points=[(60 + n % 140 / 10, 30 + n % 70 / 10)],
            )
            for n in range(MOST_IN_BROWSER + 2)
        )
    )


class HeldBack:
    """Requests that reach nobody until they are let go."""

    def __init__(self) -> None:
        self._held: list[Route] | None = []

    def __call__(self, route: Route) -> None:
        if self._held is None:
            route.continue_()
        else:
            self._held.append(route)

    def let_go(self) -> None:
        held, self._held = self._held or [], None
        for one in held:
            one.continue_()


def test_what_is_shown_is_not_taken_for_the_answer_and_the_answer_comes_by_itself(
    visit: Callable[..., Visit], postgres: Postgres, tmp_path: Path
) -> None:
    postgres.clear()
    parts = parts_of(ReadResult(many()))
    push(EngineAddress(postgres.url), "many", parts.engine().batches(), parts.catalogue)
    server = Server(log=tmp_path / "log.txt", environment={ENGINE_VARIABLE: postgres.url})
    try:
        server.wait()
        page = visit("", url=server.url)
        assert page.count().startswith("20,002 events")
        before = page.painted()
        postgres.stop()
        # Other questions are answered first: until then the numbers are still those of before.
        summaries = HeldBack()
        page.page.route("**/api/summary?*", summaries)
        page.search("lighthouse")
        notice = page.at(".mapview-notice-open")
        notice.wait_for()
        assert "the database that holds the records must answer" in notice.inner_text()
        page.at("#stage.mp-waiting").wait_for()
        assert page.count() == "There is no answer for now; it is asked for again and again."
        assert page.painted() == before
        postgres.start()
        page.wait_painted("q=lighthouse")
        # It is there again, and this takes it long: nobody is left to wonder for what they wait.
        page.at("#count:has-text('The answer takes longer; what is shown was')").wait_for()
        assert page.at("#stage.mp-waiting").count() == 1
        summaries.let_go()
        page.at("#stage:not(.mp-waiting)").wait_for(timeout=BACK_MS)
        notice.wait_for(state="detached", timeout=BACK_MS)
        assert page.count().startswith("10,001 of 20,002 events")
        # Rows that are asked for alone: what was counted before holds, and stands there again.
        postgres.stop()
        page.at("#table-button").click()
        page.at("#stage.mp-waiting").wait_for()
        assert page.count() == "There is no answer for now; it is asked for again and again."
        postgres.start()
        page.at("#stage:not(.mp-waiting)").wait_for(timeout=BACK_MS)
        assert page.count().startswith("10,001 of 20,002 events")
        page.page.close()
        page.faults.clear()  # The console has each question that was not answered.
    finally:
        server.stop()
        postgres.clear()
    told = (tmp_path / "log.txt").read_text("utf-8")
    assert "the engine does not answer" in told
    assert "Traceback" not in told
