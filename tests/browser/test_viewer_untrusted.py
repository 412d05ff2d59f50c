"""Files that were made to stop the empty viewer, or to reach beyond what they are."""

from __future__ import annotations

import base64
import io
import zipfile
from datetime import date, datetime

import pyarrow as pa
import pytest
from browser import bent
from browser.bent import parquet
from browser.dropped import Viewer, given, said, take
from browser.offline import open_table
from openpyxl import Workbook
from playwright.sync_api import expect

TABLE = b"date,lat,lon\n2020-01-01,34.5,69.2\n"
# Its only page is a dictionary of no values that ends where it begins: the next is itself.
LOOP = base64.b64decode(
    "UEFSMRUEFQAVGUwVABUAAAAAAAAAAAAAABUCGSxIBnNjaGVtYRUCABUMJQIYCGdlb21ldHJ5ABYCGRwZHCYIHBUMGRUAGRgI"
    "Z2VvbWV0cnkVABYCFgAWACYIJggAABYAFgIAGRwYA2dlbxhHeyJwcmltYXJ5X2NvbHVtbiI6Imdlb21ldHJ5IiwiY29sdW1u"
    "cyI6eyJnZW9tZXRyeSI6eyJlbmNvZGluZyI6IldLQiJ9fX0AAJwAAABQQVIx"
)
REFUSED = ("brotli", "v2", "loop", "nested", "wide")
UNPACKED = "It unpacks to more than 200 MB, and this page reads at most that"
# Of each some bytes stand for more than a machine holds, or a page does in an hour.
BOUNDED = {
    bent.repeated_page: UNPACKED,
    bent.repeated_text: UNPACKED,
    bent.repeated_cell: UNPACKED,
    bent.long_head: "It describes itself by more than 1,000 values",
    bent.many_tables: "It describes itself by more than 1,000,000 values",
    bent.wide_points: "It has 2,000 columns and 10,001 rows, and this page reads at most",
}


def nested(levels: int) -> bytes:
    content = TABLE
    for _ in range(levels):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("doc.kml", content)
        content = stream.getvalue()
    return content


def wide() -> bytes:
    """Return a workbook of few cells, each at the end of a row of two thousand."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Data")
    for _ in range(3_000):
        sheet.append([None] * 1_999 + ["x"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_names_of_columns_reach_nothing_but_their_rows(viewer: Viewer) -> None:
    names = pa.array([{"prototype": {"toJSON": "x"}}]), pa.array([{"polluted": "x"}])
    page = viewer(given("any.parquet", parquet({"constructor": names[0], "__proto__": names[1]})))
    expect(page.locator("#count")).to_contain_text("1 event")
    shared = "[...Object.getOwnPropertyNames(Object.prototype), ...Object.keys({}.constructor)]"
    assert {"toJSON", "polluted", "prototype"}.isdisjoint(page.evaluate(shared))


def test_moments_of_parquet_are_dates_in_each_of_its_units(
    viewer: Viewer,
) -> None:
    for number, unit in enumerate(("ms", "us", "ns"), 1):
        moment = pa.array([datetime(2024, 1, 3, 12)], pa.timestamp(unit))
        file = given(
            "any.parquet", parquet({"date": moment, "other": pa.array([date(2020, 1, 1)])})
        )
        if number == 1:
            page = viewer(file)
        else:
            take(page, file, number)
        open_table(page)
        expect(page.locator("#incident-table")).to_contain_text("3 January 2024")
        page.locator("#table-close").click()


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_stop_the_page_or_is_not_read_gets_a_sentence(viewer: Viewer, name: str) -> None:
    days = {"date": pa.array(["2024-01-03"])}
    content, sentence = {
        "brotli": lambda: (
            parquet(days, "brotli"),
            "It is packed as Brotli; this page reads Zstandard, Snappy, gzip, or what is not",
        ),
        "v2": lambda: (
            parquet(days, version="2.0"),
            "written in a way that this page does not know",
        ),
        "loop": lambda: (LOOP, "GeoParquet is damaged"),
        "nested": lambda: (nested(3), "an archive in an archive in another"),
        "wide": lambda: (wide(), "more cells than this page reads"),
    }[name]()
    page = viewer()
    take(page, given("file", content), 1)
    assert sentence in said(page)
    take(page, given("any.csv", TABLE), 2)
    expect(page.locator("#count")).to_contain_text("1 event")


def test_what_few_bytes_stand_for_is_bounded(viewer: Viewer) -> None:
    page = viewer()
    for number, (make, sentence) in enumerate(BOUNDED.items(), 1):
        take(page, given("file", make()), number)
        assert sentence in said(page)
    take(page, given("any.csv", TABLE), len(BOUNDED) + 1)
    expect(page.locator("#count")).to_contain_text("1 event")


def test_names_of_columns_that_share_their_bytes_are_read_to_their_bound(viewer: Viewer) -> None:
    page = viewer(given("file", bent.long_names()))
    assert said(page).startswith("1 row: 0 on the map")
