"""A server where people sign in, as somebody meets it who opens a link of a colleague."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browser.visiting import Visit
from known_people import People
from playwright.sync_api import expect
from served import Server

READER, EDITOR = "ben@example.org", "ann@example.org"


@pytest.fixture
def people() -> Iterator[People]:
    with People().serving() as one:
        yield one


@pytest.fixture
def server(people: People, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    ours = f'readers = ["*@example.org"]\neditors = ["{EDITOR}"]'
    with people.guarding(tmp_path_factory.mktemp("signing-in"), ours) as one:
        yield one


def open_data(visit: Visit) -> None:
    visit.button("About").click()
    visit.page.get_by_role("link", name="Data", exact=True).click()


def test_a_link_leads_through_the_service_to_the_map_and_a_reader_changes_nothing(
    people: People, server: Server, visit
) -> None:
    people.become(READER)
    page: Visit = visit("?from=2024", url=server.url, locale="en-US")
    assert page.page.url.startswith(f"{server.url}?from=2024")
    assert "kerman-2024-01-03" in page.painted_ids()
    open_data(page)
    expect(page.page.get_by_text("An editor must be signed in to hand in files")).to_be_visible()
    expect(page.page.get_by_text(f"Signed in as {READER} (reader)")).to_be_visible()
    page.page.get_by_role("link", name="Sign out").click()
    expect(page.page.get_by_text("You are signed out.")).to_be_visible()

    people.become(EDITOR)
    page.page.get_by_role("link", name="Sign in again").click()
    page.wait_painted()
    open_data(page)
    expect(page.page.get_by_text("drop it, see how it is read")).to_be_visible()
    expect(page.page.get_by_text(f"Signed in as {EDITOR} (editor)")).to_be_visible()
