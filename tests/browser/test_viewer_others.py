"""The empty viewer opens what other programs write, or says why not and what to do."""

from __future__ import annotations

import io
from datetime import datetime, time
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from browser.bent import parquet
from browser.dropped import Viewer, columns, given, said
from browser.offline import open_table
from playwright.sync_api import expect

ODD = {
    "uuid": pa.array([b"x" * 16, b"\xff" * 16], pa.binary(16)),
    "half": pa.array([1.5, 2], pa.float16()),
    "bytes": pa.array([b"\0\1", b"\xff"]),
}
KEPT = {
    "deaths": pa.array([Decimal(15), Decimal(2)], pa.decimal128(38, 0)),
    "share": pa.array([Decimal("-0.05"), Decimal("12345678901234567890.25")], pa.decimal128(30, 2)),
    "number": pa.array([2**53 + 1, -(2**63)]),
    "part": pa.array([2**63 + 5, 1], pa.uint64()),
    "clock": pa.array([time(1, 2, 3), None]),
    "lists": pa.array([[[1], []], None], pa.list_(pa.list_(pa.int64()))),
    "pairs": pa.array([[("a", 1)], None], pa.map_(pa.string(), pa.int64())),
    "lists of texts": pa.array([{"a": ["x"]}, None]),
}


def test_columns_that_no_reader_knows_are_left_out_and_named(viewer: Viewer) -> None:
    days = {"date": pa.array([datetime(2024, 1, 3, 12), None], pa.timestamp("ns"))}
    page = viewer(given("any.parquet", parquet({**days, **ODD, **KEPT}, int96=True)))
    assert said(page).startswith("2 rows: 2 on the map")
    notes = page.locator("#about-notes")
    expect(notes).to_contain_text("are left out: “uuid”, “half”, “bytes”.")
    incidents = columns(page)["incidents"]
    assert incidents["when"] == ["3 January 2024", "date unknown"]
    assert incidents["killed"] == ["15", "2"]
    open_table(page)
    cells = []
    for one in page.locator("#incident-table tbody tr button").all():
        one.click()
        cells.append(page.locator("#side").inner_text())
    for words in ("-0.05", "9007199254740993", "9223372036854775813", "01:02:03", '{"a":["x"]}'):
        assert words in cells[0]
    for words in ("12345678901234567890.25", "-9223372036854775808"):
        assert words in cells[1]


@pytest.mark.parametrize("packing", ["snappy", "gzip", "none"])
def test_each_packing_of_parquet_has_the_same_rows(viewer: Viewer, packing: str) -> None:
    names = pa.array([f"Kabul {'again ' * 400}{number % 7}" for number in range(3000)])
    days = pa.array([f"20{number % 24:02}" for number in range(3000)])
    tables = [parquet({"date": days, "name": names}, one) for one in ("zstd", packing)]
    page, other = (viewer(given("any.parquet", one)) for one in tables)
    assert said(page).startswith("3,000 rows: 3,000 on the map")
    assert columns(page) == columns(other)


def test_parquet_without_places_is_read_by_its_coordinates(viewer: Viewer) -> None:
    stream = io.BytesIO()
    table = pa.table({"date": ["2024-01-03", "2020"], "lat": [34.5, None], "lon": [69.2, None]})
    pq.write_table(table, stream)
    page = viewer(given("any.parquet", stream.getvalue()))
    assert said(page).startswith("2 rows: 1 on the map, 1 without a place")
    assert columns(page)["incidents"]["when"] == ["3 January 2024", "2020"]
