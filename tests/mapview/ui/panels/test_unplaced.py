"""What no map shows."""

from __future__ import annotations

from page_parts import Open

from geodata import Filter, Store, load
from geodata.scope import describe_off_map


def test_nothing_unplaced_is_said(open_page: Open) -> None:
    page = open_page("panel=unplaced&type=vehicle+attack&country=SE")
    assert "None." in [one.value for one in page.caption]
    assert len(page.dataframe) == 0


def test_it_is_said_what_is_listed_here_and_where(open_page: Open) -> None:
    page = open_page("panel=unplaced")
    said = " ".join(one.value for one in page.caption)
    assert "campaigns and counts over many events" in said
    for heading, numbers in describe_off_map(Store.of(load()).off_map_by_country(Filter())):
        assert f"{heading}: {numbers}." in said
