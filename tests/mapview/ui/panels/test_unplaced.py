"""What no map shows."""

from __future__ import annotations

from page_parts import Open


def test_nothing_unplaced_is_said(open_page: Open) -> None:
    page = open_page("panel=unplaced&type=vehicle+attack&country=SE")
    assert "None." in [one.value for one in page.caption]
    assert len(page.dataframe) == 0
