"""The empty viewer opens what other programs write, or says why not and what to do."""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import geopandas
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from browser.bent import parquet
from browser.dropped import Viewer, columns, given, said, take
from browser.offline import open_table
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from playwright.sync_api import expect
from shapely import (
    GeometryCollection,
    LineString,
    MultiPoint,
    Point,
    Polygon,
    set_srid,
    to_wkb,
)

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


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_cells_of_a_workbook_that_hold_no_plain_value_are_told(viewer: Viewer) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["date", "lat", "lon", "deaths", "name"])
    sheet.append([date(2024, 1, 3), "=30+4", 69, 1, "A"])
    bold = CellRichText("Plain ", TextBlock(InlineFont(b=True), "bold"), " end")
    sheet.append(["=TODAY()", 34, 69, "#N/A", bold])
    sheet.append([date(2024, 1, 4), 34, 69, True, "=1+1"])
    page = viewer(given("some.xlsx", saved(book)))
    notes = page.locator("#about-notes")
    expect(notes).to_contain_text("are empty here: 3. Excel and LibreOffice work them out")
    expect(notes).to_contain_text(
        "Cells that hold an error, such as #N/A, which is kept as text: 1."
    )
    assert said(page).startswith("3 rows: 2 on the map")
    incidents = columns(page)["incidents"]
    assert set(incidents["title"]) == {"Plain bold end", "Row 3"}
    assert set(incidents["killed"]) == {"not stated"}


def test_a_heading_below_titles_is_found(viewer: Viewer) -> None:
    book = Workbook()
    sheet = book.active
    sheet["A1"] = "Incidents of 2024"
    sheet.merge_cells("A1:C1")
    sheet.append([])
    sheet.append(["Date", "Latitude", "Longitude", "Killed"])
    sheet.append([date(2024, 1, 3), 34.5, 69.2, 3])
    page = viewer(given("some.xlsx", saved(book)))
    assert said(page).startswith("1 row: 1 on the map")
    expect(page.locator("#about-notes")).to_contain_text("The heading is row 3")
    take(page, given("some.csv", "Made by us, 2024\n\ndate|lat|lon\n2024-01-03|x|2\n"), 2)
    assert "its coordinates are no numbers (line 4)" in said(page)
    expect(page.locator("#about-notes")).to_contain_text("The heading is line 3")


RUSSIAN = "Дата;Широта;Долгота;Название;Погибшие\n03.01.2024;34,5;69,2;Взрыв в городе;3\n"
ARABIC = "التاريخ,خط العرض,خط الطول,العنوان,القتلى\n2024-01-03,34.5,69.2,انفجار في المدينة,3\n"
GERMAN = "Datum;Breite;Länge;Titel;Tote\n03.01.2024;34,5;69,2;Anschlag in Köln;3\n"
PERSIAN = "تاریخ,عرض جغرافیایی,طول جغرافیایی,عنوان,کشته‌ها\n2024-01-03,34.5,69.2,انفجار,3\n"
TEXTS: Mapping[str, tuple[bytes, str]] = {
    "Russian": (RUSSIAN.encode(), "Взрыв в городе"),
    "Windows-1251": (RUSSIAN.encode("cp1251"), "Взрыв в городе"),
    "KOI8-R": (RUSSIAN.encode("koi8-r"), "Взрыв в городе"),
    "CP866": (RUSSIAN.encode("cp866"), "Взрыв в городе"),
    "Windows-1256": (ARABIC.encode("cp1256"), "انفجار في المدينة"),
    "Windows-1252": (GERMAN.encode("cp1252"), "Anschlag in Köln"),
    "Persian": (PERSIAN.encode(), "انفجار"),
    "UTF-16 with a mark": (GERMAN.encode("utf-16"), "Anschlag in Köln"),
    "UTF-16": (GERMAN.encode("utf-16-le"), "Anschlag in Köln"),
    "UTF-16 the other way": (GERMAN.encode("utf-16-be"), "Anschlag in Köln"),
    "a line for the delimiter": (("sep=;\n" + GERMAN).encode(), "Anschlag in Köln"),
}


def test_tables_in_other_letters_and_languages_are_read(viewer: Viewer) -> None:
    page = viewer()
    for number, (name, (content, title)) in enumerate(TEXTS.items(), 1):
        take(page, given("some.csv", content), number)
        assert said(page).startswith("1 row: 1 on the map"), name
        incidents = columns(page)["incidents"]
        assert incidents["title"] == [title], name
        assert incidents["when"] == ["3 January 2024"], name
        assert incidents["killed"] == ["3"], name
        if name.startswith(("Windows", "KOI", "CP")):
            note = f"it was read as {name}, so some letters may be wrong"
            expect(page.locator("#about-notes")).to_contain_text(note)


def test_a_year_of_another_calendar_is_not_taken_for_one_of_ours(viewer: Viewer) -> None:
    rows = "".join(
        f"{one},34.5,69.{i}\n" for i, one in enumerate(("1402-10-13", "1402", "2024-01-03"))
    )
    page = viewer(given("some.csv", f"date,lat,lon\n{rows}"))
    told = ["date not read: “1402-10-13”", "date not read: “1402”", "3 January 2024"]
    assert columns(page)["incidents"]["when"] == told


@pytest.mark.parametrize("mark", ["", "\x1e"])
def test_a_feature_a_line_is_geojson(viewer: Viewer, mark: str) -> None:
    line = (
        '{"type":"Feature","geometry":{"type":"Point","coordinates":[69,34]},'
        '"properties":{"date":"2024"}}'
    )
    page = viewer(given("some.geojsonl", f"{mark}{line}\n{mark}{line}\n"))
    assert said(page).startswith("2 rows: 2 on the map")


