"""The table follows the filter."""

from __future__ import annotations

from datetime import date

from page_parts import Open

from geodata import Filter, Store, load
from mapview.ui.panels.rows import FIRST_DAY, MOST_KILLED


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
    assert list(frame.columns).index("Injured") == 6
    frame = open_page("panel=table&q=kerman").dataframe[0].value
    assert "Killed or injured" not in frame
    assert all(frame["Injured"])


def test_days_and_numbers_can_be_sorted_as_such(open_page: Open) -> None:
    frame = open_page("panel=table").dataframe[0].value
    rows = Store.of(load()).table(Filter(), limit=1_000)
    days = frame[FIRST_DAY].tolist()
    assert [day is None for day in days] == [not row.has_start for row in rows]
    assert all(day is None or isinstance(day, date) for day in days)
    assert frame[MOST_KILLED].dtype.kind == "i"
    assert frame[MOST_KILLED].max() == max(row.fatalities_high or 0 for row in rows)
