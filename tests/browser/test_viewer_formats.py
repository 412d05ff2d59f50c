"""The empty viewer reads each format that we export as our GeoJSON, or says why not."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import geopandas
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from browser.dropped import Viewer, columns, details, given, said, take
from browser.offline import open_table
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from playwright.sync_api import FilePayload, Locator, Page, expect
from samples import all_hostile_records
from shapely import Point, to_wkb

import geodata
from geodata.formats.registry import FORMATS

RECORDS = geodata.load()
# What is not read as our GeoJSON is: a table has no lists of sources and groups.
ALIKE = ("kml", "kmz", "xlsx", "gpkg", "parquet", "fgb")


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], bytes]:
    """Give the shipped record as a file of some format, made once."""
    folder = tmp_path_factory.mktemp("exports")

    def get(ending: str) -> bytes:
        path = folder / f"record.{ending}"
        if not path.exists():
            FORMATS[ending].save(path, RECORDS)
        return path.read_bytes()

    return get


@pytest.mark.parametrize("ending", ALIKE)
def test_an_export_is_read_as_the_geojson_is(
    viewer: Viewer, export: FilePayload, exported: Callable[[str], bytes], ending: str
) -> None:
    page, other = viewer(given(f"record.{ending}", exported(ending))), viewer(export)
    assert said(page) == said(other)
    assert columns(page) == columns(other)
    assert details(page) == details(other)
    listed = [one.locator("#source-list li").all_inner_texts() for one in (page, other)]
    assert listed[0] == listed[1]
    assert len(listed[0]) > 1


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def test_a_workbook_of_others_is_read_by_its_first_sheet_with_coordinates(viewer: Viewer) -> None:
    book = Workbook()
    book.active.append(["Only", "words"])
    sheet = book.create_sheet("Data")
    sheet.append(["Date", "Lat", "Lon", "Place", "Deaths", "Notes"])
    sheet.append([date(2024, 1, 3), 30.2832, 57.0788, "Kerman", 94, "<b>x</b>"])
    sheet.append([datetime(2023, 2, 1, 14, 30), 34.5, 69.25, "Kabul", None, "=1+1"])
    sheet.append(["about 2020", None, None, "Somewhere", 5, None])
    sheet.append([date(2024, 1, 3), 95, 57, "Off", 1, None])
    stream = io.BytesIO()
    book.save(stream)
    page = viewer(given("some.xlsx", stream.getvalue()))
    told = "4 rows: 2 on the map, 1 without a place that a map can show, 1 left out"
    assert said(page).startswith(told)
    assert "(row 5)" in said(page)
    incidents = columns(page)["incidents"]
    assert incidents["when"] == ["3 January 2024", "1 February 2023", "date not read: “about 2020”"]
    assert incidents["killed"] == ["94", "not stated", "5"]
    expect(page.locator("#about-notes")).to_contain_text("The sheet “Data” was read")


def test_a_workbook_that_counts_from_1904_has_the_same_days(viewer: Viewer) -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(["Date", "Lat", "Lon"])
    book.active.append([date(2024, 1, 3), 30.2832, 57.0788])
    stream = io.BytesIO()
    book.save(stream)
    page = viewer(given("some.xlsx", stream.getvalue()))
    assert columns(page)["incidents"]["when"] == ["3 January 2024"]


def test_of_a_pack_the_records_with_all_claims_are_read(
    viewer: Viewer, export: FilePayload, exported: Callable[[str], bytes]
) -> None:
    pack = {"README.txt": "x", "incidents.csv": "a,b", "incidents.kmz": exported("kmz")}
    page = viewer(given("pack.zip", zipped({**pack, "incidents.geojson": export["buffer"]})))
    assert said(page).startswith("291 rows")
    expect(page.locator("#about-notes")).to_contain_text("“incidents.geojson” was read")
    take(page, given("pack.zip", zipped({"a/incidents.kmz": exported("kmz")})), 2)
    assert said(page).startswith("291 rows")


@pytest.mark.parametrize("ending", ALIKE)
def test_text_of_an_export_stays_text(viewer: Viewer, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"hostile.{ending}"
    FORMATS[ending].save(path, all_hostile_records())
    page = viewer(given(path.name, path.read_bytes()))
    rows = open_rows(page)
    assert rows
    for row in rows[:3]:
        row.click()
        expect(page.locator("#side")).to_be_visible()
    made = "img[src=x], [onerror], [onmouseover], iframe, .mp-detail img, main script"
    assert page.locator(made).count() == 0


def open_rows(page: Page) -> list[Locator]:
    open_table(page)
    return page.locator("#incident-table tbody tr button").all()


@pytest.mark.parametrize("ending", ALIKE)
def test_a_file_that_is_cut_off_or_changed_is_a_sentence(
    viewer: Viewer, exported: Callable[[str], bytes], ending: str
) -> None:
    whole = exported(ending)
    page = viewer()
    for number, share in enumerate((0.03, 0.4, 0.97), 1):
        take(page, given("cut", whole[: int(share * len(whole))]), number)
        assert "damaged or incomplete" in said(page)
        assert page.locator("#said.mv-fault").count() == 1
    take(page, given("whole", whole), 4)
    assert said(page).startswith("291 rows")


def lying_bomb() -> bytes:
    """Return an archive that says it unpacks to ten bytes, and does to more than is held."""
    bomb = zipped({"a.csv": bytes(240_000_000)})
    size = (240_000_000).to_bytes(4, "little")
    assert bomb.count(size) == 2
    return bomb.replace(size, (10).to_bytes(4, "little"))


def locked() -> bytes:
    plain = bytearray(zipped({"a.csv": "date,lat,lon"}))
    for begins, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        plain[plain.index(begins) + flags] |= 1
    return bytes(plain)


def flipped() -> bytes:
    plain = bytearray(zipped({"a.csv": "date,lat,lon\n" + "2020-01-01,1,1\n" * 99}))
    plain[plain.index(b"a.csv") + 12] ^= 0x55
    return bytes(plain)


WORKBOOK = {
    "xl/workbook.xml": '<workbook xmlns:r="r"><sheet name="A" r:id="1"/></workbook>',
    "xl/_rels/workbook.xml.rels": (
        '<Relationships><Relationship Id="1" Target="a.xml"/></Relationships>'
    ),
}
ARCHIVES: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "bomb": (lying_bomb, "unpacks to more than 200 MB"),
    "locked": (locked, "locked with a password"),
    "flipped": (flipped, "damaged or incomplete"),
    "others": (lambda: zipped({"a.txt": "x", "content.xml": "x"}), "it holds “a.txt”"),
    "none": (lambda: zipped({}), "it holds nothing"),
    "within": (
        lambda: zipped({"a.kmz": zipped({"b.kmz": zipped({"doc.kml": "<kml/>"})})}),
        "without a file that this page reads",
    ),
    "no KML": (lambda: zipped({"doc.kml": "<gpx/>"}), "no KML"),
    "entities": (
        lambda: zipped({**WORKBOOK, "xl/a.xml": '<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>'}),
        "damaged or incomplete",
    ),
    "no sheet": (lambda: zipped(WORKBOOK), "damaged or incomplete"),
    "no place": (
        lambda: zipped({
            **WORKBOOK,
            "xl/a.xml": '<worksheet><row><c t="inlineStr"><is><t>A</t></is></c></row></worksheet>',
        }),
        "In no sheet one of the first 20 rows names coordinates",
    ),
    "far column": (
        lambda: zipped({
            **WORKBOOK,
            "xl/a.xml": '<worksheet><row><c r="ZZZ1"><v>1</v></c></row></worksheet>',
        }),
        "columns are none",
    ),
}  # fmt: skip


def test_archives_that_are_none_of_a_reader_are_told_and_the_page_goes_on(viewer: Viewer) -> None:
    page = viewer()
    for number, (make, sentence) in enumerate(ARCHIVES.values(), 1):
        take(page, given("file", make()), number)
        assert sentence in said(page)
    take(page, given("any.csv", "date,lat,lon\n2020,1,1\n"), len(ARCHIVES) + 1)
    assert said(page).startswith("1 row: 1 on the map")


def layered(folder: Path, system: str = "EPSG:4326", ending: str = "gpkg") -> bytes:
    """Return a layer as other programs write it: points, one of them nowhere."""
    frame = geopandas.GeoDataFrame(
        {"Name": ["<b>x</b>", "Two"], "date": ["2020-05-04", "2021"], "deaths": [3, None]},
        geometry=[Point(10, 50), None],
        crs=system,
    )
    path = folder / f"some.{ending}"
    options = {"SPATIAL_INDEX": "NO"} if ending == "fgb" else {}
    if ending == "parquet":
        frame.to_parquet(path, compression="zstd")
    else:
        frame.to_file(path, layer="events", **options)
    return path.read_bytes()


@pytest.mark.parametrize("ending", ["gpkg", "parquet", "fgb"])
def test_a_layer_of_others_is_read_by_its_points(
    viewer: Viewer, tmp_path: Path, ending: str
) -> None:
    page = viewer(given("some", layered(tmp_path, ending=ending)))
    assert said(page).startswith("2 rows: 1 on the map, 1 without a place")
    incidents = columns(page)["incidents"]
    assert incidents["title"] == ["<b>x</b>", "Two"]
    assert incidents["when"] == ["4 May 2020", "2021"]
    assert incidents["killed"] == ["3", "not stated"]


def database(*statements: str, size: int = 512) -> bytes:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"pragma page_size = {size}")
        for one in ("create table gpkg_contents (a)", *statements):
            connection.execute(one)
        connection.commit()
        return connection.serialize()


def circle() -> bytes:
    """Return a database in which a page of a table has itself among those below it."""
    rows = "insert into t select hex(randomblob(90)) from generate_series(1, 60)"
    rows = rows.replace("generate_series(1, 60)", "(with recursive n(i) as (select 1 union all "
                        "select i + 1 from n where i < 60) select i from n)")  # fmt: skip
    data = bytearray(database("create table t (a)", rows))
    root = 512 * 2
    assert data[root] == 5
    data[root + 8 : root + 12] = (3).to_bytes(4, "big")
    return bytes(data)


def rows_over_each_other() -> bytes:
    """Return a database in which two thousand rows of a page are the same sixty kilobytes."""
    insert = "insert into t values (zeroblob(60000))"
    data = bytearray(database("create table t (a)", insert, size=65_536))
    page = 2 * 65_536
    assert data[page] == 13
    data[page + 3 : page + 5] = (2000).to_bytes(2, "big")
    data[page + 8 : page + 8 + 4000] = bytes(data[page + 8 : page + 10]) * 2000
    return bytes(data)


def far_beyond() -> bytes:
    """Return a FlatGeobuf whose first feature says that it is longer than the file."""
    return b"fgb\x03fgb\x01" + (4).to_bytes(4, "little") + bytes(4) + b"\xff" * 12


def lying_parquet(folder: Path) -> bytes:
    """Return a GeoParquet whose text is of one letter, and unpacks to more than is held."""
    places = [to_wkb(Point(1, 1))]
    table = pa.table({"a": ["x" * 210_000_000], "geometry": places})
    geo = {"primary_column": "geometry", "columns": {"geometry": {"encoding": "WKB"}}}
    table = table.replace_schema_metadata({"geo": json.dumps(geo)})
    pq.write_table(table, folder / "a", compression="zstd", use_dictionary=False)
    return (folder / "a").read_bytes()


def plain_parquet(folder: Path) -> bytes:
    pq.write_table(pa.table({"a": [1]}), folder / "a", compression="none")
    return (folder / "a").read_bytes()


DATABASES: Mapping[str, tuple[Callable[[Path], bytes], str]] = {
    "circle": (lambda _: circle(), "damaged or incomplete"),
    "over each other": (lambda _: rows_over_each_other(), "damaged or incomplete"),
    "no layer": (lambda _: database("create table t (a)"), "no layer with places"),
    "other": (lambda _: database("drop table gpkg_contents"), "no GeoPackage"),
    "metres": (lambda folder: layered(folder, "EPSG:3857"), "not in WGS 84"),
    "GeoParquet in metres": (
        lambda folder: layered(folder, "EPSG:3857", "parquet"),
        "not in WGS 84",
    ),
    "Parquet without places": (plain_parquet, "no GeoParquet"),
    "GeoParquet bomb": (lying_parquet, "unpacks to more than 200 MB"),
    "FlatGeobuf in metres": (lambda folder: layered(folder, "EPSG:3857", "fgb"), "not in WGS 84"),
    "FlatGeobuf beyond its end": (lambda _: far_beyond(), "damaged or incomplete"),
}


@pytest.mark.parametrize("name", DATABASES)
def test_a_database_that_no_reader_can_trust_is_a_sentence(
    viewer: Viewer, tmp_path: Path, name: str
) -> None:
    make, sentence = DATABASES[name]
    assert sentence in said(viewer(given("file", make(tmp_path))))