OTHERS: Mapping[str, tuple[bytes, str]] = {
    "gzip": (b"\x1f\x8b\x08" + bytes(20), "This is a packed file, which this page does not read"),
    "Shapefile": (bytes.fromhex("0000270a") + bytes(96), "This is a Shapefile"),
    "array": (b'[{"lat": 1}]', "no GeoJSON FeatureCollection: export it as GeoJSON or CSV"),
}


def test_files_of_other_kinds_get_a_sentence_that_says_what_to_do(viewer: Viewer) -> None:
    page = viewer()
    for number, (content, sentence) in enumerate(OTHERS.values(), 1):
        take(page, given("file", content), number)
        assert sentence in said(page)


HERE = Point(69, 34)
LINE = LineString([(1, 1), (2, 2)])
CURVE = struct.pack("<6d", 1, 1, 2, 2, 3, 1)
CIRCULAR = struct.pack("<BII", 1, 8, 3) + CURVE
# Each with what becomes of its row: on the map, without a place, or why it is left out.
SHAPES: Mapping[str, tuple[bytes, str]] = {
    "point": (to_wkb(HERE), "map"),
    "the other way": (to_wkb(HERE, byte_order=0), "map"),
    "height": (to_wkb(Point(69, 34, 7)), "map"),
    "height in the newer way": (to_wkb(Point(69, 34, 7), flavor="iso"), "map"),
    "measure": (struct.pack("<BI3d", 1, 2001, 69, 34, 5), "map"),
    "height and measure": (struct.pack("<BI4d", 1, 3001, 69, 34, 5, 6), "map"),
    "height and measure in the older way": (
        struct.pack("<BI4d", 1, 0xC0000001, 69, 34, 5, 6),
        "map",
    ),
    "with its system": (to_wkb(set_srid(Point(69, 34, 7), 4326), include_srid=True), "map"),
    "of one": (to_wkb(MultiPoint([HERE])), "map"),
    "collection of one": (to_wkb(GeometryCollection([HERE])), "map"),
    "in a collection": (to_wkb(GeometryCollection([GeometryCollection([HERE]), Point()])), "map"),
    "empty": (to_wkb(Point()), ""),
    "empty points": (to_wkb(MultiPoint()), ""),
    "empty area": (to_wkb(Polygon()), ""),
    "empty collection": (to_wkb(GeometryCollection()), ""),
    "collection of empty ones": (to_wkb(GeometryCollection([Point(), Polygon()])), ""),
    "several": (to_wkb(GeometryCollection([HERE, Point(1, 2)])), "it has several points"),
    "mixed": (to_wkb(GeometryCollection([HERE, LINE])), "it is a GeometryCollection, and only"),
    "curve": (CIRCULAR, "it is a CircularString, and only"),
    "curves": (struct.pack("<BII", 1, 9, 1) + CIRCULAR, "it is a CompoundCurve, and only"),
    "surface": (
        struct.pack("<BII", 1, 17, 1) + struct.pack("<I", 3) + CURVE,
        "it is a Triangle, and only",
    ),
    "of no kind": (struct.pack("<BI", 1, 99), "it is a shape of another kind, and only"),
    "metres": (
        to_wkb(set_srid(Point(50, 40), 3857), include_srid=True),
        "its coordinates are not in WGS 84, but in EPSG:3857",
    ),
}


def test_each_kind_of_place_is_a_point_or_none_or_left_out_with_its_name(viewer: Viewer) -> None:
    content = parquet(
        {"name": pa.array(list(SHAPES))}, places=[place for place, _ in SHAPES.values()]
    )
    page = viewer(given("some.parquet", content))
    incidents = columns(page)["incidents"]
    placed = dict(zip(incidents["title"], incidents["placed"], strict=True))
    assert placed == {
        name: int(said_of == "map")
        for name, (_, said_of) in SHAPES.items()
        if said_of in ("map", "")
    }
    left = page.locator("#left").inner_text()
    for reason in {reason for _, reason in SHAPES.values()} - {"map", ""}:
        assert reason in left


@pytest.mark.parametrize("ending", ["gpkg", "fgb", "parquet", "geojson"])
def test_collections_of_one_point_are_points_in_each_format(
    viewer: Viewer, tmp_path: Path, ending: str
) -> None:
    shapes = [
        GeometryCollection([HERE]),
        GeometryCollection([HERE, LINE]),
        GeometryCollection([Point(1, 2), Point(3, 4)]),
        None,
    ]
    frame = geopandas.GeoDataFrame(
        {"date": ["2020"] * len(shapes)}, geometry=shapes, crs="EPSG:4326"
    )
    path = tmp_path / f"some.{ending}"
    if ending == "parquet":
        frame.to_parquet(path)
    else:
        frame.to_file(path, **({"SPATIAL_INDEX": "NO"} if ending == "fgb" else {}))
    page = viewer(given(path.name, path.read_bytes()))
    assert said(page).startswith("4 rows: 1 on the map, 1 without a place")
    assert "it is a GeometryCollection, and only points are read (feature 2)" in said(page)
    assert "it has several points (feature 3)" in said(page)


def test_a_date_beside_a_placemark_is_not_hidden_by_none_of_its_own(viewer: Viewer) -> None:
    placemark = (
        "<Placemark><name>A</name><ExtendedData><Data name='date'><value>2024-01-03</value></Data>"
        "</ExtendedData><Point><coordinates>69,34</coordinates></Point></Placemark>"
    )
    page = viewer(given("some.kml", f"<kml><Document>{placemark}</Document></kml>"))
    assert columns(page)["incidents"]["when"] == ["3 January 2024"]
