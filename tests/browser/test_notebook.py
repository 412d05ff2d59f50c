"""The widget of a notebook in a browser: its page is closed in, and both sides know one state."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, Page, Route, expect

from geodata import Store
from mapview import assets

MODULE = Path(assets.__file__).with_name(assets.NOTEBOOK_ENTRY)
PAGE = """<!doctype html><title>Notebook</title><body><script type="module">
import widget from "./notebook.js";
const page = new Uint8Array(await (await fetch("./page")).arrayBuffer());
const kept = { state: "country=TJ", height: 640, page };
const listeners = new Set();
window.sent = [];
window.model = {
  get: (name) => kept[name], set: (name, value) => { kept[name] = value; },
  save_changes: () => window.sent.push(kept.state),
  on: (_, listener) => listeners.add(listener), off: (_, listener) => listeners.delete(listener),
};
window.python = (state) => { kept.state = state; listeners.forEach((one) => one()); };
window.listening = () => listeners.size;
window.show = () => { window.hide = widget.render({ model: window.model, el: document.body }); };
window.show();
</script></body>"""


@pytest.fixture(scope="module")
def files(shipped: Store) -> dict[str, tuple[str, bytes]]:
    """What the page in place of a notebook asks for, by its path: Python makes its page once."""
    return {
        "/": ("text/html", PAGE.encode()),
        "/notebook.js": ("text/javascript", MODULE.read_bytes()),
        "/page": ("application/octet-stream", shipped.explore()._page),
    }


@pytest.fixture
def book(new_page: Callable[..., Page], files: dict[str, tuple[str, bytes]]) -> Iterator[Page]:
    """A page in place of a notebook, with a model in place of Python's side."""
    elsewhere: list[str] = []
    faults: list[str] = []

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix("http://notebook.test")
        if path in files:
            kind, body = files[path]
            route.fulfill(body=body, content_type=kind)
        else:
            elsewhere.append(route.request.url)
            route.abort()

    page = new_page(viewport={"width": 1000, "height": 800})
    page.route("**", answer)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto("http://notebook.test/")
    page.wait_for_function("window.hide !== undefined")
    yield page
    page.close()
    assert [one for one in elsewhere if not one.startswith(("blob:", "data:"))] == []
    assert faults == []


def stage(page: Page) -> FrameLocator:
    frame = page.frame_locator("iframe")
    expect(frame.locator("#count")).to_contain_text("of ", timeout=20_000)
    return frame


def test_what_is_chosen_is_told_and_what_python_says_is_shown(book: Page, shipped: Store) -> None:
    frame = stage(book)
    chips = frame.locator("#chips")
    expect(chips).to_contain_text("Tajikistan")
    frame.locator("#drawer-button").click()
    frame.locator("#words").fill("danghara")
    book.wait_for_function("sent.at(-1)?.includes('country=TJ&q=danghara')")
    book.evaluate("python('country=IR&id=kerman-2024-01-03')")
    expect(chips).to_contain_text("Iran")
    expect(chips).not_to_contain_text("Tajikistan")
    expect(frame.locator("#side h2")).to_contain_text("Kerman")


def test_its_page_reaches_neither_the_notebook_nor_an_address(book: Page) -> None:
    frame = stage(book)
    assert book.evaluate("document.querySelector('iframe').contentDocument") is None
    assert frame.locator("body").evaluate("() => window.origin") == "null"
    # Names of a place in the page lead there, not to the notebook.
    frame.locator("a[href='#sources']").first.click()
    expect(frame.locator("#sources")).to_be_in_viewport()
    expect(frame.locator("#chips")).to_contain_text("Tajikistan")


def test_without_its_widget_the_page_works_as_it_stands(book: Page, shipped: Store) -> None:
    html = shipped.explore("country=TJ")._repr_html_()
    book.evaluate("html => { hide(); document.body.innerHTML = html; }", html)
    frame = stage(book)
    expect(frame.locator("#chips")).to_contain_text("Tajikistan")
    frame.locator("a[href='#sources']").first.click()
    expect(frame.locator("#sources")).to_be_in_viewport()
    frame.locator("#drawer-button").click()
    frame.locator("#words").fill("danghara")
    expect(frame.locator("#count")).to_contain_text("1 of ")


def test_messages_of_others_are_not_listened_to(book: Page) -> None:
    stage(book)
    book.wait_for_timeout(300)
    before = book.evaluate("model.get('state')")
    book.evaluate("window.postMessage({ mapviewState: 'country=AF' }, '*')")
    book.wait_for_timeout(200)
    assert book.evaluate("model.get('state')") == before


def test_shown_again_it_is_where_it_was_and_gone_it_listens_no_more(book: Page) -> None:
    expect(stage(book).locator("#chips")).to_contain_text("Tajikistan")
    book.wait_for_timeout(1_000)  # The page listens once all of it is there.
    book.evaluate("python('country=IR')")
    expect(book.frame_locator("iframe").locator("#chips")).to_contain_text("Iran")
    book.evaluate("hide(); document.querySelector('iframe').remove()")
    assert book.evaluate("listening()") == 0
    book.evaluate("show()")
    expect(stage(book).locator("#chips")).to_contain_text("Iran")
    assert book.evaluate("listening()") == 1


def test_a_page_on_disk_tells_nobody(open_file) -> None:
    page = open_file("all", script="window.parent.postMessage = (one) => { window.told = one; }")
    page.wait_for_function("document.documentElement.dataset.mapviewPainted !== undefined")
    page.evaluate("mapviewPage.state.change({ countries: ['TJ'] })")
    page.wait_for_timeout(300)
    assert page.evaluate("window.told") is None
    assert "country=TJ" in page.evaluate("location.hash")
