"""Tests of GeoPackage: layers and tables that SQLite and geopandas read, each with its type."""

from __future__ import annotations

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import geopandas
import pyogrio
import pytest
import read_back
import shapely
from fixed_records import base_area, everything, incident
from shapely.geometry import shape

from geodata.footprints import footprint
from geodata.formats.geopackage import read_geopackage, write_geopackage
from geodata.records.collection import Records
from geodata.records.model import Group, Relation, Source


@pytest.fixture(scope="module")
def file(shipped, tmp_path_factory):
    path = tmp_path_factory.mktemp("gpkg") / "out.gpkg"
    write_geopackage(path, shipped, about={"title": "All"})
    return path


def test_layers_and_tables_have_the_names_of_what_is_in_them(file):
    assert pyogrio.list_layers(file).tolist() == [
        ["incidents", "MultiPoint"],
        ["base_areas", "Point"],
        ["footprints", "MultiPolygon"],
        ["not_placed", None],
        ["claims", None],
        ["groups", None],
        ["sources", None],
        ["relations", None],
        ["about", None],
    ]


def test_the_database_is_whole_and_has_no_clock(file):
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert connection.execute("pragma application_id").fetchall() == [(0x47504B47,)]
        dates = connection.execute("select distinct last_change from gpkg_contents").fetchall()
    assert dates == [("1980-01-01T00:00:00.000Z",)]


def test_geopandas_reads_places_and_days(file, shipped):
    frame = geopandas.read_file(file, layer="incidents").set_index("id")
    assert frame.crs == "EPSG:4326"
    placed = [one for one in shipped.incidents if one.is_mappable]
    assert list(frame.index) == [one.id for one in placed]
    for one in placed:
        points = shapely.get_coordinates(frame.geometry[one.id]).tolist()
        assert points == [list(point) for point in one.points]
    assert {g.geom_type for g in frame.geometry} == {"MultiPoint"}
    assert str(frame["date_start"].dtype).startswith("datetime64")
    assert frame.loc["kerman-2024-01-03", "date_end"].date().isoformat() == "2024-01-03"
    assert frame.loc["kerman-2024-01-03", "fatalities_low"] == 94


def test_base_areas_keep_their_outlines(everything_records, tmp_path):
    path = tmp_path / "out.gpkg"
    write_geopackage(path, everything_records)
    points, outlines = (
        geopandas.read_file(path, layer=one).set_index("id")
        for one in ("base_areas", "base_area_outlines")
    )
    assert (list(points.index), list(outlines.index)) == (["plain"], ["area"])
    for area in everything_records.base_areas:
        frame = points if area.id in points.index else outlines
        assert frame.geometry[area.id].equals(shape(area.geometry))


def test_claims_join_their_records_and_sources(file, shipped):
    with closing(sqlite3.connect(file)) as connection:
        query = (
            "select count(*) from claims join sources on sources.id = claims.source "
            "join (select id from incidents union select id from base_areas union "
            "select id from not_placed union "
            "select id from groups union select id from relations) as record "
            "on record.id = claims.record_id"
        )
        ((joined,),) = connection.execute(query).fetchall()
        plan = "explain query plan select * from claims where record_id = 'x'"
        assert "claims_by_record" in str(connection.execute(plan).fetchall())
    named = (*shipped.groups, *shipped.relations)
    everyone = (*shipped.incidents, *shipped.base_areas, *named)
    assert joined == sum(len(one.claims) for one in everyone) > 1_000


def test_groups_sources_and_relations_come_back(everything_records, tmp_path):
    path = tmp_path / "out.gpkg"
    write_geopackage(path, everything_records)
    for table, model in (("groups", Group), ("sources", Source), ("relations", Relation)):
        rows = read_back.gpkg_rows(path, table)
        wanted = getattr(everything_records, table)
        lists = [name for name, field in model.model_fields.items() if field.default == ()]
        for row, one in zip(rows, wanted, strict=True):
            stated = {name: value for name, value in row.items() if value is not None}
            stated |= {name: json.loads(row[name]) for name in lists if row.get(name)}
            stated.pop("fid")
            held = one.model_copy(update={"claims": ()}) if table != "sources" else one
            assert without_nul(model(**stated)) == without_nul(held)


def without_nul(record):
    """Text columns cannot hold U+0000; in JSON it is written in letters."""
    return record.model_dump_json().replace("\\u0000", "\ufffd")


def test_lists_and_source_ids_are_json(everything_records, tmp_path):
    path = tmp_path / "out.gpkg"
    write_geopackage(path, everything_records)
    (row,) = read_back.gpkg_rows(path, "incidents")
    bare = next(one for one in read_back.gpkg_rows(path, "not_placed") if one["id"] == "bare")
    assert json.loads(row["event_types"])[:2] == ["bombing", "suicide bombing"]
    assert json.loads(row["sources"]) == ["copy"]
    assert json.loads(row["cited_sources"]) == ["book"]
    assert (bare["sources"], bare["related"], bare["geometry"]) == (None, None, None)


