"""Tests of recognising files by what is in them, and of refusals: one sentence each, soon."""

from __future__ import annotations

import gzip
import io
import json
import sqlite3
import time
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from geodata.errors import FormatError
from geodata.reading import Limits, Refused, Row, Sheet, open_file

TABLE = b"id,date,place\n1,2020-01-01,Kabul\n2,2020-01-02,Herat\n"


@pytest.fixture
def file(tmp_path):
    def write(name: str, raw: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(raw)
        return path

    return write


def archive(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
        for name, raw in members.items():
            out.writestr(name, raw)
    return buffer.getvalue()


def cells(sheet: Sheet) -> list[tuple[object, ...]]:
    return [one.cells for one in sheet.rows() if isinstance(one, Row)]


@pytest.mark.parametrize("name", ["x.csv", "X.CSV", "x.geojson", "x.xlsx", "x", "x.kml"])
def test_a_table_is_one_under_any_name(file, name):
    (sheet,) = open_file(file(name, TABLE))
    assert sheet.columns == ("id", "date", "place")
    assert len(cells(sheet)) == 2
    assert sheet.form == "CSV, commas, UTF-8"


def test_a_table_that_begins_with_a_bracket(file):
    (sheet,) = open_file(file("x.csv", b"[x],y,z\n[1],2,3\n"))
    assert cells(sheet) == [("[1]", "2", "3")]


def test_a_packed_table(file):
    (sheet,) = open_file(file("x.csv.gz", gzip.compress(TABLE)))
    assert len(cells(sheet)) == 2


def test_a_database_that_is_no_geopackage(tmp_path):
    path = tmp_path / "x.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.execute("create table events (id integer, date text, lat real, lon real)")
        database.execute("insert into events values (1, '2024-01-03', 30.28, 57.08)")
        database.commit()
    (sheet,) = open_file(path)
    assert (sheet.form, sheet.columns) == ("SQLite", ("id", "date", "lat", "lon"))
    assert cells(sheet) == [(1, "2024-01-03", 30.28, 57.08)]


def test_a_topology(file):
    point = {"type": "Point", "coordinates": [69, 34], "properties": {"date": "2024-01-03"}}
    collection = {"type": "GeometryCollection", "geometries": [point]}
    topology = {"type": "Topology", "objects": {"a": collection}, "arcs": []}
    (sheet,) = open_file(file("x.json", json.dumps(topology).encode()))
    (row,) = sheet.rows()
    assert (sheet.form, row.geometry.coords[0]) == ("TopoJSON", (69, 34))


def test_a_feed_of_places(file):
    feed = (
        '<rss version="2.0" xmlns:georss="http://www.georss.org/georss"><channel><item>'
        "<title>Kerman</title><pubDate>Wed, 03 Jan 2024 10:00:00 GMT</pubDate>"
        "<georss:point>30.28 57.08</georss:point></item></channel></rss>"
    )
    (sheet,) = open_file(file("feed.xml", feed.encode()))
    (row,) = sheet.rows()
    assert (sheet.form, row.geometry.coords[0]) == ("GeoRSS", (57.08, 30.28))


def test_an_archive_as_ucdp_ships_it(file):
    raw = archive({"GEDEvent.csv": TABLE, "readme.txt": b"words", "__MACOSX/._GED.csv": b"\0"})
    (sheet,) = open_file(file("ged.zip", raw))
    assert (sheet.name, len(cells(sheet))) == ("GEDEvent.csv", 2)
    assert sheet.notes == ("readme.txt",)


def test_an_archive_of_several_tables(file):
    raw = archive({"a.csv": TABLE, "b/c.csv": TABLE, "empty.csv": b"", "../up.csv": TABLE})
    sheets = open_file(file("x.zip", raw))
    assert [one.name for one in sheets] == ["a.csv", "b/c.csv", "../up.csv"]
    assert sheets[0].notes == ("empty.csv in x.zip is an empty file",)
    assert cells(sheets[2]) == cells(sheets[0])


def test_one_sheet_is_chosen_by_name_or_number(file):
    path = file("x.zip", archive({"a.csv": TABLE, "b.csv": b"x,y\n1,2\n"}))
    assert open_file(path, sheet="b.csv")[0].columns == ("x", "y")
    assert open_file(path, sheet="2")[0].columns == ("x", "y")
    with pytest.raises(Refused, match=r"has no sheet 'c'; it has a.csv, b.csv"):
        open_file(path, sheet="c")


def test_an_encoding_can_be_told(file):
    path = file("x.csv", "id,place\n1,Москва\n2,Тула\n".encode("cp1251"))
    assert cells(open_file(path, encoding="cp1251")[0])[0] == ("1", "Москва")
    with pytest.raises(Refused, match="there is no encoding 'klingon'"):
        open_file(path, encoding="klingon")


PAGE = b"<!DOCTYPE html><html><head><title>404 Not found</title></head></html>"
LOCK = b"\x04User" + b" " * 160
RENAMED = b"\x05admin" + b" " * 49 + b"\x05\0" + "admin".encode("utf-16-le") + b" \0" * 49


@pytest.mark.parametrize(
    ("name", "raw", "what"),
    [
        ("x.csv", b"", "x.csv is an empty file"),
        ("x.csv", b"\r\n \n", "x.csv is an empty file"),
        ("x.csv", PAGE, "x.csv is a web page called '404 Not found' without a table"),
        ("~$x.xlsx", LOCK, "is the lock file of a workbook that is open, not the workbook"),
        ("x.xlsx", RENAMED, "x.xlsx is the lock file of a workbook that is open, not the workbook"),
        ("x.geojson", b"var data = {'a': 1};", "is a script (JavaScript), not data"),
        ("x.geojson", b"export const data = [1]", "is a script (JavaScript), not data"),
        ("x.geojson", b'json_Units_2 = {\n"a": 1}', "is a script (JavaScript), not data"),
        ("x.csv", b"%PDF-1.7 ...", "is a PDF document"),
        ("x.csv", b"\x89PNG\r\n\x1a\n...", "is a picture"),
        ("x.csv", bytes(range(256)) * 40, "is binary data of a kind that is not read"),
        ("x.txt", b"These are words, many.\nAnd more of them; here.\n\nEnd.", "without columns"),
        ("x.csv", b"version https://git-lfs.github.com/spec/v1\noid x", "a pointer to a file"),
        ("x.prj", b'GEOGCS["WGS 84",DATUM["x"]]', "the coordinate system of a shapefile"),
        ("x.zip", archive({}), "is an empty archive"),
        ("x.zip", archive({"a.pdf": b"%PDF"}), "is an archive without a table"),
        ("x.zip", archive({"a.zip": archive({"b.csv": TABLE})}), "an archive in an archive"),
        ("x.docx", archive({"word/document.xml": b"<w/>"}), "is a text document"),
        ("x.zip", archive({"a.csv": TABLE})[:-30], "is a damaged archive"),
        ("x.xml", b"<osm><node/></osm>", "is XML of a kind that is not read, <osm>"),
        ("x.xml", b"<a><b></a>", "is XML"),
        ("x.json", b'{"a" 1}', "is no valid JSON"),
        ("x.db", b"SQLite format 3\0" + b"\0" * 200, "is damaged"),
        ("x.parquet", b"PAR1" + b"\0" * 200, "is damaged Parquet"),
        ("x.fgb", b"fgb\x03fgb\x00" + b"\xff" * 200, "without a layer"),
        ("x.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "is a damaged workbook"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(file, name, raw, what):
    with pytest.raises(Refused) as told:
        open_file(file(name, raw))
    assert what in str(told.value)
    assert "\n" not in str(told.value)
    assert name in str(told.value)
    assert isinstance(told.value, FormatError)


def test_a_folder_and_a_file_that_is_not_there_are_refused(tmp_path):
    with pytest.raises(Refused, match="is a folder"):
        open_file(tmp_path)
    with pytest.raises(Refused, match="No such file"):
        open_file(tmp_path / "x.csv")


def test_a_password_is_told(file):
    raw = bytearray(archive({"a.csv": TABLE}))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(sign) + at] |= 1
    with pytest.raises(Refused, match="protected by a password"):
        open_file(file("x.zip", bytes(raw)))


# Made where they are asked for: to pack noughts takes a second, also of who runs another test.
HOSTILE = {
    "ratio": lambda: archive({"a.csv": b"0" * 120_000_000}),
    "two levels": lambda: archive({"a.zip": archive({"a.csv": b"0" * 60_000_000})}),
    "many files": lambda: archive({f"{n}.csv": b"" for n in range(6_000)}),
    "packed": lambda: gzip.compress(b"0" * 120_000_000),
    "a cell": lambda: b'a,b\n1,"' + b"x" * 10_000_000 + b'"\n',
    "a line": lambda: b"x" * 12_000_000,
    "columns": lambda: b",".join(b"c%d" % n for n in range(100_000)) + b"\n",
    "NUL": lambda: b"\0" * 1_000_000,
    "brackets": lambda: b"[" * 100_000 + b"]" * 100_000,
    "members": lambda: b'{"a":' * 100_000,
    "names": lambda: b"[{%s}]" % b",".join(b'"c%d":1' % n for n in range(100_000)),
    "elements": lambda: b"<kml>" + b"<Folder>" * 100_000,
    "laughs": lambda: (
        b'<!DOCTYPE kml [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><kml><name>&b;</name></kml>'
    ),
    "a file": lambda: b'<!DOCTYPE kml [<!ENTITY a SYSTEM "file:///etc/hostname">]><kml>&a;</kml>',
    "text": lambda: b"<kml><Placemark><name>" + b"x" * 12_000_000 + b"</name></Placemark></kml>",
    "link": lambda: (
        b"<kml><NetworkLink><Link><href>https://example.org/</href></Link></NetworkLink></kml>"
    ),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_files_are_refused_or_cost_their_row_soon(file, kind):
    path = file("x.kml", HOSTILE[kind]())
    began = time.monotonic()
    try:
        rows = [one for sheet in open_file(path) for one in sheet.rows()]
    except Refused:
        rows = []
    assert not any(isinstance(one, Row) for one in rows)
    assert time.monotonic() - began < 10


def test_limits_are_the_callers(file):
    path = file("x.zip", archive({"a.csv": TABLE}))
    with pytest.raises(Refused, match="is an archive that unpacks to 52 bytes"):
        open_file(path, limits=Limits(unpacked=50))
