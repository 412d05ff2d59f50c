"""One browser for all tests: Playwright may run only once in a process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browser.chromium import ARGUMENTS, HOW_TO_GET_ONE, find_chromium
from playwright.sync_api import Browser, sync_playwright


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find_chromium()
    if path is None:
        pytest.fail(HOW_TO_GET_ONE)
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield one
        one.close()
