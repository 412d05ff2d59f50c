"""Tests of what GDAL and Arrow read, written by geopandas, pyogrio and pyarrow."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import warnings
import zipfile
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from geodata.reading import BadRow, Limits, Refused, open_file

PLACES = [shapely.Point(69.2, 34.5, 1800), shapely.Point(13.4, 52.5, 30), None]
MOMENTS = pd.to_datetime(["2024-01-03T00:00", "2024-01-04T10:05", None])


@pytest.fixture
def frame() -> gpd.GeoDataFrame:
    columns = {"name": ["Ménaka", "Zürich", None], "n": [1, 2, 3], "share": [0.5, None, 1.0]}
    return gpd.GeoDataFrame(columns, geometry=PLACES, crs=4326)


def written(frame: gpd.GeoDataFrame, path: Path, **options: object) -> Path:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        frame.to_file(path, **options)
    return path


@pytest.mark.parametrize(
    ("ending", "driver", "form"),
    [
        ("gpkg", "GPKG", "GeoPackage"),
        ("shp", "ESRI Shapefile", "shapefile"),
        ("fgb", "FlatGeobuf", "FlatGeobuf"),
    ],
)
def test_layers_are_read_whole(frame, tmp_path, ending, driver, form):
    options = {"SPATIAL_INDEX": "NO"} if ending == "fgb" else {}
    path = written(frame, tmp_path / f"x.{ending}", driver=driver, **options)
    (sheet,) = open_file(path)
    rows = list(sheet.rows())
    assert (sheet.name, sheet.form, sheet.columns) == ("", form, ("name", "n", "share"))
    assert [one.cells for one in rows] == [("Ménaka", 1, 0.5), ("Zürich", 2, None), (None, 3, 1.0)]
    assert [one.geometry and (one.geometry.x, one.geometry.y) for one in rows] == [
        (69.2, 34.5),
        (13.4, 52.5),
        None,
    ]
    assert list(sheet.rows()) == rows


@pytest.mark.parametrize("name", ["x.txt", "x"])
def test_the_name_does_not_matter(frame, tmp_path, name):
    path = written(frame, tmp_path / "y.gpkg")
    path.rename(tmp_path / name)
    assert open_file(tmp_path / name)[0].form == "GeoPackage"


def test_layers_of_a_geopackage_have_names(frame, tmp_path):
    path = written(frame, tmp_path / "x.gpkg", layer="attacks")
    written(frame, path, layer="bases")
    assert [one.name for one in open_file(path)] == ["attacks", "bases"]


def test_metres_become_degrees(frame, tmp_path):
    metres = frame.iloc[:1].to_crs(32642)
    path = written(metres, tmp_path / "x.shp")
    metres.to_parquet(tmp_path / "x.parquet")
    for one in (path, tmp_path / "x.parquet"):
        found = next(open_file(one)[0].rows()).geometry
        assert found.distance(shapely.Point(69.2, 34.5)) < 1e-6


@pytest.mark.parametrize(
    ("encoding", "keeps_cpg"), [("utf-8", True), ("utf-8", False), ("cp1252", False)]
)
def test_texts_of_a_shapefile(frame, tmp_path, encoding, keeps_cpg):
    path = written(frame, tmp_path / "x.shp", encoding=encoding)
    if not keeps_cpg:
        path.with_suffix(".cpg").unlink()
    assert next(open_file(path)[0].rows()).cells[0] == "Ménaka"


def zipped(folder: Path, prefix: str, *, upper: bool) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for part in sorted(folder.glob("x.*")):
            name = part.name.upper() if upper else part.name
            archive.write(part, f"{prefix}{name}")
    return buffer.getvalue()


@pytest.mark.parametrize(("prefix", "upper"), [("", False), ("data/a b/", True), ("../", False)])
def test_a_shapefile_in_an_archive(frame, tmp_path, prefix, upper):
    written(frame, tmp_path / "x.shp")
    raw = zipped(tmp_path, prefix, upper=upper)
    (tmp_path / "y").write_bytes(raw)
    (sheet,) = open_file(tmp_path / "y")
    assert [one.cells[1] for one in sheet.rows()] == [1, 2, 3]
    assert sheet.form == "shapefile in a zip"


def test_parts_of_a_shapefile_alone(frame, tmp_path):
    path = written(frame, tmp_path / "x.shp")
    with pytest.raises(Refused, match=r"x.shx is the index of a shapefile; open the .shp"):
        open_file(path.with_suffix(".shx"))
    (table,) = open_file(path.with_suffix(".dbf"))
    assert (table.form, len(list(table.rows()))) == ("dBase", 3)
    path.with_suffix(".shx").unlink()
    with pytest.raises(Refused, match=r"its .shx is missing, which is needed too"):
        open_file(path)


def test_no_coordinate_system_is_told(frame, tmp_path):
    path = written(frame, tmp_path / "x.shp")
    path.with_suffix(".prj").unlink()
    (sheet,) = open_file(path)
    assert sheet.notes == ("no coordinate system is named in it",)
    assert next(sheet.rows()).geometry.x == 69.2


def test_reading_leaves_nothing_beside_the_file(frame, tmp_path):
    for name in ("x.gpkg", "x.shp"):
        written(frame, tmp_path / name)
    before = {one.name: one.read_bytes() for one in tmp_path.iterdir()}
    for name in ("x.gpkg", "x.shp"):
        list(open_file(tmp_path / name)[0].rows())
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == before


def test_geoparquet_and_plain_parquet(frame, tmp_path):
    frame["at"] = MOMENTS
    frame.to_parquet(tmp_path / "x")
    frame.drop(columns="geometry").to_parquet(tmp_path / "y")
    (places,), (plain,) = open_file(tmp_path / "x"), open_file(tmp_path / "y")
    assert (places.form, plain.form) == ("GeoParquet", "Parquet")
    assert places.columns == plain.columns == ("name", "n", "share", "at")
    assert [one.cells for one in places.rows()] == [one.cells for one in plain.rows()]
    assert next(places.rows()).cells == ("Ménaka", 1, 0.5, dt.datetime(2024, 1, 3))
    assert [one.geometry is None for one in places.rows()] == [False, False, True]
    assert (places.has_geometry, plain.has_geometry) == (True, False)


def test_types_of_arrow_become_cells(tmp_path):
    table = pa.table(
        {
            "day": pa.array([dt.date(2024, 1, 3)]),
            "far": pa.array([10**18], pa.timestamp("us")),
            "fine": pa.array([1_700_000_000_000_000_001], pa.timestamp("ns")),
            "zone": pa.array([0], pa.timestamp("ms", "UTC")),
            "clock": pa.array([dt.time(3, 4)]),
            "list": pa.array([["a", "b"]]),
            "nested": pa.array([{"x": 1, "y": [2]}]),
            "word": pa.array(["a"]).dictionary_encode(),
            "raw": pa.array([b"\x01\xff"]),
            "big": pa.array([2**63], pa.uint64()),
            "nan": pa.array([float("nan")]),
            "cent": pa.array(["1.50"]).cast(pa.decimal128(6, 2)),
            "none": pa.array([None]),
        }
    )
    pq.write_table(table, tmp_path / "x")
    (sheet,) = open_file(tmp_path / "x")
    cells = dict(zip(sheet.columns, next(sheet.rows()).cells, strict=True))
    assert cells["day"] == dt.date(2024, 1, 3)
    assert cells["far"] == str(10**18)
    assert cells["fine"] == dt.datetime(2023, 11, 14, 22, 13, 20)
    assert cells["zone"].utcoffset() == dt.timedelta(0)
    assert (cells["clock"], cells["list"], cells["nested"]) == (
        "03:04:00",
        "a; b",
        '{"x":1,"y":[2]}',
    )
    assert (cells["word"], cells["raw"], cells["big"]) == ("a", "01ff", str(2**63))
    assert (cells["nan"], cells["cent"], cells["none"]) == (None, 1.5, None)


def test_one_long_text_in_many_rows_is_held_once(tmp_path):
    texts = pa.DictionaryArray.from_arrays([0] * 40 + [1], ["x" * 6_000_000, "y"])
    # Without Arrow's own schema readers see a plain column of texts.
    pq.write_table(pa.table({"a": texts}), tmp_path / "x", store_schema=False)
    rows = list(open_file(tmp_path / "x")[0].rows())
    assert [type(one) for one in rows[:1]] == [BadRow]
    assert rows[-1].cells == ("y",)


def test_too_many_rows_are_refused(tmp_path):
    pq.write_table(pa.table({"a": [1] * 20}), tmp_path / "x")
    with pytest.raises(Refused, match="has 20 rows and 1 columns; at most 10"):
        open_file(tmp_path / "x", limits=Limits(rows=10))


def test_damage_within_is_refused(frame, tmp_path):
    frame.to_parquet(tmp_path / "x")
    raw = bytearray((tmp_path / "x").read_bytes())
    raw[40:400] = bytes(360)
    (tmp_path / "x").write_bytes(bytes(raw))
    with pytest.raises(Refused, match="damaged"):
        list(open_file(tmp_path / "x")[0].rows())
    written(frame, tmp_path / "y.gpkg")
    shutil.copyfile(tmp_path / "y.gpkg", tmp_path / "z")
    (tmp_path / "z").write_bytes((tmp_path / "z").read_bytes()[:3000])
    with pytest.raises(Refused):
        list(open_file(tmp_path / "z")[0].rows())


def test_a_shapefile_that_says_no_encoding_says_so_and_can_be_told_one(tmp_path):
    names = {"name": ["خلب", "إدلب", "دمشق"]}
    frame = gpd.GeoDataFrame(names, geometry=[shapely.Point(37, 36)] * 3, crs=4326)
    path = written(frame, tmp_path / "x.shp", driver="ESRI Shapefile", encoding="cp1256")
    path.with_suffix(".cpg").unlink()
    (sheet,) = open_file(path)
    assert [row.cells[0] for row in sheet.rows()] == names["name"]
    assert "read as Windows-1256 and may be wrong" in sheet.notes[0]
    (told,) = open_file(path, encoding="windows-1251")
    assert next(told.rows()).cells[0] == "خلب".encode("cp1256").decode("cp1251")
    assert told.notes == ()
    (alone,) = open_file(path.with_suffix(".dbf"), encoding="cp1256")
    assert next(alone.rows()).cells[0] == "خلب"


def test_a_shapefile_of_latin_letters_without_an_encoding_is_doubted_too(tmp_path):
    frame = gpd.GeoDataFrame({"name": ["Köln"]}, geometry=[shapely.Point(7, 51)], crs=4326)
    path = written(frame, tmp_path / "x.shp", driver="ESRI Shapefile", encoding="cp1252")
    path.with_suffix(".cpg").unlink()
    head = bytearray(path.with_suffix(".dbf").read_bytes())
    for language, is_told in ((0x00, False), (0x57, False), (0x03, True)):
        head[29] = language
        path.with_suffix(".dbf").write_bytes(head)
        (sheet,) = open_file(path)
        assert next(sheet.rows()).cells[0] == "Köln"
        assert bool(sheet.notes) is not is_told
