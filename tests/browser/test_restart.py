"""The server is started anew with other data while a page is open that nobody touches."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from browser.visiting import Visit
from samples import many_records, write_records
from served import Server

NOTICE_MS = 60_000


def test_open_page_says_that_the_data_are_others(
    visit: Callable[..., Visit], tmp_path: Path
) -> None:
    first = Server(log=tmp_path / "first.txt")
    second = None
    try:
        first.wait()
        page = visit("", url=first.url)
        frame = page.wait_painted("")
        before = page.painted_ids()
        first.stop()
        data = write_records(tmp_path / "others.geojson", many_records(20))
        second = Server(log=tmp_path / "second.txt", data=data, port=first.port)
        second.wait()
        notice = page.at(".mapview-notice-open")
        notice.wait_for(timeout=NOTICE_MS)
        assert "the data have changed since this page was opened" in notice.inner_text()
        # Moved now, the map is not filled with records of other data.
        frame.evaluate("void mapviewMap.map.panBy([300, 0], { animate: false })")
        page.page.wait_for_timeout(2_000)
        assert page.painted_ids() <= before
        page.close()
        page.faults.clear()  # Lost connections are in the console.
    finally:
        for one in (first, second):
            if one and one.process.poll() is None:
                one.stop()
