"""The newest incidents, while nothing is selected."""

from __future__ import annotations

from page_parts import Open

from geodata import Filter, Store, load


def test_welcome_lists_the_newest(open_page: Open) -> None:
    page = open_page()
    newest = Store.of(load()).table(Filter(), limit=12)
    keys = [one.key for one in page.button if (one.key or "").startswith("choose_")]
    assert keys == [f"choose_{row.id}" for row in newest]
    rest = len(load().incidents) - len(newest)
    assert f"and {rest:,} more in the table." in [one.value for one in page.caption]
