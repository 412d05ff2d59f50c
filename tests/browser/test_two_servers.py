"""A page that is open while its server ends goes on with the other one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import psutil
from browser.visiting import Visit
from playwright.sync_api import expect
from served import Server
from two_servers import two_servers

AGAIN_MS = 60_000


def has_pages(server: Server) -> bool:
    """Whether a page of the app is held open by a server; all other connections end at once."""
    own = psutil.Process(server.process.pid)
    found = [one for part in (own, *own.children(recursive=True)) for one in part.net_connections()]
    return any(one.laddr.port == server.port and one.status == "ESTABLISHED" for one in found)


def test_a_page_goes_on_when_its_server_ends(visit: Callable[..., Visit], tmp_path: Path) -> None:
    with two_servers(tmp_path) as both:
        page = visit("?country=AF", url=both.url)
        before = page.painted_ids()
        [ending] = [one for one in both.servers if has_pages(one)]
        ending.stop()
        # The map needs no page of Streamlit's.
        page.tick("statuses", "carried out")
        page.wait_painted("country=AF&status=carried+out")
        assert set() < page.painted_ids() <= before
        # The other one draws what is the app's: a dialog.
        page.page.wait_for_timeout(500)
        page.button("About").click()
        expect(page.page.get_by_role("heading", name="About the record")).to_be_visible(
            timeout=AGAIN_MS
        )
        # The page looks for the server until it is closed, and both servers end first.
        page.close()
    page.faults.clear()  # Lost connections are in the console.
