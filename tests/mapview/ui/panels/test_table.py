"""The table follows the filter."""

from __future__ import annotations

from page_parts import Open

from geodata import Filter, Store, load


def test_table_follows_the_filter(open_page: Open) -> None:
    page = open_page("panel=table&country=TJ&from=2018&to=2018")
    wanted = Store.of(load()).table(Filter.from_query("country=TJ&from=2018&to=2018"), limit=99)
    assert list(page.dataframe[0].value["Incident"]) == [row.title for row in wanted]
    assert 0 < len(wanted) < 10
