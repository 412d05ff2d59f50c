"""The table follows the filter."""

from __future__ import annotations

from page_parts import Open

from geodata import Filter, Store, load


def test_table_follows_the_filter(open_page: Open) -> None:
    page = open_page("panel=table&country=TJ&from=2018&to=2018")
    wanted = Store.of(load()).table(Filter.from_query("country=TJ&from=2018&to=2018"), limit=99)
    assert list(page.dataframe[0].value["Incident"]) == [row.title for row in wanted]
    assert 0 < len(wanted) < 10


def test_those_killed_or_injured_together_have_a_column_of_their_own(open_page: Open) -> None:
    together = next(
        one for one in load().incidents if any(c.about == "casualties" for c in one.claims)
    )
    frame = open_page(f"panel=table&q={together.id}").dataframe[0].value
    assert all(frame["Killed or injured"])
    assert list(frame.columns).index("Injured") == 4
    frame = open_page("panel=table&q=kerman").dataframe[0].value
    assert "Killed or injured" not in frame
    assert all(frame["Injured"])
