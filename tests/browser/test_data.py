"""A file of one's own, from the desk to the map, or refused in a sentence."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from browser.visiting import Visit
from importing_rows import COLUMNS, row
from playwright.sync_api import Frame, expect
from samples import HOSTILE
from served import Server

# As a browser does when a file is let go above a page.
DROP = """([name, text]) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([text], name));
  const how = { dataTransfer, bubbles: true, cancelable: true };
  for (const kind of ["dragenter", "dragover", "drop"]) {
    document.body.dispatchEvent(new DragEvent(kind, how));
  }
}"""


# It outlives the pages: one that outlives its server says so in the console.
@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with a workspace of its own."""
    folder = tmp_path_factory.mktemp("own")
    environment = {"MAPVIEW_WORKSPACE": str(folder / "workspace")}
    with Server(log=folder / "log.txt", environment=environment) as one:
        yield one
    # What was handed in and not imported goes with the server.
    assert [path.name for path in (folder / "workspace").glob(".*")] == []


def acled() -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS["ACLED"])
    for one in range(5):
        writer.writerow(
            row("ACLED", event_id_cnty=f"BFA{one}", latitude=str(12 + one), notes=HOSTILE["script"])
        )
    writer.writerow(row("ACLED", event_id_cnty="BFA9", event_date="soon"))
    return text.getvalue()


def field(page: Visit) -> Frame:
    """The frame of the field that takes a file."""
    page.page.wait_for_selector("iframe[src*=mapview_drop]")
    return next(one for one in page.page.frames if "mapview_drop" in one.url)


def test_a_dropped_file_is_on_the_map_and_a_hostile_one_is_not(
    own: Server, visit: Callable[..., Visit]
) -> None:
    page = visit("?country=AF&view=65,34,6", url=own.url)
    page.frame().evaluate(DROP, ["acled.csv", acled()])
    expect(page.page.get_by_text("ACLED (CSV, commas, UTF-8)")).to_be_visible(timeout=30_000)
    expect(page.page.get_by_text("line 7, event_date: 'soon'")).to_be_visible()
    page.page.get_by_role("button", name="Put it on the map").click()
    page.page.wait_for_url(lambda url: "/data" not in url, timeout=30_000)
    page.wait_painted("")
    assert page.count() == "5 events, all on the map."
    # Neither filter nor view of the other data is kept, so all of it is in sight.
    page.frame().wait_for_function("window.mapviewMap.painted().length > 0")
    assert page.painted_ids() == {f"acled:BFA{one}" for one in range(5)}
    expect(page.at("#notice")).to_contain_text("acled: 1 of 6 rows were left out")
    # So it is in what other processes make.
    with urlopen(f"{own.url}api/incidents.csv") as answer:
        assert answer.read().count(b"acled:BFA") >= 5

    page.button("Data").click()
    expect(page.page.get_by_text("On the map now: 5 incidents")).to_be_visible(timeout=30_000)
    with page.page.expect_download() as download:
        page.page.get_by_role("link", name="Left out: 1 row").click()
    assert "date_unreadable" in Path(download.value.path()).read_text("utf-8")

    # Anywhere on the page, beside the field, too.
    field(page)
    page.page.evaluate(DROP, ["<b>deep</b>.json", "[" * 200_000])
    refusal = page.page.get_by_text("could not be read:")
    expect(refusal).to_be_visible(timeout=30_000)
    assert "nest" in refusal.inner_text()
    assert page.page.locator("b", has_text="deep").count() == 0
    page.page.get_by_role("button", name="Take another file").click()
    expect(page.page.get_by_text("On the map now: 5 incidents")).to_be_visible()


def test_what_the_server_does_not_take_is_said_where_it_was_dropped(
    own: Server, visit: Callable[..., Visit]
) -> None:
    page = visit("", url=own.url)
    # A browser's console has each answer that is no success.
    with page.page.expect_console_message(lambda one: one.type == "error"):
        page.frame().evaluate(DROP, ["empty.csv", ""])
    words = page.at("#drop-words")
    expect(words).to_have_text(
        "Not taken: a file must hold something, got an empty one.", timeout=30_000
    )
    page.at("#drop-close").click()
    expect(page.at("#drop")).to_be_hidden()
    page.faults.clear()
