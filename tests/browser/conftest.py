"""The real app in a real browser, and standalone pages opened from disk.

Pages may talk to the app's own server only, those from disk to nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser.dropped import Viewer, given, take
from browser.offline import PAINTED, Open
from browser.visiting import Visit
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    FilePayload,
    Page,
    Route,
)
from samples import HOSTILE, all_hostile_records, many_records, typed_records
from served import Server

import geodata
from geodata import Filter, Store
from geodata.formats.geojson import to_collection
from mapview.briefing.compose import BriefingOptions, compose
from mapview.briefing.page import write_page, write_viewer

DESK = {"viewport": {"width": 1440, "height": 900}}
# What a page can be told before it is opened: the files of the app are not read anew for it.
OF_A_PAGE = {"viewport", "color_scheme", "reduced_motion"}
# As it is told to a page that may have been told otherwise.
PLAIN = {"color_scheme": "light", "reduced_motion": "no-preference"}

HAS_FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Tell the fixtures of a test that it failed."""
    report = yield
    if call.when == "call":
        item.stash[HAS_FAILED] = not report.passed
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let a test go once more after it waited in vain: that tells a busy machine from a fault.

    The summary says how many did.
    """
    ours = f"{Path(__file__).parent}{os.sep}"
    for item in items:
        if str(item.path).startswith(ours):
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=["TimeoutError"]))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(log=tmp_path_factory.mktemp("server") / "log.txt") as one:
        yield one


@pytest.fixture(scope="session")
def desk(browser: Browser) -> Iterator[BrowserContext]:
    """A browser's profile that has the app's files already; the app keeps nothing else in it."""
    with browser.new_context(**DESK) as context:
        yield context
        stored = [one["localStorage"] for one in context.storage_state()["origins"]]
        # Streamlit notes that the theme is that of the system.
        assert {one["value"] for part in stored for one in part} <= {'"System"'}


@pytest.fixture
def visit(browser: Browser, server: Server, desk: BrowserContext) -> Iterator[Callable[..., Visit]]:
    """Open pages; at the end none may have had a fault or asked another host.

    The first page is opened in the profile that all tests share, at whatever size and with whatever
    colours; further ones, and those that need more of a profile, in a new one, as for another user.
    """
    visits: list[Visit] = []
    own: list[BrowserContext] = []

    def make(query: str = "", *, url: str = server.url, **options: object) -> Visit:
        context = desk
        if visits or not OF_A_PAGE.issuperset(options):
            context = browser.new_context(**{**DESK, **options})  # type: ignore[arg-type]
            own.append(context)
        one = Visit(context, url)
        visits.append(one)
        if context is desk:
            one.page.set_viewport_size(options.pop("viewport", DESK["viewport"]))
            one.page.emulate_media(**options)
        return one.open(query)

    yield make
    for one in visits:
        one.close()
    desk.clear_cookies()
    for context in own:
        context.close()
    assert [url for one in visits for url in one.elsewhere] == []
    assert [fault for one in visits for fault in one.faults] == []


@pytest.fixture(scope="session")
def kept() -> dict[str, Visit]:
    """The page of the app that stays open from test to test, if there is one."""
    return {}


@pytest.fixture
def stage(
    request: pytest.FixtureRequest, server: Server, desk: BrowserContext, kept: dict[str, Visit]
) -> Iterator[Callable[..., Visit]]:
    """Open the stage as `visit` does, but within a page of the app that is open already.

    For tests of what the stage does, not of how the program around it comes to show it. After a
    test that failed the next one has a new page.
    """

    def make(query: str = "", **options: object) -> Visit:
        assert OF_A_PAGE.issuperset(options)
        assert "page" not in taken, "a test opens the stage once, or goes on in it"
        one = kept.pop("page", None)
        is_new = one is None or one.page.is_closed()
        if one is None or is_new:
            one = Visit(desk, server.url)
        taken["page"] = one
        one.page.set_viewport_size(options.pop("viewport", DESK["viewport"]))  # type: ignore[arg-type]
        one.page.emulate_media(**PLAIN | options)  # type: ignore[arg-type]
        return one.open(query) if is_new else one.open_anew(query)

    taken: dict[str, Visit] = {}
    yield make
    for one in taken.values():
        if one.elsewhere or one.faults or request.node.stash.get(HAS_FAILED, False):
            one.close()
        else:
            kept["page"] = one
        assert one.elsewhere == []
        assert one.faults == []


@pytest.fixture(scope="session")
def shipped() -> Store:
    return Store.of(geodata.load())


@pytest.fixture(scope="session")
def many() -> Store:
    return Store.of(many_records(5_000))


@pytest.fixture(scope="session")
def page_files(
    tmp_path_factory: pytest.TempPathFactory, shipped: Store, many: Store
) -> Callable[[str], Path]:
    """The pages by name, each written once."""
    folder = tmp_path_factory.mktemp("pages")
    options = BriefingOptions(title="A briefing", note="First line.\nSecond line.")
    hostile = BriefingOptions(title=HOSTILE["attribute"], note=HOSTILE["closing"])
    makers: dict[str, Callable[[], bytes]] = {
        "all": lambda: write_page(compose(shipped, Filter(), options)),
        "since 2019": lambda: write_page(compose(shipped, Filter.from_query("from=2019"), options)),
        "one": lambda: write_page(
            compose(shipped, Filter.from_query("q=kerman&type=suicide+bombing&areas=off&from=2024"))
        ),
        "none": lambda: write_page(
            compose(shipped, Filter.from_query("q=zzzz&areas=off"), options)
        ),
        "many": lambda: write_page(compose(many, Filter(), options)),
        "typed": lambda: write_page(compose(Store.of(typed_records(160)), Filter(), options)),
        "hostile": lambda: write_page(compose(Store.of(all_hostile_records()), Filter(), hostile)),
        "in ru": lambda: write_page(compose(shipped, Filter(), BriefingOptions(language="ru"))),
        "in fa": lambda: write_page(compose(shipped, Filter(), BriefingOptions(language="fa"))),
        "embedded": lambda: write_page(
            compose(shipped, Filter(), options), embedded=True, home="/?from=2018"
        ),
    }

    def get(name: str) -> Path:
        path = folder / f"{name.replace(' ', '-')}.html"
        if not path.exists():
            path.write_bytes(makers[name]())
        return path

    return get


@pytest.fixture(scope="session")
def shelf(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """A browser's profile without a network, in which files are opened one after the other.

    An empty one stays open: it keeps the process that draws them, and pages keep nothing in it.
    """
    empty = tmp_path_factory.mktemp("shelf") / "empty.html"
    empty.write_text("<!doctype html><title>Empty</title>", "utf-8")
    with browser.new_context(**DESK, offline=True) as context:
        context.new_page().goto(empty.as_uri())
        yield context
        assert context.storage_state() == {"cookies": [], "origins": []}


@pytest.fixture
def new_page(browser: Browser, shelf: BrowserContext) -> Iterator[Callable[..., Page]]:
    """Make a page for a file, which reaches nobody; it is closed at the end.

    It is of the profile that all tests share, or of a new one where it needs more of that.
    """
    pages: list[Page] = []
    own: list[BrowserContext] = []

    def make(**options: Any) -> Page:
        context = shelf
        if not OF_A_PAGE.issuperset(options):
            context = browser.new_context(**DESK | options, offline=True)
            own.append(context)
        page = context.new_page()
        pages.append(page)
        if context is shelf:
            page.set_viewport_size(options.pop("viewport", DESK["viewport"]))
            page.emulate_media(**options)
        return page

    yield make
    for page in pages:
        page.close()
    for context in own:
        context.close()


@pytest.fixture
def open_file(new_page: Callable[..., Page], page_files: Callable[[str], Path]) -> Iterator[Open]:
    """Open a page; at the end nothing was asked for, and nothing went wrong."""
    pages: list[Page] = []
    asked: list[str] = []
    faults: list[str] = []

    def only_the_file(route: Route, path: Path) -> None:
        url = route.request.url
        if url.partition("#")[0] == path.as_uri():
            route.continue_()
        else:
            asked.append(url)
            route.abort()

    def make(name: str, fragment: str = "", script: str = "", **options: Any) -> Page:
        path = page_files(name)
        page = new_page(**options)
        pages.append(page)
        page.route("**", lambda route: only_the_file(route, path))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text))
        page.on("dialog", lambda dialog: (faults.append("a dialog"), dialog.dismiss()))
        if script:
            page.add_init_script(script)
        page.goto(path.as_uri() + fragment)
        if not script:
            page.wait_for_function(PAINTED)
        return page

    yield make
    for page in pages:
        page.close()
    assert asked == []
    assert faults == []


@pytest.fixture(scope="session")
def viewer_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stick") / "viewer.html"
    path.write_bytes(write_viewer())
    return path


@pytest.fixture(scope="session")
def export() -> FilePayload:
    return given("record.geojson", "".join(to_collection(geodata.load())))


@pytest.fixture
def viewer(new_page: Callable[..., Page], viewer_file: Path) -> Iterator[Viewer]:
    """Open the viewer with files; at the end nothing was asked for, and nothing went wrong."""
    pages: list[Page] = []
    asked: list[str] = []
    faults: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        # What Chromium says of broken XML has a style of its own, which the policy blocks.
        if not message.text.startswith("Applying inline style"):
            faults.append(message.text)

    def refuse(dialog: Dialog) -> None:
        faults.append("a dialog")
        dialog.dismiss()

    def make(*files: FilePayload, fragment: str = "", **options: Any) -> Page:
        page = new_page(**options)
        pages.append(page)
        page.on("request", lambda request: asked.append(request.url.partition("#")[0]))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", heard)
        page.on("dialog", refuse)
        page.goto(viewer_file.as_uri() + fragment)
        page.wait_for_function("() => 'mapviewReady' in document.documentElement.dataset")
        for number, file in enumerate(files, 1):
            take(page, file, number)
        return page

    yield make
    for page in pages:
        page.close()
    assert {one for one in asked if not one.startswith(("blob:", "data:"))} == {
        viewer_file.as_uri()
    }
    assert faults == []