def test_several_are_written_at_once_and_settings_stay(tmp_path):
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "1999-01-01T00:00:00.000Z"})
    try:
        paths = [tmp_path / f"{n}.gpkg" for n in range(6)]
        with ThreadPoolExecutor(3) as pool:
            list(pool.map(lambda path: write_geopackage(path, everything()), paths))
        assert len({path.read_bytes() for path in paths}) == 1
        assert pyogrio.get_gdal_config_option("OGR_CURRENT_DATE").startswith("1999-01-01")
        assert pyogrio.get_gdal_config_option("OGR_SQLITE_SYNCHRONOUS") is None
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def test_layers_are_there_without_records(tmp_path):
    path = tmp_path / "out.gpkg"
    write_geopackage(path, Records())
    assert geopandas.read_file(path, layer="incidents").empty
    assert len(pyogrio.list_layers(path)) == 9


def test_one_record_alone(tmp_path):
    path = tmp_path / "out.gpkg"
    write_geopackage(path, Records((incident(points=((60, 30),)),), (base_area(geometry=None),)))
    assert geopandas.read_file(path, layer="incidents").geometry[0].geoms[0].coords[0] == (60, 30)
    assert geopandas.read_file(path, layer="base_areas").empty
    assert [row["id"] for row in read_back.gpkg_rows(path, "not_placed")] == ["area"]


def test_no_column_is_of_a_kind_that_qgis_cannot_save(shipped, tmp_path):
    write_geopackage(tmp_path / "out.gpkg", shipped)
    for layer, _ in pyogrio.list_layers(tmp_path / "out.gpkg"):
        about, _ = pyogrio.read_arrow(tmp_path / "out.gpkg", layer=layer)
        assert set(about["ogr_subtypes"]) <= {"OFSTNone", "OFSTBoolean"}


def test_the_first_layer_is_points_and_every_layer_is_of_what_it_draws(file, shipped):
    """A program that opens the file sees points, as many as the map; the rest is in a table."""
    placed = [one for one in shipped.incidents if one.is_mappable]
    areas = [one for one in shipped.base_areas if one.is_mappable]
    first, kind = pyogrio.list_layers(file)[0]
    info = pyogrio.read_info(file, layer=first)
    assert (first, kind, info["features"]) == ("incidents", "MultiPoint", len(placed))
    for layer, count in (("incidents", len(placed)), ("base_areas", len(areas))):
        frame = pyogrio.read_dataframe(file, layer=layer)
        assert len(frame) == frame.geometry.notna().sum() == count
    everyone = (*shipped.incidents, *shipped.base_areas)
    others = [row["id"] for row in read_back.gpkg_rows(file, "not_placed")]
    assert others == [one.id for one in everyone if not one.is_mappable]


def test_footprints_are_those_of_records(file, shipped):
    frame = pyogrio.read_dataframe(file, layer="footprints").set_index("id")
    everyone = (*shipped.incidents, *shipped.base_areas)
    wanted = {one.id: found for one in everyone if (found := footprint(one))}
    assert set(frame.index) == set(wanted)
    assert set(frame["form"]) == {"ring", "province"}
    for identifier, found in wanted.items():
        assert frame.geometry[identifier].equals(found.shape)
    vague = {one.id for one in shipped.incidents if one.is_mappable and one.geo_precision.rank > 1}
    assert {one for one in frame.index if one in shipped.incidents_by_id} == vague


def test_a_place_that_no_map_draws_is_text(tmp_path):
    one = incident(points=((66, 33.5),), geo_precision="country", radius_km=500)
    write_geopackage(tmp_path / "out.gpkg", Records((one,)))
    assert geopandas.read_file(tmp_path / "out.gpkg", layer="incidents").empty
    ((row,),) = ([*read_back.gpkg_rows(tmp_path / "out.gpkg", "not_placed")],)
    assert row["geometry"] == "POINT (66 33.5)"
    assert read_geopackage(tmp_path / "out.gpkg").records.incidents == (one,)


def test_each_layer_says_what_it_is_and_calls_records_by_name(file):
    with closing(sqlite3.connect(file)) as connection:
        (version,) = connection.execute("pragma user_version").fetchone()
        told = dict(connection.execute("select table_name, description from gpkg_contents"))
    assert version == 10_300, "GDAL before 3.7 warns of a later one"
    assert all(told.values())
    for layer, _ in pyogrio.list_layers(file)[:4]:
        # QGIS calls a record by the first of its columns that has to do with names.
        fields = pyogrio.read_info(file, layer=layer)["fields"].tolist()
        assert next(one for one in fields if "name" in one) == "record_name"
    for layer in ("incidents", "base_areas", "footprints", "not_placed"):
        assert all(row["record_name"] for row in read_back.gpkg_rows(file, layer))


def test_styles_are_there_for_qgis_and_read_by_nobody_else(tmp_path):
    path = tmp_path / "out.gpkg"
    write_geopackage(path, everything(), styles={"incidents": "<qgis/>"})
    (row,) = read_back.gpkg_rows(path, "layer_styles")
    assert (row["f_table_name"], row["f_geometry_column"]) == ("incidents", "geom")
    assert (row["f_table_schema"], row["styleQML"], row["useAsDefault"]) == ("", "<qgis/>", 1)
    assert read_geopackage(path).notes == ()
