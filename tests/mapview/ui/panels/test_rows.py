"""Rows have words for everything."""

from __future__ import annotations

from geodata import Filter, Store, load
from mapview.ui.panels.rows import FIRST_DAY, MOST_KILLED, to_frame

KERMAN = "kerman-2024-01-03"


def test_table_has_words_for_everything() -> None:
    store = Store.of(load())
    rows = store.table(Filter(), limit=1_000)
    frame = to_frame(rows, load())
    assert len(frame) == len(load().incidents)
    at = [row.id for row in rows].index(KERMAN)
    line = frame.iloc[at]
    assert line["Date"] == "3 January 2024"
    assert line["Killed"] == "94 to nearly 100"
    assert line["Place"].endswith("Iran")
    assert line["Status"] == "carried out"
    assert frame.drop(columns=[FIRST_DAY, MOST_KILLED]).isna().sum().sum() == 0


def test_empty_table_keeps_its_columns() -> None:
    store = Store.of(load())
    assert list(to_frame([], load())) == list(to_frame(store.table(Filter(), limit=1), load()))
