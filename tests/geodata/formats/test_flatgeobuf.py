"""Tests of FlatGeobuf: one layer with every record, read by GDAL and by the Rust library."""

from __future__ import annotations

import json

import geopandas
import pyogrio
import pytest
import read_back
import shapely
from fixed_records import base_area, incident
from samples import many_records

from geodata.errors import FormatError
from geodata.formats.flatgeobuf import write_flatgeobuf
from geodata.formats.gdal import write_layer
from geodata.records.collection import Records
from geodata.records.model import Group

MAGIC = b"fgb\x03fgb"


def write(tmp_path, records, **options):
    path = tmp_path / "out.fgb"
    write_flatgeobuf(path, records, **options)
    return path


def test_the_shipped_records_open_in_gdal(shipped, tmp_path):
    path = write(tmp_path, shipped)
    assert path.read_bytes().startswith(MAGIC)
    frame = geopandas.read_file(path).set_index("id")
    assert frame.crs == "EPSG:4326"
    for one in shipped.incidents:
        geometry = frame.geometry[one.id]
        points = [] if geometry is None else shapely.get_coordinates(geometry).tolist()
        assert points == [list(point) for point in one.points]
    for area in shipped.base_areas:
        geometry = frame.geometry[area.id]
        wanted = shapely.geometry.shape(area.geometry) if area.geometry else None
        assert geometry.equals(wanted) if wanted else geometry is None


def test_gdal_takes_it_for_points_which_come_first(shipped, tmp_path):
    path = write(tmp_path, shipped)
    about, frame = pyogrio.read_info(path), pyogrio.read_dataframe(path)
    assert about["geometry_type"] == "MultiPoint"
    placed = [one for one in (*shipped.incidents, *shipped.base_areas) if one.is_mappable]
    assert list(frame["id"])[: len(placed)] == [one.id for one in placed]
    assert set(frame.geometry[: len(placed)].geom_type) == {"MultiPoint"}
    assert frame.geometry[len(placed) :].isna().all()
    symbols = dict(zip(frame["id"], frame["symbol"], strict=True))
    assert symbols["kerman-2024-01-03"] == "bombing"


def test_single_points_stay_single_and_outlines_are_kept(tmp_path):
    one = incident(points=((60, 30),))
    single = write(tmp_path, Records((incident("bare"), one), (base_area(),)))
    assert pyogrio.read_info(single)["geometry_type"] == "Point"
    ring = [[69, 34], [70, 34], [70, 35], [69, 34]]
    area = base_area(geometry={"type": "Polygon", "coordinates": [ring]})
    mixed = write(tmp_path, Records((incident("bare"), one), (area,)))
    assert pyogrio.read_dataframe(mixed).geometry.geom_type.tolist()[1] == "Polygon"


def test_the_rust_library_finds_places_and_none(tmp_path):
    records = Records(
        (incident(points=((60, 30),)), incident("b"), incident("c", points=((1, 2), (3, 4)))),
        (base_area(),),
    )
    rows = {row["id"]: row for row in read_back.fgb_rows(write(tmp_path, records))}
    assert rows["one"]["geometry"] == [{"x": 60.0, "y": 30.0}]
    assert rows["b"]["geometry"] is None
    assert rows["c"]["geometry"] == [{"x": 1.0, "y": 2.0}, {"x": 3.0, "y": 4.0}]
    assert rows["area"]["record_kind"] == "base area"


def test_days_are_days_and_figures_numbers(shipped, tmp_path):
    rows = {row["id"]: row for row in read_back.fgb_rows(write(tmp_path, shipped))}
    kerman = rows["kerman-2024-01-03"]
    assert (kerman["date_start"], kerman["fatalities_high"]) == ("2024-01-03", 100)
    assert json.loads(kerman["event_types"]) == ["suicide bombing"]
    assert [one["id"] for one in json.loads(kerman["sources"])] == list(
        shipped.incidents_by_id["kerman-2024-01-03"].sources
    )


@pytest.mark.parametrize("is_complete", [True, False])
def test_it_has_an_index_unless_a_record_has_no_place(is_complete, tmp_path):
    """GDAL's index would leave out records without a place, and say nothing."""
    records = many_records(300)
    if not is_complete:
        records = Records((*records.incidents, incident()))
    path = write(tmp_path, records)
    quick = pyogrio.read_info(path)["capabilities"]["fast_spatial_filter"]
    assert quick == is_complete
    assert sorted(read_back.IDS["fgb"](path)) == sorted(one.id for one in records.incidents)
    near = pyogrio.read_dataframe(path, bbox=(59.9, 29.9, 60.1, 30.1))
    assert list(near["id"]) == ["made-00000"]


def test_groups_that_a_header_has_no_room_for_are_left_out(tmp_path, monkeypatch):
    records = Records((incident(),), groups=(Group(id="iskp", name="ISKP", note='"ä'),))
    named = pyogrio.read_info(write(tmp_path, records))["layer_metadata"]["mapview"]
    assert json.loads(named)["groups"] == [{"id": "iskp", "name": "ISKP", "note": '"ä'}]
    size = len(named.encode())
    for most, is_there in ((size, True), (size - 1, False)):
        monkeypatch.setattr("geodata.formats.flatgeobuf._MOST_NAMED", most)
        about = pyogrio.read_info(write(tmp_path, records))
        assert about["features"] == 1
        assert ("mapview" in (about["layer_metadata"] or {})) == is_there


@pytest.mark.parametrize("count", [1, 2, 16, 17, 273])
def test_any_number_of_placed_records_has_an_index(count, tmp_path):
    found = [incident(str(one), points=((60 + one / 100, 30),)) for one in range(count)]
    path = write(tmp_path, Records(tuple(found)))
    assert pyogrio.read_info(path)["features"] == count
    west = pyogrio.read_dataframe(path, bbox=(59.9, 29, 60.001, 31))
    assert list(west["id"]) == ["0"]


@pytest.mark.parametrize("points", [(), ((60, 30),)])
@pytest.mark.parametrize("cut", [1, 100, 100_000])
def test_a_file_that_gdal_did_not_end_is_told(points, cut, tmp_path, monkeypatch):
    """On a full disk GDAL says nothing."""

    def write_less(to, *rest, **options):
        write_layer(to, *rest, **options)
        with to.open("r+b") as stream:
            stream.truncate(max(0, to.stat().st_size - cut))

    monkeypatch.setattr("geodata.formats.flatgeobuf.write_layer", write_less)
    with pytest.raises(FormatError, match=r"out.fgb must be writable, got: No space left"):
        write(tmp_path, Records((incident(points=points), incident("b", points=points))))
    assert list(tmp_path.iterdir()) == []
