"""The real app in a real browser: a server, and pages that may talk to it only."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from browser.visiting import Server, Visit
from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    one = Server(log=tmp_path_factory.mktemp("server") / "log.txt")
    try:
        one.wait()
        yield one
    finally:
        one.stop()


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Callable[..., Visit]]:
    """Open pages; at the end none may have had a fault or asked another host."""
    visits: list[Visit] = []

    def make(query: str = "", *, url: str = server.url, **options: object) -> Visit:
        settings = {"viewport": {"width": 1440, "height": 900}, **options}
        context = browser.new_context(**settings)  # type: ignore[arg-type]
        one = Visit(context, url)
        visits.append(one)
        return one.open(query)

    yield make
    for one in visits:
        one.context.close()
    assert [url for one in visits for url in one.elsewhere] == []
    assert [fault for one in visits for fault in one.faults] == []
