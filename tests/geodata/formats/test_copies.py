"""Tests of what other programs save of our files: every record comes back from it.

GDAL writes here as QGIS and ogr2ogr do, which are made of it; geopandas writes as it likes.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas
import pandas as pd
import pyogrio
import pytest
from corpora import CORPUS
from fixed_records import incident
from qgis_records import IN_QGIS
from read_back import in_file_order

from geodata.errors import FormatError
from geodata.formats.csv import read_csv, write_csv
from geodata.formats.geojson import write_geojson
from geodata.formats.geopackage import read_geopackage, write_geopackage
from geodata.formats.registry import read_records
from geodata.records.collection import Records
from geodata.records.model import BaseArea, Incident


@pytest.fixture(scope="module")
def records(shipped: Records) -> Records:
    """Some of every kind: placed in one, several or no places, areas, claims, links."""
    many = [one for one in shipped.incidents if len(one.points) > 1]
    return shipped.subset(
        incidents=(*shipped.incidents[:25], *many), base_areas=shipped.base_areas[:25]
    )


def found(result: Any) -> list[Any]:
    both = (*result.records.incidents, *result.records.base_areas)
    return sorted(both, key=lambda one: one.id)


def assert_whole(path: Path, records: Records) -> None:
    result = read_records([path])
    assert result.problems == ()
    assert found(result) == sorted(
        (*records.incidents, *records.base_areas), key=lambda one: one.id
    )


def frame_of(records: Records, folder: Path) -> geopandas.GeoDataFrame:
    write_geojson(folder / "ours.geojson", records)
    return geopandas.read_file(folder / "ours.geojson")


def gdal_copy(source: Path, target: Path, driver: str, **options: Any) -> None:
    """Copy as ogr2ogr does."""
    about, table = pyogrio.read_arrow(source)
    pyogrio.write_arrow(
        table,
        target,
        driver=driver,
        geometry_name=about["geometry_name"] or "wkb_geometry",
        geometry_type="Unknown",
        crs="EPSG:4326",
        **options,
    )


def as_json(frame: geopandas.GeoDataFrame, path: Path) -> None:
    path.write_text(frame.to_json(default=str), "utf-8")


SAVED: dict[str, tuple[str, Callable[[geopandas.GeoDataFrame, Path], None]]] = {
    "GeoJSON": ("geojson", lambda frame, path: frame.to_file(path, driver="GeoJSON")),
    "RFC 7946": (
        "geojson",
        lambda frame, path: frame.to_file(path, driver="GeoJSON", RFC7946="YES"),
    ),
    "text": ("geojson", as_json),
    "GeoPackage": ("gpkg", lambda frame, path: frame.to_file(path, layer="x", driver="GPKG")),
    "CSV": ("csv", lambda frame, path: frame.to_csv(path)),
    "CSV without numbers": ("csv", lambda frame, path: frame.to_csv(path, index=False)),
    "another name": ("csv", lambda frame, path: frame.rename_geometry("the_geom").to_csv(path)),
    "WKT": ("csv", lambda frame, path: frame.to_wkt().to_csv(path, sep=";", decimal=",")),
}


@pytest.mark.parametrize("saved", SAVED)
def test_what_geopandas_saves_comes_back(saved, records, tmp_path):
    ending, save = SAVED[saved]
    path = tmp_path / f"copy.{ending}"
    save(frame_of(records, tmp_path), path)
    assert_whole(path, records)


@pytest.mark.parametrize(
    ("driver", "ending", "options"),
    [
        ("GeoJSON", "geojson", {}),
        ("GeoJSON", "geojson", {"layer_options": {"ID_FIELD": "id"}}),
        ("GPKG", "gpkg", {"layer": "anything"}),
        ("CSV", "csv", {"layer_options": {"GEOMETRY": "AS_WKT"}}),
        ("CSV", "csv", {"layer_options": {"GEOMETRY": "AS_WKT", "SEPARATOR": "SEMICOLON"}}),
    ],
)
def test_what_gdal_copies_comes_back(driver, ending, options, records, tmp_path):
    write_geojson(tmp_path / "ours.geojson", records)
    path = tmp_path / f"copy.{ending}"
    gdal_copy(tmp_path / "ours.geojson", path, driver, **options)
    assert_whole(path, records)


QGIS = sorted((CORPUS / "qgis").iterdir())
WITHOUT_CLAIMS = "claims must come with their records, got 1 record without"


@pytest.mark.parametrize("path", QGIS, ids=lambda path: path.name)
def test_what_qgis_saved_comes_back(path: Path) -> None:
    """QGIS 3.22 saved them, without the fields of nested JSON that it cannot save."""
    result = read_records([path])
    assert result.problems == ()
    kinds = [Incident] if path.name.startswith("incidents") else [BaseArea]
    kinds = [Incident, BaseArea] if path.name.startswith("of-geojson") else kinds
    everything = (*IN_QGIS.incidents, *IN_QGIS.base_areas)
    wanted = [one.but(claims=()) for one in everything if type(one) in kinds]
    if path.name.startswith("of-geojson"):
        wanted = [one.but(upstream={}) for one in wanted]
    assert found(result) == sorted(wanted, key=lambda one: one.id)
    told = [str(one) for one in result.notes if "claims must come" in str(one)]
    assert [WITHOUT_CLAIMS in one for one in told] == [True]


@pytest.mark.parametrize("zone", [None, "UTC"])
@pytest.mark.parametrize("ending", ["geojson", "gpkg", "csv"])
def test_days_that_became_moments_are_days(zone, ending, shipped, tmp_path):
    whole = re.compile(r"\d{4}-\d\d-\d\d")
    dated = [one for one in shipped.incidents if whole.fullmatch(one.event_date)]
    days = Records(tuple(dated[:20]))
    assert days.incidents
    frame = frame_of(replace(days, sources=shipped.sources), tmp_path)
    frame["event_date"] = pd.to_datetime(frame["event_date"]).dt.tz_localize(zone)
    path = tmp_path / f"copy.{ending}"
    if ending == "csv":
        frame.to_csv(path)
    else:
        frame.to_file(path, driver={"geojson": "GeoJSON", "gpkg": "GPKG"}[ending])
    assert_whole(path, days)


def test_our_geopackage_comes_back_with_all_that_is_in_it(records, everything_records, tmp_path):
    write_geopackage(tmp_path / "ours.gpkg", records, about={"title": "x"})
    result = read_geopackage(tmp_path / "ours.gpkg")
    assert (result.problems, result.notes) == ((), ())
    assert result.records == in_file_order(records)


def test_a_copy_of_one_layer_says_that_its_claims_are_gone(records, tmp_path):
    write_geopackage(tmp_path / "ours.gpkg", records)
    about, table = pyogrio.read_arrow(tmp_path / "ours.gpkg", layer="base_areas")
    path = tmp_path / "areas.gpkg"
    pyogrio.write_arrow(
        table, path, layer="areas copied", driver="GPKG", geometry_name="geom",
        geometry_type=about["geometry_type"], crs=about["crs"],
    )  # fmt: skip
    result = read_geopackage(path)
    assert result.problems == ()
    points = [one for one in records.base_areas if one.is_mappable]
    assert [one.geometry for one in result.records.base_areas] == [one.geometry for one in points]
    told = f"claims must come with their records, got {len(points)} records without"
    assert [told in str(one)
            for one in result.notes] == [True]  # fmt: skip


def test_a_copy_in_metres_is_turned_into_degrees(records, tmp_path):
    write_geopackage(tmp_path / "ours.gpkg", records)
    frame = geopandas.read_file(tmp_path / "ours.gpkg", layer="incidents")
    frame.to_crs(3857).to_file(tmp_path / "metres.gpkg", driver="GPKG")
    result = read_geopackage(tmp_path / "metres.gpkg")
    assert result.problems == ()
    placed = [one for one in records.incidents if one.is_mappable]
    for one, other in zip(result.records.incidents, placed, strict=True):
        assert [n for point in one.points for n in point] == pytest.approx(
            [n for point in other.points for n in point], abs=1e-6
        )


def test_other_layers_are_told(records, tmp_path):
    path = tmp_path / "more.gpkg"
    write_geopackage(path, records)
    other = geopandas.GeoDataFrame({"a": [1]}, geometry=geopandas.points_from_xy([1], [2]))
    other.set_crs(4326).to_file(path, layer="towns", driver="GPKG", mode="a")
    result = read_geopackage(path)
    assert result.records == in_file_order(records)
    assert [str(one) for one in result.notes] == [
        "more.gpkg towns: a layer must be of records, got 1 rows of others; left out"
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<OGRVRTDataSource><OGRVRTLayer name='x'><SrcDataSource>/etc/passwd</SrcDataSource>",
        b"SQLite format 3\0" + b"x" * 5_000,
        b'{"type": "FeatureCollection", "features": []}',
    ],
)
def test_what_is_no_geopackage_is_refused_whatever_its_name(content, tmp_path):
    path = tmp_path / "x.gpkg"
    path.write_bytes(content)
    with pytest.raises(FormatError, match=r"x\.gpkg must be"):
        read_geopackage(path)
    with pytest.raises(FormatError, match="must be a readable file"):
        read_geopackage(tmp_path / "none.gpkg")


def as_spreadsheet(text: str, separator: str) -> str:
    rows = csv.reader(io.StringIO(text, newline=""))
    out = io.StringIO()
    csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_what_a_spreadsheet_saves_comes_back(separator, encoding, records, tmp_path):
    write_csv(tmp_path / "ours.csv", records)
    text = (tmp_path / "ours.csv").read_text("utf-8-sig")
    path = tmp_path / "copy.csv"
    path.write_bytes(as_spreadsheet(text, separator).encode(encoding))
    assert_whole(path, records)
    assert read_csv(path).notes == ()


def test_a_table_in_an_old_encoding_is_read_and_told(tmp_path):
    path = tmp_path / "old.csv"
    text = "ID;Title;Event date;Event_Types;lat;LON;geo_precision;radius_km\n"
    text += "c1;Café – attack;2021-05-04;bombing;34,5;69,2;settlement;5,5\n"
    path.write_bytes(text.encode("cp1252"))
    result = read_csv(path)
    assert [str(one) for one in result.notes] == [
        "old.csv: a table must be UTF-8, got another encoding; it was read as Windows-1252"
    ]
    (one,) = result.records.incidents
    assert (one.title, one.points, one.radius_km) == ("Café – attack", ((69.2, 34.5),), 5.5)


def test_two_columns_of_one_name_and_one_without_are_told(tmp_path):
    path = tmp_path / "two.csv"
    path.write_text("id,title,event_date,Title,event_types,\na,T,2020,other,raid,x\n", "utf-8")
    result = read_csv(path)
    assert [one.title for one in result.records.incidents] == ["T"]
    assert [str(one) for one in result.notes] == [
        "two.csv Title: a column must come once, got it again; only the first was read",
        "two.csv: a column must have a name, got none for column 6; left out",
    ]


def test_what_was_kept_of_another_program_stays_in_every_copy(tmp_path):
    first = Records((incident(upstream={"remark": "x", "n": '{"a": 1}'}),))
    for write, ending in (
        (write_geojson, "geojson"),
        (write_csv, "csv"),
        (write_geopackage, "gpkg"),
    ):
        path = tmp_path / f"kept.{ending}"
        write(path, first)
        assert read_records([path]).records == first
